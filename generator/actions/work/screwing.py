"""What hands do to turn a leg in its hole: where they stand, grip, turn and let go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...motion.limbs import Hand
from ...motion.score import Score
from ...props.assembly import LEG_M, LEG_RADIUS_M
from ..household.places import stand_at
from ..poses import START_S
from ..postures.picking import shoulders_ahead

CORNERS = ("near_right", "near_left", "far_right", "far_left")
"""Which leg: corners of the top as its assembler sees them."""

TURN_RAD = 1.15
"""How far a hand turns a leg before it takes it anew."""

OPEN_RAD = {"right": float(np.deg2rad(232.0)), "left": float(np.deg2rad(18.0))}
"""Which way a palm faces, round from the right as seen from above, before it turns a leg clockwise."""

ARC_STEPS = 4


@dataclass(frozen=True)
class Mount:
    """A hole of a top: (right, forward) and height of the upper side, world, and the length of the leg that goes there."""

    right_m: float
    forward_m: float
    height_m: float
    leg_m: float


def set_up(s: Score, others: int) -> Mount:
    """Standing at a table on which the top lies face down; `others` more legs stand in it, the rest lie beside."""
    base = stand_at(s, "base", room_m=0.02)
    side = 0.5 * float(np.ptp(s.props["top"].mesh.vertices_m[:, 1]))
    middle = base.edge_m + side + 0.02 + s.number("in_m")
    s.stand("top", (0.0, middle), height_m=base.height_m, time_s=START_S)
    which = CORNERS.index(s.option("which"))
    leg_m = float(s.props["leg"].frames["end"][2, 3])
    mounts = []
    for name in CORNERS:
        at = s.props["top"].frames[name][:3, 3]
        mounts.append(Mount(-float(at[0]), middle - float(at[1]), base.height_m + float(at[2]), leg_m))
    rest = [mount for k, mount in enumerate(mounts) if k != which]
    for k, (name, mount) in enumerate(zip(("second", "third", "fourth"), rest, strict=True)):
        if k < others:
            s.stand(name, (mount.right_m, mount.forward_m), height_m=mount.height_m, time_s=START_S)
        else:
            s.lay(name, _lying(side + 0.10 + 0.07 * (k - others), middle, base.height_m), START_S)
    here = mounts[which]
    bow = _bow_for(s, here)
    s.pelvis.to(START_S, 0.1, pitch=0.45 * bow)
    s.trunk.to(START_S, 0.1, bend=0.55 * bow, twist=-0.35 * here.right_m)
    return here


def _bow_for(s: Score, mount: Mount) -> float:
    """How far to bow so that the right hand gets round a leg without a straight arm."""
    bow = s.number("bow_rad")
    while bow < 1.1:
        ahead, up = shoulders_ahead(s, 0.45 * bow, 0.55 * bow)
        aside = abs(mount.right_m - s.body.shoulder_half_m)
        off = np.array([aside, mount.forward_m - 0.75 * ahead, mount.height_m + 0.6 * mount.leg_m - s.body.pelvis_height_m - up])
        if float(np.linalg.norm(off)) < 0.88 * s.body.arm_m + 0.05:
            break
        bow += 0.05
    return bow


def _lying(right_m: float, forward_m: float, height_m: float) -> np.ndarray:
    """T_world_prop of a leg that lies on its side, pointing ahead."""
    pose = np.eye(4)
    pose[:3, :3] = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])
    pose[:3, 3] = right_m, forward_m - 0.5 * LEG_M, height_m + LEG_RADIUS_M
    return pose


def leg_at(s: Score, mount: Mount, out_m: float, facing_rad: float) -> tuple[tuple[float, float], float, float]:
    """Place, turn and height of the leg, `out_m` of its screw showing; its -x side where a palm that faces so lies."""
    return (mount.right_m, mount.forward_m), facing_rad - np.pi, mount.height_m + out_m


def grip(hand: Hand, end_s: float, duration_s: float, mount: Mount, up: float, facing_rad: float, off_m: float = 0.0,
         ease: str = "smooth") -> None:  # fmt: skip
    """A hand round the leg, this share of its length up, thumb up; its palm faces so, seen from above."""
    sign = 1.0 if hand.side == "right" else -1.0
    palm = np.array([np.cos(facing_rad), np.sin(facing_rad)])
    fingers = np.array([palm[1], -palm[0]]) * sign
    at = np.array([mount.right_m, mount.forward_m]) - (LEG_RADIUS_M + off_m) * palm
    hand.go(end_s, duration_s, "world", (sign * float(at[0]), float(at[1]), mount.height_m + up * mount.leg_m), ease,
            palm=(sign * float(palm[0]), float(palm[1]), 0.0), fingers=(sign * float(fingers[0]), float(fingers[1]), 0.12),
            elbow=(0.9, -0.5, -0.3), stretch=0.98)  # fmt: skip


def _turn(s: Score, hand: Hand, start_s: float, duration_s: float, mount: Mount, up: float, way: float, leg: list[float]) -> None:
    """A hand turns the leg by one grip; `way` 1: clockwise from above. `leg`: its turn so far and how much screw shows."""
    first = OPEN_RAD[hand.side] - (0.0 if way > 0.0 else TURN_RAD)
    for k in range(ARC_STEPS):
        at, step = start_s + duration_s * (k + 1) / ARC_STEPS, duration_s / ARC_STEPS
        leg[0] -= way * TURN_RAD / ARC_STEPS
        leg[1] -= way * leg[2] / ARC_STEPS
        grip(hand, at, step, mount, up + leg[1] / mount.leg_m, first - way * TURN_RAD * (k + 1) / ARC_STEPS, ease="linear")
        place, yaw, height = leg_at(s, mount, leg[1], leg[0])
        s.move("leg", at, step, place, yaw, height, "linear")


def _back(s: Score, hand: Hand, start_s: float, duration_s: float, mount: Mount, up: float, way: float, off_m: float) -> None:
    """The hand opens, goes back round the leg, `off_m` off it, and takes it anew."""
    first = OPEN_RAD[hand.side] - (0.0 if way > 0.0 else TURN_RAD)
    hand.fingers(start_s + 0.35 * duration_s, 0.35 * duration_s, "cup")
    grip(hand, start_s + 0.55 * duration_s, 0.55 * duration_s, mount, up, first - 0.5 * way * TURN_RAD, off_m)
    grip(hand, start_s + duration_s, 0.45 * duration_s, mount, up, first)
    hand.fingers(start_s + duration_s, 0.3 * duration_s, "grip_wide")


def screw(s: Score, start: float, mount: Mount, way: float, turns: int, leg: list[float],
          off_m: float = 0.035) -> float:  # fmt: skip
    """Turn after turn, by one hand or by both in turn, which go back `off_m` off the leg; returns when it is done."""
    beat, regrip = s.number("turn_s"), 0.72 * s.number("turn_s")
    both = s.option("manner") == "both_hands"
    at = start
    for k in range(turns):
        if both:
            hand, other = (s.right, s.left) if k % 2 == 0 else (s.left, s.right)
            _turn(s, hand, at, beat, mount, _up(hand), way, leg)
            _back(s, other, at, 0.9 * beat, mount, _up(other) + leg[1] / mount.leg_m, way, off_m)
            at += beat
        else:
            _turn(s, s.right, at, beat, mount, 0.62, way, leg)
            at += beat
            if k + 1 < turns:
                _back(s, s.right, at, regrip, mount, 0.62 + leg[1] / mount.leg_m, way, off_m)
                at += regrip
        s.trunk.to(at, beat, lean=0.03 if k % 2 else -0.03)
    return at


def _up(hand: Hand) -> float:
    """How far up the leg a hand takes it: the right one over the left."""
    return 0.66 if hand.side == "right" else 0.36


def steady(s: Score, mount: Mount, end_s: float, duration_s: float) -> None:
    """The other hand holds the leg's foot, or lies on the edge of the top."""
    s.left.fingers(end_s, duration_s, "cup")
    if s.option("manner") == "leg_steadied":
        grip(s.left, end_s, duration_s, mount, 0.2, OPEN_RAD["left"] - 0.4)
        s.left.fingers(end_s, 0.3, "grip_wide")
    elif s.option("manner") == "top_steadied":
        top = s.props["top"]
        side = 0.5 * float(np.ptp(top.mesh.vertices_m[:, 0]))
        s.left.go(end_s, duration_s, "prop:top", (side - 0.05, -0.06, float(top.frames["top"][2, 3]) + 0.014), palm=(-0.2, 0.0,
                  -1.0), fingers=(-0.1, 1.0, 0.0), elbow=(0.9, -0.5, 0.0))  # fmt: skip
    else:
        grip(s.left, end_s, duration_s, mount, _up(s.left), OPEN_RAD["left"], 0.0)
        s.left.fingers(end_s, 0.3, "grip_wide")


def turning_s(s: Score) -> float:
    """Seconds that the turns take."""
    turns, beat = int(s.number("turns")), s.number("turn_s")
    return turns * beat if s.option("manner") == "both_hands" else turns * beat + (turns - 1) * 0.72 * beat


def let_go(s: Score, mount: Mount) -> None:
    """The hands open and come back to the near edge."""
    with s.phase("recover", 0.7) as (_, end):
        for hand, late in ((s.right, 0.0), (s.left, 0.08)):
            hand.fingers(end - 0.35, 0.3, "relaxed")
            sign = 1.0 if hand.side == "right" else -1.0
            hand.go(end - 0.4 + late, 0.3, "world", (sign * mount.right_m + 0.10, mount.forward_m - 0.08,
                    mount.height_m + 0.5 * mount.leg_m), palm=(-0.8, 0.4, -0.3), fingers=(-0.3, 0.8, 0.2))  # fmt: skip
            hand.reach(end + late, 0.45, (0.10, 0.40, -0.75), palm=(-0.7, 0.0, -0.7), fingers=(-0.1, 0.9, -0.4))
        s.trunk.to(end, 0.6, bend=0.12, twist=0.0, lean=0.0)
