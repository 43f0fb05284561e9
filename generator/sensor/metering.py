"""How a camera exposes: it takes the middle of its picture for grey, and follows slowly."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter1d

from ..values import Array, SensorSpec
from .exposure import LINEAR, LUMA

FOLLOWS_S = 0.5
"""Standard deviation of what a gain is averaged over: cameras take about a second to follow a change of light."""

DARKER_EV, BRIGHTER_EV = -2.0, 2.0
"""What a meter changes at most; frames have eight bits, so there is little more to find in their shadows."""

CENTRE = 0.35
"""Standard deviation of the meter's weight in shares of the picture's width and height: centre-weighted, as usual in cameras."""

LEAST = 1e-3
"""Darkest that a picture is taken to be, in shares of white."""

EACH_PX = 4
"""One in so many rows and columns is looked at."""


def gains(frames: Array, sensor: SensorSpec, fps: float) -> Array:
    """Factors (T,) float32 on the linear light of frames (T, H, W, 3) uint8: the share `metering` of the stops by which the
    middle of each is off `grey`."""
    if not sensor.metering:
        return np.ones(len(frames), np.float32)
    seen = LINEAR[frames[:, EACH_PX // 2 :: EACH_PX, EACH_PX // 2 :: EACH_PX]] @ np.asarray(LUMA, np.float32)
    weights = _bell(seen.shape[1])[:, None] * _bell(seen.shape[2])
    metered = (seen * weights).sum(axis=(1, 2), dtype=np.float64) / weights.sum()
    off_ev = np.log2(sensor.grey / np.maximum(metered, LEAST))
    steady_ev = gaussian_filter1d(off_ev, FOLLOWS_S * fps, mode="nearest")
    return np.asarray(2.0 ** np.clip(sensor.metering * steady_ev, DARKER_EV, BRIGHTER_EV), np.float32)


def _bell(n: int) -> Array:
    return np.exp(-0.5 * (((np.arange(n) + 0.5) / n - 0.5) / CENTRE) ** 2)
