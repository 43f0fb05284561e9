"""What backdrops are put together from: surfaced shapes, collected into one static mesh."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from ..base.errors import UserError, nearest
from ..props.shapes import Shape, join, painted
from ..skeletons import PART, SURFACE
from ..values import Array, BackdropSpec, LampSpec, Mesh, SurfaceSpec
from .surfaces import FULL_PX, surface_material
from .view import View

T = TypeVar("T")


@dataclass(frozen=True)
class Surroundings:
    """What a backdrop brings: static meshes, lamps of its own (places in the world), and what it does to the sky.

    `sky_ev`: stops added to the environment map; `open_air`: the map is seen as a sky, so it must be one; `under_sky`: the sky of
    hour and weather takes the map's place, and lamps are the place's own, `night_lamps` where that sky is dark; `least_ev`: the
    exposure below which pictures would be too dark to read, whatever the light's spec says.
    """

    meshes: tuple[Mesh, ...]
    lamps: tuple[LampSpec, ...] = ()
    sky_ev: float = 0.0
    open_air: bool = False
    under_sky: bool = False
    night_lamps: tuple[LampSpec, ...] = ()
    least_ev: float = -math.inf


WIDE = ("ground", "patch", "floor", "wall", "paper")
"""Surfaces that fill much of the frame; the others are painted at half the size."""

Builder = Callable[[BackdropSpec, View], Surroundings]
"""Makes one kind of backdrop."""


@dataclass(frozen=True)
class Piece:
    """A shape covered with one surface of the spec; its uv are in metres and are divided by the surface's repeat."""

    shape: Shape
    surface: str
    smooth: bool = False


def readable_ev(spec: BackdropSpec, names: Sequence[str]) -> float:
    """The least exposure, in stops, at which a place enclosed by these surfaces isn't too dark: more for dark ones.

    As a camera's own exposure does, it makes up for a part (0.4) of what the surfaces swallow, at most up to 0.8 EV.
    """
    colors = np.array([color for name in names for color in surface(spec, name).colors])
    reflected = float((colors**2.2 @ np.array([0.2126, 0.7152, 0.0722])).mean())
    return float(np.clip(0.4 * np.log2(0.2 / max(reflected, 1e-3)) - 0.3, -0.4, 0.8))


def surface(spec: BackdropSpec, name: str) -> SurfaceSpec:
    """One of the backdrop's surfaces. Raises UserError when the spec lacks it."""
    if name not in spec.surfaces:
        raise UserError(f"backdrop '{spec.kind}' has no surface '{name}'; it has {sorted(spec.surfaces)}: add it")
    return spec.surfaces[name]


def number(spec: BackdropSpec, name: str, otherwise: float | None = None) -> float:
    """A parameter of the backdrop that is a number. UserError where it is none, or lacking without an `otherwise`."""
    value = spec.params.get(name, otherwise)
    if not isinstance(value, float | int):
        raise UserError(f"backdrop '{spec.kind}' has {name} {value!r}: give it a number")
    return float(value)


def form(spec: BackdropSpec, name: str, table: Mapping[str, T]) -> T:
    """What a parameter of the backdrop names in a table. UserError where it names nothing there."""
    value = spec.params.get(name, "")
    if value not in table:
        raise UserError(f"backdrop '{spec.kind}' has {name} '{value}': {nearest(str(value), table)}")
    return table[str(value)]


def static_mesh(spec: BackdropSpec, name: str, pieces: Sequence[Piece], kind: str, *, smooth: bool) -> Mesh:
    """One unmoving mesh of pieces; `kind` is the surface id that its faces get (ground or backdrop)."""
    names = sorted({piece.surface for piece in pieces})
    surfaces = [surface(spec, n) for n in names]
    shapes = [_scaled(piece, surfaces[names.index(piece.surface)], names.index(piece.surface)) for piece in pieces]
    shape = join(shapes)
    n = len(shape.faces)
    return Mesh(
        name=name,
        kind="backdrop",
        vertices_m=shape.vertices.astype(np.float32),
        faces=shape.faces.astype(np.int32),
        uv=shape.uv.astype(np.float32),
        material_of_face=shape.material.astype(np.int16),
        part_of_face=np.full(n, PART["none"], dtype=np.int16),
        surface_of_face=np.full(n, SURFACE[kind], dtype=np.int16),
        materials=tuple(
            surface_material(s, FULL_PX if n in WIDE else FULL_PX // 2) for n, s in zip(names, surfaces, strict=True)
        ),
        weights=None,
        transforms=np.eye(3, 4, dtype=np.float32)[None, None],
        smooth=smooth,
    )


def _scaled(piece: Piece, spec: SurfaceSpec, index: int) -> Shape:
    return painted(replace(piece.shape, uv=piece.shape.uv / spec.scale_m), index)


def disc(center: Array, radii: Sequence[float], z: float, segments: int = 24) -> Shape:
    """Level rings round `center` (2,) out to the last radius, facing up; uv are the world's x and y in metres."""
    angles = 2 * np.pi * np.arange(segments) / segments
    ring = np.stack([np.cos(angles), np.sin(angles)], -1)
    xy = np.concatenate([center[None], *(center + r * ring for r in radii)])
    k = np.arange(segments)
    nxt = (k + 1) % segments
    faces = [np.stack([np.zeros(segments, dtype=int), 1 + k, 1 + nxt], -1)]
    for level in range(len(radii) - 1):
        inner, outer = 1 + level * segments, 1 + (level + 1) * segments
        faces.append(np.stack([inner + k, outer + k, outer + nxt], -1))
        faces.append(np.stack([inner + k, outer + nxt, inner + nxt], -1))
    triangles = np.concatenate(faces)
    vertices = np.concatenate([xy, np.full((len(xy), 1), z)], axis=1)
    return Shape(vertices, triangles, xy[triangles], np.zeros(len(triangles), dtype=int))
