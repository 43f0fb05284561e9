"""Ambient light as second-order spherical harmonics, gathered at the stage centre from sky and backdrop.

Ramamoorthi and Hanrahan 2001 (irradiance from nine coefficients). Where the backdrop hides the sky, its own light
counts: its colour times what reaches it, worked out a few bounces deep. So a lawn lights a chin from below and a
closed room keeps the sky out.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...values import Array
from ..environment import COARSE, Key, Sky, directions
from ..kernel import kernel

PROBE_HEIGHT_M = 1.0
"""Where the light is gathered: this high above the stage centre, about a person's middle."""

BOUNCES = 4

_BAND = np.repeat([np.pi, 2 * np.pi / 3, np.pi / 4], [1, 3, 5])
"""How much of each harmonic a cosine lobe keeps."""


def harmonics(n: Array) -> Array:
    """(N, 9) real spherical harmonics, bands 0 to 2, of unit vectors (N, 3)."""
    x, y, z = n[:, 0], n[:, 1], n[:, 2]
    return np.stack(
        [
            np.full_like(x, 0.282095), 0.488603 * y, 0.488603 * z, 0.488603 * x,
            1.092548 * x * y, 1.092548 * y * z, 0.315392 * (3 * z * z - 1), 1.092548 * x * z,
            0.546274 * (x * x - y * y),
        ],
        axis=1,
    )  # fmt: skip


@kernel
def cast(origin: Array, toward: Array, corners: Array, hit: Array, distance: Array) -> None:
    """First face of corners (F, 3, 3) along each ray: origin, toward (N, 3). Fills hit (N,) (-1: none), distance (N,).

    Moeller and Trumbore 1997, every ray against every face: for a probe's few hundred rays.
    """
    for n in range(toward.shape[0]):
        hit[n], distance[n] = -1, np.inf
        dx, dy, dz = toward[n, 0], toward[n, 1], toward[n, 2]
        for f in range(corners.shape[0]):
            ax, ay, az = corners[f, 0, 0], corners[f, 0, 1], corners[f, 0, 2]
            e1x, e1y, e1z = corners[f, 1, 0] - ax, corners[f, 1, 1] - ay, corners[f, 1, 2] - az
            e2x, e2y, e2z = corners[f, 2, 0] - ax, corners[f, 2, 1] - ay, corners[f, 2, 2] - az
            px, py, pz = dy * e2z - dz * e2y, dz * e2x - dx * e2z, dx * e2y - dy * e2x
            det = e1x * px + e1y * py + e1z * pz
            if det == 0.0:
                continue
            tx, ty, tz = origin[n, 0] - ax, origin[n, 1] - ay, origin[n, 2] - az
            u = (tx * px + ty * py + tz * pz) / det
            if u < 0.0 or u > 1.0:
                continue
            qx, qy, qz = ty * e1z - tz * e1y, tz * e1x - tx * e1z, tx * e1y - ty * e1x
            v = (dx * qx + dy * qy + dz * qz) / det
            if v < 0.0 or u + v > 1.0:
                continue
            t = (e2x * qx + e2y * qy + e2z * qz) / det
            if 1e-4 < t < distance[n]:
                hit[n], distance[n] = f, t


def _cast(origin: Array, toward: Array, corners: Array) -> tuple[Array, Array]:
    hit, distance = np.empty(len(toward), np.int32), np.empty(len(toward))
    cast(np.ascontiguousarray(origin), np.ascontiguousarray(toward), corners, hit, distance)
    return hit, distance


class Probe:
    """What the stage centre sees of sky (visible directions) and backdrop (points with normal and colour)."""

    def __init__(self, seen: Sky, centre: Array, corners: Array, albedo: Array, glow: Array) -> None:
        """corners (F, 3, 3) float64 of the backdrop's faces, albedo (F, 3) their linear colours, glow (F,) how they shine."""
        self.corners = corners
        self.centre = np.asarray(centre, np.float64) + np.array([0.0, 0.0, PROBE_HEIGHT_M])
        self.toward, self.angle = directions(*COARSE, seen.yaw_rad)
        origin = np.broadcast_to(self.centre, self.toward.shape)
        hit, distance = _cast(origin, self.toward, corners)
        self.open = hit < 0
        self.radiance = seen.coarse.reshape(-1, 3).astype(np.float64)
        face = hit[~self.open]
        self.point = origin[~self.open] + self.toward[~self.open] * distance[~self.open, None]
        normal = np.cross(corners[face, 1] - corners[face, 0], corners[face, 2] - corners[face, 0])
        normal /= np.linalg.norm(normal, axis=1, keepdims=True)
        away = (normal * self.toward[~self.open]).sum(axis=1) > 0
        self.normal = np.where(away[:, None], -normal, normal)
        self.albedo, self.glow = albedo[face], glow[face][:, None]

    def reached(self, direction: Array, at_centre: bool = False) -> Array:
        """Which points (or the centre itself) a distant light travelling along `direction` reaches, (N,) bool."""
        start = self.centre[None] if at_centre else self.point + 1e-3 * self.normal
        return _cast(start, np.broadcast_to(-direction, start.shape), self.corners)[0] < 0

    def harmonics(self, direct: Array) -> Array:
        """(9, 3) coefficients of irradiance: `light @ harmonics(n)` is W/m2. direct (N, 3) falls on the points."""
        basis, out = harmonics(self.toward) * self.angle[:, None], np.zeros((9, 3))
        radiance = np.where(self.open[:, None], self.radiance, 0.0)
        for _ in range(BOUNCES):
            out = _BAND[:, None] * (basis.T @ radiance)
            ambient = np.maximum(harmonics(self.normal) @ out, 0.0)
            reflected = self.albedo / np.pi * (direct + ambient)
            radiance[~self.open] = np.where(self.glow > 0, self.albedo * self.glow, reflected)
        return _BAND[:, None] * (basis.T @ radiance)


def gather(probe: Probe, distant: Sequence[Key], lamps: Sequence[tuple[Array, Array, Array]]) -> Array:
    """(9, 3) irradiance harmonics at the stage. lamps: (position, axis, intensity (3,) W/sr along the axis) each."""
    direct = np.zeros_like(probe.point)
    for key in distant:
        facing = np.maximum(probe.normal @ -key.direction, 0.0) * probe.reached(key.direction)
        direct += facing[:, None] * key.irradiance
    for position, axis, intensity in lamps:
        ray = probe.point - position
        square = np.maximum((ray**2).sum(axis=1), 0.05)
        ray /= np.sqrt(square)[:, None]
        facing = np.maximum(ray @ axis, 0.0) * np.maximum((probe.normal * -ray).sum(axis=1), 0.0)
        direct += (facing / square)[:, None] * intensity
    return probe.harmonics(direct)
