"""A word into the ear."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...motion.approach import step_to
from ...motion.proportions import Proportions
from ...motion.score import Score
from ...motion.solve import STANDING_AHEAD
from ..action import Action, Choice, Range
from ..poses import free_hand, talk

_MOUTH_BELOW_M, _MOUTH_AHEAD_M = 0.065, 0.14
"""The mouth under the eyes, and ahead of the neck of a level head."""

_EAR_OUT_M = 0.075
_UNDER_EAR_M = 0.09
"""A mouth so far under the ear is near enough: nobody bows for that."""

_LEAST_BOW_RAD, _MOST_BOW_RAD = 0.40, 1.25
"""Who bows less has the shoulders in the other's before the mouth is at the ear."""

_LEAN_RAD = 0.14
"""How far the listener leans over to the one who whispers."""


@dataclass(frozen=True)
class Stoop:
    """How far each comes down so that a mouth comes to an ear: by bowing, and by the knees.

    `apart_m`: how far to the side of the listener the speaker stands when the mouth just touches; `ahead_m`: how far ahead
    of their own ankles the listener's ear then is.
    """

    bow_rad: float
    knees_m: float
    other_bow_rad: float
    other_knees_m: float
    apart_m: float
    ahead_m: float


def _stoop(a: Proportions, b: Proportions) -> Stoop:
    """The taller one comes down to the other, whose head stays level: it goes where the neck does."""
    above = a.eye_height_m - _MOUTH_BELOW_M - b.eye_height_m
    mine, theirs = (body.shoulder_height_m + 0.04 - body.pelvis_height_m for body in (a, b))
    bow = max(_bow(above, mine), _LEAST_BOW_RAD * (1.0 if above > -0.08 else 0.7))
    rest = above - mine * (1.0 - float(np.cos(bow)))
    rest = rest if rest > 0.0 else min(rest + _UNDER_EAR_M, 0.0)
    other_knees = float(np.clip(-0.3 * rest, 0.0, 0.08))
    other = _bow(1.3 * (-rest - other_knees), theirs)
    neck = mine * np.sin(bow) - 0.17 * max(bow - _LEAST_BOW_RAD, 0.0)  # a deep bow rounds the back
    apart = STANDING_AHEAD * a.height_m + neck + _MOUTH_AHEAD_M + _EAR_OUT_M + 0.7 * theirs * np.sin(_LEAN_RAD)
    ahead = STANDING_AHEAD * b.height_m + theirs * np.sin(other)
    return Stoop(bow, float(np.clip(rest, 0.0, 0.18)), other, other_knees, float(apart), float(ahead))


def _bow(drop_m: float, trunk_m: float) -> float:
    """How far a trunk is bowed whose neck comes down by `drop_m`."""
    return float(np.clip(np.arccos(np.clip(1.0 - max(drop_m, 0.0) / trunk_m, -1.0, 1.0)), 0.0, _MOST_BOW_RAD))


def _whisper(a: Score, b: Score) -> None:
    """One steps up from the side and brings the mouth to the other's ear, a hand beside it; the other listens, and reacts."""
    step, turned = a.number("step_m"), a.number("turned_rad")
    stoop = _stoop(a.body, b.body)
    near = stoop.apart_m + a.number("gap_m")
    b.start(-stoop.ahead_m * float(np.cos(turned)), near + step + stoop.ahead_m * float(np.sin(-turned)), turned - 0.5 * np.pi)
    for one in (a, b):
        one.look(0.3, "partner:head", landmark="nose" if one is b else "right_ear")
    with a.phase("lean", 0.95) as (start, end):
        step_to(a, start + 0.05, start + 0.65, step)
        a.trunk.to(end, 0.65, bend=0.55 * stoop.bow_rad)
        a.pelvis.to(end, 0.65, pitch=0.45 * stoop.bow_rad, up=-stoop.knees_m)
        a.look(end - 0.1, "partner:head", landmark="right_ear", duration_s=0.4)
        a.right.go(end - 0.35, 0.5, "chest", (0.10, 0.15, -0.10), palm=(-0.7, -0.6, 0.2), fingers=(-0.2, 0.3, 0.9),
                   elbow=(0.5, -0.4, -0.9))  # fmt: skip
        a.right.touch(end + 0.05, 0.45, "mouth", (0.115, 0.030, -0.01), palm=(-1.0, 0.1, 0.0), fingers=(0.0, 0.25, 1.0),
                      elbow=(0.6, 0.2, -0.9))  # fmt: skip
        a.right.fingers(end, 0.5, "planted")
        free_hand(a, a.left, "side", end)
        late = end - 0.45 + b.real(a.number("late_s"))
        b.trunk.to(late + 0.45, 0.5, lean=_LEAN_RAD, bend=0.55 * stoop.other_bow_rad)
        b.pelvis.to(late + 0.45, 0.5, pitch=0.45 * stoop.other_bow_rad, up=-stoop.other_knees_m)
        b.head.to(late + 0.45, 0.45, tilt=0.14)
        b.look(late + 0.4, "world", (0.35, 3.0, 0.85 * b.body.eye_height_m), duration_s=0.45)
    with a.phase("whisper", a.number("whisper_s")) as (start, end):
        talk(a, start, end, 1.3)
        a.head.add("nod", lambda t: 0.03 * np.sin(7.0 * (t - start)) * ((t > start) & (t < end)))
        _listen(a, b, start, end)
    with a.phase("straighten", 0.95) as (start, end):
        step_to(a, start + 0.15, end - 0.05, 0.5 * step)
        for one in (a, b):
            one.trunk.to(end, 0.8, bend=0.0, lean=0.0)
            one.pelvis.to(end, 0.8, pitch=0.0, up=0.0)
            one.head.to(end, 0.6, tilt=0.0, nod=0.0)
            one.look(end - 0.2, "partner:head", landmark="nose", duration_s=0.5)
        a.right.go(start + 0.35, 0.4, "chest", (0.10, 0.15, -0.12), palm=(-0.7, -0.6, 0.2), fingers=(-0.2, 0.4, 0.8),
                   elbow=(0.5, -0.4, -0.9))  # fmt: skip
        a.right.rest(end + 0.05, 0.65)
        a.right.fingers(end, 0.5, "relaxed")


def _listen(a: Score, b: Score, start: float, end: float) -> None:
    """What the listener makes of it: nods, is taken aback, or laughs behind a hand."""
    how = a.option("reaction")
    at = start + 0.45 * (end - start)
    if how == "nod":
        for k in range(2):
            b.head.to(at + 0.4 * k + 0.18, 0.18, nod=0.16)
            b.head.to(at + 0.4 * k + 0.38, 0.18, nod=0.0)
    elif how == "surprise":
        b.left.go(end + 0.15, 0.55, "chest", (0.02, b.body.chest_front_m + 0.02, -0.02), palm=(0.0, -1.0, 0.0),
                  fingers=(-0.8, 0.0, 0.55), elbow=(0.7, 0.1, -0.8))  # fmt: skip
        b.left.fingers(end, 0.4, "planted")
        b.mode.to(end, 0.3, jaw=0.22)
        b.mode.to(end + 0.7, 0.4, jaw=0.0)
        b.left.rest(end + 0.95, 0.6)
    else:
        b.left.touch(at + 0.5, 0.6, "mouth", (0.0, 0.025, -0.01), palm=(-0.2, -1.0, 0.0), fingers=(-0.7, 0.0, 0.7),
                     elbow=(0.6, 0.2, -0.8))  # fmt: skip
        b.left.fingers(at + 0.4, 0.4, "cup")
        b.trunk.add("bend", lambda t: 0.025 * np.sin(22.0 * (t - at)) * ((t > at) & (t < end + 0.3)))
        b.left.rest(end + 0.9, 0.6)
    b.left.fingers(end + 0.9, 0.4, "relaxed")


WHISPERING = Action(
    name="whispering",
    caption="whispers something to {b}",
    choreography=_whisper,
    phases=("lean", "whisper", "straighten"),
    roles=("a", "b"),
    params={
        "step_m": Range(0.10, 0.24),
        "turned_rad": Range(-0.30, 0.30),
        "gap_m": Range(0.06, 0.10),
        "late_s": Range(0.1, 0.3),
        "whisper_s": Range(0.9, 1.75),
        "reaction": Choice(("nod", "surprise", "laugh"), (0.4, 0.3, 0.3)),
    },
    aliases=("whisper", "whispering in ear", "whisper in the ear"),
    tags=("interaction", "talking"),
    acting=("right_hand",),
)
