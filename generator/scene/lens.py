"""The lens and the shutter: where in the finished picture lies what a pinhole shows elsewhere, for pictures and labels alike.

A lens bends radially, by OpenCV's k1 and k2. A rolling shutter reads row after row: what moves by v px a frame lies in row y by
`readout_share` * (y / height - 1/2) * v from where it is at the frame's own moment.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..values import Array, Camera, Lens, SensorSpec

HELD = 1.5
"""Half-diagonals from the middle beyond which a lens bends no further: far outside the frame, a barrel's formula would lead back
into it."""

LARGEST_STEP = 0.5
"""Of the frame's height, which the rolling shutter takes a point to move between two frames; faster ones are held to that."""

N_NEWTON = 12


def behind_lens(camera: Camera, sensor: SensorSpec, fps: float) -> Camera:
    """The pinhole that must be drawn so that the finished picture of `camera`, seen by this sensor, has something everywhere.

    It sees a little more than `camera`, whose K_px is the finished picture's. With neither distortion nor rolling shutter it is
    `camera`.
    """
    share = min(sensor.readout_s * fps, 1.0)
    if sensor.distortion == (0.0, 0.0) and not share:
        return camera
    K, radius = camera.K_px, half_diagonal(camera.K_px, camera.width_px, camera.height_px)
    per_ray = (K[:, 0, 0] / radius) ** 2
    distortion = np.zeros((len(K), 5))
    distortion[:, 0], distortion[:, 1] = sensor.distortion[0] * per_ray, sensor.distortion[1] * per_ray**2
    wider = K.copy()
    wider[:, :2, :2] /= zoom(sensor.distortion)
    return replace(camera, K_px=wider, lens=Lens(K, distortion, share))


def zoom(distortion: tuple[float, float]) -> float:
    """How much more than the finished picture the pinhole must see, a factor of at least 1."""
    reached = np.linspace(0.02, 1.0, 50)
    return float(max(1.0, (unbent(reached, distortion) / reached).max()))


def unbent(radius: Array, distortion: tuple[float, float]) -> Array:
    """Where from the middle, in half-diagonals, lies what the lens shows at `radius` (Newton's method)."""
    one, two = distortion
    found = np.array(radius, np.float64)
    for _ in range(N_NEWTON):
        square = found * found
        found -= (found * (1 + one * square + two * square**2) - radius) / (1 + 3 * one * square + 5 * two * square**2)
    return found


def half_diagonal(K_px: Array, width_px: int, height_px: int) -> Array:
    """(T,) px from the principal point to the frame's furthest corner."""
    x, y = K_px[:, 0, 2], K_px[:, 1, 2]
    far_x, far_y = np.maximum(x, width_px - x), np.maximum(y, height_px - y)
    return np.sqrt(far_x * far_x + far_y * far_y)  # unlike hypot the same bits everywhere


def finished_pixels(lens: Lens, rays: Array, width_px: int, height_px: int) -> Array:
    """Places (T, N, 2) px in the finished picture of points seen along rays (T, N, 2), x / z and y / z; NaN stays NaN."""
    K = lens.K_px
    radius = half_diagonal(K, width_px, height_px)
    held = (HELD * radius / K[:, 0, 0])[:, None] ** 2
    k1, k2, p1, p2, k3 = (lens.distortion[:, k, None] for k in range(5))
    x, y = rays[..., 0], rays[..., 1]
    square = np.minimum(x * x + y * y, held)
    factor = 1 + square * (k1 + square * (k2 + square * k3))
    bent_x = x * factor + 2 * p1 * x * y + p2 * (square + 2 * x * x)
    bent_y = y * factor + p1 * (square + 2 * y * y) + 2 * p2 * x * y
    pixels = np.stack([bent_x, bent_y, np.ones_like(x)], axis=-1) @ K.transpose(0, 2, 1)
    return rolled(pixels[..., :2], lens.readout_share, height_px)


def rolled(pixels: Array, readout_share: float, height_px: int) -> Array:
    """Places (T, N, 2) px of points when their own row is read out; at the frames' moments they are at `pixels`."""
    if not readout_share or len(pixels) < 2:
        return pixels
    steps = np.diff(pixels, axis=0)
    steps = np.concatenate([steps, steps[-1:]])
    steps = np.where(np.isfinite(steps), steps, 0.0)
    return pixels + lateness(pixels[..., 1], steps[..., 1], readout_share, height_px)[..., None] * steps


def lateness(row: Array, step: Array, readout_share: float, height_px: int) -> Array:
    """When the row is read in which a point is then found, in frames from the frame's own moment, of points now in `row` (px)
    that move by `step` px a frame: the solution of when = share * ((row + when * step) / height - 1/2)."""
    held = np.clip(step, -LARGEST_STEP * height_px, LARGEST_STEP * height_px)
    when = readout_share * (row / height_px - 0.5) / (1.0 - readout_share * held / height_px)
    return np.clip(when, -0.5 * readout_share, 0.5 * readout_share)
