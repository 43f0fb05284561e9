"""Garments: from a GarmentSpec and a body to pieces of cloth that lie on it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.spatial import cKDTree

from ...base.errors import UserError, nearest
from ...skeletons import N_BONES
from ...values import Array, GarmentSpec, Material
from .. import mhclo
from ..fit import Fit
from ..piece import Piece, pruned
from ..protocol import ShapedBody
from ..sheet import cut, normals, sheet_of
from . import cloth_uv, creases, drape, fabrics, shoes, skirts
from .collars import collar
from .edges import band_fabric, band_field, gathered, turned_hem
from .patterns import PATTERNS, Params, Pattern, bottom_edges, top_edges

LAYER_M = 0.005
"""How much further out each layer lies than the one below it."""

CLOSE_M = 0.006
"""How far off the skin straps lie."""

STRAP_M, HANGING_M = 0.03, 0.05
"""How far from the edges of a top without sleeves its cloth lies on the skin, and how much further until it hangs freely."""


def cover_body(garment: GarmentSpec, body: ShapedBody, fit: Fit) -> Array:
    """(V,) m: `cover` at the body's own vertices, for every kind of garment."""
    if mhclo.is_asset(garment.kind):
        asset = mhclo.load(garment.kind)
        points, _ = mhclo.fitted(asset, body, sparse.csr_matrix((len(body.vertices_m), N_BONES)))
        return mhclo.depth(asset, body, points)
    return cover(garment, body.vertices_m.astype(np.float64), fit)


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
    """(N,) m: how deep inside the garment points (N, 3) of the body or of its cloth lie; negative outside.

    Loaded assets know only the body's vertices (see `cover_body`); they hide no other cloth.
    """
    if mhclo.is_asset(garment.kind):
        return np.full(len(points), -1.0)
    pattern, p = pattern_of(garment)
    return pattern.field(points, fit, p)


def sew(
    garment: GarmentSpec,
    body: ShapedBody,
    fit: Fit,
    skin_weights: sparse.csr_matrix,
    outer: tuple[GarmentSpec, ...] = (),
) -> list[Piece]:
    """The pieces of one garment on a body; `skin_weights` (V, N_BONES) are the body's, `outer` what is worn over it."""
    if mhclo.is_asset(garment.kind):
        return _from_asset(garment, body, fit, skin_weights)
    pattern, p = pattern_of(garment)
    p = {**p, "thick": p["thick"] + LAYER_M * garment.layer}
    material = Material(garment.kind, fabrics.weave(garment.fabric), garment.fabric.roughness)
    if pattern.make == "shoe":
        return shoes.make_shoes(garment, p, body, fit, skin_weights, material)
    if pattern.make == "skirt":
        return [skirts.make_skirt(garment, p, body, fit, skin_weights, material, pattern.surface)]
    if pattern.make == "dress":
        bodice = {**{name: value for name, value in p.items() if name != "rise"}, "length": 0.12}
        return [
            *_from_sheet(garment, bodice, body, fit, skin_weights, material, "dress", fit.waist_y),
            skirts.make_skirt(garment, {**p, "thick": p["thick"] + 0.002}, body, fit, skin_weights, material, "dress"),
        ]
    waists = [waist_of(g, fit) for g in outer]
    tuck = max((w for w in waists if w is not None), default=None)
    shown = not any(PATTERNS[g.kind].surface == "outer" for g in outer if g.kind in PATTERNS)
    fine = shown and pattern.surface != "bottom"
    return _from_sheet(garment, p, body, fit, skin_weights, material, pattern.surface, tuck, fine=fine)


def sole_of(garment: GarmentSpec, body: ShapedBody) -> float:
    """Metres by which the garment's underside lies below the bare sole; 0 unless it is a shoe."""
    if mhclo.is_asset(garment.kind):
        asset = mhclo.load(garment.kind)
        points, _ = mhclo.fitted(asset, body, sparse.csr_matrix((len(body.vertices_m), N_BONES)))
        skin = body.vertices_m[body.on_skin, 1]
        return max(float(skin.min() - points[:, 1].min()), 0.0) if asset.kind == "shoe" else 0.0
    return pattern_of(garment)[1].get("sole", 0.0)


def surface_of(garment: GarmentSpec) -> str:
    """Surface of the garment's cloth, a name of `skeletons.SURFACES` ("suit" of a loaded outfit, which is of several)."""
    return mhclo.load(garment.kind).kind if mhclo.is_asset(garment.kind) else pattern_of(garment)[0].surface


def shaft_of(garment: GarmentSpec) -> float:
    """Metres by which a boot reaches above the ankle joint; 0 for all else."""
    return 0.0 if mhclo.is_asset(garment.kind) else max(pattern_of(garment)[1].get("shaft", 0.0), 0.0)


def width_of_legs(garment: GarmentSpec) -> float | None:
    """How loose trousers are, 0 to 1; None for other garments."""
    if mhclo.is_asset(garment.kind):
        return None
    pattern, p = pattern_of(garment)
    return p["loose"] if (pattern.surface, pattern.make) == ("bottom", "sheet") else None


def waist_of(garment: GarmentSpec, fit: Fit) -> float | None:
    """Height (m) of a skirt's or trousers' waistband; None for other garments."""
    if mhclo.is_asset(garment.kind):
        return None
    pattern, p = pattern_of(garment)
    return fit.hip_y + p["rise"] * (fit.waist_y - fit.hip_y) if pattern.surface == "bottom" else None


def _from_asset(garment: GarmentSpec, body: ShapedBody, fit: Fit, skin_weights: sparse.csr_matrix) -> list[Piece]:
    """A loaded asset; suits are painted with the fabric above the waist and its last colour below."""
    asset = mhclo.load(garment.kind)
    points, weights = mhclo.fitted(asset, body, skin_weights)
    uv = cloth_uv.to_fabric(cloth_uv.metric_uv(points, asset.faces, fit), garment.fabric)
    material = Material(asset.name, fabrics.weave(garment.fabric), garment.fabric.roughness)
    whole = Piece(points, asset.faces, uv, weights, asset.kind, material)
    if asset.kind != "suit":
        return [whole]
    low = points[asset.faces][..., 1].mean(axis=1) < fit.hip_y + 0.8 * (fit.waist_y - fit.hip_y)
    plain = replace(garment.fabric, kind="plain", colors=garment.fabric.colors[-1:])
    below = replace(whole, surface="bottom", material=replace(material, albedo=fabrics.weave(plain)))
    parts = [pruned(replace(whole, surface="top"), ~low), pruned(below, low)]
    return [part for part in parts if len(part.faces)]


def _with_close_straps(cloth: Array, sheet_m: Array, outward: Array, depth: Array, body: ShapedBody, fit: Fit) -> Array:
    """The cloth (N, 3) of a top without sleeves, drawn in to the body towards its neckline and armholes.

    It was draped over a sheet (N, 3) that itself stands off the shoulders; depth (N,) m is how far inside the garment it lies.
    """
    used = np.unique(body.faces)
    _, nearest = cKDTree(body.vertices_m[used]).query(sheet_m)
    flesh = normals(body.vertices_m.astype(np.float64), body.faces)[used[nearest]]
    gap = np.maximum(((sheet_m - body.vertices_m[used[nearest]]) * flesh).sum(axis=1), 0.0)
    close = sheet_m + outward * (CLOSE_M - gap)[:, None]
    low = np.clip((fit.armpit_y + 0.02 - sheet_m[:, 1]) / 0.03, 0.0, 1.0)
    free = np.maximum(low, np.clip((depth - STRAP_M) / HANGING_M, 0.0, 1.0))[:, None]
    return free * cloth + (1.0 - free) * close


def _from_sheet(
    garment: GarmentSpec,
    p: Params,
    body: ShapedBody,
    fit: Fit,
    skin_weights: sparse.csr_matrix,
    material: Material,
    surface: str,
    tuck_y: float | None,
    *,
    fine: bool = True,
) -> list[Piece]:
    """The pieces of a garment that is cut from the sheet round the body."""
    pattern, _ = pattern_of(garment)
    edges_of = bottom_edges if pattern.make == "sheet" and pattern.surface == "bottom" else top_edges
    sheet = sheet_of(body, fine=fine, region="bottom" if edges_of is bottom_edges else "top")
    skin = sheet.mix @ body.vertices_m.astype(np.float64)
    edges, outward, loose = edges_of(skin, fit, p), normals(skin, sheet.faces), p.get("loose", 0.0)
    depth = np.min(list(edges.values()), axis=0)
    crest = creases.crests(skin, fit)
    free = drape.free(skin, fit, p, tuck_y) * gathered(garment.kind, edges)
    cloth = drape.drape(skin, sheet, outward, fit, p, surface, free)
    cloth = cloth + outward * (free * creases.at_rest(skin, crest, edges, fit, loose))[:, None]
    if p.get("sleeve", 0.0) < 0.0:
        cloth = _with_close_straps(cloth, skin, outward, depth, body, fit)
    weights = creases.on_fold_bones(sheet.mix @ skin_weights, skin, crest * free, fit, loose)
    piece = cut(sheet.faces, depth)
    mix = piece.mix
    return _sewn(_Cloth(mix @ cloth, mix @ skin, mix @ outward, mix @ weights, piece.faces, piece.rim),
                 mix @ band if (band := band_field(garment, edges)) is not None else None,
                 garment, p, fit, surface, material)  # fmt: skip


@dataclass(frozen=True)
class _Cloth:
    """A garment's cloth in one: points (N, 3), the skin (N, 3) and its normals (N, 3) below, weights, faces and cut edges."""

    points: Array
    on_skin: Array
    outward: Array
    weights: sparse.csr_matrix
    faces: Array
    rim: Array


def _sewn(cloth: _Cloth, band: Array | None, garment: GarmentSpec, p: Params, fit: Fit, surface: str,
          material: Material) -> list[Piece]:  # fmt: skip
    """The cloth, its bands (where the field `band` (N,) is negative), its turned hems and its collar."""

    fabric, faces = garment.fabric, cloth.faces
    pieces, body = [], (cloth.points, cloth.on_skin, cloth.weights)
    if band is not None:
        trim = band_fabric(garment)
        inner, outer = cut(cloth.faces, band), cut(cloth.faces, -band)
        if len(outer.faces):
            points, on_skin, weights = (outer.mix @ each for each in body)
            uv = cloth_uv.to_fabric(cloth_uv.plain_uv(on_skin, outer.faces, fit), trim)
            edging = Material(garment.kind + fabrics.BAND, fabrics.weave(trim), trim.roughness)
            pieces.append(Piece(points, outer.faces, uv, weights, surface, edging))
            body = tuple(inner.mix @ each for each in body)
            faces = inner.faces
    points, on_skin, weights = body
    uv = cloth_uv.to_fabric(cloth_uv.metric_uv(on_skin, faces, fit), fabric)
    pieces.append(Piece(points, faces, uv, weights, surface, material))
    points, faces, weights = turned_hem(cloth.rim, cloth.points, cloth.on_skin, cloth.outward, cloth.weights)
    lining = Material(garment.kind + fabrics.LINING, fabrics.lining(fabric), 0.9)
    pieces.append(Piece(points, faces, np.zeros((len(faces), 3, 2), np.float32), weights, surface, lining))
    if p.get("collar", 0.0) > 0:
        whole = replace(pieces[0], points=cloth.points, weights=cloth.weights)
        pieces += collar(whole, cloth.rim, cloth.outward, p["collar"], fit, fabric, hood=garment.kind == "hoodie")
    return pieces
