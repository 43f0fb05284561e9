"""A ball between two people: thrown, caught, and thrown back."""

from __future__ import annotations

import numpy as np

from ...motion.meeting import eye_contact, face_to_face
from ...motion.passing import catch_from
from ...motion.score import Score, Vector
from ..action import Action, PropUse, Range


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
        _toss(a, thrown, radius)
    b.look(thrown - 0.1, "partner:chest", (0.0, 0.4, 0.0), duration_s=0.2)
    caught = catch_from(b, "ball", thrown, flight)
    with a.phase("fly", caught - thrown):
        _watch(b, thrown, caught, a.number("apart_m"))
        _await(a, thrown + 0.55, 0.4, radius)
        _meet(b, caught, radius)
    with b.phase("return", 0.3 + b.number("wind_s") + 0.16) as (start, thrown):
        _round_ball(b, start + 0.22, 0.22, radius, (0.30, -0.18), "decelerate")
        b.pelvis.to(start + 0.2, 0.2, up=-0.04)
        _toss(b, thrown, radius)
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


def _toss(s: Score, thrown: float, radius: float) -> None:
    """Down and back with the knees, then up and away; the hands open and follow the ball."""
    power, wind_s = s.amplitude, s.number("wind_s")
    _round_ball(s, thrown - 0.16, 0.8 * wind_s, radius, _LOW)
    s.pelvis.to(thrown - 0.18, 0.8 * wind_s, up=-s.number("dip_m") * power, pitch=0.06)
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
        "dip_m": Range(0.04, 0.10),
    },
    props=(PropUse("ball", ("ball",), (0.15, 0.24)),),
    aliases=("playing catch", "throwing and catching a ball", "throwing a ball to and fro", "tossing a ball to each other"),
    tags=("interaction", "ball", "sport", "arms"),
    acting=("right_hand", "left_hand", "b:right_hand", "b:left_hand"),
)
