"""Long recordings cut into takes: at moments of rest, so that a take holds something whole."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter1d

from ..values import Array
from .values import Recording

SHORTEST_S, LONGEST_S = 2.0, 8.0
"""What is cut out of a longer recording lasts from the one to the other; so do clips of ours."""

LEAST_S = 0.4
"""A file, or a stretch with a label of its own, that is shorter shows nothing."""

STILL_MPS = 1e-3
"""Nobody who lives keeps as still: a recording that does is of a pose."""

_ENDS = ("left_wrist", "right_wrist", "left_ankle", "right_ankle", "pelvis", "head")

_SMOOTH_S = 0.15
"""Standard deviation of the window in which a moment of rest lasts."""


def cut(recording: Recording, start_s: float = 0.0, end_s: float = float("inf")) -> tuple[tuple[float, float], ...]:
    """Stretches (start, end) s of a recording, one after another: all of it where that lasts no longer than LONGEST_S; else each
    ends at the quietest moment that leaves it, and what comes after it, at least SHORTEST_S long.

    () where there is less than LEAST_S, or nothing moves.
    """
    start_s, end_s = max(start_s, 0.0), min(end_s, recording.duration_s)
    if end_s - start_s < LEAST_S:
        return ()
    motion = restlessness(recording)
    if motion.max() < STILL_MPS:
        return ()
    cuts = [start_s]
    while end_s - cuts[-1] > LONGEST_S:
        low, high = cuts[-1] + SHORTEST_S, min(cuts[-1] + LONGEST_S, end_s - SHORTEST_S)
        first, last = round(low * recording.fps), max(round(high * recording.fps), round(low * recording.fps) + 1)
        cuts.append((first + int(np.argmin(motion[first:last]))) / recording.fps)
    return tuple(zip(cuts, [*cuts[1:], end_s], strict=True))


def restlessness(recording: Recording) -> Array:
    """How fast the ends of all people's limbs move, m/s (T,), a little smoothed."""
    total = np.zeros(recording.n_frames)
    for track in recording.people:
        chosen = [track.joints.index(name) for name in _ENDS if name in track.joints]
        speeds = np.linalg.norm(np.gradient(track.positions_m[:, chosen], axis=0), axis=-1) * recording.fps
        total += speeds.mean(axis=1)
    return np.asarray(gaussian_filter1d(total, _SMOOTH_S * recording.fps, mode="nearest"))
