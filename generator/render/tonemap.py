"""From linear light to sRGB bytes as Blender's AgX shows it, so that a draft looks like Blender's render.

The shape of AgX (mix the channels, bend each in stops, unmix) with numbers fitted by least squares to what Blender
4.5 makes of 4000 colours under the view "AgX" and the look "AgX - Medium High Contrast": mean error 0.5 of 255,
99 % below 5.
"""

from __future__ import annotations

import numpy as np

from ..values import Array
from .kernel import inlined, making_arrays

_MIX = np.array([[0.5812, 0.3202, 0.0986], [0.1148, 0.7563, 0.1288], [0.0988, 0.1932, 0.7080]], np.float32)
_GREY_STOPS = np.linspace(-9.0, 5.0, 29)
_GREY = (
    0.0021, 0.0045, 0.0088, 0.0158, 0.0276, 0.0463, 0.0698, 0.0987, 0.1338, 0.1760, 0.2289, 0.2928, 0.3685, 0.4565,
    0.5459, 0.6280, 0.6990, 0.7607, 0.8138, 0.8582, 0.8965, 0.9293, 0.9571, 0.9812, 1.0, 1.0, 1.0, 1.0, 1.0,
)  # fmt: skip
"""Display value of grey light of 2^stop, stop by half stop."""
_UNMIX_SHOWN = np.array([[0.9501, 0.0559, -0.0060], [0.0277, 0.9944, -0.0221], [0.0026, 0.0187, 0.9788]], np.float32)
_UNMIX = np.array([[1.8962, -0.7424, -0.1538], [-0.2452, 1.2987, -0.0535], [-0.2077, -0.2956, 1.5033]], np.float32)


def _curve_table() -> Array:
    """Display value for the upper 16 bits of every positive float32 (128 steps per stop)."""
    bits = np.minimum(np.arange(1 << 15) << 16 | 1 << 15, 0x7F7FFFFF)
    value = bits.astype(np.int32).view(np.float32).astype(np.float64)
    return np.interp(np.log2(np.maximum(value, 1e-30)), [-16.0, *_GREY_STOPS], [0.0, *_GREY]).astype(np.float32)


def _encode(x: Array) -> Array:
    return np.where(x <= 0.0031308, 12.92 * x, 1.055 * x ** (1 / 2.4) - 0.055)


def _decode(x: Array) -> Array:
    return np.where(x <= 0.04045, x / 12.92, ((x + 0.055) / 1.055) ** 2.4)


CHUNK = 256

_CURVE = _curve_table()
_LINEAR = _decode(np.linspace(0.0, 1.0, 4096)).astype(np.float32)
_BYTE = np.round(255 * _encode(np.linspace(0.0, 1.0, 16384))).astype(np.uint8)


@inlined
def _mixed(some: Array, count: int, matrix: Array, scale: np.float32) -> None:
    """Mix the channels of the first pixels of some (3, n), cut to 0..1 and scaled to places in a table."""
    zero, one, half = np.float32(0.0), np.float32(1.0), np.float32(0.5)
    for n in range(count):
        r, g, b = some[0, n], some[1, n], some[2, n]
        for k in range(3):
            shown = matrix[k, 0] * r + matrix[k, 1] * g + matrix[k, 2] * b
            some[k, n] = min(max(shown, zero), one) * scale + half


@making_arrays
def _tonemap(
    light: Array, mix: Array, unmix_shown: Array, unmix: Array, curve: Array, linear: Array, byte: Array, out: Array
) -> None:
    some = np.empty((3, CHUNK), np.float32)
    bits = some.view(np.int32)
    last, last_byte = np.float32(linear.shape[0] - 1), np.float32(byte.shape[0] - 1)
    zero = np.float32(0.0)
    # Pixels go through each step by the hundred, so that it becomes vector code.
    for first in range(0, light.shape[1], CHUNK):
        count = min(CHUNK, light.shape[1] - first)
        for n in range(count):
            r, g, b = light[0, first + n], light[1, first + n], light[2, first + n]
            some[0, n] = max(mix[0, 0] * r + mix[0, 1] * g + mix[0, 2] * b, zero)
            some[1, n] = max(mix[1, 0] * r + mix[1, 1] * g + mix[1, 2] * b, zero)
            some[2, n] = max(mix[2, 0] * r + mix[2, 1] * g + mix[2, 2] * b, zero)
        for k in range(3):
            for n in range(count):
                some[k, n] = curve[bits[k, n] >> 16]
        _mixed(some, count, unmix_shown, last)
        for k in range(3):
            for n in range(count):
                some[k, n] = linear[np.uint32(some[k, n])]
        _mixed(some, count, unmix, last_byte)
        for n in range(count):
            for k in range(3):
                out[first + n, k] = byte[np.uint32(some[k, n])]


def tonemap(light: Array) -> Array:
    """sRGB bytes (..., 3) uint8 of finite linear sRGB light (3, ...) float32; 0.18 comes out near middle grey."""
    flat = np.ascontiguousarray(light, np.float32).reshape(3, -1)
    out = np.empty((flat.shape[1], 3), np.uint8)
    _tonemap(flat, _MIX, _UNMIX_SHOWN, _UNMIX, _CURVE, _LINEAR, _BYTE, out)
    return out.reshape(*light.shape[1:], 3)
