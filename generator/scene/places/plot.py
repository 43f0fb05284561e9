"""The plot of a place: axes of its own, what must stay clear, and how things are put there.

A place's parameters are `yaw_rad` and `variant`, which with a name gives numbers for any thing in it (`Plot.numbers`), and
those that its file documents. Which things stand there never depends on the camera, only which of them are left out.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ...props.shapes import moved, quad, turn
from ...props.textures import hashed
from ...values import Array, BackdropSpec, LampSpec, Rgb, SurfaceSpec
from ..scenery import Piece, Surroundings, number, static_mesh, surface
from ..view import View

CAMERA_GAP_M = 0.7
"""Walls stay so far from the camera."""

NEAR_M = 7.0
"""What stands this near to the performance counts even unseen: it throws shadows."""

LAMP_M, LAMP_LIGHT = 5.2, 1.0
"""Height of street lamps, and what each sends to the middle, W/m2: a power of P W is P / 4 W/sr along a lamp's axis."""

HAZE: Rgb = (0.68, 0.72, 0.76)
"""What colours turn to with distance, in daylight."""


@dataclass(frozen=True)
class Plot:
    """`center` (2,) m: the performance's middle, the origin of axes turned by `yaw`. low, high (2,): the box in these axes that
    holds performance and cameras; near_low, near_high the performance's alone."""

    spec: BackdropSpec
    view: View
    yaw: float
    center: Array
    low: Array
    high: Array
    near_low: Array
    near_high: Array

    @property
    def reach(self) -> float:
        """Radius round the centre that holds performance and cameras."""
        return float(np.linalg.norm(np.maximum(np.abs(self.low), np.abs(self.high))))

    def number(self, name: str, otherwise: float | None = None) -> float:
        """A parameter of the place."""
        return number(self.spec, name, otherwise)

    def numbers(self, name: str, n: int, *ranges: tuple[float, float]) -> Array:
        """(n, ranges) numbers, evenly spread over the ranges: a function of the place's variant, the name and n's index."""
        seed = zlib.crc32(name.encode()) % 9973 + 10007 * int(self.number("variant", 0.0))
        rows, columns = np.meshgrid(np.arange(n), np.arange(len(ranges)), indexing="ij")
        low, high = np.array(ranges).T
        return np.asarray(low + (high - low) * hashed(rows, columns, seed).reshape(n, len(ranges)))

    def with_derived(self, pieces: Sequence[Piece]) -> BackdropSpec:
        """The spec, with surfaces that pieces derive from its own: "NAME~SHARE" is NAME through that share of haze,
        "NAME*FACTOR" as
        much darker or paler."""
        spec = self.spec
        derived = {name: _derived(spec, name) for name in {p.surface for p in pieces} - set(spec.surfaces)}
        return replace(spec, surfaces={**spec.surfaces, **derived})

    def world(self, at: Sequence[float] | Array) -> Array:
        """(2,) m of the world from (2,) of the place."""
        return np.asarray(self.center + turn("z", self.yaw)[:2, :2] @ np.asarray(at, dtype=float))

    def stand(
        self, pieces: Iterable[Piece], at: Sequence[float], yaw: float = 0.0, radius_m: float = 0.5, z: float = 0.0
    ) -> list[Piece]:
        """Pieces made round their origin, put at a place; none where they would be in the way, or are far off and never seen."""
        center = self.world(at)
        if not self.view.clear_of(center, radius_m):
            return []
        return self.lay(pieces, at, yaw, z)

    def lay(self, pieces: Iterable[Piece], at: Sequence[float] | Array, yaw: float = 0.0, z: float = 0.0) -> list[Piece]:
        """The same for what is in nobody's way."""
        center, rotation = self.world(at), turn("z", self.yaw + yaw)
        out = [Piece(moved(p.shape, (*center, z), rotation), p.surface, p.smooth) for p in pieces]
        near = float(np.linalg.norm(center - self.center)) < self.reach + NEAR_M
        return [p for p in out if near or self.view.sees(p.shape.vertices)]

    def level(self, low: Sequence[float], high: Sequence[float], z: float, name: str, cell_m: float = 6.0) -> Piece:
        """A level rectangle of the place in cells, facing up; its uv are the place's metres."""
        x = _cut(low[0], high[0], cell_m)
        y = _cut(low[1], high[1], cell_m)
        i, j = (k.ravel() for k in np.meshgrid(np.arange(len(x) - 1), np.arange(len(y) - 1), indexing="ij"))
        grid = np.stack([*(k.ravel() for k in np.meshgrid(x, y, indexing="ij")), np.zeros(len(x) * len(y))], -1)
        a, b, c, d = i * len(y) + j, (i + 1) * len(y) + j, (i + 1) * len(y) + j + 1, i * len(y) + j + 1
        faces = np.concatenate([np.stack([a, b, c], -1), np.stack([a, c, d], -1)])
        shape = replace(quad(np.zeros((4, 3))), vertices=grid, faces=faces, uv=grid[faces][..., :2], material=0 * faces[:, 0])
        return Piece(moved(shape, (*self.center, z), turn("z", self.yaw)), name)


def _cut(low: float, high: float, cell_m: float) -> Array:
    """Edges of cells from low to high: small ones near 0, each outward half as large again."""
    steps = cell_m * np.cumsum(np.concatenate([[0.5], 1.5 ** np.arange(12)]))
    inside = np.concatenate([-steps[::-1], steps])
    return np.concatenate([[low], inside[(inside > low + 0.2) & (inside < high - 0.2)], [high]])


def plot_of(spec: BackdropSpec, view: View) -> Plot:
    """The plot of a place, round performance and cameras."""
    yaw, center = number(spec, "yaw_rad", 0.0), 0.5 * (view.low[:2] + view.high[:2])
    axes = turn("z", yaw)[:2, :2]
    corners = np.array([[x, y] for x in (view.low[0], view.high[0]) for y in (view.low[1], view.high[1])])
    near, cameras = (corners - center) @ axes, (view.positions[:, :2] - center) @ axes
    low = np.minimum(near.min(axis=0), cameras.min(axis=0) - CAMERA_GAP_M)
    high = np.maximum(near.max(axis=0), cameras.max(axis=0) + CAMERA_GAP_M)
    return Plot(spec, view, yaw, center, low, high, near.min(axis=0), near.max(axis=0))


def put_together(plot: Plot, ground: Sequence[Piece], standing: Sequence[Piece],
                 lamps_at: Sequence[Sequence[float]] = ((-4.0, 3.5), (3.0, -5.0))) -> Surroundings:  # fmt: skip
    """Ground and things as static meshes under the sky; by night lamps shine from `lamps_at`."""
    spec = plot.with_derived([*ground, *standing])
    groups = (
        ("ground", ground, "ground", True),
        ("things", [p for p in standing if not p.smooth], "backdrop", False),
        ("round", [p for p in standing if p.smooth], "backdrop", True),
    )
    meshes = tuple(static_mesh(spec, name, group, kind, smooth=smooth) for name, group, kind, smooth in groups if group)
    return Surroundings(meshes, under_sky=True, night_lamps=tuple(_lamp(plot, at) for at in lamps_at))


def _lamp(plot: Plot, at: Sequence[float]) -> LampSpec:
    """A street lamp, which lights the middle as much from far as from near."""
    x, y = plot.world(at)
    distance2 = float(np.sum(np.square(at))) + LAMP_M**2
    return LampSpec((float(x), float(y), LAMP_M), 0.5, min(4.0 * LAMP_LIGHT * distance2, 900.0), (1.0, 0.88, 0.7))


def _derived(spec: BackdropSpec, name: str) -> SurfaceSpec:
    """One surface derived from another; UserError where there is no such other."""
    base, mark, value = name.partition("~") if "~" in name else name.partition("*")
    own = surface(spec, base)
    if mark == "~":
        share = float(value)
        colors = tuple(_mixed(color, HAZE, share) for color in own.colors)
        return replace(own, colors=colors, scale_m=own.scale_m * (1.0 + 8.0 * share), roughness=0.95)
    return replace(own, colors=tuple(_mixed(color, (0.0, 0.0, 0.0), 1.0 - float(value)) for color in own.colors))


def _mixed(a: Rgb, b: Rgb, share: float) -> Rgb:
    r, g, b_ = (float(np.clip(p + (q - p) * share, 0.0, 1.0)) for p, q in zip(a, b, strict=True))
    return r, g, b_
