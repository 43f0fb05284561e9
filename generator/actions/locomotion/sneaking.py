"""Sneaking: crouched, on the balls of the feet, knees high, with looks to both sides."""

from __future__ import annotations

import numpy as np

from ...motion.footprints import Place, Roll
from ...motion.score import Score
from ...motion.steps import Print, go_by
from ..action import Action, Choice, Range
from ..poses import START_S, lasting
from .odd_gaits import centred


def _soft_steps(s: Score, duration: float) -> list[Print]:
    """Long slow steps, each foot held in the air for a moment before it is set down."""
    step, length = s.number("step_s"), s.number("step") * s.body.leg_m
    prints, at, ahead = [], -4.0 * step, 0.0
    for k in range(int((duration + 2.0) / step) + 7):
        side = "right" if k % 2 == 0 else "left"
        sign = 1.0 if side == "right" else -1.0
        prints.append(Print(side, at, 0.80 * step, Place(0.75 * sign * s.body.stance_out_m, ahead, 0.0)))
        ahead += length
        at += step
    return centred(prints, duration)


def _sneak(s: Score) -> None:
    """On the way already: bent low, knees lifted high, feet set down softly; hands before the chest; looks about."""
    duration, step = lasting(s), s.number("step_s")
    crouch = s.number("crouch") * s.body.leg_m
    prints = _soft_steps(s, duration)
    first = prints[0].strike_s
    with s.throughout("sneak", duration) as (start, end):
        go_by(s, prints, Roll(-0.25, 0.45, s.number("lift_m"), flat=0.30), toe_out_rad=0.10, over=0.6)
        s.mode.channels["balance"].base = 0.0
        s.pelvis.channels["up"].base -= crouch
        s.pelvis.channels["pitch"].base = 0.20 + 0.8 * s.number("crouch")
        s.trunk.channels["bend"].base += 0.18 + 0.8 * s.number("crouch")
        s.mode.channels["gaze"].base = 0.75
        s.mode.channels["shrug"].base = 0.12
        s.pelvis.add("up", lambda t: 0.25 * crouch * np.cos(2.0 * np.pi * (t - first) / step - 0.6))
        s.trunk.add("twist", lambda t: 0.10 * np.sin(np.pi * (t - first) / step))
        for k in range(int((end - start + 1.5) / 0.9)):
            side = 1.0 if k % 2 else -1.0
            s.head.to(start - 0.3 + 0.9 * k, 0.40, turn=side * s.number("look_rad"), tilt=0.06 * side)
        _paws(s, start, end, first, step)


def _paws(s: Score, start: float, end: float, first: float, step: float) -> None:
    """Hands before the chest, up and down with the steps; or a finger on the lips."""
    hands = [s.right, s.left]
    if s.option("hand") == "hush":
        s.right.fingers(START_S, 0.1, "point")
        s.right.touch(START_S, 0.1, "mouth", (0.0, 0.018, 0.012), palm=(-0.85, -0.5, 0.0), fingers=(-0.1, 0.0, 1.0),
                      elbow=(0.6, 0.1, -1.0), effector="index_tip")  # fmt: skip
        hands = [s.left]
    for hand in hands:
        own = 0 if hand is s.right else 1
        hand.fingers(START_S, 0.1, "clasp")
        for k in range(int((start - 1.5 - first) / step), int((end + 1.5 - first) / step) + 1):
            up = 0.10 if (k + own) % 2 == 0 else -0.05
            hand.reach(first + (k + 0.5) * step, 1.05 * step, (0.06, 0.52 + 0.6 * up, -0.30 + up), "swing",
                       palm=(-0.2, 0.2, -1.0), fingers=(-0.2, 0.8, -0.55), elbow=(0.7, -0.4, -0.7))  # fmt: skip


SNEAKING = Action(
    name="sneaking",
    caption="sneaks along",
    choreography=_sneak,
    phases=("sneak",),
    params={
        "duration_s": Range(2.8, 4.4),
        "step_s": Range(0.62, 0.85),
        "step": Range(0.34, 0.52),
        "crouch": Range(0.13, 0.24),
        "lift_m": Range(0.14, 0.24),
        "look_rad": Range(0.2, 0.7),
        "hand": Choice(("free", "hush"), (0.55, 0.45)),
    },
    wordings=("tiptoes along, bent low", "creeps along quietly on {possessive} toes"),
    aliases=("sneak", "tiptoeing", "creeping along"),
    tags=("locomotion", "legs"),
)
