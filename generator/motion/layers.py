"""Bones of clothes that are put on and taken off: copies of the body's, which draw what they move together out of sight.

Each changing layer has two sets of N_BONES bones after the body's own. The first moves the layer: where it is worn they are the
body's bones, where it is not they shrink it onto its joints, inside the body. The second moves what the layer hides: the same the
other way round, so that nothing of it comes through while the layer is worn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..skeletons import JOINT_OF_BONE, N_BONES, PART, PART_OF_JOINT, SMPLX_JOINTS
from ..values import Array, Skeleton
from .timing import Move

SHRUNK = 0.004
"""What is left of a size that is out of sight."""

ON = 0.999
"""What is worn as far as this hides what is below it."""


def bone_sets(layers: tuple[str, ...]) -> dict[tuple[str, bool], int]:
    """(layer, whether of the layer itself rather than of what it hides) -> which set of bones moves it; the body's is 0."""
    return {(layer, own): 1 + 2 * k + (not own) for k, layer in enumerate(layers) for own in (True, False)}


@dataclass(frozen=True)
class Change:
    """What of a layer goes with these parts of the body comes on, or off, by a move."""

    move: Move
    on: bool
    parts: tuple[str, ...]


def worn_share(changes: Sequence[Change], times: Array) -> Array:
    """(T, 55): how far what goes with each joint is on. A part is off until it first comes on, or on until it first comes off."""
    share, known = np.ones((len(times), len(SMPLX_JOINTS))), set[str]()
    for change in sorted(changes, key=lambda change: change.move.end_s):
        for part in change.parts:
            joints = np.flatnonzero(np.array(PART_OF_JOINT) == PART[part])
            if part not in known:
                share[:, joints] = 0.0 if change.on else 1.0
            known.add(part)
            far = change.move.weight(times)[:, None]
            share[:, joints] += ((1.0 if change.on else 0.0) - share[:, joints]) * far
    return share


def layer_bones(skeleton: Skeleton, worn: dict[str, Array], bones: Array) -> Array:
    """(T, 2 L N_BONES, 3, 4): the layers' bones, for the body's (T, N_BONES, 3, 4) and what of each layer is worn (T, 55)."""
    joints, sets = np.array(JOINT_OF_BONE), [np.zeros((len(bones), 0, 3, 4))]
    centers = skeleton.joints_m[joints]
    for layer in skeleton.layers:
        share = worn[layer][:, joints] if layer in worn else np.ones((len(bones), N_BONES))
        sets.append(_scaled(bones, centers, share))
        sets.append(_scaled(bones, centers, np.where(share < ON, 1.0, 0.0)))
    return np.concatenate(sets, axis=1)


def _scaled(bones: Array, centers: Array, share: Array) -> Array:
    """Bones (T, N, 3, 4) that first scale by shares (T, N) about their own centers (N, 3) at rest."""
    size = (SHRUNK + (1.0 - SHRUNK) * share)[..., None, None]
    turn, shift = bones[..., :3], bones[..., 3:]
    return np.concatenate([size * turn, shift + (1.0 - size) * (turn @ centers[:, :, None])], axis=-1)
