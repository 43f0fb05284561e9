"""Towels: the face wiped with one, and one washed by hand."""

from __future__ import annotations

import numpy as np

from ...motion.bending import pin
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
        "rubs": Range(2, 3, whole=True),
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


# ---------------------------------------------------------------- washing a towel

ALONG, ROUND = (-1.0, 0.0, 0.0), (0.0, 1.0, 0.0)
"""A towel that lies from hand to hand, its top in the right: its z axis goes that way, and it turns as the hands do."""


def _wash_towel(s: Score) -> None:
    """Bent over the tub: the towel is rubbed between two fists, dipped, rubbed again, lifted and wrung out."""
    ahead = s.body.belly_front_m + 0.16 + 0.2
    rim = float(s.props["tub"].frames["rim"][2, 3])
    over = rim + 0.035
    s.stand("tub", (0.0, ahead + 0.5 * STANDING_M))
    at = ahead + 0.5 * STANDING_M - 0.04
    bend = s.number("bend")
    s.trunk.to(START_S, 0.1, bend=bend)
    pelvis_at(s, START_S, 0.1, pitch=0.55 * bend)
    s.pelvis.to(START_S, 0.1, forward=-0.05)
    s.look(START_S + 0.2, "world", (0.0, at, over))
    for hand, point in ((s.right, "upper_third"), (s.left, "lower_third")):
        pin(s, "towel", point, f"{hand.side}_hand", (0.0, 0.02, 0.025), width=0.3, y_axis=ROUND, z_axis=ALONG)
        hand.fingers(START_S, 0.1, "fist")
        _fist(hand, START_S, 0.1, (0.065, at, over))
    rounds, strokes, half = int(s.number("rounds")), int(s.number("strokes")), 0.5 * s.number("stroke_s")
    for number in range(rounds):
        with s.phase("rub", 2.0 * half * strokes) as (start, end):
            _rub_fists(s, start, strokes, half, at, over)
            s.contact("right_palm", "towel", start, end)
            s.contact("left_palm", "towel", start, end)
        if number + 1 < rounds:
            with s.phase("dip", 0.75) as (start, end):
                for hand, late in ((s.right, 0.0), (s.left, 0.05)):
                    _fist(hand, start + 0.35 + late, 0.3, (0.07, at, over - 0.09))
                    _fist(hand, end + late, 0.35, (0.065, at, over))
    with s.phase("wring", 1.5) as (start, _):
        _wring(s, start, at, over)


STANDING_M = 0.1
"""Room between the body and the middle of what it stands at, beyond half a tub."""


def _fist(
    hand: Hand, end_s: float, duration_s: float, at: tuple[float, float, float], turn_rad: float = 0.0, ease: str = "smooth"
) -> None:
    """A fist round the towel at (out, forward, up), thumbs in, its back up; turned about the towel, knuckles forward and down."""
    cosine, sine = float(np.cos(turn_rad)), float(np.sin(turn_rad))
    hand.go(
        end_s, duration_s, "world", at, ease, fingers=(-0.1, cosine, -sine), palm=(0.0, -sine, -cosine), elbow=(0.9, -0.5, -0.3)
    )


def _rub_fists(s: Score, start: float, strokes: int, half: float, at: float, over: float) -> None:
    """One fist rubs over the other, to and fro; the shoulders go along."""
    reach = s.number("reach_m") * s.amplitude
    for k in range(2 * strokes):
        way, when = (1.0 if k % 2 == 0 else -1.0), start + half * (k + 1)
        _fist(s.right, when, half, (0.055, at + reach * way, over + 0.012 * way), 0.25 * way, "swing")
        _fist(s.left, when + 0.02, half, (0.06, at - 0.55 * reach * way, over - 0.01 * way), -0.15 * way, "swing")
        s.trunk.to(when, half, twist=0.05 * way, bend=s.number("bend") + 0.03 * way)


def _wring(s: Score, start: float, at: float, over: float) -> None:
    """Lifted over the tub and twisted: one fist turns forward, the other back, twice."""
    high, turn = over + s.number("lift_m"), s.number("wring_rad")
    for hand, way in ((s.right, 1.0), (s.left, -1.0)):
        _fist(hand, start + 0.4, 0.4, (0.10, at, high), -0.4 * way)
        _fist(hand, start + 0.8, 0.35, (0.115, at - 0.01, high), turn * way)
        _fist(hand, start + 1.0, 0.2, (0.11, at, high), 0.5 * turn * way)
        _fist(hand, start + 1.35, 0.35, (0.12, at - 0.01, high), 1.1 * turn * way)
    s.mode.to(start + 0.8, 0.4, shrug=0.12)
    s.trunk.to(start + 0.5, 0.5, bend=s.number("bend") - 0.12, twist=0.0)


WASHING_A_TOWEL_BY_HANDS = Action(
    name="washing_a_towel_by_hands",
    caption="washes a towel by hand in a tub",
    choreography=_wash_towel,
    phases=("rub", "dip", "wring"),
    params={
        "rounds": Range(1, 2, whole=True),
        "strokes": Range(2, 3, whole=True),
        "stroke_s": Range(0.43, 0.5),
        "reach_m": Range(0.045, 0.08),
        "bend": Range(0.3, 0.5),
        "lift_m": Range(0.10, 0.22),
        "wring_rad": Range(0.6, 1.0),
    },
    props=(PropUse("tub", ("wash_tub",), (0.9, 1.1)), PropUse("towel", ("towel",), (0.75, 1.0))),
    wordings=("rubs a towel in a tub of water and wrings it out", "does the washing by hand, a towel in {possessive} fists"),
    aliases=("wash a towel", "hand washing a towel", "wringing a towel"),
    tags=("daily", "arms", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "washing_a_towel_by_hands"},
)
