"""Head over heels along the floor."""

from __future__ import annotations

import numpy as np

from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S, carry_over, pelvis_at
from .tumbling import landed, planted


def _somersault(s: Score) -> None:
    """Down on the heels, hands before the feet, chin in; over the round back, and up from the feet with the arms ahead."""
    leg, roll_s = s.body.leg_m, s.number("roll_s")
    length = (2.55 if s.option("end") == "standing" else 2.5) * (s.body.shoulder_height_m - s.body.pelvis_height_m) + 0.2 * leg
    tall, out = s.body.pelvis_height_m, 0.9 * s.body.stance_out_m
    s.stand("mat", (0.0, 0.5 * length + 0.2), time_s=START_S)
    with s.phase("squat", s.number("squat_s")) as (start, end):
        s.look(start + 0.3, "world", (0.0, 0.6, 0.0))
        s.mode.to(end, 0.4, balance=0.0)
        pelvis_at(s, end, 0.8, forward_m=0.05 * leg, height_m=0.50 * tall, pitch=0.85)
        s.trunk.to(end, 0.8, bend=0.6)
        for hand, late in ((s.right, 0.0), (s.left, 0.04)):
            planted(hand, end + late, 0.6, s.number("hands") * s.body.shoulder_half_m, 0.42 * leg)
        for foot in (s.right_foot, s.left_foot):
            foot.heel.to(end, 0.5, 0.7)
    with s.phase("roll", roll_s) as (start, end):
        s.mode.to(start + 0.35 * roll_s, 0.2, ground=1.0, gaze=0.0)
        s.mode.to(end + 0.05, 0.25 * roll_s, ground=0.0)
        s.trunk.to(start + 0.3 * roll_s, 0.3, bend=1.1 * s.number("tuck"))
        s.head.to(start + 0.3 * roll_s, 0.35, nod=0.9)
        keys = (
            (0.30, 0.45 * leg, 0.62, 2.3),
            (0.55, 0.50 * length, 0.35, 3.9),
            (0.78, 0.78 * length, 0.16, 5.2),
            (1.0, length - 0.1, 0.36, 5.9),
        )
        for (share, ahead, height, pitch), took in zip(keys, (0.32, 0.27, 0.25, 0.25), strict=True):
            pelvis_at(s, start + share * roll_s, took * roll_s, "linear" if share < 1.0 else "smooth", forward_m=ahead,
                      height_m=height * tall, pitch=pitch)  # fmt: skip
        for foot, late in ((s.right_foot, 0.0), (s.left_foot, 0.02)):
            foot.heel.to(start + 0.4 * roll_s, 0.2, 0.0)
            foot.heel.to(end, 0.2 * roll_s, 0.6)
            carry_over(foot, start + 0.36 * roll_s + late, 0.30 * roll_s, 0.08)
            foot.reach(start + 0.36 * roll_s + late, 0.30 * roll_s, (0.02, 0.45, -0.62), knee=(0.15, 1.0, 0.3))
            foot.reach(start + 0.62 * roll_s + late, 0.28 * roll_s, (0.02, 0.42, -0.34 * s.number("tuck")), knee=(0.15, 1.0, 0.3))
            landed(foot, end - 0.02 + late, 0.32 * roll_s, (out, length + 0.05))
        for hand, late in ((s.right, 0.0), (s.left, 0.03)):
            at, palm = (0.20, 0.36, 0.02), (-0.6, 0.4, 0.2)
            hand.go(start + 0.36 * roll_s + late, 0.26 * roll_s, "chest", at, palm=palm, fingers=(0.0, 0.7, 0.7))
            hand.reach(start + 0.60 * roll_s + late, 0.26 * roll_s, (0.10, 0.75, -0.10), palm=(-0.6, 0.0, -0.6))
            hand.fingers(start + 0.6 * roll_s, 0.3, "relaxed")
            hand.reach(end + late, 0.30 * roll_s, (0.0, 0.95, -0.05), palm=(-0.5, 0.0, -0.8))
    with s.phase("rise", 1.15) as (start, end):
        s.trunk.to(start + 0.5, 0.6, bend=0.35)
        s.head.to(start + 0.4, 0.4, nod=0.0)
        s.mode.to(start + 0.5, 0.4, gaze=1.0)
        pelvis_at(s, start + 0.30, 0.36, forward_m=length - 0.02, height_m=0.46 * tall, pitch=2.0 * np.pi + 0.75)
        up = s.option("end") == "standing"
        for foot in (s.right_foot, s.left_foot):
            foot.heel.to(end - 0.2, 0.55, 0.0 if up else 0.7)
        pelvis_at(s, end - 0.05, 0.75, forward_m=length + 0.05 + 0.016 * s.body.height_m, height_m=(0.995 if up else 0.50) * tall,
                  pitch=2.0 * np.pi + (0.0 if up else 0.7))  # fmt: skip
        s.trunk.to(end, 0.6, bend=0.0 if up else 0.3)
        if up:
            for hand, late in ((s.right, 0.05), (s.left, 0.0)):
                hand.rest(end - 0.05 + late, 0.6)
        s.look_ahead(end)


SOMERSAULT = Action(
    name="somersault",
    caption="does a forward roll on a mat",
    wordings=("turns a somersault on a mat", "rolls over forward and ends {end}"),
    choreography=_somersault,
    phases=("squat", "roll", "rise"),
    params={
        "roll_s": Range(1.15, 1.5),
        "end": Choice(("standing", "squatting"), (0.7, 0.3)),
        "squat_s": Range(0.8, 1.2),
        "hands": Range(0.9, 1.2),
        "tuck": Range(0.8, 1.1),
    },
    props=(PropUse("mat", ("mat",), (1.15, 1.4)),),
    aliases=("forward roll", "rolling forward", "doing a somersault"),
    tags=("sport", "exercise", "floor"),
    taxonomy={"hmdb51": "somersault"},
)
