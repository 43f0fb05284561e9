"""HumanML3D's two forms of a motion: joint positions (T, 22, 3), and the (T - 1, 263) features that models learn.

Guo et al., Generating Diverse and Natural 3D Human Motions from Text (CVPR 2022); the layout is that of their
motion_process.py: 20 frames/s, y up, metres, the first frame over the origin and facing +z, the lowest joint at 0. Each row:

    0        half the angle of the turn about y to the next frame
    1:3      the root's step in x and z, as seen from where it faces
    3        the root's height
    4:67     places of the other 21 joints, from the spot under the root, facing +z
    67:193   rotations of the 21 bones, six numbers each
    193:259  steps of the 22 joints, facing +z
    259:263  whether left ankle, left foot, right ankle and right foot stand still

Unlike theirs, bones keep the lengths of the person who performs.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
from scipy.ndimage import gaussian_filter1d

from ..base.files import appearing
from ..motion.kinematics import UPRIGHT, forward
from ..motion.rotations import between, mix, quaternions, turned, unit
from ..values import Array, ClipSpec, Performer, Scene
from . import Written
from .people import everybody

FPS = 20.0
N_JOINTS = 22
STANDS_M2 = 0.002
"""Squared step of a foot between two frames below which it counts as standing; theirs."""

SMOOTH_FRAMES = 20
"""Sigma of the Gaussian over the direction that a body faces; theirs."""

CHAINS = ((0, 2, 5, 8, 11), (0, 1, 4, 7, 10), (0, 3, 6, 9, 12, 15), (9, 14, 17, 19, 21), (9, 13, 16, 18, 20))
BONES = np.array(
    [[0, 0, 0], [1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, -1, 0], [0, 1, 0], [0, -1, 0], [0, -1, 0], [0, 1, 0],
     [0, 0, 1], [0, 0, 1], [0, 1, 0], [1, 0, 0], [-1, 0, 0], [0, 0, 1], [0, -1, 0], [0, -1, 0], [0, -1, 0], [0, -1, 0],
     [0, -1, 0], [0, -1, 0]], float)  # fmt: skip
"""Where each bone points with no rotation: a body with hanging arms."""

_UP, _FRONT = np.array([0.0, 1.0, 0.0]), np.array([0.0, 0.0, 1.0])
_LEFT_FEET, _RIGHT_FEET = (7, 10), (8, 11)


def write(scene: Scene, spec: ClipSpec, out: Path) -> Written:
    """OUT/new_joints/CLIP.npy and OUT/new_joint_vecs/CLIP.npy, as that data set has them; of everybody else CLIP-ROLE.npy."""
    paths = []
    for performer, _ in everybody(scene, spec):
        positions = standard(positions_of(performer, scene.fps))
        name = spec.name if performer.role == scene.performance.performers[0].role else f"{spec.name}-{performer.role}"
        for folder, array in (("new_joints", positions), ("new_joint_vecs", features(positions))):
            path = out / folder / f"{name}.npy"
            with appearing(path) as made, made.open("wb") as file:
                np.save(file, array.astype(np.float32), allow_pickle=False)
            paths.append(path)
    return Written(tuple(paths))


def positions_of(performer: Performer, fps: float) -> Array:
    """The first 22 joints (T, 22, 3) at 20 frames/s, y up: rotations go along arcs between the clip's frames."""
    n = len(performer.pelvis_m)
    at = np.arange(int((n - 1) / fps * FPS + 1e-6) + 1) * fps / FPS
    a = np.minimum(at.astype(int), n - 1)
    b, share = np.minimum(a + 1, n - 1), at - a
    rotations = mix(performer.rotations[a], performer.rotations[b], share[:, None])
    pelvis = performer.pelvis_m[a] + share[:, None] * (performer.pelvis_m[b] - performer.pelvis_m[a])
    _, positions = forward(performer.skeleton, rotations, pelvis)
    return positions[:, :N_JOINTS] @ UPRIGHT


def standard(positions: Array) -> Array:
    """Positions (T, 22, 3) with the lowest joint at 0, begun over the origin, facing +z."""
    moved = positions - positions[0, 0] * [1.0, 0.0, 1.0]
    moved[..., 1] -= moved[..., 1].min()
    return turned(between(_facing(moved[:1])[0], _FRONT), moved)


def _facing(positions: Array) -> Array:
    """Unit vectors (T, 3) level ahead, from hips and shoulders."""
    across = positions[:, 2] - positions[:, 1] + positions[:, 17] - positions[:, 16]
    return unit(np.cross(_UP, unit(across)))


def features(positions: Array) -> Array:
    """The features (T - 1, 263) of `standard` positions (T, 22, 3)."""
    facing = between(unit(gaussian_filter1d(_facing(positions), SMOOTH_FRAMES, axis=0, mode="nearest")), _FRONT)
    facing[0] = np.eye(3)  # as the first frame was turned to face
    step = positions[1:] - positions[:-1]
    half_turn = np.arcsin(np.clip(quaternions(facing[1:] @ np.swapaxes(facing[:-1], -1, -2))[:, 1], -1.0, 1.0))
    root_step = turned(facing[1:], step[:, 0])
    under = positions - positions[:, :1] * [1.0, 0.0, 1.0]
    under = turned(facing[:, None], under)
    still = (step**2).sum(axis=-1) < STANDS_M2
    n = len(step)
    return np.concatenate(
        [
            half_turn[:, None],
            root_step[:, [0, 2]],
            positions[:-1, 0, 1:2],
            under[:-1, 1:].reshape(n, -1),
            _bone_rotations(positions, facing)[:-1].reshape(n, -1),
            turned(facing[:-1, None], step).reshape(n, -1),
            still[:, _LEFT_FEET],
            still[:, _RIGHT_FEET],
        ],
        axis=1,
    )


def _bone_rotations(positions: Array, facing: Array) -> Array:
    """(T, 21, 6): of each joint but the root the first two columns of its bone's rotation on the bone before it."""
    found = np.zeros((len(positions), N_JOINTS, 3, 3))
    for chain in CHAINS:
        above = facing
        for joint, child in itertools.pairwise(chain):
            bone = unit(positions[:, child] - positions[:, joint])
            whole = between(np.broadcast_to(BONES[child], bone.shape), bone)
            found[:, child] = np.swapaxes(above, -1, -2) @ whole
            above = whole
    return np.concatenate([found[:, 1:, :, 0], found[:, 1:, :, 1]], axis=-1)
