"""Collars and hoods: cloth turned up and folded over along a garment's neckline."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from ...base.exact import arctan2
from ...values import Array, FabricSpec
from ..fit import Fit
from ..piece import Piece
from . import cloth_uv


def with_collar(piece: Piece, width: float, fit: Fit, fabric: FabricSpec, *, hood: bool) -> Piece:
    """The piece with a collar of `width` m standing round the neck and falling outwards; a hood gathers behind."""
    edges = _neck_edges(piece, fit)
    if not len(edges):
        return piece
    used, local = np.unique(edges, return_inverse=True)
    local = local.reshape(-1, 2)
    base = piece.points[used]
    out = base[:, [0, 2]] - np.array([0.0, fit.neck_z])
    out = out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-6)
    back = np.clip(0.5 - 0.8 * out[:, 1], 0.0, 1.0)
    near = np.clip((base[:, 1] - fit.neck_y + 0.075) / 0.05, 0.0, 1.0)
    rise, away, drop = (0.5 * near, 0.12 + 0.65 * back, 0.35 + 0.5 * back) if hood else (0.45 * near, 0.3 * near, near)
    stand = _moved(base, out, -0.10 * width, width * rise)
    fall = _moved(base, out, 0.006 + width * away, width * (rise - drop) + (0.0 if hood else 0.002))
    n, m = len(piece.points), len(used)
    a, b = local[:, 0], local[:, 1]
    # The cloth's own border runs a -> b, so what continues it runs b -> a.
    # Folded over, the cloth shows its other side: the fall has points of its own and is wound the other way.
    low, mid = (used[a], used[b]), (n + a, n + b)
    fold, top = (n + m + a, n + m + b), (n + 2 * m + a, n + 2 * m + b)
    strips = np.concatenate([_quads(low, mid), _quads(fold, top)[:, ::-1]])
    along = arctan2(piece.points[:, 0], piece.points[:, 2] - fit.neck_z) * fit.neck_radius
    along = np.concatenate([along, along[used], along[used], along[used]])
    across = np.concatenate([piece.points[:, 1] * 0, np.full(2 * m, width * 0.6), np.full(m, width * 1.6)])
    uv = cloth_uv.to_fabric(np.stack([along, across], axis=-1)[strips], fabric)
    weights = sparse.vstack([piece.weights, *[piece.weights[used]] * 3]).tocsr()
    return Piece(
        np.concatenate([piece.points, stand, stand, fall]),
        np.concatenate([piece.faces, strips]).astype(np.int32),
        np.concatenate([piece.uv, uv]),
        weights,
        piece.surface,
        piece.material,
    )


def _neck_edges(piece: Piece, fit: Fit) -> Array:
    """(E, 2) border edges of the cloth round the neck, in the direction of their only face."""
    reach = np.hypot(piece.points[:, 0], piece.points[:, 2] - fit.neck_z) < fit.neck_radius + 0.09
    near = reach & (piece.points[:, 1] > fit.neck_y - 0.09)
    f = piece.faces
    edges = np.concatenate([f[:, [0, 1]], f[:, [1, 2]], f[:, [2, 0]]])
    edges = edges[near[edges].all(axis=1)]  # before they are sorted, which takes long for a whole garment
    _, first, count = np.unique(np.sort(edges, axis=1), axis=0, return_index=True, return_counts=True)
    return edges[first[count == 1]]


def _moved(base: Array, out: Array, away: Array | float, up: Array) -> Array:
    shift = np.stack([out[:, 0] * away, up, out[:, 1] * away], axis=1)
    return base + shift


def _quads(low: tuple[Array, Array], high: tuple[Array, Array]) -> Array:
    (a, b), (c, d) = low, high
    return np.concatenate([np.stack([b, a, c], 1), np.stack([b, c, d], 1)])
