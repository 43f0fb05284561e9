"""Textures with mipmaps, looked up bilinearly in two levels: one flat list of texels for all materials of a scene."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numba import njit

from ..values import Array, Material

_SRGB = np.arange(256) / 255.0
LINEAR_OF_SRGB: Array = np.where(_SRGB <= 0.04045, _SRGB / 12.92, ((_SRGB + 0.055) / 1.055) ** 2.4).astype(np.float32)
"""(256,) linear value of each sRGB byte (IEC 61966-2-1)."""


class Atlas(NamedTuple):
    """All mip levels of M materials: texels (N, 3) float32 linear; level (M, L, 3) int32 (first texel, width, height).

    count (M,) int32 levels per material; size_log2 (M,) float32 of the geometric mean of its full width and height;
    mean (M, 3) its average colour; roughness, metallic (M,) float32.
    """

    texels: Array
    level: Array
    count: Array
    size_log2: Array
    mean: Array
    roughness: Array
    metallic: Array


def atlas(materials: tuple[Material, ...]) -> Atlas:
    """Build the mip levels of every material, each half the size of the one before, averaged in linear light."""
    texels: list[Array] = []
    level = np.zeros((len(materials), 16, 3), np.int32)
    count = np.zeros(len(materials), np.int32)
    total = 0
    for m, material in enumerate(materials):
        image = LINEAR_OF_SRGB[material.albedo]
        while True:
            height, width = image.shape[:2]
            level[m, count[m]] = total, width, height
            count[m] += 1
            texels.append(image.reshape(-1, 3))
            total += width * height
            if width == height == 1 or count[m] == 16:
                break
            half = (max(width // 2, 1), max(height // 2, 1))
            image = cv2.resize(image, half, interpolation=cv2.INTER_AREA).reshape(half[1], half[0], 3)
    shape = np.array([material.albedo.shape[:2] for material in materials], np.float64)
    return Atlas(
        np.concatenate(texels),
        level,
        count,
        (0.5 * np.log2(shape).sum(axis=1)).astype(np.float32),
        np.array([LINEAR_OF_SRGB[material.albedo].mean(axis=(0, 1)) for material in materials], np.float32),
        np.array([material.roughness for material in materials], np.float32),
        np.array([material.metallic for material in materials], np.float32),
    )


@njit(cache=True, nogil=True)
def _lookup(
    texels: Array, level: Array, count: Array, size_log2: Array, material: Array, face: Array, uv: Array, lod: Array,
    out: Array,
) -> None:  # fmt: skip
    for n in range(face.shape[0]):
        if face[n] < 0:
            continue
        m = material[face[n]]
        detail = min(max(lod[n] + size_log2[m], np.float32(0.0)), np.float32(count[m] - 1))
        base = min(int(detail), count[m] - 1)
        # Between two levels mix only around the middle: most fragments then need one of them.
        blend = min(max(np.float32(2.0) * (detail - base) - np.float32(0.5), np.float32(0.0)), np.float32(1.0))
        out[n, 0] = out[n, 1] = out[n, 2] = 0.0
        u, v = uv[n, 0] - np.floor(uv[n, 0]), 1.0 - (uv[n, 1] - np.floor(uv[n, 1]))
        for step in range(2):
            share = blend if step == 1 else np.float32(1.0) - blend
            if share == 0.0:
                continue
            first, width, height = (
                level[m, base + step, 0],
                level[m, base + step, 1],
                level[m, base + step, 2],
            )
            x, y = u * width - 0.5, v * height - 0.5
            x0, y0 = int(np.floor(x)), int(np.floor(y))
            fx, fy = np.float32(x - x0), np.float32(y - y0)
            x1 = x0 + 1 if x0 + 1 < width else 0
            y1 = y0 + 1 if y0 + 1 < height else 0
            x0 = x0 if x0 >= 0 else width - 1
            y0 = y0 if y0 >= 0 else height - 1
            x1, y1 = min(x1, width - 1), min(y1, height - 1)
            a, b = first + y0 * width + x0, first + y0 * width + x1
            c, d = first + y1 * width + x0, first + y1 * width + x1
            for channel in range(3):
                top = texels[a, channel] + fx * (texels[b, channel] - texels[a, channel])
                low = texels[c, channel] + fx * (texels[d, channel] - texels[c, channel])
                out[n, channel] += share * (top + fy * (low - top))


def lookup(textures: Atlas, material: Array, face: Array, uv: Array, lod: Array) -> Array:
    """Linear albedo (N, 3) float32 of fragments; `material` (F,) is each face's, lod as in `fragments.Surfaces`."""
    out = np.zeros((len(face), 3), np.float32)
    _lookup(textures.texels, textures.level, textures.count, textures.size_log2, material, face, uv, lod, out)
    return out
