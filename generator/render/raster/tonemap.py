"""From linear light to sRGB bytes as Blender's AgX shows it, so that a draft looks like Blender's render.

The shape of AgX (mix the channels, bend each in stops, unmix) with numbers fitted by least squares to what Blender
4.5 makes of 4000 colours under the view "AgX" and the look "AgX - Medium High Contrast": mean error 0.5 of 255,
99 % below 5. The curves are worked out as polynomials, which become vector code as tables don't: within 1 of 255.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.polynomial import polynomial

from ...base.colour import to_linear, to_srgb
from ...values import Array
from ..kernel import inlined, kernel

_MIX = np.array([[0.5812, 0.3202, 0.0986], [0.1148, 0.7563, 0.1288], [0.0988, 0.1932, 0.7080]], np.float32)
_GREY_STOPS = np.linspace(-9.0, 5.0, 29)
_GREY = (
    0.0021, 0.0045, 0.0088, 0.0158, 0.0276, 0.0463, 0.0698, 0.0987, 0.1338, 0.1760, 0.2289, 0.2928, 0.3685, 0.4565,
    0.5459, 0.6280, 0.6990, 0.7607, 0.8138, 0.8582, 0.8965, 0.9293, 0.9571, 0.9812, 1.0, 1.0, 1.0, 1.0, 1.0,
)  # fmt: skip
"""Display value of grey light of 2^stop, stop by half stop."""
_UNMIX_SHOWN = np.array([[0.9501, 0.0559, -0.0060], [0.0277, 0.9944, -0.0221], [0.0026, 0.0187, 0.9788]], np.float32)
_UNMIX = np.array([[1.8962, -0.7424, -0.1538], [-0.2452, 1.2987, -0.0535], [-0.2077, -0.2956, 1.5033]], np.float32)

_DARKEST, _BRIGHTEST = -10.0, 3.0
"""Stops at which the curve of grey is black and white."""

CHUNK = 8192
"""So many pixels go through each step at a time: few enough to stay near the processor."""


N_TERMS = 8


def _fitted(x: Array, y: Array, terms: int = N_TERMS, weight: Array | None = None) -> Array:
    return np.asarray(polynomial.polyfit(x, y, terms - 1, w=weight), np.float32)


_PLACES = np.linspace(-1.0, 1.0, 2001)
_SHARES = np.linspace(0.0, 1.0, 2001)
_STOPS = 0.5 * (_DARKEST + _BRIGHTEST) + 0.5 * (_BRIGHTEST - _DARKEST) * _PLACES
_LOG2 = _fitted(_SHARES, np.log2(1.0 + _SHARES))
"""log2 of 1 to 2 over the mantissa's fraction."""
_CURVE = _fitted(_PLACES, np.interp(_STOPS, [-16.0, *_GREY_STOPS], [0.0, *_GREY]), 2 * N_TERMS)
"""Display value over stops, taken from -1 to 1."""
_CURVE_LOW, _CURVE_HIGH = _CURVE[:N_TERMS], _CURVE[N_TERMS:]
_LINEAR = _fitted(_SHARES, to_linear(_SHARES), weight=1.0 / (0.01 + _SHARES))
"""Linear light over display value: what is dark counts as much as what is bright."""
_SHOWN = _fitted(_SHARES, to_srgb(_SHARES**4))
"""Display value over the fourth root of linear light."""


@inlined
def _at(c: Array, x: np.float32) -> np.float32:
    """A polynomial's value (Horner); written out, or it doesn't become vector code."""
    return ((((((c[7] * x + c[6]) * x + c[5]) * x + c[4]) * x + c[3]) * x + c[2]) * x + c[1]) * x + c[0]


@inlined
def _unit(x: np.float32) -> np.float32:
    return min(max(x, np.float32(0.0)), np.float32(1.0))


@kernel
def _mix(light: Array, mixed: Array) -> None:
    """The channels of light (3, N) mixed, and nothing below zero."""
    for n in range(light.shape[1]):
        r, g, b = light[0, n], light[1, n], light[2, n]
        for k in range(3):
            mixed[k, n] = max(_MIX[k, 0] * r + _MIX[k, 1] * g + _MIX[k, 2] * b, np.float32(0.0))


@kernel
def _bend(bits: Array, bent: Array) -> None:
    """Display values of channels (3, N) given as the bits of float32."""
    one, root = np.float32(1.0), np.float32(1.0 / (1 << 23))
    per, middle = np.float32(2.0 / (_BRIGHTEST - _DARKEST)), np.float32(127.0 + 0.5 * (_BRIGHTEST + _DARKEST))
    for k in range(3):
        for n in range(bits.shape[1]):
            power = np.float32(bits[k, n]) * root  # the exponent, and the mantissa's fraction after the point
            whole = np.floor(power)
            x = min(max((whole + _at(_LOG2, power - whole) - middle) * per, -one), one)
            square = x * x
            bent[k, n] = _unit(_at(_CURVE_LOW, x) + square * square * square * square * _at(_CURVE_HIGH, x))


@kernel
def _unmix(bent: Array, linear: Array) -> None:
    """Linear light of display values (3, N), unmixed one half."""
    for n in range(bent.shape[1]):
        r, g, b = bent[0, n], bent[1, n], bent[2, n]
        for k in range(3):
            linear[k, n] = _at(_LINEAR, _unit(_UNMIX_SHOWN[k, 0] * r + _UNMIX_SHOWN[k, 1] * g + _UNMIX_SHOWN[k, 2] * b))


@kernel
def _show(linear: Array, out: Array) -> None:
    """Bytes of linear light (3, N), unmixed the other half."""
    for k in range(3):
        a, b, c = _UNMIX[k, 0], _UNMIX[k, 1], _UNMIX[k, 2]
        for n in range(linear.shape[1]):
            root = np.sqrt(np.sqrt(_unit(a * linear[0, n] + b * linear[1, n] + c * linear[2, n])))
            out[k, n] = np.uint8(np.int32(_unit(_at(_SHOWN, root)) * np.float32(255.0) + np.float32(0.5)))


def tonemap(light: Array) -> Array:
    """sRGB bytes (H, W, 3) uint8 of finite linear sRGB light (3, H, W) float32; 0.18 comes out near middle grey."""
    flat = np.ascontiguousarray(light, np.float32).reshape(3, -1)
    out = np.empty(flat.shape, np.uint8)
    some, bent = np.empty((2, 3, min(CHUNK, flat.shape[1])), np.float32)
    for first in range(0, flat.shape[1], CHUNK):
        part = flat[:, first : first + CHUNK]
        count = part.shape[1]
        _mix(part, some[:, :count])
        _bend(some.view(np.int32)[:, :count], bent[:, :count])
        _unmix(bent[:, :count], some[:, :count])
        _show(some[:, :count], out[:, first : first + count])
    return cv2.merge(list(out.reshape(light.shape)))
