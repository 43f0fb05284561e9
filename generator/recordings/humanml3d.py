"""HumanML3D and KIT-ML: the features that text-to-motion models learn, and joint positions of the same skeletons.

A feature vector of J joints (Guo et al. 2022): [0] half the turn about y to the next frame (rad), [1:3] the root's step in x and
z as seen from where it faces, [3] the root's height, then 3 (J - 1) places of the other joints relative to the root's spot on the
floor and facing +z, 6 (J - 1) rotations, 3 J velocities and 4 foot contacts. The rotations are a fit to the places, which are
read. y is up, and a person who faces +z has their left at +x.
"""

from __future__ import annotations

import numpy as np

from ..base.errors import UserError
from ..skeletons import SMPLX_JOINTS
from ..values import Array
from .axes import Up
from .joints import people
from .numbers import floats, frames
from .values import Recording

HUMANML_JOINTS = SMPLX_JOINTS[:22]
SMPL_JOINTS = (*HUMANML_JOINTS, "left_middle1", "right_middle1")
"""SMPL's 24: its hands are points near the roots of the middle fingers."""

_KIT_ARM, _KIT_LEG = ("shoulder", "elbow", "wrist"), ("hip", "knee", "ankle", "", "foot")

FEATURES = {263: 22, 251: 21}
"""Numbers a frame -> joints."""

FPS = {22: 20.0, 24: 20.0, 21: 12.5}
"""Joints -> frames/s of the data sets with them."""

MOST_TAKES = 10_000
"""Of one array."""


def is_features(array: Array) -> bool:
    """(T, 263) or (T, 251), or several such."""
    return array.ndim in (2, 3) and array.shape[-1] in FEATURES


def is_positions(array: Array) -> bool:
    """(T, 22, 3), (T, 24, 3) or (T, 21, 3), or several such."""
    return array.ndim in (3, 4) and array.shape[-1] == 3 and array.shape[-2] in FPS


def recordings(array: Array, what: str, up: Up | None = None) -> tuple[Recording, ...]:
    """Of an array that `is_features` or `is_positions`; one with an axis more in front holds several takes."""
    features = is_features(array)
    takes = array[None] if array.ndim == (2 if features else 3) else array
    if len(takes) > MOST_TAKES:
        raise UserError(f"{what} has {len(takes):,} takes: at most {MOST_TAKES:,} are read, give a file with fewer")
    found = []
    for k, take in enumerate(takes):
        name = "" if array.ndim == (2 if features else 3) else str(k)
        label = f"{what}{f', take {name}' if name else ''}"
        found.append(of_positions(recovered(take, label) if features else take, label, up, name))
    return tuple(found)


def of_positions(positions: Array, what: str, up: Up | None, name: str = "", caption: str = "") -> Recording:
    """One take of places (T, 22 | 24 | 21, 3)."""
    count = positions.shape[1]
    names = kit_joints(floats(positions, what)) if count == 21 else HUMANML_JOINTS if count == 22 else SMPL_JOINTS
    taken = [k for k, joint in enumerate(names) if joint]
    found = people(tuple(names[k] for k in taken), [np.asarray(positions)[:, taken]], what, up)
    rate = f"frames/s: {FPS[count]:g} (as {'KIT-ML' if count == 21 else 'HumanML3D'} has them)"
    return Recording(name, FPS[count], found.tracks, caption, notes=(rate, *found.notes))


def recovered(features: Array, what: str) -> Array:
    """Places (T, J, 3) that features (T, 263 | 251) mean, y up. UserError for what is no motion."""
    values = floats(features, what)
    frames(len(values), what)
    joints = FEATURES[values.shape[1]]
    turned = np.concatenate([[0.0], np.cumsum(values[:-1, 0])])  # half the angle: of the quaternion about y
    steps = np.zeros((len(values), 3))
    steps[1:, [0, 2]] = values[:-1, 1:3]
    root = np.cumsum(_turned_back(steps[:, None], turned)[:, 0], axis=0)
    places = _turned_back(values[:, 4 : 4 + 3 * (joints - 1)].reshape(len(values), joints - 1, 3), turned)
    places[..., [0, 2]] += root[:, None, [0, 2]]
    root[:, 1] = values[:, 3]
    return np.concatenate([root[:, None], places], axis=1)


def _turned_back(vectors: Array, half_angle_rad: Array) -> Array:
    """Vectors (T, N, 3) that faced +z, turned about y to where each frame faces: by -2 times the half angle (T,)."""
    c, s = np.cos(2.0 * half_angle_rad)[:, None], np.sin(2.0 * half_angle_rad)[:, None]
    x, y, z = np.moveaxis(vectors, -1, 0)
    return np.stack([c * x - s * z, y, s * x + c * z], axis=-1)


def kit_joints(positions: Array) -> tuple[str, ...]:
    """Names of KIT-ML's 21 joints, "" for those that SMPL-X lacks.

    Which of the two chains is the left one is seen from the person: toes point forward, and the left lies to the left of that.
    """
    forward = (positions[:, 15] - positions[:, 13]) + (positions[:, 20] - positions[:, 18])
    up = positions[:, 3] - positions[:, 0]
    first_is_left = (np.cross(up, forward) * (positions[:, 11] - positions[:, 16])).sum(-1).mean() > 0
    a, b = ("left", "right") if first_is_left else ("right", "left")
    arms = [f"{side}_{part}" for side in (a, b) for part in _KIT_ARM]
    legs = [f"{side}_{part}" if part else "" for side in (a, b) for part in _KIT_LEG]
    return ("pelvis", "spine1", "spine3", "neck", "head", *arms, *legs)
