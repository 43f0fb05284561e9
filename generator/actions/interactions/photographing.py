"""One person takes a photo of another, who poses for it."""

from __future__ import annotations

import numpy as np

from ...motion.meeting import face_to_face
from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range


def _photo(a: Score, b: Score) -> None:
    """The phone comes up before the face in both hands, is held still, clicks, and goes down; the other poses for it."""
    face_to_face(a, b, a.number("apart_m"), a.number("aside_m"))
    a.hold("phone")
    a.right.fingers(0.0, 0.0, "grip")
    _read_low(a, 0.0, 0.0)
    a.look(0.0, "chest", (0.05, 0.32, -0.15), duration_s=0.0)
    late = b.real(a.number("late_s"))
    with a.phase("raise", 0.85) as (start, end):
        _screen(a, end, 0.75, (0.0, a.number("ahead_m"), 0.0))
        a.left.go(
            end,
            0.7,
            "right_hand",
            (0.015, -0.05, -0.032),
            palm=(0.0, 0.0, 1.0),
            fingers=(-0.75, 0.65, 0.0),
            elbow=(0.4, -0.2, -0.9),
        )
        a.left.fingers(end, 0.5, "cup")
        b.look(start + late + 0.3, "partner:right_hand")
        _pose(b, end + late, 0.8 - late)
    with a.phase("shoot", a.number("shots") * 0.5 + 0.4) as (start, end):
        a.look(start, "partner:head", landmark="nose")
        for k in range(int(a.number("shots"))):
            at = start + 0.3 + 0.5 * k
            a.right.fingers(at - 0.08, 0.1, "grip_wide")
            a.right.fingers(at, 0.08, "grip")
            _screen(a, at + 0.3, 0.2, (0.02 * (-1) ** k, a.number("ahead_m"), 0.012 * (-1) ** k))
        a.contact("right_palm", "phone", -60.0, 60.0)
        a.trunk.to(start + 0.5, 0.5, bend=a.number("stoop_rad"))
        a.pelvis.to(start + 0.5, 0.5, up=-0.12 * a.number("stoop_rad"))
    with a.phase("lower", 0.8) as (start, end):
        _read_low(a, end, 0.7)
        a.look(end, "chest", (0.05, 0.32, -0.15), duration_s=0.5)
        a.left.rest(end, 0.65)
        a.left.fingers(end, 0.5, "relaxed")
        a.trunk.to(end, 0.6, bend=0.06)
        a.pelvis.to(end, 0.6, up=0.0)
        for hand in (b.right, b.left):
            hand.rest(end + b.real(0.1), 0.7)
            hand.fingers(end, 0.4, "relaxed")
        b.trunk.to(end, 0.6, lean=0.0)
        b.head.to(end, 0.6, tilt=0.0)


def _screen(s: Score, end_s: float, duration_s: float, at: tuple[float, float, float]) -> None:
    """The phone's screen at a point off the nose, turned to the eyes."""
    x, y, z = at
    s.right.bring(
        end_s,
        duration_s,
        "phone",
        "screen",
        "nose",
        frame="head",
        at=(x, y, z + 0.02),
        y_axis=(0.0, 0.0, 1.0),
        z_axis=(0.0, -1.0, 0.0),
        elbow=(0.5, -0.2, -0.9),
    )


def _read_low(s: Score, end_s: float, duration_s: float) -> None:
    """The phone before the belly, tipped so as to be read."""
    s.right.bring(
        end_s,
        duration_s,
        "phone",
        "screen",
        None,
        frame="chest",
        at=(0.06, max(0.30, s.body.belly_front_m + 0.16), -0.22),
        y_axis=(0.0, 0.75, 0.66),
        z_axis=(0.0, -0.66, 0.75),
        elbow=(0.5, -0.4, -0.9),
    )


def _pose(s: Score, end_s: float, duration_s: float) -> None:
    """How somebody stands for a photo."""
    pose, time = s.option("pose"), max(duration_s, 0.4)
    sway = 0.03 if np.sin(s.performer.phases_rad[2]) > 0.0 else -0.03
    s.pelvis.to(end_s, time, right=sway, roll=1.4 * sway)
    s.head.to(end_s, time, tilt=0.10 if sway > 0.0 else -0.10)
    if pose == "victory":
        s.right.go(end_s, time, "head", (0.20, 0.14, 0.02), palm=(0.0, 1.0, 0.0), fingers=(0.1, 0.0, 1.0), elbow=(0.6, 0.0, -0.9))
        s.right.fingers(end_s, 0.5, "scissors")
    elif pose == "arms_wide":
        for hand, up in ((s.right, 0.45), (s.left, 0.30)):
            hand.reach(end_s, time, (0.75, 0.15, up), palm=(-0.2, 1.0, 0.0), fingers=(0.7, 0.1, 0.7))
            hand.fingers(end_s, 0.5, "flat")
    else:
        hands = (s.right, s.left) if pose == "both_hips" else (s.right,)
        for hand in hands:
            hand.go(
                end_s,
                time,
                "pelvis",
                (s.body.waist_half_m + 0.03, 0.02, 0.07),
                palm=(-0.9, 0.0, -0.3),
                fingers=(-0.3, 0.9, -0.2),
                elbow=(1.0, -0.4, 0.1),
            )
            hand.fingers(end_s, 0.5, "cup")


TAKING_A_PHOTO_OF_OTHER = Action(
    name="taking_a_photo_of_other",
    caption="takes a photo of {b}, who poses, with a {phone}",
    choreography=_photo,
    phases=("raise", "shoot", "lower"),
    roles=("a", "b"),
    params={
        "apart_m": Range(1.5, 2.4),
        "aside_m": Range(-0.2, 0.2),
        "ahead_m": Range(0.20, 0.30),
        "shots": Range(1, 2, whole=True),
        "stoop_rad": Range(0.0, 0.3),
        "late_s": Range(0.08, 0.25),
        "pose": Choice(("victory", "arms_wide", "both_hips", "one_hip"), (0.3, 0.2, 0.25, 0.25)),
    },
    props=(PropUse("phone", ("phone",), (0.95, 1.1)),),
    aliases=("taking a photo of another", "photographing somebody", "take a photo", "taking a picture of somebody"),
    tags=("interaction", "object", "arms"),
    acting=("right_hand", "left_hand"),
)
