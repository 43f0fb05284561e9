"""Which frames of a clip are looked at: pure functions from a number of frames to frame indices."""

from __future__ import annotations

from typing import Literal

import numpy as np

from ..values import Array

How = Literal["segment", "dense"]


def segment(n_frames: int, n: int, rng: np.random.Generator | None = None, tempo: float = 1.0) -> Array:
    """(n,) int64: one frame from each of n equal parts of the clip (Wang et al., Temporal Segment Networks, 2016).

    Without `rng` the middle one of each part. A clip of fewer frames repeats them evenly. `tempo` below 1 looks at that
    share of the clip, at a random place, as if it was slower; above 1 the whole clip passes in 1 / tempo of the parts, at
    a random time, and its first and last frame stand still around it.
    """
    _check(n_frames, n)
    length = n_frames * tempo
    offset = (0.5 if rng is None else rng.random()) * (n_frames - length) if tempo != 1.0 else 0.0
    within = np.full(n, 0.5) if rng is None else rng.random(n)
    return _whole(offset + (np.arange(n) + within) * length / n, n_frames)


def dense(n_frames: int, n: int, window: float, rng: np.random.Generator | None = None, tempo: float = 1.0) -> Array:
    """(n,) int64: n frames evenly spaced over `window` * `tempo` frames, at a random place; in the middle without `rng`.

    A window longer than the clip is the clip.
    """
    _check(n_frames, n)
    length = min(window * tempo, float(n_frames))
    offset = (0.5 if rng is None else rng.random()) * (n_frames - length)
    return _spread(offset, length, n_frames, n)


def views(n_frames: int, n: int, n_views: int, how: How, window: float) -> Array:
    """(n_views, n) int64: what a test looks at, without chance.

    "segment": view v takes the frame at (v + 1/2) / n_views of each part; "dense": windows from the clip's start to its
    end, evenly; one view is the middle, as in `segment` and `dense`.
    """
    _check(n_frames, n)
    if how == "segment":
        within = (np.arange(n_views) + 0.5) / n_views
        return np.stack([_whole((np.arange(n) + share) * n_frames / n, n_frames) for share in within])
    length = min(window, float(n_frames))
    starts = np.linspace(0.0, n_frames - length, n_views) if n_views > 1 else [(n_frames - length) / 2]
    return np.stack([_spread(start, length, n_frames, n) for start in starts])


def _spread(offset: float, length: float, n_frames: int, n: int) -> Array:
    return _whole(offset + (np.arange(n) + 0.5) * length / n, n_frames)


def _whole(places: Array, n_frames: int) -> Array:
    """Continuous places in [0, n_frames) to frames; frame k lies at [k, k + 1)."""
    return np.clip(np.floor(places), 0, n_frames - 1).astype(np.int64)


def _check(n_frames: int, n: int) -> None:
    if n_frames < 1 or n < 1:
        raise ValueError(f"{n} of {n_frames} frames: both must be at least 1")
