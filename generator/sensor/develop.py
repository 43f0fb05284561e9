"""From what a pinhole with an instant shutter sees to the frames of a camera: all of a clip's `SensorSpec`, in its order.

Exposure, shutter, lens, rolling shutter, softness, lost and stray light, noise, its smoothing, colour, sharpening, video codec.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..labels.passes import Views
from ..labels.through import flow_at
from ..render.bending import bending
from ..values import Array, Camera, SensorSpec
from ..video.recompress import recompressed
from .exposure import LINEAR, SHOWN, expose, linear, resample, sharpened, show
from .metering import gains
from .shutter import Shutter
from .smoothing import bell, smooth

SIZE_PX = 256.0
"""Height of the pictures in whose pixels a SensorSpec counts."""

SHARPENING_PX = 1.2
"""Standard deviation of the blur that is finer than what sharpening makes stronger."""

PER_FRAME = 0x85EBCA6B
"""Odd, so that no two of a clip's frames have the same noise."""


def passes_needed(camera: Camera, sensor: SensorSpec) -> set[str]:
    """Labels per pixel of the pinhole's picture that `develop` works with."""
    return {"flow"} if sensor.exposure_s or (camera.lens and camera.lens.readout_share) else set()


def develop(frames: Array, traced: Views, camera: Camera, sensor: SensorSpec, fps: float) -> Array:
    """Frames (T, H, W, 3) uint8 as the sensor gives them of a pinhole's; `traced` what its pixels see, with `passes_needed`."""
    if replace(sensor, noise_seed=0) == SensorSpec():
        return frames
    darkroom, metered = Darkroom(camera, sensor, fps), gains(frames, sensor, fps)
    developed = np.empty_like(frames)
    for t, frame in enumerate(frames):
        darkroom.expose(frame, traced, t)
        darkroom.finish(t, metered[t], developed[t])
    return recompressed(developed, fps, sensor.crf) if sensor.crf else developed


class Darkroom:
    """What is worked out once per clip, and the buffers that every frame uses again; `light` (3, H, W) float32 is linear."""

    def __init__(self, camera: Camera, sensor: SensorSpec, fps: float) -> None:
        width, height = camera.width_px, camera.height_px
        self.sensor, self.scale = sensor, height / SIZE_PX
        self.shutter = Shutter(min(sensor.exposure_s * fps, 1.0), width, height) if sensor.exposure_s else None
        self.bending = bending(camera)
        arriving = np.float32(1.0 - sensor.glare)  # what strays is missing where it should have been
        self.falloff = arriving * falloff(sensor.vignetting, width, height)
        self.gains = np.array([sensor.white_balance[0], 1.0, sensor.white_balance[1]], np.float32)
        self.light, self.other = np.empty((2, 3, height, width), np.float32)

    def expose(self, frame: Array, traced: Views, t: int) -> None:
        """Fill `light` with what the lens throws on the sensor while frame t is exposed."""
        linear(frame, LINEAR, self.light)
        flow = flow_at(traced.dense.get("flow"), t)
        if self.shutter is not None and flow is not None:
            self.shutter.blur(self.light, flow, traced.depth[t], self.other)
            self._swap()
        if self.bending is not None:
            resample(self.light, self.bending.sources(flow, traced.depth[t]), self.other)
            self._swap()
        self._smooth(self.sensor.softness_px)

    def finish(self, t: int, gain: np.float32, out: Array) -> None:
        """Fill out (H, W, 3) uint8 with what the camera makes of `light` in frame t, exposed by a factor."""
        sensor = self.sensor
        stray = (sensor.glare * self.light.mean(axis=(1, 2))).astype(np.float32)
        shot = np.float32(sensor.shot_noise * self.scale) * np.sqrt(max(gain, np.float32(1.0)))  # amplified; less light is let in
        read = np.float32(sensor.read_noise * self.scale) * max(gain, np.float32(1.0))
        key = np.uint32((sensor.noise_seed + t * PER_FRAME) & 0xFFFFFFFF)
        expose(self.light, self.falloff, gain * self.gains, stray, shot, read, key, self.other)
        self._swap()
        self._smooth(sensor.grain_px)
        show(self.light, np.float32(sensor.saturation), SHOWN, self.other)
        self._swap()
        blurred = self.light
        if sensor.sharpening:
            weights = bell(SHARPENING_PX * self.scale)
            smooth(self.light, weights, self._row(weights), self.other)
            blurred = self.other
        sharpened(self.light, blurred, np.float32(sensor.sharpening), out)

    def _smooth(self, sigma_px: float) -> None:
        weights = bell(sigma_px * self.scale)
        if len(weights) > 1:
            smooth(self.light, weights, self._row(weights), self.other)
            self._swap()

    def _row(self, weights: Array) -> Array:
        return np.empty(self.light.shape[2] + len(weights), np.float32)

    def _swap(self) -> None:
        self.light, self.other = self.other, self.light


def falloff(vignetting: float, width: int, height: int) -> Array:
    """(H, W) float32: which share of the light arrives; `vignetting` is lost in the corners, as by the cosine's fourth power."""
    x, y = (np.arange(width) + 0.5) / width * 2 - 1, (np.arange(height) + 0.5) / height * 2 - 1
    square = (x[None, :] ** 2 * width**2 + y[:, None] ** 2 * height**2) / (width**2 + height**2)
    tangent = (1.0 / max(1.0 - vignetting, 1e-3)) ** 0.5 - 1.0  # cos^4 = 1 / (1 + tan^2)^2
    return np.asarray(1.0 / (1.0 + tangent * square) ** 2, np.float32)
