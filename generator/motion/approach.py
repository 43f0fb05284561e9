"""Small steps towards somebody and back, between standing and standing, without a gait."""

from __future__ import annotations

import numpy as np

from .score import Foot, Score


def step_to(s: Score, start_s: float, end_s: float, forward_m: float, *, right_first: bool | None = None, lift_m: float = 0.05,
            split_m: float = 0.0) -> None:  # fmt: skip
    """Go to `forward_m` ahead of where the own world begins: one foot, then the other, and the body over them.

    `right_first` None leaves it to the performer's habit. `split_m`: how far the second foot stays behind the first. The feet
    share the time, so that never both are off the floor.
    """
    length, out = end_s - start_s, s.body.stance_out_m
    if right_first is None:
        right_first = bool(np.sin(s.performer.phases_rad[2]) > 0.0)
    lead, trail = (s.right_foot, s.left_foot) if right_first else (s.left_foot, s.right_foot)
    _set(lead, start_s + 0.5 * length, 0.48 * length, out, forward_m, lift_m)
    _set(trail, end_s, 0.48 * length, out, forward_m - split_m, lift_m)
    s.travel.to(end_s - 0.05 * length, 0.92 * length, forward=forward_m - 0.5 * split_m)


def _set(foot: Foot, end_s: float, duration_s: float, out_m: float, forward_m: float, lift_m: float) -> None:
    foot.step(end_s, duration_s, (out_m, forward_m), lift_m=lift_m, toe_out_rad=0.14)
