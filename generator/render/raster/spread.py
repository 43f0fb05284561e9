"""One light on what stands still: worked out at few pixels, spread over patches, and added to the picture.

A patch over which a shadow may change unevenly is divided further, down to single pixels.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...values import Array
from ..kernel import index, inlined, kernel, making_arrays
from ..still import over
from .patches import LARGE, SMALL, Patches
from .shade import lamp_terms, openness, sky_terms
from .shadow import TAPS, View, share

ALIKE = 0.05
"""Shares of a light that differ by less over a patch are taken as linear."""

CALM_PX = 5.0
"""A loose pixel's light holds for its like when no shadow changes over this many pixels of the shadow map."""

TURN = 0.1
"""Normals that differ by less in each of their parts are taken as turning evenly over a patch."""

N_VALUE = 13
"""Columns of a row of values: light times albedo (0 to 2), light added (3 to 5); over how far a shadow changes little (6)
and where the pixel lies (7, 8), on the shadow's map; the share of the light that what stands still lets by (9);
the normal (10 to 12)."""


class Seen(NamedTuple):
    """What stands still as one camera sees it: faces (H, W), the arrays of `Still`, roughness and metallic (F, 2),
    rays (3, 3) from pixels to the world and the eye (3,), float32."""

    seen: Array
    planes: Array
    corners: Array
    surface: Array
    rays: Array
    eye: Array


class Source(NamedTuple):
    """A light: harmonics (9, 3) of the sky's, or (1, 3) zeros for a lamp's; place, axis, strength (3,) of a lamp.

    still: the map of what stands still. moving: that of what else takes light away, when `lost`: then that light counts,
    negative, instead of what is left.
    """

    harmonics: Array
    place: Array
    axis: Array
    strength: Array
    distant: bool
    still: View
    moving: View
    lost: bool


@inlined
def _point(
    planes: Array, corners: Array, rays: Array, eye: Array, f: int, u: np.float32, v: np.float32
) -> tuple[np.float32, np.float32, np.float32, np.float32, np.float32, np.float32, np.float32, np.float32, np.float32]:
    """Place, normal towards the viewer and unit vector to the viewer of face f at pixel place (u, v)."""
    one = np.float32(1.0)
    z = one / over(planes, f, 9, u, v)
    rx = rays[0, 0] * u + rays[0, 1] * v + rays[0, 2]
    ry = rays[1, 0] * u + rays[1, 1] * v + rays[1, 2]
    rz = rays[2, 0] * u + rays[2, 1] * v + rays[2, 2]
    e0, e1, e2 = over(planes, f, 0, u, v) * z, over(planes, f, 3, u, v) * z, over(planes, f, 6, u, v) * z
    nx = e0 * corners[f, 0, 0] + e1 * corners[f, 1, 0] + e2 * corners[f, 2, 0]
    ny = e0 * corners[f, 0, 1] + e1 * corners[f, 1, 1] + e2 * corners[f, 2, 1]
    nz = e0 * corners[f, 0, 2] + e1 * corners[f, 1, 2] + e2 * corners[f, 2, 2]
    scale = planes[f, 19] / max(np.sqrt(nx * nx + ny * ny + nz * nz), np.float32(1e-20))
    near = -one / np.sqrt(rx * rx + ry * ry + rz * rz)
    return (
        eye[0] + z * rx, eye[1] + z * ry, eye[2] + z * rz, nx * scale, ny * scale, nz * scale,
        rx * near, ry * near, rz * near,
    )  # fmt: skip


@kernel
def _evaluate(scene: Seen, source: Source, taps: Array, pixels: Array, known: Array, now: int, values: Array) -> None:
    """Fill the rows of values (H * W, 13) of some pixels, those that aren't `known` as of `now`."""
    half, zero, one = np.float32(0.5), np.float32(0.0), np.float32(1.0)
    seen, planes, corners, surface, rays, eye = scene
    harmonics, place, axis, strength, distant, still, moving, lost = source
    (m0, m1, m2, m3, m4), (w0, w1, w2, w3, w4) = moving, still
    sky, shaded, width = harmonics.shape[0] > 1, w0.shape[0] > 1, index(seen.shape[1])
    for k in range(pixels.shape[0]):
        n = index(pixels[k])
        if known[n] == now:
            continue
        known[n] = now
        row = index(n // width)
        column = index(n - row * width)
        f = seen[row, column]
        u, v = np.float32(column) + half, np.float32(row) + half
        px, py, pz, nx, ny, nz, vx, vy, vz = _point(planes, corners, rays, eye, f, u, v)
        r = g = b = s = t = zero
        part, past, a = one, one, (one, np.float32(np.inf), zero, zero)
        if lost:
            a = share(m0, m1, m2, m3, m4, taps, px, py, pz, nx, ny, nz)
            part = openness(a[0], nz) - one if sky else a[0] - one
        if part != zero:
            if sky:
                r, g, b, s, t = sky_terms(harmonics, nx, ny, nz, vx, vy, vz, surface[f, 0], surface[f, 1])
            else:
                power, s, t = lamp_terms(place, axis, distant, px, py, pz, nx, ny, nz, vx, vy, vz, surface[f, 0], surface[f, 1])
                if shaded and power > zero:
                    before = share(w0, w1, w2, w3, w4, taps, px, py, pz, nx, ny, nz)
                    past = before[0]
                    a = a if lost else before
                r, g, b = power * strength[0], power * strength[1], power * strength[2]
            s, t = s * part * past, t * part * past
        values[n, 0], values[n, 1], values[n, 2] = r * s, g * s, b * s
        values[n, 3], values[n, 4], values[n, 5] = r * t, g * t, b * t
        values[n, 6], values[n, 7], values[n, 8], values[n, 9] = a[1], a[2], a[3], past
        values[n, 10], values[n, 11], values[n, 12] = nx, ny, nz


@inlined
def _range(values: Array, column: int, a: int, b: int, c: int, d: int) -> np.float32:
    p, q, r, s = values[a, column], values[b, column], values[c, column], values[d, column]
    return max(p, q, r, s) - min(p, q, r, s)


@inlined
def _even(values: Array, lost: bool, size: int, a: int, b: int, c: int, d: int) -> bool:
    """Whether light changes evenly between four pixels: they lie closer on the map than shadow changes."""
    soft, du, dv = (
        min(values[a, 6], values[b, 6], values[c, 6], values[d, 6]),
        _range(values, 7, a, b, c, d),
        _range(values, 8, a, b, c, d),
    )
    turn = max(_range(values, 10, a, b, c, d), _range(values, 11, a, b, c, d), _range(values, 12, a, b, c, d))
    if turn > np.float32(TURN):
        return False
    close, alike = du * du + dv * dv <= soft * soft, _range(values, 9, a, b, c, d) < np.float32(ALIKE)
    # The shares of what stands still must do for what moving shadows leave of them, and over small patches.
    return bool(close & alike) if lost else bool(close | (alike & (size <= SMALL)))


@inlined
def _dark(values: Array, n: int) -> bool:
    """Whether pixel n gets none of the light."""
    most = max(abs(values[n, 0]), abs(values[n, 1]), abs(values[n, 2]), abs(values[n, 3]), abs(values[n, 4]), abs(values[n, 5]))
    return bool(most == np.float32(0.0))


@inlined
def _fill(values: Array, corners: tuple[int, int, int, int], box: tuple[int, int, int, int], albedo: Array, image: Array) -> None:
    """Add to image what comes of the values at four corners, linear in between: top left, top right, low left, low right.

    box: first row and column, rows and columns; albedo, image (3, H, W).
    """
    a, b, c, d = corners
    y, x, rows, columns = box
    width = image.shape[2]
    per_row = np.float32(1.0) / np.float32(max(c // width - y, 1))
    per_column = np.float32(1.0) / np.float32(max(b % width - x, 1))
    for k in range(3):
        left, right, shine, shine_right = values[a, k], values[b, k], values[a, 3 + k], values[b, 3 + k]
        down, down_right = (values[c, k] - left) * per_row, (values[d, k] - right) * per_row
        dim, dim_right = (values[c, 3 + k] - shine) * per_row, (values[d, 3 + k] - shine_right) * per_row
        for row in range(y, y + rows):
            step, shine_step = (right - left) * per_column, (shine_right - shine) * per_column
            if columns == LARGE:
                for j in range(LARGE):  # of known length, so that it becomes vector code
                    at = np.float32(j)
                    image[k, row, x + j] += albedo[k, row, x + j] * (left + at * step) + (shine + at * shine_step)
            else:
                for j in range(columns):
                    at = np.float32(j)
                    image[k, row, x + j] += albedo[k, row, x + j] * (left + at * step) + (shine + at * shine_step)
            left, right, shine, shine_right = left + down, right + down_right, shine + dim, shine_right + dim_right


@kernel
def _corners(blocks: Array, size: int, height: int, width: int, pixels: Array) -> int:
    """Fill pixels with the corners of patches; returns how many."""
    for n in range(blocks.shape[0]):
        y, x = blocks[n, 0], blocks[n, 1]
        y1, x1 = min(y + size, height - 1), min(x + size, width - 1)
        pixels[4 * n], pixels[4 * n + 1] = y * width + x, y * width + x1
        pixels[4 * n + 2], pixels[4 * n + 3] = y1 * width + x, y1 * width + x1
    return 4 * blocks.shape[0]


@kernel
def _spread(pixels: Array, size: int, lost: bool, values: Array, albedo: Array, image: Array, left: Array) -> int:
    """Fill the patches whose corners are `pixels` where that is even; fills left (N, 2) with the parts of the others."""
    n_left, height, width = 0, image.shape[1], image.shape[2]
    for n in range(0, pixels.shape[0], 4):
        a, b, c, d = pixels[n], pixels[n + 1], pixels[n + 2], pixels[n + 3]
        y, x, half = a // width, a % width, size // 2
        if not _even(values, lost, size, a, b, c, d):
            for turn in range(4):
                left[n_left, 0], left[n_left, 1] = y + half * (turn // 2), x + half * (turn % 2)
                n_left += (left[n_left, 0] < height) & (left[n_left, 1] < width)
        elif not (_dark(values, a) & _dark(values, b) & _dark(values, c) & _dark(values, d)):
            box = (y, x, min(size, height - y), min(size, width - x))
            _fill(values, (a, b, c, d), box, albedo, image)
    return n_left


@kernel
def _put(pixels: Array, like: Array, values: Array, albedo: Array, image: Array) -> None:
    """Add to each of some pixels of image (3, H, W) what comes of the values of the one that it is like."""
    width = index(image.shape[2])
    for k in range(pixels.shape[0]):
        pixel, n = index(pixels[k]), index(like[k])
        y = index(pixel // width)
        x = index(pixel - y * width)
        for c in range(3):
            image[c, y, x] += albedo[c, y, x] * values[n, c] + values[n, 3 + c]


@kernel
def _restless(loose: Array, like: Array, values: Array, own: Array) -> None:
    """Fill own (N,) with the pixel whose light each loose one has: itself where a shadow may pass."""
    for k in range(loose.shape[0]):
        own[k] = like[k] if values[index(like[k]), 6] > np.float32(CALM_PX) else loose[k]


@making_arrays
def _add(
    scene: Seen, source: Source, taps: Array, large: Array, small: Array, loose: Array, like: Array, known: Array, now: int,
    values: Array, pixels: Array, blocks: Array, left: Array, albedo: Array, image: Array,
) -> None:  # fmt: skip
    """Add a light to image (3, H, W): over large patches, over small ones and parts of large ones, down to pixels."""
    height, width = image.shape[1], image.shape[2]
    blocks[: large.shape[0]] = large
    count, size = large.shape[0], LARGE
    while size > 1:
        n = _corners(blocks[:count], size, height, width, pixels)
        _evaluate(scene, source, taps, pixels[:n], known, now, values)
        count = _spread(pixels[:n], size, source.lost, values, albedo, image, left)
        blocks[:count] = left[:count]
        size //= 2
        if size == SMALL:
            blocks[count : count + small.shape[0]] = small
            count += small.shape[0]
    _corners(blocks[:count], 0, height, width, pixels)
    single = pixels[: 4 * count : 4]
    _evaluate(scene, source, taps, single, known, now, values)
    _put(single, single, values, albedo, image)
    own = pixels[: loose.shape[0]]
    _evaluate(scene, source, taps, like, known, now, values)
    _restless(loose, like, values, own)
    _evaluate(scene, source, taps, own, known, now, values)
    _put(loose, own, values, albedo, image)


class Spreader:
    """Adds lights to pictures of one size; holds the room to work in."""

    def __init__(self, width: int, height: int) -> None:
        n = width * height
        self._values, self._pixels = np.empty((n, N_VALUE), np.float32), np.empty(4 * (n + 1), np.int32)
        self._known, self._now = np.zeros(n, np.int32), 0
        self._blocks, self._left = (np.empty((n + 1, 2), np.int32) for _ in range(2))

    def add(self, scene: Seen, source: Source, patches: Patches, albedo: Array, image: Array) -> None:
        """Add to image (3, H, W) float32 what a light makes of what is seen; albedo (3, H, W) linear."""
        self._now += 1
        _add(
            scene, source, TAPS, patches.large, patches.small, patches.loose, patches.like, self._known, self._now,
            self._values, self._pixels, self._blocks, self._left, albedo, image,
        )  # fmt: skip
