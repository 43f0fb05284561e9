"""Chooses which recorded movement is performed: of the clip's file, which take, and which stretch of it."""

from __future__ import annotations

import numpy as np

from ..recordings.classes import MotionClass, Take
from ..recordings.takes import LONGEST_S
from ..values import TakeSpec

LEAST_OF_LONG_S = 4.0
"""A stretch that is cut from a longer one lasts this at least."""

LOOPED_S = (2.0, 5.0)
"""So long loops are gone through, from the second time on, so that there is something before."""

MIXED = 0.5
"""Of a class that the library knows and that was recorded, too, this share of the clips is cut from recordings."""


def draw(rng: np.random.Generator, made: MotionClass, file: int, tempo: float) -> tuple[Take, TakeSpec] | None:
    """What a clip performs of the class's file number `file`, and whose it is; None where the library's own choreography has its
    turn. The same number of draws whatever they come to.

    Of a take that is longer than a clip, or a loop, any stretch may be shown, so that the movement begins at any phase.
    """
    recorded = rng.random() < MIXED or not made.mixed
    takes = [take for take in made.takes if take.place == made.places[file]]
    take = takes[int(rng.integers(len(takes)))]
    share, begin = rng.random(), rng.random()
    whole_s = take.end_s - take.start_s
    length_s, first_s, room_s = whole_s, take.start_s, 0.0
    if take.loop:
        length_s, first_s, room_s = max(_between(LOOPED_S, share) * tempo, whole_s), take.end_s, whole_s
    elif whole_s > LONGEST_S * tempo:
        length_s = _between((LEAST_OF_LONG_S, LONGEST_S), share) * tempo
        room_s = whole_s - length_s
    start_s = round(first_s + begin * room_s, 4)
    end_s = round(start_s + length_s, 4)
    phases = tuple(phase for phase in take.phases if phase.end_s > start_s and phase.start_s < end_s)
    return (take, TakeSpec(take.tracks, start_s, end_s, take.caption, phases, made.layer, take.loop)) if recorded else None


def _between(bounds: tuple[float, float], share: float) -> float:
    return bounds[0] + (bounds[1] - bounds[0]) * share
