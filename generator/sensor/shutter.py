"""Motion blur along the flow: what a picture would have been, had its shutter stood open for a while.

After McGuire, Hennessy, Bukowski and Osman, "A reconstruction filter for plausible motion blur" (I3D 2012): each pixel gathers
along the fastest motion in its neighbourhood; what is nearer and moves is smeared over what is behind it, and not the other way.
"""

from __future__ import annotations

import numpy as np

from ..render.kernel import index, inlined, kernel
from ..values import Array

LONGEST_SHARE = 1 / 16
"""Of the picture's height: no blur reaches further to either side."""

LEAST_PX = 0.4
"""Blur that reaches less far to either side isn't seen."""

ALIKE_PX = 0.5
"""Where the ways of all pixels around differ by no more, nothing moves before anything else."""

SOFT = 0.06
"""Share by which the nearness of two points must differ until the one is plainly in front of the other."""

LEAST_TILE_PX = 8

MOST_STEPS = 8
"""Samples to either side."""

U, V, LENGTH, NEARNESS = range(4)
"""Rows of `ways`: how far (px) a point moves to either side while the shutter is open, in x, in y and in all; 1 / depth."""

SPREAD = 3
"""Column of `tiles` after the furthest way's first three: how much other ways in the tile differ from it, px."""


@kernel
def _ways(flow: Array, depth: Array, factor: np.float32, longest: np.float32, ways: Array) -> float:
    """Fill ways (4, H, W), none longer than `longest`, and return the longest."""
    furthest, one = np.float32(0.0), np.float32(1.0)
    for y in range(flow.shape[0]):
        for x in range(flow.shape[1]):
            u, v = flow[y, x, 0] * factor, flow[y, x, 1] * factor
            length = np.sqrt(u * u + v * v)
            held = longest / length if length > longest else one
            ways[U, y, x], ways[V, y, x], ways[LENGTH, y, x] = u * held, v * held, length * held
            ways[NEARNESS, y, x] = one / depth[y, x]
            furthest = max(furthest, length * held)
    return float(furthest)


@kernel
def _tiles(ways: Array, side: int, tiles: Array) -> None:
    """Fill tiles (rows, columns, 4) with the furthest way in each square of `side` pixels, and how much others differ."""
    for r in range(tiles.shape[0]):
        for c in range(tiles.shape[1]):
            y1, x1 = min((r + 1) * side, ways.shape[1]), min((c + 1) * side, ways.shape[2])
            best, u, v, spread = np.float32(-1.0), np.float32(0.0), np.float32(0.0), np.float32(0.0)
            for y in range(r * side, y1):
                for x in range(c * side, x1):
                    if ways[LENGTH, y, x] > best:
                        u, v, best = ways[U, y, x], ways[V, y, x], ways[LENGTH, y, x]
            for y in range(r * side, y1):
                for x in range(c * side, x1):
                    spread = max(spread, max(abs(ways[U, y, x] - u), abs(ways[V, y, x] - v)))
            tiles[r, c, U], tiles[r, c, V], tiles[r, c, LENGTH], tiles[r, c, SPREAD] = u, v, best, spread


@inlined
def _beside(place: int, way: np.float32, size: int) -> int:
    """The row or column `way` px from another, held inside the picture."""
    return index(min(max(place + int(np.floor(way + np.float32(0.5))), 0), size - 1))


@inlined
def _average(light: Array, y: int, x: int, u: np.float32, v: np.float32, steps: int, out: Array) -> None:
    """Fill pixel (x, y) of out with the mean light along (u, v) px to either side."""
    r, g, b = light[0, y, x], light[1, y, x], light[2, y, x]
    for k in range(1, steps + 1):
        share = np.float32(k) / np.float32(steps)
        for way in (share, -share):
            qx, qy = _beside(x, u * way, light.shape[2]), _beside(y, v * way, light.shape[1])
            r += light[0, qy, qx]
            g += light[1, qy, qx]
            b += light[2, qy, qx]
    scale = np.float32(1.0) / np.float32(2 * steps + 1)
    out[0, y, x], out[1, y, x], out[2, y, x] = r * scale, g * scale, b * scale


@inlined
def _cylinder(share: np.float32) -> np.float32:
    """1 within the way, 0 beyond it; `share` of the way."""
    late = min(max((share - np.float32(0.95)) * np.float32(10.0), np.float32(0.0)), np.float32(1.0))
    return np.float32(1.0) - late * late * (np.float32(3.0) - np.float32(2.0) * late)


@inlined
def _gather(light: Array, ways: Array, y: int, x: int, u: np.float32, v: np.float32, steps: int, out: Array) -> None:
    """Fill pixel (x, y) of out with the light that crosses it along (u, v) px to either side."""
    zero, half, one, least = np.float32(0.0), np.float32(0.5), np.float32(1.0), np.float32(1e-3)
    near, reach = ways[NEARNESS, y, x], np.sqrt(u * u + v * v)
    per_own = reach / max(ways[LENGTH, y, x], least)
    total = one / max(ways[LENGTH, y, x], half)
    r, g, b = total * light[0, y, x], total * light[1, y, x], total * light[2, y, x]
    for k in range(1, steps + 1):
        share = np.float32(k) / np.float32(steps)
        own = share * per_own
        for way in (share, -share):
            qx, qy = _beside(x, u * way, light.shape[2]), _beside(y, v * way, light.shape[1])
            there, theirs = ways[NEARNESS, qy, qx], share * reach / max(ways[LENGTH, qy, qx], least)
            apart = (there - near) / (np.float32(2.0 * SOFT) * max(max(there, near), np.float32(1e-6)))
            front = min(max(half + apart, zero), one)  # how plainly the other one lies in front
            weight = front * max(one - theirs, zero) + (one - front) * max(one - own, zero)
            weight += np.float32(2.0) * _cylinder(theirs) * _cylinder(own)
            total += weight
            r += weight * light[0, qy, qx]
            g += weight * light[1, qy, qx]
            b += weight * light[2, qy, qx]
    out[0, y, x], out[1, y, x], out[2, y, x] = r / total, g / total, b / total


@inlined
def _around(tiles: Array, r: int, c: int) -> tuple[np.float32, np.float32, np.float32, bool]:
    """The furthest way, in x, y and in all, in a tile and those beside it, and whether all ways there are alike."""
    u, v, best = np.float32(0.0), np.float32(0.0), np.float32(-1.0)
    for i in range(max(r - 1, 0), min(r + 2, tiles.shape[0])):
        for j in range(max(c - 1, 0), min(c + 2, tiles.shape[1])):
            if tiles[i, j, LENGTH] > best:
                u, v, best = tiles[i, j, U], tiles[i, j, V], tiles[i, j, LENGTH]
    spread = np.float32(0.0)
    for i in range(max(r - 1, 0), min(r + 2, tiles.shape[0])):
        for j in range(max(c - 1, 0), min(c + 2, tiles.shape[1])):
            away = max(abs(tiles[i, j, U] - u), abs(tiles[i, j, V] - v))
            spread = max(spread, away + tiles[i, j, SPREAD])
    return u, v, best, bool(spread <= np.float32(ALIKE_PX))


@kernel
def _smear(light: Array, ways: Array, tiles: Array, side: int, out: Array) -> None:
    """Fill out (3, H, W) with the blurred light (3, H, W)."""
    for r in range(tiles.shape[0]):
        for c in range(tiles.shape[1]):
            u, v, best, alike = _around(tiles, r, c)
            steps = min(int(np.ceil(best)), MOST_STEPS)
            for y in range(r * side, min((r + 1) * side, light.shape[1])):
                for x in range(c * side, min((c + 1) * side, light.shape[2])):
                    if best < np.float32(LEAST_PX):
                        out[0, y, x], out[1, y, x], out[2, y, x] = light[0, y, x], light[1, y, x], light[2, y, x]
                    elif alike:
                        _average(light, y, x, u, v, steps, out)
                    else:
                        _gather(light, ways, y, x, u, v, steps, out)


class Shutter:
    """A shutter that is open for `open_share` of the time between two frames, for pictures of one size."""

    def __init__(self, open_share: float, width: int, height: int) -> None:
        self.longest = np.float32(max(1.0, LONGEST_SHARE * height))
        self.factor = np.float32(0.5 * open_share)
        self.ways = np.empty((4, height, width), np.float32)

    def blur(self, light: Array, flow: Array, depth: Array, out: Array) -> None:
        """Fill out (3, H, W) with light (3, H, W) float32 that moves by flow (H, W, 2) px a frame, at depth (H, W) m."""
        furthest = _ways(flow, depth, self.factor, self.longest, self.ways)
        side = max(LEAST_TILE_PX, int(np.ceil(furthest)))  # what crosses a pixel comes from its own tile or one beside it
        tiles = np.empty((-(-light.shape[1] // side), -(-light.shape[2] // side), 4), np.float32)
        _tiles(self.ways, side, tiles)
        _smear(light, self.ways, tiles, side, out)
