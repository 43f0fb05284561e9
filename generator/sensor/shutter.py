"""Motion blur along the flow: what a picture would have been, had its shutter stood open for a while.

After McGuire, Hennessy, Bukowski and Osman, "A reconstruction filter for plausible motion blur" (I3D 2012): each pixel gathers
along the fastest motion in its neighbourhood; what is nearer and moves is smeared over what is behind it, and not the other way.
"""

from __future__ import annotations

import numpy as np

from ..render.kernel import inlined, kernel
from ..values import Array

LONGEST_SHARE = 1 / 16
"""Of the picture's height: no blur reaches further to either side."""

LEAST_PX = 0.35
"""Blur that reaches less far to either side isn't seen."""

SOFT = 0.06
"""Share by which the nearness of two points must differ until the one is plainly in front of the other."""

MOST_STEPS = 8
"""Samples to either side."""


@kernel
def _ways(flow: Array, factor: np.float32, longest: np.float32, ways: Array) -> None:
    """Fill ways (3, H, W) with how far (px) each point moves to either side while the shutter is open, x and y and in all."""
    for y in range(flow.shape[0]):
        for x in range(flow.shape[1]):
            u, v = flow[y, x, 0] * factor, flow[y, x, 1] * factor
            length = np.sqrt(u * u + v * v)
            held = longest / length if length > longest else np.float32(1.0)
            ways[0, y, x], ways[1, y, x], ways[2, y, x] = u * held, v * held, length * held


@kernel
def _fastest(ways: Array, side: int, tiles: Array) -> None:
    """Fill tiles (rows, columns, 3) with the furthest way in each square of `side` pixels."""
    for r in range(tiles.shape[0]):
        for c in range(tiles.shape[1]):
            best = np.float32(-1.0)
            for y in range(r * side, min((r + 1) * side, ways.shape[1])):
                for x in range(c * side, min((c + 1) * side, ways.shape[2])):
                    if ways[2, y, x] > best:
                        best = ways[2, y, x]
                        tiles[r, c, 0], tiles[r, c, 1], tiles[r, c, 2] = ways[0, y, x], ways[1, y, x], best


@inlined
def _cone(distance: np.float32, way: np.float32) -> np.float32:
    return max(np.float32(1.0) - distance / max(way, np.float32(1e-3)), np.float32(0.0))


@inlined
def _cylinder(distance: np.float32, way: np.float32) -> np.float32:
    """1 within the way, 0 beyond it."""
    share = (distance / max(way, np.float32(1e-3)) - np.float32(0.95)) * np.float32(10.0)
    share = min(max(share, np.float32(0.0)), np.float32(1.0))
    return np.float32(1.0) - share * share * (np.float32(3.0) - np.float32(2.0) * share)


@inlined
def _in_front(nearness: np.float32, other: np.float32) -> np.float32:
    """How plainly a point lies in front of another, 0 to 1; one half beside each other."""
    share = (nearness - other) / (np.float32(SOFT) * max(max(nearness, other), np.float32(1e-6)))
    return min(max(np.float32(0.5) + np.float32(0.5) * share, np.float32(0.0)), np.float32(1.0))


@inlined
def _gather(light: Array, ways: Array, depth: Array, y: int, x: int, u: np.float32, v: np.float32, out: Array) -> None:
    """Fill pixel (x, y) of out with the light that crosses it along (u, v) px to either side."""
    one, height, width = np.float32(1.0), light.shape[1], light.shape[2]
    own, near, reach = ways[2, y, x], one / depth[y, x], np.sqrt(u * u + v * v)
    steps = min(int(np.ceil(reach)), MOST_STEPS)
    weight = one / max(own, np.float32(0.5))
    total, r, g, b = weight, weight * light[0, y, x], weight * light[1, y, x], weight * light[2, y, x]
    for k in range(-steps, steps + 1):
        if k == 0:
            continue
        share = np.float32(k) / np.float32(steps)
        qx = min(max(int(np.floor(np.float32(x) + u * share + np.float32(0.5))), 0), width - 1)
        qy = min(max(int(np.floor(np.float32(y) + v * share + np.float32(0.5))), 0), height - 1)
        distance, theirs, there = reach * abs(share), ways[2, qy, qx], one / depth[qy, qx]
        front = _in_front(there, near)
        weight = front * _cone(distance, theirs) + (one - front) * _cone(distance, own)
        weight += np.float32(2.0) * _cylinder(distance, theirs) * _cylinder(distance, own)
        total += weight
        r += weight * light[0, qy, qx]
        g += weight * light[1, qy, qx]
        b += weight * light[2, qy, qx]
    out[0, y, x], out[1, y, x], out[2, y, x] = r / total, g / total, b / total


@kernel
def _smear(light: Array, ways: Array, depth: Array, tiles: Array, side: int, out: Array) -> None:
    """Fill out (3, H, W) with the blurred light (3, H, W)."""
    rows, columns = tiles.shape[0], tiles.shape[1]
    for r in range(rows):
        for c in range(columns):
            u, v, best = np.float32(0.0), np.float32(0.0), np.float32(-1.0)
            for i in range(max(r - 1, 0), min(r + 2, rows)):
                for j in range(max(c - 1, 0), min(c + 2, columns)):
                    if tiles[i, j, 2] > best:
                        u, v, best = tiles[i, j, 0], tiles[i, j, 1], tiles[i, j, 2]
            for y in range(r * side, min((r + 1) * side, light.shape[1])):
                for x in range(c * side, min((c + 1) * side, light.shape[2])):
                    if best < np.float32(LEAST_PX):
                        out[0, y, x], out[1, y, x], out[2, y, x] = light[0, y, x], light[1, y, x], light[2, y, x]
                    else:
                        _gather(light, ways, depth, y, x, u, v, out)


class Shutter:
    """A shutter that is open for `open_share` of the time between two frames, for pictures of one size."""

    def __init__(self, open_share: float, width: int, height: int) -> None:
        self.longest = max(1.0, LONGEST_SHARE * height)
        self.side = int(np.ceil(self.longest))  # what crosses a pixel comes from its own tile or one beside it
        self.factor = np.float32(0.5 * open_share)
        self.ways = np.empty((3, height, width), np.float32)
        self.tiles = np.zeros((-(-height // self.side), -(-width // self.side), 3), np.float32)

    def blur(self, light: Array, flow: Array, depth: Array, out: Array) -> None:
        """Fill out (3, H, W) with light (3, H, W) float32 that moves by flow (H, W, 2) px a frame, at depth (H, W) m."""
        _ways(flow, self.factor, np.float32(self.longest), self.ways)
        _fastest(self.ways, self.side, self.tiles)
        _smear(light, self.ways, depth, self.tiles, self.side, out)
