"""How still people stand: real ones sway and breathe, all the time."""

from __future__ import annotations

import numpy as np

from ..values import Array

WINDOW_S, HOP_S = 1.0, 0.2
"""A second of standing, looked at five times a second."""

_PLANTED_LEGS = 0.03
"""So far an ankle may be from its mean place within the second (legs)."""

_UPRIGHT_LEGS = 0.85
"""So high above the ankles hips must be all the time."""


def standing_speeds(head: Array, hips: Array, ankles: Array, fps: float) -> Array:
    """Root mean square speed of the head (legs/s) in each second in which somebody stands with both feet where they are.

    head (T, 3), hips (T, 2, 3) and ankles (T, 2, 3) in legs, z up. Empty where nobody stands.
    """
    length, hop = round(WINDOW_S * fps), max(round(HOP_S * fps), 1)
    speed = np.linalg.norm(np.diff(head, axis=0), axis=-1) * fps
    height = (hips[..., 2] - ankles[..., 2]).min(axis=1)
    found = []
    for start in range(0, len(head) - length, hop):
        feet = ankles[start : start + length + 1]
        planted = np.linalg.norm(feet - feet.mean(axis=0), axis=-1).max() < _PLANTED_LEGS
        if planted and height[start : start + length + 1].min() > _UPRIGHT_LEGS:
            found.append(np.sqrt((speed[start : start + length] ** 2).mean()))
    return np.array(found)
