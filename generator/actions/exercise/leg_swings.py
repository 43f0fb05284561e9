"""A straight leg swung up from standing, as an exercise."""

from __future__ import annotations

import numpy as np

from ...motion.limbs import Hand
from ...motion.score import Score
from ...motion.target import Vector
from ..action import Action, Choice, Range
from ..poses import carry_over, free_hand
from .lifting import both_rest, set_down


def _kick_left(s: Score) -> None:
    """The straight left leg is swung up to the front or the side, comes down, and is swung up again."""
    kicks, beat = int(s.number("kicks")), s.number("beat_s")
    side = s.option("way") == "side"
    out = 0.95 * s.body.stance_out_m
    with s.phase("set", 0.6) as (_, end):
        for hand in (s.right, s.left):
            _arm(s, hand, end + 0.05 * (hand.side == "left"), 0.55, 0.0)
        s.pelvis.to(end, 0.45, right=0.035)
    for _ in range(kicks):
        with s.phase("swing_up", 0.45 * beat) as (_, end):
            up = 0.38 * beat
            s.left_foot.heel.to(end - up + 0.04, 0.16, 0.45)
            s.left_foot.heel.to(end - 0.3 * up, 0.4 * up, 0.0)
            carry_over(s.left_foot, end - 0.25 * up, 0.7 * up, 0.04)
            s.left_foot.reach(end, up, _top(s), "home", toes=_toes(s)[0], instep=_toes(s)[1], knee=(0.2, 1.0, 0.3))
            if side:
                s.pelvis.to(end, up, roll=0.20)
                s.trunk.to(end, up, lean=0.22, bend=0.02)
            else:
                s.pelvis.to(end, up, pitch=-0.17)
                s.trunk.to(end, up, bend=0.12)
            for hand in (s.right, s.left):
                _arm(s, hand, end + 0.04, up, 1.0)
        with s.phase("swing_down", 0.55 * beat) as (_, end):
            down = 0.5 * beat
            set_down(s, s.left_foot, end - 0.04, down, (out, -0.01))
            s.pelvis.to(end, down, roll=0.0, pitch=0.0)
            s.trunk.to(end, down, lean=0.0, bend=0.0)
            for hand in (s.right, s.left):
                _arm(s, hand, end + 0.02, down, 0.0)
    with s.phase("stop", 0.55) as (_, end):
        s.pelvis.to(end, 0.5, right=0.0)
        both_rest(s, end - 0.06, 0.5)


def _top(s: Score) -> Vector:
    """Where the ankle is at the top, from the hip in leg lengths."""
    rise = min(s.number("rise_rad") * s.amplitude**0.4, 1.75)
    if s.option("way") == "side":
        rise *= 0.78
    sine, cosine = 0.975 * float(np.sin(rise)), -0.975 * float(np.cos(rise))
    return {"front": (-0.02, sine, cosine), "side": (sine, 0.10, cosine), "across": (-0.30 * sine, 0.94 * sine, cosine)}[
        s.option("way")
    ]


def _toes(s: Score) -> tuple[Vector | None, Vector | None]:
    """Toes drawn up for a kick with the heel, else the foot goes on in the line of the shin."""
    if s.option("foot") == "drawn_up" and s.option("way") == "side":
        return (0.25, 0.95, 0.1), (-0.5, 0.0, 0.85)
    return None, None


def _arm(s: Score, hand: Hand, end: float, duration: float, up: float) -> None:
    how = s.option("arms")
    if how == "hips":
        if up == 0.0:
            free_hand(s, hand, "hip", end, duration)
        return
    if how == "out":
        at: Vector = (0.90, 0.16, -0.15 + 0.08 * up)
        hand.reach(end, duration, at, palm=(0.0, 0.1, -1.0), effector="wrist")
        hand.fingers(end, duration, "flat")
    elif hand.side == "right":
        hand.reach(end, duration, (0.05, 0.25 + 0.65 * up, -0.85 + 0.75 * up), effector="wrist")
    else:
        hand.reach(end, duration, (0.30 + 0.15 * up, -0.1 - 0.25 * up, -0.90 + 0.15 * up), effector="wrist")


LEFT_KICKING = Action(
    name="left_kicking",
    caption="swings {possessive} straight left leg up and down, standing on the right",
    choreography=_kick_left,
    phases=("set", "swing_up", "swing_down", "stop"),
    params={
        "kicks": Range(2, 3, whole=True),
        "beat_s": Range(1.0, 1.3),
        "rise_rad": Range(1.15, 1.6),
        "way": Choice(("front", "side", "across"), (0.45, 0.4, 0.15)),
        "arms": Choice(("hips", "out", "swing"), (0.45, 0.3, 0.25)),
        "foot": Choice(("long", "drawn_up")),
    },
    wordings=("kicks up with the left leg, again and again",),
    aliases=("left kick", "left leg kick", "kicking with the left leg", "left leg swing"),
    tags=("exercise", "legs"),
    mirror_keeps_class=False,
    acting=("left_foot",),
    taxonomy={"synapt150": "left_kicking"},
)
