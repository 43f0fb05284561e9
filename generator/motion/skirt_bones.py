"""Four bones more than the body has, for skirts: they go with thighs and shins, and draw cloth in to a leg that is raised.

Cloth that hangs round standing legs stands off them before and behind. Turned with the legs as it is, it would stand up like
a barrel round a person who sits, above the lap and through the seat, and before and behind the shins.
"""

from __future__ import annotations

import numpy as np

from ..base.exact import arctan2
from ..skeletons import JOINT, SKIRT_BONES
from ..values import Array, Skeleton
from .timing import minimum_jerk

BELOW = {"left_hip": "left_knee", "right_hip": "right_knee", "left_knee": "left_ankle", "right_knee": "right_ankle"}
"""Joint at a thigh's or shin's upper end -> joint at its lower end."""

LEAST = np.array([0.5, 0.3])
"""Shares of its distance from a leg's axis, sideways and before or behind, left to cloth when the thigh is level."""

FROM_RAD, TO_RAD = 0.25, 1.35
"""Bend of the hip from which cloth is drawn in, and at which it lies as near as it gets: a stride leaves it hanging."""


def skirt_bones(skeleton: Skeleton, rotations: Array, skin_transforms: Array) -> Array:
    """(T, 4, 3, 4): rest-pose points of a skirt to the world, in the order of SKIRT_BONES.

    rotations (T, 55, 3, 3) are the motion's, skin_transforms (T, 55, 3, 4) the joints'.
    """
    out = []
    for joint in SKIRT_BONES:
        side, _ = joint.split("_")
        hip = JOINT[f"{side}_hip"]
        bend = arctan2(-rotations[:, hip, 2, 1], rotations[:, hip, 1, 1])
        share = 1.0 - (1.0 - LEAST) * minimum_jerk((bend - FROM_RAD) / (TO_RAD - FROM_RAD))[:, None]
        upper, lower = (skeleton.joints_m[JOINT[name]] for name in (joint, BELOW[joint]))
        out.append(skin_transforms[:, JOINT[joint]] @ _drawn_in(upper, lower, share))
    return np.stack(out, axis=1)


def _drawn_in(upper: Array, lower: Array, share: Array) -> Array:
    """(T, 4, 4) at rest: x and z moved to shares (T, 2) of their distance from the line from joint to joint."""
    slope = (lower - upper)[[0, 2]] / min(lower[1] - upper[1], -1e-3)
    out = np.tile(np.eye(4), (len(share), 1, 1))
    for k, axis in enumerate((0, 2)):
        out[:, axis, 1] = slope[k] * (1.0 - share[:, k])
        out[:, axis, axis] = share[:, k]
        out[:, axis, 3] = (upper[axis] - slope[k] * upper[1]) * (1.0 - share[:, k])
    return out
