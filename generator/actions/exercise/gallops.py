"""Getting along by small jumps: galloping sideways, and jumping along or on the spot with both feet together."""

from __future__ import annotations

from ...motion.jump import Hop, Through, leap
from ...motion.limbs import Hand
from ...motion.score import Score
from ...motion.target import Vector
from ..action import Action, Choice, Range
from ..poses import free_hand
from .bouncing import bounce, in_the_air, spring, stand_at
from .lifting import both_rest


def _arms(s: Score, hand: Hand, end: float, duration: float, up: float) -> None:
    """On the hips, hanging a little bent, or out to the sides; they rise a little with every jump (`up` 1)."""
    how, late = s.option("arms"), 0.02 * (hand.side == "left")
    if how == "hips":
        if up == 0.0:
            free_hand(s, hand, "hip", end, duration)
        return
    out: Vector = (0.78, 0.2, -0.48 + 0.35 * up)
    low: Vector = (0.25, 0.18 + 0.25 * up, -0.80 + 0.30 * up)
    hand.reach(end + late, duration, out if how == "out" else low, effector="wrist")


def _gallop(s: Score) -> None:
    """The right foot steps out to the side, both leave the floor, the left foot lands where the right one was; and on."""
    steps, cycle, air = int(s.number("steps")), s.number("cycle_s"), s.real(s.number("air_s"))
    stride = s.number("stride") * s.body.leg_m * s.amplitude**0.3
    out = s.body.stance_out_m
    begin = -0.5 * stride * steps
    for name in ("balance", "reach"):
        s.mode.channels[name].base = 0.0
    s.travel.channels["right"].base = begin
    stand_at(s.right_foot, (begin + out, 0.0))
    stand_at(s.left_foot, (out - begin, 0.0))
    with s.phase("set", 0.5) as (_, end):
        for hand in (s.right, s.left):
            _arms(s, hand, end, 0.45, 0.0)
        s.look(end, "travel", (1.2, 3.0, s.body.eye_height_m))
        s.pelvis.to(end, 0.4, pitch=0.06)
    first = s.now + 0.30
    leaves = [first + k * cycle for k in range(steps)]
    lands = [leave + air for leave in leaves]
    bounce(s, leaves, lands, tiptoe_m=0.02 * s.body.leg_m, sink_m=0.06 * s.body.leg_m)
    going = [(leaves[0] - 0.28, begin, 0.0), (leaves[0], begin + 0.35 * stride, stride / cycle)]
    going += [(lands[-1], begin + stride * (steps - 0.3), stride / cycle), (lands[-1] + 0.45, begin + stride * steps, 0.0)]
    knots = [(time, place - begin, rate) for time, place, rate in going]
    s.travel.add("right", Through(knots))
    s.right_foot.step(leaves[0] - 0.06, 0.22, (begin + out + 0.75 * stride, 0.0), lift_m=0.05)
    with s.phase("gallop", lands[-1] + 0.3 - s.now):
        for k, (leave, land) in enumerate(zip(leaves, lands, strict=True)):
            at = begin + (k + 1) * stride
            spring(s, s.left_foot, leave, land, (out - at, 0.0), tuck=0.06, lift_m=0.06)
            ahead = 0.0 if k == steps - 1 else 0.75 * stride
            lead = land + 0.40 * (cycle - air)
            s.right_foot.heel.to(leave + 0.02, 0.12, 0.5)
            s.right_foot.heel.to(lead, 0.8 * (lead - leave), 0.1)
            s.right_foot.step(lead, lead - leave, (at + out + ahead, 0.0), lift_m=0.07)
            s.contact("right_ball", "floor", lead + 0.03, lead + 0.1)
            s.trunk.to(land, 0.2, lean=0.05, bend=0.05)
            s.trunk.to(leave + cycle - 0.05, 0.2, lean=-0.02, bend=0.09)
            for hand in (s.right, s.left):
                _arms(s, hand, leave + 0.6 * air, 0.2, s.number("arms_up"))
                _arms(s, hand, leave + 0.5 * cycle + air, 0.22, 0.04)
    with s.phase("stop", 0.6) as (start, end):
        s.mode.to(end, 0.4, balance=1.0)
        s.right_foot.heel.to(start + 0.1, 0.2, 0.0)
        s.pelvis.to(end, 0.4, pitch=0.0)
        s.trunk.to(end, 0.4, lean=0.0, bend=0.0)
        s.look_ahead(end)
        both_rest(s, end - 0.06, 0.5)


SIDE_GALLOP = Action(
    name="side_gallop",
    caption="gallops sideways",
    choreography=_gallop,
    phases=("set", "gallop", "stop"),
    params={
        "steps": Range(4, 6, whole=True),
        "cycle_s": Range(0.46, 0.58),
        "air_s": Range(0.12, 0.17),
        "stride": Range(0.45, 0.65),
        "arms_up": Range(0.2, 1.0),
        "arms": Choice(("low", "out", "hips"), (0.45, 0.35, 0.2)),
    },
    wordings=("skips along sideways, one foot leading and the other closing up",),
    aliases=("side shuffle", "galloping sideways", "sideways gallop", "side skip", "gallop sideways"),
    tags=("locomotion", "legs", "exercise"),
    taxonomy={"weizmann": "side"},
)


def _jump_along(s: Score) -> None:
    """Jump after jump with both feet together, ahead or on the spot, landing softly."""
    jumps, ground = int(s.number("jumps")), s.number("ground_s")
    air = in_the_air(s, s.number("rise_m") * s.amplitude)
    stride = s.number("stride") * s.body.leg_m if "stride" in s.spec.params else 0.0
    out, begin = 0.9 * s.body.stance_out_m, -0.5 * stride * jumps
    s.mode.channels["balance"].base = 0.0
    s.travel.channels["forward"].base = begin
    for foot in (s.right_foot, s.left_foot):
        stand_at(foot, (out, begin))
    with s.phase("set", 0.5) as (_, end):
        for hand in (s.right, s.left):
            _arms(s, hand, end, 0.45, 0.0)
    leaves = [s.now + 0.2 + k * (air + ground) for k in range(jumps)]
    lands = [leave + air for leave in leaves]
    bounce(s, leaves, lands, tiptoe_m=0.045 * s.body.leg_m, sink_m=s.number("sink") * s.body.leg_m)
    with s.phase("jump", lands[-1] + 0.25 - s.now):
        for k, (leave, land) in enumerate(zip(leaves, lands, strict=True)):
            for foot, late in ((s.right_foot, 0.0), (s.left_foot, 0.014)):
                spring(s, foot, leave, land, (out, begin + (k + 1) * stride), late_s=late, lift_m=0.03 if stride else 0.0)
            if stride:
                leap(s, Hop(leave - 0.3, leave - 0.5 * ground, leave, land, land + 0.5 * ground, land + ground), stride)
            s.pelvis.to(leave, 0.2, pitch=0.03 + 0.15 * stride)
            s.pelvis.to(land + 0.5 * ground, 0.22, pitch=0.14 + 0.12 * stride)
            s.trunk.to(land + 0.5 * ground, 0.22, bend=0.12)
            s.trunk.to(leave, 0.22, bend=-0.02)
            for hand in (s.right, s.left):
                _arms(s, hand, leave + 0.4 * air, 0.26, s.number("arms_up"))
                _arms(s, hand, land + 0.5 * ground, 0.26, -0.1)
    with s.phase("stop", 0.65) as (start, end):
        s.mode.to(end, 0.4, balance=1.0)
        s.pelvis.to(start + 0.4, 0.4, pitch=0.0)
        s.trunk.to(start + 0.4, 0.4, bend=0.0)
        for foot in (s.right_foot, s.left_foot):
            foot.heel.to(start + 0.1, 0.2, 0.0)
        both_rest(s, end - 0.06, 0.5)


JUMP_FORWARD = Action(
    name="jump_forward",
    caption="jumps along with both feet together",
    choreography=_jump_along,
    phases=("set", "jump", "stop"),
    params={
        "jumps": Range(3, 5, whole=True),
        "rise_m": Range(0.06, 0.12),
        "ground_s": Range(0.28, 0.36),
        "stride": Range(0.70, 1.0),
        "sink": Range(0.08, 0.14),
        "arms_up": Range(0.3, 1.0),
        "arms": Choice(("low", "out", "hips"), (0.6, 0.2, 0.2)),
    },
    wordings=("moves ahead in a row of two-footed jumps",),
    aliases=("jumping forward", "two-legged jumping", "jump along", "bunny hops"),
    tags=("locomotion", "legs", "exercise"),
    taxonomy={"weizmann": "jump"},
)

JUMP_IN_PLACE = Action(
    name="jump_in_place",
    caption="jumps up and down on the spot with the arms low",
    choreography=_jump_along,
    phases=("set", "jump", "stop"),
    params={
        "jumps": Range(4, 6, whole=True),
        "rise_m": Range(0.05, 0.12),
        "ground_s": Range(0.24, 0.34),
        "sink": Range(0.06, 0.12),
        "arms_up": Range(0.0, 0.6),
        "arms": Choice(("low", "hips"), (0.65, 0.35)),
    },
    wordings=("bounces on both feet without leaving the place",),
    aliases=("jumping in place", "jumping on the spot", "bouncing on the spot"),
    tags=("legs", "exercise"),
    taxonomy={"weizmann": "pjump"},
)
