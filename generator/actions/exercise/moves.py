"""Moves that several exercises share: how people stand, arms a moment apart, limbs led round a circle."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ...motion.limbs import Hand
from ...motion.score import Score
from ...motion.target import Vector


def stand_apart(s: Score) -> None:
    """Feet as far apart as `stance` says, in widths of quiet standing, from the first frame on."""
    for foot in (s.right_foot, s.left_foot):
        foot.place(0.0, 0.0, (s.body.stance_out_m * s.number("stance"), 0.0))


def both(s: Score) -> tuple[tuple[Hand, float], tuple[Hand, float]]:
    """Both hands, each with how late (s) it is: nobody's arms move as one."""
    late = 0.02 + 0.02 * float(np.sin(s.performer.phases_rad[5]))
    ahead = 0.015 + 0.015 * float(np.sin(s.performer.phases_rad[6]))
    return (s.right, ahead), (s.left, late)


def lower_both(s: Score, end_s: float, duration_s: float, ease: str = "smooth") -> None:
    """Both arms back to the sides, hands relaxed."""
    for hand, late in both(s):
        hand.rest(end_s + late, duration_s, ease)
        hand.fingers(end_s, 0.6 * duration_s, "relaxed")


def uneven(s: Score, k: int, share: float = 0.05) -> float:
    """A factor near 1 for the `k`th repetition: no two are alike."""
    return 1.0 + share * float(np.sin(s.performer.phases_rad[(7 + 5 * k) % len(s.performer.phases_rad)] + 2.4 * k))


def of_length(vector: Vector, length: float = 1.0) -> Vector:
    """A vector made that long."""
    x, y, z = (np.asarray(vector) * (length / float(np.linalg.norm(vector)))).tolist()
    return x, y, z


def led_round(start_s: float, duration_s: float, from_rad: float, by_rad: float, per_turn: int = 14
              ) -> Iterator[tuple[float, float, float]]:  # fmt: skip
    """(arrival s, step s, angle) of the steps that lead a limb round a circle: a little slower as it starts and stops."""
    steps = max(int(np.ceil(per_turn * abs(by_rad) / (2.0 * np.pi))), 1)
    for k in range(1, steps + 1):
        x = k / steps
        share = x - 0.4 * float(np.sin(2.0 * np.pi * x)) / (2.0 * np.pi)
        yield start_s + x * duration_s, duration_s / steps, from_rad + share * by_rad
