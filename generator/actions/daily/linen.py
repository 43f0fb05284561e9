"""Towels: the face wiped with one, and one washed by hand."""

from __future__ import annotations

import numpy as np

from ...motion.bending import let_go, pin
from ...motion.limbs import Hand
from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S, pelvis_at

# ---------------------------------------------------------------- wiping the face


def _wipe_face(s: Score) -> None:
    """The towel lies on both palms; the face goes into it and is rubbed, and comes out of it again."""
    _on_palms(s)
    rubs, half = int(s.number("rubs")), 0.5 * s.number("rub_s")
    _towel_low(s, START_S, 0.1)
    s.look(START_S + 0.2, "chest", (0.0, 0.5, 0.0))
    with s.phase("raise", 0.85) as (start, end):
        for hand, late in ((s.right, 0.0), (s.left, 0.04)):
            _to_cheek(s, hand, end - 0.22 + late, 0.7, 0.05, 0.06)
            _to_cheek(s, hand, end + late, 0.25, 0.0, 0.0)
        s.trunk.to(end, 0.8, bend=s.number("bend"))
        s.head.to(end, 0.6, nod=s.number("nod"))
    with s.phase("wipe", 2.0 * half * rubs) as (start, end):
        for k in range(2 * rubs):
            way = 1.0 if k % 2 == 0 else -1.0
            reach = s.number("reach_m") * s.amplitude * way
            for hand, late in ((s.right, 0.0), (s.left, 0.03)):
                _rub(s, hand, start + half * (k + 1) + late, half, reach)
            s.head.to(start + half * (k + 1), half, nod=s.number("nod") - 0.06 * way, turn=0.08 * way)
        s.contact("right_palm", "towel", start, end)
        s.contact("left_palm", "towel", start, end)
    with s.phase("lower", 0.95) as (start, end):
        for hand, late in ((s.right, 0.0), (s.left, 0.05)):
            _to_cheek(s, hand, start + 0.22 + late, 0.22, 0.06, -0.04)
        _towel_low(s, end, 0.72)
        s.trunk.to(end, 0.8, bend=0.05)
        s.head.to(end - 0.1, 0.7, nod=0.0, turn=0.0)
        s.look(end - 0.1, "chest", (0.0, 0.45, -0.1))


def _on_palms(s: Score) -> None:
    """The towel's upper corners on the palms, its top at the fingertips."""
    for hand, point in ((s.right, "right_palm"), (s.left, "left_palm")):
        pin(s, "towel", point, f"{hand.side}_hand", (0.0, 0.02, 0.012), z_axis=(0.0, 1.0, 0.0))
        hand.fingers(START_S, 0.1, "flat")


def _towel_low(s: Score, end_s: float, duration_s: float) -> None:
    """The hands before the chest, palms up and back, the towel hanging from them."""
    ahead = max(s.body.belly_front_m, s.body.chest_front_m) + 0.17
    for hand, late in ((s.right, 0.0), (s.left, 0.05)):
        hand.go(end_s + late, duration_s, "chest", (0.11, ahead, -0.20 + s.number("low_m")), palm=(-0.1, -0.75, 0.65),
                fingers=(-0.12, 0.65, 0.75), elbow=(0.6, -0.3, -0.9))  # fmt: skip


def _to_cheek(s: Score, hand: Hand, end_s: float, duration_s: float, away_m: float, up_m: float) -> None:
    """A palm on the towel before its cheek, the fingers up beside the nose."""
    hand.touch(end_s, duration_s, "nose", (0.052, 0.004 + away_m, -0.025 - up_m), "head", palm=(-0.35, -0.93, 0.0),
               fingers=(-0.28, 0.05, 0.95), elbow=(s.number("elbows"), 0.35, -0.9))  # fmt: skip


def _rub(s: Score, hand: Hand, end_s: float, duration_s: float, reach_m: float) -> None:
    """A stroke over the cheek: up and down, round, or from side to side."""
    manner, sideways, up = s.option("manner"), 0.0, 0.0
    if manner == "up_down":
        up = reach_m if hand.side == "right" else -0.7 * reach_m
    elif manner == "together":
        up = reach_m
    else:
        sideways = 0.7 * reach_m * (1.0 if hand.side == "right" else -1.0)
    hand.touch(end_s, duration_s, "nose", (0.054 + sideways, 0.004 - 0.2 * abs(up), -0.02 + up), "head", "swing",
               palm=(-0.35, -0.93, 0.0), fingers=(-0.28, 0.05, 0.95), elbow=(s.number("elbows"), 0.35, -0.9))  # fmt: skip


WIPING_FACE_WITH_A_TOWEL = Action(
    name="wiping_face_with_a_towel",
    caption="wipes {possessive} face with a towel",
    choreography=_wipe_face,
    phases=("raise", "wipe", "lower"),
    params={
        "rubs": Range(2, 4, whole=True),
        "rub_s": Range(0.5, 0.75),
        "reach_m": Range(0.022, 0.04),
        "manner": Choice(("up_down", "together", "sideways"), (0.4, 0.35, 0.25)),
        "bend": Range(0.04, 0.3),
        "nod": Range(0.05, 0.3),
        "elbows": Range(0.3, 1.0),
        "low_m": Range(-0.06, 0.06),
    },
    props=(PropUse("towel", ("towel",), (0.72, 0.98)),),
    wordings=("dries {possessive} face with a towel", "rubs {possessive} face dry in a towel"),
    aliases=("wipe face", "dry face", "wiping face"),
    tags=("daily", "arms", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "wiping_face_with_a_towel"},
)
