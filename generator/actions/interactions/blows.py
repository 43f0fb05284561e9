"""What pushes, punches and kicks at somebody have in common: where they land, how near one stands, steps up and back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...motion.impact import raise_foot
from ...motion.meeting import level_m, palm_reach
from ...motion.proportions import Proportions
from ...motion.score import Score
from ...motion.timing import minimum_jerk
from ...values import Array

MOUTH_BELOW, CHEST_BELOW, BELLY_BELOW = 0.035, 0.055, 0.180
"""How far the mouth lies under the eyes, chest and belly under the shoulders, as a share of the body's height."""

HIGHEST, LOWEST = 0.66, 0.86
"""Of the stretched arm's length: how far over and under the shoulder a blow may land."""

FIST = 0.4
"""How far along the hand a fist's front is."""


@dataclass(frozen=True)
class Mark:
    """A point of somebody's front: the landmark next to it, in whose frame, how far over it; how high and how far ahead of the
    ankles it is."""

    landmark: str
    frame: str
    up_m: float
    height_m: float
    ahead_m: float


def mark_at(b: Proportions, height_m: float) -> Mark:
    """The point of somebody's front at a height, from belly to mouth."""
    marks = (
        ("mouth", "head", b.eye_height_m - MOUTH_BELOW * b.height_m, 0.085 * b.height_m),
        ("chest_front", "chest", b.shoulder_height_m - CHEST_BELOW * b.height_m, b.chest_front_m),
        ("belly", "chest", b.shoulder_height_m - BELLY_BELOW * b.height_m, b.belly_front_m),
    )
    name, frame, at, ahead = min(marks, key=lambda mark: abs(mark[2] - height_m))
    return Mark(name, f"partner:{frame}", float(np.clip(height_m - at, -0.06, 0.06)), height_m, ahead)


def height_of(b: Proportions, what: str) -> float:
    """Over the floor (m), of a point that people aim at."""
    return {
        "face": b.eye_height_m - MOUTH_BELOW * b.height_m,
        "shoulder": b.shoulder_height_m,
        "chest": b.shoulder_height_m - CHEST_BELOW * b.height_m,
    }[what]


def within_reach(a: Proportions, height_m: float, stretch: float, lean_rad: float) -> float:
    """The height, or the nearest that an arm stretched to `stretch` gets to."""
    shoulder, arm, _ = palm_reach(a, stretch, lean_rad, FIST)
    return float(np.clip(height_m, shoulder - LOWEST * arm, shoulder + HIGHEST * arm))


def crouch_m(a: Proportions, b: Proportions, what: str, stretch: float, lean_rad: float) -> float:
    """How far somebody tall goes down so as to meet a point of somebody short."""
    wanted = height_of(b, what)
    return min(max(within_reach(a, wanted, stretch, lean_rad) - wanted, 0.0), 0.30 * a.leg_m)


def apart_least_m(a: Proportions, b: Proportions) -> float:
    """How near to each other two can stand face to face without touching."""
    return 0.22 + max(a.chest_front_m, a.belly_front_m) + max(b.chest_front_m, b.belly_front_m)


def ahead_m(a: Proportions, height_m: float, stretch: float, lean_rad: float, turned_rad: float = 0.0) -> float:
    """How far ahead of the ankles a hand is at a height; `turned_rad`: how far its shoulder is turned forward."""
    shoulder, arm, forward = palm_reach(a, stretch, lean_rad, FIST)
    return forward + a.shoulder_half_m * float(np.sin(turned_rad)) + level_m(arm, shoulder - height_m, 0.3)


def shift(
    s: Score, start_s: float, duration_s: float, forward_m: float, *, right_m: float = 0.0, left_first: bool = True
) -> None:
    """Step ahead (negative: back) by so much, one foot after the other, and stand as before."""
    if abs(forward_m) + abs(right_m) < 0.02:
        return
    end_s = start_s + duration_s

    def done(t: Array) -> Array:
        return minimum_jerk((t - start_s - 0.06 * duration_s) / (0.9 * duration_s))

    s.travel.add("right", lambda t: right_m * done(t))
    s.travel.add("forward", lambda t: forward_m * done(t))
    feet = (s.left_foot, s.right_foot) if left_first else (s.right_foot, s.left_foot)
    for k, foot in enumerate(feet):
        lift, down = start_s + 0.46 * k * duration_s, end_s - 0.46 * (1 - k) * duration_s
        sign, (x, y, z) = (1.0 if foot.side == "right" else -1.0), foot.moves[-1][1].at
        foot.again(down, down - lift, at=(x + sign * right_m, y + forward_m, z))
        raise_foot(foot, lift, down, 0.045 + 0.02 * s.body.leg_m)
    s.mode.to(start_s + 0.1, 0.15, balance=0.0)
    s.mode.to(end_s + 0.15, 0.2, balance=1.0)


def duck(s: Score, low_s: float, duration_s: float, deep: float, aside: float = 0.0) -> None:
    """Bend knees and trunk to be under a blow at `low_s`, and come up again."""
    for end, duration, share in ((low_s, duration_s, 1.0), (low_s + s.real(0.48), s.real(0.40), 0.0)):
        s.pelvis.to(
            end, duration, up=-0.36 * deep * s.body.leg_m * share, forward=-0.12 * deep * share, pitch=0.12 * deep * share
        )
        s.trunk.to(end + 0.03, duration, bend=0.42 * deep * share + 0.06, lean=aside * share)
        s.head.to(end, duration, nod=0.20 * deep * share)


def back_off(s: Score, hit_s: float, far_m: float) -> None:
    """Out of reach of a blow at `hit_s`: hips back, arms thrown forward, and two quick steps."""
    shift(s, hit_s - s.real(0.24), s.real(0.44), -far_m, left_first=False)
    s.pelvis.to(hit_s, s.real(0.2), forward=-0.10, up=-0.04)
    s.trunk.to(hit_s + 0.02, s.real(0.22), bend=0.35)
    s.pelvis.to(hit_s + s.real(0.5), s.real(0.4), forward=0.0, up=0.0)
    s.trunk.to(hit_s + s.real(0.6), s.real(0.45), bend=0.0)
