"""Exercises with a rope: skipping."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ...motion.bending import let_go, pin
from ...motion.jump import GRAVITY_MPS2, Through
from ...motion.limbs import Hand
from ...motion.score import Score
from ...values import Array
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S

UNDER = np.pi
"""Angle of the rope round the hands where it is under the feet: 0 is overhead, pi / 2 ahead."""


def _skip(s: Score) -> None:
    """The rope lies behind the heels; the wrists throw it over the head, and the feet hop over it each time it comes round."""
    beat, jumps = s.number("beat_s"), int(s.number("jumps"))
    s.mode.channels["reach"].base = 0.0
    s.mode.channels["balance"].base = 0.0
    near = 0.75 * s.body.stance_out_m
    for foot in (s.right_foot, s.left_foot):
        foot.place(0.0, 0.0, (near, 0.0))
    first = 0.35 + 0.75 * beat + 0.25
    passes = [first + k * beat for k in range(jumps)]
    stop = passes[-1] + 0.95 * beat
    angle = Through(
        [(0.2, UNDER + 0.5, 0.0), (0.35 + 0.15 * beat, UNDER + 0.9, 2.5)]
        + [(at, UNDER + 2.0 * np.pi * (k + 1), 2.0 * np.pi / beat) for k, at in enumerate(passes)]
        + [(stop, UNDER + 2.0 * np.pi * jumps + 1.72 * np.pi, 0.9 * np.pi / beat)]
    )
    _rope(s, angle, stop)
    for hand, late in ((s.right, 0.0), (s.left, 0.03)):
        _turn_wrist(s, hand, angle, passes, stop, late)
    _hops(s, passes, near)
    s.trunk.to(START_S, 0.1, bend=s.number("bend"))
    s.look(0.1, "travel", (0.0, 2.5, s.body.eye_height_m - 0.35))
    with s.phase("swing_over", first - 0.3):
        pass
    with s.phase("skip", passes[-1] - s.now + 0.35):
        pass
    with s.phase("stop", stop - s.now + 0.55) as (_, end):
        s.trunk.to(end, 0.6, bend=0.05)


def _hand_height(s: Score) -> float:
    """Of the wrists over the floor, beside the hips."""
    return s.body.pelvis_height_m + (0.02 + s.number("hands_up")) * s.body.height_m


def _rope(s: Score, angle: Callable[[Array], Array], stop: float) -> None:
    """Its ends at the tips of the handles; its middle led round the hands, clear of the floor, until it is let fall ahead."""
    high, ahead = _hand_height(s), 0.13 * s.body.height_m
    radius = high - 0.025

    def middle(times: Array) -> Array:
        turned = angle(times)
        rise = 1.0 + 0.03 * (1.0 + np.cos(turned))
        return np.stack(
            [0.0 * times, ahead + rise * radius * np.sin(turned), np.maximum(high + rise * radius * np.cos(turned), 0.02)],
            axis=-1,
        )

    for hand, side, end in (("right", "handle", "start"), ("left", "other_handle", "end")):
        s.hold(side, START_S, hand)
        pin(s, "rope", end, f"thing:{side}:tip")
    pin(s, "rope", "middle", "world", middle)
    let_go(s, "rope", "middle", stop)


def _turn_wrist(s: Score, hand: Hand, angle: Callable[[Array], Array], passes: list[float], stop: float, late: float) -> None:
    """The elbows stay near the waist, forearms point out; the hands go round in small circles, an eighth ahead of the rope."""
    out = s.body.waist_half_m + (0.10 + s.number("hands_out")) * s.body.height_m
    high, ahead, circle = _hand_height(s), 0.06 * s.body.height_m, s.number("circle_m") * s.amplitude

    def to(at: float, duration: float, share: float = 1.0) -> None:
        turned = float(angle(np.array([at - late]))[0]) + 0.5
        spot = (out, ahead + share * circle * np.sin(turned), high - s.body.pelvis_height_m + share * circle * np.cos(turned))
        hand.go(at, duration, "pelvis", spot, "linear", fingers=(0.45, 0.85, 0.05 + 0.25 * np.cos(turned)), palm=(0.0, -0.1, 1.0),
                elbow=(0.45, -0.8, -0.6))  # fmt: skip

    hand.fingers(START_S, 0.1, "grip_thin")
    to(START_S, 0.1, 0.6)
    step = (passes[1] - passes[0]) / 8.0
    at = 0.2
    while at < stop:
        to(at + step, step)
        at += step
    hand.go(stop + 0.5, 0.5, "pelvis", (out, ahead, high - s.body.pelvis_height_m - 0.05), fingers=(0.4, 0.85, -0.2),
            palm=(0.0, 0.2, 1.0), elbow=(0.45, -0.8, -0.6))  # fmt: skip


def _hops(s: Score, passes: list[float], near: float) -> None:
    """Low hops, each in free fall while the rope passes, both feet together or one after the other."""
    air = s.real(s.number("air_s"))
    flight, soak, tiptoe = s.number("air_s"), 0.03 * s.body.leg_m, 0.025
    speed = 0.5 * GRAVITY_MPS2 * flight
    knots = [(passes[0] - 0.5 * air - 0.34, 0.0, 0.0), (passes[0] - 0.5 * air - 0.12, -soak, 0.0)]
    for k, at in enumerate(passes):
        leave, land = at - 0.5 * air, at + 0.5 * air
        steep = speed / s.spec.tempo
        last = k == len(passes) - 1
        bottom = land + (0.14 if last else 0.5 * (passes[1] - passes[0] - air))
        dip = min(soak + tiptoe, 0.55 * steep * (bottom - land))
        knots += [(leave, tiptoe, steep), (land, tiptoe, -steep), (bottom, tiptoe - dip, 0.0)]
        _feet(s, k, leave, land, near)
    knots.append((passes[-1] + 0.5 * air + 0.5, 0.0, 0.0))
    s.pelvis.add("up", Through(knots))
    s.contact("right_ball", "floor", 0.0, passes[0] - 0.5 * air)
    s.contact("left_ball", "floor", 0.0, passes[0] - 0.5 * air)


def _feet(s: Score, number: int, leave: float, land: float, near: float) -> None:
    """Off the balls and onto them; in a running skip one foot is picked up behind in its turn."""
    air, running = land - leave, s.option("manner") == "alternate"
    high = 0.06 + 0.25 * GRAVITY_MPS2 * s.number("air_s") ** 2 / 2.0
    for foot, late in ((s.right_foot, 0.0), (s.left_foot, 0.012)):
        up = running and (foot.side == "right") == bool(number % 2)
        foot.step(land + late, air, (near, 0.0), lift_m=high + (0.10 if up else 0.0), ease="swing")
        foot.heel.to(leave + late, 0.14, 0.4)
        foot.heel.to(leave + 0.5 * air + late, 0.5 * air, 0.85 if up else 0.6)
        foot.heel.to(land + late, 0.45 * air, 0.22)
        foot.heel.to(land + 0.1 + late, 0.1, 0.05)


ROPE_SKIPPING = Action(
    name="rope_skipping",
    caption="skips rope",
    choreography=_skip,
    phases=("swing_over", "skip", "stop"),
    params={
        "beat_s": Range(0.52, 0.72),
        "jumps": Range(3, 5, whole=True),
        "air_s": Range(0.24, 0.32),
        "circle_m": Range(0.05, 0.09),
        "hands_out": Range(0.0, 0.05),
        "hands_up": Range(-0.01, 0.05),
        "bend": Range(0.03, 0.14),
        "manner": Choice(("together", "alternate"), (0.65, 0.35)),
    },
    props=(
        PropUse("rope", ("skipping_rope",), (0.97, 1.06)),
        PropUse("handle", ("rope_handle",), (0.9, 1.1)),
        PropUse("other_handle", ("rope_handle",), (0.9, 1.1)),
    ),
    wordings=("jumps rope", "jumps over a turning rope again and again"),
    aliases=("skip rope", "jump rope", "jumping rope", "skipping"),
    tags=("sport", "exercise", "dynamic", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "rope_skipping"},
)
