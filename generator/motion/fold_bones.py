"""Bones that throw cloth into folds where the body bends: copies of limbs that swell across their axis with the bend.

Cloth on the inside of a bent elbow or knee is too long for where it lies, and bulges. Crests hang on these bones as far as they
rise, and all cloth only moves outward, so that nothing comes through it.
"""

from __future__ import annotations

import numpy as np

from ..skeletons import FOLD_BONES, JOINT
from ..values import Array, Skeleton
from .rotations import unit

AXIS_TO = {"shoulder": "elbow", "elbow": "wrist", "hip": "knee", "knee": "ankle", "pelvis": "spine3", "spine1": "spine3",
           "spine2": "spine3"}  # fmt: skip
"""Joint at a limb's upper end, without its side -> the joint that its axis leads to."""

SWELL = {"elbow": 0.9, "knee": 0.8, "hip": 0.5, "waist": 0.24}
"""Share of its distance from the axis by which the bone swells when the joint is bent all the way; cloth hangs on it by half at
most, so that crests of an elbow or a knee rise by up to two centimetres."""

FULL = {"elbow": 1.5, "knee": 1.5, "hip": 1.2, "waist": 0.35}
"""1 - cos of the bend at which folds are as deep as they get: some 120 degrees of a limb, 50 of the trunk."""

LAP = 0.35
"""How much of the hips' bend folds the waist's cloth too."""

ENDS = {bone: JOINT[joint.replace(joint.rsplit("_", 1)[-1], AXIS_TO[joint.rsplit("_", 1)[-1]])]
        for (joint, _), bone in FOLD_BONES.items()}  # fmt: skip
"""Index of a fold bone -> that of the joint to which the axis leads that it swells across."""


def fold_bones(skeleton: Skeleton, rotations: Array, skin_transforms: Array) -> Array:
    """(T, F, 3, 4): rest-pose points of crests to the world, in the order of FOLD_BONES.

    rotations (T, 55, 3, 3) are the motion's, skin_transforms (T, 55, 3, 4) the joints'.
    """
    bends = {bent: _bend(rotations, bent) for _, bent in FOLD_BONES}
    size = np.stack([1.0 + SWELL[_kind(bent)] * bends[bent] for _, bent in FOLD_BONES], axis=1)
    joints = [JOINT[joint] for joint, _ in FOLD_BONES]
    center = skeleton.joints_m[joints]
    axis = unit(skeleton.joints_m[list(ENDS.values())] - center)
    across = np.eye(3) - axis[:, :, None] * axis[:, None, :]
    linear = np.eye(3) + (size - 1.0)[..., None, None] * across
    shift = center - (linear @ center[..., None])[..., 0]
    limbs = skin_transforms[:, joints]
    turned = limbs[..., :3] @ linear
    return np.concatenate([turned, (limbs[..., :3] @ shift[..., None]) + limbs[..., 3:]], axis=-1)


def _kind(joint: str) -> str:
    """A joint's name without its side."""
    return joint.rsplit("_", 1)[-1]


def _bend(rotations: Array, joint: str) -> Array:
    """(T,) in [0, 1]: how far a joint is bent, straight to all the way."""
    if joint != "waist":
        return np.clip(_from_straight(rotations[:, JOINT[joint]]) / FULL[_kind(joint)], 0.0, 1.0)
    trunk = rotations[:, JOINT["spine1"]] @ rotations[:, JOINT["spine2"]] @ rotations[:, JOINT["spine3"]]
    lap = 0.5 * sum(_from_straight(rotations[:, JOINT[f"{side}_hip"]]) for side in ("left", "right"))
    return np.clip((_from_straight(trunk) + LAP * lap) / FULL["waist"], 0.0, 1.0)


def _from_straight(rotation: Array) -> Array:
    """(T,) 1 - cos of the angle of rotations (T, 3, 3)."""
    return 0.5 * (3.0 - np.trace(rotation, axis1=-2, axis2=-1))
