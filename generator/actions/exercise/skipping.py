"""Skipping along, as children do: a step and a hop on one foot, a step and a hop on the other."""

from __future__ import annotations

from ...motion.jump import Through
from ...motion.limbs import Foot
from ...motion.score import Score
from ..action import Action, Choice, Range
from .bouncing import bounce, in_the_air, spring, stand_at
from .lifting import both_rest, lifted


def _skip(s: Score) -> None:
    """Hop after hop ahead, each on the other foot, the free knee flung up and the arms swinging against the legs."""
    hops, ground = int(s.number("hops")), s.number("ground_s")
    air = in_the_air(s, s.number("rise_m") * s.amplitude)
    beat, stride = air + ground, s.number("stride") * s.body.leg_m
    out, hop_m = 0.6 * s.body.stance_out_m, s.number("stride") * s.body.leg_m * (0.05 + air / (air + ground))
    begin = -0.5 * stride * hops
    s.mode.channels["balance"].base = 0.0
    s.travel.channels["forward"].base = begin
    for foot in (s.right_foot, s.left_foot):
        stand_at(foot, (s.body.stance_out_m, begin))
    first = s.now + 0.85
    leaves = [first + k * beat for k in range(hops)]
    lands = [leave + air for leave in leaves]
    bounce(s, leaves, lands, tiptoe_m=0.04 * s.body.leg_m, sink_m=0.06 * s.body.leg_m)
    speed = stride / beat
    s.travel.add("forward", Through([(first - 0.35, 0.0, 0.0), (first, 0.14 * stride, speed),
                                     (lands[-1], 0.14 * stride + speed * (lands[-1] - first), 0.8 * speed),
                                     (lands[-1] + 0.5, (hops - 1) * stride + hop_m + 0.10 * stride, 0.0)]))  # fmt: skip
    with s.phase("set", 0.5) as (_, end):
        s.look(end, "travel", (0.0, 4.0, s.body.eye_height_m))
    with s.phase("skip", lands[-1] + 0.15 - s.now):
        for k, (leave, land) in enumerate(zip(leaves, lands, strict=True)):
            on, free = (s.right_foot, s.left_foot) if k % 2 == 0 else (s.left_foot, s.right_foot)
            at = begin + k * stride
            spring(s, on, leave, land, (out, at + hop_m), tuck=0.04, lift_m=0.03)
            _knee_up(s, free, leave + 0.35 * air, 0.30 + 0.25 * ground)
            _arms(s, on.side, leave + 0.4 * air, 0.75 * beat)
            side = 1.0 if on is s.right_foot else -1.0
            s.pelvis.to(leave + 0.4 * air, 0.3, roll=0.05 * side, pitch=0.06, yaw=0.10 * side)
            s.trunk.to(leave + 0.4 * air, 0.3, twist=-0.16 * side, bend=0.02)
            s.trunk.to(land + 0.5 * ground, 0.2, bend=0.10)
            if k < hops - 1:
                free.heel.to(land + 0.5 * ground, 0.2, 0.1)
                free.place(land + 0.62 * ground, 0.24, (out, at + stride), toe_out_rad=0.08)
    with s.phase("stop", 0.9) as (start, end):
        on, free = (s.left_foot, s.right_foot) if hops % 2 == 0 else (s.right_foot, s.left_foot)
        free.heel.to(start + 0.35, 0.3, 0.0)
        free.place(start + 0.38, 0.38, (s.body.stance_out_m, begin + (hops - 1) * stride + hop_m + 0.12 * stride))
        on.step(start + 0.75, 0.3, (s.body.stance_out_m, begin + (hops - 1) * stride + hop_m + 0.12 * stride), lift_m=0.05)
        s.pelvis.to(end - 0.2, 0.5, roll=0.0, pitch=0.0, yaw=0.0)
        s.trunk.to(end - 0.2, 0.5, twist=0.0, bend=0.0)
        s.look_ahead(end)
        both_rest(s, end - 0.06, 0.7)


def _knee_up(s: Score, foot: Foot, end_s: float, duration_s: float) -> None:
    """The free leg flung up ahead, its shin hanging."""
    foot.heel.to(end_s - 0.6 * duration_s, 0.15, 0.5)
    foot.heel.to(end_s, 0.15, 0.0)
    foot.reach(end_s, duration_s, lifted(s, s.number("knee_rad") * min(s.amplitude, 1.1), 1.45, 0.03), knee=(0.1, 1.0, 0.2))


def _arms(s: Score, on: str, end_s: float, duration_s: float) -> None:
    """The arm on the hopping side comes ahead, the other goes back; or both are held out."""
    high = s.number("arms_up")
    for hand in (s.right, s.left):
        ahead = hand.side == on
        if s.option("arms") == "out":
            at = (0.85, 0.15 if ahead else -0.1, -0.25 + 0.3 * high + (0.12 if ahead else 0.0))
        else:
            at = (0.12, 0.62, -0.55 + 0.5 * high) if ahead else (0.22, -0.42, -0.80)
        hand.reach(end_s + 0.03, duration_s, at, "swing", effector="wrist")


SKIP = Action(
    name="skip",
    caption="skips along, hopping on one foot and then the other",
    wordings=("skips forward like a child, a step and a hop on each foot", "goes along in skips, the knees flung up in turn"),
    choreography=_skip,
    phases=("set", "skip", "stop"),
    params={
        "hops": Range(4, 5, whole=True),
        "rise_m": Range(0.09, 0.16),
        "ground_s": Range(0.32, 0.42),
        "stride": Range(0.75, 1.05),
        "knee_rad": Range(1.0, 1.45),
        "arms": Choice(("swing", "out"), (0.92, 0.08)),
        "arms_up": Range(0.0, 1.0),
    },
    aliases=("skipping along", "skipping forward", "skip along"),
    tags=("locomotion", "legs", "dynamic"),
    taxonomy={"weizmann": "skip"},
)
