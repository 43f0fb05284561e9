"""Smoking: to the lips, a drag, away, the smoke blown out, the ash flicked off."""

from __future__ import annotations

from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S
from .resting import SEATS, idle_hand, settled


def _smoke(s: Score) -> None:
    """The cigarette goes to the lips between two fingers, the chest fills, the hand falls away, and the smoke goes up."""
    s.hold("cigarette", START_S)
    s.right.fingers(START_S, 0.1, "relaxed")
    _away(s, START_S, 0.1)
    idle_hand(s, s.left, s.option("free_hand"), START_S, 0.1)
    settled(s, 0.0, 4.0)
    if s.option("flick") == "before":
        _flick(s, "flick_first")
    with s.phase("raise", 0.7) as (start, end):
        s.look(start + 0.3, "travel", (s.number("gaze_right"), 2.5, s.body.eye_height_m - 0.25), duration_s=0.4)
        _at_lips(s, end - 0.1, 0.6, 0.02)
        _at_lips(s, end, 0.16, 0.0)
        s.head.to(end, 0.5, nod=0.05, turn=0.06)
    with s.phase("drag", s.number("drag_s")) as (start, end):
        s.contact("right_index3", "cigarette", start, end)
        s.trunk.to(end, end - start, bend=(0.06 if "seat" in s.props else 0.0) - 0.06)
        s.mode.to(end, end - start, shrug=0.10)
        s.head.to(end, 0.5, nod=-0.02)
    with s.phase("away", 0.6) as (start, end):
        s.mode.to(start + 0.15, 0.15, jaw=0.05)
        _at_lips(s, start + 0.14, 0.14, 0.03)
        _away(s, end, 0.5)
        s.mode.to(start + 0.4, 0.2, jaw=0.0)
    with s.phase("exhale", s.number("exhale_s")) as (start, end):
        up = s.number("chin_up_rad")
        right = s.number("gaze_right")
        s.look(start + 0.3, "travel", (1.5 * right, 2.5, s.body.eye_height_m + 1.2 * up), duration_s=0.5)
        s.head.to(start + 0.3, 0.5, nod=-up, turn=0.0, tilt=0.04)
        s.mode.to(start + 0.25, 0.2, jaw=0.11)
        s.mode.to(end, end - start, shrug=0.0)
        s.trunk.to(end, end - start, bend=0.10 if "seat" in s.props else 0.03)
        s.mode.to(end + 0.1, 0.3, jaw=0.0)
        s.head.to(end + 0.2, 0.5, nod=0.0, tilt=0.0)
    if s.option("flick") == "after":
        _flick(s, "flick")


def _away(s: Score, end_s: float, duration_s: float) -> None:
    """The hand with the cigarette beside the chest, or low in front, the ember away from the body."""
    if s.option("held") == "high":
        at, palm, fingers = (0.30, 0.34, -0.22), (-0.4, -0.9, 0.1), (-0.35, 0.35, 0.85)
    else:
        at, palm, fingers = (0.20, 0.44, -0.60), (-0.9, -0.4, -0.2), (-0.30, 0.85, -0.35)
    s.right.reach(end_s, duration_s, at, palm=palm, fingers=fingers, elbow=(s.number("elbow_out"), -0.4, -0.8))


def _at_lips(s: Score, end_s: float, duration_s: float, away_m: float) -> None:
    """The filter between the lips, or `away_m` before them."""
    s.right.bring(
        end_s,
        duration_s,
        "cigarette",
        "lips",
        "mouth",
        at=(0.004, away_m - 0.006, -0.5 * away_m),
        y_axis=(-0.55, 0.10, -0.80),
        z_axis=(-0.12, -1.0, 0.05),
        elbow=(s.number("elbow_out"), 0.25, -1.0),
    )


def _flick(s: Score, phase: str) -> None:
    """Taps of the thumb and a turn of the wrist, low and to the side, the eyes there for a moment."""
    taps = int(s.number("taps"))
    with s.phase(phase, 0.35 + 0.2 * taps) as (start, end):
        s.look(start + 0.2, "chest", (0.30, 0.35, -0.35), duration_s=0.3)
        at, palm = (0.34, 0.44, -0.52), (-0.5, -0.5, -0.7)
        s.right.reach(start + 0.3, 0.3, at, palm=palm, fingers=(-0.1, 0.95, -0.2), elbow=(s.number("elbow_out"), -0.4, -0.8))
        for k in range(taps):
            when = start + 0.32 + 0.2 * k
            s.right.again(when + 0.08, 0.08, y_axis=(-0.1, 0.9, -0.55), at=(0.34, 0.44, -0.54))
            s.right.fingers(when + 0.08, 0.08, "cup")
            s.right.again(when + 0.2, 0.1, y_axis=(-0.1, 0.95, -0.2), at=at)
            s.right.fingers(when + 0.2, 0.1, "relaxed")
        s.look_ahead(end + 0.3)
        _away(s, end + 0.35, 0.4)


SMOKING = Action(
    name="smoking",
    caption="smokes a {cigarette} with {possessive} {side} hand",
    wordings=("draws on a {cigarette} and blows out the smoke",),
    choreography=_smoke,
    phases=("flick_first", "raise", "drag", "away", "exhale", "flick"),
    params={
        "drag_s": Range(0.55, 0.75),
        "exhale_s": Range(0.75, 0.95),
        "taps": Range(1, 2, whole=True),
        "flick": Choice(("before", "after", "none"), (0.3, 0.45, 0.25)),
        "held": Choice(("high", "low"), (0.55, 0.45)),
        "chin_up_rad": Range(0.08, 0.38),
        "gaze_right": Range(-0.9, 0.9),
        "elbow_out": Range(0.3, 0.9),
        "free_hand": Choice(("side", "hip", "across"), (0.35, 0.25, 0.4)),
    },
    props=(PropUse("cigarette", ("cigarette",), (0.95, 1.12)), PropUse("seat", ("none", "none", "none", *SEATS), (0.92, 1.1))),
    aliases=("smoke", "smoke a cigarette", "smoking a cigarette"),
    tags=("daily", "arms", "object"),
    acting=("right_hand",),
    taxonomy={"synapt150": "smoking", "hmdb51": "smoke"},
)
