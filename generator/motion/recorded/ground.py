"""Loops that walk on the spot, as games have them: the way that they are about to go is given back to them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..track import Track
from .placed import hips, leg_m, point

LEAST_SPEED = 0.4
"""Leg lengths a second: standing feet that are slower only slide a little."""

MOST_WAY = 0.35
"""Leg lengths: who goes further during the recording has a way of their own."""

LOW, HIGH = 0.12, 0.35
"""Feet that stand are this near to their lowest, feet that swing come this high, as shares of a leg; and as shares of time:"""

LEAST_SHARE, MOST_SPREAD = 0.2, 0.4


def on_its_way(track: Track, fps: float) -> Track:
    """The track, moved at the steady speed at which its feet go back under it, if it is a loop of walking on the spot."""
    leg, body = leg_m(track), hips(track)
    if track.n_frames < 4 or float(np.ptp(body[:, :2], axis=0).max()) > MOST_WAY * leg:
        return track
    ankles = [point(track, f"{side}_ankle") for side in ("left", "right")]
    floor = min(float(at[:, 2].min()) for at in ankles)
    speeds = []
    for at in ankles:
        velocity = np.gradient(at, 1.0 / fps, axis=0)
        low = (at[:, 2] - floor < LOW * leg) & (np.abs(velocity[:, 2]) < 0.5 * np.linalg.norm(velocity[:, :2], axis=-1))
        speeds.append(velocity[low, :2])
    if min(len(its) for its in speeds) < LEAST_SHARE * track.n_frames:
        return track
    means = [np.median(its, axis=0) for its in speeds]
    way = -0.5 * (means[0] + means[1])
    size = float(np.linalg.norm(way))
    steady = all(np.linalg.norm(np.median(np.abs(its + way), axis=0)) < MOST_SPREAD * size for its in speeds)
    if size < LEAST_SPEED * leg or not steady or np.linalg.norm(means[0] - means[1]) > MOST_SPREAD * size:
        return track
    shift = np.zeros((track.n_frames, 1, 3))
    shift[:, 0, :2] = np.arange(track.n_frames)[:, None] / fps * way
    return replace(track, positions_m=track.positions_m + shift)
