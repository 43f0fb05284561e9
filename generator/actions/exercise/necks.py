"""Exercises of the neck, and the head that is shaken."""

from __future__ import annotations

from math import cos, pi, sin

from ...motion.score import Score
from ..action import Action, Choice, Range
from ..poses import free_hand
from .moves import led_round, stand_apart, uneven


def _hands(s: Score, end_s: float, duration_s: float = 0.7) -> None:
    """Both hands where `hands` has them: at the sides, on the hips, or the right one only."""
    where = s.option("hands")
    free_hand(s, s.right, "hip" if where in ("hips", "one") else "side", end_s, duration_s)
    free_hand(s, s.left, "hip" if where == "hips" else "side", end_s + 0.05, duration_s)


def _hands_down(s: Score, end_s: float) -> None:
    if s.option("hands") != "sides":
        for hand in (s.right, s.left):
            free_hand(s, hand, "side", end_s)


def _head_circling(s: Score) -> None:
    """The head rolls round: chin to the chest, left ear to its shoulder, face up, right ear down, and round again."""
    stand_apart(s)
    turns, turn_s = int(s.number("turns")), s.number("turn_s")
    wide = s.number("wide_rad") * s.amplitude
    with s.phase("lower", 0.6) as (_, end):
        s.mode.to(end, 0.5, gaze=0.0)
        _hands(s, end)
        s.head.to(end, 0.6, nod=1.15 * wide)
    with s.phase("circle", turns * turn_s) as (start, _):
        for at, step, angle in led_round(start, turns * turn_s, 0.0, 2.0 * pi * turns):
            ahead = cos(angle)
            s.head.to(at, step, "linear", nod=(1.15 if ahead > 0.0 else 0.95) * wide * ahead, tilt=-wide * sin(angle))
            s.head.to(at, step, "linear", turn=0.15 * wide * sin(angle))
            s.trunk.to(at, 1.4 * step, bend=0.07 * ahead, lean=-0.06 * sin(angle))
    with s.phase("raise", 0.6) as (_, end):
        s.head.to(end, 0.6, nod=0.0, tilt=0.0, turn=0.0)
        s.trunk.to(end, 0.6, bend=0.0, lean=0.0)
        s.mode.to(end, 0.5, gaze=1.0)
        _hands_down(s, end + 0.1)


HEAD_ANTI_CLOCKWISE_CIRCLING = Action(
    name="head_anti_clockwise_circling",
    caption="rolls the head round in full circles, anti-clockwise as seen from above",
    wordings=("circles {possessive} head to the left, all the way round", "rolls {possessive} head anti-clockwise in circles"),
    choreography=_head_circling,
    phases=("lower", "circle", "raise"),
    params={
        "turns": Range(1, 2, whole=True),
        "turn_s": Range(1.25, 1.6),
        "wide_rad": Range(0.5, 0.68),
        "hands": Choice(("hips", "sides", "one"), (0.5, 0.4, 0.1)),
        "stance": Range(0.8, 1.9),
    },
    aliases=("head circling", "head circles", "circling the head", "head rotation", "anticlockwise head circling"),
    tags=("sport", "exercise", "neck"),
    mirror_keeps_class=False,
    taxonomy={"synapt150": "head_anti_clockwise_circling"},
)


def _neck_roll(s: Score) -> None:
    """The head sinks, rolls from shoulder to shoulder across the chest and back; or tips and nods one way and the other."""
    stand_apart(s)
    wide, beat = s.number("wide_rad") * s.amplitude, s.number("beat_s")
    manner, rolls = s.option("manner"), int(s.number("rolls"))
    with s.phase("prepare", 0.6) as (_, end):
        s.mode.to(end, 0.5, gaze=0.0)
        _hands(s, end)
        _tipped(s, end, 0.6, manner, wide)
    for k in range(rolls):
        goal = -1.0 if k % 2 == 0 else 1.0
        with s.phase("roll", beat) as (start, end):
            share = uneven(s, k, 0.08)
            if manner == "half rolls":
                s.head.to(start + 0.5 * beat, 0.5 * beat, "swing", nod=1.1 * wide)
                s.head.to(end, 0.5 * beat, "swing", nod=0.2 * wide)
                s.head.to(end, beat, "swing", tilt=goal * wide * share, turn=-0.2 * goal * wide)
                s.trunk.to(start + 0.5 * beat, 0.5 * beat, bend=0.06)
                s.trunk.to(end, 0.5 * beat, bend=0.0, lean=0.05 * goal)
            else:
                _tipped(s, end, 0.8 * beat, manner, goal * share * wide)
    with s.phase("raise", 0.6) as (_, end):
        s.head.to(end, 0.6, nod=0.0, tilt=0.0, turn=0.0)
        s.trunk.to(end, 0.6, bend=0.0, lean=0.0)
        s.mode.to(end, 0.5, gaze=1.0)
        _hands_down(s, end + 0.1)


def _tipped(s: Score, end_s: float, duration_s: float, manner: str, wide_rad: float) -> None:
    """The head at the end of a roll: down (negative: up) in nods, else over the right (negative: left) shoulder."""
    if manner == "nods":
        s.head.to(end_s, duration_s, nod=(1.1 if wide_rad > 0.0 else 0.85) * wide_rad)
    elif manner == "tips":
        s.head.to(end_s, duration_s, tilt=wide_rad)
    else:
        s.head.to(end_s, duration_s, nod=0.2 * abs(wide_rad), tilt=wide_rad, turn=-0.2 * wide_rad)


DOING_NECK_ROLL_EXERCISE = Action(
    name="doing_neck_roll_exercise",
    caption="does a neck exercise, rolling the head to and fro",
    wordings=("loosens {possessive} neck, moving the head from one side to the other", "rolls {possessive} neck to and fro"),
    choreography=_neck_roll,
    phases=("prepare", "roll", "raise"),
    params={
        "manner": Choice(("half rolls", "tips", "nods"), (0.4, 0.45, 0.15)),
        "rolls": Range(3, 4, whole=True),
        "beat_s": Range(0.72, 0.9),
        "wide_rad": Range(0.48, 0.66),
        "hands": Choice(("hips", "sides", "one"), (0.4, 0.5, 0.1)),
        "stance": Range(0.8, 1.8),
    },
    aliases=("neck roll", "neck rolls", "neck roll exercise", "neck exercise", "rolling the neck"),
    tags=("sport", "exercise", "neck"),
    taxonomy={"synapt150": "doing_neck_roll_exercise"},
)


def _shaking_head(s: Score) -> None:
    """The face turns far to the left and right and left again: no. Hands and trunk keep still."""
    stand_apart(s)
    beat, shakes, wide = s.number("beat_s"), int(s.number("shakes")), s.number("wide_rad") * s.amplitude
    with s.phase("begin", 0.45) as (start, end):
        s.look(start + 0.3, "world", (0.0, 2.5, s.body.eye_height_m + s.number("eyes_m")))
        s.head.to(end, 0.4, nod=s.number("chin_rad"))
        for hand in (s.right, s.left):
            free_hand(s, hand, s.option("hands"), end + 0.2)
    side = 1.0 if sin(s.performer.phases_rad[3]) > 0.0 else -1.0
    with s.phase("shake", beat * (2 * shakes + 1)) as (start, end):
        for k in range(2 * shakes + 1):
            goal = side * (1.0 if k % 2 == 0 else -1.0) * wide * uneven(s, k, 0.1) * (0.75 if k in (0, 2 * shakes) else 1.0)
            at = start + (k + 0.75) * beat
            s.head.to(at, beat, "swing", turn=goal, tilt=0.1 * goal)
    with s.phase("end", 0.6) as (start, end):
        s.head.to(end - 0.1, 0.5, turn=0.0, tilt=0.0, nod=0.0)
        s.look_ahead(end)
        for hand in (s.right, s.left):
            free_hand(s, hand, "side", end + 0.1)


SHAKING_HEAD = Action(
    name="shaking_head",
    caption="shakes {possessive} head",
    wordings=("says no with a shake of the head", "turns {possessive} head from side to side to say no"),
    choreography=_shaking_head,
    phases=("begin", "shake", "end"),
    params={
        "shakes": Range(4, 5, whole=True),
        "beat_s": Range(0.29, 0.38),
        "wide_rad": Range(0.7, 0.92),
        "chin_rad": Range(-0.05, 0.2),
        "eyes_m": Range(-0.35, 0.1),
        "hands": Choice(("side", "hip"), (0.7, 0.3)),
        "stance": Range(0.8, 1.5),
    },
    aliases=("shake head", "head shaking", "shaking the head", "saying no"),
    tags=("gesture", "head"),
    taxonomy={"synapt150": "shaking_head", "ntu120": "A036"},
)
