"""A head or a neck that hurts: temples pressed and rubbed, a nape held and kneaded."""

from __future__ import annotations

import numpy as np

from ...motion.limbs import Hand
from ...motion.score import Score, Vector
from ..action import Action, Choice, Range
from ..poses import free_hand


def circling(hand: Hand, start_s: float, end_s: float, at: Vector, radius_m: float, rate_hz: float) -> None:
    """Rub in small circles, forward and up, about a place the hand has gone to already."""
    quarter = 0.25 / rate_hz
    out, forward, up = at
    for k in range(int((end_s - start_s) / quarter)):
        angle = 0.5 * np.pi * (k + 1)
        near = (out, forward + radius_m * float(np.cos(angle)), up + radius_m * float(np.sin(angle)))
        hand.again(start_s + quarter * (k + 1), 1.2 * quarter, "swing", at=near)


def _headache(s: Score) -> None:
    """Hands go to the head, which sinks between them; press, rub, a slow shake of the head, and let go."""
    where, nod, bend = s.option("where"), s.number("nod_rad"), s.number("bend_rad")
    with s.phase("raise", 0.8) as (start, end):
        s.mode.to(start + 0.4, 0.4, gaze=0.35)
        s.look(start + 0.4, "world", (0.0, 0.7, 0.5 * s.body.eye_height_m))
        s.head.to(end + 0.1, 0.8, nod=nod)
        s.trunk.to(end + 0.1, 0.9, bend=bend)
        s.mode.to(end, 0.5, shrug=0.10)
        _hold_head(s, where, start, end)
    with s.phase("rub", s.number("rub_s")) as (start, end):
        _rub_head(s, where, start, end)
        for k in range(int((end - start) / 0.55)):
            side = 1.0 if k % 2 else -1.0
            s.head.to(start + 0.55 * (k + 1), 0.55, tilt=side * s.number("sway_rad"), turn=0.7 * side * s.number("sway_rad"))
            s.trunk.to(start + 0.55 * (k + 1), 0.55, lean=0.4 * side * s.number("sway_rad"), bend=bend * (1.0 + 0.25 * (k % 2)))
    with s.phase("lower", 0.75) as (start, end):
        for late, hand in enumerate((s.left, s.right)):
            hand.rest(end + 0.06 * late, 0.7)
            hand.fingers(end, 0.5, "relaxed")
        s.head.to(end, 0.7, nod=0.12, tilt=0.0, turn=0.0)
        s.trunk.to(end, 0.7, bend=0.3 * bend, lean=0.0)
        s.mode.to(end, 0.5, gaze=1.0, shrug=0.0)


def _hold_head(s: Score, where: str, start: float, end: float) -> None:
    if where == "brow":
        s.right.fingers(end, 0.5, "cup")
        s.right.touch(end, 0.75, "forehead", (-0.005, 0.012, -0.005), palm=(0.1, -0.95, -0.1), fingers=(-0.9, 0.0, 0.25),
                      elbow=(0.7, 0.5, -0.8))  # fmt: skip
        free_hand(s, s.left, s.option("free_hand"), end)
        return
    for late, hand in ((0.0, s.right), (0.07, s.left)):
        hand.fingers(end, 0.5, "cup" if where == "temples" else "flat")
        _at_side_of_head(s, hand, where, end - 0.07 + late, 0.7)


def _at_side_of_head(s: Score, hand: Hand, where: str, end: float, duration: float) -> None:
    """Fingertips at the temple, or the palm over temple and ear."""
    if where == "temples":
        hand.touch(end, duration, f"{hand.side}_ear", TEMPLE, palm=(-0.75, 0.05, -0.45), fingers=(-0.62, -0.25, 0.75),
                   elbow=(0.8, s.number("elbow_forward"), -0.8), effector="middle_tip")  # fmt: skip
    else:
        hand.touch(end, duration, f"{hand.side}_ear", OVER_EAR, palm=(-0.98, 0.0, -0.1), fingers=(-0.12, -0.30, 0.95),
                   elbow=(0.8, s.number("elbow_forward"), -0.6))  # fmt: skip


TEMPLE: Vector = (0.020, 0.055, 0.045)
OVER_EAR: Vector = (0.014, 0.040, 0.020)
"""Fingertips, or the palm, beside the head: from the ear, out, forward and up (m)."""


def _rub_head(s: Score, where: str, start: float, end: float) -> None:
    rate, radius = s.number("rub_hz"), s.number("circle_m") * s.amplitude
    if where == "brow":
        half = 0.5 / rate
        for k in range(int((end - start) / half)):
            side = 1.0 if k % 2 else -1.0
            s.right.again(start + half * (k + 1), half, "swing", at=(-0.005 + 1.5 * radius * side, 0.012, -0.005))
        s.contact("right_palm", "forehead", start, end)
        return
    at = TEMPLE if where == "temples" else OVER_EAR
    circling(s.right, start, end, at, radius, rate)
    circling(s.left, start + 0.04, end, at, radius, 0.97 * rate)


HEADACHE = Action(
    name="headache",
    caption="holds {possessive} aching head",
    choreography=_headache,
    phases=("raise", "rub", "lower"),
    params={
        "where": Choice(("temples", "sides", "brow"), (0.5, 0.25, 0.25)),
        "rub_s": Range(1.3, 1.95),
        "rub_hz": Range(1.0, 1.7),
        "circle_m": Range(0.010, 0.020),
        "nod_rad": Range(0.25, 0.55),
        "bend_rad": Range(0.10, 0.40),
        "sway_rad": Range(0.04, 0.16),
        "elbow_forward": Range(-0.1, 0.5),
        "free_hand": Choice(("side", "hip", "across")),
    },
    wordings=("has a headache and holds {possessive} head", "presses {possessive} head, which hurts"),
    aliases=("touch head", "touching head headache", "rubbing temples"),
    tags=("health", "arms", "head"),
    acting=("right_hand",),
    taxonomy={"synapt150": "headache", "ntu120": "A044"},
)


def _nape(s: Score, end: float, duration: float, slide_m: float = 0.0) -> None:
    """The palm round the back of the neck, the fingers over to its other side."""
    at = (-0.035 + slide_m, -0.075, -0.075 + 0.3 * slide_m)
    s.right.touch(end, duration, "right_ear", at, palm=(-0.60, 0.75, 0.0), fingers=(-0.70, -0.60, 0.35), elbow=(0.9, 0.35, -1.0))


def _neck(s: Score) -> None:
    """A hand to the nape, shoulders drawn up; the head is rolled from side to side with care, and flinches; the hand kneads."""
    tilt, rolls, stiff = s.number("tilt_rad"), int(s.number("rolls")), s.number("stiff_rad")
    with s.phase("raise", 0.85) as (start, end):
        s.right.go(start + 0.5, 0.5, "head", (0.22, 0.06, 0.04), elbow=(1.0, 0.3, -0.2))
        _nape(s, end + 0.05, 0.5)
        s.right.fingers(end, 0.4, "cup")
        free_hand(s, s.left, s.option("free_hand"), end)
        s.mode.to(end, 0.5, shrug=0.12, gaze=0.5)
        s.head.to(end + 0.1, 0.6, nod=stiff)
        s.trunk.to(end, 0.7, bend=0.08 + 0.3 * stiff)
        s.look(start + 0.5, "world", (0.0, 1.0, 0.55 * s.body.eye_height_m))
    with s.phase("roll", 0.4 + 0.8 * rolls) as (start, end):
        for k in range(rolls):
            side = (1.0 if k % 2 else -1.0) * (1.0 if s.option("first") == "away" else -1.0)
            at = start + 0.2 + 0.8 * k
            s.head.to(at + 0.55, 0.6, tilt=side * tilt, turn=-0.5 * side * tilt, nod=stiff - 0.25 * s.amplitude * (k % 2))
            s.trunk.to(at + 0.6, 0.6, lean=0.25 * side * tilt)
            # it hurts: a small start back from the furthest
            s.head.to(at + 0.72, 0.12, tilt=0.65 * side * tilt, nod=stiff + 0.08)
        _knead(s, start, end)
    with s.phase("lower", 0.8) as (start, end):
        s.head.to(start + 0.5, 0.5, nod=0.05, tilt=0.0, turn=0.0)
        s.right.go(start + 0.38, 0.38, "head", (0.22, 0.06, 0.02), elbow=(1.0, 0.3, -0.3))
        s.right.rest(end + 0.05, 0.6)
        s.right.fingers(end, 0.5, "relaxed")
        free_hand(s, s.left, "side", end)
        s.trunk.to(end, 0.7, bend=0.0, lean=0.0)
        s.mode.to(end, 0.5, shrug=0.0, gaze=1.0)


def _knead(s: Score, start: float, end: float) -> None:
    """The hand slides to and fro across the nape and squeezes it."""
    half = 0.5 / s.number("knead_hz")
    for k in range(int((end - start) / half)):
        _nape(s, start + half * (k + 1), 1.05 * half, 0.014 * s.amplitude * (1.0 if k % 2 else -1.0))
        s.right.fingers(start + half * (k + 1), half, "grip_wide" if k % 2 else "cup")


NECK_PAIN = Action(
    name="neck_pain",
    caption="holds {possessive} stiff neck with {possessive} {side} hand",
    choreography=_neck,
    phases=("raise", "roll", "lower"),
    params={
        "tilt_rad": Range(0.36, 0.52),
        "rolls": Range(2, 3, whole=True),
        "stiff_rad": Range(0.15, 0.40),
        "knead_hz": Range(1.0, 1.8),
        "first": Choice(("away", "towards")),
        "free_hand": Choice(("side", "hip", "across"), (0.5, 0.3, 0.2)),
    },
    wordings=("has a pain in {possessive} neck and rubs {possessive} nape", "rubs {possessive} aching neck"),
    aliases=("touch neck", "stiff neck", "touching neck neckache"),
    tags=("health", "arms", "head"),
    acting=("right_hand",),
    taxonomy={"synapt150": "neck_pain", "ntu120": "A047"},
)
