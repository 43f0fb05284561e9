"""Hair: a shell over the scalp, and for longer cuts a curtain, a tail or a bun, textured with strands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from ...base.errors import UserError, nearest
from ...base.exact import arctan2
from ...skeletons import JOINT, N_BONES
from ...values import Array, HairSpec, Material
from .. import mhclo, noise
from ..headmap import AXIS_Z, hairline, head_places
from ..piece import Piece
from ..protocol import ShapedBody
from ..sheet import cut, normals, whole_faces
from .fall import behind_top, beside_neck, falling, hanging_weights, laid_over, locks, tail_weights


@dataclass(frozen=True)
class Cut:
    """A style: thickness (m) of the shell at the sides and on top, its roughness, and what hangs from it.

    `line` (dm) raises the hairline; `shaved` is how much of the hair's colour is painted on the scalp; `hang` m is
    the curtain's length below the ear at `HairSpec.length` 0.5; `knot` is "", "bun", "tail" or "top".
    """

    sides: float
    top: float
    rough: float = 0.0
    line: float = 0.0
    shaved: float = 1.0
    hang: float = 0.0
    knot: str = ""
    part: float = 0.0


BROKEN_M = 0.007
"""How far a hairline runs in and out."""

STYLES: dict[str, Cut] = {
    "none": Cut(0.0, 0.0, shaved=0.12),
    "buzz": Cut(0.0, 0.0, shaved=0.75),
    "receding": Cut(0.006, 0.004, line=0.28, shaved=0.35),
    "short": Cut(0.008, 0.020, 0.004),
    "crew": Cut(0.004, 0.014, 0.002),
    "side_part": Cut(0.009, 0.026, 0.003, part=0.5),
    "curly": Cut(0.022, 0.032, 0.012),
    "afro": Cut(0.060, 0.070, 0.010),
    "bob": Cut(0.012, 0.018, 0.001, hang=0.13),
    "long": Cut(0.012, 0.018, 0.001, hang=0.34),
    "bun": Cut(0.007, 0.010, 0.001, knot="bun"),
    "top_knot": Cut(0.006, 0.010, 0.001, knot="top"),
    "ponytail": Cut(0.007, 0.010, 0.001, knot="tail"),
}


def style_of(hair: HairSpec) -> Cut:
    """The cut of a HairSpec. Raises `UserError` for an unknown style."""
    if mhclo.is_asset(hair.style):
        return Cut(0.0, 0.0, shaved=1.0)
    if hair.style not in STYLES:
        raise UserError(f"unknown hair style '{hair.style}': {nearest(hair.style, STYLES)}")
    return STYLES[hair.style]


def grow(hair: HairSpec, body: ShapedBody, skin_weights: sparse.csr_matrix, worn: list[Piece] | None = None) -> list[Piece]:
    """The pieces of a hair style on a body; none for a shaven head. Long hair falls over the clothes `worn`."""
    style = style_of(hair)
    cloth = np.concatenate([np.empty((0, 3)), *(piece.points for piece in worn or ())])
    if mhclo.is_asset(hair.style):
        asset = mhclo.load(hair.style)
        points, _ = mhclo.fitted(asset, body, skin_weights)
        axis, _ = _axis(body, head_places(body))
        points = laid_over(points, cloth, axis, float(body.skeleton.joints_m[JOINT["head"], 1]))
        weights = hanging_weights(points, body.skeleton, axis, behind_top(cloth, axis[1]))
        return [Piece(points, asset.faces, asset.uv, weights, "hair", Material("hair", strands(hair), 0.55))]
    if style.top <= 0.0:
        return []
    places = head_places(body)
    material = Material("hair", strands(hair), 0.55)
    pieces = [_shell(hair, style, body, places, skin_weights, material)]
    if style.hang > 0:
        pieces.append(_curtain(hair, style, body, places, material, cloth))
    if style.knot:
        pieces.append(_knot(hair, style, body, places, material))
    return pieces


def locks_of(hair: HairSpec, pieces: list[Piece], body: ShapedBody, worn: list[Piece]) -> Array | None:
    """(3, 3, 3) m as `Skeleton.locks_m`, of the pieces of a hair style on a body; None where no hair is loose."""
    if not pieces:
        return None
    out = locks(np.concatenate([p.points for p in pieces]), sparse.vstack([p.weights for p in pieces]).tocsr())
    if out is not None and style_of(hair).knot == "tail":
        below = np.concatenate([body.vertices_m[_used(body)], *(piece.points for piece in worn)])
        out[:, 2] = [beside_neck(tip, below, 1 if hair.variant % 2 else -1) for tip in out[:, 1]]
    return out


def strands(hair: HairSpec) -> Array:
    """(256, 256, 3) uint8 tile: strands along v with light and dark locks, or curls for curly hair."""
    if hair.style in ("afro", "curly", "buzz"):
        fine, locks = noise.tile(256, (110, 110), hair.variant + 1), noise.tile(256, (36, 36), hair.variant + 2)
    else:
        fine, locks = noise.tile(256, (4, 128), hair.variant + 1), noise.tile(256, (2, 24), hair.variant + 2)
    clumps = noise.tile(256, (6, 8), hair.variant + 3)
    light = 0.50 + 0.40 * fine + 0.35 * locks + 0.25 * clumps
    image = np.array(hair.color) * light[..., None]
    return np.clip(np.rint(image * 255.0), 0, 255).astype(np.uint8)


def _shell(
    hair: HairSpec, style: Cut, body: ShapedBody, places: Array, skin_weights: sparse.csr_matrix, material: Material
) -> Piece:
    """The scalp's own faces, lifted by the style's thickness, tapering to the hairline."""
    field = (hairline(places) - style.line * np.clip((places[:, 2] - 0.2) / 0.6, 0, 1)) * 0.1
    strand = noise.solid(places.astype(np.float64) * np.array([16.0, 5.0, 16.0]), hair.variant + 5)
    field = field - BROKEN_M * strand  # no hair ends on a line
    faces = body.faces[whole_faces((places[:, 1] > 6.2) & (np.abs(places[:, 0]) < 1.2), body.faces)]
    outward = normals(body.vertices_m.astype(np.float64), faces)
    high = np.clip((places[:, 1] - 7.4) / 0.9, 0, 1)
    thickness = style.sides + (style.top - style.sides) * high * high * (3 - 2 * high)
    if style.part:
        side = np.clip((places[:, 0] + 0.25) / 0.5, 0, 1)
        thickness = thickness * (0.6 + 0.6 * np.sin(np.pi * np.clip(0.25 + 0.75 * side, 0, 1)))
    volume = 0.6 + 0.8 * hair.length
    rim = np.clip(field / (0.016 + 0.45 * thickness), 0.0, 1.0)
    taper = rim * (2.0 - rim)
    bumps = style.rough * (noise.solid(places.astype(np.float64) * 4.0, hair.variant) - 0.5) * 2
    lift = 0.0012 + (thickness * volume + bumps) * taper
    piece = cut(faces, field)
    points = piece.mix @ (body.vertices_m + outward * lift[:, None])
    uv = _strand_uv(piece.mix @ places, piece.faces)
    return Piece(points, piece.faces, uv, piece.mix @ skin_weights, "hair", material)


def _strand_uv(places: Array, faces: Array) -> Array:
    corners = places[faces].astype(np.float64)
    angle = arctan2(corners[..., 0], corners[..., 2] - AXIS_Z) / (2 * np.pi)
    angle = angle[:, :1] + (angle - angle[:, :1] + 0.5) % 1.0 - 0.5
    return np.stack([angle * 3.0, corners[..., 1] * 0.6], axis=-1).astype(np.float32)


def _curtain(hair: HairSpec, style: Cut, body: ShapedBody, places: Array, material: Material, cloth: Array) -> Piece:
    """Hair that falls round the back and sides of the head, and over neck and shoulders and the `cloth` (C, 3) on them."""
    axis, (origin_y, scale) = _axis(body, places)
    columns, opening = 28, 1.05
    angles = np.linspace(opening, 2 * np.pi - opening, columns)
    top, bottom = 7.95, 7.05 - style.hang * (0.5 + hair.length) / scale
    heights = np.linspace(top, bottom, 6 + round((top - bottom) * scale / 0.025)) * scale + origin_y
    below = np.concatenate([body.vertices_m[_used(body)], cloth])
    radii = falling(below, angles, heights, axis, style.sides * (0.6 + 0.8 * hair.length) + 0.004)
    locks = 0.004 * np.sin(7 * angles + hair.variant) + 0.003 * np.sin(17 * angles + 2.0 * hair.variant)
    radii = radii + locks[None] * np.linspace(0, 1, len(heights))[:, None]
    # In front of the shoulders it ends at the collar bones; only what falls behind them is longer.
    collar = min(float(body.skeleton.joints_m[JOINT["neck"], 1]) - 0.02, float(heights[0]) - 0.10)
    front = np.clip((np.abs(angles - np.pi) - 1.0) / 0.7, 0.0, 1.0)
    ends = heights[-1] + front * np.maximum(collar - heights[-1], 0.0)
    ends = ends + 0.012 * np.sin(5 * angles + hair.variant) + 0.035 * (noise.hashed(hair.variant + 7, np.arange(columns)) - 0.7)
    levels = heights[0] + np.linspace(0, 1, len(heights))[:, None] * (ends - heights[0])[None]
    radii = np.stack([np.interp(-levels[:, c], -heights, radii[:, c]) for c in range(columns)], axis=1)
    # Down the outside and back along the inside: locks have a thickness where their front edge is seen.
    inside = radii - 0.024 * np.sin(np.linspace(0.4, np.pi - 0.4, columns))[None]
    radii = np.concatenate([radii, inside[:, ::-1], radii[:, :1]], axis=1)
    levels = np.concatenate([levels, levels[:, ::-1], levels[:, :1]], axis=1)
    angles = np.concatenate([angles, angles[::-1], angles[:1]])
    points = np.stack([axis[0] + radii * np.sin(angles), levels, axis[1] + radii * np.cos(angles)], axis=-1)
    weights = hanging_weights(points.reshape(-1, 3), body.skeleton, axis, behind_top(cloth, axis[1]))
    return _grid_piece(points, material, weights)


def _axis(body: ShapedBody, places: Array) -> tuple[Array, tuple[float, float]]:
    """(x, z) m of the vertical about which hair falls, and the head map's height 0 (m) and unit (m) on this body."""
    scalp = np.flatnonzero((places[:, 1] > 7.0) & (hairline(places) > 0) & _used(body))
    scale = float(np.ptp(body.vertices_m[scalp, 1]) / np.ptp(places[scalp, 1]))
    origin = body.vertices_m[scalp].mean(axis=0) - scale * places[scalp].mean(axis=0)
    return np.array([origin[0], origin[2] + scale * 0.25]), (float(origin[1]), scale)


def _knot(hair: HairSpec, style: Cut, body: ShapedBody, places: Array, material: Material) -> Piece:
    """A bun or a tail at the back of the head, or a knot on top."""
    where = {"bun": (0.0, 7.75, -0.75), "top": (0.0, 8.45, 0.05), "tail": (0.0, 7.75, -0.72)}[style.knot]
    used = np.flatnonzero(_used(body) & (places[:, 1] > 6.5))
    near = used[np.argsort(np.linalg.norm(places[used] - np.array(where), axis=1), kind="stable")[:6]]
    centre = body.vertices_m[near].mean(axis=0).astype(np.float64)
    rows, columns = 14, 20
    phi = np.linspace(0.02, np.pi - 0.02, rows)
    theta = np.arange(columns + 1) / columns * 2 * np.pi
    size = 0.030 + 0.018 * hair.length
    ring = np.stack([np.outer(np.sin(phi), np.sin(theta)), np.outer(np.cos(phi), np.ones(columns + 1)),
                     np.outer(np.sin(phi), np.cos(theta))], axis=-1)  # fmt: skip
    if style.knot == "tail":
        drop = (0.16 + 0.20 * hair.length) * (1 - np.cos(phi)) / 2
        back = 0.055 * np.sin(np.clip(drop / 0.12, 0, 1) * np.pi / 2)
        points = ring * np.array([0.8, 0.6, 0.7]) * size * (0.55 + 0.45 * np.sin(phi))[:, None, None]
        points = points + np.stack([0 * drop, 0.02 - drop, -back], axis=-1)[:, None] + centre
        return _grid_piece(points, material, tail_weights(points.reshape(-1, 3)))
    away = np.array([0.0, 0.012, 0.0]) if style.knot == "top" else np.array([0.0, 0.0, -0.014])
    points = ring * size * np.array([1.0, 0.85, 0.8]) + centre + away
    with_head = np.tile(np.arange(N_BONES) == JOINT["head"], (rows * (columns + 1), 1)).astype(float)
    return _grid_piece(points, material, sparse.csr_matrix(with_head))


def _grid_piece(points: Array, material: Material, weights: sparse.csr_matrix) -> Piece:
    """A (rows, columns, 3) grid, rows going down and columns counter-clockwise from above, as a piece of hair."""
    rows, columns = points.shape[:2]
    k, c = (a.ravel() for a in np.meshgrid(np.arange(rows - 1), np.arange(columns - 1), indexing="ij"))
    a, b, d, e = k * columns + c, k * columns + c + 1, (k + 1) * columns + c, (k + 1) * columns + c + 1
    faces = np.concatenate([np.stack([a, d, e], 1), np.stack([a, e, b], 1)]).astype(np.int32)
    u, v = np.meshgrid(np.linspace(0, 2.4, columns), -np.linspace(0, 1, rows) * rows * 0.05, indexing="xy")
    uv = np.stack([u, v], axis=-1).reshape(-1, 2)[faces].astype(np.float32)
    return Piece(points.reshape(-1, 3), faces, uv, weights, "hair", material)


def _used(body: ShapedBody) -> Array:
    used = np.zeros(len(body.vertices_m), bool)
    used[body.faces] = True
    return used
