"""The picture of what stands still in square patches of one surface, over which light changes evenly but for shadows.

Light is worked out at the corners of patches. Where surfaces meet, pixel by pixel of a small square: those of the same
surface share one pixel's light.
"""

from __future__ import annotations

import numpy as np

from ...values import Array
from ..kernel import inlined, kernel
from ..still import Still, number

LARGE, SMALL = 8, 4
"""Sides of the patches in pixels. A patch shares its corners with the next ones, so it looks a pixel further."""


@inlined
def _uniform(surface: Array, y: int, x: int, size: int) -> bool:
    """Whether one surface fills a patch at (y, x), up to the first pixels of the next."""
    s, same = surface[y, x], True
    for row in range(y, min(y + size + 1, surface.shape[0])):
        for column in range(x, min(x + size + 1, surface.shape[1])):
            same &= surface[row, column] == s
        if not same:
            return False
    return same


@inlined
def _loosen(surface: Array, y: int, x: int, count: int, loose: Array, like: Array) -> int:
    """Append the pixels of a small square to `loose`, and the first one there of the same surface to `like`."""
    width, first = surface.shape[1], count
    for row in range(y, min(y + SMALL, surface.shape[0])):
        for column in range(x, min(x + SMALL, width)):
            s = surface[row, column]
            if s < 0:
                continue
            n = row * width + column
            loose[count], like[count] = n, n
            for k in range(first, count):
                if surface[loose[k] // width, loose[k] % width] == s:
                    like[count] = loose[k]
                    break
            count += 1
    return count


@kernel
def _divide(
    surface: Array, alike: Array, large: Array, small: Array, loose: Array, like: Array
) -> tuple[int, int, int]:  # fmt: skip
    """Divide a picture of surface numbers (H, W), -1 for the sky: see `Patches`; returns how many there are of each.

    alike (H, W) the same for the pixels of small squares.
    """
    height, width = surface.shape
    n_large = n_small = n_loose = 0
    for y in range(0, height, LARGE):
        for x in range(0, width, LARGE):
            if _uniform(surface, y, x, LARGE):
                large[n_large, 0], large[n_large, 1] = y, x
                n_large += surface[y, x] >= 0
                continue
            for turn in range(4):
                top, left = y + SMALL * (turn // 2), x + SMALL * (turn % 2)
                if top >= height or left >= width:
                    continue
                if _uniform(surface, top, left, SMALL):
                    small[n_small, 0], small[n_small, 1] = top, left
                    n_small += surface[top, left] >= 0
                else:
                    n_loose = _loosen(alike, top, left, n_loose, loose, like)
    return n_large, n_small, n_loose


class Patches:
    """Patches `large` and `small` (N, 2) int32 (row, column), and pixels `loose` (M,) with the one that each is `like`.

    All number pixels row by row; the sky is in none of them.
    """

    def __init__(self, width: int, height: int) -> None:
        across, down = -(-width // LARGE), -(-height // LARGE)
        self._large = np.empty((across * down + 1, 2), np.int32)
        self._small = np.empty((4 * across * down + 1, 2), np.int32)
        self._surface, self._alike = (np.empty((height, width), np.int32) for _ in range(2))
        self._loose, self._like = (np.empty(width * height, np.int32) for _ in range(2))

    def divide(self, still: Still) -> None:
        """Divide what a camera sees."""
        number(still.patches, still.canvas.seen, self._surface)
        number(still.alike, still.canvas.seen, self._alike)
        counts = _divide(self._surface, self._alike, self._large, self._small, self._loose, self._like)
        self.large, self.small = self._large[: counts[0]], self._small[: counts[1]]
        self.loose, self.like = self._loose[: counts[2]], self._like[: counts[2]]
