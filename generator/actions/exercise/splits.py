"""Down into the splits."""

from __future__ import annotations

import numpy as np

from ...motion.limbs import Foot, Hand
from ...motion.score import Score
from ...motion.target import LimbTarget, Vector
from ...motion.timing import EASES, window
from ...values import Array
from ..action import Action, Choice, Range
from ..poses import carry_over, free_hand

STRETCH = 0.997
"""Share of a leg's length from hip to ankle in the splits."""


def _split(s: Score) -> None:
    """A wide stance, then the feet slide apart, ahead and behind or to both sides, until the seat is on the floor; held."""
    front = s.option("way") == "front"
    slide = s.number("slide_s")
    s.mode.channels["balance"].base = 0.0
    with s.phase("open", 0.85) as (start, end):
        s.look(start + 0.4, "world", (0.0, 1.4, 0.0))
        _wide_stance(s, start, front)
        s.pelvis.to(end, 0.7, up=-_lower(s, 0.0), forward=0.0)
        for hand in (s.right, s.left):
            _on_the_way(s, hand, end, 0.7)
    with s.phase("slide", slide) as (start, end):
        _hips_down(s, start, slide)
        for foot in (s.right_foot, s.left_foot):
            _slide_foot(s, foot, end, slide, front)
        s.pelvis.to(end, slide, pitch=s.number("bow_rad"))
        s.trunk.to(end, slide, bend=0.10)
        s.mode.to(end, 0.25 * slide, ground=1.0)
        for hand in (s.right, s.left):
            _supporting(s, hand, end - 0.1, 0.75 * slide, front)
    with s.phase("hold", s.number("hold_s")) as (start, end):
        s.pelvis.to(start + 0.5, 0.5, pitch=0.03)
        s.trunk.to(start + 0.5, 0.5, bend=0.0)
        s.look(start + 0.5, "world", (0.0, 3.0, 0.5 * s.body.height_m))
        for hand in (s.right, s.left):
            _show(s, hand, start + 0.65 + 0.05 * (hand.side == "left"), 0.6)


def _ankle_at(s: Score, foot: Foot, share: float, front: bool) -> tuple[float, float]:
    """(out, forward) of an ankle in the world, from the wide stance (0) to the full split (1)."""
    body = s.body
    begin, full = s.number("stance") * body.leg_m, STRETCH * body.leg_m
    reach = begin + (full - begin) * share
    if front:
        ahead = reach if foot.side == "right" else -reach
        return body.stance_out_m * (1.0 - 0.5 * share), ahead + body.hip_ahead_m
    return body.hip_half_m + reach, 0.02 + 0.03 * share


def _lower(s: Score, share: float) -> float:
    """How much lower than standing the pelvis is when both legs are straight."""
    begin, full = s.number("stance") * s.body.leg_m, STRETCH * s.body.leg_m
    reach = begin + (full - begin) * share
    return s.body.leg_m - float(np.sqrt(max((STRETCH * s.body.leg_m) ** 2 - reach**2, 0.0)))


def _wide_stance(s: Score, start: float, front: bool) -> None:
    for foot, late in ((s.right_foot, 0.36), (s.left_foot, 0.75)):
        foot.step(start + late, 0.34, _ankle_at(s, foot, 0.0, front), lift_m=0.05, toe_out_rad=0.05 if front else 0.5)


def _hips_down(s: Score, start: float, slide: float) -> None:
    """The hips sink as fast as straight legs that slide apart let them."""
    legs = STRETCH * s.body.leg_m
    begin = s.number("stance") * s.body.leg_m
    seat = s.body.sitting_flesh_m + s.body.hip_below_pelvis_m
    first = float(np.sqrt(legs**2 - begin**2)) + s.body.ankle_height_m + s.body.hip_below_pelvis_m

    def down(times: Array) -> Array:
        share = EASES["smooth"]((times - start) / slide)
        reach = begin + (legs - begin) * share
        ankle = s.body.ankle_height_m + (0.06 - s.body.ankle_height_m) * share
        height = np.sqrt(np.maximum(legs**2 - reach**2, 0.0)) + ankle + s.body.hip_below_pelvis_m
        return np.maximum(height, seat) - first

    s.pelvis.add("up", down)


def _slide_foot(s: Score, foot: Foot, end: float, slide: float, front: bool) -> None:
    """The foot slides outwards and turns as it goes: on the heel with the toes up, the hind one onto its instep."""
    out, ahead = _ankle_at(s, foot, 1.0, front)
    toes: Vector
    instep: Vector
    knee: Vector
    if not front:
        toes, instep, knee = (0.35, 0.40, 0.85), (-0.85, 0.10, 0.35), (0.1, 0.5, 1.0)
    elif foot.side == "right":
        toes, instep, knee = (0.10, 0.35, 0.92), (0.0, -0.92, 0.35), (0.1, 0.1, 1.0)
    else:
        toes, instep, knee = (0.10, -0.97, -0.14), (0.0, 0.14, -0.97), (0.3, 0.2, -1.0)
    height = 0.062 - s.body.ankle_height_m * instep[2]
    at = (out - s.body.ankle_height_m * instep[0], ahead - s.body.ankle_height_m * instep[1], height)
    if front and foot.side == "left":
        carry_over(foot, end, slide, 0.14)  # the hind foot turns over its toes
    else:  # so little off the floor that nobody sees it: what slides bears hardly any weight
        foot.lift.add(lambda times: 0.02 * window(times, end - 0.9 * slide, end - 0.12 * slide, 0.1 * slide))
    foot.to(end, slide, LimbTarget("world", at, "m", None, toes, instep, "sole", None, knee), "smooth")


def _on_the_way(s: Score, hand: Hand, end: float, duration: float) -> None:
    if s.option("arms") == "hips":
        free_hand(s, hand, "hip", end, duration)
    else:
        hand.reach(end, duration, (0.75, 0.15, -0.55), palm=(0.0, 0.0, -1.0), effector="wrist")


def _supporting(s: Score, hand: Hand, end: float, duration: float, front: bool) -> None:
    """Fingertips to the floor beside the hips, or ahead of a body whose legs go aside."""
    if s.option("support") == "none":
        if s.option("arms") != "hips":
            hand.reach(end, duration, (0.93, 0.12, 0.02), palm=(0.0, 0.0, -1.0), effector="wrist")
        return
    at = (s.body.waist_half_m + 0.14, 0.10, 0.0) if front else (0.7 * s.body.shoulder_half_m, 0.32, 0.0)
    hand.go(end, duration, "world", at, palm=(-0.2, 0.0, -1.0), fingers=(0.3, 0.95, -0.1), elbow=(0.6, -0.6, 0.3), stretch=0.96)
    hand.fingers(end, duration, "planted")


def _show(s: Score, hand: Hand, end: float, duration: float) -> None:
    """What the arms do when the body is down."""
    pose = s.option("arms")
    if pose == "up":
        hand.reach(end, duration, (0.25, 0.05, 0.93), palm=(-1.0, 0.1, 0.0), fingers=(0.1, 0.0, 1.0), effector="wrist")
        hand.fingers(end, duration, "flat")
    elif pose == "out":
        hand.reach(end, duration, (0.94, 0.06, 0.10), palm=(0.0, 0.1, -1.0), fingers=(1.0, 0.0, 0.1), effector="wrist")
        hand.fingers(end, duration, "flat")
    elif pose == "hips":
        free_hand(s, hand, "hip", end, duration)


LEG_SPLIT = Action(
    name="leg_split",
    caption="slides down into the splits",
    choreography=_split,
    phases=("open", "slide", "hold"),
    params={
        "way": Choice(("front", "side"), (0.55, 0.45)),
        "stance": Range(0.38, 0.52),
        "slide_s": Range(1.2, 1.8),
        "hold_s": Range(1.1, 1.8),
        "bow_rad": Range(0.1, 0.35),
        "support": Choice(("floor", "none"), (0.65, 0.35)),
        "arms": Choice(("out", "up", "hips", "floor"), (0.3, 0.25, 0.2, 0.25)),
    },
    wordings=("does the splits, legs stretched apart on the floor",),
    aliases=("splits", "leg splits", "doing the splits", "the splits"),
    tags=("exercise", "legs", "floor", "dynamic"),
    taxonomy={"synapt150": "leg_split"},
)
