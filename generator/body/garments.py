"""Garments: from a GarmentSpec and a body to pieces of cloth that lie on it."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from ..errors import UserError, nearest
from ..values import Array, GarmentSpec, Material
from . import cloth_uv, drape, fabrics, shoes, skirts
from .fit import Fit
from .patterns import PATTERNS, Params, Pattern, top_field
from .piece import Piece
from .protocol import ShapedBody
from .sheet import cut, normals, sheet_of

LAYER_M = 0.006
"""How much further out each layer lies than the one below it."""


def pattern_of(garment: GarmentSpec) -> tuple[Pattern, Params]:
    """The pattern and the full parameters of a garment. Raises `UserError` for unknown kinds and parameters."""
    pattern = PATTERNS.get(garment.kind)
    if pattern is None:
        raise UserError(f"unknown garment '{garment.kind}': {nearest(garment.kind, PATTERNS)}")
    for name in garment.params:
        if name not in pattern.defaults and name not in _OPTIONAL:
            raise UserError(f"garment '{garment.kind}' has no parameter '{name}': {nearest(name, pattern.defaults)}")
    return pattern, {**pattern.defaults, **garment.params}


_OPTIONAL = ("opening", "collar", "neck_rise", "throat")


def cover(garment: GarmentSpec, points: Array, fit: Fit) -> Array:
    """(N,) m: how deep inside the garment points (N, 3) of the body or of its cloth lie; negative outside."""
    pattern, p = pattern_of(garment)
    return pattern.field(points, fit, p)


def sew(
    garment: GarmentSpec,
    body: ShapedBody,
    fit: Fit,
    skin_weights: sparse.csr_matrix,
    outer: tuple[GarmentSpec, ...] = (),
) -> list[Piece]:
    """The pieces of one garment on a body; `skin_weights` (V, 55) are the body's, `outer` what is worn over it."""
    pattern, p = pattern_of(garment)
    p = {**p, "thick": p["thick"] + LAYER_M * garment.layer}
    material = Material(garment.kind, fabrics.weave(garment.fabric), garment.fabric.roughness)
    if pattern.make == "shoe":
        return shoes.make_shoes(garment, p, body, fit, skin_weights, material)
    if pattern.make == "skirt":
        return [skirts.make_skirt(garment, p, body, fit, skin_weights, material, pattern.surface)]
    if pattern.make == "dress":
        bodice = {**p, "length": 0.12}
        return [
            _from_sheet(garment, bodice, body, fit, skin_weights, material, "dress", fit.waist_y),
            skirts.make_skirt(garment, {**p, "thick": p["thick"] + 0.002}, body, fit, skin_weights, material, "dress"),
        ]
    waists = [waist_of(g, fit) for g in outer]
    tuck = max((w for w in waists if w is not None), default=None)
    return [_from_sheet(garment, p, body, fit, skin_weights, material, pattern.surface, tuck)]


def waist_of(garment: GarmentSpec, fit: Fit) -> float | None:
    """Height (m) of a skirt's or trousers' waistband; None for other garments."""
    pattern, p = pattern_of(garment)
    return fit.hip_y + p["rise"] * (fit.waist_y - fit.hip_y) if pattern.surface == "bottom" else None


def _from_sheet(
    garment: GarmentSpec,
    p: Params,
    body: ShapedBody,
    fit: Fit,
    skin_weights: sparse.csr_matrix,
    material: Material,
    surface: str,
    tuck_y: float | None,
) -> Piece:
    sheet = sheet_of(body, fine=surface != "bottom")
    skin = sheet.mix @ body.vertices_m.astype(np.float64)
    pattern, _ = pattern_of(garment)
    field = pattern.field if pattern.make == "sheet" else top_field
    cloth = drape.drape(skin, sheet, fit, p, surface, garment.fabric.variant, tuck_y)
    piece = cut(sheet.faces, field(skin, fit, p))
    points, on_skin = piece.mix @ cloth, piece.mix @ skin
    uv = cloth_uv.to_fabric(cloth_uv.metric_uv(on_skin, piece.faces, fit), garment.fabric)
    weights = piece.mix @ (sheet.mix @ skin_weights)
    return Piece(points, piece.faces, uv, weights, surface, material)


__all__ = ["LAYER_M", "cover", "normals", "pattern_of", "sew"]
