"""Two people: a hand in the other's pocket, rock-paper-scissors."""

from __future__ import annotations

import numpy as np

from ...motion.meeting import eye_contact, face_to_face
from ...motion.score import Hand, Score
from ..action import Action, Choice, Range
from ..poses import free_hand, shift_weight


def _pocket(a: Score, b: Score) -> None:
    """From behind or beside, a glance round, a hand into the other's pocket, out again; the other stands and perhaps notices."""
    beside = a.option("from") == "beside"
    stoop, reach = _stoop(a, b)
    back, out = (0.06, b.body.waist_half_m + a.body.waist_half_m + 0.18) if beside else (max(reach, 0.42), 0.18)
    b.start(0.0, 0.0, 0.0)
    a.start(out, -back, 0.18 if beside else 0.10)
    hand, side = (a.left, "left") if beside else (a.right, "right")
    b.look_ahead(0.0, 0.0)
    shift_weight(b, 0.0, 2.5, 1.3, 0.02)
    free_hand(b, b.right, "across", 0.0, 0.0)  # out of the pocket's way
    free_hand(b, b.left, b.option("b_left"), 0.0, 0.0)
    with a.phase("glance", a.number("glance_s")) as (start, end):
        a.look(start + 0.3, "world", (1.6 if beside else -1.6, 1.5, a.body.eye_height_m), duration_s=0.3)
        a.look(end, "partner:pelvis", (0.15, 0.0, 0.0), duration_s=0.25)
    with a.phase("reach", a.number("reach_s")) as (start, end):
        _into(a, b, hand, end - 0.25, end - start - 0.25, 0.10)
        hand.fingers(end - 0.3, 0.3, "flat")
        _into(a, b, hand, end, 0.3, 0.0)
        a.trunk.to(end, end - start, bend=0.6 * stoop, lean=(-0.14 if beside else 0.08), twist=(-0.15 if beside else 0.12))
        a.pelvis.to(end, end - start, up=-0.02 - 0.06 * stoop, pitch=0.5 * stoop)
    with a.phase("in_pocket", a.number("inside_s")) as (start, end):
        at = start
        while at + 0.22 <= end:
            _into(a, b, hand, at + 0.11, 0.11, -0.018)
            _into(a, b, hand, at + 0.22, 0.11, 0.004)
            at += 0.22
        a.look(start + 0.3, "partner:head", duration_s=0.3)
    with a.phase("withdraw", 0.85) as (start, end):
        _into(a, b, hand, start + 0.22, 0.22, 0.10)
        hand.fingers(start + 0.35, 0.15, "pinch")
        hand.fingers(end, 0.3, "relaxed")
        hand.rest(end, 0.62)
        a.trunk.to(end, 0.7, bend=0.0, lean=0.0, twist=0.0)
        a.pelvis.to(end, 0.7, up=0.0, pitch=0.0)
        a.look(end, "world", (1.5, 3.0, a.body.eye_height_m))
        if a.option("notices") == "yes":
            b.look(start + b.real(0.2) + 0.3, "partner:head", landmark="nose", duration_s=0.35)
            b.trunk.to(start + b.real(0.25) + 0.45, 0.4, twist=-0.4)
            b.pelvis.to(start + b.real(0.3) + 0.5, 0.4, yaw=-0.2)
    a.contact(f"{side}_middle_tip", "partner:right_hip", *_span(a, "in_pocket"))


def _stoop(a: Score, b: Score) -> tuple[float, float]:
    """How far somebody bends down to the other's pocket, and how far behind the other their feet are then."""
    body, pocket = a.body, b.body.pelvis_height_m - b.body.hip_below_pelvis_m
    drop = body.shoulder_height_m - pocket - 0.65 * body.hand_m
    stoop = a.number("stoop_rad") + float(np.clip(1.5 * (drop / body.arm_m - 0.72), 0.0, 0.7))
    trunk = body.shoulder_height_m - body.pelvis_height_m
    low = drop - trunk * (1.0 - float(np.cos(stoop))) - 0.03
    level = float(np.sqrt(max((0.92 * body.arm_m) ** 2 - low**2, (0.3 * body.arm_m) ** 2)))
    return stoop, level + trunk * float(np.sin(stoop)) - 0.05


def _span(s: Score, name: str) -> tuple[float, float]:
    segment = next(segment for segment in s.segments if segment.name == name)
    return segment.start_s, segment.end_s


def _into(a: Score, b: Score, hand: Hand, end_s: float, duration_s: float, up_m: float) -> None:
    """The fingertips to the pocket at the outside of the other's right hip, or `up_m` above it, pointing down into it."""
    beside = hand.side == "left"
    out = b.body.hip_radius_m + (0.045 if beside else 0.028) + 0.15 * max(b.body.belly_front_m - 0.12, 0.0) + 0.3 * max(up_m, 0.0)
    palm = (-1.0, 0.15, 0.0) if not beside else (0.25, -0.95, 0.0)
    at = (out, -0.02 if beside else -0.035, up_m - 0.06)
    hand.go(
        end_s,
        duration_s,
        "partner:right_hip",
        at,
        palm=palm,
        fingers=(0.05, 0.35, -0.9) if not beside else (0.0, 0.1, -1.0),
        elbow=(0.6, -0.7, 0.1) if not beside else (0.35, -1.0, -0.3),
        effector="middle_tip",
    )


TOUCH_POCKET = Action(
    name="touch_pocket",
    caption="reaches into the pocket of {b}",
    choreography=_pocket,
    phases=("glance", "reach", "in_pocket", "withdraw"),
    roles=("a", "b"),
    params={
        "from": Choice(("behind", "beside"), (0.55, 0.45)),
        "glance_s": Range(0.35, 0.6),
        "reach_s": Range(0.7, 1.0),
        "inside_s": Range(0.5, 0.9),
        "stoop_rad": Range(0.10, 0.28),
        "b_left": Choice(("side", "hip"), (0.6, 0.4)),
        "notices": Choice(("no", "yes"), (0.55, 0.45)),
    },
    aliases=("touching another's pocket", "touch other person's pocket", "pickpocketing", "stealing from a pocket"),
    tags=("interaction", "arms"),
    acting=("right_hand",),
    taxonomy={"synapt150": "touch_pocket", "ntu120": "A057"},
)

_HAND_SHAPES = {"rock": "fist", "paper": "flat", "scissors": "scissors"}
_BEATS = {"rock": "scissors", "paper": "rock", "scissors": "paper"}


def _rock_paper_scissors(a: Score, b: Score) -> None:
    """Face to face, fists shaken three times together, then each shows a shape; the winner is glad, the loser is not."""
    beat, apart = a.number("beat_s"), a.number("apart_m")
    face_to_face(a, b, apart + 0.45 * (a.body.arm_m + b.body.arm_m))
    eye_contact(a, b, 0.0, 0.0)
    shows = {one.role: one.option(f"{one.role}_shows") for one in (a, b)}
    with a.phase("raise", 0.5) as (start, end):
        for one, wait in ((a, 0.0), (b, b.real(0.08))):
            _fist(one, end + 0.3 * wait, 0.45 - 0.7 * wait, 0.0)
            one.right.fingers(end - 0.1, 0.3, "fist")
            if one.option("palm") == "yes":
                one.left.go(end, 0.45, "chest", (-0.10, 0.30, -0.36), palm=(0.0, 0.0, 1.0), fingers=(-0.6, 0.8, 0.0))
                one.left.fingers(end, 0.4, "flat")
            one.look(end, "partner:right_hand")
    with a.phase("shake", 3.0 * beat) as (start, end):
        for one, behind, high in ((a, 0.0, 1.0), (b, 0.03, b.number("b_high"))):
            for k in range(3):
                _fist(one, start + behind + (k + 0.48) * beat, 0.48 * beat, 0.16 * high * one.amplitude, "swing")
                _fist(one, start + behind + (k + 1.0) * beat, 0.48 * beat, 0.0, "swing")
            one.trunk.to(end, 2.0 * beat, bend=0.08)
    with a.phase("show", a.number("show_s")) as (start, end):
        for one, behind in ((a, 0.0), (b, 0.03)):
            one.right.fingers(start + behind + 0.10, 0.16, _HAND_SHAPES[shows[one.role]])
            flat = shows[one.role] == "paper"
            one.right.go(
                start + behind + 0.14,
                0.2,
                "chest",
                (0.10, 0.42, -0.24),
                "decelerate",
                palm=(-0.25, 0.0, -1.0) if flat else (-1.0, 0.0, -0.2),
                fingers=(-0.2, 1.0, 0.0),
            )
    with a.phase("react", 0.8) as (start, end):
        for one, other in ((a, b), (b, a)):
            _react(one, shows[one.role], shows[other.role], start, end)


def _fist(s: Score, end_s: float, duration_s: float, up_m: float, ease: str = "smooth") -> None:
    """The fist before the belly, or `up_m` higher: the forearm goes up and down about the elbow."""
    low = -0.30 if s.option("palm") != "yes" else -0.28
    s.right.go(
        end_s,
        duration_s,
        "chest",
        (0.06, 0.36 - 0.35 * up_m, low + 1.3 * up_m),
        ease,
        palm=(-1.0, 0.0, -0.1),
        fingers=(-0.25, 1.0, 2.2 * up_m),
        elbow=(0.4, -0.6, -0.8),
    )


def _react(s: Score, own: str, others: str, start: float, end: float) -> None:
    """Glad with a fist in the air, cast down, or a laugh at a draw."""
    s.look(start + 0.3, "partner:head", landmark="nose")
    if own == others:
        s.head.to(start + 0.35, 0.3, tilt=0.15)
        s.mode.to(start + 0.3, 0.25, jaw=0.12)
        s.head.to(end, 0.35, tilt=0.0)
    elif _BEATS[own] == others:
        s.right.fingers(start + 0.2, 0.2, "fist")
        s.right.reach(
            start + 0.45, 0.4, (0.25, 0.42, 0.12 + 0.5 * s.number("joy")), palm=(-0.6, 0.5, 0.0), fingers=(0.0, 0.1, 1.0)
        )
        s.trunk.to(start + 0.4, 0.35, bend=-0.10)
        s.mode.to(start + 0.3, 0.25, jaw=0.15)
    else:
        s.head.to(start + 0.45, 0.35, nod=0.22)
        s.trunk.to(start + 0.5, 0.4, bend=0.22)
        s.right.fingers(start + 0.4, 0.3, "relaxed")
        s.right.rest(end, 0.65)
        s.mode.to(start + 0.4, 0.3, shrug=-0.08)


ROCK_PAPER_SCISSORS = Action(
    name="rock_paper_scissors",
    caption="plays rock-paper-scissors with {b}",
    choreography=_rock_paper_scissors,
    phases=("raise", "shake", "show", "react"),
    roles=("a", "b"),
    params={
        "apart_m": Range(0.5, 0.85),
        "beat_s": Range(0.34, 0.46),
        "b_high": Range(0.75, 1.15),
        "show_s": Range(0.4, 0.65),
        "palm": Choice(("no", "yes"), (0.5, 0.5)),
        "a_shows": Choice(("rock", "paper", "scissors")),
        "b_shows": Choice(("rock", "paper", "scissors")),
        "joy": Range(0.0, 1.0),
    },
    aliases=("playing rock paper scissors", "rock-paper-scissors", "scissors paper rock", "roshambo"),
    tags=("interaction", "game", "arms"),
    acting=("right_hand", "b:right_hand"),
)
