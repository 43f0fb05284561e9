"""Smooth edges in the picture of what stands still, without shading a pixel twice."""

from __future__ import annotations

import numpy as np

from ..values import Array
from .kernel import inlined, kernel
from .still import Still, over

_SPOTS = np.array([(-0.125, -0.375), (0.375, -0.125), (0.125, 0.375), (-0.375, 0.125)], np.float32)
"""Places in a pixel, from its centre, at which its edges are looked for."""

_STEPS = ((0, 0), (0, -1), (0, 1), (-1, 0), (1, 0), (-1, -1), (-1, 1), (1, -1), (1, 1))


@inlined
def _around(seen: Array, x: int, y: int, faces: Array, places: Array) -> int:
    """Fill faces and places (9,) with the different faces seen around a pixel and one pixel of each; returns how many."""
    count = 0
    for turn in range(9):
        row, column = y + _STEPS[turn][0], x + _STEPS[turn][1]
        f, known = seen[row, column], False
        for k in range(count):
            known |= faces[k] == f
        if not known:
            faces[count], places[count], count = f, row * seen.shape[1] + column, count + 1
    return count


@inlined
def _nearest(planes: Array, faces: Array, places: Array, u: np.float32, v: np.float32) -> int:
    """The place of the nearest of some faces that lies over (u, v); of the sky, or the first, where none does."""
    best, nearest, zero = places[0], np.float32(0.0), np.float32(0.0)
    for k in range(faces.shape[0]):
        f = faces[k]
        if f < 0:
            best = places[k] if nearest == zero else best
            continue
        q = over(planes, f, 9, u, v)
        inside = (over(planes, f, 0, u, v) >= zero) & (over(planes, f, 3, u, v) >= zero)
        if inside and q > nearest and over(planes, f, 6, u, v) >= zero:
            best, nearest = places[k], q
    return best


@kernel
def _smooth(seen: Array, group: Array, planes: Array, spots: Array, image: Array, pixel: Array, color: Array) -> int:
    """Mix the colours of neighbours where an edge passes; fills pixel (N,) and color (N, 3), returns how many.

    At each spot of such a pixel the nearest of the faces seen around it shows, in the colour it has there.
    """
    height, width = seen.shape
    count, zero, half = 0, np.float32(0.0), np.float32(0.5)
    per = np.float32(1.0) / np.float32(spots.shape[0])
    faces, places = np.empty(9, np.int32), np.empty(9, np.int64)
    for y in range(1, height - 1):
        for x in range(1, width - 1):
            g = group[seen[y, x]]
            if (
                group[seen[y, x - 1]] == g
                and group[seen[y, x + 1]] == g
                and group[seen[y - 1, x]] == g
                and group[seen[y + 1, x]] == g
            ):
                continue
            near = _around(seen, x, y, faces, places)
            pixel[count] = y * width + x
            color[count, 0] = color[count, 1] = color[count, 2] = zero
            for spot in range(spots.shape[0]):
                u, v = np.float32(x) + half + spots[spot, 0], np.float32(y) + half + spots[spot, 1]
                best = _nearest(planes, faces[:near], places, u, v)
                for c in range(3):
                    color[count, c] += per * image[best, c]
            count += 1
    return count


@kernel
def _put(pixel: Array, color: Array, image: Array) -> None:
    for n in range(pixel.shape[0]):
        for c in range(3):
            image[pixel[n], c] = color[n, c]


def _planes_apart(still: Still) -> Array:
    """(F + 1,) int32: a number for each plane of one material (a rounded thing is one), and -1 for none."""
    normal = np.where(still.smooth[:, None], 0.0, still.normals)
    offset = (normal * still.vertices[still.faces[:, 0]]).sum(axis=1, keepdims=True)
    rows = np.round(np.concatenate([still.material[:, None], 50 * normal, 100 * offset], axis=1))
    _, number = np.unique(rows, axis=0, return_inverse=True)
    return np.append(number.ravel(), -1).astype(np.int32)


class Edges:
    """Where faces of what stands still meet at an angle, in another material or at another depth, and their colours."""

    def __init__(self, still: Still) -> None:
        self._group = _planes_apart(still)
        n_pixels = still.canvas.seen.size
        self._pixel, self._color = np.empty(n_pixels, np.int32), np.empty((n_pixels, 3), np.float32)

    def smooth(self, still: Still, image: Array) -> None:
        """Mix the colours of image (H * W, 3) float32 where edges pass."""
        count = _smooth(still.canvas.seen, self._group, still.planes, _SPOTS, image, self._pixel, self._color)
        _put(self._pixel[:count], self._color[:count], image)
