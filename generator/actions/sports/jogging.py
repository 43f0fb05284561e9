"""Jogging: the easy run of somebody who is out for a while."""

from __future__ import annotations

import numpy as np

from ...motion.gait import begin_at, onstage, run
from ...motion.score import Score
from ..action import Action, Range
from ..poses import lasting


def _jog(s: Score) -> None:
    """Short springy steps, upright, the arms bent and swinging little."""
    duration, speed, turn = lasting(s), s.number("speed_mps"), s.number("turn_rad")
    begin_at(s, onstage(duration, speed, turn))
    with s.throughout("jog", duration) as (start, _):
        run(s, start, duration, speed, turn_rad=turn, phase=s.spec.start_phase, swing=s.number("swing"))
        s.trunk.add("bend", lambda times: np.full_like(times, s.number("stoop_rad")))


JOG = Action(
    name="jog",
    caption="jogs along",
    wordings=("jogs at an easy pace", "is out jogging"),
    choreography=_jog,
    phases=("jog",),
    params={
        "duration_s": Range(2.4, 3.6),
        "speed_mps": Range(1.45, 1.95),
        "turn_rad": Range(-0.4, 0.4),
        "swing": Range(0.5, 0.75),
        "stoop_rad": Range(-0.08, 0.08),
    },
    aliases=("jogging", "going for a jog", "jogging along"),
    tags=("locomotion", "legs", "sport"),
)
