"""Forward kinematics: from local rotations to where every joint is, and to what moves a skin."""

from __future__ import annotations

import numpy as np

from ..skeletons import SMPLX_PARENTS
from ..values import Array, Performer, Skeleton
from .fold_bones import fold_bones
from .hair_bones import hair_bones
from .layers import layer_bones
from .skirt_bones import skirt_bones

UPRIGHT = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]])
"""Rx(+90 deg): SMPL's rest frame (y up, facing +z) to the world (z up, facing -y)."""


def bone_offsets(skeleton: Skeleton) -> Array:
    """(55, 3) m: each joint from its parent at rest; the pelvis' own row is zero."""
    parents = np.array(SMPLX_PARENTS)
    offsets = skeleton.joints_m - skeleton.joints_m[parents]
    offsets[0] = 0.0
    return offsets


def forward(skeleton: Skeleton, rotations: Array, pelvis_m: Array) -> tuple[Array, Array]:
    """World rotations (T, 55, 3, 3) and positions (T, 55, 3) of all joints."""
    offsets = bone_offsets(skeleton)
    world_rotations = np.empty_like(rotations, dtype=np.float64)
    positions = np.empty((*rotations.shape[:2], 3))
    world_rotations[:, 0], positions[:, 0] = rotations[:, 0], pelvis_m
    for j, parent in enumerate(SMPLX_PARENTS):
        if j == 0:
            continue
        world_rotations[:, j] = world_rotations[:, parent] @ rotations[:, j]
        positions[:, j] = positions[:, parent] + world_rotations[:, parent] @ offsets[j]
    return world_rotations, positions


def joint_transforms(performer: Performer) -> Array:
    """T_world_joint (T, 55, 4, 4) float64."""
    world_rotations, positions = forward(performer.skeleton, performer.rotations, performer.pelvis_m)
    transforms = np.zeros((*positions.shape[:2], 4, 4))
    transforms[..., :3, :3], transforms[..., :3, 3], transforms[..., 3, 3] = world_rotations, positions, 1.0
    return transforms


def skin_transforms(performer: Performer, fps: float) -> Array:
    """(T, N_BONES, 3, 4) float32: rest-pose points to the world, one per joint, skirt bone, lock of hair and fold bone.

    Further sets of N_BONES follow where the skeleton has layers of clothes that change.
    """
    skeleton = performer.skeleton
    world_rotations, positions = forward(skeleton, performer.rotations, performer.pelvis_m)
    shift = positions - (world_rotations @ skeleton.joints_m[None, :, :, None])[..., 0]
    joints = np.concatenate([world_rotations, shift[..., None]], axis=-1)
    skirts = skirt_bones(skeleton, performer.rotations, joints)
    folds = fold_bones(skeleton, performer.rotations, joints)
    bones = np.concatenate([joints, skirts, hair_bones(skeleton, joints, fps), folds], axis=1)
    if skeleton.layers:
        bones = np.concatenate([bones, layer_bones(skeleton, performer.worn, bones)], axis=1)
    return bones.astype(np.float32)
