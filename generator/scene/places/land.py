"""What the land does: ground that rises and falls further out, the line of trees, hills behind, each paler than the last."""

from __future__ import annotations

import numpy as np

from ...props.shapes import Shape
from ...values import Array
from ..scenery import Piece
from .plot import Plot

FAR_M = 420.0
SEGMENTS = 72


def terrain(plot: Plot, name: str, rise_m: float = 1.2, z: float = 0.0) -> list[Piece]:
    """Ground in rings out to FAR_M, level as far as performance and cameras go, then rolling; paler with distance."""
    start = plot.reach + 2.5
    radii = np.concatenate([[0.35, 0.7, 1.0], np.array([start + d for d in (4, 9, 16, 28, 48, 80, 140, 240)]) / start]) * start
    radii = np.append(radii, max(FAR_M, radii[-1] + 100.0))
    rings = [(0, 5, name), (5, 8, f"{name}~0.12"), (8, 11, f"{name}~0.4")]
    angles = 2 * np.pi * np.arange(SEGMENTS) / SEGMENTS
    xy = plot.center + radii[:, None, None] * np.stack([np.cos(angles), np.sin(angles)], -1)
    height = z + rise_m * np.clip((radii - start) / 30.0, 0.0, 4.0)[:, None] * _waves(plot, xy)
    points = np.concatenate([xy, height[..., None]], -1)
    middle = np.broadcast_to(np.array([*plot.center, z]), (1, SEGMENTS, 3))
    points = np.concatenate([middle, points])
    return [Piece(_rings(points[a : b + 2 if b == 11 else b + 1]), surface) for a, b, surface in rings]


def _waves(plot: Plot, xy: Array) -> Array:
    """(...) smooth heights of about -0.4 to 1 at places (..., 2) of the world."""
    p = plot.numbers("waves", 4, (0.6, 1.6), (0.0, 6.28), (0.0, 6.28), (14.0, 60.0))
    total = sum(np.sin(2 * np.pi * ((xy @ [np.cos(b), np.sin(b)]) / w) + c) * a for a, b, c, w in p)
    return np.asarray(0.25 * total + 0.25)


def _rings(points: Array) -> Shape:
    """Rings (R, S, 3) joined by triangles that face up; uv are the world's x and y in metres."""
    rows, columns = points.shape[:2]
    i, j = (k.ravel() for k in np.meshgrid(np.arange(rows - 1), np.arange(columns), indexing="ij"))
    a, b = i * columns + j, i * columns + (j + 1) % columns
    c, d = b + columns, a + columns
    faces = np.concatenate([np.stack([a, d, c], -1), np.stack([a, c, b], -1)])
    flat = points.reshape(-1, 3)
    corners = flat[faces]
    keep = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1) > 1e-9
    faces = faces[keep]
    return Shape(flat, faces, flat[faces][..., :2], np.zeros(len(faces), dtype=int))


def hills(plot: Plot, key: str, name: str, distance_m: float, high_m: float) -> list[Piece]:
    """Hills all round, in the parts that are seen: some high, some hardly any."""
    angles = np.linspace(0.0, 2 * np.pi, 241)
    waves = plot.numbers(key, 24, (0.0, 6.28))[:, 0]
    slow = sum(np.sin(k * angles + waves[k - 1]) / k**0.9 for k in range(1, 25)) / 2.4
    return _against_sky(plot, angles, high_m * np.clip(0.42 + 0.5 * slow, 0.03, 1.2), distance_m, 2.5, name, smooth=True)


def wood(plot: Plot, key: str, name: str, distance_m: float, low_m: float, high_m: float) -> list[Piece]:
    """The edge of a wood all round: one round crown beside the other, in the parts that are seen."""
    n = int(2 * np.pi * (plot.reach + distance_m) / (0.55 * high_m))
    angles = np.linspace(0.0, 2 * np.pi, min(8 * n, 960) + 1)
    rolls = plot.numbers(key, n, (-0.35, 0.35), (low_m, high_m), (0.7, 1.5))
    middle = (np.arange(n) + rolls[:, 0]) * 2 * np.pi / n
    apart = np.abs((angles[:, None] - middle + np.pi) % (2 * np.pi) - np.pi) / (rolls[:, 2] * 2 * np.pi / n)
    top = (rolls[:, 1] * (0.5 + 0.5 * np.sqrt(np.maximum(1.0 - apart**2, 0.0)))).max(axis=1, initial=0.0)
    fine = plot.numbers(f"{key} tops", len(angles), (-0.06, 0.06))[:, 0]
    fine[-1] = fine[0]
    return _against_sky(plot, angles, top * (1.0 + fine), distance_m, 0.3, name, smooth=False)


def _against_sky(
    plot: Plot, angles: Array, top: Array, distance_m: float, lean: float, name: str, *, smooth: bool
) -> list[Piece]:
    """An uneven strip round the plot, `top` (N,) m high at angles (N,): as far back at its crest as it `lean`s, bulging
    between."""
    bend = plot.numbers(f"{name} bend", 1, (0.0, 6.28))[0, 0]
    radius = (plot.reach + distance_m) * (1.0 + 0.12 * np.sin(2 * angles + bend))
    round_ = np.stack([np.cos(angles), np.sin(angles)], -1)
    foot = np.concatenate([plot.center + radius[:, None] * round_, np.full((len(angles), 1), -3.0)], axis=1)
    crest = foot + np.concatenate([(lean * top)[:, None] * round_, (top + 3.0)[:, None]], axis=1)
    belly = 0.5 * (foot + crest) + np.stack([0 * angles, 0 * angles, 0.12 * top], -1)
    pieces = []
    for k in range(0, len(angles) - 1, 6):
        part = np.arange(k, min(k + 7, len(angles)))
        strip = np.stack([foot[part], belly[part], crest[part]])
        if plot.view.sees(strip.reshape(-1, 3)):
            along = np.stack([radius[part] * angles[part]] * 3), np.stack([0 * top[part], 0.5 * top[part], top[part]])
            pieces.append(Piece(_strip(strip, *along), name, smooth))
    return pieces


def _strip(points: Array, u: Array, v: Array) -> Shape:
    """Rows (R, N, 3) from low to high joined by triangles facing inward (rows run counter-clockwise round the viewer)."""
    rows, columns = points.shape[:2]
    i, j = (k.ravel() for k in np.meshgrid(np.arange(rows - 1), np.arange(columns - 1), indexing="ij"))
    a, b = i * columns + j, i * columns + j + 1
    faces = np.concatenate([np.stack([b, a, a + columns], -1), np.stack([b, a + columns, b + columns], -1)])
    laid = np.stack([u.ravel(), v.ravel()], -1)
    return Shape(points.reshape(-1, 3), faces, laid[faces], np.zeros(len(faces), dtype=int))


def path(plot: Plot, name: str, width_m: float, side_m: float, z: float = 0.006) -> Piece:
    """A path along the place's x axis that winds a little, `side_m` beside the middle, out to 60 m each way."""
    x = np.linspace(-60.0, 60.0, 49)
    p = plot.numbers("path", 1, (0.0, 6.28), (12.0, 30.0), (0.2, 1.4), (0.0, 6.28))[0]
    fade = np.clip(np.abs(x) / 20.0, 0.15, 1.0)
    y = side_m + fade * p[2] * np.sin(x / p[1] * 2 + p[0])
    wobble = 0.12 * np.stack([np.sin(3.1 * x + p[3]), np.sin(2.3 * x + p[0])])
    edges = np.stack([y - 0.5 * width_m + wobble[0], y + 0.5 * width_m + wobble[1]])
    points = np.stack([np.stack([x, edge, np.full_like(x, z)], -1) for edge in edges])
    c, s = np.cos(plot.yaw), np.sin(plot.yaw)
    turned = points @ np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]]) + np.array([*plot.center, 0.0])
    rows = _strip(turned, np.stack([x, x]), edges)
    return Piece(Shape(rows.vertices, rows.faces[:, ::-1], rows.uv[:, ::-1], rows.material), name)


def patches(plot: Plot, key: str, name: str, n: int, span_m: float, size_m: tuple[float, float], z: float = 0.004,
            on_land: bool = True) -> list[Piece]:  # fmt: skip
    """Irregular stains and bare spots on level ground, within `span_m` of the middle: of `terrain`'s surface, or of
    `Plot.level`'s."""
    rows = plot.numbers(key, n, (-span_m, span_m), (-span_m, span_m), size_m, (0.0, 6.28))
    angles = 2 * np.pi * np.arange(11) / 11
    out = []
    for k, (x, y, size, phase) in enumerate(rows):
        radius = size * (
            0.75 + 0.25 * np.sin(2 * angles + phase) + 0.18 * np.sin(3 * angles + 2 * phase) + 0.1 * np.sin(5 * angles)
        )
        around = np.stack([x + radius * np.cos(angles), y + radius * np.sin(angles)], -1)
        own = np.concatenate([[[x, y]], around])
        flat = np.array([plot.world(p) for p in own])
        i = np.arange(11)
        faces = np.stack([0 * i, 1 + i, 1 + (i + 1) % 11], -1)
        points = np.concatenate([flat, np.full((12, 1), z + 0.0004 * k)], axis=1)
        out.append(Piece(Shape(points, faces, (flat if on_land else own)[faces], 0 * i), name))
    return out
