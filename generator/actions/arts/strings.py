"""Playing the guitar and the violin."""

from __future__ import annotations

import numpy as np

from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S, lasting
from ..postures.seats import seat_for, seated

BOW_STEPS = 6

NECK_PALM, NECK_FINGERS = (-0.95, 0.30, 0.0), (0.30, 0.95, -0.1)
"""The left hand below a guitar's neck, its fingers round to the strings: (down, ahead, along the neck) of the guitar."""

STRUM_PALM, STRUM_FINGERS = (-0.25, -0.97, 0.0), (-0.62, -0.10, 0.75)
"""The right hand over the strings: (up, ahead, along the neck)."""


def _sits(s: Score) -> bool:
    """Put who plays on the chair, if there is one."""
    if "chair" not in s.props:
        return False
    seat = seat_for(s, "chair", 0.06)
    s.stand("chair", (0.0, seat.middle_m), time_s=START_S)
    seated(s, seat, START_S, 0.1, 0.05)
    s.mode.to(START_S, 0.1, balance=0.0, seated=1.0)
    out = 1.25 * s.body.stance_out_m
    s.right_foot.place(START_S, 0.1, (out, 0.03), toe_out_rad=0.2)
    s.left_foot.place(START_S, 0.1, (out, -0.02), toe_out_rad=0.25)
    return True


def _guitar(s: Score) -> None:
    """The guitar before the belly; the right hand strums down and up across its strings, the left one changes chords on
    the neck."""
    duration, beat = lasting(s), s.number("beat_s")
    sits = _sits(s)
    up, tilt = (0.085 if sits else -0.01), s.number("neck_up")
    s.wear("guitar", "chest", (0.06, 0.045, up), "belly", time_s=START_S, y_axis=(0.0, -1.0, 0.06), z_axis=(-0.90, 0.16, tilt))
    s.trunk.to(START_S, 0.1, bend=0.12 if sits else 0.04, twist=-0.06)
    s.right.fingers(START_S, 0.1, "pinch" if s.option("strum") == "plectrum" else "cup")
    s.left.fingers(START_S, 0.1, "grip_wide")
    _strum(s, START_S, 0.1, 1.0)
    _chord(s, START_S, 0.1, 0)
    s.look(START_S, "thing:guitar:neck_low" if s.option("eyes") == "neck" else "thing:guitar:strum", duration_s=0.1)
    with s.throughout("play", duration) as (start, end):
        at, k = start - 1.0, 0
        while at < end + 1.0:
            _strum(s, at + 0.5 * beat, 0.42 * beat, -1.0)
            _strum(s, at + 0.97 * beat, 0.42 * beat, 1.0)
            if k % int(s.number("bar")) == 0:
                _chord(s, at + 0.15 * beat, 0.30, 1 + k // int(s.number("bar")))
            s.head.to(at + 0.5 * beat, 0.5 * beat, nod=0.02 + 0.07 * s.number("groove"))
            s.head.to(at + beat, 0.5 * beat, nod=0.02)
            sway = (1.0 if k % 2 else -1.0) * 0.05 * s.number("groove")
            s.trunk.to(at + beat, 1.1 * beat, lean=sway, twist=-0.06 + 0.5 * sway)
            if not sits:
                s.pelvis.to(at + beat, 1.1 * beat, right=0.5 * sway, roll=0.5 * sway, up=-0.015)
            at, k = at + beat, k + 1
        s.look(start + 0.5 * duration, "world", (0.3, 3.0, s.body.eye_height_m * (0.7 if sits else 0.95)), duration_s=0.5)
        s.look(start + 0.5 * duration + 1.1, "thing:guitar:neck_low", duration_s=0.5)
        s.contact("left_palm", "guitar", start, end)


def _strum(s: Score, end_s: float, duration_s: float, side: float) -> None:
    """The fingertips above (1) or below (-1) the strings."""
    s.right.go(
        end_s,
        duration_s,
        "thing:guitar:strum",
        (0.085 * side * s.amplitude**0.5, 0.012, -0.02),
        "swing",
        palm=STRUM_PALM,
        fingers=(-0.62 - 0.15 * side, -0.10, 0.75),
        elbow=(0.3, -0.5, -0.8),
        effector="index_tip",
    )


def _chord(s: Score, end_s: float, duration_s: float, k: int) -> None:
    """Another place on the neck, and other fingers down."""
    along = (0.0, -0.09, -0.04, -0.15, -0.06)[k % 5] * s.number("travel")
    s.left.go(
        end_s,
        duration_s,
        "thing:guitar:neck_low",
        (0.042, 0.0, along),
        palm=NECK_PALM,
        fingers=NECK_FINGERS,
        elbow=(0.9, -0.35, -0.2),
        stretch=0.97,
    )
    if k:
        s.left.fingers(end_s - 0.5 * duration_s, 0.4 * duration_s, "cup")
        s.left.fingers(end_s + 0.1, 0.4 * duration_s, ("grip", "grip_wide")[k % 2])


PLAYING_GUITAR = Action(
    name="playing_guitar",
    caption="plays a guitar",
    choreography=_guitar,
    phases=("play",),
    params={
        "duration_s": Range(2.8, 4.8),
        "beat_s": Range(0.42, 0.70),
        "bar": Range(2, 4, whole=True),
        "neck_up": Range(0.20, 0.50),
        "travel": Range(0.5, 1.3),
        "groove": Range(0.2, 1.3),
        "strum": Choice(("plectrum", "fingers")),
        "eyes": Choice(("neck", "strings"), (0.65, 0.35)),
    },
    props=(PropUse("guitar", ("guitar",), (0.92, 1.05)), PropUse("chair", ("stool", "chair", "none"), (0.92, 1.1))),
    wordings=("strums a guitar and changes chords", "makes music on a guitar"),
    aliases=("playing the guitar", "play guitar", "strumming a guitar"),
    tags=("arts", "music", "arms", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"ucf101": "PlayingGuitar"},
)


def _violin(s: Score) -> None:
    """The violin between chin and shoulder, the left hand at its neck; the bow goes down and up across the strings."""
    duration, stroke = lasting(s), s.number("stroke_s")
    at = (-0.62 * s.body.shoulder_half_m, 0.5 * s.body.chest_front_m + 0.02, s.number("high_m"))
    s.wear("violin", "chest", at, time_s=START_S, y_axis=(-0.35, 0.0, -0.94), z_axis=(-s.number("aside"), 0.80, 0.02))
    s.hold("bow", START_S)
    s.right.fingers(START_S, 0.1, "cup")
    s.left.fingers(START_S, 0.1, "grip_wide")
    s.head.to(START_S, 0.1, tilt=-0.20)
    _stop_string(s, START_S, 0.1, 0.0)
    s.look(START_S, "thing:violin:scroll", duration_s=0.1)
    sway = 0.07 * s.number("sway") * s.amplitude
    with s.throughout("play", duration) as (start, end):
        when, k, share = start - 1.2, 0, 0.94
        _bow(s, START_S, 0.1, share, share)
        while when < end + 0.8:
            length = stroke * (0.5 if s.option("rhythm") == "dotted" and k % 3 == 2 else 1.0)
            begin, share = share, (0.06 if k % 2 == 0 else 0.94) if length == stroke else (0.35 if k % 2 == 0 else 0.65)
            _bow(s, when + length, 0.97 * length, begin, share)
            side = 1.0 if k % 2 == 0 else -1.0
            s.trunk.to(when + length, length, lean=0.6 * sway * side, twist=0.10 - sway * side, bend=0.03 + 0.4 * sway)
            s.pelvis.to(when + length, length, right=0.3 * sway * side, roll=0.3 * sway * side)
            _stop_string(s, when + 0.3, 0.25, (0.0, -0.03, -0.015, -0.06)[k % 4] * s.number("travel"))
            s.left.fingers(when + 0.3, 0.2, ("grip", "grip_wide", "cup")[k % 3])
            when, k = when + length, k + 1
        s.contact("left_thumb_tip", "violin", start, end)


def _bow(s: Score, end_s: float, duration_s: float, begin: float, share: float) -> None:
    """The bow drawn along the strings, from one share of its hair (0 at the tip, 1 at the hand) to another, in short steps."""
    frames = s.props["bow"].frames
    hair = float(frames["tip"][2, 3] - frames["frog"][2, 3])
    for k in range(BOW_STEPS):
        done = 0.5 - 0.5 * float(np.cos(np.pi * (k + 1) / BOW_STEPS))
        there = hair * (1.0 - (begin + (share - begin) * done))
        s.right.bring(
            end_s - duration_s * (1.0 - (k + 1) / BOW_STEPS),
            duration_s / BOW_STEPS,
            "bow",
            "frog",
            None,
            frame="thing:violin:bridge",
            at=(-there, 0.002, -0.1 * there),
            y_axis=(0.0, 1.0, 0.25),
            z_axis=(1.0, 0.0, 0.1),
            elbow=(-0.8, -0.6, -0.4),
            ease="linear",
        )


def _stop_string(s: Score, end_s: float, duration_s: float, along: float) -> None:
    """The left hand below the neck, the fingers up over its far side."""
    s.left.go(
        end_s,
        duration_s,
        "thing:violin:neck",
        (0.022, -0.035, along),
        palm=(-0.35, 0.90, -0.2),
        fingers=(0.75, 0.62, -0.1),
        elbow=(0.1, -1.0, -0.1),
    )


PLAYING_VIOLIN = Action(
    name="playing_violin",
    caption="plays a violin with a bow",
    choreography=_violin,
    phases=("play",),
    params={
        "duration_s": Range(2.8, 4.8),
        "stroke_s": Range(0.50, 0.95),
        "aside": Range(0.30, 0.60),
        "high_m": Range(0.045, 0.075),
        "sway": Range(0.3, 1.4),
        "travel": Range(0.5, 1.5),
        "rhythm": Choice(("even", "dotted")),
    },
    props=(PropUse("violin", ("violin",), (0.96, 1.03)), PropUse("bow", ("violin_bow",), (0.97, 1.03))),
    wordings=("draws a bow across the strings of a violin", "fiddles on a violin"),
    aliases=("playing the violin", "play violin", "fiddling"),
    tags=("arts", "music", "arms", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"ucf101": "PlayingViolin"},
)
