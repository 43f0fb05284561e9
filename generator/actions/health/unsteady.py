"""Staggering: somebody who can hardly keep upright, swaying over steps that catch the fall."""

from __future__ import annotations

import numpy as np

from ...motion.footprints import Place, Roll
from ...motion.score import Score
from ...motion.steps import Print, go_by
from ..action import Action, Range
from ..poses import lasting

STEPS_BEFORE = 4
"""Steps that are written before the clip begins, so that the person is under way."""


def _prints(s: Score, duration: float) -> list[Print]:
    """Uneven steps, quick or long where they catch a fall, along a way that drifts to and fro."""
    leg, out = s.body.leg_m, s.body.stance_out_m
    drift, step_s, length = s.number("drift") * leg * s.amplitude, s.number("step_s"), s.number("step") * leg
    phases = s.performer.phases_rad
    count = int(duration / (0.8 * step_s)) + 2 * STEPS_BEFORE
    at, ahead = -STEPS_BEFORE * step_s, 0.0
    prints = []
    for k in range(count):
        uneven = float(np.sin(phases[k % 12] + 1.7 * k))
        side = "right" if k % 2 == 0 else "left"
        sign = 1.0 if side == "right" else -1.0
        wander = drift * float(np.sin(2.0 * np.pi * k / s.number("steps_a_sway") + phases[13]))
        ahead += length * (1.0 + 0.55 * uneven)
        wide = out * (1.25 + 0.7 * float(np.cos(phases[(k + 5) % 12] + k)))
        prints.append(Print(side, at, 0.52 * step_s, Place(wander + sign * wide, ahead, -0.35 * uneven)))
        at += step_s * (1.0 + 0.28 * uneven)
    shift = next(p.place.forward_m for p in prints if p.strike_s > 0.5 * duration)
    return [
        Print(p.side, p.strike_s, p.swing_s, Place(p.place.right_m, p.place.forward_m - shift, p.place.yaw_rad)) for p in prints
    ]


def _stagger(s: Score) -> None:
    """Under way already: the trunk sways now this way, now that, late and too far; the arms fling out, the head hangs."""
    duration = lasting(s)
    sway, rate = s.number("sway_rad") * s.amplitude, 1.0 / (s.number("steps_a_sway") * s.number("step_s"))
    a, b, c = s.performer.phases_rad[14:17]
    with s.throughout("stagger", duration) as (start, end):
        go_by(s, _prints(s, duration), Roll(0.10, 0.55, 0.06), toe_out_rad=0.22, over=0.55)
        s.mode.channels["balance"].base = 0.0
        s.pelvis.channels["up"].base -= 0.035 * s.body.leg_m
        turns = 2.0 * np.pi * rate
        s.pelvis.add("roll", lambda t: 0.45 * sway * np.sin(turns * t + a))
        s.trunk.add("lean", lambda t: 0.75 * sway * np.sin(turns * t + a - 0.7))
        s.pelvis.add("pitch", lambda t: 0.06 + 0.30 * sway * np.sin(0.83 * turns * t + b))
        s.trunk.add("bend", lambda t: 0.14 + 0.60 * sway * np.sin(0.83 * turns * t + b - 0.6))
        s.trunk.add("twist", lambda t: 0.6 * sway * np.sin(1.3 * turns * t + c))
        s.head.add("tilt", lambda t: 0.55 * sway * np.sin(turns * t + a - 1.3))
        s.head.add("nod", lambda t: 0.22 + 0.5 * sway * np.sin(0.9 * turns * t + c))
        s.mode.channels["gaze"].base = 0.3
        _arms(s, start, end, rate)


def _arms(s: Score, start: float, end: float, rate: float) -> None:
    """Out and up on the side that is falling, down again."""
    half, spread = 0.5 / rate, s.number("arms")
    for own, hand in enumerate((s.right, s.left)):
        hand.fingers(start - 3.0, 0.0, "grip_wide")
        for k in range(int((end - start + 2.0) / half) + 1):
            at = start - 1.0 + half * (k + 0.5 * own)
            up = (k + own) % 2 == 0
            wild = float(np.sin(s.performer.phases_rad[(k + 7 * own) % 24]))
            out = (0.62 + 0.2 * wild) * spread if up else 0.25
            hand.reach(at, 1.05 * half, (out, 0.25 * wild + 0.12, -0.62 + (0.45 * spread if up else -0.18)), "swing",
                       palm=(-0.2, 0.1, -0.9))  # fmt: skip


STAGGERING = Action(
    name="staggering",
    caption="staggers along",
    choreography=_stagger,
    phases=("stagger",),
    params={
        "duration_s": Range(2.6, 4.2),
        "step_s": Range(0.46, 0.60),
        "step": Range(0.20, 0.36),
        "drift": Range(0.14, 0.28),
        "steps_a_sway": Range(3.0, 4.4),
        "sway_rad": Range(0.26, 0.44),
        "arms": Range(0.7, 1.15),
    },
    wordings=("sways from side to side on unsteady feet", "staggers and catches {reflexive} with every step"),
    aliases=("stagger", "reeling", "walking drunk", "drunk walking"),
    tags=("health", "locomotion", "legs"),
    taxonomy={"synapt150": "staggering", "ntu120": "A042"},
)
