"""Long steps that bend one knee: lunges ahead and to the left, and the stretch of a calf."""

from __future__ import annotations

import numpy as np

from ...motion.limbs import Foot, Hand
from ...motion.score import Score
from ..action import Action, Choice, Range
from ..poses import free_hand, hip_joint, pelvis_at
from .lifting import both_rest

REPS = 2
"""How many lunges a clip shows."""


def _lunge(s: Score) -> None:
    """A long step ahead, both knees bend until the hind one nears the floor, a push back to standing; with the other leg."""
    beat = s.number("beat_s")
    with s.phase("set", 0.5) as (_, end):
        for hand in (s.right, s.left):
            _lunging_arm(s, hand, end + 0.04 * (hand.side == "left"), 0.45, down=False)
    for k in range(REPS):
        first = (k % 2 == 0) == (s.option("first") == "near") or s.option("legs") == "one"
        front, hind = (s.right_foot, s.left_foot) if first else (s.left_foot, s.right_foot)
        _lunge_once(s, front, hind, beat)
    with s.phase("stop", 0.5) as (_, end):
        both_rest(s, end, 0.45)


def _lunge_once(s: Score, front: Foot, hind: Foot, beat: float) -> None:
    leg, out = s.body.leg_m, s.body.stance_out_m
    ahead = s.number("stride") * s.amplitude**0.3 * leg
    low = s.number("hind_knee") * s.body.shin_m + s.body.knee_radius_m
    with s.phase("step", 0.34 * beat) as (start, end):
        s.look(start + 0.2, "world", (0.0, 2.6, 0.7 * s.body.eye_height_m))
        front.step(end, 0.92 * (end - start), (out, ahead), lift_m=0.10, toe_out_rad=0.05)
        front.heel.to(end - 0.05, 0.2, -0.22)
        front.heel.to(end + 0.12, 0.14, 0.0)
        hind.heel.to(end + 0.1, 0.3, 0.75)
        pelvis_at(s, end + 0.05, end - start, forward_m=0.48 * ahead)
        s.pelvis.to(end, end - start, up=-0.06 * leg)
    with s.phase("sink", 0.24 * beat) as (start, end):
        # the hind thigh hangs from the hip nearly straight down to the knee: that tells how high the hips are
        hips = low + 0.97 * s.body.thigh_m + s.body.hip_below_pelvis_m
        pelvis_at(s, end, 0.3 * beat, height_m=hips, forward_m=0.56 * ahead, pitch=s.number("lean_rad"))
        s.trunk.to(end, 0.24 * beat, bend=0.04)
        hind.heel.to(end, 0.3, 1.0)
        hind.again(end, 0.25 * beat, pole=(0.05, 0.6, -1.0))
        for hand in (s.right, s.left):
            _lunging_arm(s, hand, end, 0.35 * beat, down=True)
        s.contact(f"{hind.side}_ball", "floor", start, end)
    with s.phase("push_back", 0.42 * beat) as (start, end):
        length = end - start
        pelvis_at(s, end, 0.95 * length, forward_m=0.016 * s.body.height_m, pitch=0.0)
        s.pelvis.to(end - 0.25 * length, 0.72 * length, up=-0.02 * leg)
        s.pelvis.to(end + 0.05, 0.2 * length, up=0.0)
        s.trunk.to(end, length, bend=0.0)
        front.heel.to(start + 0.3 * length, 0.25 * length, 0.25)
        front.heel.to(end, 0.5 * length, 0.0)
        front.step(end, 0.72 * length, (out, 0.0), lift_m=0.09)
        hind.heel.to(end - 0.1 * length, 0.7 * length, 0.0)
        hind.again(end, 0.9 * length, pole=None)
        for hand in (s.right, s.left):
            _lunging_arm(s, hand, end, 0.8 * length, down=False)


def _lunging_arm(s: Score, hand: Hand, end: float, duration: float, *, down: bool) -> None:
    """On the hips, or straight ahead while the body is down, or together before the chest."""
    how, late = s.option("arms"), 0.03 * (hand.side == "left")
    if how == "hips" and not down:
        free_hand(s, hand, "hip", end + late, duration)
    elif how == "ahead":
        at = (0.0, 0.95, 0.02) if down else (0.16, 0.15, -0.93)
        hand.reach(end + late, duration, at, palm=(-0.3, 0.0, -1.0) if down else None, effector="wrist")
        hand.fingers(end, duration, "flat" if down else "relaxed")
    elif how == "chest":
        hand.go(end + late, duration, "chest", (0.012, s.body.chest_front_m + 0.12, -0.11), palm=(-1.0, 0.0, 0.0),
                fingers=(0.0, 0.5, 0.85), elbow=(0.7, 0.0, -1.0))  # fmt: skip
        hand.fingers(end, duration, "flat")


FORWARD_LUNGING = Action(
    name="forward_lunging",
    caption="lunges forward, bending both knees, and steps back",
    choreography=_lunge,
    phases=("set", "step", "sink", "push_back", "stop"),
    params={
        "beat_s": Range(1.7, 2.1),
        "stride": Range(0.85, 1.0),
        "hind_knee": Range(0.1, 0.45),
        "lean_rad": Range(0.0, 0.16),
        "arms": Choice(("hips", "ahead", "chest"), (0.5, 0.25, 0.25)),
        "legs": Choice(("alternate", "one"), (0.7, 0.3)),
        "first": Choice(("near", "far")),
    },
    wordings=("does forward lunges",),
    aliases=("forward lunge", "lunges", "lunge", "lunging"),
    tags=("exercise", "legs"),
    taxonomy={"synapt150": "forward_lunging", "ucf101": "Lunges"},
)


def _lunge_left(s: Score) -> None:
    """A wide step to the left, the left knee bends over its foot while the right leg stays straight, and a push back."""
    beat, leg = s.number("beat_s"), s.body.leg_m
    out = s.body.stance_out_m
    wide = out + s.number("stride") * s.amplitude**0.3 * leg
    over = min(s.number("over") * wide, 0.77 * leg + s.body.hip_half_m - out)
    # the right leg, straight, leaves the hips so high when they are `over` to the left
    depth = leg - float(np.sqrt((0.985 * leg) ** 2 - (over - s.body.hip_half_m + out) ** 2))
    with s.phase("set", 0.45) as (_, end):
        for hand in (s.right, s.left):
            _side_arm(s, hand, end, 0.42, down=False)
    for _ in range(REPS):
        with s.phase("step", 0.32 * beat) as (start, end):
            s.look(start + 0.2, "world", (-0.7, 2.0, s.body.eye_height_m))
            s.left_foot.step(end, 0.9 * (end - start), (wide, 0.03), lift_m=0.09, toe_out_rad=s.number("toe_out_rad"))
            s.mode.to(start + 0.15, 0.2, balance=0.0)  # who steps far aside lets themselves fall into it
            s.pelvis.to(end, end - start, right=-0.5 * over, up=-0.3 * depth)
        with s.phase("sink", 0.28 * beat) as (start, end):
            s.left_foot.again(end, 0.25 * beat, pole=(0.45, 1.0, 0.2))
            s.pelvis.to(end, 0.36 * beat, right=-over, up=-depth, pitch=s.number("lean_rad"), roll=-0.04)
            s.trunk.to(end, 0.3 * beat, bend=0.08, lean=-0.06)
            for hand in (s.right, s.left):
                _side_arm(s, hand, end, 0.34 * beat, down=True)
            s.contact("left_ball", "floor", start + 0.05, end)
        with s.phase("push_back", 0.40 * beat) as (start, end):
            length = end - start
            s.mode.to(end, 0.3, balance=1.0)
            s.pelvis.to(end, length, right=0.0, up=0.0, pitch=0.0, roll=0.0)
            s.trunk.to(end, length, bend=0.0, lean=0.0)
            s.left_foot.step(end, 0.72 * length, (out, 0.0), lift_m=0.08)
            for hand in (s.right, s.left):
                _side_arm(s, hand, end, 0.8 * length, down=False)
    with s.phase("stop", 0.5) as (_, end):
        s.look_ahead(end - 0.1)
        both_rest(s, end, 0.45)


def _side_arm(s: Score, hand: Hand, end: float, duration: float, *, down: bool) -> None:
    """On the hips; or the hand of the bent leg on its thigh; or both arms out to the sides while down."""
    how, late = s.option("arms"), 0.03 * (hand.side == "left")
    if how == "thigh" and hand.side == "left" and down:
        hand.touch(end, duration, "left_kneecap", (0.0, -0.12, 0.05), "world", palm=(0.0, 0.1, -1.0), fingers=(0.3, 0.9, -0.3),
                   elbow=(0.9, -0.5, 0.1))  # fmt: skip
        hand.fingers(end, duration, "cup")
    elif how == "thigh" and hand.side == "left":
        hand.rest(end, duration)
    elif how == "out":
        at = (0.95, 0.1, -0.03) if down else (0.2, 0.1, -0.93)
        hand.reach(end + late, duration, at, palm=(0.0, 0.0, -1.0) if down else None, effector="wrist")
        hand.fingers(end, duration, "flat" if down else "relaxed")
    elif not down:
        free_hand(s, hand, "hip", end + late, duration)


LEFT_LUNGING = Action(
    name="left_lunging",
    caption="lunges to the left, bending the left knee over a wide step",
    choreography=_lunge_left,
    phases=("set", "step", "sink", "push_back", "stop"),
    params={
        "beat_s": Range(1.5, 2.0),
        "stride": Range(0.80, 0.98),
        "over": Range(0.8, 0.88),
        "lean_rad": Range(0.10, 0.30),
        "toe_out_rad": Range(0.15, 0.5),
        "arms": Choice(("hips", "thigh", "out"), (0.45, 0.3, 0.25)),
    },
    wordings=("does side lunges to the left",),
    aliases=("left lunge", "side lunge to the left", "lunging to the left", "lateral lunge left"),
    tags=("exercise", "legs"),
    mirror_keeps_class=False,
    acting=("left_foot",),
    taxonomy={"synapt150": "left_lunging"},
)


def _stretch_calf(s: Score) -> None:
    """One leg straight behind with its heel down, the front knee bent, the body one line over them; leaned into and held."""
    leg, out = s.body.leg_m, s.body.stance_out_m
    back = s.number("stride") * leg
    front = 0.30 * back
    with s.phase("step", 0.85) as (start, end):
        s.look(start + 0.4, "world", (0.0, 2.5, 0.6 * s.body.eye_height_m))
        s.left_foot.step(start + 0.4, 0.36, (out, front), lift_m=0.05, toe_out_rad=0.04)
        s.right_foot.step(end, 0.45, (out, front - back), lift_m=0.05, toe_out_rad=0.02)
        s.pelvis.to(end, 0.7, up=-0.09 * leg)
        pelvis_at(s, end, 0.7, forward_m=front - 0.55 * back)
    with s.phase("lean", 0.7) as (start, end):
        _into_stretch(s, end, 0.7, front, 1.0)
        for hand in (s.right, s.left):
            _stretching_hand(s, hand, end + 0.04 * (hand.side == "left"), 0.65)
    with s.phase("hold", s.number("hold_s")) as (start, end):
        s.contact("right_heel", "floor", start, end)
        at = start + 0.3
        while at + 0.7 < end:
            _into_stretch(s, at + 0.35, 0.35, front, 1.0 + s.number("pulse"))
            _into_stretch(s, at + 0.75, 0.4, front, 1.0)
            at += 0.85
    with s.phase("back", 0.9) as (start, end):
        pelvis_at(s, end, 0.75, forward_m=0.016 * s.body.height_m, pitch=0.0)
        s.pelvis.to(end, 0.8, up=0.0)
        s.trunk.to(end, 0.7, bend=0.0)
        s.right_foot.step(start + 0.6, 0.45, (out, 0.0), lift_m=0.06)
        s.left_foot.step(end, 0.3, (out, 0.0), lift_m=0.04)
        s.look_ahead(end)
        both_rest(s, end - 0.1, 0.65)


def _into_stretch(s: Score, end: float, duration: float, front: float, share: float) -> None:
    """The hips go ahead and down until the hind leg is straight; the trunk leans in line with that leg."""
    leg, back = s.body.leg_m, s.number("stride") * s.body.leg_m
    hip_ahead = front - back + s.number("reach") * share * back
    # the hind leg's length leaves the hips this high over its ankle
    over = float(np.sqrt((0.992 * leg) ** 2 - (hip_ahead - front + back) ** 2))
    lean = s.number("lean_rad") * share
    ahead, up = hip_joint(s, lean)
    pelvis_at(s, end, duration, forward_m=hip_ahead - ahead, height_m=s.body.ankle_height_m + over - up, pitch=lean)
    s.trunk.to(end, duration, bend=0.06)


def _stretching_hand(s: Score, hand: Hand, end: float, duration: float) -> None:
    how = s.option("hands")
    if how == "hips":
        free_hand(s, hand, "hip", end, duration)
    else:
        hand.reach(end, duration, (-0.02, 0.82, 0.06), palm=(0.0, 1.0, 0.1), fingers=(-0.1, 0.1, 1.0), elbow=(0.6, -0.3, -0.8))
        hand.fingers(end, duration, "push")


STANDING_GASTROCNEMIUS_CALF = Action(
    name="standing_gastrocnemius_calf",
    caption="stretches {possessive} calf, one leg straight behind with the heel down and the front knee bent",
    choreography=_stretch_calf,
    phases=("step", "lean", "hold", "back"),
    params={
        "stride": Range(0.58, 0.72),
        "reach": Range(0.56, 0.66),
        "lean_rad": Range(0.2, 0.4),
        "hold_s": Range(1.4, 2.4),
        "pulse": Range(0.0, 0.07),
        "hands": Choice(("hips", "ahead"), (0.4, 0.6)),
    },
    wordings=("leans into a calf stretch and holds it",),
    aliases=("calf stretch", "standing calf stretch", "gastrocnemius stretch", "stretching a calf"),
    tags=("exercise", "legs", "stretching"),
    taxonomy={"synapt150": "standing_gastrocnemius_calf"},
)
