"""Motion-X: 322 numbers a frame, SMPL-X parameters at 30 frames/s.

root_orient 3, pose_body 63, pose_hand 90, pose_jaw 3, face_expr 50, face_shape 100, trans 3, betas 10.
"""

from __future__ import annotations

from ..values import Array
from .axes import Up
from .smpl import recordings as of_parameters
from .values import Recording

WIDTH = 322
FPS = 30.0

_PARTS = {
    "root_orient": slice(0, 3),
    "pose_body": slice(3, 66),
    "pose_hand": slice(66, 156),
    "pose_jaw": slice(156, 159),
    "trans": slice(309, 312),
    "betas": slice(312, 322),
}


def is_motionx(array: Array) -> bool:
    """(T, 322)."""
    return array.ndim == 2 and array.shape[1] == WIDTH


def recordings(array: Array, what: str, up: Up | None = None) -> tuple[Recording, ...]:
    """The one recording of an array (T, 322)."""
    table = {**{name: array[:, part] for name, part in _PARTS.items()}, "fps": FPS}
    return of_parameters(table, what, up)
