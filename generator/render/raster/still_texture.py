"""Textures on what stands still, a row of the picture at a time, in steps that become vector code."""

from __future__ import annotations

import numpy as np

from ...values import Array
from ..kernel import index, inlined, kernel
from ..still import Still, over
from .textures import Atlas, detail

LEVEL_PX = 16
"""So many pixels of a face beside each other take their texture from the same level."""

N_ROW, N_PLACE = 8, 5
"""Rows of the room to work in. Of `row`: nearness, nearness times u and v (later red, green, blue), the level's width and
height, the place between four texels, the level's share; of `places`: the level's first texel, the four texels."""

_PER_SQUARE = np.float32(1.0 / 255.0**2)


@inlined
def _expand(
    start: tuple[np.float32, np.float32, np.float32], step: tuple[np.float32, np.float32, np.float32],
    level: tuple[int, int, int], row: Array, places: Array, at: int, count: int,
) -> None:  # fmt: skip
    """Write down `count` pixels of a face from `at` on, whose nearness and so on begin at `start` and go on by `step`."""
    q, u, v = start
    dq, du, dv = step
    width, height = np.float32(level[1]), np.float32(level[2])
    for k in range(count):
        x = np.float32(k)
        row[0, at + k] = q + dq * x
        row[1, at + k] = u + du * x
        row[2, at + k] = v + dv * x
    for k in range(count):
        row[3, at + k], row[4, at + k], places[0, at + k] = width, height, level[0]


@kernel
def _find_texels(row: Array, places: Array, count: int) -> None:
    """Which four texels are around each of the pixels written down, and where between them it lies."""
    half, one, zero = np.float32(0.5), np.float32(1.0), np.float32(0.0)
    for n in range(count):
        z = one / row[0, n]
        u, v = row[1, n] * z, row[2, n] * z
        width, height = row[3, n], row[4, n]
        x, y = (u - np.floor(u)) * width - half, (one - (v - np.floor(v))) * height - half
        left, top = np.floor(x), np.floor(y)
        row[5, n], row[6, n] = x - left, y - top
        right, low = left + one, top + one
        right = right if right < width else right - width
        low = low if low < height else low - height
        left = left if left >= zero else left + width
        top = top if top >= zero else top + height
        first = places[0, n]
        # A level has fewer texels than a float32 can count.
        places[1, n], places[2, n] = first + np.int32(top * width + left), first + np.int32(top * width + right)
        places[3, n], places[4, n] = first + np.int32(low * width + left), first + np.int32(low * width + right)


@kernel
def _fetch(texels: Array, places: Array, count: int) -> None:
    """Put texels in the place of their numbers."""
    for k in range(1, N_PLACE):
        for n in range(count):
            places[k, n] = texels[index(places[k, n])]


@kernel
def _mix_texels(row: Array, places: Array, count: int) -> None:
    """Red, green and blue of each pixel from its four texels."""
    one = np.float32(1.0)
    for n in range(count):
        x, y = row[5, n], row[6, n]
        wd = x * y
        wb, wc = x - wd, y - wd
        wa = one - x - wc
        a, b, c, d = places[1, n], places[2, n], places[3, n], places[4, n]
        red = np.float32(a & 255) * wa + np.float32(b & 255) * wb
        row[0, n] = red + np.float32(c & 255) * wc + np.float32(d & 255) * wd
        green = np.float32(a >> 8 & 255) * wa + np.float32(b >> 8 & 255) * wb
        row[1, n] = green + np.float32(c >> 8 & 255) * wc + np.float32(d >> 8 & 255) * wd
        blue = np.float32(a >> 16 & 255) * wa + np.float32(b >> 16 & 255) * wb
        row[2, n] = blue + np.float32(c >> 16 & 255) * wc + np.float32(d >> 16 & 255) * wd


@inlined
def _plan_row(
    seen: Array, y: int, planes: Array, material: Array, per_focal: np.float32, textures: Atlas, row: Array, places: Array,
    second: Array,
) -> int:  # fmt: skip
    """Write down what row y of a picture takes from where: each pixel in its place, then those that take from a second
    level as well, whose places fill `second`; returns how many there are of both."""
    half, one, zero = np.float32(0.5), np.float32(1.0), np.float32(0.0)
    width, level = seen.shape[1], textures.level
    x, v, count = 0, np.float32(y) + half, width
    while x < width:
        start, f = x, seen[y, x]
        end = min(start + LEVEL_PX, width)
        while x < end and seen[y, x] == f:
            x += 1
        if f < 0:
            _expand((one, zero, zero), (zero, zero, zero), (0, 1, 1), row, places, start, x - start)
            continue
        u, m = np.float32(start) + half, material[f]
        q, pu, pv = over(planes, f, 9, u, v), over(planes, f, 12, u, v), over(planes, f, 15, u, v)
        # As in `fragments`, but half the log2 of the square.
        share = planes[f, 18] / q * per_focal
        square = np.float32(share * share / max(planes[f, 20] * q, np.float32(0.05)))
        lod = np.float32(square.view(np.int32)) * np.float32(0.5 / (1 << 23)) - np.float32(63.5)
        base, blend = detail(textures.n_levels, textures.size_log2, m, lod)
        steps = (planes[f, 9], planes[f, 12], planes[f, 15])
        _expand((q, pu, pv), steps, (level[m, base, 0], level[m, base, 1], level[m, base, 2]), row, places, start, x - start)
        if blend > zero:
            base += 1
            _expand((q, pu, pv), steps, (level[m, base, 0], level[m, base, 1], level[m, base, 2]), row, places, count, x - start)
            for n in range(start, x):
                second[count - width], row[7, count] = n, blend
                count += 1
    return count


@kernel
def _texture(
    seen: Array, planes: Array, material: Array, per_focal: np.float32, textures: Atlas, row: Array, places: Array,
    second: Array, out: Array,
) -> None:  # fmt: skip
    """Fill out (3, H, W) with the linear albedo of what is seen, (H, W). row, places and second: room to work in."""
    width = seen.shape[1]
    for y in range(seen.shape[0]):
        count = _plan_row(seen, y, planes, material, per_focal, textures, row, places, second)
        _find_texels(row, places, count)
        _fetch(textures.texels, places, count)
        _mix_texels(row, places, count)
        for n in range(width, count):
            k = second[n - width]
            for c in range(3):
                row[c, k] += row[7, n] * (row[c, n] - row[c, k])
        for c in range(3):
            for n in range(width):
                out[c, y, n] = row[c, n] * row[c, n] * _PER_SQUARE


def still_texture(still: Still, textures: Atlas, focal_px: float, out: Array) -> None:
    """Fill out (3, H, W) float32 with the linear albedo of what a camera sees; pixels of the sky get any value."""
    seen = still.canvas.seen
    width = seen.shape[1]
    row, places = np.empty((N_ROW, 2 * width), np.float32), np.empty((N_PLACE, 2 * width), np.int32)
    per_focal, second = np.float32(1.0 / focal_px), np.empty(width, np.int32)
    _texture(seen, still.planes, still.material, per_focal, textures, row, places, second, out)
