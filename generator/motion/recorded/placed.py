"""Where a track's body is: its hips, how long its legs are, which way it faces."""

from __future__ import annotations

import numpy as np

from ...base.exact import arctan2
from ...values import Array
from ..rotations import cross, unit
from ..track import Track

UP = np.array([0.0, 0.0, 1.0])


def point(track: Track, name: str) -> Array:
    """Positions (T, 3) of one of the track's points."""
    return np.asarray(track.positions_m[:, track.joints.index(name)])


def hips(track: Track) -> Array:
    """Middle (T, 3) between the hip joints, which every skeleton has in the same place of the body, unlike its root."""
    return 0.5 * (point(track, "left_hip") + point(track, "right_hip"))


def leg_m(track: Track) -> float:
    """Hip to ankle along the bones, the mean of both legs, where they are at half of all times."""
    whole = 0.0
    for side in ("left", "right"):
        for a, b in ((f"{side}_hip", f"{side}_knee"), (f"{side}_knee", f"{side}_ankle")):
            whole += float(np.median(np.linalg.norm(point(track, a) - point(track, b), axis=-1)))
    return 0.5 * whole


def facing_rad(track: Track, frame: int) -> float:
    """Which way (rad, left of +y) the body faces in a frame; lying down, which way its front would be if it stood up."""
    hip, shoulder = (point(track, f"right_{n}")[frame] - point(track, f"left_{n}")[frame] for n in ("hip", "shoulder"))
    right = unit(unit(hip) + unit(shoulder))
    neck = 0.5 * (point(track, "left_shoulder") + point(track, "right_shoulder"))[frame]
    up = unit(neck - hips(track)[frame])
    forward = cross(up, right)
    # bent over or lying, the front looks down or up, and the trunk tells the way: a bow leads it forward, lying back backward
    level = (forward - np.sign(forward[2]) * max(abs(float(forward[2])) - 0.7, 0.0) / 0.3 * up) * np.array([1.0, 1.0, 0.0])
    return float(arctan2(-level[0], level[1]))
