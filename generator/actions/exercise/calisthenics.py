"""Exercises: jumping jacks and push-ups."""

from __future__ import annotations

import numpy as np

from ...motion.jump import GRAVITY_MPS2, Through
from ...motion.score import Score
from ...motion.solve import STANDING_HEIGHT
from ...motion.timing import Channel
from ..action import Action, Choice, Range


def _jumping_jack(s: Score) -> None:
    """Small hops: legs apart with the arms overhead, legs together with the arms down, in rhythm."""
    beat, jacks = s.number("beat_s"), int(s.number("jacks"))
    leg, near = s.body.leg_m, s.body.stance_out_m * 0.8
    wide = near + 0.34 * leg * s.number("width") * s.amplitude
    lower = leg * (1.0 - float(np.cos(np.arcsin((wide - s.body.hip_half_m) / leg))))
    s.mode.channels["reach"].base = 0.0
    s.mode.channels["balance"].base = 0.0
    for foot in (s.right_foot, s.left_foot):
        foot.place(0.0, 0.0, (near, 0.0))
    with s.phase("prepare", 0.35):
        pass
    air = s.real(s.number("air_s"))
    lands = [s.now + (k + 1) * beat for k in range(2 * jacks)]
    _jack_height(s, lands, air, lower)
    for k, land in enumerate(lands):
        apart = k % 2 == 0
        _jack_feet(s, land, air, beat, wide if apart else near)
        _jack_arms(s, land, beat, apart, last=k == len(lands) - 1)
    for _ in range(jacks):
        with s.phase("open", beat):
            pass
        with s.phase("close", beat):
            pass
    with s.phase("settle", 0.5):
        s.trunk.to(s.now + 0.4, 0.4, bend=0.0)


def _jack_height(s: Score, lands: list[float], air: float, lower_m: float) -> None:
    """Pelvis height through the series: pushed off, in free fall, taken up; lower by `lower_m` when the legs are apart."""
    tiptoe, soak = 0.020, 0.045 * s.body.leg_m
    flight = air / s.spec.tempo
    knots = [(lands[0] - air - 0.32, 0.0, 0.0), (lands[0] - air - 0.14, -soak, 0.0)]
    level = 0.0
    for k, land in enumerate(lands):
        goal = -lower_m if k % 2 == 0 else 0.0
        off = (goal - level) / flight + 0.5 * GRAVITY_MPS2 * flight
        down = off - GRAVITY_MPS2 * flight
        knots.append((land - air, level + tiptoe, off / s.spec.tempo))
        knots.append((land, goal + tiptoe, down / s.spec.tempo))
        low = land + 0.09 + 0.03 * (k == len(lands) - 1)
        knots.append((low, goal + tiptoe - min(soak + tiptoe, 0.6 * abs(down) * (low - land)), 0.0))
        level = goal
    knots.append((lands[-1] + 0.45, 0.0, 0.0))
    s.pelvis.add("up", Through(knots))


def _jack_feet(s: Score, land: float, air: float, beat: float, out: float) -> None:
    for foot, late in ((s.right_foot, 0.0), (s.left_foot, 0.012)):
        foot.step(land + late, air, (out, 0.0), toe_out_rad=0.15, lift_m=0.045, ease="swing")
        foot.heel.to(land - air + late, 0.4 * (beat - air), 0.45)
        foot.heel.to(land + late, 0.7 * air, 0.22)
        foot.heel.to(land + 0.09 + late, 0.09, 0.03)
        s.contact(f"{foot.side}_ball", "floor", land + late, land + beat - air)


def _jack_arms(s: Score, land: float, beat: float, apart: bool, last: bool) -> None:
    """Straight arms swing through the side; the hands nearly meet overhead."""
    high = s.number("arms")
    for hand, late in ((s.right, 0.0), (s.left, 0.02)):
        half = 0.5 * beat
        hand.reach(land + 0.07 - half + late, half, (0.985, 0.06, 0.02), "away", effector="wrist")
        if apart:
            top = (0.55 - 0.45 * high, 0.06, 0.82 + 0.15 * high)
            hand.reach(land + 0.07 + late, half, top, "home", effector="wrist")
        elif last:
            hand.rest(land + 0.17 + late, half + 0.1, "home")
        else:
            hand.reach(land + 0.07 + late, half, (0.20, 0.05, -0.96), "home", effector="wrist")
        hand.fingers(0.2, 0.2, "flat")


JUMPING_JACK = Action(
    name="jumping_jack",
    caption="does jumping jacks",
    choreography=_jumping_jack,
    phases=("prepare", "open", "close", "settle"),
    params={
        "beat_s": Range(0.40, 0.47),
        "air_s": Range(0.15, 0.20),
        "jacks": Range(2, 3, whole=True),
        "width": Range(0.85, 1.2),
        "arms": Range(0.35, 1.0),
    },
    aliases=("jumping jacks", "star jump", "star jumps"),
    tags=("sport", "exercise"),
    taxonomy={"synapt150": "jumping_jack", "ucf101": "JumpingJack"},
)


def _push_up(s: Score) -> None:
    """A straight plank on palms and toes; the elbows bend until the chest is near the floor, and push up again."""
    body, reps = s.body, int(s.number("reps"))
    pace = s.number("pace_s") * (1.15 if reps == 2 else 1.0)
    rise = 1.20
    over = body.ankle_height_m - body.ball_height_m
    ankle = body.ball_height_m + body.ball_ahead_m * np.sin(rise) + over * np.cos(rise)
    leg = 0.990 * body.leg_m
    whole = leg + body.shoulder_height_m - body.pelvis_height_m + body.hip_below_pelvis_m
    top, bottom = 0.95 * body.arm_m + 0.035, 0.035 + body.arm_m * (0.62 - 0.24 * s.number("depth") * s.amplitude)
    feet = -0.62 * whole
    height = Channel(top)
    angle = lambda t: np.arcsin(np.clip((height.at(t) - ankle) / whole, -0.2, 0.8))  # noqa: E731
    s.pelvis.add(
        "up",
        lambda t: ankle + (leg + body.hip_below_pelvis_m) * np.sin(angle(t)) - STANDING_HEIGHT * body.pelvis_height_m,
    )
    s.pelvis.add("forward", lambda t: feet + (leg + body.hip_below_pelvis_m) * np.cos(angle(t)))
    s.pelvis.add("pitch", lambda t: 0.5 * np.pi - angle(t))
    _plank(s, feet, whole, ankle, 0.5 * (top + bottom), rise)
    for _ in range(reps):
        with s.phase("lower", pace) as (_, end):
            height.to(end, 0.92 * pace, bottom)
        with s.phase("raise", 0.85 * pace) as (_, end):
            height.to(end, 0.80 * pace, top)
    with s.phase("hold", 0.3) as (_, end):
        for side in ("right", "left"):
            s.contact(f"{side}_palm", "floor", 0.0, end)
            s.contact(f"{side}_ball", "floor", 0.0, end)


def _plank(s: Score, feet_m: float, whole_m: float, ankle_m: float, middle_m: float, rise_rad: float) -> None:
    """Toes and palms where they stay all the time."""
    body = s.body
    for name in ("balance", "reach", "gaze"):
        s.mode.channels[name].base = 0.0
    back = body.ball_ahead_m * (1.0 - np.cos(rise_rad)) + (body.ankle_height_m - body.ball_height_m) * np.sin(rise_rad)
    for foot in (s.right_foot, s.left_foot):
        foot.heel.base = rise_rad
        foot.place(0.0, 0.0, (0.75 * body.stance_out_m, feet_m - back), toe_out_rad=0.0)
    lean = np.arcsin((middle_m - ankle_m) / whole_m)
    hands = feet_m + whole_m * float(np.cos(lean)) - 0.03
    turn = s.number("turn_in")
    for hand in (s.right, s.left):
        hand.fingers(0.0, 0.0, "planted")
        elbow = (1.0, -0.55, 0.25) if s.option("elbows") == "wide" else (0.45, -1.0, 0.25)
        hand.go(
            0.0,
            0.0,
            "world",
            (s.number("width") * body.shoulder_half_m, hands, 0.0),
            palm=(0.0, 0.0, -1.0),
            fingers=(-turn, 1.0, 0.0),
            elbow=elbow,
        )
    s.trunk.channels["bend"].base = 0.0
    s.head.channels["nod"].base -= s.number("head_up_rad")


PUSH_UP = Action(
    name="push_up",
    caption="does push-ups",
    choreography=_push_up,
    phases=("lower", "raise", "hold"),
    params={
        "reps": Range(2, 3, whole=True),
        "pace_s": Range(0.49, 0.61),
        "depth": Range(0.75, 1.1),
        "width": Range(1.2, 1.6),
        "turn_in": Range(-0.1, 0.25),
        "head_up_rad": Range(0.0, 0.5),
        "elbows": Choice(("wide", "narrow"), (0.6, 0.4)),
    },
    aliases=("push-up", "push-ups", "push ups", "pushup", "press-up", "doing push ups"),
    tags=("sport", "exercise", "floor"),
    taxonomy={"hmdb51": "pushup", "ucf101": "PushUps"},
)
