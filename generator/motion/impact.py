"""What a push, a bump or a blow does to who meets it: momentum goes over, the body gives way, and steps to catch itself.

struck(b, hit_s, passed_on(a.body, b.body, 2.5, share=0.3), (0.0, -1.0))   # pushed straight back
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..values import Array
from .limbs import Foot
from .proportions import Proportions
from .score import Score

GRAVITY_MPS2 = 9.81
DENSITY_KG_M3 = 1000.0
TRUNK_SHARE = 0.497
"""Of the body's mass (Winter 2009, table 4.1)."""

COM_SHARE = 0.55
"""Height of the centre of mass over that of the body."""

SWAY_M = 0.05
"""A capture point no further than this is mastered with the feet where they are (the ankle strategy: Horak and Nashner 1986)."""

LONGEST_STEP = 0.55
"""Of the leg's length: no step in an emergency is longer."""

FIRST_LIFT_S, STEP_S = 0.16, 0.30
"""Seconds from the blow to the first foot's leaving the floor (Maki and McIlroy 1997), and of each step."""


@dataclass(frozen=True)
class Catch:
    """How somebody caught themselves: when they stand again, and how far they went, in metres of their own world."""

    end_s: float
    right_m: float
    forward_m: float


def mass_kg(body: Proportions) -> float:
    """A body's mass, from its trunk as an elliptic cylinder between hips and shoulders."""
    depth = 0.5 * (body.back_behind_m + max(body.chest_front_m, body.belly_front_m, 0.08))
    trunk = np.pi * body.waist_half_m * depth * (body.shoulder_height_m - body.pelvis_height_m + body.hip_below_pelvis_m)
    return float(DENSITY_KG_M3 * trunk / TRUNK_SHARE)


def passed_on(a: Proportions, b: Proportions, speed_mps: float, share: float, bounce: float = 0.0) -> float:
    """Speed (m/s) that b takes up when `share` of a's mass meets b at `speed_mps`: an impact with restitution `bounce`."""
    moving, still = share * mass_kg(a), mass_kg(b)
    return (1.0 + bounce) * moving / (moving + still) * speed_mps


def capture_m(body: Proportions, speed_mps: float) -> float:
    """How far away a foot must be set so that a body that moves at a speed comes to rest over it (Hof 2008: v / sqrt(g / l))."""
    return speed_mps * float(np.sqrt(COM_SHARE * body.height_m / GRAVITY_MPS2))


def struck(s: Score, hit_s: float, speed_mps: float, towards: tuple[float, float], high: float = 0.8) -> Catch:
    """Take up `speed_mps` at `hit_s`, in the direction (right, forward) of the own world, and catch oneself.

    The trunk goes first where it was hit high (`high` 1: at the shoulders, 0: at the hips), the head and arms stay behind, the
    hips follow; feet step as far as the speed asks for. Small speeds are swayed off.
    """
    way = np.asarray(towards, float) / max(float(np.hypot(*towards)), 1e-9)
    reach = capture_m(s.body, speed_mps)
    _give(s, hit_s, speed_mps, way, high)
    if reach <= SWAY_M:
        return _sway(s, hit_s, reach, way)
    return _step_after(s, hit_s, reach, way)


def _give(s: Score, hit_s: float, speed_mps: float, way: Array, high: float) -> None:
    """Trunk, head and arms: thrown along, then brought back."""
    ahead, aside = float(way[1]), float(way[0])
    thrown = float(np.clip(0.34 * speed_mps * (2.0 * high - 0.6), -0.5, 0.5))
    out, back = s.real(0.16), s.real(0.42)
    now = {name: float(value[0]) for name, value in s.trunk.at(np.array([hit_s])).items()}
    s.trunk.to(hit_s + out, out, "decelerate", bend=now["bend"] + thrown * ahead, lean=now["lean"] + thrown * aside)
    s.trunk.to(hit_s + out + back, back, bend=0.10 * abs(ahead), lean=0.0)
    s.trunk.to(hit_s + out + 2.2 * back, back, bend=0.0)
    s.head.to(hit_s + 0.7 * out, 0.6 * out, "decelerate", nod=-0.55 * thrown * ahead, tilt=-0.4 * thrown * aside)
    s.head.to(hit_s + out + back, back, nod=0.0, tilt=0.0)
    wild = float(np.clip(speed_mps / 1.2, 0.0, 1.0))
    if wild > 0.25:
        for k, hand in enumerate((s.right, s.left)):
            hand.reach(hit_s + out + 0.04 * k, 0.9 * out, (0.30 + 0.25 * wild, 0.55 + 0.1 * k, -0.55 + 0.45 * wild),
                       palm=(0.1, 0.3, -0.9), fingers=(0.3, 0.9, 0.2), effector="wrist", elbow=(0.7, -0.4, -0.6))  # fmt: skip
            hand.fingers(hit_s + out, 0.8 * out, "planted")
            hand.rest(hit_s + out + 1.9 * back, 1.1 * back)
            hand.fingers(hit_s + out + 1.9 * back, back, "relaxed")


def _sway(s: Score, hit_s: float, reach: float, way: Array) -> Catch:
    for end, duration, share in ((0.22, 0.22, 0.8), (0.75, 0.5, 0.0)):
        s.pelvis.to(hit_s + s.real(end), s.real(duration), right=share * reach * way[0], forward=share * reach * way[1])
    return Catch(hit_s + s.real(0.75), 0.0, 0.0)


def _step_after(s: Score, hit_s: float, reach: float, way: Array) -> Catch:
    """As many steps as it takes, each foot to where the body comes to be; the foot on the side of the fall goes first."""
    begin = {name: float(value[0]) for name, value in s.travel.at(np.array([hit_s])).items()}
    longest = LONGEST_STEP * s.body.leg_m
    going = 1.35 * reach
    steps = max(2, int(np.ceil(going / (0.5 * longest))))
    lift, each = s.real(FIRST_LIFT_S), s.real(STEP_S)
    right_first = way[0] > 0.35 or (way[0] > -0.35 and s.performer.phases_rad[0] < np.pi)
    order = (s.right_foot, s.left_foot) if right_first else (s.left_foot, s.right_foot)
    out = s.body.stance_out_m
    for k in range(steps):
        share = min(1.0, (k + 1.6) / steps) if k < steps - 1 else 1.0
        _set_down(order[k % 2], hit_s + lift + each * (k + 1), 0.85 * each, begin, going * share * way, out, s.body.leg_m)
    end = hit_s + lift + each * steps
    s.travel.to(end, end - hit_s, "decelerate", right=begin["right"] + going * way[0], forward=begin["forward"] + going * way[1])
    s.pelvis.to(hit_s + lift + each, each, up=-0.05 * s.body.leg_m)
    s.pelvis.to(end + s.real(0.45), s.real(0.5), up=0.0)
    s.mode.to(hit_s + 0.05, 0.1, balance=0.0)
    s.mode.to(end + s.real(0.1), s.real(0.3), balance=1.0)
    return Catch(end + s.real(0.3), going * float(way[0]), going * float(way[1]))


def _set_down(foot: Foot, end_s: float, duration_s: float, begin: dict[str, float], gone: Array, out_m: float,
              leg_m: float) -> None:  # fmt: skip
    sign = 1.0 if foot.side == "right" else -1.0
    at = (out_m + sign * (begin["right"] + float(gone[0])), begin["forward"] + float(gone[1]))
    foot.step(end_s, duration_s, at, lift_m=0.05 + 0.03 * leg_m)
