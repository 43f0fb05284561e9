"""From linear light to sRGB bytes through AgX, so that a draft looks like Blender's render of the same scene.

AgX by Troy Sobotka; its matrices and the polynomial fit of its curve as published by Benjamin Wrensch ("Minimal AgX
Implementation", 2023) and, in Rec. 2020, by Google's Filament: numbers of the transform, used here through two tables.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from ..values import Array

_TO_2020 = np.array([[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0113], [0.0164, 0.0880, 0.8956]])
_INSET = np.array(
    [
        [0.856627153315983, 0.0951212405381588, 0.0482516061458583],
        [0.137318972929847, 0.761241990602591, 0.101439036467562],
        [0.11189821299995, 0.0767994186031903, 0.811302368396859],
    ]
)
_OUTSET = np.array(
    [
        [1.1271005818144368, -0.11060664309660323, -0.016493938717834573],
        [-0.1413297634984383, 1.157823702216272, -0.016493938717834257],
        [-0.14132976349843826, -0.11060664309660294, 1.2519364065950405],
    ]
)
_FROM_2020 = np.array([[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]])
_MIN_EV, _MAX_EV = -12.47393, 4.026069
_CURVE = (15.5, -40.14, 31.96, -6.868, 0.4298, 0.1191, -0.00232)

_IN = (_INSET @ _TO_2020).astype(np.float32)
_OUT = _OUTSET.astype(np.float32)
_BACK = _FROM_2020.astype(np.float32)
_SHIFT = 16
_STEPS = 4096


def _curve_table() -> Array:
    """The curve's value for the upper 16 bits of every positive float32: 128 steps per stop."""
    bits = np.minimum(np.arange(1 << (31 - _SHIFT)) << _SHIFT | (1 << (_SHIFT - 1)), 0x7F7FFFFF)
    value = bits.astype(np.int32).view(np.float32).astype(np.float64)
    x = np.clip((np.log2(np.maximum(value, 1e-10)) - _MIN_EV) / (_MAX_EV - _MIN_EV), 0.0, 1.0)
    return np.polyval(_CURVE, x).astype(np.float32)


def _srgb(x: Array) -> Array:
    x = np.clip(x, 0.0, 1.0)
    return np.where(x <= 0.0031308, 12.92 * x, 1.055 * x ** (1 / 2.4) - 0.055)


_CURVE_TABLE = _curve_table()
_POWER_TABLE = (np.linspace(0.0, 1.0, _STEPS) ** 2.2).astype(np.float32)
_BYTE_TABLE = np.round(255 * _srgb(np.linspace(0.0, 1.0, _STEPS * 4))).astype(np.uint8)


@njit(cache=True, nogil=True)
def _tonemap(
    linear: Array,
    into: Array,
    out_of: Array,
    back: Array,
    curve: Array,
    power: Array,
    byte: Array,
    out: Array,
) -> None:
    bits = np.empty(3, np.float32)
    index = bits.view(np.int32)
    last, last_byte = np.float32(power.shape[0] - 1), np.float32(byte.shape[0] - 1)
    zero, one, half = np.float32(0.0), np.float32(1.0), np.float32(0.5)
    for n in range(linear.shape[0]):
        r, g, b = linear[n, 0], linear[n, 1], linear[n, 2]
        for k in range(3):
            bits[k] = max(into[k, 0] * r + into[k, 1] * g + into[k, 2] * b, zero)
        r, g, b = curve[index[0] >> 16], curve[index[1] >> 16], curve[index[2] >> 16]
        for k in range(3):
            value = min(max(out_of[k, 0] * r + out_of[k, 1] * g + out_of[k, 2] * b, zero), one)
            bits[k] = power[int(value * last + half)]
        r, g, b = bits[0], bits[1], bits[2]
        for k in range(3):
            value = min(max(back[k, 0] * r + back[k, 1] * g + back[k, 2] * b, zero), one)
            out[n, k] = byte[int(value * last_byte + half)]


def tonemap(linear: Array) -> Array:
    """sRGB bytes (..., 3) uint8 of linear sRGB light (..., 3) float32; 0.18 comes out near middle grey."""
    flat = np.ascontiguousarray(linear, np.float32).reshape(-1, 3)
    out = np.empty(flat.shape, np.uint8)
    _tonemap(flat, _IN, _OUT, _BACK, _CURVE_TABLE, _POWER_TABLE, _BYTE_TABLE, out)
    return out.reshape(linear.shape)
