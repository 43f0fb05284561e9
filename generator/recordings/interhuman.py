"""Two people in one world: InterHuman's and InterGen's arrays, and pairs of files of one person each.

InterHuman's `motions/<n>.pkl` holds `person1` and `person2` with SMPL parameters, z up (`smpl.py` reads it). Its
`motions_processed/person1/<n>.npy` and `person2/<n>.npy` are (T, 492): 62 joints' places (22 of the body, then the hands), z up,
then rotations; 30 frames/s. InterGen's 262 numbers of a person begin with the places of 22 joints, y up, in the world of both.
Inter-X has P1.npz and P2.npz in a folder: SMPL-X parameters at 120 frames/s.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ..base.errors import UserError
from ..values import Array
from .axes import Up
from .humanml3d import HUMANML_JOINTS
from .joints import people
from .numbers import floats
from .values import Recording

FPS = 30.0
INTERX_FPS = 120.0
PROCESSED, GENERATED = 492, 262


def is_pair(array: Array) -> bool:
    """InterGen's (2, T, 262), (T, 2, 262) or (T, 524), or half a pair of InterHuman's, (T, 492)."""
    whole = array.ndim == 3 and array.shape[2] == GENERATED and 2 in array.shape[:2]
    return whole or (array.ndim == 2 and array.shape[1] in (PROCESSED, 2 * GENERATED, GENERATED))


def recordings(array: Array, other: Array | None, what: str, up: Up | None = None) -> tuple[Recording, ...]:
    """The one recording of an array that `is_pair`, with the other half where that is a file of its own (None: alone)."""
    halves = [array] if other is None else [array, other]
    if array.shape[-1] != PROCESSED:
        halves = _generated(array)
    usual: Up = "z" if array.shape[-1] == PROCESSED else "y"
    count = min(len(half) for half in halves)
    if any(half.ndim != 2 or half.shape[1] != halves[0].shape[1] or len(half) - count > 1 for half in halves):
        raise UserError(f"{what} and its other half have the shapes {', '.join(str(h.shape) for h in halves)}: wanted the same")
    places = [floats(half[:count, :66], what).reshape(count, 22, 3) for half in halves]
    found = people(HUMANML_JOINTS, places, what, up, usual)
    alone = () if len(halves) == 2 else ("people: one, the other's file is not beside it",)
    return (Recording("", FPS, found.tracks, notes=(f"frames/s: {FPS:g} (as InterHuman has them)", *alone, *found.notes)),)


def _generated(array: Array) -> list[Array]:
    """InterGen's two people, (T, 262) each; one where there is one."""
    if array.ndim == 2:
        return [array[:, :GENERATED], array[:, GENERATED:]] if array.shape[1] == 2 * GENERATED else [array]
    return list(array) if array.shape[0] == 2 else list(np.moveaxis(array, 1, 0))


def other_half(path: Path) -> Path | None:
    """The second person's file beside the first's: `person2/<n>.npy` for `person1/<n>.npy`, `P2.npz` for `P1.npz`."""
    return _beside(path, "1", "2")


def first_half(path: Path) -> Path | None:
    """The first person's file that is read together with this second one's; None for a file that stands by itself."""
    return _beside(path, "2", "1")


def _beside(path: Path, number: str, others: str) -> Path | None:
    """The file of the person with the other number, where there is one."""
    if path.stem == f"P{number}":
        other = path.with_stem(f"P{others}")
    elif path.parent.name == f"person{number}":
        other = path.parent.parent / f"person{others}" / path.name
    else:
        return None
    return other if other.is_file() else None
