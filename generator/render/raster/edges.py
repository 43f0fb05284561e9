"""Smooth edges in the picture of what stands still, without shading a pixel twice."""

from __future__ import annotations

import numpy as np

from ...values import Array
from ..kernel import index, inlined, kernel, making_arrays
from ..still import Still, number, over

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
def _nearest(planes: Array, faces: Array, places: Array, count: int, u: np.float32, v: np.float32) -> int:
    """The place of the nearest of the first `count` faces that lies over (u, v); of the sky, or the first, where none does."""
    best, nearest, zero = places[0], np.float32(0.0), np.float32(0.0)
    for k in range(count):
        f = faces[k]
        if f < 0:
            best = places[k] if nearest == zero else best
            continue
        q = over(planes, f, 9, u, v)
        inside = (over(planes, f, 0, u, v) >= zero) & (over(planes, f, 3, u, v) >= zero)
        if inside and q > nearest and over(planes, f, 6, u, v) >= zero:
            best, nearest = places[k], q
    return best


@making_arrays
def _find(seen: Array, thing: Array, planes: Array, spots: Array, pixel: Array, source: Array) -> int:
    """Find the pixels where an edge passes; fills pixel (N,) and source (N, 4), returns how many.

    thing (H, W): a number for what is one surface. At each spot of such a pixel the nearest of the faces seen around it
    shows, in the colour that it has at the source.
    """
    height, width = seen.shape
    count, half = 0, np.float32(0.5)
    faces, places = np.empty(9, np.int32), np.empty(9, np.int64)
    for y in range(1, height - 1):
        for x in range(1, width - 1):
            g = thing[y, x]
            same = (thing[y, x - 1] == g) & (thing[y, x + 1] == g) & (thing[y - 1, x] == g) & (thing[y + 1, x] == g)
            if same:
                continue
            near = _around(seen, x, y, faces, places)
            pixel[count] = y * width + x
            for spot in range(spots.shape[0]):
                u, v = np.float32(x) + half + spots[spot, 0], np.float32(y) + half + spots[spot, 1]
                source[count, spot] = _nearest(planes, faces, places, near, u, v)
            count += 1
    return count


@kernel
def _mix(pixel: Array, source: Array, image: Array, color: Array) -> None:
    """Give some pixels of image (3, H * W) the mean colour of their sources; color (3, N) is room to work in."""
    per = np.float32(1.0 / 4)
    for c in range(3):
        for n in range(pixel.shape[0]):
            near = image[c, index(source[n, 0])] + image[c, index(source[n, 1])]
            color[c, n] = per * (near + image[c, index(source[n, 2])] + image[c, index(source[n, 3])])
        for n in range(pixel.shape[0]):
            image[c, index(pixel[n])] = color[c, n]


class Edges:
    """Where faces of what stands still meet at an angle, in another material or at another depth."""

    def __init__(self, width: int, height: int) -> None:
        n_pixels = width * height
        self._pixel, self._source = np.empty(n_pixels, np.int32), np.empty((n_pixels, len(_SPOTS)), np.int32)
        self._color, self._thing, self._count = np.empty((3, n_pixels), np.float32), np.empty((height, width), np.int32), 0

    def find(self, still: Still) -> None:
        """Look for the edges in what a camera sees."""
        number(still.things, still.canvas.seen, self._thing)
        self._count = _find(still.canvas.seen, self._thing, still.planes, _SPOTS, self._pixel, self._source)

    def smooth(self, image: Array) -> None:
        """Mix the colours of image (3, H, W) float32 where edges pass."""
        n = self._count
        _mix(self._pixel[:n], self._source[:n], image.reshape(3, -1), self._color)
