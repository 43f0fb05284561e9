"""Which face is seen at every sample of an image: an exact visibility buffer in numba.

Rasterisation in homogeneous coordinates (Olano and Greer 1997): with P = K X the edge function of side (j, k) at the
ray (u, v, 1) is (P_j x P_k) . (u, v, 1). It needs no clipping, so faces that reach behind the camera come out right;
only the rectangle to search is found from the part in front of it.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from ..values import Array

NEAR_M = 0.01
"""Nothing nearer to the camera than this is seen."""


@njit(cache=True, nogil=True)
def project(vertices: Array, K: Array, pose: Array, points: Array) -> None:
    """Fill points (V, 5) float64 with (x, y, z, u, v): P = K T X in px m, and its pixel position where z > 0.

    vertices (V, 3) float32 world; K (3, 3); pose (3 or 4, 4) world to camera.
    """
    m = np.empty((3, 4))
    for i in range(3):
        for j in range(4):
            m[i, j] = K[i, 0] * pose[0, j] + K[i, 1] * pose[1, j] + K[i, 2] * pose[2, j]
    for v in range(vertices.shape[0]):
        x, y, z = np.float64(vertices[v, 0]), np.float64(vertices[v, 1]), np.float64(vertices[v, 2])
        points[v, 0] = m[0, 0] * x + m[0, 1] * y + m[0, 2] * z + m[0, 3]
        points[v, 1] = m[1, 0] * x + m[1, 1] * y + m[1, 2] * z + m[1, 3]
        depth = m[2, 0] * x + m[2, 1] * y + m[2, 2] * z + m[2, 3]
        points[v, 2] = depth
        if depth > 0.0:
            points[v, 3] = points[v, 0] / depth
            points[v, 4] = points[v, 1] / depth


@njit(cache=True, nogil=True)
def _bounds(points: Array, i: int, j: int, k: int, near: float) -> tuple[float, float, float, float]:
    """u_min, u_max, v_min, v_max (px) of the part of a face beyond the near plane."""
    u_min, u_max, v_min, v_max = np.inf, -np.inf, np.inf, -np.inf
    corners = (i, j, k)
    for side in range(3):
        a, b = corners[side], corners[(side + 1) % 3]
        za, zb = points[a, 2], points[b, 2]
        if za > near:
            u_min, u_max = min(u_min, points[a, 3]), max(u_max, points[a, 3])
            v_min, v_max = min(v_min, points[a, 4]), max(v_max, points[a, 4])
        if (za > near) != (zb > near):
            s = (near - za) / (zb - za)
            u = (points[a, 0] + s * (points[b, 0] - points[a, 0])) / near
            v = (points[a, 1] + s * (points[b, 1] - points[a, 1])) / near
            u_min, u_max = min(u_min, u), max(u_max, u)
            v_min, v_max = min(v_min, v), max(v_max, v)
    return u_min, u_max, v_min, v_max


@njit(cache=True, nogil=True)
def _fill(
    points: Array, i: int, j: int, k: int, x_lo: int, x_hi: int, y_lo: int, y_hi: int,
    near: float, face: int, nearness: Array, seen: Array,
) -> None:  # fmt: skip
    """Write one face into the samples of a rectangle where it is the nearest so far."""
    x0, y0, z0 = points[i, 0], points[i, 1], points[i, 2]
    x1, y1, z1 = points[j, 0], points[j, 1], points[j, 2]
    x2, y2, z2 = points[k, 0], points[k, 1], points[k, 2]
    # Edge functions a u + b v + c; opposite directions of a shared side are exact negatives, so no sample falls between.
    a0, b0, c0 = y1 * z2 - z1 * y2, z1 * x2 - x1 * z2, x1 * y2 - y1 * x2
    a1, b1, c1 = y2 * z0 - z2 * y0, z2 * x0 - x2 * z0, x2 * y0 - y2 * x0
    a2, b2, c2 = y0 * z1 - z0 * y1, z0 * x1 - x0 * z1, x0 * y1 - y0 * x1
    det = x0 * a0 + y0 * b0 + z0 * c0
    if det == 0.0:
        return
    if det < 0.0:
        a0, b0, c0, a1, b1, c1 = -a0, -b0, -c0, -a1, -b1, -c1
        a2, b2, c2, det = -a2, -b2, -c2, -det
    wa, wb, wc = (a0 + a1 + a2) / det, (b0 + b1 + b2) / det, (c0 + c1 + c2) / det
    s0 = 1.0 / a0 if a0 != 0.0 else 0.0
    s1 = 1.0 / a1 if a1 != 0.0 else 0.0
    s2 = 1.0 / a2 if a2 != 0.0 else 0.0
    nearest = np.float32(1.0 / near)
    for y in range(y_lo, y_hi + 1):
        v = y + 0.5
        lo, hi = x_lo + 0.5, x_hi + 0.5
        e = b0 * v + c0
        if a0 > 0.0:
            lo = max(lo, -e * s0)
        elif a0 < 0.0:
            hi = min(hi, -e * s0)
        elif e < 0.0:
            continue
        e = b1 * v + c1
        if a1 > 0.0:
            lo = max(lo, -e * s1)
        elif a1 < 0.0:
            hi = min(hi, -e * s1)
        elif e < 0.0:
            continue
        e = b2 * v + c2
        if a2 > 0.0:
            lo = max(lo, -e * s2)
        elif a2 < 0.0:
            hi = min(hi, -e * s2)
        elif e < 0.0:
            continue
        if lo > hi:
            continue
        w = wb * v + wc
        for x in range(int(np.ceil(lo - 0.5)), int(np.floor(hi - 0.5)) + 1):
            q = np.float32(w + wa * (x + 0.5))
            if q > nearness[y, x] and q < nearest:
                nearness[y, x] = q
                seen[y, x] = face


@njit(cache=True, nogil=True)
def rasterize(points: Array, faces: Array, near: float, nearness: Array, seen: Array) -> None:
    """Draw all faces into nearness (H, W) float32 (1 / depth, 0 = nothing) and seen (H, W) int32 (face, -1 = none).

    points (V, 5) from `project`. Both buffers must be cleared (or hold what was drawn before, with its own numbers).
    Faces are two-sided; of two at the same depth the first drawn stays. Sample (x, y) lies at (x + 0.5, y + 0.5).
    """
    height, width = nearness.shape
    for f in range(faces.shape[0]):
        i, j, k = faces[f, 0], faces[f, 1], faces[f, 2]
        z0, z1, z2 = points[i, 2], points[j, 2], points[k, 2]
        if z0 > near and z1 > near and z2 > near:
            u_min = min(points[i, 3], points[j, 3], points[k, 3])
            u_max = max(points[i, 3], points[j, 3], points[k, 3])
            v_min = min(points[i, 4], points[j, 4], points[k, 4])
            v_max = max(points[i, 4], points[j, 4], points[k, 4])
        elif z0 > near or z1 > near or z2 > near:
            u_min, u_max, v_min, v_max = _bounds(points, i, j, k, near)
        else:
            continue
        if not (u_max >= 0.5 and v_max >= 0.5 and u_min <= width - 0.5 and v_min <= height - 0.5):
            continue
        x_lo, x_hi = int(np.ceil(max(u_min, 0.5) - 0.5)), int(np.floor(min(u_max, width - 0.5) - 0.5))
        y_lo, y_hi = int(np.ceil(max(v_min, 0.5) - 0.5)), int(np.floor(min(v_max, height - 0.5) - 0.5))
        if x_lo <= x_hi and y_lo <= y_hi:
            _fill(points, i, j, k, x_lo, x_hi, y_lo, y_hi, near, f, nearness, seen)
