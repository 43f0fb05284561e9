"""Walking with a bad leg, and walking on a line: steps that no even gait has."""

from __future__ import annotations

import numpy as np

from ...motion.footprints import Place, Roll
from ...motion.score import Score
from ...motion.steps import Print, go_by
from ...values import Array
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S, free_hand, lasting

BEFORE_S = 2.4
"""How long before the clip the steps begin that it is on the way with."""


def centred(prints: list[Print], duration: float) -> list[Print]:
    """The same prints, moved so that the person passes the stage's centre halfway through."""
    shift = next(p.place.forward_m for p in prints if p.strike_s > 0.5 * duration)
    return [
        Print(p.side, p.strike_s, p.swing_s, Place(p.place.right_m, p.place.forward_m - shift, p.place.yaw_rad)) for p in prints
    ]


def _limping(s: Score, duration: float) -> list[Print]:
    """The bad (right) leg is set down late and bears for a short time only: the good one hurries to the floor beside it."""
    cycle, short = s.number("cycle_s"), s.number("short")
    stride, even = s.number("stride") * s.body.leg_m, s.number("evenness")
    out, turned = s.body.stance_out_m, 0.10
    prints, at, ahead = [], -BEFORE_S, 0.0
    while at < duration + 1.5:
        prints.append(Print("right", at, 0.50 * cycle, Place(out * 1.05, ahead, -turned)))
        ahead += 0.5 * stride * even
        prints.append(Print("left", at + short * cycle, 0.85 * short * cycle, Place(-0.85 * out, ahead, 0.0)))
        ahead += stride * (1.0 - 0.5 * even)
        at += cycle
    return centred(prints, duration)


def _limp(s: Score) -> None:
    """On the way already: the body drops and leans over the bad leg, comes up at once over the good one; a hand on the thigh."""
    duration, cycle, short = lasting(s), s.number("cycle_s"), s.number("short")
    dip, lean = s.number("dip") * s.body.leg_m * s.amplitude, s.number("lean_rad") * s.amplitude
    stiff = s.option("leg") == "stiff"
    prints = _limping(s, duration)
    first = prints[0].strike_s

    def bad(times: Array, late: float = 0.0) -> Array:
        """1 in the middle of the time that the bad leg bears, 0 before and after it."""
        phase = np.mod((times - first) / cycle - late, 1.0) / (1.35 * short)
        return np.where(phase < 1.0, np.sin(np.pi * np.minimum(phase, 1.0)) ** 2, 0.0)

    with s.throughout("limp", duration) as (start, end):
        go_by(s, prints, Roll(0.04 if stiff else 0.10, 0.30, 0.045), over=0.5)
        s.mode.channels["balance"].base = 0.0
        s.pelvis.channels["up"].base -= 0.012 * s.body.leg_m
        s.pelvis.add("up", lambda t: -dip * bad(t))
        s.pelvis.add("roll", lambda t: 0.16 * bad(t) - (0.10 if stiff else 0.03) * bad(t, 0.45))
        s.pelvis.add("yaw", lambda t: 0.12 * np.sin(2.0 * np.pi * ((t - first) / cycle + 0.12)))
        s.trunk.add("lean", lambda t: lean * bad(t, 0.02))
        s.trunk.add("bend", lambda t: 0.12 + 0.7 * lean * bad(t, 0.03))
        s.head.add("tilt", lambda t: -0.5 * lean * bad(t, 0.05))
        s.head.add("nod", lambda t: 0.10 + 0.20 * bad(t, 0.05))
        s.mode.add("shrug", lambda t: 0.08 * bad(t, 0.03))
        _limping_arms(s, start, end, first, cycle)


def _limping_arms(s: Score, start: float, end: float, first: float, cycle: float) -> None:
    """The hand of the bad side on its thigh or hip, the other one out for balance at each dip."""
    where = s.option("hand")
    if where == "thigh":
        at = (s.body.hip_half_m + 0.075, 0.115, -0.34 * s.body.thigh_m)
        s.right.go(START_S, 0.1, "pelvis", at, palm=(-0.55, -0.8, -0.2), fingers=(-0.15, 0.35, -0.9), elbow=(0.8, -0.6, 0.1))
        s.right.fingers(START_S, 0.1, "clasp")
    elif where == "hip":
        free_hand(s, s.right, "hip", START_S, 0.1)
    for hand in (s.left,) if where != "free" else (s.left, s.right):
        sign = 1.0 if hand is s.left else -0.5
        for k in range(int((start - 1.5 - first) / cycle), int((end + 1.5 - first) / cycle) + 1):
            dip_s = first + k * cycle
            hand.reach(dip_s + 0.22 * cycle, 0.40 * cycle, (0.34, 0.26 * sign, -0.86), "swing", palm=(-0.4, 0.0, -0.8))
            hand.reach(dip_s + 0.72 * cycle, 0.50 * cycle, (0.16, -0.16 * sign, -0.95), "swing", palm=(-0.8, 0.0, -0.4))


LIMP = Action(
    name="limp",
    caption="limps along",
    choreography=_limp,
    phases=("limp",),
    params={
        "duration_s": Range(3.2, 4.6),
        "leg": Choice(("sore", "stiff")),
        "cycle_s": Range(1.05, 1.40),
        "short": Range(0.30, 0.38),
        "stride": Range(0.62, 0.95),
        "evenness": Range(0.35, 0.75),
        "dip": Range(0.05, 0.10),
        "lean_rad": Range(0.20, 0.40),
        "hand": Choice(("free", "thigh", "hip"), (0.25, 0.55, 0.2)),
    },
    wordings=("walks with a limp", "limps on a bad leg"),
    aliases=("limping", "walking with a limp", "hobbling"),
    tags=("locomotion", "legs"),
    taxonomy={"synapt150": "limp"},
)


def _heel_to_toe(s: Score, duration: float) -> list[Print]:
    """Each foot on the line right before the other's toes."""
    step, length = s.number("step_s"), s.body.foot_m * (1.0 + s.number("gap"))
    phases = s.performer.phases_rad
    prints, at, ahead = [], -4.0 * step, 0.0
    for k in range(int((duration + 2.0) / step) + 6):
        side = "right" if k % 2 == 0 else "left"
        sign = 1.0 if side == "right" else -1.0
        prints.append(Print(side, at, 0.66 * step, Place(0.006 * sign, ahead, 0.0)))
        ahead += length
        at += step * (1.0 + 0.10 * float(np.sin(phases[k % 24] + 2.0 * k)))
    return centred(prints, duration)


def _on_the_line(s: Score) -> None:
    """On the way already, heel to toe along a line, arms out to the sides; swaying, caught by the arms; eyes down."""
    duration, sway = lasting(s), s.number("sway_rad") * s.amplitude
    a, b, c = s.performer.phases_rad[:3]
    rate = 2.0 * np.pi * s.number("sway_hz")
    if "line" in s.props:
        s.stand("line", (0.0, 0.0), time_s=START_S)
    with s.throughout("walk", duration) as (start, end):
        go_by(s, _heel_to_toe(s, duration), Roll(0.10, 0.35, 0.07), toe_out_rad=0.03, over=0.3)
        s.mode.channels["balance"].base = 0.0
        s.pelvis.channels["up"].base -= 0.02 * s.body.leg_m
        s.pelvis.add("roll", lambda t: 0.35 * sway * np.sin(rate * t + a))
        s.trunk.add("lean", lambda t: 0.9 * sway * np.sin(rate * t + a + 2.4) + 0.3 * sway * np.sin(2.3 * rate * t + b))
        s.trunk.add("twist", lambda t: 0.4 * sway * np.sin(1.3 * rate * t + c))
        s.head.add("nod", lambda t: 0.05 + 0.0 * t)
        s.look(START_S, "travel", (0.0, s.number("look_m"), 0.0), duration_s=0.1)
        _balancing_arms(s, start, end, sway, float(rate), float(a))


def _balancing_arms(s: Score, start: float, end: float, sway: float, rate: float, phase: float) -> None:
    """Out to the sides; the one on the side that sinks goes up."""
    level, each = s.number("arms"), 0.30
    for hand, sign in ((s.right, 1.0), (s.left, -1.0)):
        hand.fingers(START_S, 0.1, "flat")
        for k in range(int((end - start + 2.0) / each)):
            at = start - 1.0 + each * k
            up = (
                level + sign * 1.8 * sway * float(np.sin(rate * at + phase + 2.4)) + 0.06 * float(np.sin(3.1 * at + phase * sign))
            )
            out = float(np.sqrt(max(0.90 - up * up, 0.2)))
            hand.reach(
                at, 1.15 * each, (out, 0.10, up), "swing", palm=(0.0, 0.2, -1.0), fingers=(1.0, 0.15, up), elbow=(0.2, -0.7, -0.7)
            )


WALK_THE_LINE = Action(
    name="walk_the_line",
    caption="walks heel to toe along a line",
    choreography=_on_the_line,
    phases=("walk",),
    params={
        "duration_s": Range(2.6, 4.2),
        "step_s": Range(0.50, 0.72),
        "gap": Range(0.02, 0.16),
        "sway_rad": Range(0.08, 0.22),
        "sway_hz": Range(0.45, 0.80),
        "arms": Range(-0.25, 0.12),
        "look_m": Range(0.7, 1.6),
    },
    props=(PropUse("line", ("floor_line", "none"), (0.9, 1.1)),),
    wordings=(
        "balances along a line, one foot right before the other",
        "walks a straight line heel to toe with {possessive} arms out",
    ),
    aliases=("walking the line", "heel to toe walk", "tandem walk", "tightrope walk"),
    tags=("locomotion", "legs", "balance"),
    taxonomy={"synapt150": "walk_the_line"},
)
