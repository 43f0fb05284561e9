"""Rotations over time: (T, 3, 3) matrices, built, mixed and taken apart. Thin wrappers around scipy's Rotation."""

from __future__ import annotations

import numpy as np
from scipy.spatial.transform import Rotation

from ..exact import arctan2
from ..values import Array

BODY_AXES = np.array([[-1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
"""Rest frame (left, up, front) to choreography axes (right, forward, up), both right-handed."""


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


def about_vector(axis: Array, angle_rad: Array) -> Array:
    """Rotations (T, 3, 3) about a unit vector (3,) or (T, 3) by angles (T,)."""
    return Rotation.from_rotvec(np.asarray(angle_rad)[:, None] * axis).as_matrix()


def tilt(yaw_rad: Array, pitch_rad: Array, roll_rad: Array) -> Array:
    """Turn left by yaw, then bow forward by pitch, then lean to the right by roll, in choreography axes; (T, 3, 3)."""
    return about("z", yaw_rad) @ about("x", -np.asarray(pitch_rad)) @ about("y", roll_rad)


def mix(a: Array, b: Array, weight: Array) -> Array:
    """Shortest-arc interpolation from rotations a to b, (T, 3, 3), by weights (T,)."""
    delta = Rotation.from_matrix(np.swapaxes(a, -1, -2) @ b).as_rotvec()
    return a @ Rotation.from_rotvec(delta * weight[:, None]).as_matrix()


def limited(rotation: Array, max_rad: float) -> Array:
    """Rotations (T, 3, 3) with their angle cut to `max_rad`."""
    vector = Rotation.from_matrix(rotation).as_rotvec()
    angle = np.linalg.norm(vector, axis=-1, keepdims=True)
    return Rotation.from_rotvec(vector * np.minimum(1.0, max_rad / np.maximum(angle, 1e-9))).as_matrix()


def twist_about(axis: Array, rotation: Array) -> Array:
    """Signed angle (T,) of the twist of `rotation` (T, 3, 3) about a unit axis (3,), by swing-twist decomposition."""
    quat = Rotation.from_matrix(rotation).as_quat()
    angle = 2.0 * arctan2(dot(quat[:, :3], axis), quat[:, 3])
    return (angle + np.pi) % (2.0 * np.pi) - np.pi


def unit(vector: Array) -> Array:
    """Vectors scaled to length one along the last axis."""
    return vector / np.maximum(np.sqrt(dot(vector, vector)), 1e-12)[..., None]


def dot(a: Array, b: Array) -> Array:
    """Inner product along the last axis of length 3, summed in order.

    numpy's einsum and BLAS may round differently from call to call with the memory's alignment; a clip must come out the
    same bit for bit, so products along short axes are written out here.
    """
    return a[..., 0] * b[..., 0] + a[..., 1] * b[..., 1] + a[..., 2] * b[..., 2]


def turned(axes: Array, vector: Array) -> Array:
    """axes (..., 3, 3) times vectors (..., 3): from a frame to the world."""
    return np.stack([dot(axes[..., k, :], vector) for k in range(3)], axis=-1)


def unturned(axes: Array, vector: Array) -> Array:
    """Transposed axes (..., 3, 3) times vectors (..., 3): from the world to a frame."""
    return np.stack([dot(axes[..., :, k], vector) for k in range(3)], axis=-1)


def cross(a: Array, b: Array) -> Array:
    """Cross product along the last axis; five times as fast as numpy's for arrays of this size."""
    ax, ay, az = a[..., 0], a[..., 1], a[..., 2]
    bx, by, bz = b[..., 0], b[..., 1], b[..., 2]
    return np.stack([ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx], axis=-1)


def frame_from(first: Array, second: Array) -> Array:
    """Right-handed orthonormal frames (..., 3, 3) with columns (first, second made orthogonal, first x second)."""
    a = unit(first)
    b = unit(second - np.sum(second * a, axis=-1, keepdims=True) * a)
    return np.stack([a, b, cross(a, b)], axis=-1)


def arc(a: Array, b: Array, weight: Array) -> Array:
    """From vectors a to b (T, 3) along an arc: directions slerped, lengths interpolated, by weights (T,).

    A hand swings about its shoulder; a straight line from hip to head looks like a machine's.
    """
    ua, ub = unit(a), unit(b)
    cosine = np.clip(np.sum(ua * ub, axis=-1), -1.0, 1.0)
    angle = np.arccos(cosine)
    sine = np.maximum(np.sin(angle), 1e-6)
    w = np.asarray(weight)
    straight = (angle < 1e-3) | (angle > np.pi - 1e-3)
    ka = np.where(straight, 1.0 - w, np.sin((1.0 - w) * angle) / sine)
    kb = np.where(straight, w, np.sin(w * angle) / sine)
    length = (1.0 - w) * np.linalg.norm(a, axis=-1) + w * np.linalg.norm(b, axis=-1)
    return unit(ka[:, None] * ua + kb[:, None] * ub) * length[:, None]
