"""What keeps arms out of bodies while these are solved: spheres for the flesh of trunks, heads and thighs."""

from __future__ import annotations

import numpy as np

from ..base.jit import njit
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


OWN = tuple(name for name in FLESH if not name.endswith("shoulder") and name != "neck")
"""Joints whose flesh one's own arms must go round: they grow out of the shoulders."""

WITHIN_M = 0.008
"""How deep the axis of one's own arm may be in one's own flesh, which gives way, before the elbow turns out."""


class Flesh:
    """Where the spheres of a body are at each moment: centres (T, N, 3) and radii (N,) m.

    `clear_m`: how much around a point counts; `counts`: how much elbow, middle of the forearm, middle of the upper arm, and the
    forearm's quarter next to the elbow do; `give_m`: a depth that is as bad as an elbow turned far.
    """

    clear_m, give_m = CLEAR_M, 0.02
    counts = (1.0, 1.0, 0.5, 0.0)

    def __init__(self, posed: Posed) -> None:
        joints, offsets, self.radii = self._spheres(posed.skeleton)
        rotations = np.stack([posed.rotations[joint] for joint in joints], axis=1)
        positions = np.stack([posed.positions[joint] for joint in joints], axis=1)
        self.centers = positions + (rotations @ offsets[None, :, :, None])[..., 0]

    def _spheres(self, skeleton: Skeleton) -> tuple[list[int], Array, Array]:
        return spheres(skeleton)

    def depth(self, points: Array, frames: Array) -> Array:
        """How deep (N, M) points (N, M, 3), each row at its frame, are in the sphere that they are deepest in; 0 outside."""
        depth = np.empty(points.shape[:2])
        _deepest(points, frames, self.centers, self.radii + self.clear_m, depth)
        return depth

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


@njit(cache=True, nogil=True)
def _deepest(points: Array, frames: Array, centers: Array, radii: Array, depth: Array) -> None:
    """Fill depth (N, M)."""
    for n in range(points.shape[0]):
        t = frames[n]
        for m in range(points.shape[1]):
            most = 0.0
            for s in range(len(radii)):
                x, y = points[n, m, 0] - centers[t, s, 0], points[n, m, 1] - centers[t, s, 1]
                z = points[n, m, 2] - centers[t, s, 2]
                most = max(most, radii[s] - np.sqrt(x * x + y * y + z * z))
            depth[n, m] = most


class OwnFlesh(Flesh):
    """The flesh that one's own arms go round: less of it, for skin rests on skin and cloth is pushed aside."""

    clear_m, give_m = -(CLOTH_M + WITHIN_M), 0.007
    counts = (0.0, 1.0, 0.0, 1.0)

    def _spheres(self, skeleton: Skeleton) -> tuple[list[int], Array, Array]:
        joints, offsets, radii = spheres(skeleton)
        kept = [k for k, joint in enumerate(joints) if joint in {JOINT[name] for name in OWN}]
        return [joints[k] for k in kept], offsets[kept], radii[kept]


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
