"""How small things lie in a hand: pinched between thumb and fingertips, or between two fingers, to the hand's own size."""

from __future__ import annotations

import numpy as np

from ..skeletons import JOINT
from ..values import Array, Skeleton
from .base import frame

PALM_LENGTH_M = 0.102
"""Wrist to the middle finger's knuckle of the hand on which the points below were measured."""

PINCH_M = (0.012, 0.047, 0.057)
"""Between thumb and fingertips of the shape "pinch", from the palm's centre along the palm's axes."""

BETWEEN_FINGERS_M = (0.029, 0.095, 0.006)
"""Between the last joints of index and middle finger of the shape "relaxed"."""


def hand_scale(skeleton: Skeleton) -> float:
    """Size of this body's hand, 1 for the one that was measured."""
    wrist, middle = (skeleton.joints_m[JOINT[f"right_{name}"]] for name in ("wrist", "middle1"))
    return float(np.linalg.norm(middle - wrist)) / PALM_LENGTH_M


def fingertip_grip(
    skeleton: Skeleton,
    held_at: Array | tuple[float, float, float],
    up: tuple[float, float, float],
    forward: tuple[float, float, float],
    *,
    point: tuple[float, float, float] = PINCH_M,
) -> Array:
    """T_prop_grip (4, 4) of a thing whose `held_at` (m) lies between the fingertips; `up` and `forward` are the directions of
    the prop's z and y axes in the palm's (thumb, fingers, out of the palm)."""
    z = np.array(up) / np.linalg.norm(up)
    y = np.array(forward) - (np.array(forward) @ z) * z
    y = y / np.linalg.norm(y)
    in_palm = frame(np.zeros(3), tuple(y), tuple(z))
    in_palm[:3, 3] = hand_scale(skeleton) * np.array(point) - in_palm[:3, :3] @ np.asarray(held_at, dtype=float)
    return np.asarray(np.linalg.inv(in_palm))
