"""Dancing low on bent knees, to a beat: hip hop."""

from __future__ import annotations

from ...motion.limbs import Foot, Hand
from ...motion.score import Score
from ..action import Action, Choice, Range
from ..poses import START_S, lasting
from .dances import BEFORE_S


def _hip_hop(s: Score) -> None:
    """Low on bent knees, dropping on each beat; steps out to a side and back; fists or open hands punch, sweep and cross."""
    duration, beat = lasting(s), s.number("beat_s")
    bounce = 0.065 * s.body.leg_m * s.number("bounce") * s.amplitude**0.5
    low, out = 0.09 * s.body.leg_m, 1.7 * s.body.stance_out_m
    for foot in (s.right_foot, s.left_foot):
        foot.place(START_S, 0.1, (out, 0.0), toe_out_rad=0.35)
    s.look(START_S, "world", (0.0, 3.0, 0.75 * s.body.eye_height_m))
    with s.throughout("dance", duration) as (start, end):
        at, k = start - BEFORE_S, 0
        while at < end + 1.0:
            side = 1.0 if k % 4 in (0, 1) else -1.0
            s.pelvis.to(at - 0.45 * beat, 0.45 * beat, up=-low)
            s.pelvis.to(at, 0.42 * beat, "accelerate", up=-low - 1.3 * bounce)
            _groove_step(s, k, at, beat, out)
            s.pelvis.to(at, 0.6 * beat, right=0.35 * out * side, pitch=0.14, yaw=0.25 * side * (1.0 if k % 2 else -0.4))
            s.trunk.to(at, 0.5 * beat, bend=0.26, twist=-0.30 * side, lean=0.10 * side)
            s.trunk.to(at + 0.45 * beat, 0.4 * beat, bend=0.06)
            s.head.to(at, 0.4 * beat, nod=0.20)
            s.head.to(at + 0.45 * beat, 0.4 * beat, nod=-0.06)
            for hand in (s.right, s.left):
                _groove_arm(
                    s,
                    hand,
                    (k + (0 if s.option("moves") == "punch" else 2)) % 8,
                    at + (0.0 if hand.side == "right" else 0.03),
                    beat,
                )
            at, k = at + beat, k + 1


def _groove_step(s: Score, k: int, at: float, beat: float, out: float) -> None:
    """On every second beat a foot: stamped out to its side, or drawn in and tapped."""
    foot: Foot = s.right_foot if k % 4 in (0, 1) else s.left_foot
    wide = 1.25 * out if k % 2 == 0 else 0.85 * out
    ahead = 0.12 * s.number("step") if k % 2 == 0 else 0.0
    foot.step(at, 0.55 * beat, (wide, ahead), toe_out_rad=0.4, lift_m=0.10 * s.number("step"))


def _groove_arm(s: Score, hand: Hand, figure: int, at: float, beat: float) -> None:
    """One of eight counts of arms: punches across and down, forearms crossed, elbows out, sweeps open."""
    lead = (hand.side == "right") == (figure % 4 < 2)
    if figure in (0, 2):
        place = (-0.15, 0.82, -0.18) if lead else (0.22, 0.10, -0.42)
    elif figure in (1, 3):
        place = (0.55, 0.40, -0.62) if lead else (0.22, 0.42, -0.20)
    elif figure in (4, 6):
        place = (-0.18, 0.52, 0.02) if lead else (-0.12, 0.48, -0.12)
    else:
        place = (0.72, 0.28, 0.10) if lead else (0.66, 0.25, -0.35)
    closed = figure in (0, 1, 2, 3)
    hand.fingers(at, 0.2, "fist" if closed else "flat")
    fingers = (-0.3, 0.9, 0.1) if closed else (-0.5, 0.3, 0.8) if figure in (4, 6) else (0.6, 0.6, 0.3)
    hand.reach(
        at,
        0.7 * beat,
        place,
        "swing",
        palm=(-0.4, 0.0, -0.9) if closed else (-0.3, 0.6, -0.5),
        fingers=fingers,
        elbow=(0.9, -0.2, -0.3),
    )


DANCING_HIP_HOP = Action(
    name="dancing_hip_hop",
    caption="dances hip hop",
    choreography=_hip_hop,
    phases=("dance",),
    params={
        "duration_s": Range(3.0, 4.8),
        "beat_s": Range(0.46, 0.62),
        "bounce": Range(0.7, 1.5),
        "step": Range(0.6, 1.4),
        "moves": Choice(("punch", "cross")),
    },
    wordings=("dances low on bent knees with sharp arm moves to the beat", "does hip hop moves"),
    aliases=("hip hop dancing", "hip hop", "street dance"),
    tags=("arts", "dance"),
)
