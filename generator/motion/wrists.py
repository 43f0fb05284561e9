"""How far wrists bend towards the little finger and the thumb: two short ranges that hands must not be asked to leave."""

from __future__ import annotations

import numpy as np

from ..values import Array
from .rotations import about
from .timing import minimum_jerk

MAX_ULNAR_RAD, MAX_RADIAL_RAD = np.radians(42.0), np.radians(28.0)
"""Means of seven studies, collected in a goniometry handbook (39 and 25 degrees, `measure/limits.py`), and 3 degrees of ease."""

SLACK_RAD = np.radians(2.0)
"""What of an excess is left, so that the hand comes to its limit without a jolt."""


def bent_aside(forearm_axis: Array, relative: Array) -> Array:
    """How far (rad, T) hands are bent beyond the range towards the little finger (positive) or the thumb.

    About the palm's normal, for the hands' turns relative to the forearm (T, 3, 3), whose direction at rest is `forearm_axis`.
    """
    seen = (forearm_axis[None] @ relative)[..., 0, :]  # the forearm's direction in the hand's rest axes; z is the thumb's side
    own = np.arcsin(forearm_axis[2])
    across = np.maximum(np.hypot(seen[:, 0], seen[:, 2]), 1e-9)
    angle = np.arctan2(seen[:, 2], np.sign(forearm_axis[0]) * seen[:, 0])
    ulnar, radial = (np.arcsin(np.clip(np.sin(own + most) / across, -1.0, 1.0)) for most in (MAX_ULNAR_RAD, -MAX_RADIAL_RAD))
    excess = np.maximum(angle - ulnar, 0.0) + np.minimum(angle - radial, 0.0)
    # a hand that is bent up or down by a right angle, or points back along its forearm, is not helped by such a turn
    return np.asarray(excess * minimum_jerk((across - 0.4) / 0.35) * minimum_jerk((np.pi - np.abs(angle)) / 0.8))


def kept_in_range(forearm_axis: Array, lower: Array, hand: Array) -> Array:
    """Hands (T, 3, 3), those bent aside beyond the range of forearms `lower` (T, 3, 3) turned back about the palm's normal."""
    excess = bent_aside(forearm_axis, np.swapaxes(lower, -1, -2) @ hand)
    if not excess.any():
        return hand
    back = np.sign(excess) * (np.abs(excess) - SLACK_RAD * (1.0 - np.exp(-np.abs(excess) / SLACK_RAD)))
    return np.asarray(hand @ about("y", -np.sign(forearm_axis[0]) * back))
