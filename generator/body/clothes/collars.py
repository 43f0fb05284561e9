"""Collars and hoods: cloth turned up and folded over along a garment's neckline."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import sparse
from scipy.spatial import cKDTree

from ...base.exact import arctan2
from ...values import Array, FabricSpec
from ..fit import Fit
from ..piece import Piece
from . import cloth_uv

OVER_M = 0.005
"""How far off the cloth a collar lies."""

ROLL = np.array([(-0.6, -0.6), (-0.9, 0.5), (0.0, 1.1), (0.9, 0.6), (0.9, -0.5), (0.2, -1.0)])
"""A gathered hood cut through: places out of the neck and up, of its half thickness, from inside over the top to the back."""


def collar(cloth: Piece, rim: Array, outward: Array, width: float, fit: Fit, fabric: FabricSpec, *, hood: bool) -> list[Piece]:
    """A collar of `width` m on cloth whose cut edges are rim (E, 2): it stands round the neck and lies on the cloth; a hood is
    gathered behind. outward (N, 3): normals of the skin below the cloth. No piece where there is no neckline."""
    edges = _neck_edges(cloth.points, rim, fit)
    if not len(edges):
        return []
    used, local = np.unique(edges, return_inverse=True)
    local, base = local.reshape(-1, 2), cloth.points[used]
    out = base[:, [0, 2]] - np.array([0.0, fit.neck_z])
    out = out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-6)
    rings = _hood(base, out, width) if hood else _folded(base, out, width, fit, cloth.points, outward)
    m, a, b = len(used), local[:, 0], local[:, 1]
    # The cloth's own border runs a -> b, so what continues it runs b -> a.
    faces = np.concatenate([_quads((k * m + a, k * m + b), ((k + 1) * m + a, (k + 1) * m + b)) for k in range(len(rings) - 1)])
    along = arctan2(base[:, 0], base[:, 2] - fit.neck_z) * fit.neck_radius
    uv = np.stack([np.tile(along, len(rings)), np.repeat(np.arange(len(rings)) * 0.5 * width, m)], axis=-1)
    weights = sparse.vstack([cloth.weights[used]] * len(rings)).tocsr()
    made = cloth_uv.to_fabric(uv[faces], fabric)
    return [replace(cloth, points=np.concatenate(rings), faces=faces.astype(np.int32), uv=made, weights=weights)]


def _folded(base: Array, out: Array, width: float, fit: Fit, cloth: Array, outward: Array) -> list[Array]:
    """Rings (M, 3): the neckline, up its stand, over the fold, and down to where the collar's edge lies on the cloth (N, 3)."""
    near = np.clip((base[:, 1] - fit.neck_y + 0.085) / 0.06, 0.0, 1.0)
    stand = _moved(base, out, -0.05 * width, 0.45 * width * near)
    fold = _moved(base, out, 0.004 * near, (0.45 * width + 0.003) * near)
    middle = _moved(base, out, 0.006 + 0.25 * width * near, 0.05 * width * near)
    fall = _moved(base, out, 0.006 + 0.40 * width * near, -0.45 * width * near)
    close = np.flatnonzero(np.linalg.norm(cloth - base.mean(axis=0), axis=1) < 0.3)
    tree = cKDTree(cloth[close])
    return [base, stand, fold, *(_laid(ring, cloth[close], outward[close], tree) for ring in (middle, fall))]


def _laid(ring: Array, cloth: Array, outward: Array, tree: cKDTree) -> Array:
    """The ring's points (M, 3), those below the cloth or far off it brought to lie on it."""
    _, nearest = tree.query(ring)
    way = outward[nearest]
    gap = ((ring - cloth[nearest]) * way).sum(axis=1)
    return ring + way * (np.clip(gap, OVER_M, 2.0 * OVER_M) - gap)[:, None]


def _hood(base: Array, out: Array, width: float) -> list[Array]:
    """Rings (M, 3) round a roll of cloth, thin in front and thick behind."""
    back = np.clip(0.45 - 0.75 * out[:, 1], 0.08, 1.0)
    half = 0.5 * width * back
    middle = _moved(base, out, 0.55 * half, 0.25 * half)
    return [base, *(_moved(middle, out, half * away, half * up * (0.7 + 0.3 * back)) for away, up in ROLL)]


def _neck_edges(points: Array, rim: Array, fit: Fit) -> Array:
    """Those of the rim's edges (E, 2) that lie round the neck."""
    reach = np.hypot(points[:, 0], points[:, 2] - fit.neck_z) < fit.neck_radius + 0.09
    near = reach & (points[:, 1] > fit.neck_y - 0.09)
    return rim[near[rim].all(axis=1)]


def _moved(base: Array, out: Array, away: Array | float, up: Array) -> Array:
    shift = np.stack([out[:, 0] * away, up, out[:, 1] * away], axis=1)
    return base + shift


def _quads(low: tuple[Array, Array], high: tuple[Array, Array]) -> Array:
    (a, b), (c, d) = low, high
    return np.concatenate([np.stack([b, a, c], 1), np.stack([b, c, d], 1)])
