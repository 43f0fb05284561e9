"""Stretching before sport: two stretches one after the other, of the trunk and of a leg."""

from __future__ import annotations

from ...motion.score import Score
from ..action import Action, Choice, Range
from ..poses import carry_over, free_hand
from .moves import both, lower_both, of_length


def _sides(s: Score) -> None:
    """Both arms up, wide, the trunk leaning over to one side and to the other."""
    beat, lean = s.number("beat_s"), s.number("reach_rad") * s.amplitude
    for hand, late in both(s):
        side = of_length((0.98, 0.15, 0.05))
        hand.reach(s.now + 0.4 + late, 0.4, side, "away", fingers=side, effector="wrist")
        hand.reach(s.now + 0.8 + late, 0.42, (0.12, 0.06, 1.12), "home", palm=(-1.0, 0.2, 0.0), effector="wrist")
        hand.fingers(s.now + 0.8, 0.5, "flat")
    start = s.now + 0.5
    for k, share in enumerate((1.0, -1.0, 0.0)):
        s.trunk.to(start + (k + 1) * beat, beat, lean=lean * share)
        s.pelvis.to(start + (k + 1) * beat, beat, right=-0.09 * s.body.leg_m * lean * share)
        s.head.to(start + (k + 1) * beat, beat, tilt=0.3 * lean * share)
    s.trunk.to(start + 0.3, 0.6, bend=-0.10)
    s.trunk.to(start + 3.0 * beat, 0.6, bend=0.0)


def _twists(s: Score) -> None:
    """Bent arms at chest height swing round with the trunk, to one side and to the other."""
    beat, twist = s.number("beat_s"), 1.2 * s.number("reach_rad") * s.amplitude
    for hand, late in both(s):
        at = (0.05, 0.48, -0.08)
        hand.reach(s.now + 0.7 + late, 0.7, at, palm=(0.0, 0.0, -1.0), fingers=(-0.9, 0.4, 0.0), elbow=(1.0, -0.1, -0.1))
    start = s.now + 0.5
    for k, share in enumerate((1.0, -1.0, 0.0)):
        s.trunk.to(start + (k + 1) * beat, beat, twist=0.75 * twist * share)
        s.pelvis.to(start + (k + 1) * beat - 0.05, beat, yaw=0.35 * twist * share)


def _thigh(s: Score) -> None:
    """On the left leg; the right foot is taken behind the seat by the right hand and drawn up."""
    leg, hold = s.body.leg_m, s.number("hold_s")
    up, back = s.now + 0.85, s.now + 0.95 + hold
    ankle = (0.0, -0.34, -0.28)
    s.pelvis.to(up - 0.35, 0.5, right=-s.body.stance_out_m, roll=-0.03)
    carry_over(s.right_foot, up, 0.6, 0.02)
    s.right_foot.reach(up, 0.6, ankle, knee=(0.05, 0.55, -0.85))
    side = (s.body.waist_half_m + 0.14 - s.body.hip_half_m, -0.1, 0.0)
    s.right.go(up - 0.35, 0.45, "hip", side, "away", palm=(-0.6, 0.5, -0.2), fingers=(0.0, -0.5, -0.8), elbow=(0.7, -0.7, 0.0))
    at = (0.055, ankle[1] * leg - 0.05, ankle[2] * leg + 0.045)
    palm, fingers, elbow = (-0.8, 0.5, 0.1), (-0.1, -0.5, -0.8), (0.6, -0.9, 0.0)
    s.right.go(up + 0.05, 0.4, "hip", at, "home", palm=palm, fingers=fingers, elbow=elbow)
    s.right.fingers(up + 0.05, 0.3, "grip")
    if s.option("balance") == "arm out":
        way = of_length((1.0, 0.3, 0.0))
        s.left.reach(up, 0.7, way, fingers=way, effector="wrist")
    else:
        free_hand(s, s.left, "hip", up)
    s.trunk.to(up, 0.6, bend=0.04)
    s.right_foot.place(back + 0.4, 0.6, (s.body.stance_out_m, 0.0))
    s.pelvis.to(back + 0.5, 0.6, right=0.0, roll=0.0)
    s.right.go(back + 0.1, 0.35, "hip", side, "away", palm=(-0.9, 0.2, 0.0), fingers=(0.0, -0.2, -1.0), elbow=(0.7, -0.7, 0.0))


def _lunge(s: Score) -> None:
    """A long step ahead with the right foot, hands on that thigh, sinking a little, and back."""
    leg, hold = s.body.leg_m, s.number("hold_s")
    far, down, back = (0.62 + 0.15 * s.number("reach_rad")) * leg, s.now + 0.9, s.now + 1.0 + hold
    out = 1.2 * s.body.stance_out_m
    s.right_foot.step(s.now + 0.6, 0.5, (out, far), lift_m=0.07)
    s.pelvis.to(down, 0.8, forward=0.52 * far, up=-0.15 * leg)
    s.pelvis.to(down + 0.5 * hold, 0.5 * hold, up=-0.21 * leg)
    s.left_foot.heel.to(down, 0.6, 0.5)
    s.trunk.to(down, 0.8, bend=0.12)
    for hand, late in both(s):
        # One beside the other on the right thigh, which is across the midline for the left hand.
        x = out + 0.03 if hand is s.right else -out + 0.06
        at = (x, far - 0.08, s.body.knee_height_m + s.body.knee_radius_m + 0.06)
        hand.go(down + late, 0.7, "world", at, palm=(0.0, -0.1, -1.0), fingers=(-0.2, 1.0, -0.1), elbow=(0.8, -0.6, 0.1))
    s.pelvis.to(back + 0.45, 0.7, forward=0.0, up=0.0)
    s.left_foot.heel.to(back + 0.3, 0.5, 0.0)
    s.right_foot.step(back + 0.4, 0.5, (s.body.stance_out_m, 0.0), lift_m=0.07)
    s.trunk.to(back + 0.4, 0.6, bend=0.0)


def _stretching(s: Score) -> None:
    """First the trunk, then a leg."""
    with s.phase("trunk", 0.6 + 3.0 * s.number("beat_s")) as (start, end):
        s.look_ahead(start + 0.3)
        {"sides": _sides, "twists": _twists}[s.option("first")](s)
        for hand, late in both(s):
            before = (0.45, 0.75, -0.2) if s.option("first") == "twists" else of_length((0.98, 0.15, 0.0))
            hand.reach(end - 0.25 + late, 0.45, before, "away", effector="wrist")
    lower_both(s, s.now + 0.15, 0.45, "home")
    with s.phase("leg", 1.45 + s.number("hold_s")):
        {"thigh": _thigh, "lunge": _lunge}[s.option("second")](s)
    with s.phase("settle", 0.35) as (_, end):
        lower_both(s, end, 0.6)


STRETCHING = Action(
    name="stretching",
    caption="stretches before exercising, the trunk first and then a leg",
    wordings=("warms up with a stretch of the trunk and one of a leg", "does some stretching"),
    choreography=_stretching,
    phases=("trunk", "leg", "settle"),
    params={
        "first": Choice(("sides", "twists"), (0.75, 0.25)),
        "second": Choice(("thigh", "lunge"), (0.5, 0.5)),
        "beat_s": Range(0.72, 0.9),
        "reach_rad": Range(0.45, 0.6),
        "hold_s": Range(0.6, 1.1),
        "balance": Choice(("arm out", "hip"), (0.6, 0.4)),
    },
    aliases=("stretch", "warming up", "warm-up", "doing stretches", "stretching exercise"),
    tags=("sport", "exercise", "stretch"),
)
