"""Pelvis, spine, neck and head from their channels, and the gaze that turns the head."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..base.exact import arctan2
from ..skeletons import JOINT, SMPLX_JOINTS
from ..values import Array
from .posed import Posed, choreo_axes, place
from .rotations import BODY_AXES, mix, tilt, unturned
from .score import Score
from .target import LimbTarget

if TYPE_CHECKING:
    from .recorded.base import Base

SPINE = (("spine1", 0.30, 0.20, 0.36), ("spine2", 0.35, 0.35, 0.34), ("spine3", 0.35, 0.45, 0.30))
"""Spine joints with their shares of bend, twist and lean."""

MAX_YAW_RAD, MAX_UP_RAD, MAX_DOWN_RAD = np.radians(75.0), np.radians(50.0), np.radians(60.0)


def solve_trunk(trunk: dict[str, Array], posed: Posed, base: Base | None = None) -> None:
    """Bend the spine on the pelvis, from `base` on, and place the frames of chest and head (the head not yet turned)."""
    joints, rotations, positions = posed.skeleton.joints_m, posed.rotations, posed.positions
    parent = JOINT["pelvis"]
    for name, bend, twist, lean in SPINE:
        index = JOINT[name]
        local = tilt(twist * trunk["twist"], bend * trunk["bend"], lean * trunk["lean"])
        if base is not None:
            local = base.trunk[name] @ local
        positions[index] = positions[parent] + rotations[parent] @ (joints[index] - joints[parent])
        rotations[index] = rotations[parent] @ (BODY_AXES.T @ local @ BODY_AXES)
        parent = index
    middle = 0.5 * (joints[JOINT["left_shoulder"]] + joints[JOINT["right_shoulder"]])
    origin = positions[parent] + rotations[parent] @ (middle - joints[parent])
    posed.set("chest", choreo_axes(rotations[parent]), origin)


def solve_head(score: Score, times: Array, head: dict[str, Array], gaze_share: Array, posed: Posed,
               base: Base | None = None) -> None:  # fmt: skip
    """Turn neck, head and eyes: the gaze first, then nod, turn and tilt on top. The neck takes two fifths.

    With a `base` its head moves, until the score looks somewhere.
    """
    joints, rotations, positions, chest = posed.skeleton.joints_m, posed.rotations, posed.positions, JOINT["spine3"]
    neck, skull = JOINT["neck"], JOINT["head"]
    positions[neck] = positions[chest] + rotations[chest] @ (joints[neck] - joints[chest])
    chest_axes = posed.axes["chest"]
    eyes = positions[neck] + rotations[chest] @ (joints[JOINT["right_eye"]] * np.array([0.0, 1.0, 1.0]) - joints[neck])
    yaw, pitch = _gaze(score, times, eyes, chest_axes, posed)
    looking = np.ones(len(times)) if base is None else _looking(score, times)
    yaw, pitch = gaze_share * looking * yaw, gaze_share * looking * pitch
    head_yaw = 0.86 * np.clip(yaw, -MAX_YAW_RAD, MAX_YAW_RAD) + head["turn"]
    head_pitch = 0.80 * np.clip(pitch, -MAX_UP_RAD, MAX_DOWN_RAD) + head["nod"]
    for index, parent, share in ((neck, chest, 0.42), (skull, neck, 0.58)):
        local = tilt(share * head_yaw, share * head_pitch, share * head["tilt"])
        if base is not None:
            local = mix(base.trunk[SMPLX_JOINTS[index]], np.eye(3), looking) @ local
        positions[index] = positions[parent] + rotations[parent] @ (joints[index] - joints[parent])
        rotations[index] = rotations[parent] @ (BODY_AXES.T @ local @ BODY_AXES)
    eye_turn = tilt(np.clip(yaw - 0.86 * yaw, -0.4, 0.4), np.clip(pitch - 0.8 * pitch, -0.3, 0.3), np.zeros_like(yaw))
    for side in ("left", "right"):
        index = JOINT[f"{side}_eye"]
        positions[index] = positions[skull] + rotations[skull] @ (joints[index] - joints[skull])
        rotations[index] = rotations[skull] @ (BODY_AXES.T @ eye_turn @ BODY_AXES)
    posed.set("head", choreo_axes(rotations[skull]), positions[skull])


def _looking(score: Score, times: Array) -> Array:
    """How far (T,) the score looks at something, rather than ahead."""
    looking = np.zeros(len(times))
    for move, target in sorted(score.looks, key=lambda entry: entry[0].end_s):
        looking += (float(target.frame != "travel") - looking) * move.weight(times)
    return looking


def _gaze(score: Score, times: Array, eyes: Array, chest_axes: Array, posed: Posed) -> tuple[Array, Array]:
    """Yaw (left positive) and downward pitch (T,) of the line of sight in the chest's axes."""
    ahead = LimbTarget("travel", (0.0, 4.0, score.body.eye_height_m))
    yaw, pitch = _angles(place(ahead, "right", posed, 1.0).point, eyes, chest_axes)
    for move, target in sorted(score.looks, key=lambda entry: entry[0].end_s):
        goal_yaw, goal_pitch = _angles(place(target, "right", posed, 1.0).point, eyes, chest_axes)
        weight = move.weight(times)
        yaw, pitch = yaw + (goal_yaw - yaw) * weight, pitch + (goal_pitch - pitch) * weight
    return yaw, pitch


def _angles(point: Array, eyes: Array, chest_axes: Array) -> tuple[Array, Array]:
    local = unturned(chest_axes, point - eyes)
    yaw = arctan2(-local[:, 0], np.maximum(local[:, 1], 0.05 * np.linalg.norm(local, axis=-1) + 1e-6))
    return yaw, arctan2(-local[:, 2], np.linalg.norm(local[:, :2], axis=-1))
