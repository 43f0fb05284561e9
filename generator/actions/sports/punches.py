"""Punching, and the boxer's guard that kicks start from too."""

from __future__ import annotations

import numpy as np

from ...motion.limbs import Hand
from ...motion.meeting import eye_contact, face_to_face
from ...motion.score import Score, Vector
from ..action import Action, Choice, Range
from ..interactions.blows import ahead_m, height_of, mark_at, within_reach
from .dodging import TO_PUNCHES, dodge

COMBOS: dict[str, tuple[str, ...]] = {
    "jab": ("jab", "jab", "jab"),
    "jab_cross": ("jab", "cross", "jab", "cross"),
    "cross_hook": ("jab", "cross", "hook"),
    "cross": ("cross", "cross", "cross"),
    "uppercut": ("jab", "cross", "uppercut"),
}
STRAIGHT = ("jab", "jab_cross", "cross")
"""What is thrown at somebody: several straight punches, which no slap looks like."""

BENT: dict[str, tuple[tuple[Vector, Vector, Vector, Vector], ...]] = {
    "hook": (
        ((0.36, 0.16, 0.0), (-0.4, 0.4, -0.8), (0.2, 0.95, 0.1), (1.0, -0.3, 0.0)),
        ((0.02, 0.42, 0.05), (-0.2, -0.4, -0.9), (-0.85, 0.5, 0.05), (1.0, 0.0, 0.05)),
    ),
    "uppercut": (
        ((0.16, 0.18, -0.28), (-0.5, 0.3, 0.8), (0.0, 0.95, -0.1), (0.3, -0.9, -0.4)),
        ((0.02, 0.38, 0.10), (-0.1, -0.95, 0.3), (-0.1, 0.35, 0.9), (0.3, 0.1, -1.0)),
    ),
}
"""Punch with a bent arm -> wind-up and hit: place before the chest (m), palm, fingers, elbow."""

GUARD_YAW_RAD, GUARD_TWIST_RAD = -0.38, -0.10
_GUARD_S, _FIRST_S, _LUNGE_HIT_S = 0.65, 0.22, 0.95
"""How long the guard lasts, how long after it the first punch lands, and when the one of a lunge does."""


def guard(s: Score, end: float, duration: float, hands: tuple[Hand, ...]) -> None:
    """Fists before the chin, elbows down."""
    for hand in hands:
        ahead = 0.25 if hand.side == "left" else 0.20
        hand.go(
            end,
            duration,
            "chest",
            (0.085, ahead, 0.045),
            palm=(-0.85, -0.4, 0.0),
            fingers=(-0.15, 0.35, 0.95),
            elbow=(0.35, -0.1, -1.0),
        )


def stance(s: Score, end: float, duration: float) -> None:
    """Left foot ahead, right foot behind and turned out, knees bent, half turned away."""
    out, leg = s.body.stance_out_m, s.body.leg_m
    s.left_foot.step(end, 0.7 * duration, (out, 0.20 * leg), toe_out_rad=-0.15, lift_m=0.05)
    s.right_foot.step(end - 0.35 * duration, 0.6 * duration, (out * 1.15, -0.20 * leg), toe_out_rad=0.70, lift_m=0.05)
    s.pelvis.to(end, duration, yaw=GUARD_YAW_RAD, up=-0.05 * leg)
    s.trunk.to(end, duration, twist=GUARD_TWIST_RAD, bend=0.12)
    s.head.to(end, duration, nod=0.06)


def _punch(s: Score) -> None:
    """As a boxer does, or as in a brawl."""
    s.look(0.2, "travel", (0.0, 2.0, 0.98 * s.body.eye_height_m))
    if s.option("combo") == "lunge":
        _lunge(s)
    else:
        _box(s)


def _punch_at(a: Score, b: Score) -> None:
    """From a boxer's guard at somebody who is just out of the fists' reach, and puts up a guard, ducks or steps back."""
    first, blows = _GUARD_S + _FIRST_S, len(COMBOS[a.option("combo")])
    height = within_reach(a.body, height_of(b.body, "face"), 0.97, 0.15)
    face_to_face(a, b, 0.06 + ahead_m(a.body, height, 0.97, 0.15, 0.7) + mark_at(b.body, height).ahead_m + a.number("short_m"))
    dodge(b, a.option("answer"), [first + a.number("gap_s") * k for k in range(blows)], b.real(a.number("early_s")))
    a.look(0.2, "travel", (0.0, 2.0, 0.98 * a.body.eye_height_m))
    _box(a)
    eye_contact(a, b, 0.3)


def _lunge(s: Score) -> None:
    """One swing from far behind on a long step, the body thrown after it, and back to standing."""
    step, bend, out = s.number("step") * s.body.leg_m * s.amplitude, s.number("bend_rad"), s.body.stance_out_m
    yaw, twist = 0.35, 0.45
    with s.phase("guard", _GUARD_S) as (start, end):
        guard(s, end - 0.1, 0.45, (s.left,))
        for hand in (s.right, s.left):
            hand.fingers(start + 0.35, 0.3, "fist")
        s.right_foot.step(start + 0.45, 0.3, (out, -0.04), toe_out_rad=0.8, lift_m=0.03)
        s.pelvis.to(end, 0.5, yaw=-0.60, forward=-0.03, up=-0.03)
        s.trunk.to(end + 0.03, 0.5, twist=-0.50, bend=-0.04)
        s.right.reach(
            end + 0.04, 0.45, (0.42, -0.42, 0.0), palm=(-0.3, 0.2, -0.9), fingers=(0.2, 0.9, 0.2), elbow=(0.6, -0.8, 0.2)
        )
    hit = s.now + _LUNGE_HIT_S - _GUARD_S
    plant = hit - 0.10
    s.left_foot.step(plant, 0.36, (out * 0.9, step), toe_out_rad=0.1, lift_m=0.07)
    with s.phase("punch", hit + 0.40 - s.now):
        s.pelvis.to(plant + 0.06, 0.32, yaw=yaw, forward=0.50 * step, up=-0.08)
        s.trunk.to(hit, 0.32, twist=twist, bend=bend)
        s.right_foot.heel.to(hit, 0.2, 0.6)
        s.left.reach(hit, 0.26, (0.26, -0.22, -0.80), elbow=(0.3, -0.9, -0.4))
        _straight(s.right, hit, yaw + twist, s.number("aim") + 0.7 * bend)
        s.right.reach(hit + 0.36, 0.34, (-0.20, 0.62, -0.40), "smooth", palm=(-0.2, -0.4, -0.8), fingers=(-0.5, 0.6, -0.5))
        s.pelvis.to(hit + 0.22, 0.22, yaw=yaw + 0.1, forward=0.62 * step)
        s.trunk.to(hit + 0.30, 0.25, "decelerate", twist=twist + 0.1, bend=bend + 0.12)
    with s.phase("lower", 1.0) as (start, end):
        s.right_foot.heel.to(start + 0.30, 0.3, 0.0)
        s.left_foot.step(start + 0.60, 0.45, (out, 0.0), lift_m=0.06)
        s.right_foot.step(end, 0.36, (out, 0.0), lift_m=0.04)
        s.pelvis.to(start + 0.75, 0.7, yaw=0.0, up=0.0, forward=0.0)
        s.trunk.to(start + 0.80, 0.7, twist=0.0, bend=0.0)
        for hand in (s.right, s.left):
            hand.rest(end, 0.75)
            hand.fingers(end, 0.5, "relaxed")


def _box(s: Score) -> None:
    """From a boxer's guard: strikes that start in the hips and snap back, the other hand guarding."""
    combo = COMBOS[s.option("combo")]
    gap = s.number("gap_s")
    with s.phase("guard", _GUARD_S) as (start, end):
        stance(s, end, 0.6)
        guard(s, end, 0.55, (s.right, s.left))
        for hand in (s.right, s.left):
            hand.fingers(start + 0.35, 0.3, "fist")
    with s.phase("punch", gap * len(combo) + 0.25) as (start, end):
        for k, kind in enumerate(combo):
            _strike(s, kind, start + _FIRST_S + gap * k)
        s.pelvis.add("up", lambda t: 0.008 * np.sin(2.0 * np.pi * (t - start) / gap))
    with s.phase("lower", 0.7) as (start, end):
        for hand in (s.right, s.left):
            hand.rest(end, 0.65)
            hand.fingers(end, 0.5, "relaxed")
        s.left_foot.step(end, 0.45, (s.body.stance_out_m, 0.0))
        s.right_foot.step(end - 0.2, 0.45, (s.body.stance_out_m, 0.0))
        s.pelvis.to(end, 0.6, yaw=0.0, up=0.0)
        s.trunk.to(end, 0.6, twist=0.0, bend=0.0)
        s.head.to(end, 0.6, nod=0.0)


def _strike(s: Score, kind: str, hit: float) -> None:
    """One punch that lands at `hit`: hips first, trunk 30 ms after, the fist last; back in guard 0.3 s later."""
    hand = s.right if kind in ("cross", "uppercut") else s.left
    power = s.amplitude
    yaw, twist = {"jab": (-0.60, -0.36), "cross": (0.40, 0.44), "hook": (-0.85, -0.50), "uppercut": (0.32, 0.34)}[kind]
    s.pelvis.to(hit - 0.04, 0.24, yaw=GUARD_YAW_RAD + power * (yaw - GUARD_YAW_RAD))
    s.trunk.to(hit - 0.01, 0.23, twist=GUARD_TWIST_RAD + power * (twist - GUARD_TWIST_RAD), bend=0.16)
    s.pelvis.to(hit + 0.28, 0.26, yaw=GUARD_YAW_RAD)
    s.trunk.to(hit + 0.30, 0.26, twist=GUARD_TWIST_RAD, bend=0.12)
    if hand is s.right:
        s.right_foot.heel.to(hit, 0.18, 0.60)
        s.right_foot.heel.to(hit + 0.30, 0.24, 0.05)
    if kind in ("jab", "cross"):
        _straight(hand, hit, yaw + twist, s.number("aim"))
    else:
        _bent(hand, kind, hit)
    guard(s, hit + 0.29, 0.27, (hand,))


def _straight(hand: Hand, hit: float, chest_yaw_rad: float, up: float) -> None:
    """The fist goes straight ahead, palm down, from a chest that is turned; `up` in arm lengths."""
    sign = 1.0 if hand.side == "right" else -1.0
    ahead = (sign * float(np.sin(chest_yaw_rad)), float(np.cos(chest_yaw_rad)))  # out and forward in the chest's axes
    at, knuckles = (0.975 * ahead[0] - 0.10, 0.975 * ahead[1], up), (ahead[0] - 0.1, ahead[1], up)
    palm, elbow = (0.0, 0.1, -1.0), (0.5, -0.3, -0.8)
    hand.reach(hit, 0.23, at, "strike", palm=palm, fingers=knuckles, effector="wrist", elbow=elbow)


def _bent(hand: Hand, kind: str, hit: float) -> None:
    """The fist winds up and swings in with a bent arm: a hook from the side, an uppercut from below."""
    for end, ease, (at, palm, fingers, elbow) in zip((hit - 0.15, hit), ("smooth", "strike"), BENT[kind], strict=True):
        hand.go(end, 0.20, "chest", at, ease, palm=palm, fingers=fingers, elbow=elbow)


_PARAMS: dict[str, Range | Choice] = {
    "combo": Choice((*COMBOS, "lunge"), (0.1, 0.2, 0.2, 0.1, 0.1, 0.3)),
    "gap_s": Range(0.38, 0.52),
    "aim": Range(-0.12, 0.14),
    "step": Range(0.60, 0.90),
    "bend_rad": Range(0.12, 0.40),
}

PUNCHING = Action(
    name="punching",
    caption="throws punches",
    choreography=_punch,
    phases=("guard", "punch", "lower"),
    params=_PARAMS,
    aliases=("punch", "boxing", "shadow boxing", "throwing punches"),
    tags=("sport", "arms", "combat"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "punching", "hmdb51": "punch"},
    together=Action(
        name="punching",
        caption="throws punches at {b}, who {answer}",
        choreography=_punch_at,
        phases=("guard", "punch", "lower"),
        roles=("a", "b"),
        params={
            **_PARAMS,
            "combo": Choice(STRAIGHT),
            "answer": Choice(TO_PUNCHES),
            "short_m": Range(0.08, 0.22),
            "early_s": Range(0.02, 0.12),
        },
        tags=("sport", "arms", "combat"),
        acting=("right_hand", "left_hand"),
    ),
)
