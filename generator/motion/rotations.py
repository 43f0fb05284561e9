"""Rotations over time: (T, 3, 3) matrices, built, mixed and taken apart, as numpy functions compiled for one row at a time.

Each broadcasts as numpy's own functions do. A clip's arrays are short, so calls into numpy or scipy cost far more there than
the arithmetic; and a compiled row has the same bits on every machine, where numpy's vector code and BLAS may not.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from ..base.compiled import compiling
from ..base.jit import numba
from ..values import Array

BODY_AXES = np.array([[-1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
"""Rest frame (left, up, front) to choreography axes (right, forward, up), both right-handed."""

VECTOR, MATRIX, NUMBER = "float64[:]", "float64[:, :]", "float64"


ROWS: list[Row] = []
"""All there are, so that they can be compiled beforehand."""


class Row:
    """A function of one row, whose last argument is the result's memory, compiled into one that broadcasts over rows.

    Its code is loaded when it is first called: to load all takes a quarter of the time in which a command starts.
    """

    def __init__(self, function: Callable[..., None], types: tuple[str, ...], shapes: str) -> None:
        self.__doc__, self.__name__ = function.__doc__, function.__name__
        self._source = function, f"void({', '.join(types)})", shapes
        self._loaded: Callable[..., Array] | None = None
        ROWS.append(self)

    def load(self) -> Callable[..., Array]:
        """The compiled function."""
        function, types, shapes = self._source
        with compiling():
            self._loaded = numba.guvectorize([types], shapes, nopython=True, cache=True)(function)
        return self._loaded

    def __call__(self, *arrays: Any) -> Array:
        """Arrays whose last axes are a row's, to one of as many rows."""
        return (self._loaded or self.load())(*arrays)


def row(types: tuple[str, ...], shapes: str) -> Callable[[Callable[..., None]], Row]:
    """See `Row`."""
    return lambda function: Row(function, types, shapes)


inline = numba.njit(cache=True, nogil=True)


def about(axis: str, angle_rad: Array) -> Array:
    """Rotations (T, 3, 3) about one of the axes x, y, z by angles (T,)."""
    angle = np.asarray(angle_rad, dtype=float)
    k = "xyz".index(axis)
    i, j = (k + 1) % 3, (k + 2) % 3
    matrix = np.zeros((len(angle), 3, 3))
    matrix[:, k, k] = 1.0
    matrix[:, i, i] = matrix[:, j, j] = np.cos(angle)
    matrix[:, j, i] = np.sin(angle)
    matrix[:, i, j] = -matrix[:, j, i]
    return matrix


def tilt(yaw_rad: Array, pitch_rad: Array, roll_rad: Array) -> Array:
    """Turn left by yaw, then bow forward by pitch, then lean to the right by roll, in choreography axes; (T, 3, 3)."""
    return about("z", yaw_rad) @ about("x", -np.asarray(pitch_rad)) @ about("y", roll_rad)


@row((VECTOR, VECTOR), "(n)->(n)")
def unit(vector: Array, out: Array) -> None:
    """Vectors (..., 3) scaled to length one."""
    norm = max(math.sqrt(vector[0] * vector[0] + vector[1] * vector[1] + vector[2] * vector[2]), 1e-12)
    for k in range(3):
        out[k] = vector[k] / norm


@row((VECTOR, VECTOR), "(n)->()")
def length(vector: Array, out: Array) -> None:
    """Lengths (...,) of vectors (..., 3)."""
    out[0] = math.sqrt(vector[0] * vector[0] + vector[1] * vector[1] + vector[2] * vector[2])


@row((VECTOR, VECTOR, VECTOR), "(n),(n)->()")
def dot(a: Array, b: Array, out: Array) -> None:
    """Inner products (...,) of vectors (..., 3)."""
    out[0] = a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


@row((VECTOR, VECTOR, VECTOR), "(n),(n)->(n)")
def cross(a: Array, b: Array, out: Array) -> None:
    """Cross products of vectors (..., 3)."""
    out[0] = a[1] * b[2] - a[2] * b[1]
    out[1] = a[2] * b[0] - a[0] * b[2]
    out[2] = a[0] * b[1] - a[1] * b[0]


@row((MATRIX, VECTOR, VECTOR), "(n,n),(n)->(n)")
def turned(axes: Array, vector: Array, out: Array) -> None:
    """axes (..., 3, 3) times vectors (..., 3): from a frame to the world."""
    for k in range(3):
        out[k] = axes[k, 0] * vector[0] + axes[k, 1] * vector[1] + axes[k, 2] * vector[2]


@row((MATRIX, VECTOR, VECTOR), "(n,n),(n)->(n)")
def unturned(axes: Array, vector: Array, out: Array) -> None:
    """Transposed axes (..., 3, 3) times vectors (..., 3): from the world to a frame."""
    for k in range(3):
        out[k] = axes[0, k] * vector[0] + axes[1, k] * vector[1] + axes[2, k] * vector[2]


@row((VECTOR, VECTOR, MATRIX), "(n),(n)->(n,n)")
def frame_from(first: Array, second: Array, out: Array) -> None:
    """Right-handed orthonormal frames (..., 3, 3) with columns (first, second made orthogonal, first x second)."""
    length = max(math.sqrt(first[0] * first[0] + first[1] * first[1] + first[2] * first[2]), 1e-12)
    ax, ay, az = first[0] / length, first[1] / length, first[2] / length
    along = second[0] * ax + second[1] * ay + second[2] * az
    bx, by, bz = second[0] - along * ax, second[1] - along * ay, second[2] - along * az
    length = max(math.sqrt(bx * bx + by * by + bz * bz), 1e-12)
    bx, by, bz = bx / length, by / length, bz / length
    out[0, 0], out[1, 0], out[2, 0] = ax, ay, az
    out[0, 1], out[1, 1], out[2, 1] = bx, by, bz
    out[0, 2], out[1, 2], out[2, 2] = ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx


@inline
def _quaternion(m: Array) -> tuple[float, float, float, float]:
    """(x, y, z, w) of a rotation matrix, w >= 0, from its largest part (Shepperd 1978)."""
    trace = m[0, 0] + m[1, 1] + m[2, 2]
    if trace >= max(m[0, 0], m[1, 1], m[2, 2]):
        x, y, z, w = m[2, 1] - m[1, 2], m[0, 2] - m[2, 0], m[1, 0] - m[0, 1], 1.0 + trace
    elif m[0, 0] >= m[1, 1] and m[0, 0] >= m[2, 2]:
        x, y, z, w = 1.0 + 2.0 * m[0, 0] - trace, m[1, 0] + m[0, 1], m[0, 2] + m[2, 0], m[2, 1] - m[1, 2]
    elif m[1, 1] >= m[2, 2]:
        x, y, z, w = m[1, 0] + m[0, 1], 1.0 + 2.0 * m[1, 1] - trace, m[2, 1] + m[1, 2], m[0, 2] - m[2, 0]
    else:
        x, y, z, w = m[0, 2] + m[2, 0], m[2, 1] + m[1, 2], 1.0 + 2.0 * m[2, 2] - trace, m[1, 0] - m[0, 1]
    length = math.copysign(math.sqrt(x * x + y * y + z * z + w * w), w)
    return x / length, y / length, z / length, w / length


@inline
def _matrix(x: float, y: float, z: float, w: float, out: Array) -> None:
    """Fill `out` (3, 3) with the rotation of a unit quaternion."""
    out[0, 0], out[0, 1], out[0, 2] = 1.0 - 2.0 * (y * y + z * z), 2.0 * (x * y - z * w), 2.0 * (x * z + y * w)
    out[1, 0], out[1, 1], out[1, 2] = 2.0 * (x * y + z * w), 1.0 - 2.0 * (x * x + z * z), 2.0 * (y * z - x * w)
    out[2, 0], out[2, 1], out[2, 2] = 2.0 * (x * z - y * w), 2.0 * (y * z + x * w), 1.0 - 2.0 * (x * x + y * y)


@row((VECTOR, VECTOR, MATRIX), "(n),(n)->(n,n)")
def between(a: Array, b: Array, out: Array) -> None:
    """The smallest rotations (..., 3, 3) that take unit vectors a to b (..., 3); about any axis where those are opposite."""
    w = 1.0 + a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
    x, y, z = a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    if w < 1e-9:  # half a turn, about what lies across a
        x, y, z = (0.0, -a[2], a[1]) if abs(a[0]) < 0.9 else (a[2], 0.0, -a[0])
        w = 0.0
    length = math.sqrt(x * x + y * y + z * z + w * w)
    _matrix(x / length, y / length, z / length, w / length, out)


@row((MATRIX, VECTOR, VECTOR), "(n,n),(m)->(m)")
def _quaternions(rotation: Array, four: Array, out: Array) -> None:
    """`quaternions`; of `four` only the length is used."""
    out[0], out[1], out[2], out[3] = _quaternion(rotation)


def quaternions(rotation: Array) -> Array:
    """Unit quaternions (..., 4), x y z w with w >= 0, of rotations (..., 3, 3)."""
    return _quaternions(rotation, np.empty(4))


@row((VECTOR, VECTOR, MATRIX), "(m),(n)->(n,n)")
def _matrices(quaternion: Array, three: Array, out: Array) -> None:
    """`matrices`; of `three` only the length is used."""
    x, y, z, w = quaternion[0], quaternion[1], quaternion[2], quaternion[3]
    length = math.sqrt(x * x + y * y + z * z + w * w)
    _matrix(x / length, y / length, z / length, w / length, out)


def matrices(quaternion: Array) -> Array:
    """Rotations (..., 3, 3) of quaternions (..., 4), x y z w of any length but none."""
    return _matrices(quaternion, np.empty(3))


@row((VECTOR, NUMBER, MATRIX), "(n),()->(n,n)")
def about_vector(axis: Array, angle_rad: float, out: Array) -> None:
    """Rotations (..., 3, 3) about unit vectors (..., 3) by angles (...,)."""
    sine = math.sin(0.5 * angle_rad)
    _matrix(axis[0] * sine, axis[1] * sine, axis[2] * sine, math.cos(0.5 * angle_rad), out)


@row((MATRIX, MATRIX, NUMBER, MATRIX), "(n,n),(n,n),()->(n,n)")
def mix(a: Array, b: Array, weight: float, out: Array) -> None:
    """Shortest-arc interpolation from rotations a to b, (..., 3, 3), by weights (...,)."""
    delta, turn = np.empty((3, 3)), np.empty((3, 3))
    for i in range(3):
        for j in range(3):
            delta[i, j] = a[0, i] * b[0, j] + a[1, i] * b[1, j] + a[2, i] * b[2, j]
    x, y, z, w = _quaternion(delta)
    length = math.sqrt(x * x + y * y + z * z)
    half = weight * math.atan2(length, w)
    scale = math.sin(half) / length if length > 0.0 else 0.0
    _matrix(x * scale, y * scale, z * scale, math.cos(half), turn)
    for i in range(3):
        for j in range(3):
            out[i, j] = a[i, 0] * turn[0, j] + a[i, 1] * turn[1, j] + a[i, 2] * turn[2, j]


@row((MATRIX, NUMBER, MATRIX), "(n,n),()->(n,n)")
def limited(rotation: Array, max_rad: float, out: Array) -> None:
    """Rotations (..., 3, 3) with their angle cut to `max_rad`."""
    x, y, z, w = _quaternion(rotation)
    length = math.sqrt(x * x + y * y + z * z)
    half = min(math.atan2(length, w), 0.5 * max_rad)
    scale = math.sin(half) / length if length > 0.0 else 0.0
    _matrix(x * scale, y * scale, z * scale, math.cos(half), out)


@row((VECTOR, MATRIX, VECTOR), "(n),(n,n)->()")
def twist_about(axis: Array, rotation: Array, out: Array) -> None:
    """Signed angles (...,) of the twist of rotations (..., 3, 3) about unit axes (..., 3), by swing-twist decomposition."""
    x, y, z, w = _quaternion(rotation)
    angle = 2.0 * math.atan2(x * axis[0] + y * axis[1] + z * axis[2], w)
    out[0] = (angle + math.pi) % (2.0 * math.pi) - math.pi


@row((VECTOR, VECTOR, NUMBER, VECTOR), "(n),(n),()->(n)")
def arc(a: Array, b: Array, weight: float, out: Array) -> None:
    """From vectors a to b (..., 3) along an arc: directions slerped, lengths interpolated, by weights (...,).

    A hand swings about its shoulder; a straight line from hip to head looks like a machine's.
    """
    length_a = math.sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2])
    length_b = math.sqrt(b[0] * b[0] + b[1] * b[1] + b[2] * b[2])
    scale_a, scale_b = 1.0 / max(length_a, 1e-12), 1.0 / max(length_b, 1e-12)
    cosine = (a[0] * b[0] + a[1] * b[1] + a[2] * b[2]) * scale_a * scale_b
    angle = math.acos(min(max(cosine, -1.0), 1.0))
    ka, kb = 1.0 - weight, weight
    if 1e-3 <= angle <= math.pi - 1e-3:
        sine = math.sin(angle)
        ka, kb = math.sin(ka * angle) / sine, math.sin(kb * angle) / sine
    ka, kb = ka * scale_a, kb * scale_b
    x, y, z = ka * a[0] + kb * b[0], ka * a[1] + kb * b[1], ka * a[2] + kb * b[2]
    scale = ((1.0 - weight) * length_a + weight * length_b) / max(math.sqrt(x * x + y * y + z * z), 1e-12)
    out[0], out[1], out[2] = x * scale, y * scale, z * scale
