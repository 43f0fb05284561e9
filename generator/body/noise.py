"""Smooth noise out of an integer hash: the same picture for the same seed on every machine, and nothing is drawn."""

from __future__ import annotations

import cv2
import numpy as np

from ..base.jit import numba
from ..base.mixing import MURMUR3, mixed, unit, words
from ..values import Array


def hashed(seed: int, *coordinates: Array) -> Array:
    """Numbers in [0, 1) for integer lattice points."""
    state = np.full(np.broadcast_shapes(*(c.shape for c in coordinates)), _start(seed))
    for coordinate in coordinates:
        state = mixed(state ^ words(coordinate), MURMUR3)
    return unit(state)


def _start(seed: int) -> np.uint32:
    return np.uint32((seed * 0x9E3779B1 + 0x7F4A7C15) & 0xFFFFFFFF)


def tile(size_px: int, cells: tuple[int, int], seed: int) -> Array:
    """(size, size) float32 in [0, 1): value noise with (rows, columns) cells that repeats without a seam."""
    rows, columns = np.meshgrid(np.arange(cells[0]), np.arange(cells[1]), indexing="ij")
    lattice = np.pad(hashed(seed, rows, columns).astype(np.float32), 2, mode="wrap")
    sy, sx = size_px / cells[0], size_px / cells[1]
    y, x = np.meshgrid(np.arange(size_px), np.arange(size_px), indexing="ij")
    map_x, map_y = (x / sx + 2).astype(np.float32), (y / sy + 2).astype(np.float32)
    return np.clip(cv2.remap(lattice, map_x, map_y, cv2.INTER_CUBIC), 0.0, 1.0)


@numba.njit(cache=True)
def _corner(seed: np.uint32, x: np.int64, y: np.int64, z: np.int64) -> np.float32:
    """`hashed` of one lattice point, compiled."""
    state = np.uint32(seed)
    for value in (x, y, z):
        state = np.uint32(state ^ np.uint32(value & 0xFFFFFFFF))
        state = np.uint32(np.uint64(state ^ (state >> np.uint32(16))) * np.uint64(0x85EBCA6B) & np.uint64(0xFFFFFFFF))
        state = np.uint32(np.uint64(state ^ (state >> np.uint32(13))) * np.uint64(0xC2B2AE35) & np.uint64(0xFFFFFFFF))
        state = np.uint32(state ^ (state >> np.uint32(16)))
    return np.float32(np.float64(state) / 2.0**32)


@numba.njit(cache=True)
def _solid(points: Array, seed: np.uint32, out: Array) -> None:
    for i in range(points.shape[0]):
        bx, by, bz = np.floor(points[i, 0]), np.floor(points[i, 1]), np.floor(points[i, 2])
        tx, ty, tz = points[i, 0] - bx, points[i, 1] - by, points[i, 2] - bz
        tx, ty, tz = tx * tx * (3.0 - 2.0 * tx), ty * ty * (3.0 - 2.0 * ty), tz * tz * (3.0 - 2.0 * tz)
        total = 0.0
        for k in range(8):
            dx, dy, dz = k & 1, k >> 1 & 1, k >> 2 & 1
            weight = (tx if dx else 1.0 - tx) * (ty if dy else 1.0 - ty) * (tz if dz else 1.0 - tz)
            total += weight * _corner(seed, np.int64(bx) + dx, np.int64(by) + dy, np.int64(bz) + dz)
        out[i] = total


def solid(points: Array, seed: int) -> Array:
    """Value noise (N,) float32 in [0, 1) at points (N, 3) of space, one lattice cell per unit."""
    out = np.empty(len(points), np.float32)
    _solid(np.ascontiguousarray(points, dtype=np.float64), _start(seed), out)
    return out
