"""Stretches that bend the trunk: backward, to the left side, and forward over straight legs."""

from __future__ import annotations

import numpy as np

from ...motion.limbs import Hand
from ...motion.score import Score
from ...values import Array
from ..action import Action, Choice, Range
from ..poses import free_hand
from .moves import both, lower_both, of_length, stand_apart, uneven

LEANT_BACK = 1.3
"""How far the hips are behind the ankles, in what the choreography moves them back: balance takes them further."""


def _spinal_stretching(s: Score) -> None:
    """Hands at the small of the back or on the hips; hips ahead, chest up, head back: the spine arches, and straightens."""
    stand_apart(s)
    arch = s.number("arch_rad") * s.amplitude
    with s.phase("hands", 0.7) as (_, end):
        for hand, late in both(s):
            _support(s, hand, s.option("hands"), end + late)
    reps = int(s.number("reps"))
    pace = 1.0 if reps == 1 else 0.8
    for k in range(reps):
        back_s, up_s = (pace * s.number(name) * uneven(s, k) for name in ("back_s", "up_s"))
        with s.phase("arch", back_s) as (start, end):
            s.mode.to(start + 0.4, 0.4, gaze=0.15)
            s.trunk.to(end, back_s, bend=-0.75 * arch)
            s.pelvis.to(end, back_s, pitch=-0.22 * arch, forward=s.number("hips") * s.body.leg_m * arch, up=-0.004)
            s.head.to(end + 0.1, 0.9 * back_s, nod=-s.number("head_rad"))
        with s.phase("hold", s.number("hold_s")):
            pass
        with s.phase("straighten", up_s) as (_, end):
            s.trunk.to(end, up_s, bend=0.04)
            s.pelvis.to(end, up_s, pitch=0.0, forward=0.0, up=0.0)
            s.head.to(end + 0.05, up_s, nod=0.0)
    with s.phase("lower", 0.7) as (_, end):
        s.mode.to(end, 0.5, gaze=1.0)
        s.trunk.to(end, 0.6, bend=0.0)
        lower_both(s, end, 0.7)


def _support(s: Score, hand: Hand, where: str, end_s: float) -> None:
    """A hand on the hip, or at the small of the back with the fingers down or up."""
    if where == "hips":
        free_hand(s, hand, "hip", end_s)
        return
    side = (s.body.waist_half_m + 0.12, -0.3 * s.body.back_behind_m, 0.06)
    hand.go(end_s - 0.3, 0.4, "pelvis", side, "away", palm=(-0.8, 0.3, 0.0), fingers=(0.0, -0.3, -0.9), elbow=(0.8, -0.7, -0.1))
    at = (0.62 * s.body.waist_half_m, -s.body.back_behind_m - 0.045, 0.07)
    fingers = (-0.35, -0.1, -0.9) if where == "back, fingers down" else (-0.9, -0.05, -0.3)
    hand.go(end_s, 0.32, "pelvis", at, "home", palm=(-0.25, 1.0, 0.0), fingers=fingers, elbow=(0.75, -0.9, 0.0))
    hand.fingers(end_s, 0.5, "cup")


SPINAL_STRETCHING = Action(
    name="spinal_stretching",
    caption="arches {possessive} back with both hands at the waist, face to the sky, and straightens up",
    wordings=(
        "leans back with the hands at the waist to stretch the spine",
        "stretches {possessive} spine backward, pushing the hips ahead and lifting the chest",
    ),
    choreography=_spinal_stretching,
    phases=("hands", "arch", "hold", "straighten", "lower"),
    params={
        "hands": Choice(("hips", "back, fingers down", "back, fingers in"), (0.4, 0.35, 0.25)),
        "reps": Range(1, 2, whole=True),
        "arch_rad": Range(0.42, 0.64),
        "hips": Range(0.14, 0.22),
        "head_rad": Range(0.4, 0.65),
        "back_s": Range(0.9, 1.15),
        "hold_s": Range(0.2, 0.5),
        "up_s": Range(0.75, 0.95),
        "stance": Range(0.9, 2.0),
    },
    aliases=("spinal stretch", "spine stretch", "back bend", "standing back extension", "arching the back"),
    tags=("sport", "exercise", "stretch"),
    taxonomy={"synapt150": "spinal_stretching"},
)


def _left_stretching(s: Score) -> None:
    """The right arm rises and arches over the head; the trunk bends to the left, over the left hand at the hip or thigh."""
    stand_apart(s)
    bend = s.number("bend_rad") * s.amplitude
    reps = int(s.number("reps"))
    pace = 1.0 if reps == 1 else 0.8
    with s.phase("raise", 0.8) as (_, end):
        free_hand(s, s.left, "hip" if s.option("left_hand") == "hip" else "side", end)
        side = of_length((0.98, 0.15, 0.05))
        s.right.reach(end - 0.38, 0.42, side, "away", fingers=side, effector="wrist")
        up = (0.18, 0.06, 1.1)
        s.right.reach(end, 0.4, up, "home", palm=(-1.0, 0.2, 0.0), fingers=(-0.1, 0.0, 1.0), effector="wrist")
        s.right.fingers(end, 0.6, s.option("right_hand"))
    over = of_length((-s.number("over"), 0.12, 0.98), 1.06)
    for k in range(reps):
        down_s, up_s = (pace * s.number(name) * uneven(s, k) for name in ("bend_s", "up_s"))
        with s.phase("bend", down_s) as (_, end):
            s.trunk.to(end, down_s, lean=-0.95 * bend)
            s.pelvis.to(end, down_s, right=0.11 * s.body.leg_m * bend, roll=-0.22 * bend)
            s.head.to(end + 0.05, down_s, tilt=-s.number("head_rad"))
            palm, fingers, elbow = (-0.7, 0.1, -0.6), (-1.0, 0.1, 0.35), (0.7, -0.1, 0.7)
            s.right.reach(end, down_s, over, palm=palm, fingers=fingers, elbow=elbow, effector="wrist")
            if s.option("left_hand") == "thigh":
                low = (s.body.waist_half_m + 0.06, 0.03, -0.16 - 0.12 * bend)
                s.left.go(end, down_s, "pelvis", low, palm=(-1.0, 0.0, -0.1), fingers=(-0.1, 0.15, -1.0))
        with s.phase("hold", s.number("hold_s")) as (start, end):
            s.trunk.to(end, end - start, lean=-1.05 * bend)
        with s.phase("rise", up_s) as (_, end):
            s.trunk.to(end, up_s, lean=0.0)
            s.pelvis.to(end, up_s, right=0.0, roll=0.0)
            s.head.to(end, up_s, tilt=0.0)
            s.right.reach(end, up_s, (0.18, 0.06, 1.1), palm=(-1.0, 0.2, 0.0), fingers=(-0.1, 0.0, 1.0), effector="wrist")
    with s.phase("lower", 0.8) as (start, end):
        side = of_length((0.98, 0.1, 0.0))
        s.right.reach(start + 0.4, 0.4, side, "away", fingers=side, effector="wrist")
        lower_both(s, end, 0.42, "home")


LEFT_STRETCHING = Action(
    name="left_stretching",
    caption="bends sideways to the left with the right arm arched over the head",
    wordings=(
        "stretches {possessive} right side, leaning over to the left with an arm overhead",
        "leans to the left and reaches over the head with the right arm",
    ),
    choreography=_left_stretching,
    phases=("raise", "bend", "hold", "rise", "lower"),
    params={
        "reps": Range(1, 2, whole=True),
        "bend_rad": Range(0.5, 0.75),
        "over": Range(0.25, 0.55),
        "head_rad": Range(0.05, 0.3),
        "bend_s": Range(0.8, 1.0),
        "hold_s": Range(0.3, 0.55),
        "up_s": Range(0.7, 0.9),
        "left_hand": Choice(("hip", "thigh"), (0.55, 0.45)),
        "right_hand": Choice(("flat", "relaxed"), (0.6, 0.4)),
        "stance": Range(1.2, 2.4),
    },
    aliases=("left side stretch", "left side bend", "side bend to the left", "stretching to the left"),
    tags=("sport", "exercise", "stretch"),
    acting=("right_hand",),
    mirror_keeps_class=False,
    taxonomy={"synapt150": "left_stretching"},
)


def _forward_flexion(s: Score) -> None:
    """Legs straight, arms up or ahead, then folded at the hips until the hands hang at the floor; a few bounces, and up."""
    stand_apart(s)
    down_s, up_s = s.number("down_s"), s.number("up_s")
    _keep_legs_straight(s)
    if s.option("start") == "arms up":
        with s.phase("raise", 0.8) as (_, end):
            for hand, late in both(s):
                ahead = of_length((0.1, 1.0, 0.0))
                hand.reach(end - 0.4 + late, 0.4, ahead, "away", fingers=ahead, effector="wrist")
                palm, fingers = (0.0, 1.0, 0.0), (0.0, 0.1, 1.0)
                hand.reach(end + late, 0.4, (0.12, 0.1, 1.08), "home", palm=palm, fingers=fingers, effector="wrist")
            s.trunk.to(end, 0.8, bend=-0.06)
    with s.phase("fold", down_s) as (start, end):
        s.mode.to(start + 0.4, 0.4, gaze=0.0)
        _folded(s, end, down_s, 1.0)
        for hand, late in both(s):
            if s.option("start") == "arms up":
                level = of_length((0.12, 1.0, 0.35))
                hand.reach(start + 0.45 * down_s + late, 0.45 * down_s, level, "away", fingers=level, effector="wrist")
            hand.fingers(end, 0.5, "flat")
            _to_the_floor(s, hand, end + late, 0.55 * down_s, s.number("gap_m"))
    with s.phase("stretch", s.number("bounce_s") * int(s.number("bounces"))) as (start, _):
        for k in range(int(s.number("bounces"))):
            at = start + k * s.number("bounce_s")
            _folded(s, at + 0.5 * s.number("bounce_s"), 0.45 * s.number("bounce_s"), 0.9)
            _folded(s, at + s.number("bounce_s"), 0.45 * s.number("bounce_s"), 1.02)
    with s.phase("rise", up_s) as (start, end):
        s.trunk.to(end, up_s, bend=0.0)
        s.pelvis.to(end, up_s, pitch=0.0, forward=0.0)
        s.head.to(end + 0.05, up_s, nod=0.0)
        s.mode.to(end, 0.5, gaze=1.0)
        lower_both(s, end, 0.8 * up_s)
    with s.phase("settle", 0.25):
        pass


def _keep_legs_straight(s: Score) -> None:
    """Lower the pelvis just as much as legs that slant back and a bowed pelvis ask for, so that no knee bends on the way."""
    forward, pitch, leg = s.pelvis.channels["forward"], s.pelvis.channels["pitch"], s.body.leg_m

    def height(times: Array) -> Array:
        back, bowed = LEANT_BACK * forward.at(times), pitch.at(times)
        hips = s.body.hip_below_pelvis_m * (1.0 - np.cos(bowed)) - s.body.hip_ahead_m * np.sin(bowed)
        return np.sqrt(leg**2 - back**2) - leg - hips

    s.pelvis.add("up", height)


def _folded(s: Score, end_s: float, duration_s: float, share: float) -> None:
    """Folded at the hips with the legs straight, the seat going back over the heels."""
    fold = share * s.number("fold_rad") * (0.5 + 0.5 * s.amplitude)
    s.pelvis.to(end_s, duration_s, pitch=0.66 * fold, forward=-0.115 * s.body.leg_m * fold)
    s.trunk.to(end_s + 0.03, duration_s, bend=0.40 * fold)
    s.head.to(end_s + 0.06, duration_s, nod=s.number("chin_rad"))


def _to_the_floor(s: Score, hand: Hand, end_s: float, duration_s: float, gap_m: float) -> None:
    """Fingertips towards the floor just ahead of the toes, as far as the arm goes."""
    at = (s.number("apart_m"), 0.62 * s.body.foot_m + s.number("ahead_m"), gap_m)
    hand.go(end_s, duration_s, "world", at, "home", palm=(0.0, -1.0, 0.0), fingers=(0.0, 0.12, -1.0), effector="middle_tip")


STRAIGHT_FORWARD_FLEXION = Action(
    name="straight_forward_flexion",
    caption="bends forward with straight legs and reaches both hands down to the floor",
    wordings=(
        "folds forward at the hips, legs straight, until both hands hang near the floor",
        "stretches the backs of the legs, bending down with straight knees and both arms reaching to the floor",
    ),
    choreography=_forward_flexion,
    phases=("raise", "fold", "stretch", "rise", "settle"),
    params={
        "start": Choice(("arms down", "arms up"), (0.5, 0.5)),
        "fold_rad": Range(1.75, 2.1),
        "down_s": Range(1.0, 1.3),
        "up_s": Range(1.0, 1.25),
        "bounces": Range(1, 2, whole=True),
        "bounce_s": Range(0.45, 0.65),
        "gap_m": Range(0.0, 0.12),
        "apart_m": Range(0.05, 0.16),
        "ahead_m": Range(0.0, 0.12),
        "chin_rad": Range(0.1, 0.35),
        "stance": Range(0.7, 1.6),
    },
    aliases=("forward bend", "forward fold", "standing forward bend", "straight forward bend", "standing forward fold"),
    tags=("sport", "exercise", "stretch"),
    taxonomy={"synapt150": "straight_forward_flexion"},
)
