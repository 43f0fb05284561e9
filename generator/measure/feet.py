"""How far each foot drifts while it stands, one stance after another."""

from __future__ import annotations

import numpy as np

from ..motion.quality import SOLE_MARKS, off_balance
from ..skeletons import JOINT
from ..values import Array
from .touch import Body

PLANTED_M = 0.005
"""A sole mark this near the floor bears weight: nearer than a shoe's sole gives way."""

SHORTEST_S = 0.1
"""A stance that is shorter is a foot that brushes the floor."""

LANDING_S = 0.05
"""Of a stance, so much at its beginning and its end is the foot coming to rest and leaving, not standing."""


def drifts(soles: Array, fps: float) -> list[float]:
    """How far (m) the foot goes in each stance of either foot; soles (T, 6, 3): heel, ball, toe of the left, then of the right.

    A foot rolls from heel to toe and turns about its ball without sliding. So from one frame to the next it has moved as far as
    that of its planted marks that moved least; these steps are added up, and the drift is the greatest distance from where the
    stance began to where it has come to.
    """
    marks, found = len(SOLE_MARKS), []
    for foot in (soles[:, :marks], soles[:, marks:]):
        planted = (foot[1:, :, 2] < PLANTED_M) & (foot[:-1, :, 2] < PLANTED_M)
        steps = np.diff(foot[:, :, :2], axis=0)
        size = np.where(planted, np.linalg.norm(steps, axis=-1), np.inf)
        least = steps[np.arange(len(steps)), size.argmin(axis=1)]
        trim = round(LANDING_S * fps)
        for first, end in runs(planted.any(axis=1)):
            if end - first >= SHORTEST_S * fps + 2 * trim:
                way = np.cumsum(least[first + trim : end - trim], axis=0)
                found.append(float(np.linalg.norm(way, axis=-1).max()))
    return found


UPRIGHT_SHARE = 0.8
"""Whose hips are at least so high, of their height at rest, is on their feet: not sitting, kneeling, lying or on all fours."""


def balance(body: Body, soles: Array) -> float:
    """Mean distance (m) of the centre of mass from the feet, while the person is on their feet; 0 for who never is."""
    pelvis = JOINT["pelvis"]
    high = body.skeleton.joints_m[pelvis, 1] - min(body.skeleton.joints_m[JOINT[f"{side}_foot"], 1] for side in ("left", "right"))
    miss = off_balance(body.positions, soles)
    counts = ~np.isnan(miss) & (body.positions[:, pelvis, 2] > UPRIGHT_SHARE * high)
    return float(miss[counts].mean()) if counts.any() else 0.0


def runs(true: Array) -> list[tuple[int, int]]:
    """[first, end) of each stretch of a boolean array (N,) that is true throughout."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], true, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
