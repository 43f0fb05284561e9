"""How a choreography follows a recording, and how another one is performed on top of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ...values import Array, Segment
from ..score import Score
from ..track import Track
from .level import standing_level
from .placed import facing_rad, hips, leg_m
from .take import Take

Choreography = Callable[..., None]


def follow(scores: Sequence[Score], tracks: Sequence[Track], fps: float, start_s: float = 0.0, end_s: float | None = None,
           segments: Sequence[Segment] = ()) -> None:  # fmt: skip
    """Have performers follow recorded movement from now on: each its own track, all of one recording at `fps`.

    [start_s, end_s] are seconds of the recording (to its end if None); `now` moves on by their difference. `segments` are phases
    in seconds of the recording, cut to the take; none makes one phase "motion". The first performer starts at the stage's origin
    and faces forward, the others are where they are to the first, all on one floor. Each one's lengths are scaled by the legs',
    and the ways of all by the mean of that.

    What a choreography writes besides stands on top: hands and feet that it moves, looks, fingers, and channels, whose values are
    added. A hand at rest, and eyes that look ahead, do what the recording does. `idle_before_s` and `idle_after_s` show what the
    recording has there, or hold its first and last frame. ValueError for a take outside the recording.
    """
    if len(scores) != len(tracks):
        raise ValueError(f"{len(scores)} performers were given {len(tracks)} tracks: give one for each")
    first = scores[0]
    last_s = (tracks[0].n_frames - 1) / fps
    end_s = last_s if end_s is None else min(end_s, last_s)
    if not 0.0 <= start_s < end_s:
        raise ValueError(f"a take from {start_s:g} s to {end_s:g} s: give a start before its end, within {last_s:g} s")
    scales = [score.body.leg_m / leg_m(track) for score, track in zip(scores, tracks, strict=True)]
    common = sum(scales) / len(scales)
    place = _stage_from_track(tracks, fps, start_s)
    roles = tuple(score.role for score in scores)
    for k, (score, track) in enumerate(zip(scores, tracks, strict=True)):
        others = {other.role: tracks[i] for i, other in enumerate(scores) if i != k}
        score.take = Take(track, fps, start_s, end_s, first.now, place, scales[k], common / scales[k], others, roles[:k])
    for segment in segments or (Segment("motion", start_s, end_s),):
        begin, end = max(segment.start_s, start_s), min(segment.end_s, end_s)
        if end > begin:
            first.segments.append(Segment(segment.name, first.now + begin - start_s, first.now + end - start_s))
    first.now += end_s - start_s


def under(choreography: Choreography, tracks: Sequence[Track], fps: float, start_s: float = 0.0,
          end_s: float | None = None) -> Choreography:  # fmt: skip
    """A choreography performed on top of recorded movement: its hands, looks and trunk, with the recording's hips and legs.

    Its phases and its length are the clip's; where the recording ends before, its last frame is held.
    """

    def layered(*scores: Score) -> None:
        page = scores[0].page
        choreography(*scores)
        now, segments = page.now, list(page.segments)
        page.now = 0.0
        follow(scores, tracks, fps, start_s, end_s)
        page.now, page.segments[:] = now, segments
        for score in scores:
            _leave_legs(score)

    return layered


def _leave_legs(score: Score) -> None:
    """Take back what is written of where the body goes and stands."""
    fresh = Score(score.body, score.performer, score.page)
    score.pelvis, score.travel = fresh.pelvis, fresh.travel
    score.right_foot, score.left_foot = fresh.right_foot, fresh.left_foot
    for name in ("balance", "reach", "ground", "floor", "water", "seated"):
        score.mode.channels[name] = fresh.mode.channels[name]


def _stage_from_track(tracks: Sequence[Track], fps: float, start_s: float) -> Array:
    """T_stage_track (4, 4): the first one's hips over the origin and facing forward at `start_s`, standing ankles at z = 0."""
    first = tracks[0]
    frame = min(round(start_s * fps), first.n_frames - 1)
    yaw = -facing_rad(first, frame)
    pose = np.eye(4)
    pose[:2, :2] = [[np.cos(yaw), -np.sin(yaw)], [np.sin(yaw), np.cos(yaw)]]
    begin = hips(first)[frame] * np.array([1.0, 1.0, 0.0]) + np.array([0.0, 0.0, standing_level(tracks, fps)])
    pose[:3, 3] = -pose[:3, :3] @ begin
    return pose
