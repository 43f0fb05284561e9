"""Exercises with one dumbbell: raised with a straight arm, pressed overhead, and the bend to its side."""

from __future__ import annotations

from math import cos, sin

from ...motion.score import Score
from ...motion.target import Vector
from ..action import Action, Choice, PropUse, Range
from ..poses import free_hand
from .moves import of_length, stand_apart, uneven

DUMBBELL = PropUse("dumbbell", ("dumbbell",), (0.9, 1.3))


def _carry(s: Score) -> None:
    """The dumbbell is in the right hand from the first frame on, hanging at the side."""
    stand_apart(s)
    s.hold("dumbbell")
    s.right.fingers(0.0, 0.0, "grip_thin")
    _hang(s, 0.0, 0.0)


def _hang(s: Score, end_s: float, duration_s: float, ease: str = "smooth") -> None:
    """The loaded arm hangs clear of the thigh, so that the dumbbell does not touch it."""
    out = max(s.body.waist_half_m + 0.085 - s.body.shoulder_half_m, 0.06) / s.body.arm_m
    at = (out, 0.06, -0.97)
    s.right.reach(end_s, duration_s, at, ease, palm=(-1.0, 0.1, 0.0), fingers=(-0.05, 0.05, -1.0), effector="wrist")


def _curl(s: Score, end_s: float, duration_s: float, at: Vector) -> None:
    """The dumbbell half way to the shoulder or from there, before the body."""
    palm, elbow = (-0.9, 0.0, 0.4), (0.3, -0.5, -0.9)
    s.right.reach(end_s, duration_s, at, "away", palm=palm, fingers=(0.0, 1.0, 0.0), elbow=elbow)


def _counter(s: Score, end_s: float, duration_s: float, share: float, lean_rad: float = 0.0) -> None:
    """The trunk leans away from the weight that is held out."""
    s.trunk.to(end_s, duration_s, bend=-0.07 * share, lean=-lean_rad * share)
    s.pelvis.to(end_s, duration_s, right=-0.012 * share)


def _single_raising(s: Score) -> None:
    """One straight arm with the dumbbell up to the front or the side, about as high as the shoulder, and down."""
    _carry(s)
    reps, rise = int(s.number("reps")), s.number("rise_rad")
    side = s.option("way") == "side"
    ahead, out = (0.2, 1.0) if side else (1.0, 0.08)
    way = of_length((out * cos(rise), ahead * cos(rise), sin(rise)), 1.0)
    flat: Vector = (-sin(rise) * -out, -sin(rise) * -ahead, -cos(rise))
    inward = s.option("palm") == "in" and not side
    palm: Vector = (-1.0, 0.1, 0.0) if inward else flat
    with s.phase("set", 0.5) as (_, end):
        free_hand(s, s.left, s.option("left_hand"), end)
        s.look_ahead(end - 0.1)
    for k in range(reps):
        pace = uneven(s, k) * (1.0 if reps == 2 else 0.75)
        up_s, down_s = s.number("raise_s") * pace, s.number("lower_s") * pace
        with s.phase("raise", up_s) as (_, end):
            s.right.reach(end, up_s, way, "smooth", palm=palm, fingers=way, effector="wrist")
            _counter(s, end, up_s, 1.0, 0.07 if side else 0.02)
            if s.option("eyes") == "weight":
                at = (s.body.shoulder_half_m + s.body.arm_m * way[0], s.body.arm_m * way[1], s.body.arm_m * way[2])
                s.look(end - 0.15, "chest", at)
        with s.phase("hold", s.number("hold_s")):
            pass
        with s.phase("lower", down_s) as (_, end):
            _hang(s, end, down_s)
            _counter(s, end, down_s, 0.0)
            s.look_ahead(end)
    with s.phase("settle", 0.35) as (_, end):
        free_hand(s, s.left, "side", end + 0.2)


SINGLE_DUMBBELL_RAISING = Action(
    name="single_dumbbell_raising",
    caption="raises a dumbbell to the {way} with {possessive} straight {side} arm and lowers it again",
    wordings=("lifts one dumbbell to shoulder height with the arm straight, again and again", "does single-arm dumbbell raises"),
    choreography=_single_raising,
    phases=("set", "raise", "hold", "lower", "settle"),
    params={
        "way": Choice(("front", "side"), (0.6, 0.4)),
        "reps": Range(2, 3, whole=True),
        "raise_s": Range(0.75, 0.95),
        "lower_s": Range(0.7, 0.9),
        "hold_s": Range(0.08, 0.25),
        "rise_rad": Range(-0.08, 0.3),
        "palm": Choice(("down", "in"), (0.6, 0.4)),
        "left_hand": Choice(("side", "hip"), (0.6, 0.4)),
        "eyes": Choice(("ahead", "weight"), (0.65, 0.35)),
        "stance": Range(0.8, 1.9),
    },
    props=(DUMBBELL,),
    aliases=("dumbbell raise", "single dumbbell raise", "one arm dumbbell raise", "raising a dumbbell"),
    tags=("sport", "exercise", "arms", "object"),
    acting=("right_hand",),
    taxonomy={"synapt150": "single_dumbbell_raising"},
)


def _one_arm_pressing(s: Score) -> None:
    """The dumbbell goes to the shoulder, elbow bent, is pushed straight up overhead, and comes back to the shoulder."""
    _carry(s)
    reps = int(s.number("reps"))
    neutral = s.option("palm") == "in"
    palm: Vector = (-1.0, 0.15, 0.0) if neutral else (-0.25, 1.0, 0.0)
    rack: Vector = (0.30, 0.30, 0.12) if neutral else (s.number("rack_out"), 0.14, 0.14)
    elbow: Vector = (0.35, 0.75, -0.7) if neutral else (0.9, 0.15, -0.6)
    top: Vector = (s.number("top_out"), 0.05, 1.12)

    def put(end: float, duration: float, at: Vector, ease: str = "smooth") -> None:
        s.right.reach(end, duration, at, ease, palm=palm, fingers=(-0.12, 0.0, 1.0), elbow=elbow, effector="wrist")

    with s.phase("rack", 0.85) as (start, end):
        free_hand(s, s.left, s.option("left_hand"), end)
        _curl(s, start + 0.42, 0.42, (0.22, 0.62, -0.3))
        put(end, 0.45, rack, "home")
    for k in range(reps):
        pace = uneven(s, k) * (1.0 if reps == 2 else 0.75)
        up_s, down_s = s.number("press_s") * pace, s.number("lower_s") * pace
        with s.phase("press", up_s) as (_, end):
            put(end, up_s, top)
            s.trunk.to(end, up_s, lean=-0.05 * s.amplitude, bend=-0.05)
            s.pelvis.to(end, up_s, right=0.015)
            if s.option("eyes") == "weight":
                s.look(end - 0.1, "chest", (s.body.shoulder_half_m, 0.9, 1.25 * s.body.arm_m))
        with s.phase("hold", s.number("hold_s")):
            pass
        with s.phase("lower", down_s) as (_, end):
            put(end, down_s, rack)
            s.trunk.to(end, down_s, lean=0.0, bend=0.0)
            s.pelvis.to(end, down_s, right=0.0)
            s.look_ahead(end)
    with s.phase("put down", 0.8) as (start, end):
        _curl(s, start + 0.4, 0.4, (0.22, 0.55, -0.4))
        _hang(s, end, 0.42, "home")
        free_hand(s, s.left, "side", end + 0.1)


DUMBBELL_ONE_ARM_SHOULDER_PRESSING = Action(
    name="dumbbell_one_arm_shoulder_pressing",
    caption="presses a dumbbell overhead from the shoulder with {possessive} {side} arm",
    wordings=(
        "does one-arm dumbbell shoulder presses",
        "pushes a dumbbell from {possessive} {side} shoulder straight up over the head, again and again",
    ),
    choreography=_one_arm_pressing,
    phases=("rack", "press", "hold", "lower", "put down"),
    params={
        "reps": Range(2, 3, whole=True),
        "press_s": Range(0.6, 0.8),
        "lower_s": Range(0.6, 0.8),
        "hold_s": Range(0.06, 0.2),
        "palm": Choice(("forward", "in"), (0.65, 0.35)),
        "rack_out": Range(0.38, 0.52),
        "top_out": Range(0.05, 0.25),
        "left_hand": Choice(("side", "hip"), (0.5, 0.5)),
        "eyes": Choice(("ahead", "weight"), (0.6, 0.4)),
        "stance": Range(0.9, 2.0),
    },
    props=(DUMBBELL,),
    aliases=("one arm dumbbell press", "dumbbell shoulder press", "one-arm shoulder press", "overhead dumbbell press"),
    tags=("sport", "exercise", "arms", "object"),
    acting=("right_hand",),
    taxonomy={"synapt150": "dumbbell_one_arm_shoulder_pressing"},
)


def _side_bend(s: Score) -> None:
    """The dumbbell draws the trunk down to its side, along the thigh; the other hand is on the hip or behind the head."""
    _carry(s)
    bend, reps = s.number("bend_rad") * s.amplitude, int(s.number("reps"))
    low = (s.body.waist_half_m + 0.095, 0.02, -s.body.pelvis_height_m)
    with s.phase("set", 0.65) as (_, end):
        s.right.go(end, 0.4, "pelvis", low, palm=(-1.0, 0.1, 0.0), fingers=(0.0, 0.05, -1.0))
        if s.option("left_hand") == "head":
            s.left.reach(end - 0.35, 0.35, (0.75, 0.3, 0.1), "away", palm=(-0.3, 0.6, 0.6))
            palm, fingers, elbow = (-0.85, 0.45, 0.0), (-0.35, -0.75, 0.55), (1.0, 0.05, 0.15)
            s.left.touch(end, 0.36, "left_ear", (-0.02, -0.07, 0.01), ease="home", palm=palm, fingers=fingers, elbow=elbow)
            s.left.fingers(end, 0.4, "cup")
        else:
            free_hand(s, s.left, s.option("left_hand"), end)
        s.look_ahead(end)
    for k in range(reps):
        pace = uneven(s, k) * (1.0 if reps == 2 else 0.75)
        down_s, up_s = s.number("bend_s") * pace, s.number("rise_s") * pace
        with s.phase("bend", down_s) as (_, end):
            _to_the_side(s, end, down_s, bend)
        with s.phase("hold", s.number("hold_s")):
            pass
        with s.phase("rise", up_s) as (_, end):
            _to_the_side(s, end, up_s, -s.number("past_rad") if k + 1 < reps else 0.0)
    with s.phase("settle", 0.6) as (_, end):
        _to_the_side(s, end, 0.5, 0.0)
        _hang(s, end, 0.5)
        free_hand(s, s.left, "side", end + 0.1)


def _to_the_side(s: Score, end_s: float, duration_s: float, bend_rad: float) -> None:
    """Trunk and head to the right by an angle, the hips a little to the left of it."""
    s.trunk.to(end_s, duration_s, lean=0.95 * bend_rad, bend=0.02)
    s.pelvis.to(end_s, duration_s, right=-0.09 * s.body.leg_m * bend_rad, roll=0.2 * bend_rad)
    s.head.to(end_s + 0.05, duration_s, tilt=0.3 * bend_rad)


DUMBBELL_SIDE_BEND = Action(
    name="dumbbell_side_bend",
    caption="bends sideways with a dumbbell in {possessive} {side} hand and straightens up again",
    wordings=(
        "does dumbbell side bends, the weight sliding down along the {side} thigh",
        "leans over to the {side} side with a dumbbell, again and again",
    ),
    choreography=_side_bend,
    phases=("set", "bend", "hold", "rise", "settle"),
    params={
        "reps": Range(2, 3, whole=True),
        "bend_rad": Range(0.48, 0.72),
        "past_rad": Range(0.0, 0.22),
        "bend_s": Range(0.75, 0.95),
        "rise_s": Range(0.7, 0.9),
        "hold_s": Range(0.05, 0.25),
        "left_hand": Choice(("hip", "head", "side"), (0.45, 0.35, 0.2)),
        "stance": Range(1.0, 2.1),
    },
    props=(DUMBBELL,),
    aliases=("side bend with a dumbbell", "dumbbell side bends", "weighted side bend"),
    tags=("sport", "exercise", "trunk", "object"),
    acting=("right_hand",),
    taxonomy={"synapt150": "dumbbell_side_bend"},
)
