"""Running on the spot with the heels up to the seat."""

from __future__ import annotations

from ...motion.limbs import Foot
from ...motion.score import Score
from ..action import Action, Choice, Range
from ..poses import free_hand
from .knees import _bounce
from .lifting import both_rest, set_down, swing_arm


def _heel_up(s: Score, foot: Foot, top: float, duration: float) -> None:
    """The shin folds up behind the thigh, which stays upright: the heel to the seat."""
    thigh, shin, fold = s.body.thigh_m / s.body.leg_m, s.body.shin_m / s.body.leg_m, s.number("fold")
    ahead = s.number("thigh_ahead")
    at = (0.0, thigh * ahead - shin * (1.0 - 0.25 * fold), -0.96 * thigh + shin * (0.30 * fold))
    foot.heel.to(top, 0.5 * duration, 0.0)
    foot.reach(top, duration, at, "swing", knee=(0.08, 1.0, -0.4))


def _kick_up(s: Score) -> None:
    """On the spot on the balls of the feet, a heel up behind at every step, arms pumping or the hands held behind the seat."""
    beat, steps, out = s.number("beat_s"), int(s.number("steps")), 0.9 * s.body.stance_out_m
    air = min(s.real(s.number("air_s")), 0.4 * beat)
    pair = (s.right_foot, s.left_foot) if s.option("first") == "near" else (s.left_foot, s.right_foot)
    s.mode.channels["balance"].base = s.mode.channels["reach"].base = 0.0
    pumping = s.option("arms") == "pump"
    with s.phase("set", 0.45) as (start, end):
        s.pelvis.to(end, 0.35, up=-0.02 * s.body.leg_m, pitch=s.number("lean_rad"))
        for hand, ahead in ((s.right, False), (s.left, True)):
            if pumping:
                swing_arm(s, hand, end, 0.4, ahead=ahead, height=0.5, bent=True)
                hand.fingers(end, 0.3, "fist")
            else:
                free_hand(s, hand, "hip", end, 0.4)
    lands = [s.now + (k + 1) * beat for k in range(steps)]
    _bounce(s, lands, beat, air)
    with s.phase("run", beat * steps) as (start, end):
        for k, land in enumerate(lands):
            foot = pair[k % 2]
            top = land - air - 0.5 * (beat - air)
            _heel_up(s, foot, top, min(0.7 * beat, top - start + 0.05))
            foot.place(land, land - top, (out, 0.0), ease="swing")
            foot.heel.to(land, 0.5 * (land - top), 0.42)
            foot.heel.to(land + 0.5 * (beat - air), 0.4 * (beat - air), 0.22)
            foot.heel.to(land + beat - air, 0.4 * (beat - air), 0.6)
            s.contact(f"{foot.side}_ball", "floor", land + 0.01, land + beat - air - 0.01)
            side = 1.0 if foot.side == "right" else -1.0
            s.pelvis.to(top, 0.8 * beat, roll=-0.04 * side, right=-0.012 * side)
            s.trunk.to(top + 0.02, 0.8 * beat, twist=0.12 * side, bend=0.06)
            if pumping:
                for hand in (s.right, s.left):
                    late = 0.015 if hand.side == "left" else 0.0
                    swing_arm(
                        s,
                        hand,
                        top + 0.03 + late,
                        0.95 * beat,
                        ahead=hand.side != foot.side,
                        height=s.number("pump") * s.amplitude,
                        bent=True,
                    )
    with s.phase("stop", 0.75) as (start, end):
        set_down(s, pair[steps % 2], start + 0.2, 0.3, (out, 0.0))
        for foot in pair:
            foot.heel.to(start + 0.35, 0.3, 0.0)
        s.pelvis.to(start + 0.5, 0.5, roll=0.0, pitch=0.0, right=0.0, up=0.0)
        s.trunk.to(start + 0.5, 0.5, twist=0.0, bend=0.0)
        both_rest(s, end - 0.06, 0.55)


BUTT_KICKS = Action(
    name="butt_kicks",
    caption="runs on the spot, kicking {possessive} heels up to {possessive} seat",
    choreography=_kick_up,
    phases=("set", "run", "stop"),
    params={
        "beat_s": Range(0.31, 0.39),
        "steps": Range(8, 12, whole=True),
        "air_s": Range(0.05, 0.09),
        "fold": Range(0.8, 1.0),
        "thigh_ahead": Range(-0.14, 0.0),
        "lean_rad": Range(0.0, 0.14),
        "pump": Range(0.5, 1.1),
        "arms": Choice(("pump", "hips"), (0.5, 0.5)),
        "first": Choice(("near", "far")),
    },
    wordings=("jogs in place with the heels high behind", "does butt kicks"),
    aliases=("butt kick", "heel kicks", "butt kicks kick backward", "kicking the heels to the seat"),
    tags=("exercise", "legs"),
    acting=("right_foot", "left_foot"),
    taxonomy={"ntu120": "A100"},
)
