"""Two people and a thing that goes from the one's hands to the other's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ...motion.meeting import Meeting, eye_contact, face_to_face, meeting
from ...motion.passing import take_over
from ...motion.score import Score
from ...values import Array
from ..action import Action, PropUse, Range

LEAN_RAD = 0.08

NEAREST_M = 0.85
"""People who hand each other things do not stand nearer than this, if their arms are long enough."""


def _give(a: Score, b: Score) -> None:
    """One holds the thing out, the other's hand comes to it and closes, the giver lets go, and the other takes it in."""
    broad = _in_two_hands(a, "thing")
    meet = at_arms_length(a, b, a.number("stretch") * (0.85 if broad else 1.0))
    if broad:
        meet = replace(meet, height_m=meet.height_m + 0.10)  # it is taken from beneath
    late = b.real(a.number("late_s"))
    face_to_face(a, b, meet.apart_m + (0.1 * _size_m(a, "thing")[1] if broad else 0.0), a.number("aside_m"))
    _hold_at_first(a, broad)
    eye_contact(a, b, 0.0, 0.0)
    with a.phase("offer", a.number("offer_s")) as (start, end):
        a.look(start + 0.35, "chest", (0.08, 0.4, -0.25))
        _hold_out(a, end, end - start - 0.1, meet, broad)
        a.trunk.to(end, end - start - 0.15, bend=bow(a, b), twist=0.0 if broad else 0.14)
        b.look(start + late + 0.35, "partner:right_hand")
        a.look(end, "partner:head", landmark="nose")
    with a.phase("take", 0.30 + a.number("wait_s")) as (start, end):
        closed = end - 0.12
        _receive(b, closed, 0.62 + 0.2 * a.number("wait_s") - late, broad, meet.height_m)
        b.trunk.to(closed, 0.6, bend=bow(b, a) + b.number("bow_rad"), twist=0.0 if broad else 0.14)
        take_over(b, "thing", closed)
        for hand in (a.right, a.left) if broad else (a.right,):
            hand.fingers(closed + 0.14, 0.14, "flat")
            a.contact(f"{hand.side}_palm", "thing", -60.0, closed)
        b.contact("right_palm", "thing", closed, 60.0)
    with a.phase("part", 0.95) as (start, end):
        _take_in(b, end - 0.1, 0.8, broad, meet.height_m)
        b.look(start + 0.35, "chest", (0.08, 0.35, -0.25))
        b.look(end + 0.1, "partner:head", landmark="nose")
        b.head.to(end, 0.3, nod=b.number("bow_rad"))
        for hand in (a.right, a.left) if broad else (a.right,):
            if broad:
                hand.again(start + 0.3, 0.25, frame="chest", at=(0.5 * _size_m(a, "thing")[0] + 0.09, 0.40, -0.22))
            hand.rest(end + 0.1, 0.75)
            hand.fingers(end, 0.5, "relaxed")
        for one in (a, b):
            one.trunk.to(end, 0.75, bend=0.0, twist=0.0)


def bow(s: Score, other: Score) -> float:
    """How far the trunk bends, further to somebody much shorter."""
    above = s.body.shoulder_height_m - other.body.shoulder_height_m
    return LEAN_RAD + float(np.clip(1.1 * (above - 0.12), 0.0, 0.5))


def at_arms_length(a: Score, b: Score, stretch: float) -> Meeting:
    """Where the hands meet; arms are stretched further than wanted where the two would stand too near each other."""
    meet = meeting(a.body, b.body, stretch, a.number("height"), LEAN_RAD)
    while meet.apart_m < NEAREST_M and stretch < 0.93:
        stretch += 0.02
        meet = meeting(a.body, b.body, stretch, a.number("height"), LEAN_RAD)
    return meet


def _in_two_hands(s: Score, name: str) -> bool:
    """Whether a thing is too broad for one hand."""
    return "left_side" in s.props[name].frames


def _size_m(s: Score, name: str) -> Array:
    """Width, depth and height of a thing."""
    vertices = s.props[name].mesh.vertices_m
    return np.asarray(vertices.max(axis=0) - vertices.min(axis=0), float)


def across_m(s: Score, name: str) -> float:
    """How far from the palm that grips a thing the palm on the other side of it is."""
    grip = s.props[name].frames["grip"]
    return 2.0 * float(np.hypot(grip[0, 3], grip[1, 3]))


def _hold_at_first(s: Score, broad: bool) -> None:
    s.hold("thing")
    if broad:
        width, depth, _ = _size_m(s, "thing")
        s.right.go(
            0.0,
            0.0,
            "chest",
            (0.5 * width, 0.06 + max(0.22, s.body.belly_front_m) + 0.5 * depth, -0.27),
            palm=(-1.0, 0.0, 0.0),
            fingers=(0.0, 1.0, 0.0),
        )
        s.left.go(0.0, 0.0, "right_hand", (0.0, 0.0, width), palm=(0.0, 0.0, -1.0), fingers=(0.0, 1.0, 0.0))
    elif _hangs(s):
        s.right.go(0.0, 0.0, "chest", (0.16, 0.20, -0.42), palm=(-1.0, 0.0, 0.0), fingers=(0.0, 0.0, -1.0))
    else:
        s.right.go(
            0.0,
            0.0,
            "chest",
            (0.12, max(0.30, s.body.belly_front_m + 0.15), -0.28),
            palm=(-1.0, 0.0, 0.0),
            fingers=(-0.3, 1.0, 0.0),
        )
    s.right.fingers(0.0, 0.0, "flat" if broad else "grip_thin" if _hangs(s) else "grip_wide")
    if broad:
        s.left.fingers(0.0, 0.0, "flat")


def _hangs(s: Score) -> bool:
    """Whether the thing hangs from the fingers by a handle."""
    return bool(abs(float(s.props["thing"].frames["grip"][2, 1])) > 0.9)


def _hold_out(s: Score, end: float, duration: float, meet: Meeting, broad: bool) -> None:
    half = 0.5 * (_size_m(s, "thing")[0] if broad else across_m(s, "thing"))
    down = (0.0, 0.0, -1.0) if _hangs(s) else (0.0, 1.0, 0.0)
    s.right.go(
        end, duration, "world", (half, meet.a_m, meet.height_m), palm=(-1.0, 0.0, 0.0), fingers=down, elbow=(0.5, -0.5, -0.8)
    )


def _receive(s: Score, closed: float, duration: float, broad: bool, height_m: float) -> None:
    """The hand goes round the thing from the other side, both hands under a broad one."""
    if broad:
        width, depth, height = _size_m(s, "thing")
        tilt = 0.15 * slope(s, height_m)
        for hand, across in ((s.right, 0.75), (s.left, 0.25)):
            hand.go(
                closed,
                duration,
                "partner:right_hand",
                (-0.45 * height - 0.004, 0.22 * depth, across * width),
                palm=(1.0, -tilt, 0.0),
                fingers=(-tilt, -1.0, 0.0),
            )
            hand.fingers(closed - 0.3, 0.3, "flat")
        return
    at, fingers = (
        ((0.052, 0.018, across_m(s, "thing")), (0.0, 1.0, 0.0))
        if _hangs(s)
        else ((-0.03, 0.0, across_m(s, "thing")), (0.0, -1.0, 0.0))
    )
    s.right.go(closed, duration, "partner:right_hand", at, palm=(0.0, 0.0, -1.0), fingers=fingers)
    s.right.fingers(closed - 0.2, 0.35, "flat")
    s.right.fingers(closed + 0.08, 0.18, "grip_thin" if _hangs(s) else "grip_wide")


def slope(s: Score, height_m: float) -> float:
    """How much the fingers of an open hand point down that reaches far down."""
    return float(np.clip(2.4 * ((s.body.shoulder_height_m - height_m) / s.body.arm_m - 0.45), 0.0, 1.4))


def _take_in(s: Score, end: float, duration: float, broad: bool, height_m: float) -> None:
    elbow = (0.5, -0.5, -0.8)
    if broad:
        width, depth, _ = _size_m(s, "thing")
        tilt = 0.15 * slope(s, height_m)
        s.right.go(
            end,
            duration,
            "chest",
            (0.25 * width, 0.10 + max(0.22, s.body.belly_front_m) + 0.28 * depth, -0.30),
            palm=(0.0, tilt, 1.0),
            fingers=(0.0, 1.0, -tilt),
            elbow=elbow,
        )
        s.left.go(
            end - duration + 0.05,
            0.05,
            "right_hand",
            (0.5 * width, 0.0, 0.0),
            palm=(0.0, 0.0, 1.0),
            fingers=(0.0, 1.0, 0.0),
            elbow=elbow,
        )
    elif _hangs(s):
        s.right.go(end, duration, "chest", (0.16, 0.22, -0.42), palm=(-1.0, 0.0, 0.0), fingers=(0.0, 0.0, -1.0), elbow=elbow)
    else:
        s.right.go(
            end,
            duration,
            "chest",
            (0.10, max(0.30, s.body.belly_front_m + 0.15), -0.24),
            palm=(-1.0, 0.0, 0.0),
            fingers=(0.0, 1.0, 0.0),
            elbow=elbow,
        )


GIVING_OBJECT = Action(
    name="giving_object",
    caption="gives a {thing} to {b}, who takes it",
    choreography=_give,
    phases=("offer", "take", "part"),
    roles=("a", "b"),
    params={
        "stretch": Range(0.66, 0.82),
        "height": Range(0.56, 0.66),
        "aside_m": Range(-0.08, 0.08),
        "offer_s": Range(0.85, 1.15),
        "wait_s": Range(0.25, 0.6),
        "late_s": Range(0.08, 0.25),
        "bow_rad": Range(0.0, 0.15),
    },
    props=(PropUse("thing", ("cup", "mug", "bottle", "can", "glass", "box", "bag"), (0.85, 1.1)),),
    aliases=("giving an object", "give object", "give something to another person", "giving something", "handing over"),
    tags=("interaction", "object", "arms"),
    acting=("right_hand", "b:right_hand"),
    taxonomy={"synapt150": "giving_object", "ntu120": "A056"},
)
