"""Strikes: punching and kicking."""

from __future__ import annotations

import numpy as np

from ..motion.score import Hand, Score
from .action import Action, Choice, PropUse, Range

COMBOS: dict[str, tuple[str, ...]] = {
    "jab": ("jab", "jab", "jab"),
    "jab_cross": ("jab", "cross", "jab", "cross"),
    "cross_hook": ("jab", "cross", "hook"),
    "cross": ("cross", "cross", "cross"),
    "uppercut": ("jab", "cross", "uppercut"),
}
GUARD_YAW_RAD, GUARD_TWIST_RAD = -0.38, -0.10


def _guard(s: Score, end: float, duration: float, hands: tuple[Hand, ...]) -> None:
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


def _stance(s: Score, end: float, duration: float) -> None:
    """Left foot ahead, right foot behind and turned out, knees bent, half turned away."""
    out, leg = s.body.stance_out_m, s.body.leg_m
    s.left_foot.step(end, 0.7 * duration, (out, 0.20 * leg), toe_out_rad=-0.15, lift_m=0.05)
    s.right_foot.step(end - 0.35 * duration, 0.6 * duration, (out * 1.15, -0.20 * leg), toe_out_rad=0.70, lift_m=0.05)
    s.pelvis.to(end, duration, yaw=GUARD_YAW_RAD, up=-0.05 * leg)
    s.trunk.to(end, duration, twist=GUARD_TWIST_RAD, bend=0.12)
    s.head.to(end, duration, nod=0.06)


def _punch(s: Score) -> None:
    """From a boxer's guard: strikes that start in the hips and snap back, the other hand guarding."""
    combo = COMBOS[s.option("combo")]
    gap = s.number("gap_s")
    s.look(0.2, "travel", (0.0, 2.0, 0.98 * s.body.eye_height_m))
    with s.phase("guard", 0.65) as (start, end):
        _stance(s, end, 0.6)
        _guard(s, end, 0.55, (s.right, s.left))
        for hand in (s.right, s.left):
            hand.fingers(start + 0.35, 0.3, "fist")
    with s.phase("punch", gap * len(combo) + 0.25) as (start, end):
        for k, kind in enumerate(combo):
            _strike(s, kind, start + 0.22 + gap * k)
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
    sign, power = (1.0 if hand is s.right else -1.0), s.amplitude
    yaw, twist = {"jab": (-0.52, -0.28), "cross": (0.30, 0.34), "hook": (-0.75, -0.42), "uppercut": (0.22, 0.26)}[kind]
    s.pelvis.to(hit - 0.05, 0.16, yaw=GUARD_YAW_RAD + power * (yaw - GUARD_YAW_RAD))
    s.trunk.to(hit - 0.01, 0.15, twist=GUARD_TWIST_RAD + power * (twist - GUARD_TWIST_RAD), bend=0.16)
    s.pelvis.to(hit + 0.28, 0.26, yaw=GUARD_YAW_RAD)
    s.trunk.to(hit + 0.30, 0.26, twist=GUARD_TWIST_RAD, bend=0.12)
    if hand is s.right:
        s.right_foot.heel.to(hit, 0.18, 0.60)
        s.right_foot.heel.to(hit + 0.30, 0.24, 0.05)
    chest = yaw + twist
    ahead = (sign * float(np.sin(chest)), float(np.cos(chest)))
    if kind in ("jab", "cross"):
        up = s.number("aim")
        at = (0.975 * ahead[0] - 0.10, 0.975 * ahead[1], up)
        hand.reach(
            hit,
            0.15,
            at,
            "accelerate",
            palm=(0.0, 0.1, -1.0),
            fingers=(ahead[0] - 0.1, ahead[1], up),
            effector="wrist",
            elbow=(0.5, -0.3, -0.8),
        )
    elif kind == "hook":
        hand.go(
            hit - 0.10,
            0.14,
            "chest",
            (0.36, 0.16, 0.0),
            palm=(-0.4, 0.4, -0.8),
            fingers=(0.2, 0.95, 0.1),
            elbow=(1.0, -0.3, 0.0),
        )
        hand.go(
            hit,
            0.12,
            "chest",
            (0.02, 0.42, 0.05),
            "accelerate",
            palm=(-0.2, -0.4, -0.9),
            fingers=(-0.85, 0.5, 0.05),
            elbow=(1.0, 0.0, 0.05),
        )
    else:
        hand.go(
            hit - 0.12,
            0.14,
            "chest",
            (0.16, 0.18, -0.28),
            palm=(-0.5, 0.3, 0.8),
            fingers=(0.0, 0.95, -0.1),
            elbow=(0.3, -0.9, -0.4),
        )
        hand.go(
            hit,
            0.13,
            "chest",
            (0.02, 0.38, 0.10),
            "accelerate",
            palm=(-0.1, -0.95, 0.3),
            fingers=(-0.1, 0.35, 0.9),
            elbow=(0.3, 0.1, -1.0),
        )
    _guard(s, hit + 0.26, 0.22, (hand,))


PUNCHING = Action(
    name="punching",
    caption="throws punches",
    choreography=_punch,
    phases=("guard", "punch", "lower"),
    params={
        "combo": Choice(tuple(COMBOS), (0.15, 0.3, 0.25, 0.1, 0.2)),
        "gap_s": Range(0.38, 0.55),
        "aim": Range(-0.12, 0.14),
    },
    aliases=("punch", "boxing", "shadow boxing", "throwing punches"),
    tags=("sport", "arms", "combat"),
    taxonomy={"synapt150": "punching", "hmdb51": "punch"},
)


def _kick(s: Score) -> None:
    """Weight over the standing leg, knee up, the shin snaps out and back; with a ball on the ground, a football kick."""
    if "ball" in s.props:
        _football(s)
    else:
        _martial(s, s.option("kind"))


def _martial(s: Score, kind: str) -> None:
    high = s.number("height")
    leg, out = s.body.leg_m, s.body.stance_out_m
    s.look(0.2, "world", (0.0, 2.0, s.body.shoulder_height_m))
    with s.phase("guard", 0.6) as (_, end):
        _stance(s, end, 0.55)
        _guard(s, end, 0.5, (s.right, s.left))
        for hand in (s.right, s.left):
            hand.fingers(end, 0.4, "fist")
    # kick: (pelvis yaw, pitch, roll), trunk (bend, lean, twist), chamber and strike from the hip, knee's way, foot turned
    shapes = {
        "front": (
            (0.10, -0.22, 0.0),
            (0.10, 0.0, 0.10),
            (0.02, 0.42, -0.30),
            (0.0, 0.96 - 0.4 * high, 0.9 * high),
            (0.1, 0.8, 0.6),
        ),
        "side": (
            (1.25, 0.0, -0.45),
            (0.05, -0.35, -0.2),
            (0.34, 0.25, -0.28),
            (0.93, 0.05, 0.55 * high),
            (0.3, 1.0, 0.5),
        ),
        "roundhouse": (
            (0.95, -0.05, -0.42),
            (0.05, -0.28, 0.0),
            (0.50, -0.10, -0.28),
            (0.52, 0.80, 0.55 * high),
            (0.9, 0.5, 0.5),
        ),
    }
    (yaw, pitch, roll), (bend, lean, twist), chamber, strike, knee = shapes[kind]
    pivot = {"front": 0.25, "side": 1.25, "roundhouse": 1.05}[kind]
    with s.phase("chamber", 0.42) as (start, end):
        s.left_foot.place(end, 0.34, (out, 0.20 * leg), toe_out_rad=0.6 * pivot)
        s.pelvis.to(end, 0.36, yaw=0.55 * yaw, pitch=0.3 * pitch, roll=0.5 * roll, forward=0.14 * leg, up=-0.03 * leg)
        s.trunk.to(end, 0.36, bend=bend, lean=0.5 * lean, twist=0.5 * twist)
        s.right_foot.heel.to(start + 0.10, 0.12, 0.5)
        s.right_foot.heel.to(end, 0.25, 0.0)
        s.right_foot.reach(end, 0.34, chamber, knee=knee)
    with s.phase("kick", 0.30) as (start, end):
        hit = start + 0.16
        s.left_foot.place(hit, 0.2, (out, 0.20 * leg), toe_out_rad=pivot)
        s.pelvis.to(hit - 0.03, 0.18, yaw=yaw, pitch=pitch, roll=roll)
        s.trunk.to(hit, 0.18, bend=bend, lean=lean, twist=twist)
        s.right_foot.reach(hit, 0.15, strike, "accelerate", knee=knee)
        s.right.reach(hit + 0.03, 0.18, (0.42, -0.30, -0.70), effector="wrist")
        s.left.go(hit + 0.02, 0.18, "chest", (0.12, 0.26, -0.02), palm=(-0.85, -0.4, 0.0), fingers=(-0.15, 0.4, 0.9))
    with s.phase("recoil", 0.34) as (start, end):
        s.right_foot.reach(start + 0.12, 0.22, chamber, knee=knee)
        _guard(s, end, 0.3, (s.right, s.left))
    with s.phase("settle", 0.85) as (start, end):
        s.right_foot.place(start + 0.34, 0.36, (out * 1.1, -0.10 * leg), toe_out_rad=0.45)
        s.left_foot.place(start + 0.40, 0.3, (out, 0.20 * leg), toe_out_rad=0.0)
        s.pelvis.to(start + 0.45, 0.42, yaw=-0.2, pitch=0.0, roll=0.0, forward=0.0, up=-0.02 * leg)
        s.trunk.to(start + 0.45, 0.42, bend=0.08, lean=0.0, twist=0.0)
        s.left_foot.step(end, 0.38, (out, 0.0))
        s.right_foot.step(end + 0.2, 0.34, (out, 0.0))
        s.pelvis.to(end + 0.2, 0.45, yaw=0.0, up=0.0)
        s.trunk.to(end + 0.2, 0.5, bend=0.0)
        s.head.to(end, 0.4, nod=0.0)
        for hand in (s.right, s.left):
            hand.rest(end + 0.1, 0.55)
            hand.fingers(end, 0.4, "relaxed")


def _football(s: Score) -> None:
    """Step up beside the ball, swing the leg from far behind, strike it with the instep, follow through."""
    leg, out, foot = s.body.leg_m, s.body.stance_out_m, s.body.foot_m
    radius = float(s.props["ball"].frames["grip"][1, 3])
    ahead = 0.62 * leg
    beside = (out + 0.10, ahead - 0.04)
    s.stand("ball", (0.5 * out, ahead + 0.14), height_m=radius)
    s.look(0.1, "prop:ball", duration_s=0.1)
    with s.phase("guard", 0.35) as (start, end):
        s.pelvis.to(end, 0.35, forward=-0.02, up=-0.02)
        s.trunk.to(end, 0.35, bend=0.12)
    with s.phase("chamber", 0.52) as (start, end):
        s.left_foot.step(end - 0.04, 0.40, beside, toe_out_rad=0.05, lift_m=0.07)
        s.pelvis.to(end, 0.46, forward=0.72 * ahead, yaw=-0.35, pitch=-0.04, up=-0.05 * leg)
        s.trunk.to(end + 0.03, 0.45, twist=0.35, bend=0.10)
        s.right_foot.heel.to(end - 0.18, 0.25, 0.75)
        s.right_foot.reach(end + 0.05, 0.26, (0.10, -0.60, -0.62), knee=(0.15, 0.6, -0.6))
        s.left.reach(end + 0.03, 0.45, (0.72, 0.12, -0.30))
        s.right.reach(end + 0.03, 0.45, (0.35, -0.45, -0.72))
    hit = s.now + 0.19
    with s.phase("kick", hit - s.now) as (start, _):
        s.pelvis.to(hit - 0.02, 0.18, yaw=0.30, pitch=-0.10, forward=0.92 * ahead)
        s.trunk.to(hit, 0.18, twist=-0.25, bend=0.24)
        s.right_foot.heel.to(hit, 0.12, 0.45)
        s.right_foot.place(
            hit,
            0.14,
            (0.5 * out, ahead + 0.14 - radius - 0.55 * foot),
            toe_out_rad=0.0,
            height_m=0.05,
            ease="accelerate",
        )
    s.contact("right_toe", "ball", hit - 0.03, hit + 0.03)
    power = s.number("speed_mps")
    s.throw("ball", hit, (0.0, power, (0.12 + 0.35 * s.number("height")) * power))
    with s.phase("recoil", 0.42) as (start, end):
        s.right_foot.heel.to(start + 0.25, 0.25, 0.2)
        s.right_foot.reach(start + 0.19, 0.20, (-0.10, 0.72, -0.55 + 0.3 * s.number("height")), "decelerate")
        s.pelvis.to(start + 0.2, 0.22, yaw=0.42, pitch=-0.20)
        s.left.reach(start + 0.2, 0.25, (0.20, 0.62, -0.45))
        s.right.reach(start + 0.2, 0.25, (0.55, -0.35, -0.60))
        s.look(start + 0.3, "world", (0.0, 8.0, 1.0), duration_s=0.3)
    with s.phase("settle", 0.8) as (start, end):
        s.right_foot.heel.to(start + 0.3, 0.3, 0.0)
        s.right_foot.place(start + 0.40, 0.44, (out, ahead + 0.12))
        s.pelvis.to(start + 0.6, 0.55, yaw=0.0, pitch=0.0, up=0.0, forward=ahead + 0.04)
        s.trunk.to(start + 0.6, 0.55, twist=0.0, bend=0.0)
        for hand in (s.right, s.left):
            hand.rest(end, 0.6)


KICKING = Action(
    name="kicking",
    caption="kicks",
    choreography=_kick,
    phases=("guard", "chamber", "kick", "recoil", "settle"),
    params={
        "kind": Choice(("front", "side", "roundhouse"), (0.4, 0.25, 0.35)),
        "height": Range(-0.1, 0.4),
        "speed_mps": Range(6.0, 12.0),
    },
    props=(PropUse("ball", ("ball", "none"), (0.20, 0.24)),),
    aliases=("kick", "kicking something", "kick ball", "kicking a ball"),
    tags=("sport", "legs", "combat"),
    taxonomy={"synapt150": "kicking", "ntu120": "A024", "hmdb51": "kick"},
)
