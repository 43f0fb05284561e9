"""Playing the flute, and conducting."""

from __future__ import annotations

import numpy as np

from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S, lasting


def _flute(s: Score) -> None:
    """The flute at the lips, out to the right; both hands at its keys, fingers up and down; the body breathes with the
    phrases."""
    duration, phrase = lasting(s), s.number("phrase_s")
    s.wear(
        "flute",
        "head",
        (0.0, 0.014, -0.008),
        "mouth",
        time_s=START_S,
        y_axis=(0.0, -1.0, 0.15),
        z_axis=(1.0, 0.05, -s.number("low")),
    )
    s.right.go(
        START_S,
        0.1,
        "thing:flute:right_keys",
        (0.040, -0.028, 0.0),
        palm=(-0.2, 1.0, 0.0),
        fingers=(-0.85, 0.15, -0.45),
        elbow=(1.0, -0.2, 0.5),
    )
    s.left.go(
        START_S,
        0.1,
        "thing:flute:left_keys",
        (-0.032, 0.035, 0.0),
        palm=(0.1, -1.0, 0.0),
        fingers=(0.80, 0.10, 0.55),
        elbow=(-1.0, 0.4, -0.6),
    )
    s.head.to(START_S, 0.1, tilt=0.08, turn=0.12)
    s.mode.to(START_S, 0.1, gaze=0.0)
    s.trunk.to(START_S, 0.1, twist=0.10, bend=0.0)
    sway, a = 0.06 * s.number("sway") * s.amplitude, float(s.performer.phases_rad[0])
    with s.throughout("play", duration) as (start, end):
        for hand in (s.right, s.left):
            hand.fingers(START_S, 0.1, "cup")
            at, k = start - 1.0, 0 if hand.side == "right" else 1
            while at < end + 0.6:
                step = s.number("note_s") * (1.0 + 0.5 * (k % 3 == 0))
                hand.fingers(at + step, 0.12, ("cup", "grip_wide", "clasp", "grip")[(k * 3 + (k // 4)) % 4])
                at, k = at + step, k + 1
        rate = 2.0 * np.pi / phrase
        s.trunk.add("lean", lambda t: sway * np.sin(rate * t + a))
        s.trunk.add("bend", lambda t: 0.05 + 1.2 * sway * np.sin(rate * t + a + 1.0))
        s.trunk.add("twist", lambda t: 1.2 * sway * np.sin(0.5 * rate * t + a))
        s.head.add("nod", lambda t: 0.04 - 0.8 * sway * np.sin(rate * t + a + 1.4))
        s.pelvis.add("right", lambda t: 0.35 * sway * np.sin(0.5 * rate * t + a))
        s.contact("left_thumb_tip", "flute", start, end)


PLAYING_FLUTE = Action(
    name="playing_flute",
    caption="plays a flute",
    choreography=_flute,
    phases=("play",),
    params={
        "duration_s": Range(2.8, 4.6),
        "phrase_s": Range(1.6, 2.8),
        "note_s": Range(0.16, 0.34),
        "low": Range(0.05, 0.28),
        "sway": Range(0.4, 1.5),
    },
    props=(PropUse("flute", ("flute",), (0.96, 1.04)),),
    wordings=("blows a transverse flute", "makes music on a flute held out to one side"),
    aliases=("playing the flute", "play flute"),
    tags=("arts", "music", "arms", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"ucf101": "PlayingFlute"},
)

PATTERNS: dict[str, tuple[tuple[float, float], ...]] = {
    "two": ((0.10, -1.0), (0.25, 1.0)),
    "three": ((0.0, -1.0), (0.9, -0.35), (0.15, 1.0)),
    "four": ((0.0, -1.0), (-0.75, -0.35), (0.9, -0.30), (0.15, 1.0)),
}
"""Where the hand is on each beat of a bar: (out, up) in sizes of the figure."""


def _conduct(s: Score) -> None:
    """The right hand beats the bar with a baton, down, in, out and up; the left one joins, and brings the players in."""
    duration, beat, pattern = lasting(s), s.number("beat_s"), PATTERNS[s.option("metre")]
    size = 0.24 * s.number("size") * s.amplitude**0.5
    s.hold("baton", START_S)
    s.right.fingers(START_S, 0.1, "grip_thin")
    s.left.fingers(START_S, 0.1, "flat")
    s.look(START_S, "world", (0.0, 3.0, 0.85 * s.body.eye_height_m))
    with s.throughout("conduct", duration) as (start, end):
        at, k = start - 1.5, 0
        while at < end + 0.8:
            out, up = pattern[k % len(pattern)]
            _beat(s, at, beat, (0.22 + size * out, 0.05 + 0.8 * size * up), left=k // (2 * len(pattern)) % 2 == 0)
            s.trunk.to(at, 0.5 * beat, bend=s.number("bow_rad") if up < -0.9 else 0.02, twist=-0.08 * out)
            s.head.to(at, 0.4 * beat, nod=0.12 if up < -0.9 else 0.0)
            at, k = at + beat, k + 1
        s.look(start + 0.4 * duration, "world", (-1.8, 2.2, 0.8 * s.body.eye_height_m), duration_s=0.4)
        s.look(start + 0.75 * duration, "world", (1.5, 2.5, 0.8 * s.body.eye_height_m), duration_s=0.4)


def _beat(s: Score, at: float, beat: float, place: tuple[float, float], *, left: bool) -> None:
    """To the beat's point, quick at last, and a small rebound; the left hand mirrors it, or is held out for more."""
    out, up = place
    for hand in (s.right, s.left) if left else (s.right,):
        late = 0.03 if hand.side == "left" else 0.0
        share = 0.85 if hand.side == "left" else 1.0
        for when, length, high, ease in (
            (at + late, 0.55 * beat, 0.0, "accelerate"),
            (at + 0.42 * beat + late, 0.40 * beat, 0.13, "decelerate"),
        ):
            hand.reach(
                when,
                length,
                (out * share, 0.62, up + high),
                ease,
                palm=(-0.35, 0.15, -0.92),
                fingers=(-0.15, 1.0, 0.25),
                elbow=(0.8, -0.2, -0.7),
            )
    if not left:
        s.left.reach(
            at + 0.5 * beat,
            0.9 * beat,
            (0.30, 0.66, 0.10),
            palm=(-0.1, -0.3, 1.0),
            fingers=(0.1, 0.9, 0.4),
            elbow=(0.7, -0.2, -0.8),
        )


CONDUCTING = Action(
    name="conducting",
    caption="conducts an orchestra with a baton",
    choreography=_conduct,
    phases=("conduct",),
    params={
        "duration_s": Range(3.0, 4.8),
        "beat_s": Range(0.42, 0.65),
        "metre": Choice(("two", "three", "four")),
        "size": Range(0.75, 1.35),
        "bow_rad": Range(0.04, 0.16),
    },
    props=(PropUse("baton", ("baton",), (0.9, 1.1)),),
    wordings=("beats time with a baton", "leads musicians with a baton in {possessive} {side} hand"),
    aliases=("conduct an orchestra", "conducting music", "beating time"),
    tags=("arts", "music", "arms", "object"),
    acting=("right_hand", "left_hand"),
)
