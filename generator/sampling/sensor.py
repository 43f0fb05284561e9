"""Chooses what the camera itself leaves in the picture: a phone's, a webcam's, a surveillance camera's; it knows nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..values import SensorSpec


@dataclass(frozen=True)
class Ranges:
    """How many clips keep a camera's traces, and how strong these are; see `SensorSpec` for what each means.

    Tuned so that clips spread as wide as UT-Interaction and GMDCSA24 together (`benchmarks/realism.md`). exposure_s: from a
    bright day to a lamp-lit room; readout_s: of phones' sensors (10 to 30 ms).
    """

    share: float = 0.92
    metering: tuple[float, float] = (0.5, 1.0)
    grey: tuple[float, float] = (0.08, 0.22)
    exposure_s: tuple[float, float] = (0.002, 0.033)
    readout_s: tuple[float, float] = (0.005, 0.03)
    rolling_share: float = 0.6
    barrel_share: float = 0.75
    bend: tuple[float, float] = (0.0, 0.05)
    softness_px: tuple[float, float] = (0.3, 1.1)
    vignetting: tuple[float, float] = (0.0, 0.45)
    glare: tuple[float, float] = (0.0, 0.12)
    warmth_ev: tuple[float, float] = (-0.2, 0.2)
    saturation: tuple[float, float] = (0.5, 1.0)
    shot_noise: tuple[float, float] = (0.012, 0.09)
    read_noise: tuple[float, float] = (0.001, 0.008)
    grain_px: tuple[float, float] = (0.6, 1.2)
    sharpening: tuple[float, float] = (0.0, 0.8)
    sharpened_share: float = 0.5
    crf: tuple[float, float] = (18.0, 30.0)


TWICE = 0.35
"""The lens's second term in shares of the first, at most to either side: lenses bend their edges a little otherwise."""


def draw(rng: np.random.Generator, ranges: Ranges | None = None) -> SensorSpec:
    """One SensorSpec; the number of draws doesn't depend on what is drawn."""
    r = ranges or Ranges()
    shares = (r.share, r.rolling_share, r.barrel_share, r.sharpened_share)
    has, rolls, is_barrel, is_sharpened = (bool(rng.random() < share) for share in shares)
    bend = _evenly(rng, r.bend) * (-1.0 if is_barrel else 1.0)
    second = round(bend * float(rng.uniform(-TWICE, TWICE)), 5)
    warmth, tint = _evenly(rng, r.warmth_ev), 0.25 * _evenly(rng, r.warmth_ev)
    readout_s, sharpening = _evenly(rng, r.readout_s), _evenly(rng, r.sharpening)
    found = SensorSpec(
        exposure_s=_by_factors(rng, r.exposure_s),
        readout_s=readout_s if rolls else 0.0,
        distortion=(bend, second),
        softness_px=_evenly(rng, r.softness_px),
        vignetting=_evenly(rng, r.vignetting),
        glare=_evenly(rng, r.glare),
        white_balance=(round(2.0 ** (warmth + tint), 5), round(2.0 ** (tint - warmth), 5)),
        saturation=_evenly(rng, r.saturation),
        shot_noise=_by_factors(rng, r.shot_noise),
        read_noise=_by_factors(rng, r.read_noise),
        grain_px=_evenly(rng, r.grain_px),
        noise_seed=int(rng.integers(10**9)),
        sharpening=sharpening if is_sharpened else 0.0,
        crf=round(float(rng.uniform(*r.crf))),
        metering=_evenly(rng, r.metering),
        grey=_by_factors(rng, r.grey),
    )
    return found if has else SensorSpec()


def _evenly(rng: np.random.Generator, of: tuple[float, float]) -> float:
    return round(float(rng.uniform(*of)), 5)


def _by_factors(rng: np.random.Generator, of: tuple[float, float]) -> float:
    """Evenly in the logarithm; from 0 on, evenly."""
    return _evenly(rng, of) if of[0] <= 0.0 else round(float(np.exp(rng.uniform(*np.log(of)))), 6)
