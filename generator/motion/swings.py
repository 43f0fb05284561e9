"""How a hand goes about its shoulder: by the shortest arc, but through where arms go where that has no one direction."""

from __future__ import annotations

import numpy as np

from ..base.exact import arctan2
from ..values import Array
from .rotations import about_vector, arc, cross, dot, length, turned, unit
from .timing import minimum_jerk

MIDDLE = (0.5, 0.75, -0.45)
"""Direction (out, forward, up) of the middle of an arm's range, seen from its shoulder."""

OPPOSITE_RAD = np.radians([165.0, 175.0])
"""From the first angle on between where a hand comes from and where it goes, its arc begins to lead through the middle of the
arm's range; from the second on it does wholly: there the plane of the shortest arc means nothing, and flips as either moves."""

NEAR_SHARE = 0.15
"""A wrist nearer to its shoulder than this share of the arm's length is led to the middle of the range."""


def swung(here: Array, goal: Array, weight: Array, middle: Array) -> Array:
    """From vectors `here` to `goal` (T, 3) by weights (T,): directions along an arc, lengths interpolated.

    `middle`: unit vectors (T, 3) of the middle of the limb's range, through which an arc between opposite directions leads.
    """
    way = (weight > 0.0) & (weight < 1.0)
    if not way.any():
        return arc(here, goal, weight)
    start, end = unit(here), unit(goal)
    apart = float(np.arccos(np.clip(dot(start[way], end[way]), -1.0, 1.0)).max())
    share = float(minimum_jerk(np.array((apart - OPPOSITE_RAD[0]) / np.ptp(OPPOSITE_RAD))))
    if share == 0.0:
        return arc(here, goal, weight)
    axis = (1.0 - share) * unit(cross(start, end)) + share * unit(cross(start, middle))
    chord = unit(end - start)
    axis = unit(axis - dot(axis, chord)[:, None] * chord)  # all axes about which a turn leads from one to the other lie so
    angle = arctan2(dot(axis, cross(start, end)), dot(start, end) - dot(axis, start) * dot(axis, end)) % (2.0 * np.pi)
    direction = turned(about_vector(axis, weight * angle), start)
    swing = ((1.0 - weight) * length(here) + weight * length(goal))[:, None] * direction
    return np.where(way[:, None], swing, arc(here, goal, weight))


def off_the_shoulder(to_wrist: Array, arm_m: float, middle: Array) -> Array:
    """Vectors (T, 3) from a shoulder to its wrist, those that are very short led to the middle of the range.

    A hand that passes the shoulder at a few centimetres would swing the whole arm round; no elbow folds that far.
    """
    near = np.maximum(1.0 - length(to_wrist) / (NEAR_SHARE * arm_m), 0.0)
    return to_wrist + (NEAR_SHARE * arm_m * near * (2.0 - near))[:, None] * middle if near.any() else to_wrist
