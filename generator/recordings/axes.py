"""From the axes and units of a file to ours: z up, metres."""

from __future__ import annotations

from typing import Literal

import numpy as np

from ..motion.kinematics import UPRIGHT
from ..values import Array

Up = Literal["z", "y", "-y"]
"""Which of a file's axes points up; -y in the space of a camera, whose y looks down."""

TO_WORLD: dict[str, Array] = {
    "z": np.eye(3),
    "y": UPRIGHT,
    "-y": np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, -1.0, 0.0]]),
}
"""(3, 3): turns points of the file into the world; a person who faces y-up's +z faces our -y."""

SAID: dict[str, str] = {
    "z": "up: z",
    "y": "up: y",
    "-y": "up: -y (the space of a camera that looks straight ahead; one that was tilted leaves its tilt in the motion)",
}

UNITS_M = {"metres": 1.0, "centimetres": 0.01, "millimetres": 0.001}
"""Unit -> metres."""

_TYPICAL_LEG_M = 0.8
_SHORTEST_LEG_M, _LONGEST_LEG_M = 0.25, 1.6


def recognised_up(ups: Array) -> Up | None:
    """The axis near which (within 45 degrees) directions (N, 3) that are up for the person lie in most frames, or None."""
    length = np.linalg.norm(ups, axis=-1, keepdims=True)
    near = ups / np.maximum(length, 1e-9)
    axes: dict[Up, Array] = {"z": near[:, 2], "y": near[:, 1], "-y": -near[:, 1]}
    return next((axis for axis, cosine in axes.items() if (cosine > np.sqrt(0.5)).mean() > 0.5), None)


def unit_of(leg: float) -> tuple[str, float] | None:
    """Name and metres of the unit in which a leg (thigh and shin) of this length is a person's; None where it is in none."""
    found = min(UNITS_M, key=lambda name: abs(np.log(max(leg, 1e-12) * UNITS_M[name] / _TYPICAL_LEG_M)))
    return (found, UNITS_M[found]) if _SHORTEST_LEG_M <= leg * UNITS_M[found] <= _LONGEST_LEG_M else None
