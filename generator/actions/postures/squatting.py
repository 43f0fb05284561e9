"""Squats as an exercise."""

from __future__ import annotations

import numpy as np

from ...motion.score import Score
from ..action import Action, Choice, Range
from ..poses import START_S


def _squat(s: Score) -> None:
    """Hips back and down between the knees with a straight back, heels down, and up again, two or three times."""
    reps, width = int(s.number("reps")), s.body.stance_out_m * s.number("width")
    depth = s.number("depth") * s.amplitude**0.5 * s.body.thigh_m
    slower = 1.25 if reps == 2 else 1.0
    for foot in (s.right_foot, s.left_foot):
        foot.place(START_S, 0.1, (width, 0.0), toe_out_rad=s.number("toe_out_rad"), knee=(0.45, 1.0, 0.0))
    if s.option("arms") != "forward":
        _squat_arms(s, s.option("arms"), START_S, 0.1, down=True)
    for k in range(reps):
        with s.phase("down", slower * s.number("down_s")) as (start, end):
            length = end - start
            s.pelvis.to(end, length, up=-depth * (1.0 if k else 0.94))
            s.pelvis.to(end, 0.9 * length, pitch=s.number("pitch_rad"))
            s.trunk.to(end, length, bend=0.02)
            s.head.to(end, length, nod=-0.12)
            if s.option("arms") == "forward":
                _squat_arms(s, "forward", end - 0.05, 0.85 * length, down=True)
        with s.phase("up", slower * s.number("up_s")) as (start, end):
            length = end - start
            hold = 0.12
            s.pelvis.to(end, length - hold, up=-0.012)
            s.pelvis.to(end, 0.9 * length - hold, pitch=0.0)
            s.trunk.to(end, 0.9 * length, bend=0.0)
            s.head.to(end, length, nod=0.0)
            if s.option("arms") == "forward":
                _squat_arms(s, "forward", end, 0.85 * length, down=False)


def _squat_arms(s: Score, where: str, end: float, duration: float, *, down: bool) -> None:
    for hand in (s.right, s.left):
        side = 0.02 if hand.side == "right" else 0.05
        if where == "forward" and down:
            rise = s.number("pitch_rad") + s.number("arms_up_rad")
            level = (0.0, float(np.cos(rise)), float(np.sin(rise)))
            hand.reach(
                end, duration, (-0.02 + side, 0.97 * level[1], 0.97 * level[2]), palm=(-0.25, level[2], -level[1]), fingers=level
            )
            hand.fingers(end, duration, "flat")
        elif where == "forward":
            hand.reach(end, duration, (0.13, 0.12 + side, -0.97))
            hand.fingers(end, duration, "relaxed")
        elif where == "crossed":
            hand.go(
                end,
                duration,
                "chest",
                (-0.13, s.body.chest_front_m - 0.03 + 1.3 * side, -0.05 - side),
                palm=(-0.15, -1.0, 0.1),
                fingers=(-0.8, -0.1, 0.6),
                elbow=(0.5, 0.7, -0.8),
            )
            hand.fingers(end, duration, "flat")
        elif where == "clasped":
            hand.go(
                end,
                duration,
                "chest",
                (0.006, s.body.chest_front_m + 0.13, -0.10),
                palm=(-1.0, 0.0, 0.0),
                fingers=(0.0, 0.55, 0.85),
                elbow=(0.7, 0.0, -1.0),
            )
            hand.fingers(end, duration, "flat")
        else:
            hand.go(
                end,
                duration,
                "head",
                (0.05, -0.115 - 0.5 * side, 0.05),
                palm=(0.1, 1.0, 0.0),
                fingers=(-0.9, 0.0, 0.35),
                elbow=(1.0, -0.1, 0.0),
            )
            hand.fingers(end, duration, "cup")


SQUATTING = Action(
    name="squatting",
    caption="does squats",
    choreography=_squat,
    phases=("down", "up"),
    params={
        "reps": Range(2, 3, whole=True),
        "depth": Range(0.72, 1.12),
        "down_s": Range(0.52, 0.67),
        "up_s": Range(0.46, 0.56),
        "width": Range(1.2, 2.0),
        "toe_out_rad": Range(0.2, 0.55),
        "pitch_rad": Range(0.45, 0.75),
        "arms_up_rad": Range(-0.15, 0.2),
        "arms": Choice(("forward", "crossed", "clasped", "head"), (0.45, 0.2, 0.2, 0.15)),
    },
    aliases=("squat", "squats", "squat exercise"),
    tags=("exercise", "legs"),
    mirror_keeps_class=True,
    taxonomy={"synapt150": "squatting", "ntu120": "A080"},
)
