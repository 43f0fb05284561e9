"""The forms in which files hold rotations: axis times angle, matrices, and the six numbers of networks."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from scipy.spatial.transform import Rotation

from ..base.errors import UserError
from ..values import Array

_OF_WIDTH = {3: "angles", 6: "six", 9: "matrices"}


def joint_rotations(values: Array, joints: Collection[int], what: str) -> Array:
    """Local rotations (T, J, 3, 3), J one of `joints`, of an array (T, 3 J), (T, 6 J), (T, 9 J), (T, J, 3), (T, J, 6),
    (T, J, 3, 3) or, for one joint, (T, 3, 3); axes of length one are left out in front.

    UserError, which calls it `what`, for another shape or what is no rotation.
    """
    found = _rows(values, joints)
    if found is None:
        wanted = " or ".join(str(n) for n in sorted(joints))
        raise UserError(
            f"{what} has the shape {values.shape}: wanted angles, matrices or 6D rotations of {wanted} joints a frame"
        )
    if found.shape[-1] == 3:
        return Rotation.from_rotvec(found.reshape(-1, 3)).as_matrix().reshape(*found.shape[:2], 3, 3)
    return from_six(found, what) if found.shape[-1] == 6 else _nearest(found.reshape(*found.shape[:2], 3, 3), what)


def _rows(values: Array, joints: Collection[int]) -> Array | None:
    """(T, J, 3), (T, J, 6) or (T, J, 9) of one of the shapes; None of any other."""
    while values.ndim > 2 and values.shape[0] == 1:
        values = values[0]
    if values.ndim == 1:
        values = values[None]
    shape = values.shape
    if values.ndim == 2:
        for joint in joints:
            if shape[1] in (3 * joint, 6 * joint, 9 * joint):
                return values.reshape(shape[0], joint, shape[1] // joint)
    elif values.ndim == 3 and shape[1:] == (3, 3) and 1 in joints:
        return values.reshape(shape[0], 1, 9)
    elif values.ndim == 3 and shape[1] in joints and shape[2] in _OF_WIDTH:
        return values
    elif values.ndim == 4 and shape[1] in joints and shape[2:] == (3, 3):
        return values.reshape(shape[0], shape[1], 9)
    return None


def from_six(values: Array, what: str) -> Array:
    """Matrices (T, J, 3, 3) of two directions in six numbers (Zhou et al. 2019), made square and of length one.

    They are the first two rows, one after the other, as PyTorch3D and MDM write them; or the first two columns, number by number
    in turn, as SPIN does, if only so they stand at right angles.
    """
    pairs, columns = values.reshape(*values.shape[:2], 2, 3), values.reshape(*values.shape[:2], 3, 2).swapaxes(-1, -2)
    by_column = _squareness(columns) < 0.01 < _squareness(pairs)
    a, b = np.moveaxis(columns if by_column else pairs, -2, 0)
    a = a / np.maximum(np.linalg.norm(a, axis=-1, keepdims=True), 1e-9)
    b = b - a * (a * b).sum(-1, keepdims=True)
    length = np.linalg.norm(b, axis=-1, keepdims=True)
    if not (length > 1e-6).all() or not (np.abs((a**2).sum(-1) - 1.0) < 1e-6).all():
        raise UserError(f"{what} has 6D rotations without a direction: mend the file")
    b = b / length
    made = np.stack([a, b, np.cross(a, b)], axis=-2)
    return made.swapaxes(-1, -2) if by_column else made


def _squareness(pairs: Array) -> float:
    """How far two directions (..., 2, 3) are from length one and a right angle, at the median."""
    inner = np.abs((pairs[..., 0, :] * pairs[..., 1, :]).sum(-1))
    return float(np.median(inner + np.abs((pairs**2).sum(-1) - 1.0).sum(-1)))


def _nearest(matrices: Array, what: str) -> Array:
    """The rotations next to matrices that are nearly some."""
    gram = matrices.swapaxes(-1, -2) @ matrices
    if not (np.abs(gram - np.eye(3)).max(initial=0.0) < 0.2 and (np.linalg.det(matrices) > 0).all()):
        raise UserError(f"{what} has matrices that are no rotations (not square, or mirrored): mend the file")
    return Rotation.from_matrix(matrices.reshape(-1, 3, 3)).as_matrix().reshape(matrices.shape)
