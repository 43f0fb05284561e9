"""What a score says of the recording that its performer follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...values import Array
from ..track import Track


@dataclass(frozen=True)
class Take:
    """Somebody's track from `start_s` on, laid out on the stage.

    The track's second `start_s` is score second `at_s`, and the score follows it until `end_s` of the track. Points of the
    recording (m) come to the stage by T_stage_track (4, 4), which turns and shifts them, and by `scale` about the origin after
    that, which fits the legs; the way over the floor is then lengthened by `stretch`, which is 1 for who is alone. z = 0 is where
    ankles are that stand. `others`: the tracks of the other performers, by role; `earlier`: those who are
    solved before this one.
    """

    track: Track
    fps: float
    start_s: float
    end_s: float
    at_s: float
    T_stage_track: Array
    scale: float
    stretch: float
    others: Mapping[str, Track]
    earlier: tuple[str, ...]
