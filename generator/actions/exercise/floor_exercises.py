"""Exercises on the floor: sit-ups and the plank."""

from __future__ import annotations

import numpy as np

from ...motion.limbs import Hand
from ...motion.score import Score
from ...motion.solve import STANDING_HEIGHT
from ...motion.timing import Channel
from ...values import Array
from ..action import Action, Choice, Range
from ..poses import START_S, pelvis_at
from .moves import uneven


def _sit_up(s: Score) -> None:
    """On the back with the knees up; the trunk rolls up to the thighs and is let down again, vertebra by vertebra."""
    body, reps = s.body, int(s.number("reps"))
    hips = -0.30 * body.leg_m
    for name, value in (("balance", 0.0), ("reach", 0.0), ("gaze", 0.0), ("ground", 1.0)):
        s.mode.channels[name].base = value
    s.trunk.channels["bend"].base = 0.0
    pelvis_at(s, START_S, 0.1, forward_m=hips, height_m=0.12, pitch=-0.5 * np.pi)
    feet = hips + s.number("feet") * body.leg_m
    for foot in (s.right_foot, s.left_foot):
        foot.place(0.0, 0.0, (s.number("apart") * body.hip_half_m, feet), knee=(0.1, 0.3, 1.0))
    for hand in (s.right, s.left):
        _sit_up_hand(s, hand, 0.0, 0.0, up=False)
    for k in range(reps):
        pace = uneven(s, k) * (1.0 if reps == 2 else 0.85)
        up_s, down_s, high = s.number("up_s") * pace, s.number("down_s") * pace, s.number("high_rad")
        with s.phase("up", up_s) as (start, end):
            s.head.to(start + 0.5 * up_s, 0.5 * up_s, nod=0.35)
            s.trunk.to(start + 0.6 * up_s, 0.6 * up_s, bend=0.65)
            s.pelvis.to(end, 0.8 * up_s, pitch=-0.5 * np.pi + high)
            s.trunk.to(end + 0.05, 0.5 * up_s, bend=0.35)
            s.head.to(end + 0.1, 0.5 * up_s, nod=0.0)
            for hand in (s.right, s.left):
                _sit_up_hand(s, hand, end, 0.8 * up_s, up=True)
        with s.phase("down", down_s) as (start, end):
            s.pelvis.to(end - 0.05, 0.85 * down_s, pitch=-0.5 * np.pi)
            s.trunk.to(start + 0.5 * down_s, 0.5 * down_s, bend=0.6)
            s.trunk.to(end, 0.5 * down_s, bend=0.0)
            s.head.to(start + 0.5 * down_s, 0.5 * down_s, nod=0.3)
            s.head.to(end, 0.4 * down_s, nod=0.0)
            for hand in (s.right, s.left):
                _sit_up_hand(s, hand, end, 0.9 * down_s, up=False)
    with s.phase("rest", 0.3) as (_, end):
        for side in ("right", "left"):
            s.contact(f"{side}_ball", "floor", 0.0, end)


def _sit_up_hand(s: Score, hand: Hand, end_s: float, duration_s: float, up: bool) -> None:
    """A hand behind the head, crossed on the chest, or stretched: over the thighs, and on to the knees when the trunk is up."""
    where, side = s.option("hands"), 1.0 if hand is s.right else -1.0
    if where == "head":
        at, palm, fingers = (0.085, -0.055, 0.09), (-0.75, 0.65, 0.0), (-0.6, -0.5, 0.6)
        hand.go(end_s, duration_s, "head", at, palm=palm, fingers=fingers, elbow=(1.0, 0.25, 0.0))
        hand.fingers(end_s, 0.3 * duration_s, "cup")
    elif where == "chest":
        at = (-0.10, s.body.chest_front_m + 0.075 + 0.02 * side, -0.06 - 0.03 * side)
        hand.go(end_s, duration_s, "chest", at, palm=(0.1, -1.0, 0.0), fingers=(-1.0, 0.0, 0.35), elbow=(0.5, 0.5, -0.8))
    else:
        ahead = (0.05, 0.93, -0.30) if up else (0.10, 0.55, -0.80)
        hand.reach(end_s, duration_s, ahead, palm=(-0.3, -0.4, -0.9), effector="wrist")


SIT_UP = Action(
    name="sit_up",
    caption="does sit-ups on the floor",
    wordings=("lies on the back with the knees bent and curls up to sit, again and again", "exercises the belly with sit-ups"),
    choreography=_sit_up,
    phases=("up", "down", "rest"),
    params={
        "reps": Range(2, 3, whole=True),
        "up_s": Range(0.8, 1.05),
        "down_s": Range(0.8, 1.05),
        "high_rad": Range(0.95, 1.3),
        "feet": Range(0.5, 0.62),
        "apart": Range(0.9, 1.6),
        "hands": Choice(("head", "chest", "ahead"), (0.45, 0.3, 0.25)),
    },
    aliases=("sit-up", "sit ups", "sit-ups", "situp", "situps", "doing sit ups", "crunches"),
    tags=("sport", "exercise", "floor"),
    taxonomy={"hmdb51": "situp"},
)


def _plank(s: Score) -> None:
    """The body straight from heels to head on toes and forearms or palms, held; the hips sway, dip, or a foot is lifted."""
    body, low = s.body, s.option("arms") == "forearms"
    for name in ("balance", "reach", "gaze"):
        s.mode.channels[name].base = 0.0
    s.trunk.channels["bend"].base = 0.0
    rise = 1.20
    over = body.ankle_height_m - body.ball_height_m
    ankle = body.ball_height_m + body.ball_ahead_m * float(np.sin(rise)) + over * float(np.cos(rise))
    leg = 0.982 * body.leg_m
    whole = leg + body.shoulder_height_m - body.pelvis_height_m + body.hip_below_pelvis_m
    shoulder = 0.96 * body.upper_arm_m + 0.045 if low else 0.95 * body.arm_m + 0.035
    feet, height = -0.62 * whole, Channel(shoulder)

    def angle(times: Array) -> Array:
        return np.asarray(np.arcsin(np.clip((height.at(times) - ankle) / whole, -0.2, 0.8)))

    hip = leg + body.hip_below_pelvis_m
    s.pelvis.add("up", lambda times: ankle + hip * np.sin(angle(times)) - STANDING_HEIGHT * body.pelvis_height_m)
    s.pelvis.add("forward", lambda times: feet + hip * np.cos(angle(times)))
    s.pelvis.add("pitch", lambda times: 0.5 * np.pi - angle(times))
    back = body.ball_ahead_m * float(1.0 - np.cos(rise)) + over * float(np.sin(rise))
    for foot in (s.right_foot, s.left_foot):
        foot.heel.base = rise
        foot.place(0.0, 0.0, (0.75 * body.stance_out_m, feet - back), toe_out_rad=0.0)
    under = feet + whole * float(np.cos(np.arcsin((shoulder - ankle) / whole)))
    for hand in (s.right, s.left):
        _prop_up(s, hand, under, low)
    s.head.channels["nod"].base -= s.number("head_up_rad")
    _held(s)


def _prop_up(s: Score, hand: Hand, under_m: float, low: bool) -> None:
    """A palm under its shoulder, or the forearm flat on the floor ahead of it."""
    body = s.body
    if low:
        at = (s.number("width") * body.shoulder_half_m, under_m + body.forearm_m + 0.06, 0.0)
        elbow = (0.1, -0.5, -1.0)
    else:
        at, elbow = (s.number("width") * body.shoulder_half_m, under_m - 0.03, 0.0), (0.6, -1.0, 0.2)
    fist = low and s.option("hands") == "fist"
    hand.fingers(0.0, 0.0, "fist" if fist else "planted")
    hand.go(0.0, 0.0, "world", at, palm=(0.0, 0.0, -1.0), fingers=(-0.12, 1.0, 0.0), elbow=elbow)


def _held(s: Score) -> None:
    """What goes on in a plank: the hips rock from side to side or rise and sink a little, a shiver grows with the strain."""
    sway, every, total = s.number("sway_m") * s.amplitude, s.number("every_s"), s.number("hold_s")
    with s.throughout("hold", total) as (start, end):
        at, side = start + 0.5 * every, 1.0
        while at < end:
            if s.option("manner") == "rock":
                s.pelvis.to(at, every, roll=2.2 * sway * side, right=0.4 * sway * side)
                s.trunk.to(at, every, lean=-0.8 * sway * side)
            else:
                s.pelvis.to(at, every, up=0.7 * sway * (0.5 + 0.5 * side), pitch=0.5 * sway * side)
            at, side = at + every, -side
        strain = 0.002 + 0.002 * s.number("strain")
        s.pelvis.add("up", lambda times: strain * np.sin(2.0 * np.pi * 6.3 * times + s.performer.phases_rad[2]))
        for mark in ("right", "left"):
            s.contact(f"{mark}_ball", "floor", 0.0, end)


PLANK = Action(
    name="plank",
    caption="holds a plank on the {arms}",
    wordings=("keeps the body straight in a plank, resting on the toes and the {arms}", "does the plank exercise"),
    choreography=_plank,
    phases=("hold",),
    params={
        "arms": Choice(("forearms", "palms"), (0.7, 0.3)),
        "hands": Choice(("flat", "fist"), (0.6, 0.4)),
        "manner": Choice(("rock", "rise"), (0.5, 0.5)),
        "hold_s": Range(3.2, 4.6),
        "every_s": Range(0.8, 1.4),
        "sway_m": Range(0.008, 0.03),
        "strain": Range(0.0, 1.0),
        "width": Range(0.95, 1.2),
        "head_up_rad": Range(0.0, 0.35),
    },
    aliases=("planking", "plank exercise", "forearm plank", "holding a plank"),
    tags=("sport", "exercise", "floor"),
    taxonomy={},
)
