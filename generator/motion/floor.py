"""What a body rests on when it lies, kneels or falls: the flesh that touches first, and limbs that may not sink in."""

from __future__ import annotations

import numpy as np

from ..base.exact import arctan2
from ..skeletons import JOINT
from ..values import Array, Skeleton
from .rotations import cross, unit

GROUND_JOINTS = tuple(
    JOINT[name] for name in (
        "pelvis", "left_hip", "right_hip", "spine1", "spine2", "spine3", "neck", "head", "left_shoulder", "right_shoulder",
        "left_knee", "right_knee",
    )
)  # fmt: skip
"""Joints whose flesh can bear a lying body; arms and feet follow their own targets and are kept above the floor."""

GROUND_MARKS = ("crown", "forehead", "nose", "chest_front", "belly", "back", "seat", "left_kneecap", "right_kneecap")
"""Points of the skin that stand out further than the flesh around their joint."""

WRIST_CLEAR_M = 0.028
ANKLE_CLEAR_M = 0.050
"""Least heights of wrist and ankle joints over the floor."""


class Underside:
    """Spheres fixed to a skeleton's joints, whose lowest point tells how high the body lies."""

    def __init__(self, skeleton: Skeleton) -> None:
        marks = skeleton.landmarks
        spheres = [(joint, np.zeros(3), float(skeleton.radius_m[joint])) for joint in GROUND_JOINTS]
        spheres += [(marks[name].joint, np.asarray(marks[name].offset_m), 0.0) for name in GROUND_MARKS if name in marks]
        forehead = np.asarray(marks["forehead"].offset_m)
        spheres.append((JOINT["head"], forehead * np.array([0.0, 0.95, -0.95]), 0.0))
        spheres += [(JOINT[f"{side}_hip"], np.array([0.0, 0.0, -sitting_flesh_m(skeleton)]), 0.0) for side in ("left", "right")]
        self.joints = [joint for joint, _, _ in spheres]
        self.offsets = np.array([offset for _, offset, _ in spheres])
        self.radii = np.array([radius for _, _, radius in spheres])

    def lowest(self, rotations: Array, positions: Array) -> Array:
        """Height (T,) of the lowest sphere, for world rotations (T, 55, 3, 3) and positions (T, 55, 3)."""
        centers = positions[:, self.joints] + (rotations[:, self.joints] @ self.offsets[None, :, :, None])[..., 0]
        return np.asarray((centers[:, :, 2] - self.radii).min(axis=1))


def sitting_flesh_m(skeleton: Skeleton) -> float:
    """Flesh between the hip joint and a seat: what stands out behind a straight hip turns under a bent one.

    On anny's bodies, sat with level thighs, the skin under the hip is 0.09-0.15 m down and follows the seat mark's depth.
    """
    return float(abs(np.asarray(skeleton.landmarks["seat"].offset_m)[2]))


def kept_above(point: Array, floor: Array | None, clear_m: Array | float) -> Array:
    """Points (T, 3) raised to at least `clear_m` (a number or (T,)) over the floor's height (T,)."""
    if floor is None:
        return point
    raised = point.copy()
    raised[:, 2] = np.maximum(raised[:, 2], floor + clear_m)
    return raised


def clearance(axes: Array, points: Array, least_m: float) -> Array:
    """Height (T,) at which points (P, 3) or (T, P, 3) of a hand or foot, turned by `axes` (T, 3, 3), clear the floor."""
    height = (points @ axes[:, 2, :, None])[..., 0]
    return np.maximum(least_m, -height.min(axis=-1))


def raised_side(center: Array, radius: Array, direction: Array, side: Array, least: Array) -> Array:
    """Turn the unit vector `side` (T, 3) about `direction` no further than it takes for center + radius * side to be at `least`.

    A bent elbow or knee moves on a circle about the line from the limb's root to its end; where even the top of that
    circle is too low, the top is taken.
    """
    if (center[:, 2] + radius * side[:, 2] >= least).all():
        return side
    across = cross(direction, side)
    amplitude = radius * np.hypot(side[:, 2], across[:, 2])
    top = arctan2(across[:, 2], side[:, 2])
    wanted = np.clip((least - center[:, 2]) / np.maximum(amplitude, 1e-9), -1.0, 1.0)
    spread = np.arccos(wanted)
    excess = np.sign(top) * np.maximum(np.abs(top) - spread, 0.0)
    turned = np.cos(excess)[:, None] * side + np.sin(excess)[:, None] * across
    return unit(turned)
