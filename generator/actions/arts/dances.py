"""Dancing alone, to a beat: disco, ballet."""

from __future__ import annotations

from ...motion.limbs import Hand
from ...motion.score import Score
from ...motion.target import Vector
from ..action import Action, Choice, Range
from ..poses import START_S, carry_over, lasting

BEFORE_S = 2.0
"""Dances are under way this long before the clip."""


def _disco(s: Score) -> None:
    """Hips swing over to a side on each beat; the right arm points up to its own side and down across to the other hip; steps."""
    duration, beat = lasting(s), s.number("beat_s")
    hips, out = 0.075 * s.number("hips") * s.amplitude**0.5, 1.5 * s.body.stance_out_m
    low = 0.045 * s.body.leg_m
    for foot in (s.right_foot, s.left_foot):
        foot.place(START_S, 0.1, (out, 0.0), toe_out_rad=0.3)
    s.pelvis.to(START_S, 0.1, up=-low)
    s.right.fingers(START_S, 0.1, "point")
    s.left.fingers(START_S, 0.1, "point" if s.option("other_arm") == "points" else "cup")
    with s.throughout("dance", duration) as (start, end):
        at, k = start - BEFORE_S, 0
        turn = int(s.number("bar"))
        while at < end + 1.0:
            side, swaps = (1.0 if k % 2 == 0 else -1.0), k // turn % 2 == 1
            mine, other = (s.left, s.right) if swaps else (s.right, s.left)
            _disco_arms(s, mine, other, at, beat, up=(side > 0.0) != swaps)
            s.pelvis.to(at, 0.85 * beat, right=hips * side, roll=1.6 * hips * side, yaw=-0.22 * side)
            s.pelvis.to(at - 0.45 * beat, 0.4 * beat, up=-0.4 * low)
            s.pelvis.to(at, 0.42 * beat, up=-1.5 * low)
            s.trunk.to(at, 0.8 * beat, lean=-1.1 * hips * side, twist=0.20 * side, bend=0.02)
            s.head.to(at, 0.5 * beat, tilt=0.10 * side, nod=0.08)
            s.head.to(at + 0.5 * beat, 0.5 * beat, nod=-0.03)
            light = s.left_foot if side > 0.0 else s.right_foot
            light.heel.to(at, 0.5 * beat, 0.55)
            light.heel.to(at + 0.9 * beat, 0.5 * beat, 0.0)
            at, k = at + beat, k + 1


def _disco_arms(s: Score, mine: Hand, other: Hand, at: float, beat: float, *, up: bool) -> None:
    """One arm slants up or across and down, the index pointing; the other hand stays at the hip or swings against it."""
    high = s.number("high")
    if up:
        mine.reach(at - 0.45 * beat, 0.5 * beat, (0.35, 0.62, 0.10), "away", fingers=(0.1, 0.9, 0.4), elbow=(0.6, -0.2, -0.8))
        mine.reach(
            at,
            0.45 * beat,
            (0.62, 0.18, 0.72 * high),
            "home",
            palm=(-0.2, 0.9, -0.3),
            fingers=(0.6, 0.15, 0.8),
            elbow=(0.8, -0.2, -0.6),
        )
    else:
        mine.reach(at - 0.45 * beat, 0.5 * beat, (0.20, 0.70, 0.0), "away", fingers=(-0.2, 0.9, -0.3), elbow=(0.7, -0.1, -0.7))
        mine.reach(
            at,
            0.45 * beat,
            (-0.52, 0.50, -0.50),
            "home",
            palm=(-0.1, -0.7, -0.7),
            fingers=(-0.6, 0.3, -0.75),
            elbow=(0.7, 0.1, -0.6),
        )
    mine.fingers(at, 0.3, "point")
    if s.option("other_arm") == "hip":
        other.go(
            at,
            0.8 * beat,
            "pelvis",
            (s.body.waist_half_m + 0.015, 0.035, 0.085),
            palm=(-1.0, -0.1, -0.25),
            fingers=(-0.25, 0.8, -0.45),
            elbow=(0.9, -0.6, -0.1),
        )
        other.fingers(at, 0.3, "cup")
    else:
        ahead = 0.45 if up else 0.62
        other.reach(
            at, 0.8 * beat, (0.25, ahead, -0.45), palm=(-0.8, 0.0, -0.5), fingers=(-0.2, 0.9, 0.3), elbow=(0.7, -0.4, -0.5)
        )


DANCING_DISCO = Action(
    name="dancing_disco",
    caption="dances disco, pointing up and down to the beat",
    choreography=_disco,
    phases=("dance",),
    params={
        "duration_s": Range(3.0, 4.8),
        "beat_s": Range(0.46, 0.60),
        "hips": Range(0.7, 1.5),
        "high": Range(0.85, 1.15),
        "bar": Range(4, 8, whole=True),
        "other_arm": Choice(("hip", "swings", "points"), (0.5, 0.3, 0.2)),
    },
    wordings=("swings {possessive} hips to the beat and points up and across", "does disco moves"),
    aliases=("disco dancing", "dancing", "dance", "disco"),
    tags=("arts", "dance"),
)


def _arms_in(s: Score, hand: Hand, end: float, length: float, where: str) -> None:
    """A ballet dancer's arm: "low" before the hips, "first" round before the chest, "second" out to the side, "fifth"
    overhead."""
    at, palm, fingers, elbow = {
        "low": ((-0.05, 0.36, -0.86), (-0.3, -0.9, 0.2), (-0.75, 0.0, -0.65), (1.0, 0.2, 0.0)),
        "first": ((-0.06, 0.74, -0.22), (-0.2, -0.95, 0.0), (-0.95, 0.15, 0.0), (1.0, 0.2, -0.15)),
        "second": ((0.90, 0.22, 0.02), (-0.2, 0.95, -0.1), (0.95, 0.25, -0.12), (0.2, -0.5, -0.6)),
        "fifth": ((-0.04, 0.20, 0.93), (-0.3, -0.3, -0.9), (-0.75, 0.05, 0.6), (1.0, 0.15, 0.2)),
        "allonge": ((0.35, 0.80, 0.42), (0.0, 0.1, -1.0), (0.3, 0.85, 0.35), (0.8, -0.2, -0.5)),
    }[where]
    hand.reach(end, length, at, "swing", palm=palm, fingers=fingers, elbow=elbow)


def _ballet(s: Score) -> None:
    """From a turned-out stance: plie with the arms low, up on the toes with the arms overhead, then an arabesque or a leg
    to the side."""
    beat, up = s.number("beat_s"), s.number("rise")
    out = 0.55 * s.body.stance_out_m
    for foot in (s.right_foot, s.left_foot):
        foot.place(START_S, 0.1, (out, 0.0), toe_out_rad=0.95)
    for hand in (s.right, s.left):
        hand.fingers(START_S, 0.1, "relaxed")
        _arms_in(s, hand, START_S, 0.1, "low")
    s.trunk.to(START_S, 0.1, bend=-0.05)
    s.look(START_S, "world", (0.6, 3.0, s.body.eye_height_m))
    with s.phase("prepare", 0.6 * beat) as (start, end):
        for late, hand in enumerate((s.right, s.left)):
            _arms_in(s, hand, end + 0.03 * late, 0.6 * beat, "first")
    with s.phase("rise", 1.9 * beat) as (start, end):
        _plie_and_rise(s, start, beat, up, opens=s.option("arms") == "open")
    with s.phase("balance", 2.2 * beat) as (start, end):
        _one_leg(s, start, end, beat)
    with s.phase("close", 1.1 * beat) as (start, end):
        carry_over(s.right_foot, start + 0.8 * beat, 0.8 * beat, 0.04)
        s.right_foot.place(start + 0.8 * beat, 0.8 * beat, (out, 0.0), toe_out_rad=0.95)
        s.pelvis.to(start + 0.8 * beat, 0.8 * beat, right=0.0, pitch=0.0, up=0.0, forward=0.0, roll=0.0)
        s.trunk.to(start + 0.8 * beat, 0.8 * beat, bend=-0.05, lean=0.0)
        for late, hand in enumerate((s.right, s.left)):
            _arms_in(s, hand, end + 0.04 * late, beat, "low")


def _plie_and_rise(s: Score, start: float, beat: float, up: float, *, opens: bool) -> None:
    deep = 0.13 * s.body.leg_m * s.number("plie")
    bottom, top, down = start + 0.6 * beat, start + 1.15 * beat, start + 1.9 * beat
    s.pelvis.to(bottom, 0.6 * beat, up=-deep)
    s.pelvis.to(top, 0.55 * beat, up=0.62 * up * s.body.ball_ahead_m)
    s.pelvis.to(down, 0.6 * beat, up=0.0)
    for foot in (s.right_foot, s.left_foot):
        foot.heel.to(bottom, 0.4 * beat, 0.0)
        foot.heel.to(top, 0.5 * beat, 0.75 * up)
        foot.heel.to(down, 0.55 * beat, 0.0)
    for late, hand in enumerate((s.right, s.left)):
        _arms_in(s, hand, bottom + 0.03 * late, 0.6 * beat, "first" if opens else "low")
        _arms_in(s, hand, top + 0.04 * late, 0.6 * beat, "second" if opens else "fifth")
    s.head.to(top, 0.5 * beat, turn=-0.25 if opens else 0.2, nod=-0.08)
    s.head.to(down, 0.5 * beat, nod=0.0)


def _one_leg(s: Score, start: float, end: float, beat: float) -> None:
    """The weight on the left leg; the right one straight to the back (arabesque) or side, toes pointed, arms along."""
    there, high = start + 1.2 * beat, s.number("leg_height")
    back = s.option("figure") == "arabesque"
    s.pelvis.to(start + 0.4 * beat, 0.4 * beat, right=-0.55 * s.body.stance_out_m, up=-0.01)
    if back:
        s.pelvis.to(there, 0.8 * beat, pitch=0.55 * high, forward=-0.10 * high)
        s.trunk.to(there, 0.8 * beat, bend=-0.28)
        s.right_foot.reach(
            there,
            0.8 * beat,
            _straight(0.06, -0.86, -0.56 + 0.30 * high),
            toes=(0.2, -0.9, -0.1 + 0.3 * high),
            instep=(0.9, 0.2, -0.3),
            knee=(0.9, 0.1, -0.2),
        )
        _arms_in(s, s.left, there, 0.9 * beat, "allonge")
        _arms_in(s, s.right, there + 0.05, 0.9 * beat, "second")
    else:
        s.pelvis.to(there, 0.8 * beat, roll=-0.22 * high)
        s.trunk.to(there, 0.8 * beat, lean=-0.12 * high)
        s.right_foot.reach(
            there,
            0.8 * beat,
            _straight(0.86, 0.12, -0.58 + 0.38 * high),
            toes=(0.9, 0.15, -0.3),
            instep=(0.2, 0.5, 0.8),
            knee=(0.3, 0.3, 1.0),
        )
        _arms_in(s, s.left, there, 0.9 * beat, "fifth")
        _arms_in(s, s.right, there + 0.05, 0.9 * beat, "second")
    s.look(there, "world", (-1.0, 3.0, 1.1 * s.body.eye_height_m), duration_s=0.6)


def _straight(out: float, ahead: float, up: float) -> Vector:
    """A straight leg in this direction, in leg lengths."""
    long = 0.985 / (out * out + ahead * ahead + up * up) ** 0.5
    return (long * out, long * ahead, long * up)


DANCING_BALLET = Action(
    name="dancing_ballet",
    caption="dances ballet",
    choreography=_ballet,
    phases=("prepare", "rise", "balance", "close"),
    params={
        "beat_s": Range(0.66, 0.86),
        "arms": Choice(("overhead", "open")),
        "rise": Range(0.75, 1.05),
        "plie": Range(0.6, 1.3),
        "figure": Choice(("arabesque", "side")),
        "leg_height": Range(0.55, 1.15),
    },
    wordings=(
        "bends {possessive} knees, rises on {possessive} toes and balances on one leg like a ballet dancer",
        "does ballet moves",
    ),
    aliases=("ballet dancing", "ballet", "doing ballet"),
    tags=("arts", "dance"),
    acting=("right_foot", "right_hand", "left_hand"),
)
