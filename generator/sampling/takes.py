"""Chooses which recorded movement is performed: of the clip's file, which take, and which stretch of it."""

from __future__ import annotations

import numpy as np

from ..recordings.classes import MotionClass, Take
from ..recordings.takes import LONGEST_S
from ..values import TakeSpec

LEAST_OF_LONG_S = 4.0
"""A stretch that is cut from a longer one lasts this at least."""

MIXED = 0.5
"""Of a class that the library knows and that was recorded, too, this share of the clips is cut from recordings."""


def draw(rng: np.random.Generator, made: MotionClass, file: int, tempo: float) -> tuple[Take, TakeSpec] | None:
    """What a clip performs of the class's file number `file`, and whose it is; None where the library's own choreography has its
    turn. The same number of draws whatever they come to.

    Of a take that is longer than a clip, any stretch may be shown, so that the movement begins at any phase.
    """
    recorded = rng.random() < MIXED or not made.mixed
    takes = [take for take in made.takes if take.place == made.places[file]]
    take = takes[int(rng.integers(len(takes)))]
    share, begin = rng.random(), rng.random()
    whole_s = take.end_s - take.start_s
    length_s = whole_s
    if whole_s > LONGEST_S * tempo:
        length_s = (LEAST_OF_LONG_S + (LONGEST_S - LEAST_OF_LONG_S) * share) * tempo
    start_s = round(take.start_s + begin * (whole_s - length_s), 4)
    end_s = round(start_s + length_s, 4)
    phases = tuple(phase for phase in take.phases if phase.end_s > start_s and phase.start_s < end_s)
    return (take, TakeSpec(take.tracks, start_s, end_s, take.caption, phases, made.layer)) if recorded else None
