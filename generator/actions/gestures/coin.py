"""A coin that is tossed."""

from __future__ import annotations

import numpy as np

from ...motion.passing import catch_from
from ...motion.score import Score, Vector
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S, free_hand


def _flat_hand(s: Score, end: float, duration: float, up: float, ease: str = "smooth") -> None:
    """The palm up before the elbow; `up` arm lengths above where it waits."""
    at: Vector = (s.number("out"), s.number("ahead"), -0.42 + up)
    s.right.reach(end, duration, at, ease, palm=(-0.15, -0.1, 1.0), fingers=(-0.25, 0.95, 0.1), elbow=(0.4, -0.5, -0.9))


def _toss(s: Score) -> None:
    """The coin lies on the hand; it is flicked up, eyes follow it, it is caught, and slapped on the other hand to be
    looked at."""
    s.hold("coin", START_S)
    s.right.fingers(START_S, 0.1, "cup")
    flight = 2.0 * float(np.sqrt(2.0 * s.number("rise_m") / 9.81))
    for k in range(int(s.number("tosses"))):
        with s.phase("ready", 0.75 if k == 0 else 0.4) as (start, end):
            s.look(start + 0.4, "right_hand")
            _flat_hand(s, end, 0.7 if k == 0 else 0.35, 0.0)
            s.right.fingers(end, 0.3, "cup")
            free_hand(s, s.left, s.option("free_hand"), end)
        with s.phase("toss", 0.42) as (start, end):
            _flat_hand(s, start + 0.24, 0.24, -0.07)
            _flat_hand(s, end, 0.18, 0.10 * s.amplitude**0.5, "accelerate")
            s.right.fingers(end, 0.1, "flat")
            s.pelvis.to(start + 0.25, 0.25, up=-0.015)
            s.pelvis.to(end, 0.2, up=0.0)
        caught = catch_from(s, "coin", s.now, flight, "right")
        with s.phase("catch", caught - s.now + 0.25) as (start, end):
            s.look(start + 0.25, "thing:coin", duration_s=0.2)
            s.head.to(start + 0.5 * (caught - start), 0.3, nod=-0.10)
            s.head.to(caught, 0.3, nod=0.10)
            _flat_hand(s, start + 0.2, 0.2, 0.02, "decelerate")
            _flat_hand(s, caught, 0.2, 0.04)
            _flat_hand(s, end, 0.25, -0.04, "decelerate")
            s.right.fingers(caught + 0.10, 0.14, "grip")
            s.contact("right_palm", "coin", caught, end)
    with s.phase("look", 1.3) as (start, end):
        _reveal(s, start)
    with s.phase("lower", 0.8) as (_, end):
        s.right.rest(end, 0.75)
        free_hand(s, s.left, "side", end + 0.05)
        s.right.fingers(end - 0.1, 0.4, "grip")
        s.look_ahead(end)
        s.head.to(end, 0.5, nod=0.0)


def _reveal(s: Score, start: float) -> None:
    """Onto the back of the other hand, and uncovered; or the hand simply opens."""
    s.look(start + 0.3, "right_hand")
    s.head.to(start + 0.5, 0.4, nod=0.14)
    if s.option("then") == "slap":
        front = s.body.chest_front_m
        s.left.fingers(start + 0.3, 0.3, "flat")
        s.left.go(
            start + 0.35,
            0.4,
            "chest",
            (0.04, front + 0.20, -0.26),
            palm=(0.0, 0.1, -1.0),
            fingers=(-0.9, 0.4, 0.0),
            elbow=(0.8, -0.2, -0.7),
        )
        s.right.go(
            start + 0.30,
            0.28,
            "chest",
            (0.04, front + 0.22, -0.12),
            palm=(0.0, 0.0, -1.0),
            fingers=(-0.6, 0.8, 0.0),
            elbow=(0.8, -0.1, -0.6),
        )
        s.right.go(
            start + 0.46,
            0.14,
            "chest",
            (0.00, front + 0.21, -0.215),
            "accelerate",
            palm=(0.0, 0.0, -1.0),
            fingers=(-0.6, 0.8, 0.0),
            elbow=(0.8, -0.1, -0.6),
        )
        s.right.go(
            start + 1.0,
            0.3,
            "chest",
            (0.14, front + 0.20, -0.14),
            palm=(-0.6, -0.2, -0.7),
            fingers=(-0.5, 0.8, 0.2),
            elbow=(0.8, -0.1, -0.6),
        )
        return
    _flat_hand(s, start + 0.45, 0.45, 0.05)
    s.right.fingers(start + 0.6, 0.3, "flat")


TOSS_A_COIN = Action(
    name="toss_a_coin",
    caption="tosses a coin and catches it",
    choreography=_toss,
    phases=("ready", "toss", "catch", "look", "lower"),
    params={
        "tosses": Range(1, 2, whole=True),
        "rise_m": Range(0.35, 0.75),
        "out": Range(-0.02, 0.20),
        "ahead": Range(0.48, 0.66),
        "then": Choice(("slap", "opens")),
        "free_hand": Choice(("side", "hip"), (0.75, 0.25)),
    },
    props=(PropUse("coin", ("coin",), (0.95, 1.3)),),
    wordings=("flips a coin into the air and catches it", "throws a coin up, catches it and looks at it"),
    aliases=("tossing a coin", "flipping a coin", "coin toss"),
    tags=("gesture", "arms", "object"),
    acting=("right_hand",),
    taxonomy={"ntu120": "A081"},
)
