"""Painting a wall with a roller or a wide brush."""

from __future__ import annotations

import numpy as np

from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range
from ..household.places import bring_so
from ..poses import START_S, free_hand

STEPS = 5
"""In which a stroke is written, so that the paint stays on the wall."""


def _paint(s: Score) -> None:
    """Long strokes up and down over the wall, each a little further along; the heels rise at the top, the knees give below."""
    front = s.props["wall"].frames["front"][:3, 3]
    away = 0.80 * s.body.arm_m + 0.08 + s.number("away_m")
    s.stand("wall", (s.number("wall_m"), away + float(front[1])), time_s=START_S)
    s.stand("bucket", (-0.45, 0.5 * away), s.number("wall_m") * 20.0, time_s=START_S)
    s.hold("painter", START_S)
    s.right.fingers(START_S, 0.1, "grip")
    free_hand(s, s.left, s.option("other_hand"), START_S, 0.1)
    s.left_foot.place(START_S, 0.1, (s.body.stance_out_m, 0.06), toe_out_rad=0.15)
    s.right_foot.place(START_S, 0.1, (1.2 * s.body.stance_out_m, -0.08), toe_out_rad=0.25)
    s.look(START_S, "thing:painter:nap")
    reach, beat = s.body.shoulder_height_m, s.number("beat_s")
    low, high = s.number("low") * reach, s.number("high") * reach * (0.97 + 0.03 * s.amplitude)
    strokes = int(s.number("strokes"))
    first = -0.12 if s.option("way") == "to_the_right" else 0.26
    step = s.number("step_m") * (1.0 if s.option("way") == "to_the_right" else -1.0)
    _nap(s, START_S, 0.1, first, low, away, reach)
    with s.phase("paint", beat * strokes) as (start, end):
        for k in range(strokes):
            up = k % 2 == 0
            at, out = start + beat * (k + 1), first + step * k
            begin, goal = (low, high) if up else (high, low)
            for n in range(STEPS):
                share = (n + 1) / STEPS
                share = share * share * (3.0 - 2.0 * share)
                there = out + step * share * (0.15 if up else 0.85)
                _nap(s, at - beat * (1.0 - (n + 1) / STEPS), beat / STEPS, there, begin + share * (goal - begin), away, reach)
            s.pelvis.to(at, beat, up=0.0 if up else -s.number("knees") * s.body.leg_m, right=0.03 + 0.2 * out)
            s.trunk.to(at, beat, bend=-0.06 if up else 0.16, lean=-0.05 if up else 0.06, twist=0.12 if up else -0.04)
            for foot in (s.right_foot, s.left_foot):
                foot.heel.to(at, 0.6 * beat, 0.28 if up else 0.0)
        s.contact("right_palm", "painter", start, end)
    with s.phase("look", 0.6) as (_, end):
        _nap(s, end, 0.55, first + step * strokes, 0.8 * reach, away - 0.15, reach)
        for foot in (s.right_foot, s.left_foot):
            foot.heel.to(end, 0.3, 0.0)
        s.trunk.to(end, 0.6, bend=0.0, lean=0.0, twist=0.0)
        s.pelvis.to(end, 0.6, up=0.0)


def _nap(s: Score, end_s: float, duration_s: float, out_m: float, up_m: float, ahead_m: float, reach_m: float) -> None:
    """The roller or the bristles on the wall at (right, up); the handle slants towards the hand, less where it is high."""
    slant = float(np.clip(0.45 - 0.9 * (up_m / reach_m - 0.8), 0.0, 0.5))
    fingers = (-0.05, float(np.cos(slant)), -float(np.sin(slant)))
    bring_so(s, s.right, end_s, duration_s, "painter", "nap", (out_m, ahead_m, up_m), "linear", palm=(-1.0, 0.0, 0.0),
             fingers=fingers, elbow=(0.8, -0.4, -0.6))  # fmt: skip


PAINTING_A_WALL = Action(
    name="painting_a_wall",
    caption="paints a wall, up and down, with {possessive} {side} hand",
    wordings=("paints a wall in long strokes", "stands at a wall and paints it"),
    choreography=_paint,
    phases=("paint", "look"),
    params={
        "way": Choice(("to_the_right", "to_the_left")),
        "strokes": Range(4, 6, whole=True),
        "beat_s": Range(0.62, 0.85),
        "low": Range(0.72, 0.88),
        "high": Range(1.20, 1.36),
        "step_m": Range(0.045, 0.085),
        "knees": Range(0.01, 0.05),
        "away_m": Range(0.0, 0.05),
        "wall_m": Range(-0.1, 0.1),
        "other_hand": Choice(("side", "hip"), (0.6, 0.4)),
    },
    props=(
        PropUse("wall", ("wall_panel",), (0.9, 1.15)),
        PropUse("painter", ("wall_painter",), (1.05, 1.3)),
        PropUse("bucket", ("bucket",), (0.7, 0.9)),
    ),
    aliases=("paint a wall", "wall painting", "painting", "house painting"),
    tags=("work", "arms", "object"),
    acting=("right_hand",),
)
