"""Fainting: dizzy, a hand to the head, knees that give, and a heap on the floor."""

from __future__ import annotations

import numpy as np

from ...motion.score import Score
from ..action import Action, Choice, Range
from ..poses import carry_over, pelvis_at

TOES, INSTEP = (0.0, 0.97, 0.22), (0.0, -0.22, 0.97)
"""Directions of a limp foot on the pelvis' axes, its toes clear of the floor while the knees fold over it."""


def _faint(s: Score) -> None:
    """The head swims, a hand goes to the brow; the knees give, the body sinks into itself and over on its side, arms limp."""
    aside = 0.30 * s.body.leg_m
    with s.phase("dizzy", s.number("dizzy_s")) as (start, end):
        _swim(s, start, end)
    with s.phase("buckle", s.real(0.55)) as (start, end):
        _buckle(s, start, end)
    with s.phase("fall", s.real(0.60)) as (start, end):
        _sink(s, start, end, aside)
    with s.phase("down", 0.5 + s.number("down_s")) as (start, end):
        s.trunk.to(start + 0.4, 0.4, lean=0.0, bend=0.22)
        s.pelvis.to(start + 0.4, 0.4, roll=0.5 * np.pi, pitch=0.25)
        s.head.to(start + 0.30, 0.3, tilt=0.22, nod=0.18)
        s.head.to(start + 0.60, 0.3, tilt=0.14)
        s.contact("right_hip", "floor", start + 0.2, end)


def _swim(s: Score, start: float, end: float) -> None:
    sway, length = s.number("sway_rad") * s.amplitude, end - start
    s.mode.to(end, 0.6, gaze=0.1)
    s.head.to(start + 0.5 * length, 0.5 * length, turn=s.number("head_turn_rad"))
    if s.option("hand") == "brow":
        s.right.fingers(start + 0.5, 0.4, "cup")
        s.right.touch(start + 0.65, 0.6, "forehead", (0.01, 0.015, 0.0), palm=(0.1, -0.95, -0.1), fingers=(-0.9, 0.0, 0.3),
                      elbow=(0.8, 0.4, -0.6))  # fmt: skip
    else:
        s.right.reach(start + 0.65, 0.6, (0.5, 0.5, -0.45), palm=(-0.2, 0.2, -1.0))
        s.right.fingers(start + 0.5, 0.4, "grip_wide")
    for k, share in enumerate((0.45, 0.95)):
        side = -1.0 if k == 0 else 1.0
        at = start + share * length
        s.pelvis.to(at, 0.5 * length, roll=0.35 * side * sway, right=0.05 * side)
        s.trunk.to(at + 0.05, 0.5 * length, lean=0.6 * side * sway, bend=-0.10 if k == 0 else 0.12)
        s.head.to(at + 0.10, 0.5 * length, tilt=0.9 * side * sway, nod=-0.30 if k == 0 else 0.10)


def _buckle(s: Score, start: float, end: float) -> None:
    length = end - start
    s.mode.to(end, 0.8 * length, balance=0.0, gaze=0.0)
    s.pelvis.to(end, length, "accelerate", up=-0.24 * s.body.leg_m, pitch=0.18, right=0.07)
    s.trunk.to(end, length, bend=0.32, lean=0.22)
    s.head.to(end, length, nod=0.42, tilt=0.2)
    for hand, late in ((s.right, 0.05), (s.left, 0.0)):
        hand.rest(end + late, 0.8 * length)
        hand.fingers(end, 0.4, "relaxed")


def _sink(s: Score, start: float, end: float, aside: float) -> None:
    """Down through the knees and over to the right."""
    length = end - start
    s.mode.to(end, 0.5 * length, ground=1.0)
    s.mode.to(start + 0.1, 0.15, reach=0.0)
    pelvis_at(s, end, length + 0.15, "accelerate", height_m=0.20, forward_m=0.05)
    s.pelvis.to(end, length + 0.1, right=aside)
    s.pelvis.to(end + 0.10, length, "accelerate", roll=0.46 * np.pi, yaw=-0.10)
    s.trunk.to(end, length, bend=0.30, lean=-0.08)
    s.head.to(end, 0.7 * length, tilt=-0.10, nod=0.30)
    shoulder = aside + 0.22 * s.body.height_m
    s.right.go(end + 0.05, 0.8 * length, "world", (shoulder + 0.12, 0.42, 0.0), palm=(0.0, -0.2, 1.0), fingers=(0.6, 0.8, 0.0),
               elbow=(0.2, 0.5, -1.0), stretch=0.9)  # fmt: skip
    s.left.go(end + 0.25, 0.9 * length, "world", (-shoulder + 0.12, 0.34, 0.0), palm=(0.0, 0.0, -1.0), fingers=(-0.5, 0.9, 0.0),
              elbow=(0.0, 0.2, 1.0), stretch=0.9)  # fmt: skip
    carry_over(s.right_foot, end + 0.15, 1.1 * length, 0.20)
    carry_over(s.left_foot, end + 0.30, 1.3 * length, 0.22)
    s.right_foot.reach(end + 0.05, 0.75 * length, (0.0, -0.02, -0.74), toes=TOES, instep=INSTEP, knee=(0.0, 1.0, 0.0))
    s.left_foot.reach(end + 0.12, 0.75 * length, (-0.15, 0.10, -0.66), toes=TOES, instep=INSTEP, knee=(0.0, 1.0, 0.0))


FAINTING = Action(
    name="fainting",
    caption="faints and sinks to the floor",
    choreography=_faint,
    phases=("dizzy", "buckle", "fall", "down"),
    params={
        "dizzy_s": Range(0.9, 1.3),
        "sway_rad": Range(0.12, 0.30),
        "hand": Choice(("brow", "air"), (0.7, 0.3)),
        "down_s": Range(0.15, 0.55),
        "head_turn_rad": Range(-0.3, 0.3),
    },
    wordings=("grows dizzy and collapses in a faint", "passes out and drops in a heap"),
    aliases=("faint", "passing out", "fainting fit"),
    tags=("posture", "floor", "dynamic"),
)
