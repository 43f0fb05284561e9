"""Stumbling: a foot is caught, the body pitches over it, quick long steps catch it again."""

from __future__ import annotations

from ...motion.footprints import Place, Roll
from ...motion.score import Score
from ...motion.steps import Print, go_by
from ..action import Action, Choice, Range
from .odd_gaits import centred


def _prints(s: Score, trip: float, end: float) -> list[Print]:
    """Walking steps; at `trip` the right foot is set down short, then two hurried long ones, then slow steps to a stand."""
    step, length, out = s.number("step_s"), s.number("step") * s.body.leg_m, 0.8 * s.body.stance_out_m
    way = [(trip + step * (k + 1) - step, length) for k in range(-5, 0)]  # up to the one that is caught
    quick = s.number("quick_s")
    way += [(trip, 0.25 * length), (trip + quick, 1.75 * length), (trip + 2.0 * quick, 1.2 * length)]
    at = trip + 2.0 * quick
    while at < end + 1.5:
        at += 1.15 * step
        way.append((at, 0.75 * length))
    prints, ahead = [], 0.0
    for k, (strike, further) in enumerate(way):
        side = "right" if k % 2 == 1 else "left"
        ahead += further
        sign = 1.0 if side == "right" else -1.0
        hurried = trip < strike <= trip + 2.0 * quick
        prints.append(Print(side, strike, (0.85 * quick) if hurried else 0.72 * step, Place(sign * out, ahead, 0.0)))
    return centred(prints, end)


def _stumble(s: Score) -> None:
    """Walks, a foot is caught, the trunk shoots forward, arms fling out; caught, a look back at what it was, and on."""
    trip, quick, pitch = 1.15, s.number("quick_s"), s.number("pitch_rad") * s.amplitude
    caught = trip + 2.0 * quick
    end = caught + s.number("on_s")
    go_by(s, _prints(s, trip, end), Roll(0.12, 0.55, 0.06), over=0.45)
    s.mode.channels["balance"].base = 0.0
    s.pelvis.channels["up"].base -= 0.015 * s.body.leg_m
    with s.phase("walk", trip - 0.1) as (start, stop):
        _swing(s, start - 1.0, stop)
    with s.phase("stumble", caught + 0.1 - s.now) as (start, _):
        s.pelvis.to(trip + 0.75 * quick, 0.9 * quick, pitch=0.65 * pitch, up=-0.05 * s.body.leg_m)
        s.trunk.to(trip + 0.85 * quick, 0.9 * quick, bend=0.65 * pitch, twist=0.15)
        s.head.to(trip + 0.7 * quick, 0.6 * quick, nod=-0.30)
        s.look(trip + 0.5 * quick, "travel", (0.0, 1.0, 0.0), duration_s=0.2)
        for hand, up, late in ((s.right, -0.15, 0.0), (s.left, 0.10, 0.06)):
            hand.fingers(trip + 0.3, 0.25, "planted")
            hand.reach(trip + 0.8 * quick + late, 0.8 * quick, (0.42, 0.68, up), palm=(0.0, 0.5, -0.8), fingers=(0.1, 0.8, 0.5))
            hand.reach(trip + 1.7 * quick + late, 0.8 * quick, (0.50, 0.30, -0.45), palm=(-0.2, 0.2, -0.9))
    with s.phase("walk_on", end - s.now) as (start, stop):
        s.pelvis.to(start + 0.6, 0.7, pitch=0.02, up=0.0)
        s.trunk.to(start + 0.65, 0.7, bend=0.03, twist=0.0)
        s.head.to(start + 0.5, 0.5, nod=0.0)
        for hand in (s.right, s.left):
            hand.rest(start + 0.75, 0.7)
            hand.fingers(start + 0.7, 0.5, "relaxed")
        if s.option("then") == "looks_back":
            side = 1.0 if s.option("over") == "right" else -1.0
            s.look(start + 0.75, "travel", (0.8 * side, -0.8, 0.0), duration_s=0.4)
            s.trunk.to(start + 0.8, 0.5, twist=-0.45 * side)
            s.trunk.to(stop + 0.3, 0.5, twist=0.0)
        else:
            s.look_ahead(start + 0.7)


def _swing(s: Score, start: float, end: float) -> None:
    """Arms as they go with easy steps, until the foot is caught."""
    step = s.number("step_s")
    for own, hand in enumerate((s.right, s.left)):
        for k in range(-4, int((end - start) / step) + 1):
            ahead = 0.24 if (k + own) % 2 == 0 else -0.18
            at = 1.15 + step * (k - 2)
            if at < end:
                hand.reach(at, 1.05 * step, (0.13, ahead, -0.93), "swing", effector="wrist")


STUMBLING = Action(
    name="stumbling",
    caption="stumbles and catches {reflexive}",
    choreography=_stumble,
    phases=("walk", "stumble", "walk_on"),
    params={
        "step_s": Range(0.48, 0.60),
        "step": Range(0.45, 0.65),
        "quick_s": Range(0.30, 0.38),
        "pitch_rad": Range(0.60, 1.05),
        "on_s": Range(1.15, 1.65),
        "then": Choice(("looks_back", "goes_on"), (0.6, 0.4)),
        "over": Choice(("left", "right")),
    },
    wordings=("trips, and catches the fall with quick steps", "catches a foot on something and nearly falls"),
    aliases=("stumble", "tripping", "stumbling and catching oneself"),
    tags=("locomotion", "legs", "dynamic"),
)
