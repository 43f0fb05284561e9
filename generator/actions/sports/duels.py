"""Fencing, and boxing a bag."""

from __future__ import annotations

import numpy as np

from ...motion.limbs import Hand
from ...motion.score import Score, Vector
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S
from .punches import GUARD_TWIST_RAD, GUARD_YAW_RAD, guard, stance


def _blade(s: Score, end_s: float, duration_s: float, at: Vector, along: Vector, ease: str = "smooth",
           elbow: Vector | None = None) -> None:  # fmt: skip
    """The foil's handle to a point ahead of the right shoulder's place on the floor, its blade along `along`, palm in and up."""
    z = np.array(along) / np.linalg.norm(along)
    back = np.array([0.85, 0.0, -0.5])
    x = back - z * (back @ z)
    y = np.cross(z, x / np.linalg.norm(x))
    s.right.bring(end_s, duration_s, "foil", "middle", None, frame="shoulder", at=at, y_axis=tuple(y), z_axis=tuple(z), ease=ease,
                  elbow=elbow)  # fmt: skip


def _on_guard(s: Score, end_s: float, duration_s: float) -> None:
    """The sword arm half bent, the point at the opponent's chest; the other hand up behind the head."""
    a = s.body.arm_m
    _blade(s, end_s, duration_s, (0.42 * a, 0.52 * a, -0.30 * a), (0.70, 0.72, 0.10), elbow=(0.2, -0.2, -1.0))
    s.left.reach(end_s, duration_s, (0.62, -0.18, 0.52), palm=(-0.5, 0.2, -0.7), fingers=(-0.7, 0.3, 0.5), elbow=(1.0, -0.3, 0.1))


def _lunge(s: Score) -> None:
    """On guard side on, knees bent; steps that keep the feet apart; the arm first, then the front foot far out; and back."""
    leg = s.body.leg_m
    low, wide = -0.13 * leg * s.number("depth"), s.number("stance") * leg
    reach, n = s.number("reach") * leg, int(s.number("advances"))
    s.hold("foil", START_S)
    s.right.fingers(START_S, 0.1, "grip")
    s.left.fingers(START_S, 0.1, "relaxed")
    s.right_foot.place(0.0, 0.0, (0.04, 0.5 * wide), toe_out_rad=0.0)
    s.left_foot.place(0.0, 0.0, (0.04, -0.5 * wide), toe_out_rad=1.35)
    s.pelvis.to(START_S, 0.1, yaw=0.75, up=low, right=0.0, forward=-0.016 * s.body.height_m)
    s.trunk.to(START_S, 0.1, twist=0.12, bend=0.03)
    s.look(START_S, "world", (0.0, 5.0, s.body.shoulder_height_m))
    _on_guard(s, START_S, 0.1)
    with s.phase("on_guard", s.number("wait_s")) as (start, end):
        a = s.body.arm_m
        _blade(s, 0.5 * (start + end), 0.3, (0.45 * a, 0.50 * a, -0.24 * a), (0.70, 0.70, 0.02))
        _on_guard(s, end, 0.3)
    at, pace_m, beat = 0.0, 0.30 * leg, s.number("beat_s")
    with s.phase("advance", n * beat) as (start, _):
        for k in range(n):
            time = start + k * beat
            at += pace_m
            s.right_foot.step(time + 0.5 * beat, 0.45 * beat, (0.04, 0.5 * wide + at), lift_m=0.04, toe_out_rad=0.0)
            s.left_foot.step(time + 0.95 * beat, 0.45 * beat, (0.04, -0.5 * wide + at), lift_m=0.04, toe_out_rad=1.35)
            s.pelvis.to(time + 0.9 * beat, 0.85 * beat, forward=at - 0.016 * s.body.height_m)
    with s.phase("lunge", 0.62) as (start, end):
        _out(s, start, at, wide, reach, low)
    with s.phase("hold", 0.30):
        pass
    with s.phase("recover", 0.8) as (start, end):
        s.right_foot.step(start + 0.42, 0.38, (0.04, 0.5 * wide + at), lift_m=0.06, toe_out_rad=0.0)
        s.left_foot.heel.to(start + 0.3, 0.3, 0.0)
        s.pelvis.to(start + 0.5, 0.48, forward=at - 0.016 * s.body.height_m, up=low)
        s.trunk.to(start + 0.5, 0.45, bend=0.03, lean=0.0, twist=0.12)
        _on_guard(s, end - 0.1, 0.55)


def _out(s: Score, start: float, at: float, wide: float, reach: float, low: float) -> None:
    """Arm straight, then the front foot shoots out, the rear leg straightens and the rear arm swings down behind."""
    a = s.body.arm_m
    _blade(s, start + 0.24, 0.24, (0.74 * a, 0.76 * a, 0.02), (0.70, 0.71, 0.0), elbow=(0.2, 0.0, -1.0))
    s.right_foot.step(start + 0.52, 0.34, (0.04, 0.5 * wide + at + reach), lift_m=0.06, toe_out_rad=0.0)
    s.pelvis.to(start + 0.54, 0.36, forward=at + 0.62 * reach - 0.016 * s.body.height_m, up=low - 0.28 * reach, yaw=0.85)
    s.trunk.to(start + 0.54, 0.34, lean=0.10, bend=0.06, twist=0.15)
    s.left.reach(start + 0.50, 0.32, (0.88, -0.10, -0.30), palm=(0.0, 0.3, 0.9), fingers=(0.9, -0.1, -0.3))
    s.look(start + 0.3, "world", (0.0, 5.0, s.body.shoulder_height_m - 0.1))


FENCING_LUNGE = Action(
    name="fencing_lunge",
    caption="lunges with a fencing foil",
    wordings=("advances on guard and lunges with a foil", "fences: steps forward, lunges and recovers"),
    choreography=_lunge,
    phases=("on_guard", "advance", "lunge", "hold", "recover"),
    params={
        "wait_s": Range(0.6, 1.0),
        "advances": Range(1, 3, whole=True),
        "beat_s": Range(0.45, 0.62),
        "stance": Range(0.48, 0.62),
        "depth": Range(0.7, 1.4),
        "reach": Range(0.45, 0.70),
    },
    props=(PropUse("foil", ("foil",), (0.95, 1.03)),),
    aliases=("fencing", "lunging with a foil"),
    tags=("sport", "object", "legs"),
    acting=("right_hand", "right_foot"),
    taxonomy={"ucf101": "Fencing", "hmdb51": "fencing"},
)

ROUNDS: dict[str, tuple[str, ...]] = {
    "one_two": ("left", "right", "left", "right", "left"),
    "double_jab": ("left", "left", "right", "left", "left"),
    "hard": ("right", "left", "right"),
    "quick": ("left", "right", "left", "right", "left", "right"),
}


def _box_a_bag(s: Score) -> None:
    """From a boxer's guard, fist after fist into the bag, which swings away, comes back and hangs still again."""
    order, gap = ROUNDS[s.option("order")], s.number("gap_s")
    radius = float(s.props["bag"].frames["side"][1, 3])
    away = radius + 0.86 * s.body.arm_m + 0.20 * s.body.leg_m
    s.stand("bag", (0.0, away), time_s=START_S)
    s.stand("stand", (0.0, away), time_s=START_S)
    s.look(START_S, "prop:bag:side")
    stance(s, START_S, 0.6)
    guard(s, START_S, 0.5, (s.right, s.left))
    for hand in (s.right, s.left):
        hand.fingers(START_S, 0.1, "fist")
    with s.phase("guard", s.number("wait_s")) as (start, end):
        s.pelvis.to(0.5 * (start + end), 0.3, right=0.03)
        s.pelvis.to(end, 0.3, right=-0.01)
    with s.phase("punch", gap * len(order) + 0.25) as (start, end):
        for k, side in enumerate(order):
            hit = start + 0.22 + gap * k
            _blow(s, s.right if side == "right" else s.left, hit, k)
            _sway(s, hit, gap if k < len(order) - 1 else 0.0, s.number("power") * (1.0 if side == "right" else 0.7))
    with s.phase("guard_again", 0.9) as (start, end):
        guard(s, end, 0.5, (s.right, s.left))
        s.pelvis.to(end, 0.7, forward=-0.10)


def _blow(s: Score, hand: Hand, hit: float, k: int) -> None:
    """Hips, trunk, fist; and back into guard."""
    high = s.number("aim_m") + (0.05, -0.12, 0.02, -0.05, 0.08, -0.1)[k]
    level = s.body.shoulder_height_m - 0.12 - float(s.props["bag"].frames["side"][2, 3]) + high
    yaw, twist = (0.35, 0.42) if hand is s.right else (-0.62, -0.36)
    s.pelvis.to(hit - 0.04, 0.22, yaw=yaw, forward=0.05)
    s.trunk.to(hit - 0.01, 0.22, twist=twist, bend=0.18)
    s.pelvis.to(hit + 0.26, 0.24, yaw=GUARD_YAW_RAD, forward=0.0)
    s.trunk.to(hit + 0.28, 0.24, twist=GUARD_TWIST_RAD, bend=0.12)
    if hand is s.right:
        s.right_foot.heel.to(hit, 0.18, 0.60)
        s.right_foot.heel.to(hit + 0.30, 0.24, 0.05)
    hand.go(hit, 0.23, "prop:bag:side", (0.02, 0.005, level), "strike", palm=(0.0, 0.1, -1.0), fingers=(-0.1, 1.0, 0.0),
            effector="knuckles", elbow=(0.6, -0.3, -0.7))  # fmt: skip
    s.contact(f"{hand.side}_knuckles", "bag", hit - 0.02, hit + 0.03)
    guard(s, hit + 0.29, 0.26, (hand,))


def _sway(s: Score, hit: float, gap: float, power: float) -> None:
    """The bag gives way and comes back, by the next blow or, after the last (`gap` 0), to and fro until it hangs."""
    angle = 0.20 * power
    if gap:
        s.swing("bag", hit + 0.42 * gap, 0.42 * gap, "hinge", -angle, "decelerate")
        s.swing("bag", hit + 0.97 * gap, 0.55 * gap, "hinge", angle, "swing")
        return
    s.swing("bag", hit + 0.35, 0.35, "hinge", -1.4 * angle, "decelerate")
    for k, share in enumerate((2.3, -1.6, 1.0)):
        s.swing("bag", hit + 0.35 + 0.6 * (k + 1), 0.6, "hinge", share * angle, "swing")


BOXING_A_BAG = Action(
    name="boxing_a_bag",
    caption="punches a hanging punching bag",
    wordings=("boxes against a heavy bag", "trains at a punching bag"),
    choreography=_box_a_bag,
    phases=("guard", "punch", "guard_again"),
    params={
        "order": Choice(tuple(ROUNDS)),
        "wait_s": Range(0.4, 0.9),
        "gap_s": Range(0.42, 0.58),
        "power": Range(0.6, 1.5),
        "aim_m": Range(-0.15, 0.10),
    },
    props=(PropUse("bag", ("punching_bag",), (0.95, 1.1)), PropUse("stand", ("bag_stand",), (1.0, 1.01))),
    aliases=("punching a bag", "boxing a punching bag", "hitting a heavy bag"),
    tags=("sport", "arms", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"ucf101": "BoxingPunchingBag"},
)
