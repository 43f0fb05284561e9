"""Two people who move as one: with a burden between them, or in a dance."""

from __future__ import annotations

import numpy as np

from ...motion.footprints import Place, Plant, Roll, move_along, print_beside, travel_now, travelled, write_feet
from ...motion.gait import begin_at, side_step, walk
from ...motion.meeting import eye_contact, face_to_face
from ...motion.passing import bear
from ...motion.proportions import Proportions
from ...motion.score import Score
from ...motion.solve import STANDING_AHEAD
from ..action import Action, Choice, PropUse, Range
from .together import hanging_m


def _carry(a: Score, b: Score) -> None:
    """A crate on two poles between them: walking one behind the other, or facing each other and stepping sideways."""
    if a.option("way") == "one_behind_the_other":
        _in_file(a, b)
    else:
        _sideways(a, b)


def _in_file(a: Score, b: Score) -> None:
    duration, speed = 0.45 * 2.0 * a.number("steps"), a.number("speed_mps")
    grips, heights = a.props["burden"].frames, _pole_heights(a, b, 0.15)
    long = float(grips["back_right"][1, 3] - grips["front_right"][1, 3])
    before = 0.04
    behind = long - before + 0.15
    begin_at(a, Place(0.0, -0.5 * speed * duration + 0.5 * behind, 0.0))
    begin_at(b, Place(0.0, -0.5 * speed * duration - 0.5 * behind, 0.0))
    with a.throughout("carry", duration) as (start, _):
        for one, later, ahead, height in ((a, 0.0, before, heights[0]), (b, 0.35, 0.15, heights[1])):
            phase = (one.spec.start_phase + later) % 1.0
            walk(one, start, duration, speed, phase=phase, swing=0.5, stride=0.92, hands=())
            one.trunk.channels["bend"].base += a.number("stoop_rad")
            _grip_poles(one, ahead, height)
        b.look(0.0, "partner:chest", (0.0, -0.3, 0.1), duration_s=0.0)
        bear("burden", [(one, side, f"{end}_{side}") for one, end in ((a, "front"), (b, "back")) for side in ("right", "left")])


def _sideways(a: Score, b: Score) -> None:
    steps = int(a.number("steps"))
    step_s = 0.44
    ahead = 0.13 + 0.25 * (a.body.belly_front_m + b.body.belly_front_m)
    grips, heights = a.props["burden"].frames, _pole_heights(a, b, ahead)
    long = float(grips["back_right"][1, 3] - grips["front_right"][1, 3])
    out = steps * a.number("side_m") * 0.5
    a.start(-out, -0.5 * long - ahead, 0.0)
    b.start(-out, 0.5 * long + ahead, float(np.pi))
    with a.phase("carry", 2.0 * steps * step_s + 0.1) as (start, _):
        for one, sign, height in ((a, 1.0, heights[0]), (b, -1.0, heights[1])):
            one.mode.channels["balance"].base = 0.2  # the burden steadies them
            side_step(one, start, sign * 2.0 * out, steps=steps, step_s=step_s)
            one.trunk.channels["bend"].base += a.number("stoop_rad")
            _grip_poles(one, ahead, height)
            one.look(0.0, "partner:head", landmark="nose", duration_s=0.0)
            one.look(start + 0.4, "travel", (sign * 1.5, 1.0, 0.6), duration_s=0.4)
        bear(
            "burden",
            [(a, "right", "back_right"), (a, "left", "back_left"), (b, "right", "front_left"), (b, "left", "front_right")],
        )


def _pole_heights(a: Score, b: Score, ahead_m: float) -> tuple[float, float]:
    """Each end where its bearer's arms hang, half of the difference taken up by bent elbows."""
    own = [hanging_m(s.body, float(np.hypot(0.32 - s.body.shoulder_half_m, ahead_m))) + s.number("lift_m") for s in (a, b)]
    level = max(own)
    return tuple(0.5 * (height + level) for height in own)  # type: ignore[return-value]


def _grip_poles(s: Score, ahead_m: float, height_m: float) -> None:
    rise = max((height_m - s.body.shoulder_height_m) / s.body.arm_m + 0.9, 0.0)
    for hand in (s.right, s.left):
        hand.go(
            0.0,
            0.0,
            "travel",
            (0.30 + 0.017, ahead_m, height_m),
            palm=(-1.0, 0.0, 0.0),
            fingers=(0.0, 1.6 * rise, -1.0),
            elbow=(0.8, -0.6, -0.2),
        )
        hand.fingers(0.0, 0.0, "grip")
        s.contact(f"{hand.side}_palm", "burden", -60.0, 60.0)


CARRYING_WITH_ANOTHER = Action(
    name="carrying_with_another",
    caption="carries a {burden} together with {b}",
    choreography=_carry,
    phases=("carry",),
    roles=("a", "b"),
    params={
        "way": Choice(("one_behind_the_other", "sideways"), (0.55, 0.45)),
        "steps": Range(3, 4, whole=True),
        "speed_mps": Range(0.6, 0.95),
        "side_m": Range(0.22, 0.36),
        "stoop_rad": Range(0.02, 0.14),
        "lift_m": Range(0.0, 0.10),
    },
    props=(PropUse("burden", ("crate",), (0.9, 1.1)),),
    aliases=("carrying together", "carry something together", "carrying a thing together", "carrying with another person"),
    tags=("interaction", "locomotion", "object"),
    acting=("right_hand", "left_hand", "b:right_hand", "b:left_hand"),
)


def _dance(a: Score, b: Score) -> None:
    """In a closed hold, one hand on the back, the other two held out, stepping round each other in time."""
    duration = a.number("duration_s")
    apart = sum(max(one.body.chest_front_m, one.body.belly_front_m) + STANDING_AHEAD * one.body.height_m for one in (a, b))
    apart += a.number("gap_m")
    aside = a.number("aside_m")
    face_to_face(a, b, apart, aside)
    _closed_hold(a, b, apart)
    with a.throughout("dance", duration) as (start, _):
        for one, first in ((a, "left"), (b, "right")):
            _step_round(one, start, duration, (0.5 * aside, 0.5 * apart), first)
        eye_contact(a, b, 0.0, 0.0)
        if a.option("b_looks") == "past":
            b.look(0.0, "travel", (0.9, 2.0, b.body.eye_height_m), duration_s=0.0)


def _closed_hold(a: Score, b: Score, apart_m: float) -> None:
    height = 0.5 * (a.body.shoulder_height_m + b.body.shoulder_height_m) + a.number("hands_m")
    out = min(_outwards_m(a.body, height, 0.5 * apart_m), _outwards_m(b.body, height, 0.5 * apart_m) - a.number("aside_m"))
    a.left.go(
        0.0,
        0.0,
        "travel",
        (out, 0.5 * apart_m - 0.01, height),
        palm=(-0.25, 0.85, 0.45),
        fingers=(0.9, 0.15, 0.4),
        elbow=(0.5, -0.3, -0.9),
    )
    b.right.go(0.0, 0.0, "partner:left_hand", (0.0, 0.0, 0.009), palm=(0.0, 0.0, -1.0), fingers=(-0.25, 0.95, 0.0))
    ribs = (-0.5 * (b.body.waist_half_m + b.body.shoulder_half_m) - 0.05, -0.03, -0.15)
    a.right.go(0.0, 0.0, "partner:chest", ribs, palm=(0.9, 0.4, 0.0), fingers=(0.4, -0.9, 0.15), elbow=(-1.0, 0.3, -0.2))
    b.left.go(
        0.0,
        0.0,
        "partner:right_shoulder",
        (0.10, 0.05, 0.06),
        palm=(0.0, 0.1, -1.0),
        fingers=(0.0, -1.0, 0.0),
        elbow=(1.0, -0.1, 0.1),
    )
    for hand in (a.left, b.right, a.right, b.left):
        hand.fingers(0.0, 0.0, "flat")
    a.contact("left_palm", "partner:right_palm", -60.0, 60.0)


def _outwards_m(body: Proportions, height_m: float, ahead_m: float) -> float:
    """How far to its side a body holds out a hand at a height and so far ahead, its elbow a little bent."""
    arm = 0.82 * (body.arm_m + 0.4 * body.hand_m)
    off = float(np.hypot(height_m - body.shoulder_height_m, ahead_m))
    return body.shoulder_half_m + float(np.sqrt(max(arm**2 - off**2, 0.04 * arm**2)))


def _step_round(s: Score, start_s: float, duration_s: float, center_m: tuple[float, float], first: str) -> None:
    """A step on each beat round a centre (right, forward) of where one stands, turning left; the hips sway with it."""
    beat, turned = s.number("beat_s"), s.number("turn_rad")
    rate = turned / duration_s
    path = travelled(start_s, duration_s, (rate * center_m[1], -rate * center_m[0]), turned, 0.0, 0.0, travel_now(s, start_s))
    other = "left" if first == "right" else "right"
    plants = []
    for k in range(int(-1.4 / beat), int((duration_s + 1.6) / beat)):
        strike, side = start_s + k * beat, first if k % 2 == 0 else other
        at = print_beside(path.at(strike + 0.65 * beat), side, 0.95 * s.body.stance_out_m)
        plants.append(Plant(side, strike - 0.7 * beat, strike, strike + 1.3 * beat, at))
    move_along(s, path, start_s)
    write_feet(s, plants, Roll(0.0, 0.32, 0.035), 0.08)
    s.mode.channels["balance"].base = 0.0
    sway, sign = s.number("sway_m") * s.amplitude, 1.0 if first == "right" else -1.0
    s.pelvis.add("right", lambda t: sign * sway * np.cos(np.pi * ((t - start_s) / beat - 0.65)))
    s.pelvis.add("roll", lambda t: -1.2 * sign * sway * np.cos(np.pi * ((t - start_s) / beat - 0.65)))
    s.trunk.add("lean", lambda t: 1.5 * sign * sway * np.cos(np.pi * ((t - start_s) / beat - 0.65)))
    s.pelvis.add("up", lambda t: -0.012 - 0.012 * np.cos(2.0 * np.pi * ((t - start_s) / beat - 0.1)))


DANCING_AS_A_PAIR = Action(
    name="dancing_as_a_pair",
    caption="dances with {b} in a closed hold",
    choreography=_dance,
    phases=("dance",),
    roles=("a", "b"),
    params={
        "duration_s": Range(2.6, 3.5),
        "beat_s": Range(0.42, 0.58),
        "turn_rad": Range(1.6, 4.0),
        "gap_m": Range(0.16, 0.24),
        "aside_m": Range(0.04, 0.10),
        "hands_m": Range(-0.18, -0.02),
        "sway_m": Range(0.015, 0.04),
        "b_looks": Choice(("face", "past"), (0.6, 0.4)),
    },
    aliases=("dancing together", "pair dancing", "dancing with somebody", "couple dancing", "waltzing"),
    tags=("interaction", "dance"),
    acting=("right_hand", "left_hand", "b:right_hand", "b:left_hand"),
)
