"""Tracks for tests: performances of our own as other people's files have them, in other rest poses, axes and sizes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from synapt.generator.motion.kinematics import UPRIGHT, forward
from synapt.generator.motion.track import Track
from synapt.generator.skeletons import JOINT, SMPLX_JOINTS, SMPLX_PARENTS
from synapt.generator.values import Array, Performer

SMPL_22 = SMPLX_JOINTS[:22]
"""Joints of text-to-motion models."""

FEW = ("pelvis", "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle", "spine3", "neck",
       "left_shoulder", "right_shoulder", "left_elbow", "right_elbow", "left_wrist", "right_wrist")  # fmt: skip
"""Joints of DeepMimic's humanoid."""


def about(axis: str, angle_rad: float) -> Array:
    k = "xyz".index(axis)
    i, j = (k + 1) % 3, (k + 2) % 3
    turn = np.eye(3)
    turn[i, i] = turn[j, j] = np.cos(angle_rad)
    turn[j, i], turn[i, j] = np.sin(angle_rad), -np.sin(angle_rad)
    return turn


def arms_at_rest(drop_rad: float, facing_rad: float = 0.0) -> Array:
    """World turns (55, 3, 3) of a rest pose from the T-pose: arms let down, and all of it turned about the vertical."""
    turns = np.tile(about("z", facing_rad), (55, 1, 1))
    for side, sign in (("left", 1.0), ("right", -1.0)):
        for j in range(55):
            up = j
            while up > 0 and up != JOINT[f"{side}_shoulder"]:
                up = SMPLX_PARENTS[up]
            if up:
                turns[j] = about("z", facing_rad) @ about("y", sign * drop_rad)
    return turns


def track_of(performer: Performer, joints: Sequence[str] = SMPLX_JOINTS, *, rest: Array | None = None,
             positions_only: bool = False, scale: float = 1.0, floor_m: float = 0.0, turn_rad: float = 0.0) -> Track:  # fmt: skip
    """What a performer does, as a file has it. `rest` (55, 3, 3): turns of its rest pose from the T-pose."""
    turned, points = forward(performer.skeleton, performer.rotations, performer.pelvis_m)
    turned, points = about("z", turn_rad) @ turned @ UPRIGHT.T, points @ about("z", turn_rad).T
    at_rest = performer.skeleton.joints_m @ UPRIGHT.T
    rest = np.tile(np.eye(3), (55, 1, 1)) if rest is None else rest
    stood = at_rest.copy()
    for j, parent in enumerate(SMPLX_PARENTS):
        if parent >= 0:
            stood[j] = stood[parent] + rest[parent] @ (at_rest[j] - at_rest[parent])
    kept = [JOINT[name] for name in joints]
    where = scale * points[:, kept] + np.array([0.0, 0.0, floor_m])
    if positions_only:
        return Track(tuple(joints), where)
    return Track(tuple(joints), where, (turned @ np.swapaxes(rest, -1, -2))[:, kept], scale * stood[kept])
