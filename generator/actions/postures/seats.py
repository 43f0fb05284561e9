"""Changes of posture on a seat: sitting down and standing up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...motion.limbs import Hand
from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S, hip_joint, pelvis_at

CALF_M = 0.11
"""The front of a seat stays this far behind the ankles."""

BACKREST_LEAN = 0.16
"""Tangent of a backrest's lean: who leans back further goes through it."""


@dataclass(frozen=True)
class Seat:
    """Where somebody sits: the hip joints' place ahead of the ankles and height, and the seat's middle ahead of them."""

    hip_forward_m: float
    hip_height_m: float
    middle_m: float


def seat_for(s: Score, prop: str, gap_m: float, feet_m: float = 0.0) -> Seat:
    """A seat placed so that a person whose ankles are at `feet_m` sits on it with upright shins, `gap_m` off its back."""
    frames = s.props[prop].frames
    top, front = float(frames["seat"][2, 3]), float(-frames["front"][1, 3])
    hip = top + 0.95 * s.body.sitting_flesh_m
    knee = s.body.knee_height_m
    hips_behind = float(np.sqrt(max(s.body.thigh_m**2 - (hip - knee) ** 2, 0.01))) - 0.02
    if "back" in frames:
        back = float(frames["back"][1, 3]) - BACKREST_LEAN * float(frames["back"][2, 3] - top)
        middle = -hips_behind - (1.25 * s.body.sitting_flesh_m + 0.015 + gap_m) + back
    else:
        middle = -hips_behind + 0.02 + 0.5 * gap_m
    middle = min(middle, -front - CALF_M)
    return Seat(feet_m - hips_behind, hip, feet_m + middle)


def leaning_back(s: Score, prop: str) -> float:
    """How far a sitter's pelvis leans back, radians: as the action says, but no further than a backrest lets it."""
    wanted = s.number("lean_back")
    return min(wanted, 0.75 * BACKREST_LEAN) if "back" in s.props[prop].frames else wanted


def seated(s: Score, seat: Seat, end_s: float, duration_s: float, pitch_rad: float, ease: str = "smooth") -> None:
    """Pelvis on the seat, leaning forward by `pitch_rad`."""
    ahead, up = hip_joint(s, pitch_rad)
    pelvis_at(s, end_s, duration_s, ease, forward_m=seat.hip_forward_m - ahead, height_m=seat.hip_height_m - up, pitch=pitch_rad)


def hands_seated(s: Score, where: str, end_s: float, duration_s: float) -> None:
    """Hands on the "thighs", in the "lap", on the seat's "edge" or one of each ("mixed")."""
    for hand in (s.right, s.left):
        one = where if where != "mixed" else ("thighs" if hand.side == "right" else "edge")
        _hand_seated(s, hand, one, end_s + (0.07 if hand.side == "left" else 0.0), duration_s)


def _hand_seated(s: Score, hand: Hand, where: str, end_s: float, duration_s: float) -> None:
    if where == "thighs":
        hand.touch(
            end_s,
            duration_s,
            f"{hand.side}_kneecap",
            (-0.005, -0.14, 0.055),
            "world",
            palm=(0.0, 0.1, -1.0),
            fingers=(-0.25, 1.0, -0.05),
            elbow=(0.7, -0.8, -0.1),
        )
        hand.fingers(end_s, duration_s, "cup")
    elif where == "lap":
        hand.go(
            end_s,
            duration_s,
            "pelvis",
            (-0.015 if hand.side == "right" else 0.03, 0.22, -0.02 if hand.side == "right" else -0.05),
            palm=(0.0, -0.5, -0.85) if hand.side == "right" else (0.0, -0.5, 0.85),
            fingers=(-1.0, 0.35, -0.1),
            elbow=(0.8, -0.5, -0.4),
        )
        hand.fingers(end_s, duration_s, "cup")
    else:
        hand.go(
            end_s,
            duration_s,
            "pelvis",
            (s.body.waist_half_m + 0.07, 0.0, -s.body.hip_below_pelvis_m - 0.06),
            palm=(-0.3, 0.0, -1.0),
            fingers=(0.1, 1.0, -0.2),
            elbow=(0.6, -0.9, 0.0),
        )
        hand.fingers(end_s, duration_s, "cup")


def _sit(s: Score) -> None:
    """A look back, the trunk bows as the hips go back and down, they meet the seat, the trunk comes up and settles."""
    seat = seat_for(s, "chair", s.number("gap_m"))
    lean = -leaning_back(s, "chair")
    s.stand("chair", (0.0, seat.middle_m), time_s=START_S)
    with s.phase("prepare", 0.5) as (start, end):
        if s.option("look") == "back":
            s.look(start + 0.35, "world", (0.45, seat.middle_m, seat.hip_height_m), duration_s=0.35)
            s.trunk.to(end, 0.45, twist=-0.22)
        s.right_foot.step(end, 0.4, (s.body.stance_out_m * 1.05, -0.03), lift_m=0.03, toe_out_rad=0.16)
        s.pelvis.to(end + 0.1, 0.5, pitch=0.15)
    with s.phase("lower", s.number("lower_s")) as (start, end):
        length = end - start
        bow = s.number("bow_rad")
        s.mode.to(start + 0.85 * length, 0.7 * length, balance=0.0)
        s.mode.to(end, 0.3 * length, seated=1.0)
        s.look(start + 0.45, "world", (0.0, 1.6, 0.2), duration_s=0.45)
        ahead, up = hip_joint(s, 0.35 * bow)
        pelvis_at(s, end - 0.05, length - 0.05, forward_m=seat.hip_forward_m - ahead)
        pelvis_at(s, end, length - 0.08, height_m=seat.hip_height_m - up)
        s.pelvis.to(start + 0.6 * length, 0.6 * length, pitch=bow)
        s.pelvis.to(end, 0.45 * length, pitch=0.35 * bow)
        s.trunk.to(start + 0.6 * length, 0.6 * length, bend=0.30, twist=0.0)
        hands = "edge" if s.option("hands") in ("edge", "mixed") else "thighs"
        _hands_down(s, hands, end, length)
        s.contact("seat", "chair", end, end + 0.9 + s.number("sit_s"))
    with s.phase("settle", 0.9) as (start, end):
        s.pelvis.to(start + 0.1, 0.12, up=_now_up(s) - 0.012)
        seated(s, seat, end - 0.2, 0.6, lean)
        s.trunk.to(end, 0.8, bend=s.number("slouch"))
        s.head.to(end, 0.7, nod=0.02)
        s.look_ahead(end - 0.2)
        hands_seated(s, s.option("hands"), end, 0.7)
    with s.phase("sit", s.number("sit_s")):
        pass


def _now_up(s: Score) -> float:
    """The last height written for the pelvis."""
    return s.pelvis.channels["up"].moves[-1][1]


def _hands_down(s: Score, where: str, end: float, length: float) -> None:
    """On the way down: to the thighs, sliding towards the knees, or back to the seat."""
    if where == "edge":
        hands_seated(s, "edge", end - 0.05, 0.8 * length)
        return
    for hand in (s.right, s.left):
        hand.touch(
            end - 0.25 * length,
            0.6 * length,
            f"{hand.side}_kneecap",
            (0.0, -0.20, 0.09),
            "world",
            palm=(0.0, 0.0, -1.0),
            fingers=(-0.2, 1.0, -0.2),
            elbow=(0.8, -0.7, 0.0),
        )


SITTING = Action(
    name="sitting",
    caption="sits down on a {chair}",
    choreography=_sit,
    phases=("prepare", "lower", "settle", "sit"),
    params={
        "look": Choice(("back", "ahead"), (0.6, 0.4)),
        "lower_s": Range(0.95, 1.4),
        "bow_rad": Range(0.45, 0.75),
        "lean_back": Range(0.02, 0.17),
        "slouch": Range(0.0, 0.25),
        "gap_m": Range(0.0, 0.08),
        "hands": Choice(("thighs", "lap", "edge", "mixed"), (0.4, 0.25, 0.2, 0.15)),
        "sit_s": Range(0.4, 0.88),
    },
    props=(PropUse("chair", ("chair", "stool", "bench"), (0.92, 1.1)),),
    aliases=("sitting down", "sit", "sit down"),
    tags=("posture", "legs", "trunk", "object"),
    taxonomy={"synapt150": "sitting", "ntu120": "A008", "hmdb51": "sit"},
)


def _stand_up(s: Score) -> None:
    """Feet back, the trunk swings forward until the weight is over them, hips leave the seat, legs and trunk straighten."""
    tuck = s.number("tuck_m")
    seat = seat_for(s, "chair", s.number("gap_m"))
    s.stand("chair", (0.0, seat.middle_m), time_s=START_S)
    seated(s, seat, START_S, 0.1, -leaning_back(s, "chair"))
    s.trunk.to(START_S, 0.1, bend=s.number("slouch"))
    s.mode.to(START_S, 0.1, balance=0.0, seated=1.0)
    hands_seated(s, s.option("hands"), START_S, 0.1)
    with s.phase("prepare", 0.65) as (start, end):
        s.contact("seat", "chair", -1.0, end + 0.35)
        out = s.body.stance_out_m
        s.right_foot.step(start + 0.35, 0.3, (out, -tuck), lift_m=0.03, toe_out_rad=0.15)
        s.left_foot.step(start + 0.58, 0.3, (out, -tuck + 0.03), lift_m=0.03, toe_out_rad=0.15)
        s.pelvis.to(end, 0.4, pitch=0.0)
        s.look(end, "world", (0.0, 1.8, 0.3), duration_s=0.5)
        _push_off_hands(s, s.option("push"), end, 0.5)
    with s.phase("lean", 0.55) as (start, end):
        bow = s.number("bow_rad")
        ahead, up = hip_joint(s, bow)
        pelvis_at(s, end, 0.6, forward_m=seat.hip_forward_m - ahead + 0.03, height_m=seat.hip_height_m - up + 0.005, pitch=bow)
        s.trunk.to(end, 0.6, bend=0.38)
    with s.phase("rise", s.number("rise_s")) as (start, end):
        length = end - start
        s.mode.to(start + 0.25 * length, 0.25 * length, seated=0.0)
        s.mode.to(start + 0.8 * length, 0.8 * length, balance=1.0)
        pelvis_at(s, end - 0.12, length - 0.04, forward_m=-tuck + 0.016 * s.body.height_m)
        s.pelvis.to(end, length, up=-0.01)
        s.pelvis.to(end, 0.85 * length, pitch=0.0)
        s.trunk.to(end + 0.08, 0.8 * length, bend=0.0)
        s.look_ahead(end, 0.7)
        for k, hand in enumerate((s.right, s.left)):
            hand.rest(end + 0.05 + 0.06 * k, 0.75 * length)
            hand.fingers(end, 0.5, "relaxed")
    with s.phase("stand", s.number("stand_s")) as (start, end):
        s.pelvis.to(start + 0.35, 0.4, right=0.015, roll=0.02)


def _push_off_hands(s: Score, where: str, end: float, duration: float) -> None:
    if where == "forward":
        for hand in (s.right, s.left):
            hand.reach(end + 0.35, duration + 0.2, (0.05, 0.72, -0.45), palm=(-0.6, 0.0, -0.8))
    else:
        hands_seated(s, where, end, duration)


STANDING_UP = Action(
    name="standing_up",
    caption="stands up from a {chair}",
    choreography=_stand_up,
    phases=("prepare", "lean", "rise", "stand"),
    params={
        "tuck_m": Range(0.05, 0.13),
        "bow_rad": Range(0.55, 0.85),
        "rise_s": Range(0.8, 1.2),
        "lean_back": Range(0.0, 0.17),
        "slouch": Range(0.0, 0.25),
        "gap_m": Range(0.0, 0.10),
        "hands": Choice(("thighs", "lap", "edge", "mixed"), (0.4, 0.25, 0.2, 0.15)),
        "push": Choice(("thighs", "edge", "forward"), (0.45, 0.3, 0.25)),
        "stand_s": Range(0.3, 0.9),
    },
    props=(PropUse("chair", ("chair", "stool", "bench"), (0.92, 1.1)),),
    aliases=("stand up", "standing up from a chair", "getting up", "rise"),
    tags=("posture", "legs", "trunk", "object"),
    taxonomy={"ntu120": "A009", "hmdb51": "stand"},
)
