"""`.npz`, `.npy` and `.pkl` files: which of the layouts one has is seen from names and shapes, never from what it is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from ..base.errors import UserError
from ..base.shown import shown
from . import clips, humanml3d, interhuman, mdm, motionx, smpl
from .axes import Up
from .safe_numpy import load
from .smpl_fields import NAMES as SMPL_NAMES
from .values import Recording

SUFFIXES = (".npz", ".npy", ".pkl", ".pickle")

_ARRAYS = ("arr_0", "joints", "positions", "joints3d", "joints_3d", "xyz", "motion", "features")
"""Names under which a file may hold one array that is told by its shape."""

_NAMES = frozenset((*SMPL_NAMES, *clips.NAMES, *mdm.NAMES, *_ARRAYS))

_BARE_POSES = (72, 156, 165)
"""Widths of an array that can be nothing but poses."""

_WANTED = (
    "wanted SMPL parameters (poses, trans...), joints (T, 22, 3), HumanML3D's (T, 263), Motion-X's (T, 322), "
    "InterGen's (2, T, 262) or MDM's results"
)


def read(path: Path, up: Up | None = None) -> tuple[Recording, ...]:
    """All takes of a file, each in metres with z up; `up` says which of the file's axes points up where that is guessed wrong.

    UserError, one line, for what is no motion of a person, broken, or too large.
    """
    data, what = load(path, _NAMES), shown(path)
    if (other := interhuman.other_half(path)) is not None:
        return _pair(data, load(other, _NAMES), path, up)
    if isinstance(data, Mapping):
        return _of_table(data, path, up)
    if isinstance(data, list):
        return smpl.recordings({str(k): each for k, each in enumerate(data[: smpl.MOST_TABLES])}, what, up)
    return _of_array(_as_array(data, what), None, what, up)


def read_with(path: Path) -> Path | None:
    """The first person's file, which `read` reads together with this one (no recording by itself); None for any other file."""
    return interhuman.first_half(path) or clips.first_person(path)


def companions(path: Path) -> tuple[Path, ...]:
    """Files that `read` reads together with this one: the second person of a pair, and further people of a clip of ours."""
    other = interhuman.other_half(path)
    return (*([other] if other else []), *clips.further_people(path))


def _of_table(data: Mapping[str, Any], path: Path, up: Up | None) -> tuple[Recording, ...]:
    what = shown(path)
    if clips.is_clip(data):
        return clips.recordings(data, path)
    if mdm.is_results(data):
        return mdm.results(data, what, up)
    if mdm.is_fitted(data):
        return mdm.fitted(data, what, up)
    only = [name for name in _ARRAYS if isinstance(data.get(name), np.ndarray | Mapping)]
    if only and not smpl.has_pose(data):
        inner = data[only[0]]
        return _of_table(inner, path, up) if isinstance(inner, Mapping) else _of_array(inner, None, what, up)
    return smpl.recordings(data, what, up)


def _of_array(array: np.ndarray[Any, Any], other: np.ndarray[Any, Any] | None, what: str, up: Up | None) -> tuple[Recording, ...]:
    if interhuman.is_pair(array):
        return interhuman.recordings(array, other, what, up)
    if motionx.is_motionx(array):
        return motionx.recordings(array, what, up)
    if humanml3d.is_features(array) or humanml3d.is_positions(array):
        return humanml3d.recordings(array, what, up)
    if array.ndim == 3 and humanml3d.is_positions(np.moveaxis(array, -1, 0)):  # one sample of MDM: (22, 3, T)
        return humanml3d.recordings(np.moveaxis(array, -1, 0), what, up)
    if array.ndim == 2 and array.shape[1] in _BARE_POSES:
        return smpl.recordings({"poses": array}, what, up)
    raise UserError(f"{what} has an array of the shape {array.shape}: {_WANTED}")


def _pair(data: Any, other: Any, path: Path, up: Up | None) -> tuple[Recording, ...]:
    """Two files of one person each."""
    what = shown(path)
    if isinstance(data, Mapping) and isinstance(other, Mapping):
        return smpl.recordings({"person1": data, "person2": other}, what, up, fps=interhuman.INTERX_FPS)
    arrays = _as_array(data, what), _as_array(other, what)
    if interhuman.is_pair(arrays[0]):
        return _of_array(*arrays, what, up)
    if not all(map(humanml3d.is_positions, arrays)):
        raise UserError(f"{what} and the other person's file have the shapes {arrays[0].shape} and {arrays[1].shape}: {_WANTED}")
    takes = [_of_array(array, None, what, up)[0] for array in arrays]
    if takes[0].n_frames != takes[1].n_frames:
        raise UserError(f"{what} has {takes[0].n_frames} frames, the other person's file {takes[1].n_frames}: wanted the same")
    return (replace(takes[0], people=(*takes[0].people, *takes[1].people)),)


def _as_array(data: Any, what: str) -> np.ndarray[Any, Any]:
    if not isinstance(data, np.ndarray):
        raise UserError(f"{what} holds a {type(data).__name__}: {_WANTED}")
    return data
