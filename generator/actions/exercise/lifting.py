"""What exercises for the legs share: a knee lifted so far, a foot set down again, arms that swing with the steps."""

from __future__ import annotations

import numpy as np

from ...motion.limbs import Foot, Hand
from ...motion.score import Score
from ...motion.target import Vector
from ..poses import carry_over

DROOPING = ((0.0, 0.86, -0.50), (0.0, 0.50, 0.86))
"""Directions of toes and instep of a foot that hangs from a lifted knee."""


def lifted(s: Score, thigh_rad: float, shin_rad: float = 0.0, out: float = 0.0) -> Vector:
    """The ankle from the hip in leg lengths: the thigh `thigh_rad` ahead of straight down, the shin's foot `shin_rad` behind."""
    thigh, shin = s.body.thigh_m / s.body.leg_m, s.body.shin_m / s.body.leg_m
    ahead = thigh * np.sin(thigh_rad) - shin * np.sin(shin_rad)
    return (out, float(ahead), float(-thigh * np.cos(thigh_rad) - shin * np.cos(shin_rad)))


def lift_knee(
    s: Score,
    foot: Foot,
    top_s: float,
    duration_s: float,
    thigh_rad: float,
    shin_rad: float = 0.12,
    ease: str = "smooth",
    knee: Vector = (0.1, 1.0, 0.5),
    out: float = 0.0,
) -> None:
    """The foot peels off the floor, heel first, and hangs from the knee, which is at its highest at `top_s`."""
    off = top_s - duration_s
    foot.heel.to(off + 0.25 * duration_s, 0.35 * duration_s, 0.35)
    foot.heel.to(top_s, 0.6 * duration_s, 0.0)
    carry_over(foot, off + 0.7 * duration_s, 0.7 * duration_s, 0.03)
    toes, instep = DROOPING
    foot.reach(top_s, duration_s, lifted(s, thigh_rad, shin_rad, out), ease, toes=toes, instep=instep, knee=knee)


def set_down(
    s: Score,
    foot: Foot,
    land_s: float,
    duration_s: float,
    at: tuple[float, float],
    *,
    toe_out_rad: float = 0.12,
    ease: str = "smooth",
) -> None:
    """The foot comes down ball first, and the heel after it."""
    foot.heel.to(land_s - 0.02, 0.5 * duration_s, 0.22)
    foot.heel.to(land_s + 0.10, 0.12, 0.0)
    carry_over(foot, land_s, 0.7 * duration_s, 0.03)
    foot.place(land_s, duration_s, at, toe_out_rad=toe_out_rad, ease=ease)


def swing_arm(s: Score, hand: Hand, end_s: float, duration_s: float, *, ahead: bool, height: float, bent: bool) -> None:
    """An arm on its way ahead or back, as in marching: straight, or bent at the elbow. `height`: 1 is to the shoulder ahead."""
    if bent and ahead:
        at: Vector = (0.02, 0.50, -0.42 + 0.36 * height)
    elif bent:
        at = (0.24, -0.22 - 0.12 * height, -0.58)
    else:
        angle = (0.35 + 1.1 * height) if ahead else -(0.25 + 0.45 * height)
        at = (0.14 if ahead else 0.20, 0.95 * float(np.sin(angle)), -0.95 * float(np.cos(angle)))
    hand.reach(end_s, duration_s, at, "swing", effector="wrist", elbow=(0.45, -0.7, -0.55))


def both_rest(s: Score, end_s: float, duration_s: float) -> None:
    """Both arms down to the sides, one a moment after the other."""
    for hand, late in ((s.right, 0.0), (s.left, 0.06)):
        hand.rest(end_s + late, duration_s)
        hand.fingers(end_s, 0.6 * duration_s, "relaxed")
