"""Getting up from the floor after a fall: propped up, to the knees, one foot ahead, and on the feet."""

from __future__ import annotations

import numpy as np

from ...motion.limbs import Foot
from ...motion.score import Score
from ..action import Action, Choice, Range
from ..poses import START_S, pelvis_at

AT_ONCE_S = 0.1


def _knees_m(s: Score) -> float:
    """How far ahead of where the feet will stand the knees are on the floor."""
    return -0.52 * s.body.thigh_m


def _prone_legs(s: Score, end: float, duration: float, hips: float) -> None:
    ankles = hips - s.body.hip_below_pelvis_m - 0.965 * s.body.leg_m
    for k, foot in enumerate((s.right_foot, s.left_foot)):
        foot.reach(
            end,
            duration,
            (0.13 + 0.05 * k, ankles + 0.08 * (1 - k), 0.10),
            frame="world",
            unit="m",
            toes=(0.12, -0.93, -0.32),
            instep=(0.0, 0.32, -0.93),
            knee=(0.5, 0.2, -1.0),
        )


def _palms(s: Score, end: float, duration: float, ahead: float, out: float, stretch: float = 1.0) -> None:
    """Both palms on the floor, the right one a little further ahead."""
    for hand, on in ((s.right, 0.04), (s.left, 0.0)):
        hand.go(
            end,
            duration,
            "world",
            (out, ahead + on, 0.0),
            palm=(0.0, 0.0, -1.0),
            fingers=(0.1, 1.0, 0.0),
            elbow=(0.8, -0.8, 0.5),
            stretch=stretch,
        )
        hand.fingers(end, min(duration, 0.4), "planted")


def _get_up(s: Score) -> None:
    """Lies face down and stirs; the hands press the chest up, hips go back over the knees, a foot comes ahead, and the leg
    lifts all."""
    knees = _knees_m(s)
    hips = knees + 0.90 * s.body.thigh_m
    s.mode.to(START_S, AT_ONCE_S, balance=0.0, ground=1.0, gaze=0.0, reach=0.0)
    pelvis_at(s, START_S, AT_ONCE_S, forward_m=hips, height_m=0.13, pitch=0.5 * np.pi)
    turn = 1.0 if s.option("face") == "left" else -1.0
    s.head.to(START_S, AT_ONCE_S, nod=-0.05, turn=1.2 * turn, tilt=-0.1 * turn)
    _prone_legs(s, START_S, AT_ONCE_S, hips)
    chest = hips + 0.24 * s.body.height_m
    _palms(s, START_S, AT_ONCE_S, chest + 0.12, s.body.shoulder_half_m + 0.16)
    with s.phase("lie", s.number("lie_s")) as (start, end):
        s.head.to(end, 0.5, nod=-0.25, turn=0.3 * turn)
    with s.phase("prop_up", s.number("prop_s")) as (start, end):
        _prop(s, start, end, hips, knees)
    with s.phase("kneel", 1.0) as (start, end):
        _half_kneel(s, start, end, knees)
    with s.phase("stand", s.number("stand_s")) as (start, end):
        _stand(s, start, end)
    with s.phase("recover", 0.8) as (start, end):
        if s.option("after") == "dusts":
            for k in range(2):
                s.right.go(
                    start + 0.25 + 0.3 * k,
                    0.25,
                    "pelvis",
                    (s.body.hip_half_m + 0.07, 0.11, -0.10 - 0.16 * (k % 2)),
                    palm=(-0.7, -0.7, 0.0),
                    fingers=(-0.1, 0.3, -0.95),
                    elbow=(0.8, -0.5, 0.0),
                )
            s.head.to(start + 0.3, 0.3, nod=0.2)
        s.head.to(end, 0.4, nod=0.0)
        s.right.rest(end + 0.25, 0.5)
        s.look_ahead(end)


def _prop(s: Score, start: float, end: float, hips: float, knees: float) -> None:
    """The arms straighten and the trunk comes up; then the hips go back until the thighs are upright: hands and knees."""
    length, middle = end - start, start + 0.48 * (end - start)
    trunk = s.body.shoulder_height_m - s.body.pelvis_height_m + s.body.hip_below_pelvis_m
    s.trunk.to(middle, 0.48 * length, bend=-0.35 * s.number("effort"))
    s.pelvis.to(middle, 0.45 * length, pitch=0.5 * np.pi - 0.12)
    s.head.to(middle, 0.4 * length, nod=-0.35, turn=0.0, tilt=0.0)
    pelvis_at(s, middle, 0.4 * length, forward_m=hips - 0.03, height_m=0.20)
    up = s.body.thigh_m + s.body.knee_radius_m + 0.02
    rise = float(np.arcsin(np.clip((0.90 * s.body.arm_m + 0.03 - up) / trunk, -0.4, 0.5)))
    below = s.body.hip_below_pelvis_m
    s.mode.to(middle + 0.25 * length, 0.3 * length, ground=0.0)
    pelvis_at(
        s,
        end,
        0.52 * length,
        forward_m=knees + below,
        height_m=up + below * float(np.sin(rise + 0.06)) + 0.02,
        pitch=0.5 * np.pi - rise - 0.06,
    )
    s.trunk.to(end, 0.5 * length, bend=0.10)
    s.head.to(end, 0.5 * length, nod=-0.15)
    for foot in (s.right_foot, s.left_foot):
        _on_knee(s, foot, middle + 0.30 * length, 0.5 * length, knees)
    _palms(s, end, 0.40 * length, knees + trunk * float(np.cos(rise)) + 0.06, 0.95 * s.body.shoulder_half_m)
    s.contact("right_palm", "floor", start, start + 0.3 * length)


def _on_knee(s: Score, foot: Foot, end: float, duration: float, knees: float) -> None:
    foot.kneel(end, duration, (1.1 * s.body.hip_half_m, knees), height_m=s.body.knee_radius_m)


def _half_kneel(s: Score, start: float, end: float, knees: float) -> None:
    """The right foot is brought ahead between hand and knee, the trunk comes upright, hands go onto the raised thigh."""
    up = s.body.thigh_m + s.body.knee_radius_m + s.body.hip_below_pelvis_m - 0.02
    s.pelvis.to(start + 0.4, 0.4, pitch=1.0, roll=0.08)
    s.right_foot.reach(
        start + 0.36,
        0.34,
        (1.2 * s.body.stance_out_m, knees - 0.06, 0.28 * s.body.leg_m),
        frame="world",
        unit="m",
        knee=(0.6, 1.0, 0.3),
    )
    for when, high in ((0.62, 0.08), (0.80, 0.0)):
        s.right_foot.place(
            start + when,
            when - 0.36 if high else 0.18,
            (1.1 * s.body.stance_out_m, 0.02),
            height_m=high,
            toe_out_rad=0.15,
            knee=(0.6, 1.0, 0.6),
        )
    pelvis_at(s, end, 0.65, forward_m=knees + 0.04, height_m=up, pitch=0.22)
    s.pelvis.to(end, 0.5, roll=0.0)
    s.trunk.to(end, 0.6, bend=0.28)
    s.head.to(end, 0.6, nod=0.0)
    for late, hand in enumerate((s.right, s.left)):
        where = hand if hand is s.right or s.option("hands") == "both" else None
        if where is None:
            hand.reach(end + 0.05, 0.6, (0.35, 0.35, -0.75), palm=(-0.6, 0.0, -0.8))
            hand.fingers(end, 0.4, "relaxed")
            continue
        across = 0.0 if hand is s.right else -1.0
        at = (1.1 * s.body.stance_out_m * (1.0 if hand is s.right else -1.0), 0.02 - 0.02 * across, 0.0)
        hand.touch(
            end + 0.05 * late,
            0.6,
            "right_kneecap",
            (0.0 if hand is s.right else at[1] * 0.5, -0.09 - 0.04 * late, 0.065),
            "world",
            palm=(0.0, 0.2, -1.0),
            fingers=(-0.2 if hand is s.right else -0.9, 1.0, -0.1),
            elbow=(0.8, -0.5, 0.1),
        )
        hand.fingers(end, 0.4, "cup")


def _stand(s: Score, start: float, end: float) -> None:
    """The weight goes over the front foot, hands press the thigh, the leg straightens, and the other foot comes beside it."""
    length = end - start
    pelvis_at(
        s,
        start + 0.42 * length,
        0.42 * length,
        forward_m=-0.16 * s.body.leg_m,
        height_m=0.62 * s.body.leg_m + s.body.hip_below_pelvis_m,
        pitch=0.62,
    )
    s.trunk.to(start + 0.40 * length, 0.4 * length, bend=0.40)
    s.left_foot.reach(
        start + 0.40 * length,
        0.36 * length,
        (s.body.stance_out_m, -0.42 * s.body.leg_m, 0.24 * s.body.leg_m),
        frame="world",
        unit="m",
        knee=(0.2, 1.0, 0.0),
    )
    for when, high in ((0.64, 0.08), (0.80, 0.0)):
        s.left_foot.place(
            start + when * length,
            (0.28 if high else 0.16) * length,
            (s.body.stance_out_m, -0.03),
            height_m=high,
            toe_out_rad=0.15,
            knee=(0.3, 1.0, 0.2),
        )
    pelvis_at(s, end, 0.6 * length, forward_m=0.016 * s.body.height_m, pitch=0.0)
    s.pelvis.to(end, 0.58 * length, up=-0.01)
    s.trunk.to(end + 0.1, 0.6 * length, bend=0.0)
    s.mode.to(end, 0.5 * length, balance=1.0, gaze=1.0)
    s.mode.to(end, 0.3 * length, reach=1.0)
    for late, hand in enumerate((s.right, s.left)):
        hand.rest(end + 0.08 * late, 0.55 * length)
        hand.fingers(end, 0.5, "relaxed")


GETTING_UP_FROM_A_FALL = Action(
    name="getting_up_from_a_fall",
    caption="lies on the floor after a fall and gets up",
    choreography=_get_up,
    phases=("lie", "prop_up", "kneel", "stand", "recover"),
    params={
        "face": Choice(("left", "right")),
        "lie_s": Range(0.4, 0.8),
        "prop_s": Range(1.4, 1.9),
        "effort": Range(0.7, 1.2),
        "hands": Choice(("one", "both")),
        "stand_s": Range(1.0, 1.4),
        "after": Choice(("dusts", "looks"), (0.5, 0.5)),
    },
    wordings=("gets back on {possessive} feet after a fall", "rises from the floor over hands and knees"),
    aliases=("getting up from the floor", "get up from the floor", "rising after a fall"),
    tags=("posture", "floor", "legs", "trunk"),
)
