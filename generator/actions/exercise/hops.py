"""Small jumps on the spot: with raised hands on both legs, and on one leg from side to side or ahead."""

from __future__ import annotations

from ...motion.jump import Hop, leap
from ...motion.limbs import Hand
from ...motion.score import Score
from ...motion.target import Vector
from ..action import Action, Choice, Range
from ..poses import free_hand
from .bouncing import bounce, in_the_air, spring, stand_at
from .lifting import both_rest, lifted


def _jump_with_hands_up(s: Score) -> None:
    """Jumps on the spot one after the other, both feet together; the hands are overhead at each, or all the time."""
    jumps, ground = int(s.number("jumps")), s.number("ground_s")
    air = in_the_air(s, s.number("rise_m") * s.amplitude)
    out = s.body.stance_out_m * s.number("width")
    held = s.option("hands_up") == "held"
    s.mode.channels["balance"].base = 0.0
    for foot in (s.right_foot, s.left_foot):
        stand_at(foot, (out, 0.0))
    with s.phase("set", 0.6 if held else 0.5) as (_, end):
        s.look(end, "world", (0.0, 4.0, 1.1 * s.body.eye_height_m))
        for hand in (s.right, s.left):
            if held:
                _up(s, hand, end, 0.55)
            else:
                hand.reach(end, 0.4, (0.22, -0.30, -0.85), effector="wrist")
            hand.fingers(end, 0.4, "fist" if s.option("fingers") == "fists" else "flat")
    leaves = [s.now + 0.2 + k * (air + ground) for k in range(jumps)]
    lands = [leave + air for leave in leaves]
    bounce(s, leaves, lands, tiptoe_m=0.045 * s.body.leg_m, sink_m=s.number("sink") * s.body.leg_m)
    with s.phase("jump", lands[-1] + 0.25 - s.now):
        for k, (leave, land) in enumerate(zip(leaves, lands, strict=True)):
            for foot, late in ((s.right_foot, 0.0), (s.left_foot, 0.014)):
                spring(s, foot, leave, land, (out, 0.0), late_s=late)
            s.trunk.to(leave, 0.2, bend=-0.05)
            s.trunk.to(land + 0.5 * ground, 0.25, bend=0.12)
            s.pelvis.to(leave, 0.2, pitch=0.0)
            s.pelvis.to(land + 0.5 * ground, 0.22, pitch=0.13)
            if not held:
                for hand in (s.right, s.left):
                    half = 0.5 * (air + ground)
                    up = leave + 0.45 * air + 0.02 * (hand.side == "left")
                    _up(s, hand, up, half, from_below=k == 0)
                    if k < jumps - 1:
                        hand.reach(up + half, half, (0.30, 0.60, 0.05), "swing", effector="wrist")
    with s.phase("stop", 0.7) as (start, end):
        s.trunk.to(start + 0.4, 0.4, bend=0.0)
        s.pelvis.to(start + 0.4, 0.4, pitch=0.0)
        for foot in (s.right_foot, s.left_foot):
            foot.heel.to(start + 0.1, 0.2, 0.0)
        s.look_ahead(end)
        both_rest(s, end - 0.06, 0.6)


def _up(s: Score, hand: Hand, end: float, duration: float, *, from_below: bool = True) -> None:
    """A hand overhead: through what is ahead where it comes from below."""
    spread = s.number("spread")
    top: Vector = (spread, 0.08, 0.96 - 0.3 * spread)
    if from_below:
        duration = max(duration, 0.5)
        hand.reach(end - 0.45 * duration, 0.55 * duration, (0.25, 0.88, 0.0), "away", effector="wrist")
        duration *= 0.45
    ease = "home" if from_below else "swing"
    hand.reach(end, duration, top, ease, palm=(-0.3, 0.95, 0.0), fingers=(0.2 * spread, 0.0, 1.0), effector="wrist")


RAISING_HAND_AND_JUMPING = Action(
    name="raising_hand_and_jumping",
    caption="jumps on the spot again and again with {possessive} hands raised",
    choreography=_jump_with_hands_up,
    phases=("set", "jump", "stop"),
    params={
        "jumps": Range(4, 5, whole=True),
        "rise_m": Range(0.10, 0.18),
        "ground_s": Range(0.30, 0.40),
        "sink": Range(0.07, 0.13),
        "spread": Range(0.05, 0.22),
        "width": Range(0.8, 1.5),
        "hands_up": Choice(("each", "held"), (0.3, 0.7)),
        "fingers": Choice(("flat", "fists"), (0.9, 0.1)),
    },
    wordings=("keeps jumping up and down, arms up in the air",),
    aliases=("raising hands and jumping", "jumping with raised hands", "raise hands and jump"),
    tags=("exercise", "legs", "arms"),
    taxonomy={"synapt150": "raising_hand_and_jumping"},
)


def _lift_other_leg(s: Score, end: float, duration: float) -> None:
    """The weight goes over the right leg; the left one hangs bent, behind or in front."""
    thigh, shin = (0.15, 1.35) if s.option("free_leg") == "behind" else (0.95, 0.75)
    s.left_foot.heel.to(end - 0.5 * duration, 0.4 * duration, 0.4)
    s.left_foot.heel.to(end, 0.4 * duration, 0.0)
    hanging = thigh < 0.5
    s.left_foot.reach(
        end,
        duration,
        lifted(s, thigh, shin * s.number("fold"), 0.03),
        toes=(0.0, 0.3, -0.95) if hanging else None,
        instep=(0.0, 0.95, 0.3) if hanging else None,
        knee=(0.1, 1.0, 0.1),
    )


def _free_leg_swings(s: Score, at: float, duration: float, more: float) -> None:
    """The lifted leg gives each hop a swing."""
    thigh, shin = (0.15, 1.35) if s.option("free_leg") == "behind" else (0.95, 0.75)
    s.left_foot.again(at, duration, "swing", at=lifted(s, thigh + more, shin * s.number("fold"), 0.03))


def _arms_of_hopper(s: Score, hand: Hand, end: float, duration: float, up: float) -> None:
    """Bent and out for balance, on the hips, or hanging a little out; they rise with a hop."""
    how = s.option("arms")
    if how == "hips":
        if up == 0.0:
            free_hand(s, hand, "hip", end, duration)
        return
    late = 0.03 * (hand.side == "left")
    if how == "out":
        at: Vector = (0.80 + 0.03 * late, 0.18, -0.42 + 0.30 * up)
    else:
        at = (0.22, 0.42 + 0.12 * up, -0.50 + 0.28 * up)
    hand.reach(end + late, duration, at, effector="wrist")


def _end_on_both(s: Score, at_out: float, ahead: float) -> None:
    with s.phase("stop", 0.75) as (start, end):
        s.mode.to(end, 0.5, balance=1.0)
        s.right_foot.heel.to(start + 0.1, 0.15, 0.0)
        s.left_foot.place(start + 0.5, 0.42, (2.0 * s.body.stance_out_m - at_out, ahead))
        s.pelvis.to(end - 0.05, 0.5, right=at_out - s.body.stance_out_m, roll=0.0, pitch=0.0)
        s.trunk.to(end - 0.1, 0.5, bend=0.0, lean=0.0)
        s.look_ahead(end)
        both_rest(s, end - 0.06, 0.55)


def _hop_sideways(s: Score) -> None:
    """On the right leg: off to one side, back to the other, and so on, the trunk over the foot, the arms balancing."""
    hops, ground, width = int(s.number("hops")), s.number("ground_s"), s.number("aside") * s.body.leg_m * s.amplitude**0.5
    air = in_the_air(s, s.number("rise_m") * s.amplitude)
    first = 1.0 if s.option("first") == "out" else -1.0
    home = s.body.stance_out_m
    hips = home - 0.35 * s.body.hip_half_m
    s.mode.channels["balance"].base = 0.0
    with s.phase("set", 0.8) as (_, end):
        s.pelvis.to(end - 0.35, 0.45, right=hips, roll=0.03)
        _lift_other_leg(s, end - 0.1, 0.45)
        for hand in (s.right, s.left):
            _arms_of_hopper(s, hand, end, 0.6, 0.0)
        s.look(end, "world", (0.0, 2.2, 0.5 * s.body.eye_height_m))
    leaves = [s.now + 0.12 + k * (air + ground) for k in range(hops)]
    lands = [leave + air for leave in leaves]
    bounce(s, leaves, lands, tiptoe_m=0.04 * s.body.leg_m, sink_m=0.075 * s.body.leg_m)
    aside = 0.0
    with s.phase("hop", lands[-1] + 0.22 - s.now):
        for k, (leave, land) in enumerate(zip(leaves, lands, strict=True)):
            way = first * (1.0 if k % 2 == 0 else -1.0)
            aside = 0.5 * width * way
            spring(s, s.right_foot, leave, land, (home + aside, 0.0), tuck=0.05, lift_m=0.035)
            s.pelvis.to(leave - 0.04, 0.16, roll=0.03 - 0.07 * way, pitch=0.10)
            s.pelvis.to(land + 0.06, air + 0.2, "swing", right=hips + aside)
            s.pelvis.to(land + 0.1, air, roll=0.03 + 0.06 * way, pitch=0.12)
            s.trunk.to(land + 0.06, air + 0.1, lean=-0.10 * way, bend=0.10)
            _free_leg_swings(s, leave + 0.4 * air, 0.2, 0.14)
            _free_leg_swings(s, land + 0.1, 0.2, 0.0)
            for hand in (s.right, s.left):
                _arms_of_hopper(s, hand, leave + 0.5 * air, 0.2, s.number("arms_up"))
                _arms_of_hopper(s, hand, land + 0.1, 0.22, 0.02)
    _end_on_both(s, home + aside, 0.0)


SINGLE_LEG_LATERAL_HOPPING = Action(
    name="single_leg_lateral_hopping",
    caption="hops from side to side on {possessive} {side} leg",
    choreography=_hop_sideways,
    phases=("set", "hop", "stop"),
    params={
        "hops": Range(4, 6, whole=True),
        "rise_m": Range(0.06, 0.10),
        "ground_s": Range(0.20, 0.28),
        "aside": Range(0.56, 0.74),
        "fold": Range(0.75, 1.15),
        "arms_up": Range(0.3, 1.0),
        "arms": Choice(("out", "hips"), (0.75, 0.25)),
        "free_leg": Choice(("behind", "front"), (0.4, 0.6)),
        "first": Choice(("out", "in")),
    },
    wordings=("jumps sideways to and fro on one leg",),
    aliases=("single leg lateral hops", "lateral hopping", "hopping sideways on one leg", "side to side hops"),
    tags=("exercise", "legs"),
    acting=("right_foot",),
    taxonomy={"synapt150": "single_leg_lateral_hopping"},
)


def _hop_ahead(s: Score) -> None:
    """Hop after hop on the right leg, on the spot or ahead, the other leg held bent and the arms helping."""
    hops, ground = int(s.number("hops")), s.number("ground_s")
    air = in_the_air(s, s.number("rise_m") * s.amplitude)
    stride = s.number("ahead") * s.body.leg_m if s.option("where") == "ahead" else 0.0
    home, begin = s.body.stance_out_m, -0.5 * stride * hops
    hips = home - 0.35 * s.body.hip_half_m
    s.mode.channels["balance"].base = 0.0
    s.travel.channels["forward"].base = begin
    for foot in (s.right_foot, s.left_foot):
        stand_at(foot, (home, begin))
    with s.phase("set", 0.75) as (_, end):
        s.pelvis.to(end - 0.3, 0.45, right=hips, roll=0.03)
        _lift_other_leg(s, end - 0.1, 0.42)
        for hand in (s.right, s.left):
            _arms_of_hopper(s, hand, end, 0.55, 0.0)
        s.look(end, "travel", (0.0, 2.5, 0.7 * s.body.eye_height_m))
    leaves = [s.now + 0.12 + k * (air + ground) for k in range(hops)]
    lands = [leave + air for leave in leaves]
    bounce(s, leaves, lands, tiptoe_m=0.04 * s.body.leg_m, sink_m=0.08 * s.body.leg_m)
    with s.phase("hop", lands[-1] + 0.25 - s.now):
        for k, (leave, land) in enumerate(zip(leaves, lands, strict=True)):
            at = begin + (k + 1) * stride
            spring(s, s.right_foot, leave, land, (home, at), tuck=0.05, lift_m=0.035)
            if stride:
                leap(s, Hop(leave - 0.3, leave - 0.5 * ground, leave, land, land + 0.5 * ground, land + ground), stride)
            s.pelvis.to(leave, 0.16, pitch=0.06 + 0.2 * stride, roll=0.05)
            s.pelvis.to(land + 0.5 * ground, 0.2, pitch=0.12 + 0.1 * stride, roll=0.02)
            s.trunk.to(land + 0.5 * ground, 0.2, bend=0.12)
            s.trunk.to(leave + 0.4 * air, 0.2, bend=0.02)
            _free_leg_swings(s, leave + 0.4 * air, 0.2, 0.22)
            _free_leg_swings(s, land + 0.5 * ground, 0.2, -0.05)
            for hand in (s.right, s.left):
                _arms_of_hopper(s, hand, leave + 0.45 * air, 0.2, s.number("arms_up"))
                _arms_of_hopper(s, hand, land + 0.45 * ground, 0.2, -0.1)
    _end_on_both(s, home, begin + hops * stride)


HOPPING = Action(
    name="hopping",
    caption="hops on {possessive} {side} foot",
    choreography=_hop_ahead,
    phases=("set", "hop", "stop"),
    params={
        "hops": Range(4, 6, whole=True),
        "rise_m": Range(0.04, 0.10),
        "ground_s": Range(0.20, 0.28),
        "where": Choice(("ahead", "on_the_spot"), (0.65, 0.35)),
        "ahead": Range(0.25, 0.55),
        "fold": Range(0.75, 1.2),
        "arms_up": Range(0.3, 1.0),
        "arms": Choice(("bent", "out", "hips"), (0.55, 0.3, 0.15)),
        "free_leg": Choice(("behind", "front"), (0.8, 0.2)),
    },
    wordings=("jumps on one leg, hop after hop",),
    aliases=("hop", "hopping on one foot", "one leg hop", "hop on one leg", "one foot jumping"),
    tags=("locomotion", "legs"),
    acting=("right_foot",),
    taxonomy={"synapt150": "hopping", "ntu120": "A026", "weizmann": "skip"},
)
