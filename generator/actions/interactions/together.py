"""Two people on their way: towards one another, apart, hand in hand, one behind the other."""

from __future__ import annotations

import numpy as np

from ...motion.footprints import Place
from ...motion.gait import begin_at, onstage, turn, walk, walking
from ...motion.meeting import face_to_face
from ...motion.proportions import Proportions
from ...motion.score import Score
from ..action import Action, Choice, Range

STEP_S = 0.32
"""Of each of the four steps in which somebody turns to leave."""


def _towards(a: Score, b: Score) -> None:
    """Each walks towards the other, looks at them, slows down and stops before them."""
    duration, speed = a.number("walk_s"), a.number("speed_mps")
    standing = a.option("begins") == "standing"
    late = b.real(a.number("late_s")) if standing else 0.0
    ends = {}
    with a.phase("walk", duration) as (start, end):
        for one, wait, factor in ((a, 0.0, 1.0), (b, late, a.number("pace"))):
            phase = (one.spec.start_phase + (0.0 if one is a else 0.37)) % 1.0
            ends[one.role] = walk(
                one,
                start + wait,
                duration - wait,
                factor * speed,
                ease_in_s=0.5 if standing else 0.0,
                ease_out_s=0.75,
                phase=phase,
            )
            one.look(start + 0.3 + wait, "partner:head", landmark="nose")
    with a.phase("stand", 0.6) as (start, end):
        for one, wait in ((a, 0.0), (b, b.real(0.15))):
            one.trunk.to(start + 0.35 + wait, 0.4, bend=a.number("bow_rad"))
            one.head.to(start + 0.35 + wait, 0.35, nod=0.6 * a.number("bow_rad"))
            one.trunk.to(end + 0.2 + wait, 0.4, bend=0.0)
            one.head.to(end + 0.2 + wait, 0.4, nod=0.0)
    half = 0.5 * a.number("gap_m")
    a.start(0.0, -half - ends[a.role].forward_m, 0.0)
    b.start(a.number("aside_m"), half + ends[b.role].forward_m, float(np.pi))


WALKING_TOWARDS = Action(
    name="walking_towards",
    caption="walks towards {b}, who comes to meet {object}",
    choreography=_towards,
    phases=("walk", "stand"),
    roles=("a", "b"),
    params={
        "walk_s": Range(2.0, 2.9),
        "speed_mps": Range(0.8, 1.25),
        "pace": Range(0.8, 1.2),
        "gap_m": Range(0.7, 1.15),
        "aside_m": Range(-0.15, 0.15),
        "begins": Choice(("walking", "standing"), (0.6, 0.4)),
        "late_s": Range(0.08, 0.3),
        "bow_rad": Range(0.0, 0.14),
    },
    aliases=("walk towards", "walking towards each other", "walk towards each other", "approaching each other"),
    tags=("interaction", "locomotion"),
    taxonomy={"synapt150": "walking_towards", "ntu120": "A059"},
)


def _apart(a: Score, b: Score) -> None:
    """From standing together both turn round, one a moment later, and walk away from each other."""
    late, turned = b.real(a.number("late_s")), a.number("turned_rad")
    b_left = a.option("b_turns") == "left"
    face_to_face(a, b, a.number("gap_m"), a.number("aside_m"))
    signs = {a.role: 1.0, b.role: 1.0 if b_left else -1.0}
    for one in (a, b):
        begin_at(one, Place(0.0, 0.0, signs[one.role] * turned))
        one.look(0.0, "partner:head", landmark="nose", duration_s=0.0)
    with a.phase("stand", a.number("stand_s")) as (start, end):
        a.head.to(end, 0.25, nod=0.12)
        a.head.to(end + 0.35, 0.3, nod=0.0)
    gone = {}
    with a.phase("turn", 4.0 * STEP_S + late) as (start, end):
        for one, wait in ((a, 0.0), (b, late)):
            gone[one.role] = turn(one, start + wait, signs[one.role] * (np.pi - turned), step_s=STEP_S, stride_rad=1.7)
            one.mode.to(start + wait + 0.2, 0.2, balance=0.35)  # on the way already, not from leg to leg
            one.look_ahead(start + wait + 0.35, 0.4)
            one.trunk.to(start + wait + 0.35, 0.4, twist=0.25 * signs[one.role])
            one.trunk.to(start + wait + 1.1, 0.6, twist=0.0)
    with a.phase("walk", a.number("walk_s")) as (start, end):
        for one, pace in ((a, 1.0), (b, a.number("pace"))):
            begin = gone[one.role] - 0.1
            walk(one, begin, end - begin, pace * a.number("speed_mps"), ease_in_s=0.5)


WALKING_APART = Action(
    name="walking_apart",
    caption="turns away from {b} and both walk off in opposite directions",
    choreography=_apart,
    phases=("stand", "turn", "walk"),
    roles=("a", "b"),
    params={
        "stand_s": Range(0.15, 0.35),
        "walk_s": Range(1.25, 1.65),
        "gap_m": Range(0.6, 1.0),
        "aside_m": Range(-0.1, 0.1),
        "turned_rad": Range(0.0, 0.7),
        "speed_mps": Range(0.9, 1.3),
        "pace": Range(0.85, 1.15),
        "late_s": Range(0.08, 0.3),
        "b_turns": Choice(("left", "right"), (0.5, 0.5)),
    },
    aliases=("walk apart", "walking apart from each other", "walking away from each other", "parting"),
    tags=("interaction", "locomotion"),
    taxonomy={"synapt150": "walking_apart", "ntu120": "A060"},
)


def _hand_in_hand(a: Score, b: Score) -> None:
    """Side by side, the inner hands one in the other, swinging a little; in step, or each in their own."""
    duration, speed = a.number("duration_s"), a.number("speed_mps")
    halves = [max(one.body.shoulder_half_m, one.body.waist_half_m) for one in (a, b)]
    out = 0.5 * a.number("gap_m") + 0.3 * max(abs(a.body.shoulder_height_m - b.body.shoulder_height_m) - 0.15, 0.0)
    b.start(sum(halves) + 2.0 * out, 0.0, 0.0)
    for one in (a, b):
        begin_at(one, onstage(duration, speed, 0.0))
    paces = {one.role: 1.0 for one in (a, b)}
    if a.option("steps") != "own":
        own = {one.role: walking(one, speed).step_s for one in (a, b)}
        both = float(np.sqrt(own[a.role] * own[b.role]))
        paces = {role: both / step for role, step in own.items()}
    behind = {"same": 0.0, "opposite": 0.5, "own": 0.3}[a.option("steps")]
    with a.throughout("walk", duration) as (start, _):
        for one, hand, later in ((a, "left", 0.0), (b, "right", behind)):
            phase = (one.spec.start_phase + later) % 1.0
            walk(one, start, duration, speed, phase=phase, swing=0.8, stride=paces[one.role], hands=(hand,))
        _clasp(a, b, halves, out, duration, paces[a.role] * walking(a, speed).step_s)
        for one, at in ((a, 0.3), (b, 0.55)):
            if a.option("looks") in (one.role, "both"):
                one.look(start + at * duration, "partner:head", landmark="nose", duration_s=0.5)
                one.look_ahead(start + (at + 0.4) * duration, 0.6)


def _clasp(a: Score, b: Score, halves_m: list[float], out: float, duration_s: float, step_s: float) -> None:
    """The hands between the two, as low as the longer-legged one needs them, to and fro with the first one's steps."""
    low = max(hanging_m(one.body, half + out - one.body.shoulder_half_m) for one, half in zip((a, b), halves_m, strict=True))
    rises = [float(np.clip((low - body.shoulder_height_m) / body.arm_m + 0.85, 0.0, 1.0)) for body in (a.body, b.body)]
    swing, palm, fingers = (
        a.number("swing_m") * a.amplitude,
        (-0.3, -0.95, 0.0),
        (0.3, 0.1 + 0.3 * rises[0], -1.0 + 1.6 * rises[0]),
    )
    across = 0.45 - 1.05 * max(rises)  # who has to lift the hand points it up, the other down

    def to(end_s: float, move_s: float, ahead: float) -> None:
        at = (halves_m[0] + out, 0.03 + ahead, low + 0.3 * abs(ahead))
        a.right.go(end_s, move_s, "travel", at, "swing", palm=palm, fingers=fingers, elbow=(0.5, -0.8, -0.4))

    to(0.0, 0.0, 0.0)
    count = int(duration_s / step_s) + 3
    first = -a.spec.start_phase * 2.0 * step_s
    for k in range(count + 2):
        if first + k * step_s > 0.5 * step_s:
            to(first + k * step_s, step_s, swing if k % 2 else -swing)
    b.left.go(
        0.0,
        0.0,
        "partner:right_hand",
        (0.0, 0.0, 0.009),
        palm=(0.0, 0.0, -1.0),
        fingers=(0.9 - 1.45 * rises[0], across, 0.0),
        elbow=(0.0, 0.8 - 1.6 * rises[0], 0.5),
    )
    for hand in (a.right, b.left):
        hand.fingers(0.0, 0.0, "cup")
    a.contact("right_palm", "partner:left_palm", -60.0, duration_s + 60.0)


def hanging_m(body: Proportions, out_m: float) -> float:
    """Height of the palm of an arm that hangs `out_m` outwards, not quite straight."""
    arm = 0.87 * (body.arm_m + 0.4 * body.hand_m)
    return body.shoulder_height_m - float(np.sqrt(arm**2 - min(abs(out_m), 0.8 * arm) ** 2))


WALK_HOLD_HANDS = Action(
    name="walk_hold_hands",
    caption="walks hand in hand with {b}",
    choreography=_hand_in_hand,
    phases=("walk",),
    roles=("a", "b"),
    params={
        "duration_s": Range(2.6, 3.6),
        "speed_mps": Range(0.75, 1.25),
        "gap_m": Range(0.25, 0.36),
        "swing_m": Range(0.03, 0.16),
        "steps": Choice(("same", "opposite", "own"), (0.4, 0.2, 0.4)),
        "looks": Choice(("nobody", "a", "b", "both"), (0.25, 0.25, 0.25, 0.25)),
    },
    aliases=("walking hand in hand", "holding hands", "walk holding hands", "walking holding hands"),
    tags=("interaction", "locomotion"),
    acting=("right_hand", "b:left_hand"),
    taxonomy={"synapt150": "walk_hold_hands"},
)


def _follow(a: Score, b: Score) -> None:
    """One walks ahead; the other comes the same way some metres behind, eyes on their back."""
    duration, speed, bend = a.number("duration_s"), a.number("speed_mps"), a.number("turn_rad")
    lag = a.number("gap_m") / speed
    begin_at(a, onstage(duration, speed, bend))
    begin_at(b, onstage(duration + 2.0 * lag, speed, bend * (1.0 + 2.0 * lag / duration)))
    with a.throughout("walk", duration) as (start, _):
        walk(a, start, duration, speed, turn_rad=bend, phase=a.spec.start_phase)
        walk(b, start, duration, speed, turn_rad=bend, phase=(a.spec.start_phase + 0.41) % 1.0, stride=a.number("stride"))
        b.look(0.0, "partner:chest", landmark="back", duration_s=0.0)
        if a.option("looks_round") == "yes":
            at = start + a.number("when") * duration
            a.look(at, "partner:head", landmark="nose", duration_s=0.4)
            a.trunk.to(at, 0.4, twist=-0.35)
            a.look_ahead(at + 0.75, 0.4)
            a.trunk.to(at + 0.8, 0.45, twist=0.0)
            b.look(at + b.real(0.2) + 0.3, "partner:head", landmark="nose", duration_s=0.3)


FOLLOWING = Action(
    name="following",
    caption="walks ahead and is followed by {b}",
    choreography=_follow,
    phases=("walk",),
    roles=("a", "b"),
    params={
        "duration_s": Range(2.6, 3.6),
        "speed_mps": Range(0.8, 1.35),
        "turn_rad": Range(-0.7, 0.7),
        "gap_m": Range(0.95, 1.7),
        "stride": Range(0.92, 1.08),
        "looks_round": Choice(("no", "yes"), (0.6, 0.4)),
        "when": Range(0.3, 0.55),
    },
    aliases=("follow", "following somebody", "following another person", "walking behind somebody"),
    tags=("interaction", "locomotion"),
)
