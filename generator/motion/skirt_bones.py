"""Two bones more than the body has, for skirts: they go with the thighs, and draw cloth in to a thigh that is raised.

Cloth that hangs round standing legs stands off them before and behind. Turned with the thighs as it is, it would stand up like
a barrel round a person who sits, above the lap and through the seat.
"""

from __future__ import annotations

import numpy as np

from ..exact import arctan2
from ..skeletons import JOINT
from ..values import Array, Skeleton
from .timing import minimum_jerk

LEAST = 0.3
"""Share of its distance before or behind a thigh's axis that is left to cloth when the thigh is raised to the level."""

FROM_RAD, TO_RAD = 0.25, 1.35
"""Bend of the hip from which cloth is drawn in, and at which it lies as near as it gets: a stride leaves it hanging."""


def skirt_bones(skeleton: Skeleton, rotations: Array, skin_transforms: Array) -> Array:
    """(T, 2, 3, 4): rest-pose points of a skirt to the world, for the left and the right thigh.

    rotations (T, 55, 3, 3) are the motion's, skin_transforms (T, 55, 3, 4) the joints'.
    """
    out = []
    for side in ("left", "right"):
        hip, knee = JOINT[f"{side}_hip"], JOINT[f"{side}_knee"]
        bend = arctan2(-rotations[:, hip, 2, 1], rotations[:, hip, 1, 1])
        share = 1.0 - (1.0 - LEAST) * minimum_jerk((bend - FROM_RAD) / (TO_RAD - FROM_RAD))
        out.append(skin_transforms[:, hip] @ _drawn_in(skeleton.joints_m[hip], skeleton.joints_m[knee], share))
    return np.stack(out, axis=1)


def _drawn_in(hip: Array, knee: Array, share: Array) -> Array:
    """(T, 4, 4) at rest: z moved to `share` (T,) of its distance from the line from hip to knee, seen from the side."""
    slope = (knee[2] - hip[2]) / min(knee[1] - hip[1], -1e-3)
    out = np.tile(np.eye(4), (len(share), 1, 1))
    out[:, 2, 1] = slope * (1.0 - share)
    out[:, 2, 2] = share
    out[:, 2, 3] = (hip[2] - slope * hip[1]) * (1.0 - share)
    return out
