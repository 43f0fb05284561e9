"""Where the points of somebody's trunk are as others come to them: on what is worn over the skin."""

from __future__ import annotations

import numpy as np

from ..values import Landmark, Skeleton

UNDER_CLOTHES = ("chest_front", "belly", "back", "seat")
"""Landmarks that clothes stand off; hands and faces are bare."""

BESIDE_M = 0.04
"""Cloth so far beside a landmark lies over it."""

MOST_M = 0.08
"""No cloth is counted that stands off further."""


def landmark_over_clothes(skeleton: Skeleton, name: str) -> Landmark:
    """The landmark, straight out of the body on the outermost cloth; the skin's own where nobody knows what is worn."""
    mark, outside = skeleton.landmarks[name], skeleton.outside
    if outside is None or name not in UNDER_CLOTHES:
        return mark
    to = outside.points_m - (skeleton.joints_m[mark.joint] + np.asarray(mark.offset_m))
    way = outside.normals[np.linalg.norm(to, axis=1).argmin()]
    out = to @ way
    over = (np.linalg.norm(to - out[:, None] * way, axis=1) < BESIDE_M) & (np.abs(out) < MOST_M)
    return Landmark(mark.joint, np.asarray(mark.offset_m) + max(float(out[over].max(initial=0.0)), 0.0) * way)
