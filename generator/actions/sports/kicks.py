"""Kicking: front, side and roundhouse kicks, and a football kick when there is a ball."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...motion.meeting import eye_contact, face_to_face
from ...motion.score import Score, Vector
from ..action import Action, Choice, PropUse, Range
from .dodging import TO_KICKS, dodge
from .punches import guard, stance


@dataclass(frozen=True)
class Kick:
    """pelvis: yaw, pitch, roll; trunk: bend, lean, twist; chamber: the ankle from the hip in leg lengths with the knee up.

    ahead: the strike's direction (out, forward); rise: how much of the height parameter it climbs; knee: where it points;
    pivot_rad: how far the standing foot turns.
    """

    pelvis: Vector
    trunk: Vector
    chamber: Vector
    ahead: tuple[float, float]
    rise: float
    knee: Vector
    pivot_rad: float


MARTIAL: dict[str, Kick] = {
    "front": Kick((0.10, -0.22, 0.0), (0.10, 0.0, 0.10), (0.02, 0.42, -0.30), (0.0, 0.90), 0.95, (0.1, 0.8, 0.6), 0.25),
    "side": Kick((1.25, 0.0, -0.45), (0.05, -0.35, -0.2), (0.34, 0.25, -0.28), (0.93, 0.05), 0.55, (0.3, 1.0, 0.5), 1.25),
    "roundhouse": Kick((0.95, -0.05, -0.42), (0.05, -0.28, 0.0), (0.50, -0.10, -0.28), (0.52, 0.80), 0.55, (0.9, 0.5, 0.5), 1.05),
}


def _kick(s: Score) -> None:
    """Weight over the standing leg, knee up, the shin snaps out and back; with a ball on the ground, a football kick."""
    if "ball" in s.props:
        _football(s)
    else:
        _martial(s, s.option("kind"))


def _kick_at(a: Score, b: Score) -> None:
    """The same at somebody who is just out of the foot's reach, and flinches or steps back."""
    kick, leg = MARTIAL[a.option("kind")], a.body.leg_m
    level = float(np.hypot(*kick.ahead))
    reach = 0.965 * leg * level / float(np.hypot(level, kick.rise * a.number("height")))
    front = max(b.body.chest_front_m, b.body.belly_front_m)
    face_to_face(a, b, 0.14 * leg + reach + 0.5 * a.body.foot_m + front + a.number("short_m"))
    hit = a.number("guard_s") + a.number("chamber_s") + 0.16
    dodge(b, a.option("answer"), [hit], b.real(a.number("early_s")))
    _martial(a, a.option("kind"))
    eye_contact(a, b, 0.3)


def _martial(s: Score, kind: str) -> None:
    high = s.number("height")
    leg, out = s.body.leg_m, s.body.stance_out_m
    s.look(0.2, "world", (0.0, 2.0, s.body.shoulder_height_m))
    with s.phase("guard", s.number("guard_s")) as (_, end):
        stance(s, end, 0.55)
        guard(s, end, 0.5, (s.right, s.left))
        for hand in (s.right, s.left):
            hand.fingers(end, 0.4, "fist")
    kick = MARTIAL[kind]
    (yaw, pitch, roll), (bend, lean, twist) = kick.pelvis, kick.trunk
    chamber, knee, pivot = kick.chamber, kick.knee, kick.pivot_rad
    ahead = np.array([*kick.ahead, kick.rise * high])
    strike: Vector = tuple(float(x) for x in 0.965 * ahead / np.linalg.norm(ahead))  # type: ignore[assignment]
    with s.phase("chamber", s.number("chamber_s")) as (start, end):
        s.left_foot.pivot(end, 0.34, 0.6 * pivot)
        s.pelvis.to(end, 0.36, yaw=0.55 * yaw, pitch=0.3 * pitch, roll=0.5 * roll, forward=0.14 * leg, up=-0.03 * leg)
        s.trunk.to(end, 0.36, bend=bend, lean=0.5 * lean, twist=0.5 * twist)
        s.right_foot.heel.to(start + 0.10, 0.12, 0.5)
        s.right_foot.heel.to(end, 0.25, 0.0)
        s.right_foot.reach(end, 0.34, chamber, knee=knee)
    with s.phase("kick", 0.30) as (start, end):
        hit = start + 0.16
        s.left_foot.pivot(hit, 0.2, pivot)
        s.pelvis.to(hit - 0.03, 0.18, yaw=yaw, pitch=pitch, roll=roll)
        s.trunk.to(hit, 0.18, bend=bend, lean=lean, twist=twist)
        s.right_foot.reach(hit + 0.02, 0.22, strike, "strike", knee=knee)
        s.right.reach(hit + 0.03, 0.18, (0.42, -0.30, -0.70), effector="wrist")
        s.left.go(hit + 0.02, 0.18, "chest", (0.12, 0.26, -0.02), palm=(-0.85, -0.4, 0.0), fingers=(-0.15, 0.4, 0.9))
    with s.phase("recoil", 0.34) as (start, end):
        s.right_foot.reach(start + 0.14, 0.26, chamber, knee=knee)
        guard(s, end, 0.3, (s.right, s.left))
    with s.phase("settle", 0.85) as (start, end):
        s.right_foot.place(start + 0.34, 0.36, (out * 1.1, -0.10 * leg), toe_out_rad=0.45)
        s.left_foot.pivot(start + 0.40, 0.3, 0.0)
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
    with s.phase("guard", 0.42) as (start, end):
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


_PARAMS: dict[str, Range | Choice] = {
    "kind": Choice(("front", "side", "roundhouse"), (0.4, 0.25, 0.35)),
    "height": Range(-0.1, 0.4),
    "speed_mps": Range(6.0, 12.0),
    "guard_s": Range(0.55, 0.80),
    "chamber_s": Range(0.39, 0.47),
}

KICKING = Action(
    name="kicking",
    caption="kicks",
    choreography=_kick,
    phases=("guard", "chamber", "kick", "recoil", "settle"),
    params=_PARAMS,
    props=(PropUse("ball", ("ball", "none"), (0.20, 0.24)),),
    aliases=("kick", "kicking something", "kick ball", "kicking a ball"),
    tags=("sport", "legs", "combat"),
    acting=("right_foot",),
    taxonomy={"synapt150": "kicking", "ntu120": "A024", "hmdb51": "kick"},
    together=Action(
        name="kicking",
        caption="kicks at {b}, who {answer}",
        choreography=_kick_at,
        phases=("guard", "chamber", "kick", "recoil", "settle"),
        roles=("a", "b"),
        params={**_PARAMS, "answer": Choice(TO_KICKS), "short_m": Range(0.12, 0.26), "early_s": Range(0.02, 0.12)},
        tags=("sport", "legs", "combat"),
        acting=("right_foot",),
    ),
)
