"""Smooth noise out of an integer hash: the same picture for the same seed on every machine, and nothing is drawn."""

from __future__ import annotations

import cv2
import numpy as np

from ..values import Array


def hashed(seed: int, *coordinates: Array) -> Array:
    """Numbers in [0, 1) for integer lattice points, after the finaliser of MurmurHash3 (public domain)."""
    value = np.uint32((seed * 0x9E3779B1 + 0x7F4A7C15) & 0xFFFFFFFF)
    state = np.full(np.broadcast_shapes(*(c.shape for c in coordinates)), value, dtype=np.uint32)
    for coordinate in coordinates:
        state = state ^ (coordinate.astype(np.int64) & 0xFFFFFFFF).astype(np.uint32)
        state = (state ^ (state >> np.uint32(16))) * np.uint32(0x85EBCA6B)
        state = (state ^ (state >> np.uint32(13))) * np.uint32(0xC2B2AE35)
        state = state ^ (state >> np.uint32(16))
    return state.astype(np.float64) / 2.0**32


def tile(size_px: int, cells: tuple[int, int], seed: int) -> Array:
    """(size, size) float32 in [0, 1): value noise with (rows, columns) cells that repeats without a seam."""
    rows, columns = np.meshgrid(np.arange(cells[0]), np.arange(cells[1]), indexing="ij")
    lattice = np.pad(hashed(seed, rows, columns).astype(np.float32), 2, mode="wrap")
    sy, sx = size_px / cells[0], size_px / cells[1]
    y, x = np.meshgrid(np.arange(size_px), np.arange(size_px), indexing="ij")
    map_x, map_y = (x / sx + 2).astype(np.float32), (y / sy + 2).astype(np.float32)
    return np.clip(cv2.remap(lattice, map_x, map_y, cv2.INTER_CUBIC), 0.0, 1.0)


def solid(points: Array, seed: int) -> Array:
    """Value noise (N,) float32 in [0, 1) at points (N, 3) of space, one lattice cell per unit."""
    base = np.floor(points).astype(np.int64)
    t = (points - base).astype(np.float32)
    t = t * t * (3.0 - 2.0 * t)
    total = np.zeros(len(points), np.float32)
    for corner in range(8):
        step = np.array([corner & 1, corner >> 1 & 1, corner >> 2 & 1])
        weight = np.prod(np.where(step == 1, t, 1.0 - t), axis=1)
        total += weight * hashed(seed, *(base + step).T).astype(np.float32)
    return total
