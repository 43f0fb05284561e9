"""Where the floor of a recording is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...values import Array
from ..track import Track
from .placed import leg_m, point

SLOW = 0.35
"""Speed below which an ankle may stand, leg lengths a second."""

ANKLE = 0.10
"""Height of an ankle joint over the floor, of the leg from hip to ankle (Winter 2009, figure 4.1: 0.039 of 0.491 - 0.039 H)."""

FLESH = 0.06
"""Flesh under a hand's, elbow's, knee's or hip's joint that lies on the floor, leg lengths."""

LYING = ("left_hip", "right_hip", "left_knee", "right_knee", "left_elbow", "right_elbow", "left_wrist", "right_wrist", "head")


def standing_level(tracks: Sequence[Track], fps: float) -> float:
    """Height (m) of ankles that stand, in a recording whose floor may be anywhere.

    A low share of the heights at which ankles are slow; below that where anything else is lower for a while than a floor
    there would let it (hand stands, rolls, somebody who lies with the feet up).
    """
    feet, bodies = [], []
    for track in tracks:
        leg = leg_m(track)
        for side in ("left", "right"):
            ankle = point(track, f"{side}_ankle")
            still = _speed(ankle, fps) < SLOW * leg
            feet.append(ankle[still, 2] if still.sum() >= 0.1 * len(still) else ankle[:, 2])
        lowest = np.min([point(track, name)[:, 2] for name in LYING if name in track.joints], axis=0)
        bodies.append(lowest + (ANKLE - FLESH) * leg)
    ankles = float(np.percentile(np.concatenate(feet), 15.0))
    return min(ankles, float(np.percentile(np.concatenate(bodies), 5.0)))


def _speed(points: Array, fps: float) -> Array:
    """Speed (T,) of a point (T, 3)."""
    if len(points) < 2:
        return np.zeros(len(points))
    return np.asarray(np.linalg.norm(np.gradient(points, 1.0 / fps, axis=0), axis=-1))
