"""Two people change what they hold for what the other holds."""

from __future__ import annotations

from dataclasses import replace

from ...motion.meeting import eye_contact, face_to_face
from ...motion.passing import take_over
from ...motion.score import Score
from ...motion.target import Vector
from ..action import Action, PropUse, Range
from .handing import across_m, at_arms_length, bow, slope


def _exchange(a: Score, b: Score) -> None:
    """Both hold something out in the right hand, each takes the other's from beneath with the left, and both take it in."""
    meet = at_arms_length(a, b, a.number("stretch"))
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
            at = (out + 0.5 * across_m(one, thing), ahead, meet.height_m)
            one.right.go(
                end + 0.5 * wait,
                end - start - 0.1 - 0.5 * wait,
                "world",
                at,
                palm=(-1.0, 0.0, 0.0),
                fingers=(0.0, 1.0, 0.0),
                elbow=(0.5, -0.5, -0.8),
            )
            one.look(start + 0.4 + wait, "partner:right_hand")
            one.trunk.to(end, end - start - 0.2, bend=bow(one, b if one is a else a))
    with a.phase("take", 0.30 + a.number("wait_s")) as (start, end):
        closed = end - 0.12
        for (one, _, wait, _), (giver, thing, _, _) in zip(both, both[::-1], strict=True):
            below, ahead = _under(giver, thing)
            tilt = slope(one, meet.height_m - below)
            one.left.go(
                closed,
                0.8 - wait,
                "partner:right_hand",
                (-below, 0.0, ahead),
                palm=(1.0, -tilt, 0.0),
                fingers=(-tilt, -1.0, 0.0),
            )
            one.left.fingers(closed - 0.3, 0.3, "flat")
            one.left.fingers(closed + 0.15, 0.2, "cup")
            take_over(one, thing, closed, "left")
            giver.right.fingers(closed + 0.14, 0.14, "flat")
            giver.contact("right_palm", thing, -60.0, closed)
            one.contact("left_palm", thing, closed, 60.0)
    with a.phase("part", 0.95) as (start, end):
        for one, wait, their, ahead in ((a, 0.0, "other", meet.a_m), (b, 0.5 * late, "one", meet.b_m)):
            _take_in(one, start, end, wait, _under(b if one is a else a, their)[0], (out + 0.05, 0.75 * ahead, meet.height_m))


def _take_in(one: Score, start: float, end: float, wait: float, below: float, at: Vector) -> None:
    """What was taken comes to the chest, looked at; the hand that gave comes away and hangs; then a look at the other."""
    tilt = slope(one, at[2] - below)
    up, ahead = (0.0, tilt, 1.0), (0.0, 1.0, -tilt)  # as it lies in the hand, upright
    one.left.go(start + 0.3, 0.3, "world", (at[0], at[1], at[2] - 0.10), palm=up, fingers=ahead)
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
    return float(grip[2, 3]) - foot, 0.5 * across_m(s, name)


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
