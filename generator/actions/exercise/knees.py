"""Knees lifted in turn: marching on the spot, slow lifts, high knees at a run, and lifts with punches."""

from __future__ import annotations

import numpy as np

from ...motion.jump import GRAVITY_MPS2, Through
from ...motion.limbs import Foot, Hand
from ...motion.score import Score
from ..action import Action, Choice, Range
from ..poses import free_hand
from .lifting import both_rest, lift_knee, set_down, swing_arm


def _feet(s: Score, first: str) -> tuple[Foot, Foot]:
    """The two feet, the one that is lifted first before the other."""
    return (s.right_foot, s.left_foot) if first == "near" else (s.left_foot, s.right_foot)


def _other_hand(s: Score, foot: Foot) -> Hand:
    return s.left if foot.side == "right" else s.right


def _march(s: Score) -> None:
    """On the spot, a knee up at every beat, the opposite arm swung ahead and the other one back."""
    beat, steps = s.number("beat_s"), int(s.number("steps"))
    thigh, bent = s.number("thigh_rad") * s.amplitude**0.5, s.option("arms") == "bent"
    out = s.body.stance_out_m
    pair = _feet(s, s.option("first"))
    with s.phase("set", 0.3) as (start, end):
        for hand in (s.right, s.left):
            hand.fingers(end, 0.3, "fist" if s.option("hands") == "fists" else "flat")
    with s.phase("march", beat * steps) as (start, end):
        for k in range(steps):
            foot, top, land = pair[k % 2], start + (k + 0.48) * beat, start + (k + 0.97) * beat
            lift_knee(s, foot, top, 0.46 * beat, thigh)
            set_down(s, foot, land, 0.44 * beat, (out, 0.0))
            s.contact(f"{foot.side}_ball", "floor", land + 0.05, land + beat)
            s.pelvis.to(top, 0.5 * beat, roll=(-0.04 if foot.side == "right" else 0.04), up=0.004)
            s.pelvis.to(land, 0.4 * beat, up=-0.014)
            s.trunk.to(top + 0.03, 0.6 * beat, twist=0.13 if foot.side == "right" else -0.13)
            for hand in (s.right, s.left):
                ahead = hand.side != foot.side
                late = 0.02 if hand.side == "left" else 0.0
                swing_arm(s, hand, top + 0.05 + late, 0.92 * beat, ahead=ahead, height=s.number("swing"), bent=bent)
    with s.phase("stop", 0.6) as (start, end):
        s.pelvis.to(start + 0.3, 0.4, roll=0.0, up=0.0)
        s.trunk.to(start + 0.35, 0.4, twist=0.0)
        both_rest(s, end - 0.06, 0.5)


MARKING_TIME_AND_KNEE_LIFTING = Action(
    name="marking_time_and_knee_lifting",
    caption="marches on the spot, lifting the knees and swinging the arms",
    choreography=_march,
    phases=("set", "march", "stop"),
    params={
        "beat_s": Range(0.46, 0.6),
        "steps": Range(6, 7, whole=True),
        "thigh_rad": Range(0.95, 1.3),
        "swing": Range(0.35, 1.0),
        "arms": Choice(("straight", "bent"), (0.85, 0.15)),
        "hands": Choice(("fists", "flat"), (0.6, 0.4)),
        "first": Choice(("near", "far")),
    },
    wordings=("marks time, lifting one knee after the other with swinging arms",),
    aliases=("marking time", "marching on the spot", "marching in place", "marching"),
    tags=("exercise", "legs"),
    taxonomy={"synapt150": "marking_time_and_knee_lifting"},
)


def _slow_lifts(s: Score) -> None:
    """One knee slowly up in front, held a moment, and down; then the other. The hands rest at the hips or the sides."""
    lifts, lift = int(s.number("lifts")), s.number("lift_s")
    thigh = s.number("thigh_rad") * s.amplitude**0.25
    out = 0.9 * s.body.stance_out_m
    pair = _feet(s, s.option("first"))
    with s.phase("set", 0.6) as (_, end):
        for hand in (s.right, s.left):
            free_hand(s, hand, s.option("hands"), end + (0.06 if hand.side == "left" else 0.0), 0.55)
    for k in range(lifts):
        foot = pair[k % 2]
        side = 1.0 if foot.side == "right" else -1.0
        with s.phase("lift", lift) as (start, end):
            s.pelvis.to(start + 0.3 * lift, 0.4 * lift, right=-0.03 * side)
            s.pelvis.to(end, 0.8 * lift, pitch=-0.06, roll=-0.05 * side)
            s.trunk.to(end, 0.8 * lift, bend=0.05, lean=0.03 * side)
            s.look(start + 0.35, "world", (0.1 * side, 1.6, 0.75 * s.body.pelvis_height_m) if s.option("eyes") == "knee"
                   else (0.0, 4.0, s.body.eye_height_m))  # fmt: skip
            lift_knee(s, foot, end, 0.78 * lift, thigh, s.number("shin_rad"))
        with s.phase("hold", s.number("hold_s")):
            pass
        with s.phase("lower", lift) as (start, end):
            set_down(s, foot, end, 0.9 * lift, (out, 0.0))
            s.pelvis.to(end + 0.1, 0.9 * lift, pitch=0.0, roll=0.0, right=0.0)
            s.trunk.to(end + 0.1, 0.9 * lift, bend=0.0, lean=0.0)
    with s.phase("stop", 0.55) as (_, end):
        s.look_ahead(end - 0.2)
        both_rest(s, end, 0.5)


ALTERNATE_KNEE_LIFTING = Action(
    name="alternate_knee_lifting",
    caption="lifts one knee and then the other",
    choreography=_slow_lifts,
    phases=("set", "lift", "hold", "lower", "stop"),
    params={
        "lifts": Range(2, 3, whole=True),
        "lift_s": Range(0.5, 0.62),
        "hold_s": Range(0.12, 0.3),
        "thigh_rad": Range(1.35, 1.8),
        "shin_rad": Range(-0.05, 0.35),
        "hands": Choice(("hip", "side"), (0.65, 0.35)),
        "eyes": Choice(("ahead", "knee"), (0.6, 0.4)),
        "first": Choice(("near", "far")),
    },
    wordings=("stands and raises the knees in turn, unhurriedly",),
    aliases=("alternate knee lifts", "knee lifting", "knee raises", "lifting the knees in turn"),
    tags=("exercise", "legs"),
    taxonomy={"synapt150": "alternate_knee_lifting"},
)


def _high_knees(s: Score) -> None:
    """Running on the spot on the balls of the feet, a moment in the air at each step, knees to the waist, arms pumping."""
    beat, steps = s.number("beat_s"), int(s.number("steps"))
    air = min(s.real(s.number("air_s")), 0.45 * beat)
    thigh, out = s.number("thigh_rad") * s.amplitude**0.4, 0.85 * s.body.stance_out_m
    pair = _feet(s, s.option("first"))
    s.mode.channels["balance"].base = s.mode.channels["reach"].base = 0.0
    with s.phase("set", 0.4) as (start, end):
        for hand, ahead in ((_other_hand(s, pair[0]), False), (_other_hand(s, pair[1]), True)):
            swing_arm(s, hand, end, 0.4, ahead=ahead, height=0.5, bent=True)
            hand.fingers(end, 0.3, "fist" if s.option("hands") == "fists" else "cup")
        s.pelvis.to(end, 0.35, up=-0.03 * s.body.leg_m, pitch=s.number("lean_rad"))
    lands = [s.now + (k + 1) * beat for k in range(steps)]
    _bounce(s, lands, beat, air)
    with s.phase("run", beat * steps) as (start, end):
        for k, land in enumerate(lands):
            foot, stance = pair[k % 2], pair[(k + 1) % 2]
            top = land - air - 0.5 * (beat - air)
            lift_knee(s, foot, top, min(0.75 * beat, top - start + 0.05), thigh, s.number("shin_rad"), "swing")
            foot.place(land, land - top, (out, 0.0), ease="swing")
            foot.heel.to(land, 0.5 * (land - top), 0.42)
            foot.heel.to(land + 0.5 * (beat - air), 0.4 * (beat - air), 0.22)
            foot.heel.to(land + beat - air, 0.4 * (beat - air), 0.6)
            s.contact(f"{foot.side}_ball", "floor", land + 0.01, land + beat - air - 0.01)
            side = 1.0 if foot.side == "right" else -1.0
            s.pelvis.to(top, 0.8 * beat, roll=-0.05 * side, right=-0.012 * side)
            s.trunk.to(top + 0.02, 0.8 * beat, twist=0.16 * side)
            for hand in (s.right, s.left):
                late = 0.015 if hand.side == "left" else 0.0
                swing_arm(s, hand, top + 0.03 + late, 0.95 * beat, ahead=hand.side == stance.side,
                          height=s.number("pump") * s.amplitude, bent=True)  # fmt: skip
    with s.phase("stop", 0.75) as (start, end):
        last = pair[steps % 2]
        set_down(s, last, start + 0.2, 0.3, (out, 0.0))
        for foot in pair:
            foot.heel.to(start + 0.35, 0.3, 0.0)
        s.pelvis.to(start + 0.5, 0.5, roll=0.0, pitch=0.0, right=0.0, up=0.0)
        s.trunk.to(start + 0.5, 0.5, twist=0.0)
        both_rest(s, end - 0.06, 0.55)


def _bounce(s: Score, lands: list[float], beat: float, air: float) -> None:
    """The pelvis' height: free fall between steps, taken up by the ball of one foot after the other."""
    fall = 0.5 * GRAVITY_MPS2 * (air / s.spec.tempo)
    tiptoe, low = 0.035 * s.body.leg_m, 0.004
    steep = fall / s.spec.tempo
    knots = [(lands[0] - beat - 0.1, 0.0, 0.0), (lands[0] - beat + 0.02, -0.01, 0.0), (lands[0] - air, tiptoe, steep)]
    for k, land in enumerate(lands):
        knots.append((land, tiptoe, -steep))
        down = beat - air if k < len(lands) - 1 else 0.25
        knots.append((land + 0.5 * down, min(low, tiptoe - 0.25 * steep * down), 0.0))
        if k < len(lands) - 1:
            knots.append((land + down, tiptoe, steep))
    knots.append((lands[-1] + 0.6, 0.0, 0.0))
    s.pelvis.add("up", Through(knots))


HIGH_KNEES_RUNNING = Action(
    name="high_knees_running",
    caption="runs on the spot with high knees",
    choreography=_high_knees,
    phases=("set", "run", "stop"),
    params={
        "beat_s": Range(0.27, 0.33),
        "steps": Range(8, 12, whole=True),
        "air_s": Range(0.08, 0.12),
        "thigh_rad": Range(1.55, 1.85),
        "shin_rad": Range(0.0, 0.4),
        "lean_rad": Range(0.0, 0.14),
        "pump": Range(0.6, 1.3),
        "hands": Choice(("fists", "open")),
        "first": Choice(("near", "far")),
    },
    wordings=("sprints in place, driving the knees up high",),
    aliases=("high knees", "running on the spot", "running in place", "high knee run"),
    tags=("exercise", "legs", "sport"),
    taxonomy={"synapt150": "high_knees_running"},
)


def _punch_and_lift(s: Score) -> None:
    """Fists at the chest; a fist shoots ahead as a knee comes up, both go back together, then the other pair."""
    beat, reps = s.number("beat_s"), int(s.number("reps"))
    thigh, cross = s.number("thigh_rad") * s.amplitude**0.4, s.option("pair") == "opposite"
    out = s.body.stance_out_m
    pair = _feet(s, s.option("first"))
    high = s.number("punch_up")
    with s.phase("guard", 0.5) as (_, end):
        for hand in (s.right, s.left):
            _fist_back(s, hand, end + (0.04 if hand.side == "left" else 0.0), 0.45)
            hand.fingers(end, 0.4, "fist")
        s.pelvis.to(end, 0.4, up=-0.015 * s.body.leg_m)
    for k in range(reps):
        foot = pair[k % 2]
        side = 1.0 if foot.side == "right" else -1.0
        hand = _other_hand(s, foot) if cross else (s.right if foot.side == "right" else s.left)
        turn = 1.0 if hand.side == "right" else -1.0
        with s.phase("strike", 0.5 * beat) as (_, end):
            lift_knee(s, foot, end, 0.46 * beat, thigh, 0.05)
            s.pelvis.to(end - 0.05, 0.4 * beat, yaw=0.16 * turn, roll=-0.04 * side, pitch=-0.05)
            s.trunk.to(end - 0.02, 0.36 * beat, twist=0.30 * turn, bend=0.06)
            ahead = (-0.12, 0.965 * float(np.cos(high)), 0.965 * float(np.sin(high)))
            hand.reach(end, 0.40 * beat, ahead, "accelerate", palm=(-0.6, 0.0, -0.8), fingers=ahead, effector="wrist")
        with s.phase("return", 0.5 * beat) as (_, end):
            set_down(s, foot, end - 0.02, 0.44 * beat, (out, 0.0))
            s.contact(f"{foot.side}_ball", "floor", end + 0.05, end + 0.5 * beat)
            s.pelvis.to(end, 0.44 * beat, yaw=0.0, roll=0.0, pitch=0.0)
            s.trunk.to(end, 0.44 * beat, twist=0.0, bend=0.03)
            _fist_back(s, hand, end, 0.42 * beat)
    with s.phase("stop", 0.6) as (_, end):
        s.pelvis.to(end, 0.5, up=0.0)
        s.trunk.to(end, 0.5, bend=0.0)
        both_rest(s, end - 0.06, 0.5)


def _fist_back(s: Score, hand: Hand, end: float, duration: float) -> None:
    """A fist in front of the own shoulder, or at the own hip as in karate."""
    if s.option("from_where") == "hip":
        at = (0.10, 0.10, -0.62)
        hand.reach(end, duration, at, palm=(-0.8, 0.0, 0.4), fingers=(0.0, 1.0, 0.1), elbow=(0.2, -1.0, 0.0), effector="wrist")
    else:
        at = (-0.02, 0.38, -0.12)
        hand.reach(
            end, duration, at, palm=(-1.0, 0.0, -0.1), fingers=(-0.2, 0.6, 0.8), elbow=(0.35, -0.2, -1.0), effector="wrist"
        )


PUNCHING_AND_KNEE_LIFTING = Action(
    name="punching_and_knee_lifting",
    caption="punches ahead and lifts a knee at the same time, alternating",
    choreography=_punch_and_lift,
    phases=("guard", "strike", "return", "stop"),
    params={
        "beat_s": Range(0.80, 1.0),
        "reps": Range(4, 5, whole=True),
        "thigh_rad": Range(1.4, 1.7),
        "punch_up": Range(-0.05, 0.15),
        "pair": Choice(("opposite", "same"), (0.65, 0.35)),
        "from_where": Choice(("chest", "hip"), (0.85, 0.15)),
        "first": Choice(("near", "far")),
    },
    wordings=("throws a punch with every knee lift, one side after the other",),
    aliases=("punch and knee lift", "punching with knee lifts", "knee lift and punch"),
    tags=("exercise", "legs", "arms"),
    taxonomy={"synapt150": "punching_and_knee_lifting"},
)
