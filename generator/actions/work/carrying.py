"""A box lifted from the floor with both hands, carried some steps, and set down."""

from __future__ import annotations

import numpy as np

from ...motion.gait import walk
from ...motion.score import Score
from ...motion.solve import STANDING_HEIGHT
from ...motion.target import LimbTarget
from ..action import Action, PropUse, Range
from ..poses import START_S
from ..postures.picking import shoulders_ahead


def _carry(s: Score) -> None:
    """Squat with a straight back, take the box by its sides, rise with the legs, walk, squat, set it down, and rise."""
    grip = s.props["box"].frames["grip"][:3, 3]
    height, half = float(grip[2]), float(abs(grip[0]))
    deep = 0.5 * float(np.ptp(s.props["box"].mesh.vertices_m[:, 1]))
    ahead = max(0.78 * s.body.foot_m + deep + 0.03, 0.26 + 0.07 * s.body.height_m) + s.number("away_m")
    s.stand("box", (0.0, ahead), time_s=START_S)
    down, up = s.number("down_s"), s.number("up_s")
    with s.phase("squat", down) as (start, end):
        s.look(start + 0.2, "world", (0.0, ahead, height))
        _squat(s, end, down, height)
        _hands(s, end, 0.85 * down, half, ahead, height)
    s.hold("box", end)
    with s.phase("lift", up) as (start, end):
        _rise(s, end, up)
        _before_chest(s, end, up, half, deep)
        s.look_ahead(end)
    steps = int(s.number("steps"))
    with s.phase("carry", 0.6 * steps + 0.3) as (start, end):
        place = walk(
            s, start, end - start, s.number("speed_mps"), ease_in_s=0.45, ease_out_s=0.5, swing=0.4, stride=0.9, hands=()
        )
        s.trunk.to(start + 0.3, 0.4, bend=-0.05)
        for side in ("right", "left"):
            s.contact(f"{side}_palm", "box", start, end)
    with s.phase("set_down", 1.05 * down) as (start, end):
        s.look(start + 0.2, "travel", (0.0, ahead, 0.0))
        _squat(s, end, end - start, height)
        s.right.go(end, end - start, "travel", (half, ahead, height + 0.002), palm=(-1.0, 0.0, 0.0), fingers=(0.0, 1.0, 0.0),
                   elbow=(0.8, -0.6, 0.1))  # fmt: skip
        s.stand("box", (place.right_m, place.forward_m + ahead), time_s=end + 0.02)
    with s.phase("rise", 0.9 * up) as (start, end):
        for hand, late in ((s.right, 0.0), (s.left, 0.04)):
            hand.go(start + 0.25 + late, 0.22, "travel", (half + 0.10, ahead - 0.02, height + 0.04), palm=(-1.0, 0.0, 0.0),
                    fingers=(0.0, 0.9, -0.3))  # fmt: skip
            hand.rest(end + late, 0.7)
            hand.fingers(end, 0.4, "relaxed")
        _rise(s, end, end - start)
        s.look_ahead(end)


def _squat(s: Score, end_s: float, duration_s: float, height_m: float) -> None:
    """Down until the hands are at a height, the back not far from straight."""
    pitch, bend = s.number("pitch_rad"), s.number("bend_rad")
    drop = 0.93 * s.body.arm_m + 0.03
    _, up = shoulders_ahead(s, pitch, bend)
    standing = STANDING_HEIGHT * s.body.pelvis_height_m
    pelvis = float(np.clip(height_m + drop - up, 0.5 * standing, standing - 0.05))
    s.pelvis.to(end_s - 0.04, 0.92 * duration_s, up=pelvis - standing)
    s.pelvis.to(end_s, 0.9 * duration_s, pitch=pitch)
    s.trunk.to(end_s, 0.9 * duration_s, bend=bend)
    s.mode.to(end_s, 0.5, gaze=0.7)
    for foot in (s.right_foot, s.left_foot):
        foot.heel.to(end_s, 0.6 * duration_s, s.number("heels_rad"))


def _rise(s: Score, end_s: float, duration_s: float) -> None:
    """Legs first, then the back."""
    s.pelvis.to(end_s - 0.1, 0.9 * duration_s, up=0.0)
    s.pelvis.to(end_s, 0.85 * duration_s, pitch=0.0)
    s.trunk.to(end_s, 0.85 * duration_s, bend=-0.03)
    s.mode.to(end_s, 0.5, gaze=1.0)
    for foot in (s.right_foot, s.left_foot):
        foot.heel.to(end_s - 0.4 * duration_s, 0.45 * duration_s, 0.0)


def _hands(s: Score, end: float, duration: float, half: float, ahead: float, height: float) -> None:
    """Both palms to the box's sides, and on them."""
    for gap, when, length in ((0.07, end - 0.15, duration), (0.0, end + 0.02, 0.25)):
        s.right.go(
            when,
            length,
            "world",
            (half + gap, ahead, height),
            palm=(-1.0, 0.0, 0.0),
            fingers=(0.0, 1.0, 0.0),
            elbow=(0.8, -0.6, 0.1),
        )
        s.left.to(
            when + 0.02,
            length,
            LimbTarget("right_hand", (0.0, 0.0, 2.0 * (half + gap)), "m", None, (0.0, 1.0, 0.0), (0.0, 0.0, -1.0)),
        )
    for hand in (s.right, s.left):
        hand.fingers(end - 0.3, 0.4, "flat")
        hand.fingers(end + 0.1, 0.2, "grip_wide")


def _before_chest(s: Score, end: float, duration: float, half: float, deep: float) -> None:
    """The box comes up close before the belly."""
    out = max(s.body.belly_front_m, s.body.chest_front_m) + 0.6 * deep + 0.05
    s.right.go(end, 0.95 * duration, "chest", (half, max(out, 0.26), -0.36 + s.number("high_m")), palm=(-1.0, 0.0, 0.0),
               fingers=(0.0, 1.0, 0.05), elbow=(0.6, -0.6, -0.7))  # fmt: skip


LIFTING_AND_CARRYING_A_BOX = Action(
    name="lifting_and_carrying_a_box",
    caption="lifts a box from the floor, carries it and sets it down",
    wordings=("squats to lift a box, carries it some steps and puts it down again", "lifts and carries a box with both hands"),
    choreography=_carry,
    phases=("squat", "lift", "carry", "set_down", "rise"),
    params={
        "down_s": Range(0.8, 1.0),
        "up_s": Range(0.75, 0.95),
        "steps": Range(2, 3, whole=True),
        "speed_mps": Range(0.5, 0.8),
        "pitch_rad": Range(0.6, 0.8),
        "bend_rad": Range(0.5, 0.7),
        "heels_rad": Range(0.05, 0.25),
        "away_m": Range(0.0, 0.04),
        "high_m": Range(-0.03, 0.10),
    },
    props=(PropUse("box", ("box",), (0.9, 1.15)),),
    aliases=("lifting a box", "carrying a box", "lift and carry a box", "moving a box"),
    tags=("work", "arms", "legs", "object", "locomotion"),
)
