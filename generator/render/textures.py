"""Textures with mipmaps, looked up bilinearly in two levels: one flat list of texels for all materials of a scene."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from ..values import Array, Material
from .kernel import kernel

_SRGB = np.arange(256) / 255.0
LINEAR_OF_SRGB: Array = np.where(_SRGB <= 0.04045, _SRGB / 12.92, ((_SRGB + 0.055) / 1.055) ** 2.4).astype(np.float32)
"""(256,) linear value of each sRGB byte (IEC 61966-2-1)."""


_ROOT_OF_SRGB: Array = np.round(255 * np.sqrt(LINEAR_OF_SRGB)).astype(np.uint8)


class Atlas(NamedTuple):
    """All mip levels of M materials: texels (N, 3) uint8, 255 times the square root of linear light.

    level (M, L, 3) int32: first texel, width, height of each level; n_levels (M,) int32;
    size_log2 (M,) float32 of the geometric mean of its full width and height; mean (M, 3) float32: its average
    linear colour; roughness, metallic (M,) float32.
    """

    texels: Array
    level: Array
    n_levels: Array
    size_log2: Array
    mean: Array
    roughness: Array
    metallic: Array


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
        np.concatenate([image.reshape(-1, 3) for levels, _ in pyramids for image in levels]),
        level,
        np.array([len(levels) for levels, _ in pyramids], np.int32),
        (0.5 * np.log2(size).sum(axis=1)).astype(np.float32),
        np.array([mean for _, mean in pyramids], np.float32),
        np.array([material.roughness for material in materials], np.float32),
        np.array([material.metallic for material in materials], np.float32),
    )


@kernel
def _lookup(
    texels: Array, level: Array, count: Array, size_log2: Array, material: Array, face: Array, uv: Array, lod: Array,
    out: Array,
) -> None:  # fmt: skip
    zero, half, one, two = np.float32(0.0), np.float32(0.5), np.float32(1.0), np.float32(2.0)
    per_square = np.float32(1.0 / 255.0**2)
    for n in range(face.shape[0]):
        if face[n] < 0:
            continue
        m = material[face[n]]
        detail = min(max(lod[n] + size_log2[m], zero), np.float32(count[m] - 1))
        base = min(int(detail), count[m] - 1)
        # Between two levels mix only around the middle: most fragments then need one of them.
        blend = min(max(two * (detail - np.float32(base)) - half, zero), one)
        u, v = uv[n, 0] - np.floor(uv[n, 0]), one - (uv[n, 1] - np.floor(uv[n, 1]))
        r = g = b = zero
        for step in range(2):
            share = blend if step == 1 else one - blend
            if share == zero:
                continue
            first, width, height = level[m, base + step, 0], level[m, base + step, 1], level[m, base + step, 2]
            x, y = u * np.float32(width) - half, v * np.float32(height) - half
            left, top = int(np.floor(x)), int(np.floor(y))
            fx, fy = x - np.float32(left), y - np.float32(top)
            right = left + 1 if left + 1 < width else left + 1 - width
            low = top + 1 if top + 1 < height else top + 1 - height
            left = left + width if left < 0 else left
            top = top + height if top < 0 else top
            a, c = first + top * width, first + low * width
            wa, wb, wc, wd = (one - fx) * (one - fy), fx * (one - fy), (one - fx) * fy, fx * fy
            wa, wb, wc, wd = wa * share, wb * share, wc * share, wd * share
            r += wa * texels[a + left, 0] + wb * texels[a + right, 0] + wc * texels[c + left, 0] + wd * texels[c + right, 0]
            g += wa * texels[a + left, 1] + wb * texels[a + right, 1] + wc * texels[c + left, 1] + wd * texels[c + right, 1]
            b += wa * texels[a + left, 2] + wb * texels[a + right, 2] + wc * texels[c + left, 2] + wd * texels[c + right, 2]
        out[n, 0], out[n, 1], out[n, 2] = r * r * per_square, g * g * per_square, b * b * per_square


def lookup(textures: Atlas, material: Array, face: Array, uv: Array, lod: Array) -> Array:
    """Linear albedo (N, 3) float32 of fragments; `material` (F,) is each face's, lod as in `fragments.Surfaces`."""
    out = np.zeros((len(face), 3), np.float32)
    _lookup(textures.texels, textures.level, textures.n_levels, textures.size_log2, material, face, uv, lod, out)
    return out
