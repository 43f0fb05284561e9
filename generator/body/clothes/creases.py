"""Folds of cloth: crests that lie there when somebody stands, and rise where the body bends."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy import sparse

from ...skeletons import FOLD_BONES, JOINT, N_BONES
from ...values import Array
from .. import noise
from ..fit import Fit

PATTERN = 5
"""Seed of the crests, the same for all that one wears, so that an inner layer's folds lie in an outer one's."""

ALONG_M, AROUND_M, TRUNK_M = 0.05, 0.13, 0.075
"""From one crest to the next along a limb; their length round it; from one to the next on the trunk."""

ZONE_M = {"elbow": 0.085, "knee": 0.11, "hip": 0.10, "waist": 0.09}
"""How far from a joint its bend folds cloth."""

STACK_M = 0.11
"""How far above the end of a long sleeve or trouser leg cloth lies in folds."""


def crests(points: Array, fit: Fit) -> Array:
    """(N,) in [0, 1]: lines of crests across sleeves and trouser legs, aslant on the trunk."""
    x, y, z = np.abs(points[:, 0]), points[:, 1], points[:, 2]
    arm = np.clip((x - fit.shoulder_x) / 0.06, 0.0, 1.0) * (y > fit.armpit_y - 0.06)
    leg = np.clip((fit.crotch_y + 0.03 - y) / 0.06, 0.0, 1.0)
    turn = np.where(points[:, 0] < 0, 31.0, 0.0)  # left and right differ
    on_arm = np.stack([x / ALONG_M + 5.0 * (y - fit.arm_y) + turn, y / AROUND_M, z / AROUND_M], axis=1)
    on_leg = np.stack([x / AROUND_M + turn, y / (1.4 * ALONG_M) + 4.0 * (z - fit.hip_z), z / AROUND_M], axis=1)
    on_trunk = np.stack([points[:, 0] / 0.16, (y - 0.7 * x) / TRUNK_M, z / 0.16], axis=1)
    place = np.where((arm > 0.5)[:, None], on_arm, np.where((leg > 0.5)[:, None], on_leg, on_trunk))
    ridge = 1.0 - np.abs(2.0 * noise.solid(place, PATTERN).astype(np.float64) - 1.0)
    seam = np.maximum(np.abs(2.0 * arm - 1.0) * (arm > 0), np.abs(2.0 * leg - 1.0) * (leg > 0))
    return np.minimum(1.3 * ridge * ridge, 1.0) * np.where((arm + leg) > 0, seam, 1.0)


def at_rest(points: Array, crest: Array, edges: Mapping[str, Array], fit: Fit, loose: float) -> Array:
    """(N,) m by which crests (N,) stand off when nothing is bent: deepest where sleeves and legs end, elbows, armpits, waist."""
    x, y = np.abs(points[:, 0]), points[:, 1]
    if "sleeve" in edges:
        armpit = _near(np.hypot(x - fit.shoulder_x, y - fit.armpit_y), 0.0, 0.09)
        zone = np.maximum(0.7 * _near(x, fit.elbow_x, 0.09), 0.8 * armpit)
        long = np.clip((x - fit.elbow_x) / 0.05, 0.0, 1.0)
        zone = np.maximum(zone, long * np.clip(1.0 - edges["sleeve"] / STACK_M, 0.0, 1.0))
        zone = np.maximum(zone, 0.8 * _near(edges["hem"], 0.06, 0.10) * (x < fit.shoulder_x))
    else:
        low = np.clip((fit.knee_y - y) / 0.10, 0.0, 1.0)
        zone = low * np.clip(1.3 - edges["hem"] / (1.5 * STACK_M), 0.0, 1.0)
        zone = np.maximum(zone, np.maximum(0.7 * _near(y, fit.knee_y, 0.10), 0.8 * _near(y, fit.crotch_y - 0.03, 0.07)))
    return crest * (0.0015 + min(0.3 + 0.7 * loose, 1.0) * (0.006 + 0.016 * zone))


def on_fold_bones(weights: sparse.csr_matrix, points: Array, crest: Array, fit: Fit, loose: float) -> sparse.csr_matrix:
    """Weights (N, N_BONES) of cloth over points (N, 3), part of them on the fold bones as far as crests (N,) rise with a bend."""
    x, y, z = np.abs(points[:, 0]), points[:, 1], points[:, 2]
    inner = {"elbow": z - fit.arm_z, "knee": fit.leg[1, 2] - z, "hip": z - fit.hip_z}
    zones = {bent: _near(at, about, ZONE_M[bent]) * (0.4 + 0.6 * np.clip(0.5 + inner[bent] / 0.06, 0.0, 1.0))
             for bent, at, about in (("elbow", x, fit.elbow_x), ("knee", y, fit.knee_y),
                                     ("hip", y, fit.hip_y - 0.05))}  # fmt: skip
    zones["waist"] = _near(y, 0.5 * (fit.waist_y + fit.hip_y), ZONE_M["waist"]) * (x < fit.shoulder_x)
    entries = weights.tocoo()
    row, column, share = entries.row, entries.col, entries.data.copy()
    rows, columns, shares = [row], [column], [share]
    for (joint, bent), bone in FOLD_BONES.items():
        use = np.flatnonzero(column == JOINT[joint])
        moved = 0.5 * min(0.5 + loose, 1.0) * (zones[bent.rsplit("_", 1)[-1]] * crest)[row[use]] * entries.data[use]
        share[use] -= moved
        some = moved > 1e-3
        share[use[~some]] += moved[~some]
        rows.append(row[use[some]])
        columns.append(np.full(int(some.sum()), bone))
        shares.append(moved[some])
    n = weights.shape[0]
    return sparse.csr_matrix((np.concatenate(shares), (np.concatenate(rows), np.concatenate(columns))), shape=(n, N_BONES))


def _near(value: Array, about: float, width: float) -> Array:
    """1 at `about`, 0 from `width` away."""
    t = np.clip(1.0 - np.abs(value - about) / width, 0.0, 1.0)
    return t * t * (3.0 - 2.0 * t)
