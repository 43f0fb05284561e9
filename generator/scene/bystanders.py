"""Where bystanders stand so that the act is seen: who would hide too much of it, or be run into, stands elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..motion.bystanders import shifted
from ..motion.kinematics import joint_transforms
from ..values import Array, Camera, Performance, Performer
from .framing import SEEN_JOINTS

MOST_HIDDEN = 0.1
"""Share of the performers' joints that one bystander may hide from the camera, over the clip."""

HALF_BREADTH_M = 0.3
APART_M = 0.8
"""Nobody who doesn't act comes nearer than this to who does, or to the camera."""

TURNS = tuple(np.pi * k / 6.0 for k in (0, 6, 5, 7, 4, 8, 3, 9, 2, 10, 1, 11))
"""Angles round the stage that are tried in this order: first as drawn, then on the other side, then nearer and nearer."""

MAX_FRAMES = 16


def clear_view(performance: Performance, cameras: Sequence[Camera], center_m: Array) -> Performance:
    """The performance with each bystander moved round `center_m` (3,), if need be, to where they hide at most MOST_HIDDEN from
    any of the cameras."""
    pick = np.unique(np.linspace(0, performance.n_frames - 1, min(performance.n_frames, MAX_FRAMES)).round().astype(int))
    shown = np.concatenate([_joints(performer, pick) for performer in performance.acting], axis=1)
    poses = [camera.T_camera_world[pick] for camera in cameras]
    eyes = [-np.einsum("tji,tj->ti", pose[:, :3, :3], pose[:, :3, 3]) for pose in poses]
    for one in performance.performers:
        if not one.acting:
            performance = shifted(performance, one.role, _way(one, pick, shown, eyes, center_m))
    return performance


def _joints(performer: Performer, pick: Array) -> Array:
    """(T, N, 3) the joints that stand for a body, at some frames."""
    return np.asarray(joint_transforms(performer)[pick][..., :3, 3][:, list(SEEN_JOINTS)])


def _way(bystander: Performer, pick: Array, shown: Array, eyes: Sequence[Array], center_m: Array) -> Array:
    """(3,) m: how far somebody goes round the middle of the stage so as to hide little."""
    joints = _joints(bystander, pick)
    middle = 0.5 * (joints[:, 0].min(axis=0) + joints[:, 0].max(axis=0))
    best, least = np.zeros(3), np.inf
    for angle in TURNS:
        shift = _turned(middle - center_m, angle) - (middle - center_m)
        hidden = max(_hidden(joints + shift, shown, eye) for eye in eyes)
        if hidden < least:
            best, least = shift, hidden
        if least <= MOST_HIDDEN:
            break
    return best


def _turned(vector: Array, angle_rad: float) -> Array:
    cosine, sine = np.cos(angle_rad), np.sin(angle_rad)
    return np.array([cosine * vector[0] - sine * vector[1], sine * vector[0] + cosine * vector[1], vector[2]])


def _hidden(joints: Array, shown: Array, eye: Array) -> float:
    """Share of the points shown (T, N, 3) before which a body stands, as an upright cylinder, seen from eye (T, 3).

    Counted as hidden altogether where the body is too near to one of them or to the eye.
    """
    foot, top = joints[:, 0, :2], joints[..., 2].max(axis=1) + 0.2
    gap = min(
        float(np.linalg.norm(shown[..., :2] - foot[:, None], axis=-1).min()),
        float(np.linalg.norm(eye[:, :2] - foot, axis=-1).min()),
    )
    if gap < APART_M:
        return 1.0 + (APART_M - gap)
    ray = shown - eye[:, None]
    along = ((foot - eye[:, :2])[:, None] * ray[..., :2]).sum(-1) / np.maximum((ray[..., :2] ** 2).sum(-1), 1e-9)
    near = eye[:, None] + np.clip(along, 0.0, 1.0)[..., None] * ray
    beside = np.linalg.norm(near[..., :2] - foot[:, None], axis=-1)
    return float(((beside < HALF_BREADTH_M) & (near[..., 2] < top[:, None]) & (along > 0.0) & (along < 1.0)).mean())
