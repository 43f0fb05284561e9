"""Loops that walk on the spot, as games have them: the way that they are about to go is given back to them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..track import Track
from .placed import hips, leg_m, point

LEAST_SPEED = 0.3
"""Leg lengths a second: standing feet that are slower only slide a little."""

MOST_WAY = 0.35
"""Leg lengths: who goes further during the recording has a way of their own."""

LOW, STEEP = 0.12, 0.5
"""The lower foot stands while its ankle is within this of a leg's length of its lowest, and rises or falls slower than this share
of how fast it goes."""

LEAST_SHARE, MOST_SPREAD = 0.25, 0.35
"""So much of the time somebody stands who walks or runs; and standing feet's speeds differ from their median by less than this of
it, at half of all times."""

FAST, FAST_SPREAD = 5.0, 0.55
"""Leg lengths a second at which nobody's feet go but a runner's: a drawn sprint's feet aren't as even as a walk's."""


def on_its_way(track: Track, fps: float) -> Track:
    """The track, moved at the steady speed at which its feet go back under it, if it is a loop of walking on the spot."""
    leg, body = leg_m(track), hips(track)
    if track.n_frames < 4 or float(np.ptp(body[:, :2], axis=0).max()) > MOST_WAY * leg:
        return track
    ankles = np.stack([point(track, f"{side}_ankle") for side in ("left", "right")], axis=1)
    velocity = np.gradient(ankles, 1.0 / fps, axis=0)
    frames, lower = np.arange(track.n_frames), ankles[:, :, 2].argmin(axis=1)
    at, its = ankles[frames, lower], velocity[frames, lower]
    stands = (at[:, 2] - at[:, 2].min() < LOW * leg) & (np.abs(its[:, 2]) < STEEP * np.linalg.norm(its[:, :2], axis=-1))
    both = all((lower[stands] == side).sum() > 1 for side in (0, 1))
    if not both or stands.sum() < LEAST_SHARE * track.n_frames:
        return track
    way = -np.median(its[stands, :2], axis=0)
    size = float(np.linalg.norm(way))
    spread = float(np.median(np.linalg.norm(its[stands, :2] + way, axis=-1)))
    if size < LEAST_SPEED * leg or spread > (FAST_SPREAD if size > FAST * leg else MOST_SPREAD) * size:
        return track
    shift = np.zeros((track.n_frames, 1, 3))
    shift[:, 0, :2] = np.arange(track.n_frames)[:, None] / fps * way
    return replace(track, positions_m=track.positions_m + shift)
