"""How hair falls: over the neck, the shoulders and the cloth on them, and what moves it there."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.ndimage import gaussian_filter, maximum_filter

from ...base.exact import arctan2
from ...motion.timing import minimum_jerk
from ...skeletons import HAIR_BONES, JOINT, N_BONES
from ...values import Array, Skeleton

OVER_CLOTH_M = 0.005
"""How far loaded hair is laid over cloth."""

HANGING_FREE_M = 0.12
"""How far below the ears hair no longer goes with the head."""

TIED_M = 0.02
"""Length of a tail that its tie holds."""

THICK_M = 0.02
"""Half the thickness of a tail."""

BESIDE_M = 0.10
"""How far aside a tail comes to lie that has slid off the nape."""

END_M = 0.02
"""How much of a lock is its root or its tip."""


def falling(below: Array, angles: Array, heights: Array, axis: Array, lift: float) -> Array:
    """Radii (rows, columns): off the points `below` by `lift`, never narrowing quickly on the way down.

    `angles` (columns,) about the vertical `axis` (x, z), 0 in front; `heights` (rows,) m, evenly spaced from the top.
    """
    step = heights[0] - heights[1]
    near = (below[:, 1] > heights[-1] - 0.02) & (below[:, 1] < heights[0] + 0.02) & (np.abs(below[:, 0]) < 0.12)
    used = below[near]
    dx, dz = used[:, 0] - axis[0], used[:, 2] - axis[1]
    angle = arctan2(dx, dz) % (2 * np.pi)
    n = 48
    column = np.rint(angle / (2 * np.pi) * n).astype(int) % n
    row = np.clip(np.rint((heights[0] - used[:, 1]) / step).astype(int), 0, len(heights) - 1)
    wide = np.zeros((len(heights), n))
    radius = np.hypot(dx, dz)
    np.maximum.at(wide, (row, column), np.where(radius < reach(angle), radius, 0.0))
    wide = np.maximum(wide, 0.5 * (np.roll(wide, 1, 1) + np.roll(wide, -1, 1)))
    radii = wide[:, np.rint(angles / (2 * np.pi) * n).astype(int) % n]
    for k in range(1, len(heights)):
        radii[k] = np.maximum(radii[k], radii[k - 1] - 0.22 * step)
    for k in range(len(heights) - 2, -1, -1):  # a collar or a hood lifts what falls on it from above
        radii[k] = np.maximum(radii[k], radii[k + 1] - 1.2 * step)
    for _ in range(2):
        radii[:, 1:-1] = (radii[:, :-2] + 2 * radii[:, 1:-1] + radii[:, 2:]) / 4
        radii[1:-1] = (radii[:-2] + 2 * radii[1:-1] + radii[2:]) / 4
    return np.minimum(radii, reach(angles)) + lift


def reach(angle: Array) -> Array:
    """How far out hair lies over what is below it: not over shoulders, but behind over a hood or a broad back. Metres."""
    return 0.16 + 0.12 * np.maximum(-np.cos(angle), 0.0)


def behind_top(cloth: Array, axis_z: float) -> float:
    """Height (m) to which the cloth (C, 3) reaches behind the neck; -infinity where there is none."""
    behind = cloth[(np.abs(cloth[:, 0]) < 0.08) & (cloth[:, 2] < axis_z)]
    return float(behind[:, 1].max(initial=-np.inf))


def laid_over(points: Array, cloth: Array, axis: Array, top_y: float) -> Array:
    """Hair (N, 3) made for bare backs, moved out where the cloth (C, 3) under it would come through; locks stay whole.

    What lies higher than `top_y` stays where it is, and what falls in front of the shoulders.
    """
    columns, step = 48, 0.015
    rows = int((top_y - points[:, 1].min()) / step) + 2
    if rows < 3 or not len(cloth):
        return points
    angles = np.arange(columns) / columns * 2 * np.pi
    heights = top_y - step * np.arange(rows)
    wanted = falling(cloth, angles, heights, axis, OVER_CLOTH_M)
    wanted = np.where(np.cos(angles) < 0.2, wanted, 0.0)
    dx, dz = points[:, 0] - axis[0], points[:, 2] - axis[1]
    radius = np.maximum(np.hypot(dx, dz), 1e-6)
    column = np.rint(arctan2(dx, dz) / (2 * np.pi) * columns).astype(int) % columns
    low = points[:, 1] < top_y
    row = np.clip(np.rint((top_y - points[:, 1]) / step).astype(int), 0, rows - 1)
    inner = np.full((rows, columns), np.inf)
    np.minimum.at(inner, (row[low], column[low]), radius[low])
    short = np.where(np.isfinite(inner), np.maximum(wanted - inner, 0.0), 0.0)
    # The whole lock gives way where its inside must, and its neighbours with it, so that it bends and isn't crushed.
    out = gaussian_filter(maximum_filter(short, (5, 5), mode=("nearest", "wrap")), (1.5, 1.0), mode=("nearest", "wrap"))
    shift = np.where(low, out[row, column], 0.0) / radius
    return points + np.stack([dx * shift, np.zeros_like(dx), dz * shift], axis=1)


def hanging_weights(points: Array, skeleton: Skeleton, axis: Array, rest_y: float = -np.inf) -> sparse.csr_matrix:
    """(N, N_BONES): what hair falling about `axis` (x, z) hangs on: the head, and further down the locks.

    Beside the face locks hang from the ears, behind from the neck. What lies on cloth, below `rest_y`, is the lock's alone.
    """
    joints = skeleton.joints_m
    chin, chest = joints[JOINT["head"], 1] - 0.01, joints[JOINT["neck"], 1] - 0.06
    chest = max(chest, min(rest_y, chin - 0.05))
    ear = joints[JOINT["head"], 1] + skeleton.landmarks["left_ear"].offset_m[1]
    down = np.clip((chin - points[:, 1]) / (chin - chest), 0, 1)
    aside = minimum_jerk((ear - points[:, 1]) / HANGING_FREE_M)
    dx, dz = points[:, 0] - axis[0], points[:, 2] - axis[1]
    behind = minimum_jerk((0.1 - dz / np.maximum(np.hypot(dx, dz), 1e-6)) / 0.7)
    left = minimum_jerk(0.5 + dx / 0.06)
    dense = np.zeros((len(points), N_BONES))
    dense[:, JOINT["head"]] = behind * (1 - down) ** 2 + (1 - behind) * (1 - aside)
    dense[:, JOINT["neck"]] = behind * 2 * down * (1 - down)
    dense[:, HAIR_BONES["behind"]] = behind * down**2
    dense[:, HAIR_BONES["left"]] = (1 - behind) * aside * left
    dense[:, HAIR_BONES["right"]] = (1 - behind) * aside * (1 - left)
    return sparse.csr_matrix(dense)


def tail_weights(points: Array) -> sparse.csr_matrix:
    """(N, N_BONES): a tail goes with the head where it is tied, and below more and more with the lock behind: it bends."""
    top, bottom = points[:, 1].max(), points[:, 1].min()
    down = minimum_jerk((top - TIED_M - points[:, 1]) / (0.7 * (top - bottom)))
    dense = np.zeros((len(points), N_BONES))
    dense[:, JOINT["head"]], dense[:, HAIR_BONES["behind"]] = 1 - down, down
    return sparse.csr_matrix(dense)


def locks(points: Array, weights: sparse.csr_matrix) -> Array | None:
    """(3, 3, 3) m as `Skeleton.locks_m` of hair (N, 3) with these weights (N, N_BONES), lying as it hangs; None if none does."""
    shares = np.asarray(weights[:, list(HAIR_BONES.values())].todense())
    if not shares.any():
        return None
    moved = points[shares.max(axis=1) > 0.0]
    out = np.empty((len(HAIR_BONES), 3, 3))
    for k in range(len(HAIR_BONES)):
        own = points[shares[:, k] > 0.02] if (shares[:, k] > 0.02).any() else moved
        high, low = own[:, 1].max(), own[:, 1].min()
        out[k, 0], out[k, 1:] = own[own[:, 1] >= high - END_M].mean(axis=0), own[own[:, 1] <= low + END_M].mean(axis=0)
    return out


def beside_neck(tip: Array, below: Array, side: int) -> Array:
    """(3,) m: where the tip (3,) of a tail comes to lie on the body and its cloth, `below` (B, 3): `side` -1 right or 1 left."""
    x = tip[0] + side * BESIDE_M
    near = below[(np.abs(below[:, 0] - x) < 0.03) & (np.abs(below[:, 1] - tip[1]) < 0.04)]
    return np.array([x, tip[1], near[:, 2].min(initial=tip[2] + THICK_M) - THICK_M])
