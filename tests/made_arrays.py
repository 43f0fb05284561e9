"""One known motion, by angles and by places, and writers of it in the layouts of motion data sets.

The writers follow the data sets' own descriptions and share no code with the readers.
"""

import numpy as np
from scipy.spatial.transform import Rotation
from synapt.generator.recordings.reference import REST_M
from synapt.generator.skeletons import JOINT, SMPLX_JOINTS, SMPLX_PARENTS

Y_TO_Z = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]])
"""Points with y up to points with z up."""

UNTURNED = np.eye(3)
SMPL_PELVIS = np.array([-0.0018, -0.2233, 0.0282])
SMPLX_PELVIS = np.array([0.0031, -0.3514, 0.0120])


class Motion:
    """T frames of somebody who turns, walks in an arc and moves every joint; all with y up, facing +z at first.

    angles (T, 55, 3), the root's included; pelvis (T, 3).
    """

    def __init__(self, frames=24, seed=0, joints=55, lie=0.0):
        draw = np.random.default_rng(seed)
        t = np.linspace(0.0, 1.0, frames)
        wave = np.sin(2 * np.pi * (draw.uniform(0.4, 1.0, (55, 3)) * t[:, None, None] + draw.uniform(size=(55, 3))))
        self.angles = draw.uniform(0.1, 0.4, (55, 3)) * wave
        self.angles[:, joints:] = 0.0
        turn = Rotation.from_rotvec(np.outer(0.2 + 1.1 * t, [0.0, 1.0, 0.0]))
        tip = Rotation.from_rotvec([lie, 0.0, 0.0])
        self.angles[:, 0] = (turn * tip * Rotation.from_rotvec(0.3 * self.angles[:, 0])).as_rotvec()
        self.pelvis = np.stack([0.8 * np.sin(t), 0.93 + 0.03 * np.sin(9 * t), 1.2 * t], axis=1)
        self.rest = REST_M @ Y_TO_Z  # the reference's joints with y up

    @property
    def places(self):
        """(T, 55, 3)."""
        return places(self.angles, self.pelvis, self.rest)

    @property
    def world(self):
        """(T, 55, 3): places with z up."""
        return self.places @ Y_TO_Z.T

    def table(self, up=UNTURNED, pelvis=SMPL_PELVIS):
        """SMPL parameters in axes where points of this world are `up @ point`: angles (T, 55, 3) and trans (T, 3)."""
        angles = self.angles.copy()
        angles[:, 0] = (Rotation.from_matrix(up) * Rotation.from_rotvec(angles[:, 0])).as_rotvec()
        return angles, self.pelvis @ up.T - pelvis


def places(angles, pelvis, rest):
    """Forward kinematics with 4 x 4 matrices, joint by joint."""
    frames = len(angles)
    found = np.empty((frames, 55, 3))
    whole = np.tile(np.eye(4), (frames, 55, 1, 1))
    for k, parent in enumerate(SMPLX_PARENTS):
        step = np.tile(np.eye(4), (frames, 1, 1))
        step[:, :3, :3] = Rotation.from_rotvec(angles[:, k]).as_matrix()
        step[:, :3, 3] = pelvis if k == 0 else rest[k] - rest[parent]
        whole[:, k] = step if k == 0 else whole[:, parent] @ step
        found[:, k] = whole[:, k, :3, 3]
    return found


def features(places):
    """HumanML3D's (T - 1, 263) of places (T, 22, 3) with y up, as its authors define them; rotations and contacts are zeros."""
    left = places[:, 1] - places[:, 2] + places[:, 16] - places[:, 17]
    facing = np.cross(left, [0.0, 1.0, 0.0])
    heading = np.unwrap(np.arctan2(facing[:, 0], facing[:, 2]))  # about y, from +z to +x
    heading = heading - heading[0]
    # the first frame faces +z
    first = np.arctan2(facing[0, 0], facing[0, 2])
    start = places - places[0, 0] * [1, 0, 1]
    start = Rotation.from_rotvec([0.0, -first, 0.0]).apply(start.reshape(-1, 3)).reshape(start.shape)
    seen = np.empty_like(start)
    for k, angle in enumerate(heading):
        seen[k] = Rotation.from_rotvec([0.0, -angle, 0.0]).apply(start[k] - start[k, 0] * [1, 0, 1])
    step = np.diff(start[:, 0], axis=0)
    step = np.stack([Rotation.from_rotvec([0.0, -a, 0.0]).apply(s) for a, s in zip(heading[1:], step, strict=True)])
    half_turn = -np.diff(heading)[:, None] / 2.0  # of a quaternion that takes the person to +z
    velocity = np.diff(start, axis=0)
    velocity = np.stack([Rotation.from_rotvec([0.0, -a, 0.0]).apply(v) for a, v in zip(heading[:-1], velocity, strict=True)])
    rows = [half_turn, step[:, [0, 2]], seen[:-1, 0, 1:2], seen[:-1, 1:].reshape(len(step), -1)]
    joints = places.shape[1]
    rows += [np.zeros((len(step), 6 * (joints - 1))), velocity.reshape(len(step), -1), np.zeros((len(step), 4))]
    return np.concatenate(rows, axis=1), start


def six(matrices):
    """PyTorch3D's 6D: the first two rows."""
    return matrices[..., :2, :].reshape(*matrices.shape[:-2], 6)


def left_is_left(track):
    """Whether the left hip lies to the left of where the toes and the face point, in a right-handed world with z up."""
    at = {name: track.positions_m[:, k] for k, name in enumerate(track.joints)}
    ahead = sum(at[f"{side}_foot"] - at[f"{side}_ankle"] for side in ("left", "right"))
    up = at["neck"] - at["pelvis"]
    return bool((((np.cross(up, ahead)) * (at["left_hip"] - at["right_hip"])).sum(-1) > 0).all())


def fits(track):
    """The largest distance (m) between neighbours that its rotations and rest pose leave unexplained."""
    worst = 0.0
    for k, name in enumerate(track.joints):
        parent = SMPLX_PARENTS[JOINT[name]]
        if parent >= 0 and SMPLX_JOINTS[parent] in track.joints:
            p = track.joints.index(SMPLX_JOINTS[parent])
            made = (track.rotations[:, p] @ (track.rest_m[k] - track.rest_m[p])[:, None])[..., 0]
            worst = max(worst, np.abs(track.positions_m[:, k] - track.positions_m[:, p] - made).max())
    return worst
