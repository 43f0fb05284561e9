"""Steps in place: recordings whose hips stay where they are while the feet walk, as on a treadmill, are moved on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..motion.recorded.placed import hips, leg_m, point
from ..motion.track import Track
from ..values import Array
from .values import Recording

IN_PLACE = 0.5
"""Hips that stay within this square do not travel, leg lengths."""

LOW = 0.03
"""A foot that is no higher than this over its lowest is on the floor, leg lengths."""

SLOWEST = 0.25
"""Feet on the floor that move on average no faster than this stand, or shift, leg lengths a second."""

ALIKE = 0.3
"""How far the two feet's velocities on the floor, and those of one of them from frame to frame, may be apart, of their speed."""

FAST, FAST_ALIKE = 5.0, 0.5
"""Leg lengths a second at which nobody's feet go but a runner's: a drawn sprint's feet are less alike than a walk's."""

FEWEST = 2
"""Frames in which each foot is on the floor, at least."""


def moved_on(recording: Recording) -> Recording:
    """The recording, where it steps in place with all of it moving as fast as its feet on the floor go back; else as it is.

    Libraries for games, and Mixamo's "in place", leave the way out. A foot that bears weight does not slide, so the floor's speed
    is the negative of that foot's; it is taken to be the same throughout. Dances and jumps on the spot, whose feet
    stand still when they are down, stay where they are.
    """
    if len(recording.people) != 1:
        return recording
    (track,) = recording.people
    velocity = floor_mps(track, recording.fps)
    if velocity is None:
        return recording
    way = np.append(-velocity, 0.0) * (np.arange(track.n_frames) / recording.fps)[:, None]
    speed = float(np.linalg.norm(velocity))
    note = f"steps in place: moved on at {speed:.1f} m/s, as its feet on the floor tell"
    person = replace(track, positions_m=track.positions_m + way[:, None])
    return replace(recording, people=(person,), notes=(*recording.notes, note))


def floor_mps(track: Track, fps: float) -> Array | None:
    """Velocity (2,) at which feet that bear weight move while the hips stay; None where they don't."""
    leg = leg_m(track)
    if track.n_frames < 3 or leg <= 0.0 or np.ptp(hips(track)[:, :2], axis=0).max() > IN_PLACE * leg:
        return None
    steps = [_on_floor(track, side, fps, LOW * leg) for side in ("left", "right")]
    if min(len(found) for found in steps) < FEWEST:
        return None
    left, right = (np.median(found, axis=0) for found in steps)
    both = np.concatenate(steps)
    velocity = np.median(both, axis=0)
    speed = np.linalg.norm(velocity)
    spread = np.median(np.linalg.norm(both - velocity, axis=-1))
    alike = FAST_ALIKE if speed > FAST * leg else ALIKE
    if speed < SLOWEST * leg or max(np.linalg.norm(left - right), spread) > alike * speed:
        return None
    return np.asarray(velocity)


def _on_floor(track: Track, side: str, fps: float, low_m: float) -> Array:
    """Velocities (N, 2) of a foot in the frames in which it is on the floor: of its ball, where the file has it."""
    ball = f"{side}_foot"
    at = point(track, ball if ball in track.joints else f"{side}_ankle")
    return np.asarray(np.gradient(at[:, :2], 1.0 / fps, axis=0)[at[:, 2] - at[:, 2].min() < low_m])
