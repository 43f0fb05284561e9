"""Loops: recordings that end as they began, in the middle of a movement, and so go on for as long as one likes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..motion.recorded.placed import facing_rad, hips, leg_m
from ..motion.track import Track
from ..values import Array
from .takes import restlessness
from .values import Recording

SAME = 0.03
"""Mean distance between the joints of two poses that are the same, leg lengths."""

SAME_SPEED = 0.5
"""Mean difference between the velocities of joints that go on as they went, leg lengths a second; not asked of what is called
a loop."""

AT_REST_MPS = 0.25
"""Ends of limbs that move no faster than this are held, and nobody wonders."""


def at_rest(recording: Recording) -> tuple[bool, bool]:
    """Whether its people rest at its beginning, and at its end."""
    motion = restlessness(recording)
    return bool(motion[0] < AT_REST_MPS), bool(motion[-1] < AT_REST_MPS)


def is_loop(recording: Recording) -> bool:
    """Whether the one person of a recording ends it as they began it, place and direction aside, and moves there."""
    if len(recording.people) != 1 or recording.n_frames < 6 or any(at_rest(recording)):
        return False
    (track,) = recording.people
    leg, turn = leg_m(track), _step(track)
    first, second = (turn[:3, :3] @ track.positions_m[k].T + turn[:3, 3:] for k in (0, 1))
    apart = np.linalg.norm(first - track.positions_m[-1].T, axis=0).mean() / leg
    jolt = np.linalg.norm((second - first) - (track.positions_m[-1] - track.positions_m[-2]).T, axis=0).mean()
    return bool(apart < SAME and ("loop" in recording.name.lower() or jolt * recording.fps / leg < SAME_SPEED))


def going_on(track: Track, times: int) -> Track:
    """A loop that is gone through several times, each from where the last one ended."""
    step, pose = _step(track), np.eye(4)
    positions, rotations = [], []
    for _ in range(times):
        positions.append(track.positions_m[:-1] @ pose[:3, :3].T + pose[:3, 3])
        if track.rotations is not None:
            rotations.append(pose[:3, :3] @ track.rotations[:-1])
        pose = pose @ step
    return replace(
        track, positions_m=np.concatenate(positions), rotations=np.concatenate(rotations) if track.rotations is not None else None
    )


def _step(track: Track) -> Array:
    """(4, 4) on the floor: takes the place and direction at the beginning to those at the end."""
    begin, end = (_placed(track, frame) for frame in (0, -1))
    return np.asarray(end @ np.linalg.inv(begin))


def _placed(track: Track, frame: int) -> Array:
    yaw, at = facing_rad(track, frame), hips(track)[frame]
    pose = np.eye(4)
    pose[:2, :2] = [[np.cos(yaw), -np.sin(yaw)], [np.sin(yaw), np.cos(yaw)]]
    pose[:2, 3] = at[:2]
    return pose
