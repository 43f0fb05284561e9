"""Upside down: handstand, cartwheel and forward roll."""

from __future__ import annotations

import numpy as np

from ...motion.limbs import Foot, Hand
from ...motion.score import Score
from ..action import Action, Range
from ..poses import START_S, carry_over, pelvis_at

PALM_M = 0.015
"""How high the middle of a palm is that is planted on the floor."""


def upside_down_m(s: Score) -> float:
    """Height of the pelvis joint over straight arms."""
    return 0.05 + 0.985 * s.body.arm_m + (s.body.shoulder_height_m - s.body.pelvis_height_m) + 0.02


def planted(hand: Hand, end_s: float, duration_s: float, out_m: float, ahead_m: float, ease: str = "smooth") -> None:
    """A palm flat on the floor of the world, fingers ahead."""
    hand.go(end_s, duration_s, "world", (out_m, ahead_m, PALM_M), ease, palm=(0.0, 0.0, -1.0), fingers=(0.12, 1.0, 0.0),
            elbow=(0.5, -0.6, 0.2))  # fmt: skip
    hand.fingers(end_s, 0.6 * duration_s, "planted")


def _overhead(hand: Hand, end_s: float, duration_s: float) -> None:
    hand.reach(end_s, duration_s, (0.10, 0.12, 0.97), palm=(-0.2, 0.9, 0.2), fingers=(0.0, 0.1, 1.0))


def _swung(foot: Foot, end_s: float, duration_s: float, at: tuple[float, float, float], ease: str = "smooth") -> None:
    """A leg from the hip, in leg lengths of the pelvis' axes, toes pointed."""
    foot.reach(end_s, duration_s, at, ease, toes=(0.0, 0.45, -0.9), instep=(0.0, 0.9, 0.45), knee=(0.1, 1.0, 0.0))


def landed(foot: Foot, end_s: float, duration_s: float, at: tuple[float, float], toe_out_rad: float = 0.12) -> None:
    """A foot from the air onto the floor of the world, the last of its way straight down."""
    foot.place(end_s - 0.3 * duration_s, 0.7 * duration_s, at, height_m=0.10, toe_out_rad=toe_out_rad)
    foot.place(end_s, 0.4 * duration_s, at, toe_out_rad=toe_out_rad)


def _handstand(s: Score) -> None:
    """Arms up, a long step, hands to the floor, one leg after the other up over them; a still moment; down the way it went up."""
    leg, wide = s.body.leg_m, s.number("hands") * s.body.shoulder_half_m
    step = s.number("step") * leg
    hands_m = step + 0.50 * leg
    high = upside_down_m(s)
    s.look(START_S, "world", (0.0, hands_m, 0.0))
    with s.phase("prepare", 0.75) as (start, end):
        for hand, late in ((s.right, 0.0), (s.left, 0.04)):
            _overhead(hand, end - 0.1 + late, 0.6)
        s.mode.to(end, 0.3, balance=0.0)
    with s.phase("kick_up", s.number("kick_s") + 0.75) as (start, end):
        down = start + 0.75
        s.left_foot.step(start + 0.42, 0.40, (0.6 * s.body.stance_out_m, step), lift_m=0.08)
        pelvis_at(s, start + 0.48, 0.45, forward_m=0.75 * step, height_m=0.90 * s.body.pelvis_height_m, pitch=0.50)
        pelvis_at(s, down, 0.40, forward_m=step + 0.02 * leg, height_m=0.78 * s.body.pelvis_height_m, pitch=1.55)
        s.trunk.to(down, 0.5, bend=0.35)
        for hand, late in ((s.right, 0.0), (s.left, 0.03)):
            planted(hand, down + late, 0.42, wide, hands_m)
        s.right_foot.heel.to(start + 0.6, 0.2, 0.6)
        carry_over(s.right_foot, down + 0.05, 0.35, 0.10)
        _swung(s.right_foot, down + 0.05, 0.35, (0.05, -0.55, -0.80))
        s.mode.to(down, 0.3, gaze=0.0)
        _upright_down(s, end, end - down, hands_m, high)
        _swung(s.right_foot, end - 0.12, 0.75 * (end - down), (0.05, -0.05, -0.99))
        s.left_foot.heel.to(down + 0.1, 0.2, 0.6)
        carry_over(s.left_foot, down + 0.40, 0.30, 0.10)
        _swung(s.left_foot, down + 0.40, 0.30, (0.05, 0.45, -0.85))
        _swung(s.left_foot, end + 0.05, 0.40, (0.05, -0.02, -0.99))
    with s.phase("hold", s.number("hold_s")) as (start, end):
        sway = 0.05 * s.amplitude
        for foot, sign in ((s.right_foot, 1.0), (s.left_foot, -1.0)):
            _swung(foot, 0.5 * (start + end), 0.4, (0.05, sign * 0.06 * s.number("wobble"), -0.98))
        s.pelvis.to(0.5 * (start + end), 0.4, roll=0.4 * sway)
        s.pelvis.to(end, 0.4, roll=0.0)
    _come_down(s, step)


def _come_down(s: Score, step: float) -> None:
    """One leg, then the other to the floor again, the hands off it, and up."""
    leg = s.body.leg_m
    with s.phase("come_down", 1.1) as (start, end):
        _swung(s.left_foot, start + 0.45, 0.45, (0.05, 0.55, -0.80))
        _swung(s.right_foot, start + 0.45, 0.45, (0.05, -0.30, -0.93))
        pelvis_at(s, start + 0.70, 0.65, forward_m=step + 0.05 * leg, height_m=0.80 * s.body.pelvis_height_m, pitch=1.5)
        s.trunk.to(start + 0.75, 0.6, bend=0.35)
        s.left_foot.heel.to(start + 0.75, 0.3, 0.0)
        landed(s.left_foot, start + 0.74, 0.38, (0.8 * s.body.stance_out_m, step))
        s.right_foot.heel.to(start + 0.9, 0.3, 0.0)
        landed(s.right_foot, start + 1.04, 0.50, (s.body.stance_out_m, step - 0.22 * leg))
    with s.phase("stand", 0.95) as (start, end):
        s.mode.to(start + 0.4, 0.4, gaze=1.0)
        s.mode.to(end, 0.5, balance=1.0)
        s.look_ahead(end)
        s.head.to(start + 0.4, 0.4, nod=0.0)
        for hand, late in ((s.right, 0.05), (s.left, 0.0)):
            hand.rest(start + 0.65 + late, 0.65)
            hand.fingers(start + 0.5, 0.4, "relaxed")
        s.trunk.to(start + 0.7, 0.65, bend=0.0)
        pelvis_at(s, start + 0.7, 0.7, forward_m=step - 0.05 * leg, height_m=0.99 * s.body.pelvis_height_m, pitch=0.0)
        s.right_foot.step(end, 0.35, (s.body.stance_out_m, step), lift_m=0.05)
        s.pelvis.to(end + 0.1, 0.4, forward=step, up=0.0)


def _upright_down(s: Score, end_s: float, duration_s: float, hands_m: float, high_m: float) -> None:
    """The pelvis over the hands, head down, back straight."""
    pelvis_at(s, end_s, duration_s, forward_m=hands_m, height_m=high_m, pitch=np.pi)
    s.trunk.to(end_s, 0.8 * duration_s, bend=-0.06)
    s.head.to(end_s, 0.6 * duration_s, nod=-0.45)


HANDSTAND = Action(
    name="handstand",
    caption="does a handstand",
    wordings=("kicks up into a handstand and comes down again", "stands on {possessive} hands for a moment"),
    choreography=_handstand,
    phases=("prepare", "kick_up", "hold", "come_down", "stand"),
    params={
        "step": Range(0.45, 0.70),
        "hands": Range(0.95, 1.3),
        "kick_s": Range(0.65, 0.90),
        "hold_s": Range(0.7, 1.6),
        "wobble": Range(0.0, 1.5),
    },
    aliases=("handstanding", "standing on the hands", "doing a handstand"),
    tags=("sport", "exercise"),
    taxonomy={"hmdb51": "handstand"},
)


def _cartwheel(s: Score) -> None:
    """Sideways over the left hand, the right hand, the right foot and the left one, legs apart in the air."""
    leg, out = s.body.leg_m, s.body.stance_out_m
    high = upside_down_m(s) - 0.02
    spread, wheel = s.number("spread"), s.number("wheel_s")
    near = -(out + s.number("reach") * leg)
    far = near - 1.5 * s.body.shoulder_half_m
    middle = 0.5 * (near + far)
    end_left = 2.0 * middle + 0.1 * leg
    s.look(START_S, "world", (-2.0, 0.4, 0.6))
    with s.phase("prepare", s.number("wait_s")) as (start, end):
        for hand, late in ((s.right, 0.0), (s.left, 0.04)):
            hand.reach(
                end - 0.15 + late, 0.55, (s.number("arms_out"), 0.10, 0.85), palm=(-0.2, 0.9, 0.2), fingers=(0.2, 0.1, 1.0)
            )
            hand.fingers(end, 0.4, "flat")
        s.left_foot.step(end + 0.08, 0.42, (out + 0.18 * leg, 0.0), toe_out_rad=1.0, lift_m=0.10)
        s.pelvis.to(end, 0.5, right=0.04)
        s.mode.to(end, 0.3, balance=0.0, gaze=0.0)
    with s.phase("wheel", wheel) as (start, end):
        at = [start + share * wheel for share in (0.27, 0.40, 0.50, 0.74, 0.92)]
        tall = s.body.pelvis_height_m
        for time, took, right, height, roll in (
            (at[0], 0.30 * wheel, -0.30 * leg - out, 0.78 * tall, 1.15), (at[2], 0.25 * wheel, middle, high, np.pi),
            (at[3] + 0.04, 0.28 * wheel, 2.0 * middle + 0.45 * leg + out, 0.80 * tall, 2.0 * np.pi - 1.15),
            (end + 0.05, 0.28 * wheel, end_left - 0.1 * leg, 0.98 * tall, 2.0 * np.pi),
        ):  # fmt: skip
            pelvis_at(s, time, took, "linear" if time in (at[2],) else "smooth", height_m=height, right=right, roll=-roll)
        _wheel_hands(s, at, near, far, wheel)
        _wheel_feet(s, at, end, wheel, spread, end_left)
        s.head.to(at[1], 0.3, nod=-0.30)
    with s.phase("stand", 1.0) as (start, end):
        s.head.to(start + 0.3, 0.3, nod=0.0)
        s.mode.to(end - 0.2, 0.5, balance=1.0, gaze=1.0)
        s.look_ahead(end)
        for hand, late in ((s.right, 0.05), (s.left, 0.0)):
            hand.rest(start + 0.7 + late, 0.6)
            hand.fingers(end, 0.4, "relaxed")
        s.right_foot.step(end, 0.40, (end_left + 2.0 * out, 0.0), lift_m=0.05)
        s.left_foot.step(start + 0.45, 0.35, (-end_left, 0.0), lift_m=0.05)
        s.pelvis.to(end, 0.6, right=end_left + out, up=0.0)


def _wheel_hands(s: Score, at: list[float], near: float, far: float, wheel: float) -> None:
    """Left, then right on the floor, fingers pointing back where one came from; off again in the same order."""
    for hand, point, down, up in ((s.left, -near, at[0], at[3]), (s.right, far, at[1], at[4])):
        sign = 1.0 if hand is s.left else -1.0
        hand.go(down, 0.22 * wheel, "world", (point, 0.0, 2.5 * PALM_M), palm=(0.0, 0.0, -1.0), fingers=(sign * 0.6, 0.8, 0.0))
        hand.fingers(down, 0.15, "planted")
        hand.go(
            up - 0.16 * wheel, 0.01, "world", (point, 0.0, 2.5 * PALM_M), palm=(0.0, 0.0, -1.0), fingers=(sign * 0.6, 0.8, 0.0)
        )
        hand.reach(up + 0.08, 0.24 * wheel, (0.55, 0.10, 0.75), palm=(0.0, 0.9, -0.2), fingers=(0.5, 0.1, 0.8))


def _wheel_feet(s: Score, at: list[float], end: float, wheel: float, spread: float, end_left: float) -> None:
    """The right leg swings up first, then the left; the right one comes down first."""
    out = s.body.stance_out_m
    wide = (0.62 * spread, 0.03, -0.76)
    s.right_foot.heel.to(at[0] - 0.1, 0.2, 0.5)
    carry_over(s.right_foot, at[0] + 0.05, 0.30 * wheel, 0.12)
    _swung(s.right_foot, at[0] + 0.05, 0.30 * wheel, (0.50 * spread, -0.05, -0.85))
    _swung(s.right_foot, at[2], 0.20 * wheel, wide)
    s.left_foot.heel.to(at[1] - 0.05, 0.2, 0.6)
    carry_over(s.left_foot, at[2] + 0.02, 0.22 * wheel, 0.12)
    _swung(s.left_foot, at[2] + 0.02, 0.22 * wheel, wide)
    s.right_foot.heel.to(at[3], 0.2, 0.0)
    landed(s.right_foot, at[3] + 0.07, 0.32 * wheel, (end_left + 0.62 * s.body.leg_m, 0.0), 0.3)
    _swung(s.left_foot, at[3] + 0.05, 0.2 * wheel, (0.60 * spread, 0.02, -0.78))
    s.left_foot.heel.to(end, 0.2, 0.0)
    landed(s.left_foot, end + 0.10, 0.26 * wheel, (-(end_left - 0.9 * out), 0.0), 0.3)


CARTWHEEL = Action(
    name="cartwheel",
    caption="turns a cartwheel",
    wordings=("does a cartwheel", "goes sideways over {possessive} hands in a cartwheel"),
    choreography=_cartwheel,
    phases=("prepare", "wheel", "stand"),
    params={
        "wheel_s": Range(1.75, 2.15),
        "spread": Range(0.8, 1.2),
        "wait_s": Range(0.65, 1.0),
        "reach": Range(0.42, 0.58),
        "arms_out": Range(0.15, 0.60),
    },
    aliases=("cartwheeling", "turning cartwheels"),
    tags=("sport", "exercise"),
    taxonomy={"hmdb51": "cartwheel"},
)
