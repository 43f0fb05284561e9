"""A dive onto the floor: arms first, chest and belly after, a slide, and lying there."""

from __future__ import annotations

import numpy as np

from ...motion.score import Score
from ..action import Action, Choice, Range
from ..poses import carry_over, pelvis_at

YIELDING = 0.93
"""Share of their length to which arms stretch out ahead of the dive."""


def _dive(s: Score) -> None:
    """A step, a crouch, and off, long and low; hands, chest and belly land and slide; the head comes up, or is sheltered."""
    leg = s.body.leg_m
    flight_m, slide_m = s.number("flight") * leg, s.number("slide_m")
    step_m = 0.42 * leg
    take_off = step_m + 0.30 * leg
    landed = take_off + flight_m
    with s.phase("run_up", 0.72) as (start, end):
        _run_up(s, start, end, step_m)
    with s.phase("dive", s.real(0.62)) as (start, end):
        _fly(s, start, end, take_off, landed)
    with s.phase("slide", s.real(0.35) + 0.35) as (start, end):
        _slide(s, start, end, landed, slide_m)
    with s.phase("lie", s.number("lie_s")) as (start, end):
        _lie(s, start, end, landed + slide_m)


def _run_up(s: Score, start: float, end: float, step_m: float) -> None:
    """A long step and a deep bend over it, the arms swung back."""
    out = s.body.stance_out_m
    s.mode.to(start + 0.4, 0.35, balance=0.0, gaze=0.3)
    s.look(start + 0.2, "world", (0.0, 2.2, 0.0), duration_s=0.25)
    s.right_foot.step(start + 0.50, 0.38, (out, step_m), lift_m=0.09)
    s.left_foot.heel.to(end, 0.4, 0.8)
    pelvis_at(s, end, 0.70, forward_m=0.80 * step_m, height_m=0.68 * s.body.pelvis_height_m, pitch=0.62)
    s.trunk.to(end, 0.55, bend=0.25)
    s.head.to(end, 0.5, nod=-0.3)
    for hand, late in ((s.right, 0.0), (s.left, 0.05)):
        hand.reach(start + 0.48 + late, 0.45, (0.25, -0.45, -0.72), effector="wrist")
        hand.fingers(end, 0.4, "planted")


def _fly(s: Score, start: float, end: float, take_off: float, landed: float) -> None:
    """Push off the front leg; the body stretches level in the air, feet trail; down onto the hands."""
    length, leg = end - start, s.body.leg_m
    high = s.number("height") * leg
    s.mode.to(start + 0.1, 0.15, reach=0.0, gaze=0.0)
    pelvis_at(s, start + 0.45 * length, 0.5 * length, "away", forward_m=0.5 * (take_off + landed), height_m=high + 0.10 * leg)
    pelvis_at(s, end, 0.57 * length, "linear", forward_m=landed)
    pelvis_at(s, end + 0.02, 0.55 * length, "accelerate", height_m=0.17)
    s.pelvis.to(start + 0.6 * length, 0.7 * length, pitch=0.5 * np.pi - 0.10)
    s.pelvis.to(end, 0.4 * length, pitch=0.5 * np.pi + 0.02)
    s.trunk.to(start + 0.6 * length, 0.6 * length, bend=-0.22)
    s.head.to(start + 0.5 * length, 0.4 * length, nod=-0.55)
    for k, hand in enumerate((s.right, s.left)):
        hand.reach(start + 0.42 * length, 0.6 * length, (0.10 + 0.05 * k, 0.35, 0.88), "away", palm=(0.0, 0.95, 0.1),
                   fingers=(0.0, 0.1, 1.0), elbow=(0.8, -0.2, -0.3))  # fmt: skip
        _hand_ahead(s, end, 0.45 * length, landed, k)
    for k, foot in enumerate((s.left_foot, s.right_foot)):
        leave = start + 0.10 * k * length
        foot.heel.to(leave + 0.2, 0.2, 1.0)
        carry_over(foot, start + (0.75 + 0.1 * k) * length, 0.78 * length, 0.16)
        foot.reach(leave + 0.55 * length, 0.55 * length, (0.10, -0.22 + 0.14 * k, -0.93), knee=(0.3, 1.0, 0.0))
        _trail(s, end + 0.06 * k, 0.45 * length, landed, k)
        foot.heel.to(end, 0.3, 0.0)


def _hand_ahead(s: Score, end: float, duration: float, hips: float, k: int, ease: str = "smooth") -> None:
    """Palms on the floor ahead of the head, elbows giving."""
    hand = (s.right, s.left)[k]
    at = (0.20 + 0.06 * k, hips + 0.50 * s.body.height_m - 0.06 * k, 0.0)
    hand.go(
        end,
        duration,
        "world",
        at,
        ease,
        palm=(0.0, 0.0, -1.0),
        fingers=(0.05, 1.0, 0.0),
        elbow=(1.0, -0.2, 0.4),
        stretch=YIELDING,
    )


def _trail(s: Score, end: float, duration: float, hips: float, k: int, ease: str = "smooth") -> None:
    """A leg straight behind, the toes stretched, the shin just over the floor."""
    foot = (s.left_foot, s.right_foot)[k]
    feet = hips - s.body.hip_below_pelvis_m - 0.955 * s.body.leg_m
    foot.reach(end, duration, (0.14 + 0.04 * k, feet + 0.07 * k, 0.11), ease, frame="world", unit="m", toes=(0.10, -0.93, -0.32),
               instep=(0.0, 0.32, -0.93), knee=(0.5, 0.2, -1.0))  # fmt: skip


def _slide(s: Score, start: float, end: float, landed: float, slide_m: float) -> None:
    """The chest comes down between the hands, the body slides on and is braked; it rocks a little."""
    stop = start + s.real(0.35) + 0.15
    s.mode.to(start + 0.12, 0.14, ground=1.0)
    pelvis_at(s, stop, stop - start + 0.05, "decelerate", forward_m=landed + slide_m)
    pelvis_at(s, start + 0.15, 0.15, height_m=0.13)
    s.pelvis.to(start + 0.2, 0.2, pitch=0.5 * np.pi)
    s.trunk.to(start + 0.14, 0.14, bend=-0.30)
    s.trunk.to(start + 0.45, 0.3, bend=-0.05)
    s.head.to(start + 0.3, 0.3, nod=-0.40)
    s.contact("belly", "floor", start + 0.35, end + s.number("lie_s"))
    for k in range(2):
        _hand_ahead(s, stop, stop - start, landed + slide_m - 0.10, k, "decelerate")
        _trail(s, stop, stop - start, landed + slide_m, k, "decelerate")


def _lie(s: Score, start: float, end: float, hips: float) -> None:
    """Looks up from the floor, or covers the head with both hands."""
    if s.option("then") == "shelters":
        s.head.to(start + 0.5, 0.5, nod=0.20, turn=0.2)
        for k, hand in enumerate((s.right, s.left)):
            hand.go(start + 0.5 + 0.05 * k, 0.5, "head", (0.06, -0.10, 0.10 - 0.04 * k), palm=(-0.4, 0.9, 0.0),
                    fingers=(-0.8, 0.1, 0.6), elbow=(1.0, 0.3, 0.1))  # fmt: skip
            hand.fingers(start + 0.5, 0.4, "clasp")
    else:
        side = 1.0 if s.option("then") == "looks_left" else -1.0
        s.trunk.to(start + 0.6, 0.6, bend=-0.26, twist=0.10 * side)
        s.head.to(start + 0.6, 0.5, nod=-0.60, turn=0.45 * side)
        for k, hand in enumerate((s.right, s.left)):
            at = (0.30, hips + 0.30 * s.body.height_m + 0.06 * k, 0.0)
            hand.go(
                start + 0.6 + 0.08 * k, 0.5, "world", at, palm=(0.0, 0.0, -1.0), fingers=(-0.25, 1.0, 0.0), elbow=(1.0, -0.5, 0.4)
            )


DIVE_FLOOR = Action(
    name="dive_floor",
    caption="dives forward onto the floor",
    choreography=_dive,
    phases=("run_up", "dive", "slide", "lie"),
    params={
        "flight": Range(0.75, 1.15),
        "height": Range(0.55, 0.80),
        "slide_m": Range(0.15, 0.45),
        "lie_s": Range(0.65, 1.25),
        "then": Choice(("looks_left", "looks_right", "shelters"), (0.35, 0.35, 0.3)),
    },
    wordings=("throws {reflexive} flat on the floor, arms first", "dives headlong to the floor and slides on {possessive} chest"),
    aliases=("diving onto the floor", "dive to the floor", "dive on the floor", "belly slide"),
    tags=("locomotion", "floor", "dynamic"),
    taxonomy={"synapt150": "dive_floor"},
)
