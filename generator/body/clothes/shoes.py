"""Shoes: an upper cut from the cloth of the foot, and a sole slab under it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import sparse
from scipy.spatial import ConvexHull, cKDTree

from ...values import Array, GarmentSpec, Material, Rgb
from ..fit import Fit
from ..piece import Piece
from ..protocol import ShapedBody
from ..sheet import cut, normals, sheet_of
from . import cloth_uv, fabrics
from .patterns import Params, shoe_field
from .shoe_parts import PARTS, colours, over_socks, part_field, rubber

RIM = 40
"""Corners of a sole's outline."""


def make_shoes(
    garment: GarmentSpec,
    p: Params,
    body: ShapedBody,
    fit: Fit,
    skin_weights: sparse.csr_matrix,
    material: Material,
) -> list[Piece]:
    """Uppers of both feet (one piece) and their soles (one piece, in the fabric's last colour)."""
    sheet = sheet_of(body, region="feet")
    skin = sheet.mix @ body.vertices_m.astype(np.float64)
    upper = _upper(skin, sheet.faces, sheet.neighbours, fit, p)
    piece = cut(sheet.faces, shoe_field(skin, fit, p))
    points, on_skin = piece.mix @ upper, piece.mix @ skin
    weights = piece.mix @ (sheet.mix @ skin_weights)
    soles = Material(f"{garment.kind} sole", rubber(garment), 0.9)
    uppers = []
    for faces, mix, color in _blocks(garment, piece.faces, on_skin, fit):
        at, below, moved = (each if mix is None else mix @ each for each in (points, on_skin, weights))
        sock = over_socks(garment) and color == colours(garment)[0]
        fabric = replace(garment.fabric, kind="plain" if sock else garment.fabric.kind, colors=(color,))
        uv = cloth_uv.to_fabric(cloth_uv.plain_uv(below, faces, fit), fabric)
        uppers.append(Piece(at, faces, uv, moved, "shoe", replace(material, albedo=fabrics.weave(fabric))))
    return [*uppers, _soles(points, weights, fit, p, soles)]


def _blocks(garment: GarmentSpec, faces: Array, on_skin: Array, fit: Fit) -> list[tuple[Array, sparse.csr_matrix | None, Rgb]]:
    """The upper's faces, mixtures of its points, and colour: as one, or parts of another colour cut from the rest."""
    own, other = colours(garment)
    if garment.kind not in PARTS:
        return [(faces, None, own)]
    field = part_field(garment.kind, on_skin, fit.sole_y)
    parts = [(cut(faces, -field), own), (cut(faces, field), other)]
    return [(part.faces, part.mix, color) for part, color in parts if len(part.faces)]


def _upper(skin: Array, faces: Array, neighbours: sparse.csr_matrix, fit: Fit, p: Params) -> Array:
    """Off the foot by `thick`, rounded, and flat where it stands on the sole."""
    outward = normals(skin, faces)
    cloth = skin + outward * p["thick"]
    for _ in range(8):
        cloth = 0.4 * cloth + 0.6 * (neighbours @ cloth)
        gap = ((cloth - skin) * outward).sum(axis=1)
        cloth = cloth + outward * np.maximum(p["thick"] - gap, 0.0)[:, None]
    cloth[:, 1] = np.where(cloth[:, 1] < fit.sole_y + 0.012, fit.sole_y, cloth[:, 1])
    return _pointed(cloth, p["toe"])


def _pointed(cloth: Array, toe: float) -> Array:
    """Both uppers with their tips, the last third, narrower and longer by how pointed they are, 0 to 1."""
    out = cloth.copy()
    for side in (cloth[:, 0] > 0, cloth[:, 0] <= 0):
        foot = cloth[side & (cloth[:, 1] < cloth[:, 1].min() + 0.07)]
        ball, tip = np.percentile(foot[:, 2], 72), foot[:, 2].max()
        t = np.clip((cloth[side, 2] - ball) / max(tip - ball, 1e-3), 0.0, 1.0)
        middle = np.median(foot[foot[:, 2] > ball, 0])
        out[side, 0] = middle + (cloth[side, 0] - middle) * (1.0 - 0.55 * toe * t * t)
        out[side, 2] += 0.02 * toe * t * t
    return out


def _soles(points: Array, weights: sparse.csr_matrix, fit: Fit, p: Params, material: Material) -> Piece:
    corners: list[Array] = []
    faces: list[Array] = []
    for side in (1.0, -1.0):
        low = points[(side * points[:, 0] > 0) & (points[:, 1] < fit.sole_y + 0.04)]
        rim = _outline(low[:, [0, 2]])
        base = len(corners) * (3 * RIM + 2)
        inset = rim.mean(axis=0) + (rim - rim.mean(axis=0)) * 0.97
        bottom = fit.sole_y - p["sole"]
        rings = [(inset, fit.sole_y + 0.012), (rim, fit.sole_y + 0.006), (inset, bottom)]
        block = np.concatenate([np.stack([r[:, 0], np.full(RIM, y), r[:, 1]], 1) for r, y in rings])
        middle = rim.mean(axis=0)
        corners.append(np.concatenate([block, [[middle[0], y, middle[1]] for y in (bottom, rings[0][1])]]))
        faces.append(_slab_faces() + base)
    solid, triangles = np.concatenate(corners), np.concatenate(faces).astype(np.int32)
    _, nearest = cKDTree(points).query(solid)
    height = (solid[triangles][..., 1] - fit.sole_y + p["sole"]) / (p["sole"] + 0.012)
    uv = np.stack([solid[triangles][..., 2] / 0.1, np.clip(height, 0.02, 0.98)], axis=-1).astype(np.float32)
    return Piece(solid, triangles, uv, weights[nearest], "shoe", material)


def _outline(low: Array) -> Array:
    """(RIM, 2) convex outline of a foot seen from above, 2 mm wider, evenly spaced, counter-clockwise in (x, z)."""
    hull = low[ConvexHull(low).vertices]
    centre = hull.mean(axis=0)
    closed = np.concatenate([hull, hull[:1]])
    length = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(closed, axis=0), axis=1))])
    at = np.arange(RIM) / RIM * length[-1]
    rim = np.stack([np.interp(at, length, closed[:, k]) for k in range(2)], axis=1)
    for _ in range(2):
        rim = (np.roll(rim, 1, 0) + 2 * rim + np.roll(rim, -1, 0)) / 4
    away = rim - centre
    return rim + 0.003 * away / np.linalg.norm(away, axis=1, keepdims=True)


def _slab_faces() -> Array:
    """Two side bands, the bottom and the top; (x, z) counter-clockwise is clockwise from above, as y is up.

    The top shows where a foot is narrower than the outline, under its arch.
    """
    k = np.arange(RIM)
    n = (k + 1) % RIM
    bands = []
    for ring in (0, 1):
        a, b, c, d = ring * RIM + k, ring * RIM + n, (ring + 1) * RIM + k, (ring + 1) * RIM + n
        bands += [np.stack([a, b, d], 1), np.stack([a, d, c], 1)]
    bottom = np.stack([2 * RIM + k, 2 * RIM + n, np.full(RIM, 3 * RIM)], 1)
    top = np.stack([n, k, np.full(RIM, 3 * RIM + 1)], 1)
    return np.concatenate([*bands, bottom, top])
