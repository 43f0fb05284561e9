"""Down to the floor and up into the air: burpees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...motion.jump import GRAVITY_MPS2, Hop, Through, feet_off
from ...motion.limbs import Hand
from ...motion.score import Score
from ..action import Action, Choice, Range
from ..poses import START_S, pelvis_at
from .moves import uneven

REPS = 2

TOES_RAD = 1.15
"""How far the heels are up in a plank."""


@dataclass(frozen=True)
class Plank:
    """A body straight on palms and toes: where its soles are planted, its pelvis and how far that is bowed."""

    feet_m: float
    forward_m: float
    height_m: float
    pitch_rad: float


def plank_over(s: Score, hands_m: float, shoulder_m: float) -> Plank:
    """The plank over hands at `hands_m` ahead, with the shoulders at a height."""
    body = s.body
    over = body.ankle_height_m - body.ball_height_m
    ankle = body.ball_height_m + body.ball_ahead_m * np.sin(TOES_RAD) + over * np.cos(TOES_RAD)
    hip = 0.985 * body.leg_m + body.hip_below_pelvis_m
    whole = hip + body.shoulder_height_m - body.pelvis_height_m
    angle = float(np.arcsin(np.clip((shoulder_m - ankle) / whole, -0.2, 0.8)))
    heels = hands_m + 0.03 - whole * float(np.cos(angle))
    back = body.ball_ahead_m * (1.0 - np.cos(TOES_RAD)) + over * np.sin(TOES_RAD)
    return Plank(
        heels - float(back), heels + hip * float(np.cos(angle)), float(ankle) + hip * float(np.sin(angle)), 0.5 * np.pi - angle
    )


def _burpee(s: Score) -> None:
    """Down on the hands, the feet shot back, up again onto the feet and off them, the arms overhead; without a stop."""
    leg, risen = s.body.leg_m, 0.0
    hands = s.number("reach") * leg
    for name in ("balance", "reach"):
        s.mode.channels[name].base = 0.0
    for hand in (s.right, s.left):
        hand.rest(START_S, 0.1)
    with s.phase("stand", 0.28) as (_, end):
        s.look(end, "world", (0.0, 1.2, 0.0))
    for k in range(REPS):
        pace = uneven(s, k) * s.number("pace") * (0.76 if s.option("bottom") == "push_up" else 1.0)
        _down(s, pace, hands, risen)
        _feet_back(s, pace, hands, risen)
        risen = _up_and_off(s, pace, hands, risen, last=k == REPS - 1)
    with s.phase("end", 0.36) as (_, end):
        s.look_ahead(end)
        s.pelvis.to(end, 0.4, pitch=0.0)


def _down(s: Score, pace: float, hands_m: float, risen_m: float) -> None:
    """A squat with the palms on the floor before the feet."""
    with s.phase("down", max(0.55 * pace, s.real(0.42))) as (start, end):  # nobody drops faster than they fall
        took = end - start
        s.mode.to(end, 0.3, gaze=0.0)
        pelvis_at(s, end, took, forward_m=0.02, height_m=0.45 * s.body.pelvis_height_m - risen_m, pitch=1.05)
        s.trunk.to(end, 0.9 * took, bend=0.55)
        s.head.to(end, 0.6 * took, nod=-0.35)
        for hand, late in ((s.right, 0.0), (s.left, 0.02)):
            _plant(s, hand, end + late, 0.85 * took, hands_m)
        for foot in (s.right_foot, s.left_foot):
            foot.heel.to(end, 0.6 * took, 0.6)


def _plant(s: Score, hand: Hand, end_s: float, duration_s: float, hands_m: float) -> None:
    hand.go(end_s, duration_s, "world", (s.number("width") * s.body.shoulder_half_m, hands_m, 0.0), palm=(0.0, 0.0, -1.0),
            fingers=(-0.08, 1.0, 0.0), elbow=(0.7, -0.9, 0.2))  # fmt: skip
    hand.fingers(end_s, 0.6 * duration_s, "planted")


def _feet_back(s: Score, pace: float, hands_m: float, risen_m: float) -> None:
    """Both feet shot back into a plank, perhaps a push-up, and drawn in again."""
    body, kick = s.body, max(0.34 * pace, s.real(0.28))
    high, low = 0.95 * body.arm_m + 0.035, 0.45 * body.arm_m + 0.035
    plank = plank_over(s, hands_m, high)
    wide = s.number("stance") * body.stance_out_m
    with s.phase("kick_back", kick + 0.22 * pace) as (start, _):
        _hop_to(s, start + kick, kick, plank.feet_m, wide, TOES_RAD)
        _into(s, plank, start + kick + 0.04, kick, risen_m)
        s.trunk.to(start + kick, kick, bend=0.0)
    if s.option("bottom") == "push_up":
        lowered = plank_over(s, hands_m, low)
        with s.phase("push_up", 0.85 * pace) as (start, end):
            _into(s, lowered, start + 0.40 * pace, 0.38 * pace, risen_m)
            _into(s, plank, end, 0.40 * pace, risen_m)
    with s.phase("draw_in", kick + 0.06) as (start, end):
        _hop_to(s, start + kick, kick, 0.0, wide, 0.5)
        pelvis_at(s, end, kick, forward_m=0.02, height_m=0.46 * body.pelvis_height_m - risen_m, pitch=1.1)
        s.trunk.to(end, kick, bend=0.55)


def _into(s: Score, plank: Plank, end_s: float, duration_s: float, risen_m: float) -> None:
    pelvis_at(s, end_s, duration_s, forward_m=plank.forward_m, height_m=plank.height_m - risen_m, pitch=plank.pitch_rad)


def _hop_to(s: Score, end_s: float, duration_s: float, at_m: float, out_m: float, heel_rad: float) -> None:
    """Both feet jump to a place, one a trace before the other."""
    for foot, late in ((s.right_foot, 0.0), (s.left_foot, 0.012)):
        foot.step(end_s + late, duration_s, (out_m, at_m), toe_out_rad=0.08, lift_m=0.10)
        foot.heel.to(end_s + late, duration_s, heel_rad)


def _up_and_off(s: Score, pace: float, hands_m: float, risen_m: float, last: bool) -> float:
    """From the squat straight into a jump with the arms up, and soft knees; returns by how much the pelvis has been raised."""
    body = s.body
    depth = 0.54 * body.pelvis_height_m
    speed = float(np.sqrt(2.0 * GRAVITY_MPS2 * s.number("jump_m") * s.amplitude))
    tiptoe, soak = 0.04 * body.leg_m, 0.10 * body.leg_m
    push = max(s.real((depth + tiptoe) / (0.68 * speed)), 0.42 * pace)
    air = s.real(2.0 * speed / GRAVITY_MPS2)
    with s.phase("jump", push + air + 0.42) as (start, end):
        leave, land = start + push, start + push + air
        soaked = land + 0.20
        steep = speed / s.spec.tempo
        s.pelvis.add("up", Through([(start, 0.0, 0.0), (leave, depth + tiptoe, steep), (land, depth + tiptoe, -steep),
                                    (soaked, depth - soak, 0.0), (end, depth - (0.0 if last else 0.3 * soak), 0.0)]))  # fmt: skip
        s.pelvis.to(leave, 0.9 * push, pitch=0.04)
        pelvis_at(s, leave, 0.9 * push, forward_m=0.016 * body.height_m)
        s.trunk.to(leave, 0.8 * push, bend=-0.04)
        s.head.to(leave, 0.6 * push, nod=0.0)
        s.mode.to(leave, 0.4, gaze=1.0)
        s.pelvis.to(soaked, 0.2, pitch=0.22)
        s.pelvis.to(end, 0.2, pitch=0.08)
        feet_off(
            s, Hop(start, start + 0.2 * push, leave, land, soaked, end), 0.0, s.number("stance") * body.stance_out_m, tuck=0.02
        )
        for hand, late in ((s.right, 0.0), (s.left, 0.02)):
            hand.fingers(leave, 0.4, "flat")
            hand.reach(leave - 0.45 * push + late, 0.4 * push, (0.15, 0.35, -0.75), effector="wrist")
            hand.reach(leave - 0.02 + late, 0.42 * push, (0.20, 0.75, 0.30), "away", effector="wrist")
            hand.reach(
                leave + 0.5 * air + late, 0.5 * air, (0.12, 0.10, 0.90 + 0.07 * s.number("arms_up")), "home", effector="wrist"
            )
            hand.reach(end - 0.05 + late, 0.40, (0.18, 0.35, -0.85), effector="wrist") if not last else hand.rest(end + late, 0.5)
        s.contact("right_palm", "floor", start - 0.02, start)
    return risen_m + depth


BURPEE = Action(
    name="burpee",
    caption="does burpees",
    wordings=(
        "drops to a plank, gets back on {possessive} feet and jumps up, again and again",
        "does burpees, jumping up after each",
    ),
    choreography=_burpee,
    phases=("stand", "down", "kick_back", "push_up", "draw_in", "jump", "end"),
    params={
        "pace": Range(0.68, 0.80),
        "bottom": Choice(("plank", "push_up"), (0.6, 0.4)),
        "jump_m": Range(0.10, 0.24),
        "reach": Range(0.40, 0.52),
        "width": Range(1.0, 1.35),
        "stance": Range(0.8, 1.5),
        "arms_up": Range(0.0, 1.0),
    },
    aliases=("burpees", "squat thrust", "squat thrusts", "doing burpees"),
    tags=("sport", "exercise", "floor", "dynamic"),
    taxonomy={},
)
