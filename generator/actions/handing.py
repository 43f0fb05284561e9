"""Two people and a thing between them: giving it, exchanging two, throwing it to and fro."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..motion.meeting import Meeting, eye_contact, face_to_face, meeting
from ..motion.passing import catch_from, take_over
from ..motion.score import Score, Vector
from ..values import Array
from .action import Action, PropUse, Range

_LEAN_RAD = 0.08

NEAREST_M = 0.85
"""People who hand each other things do not stand nearer than this, if their arms are long enough."""


def _give(a: Score, b: Score) -> None:
    """One holds the thing out, the other's hand comes to it and closes, the giver lets go, and the other takes it in."""
    broad = _in_two_hands(a, "thing")
    meet = _at_arms_length(a, b, a.number("stretch") * (0.85 if broad else 1.0))
    late = b.real(a.number("late_s"))
    face_to_face(a, b, meet.apart_m + (0.4 * _size_m(a, "thing")[1] if broad else 0.0), a.number("aside_m"))
    _hold_at_first(a, broad)
    eye_contact(a, b, 0.0, 0.0)
    with a.phase("offer", a.number("offer_s")) as (start, end):
        a.look(start + 0.35, "chest", (0.08, 0.4, -0.25))
        _hold_out(a, end, end - start - 0.1, meet, broad)
        a.trunk.to(end, end - start - 0.15, bend=_bow(a, b), twist=0.0 if broad else 0.14)
        b.look(start + late + 0.35, "partner:right_hand")
        a.look(end, "partner:head", landmark="nose")
    with a.phase("take", 0.30 + a.number("wait_s")) as (start, end):
        closed = end - 0.12
        _receive(b, closed, 0.62 + 0.2 * a.number("wait_s") - late, broad, meet.height_m)
        b.trunk.to(closed, 0.6, bend=_bow(b, a) + b.number("bow_rad"), twist=0.0 if broad else 0.14)
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


def _bow(s: Score, other: Score) -> float:
    """How far the trunk bends, further to somebody much shorter."""
    above = s.body.shoulder_height_m - other.body.shoulder_height_m
    return _LEAN_RAD + float(np.clip(1.1 * (above - 0.12), 0.0, 0.5))


def _at_arms_length(a: Score, b: Score, stretch: float) -> Meeting:
    """Where the hands meet; arms are stretched further than wanted where the two would stand too near each other."""
    meet = meeting(a.body, b.body, stretch, a.number("height"), _LEAN_RAD)
    while meet.apart_m < NEAREST_M and stretch < 0.93:
        stretch += 0.02
        meet = meeting(a.body, b.body, stretch, a.number("height"), _LEAN_RAD)
    return meet


def _in_two_hands(s: Score, name: str) -> bool:
    """Whether a thing is too broad for one hand."""
    return "left_side" in s.props[name].frames


def _size_m(s: Score, name: str) -> Array:
    """Width, depth and height of a thing."""
    vertices = s.props[name].mesh.vertices_m
    return np.asarray(vertices.max(axis=0) - vertices.min(axis=0), float)


def _across_m(s: Score, name: str) -> float:
    """How far from the palm that grips a thing the palm on the other side of it is."""
    grip = s.props[name].frames["grip"]
    return 2.0 * float(np.hypot(grip[0, 3], grip[1, 3]))


def _hold_at_first(s: Score, broad: bool) -> None:
    s.hold("thing")
    if broad:
        width, depth, _ = _size_m(s, "thing")
        s.right.go(0.0, 0.0, "chest", (0.5 * width, 0.06 + max(0.22, s.body.belly_front_m) + 0.5 * depth, -0.27), palm=(-1.0, 0.0, 0.0),
                   fingers=(0.0, 1.0, 0.0))  # fmt: skip
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
    half = 0.5 * (_size_m(s, "thing")[0] if broad else _across_m(s, "thing"))
    down = (0.0, 0.0, -1.0) if _hangs(s) else (0.0, 1.0, 0.0)
    s.right.go(
        end, duration, "world", (half, meet.a_m, meet.height_m), palm=(-1.0, 0.0, 0.0), fingers=down, elbow=(0.5, -0.5, -0.8)
    )


def _receive(s: Score, closed: float, duration: float, broad: bool, height_m: float) -> None:
    """The hand goes round the thing from the other side, both hands under a broad one."""
    if broad:
        width, depth, height = _size_m(s, "thing")
        slope = 0.15 * _slope(s, height_m)
        for hand, across in ((s.right, 0.75), (s.left, 0.25)):
            hand.go(closed, duration, "partner:right_hand", (-0.45 * height - 0.004, 0.22 * depth, across * width), palm=(1.0, -slope, 0.0),
                    fingers=(-slope, -1.0, 0.0))  # fmt: skip
            hand.fingers(closed - 0.3, 0.3, "flat")
        return
    at, fingers = ((0.052, 0.018, _across_m(s, "thing")), (0.0, 1.0, 0.0)) if _hangs(s) else (
        (-0.03, 0.0, _across_m(s, "thing")), (0.0, -1.0, 0.0))  # fmt: skip
    s.right.go(closed, duration, "partner:right_hand", at, palm=(0.0, 0.0, -1.0), fingers=fingers)
    s.right.fingers(closed - 0.2, 0.35, "flat")
    s.right.fingers(closed + 0.08, 0.18, "grip_thin" if _hangs(s) else "grip_wide")


def _slope(s: Score, height_m: float) -> float:
    """How much the fingers of an open hand point down that reaches far down."""
    return float(np.clip(2.4 * ((s.body.shoulder_height_m - height_m) / s.body.arm_m - 0.45), 0.0, 1.4))


def _take_in(s: Score, end: float, duration: float, broad: bool, height_m: float) -> None:
    elbow = (0.5, -0.5, -0.8)
    if broad:
        width, depth, _ = _size_m(s, "thing")
        slope = 0.15 * _slope(s, height_m)
        s.right.go(end, duration, "chest", (0.25 * width, 0.10 + max(0.22, s.body.belly_front_m) + 0.28 * depth, -0.30),
                   palm=(0.0, slope, 1.0), fingers=(0.0, 1.0, -slope), elbow=elbow)  # fmt: skip
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
        s.right.go(end, duration, "chest", (0.10, max(0.30, s.body.belly_front_m + 0.15), -0.24), palm=(-1.0, 0.0, 0.0),
                   fingers=(0.0, 1.0, 0.0), elbow=elbow)  # fmt: skip


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


def _exchange(a: Score, b: Score) -> None:
    """Both hold something out in the right hand, each takes the other's from beneath with the left, and both take it in."""
    meet = _at_arms_length(a, b, a.number("stretch"))
    meet = replace(meet, height_m=meet.height_m + 0.12)  # the hands that take come from beneath
    late, out = b.real(a.number("late_s")), a.number("out_m")
    face_to_face(a, b, meet.apart_m)
    eye_contact(a, b, 0.0, 0.0)
    both = ((a, "one", 0.0, meet.a_m), (b, "other", late, meet.b_m))
    for one, thing, _, _ in both:
        one.hold(thing)
        one.right.fingers(0.0, 0.0, "grip_wide")
        one.right.go(
            0.0,
            0.0,
            "chest",
            (0.14, max(0.28, one.body.belly_front_m + 0.15), -0.30),
            palm=(-1.0, 0.0, 0.0),
            fingers=(-0.2, 1.0, 0.0),
        )
    with a.phase("offer", a.number("offer_s")) as (start, end):
        for one, thing, wait, ahead in both:
            at = (out + 0.5 * _across_m(one, thing), ahead, meet.height_m)
            one.right.go(end + 0.5 * wait, end - start - 0.1 - 0.5 * wait, "world", at, palm=(-1.0, 0.0, 0.0), fingers=(0.0, 1.0, 0.0),
                         elbow=(0.5, -0.5, -0.8))  # fmt: skip
            one.look(start + 0.4 + wait, "partner:right_hand")
            one.trunk.to(end, end - start - 0.2, bend=_bow(one, b if one is a else a))
    with a.phase("take", 0.30 + a.number("wait_s")) as (start, end):
        closed = end - 0.12
        for (one, _, wait, _), (giver, thing, _, _) in zip(both, both[::-1], strict=True):
            below, ahead = _under(giver, thing)
            slope = _slope(one, meet.height_m - below)
            one.left.go(
                closed,
                0.8 - wait,
                "partner:right_hand",
                (-below, 0.0, ahead),
                palm=(1.0, -slope, 0.0),
                fingers=(-slope, -1.0, 0.0),
            )
            one.left.fingers(closed - 0.3, 0.3, "flat")
            one.left.fingers(closed + 0.15, 0.2, "cup")
            take_over(one, thing, closed, "left")
            giver.right.fingers(closed + 0.14, 0.14, "flat")
            giver.contact("right_palm", thing, -60.0, closed)
            one.contact("left_palm", thing, closed, 60.0)
    with a.phase("part", 0.95) as (start, end):
        for one, wait in ((a, 0.0), (b, 0.5 * late)):
            slope = _slope(one, meet.height_m - _under(b if one is a else a, "other" if one is a else "one")[0])
            up, ahead = (0.0, slope, 1.0), (0.0, 1.0, -slope)  # as it lies in the hand, upright
            one.left.go(start + 0.3, 0.3, "world", (out + 0.05, 0.75 * (meet.a_m if one is a else meet.b_m), meet.height_m - 0.10),
                        palm=up, fingers=ahead)  # fmt: skip
            one.left.go(end, 0.6, "chest", (0.12, max(0.30, one.body.belly_front_m + 0.15), -0.32), palm=up, fingers=ahead)
            one.right.go(start + 0.42 + wait, 0.35, "chest", (0.30, 0.20, -0.38), palm=(-1.0, 0.0, 0.0), fingers=(0.0, 1.0, -0.2))
            one.right.rest(end + 0.1 + wait, 0.6)
            one.right.fingers(end, 0.5, "relaxed")
            one.look(start + 0.35 + wait, "chest", (-0.1, 0.35, -0.25))
            one.look(end + 0.1, "partner:head", landmark="nose")
            one.trunk.to(end, 0.75, bend=0.0)


def _under(s: Score, name: str) -> tuple[float, float]:
    """How far below the palm that grips a thing, thumb up, its underside is, and how far off the palm its middle is."""
    grip, foot = s.props[name].frames["grip"], float(s.props[name].mesh.vertices_m[:, 2].min())
    return float(grip[2, 3]) - foot, 0.5 * _across_m(s, name)


EXCHANGING_THINGS = Action(
    name="exchanging_things",
    caption="gives a {one} to {b} and takes a {other} from {b_object}",
    choreography=_exchange,
    phases=("offer", "take", "part"),
    roles=("a", "b"),
    params={
        "stretch": Range(0.66, 0.82),
        "height": Range(0.56, 0.66),
        "out_m": Range(0.10, 0.16),
        "offer_s": Range(0.9, 1.15),
        "wait_s": Range(0.3, 0.6),
        "late_s": Range(0.08, 0.25),
    },
    props=(
        PropUse("one", ("cup", "bottle", "can", "glass"), (0.85, 1.1)),
        PropUse("other", ("cup", "bottle", "can", "glass"), (0.85, 1.1)),
    ),
    aliases=("exchanging objects", "exchange things", "swapping things", "exchange things with another person"),
    tags=("interaction", "object", "arms"),
    acting=("right_hand", "left_hand", "b:right_hand", "b:left_hand"),
)


def _to_and_fro(a: Score, b: Score) -> None:
    """A ball goes across with both hands, is caught with give, and comes back; eyes are on the ball all the way."""
    radius = float(a.props["ball"].frames["grip"][1, 3])
    flight, late = a.number("flight_s"), b.real(0.12)
    face_to_face(a, b, a.number("apart_m"))
    a.hold("ball")
    _round_ball(a, 0.0, 0.0, radius, _LOW)
    _await(b, 0.0, 0.0, radius)
    eye_contact(a, b, 0.0, 0.0)
    with a.phase("throw", a.number("wind_s") + 0.16) as (_, thrown):
        _toss(a, thrown, radius, a.number("wind_s"))
    b.look(thrown - 0.1, "partner:chest", (0.0, 0.4, 0.0), duration_s=0.2)
    caught = catch_from(b, "ball", thrown, flight)
    with a.phase("fly", caught - thrown):
        _watch(b, thrown, caught, a.number("apart_m"))
        _await(a, thrown + 0.55, 0.4, radius)
        _meet(b, caught, radius)
    with b.phase("return", 0.3 + b.number("wind_s") + 0.16) as (start, thrown):
        _round_ball(b, start + 0.22, 0.22, radius, (0.30, -0.18), "decelerate")
        b.pelvis.to(start + 0.2, 0.2, up=-0.04)
        _toss(b, thrown, radius, b.number("wind_s"))
    a.look(start + late + 0.3, "partner:chest", (0.0, 0.3, -0.1))
    back = catch_from(a, "ball", thrown, flight * b.number("second"))
    with a.phase("fly_back", back - thrown):
        _watch(a, thrown, back, a.number("apart_m"))
        _meet(a, back, radius)
        _await(b, thrown + 0.6, 0.45, radius)
    with a.phase("hold", 0.42) as (start, end):
        _round_ball(a, start + 0.25, 0.25, radius, (0.30, -0.20), "decelerate")
        a.pelvis.to(start + 0.2, 0.2, up=-0.04)
        a.pelvis.to(end + 0.2, 0.3, up=0.0)
        for hand in (b.right, b.left):
            hand.rest(end + 0.2, 0.6)
        for one, begin, until in ((a, -60.0, 0.0), (b, caught, thrown), (a, back, 60.0)):
            for side in ("right", "left"):
                one.contact(f"{side}_palm", "ball", begin, until if until else a.segments[0].end_s)


_LOW, _HIGH = (0.26, -0.30), (0.46, -0.02)
"""Where a ball is before it is thrown, and where it leaves and comes into the hands: ahead and above the chest's middle."""


def _round_ball(s: Score, end: float, duration: float, radius: float, at: tuple[float, float], ease: str = "smooth") -> None:
    """Both palms on the ball, its middle at (ahead, up) of the chest."""
    ahead = max(at[0], s.body.belly_front_m + radius + 0.05 if at[1] < -0.1 else 0.0)
    s.right.go(
        end,
        duration,
        "chest",
        (radius, ahead, at[1]),
        ease,
        palm=(-1.0, 0.0, 0.0),
        fingers=(0.0, 0.85, 0.5),
        elbow=(0.6, -0.4, -0.8),
    )
    s.left.go(
        end,
        duration,
        "right_hand",
        (0.0, 0.0, 2.0 * radius),
        palm=(0.0, 0.0, -1.0),
        fingers=(0.0, 1.0, 0.0),
        elbow=(0.6, -0.4, -0.8),
    )
    for hand in (s.right, s.left):
        hand.fingers(end, duration, "cup")


def _hands_apart(s: Score, end: float, duration: float, out: float, at: tuple[float, float], ease: str = "smooth") -> None:
    for hand in (s.right, s.left):
        hand.go(
            end,
            duration,
            "chest",
            (out, at[0], at[1]),
            ease,
            palm=(-1.0, 0.15, 0.0),
            fingers=(0.0, 0.85, 0.5),
            elbow=(0.6, -0.4, -0.8),
        )


def _await(s: Score, end: float, duration: float, radius: float) -> None:
    """Hands ready before the chest, knees soft."""
    _hands_apart(s, end, duration, radius + 0.09, (0.33, -0.12 + 0.03 * float(np.sin(s.performer.phases_rad[1]))))
    for hand in (s.right, s.left):
        hand.fingers(end, duration, "cup")
    s.pelvis.to(end, duration, up=-0.03)


def _toss(s: Score, thrown: float, radius: float, wind_s: float) -> None:
    """Down and back with the knees, then up and away; the hands open and follow the ball."""
    power = s.amplitude
    _round_ball(s, thrown - 0.16, 0.8 * wind_s, radius, _LOW)
    s.pelvis.to(thrown - 0.18, 0.8 * wind_s, up=-0.07 * power, pitch=0.06)
    s.trunk.to(thrown - 0.16, 0.8 * wind_s, bend=0.16 * power)
    _round_ball(s, thrown, 0.17, radius, _HIGH, "accelerate")
    s.pelvis.to(thrown + 0.05, 0.22, up=0.0, pitch=0.0)
    s.trunk.to(thrown + 0.06, 0.22, bend=-0.03)
    _hands_apart(s, thrown + 0.16, 0.16, radius + 0.07, (0.52, 0.12), "decelerate")
    for hand in (s.right, s.left):
        hand.fingers(thrown + 0.05, 0.08, "flat")
    s.look(thrown + 0.1, "partner:chest", (0.0, 0.2, 0.1), duration_s=0.25)


def _meet(s: Score, caught: float, radius: float) -> None:
    """Hands go out to meet the ball and close on it."""
    _hands_apart(s, caught - 0.08, 0.3, radius + 0.05, (0.44, 0.0))
    _round_ball(s, caught, 0.09, radius, _HIGH)


def _watch(s: Score, thrown: float, caught: float, apart_m: float) -> None:
    """Eyes along the ball's way, from the other's hands to the own ones."""
    flight_s = (caught - thrown) / s.spec.tempo
    for share in (0.3, 0.6, 0.9):
        high = s.body.shoulder_height_m + 0.5 * 9.81 * flight_s**2 * share * (1.0 - share)
        at: Vector = (0.0, 0.45 + (apart_m - 0.9) * (1.0 - share), high)
        s.look(thrown + share * (caught - thrown), "world", at, duration_s=0.3 * (caught - thrown))
    s.look(caught + 0.35, "partner:head", landmark="nose")


THROWING_AND_CATCHING_BETWEEN_TWO = Action(
    name="throwing_and_catching_between_two",
    caption="throws a ball to {b}, who catches it and throws it back",
    choreography=_to_and_fro,
    phases=("throw", "fly", "return", "fly_back", "hold"),
    roles=("a", "b"),
    params={
        "apart_m": Range(1.9, 2.8),
        "flight_s": Range(0.48, 0.62),
        "second": Range(0.92, 1.06),
        "wind_s": Range(0.34, 0.46),
    },
    props=(PropUse("ball", ("ball",), (0.15, 0.24)),),
    aliases=("playing catch", "throwing and catching a ball", "throwing a ball to and fro", "tossing a ball to each other"),
    tags=("interaction", "ball", "sport", "arms"),
    acting=("right_hand", "left_hand", "b:right_hand", "b:left_hand"),
)
