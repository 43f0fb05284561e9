"""Yoga: one pose out of four is taken up, held and left."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, sin

import numpy as np

from ...motion.score import Score
from ...motion.target import Vector
from ..action import Action, Choice, Range
from ..poses import carry_over
from .moves import both, lower_both, of_length


def _palms_joined(s: Score, end_s: float, duration_s: float, overhead: bool) -> None:
    """Palm on palm before the breastbone, or straight up over the head."""
    for hand, sign in ((s.right, 1.0), (s.left, -1.0)):
        if overhead:
            at = (0.006, 0.05, 1.25 * s.body.arm_m)
            hand.go(end_s - 0.5 * duration_s, 0.5 * duration_s, "chest", (0.35, 0.42, 0.1), "away", palm=(-0.8, 0.4, 0.3))
            hand.go(end_s, 0.52 * duration_s, "chest", at, "home", palm=(-1.0, 0.0, 0.0), fingers=(0.0, 0.0, 1.0))
        else:
            at = (0.006, s.body.chest_front_m + 0.10 + 0.004 * sign, -0.12)
            fingers, elbow = (0.0, 0.25, 1.0), (0.9, -0.1, -0.4)
            hand.go(end_s, duration_s, "chest", at, palm=(-1.0, 0.0, 0.0), fingers=fingers, elbow=elbow)
        hand.fingers(end_s, 0.5, "flat")


def _tree(s: Score, end_s: float, duration_s: float) -> None:
    """Weight on the left foot, the right sole against the inside of the other leg, the knee out to the side."""
    stance, up = s.body.stance_out_m, s.number("height")
    inside = -stance + s.body.knee_radius_m + s.body.ankle_height_m + 0.01
    high = (0.72 if up < 0.5 else 1.22) * s.body.knee_height_m
    s.pelvis.to(end_s - 0.4 * duration_s, 0.6 * duration_s, right=-stance, roll=-0.03)
    carry_over(s.right_foot, end_s, 0.8 * duration_s, 0.04)
    knee, toes, instep = (1.0, 0.35 - 0.3 * s.number("open"), -0.25), (-0.1, 0.3, -1.0), (0.9, 0.4, 0.1)
    s.right_foot.reach(
        end_s, 0.8 * duration_s, (inside, 0.01, high), frame="world", unit="m", toes=toes, instep=instep, knee=knee
    )
    _palms_joined(s, end_s + 0.15, duration_s, s.option("arms") == "overhead")


def _tree_left(s: Score, end_s: float, duration_s: float) -> None:
    s.right_foot.place(end_s - 0.1, 0.75 * duration_s, (s.body.stance_out_m, 0.0))
    s.pelvis.to(end_s, 0.6 * duration_s, right=0.0, roll=0.0)


def _warrior(s: Score, end_s: float, duration_s: float) -> None:
    """A wide step to the right, that knee bent over its foot, both arms level, the face over the leading hand."""
    leg, wide = s.body.leg_m, (0.74 + 0.14 * s.number("open")) * s.body.leg_m
    over = (0.58 + 0.08 * s.number("height")) * wide
    # The left leg stays straight: the pelvis comes down as far as that takes.
    slant = over + s.body.stance_out_m - s.body.hip_half_m
    down = leg - float(np.sqrt(leg**2 - slant**2))
    s.right_foot.step(
        end_s - 0.45 * duration_s, 0.5 * duration_s, (wide, 0.0), toe_out_rad=1.35, lift_m=0.07, knee=(1.0, 0.12, 0.0)
    )
    s.left_foot.step(end_s - 0.2 * duration_s, 0.25 * duration_s, (s.body.stance_out_m, 0.0), toe_out_rad=0.25, lift_m=0.02)
    s.pelvis.to(end_s - 0.25 * duration_s, 0.7 * duration_s, right=over)
    s.pelvis.to(end_s, 0.8 * duration_s, up=-down)
    way = of_length((1.0, 0.02, 0.02), 1.03)
    for hand, late in both(s):
        hand.reach(end_s + late, 0.9 * duration_s, way, palm=(0.0, 0.0, -1.0), fingers=way, effector="wrist")
        hand.fingers(end_s, 0.5, "flat")
    s.look(end_s, "world", (4.0, 0.3, s.body.eye_height_m - 0.2), duration_s=0.5)


def _warrior_left(s: Score, end_s: float, duration_s: float) -> None:
    s.pelvis.to(end_s, duration_s, right=0.0, up=0.0)
    s.right_foot.step(end_s - 0.1, 0.5 * duration_s, (s.body.stance_out_m, 0.0), lift_m=0.07)
    s.left_foot.step(end_s - 0.5, 0.25, (s.body.stance_out_m, 0.0), lift_m=0.02)


def _chair(s: Score, end_s: float, duration_s: float) -> None:
    """Seat back and down as on a chair, the trunk slanting, arms in line with it beside the ears."""
    deep = 0.17 + 0.11 * s.number("height")
    s.pelvis.to(
        end_s, 0.9 * duration_s, up=-deep * s.body.leg_m, forward=-0.16 * s.body.leg_m, pitch=0.45 + 0.2 * s.number("open")
    )
    s.trunk.to(end_s, 0.9 * duration_s, bend=0.02)
    rise = 1.15
    way: Vector = of_length((0.12, cos(rise), sin(rise)), 1.06)
    for hand, late in both(s):
        ahead = of_length((0.1, 1.0, 0.0))
        hand.reach(end_s - 0.45 * duration_s + late, 0.45 * duration_s, ahead, "away", fingers=ahead, effector="wrist")
        hand.reach(end_s + late, 0.45 * duration_s, way, "home", palm=(-1.0, 0.0, 0.0), fingers=way, effector="wrist")
        hand.fingers(end_s, 0.5, "flat")


def _chair_left(s: Score, end_s: float, duration_s: float) -> None:
    s.pelvis.to(end_s, duration_s, up=0.0, forward=0.0, pitch=0.0)
    s.trunk.to(end_s, duration_s, bend=0.0)


def _mountain(s: Score, end_s: float, duration_s: float) -> None:
    """Feet together, the body long, palms joined overhead or before the chest, the face a little up."""
    for foot, late in ((s.right_foot, 0.0), (s.left_foot, 0.3)):
        foot.step(end_s - 0.55 * duration_s + late, 0.3, (0.055, 0.0), toe_out_rad=0.05, lift_m=0.03)
    _palms_joined(s, end_s, 0.8 * duration_s, s.option("arms") == "overhead")
    s.trunk.to(end_s, duration_s, bend=-0.05 - 0.06 * s.number("open"))
    s.look(end_s, "world", (0.0, 3.0, s.body.eye_height_m + 1.5 * s.number("height")))


def _mountain_left(s: Score, end_s: float, duration_s: float) -> None:
    s.trunk.to(end_s, duration_s, bend=0.0)


Part = Callable[[Score, float, float], None]
POSES: dict[str, tuple[Part, Part]] = {
    "tree": (_tree, _tree_left),
    "warrior": (_warrior, _warrior_left),
    "chair": (_chair, _chair_left),
    "mountain": (_mountain, _mountain_left),
}
"""Pose -> how it is taken up, and how it is left."""


def _doing_yoga(s: Score) -> None:
    """Slowly into the pose, some breaths in it, and slowly out of it."""
    take, leave = POSES[s.option("pose")]
    with s.phase("take up", s.number("take_up_s")) as (start, end):
        s.look(start + 0.4, "world", (0.0, 2.5, 0.9 * s.body.eye_height_m))
        take(s, end, end - start)
    with s.phase("hold", s.number("hold_s")) as (start, end):
        s.trunk.to(start + 0.5 * (end - start), 0.4 * (end - start), lean=0.03 * s.amplitude)
        s.trunk.to(end, 0.4 * (end - start), lean=0.0)
    with s.phase("leave", s.number("leave_s")) as (start, end):
        leave(s, end, end - start)
        middle = 0.5 * (start + end)
        if s.option("pose") != "warrior":
            for hand, late in both(s):
                before = (0.25, 0.72, -0.15)
                hand.reach(middle + late, middle - start, before, "away", palm=(-0.8, 0.0, -0.5), fingers=(0.0, 0.9, 0.2))
        lower_both(s, end, 0.9 * (end - middle), "home")
        s.look_ahead(end)
    with s.phase("stand", 0.3):
        pass


DOING_YOGA = Action(
    name="doing_yoga",
    caption="does yoga, holding the {pose} pose",
    wordings=("takes up the {pose} pose of yoga and keeps it", "practises yoga: the {pose} pose"),
    choreography=_doing_yoga,
    phases=("take up", "hold", "leave", "stand"),
    params={
        "pose": Choice(("tree", "warrior", "chair", "mountain"), (0.42, 0.36, 0.16, 0.06)),
        "arms": Choice(("overhead", "chest"), (0.6, 0.4)),
        "take_up_s": Range(1.3, 1.7),
        "hold_s": Range(1.3, 2.0),
        "leave_s": Range(1.1, 1.4),
        "height": Range(0.0, 1.0),
        "open": Range(0.0, 1.0),
    },
    aliases=("yoga", "do yoga", "yoga pose", "practising yoga"),
    tags=("sport", "exercise", "balance"),
    taxonomy={},
)
