"""Tileable noise from an integer hash, and the painters of the small pictures (uint8 sRGB) that props wear."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..base.mixing import LOWBIAS32, mixed, unit, words
from ..values import Array, Rgb


def hashed(x: Array, y: Array, seed: int) -> Array:
    """Numbers in [0, 1) that depend on integer coordinates only."""
    start = np.uint32(((seed % 65521) * 0xC2B2AE3D + 0x27D4EB2F) & 0xFFFFFFFF)
    return unit(mixed(words(x) * np.uint32(0x9E3779B1) + words(y) * np.uint32(0x85EBCA77) + start, LOWBIAS32))


def noise(size: int, cells: int, seed: int, cells_y: int | None = None) -> Array:
    """(size, size) smooth value noise in [0, 1] with `cells` lattice cells across (`cells_y` down); it tiles."""
    cells_y = cells if cells_y is None else cells_y
    x, y = np.meshgrid(np.arange(cells), np.arange(cells_y))
    across = _eased(hashed(x, y, seed), size)
    return np.ascontiguousarray(_eased(across.T, size).T)


def _eased(rows: Array, size: int) -> Array:
    """Periodic rows (M, C) smoothly interpolated to (M, size)."""
    cells = rows.shape[1]
    at = (np.arange(size) + 0.5) / size * cells
    left = np.floor(at).astype(np.int64)
    f = at - left
    f = f * f * (3 - 2 * f)
    return rows[:, left % cells] * (1 - f) + rows[:, (left + 1) % cells] * f


def fractal(size: int, cells: int, seed: int, octaves: int = 4, cells_y: int | None = None) -> Array:
    """(size, size) sum of noises, each half the size and 0.55 the weight of the last, in [0, 1]; it tiles."""
    total, weight, out = 0.0, 1.0, np.zeros((size, size))
    for k in range(octaves):
        grow = 2**k
        out += weight * noise(size, cells * grow, seed + 101 * k, None if cells_y is None else cells_y * grow)
        total += weight
        weight *= 0.55
    return out / total


def to_uint8(picture: Array) -> Array:
    """sRGB in [0, 1] to uint8."""
    return np.round(np.clip(picture, 0.0, 1.0) * 255.0).astype(np.uint8)


def blend(a: Rgb | Array, b: Rgb | Array, share: Array) -> Array:
    """a + (b - a) * share, share (H, W) in [0, 1], colours sRGB."""
    first, second = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    return first + (second - first) * np.clip(share, 0.0, 1.0)[..., None]


def plain(color: Rgb) -> Array:
    """(4, 4, 3) uint8 of one colour."""
    return to_uint8(np.broadcast_to(np.asarray(color, dtype=float), (4, 4, 3)))


def speckled(color: Rgb, amount: float, seed: int, size: int = 64) -> Array:
    """One colour with fine grain: cloth, cardboard, foam."""
    grain = fractal(size, 16, seed, 3) - 0.5
    return to_uint8(np.asarray(color)[None, None] + 2 * amount * grain[..., None])


def wooden(color: Rgb, seed: int, size: int = 128) -> Array:
    """Wood grain running along v."""
    rings = fractal(size, 4, seed, 3, cells_y=1)
    fibre = fractal(size, 32, seed + 7, 2, cells_y=2)
    tone = 0.72 + 0.28 * np.sin(rings * 26.0) * 0.5 + 0.35 * (fibre - 0.5)
    return to_uint8(np.asarray(color)[None, None] * tone[..., None] * 1.15)


def _seam(u: Array, v: Array) -> Array:
    return np.abs(v - 0.5 - 0.22 * np.sin(2 * np.pi * u)) < 0.025


def _panels(u: Array, v: Array) -> Array:
    return (np.abs((u * 3) % 1 - 0.5) > 0.46) | (np.abs((v * 5) % 1 - 0.5) > 0.46)


def _patches(u: Array, v: Array) -> Array:
    return (np.floor(u * 3) % 3 + np.floor(v * 4) % 2) % 2 > 0.5


SKINS: dict[str, Callable[[Array, Array], Array]] = {"seam": _seam, "panels": _panels, "patches": _patches}
"""Skins of balls: where on (u, v), in [0, 1), the second colour is; u wraps twice round the ball."""


def stitched(color: Rgb, line: Rgb, skin: Callable[[Array, Array], Array], seed: int, size: int = 128) -> Array:
    """A ball's skin in two colours (one of SKINS), a little grainy."""
    at = (np.arange(size) + 0.5) / size
    u, v = np.meshgrid(at, at)
    grain = 0.05 * (noise(size, 32, seed) - 0.5)[..., None]
    return to_uint8(blend(color, line, skin(u, v).astype(float)) + grain)
