"""Textures with mipmaps, looked up bilinearly in two levels: one flat list of texels for all materials of a scene."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from ...base.colour import to_linear
from ...values import Array, Material
from ..kernel import index, inlined, kernel

LINEAR_OF_SRGB: Array = to_linear(np.arange(256) / 255.0).astype(np.float32)
"""(256,) linear value of each sRGB byte."""


_ROOT_OF_SRGB: Array = np.round(255 * np.sqrt(LINEAR_OF_SRGB)).astype(np.uint8)


class Atlas(NamedTuple):
    """All mip levels of M materials: texels (N,) int32, red, green, blue from the lowest byte on, each 255 times the
    square root of linear light.

    level (M, L, 3) int32: first texel, width, height of each level; n_levels (M,) int32;
    size_log2 (M,) float32 of the geometric mean of its full width and height; mean (M, 3) float32: its average
    linear colour; roughness, metallic, glow (M,) float32.
    """

    texels: Array
    level: Array
    n_levels: Array
    size_log2: Array
    mean: Array
    roughness: Array
    metallic: Array
    glow: Array


def _mips(albedo: Array) -> tuple[list[Array], Array]:
    """The levels of an sRGB picture, each half the one before and averaged in linear light, and its mean."""
    levels = [cv2.LUT(albedo, _ROOT_OF_SRGB)]
    image = cv2.LUT(albedo, LINEAR_OF_SRGB)
    while image.shape[:2] != (1, 1):
        height, width = max(image.shape[0] // 2, 1), max(image.shape[1] // 2, 1)
        image = cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA).reshape(height, width, 3)
        levels.append(np.round(255 * np.sqrt(image)).astype(np.uint8))
    return levels, image[0, 0]


def atlas(materials: tuple[Material, ...]) -> Atlas:
    """The mip levels of every material; albedo (H, W, 3) uint8 of any size."""
    pyramids = [_mips(np.ascontiguousarray(material.albedo)) for material in materials]
    level = np.zeros((len(materials), max(len(levels) for levels, _ in pyramids), 3), np.int32)
    total = 0
    for m, (levels, _) in enumerate(pyramids):
        for k, image in enumerate(levels):
            level[m, k] = total, image.shape[1], image.shape[0]
            total += image.shape[0] * image.shape[1]
    size = level[:, 0, 1:].astype(np.float64)
    return Atlas(
        _packed([image.reshape(-1, 3) for levels, _ in pyramids for image in levels]),
        level,
        np.array([len(levels) for levels, _ in pyramids], np.int32),
        (0.5 * np.log2(size).sum(axis=1)).astype(np.float32),
        np.array([mean for _, mean in pyramids], np.float32),
        np.array([material.roughness for material in materials], np.float32),
        np.array([material.metallic for material in materials], np.float32),
        np.array([material.glow for material in materials], np.float32),
    )


PAIR = 0xFF00FF
"""Red and blue of a texel."""


def _packed(images: list[Array]) -> Array:
    """(N,) int32 of colours (N, 3) uint8."""
    out = np.zeros((sum(len(image) for image in images), 4), np.uint8)
    np.concatenate(images, out=out[:, :3])
    return out.view("<i4").ravel()


@inlined
def detail(n_levels: Array, size_log2: Array, m: int, lod: np.float32) -> tuple[int, np.float32]:
    """The level of material m for `lod` (see `texel`), and the share of the next one."""
    zero, one, three = np.float32(0.0), np.float32(1.0), np.float32(3.0)
    wish = min(max(lod + size_log2[m], zero), np.float32(n_levels[m] - 1))
    base = min(int(wish), n_levels[m] - 1)
    # Between two levels mix only around the middle: most fragments then need one of them.
    return base, min(max(three * (wish - np.float32(base)) - one, zero), one)


@inlined
def bilinear(
    texels: Array, first: int, width: int, height: int, u: np.float32, v: np.float32
) -> tuple[np.float32, np.float32, np.float32]:  # fmt: skip
    """Root of the linear albedo, times 255 * 256, at (u, v) of a level of a texture."""
    half, one, whole = np.float32(0.5), np.float32(1.0), np.float32(256.0)
    u, v = u - np.floor(u), one - (v - np.floor(v))
    x, y = u * np.float32(width) - half, v * np.float32(height) - half
    left, top = int(np.floor(x)), int(np.floor(y))
    fx, fy = x - np.float32(left), y - np.float32(top)
    right = left + 1 if left + 1 < width else left + 1 - width
    low = top + 1 if top + 1 < height else top + 1 - height
    left = left + width if left < 0 else left
    top = top + height if top < 0 else top
    a, c = first + top * width, first + low * width
    ka, kb, kc, kd = texels[index(a + left)], texels[index(a + right)], texels[index(c + left)], texels[index(c + right)]
    # Red and blue at once in one integer: weights are 256ths, so their sums stay apart.
    kx, ky = int(fx * whole + half), int(fy * whole + half)
    wd = (kx * ky + 128) >> 8
    wa, wb, wc = 256 - kx - ky + wd, kx - wd, ky - wd
    rb = (ka & PAIR) * wa + (kb & PAIR) * wb + (kc & PAIR) * wc + (kd & PAIR) * wd
    green = (ka >> 8 & 255) * wa + (kb >> 8 & 255) * wb + (kc >> 8 & 255) * wc + (kd >> 8 & 255) * wd
    return np.float32(rb & 65535), np.float32(green), np.float32(rb >> 16)


PER_SQUARE = 1.0 / (255.0 * 256.0) ** 2
"""Takes the square of what `bilinear` gives to linear albedo."""


@inlined
def texel(
    texels: Array, level: Array, n_levels: Array, size_log2: Array, m: int, u: np.float32, v: np.float32, lod: np.float32
) -> tuple[np.float32, np.float32, np.float32]:
    """Linear albedo of material m at (u, v), at log2 of the texture's share per pixel, its size left out.

    The first four are an `Atlas`'s: taken out of it in an inner loop they would be counted in and out each time.
    """
    base, blend = detail(n_levels, size_log2, m, lod)
    r = g = b = np.float32(0.0)
    for step in range(2):
        part = blend if step == 1 else np.float32(1.0) - blend
        if part == np.float32(0.0):
            continue
        first, width, height = level[m, base + step, 0], level[m, base + step, 1], level[m, base + step, 2]
        red, green, blue = bilinear(texels, first, width, height, u, v)
        r, g, b = r + part * red, g + part * green, b + part * blue
    per_square = np.float32(PER_SQUARE)
    return r * r * per_square, g * g * per_square, b * b * per_square


@kernel
def _lookup(textures: Atlas, material: Array, face: Array, uv: Array, lod: Array, out: Array) -> None:
    texels, level, count, size = textures.texels, textures.level, textures.n_levels, textures.size_log2
    for n in range(face.shape[0]):
        if face[n] >= 0:
            m = material[face[n]]
            out[n, 0], out[n, 1], out[n, 2] = texel(texels, level, count, size, m, uv[n, 0], uv[n, 1], lod[n])


def lookup(textures: Atlas, material: Array, face: Array, uv: Array, lod: Array) -> Array:
    """Linear albedo (N, 3) float32 of fragments; `material` (F,) is each face's, lod as in `fragments.Surfaces`."""
    out = np.zeros((len(face), 3), np.float32)
    _lookup(textures, material, face, uv, lod, out)
    return out
