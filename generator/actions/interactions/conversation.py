"""Two people face each other and have words: they talk in turns, or one points a finger at the other."""

from __future__ import annotations

import numpy as np

from ...motion.meeting import eye_contact, face_to_face
from ...motion.score import Hand, Score, Vector
from ..action import Action, Choice, Range
from ..poses import free_hand, shift_weight, talk


def _point(a: Score, b: Score) -> None:
    """The arm goes out at the other one's face or chest, jabs as words are said, and comes down; the other one reacts."""
    reach, jabs, beat = a.number("reach"), int(a.number("jabs")), a.number("beat_s")
    stretched = a.body.arm_m + a.body.hand_m
    apart = reach * stretched + a.number("gap_m") + 0.12
    face_to_face(a, b, apart, a.number("aside_m"))
    eye_contact(a, b, 0.3)
    aim = "chin" if a.option("aim") == "face" else "chest_front"

    def at(end: float, duration: float, share: float, ease: str = "smooth") -> None:
        rise = _rise(a, b, aim, apart)
        a.right.go(end, duration, "world", (0.10, share * reach * stretched, rise), ease, palm=(-0.6, 0.0, -0.8),
                   fingers=(-0.06, 1.0, 0.05), effector="index_tip", elbow=(0.6, -0.4, -0.7))  # fmt: skip

    with a.phase("raise", 0.7) as (start, end):
        at(end, 0.6, 0.97)
        a.right.fingers(start + 0.4, 0.35, "point")
        a.trunk.to(end, 0.55, bend=a.number("bend_rad"), twist=0.22)
        a.pelvis.to(end, 0.6, forward=0.03)
        free_hand(a, a.left, a.option("other"), end)
    hit = a.now - 0.1
    with a.phase("point", beat * jabs + 0.35) as (start, end):
        for k in range(jabs):
            back = start + beat * k + 0.15
            at(back + 0.45 * beat, 0.42 * beat, 0.84)
            at(back + 0.92 * beat, 0.4 * beat, 1.0, "accelerate")
            a.trunk.to(back + 0.92 * beat, 0.4 * beat, bend=a.number("bend_rad") + 0.05)
            a.trunk.to(back + 1.35 * beat, 0.4 * beat, bend=a.number("bend_rad"))
        talk(a, start, end, 1.4)
        _pointed_at(a, b, hit + b.real(a.number("late_s")), end)
    with a.phase("lower", 1.0) as (start, end):
        a.right.rest(end, 0.8)
        a.right.fingers(end - 0.1, 0.5, "relaxed")
        a.trunk.to(end, 0.7, bend=0.0, twist=0.0)
        a.pelvis.to(end, 0.7, forward=0.0)
        free_hand(a, a.left, "side", end)
        for hand in (b.right, b.left):
            hand.rest(end + 0.1, 0.75)
            hand.fingers(end, 0.5, "relaxed")
        b.trunk.to(end, 0.7, bend=0.0, twist=0.0)
        b.mode.to(end, 0.5, shrug=0.0)


def _rise(a: Score, b: Score, aim: str, apart_m: float) -> float:
    """Height of the fingertip on the line from the eye to what is pointed at, but within what looks like pointing."""
    goal = b.body.eye_height_m - 0.1 if aim == "chin" else b.body.shoulder_height_m - 0.1
    shoulder = a.body.shoulder_height_m
    return float(np.clip(shoulder + 0.55 * (goal - shoulder), shoulder - 0.22, shoulder + 0.22))


def _pointed_at(a: Score, b: Score, start: float, end: float) -> None:
    """The one who is pointed at: hands up, a hand on the own chest, a step back, or the head turned away."""
    how = a.option("reaction")
    b.head.to(start + 0.15, 0.15, "decelerate", nod=-0.10)
    b.head.to(start + 0.5, 0.3, nod=0.0)
    b.trunk.to(start + 0.25, 0.25, "decelerate", bend=-0.09)
    if how == "hands_up":
        for k, hand in enumerate((b.right, b.left)):
            hand.go(start + 0.5 + 0.05 * k, 0.5, "chest", (0.12 + 0.03 * k, 0.20, -0.06 - 0.03 * k), palm=(0.1, 1.0, 0.1),
                    fingers=(0.2, 0.0, 1.0), elbow=(0.7, -0.3, -0.9))  # fmt: skip
            hand.fingers(start + 0.4, 0.35, "planted")
        b.mode.to(start + 0.5, 0.4, shrug=0.16)
    elif how == "me":
        b.left.touch(start + 0.55, 0.5, "chest_front", (0.0, 0.035, 0.0), "chest", palm=(0.0, -1.0, 0.0),
                     fingers=(-0.85, 0.0, 0.5), elbow=(0.7, 0.1, -0.8))  # fmt: skip
        b.left.fingers(start + 0.4, 0.35, "cup")
        b.head.to(start + 0.75, 0.4, tilt=0.1)
        talk(b, start + 0.5, end)
    elif how == "step_back":
        out = b.body.stance_out_m
        b.right_foot.step(start + 0.5, 0.34, (out, -0.18), lift_m=0.05)
        b.pelvis.to(start + 0.55, 0.45, forward=-0.09)
        b.trunk.to(start + 0.5, 0.4, twist=-0.2)
    else:
        b.look(start + 0.6, "world", (-1.6, 1.2, 0.75 * b.body.eye_height_m), duration_s=0.4)
        b.head.add("turn", lambda t: 0.16 * np.sin(9.0 * (t - start)) * np.clip((t - start - 0.3) * (end - t) * 3.0, 0.0, 1.0))
        b.trunk.to(start + 0.7, 0.5, twist=0.22)


POINT_FINGER_INTERACTION = Action(
    name="point_finger_interaction",
    caption="points a finger at {b}",
    choreography=_point,
    phases=("raise", "point", "lower"),
    roles=("a", "b"),
    params={
        "reach": Range(0.84, 0.95),
        "gap_m": Range(0.15, 0.6),
        "aside_m": Range(-0.08, 0.14),
        "jabs": Range(1, 3, whole=True),
        "beat_s": Range(0.34, 0.48),
        "bend_rad": Range(0.02, 0.14),
        "late_s": Range(0.08, 0.25),
        "aim": Choice(("face", "chest")),
        "other": Choice(("side", "hip"), (0.6, 0.4)),
        "reaction": Choice(("hands_up", "me", "step_back", "away"), (0.3, 0.25, 0.2, 0.25)),
    },
    aliases=("point finger interaction", "point finger at the other person", "pointing at somebody"),
    tags=("interaction", "arms"),
    acting=("right_hand",),
    taxonomy={"synapt150": "point_finger_interaction", "ntu120": "A054", "ut_interaction": "point"},
)


BEATS: dict[str, tuple[tuple[Vector, Vector, Vector], ...]] = {
    "open": (
        ((0.16, 0.30, -0.16), (-0.35, 0.25, 0.9), (0.25, 0.9, 0.1)),
        ((0.24, 0.34, -0.10), (-0.2, 0.1, 1.0), (0.45, 0.85, 0.1)),
    ),
    "chop": (
        ((0.06, 0.30, -0.04), (-1.0, 0.0, 0.0), (0.0, 0.85, 0.5)),
        ((0.06, 0.36, -0.20), (-1.0, 0.0, 0.0), (0.0, 0.95, -0.1)),
    ),
    "roll": (
        ((0.02, 0.28, -0.08), (-0.4, -0.8, 0.1), (-0.7, 0.5, 0.3)),
        ((0.16, 0.36, -0.06), (-0.3, 0.2, 0.9), (0.2, 0.9, 0.2)),
    ),
}
"""Manner of talking with the hands -> the two places (out, forward, up from between the shoulders, m) that a hand goes between,
with palm and fingers there."""


def _talk(a: Score, b: Score) -> None:
    """They stand and face each other; each in turn speaks with the hands while the other listens and nods."""
    turns, late = int(a.number("turns")), b.real(a.number("late_s"))
    turn_s = a.number("length_s") / turns
    face_to_face(a, b, a.number("apart_m"), a.number("aside_m"))
    eye_contact(a, b, 0.3)
    names = ("speak", "answer")
    for k in range(turns):
        speaker, listener = (a, b) if k % 2 == 0 else (b, a)
        with a.phase(names[k % 2], turn_s) as (start, end):
            _speak(speaker, start + (0.5 * late if k else 0.0), end, a.option("hands" if speaker is a else "answer"), k)
            _listens(listener, start, end, k)
    shift_weight(a, 0.0, a.now, 1.3, 0.02)
    shift_weight(b, 0.3, a.now, 1.5, 0.024)


def _speak(s: Score, start: float, end: float, manner: str, turn: int) -> None:
    """Beats of one hand or both with what is said, the trunk a little towards the other, then the hands down."""
    beat, wide = s.number("beat_s"), s.amplitude * s.number("wide")
    hands: tuple[Hand, ...] = (s.right, s.left) if manner != "chop" else (s.right,)
    talk(s, start, end, 1.6)
    s.trunk.to(start + 0.5, 0.5, bend=0.06, twist=0.05 if turn % 2 == 0 else -0.06)
    at, k = start + 0.42, 0
    while at < end - 0.45:
        for n, hand in enumerate(hands):
            place, palm, fingers = BEATS[manner][(k + (n if manner == "roll" else 0)) % 2]
            scaled = (place[0] * wide + 0.02 * n, place[1] * (0.85 + 0.15 * wide), place[2] + 0.015 * ((k + n) % 3))
            hand.go(at + 0.03 * n, 0.42 if k == 0 else 0.9 * beat, "chest", scaled, "smooth" if k == 0 else "swing", palm=palm,
                    fingers=fingers, elbow=(0.6, -0.5, -0.8))  # fmt: skip
            hand.fingers(at, 0.3, "planted")
        s.head.to(at, 0.8 * beat, nod=0.07 if k % 2 == 0 else -0.02, tilt=0.04 if k % 2 else -0.04)
        at, k = at + beat, k + 1
    for n, hand in enumerate(hands):
        hand.rest(end + 0.12 + 0.06 * n, 0.55)
        hand.fingers(end, 0.4, "relaxed")
    s.trunk.to(end, 0.5, bend=0.0, twist=0.0)
    s.head.to(end, 0.3, nod=0.0, tilt=0.0)


def _listens(s: Score, start: float, end: float, turn: int) -> None:
    """A nod or two while the other speaks, the head a little to one side."""
    tilt = 0.07 if np.sin(s.performer.phases_rad[4] + turn) > 0.0 else -0.07
    s.head.to(start + 0.5, 0.5, tilt=tilt)
    for k in range(2):
        at = start + (0.42 + 0.36 * k) * (end - start)
        s.head.to(at, 0.17, nod=0.17)
        s.head.to(at + 0.2, 0.18, nod=0.0)
    s.head.to(end, 0.4, tilt=0.0)


TALKING_TO_EACH_OTHER = Action(
    name="talking_to_each_other",
    caption="talks with {b}",
    choreography=_talk,
    phases=("speak", "answer"),
    roles=("a", "b"),
    params={
        "turns": Range(2, 3, whole=True),
        "length_s": Range(2.9, 3.65),
        "late_s": Range(0.1, 0.25),
        "apart_m": Range(0.85, 1.25),
        "aside_m": Range(-0.25, 0.25),
        "beat_s": Range(0.24, 0.36),
        "wide": Range(0.8, 1.3),
        "hands": Choice(tuple(BEATS)),
        "answer": Choice(tuple(BEATS)),
    },
    aliases=("talking to each other", "talk", "talking", "conversation", "chatting"),
    tags=("interaction", "talking", "arms"),
    acting=("right_hand", "b:right_hand"),
    taxonomy={"synapt150": "talking_to_each_other", "hmdb51": "talk"},
)
