"""What keeps arms out of people while bodies are solved: spheres for flesh, of others and of one's own trunk."""

from __future__ import annotations

import numpy as np

from ..skeletons import JOINT
from ..values import Array, Skeleton
from .posed import Posed

FLESH = (
    "pelvis", "left_hip", "right_hip", "left_knee", "right_knee", "spine1", "spine2", "spine3", "neck", "head", "left_shoulder",
    "right_shoulder",
)  # fmt: skip
"""Joints whose flesh others must go round."""

BROAD = (("pelvis", 1.0), ("spine1", 0.95), ("spine2", 0.95), ("spine3", 1.0))
"""Joints of the trunk, which is broader than deep, and how broad it is there for the mean of hips and shoulders."""

CLOTH_M = 0.02
CLEAR_M = 0.035
"""Cloth over the flesh; and half the thickness of a wrist or elbow, which is to stay outside."""


OWN = ("pelvis", "spine1", "spine2", "spine3")
OWN_CLEAR_M = -0.03
"""The trunk that one's own forearms go round, and how: their axes may be a centimetre within the skin, under the cloth."""


class Flesh:
    """Where the spheres of a body are at each moment: centres (T, N, 3) and radii (N,) m; of its own trunk alone if `own`."""

    def __init__(self, posed: Posed, own: bool = False) -> None:
        joints, offsets, self.radii = spheres(posed.skeleton)
        self.clear_m = OWN_CLEAR_M if own else CLEAR_M
        if own:
            kept = np.array([joint in {JOINT[name] for name in OWN} for joint in joints])
            joints, offsets, self.radii = list(np.array(joints)[kept]), offsets[kept], self.radii[kept]
        rotations = np.stack([posed.rotations[joint] for joint in joints], axis=1)
        positions = np.stack([posed.positions[joint] for joint in joints], axis=1)
        self.centers = positions + (rotations @ offsets[None, :, :, None])[..., 0]

    def depth(self, points: Array, frames: slice | Array = slice(None)) -> Array:
        """How deep (T, M) points (T, M, 3) at some frames are in the sphere that they are deepest in; 0 outside.

        `clear_m` around the points is counted.
        """
        away = points[:, :, None] - self.centers[frames][:, None]
        return np.asarray(np.maximum(self.radii + self.clear_m - np.sqrt((away * away).sum(axis=-1)), 0.0).max(axis=2))

    def outside(self, points: Array, clear_m: float) -> Array:
        """Points (T, 3), those inside led out of the flesh by the shortest way."""
        for _ in range(2):
            away = points[:, None] - self.centers
            distance = np.maximum(np.linalg.norm(away, axis=-1), 1e-6)
            depth = self.radii + clear_m - distance
            worst = depth.argmax(axis=1)
            t = np.arange(len(points))
            out = np.maximum(depth[t, worst], 0.0)
            points = points + away[t, worst] / distance[t, worst, None] * out[:, None]
        return points


def spheres(skeleton: Skeleton) -> tuple[list[int], Array, Array]:
    """Joints, offsets in their rest axes (N, 3), radii (N,)."""
    joints = [JOINT[name] for name in FLESH]
    offsets = [np.zeros(3) for _ in FLESH]
    radii = [float(skeleton.radius_m[joint]) for joint in joints]
    hips = abs(float(skeleton.joints_m[JOINT["left_hip"], 0])) + float(skeleton.radius_m[JOINT["left_hip"]])
    shoulders = abs(float(skeleton.joints_m[JOINT["left_shoulder"], 0]))
    for name, share in BROAD:
        radius = float(skeleton.radius_m[JOINT[name]])
        aside = max(share * 0.5 * (hips + shoulders) - radius, 0.0)
        for sign in (-1.0, 1.0):
            joints.append(JOINT[name])
            offsets.append(np.array([sign * aside, 0.0, 0.0]))
            radii.append(radius)
    return joints, np.array(offsets), np.array(radii) + CLOTH_M
