"""A track at other times than its frames': smooth curves through them, without jitter and without aliasing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.ndimage import gaussian_filter1d

from ...values import Array
from ..rotations import matrices, quaternions
from ..track import Track

JITTER_S = 0.012
"""Standard deviation of the window that takes a recording's noise away: what moves at 4 Hz loses 4 %."""

SHARE = 0.35
"""The same as a share of the time between the frames wanted, where those are further apart."""


def resampled(track: Track, fps: float, times_s: Array, spacing_s: float) -> Track:
    """The track at `times_s` (T,), which are `spacing_s` apart; before its first and after its last frame it holds.

    Cubic curves (Catmull-Rom 1974) through the frames, after a Gaussian window as wide as the wanted frames ask for.
    """
    reach = 6.0 * max(JITTER_S, SHARE * spacing_s) + 3.0 / fps
    first = max(int(np.floor((times_s[0] - reach) * fps)), 0)
    last = min(int(np.ceil((times_s[-1] + reach) * fps)) + 1, track.n_frames)
    first, last = min(first, track.n_frames - 1), max(last, 1)
    at = np.clip(times_s * fps, 0.0, track.n_frames - 1.0) - first
    sigma = max(JITTER_S, SHARE * spacing_s) * fps
    turns = None
    if track.rotations is not None:
        four = _continuous(quaternions(track.rotations[first:last]))
        turns = matrices(_curve(gaussian_filter1d(four, sigma, axis=0, mode="nearest"), at))
    points = _curve(gaussian_filter1d(track.positions_m[first:last], sigma, axis=0, mode="nearest"), at)
    return replace(track, positions_m=points, rotations=turns)


def _continuous(four: Array) -> Array:
    """Quaternions (T, J, 4) with signs such that each is near the one before."""
    same = np.sum(four[1:] * four[:-1], axis=-1)
    signs = np.cumprod(np.where(same < 0.0, -1.0, 1.0), axis=0)
    four = four.copy()
    four[1:] *= signs[..., None]
    return four


def _curve(values: Array, at: Array) -> Array:
    """Values (T, ...) at frames `at` (N,), which need not be whole, on cubics whose slopes are those of the neighbours."""
    last = len(values) - 1
    k = np.clip(np.floor(at).astype(int), 0, max(last - 1, 0))
    x = (at - k).reshape(-1, *[1] * (values.ndim - 1))
    a, b, c, d = (values[np.clip(k + shift, 0, last)] for shift in (-1, 0, 1, 2))
    slope_b, slope_c = 0.5 * (c - a), 0.5 * (d - b)
    return np.asarray(b + x * (slope_b + x * (3.0 * (c - b) - 2.0 * slope_b - slope_c + x * (2.0 * (b - c) + slope_b + slope_c))))
