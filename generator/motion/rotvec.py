"""Rotations as scipy has them, axis times angle; imported when the first is asked for, as few clips do and all commands start."""

from __future__ import annotations

import numpy as np

from ..values import Array


def rotvec(rotation: Array) -> Array:
    """Axis times angle in rad (..., 3) of rotations (..., 3, 3)."""
    from scipy.spatial.transform import Rotation

    return np.asarray(Rotation.from_matrix(rotation).as_rotvec())


def from_rotvec(vector: Array) -> Array:
    """Rotations (..., 3, 3) of axes times angles in rad (..., 3)."""
    from scipy.spatial.transform import Rotation

    return np.asarray(Rotation.from_rotvec(vector).as_matrix())
