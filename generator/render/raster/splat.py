"""What casts shadows, drawn fast: faces of a few samples fill their box, which soft shadows don't tell from exact ones."""

from __future__ import annotations

import numpy as np

from ...values import Array
from ..kernel import index, inlined, kernel

BLUNT = 4
"""Faces whose box holds no more samples than this fill it."""


@kernel
def _place(vertices: Array, m: Array, near: np.float32, places: Array) -> None:
    """Fill places (V, 3) float32 with column, row (0 at the first sample) and nearness; -1 for that before the near plane."""
    one, half = np.float32(1.0), np.float32(0.5)
    for n in range(vertices.shape[0]):
        x, y, z = vertices[n, 0], vertices[n, 1], vertices[n, 2]
        depth = m[2, 0] * x + m[2, 1] * y + m[2, 2] * z + m[2, 3]
        q = one / max(depth, near)
        places[n, 0] = (m[0, 0] * x + m[0, 1] * y + m[0, 2] * z + m[0, 3]) * q - half
        places[n, 1] = (m[1, 0] * x + m[1, 1] * y + m[1, 2] * z + m[1, 3]) * q - half
        places[n, 2] = q if depth > near else -one


@inlined
def _exact(
    places: Array, i: int, j: int, k: int, x_lo: int, x_hi: int, y_lo: int, y_hi: int, nearness: Array
) -> None:  # fmt: skip
    """Draw a face into nearness, sample by sample of its box."""
    zero, x0, y0 = np.float32(0.0), places[i, 0], places[i, 1]
    ax, ay, bx, by = places[j, 0] - x0, places[j, 1] - y0, places[k, 0] - x0, places[k, 1] - y0
    det = ax * by - ay * bx
    if det == zero:
        return
    q, per = places[i, 2], np.float32(1.0) / det
    da, db = places[j, 2] - q, places[k, 2] - q
    ax, ay, bx, by = ax * per, ay * per, bx * per, by * per
    for y in range(y_lo, y_hi + 1):
        for x in range(x_lo, x_hi + 1):
            dx, dy = np.float32(x) - x0, np.float32(y) - y0
            a, b = dx * by - dy * bx, dy * ax - dx * ay
            inside = (a >= zero) & (b >= zero) & (a + b <= np.float32(1.0))
            near, old = q + a * da + b * db, nearness[y, x]
            nearness[y, x] = near if inside & (near > old) else old


@kernel
def _fill(places: Array, faces: Array, nearness: Array) -> None:
    """Raise nearness (P, P) to that of the faces over each sample; faces that reach before the near plane are left out."""
    third, zero = np.float32(1.0 / 3.0), np.float32(0.0)
    low, last = np.float32(-1.0), np.float32(nearness.shape[0])
    for f in range(faces.shape[0]):
        i, j, k = index(faces[f, 0]), index(faces[f, 1]), index(faces[f, 2])
        u0, u1, u2 = places[i, 0], places[j, 0], places[k, 0]
        x_lo = int(np.ceil(min(max(min(u0, u1, u2), zero), last)))
        x_hi = int(np.floor(max(min(max(u0, u1, u2), last - np.float32(1.0)), low)))
        v0, v1, v2 = places[i, 1], places[j, 1], places[k, 1]
        y_lo = int(np.ceil(min(max(min(v0, v1, v2), zero), last)))
        y_hi = int(np.floor(max(min(max(v0, v1, v2), last - np.float32(1.0)), low)))
        if (x_lo > x_hi) | (y_lo > y_hi) | (min(places[i, 2], places[j, 2], places[k, 2]) < zero):
            continue
        if (x_hi - x_lo + 1) * (y_hi - y_lo + 1) > BLUNT:
            _exact(places, i, j, k, x_lo, x_hi, y_lo, y_hi, nearness)
            continue
        q = (places[i, 2] + places[j, 2] + places[k, 2]) * third
        for y in range(y_lo, y_hi + 1):
            for x in range(x_lo, x_hi + 1):
                nearness[y, x] = max(nearness[y, x], q)


def splat(vertices: Array, faces: Array, matrix: Array, near_m: float, places: Array, nearness: Array) -> None:
    """Fill nearness (P, P) float32, 1 / depth and 0 for nothing, with faces (F, 3) over vertices (N, 3) float32.

    matrix (3, 4) float32 takes world points to pixels times depth; places (N, 3) float32 is room to work in.
    """
    nearness[:] = 0.0
    _place(vertices, matrix, np.float32(near_m), places)
    _fill(places, faces, nearness)
