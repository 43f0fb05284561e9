"""Bowed, hands on the knees, both knees going round in circles together."""

from __future__ import annotations

import numpy as np

from ...motion.limbs import Foot
from ...motion.score import Score
from ...motion.timing import minimum_jerk
from ...values import Array
from ..action import Action, Choice, Range
from .lifting import both_rest

STEPS = 12
"""Directions that the knees are given in each circle."""


def _circle(s: Score) -> None:
    """Feet together, hands on the knees, which go round: aside, ahead with a bend, to the other side, back and straight."""
    turns, each = int(s.number("turns")), s.number("turn_s")
    out = s.body.stance_out_m * s.number("width")
    knees = s.number("bend") * s.amplitude**0.5
    for foot in (s.right_foot, s.left_foot):
        foot.place(0.0, 0.0, (out, 0.0), toe_out_rad=0.05)
    with s.phase("bow", 0.85) as (start, end):
        s.pelvis.to(end, 0.8, pitch=s.number("pitch_rad"), up=-0.75 * knees * s.body.leg_m)
        s.trunk.to(end, 0.8, bend=0.5)
        s.look(start + 0.4, "world", (0.0, 1.0, 0.1))
        for hand in (s.right, s.left):
            hand.touch(end - 0.02, 0.75 + 0.03 * (hand.side == "left"), f"{hand.side}_kneecap", (0.008, 0.018, 0.015), "world",
                       palm=(-0.25, -0.75, -0.5), fingers=(-0.15, 0.35, -0.9), elbow=(0.9, -0.3, 0.2))  # fmt: skip
            hand.fingers(end, 0.6, "cup")
            s.contact(f"{hand.side}_palm", f"{hand.side}_kneecap", end, end + turns * each)
    with s.phase("circle", turns * each) as (start, end):
        _go_round(s, start, turns, each, knees)
    with s.phase("rise", 0.8) as (start, end):
        s.pelvis.to(end, 0.75, pitch=0.0, up=0.0)
        s.trunk.to(end, 0.75, bend=0.0)
        for foot in (s.right_foot, s.left_foot):
            foot.place(start + 0.4, 0.4, (out, 0.0), toe_out_rad=0.05)
        s.look_ahead(end)
        both_rest(s, end - 0.06, 0.6)


def _go_round(s: Score, start: float, turns: int, each: float, knees: float) -> None:
    """The knees' direction turns, and the hips sink as the knees come ahead and rise as they go back."""
    way = 1.0 if s.option("way") == "clockwise" else -1.0
    end = start + turns * each
    wide = s.number("aside")

    def angle(times: Array) -> Array:
        return 2.0 * np.pi * np.clip((times - start) / each, 0.0, turns)

    def inside(times: Array) -> Array:
        return minimum_jerk((times - start) / 0.4) * minimum_jerk((end - times) / 0.4)

    s.pelvis.add("up", lambda t: -0.38 * knees * s.body.leg_m * np.cos(angle(t)) * inside(t))
    s.pelvis.add("right", lambda t: -0.03 * wide * way * np.sin(angle(t)) * inside(t))
    for foot in (s.right_foot, s.left_foot):
        _knees_round(foot, start, turns, each, way * wide)


def _knees_round(foot: Foot, start: float, turns: int, each: float, aside: float) -> None:
    standing = foot.moves[-1][1]
    side = 1.0 if foot.side == "right" else -1.0
    for k in range(1, turns * STEPS + 1):
        phase = 2.0 * np.pi * k / STEPS
        knee = (side * aside * float(np.sin(phase)), 1.0, 0.2)
        foot.again(start + k * each / STEPS, each / STEPS, "linear", at=standing.at, pole=knee)


KNEE_CIRCLING = Action(
    name="knee_circling",
    caption="bends down with the hands on the knees and circles both knees",
    choreography=_circle,
    phases=("bow", "circle", "rise"),
    params={
        "turns": Range(2, 3, whole=True),
        "turn_s": Range(0.95, 1.25),
        "bend": Range(0.16, 0.23),
        "aside": Range(1.1, 1.8),
        "width": Range(0.6, 0.95),
        "pitch_rad": Range(0.75, 0.95),
        "way": Choice(("clockwise", "anticlockwise")),
    },
    wordings=("rotates the bent knees round together, hands resting on them",),
    aliases=("knee circles", "knee rotation", "circling the knees", "rotating the knees"),
    tags=("exercise", "legs"),
    taxonomy={"synapt150": "knee_circling"},
)
