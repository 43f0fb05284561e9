"""Lying where one has fallen: weak movements, a try to get up, and back down."""

from __future__ import annotations

import numpy as np

from ...motion.limbs import Foot, Hand
from ...motion.score import Score
from ..action import Action, Choice, Range
from ..poses import START_S, arm_on_floor, carry_over, lay_leg, pelvis_at

AT_ONCE_S = 0.1
"""How long a movement lasts that is over before the clip begins."""


def _fallen(s: Score) -> None:
    """Lies there from the first; head or hand stir, the arms push, the trunk comes up a little, trembles and sinks down again."""
    s.mode.to(START_S, AT_ONCE_S, balance=0.0, gaze=0.0, ground=1.0, reach=0.0)
    lie, attempt, sink = {
        "prone": (_lie_prone, _push_up, _sink_prone),
        "side": (_lie_on_side, _prop_up, _sink_on_side),
        "back": (_lie_on_back, _sit_up, _sink_back),
    }[s.option("pose")]
    lie(s)
    with s.phase("lie", s.number("still_s")) as (start, end):
        _stir(s, start, end)
    with s.phase("try", s.number("try_s")) as (start, end):
        attempt(s, start, end, s.number("effort") * s.amplitude)
    with s.phase("sink", 0.95) as (start, end):
        sink(s, start, end)


def _stir(s: Score, start: float, end: float) -> None:
    """The head rolls a little, fingers close on the floor."""
    base = float(s.head.at(np.array([start]))["turn"][0])
    s.head.to(start + 0.35, 0.35, turn=base + 0.18)
    s.head.to(end, 0.4, turn=base - 0.10)
    for late, hand in ((0.0, s.right), (0.15, s.left)):
        hand.fingers(start + 0.35 + late, 0.3, "grip_wide")
        hand.fingers(end, 0.3, "planted")


def _tremble(s: Score, channel: str, start: float, end: float, amount: float) -> None:
    """A trunk held up with the last strength shakes."""
    a = s.performer.phases_rad[3]

    def shake(times: np.ndarray) -> np.ndarray:
        x = np.clip((times - start) / max(end - start, 1e-6), 0.0, 1.0)
        return amount * np.sin(np.pi * x) ** 2 * np.sin(2.0 * np.pi * 5.2 * times + a)

    s.trunk.add(channel, shake)


# ---------------------------------------------------------------- on the belly


def _prone_leg(s: Score, foot: Foot, end: float, duration: float, bent: float) -> None:
    """A leg behind on the floor; `bent` 0 stretched, 1 with the knee drawn up to the side."""
    feet = -s.body.hip_below_pelvis_m - (0.96 - 0.34 * bent) * s.body.leg_m
    foot.reach(end, duration, (0.14 + 0.16 * bent, feet, 0.10), frame="world", unit="m", toes=(0.12, -0.93, -0.32),
               instep=(0.0, 0.32, -0.93), knee=(0.5 + 0.6 * bent, 0.2, -1.0 + 0.7 * bent))  # fmt: skip


def _prone_hand(s: Score, hand: Hand, end: float, duration: float, ahead: float, out: float) -> None:
    """A palm flat on the floor, `ahead` body heights from the hips."""
    at = (out, ahead * s.body.height_m, 0.0)
    hand.go(end, duration, "world", at, palm=(0.0, 0.0, -1.0), fingers=(-0.2, 1.0, 0.0), elbow=(1.0, -0.4, 0.5), stretch=0.95)


def _lie_prone(s: Score) -> None:
    spread = s.number("spread")
    pelvis_at(s, START_S, AT_ONCE_S, forward_m=0.0, height_m=0.13, pitch=0.5 * np.pi)
    turn = 1.0 if s.option("face") == "left" else -1.0
    s.head.to(START_S, AT_ONCE_S, nod=-0.05, turn=1.15 * turn, tilt=-0.1 * turn)
    _prone_hand(s, s.right, START_S, AT_ONCE_S, 0.40, 0.30 + 0.14 * spread)
    if s.option("limbs") == "trailing":
        s.left.reach(START_S, AT_ONCE_S, (0.20 + 0.15 * spread, 0.08, -0.95), palm=(0.0, -1.0, 0.0), elbow=(1.0, 0.0, 0.2))
    else:
        _prone_hand(s, s.left, START_S, AT_ONCE_S, 0.30, 0.34 + 0.12 * spread)
    _prone_leg(s, s.right_foot, START_S, AT_ONCE_S, 0.2 * spread)
    _prone_leg(s, s.left_foot, START_S, AT_ONCE_S, 0.3 + 0.7 * spread if s.option("legs") == "bent" else 0.0)


def _push_up(s: Score, start: float, end: float, effort: float) -> None:
    """Hands beside the chest, elbows up; the chest is pushed off the floor, the head hangs, then looks ahead; it shakes."""
    length = end - start
    for k, hand in enumerate((s.right, s.left)):
        hand.fingers(start + 0.4, 0.3, "planted")
        _prone_hand(s, hand, start + 0.36 * length + 0.08 * k, 0.36 * length, 0.235 - 0.02 * k, 0.29)
    up = start + 0.85 * length
    s.head.to(start + 0.3 * length, 0.3 * length, turn=0.2, tilt=0.0, nod=0.1)
    s.trunk.to(up, 0.50 * length, bend=-0.62 * effort)
    s.pelvis.to(up, 0.50 * length, pitch=0.5 * np.pi - 0.16 * effort)
    s.head.to(up, 0.45 * length, nod=-0.50 * effort, turn=-0.1)
    _prone_leg(s, s.right_foot, up, 0.5 * length, 0.75 * min(effort, 1.0))
    _tremble(s, "bend", start + 0.4 * length, end + 0.3, 0.03)


def _sink_prone(s: Score, start: float, end: float) -> None:
    """The elbows give, the chest and then the cheek come down."""
    down = start + 0.55
    s.trunk.to(down, 0.55, "accelerate", bend=0.0)
    s.pelvis.to(down, 0.5, pitch=0.5 * np.pi)
    s.head.to(down + 0.12, 0.5, "accelerate", nod=-0.05, turn=-1.05, tilt=0.1)
    _prone_hand(s, s.right, end, 0.7, 0.36, 0.40)
    _prone_hand(s, s.left, end - 0.1, 0.7, 0.28, 0.42)
    _prone_leg(s, s.right_foot, end + 0.1, 0.7, 0.35)
    for hand in (s.right, s.left):
        hand.fingers(end, 0.5, "relaxed")


# ---------------------------------------------------------------- on the right side


def _lie_on_side(s: Score) -> None:
    spread = s.number("spread")
    curled = 0.30 + 0.35 * spread if s.option("legs") == "bent" else 0.12
    pelvis_at(s, START_S, AT_ONCE_S, forward_m=0.0, height_m=0.17, pitch=0.5 * curled)
    s.pelvis.to(START_S, AT_ONCE_S, roll=0.5 * np.pi)
    s.trunk.to(START_S, AT_ONCE_S, bend=0.30 + 0.4 * curled, lean=0.05)
    s.head.to(START_S, AT_ONCE_S, tilt=0.12, nod=0.12)
    s.right.reach(START_S, AT_ONCE_S, (0.55, 0.70, 0.02) if s.option("limbs") == "trailing" else (0.10, 0.72, -0.20),
                  palm=(-0.2, 0.2, -0.9), elbow=(0.3, 0.3, -1.0))  # fmt: skip
    _hand_before_chest(s, START_S, AT_ONCE_S, 0.42)
    s.right_foot.reach(START_S, AT_ONCE_S, (0.02, 0.55 * curled, -0.86 + 0.3 * curled), knee=(0.0, 1.0, 0.0))
    s.left_foot.reach(START_S, AT_ONCE_S, (-0.14, 0.85 * curled, -0.78 + 0.3 * curled), knee=(0.0, 1.0, -0.1))


def _hand_before_chest(s: Score, end: float, duration: float, ahead_m: float) -> None:
    """The upper (left) palm on the floor before the chest; the body lies along the world's right, head that way."""
    at = (-0.20 * s.body.height_m, ahead_m, 0.0)
    s.left.go(end, duration, "world", at, palm=(0.0, 0.0, -1.0), fingers=(-0.7, 0.7, 0.0), elbow=(0.1, 0.3, 1.0), stretch=0.96)


def _prop_up(s: Score, start: float, end: float, effort: float) -> None:
    """The upper hand presses the floor, the trunk bends up sideways, the lower elbow comes under it, the head lifts."""
    length, up = end - start, start + 0.85 * (end - start)
    _hand_before_chest(s, start + 0.35 * length, 0.35 * length, 0.30)
    s.left.fingers(start + 0.35, 0.3, "planted")
    s.trunk.to(up, 0.55 * length, lean=-0.62 * effort, bend=0.34, twist=0.15 * effort)
    s.head.to(up, 0.5 * length, tilt=-0.45 * effort, nod=0.05)
    s.right.go(up, 0.5 * length, "world", (0.26 * s.body.height_m, 0.30, 0.0), palm=(0.0, 0.0, -1.0), fingers=(0.2, 1.0, 0.0),
               elbow=(0.5, -0.8, -0.3), stretch=0.9)  # fmt: skip
    carry_over(s.left_foot, up, 0.5 * length, 0.04)
    s.left_foot.reach(up, 0.5 * length, (-0.16, 0.42, -0.62), knee=(0.0, 1.0, 0.1))
    _tremble(s, "lean", start + 0.4 * length, end + 0.3, 0.035)


def _sink_on_side(s: Score, start: float, end: float) -> None:
    down = start + 0.55
    s.trunk.to(down, 0.55, "accelerate", lean=0.05, bend=0.40, twist=0.0)
    s.head.to(down + 0.1, 0.5, "accelerate", tilt=0.14, nod=0.18)
    s.right.reach(down + 0.1, 0.55, (0.45, 0.72, 0.0), palm=(-0.2, 0.2, -0.9), elbow=(0.3, 0.3, -1.0))
    carry_over(s.left_foot, end, 0.7, 0.03)
    s.left_foot.reach(end, 0.7, (-0.14, 0.30, -0.72), knee=(0.0, 1.0, 0.0))
    for hand in (s.right, s.left):
        hand.fingers(end, 0.5, "relaxed")


# ---------------------------------------------------------------- on the back


def _lie_on_back(s: Score) -> None:
    spread = s.number("spread")
    pelvis_at(s, START_S, AT_ONCE_S, forward_m=0.0, height_m=0.13, pitch=-0.5 * np.pi)
    turn = 1.0 if s.option("face") == "left" else -1.0
    s.head.to(START_S, AT_ONCE_S, turn=0.55 * turn, nod=-0.03)
    arm_on_floor(s.right, START_S, AT_ONCE_S, 0.5 + 0.6 * spread)
    if s.option("limbs") == "trailing":
        s.left.touch(START_S, AT_ONCE_S, "belly", (0.05, 0.045, 0.0), "pelvis", palm=(0.0, -1.0, 0.0), elbow=(1.0, -0.2, 0.1))
    else:
        arm_on_floor(s.left, START_S, AT_ONCE_S, 0.9 + 0.4 * spread)
    lay_leg(s, s.right_foot, START_S, AT_ONCE_S, 0.0, 0.18)
    if s.option("legs") == "bent":
        s.left_foot.place(START_S, AT_ONCE_S, (0.20 + 0.1 * spread, 0.52 * s.body.leg_m))
    else:
        lay_leg(s, s.left_foot, START_S, AT_ONCE_S, 0.0, 0.22 + 0.08 * spread)


def _sit_up(s: Score, start: float, end: float, effort: float) -> None:
    """Head and shoulders come up, a forearm is propped beside the ribs, the other hand goes to the head or reaches up."""
    length, up = end - start, start + 0.80 * (end - start)
    s.head.to(start + 0.35 * length, 0.35 * length, nod=0.45, turn=0.0)
    s.trunk.to(up, 0.60 * length, bend=0.62 * effort, twist=-0.15)
    s.pelvis.to(up, 0.55 * length, pitch=-0.5 * np.pi + 0.20 * effort)
    s.right.go(up - 0.1 * length, 0.5 * length, "world", (0.36, -0.13 * s.body.height_m, 0.0), palm=(0.0, 0.0, -1.0),
               fingers=(0.3, 0.95, 0.0), elbow=(0.7, -1.0, 0.1), stretch=0.95)  # fmt: skip
    s.right.fingers(up, 0.4, "planted")
    if s.option("limbs") == "trailing":
        s.left.fingers(up, 0.4, "cup")
        s.left.touch(up, 0.6 * length, "forehead", (0.01, 0.015, 0.0), palm=(0.1, -0.95, -0.1), fingers=(-0.9, 0.0, 0.3),
                     elbow=(0.7, 0.5, -0.8))  # fmt: skip
    else:
        s.left.reach(up, 0.7 * length, (0.15, 0.85, 0.05), elbow=(0.8, -0.2, -0.5))
    _tremble(s, "bend", start + 0.4 * length, end + 0.3, 0.03)


def _sink_back(s: Score, start: float, end: float) -> None:
    down = start + 0.60
    s.trunk.to(down, 0.6, "accelerate", bend=0.0, twist=0.0)
    s.pelvis.to(down, 0.55, pitch=-0.5 * np.pi)
    s.head.to(down + 0.05, 0.5, nod=-0.02)
    s.head.to(end, 0.4, turn=-0.5)
    arm_on_floor(s.right, end, 0.7, 0.75)
    arm_on_floor(s.left, end - 0.05, 0.75, 0.55)
    for hand in (s.right, s.left):
        hand.fingers(end, 0.5, "relaxed")


FALLEN_ON_THE_FLOOR = Action(
    name="fallen_on_the_floor",
    caption="lies fallen on the floor and hardly moves",
    choreography=_fallen,
    phases=("lie", "try", "sink"),
    params={
        "pose": Choice(("prone", "side", "back")),
        "face": Choice(("left", "right")),
        "limbs": Choice(("trailing", "thrown")),
        "legs": Choice(("bent", "straight")),
        "spread": Range(0.0, 1.0),
        "still_s": Range(0.7, 1.1),
        "try_s": Range(1.0, 1.5),
        "effort": Range(0.45, 1.0),
    },
    wordings=("has fallen and cannot get up", "lies on the floor after a fall and tries weakly to rise"),
    aliases=("fallen", "lying fallen", "lying on the floor after a fall"),
    tags=("posture", "floor", "trunk"),
    taxonomy={"synapt150": "fallen_on_the_floor"},
)
