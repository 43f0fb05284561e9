"""A pill is swallowed with water."""

from __future__ import annotations

import numpy as np

from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S
from .resting import SEATS, settled


def _medicine(s: Score) -> None:
    """A pill goes to the mouth, the head back; then the glass comes up, water, the head back again; it is swallowed."""
    s.hold("pill", START_S)
    s.hold("glass", START_S, hand="left")
    s.right.fingers(START_S, 0.1, "pinch")
    s.left.fingers(START_S, 0.1, "grip_wide")
    _glass_low(s, START_S, 0.1)
    _pill_low(s, START_S, 0.1)
    settled(s, 0.0, 3.6)
    back = s.number("head_back_rad")
    with s.phase("look", s.number("look_s")) as (start, end):
        s.look(start + 0.2, "right_hand", duration_s=0.3)
        s.right.again(end, end - start, at=(-0.02, 0.46, -0.10))
    with s.phase("pill", 0.95) as (start, end):
        s.mode.to(start + 0.38, 0.25, jaw=0.22)
        s.look(start + 0.45, "travel", (0.0, 3.0, s.body.eye_height_m))
        _pill_at_mouth(s, start + 0.42, 0.42, 0.004)
        s.contact("right_middle_tip", "pill", start, start + 0.5)
        s.head.to(start + 0.62, 0.30, nod=-back if s.option("toss") == "toss" else -0.4 * back)
        s.right.fingers(start + 0.55, 0.12, "relaxed")
        s.wear("pill", "head", (0.0, -0.035, 0.0), "mouth", time_s=start + 0.50)  # it stays inside
        s.mode.to(start + 0.75, 0.2, jaw=0.0)
        s.right.rest(end + 0.25, 0.7)
        s.head.to(end, 0.35, nod=0.0)
    with s.phase("drink", s.number("drink_s")) as (start, end):
        _glass_at_lips(s, start + 0.30, 0.45, 0.03, 0.15)
        _glass_at_lips(s, start + 0.40, 0.15, 0.0, 0.25)
        s.mode.to(start + 0.5, 0.15, jaw=0.06)
        _glass_at_lips(s, start + 0.72, 0.32, 0.0, s.number("tilt_rad"))
        s.head.to(start + 0.75, 0.35, nod=-back)
        s.trunk.to(start + 0.75, 0.4, bend=0.03 if "seat" in s.props else -0.05)
        s.contact("left_palm", "glass", start + 0.4, end)
        _glass_at_lips(s, end, 0.25, 0.0, s.number("tilt_rad") + 0.15)
    with s.phase("lower", 0.85) as (start, end):
        _glass_at_lips(s, start + 0.22, 0.22, 0.03, 0.1)
        s.mode.to(start + 0.2, 0.15, jaw=0.0)
        s.head.to(start + 0.35, 0.35, nod=0.06)
        s.head.to(start + 0.6, 0.2, nod=-0.05)  # swallows
        s.head.to(end, 0.25, nod=0.0)
        _glass_low(s, end, 0.65)
        s.trunk.to(end, 0.6, bend=0.10 if "seat" in s.props else 0.0)
        s.look_ahead(end)


def _pill_low(s: Score, end_s: float, duration_s: float) -> None:
    palm, fingers = (-0.5, -0.6, 0.5), (-0.6, 0.6, 0.4)
    s.right.reach(end_s, duration_s, (-0.02, 0.48, -0.26), palm=palm, fingers=fingers, elbow=(0.5, -0.3, -0.9))


def _pill_at_mouth(s: Score, end_s: float, duration_s: float, away_m: float) -> None:
    s.right.bring(
        end_s,
        duration_s,
        "pill",
        "tip",
        "mouth",
        at=(0.0, away_m, 0.0),
        y_axis=(-0.75, 0.10, -0.60),
        z_axis=(-0.40, -0.80, 0.40),
        elbow=(s.number("elbow_out"), 0.2, -1.0),
    )


def _glass_low(s: Score, end_s: float, duration_s: float) -> None:
    """The glass upright before the belly, in the other hand."""
    s.left.bring(
        end_s,
        duration_s,
        "glass",
        "base",
        None,
        frame="chest",
        at=(0.10, max(0.28, s.body.belly_front_m + 0.16), -s.number("glass_low") * s.body.arm_m),
        y_axis=(-0.45, 0.9, 0.0),
        z_axis=(0.0, 0.0, 1.0),
        elbow=(0.5, -0.5, -0.8),
    )


def _glass_at_lips(s: Score, end_s: float, duration_s: float, away_m: float, tilt_rad: float) -> None:
    """The rim at the lower lip, tipped towards the drinker; the left hand brings the rim's nearest point."""
    cosine, sine = float(np.cos(tilt_rad)), float(np.sin(tilt_rad))
    s.left.bring(
        end_s,
        duration_s,
        "glass",
        "rim",
        "mouth",
        at=(0.0, 0.002 + away_m, -0.004 - 0.6 * away_m),
        y_axis=(-0.5 * cosine, 0.87 * cosine, sine),
        z_axis=(0.5 * sine, -0.87 * sine, cosine),
        elbow=(0.55, 0.0, -1.0),
    )


TAKING_MEDICINE = Action(
    name="taking_medicine",
    caption="takes a pill with {possessive} {side} hand and drinks water after it",
    wordings=("puts a {pill} into {possessive} mouth and swallows it with water from a {glass}",),
    choreography=_medicine,
    phases=("look", "pill", "drink", "lower"),
    params={
        "look_s": Range(0.35, 0.6),
        "toss": Choice(("toss", "place"), (0.55, 0.45)),
        "head_back_rad": Range(0.16, 0.40),
        "drink_s": Range(1.1, 1.4),
        "tilt_rad": Range(0.55, 0.9),
        "glass_low": Range(0.40, 0.66),
        "elbow_out": Range(0.35, 0.95),
    },
    props=(
        PropUse("pill", ("pill",), (0.9, 1.2)),
        PropUse("glass", ("glass", "cup"), (0.9, 1.1)),
        PropUse("seat", ("none", "none", *SEATS), (0.92, 1.1)),
    ),
    aliases=("take medicine", "taking a pill", "take a pill", "swallowing a pill", "taking pills"),
    tags=("daily", "arms", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "taking_medicine"},
)
