"""From the light behind the lens to the bytes of a frame: light lost and strayed, noise, colour, sharpening."""

from __future__ import annotations

import numpy as np

from ..base.colour import to_linear, to_srgb
from ..base.mixing import LOWBIAS32
from ..render.kernel import index, inlined, kernel
from ..values import Array

LINEAR = to_linear(np.arange(256) / 255.0).astype(np.float32)
"""Linear light of a byte."""

N_SHOWN = 4096
SHOWN = (255.0 * to_srgb((np.arange(N_SHOWN + 1) / N_SHOWN) ** 2)).astype(np.float32)
"""Display value, 0 to 255, of linear light, by its square root."""

LUMA = (0.2126, 0.7152, 0.0722)

_A, _B, _C = (shift for shift, _ in LOWBIAS32)
_FIRST, _SECOND = (np.uint32(factor) for _, factor in LOWBIAS32[:2])

BYTES_SIGMA = np.float32(1.0 / np.sqrt(4 * (256.0**2 - 1) / 12))
"""Over the standard deviation of the sum of four even bytes, which is nearly normal."""


@kernel
def linear(frame: Array, table: Array, out: Array) -> None:
    """Fill out (3, H, W) float32 with the linear light of a frame (H, W, 3) uint8."""
    for y in range(frame.shape[0]):
        for x in range(frame.shape[1]):
            for c in range(3):
                out[c, y, x] = table[frame[y, x, c]]


@kernel
def resample(light: Array, sources: Array, out: Array) -> None:
    """Fill out (3, H, W) with light (3, H, W) at the places (H, W, 2) px that each pixel shows, between four pixels each."""
    half, one, height, width = np.float32(0.5), np.float32(1.0), light.shape[1], light.shape[2]
    for y in range(height):
        for x in range(width):
            u, v = sources[y, x, 0] - half, sources[y, x, 1] - half
            u = min(max(u, np.float32(0.0)), np.float32(width - 1))
            v = min(max(v, np.float32(0.0)), np.float32(height - 1))
            left, top = int(u), int(v)
            a, b = u - np.float32(left), v - np.float32(top)
            i, i1 = index(left), index(min(left + 1, width - 1))
            j, j1 = index(top), index(min(top + 1, height - 1))
            wd = a * b
            wb, wc = a - wd, b - wd
            wa = one - a - wc
            for c in range(3):
                out[c, y, x] = wa * light[c, j, i] + wb * light[c, j, i1] + wc * light[c, j1, i] + wd * light[c, j1, i1]


@inlined
def _noise(number: np.uint32, key: np.uint32) -> np.float32:
    """A number of nearly normal distribution (mean 0, standard deviation 1) for each number and key."""
    state = number * np.uint32(0x9E3779B1) ^ key
    state = (state ^ (state >> np.uint32(_A))) * _FIRST
    state = (state ^ (state >> np.uint32(_B))) * _SECOND
    state = state ^ (state >> np.uint32(_C))
    low = (state & np.uint32(0x00FF00FF)) + ((state >> np.uint32(8)) & np.uint32(0x00FF00FF))
    total = (low & np.uint32(0xFFFF)) + (low >> np.uint32(16))
    return (np.float32(total) - np.float32(510.0)) * BYTES_SIGMA


@kernel
def expose(light: Array, falloff: Array, gains: Array, stray: Array, shot: np.float32, read: np.float32, key: np.uint32,
           out: Array) -> None:  # fmt: skip
    """Fill out (3, H, W) with what the sensor counts of light (3, H, W): lost by falloff (H, W), in the gains (3,) of its
    channels, with stray light (3,), and noise of variance shot^2 * light + read^2."""
    height, width = light.shape[1], light.shape[2]
    for c in range(3):
        for y in range(height):
            first = (c * height + y) * width
            for x in range(width):
                counted = gains[c] * (light[c, y, x] * falloff[y, x] + stray[c])
                sigma = np.sqrt(shot * shot * max(counted, np.float32(0.0)) + read * read)
                out[c, y, x] = counted + sigma * _noise(np.uint32(first + x), key)


@kernel
def show(light: Array, saturation: np.float32, table: Array, out: Array) -> None:
    """Fill out (3, H, W) float32 with display values, 0 to 255, of linear light (3, H, W); their colour by a factor."""
    one, most = np.float32(1.0), np.float32(table.shape[0] - 1)
    for c in range(3):
        for y in range(light.shape[1]):
            for x in range(light.shape[2]):
                root = np.sqrt(min(max(light[c, y, x], np.float32(0.0)), one))
                out[c, y, x] = table[index(int(root * most + np.float32(0.5)))]
    if saturation == one:
        return
    red, green, blue = np.float32(LUMA[0]), np.float32(LUMA[1]), np.float32(LUMA[2])
    for y in range(light.shape[1]):
        for x in range(light.shape[2]):
            luma = red * out[0, y, x] + green * out[1, y, x] + blue * out[2, y, x]
            for c in range(3):
                out[c, y, x] = luma + saturation * (out[c, y, x] - luma)


@kernel
def sharpened(shown: Array, blurred: Array, strength: np.float32, out: Array) -> None:
    """Fill out (H, W, 3) uint8 with display values (3, H, W), what is finer than in `blurred` (3, H, W) made stronger."""
    for y in range(out.shape[0]):
        for x in range(out.shape[1]):
            for c in range(3):
                value = shown[c, y, x] + strength * (shown[c, y, x] - blurred[c, y, x])
                out[y, x, c] = np.uint8(min(max(value, np.float32(0.0)), np.float32(255.0)) + np.float32(0.5))
