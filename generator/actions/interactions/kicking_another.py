"""One kicks at another: front and side kicks that land, are dodged, or caught."""

from __future__ import annotations

import numpy as np

from ...motion.impact import jolted, passed_on, struck
from ...motion.meeting import eye_contact, face_to_face
from ...motion.score import Score, Vector
from ..action import Action, Choice, Range
from .blows import back_off, shift

_GOALS = ("belly", "hip", "thigh")
_CATCHES = "catches the foot"
_HELD_M = 0.16
"""How far before the own body somebody holds a foot."""


def _kick(a: Score, b: Score) -> None:
    """Weight over the standing leg, knee up, the foot shoots out at the other, who gives way, jumps back or catches it."""
    side = a.option("kind") == "side"
    goal, leg = a.option("at"), a.body.leg_m
    answer = a.option("answer")
    aim = _aim(a, b, goal, side)
    if answer == _CATCHES:
        aim = (aim[0], aim[1] + _HELD_M, aim[2], "")
    rise = aim[2] - (a.body.pelvis_height_m - a.body.hip_below_pelvis_m)
    reach = 0.92 * leg * float(np.cos(np.arcsin(np.clip(rise / (0.92 * leg), -0.8, 0.8))))
    near = 0.16 * leg + reach + (0.06 if side else 0.10) + aim[1]
    step = a.number("step_m")
    face_to_face(a, b, near + step)
    eye_contact(a, b, 0.1)
    dodges, held_s = answer == "jumps back", a.number("held_s") if answer == _CATCHES else 0.0
    with a.phase("approach", 0.62) as (start, end):
        shift(a, start, 0.6, step)
        _fists_up(a, end)
    yaw, pitch, roll = (1.15, 0.0, -0.40) if side else (0.10, -0.18, 0.0)
    chamber: Vector = (0.30, 0.28, -0.30) if side else (0.02, 0.42, -0.32)
    with a.phase("chamber", 0.36) as (start, end):
        a.left_foot.again(end, 0.3, y_axis=(float(-np.sin(0.6 * yaw)) * -1.0, float(np.cos(0.6 * yaw)), 0.0))
        a.pelvis.to(end, 0.32, yaw=0.6 * yaw, pitch=0.3 * pitch, roll=0.5 * roll, forward=0.10 * leg, up=-0.02 * leg)
        a.trunk.to(end, 0.32, bend=0.05, lean=-0.15 if side else 0.0)
        a.right_foot.heel.to(start + 0.10, 0.12, 0.5)
        a.right_foot.heel.to(end, 0.2, 0.0)
        a.right_foot.reach(end, 0.30, chamber, knee=(0.2, 0.9, 0.5))
    hit = a.now + 0.15
    with a.phase("kick", 0.15 + 0.16 + held_s):
        a.pelvis.to(hit - 0.03, 0.16, yaw=yaw, pitch=pitch, roll=roll, forward=0.16 * leg)
        a.trunk.to(hit, 0.17, bend=0.05, lean=-0.30 if side else 0.0, twist=-0.15 if side else 0.05)
        _foot_out(a, hit, near + step, aim, side, dodges)
        a.right.reach(hit + 0.03, 0.18, (0.42, -0.25, -0.68), effector="wrist")
        if dodges:
            ends = _jump_back(b, hit)
        elif held_s:
            ends = _catch(a, b, hit, held_s)
        else:
            speed = passed_on(a.body, b.body, a.number("speed_mps"), a.number("share"))
            ends = _give_way(a, b, hit, speed, goal)
    with a.phase("recoil", 0.30) as (start, end):
        a.right_foot.reach(start + 0.14, 0.20, chamber, knee=(0.2, 0.9, 0.5))
    with a.phase("settle", max(0.80, ends - b.real(0.35) - a.now)) as (start, _):
        _settle(a, start)


def _fists_up(a: Score, end: float) -> None:
    """Before the chest, the trunk a little bent."""
    for hand, at in ((a.right, (0.20, 0.42, -0.25)), (a.left, (0.12, 0.48, -0.12))):
        hand.reach(end, 0.4, at, palm=(-0.9, 0.0, 0.0), fingers=(0.0, 0.7, 0.6))
        hand.fingers(end - 0.1, 0.3, "fist")
    a.trunk.to(end, 0.4, bend=0.10)


def _settle(a: Score, start: float) -> None:
    """The foot is set down where it stood, the body comes upright."""
    x, y, _z = a.left_foot.moves[-1][1].at
    a.right_foot.place(start + 0.34, 0.36, (x, y - 0.06))
    a.left_foot.place(start + 0.62, 0.3, (x, y))
    a.pelvis.to(start + 0.40, 0.38, yaw=0.0, pitch=0.0, roll=0.0, forward=0.0, up=0.0)
    a.trunk.to(start + 0.45, 0.42, bend=0.0, lean=0.0, twist=0.0)
    for hand in (a.right, a.left):
        hand.rest(start + 0.75, 0.6)
        hand.fingers(start + 0.6, 0.4, "relaxed")


def _aim(a: Score, b: Score, goal: str, side: bool) -> tuple[float, float, float, str]:
    """Where a kick lands: to the right of and ahead of the other's feet, how high, on the flesh of which joint.

    No higher than the kicker's leg easily goes: a short one's kick to the belly of a tall one meets the thigh.
    """
    body = b.body
    hips = body.pelvis_height_m - body.hip_below_pelvis_m
    heights = {
        "belly": body.shoulder_height_m - 0.18 * body.height_m,
        "hip": body.pelvis_height_m - 0.02,
        "thigh": hips - 0.35 * body.thigh_m,
    }
    height = float(np.clip(heights[goal], 0.45 * a.body.pelvis_height_m, 1.18 * a.body.pelvis_height_m))
    if height < hips - 0.05:
        return -0.85 * body.hip_half_m, body.hip_radius_m + 0.09, height, "left_hip"
    joint = "spine1" if height > body.pelvis_height_m + 0.06 else "pelvis"
    return -0.02, body.belly_front_m + (0.085 if side else 0.065), height, joint


def _foot_out(a: Score, hit: float, apart: float, aim: tuple[float, float, float, str], side: bool, dodges: bool) -> None:
    """Ball or heel to the other's body, or to where it was; the sole faces them."""
    body = a.body
    toes, instep = ((1.0, 0.1, 0.15), (0.0, 0.95, 0.1)) if side else ((0.0, -0.15, 1.0), (0.0, 1.0, 0.15))
    along, up = np.array(toes) / np.linalg.norm(toes), np.array(instep) / np.linalg.norm(instep)
    touch = -0.9 * body.ankle_height_m * up + (0.0 if side else 0.75 * body.ball_ahead_m) * along
    x, y, z = (float(value) for value in np.array(aim[:3]) - touch)
    knee = (-0.3, 0.5, 0.9)
    if dodges:
        turned = {"toes": (-toes[0], -toes[1], toes[2]), "instep": (-instep[0], -instep[1], instep[2]), "knee": (0.3, -0.5, 0.9)}
        a.right_foot.reach(hit, 0.15, (-x, apart - y, z), "accelerate", frame="world", unit="m", **turned)  # type: ignore[arg-type]
        return
    a.right_foot.reach(hit, 0.15, (x, y, z), "accelerate", frame="partner:travel", unit="m", toes=toes, instep=instep, knee=knee)
    if aim[3]:
        a.contact("right_heel" if side else "right_ball", f"partner:{aim[3]}", hit, hit + 0.10)


def _give_way(a: Score, b: Score, hit: float, speed: float, goal: str) -> float:
    """Folds over a kick to the belly, the hips are driven back; hands go to where it hurts."""
    catch = struck(
        b,
        hit,
        speed,
        (0.15 if goal == "thigh" else 0.0, -1.0),
        {"belly": 0.05, "hip": 0.0, "thigh": 0.1}[goal],
        over_s=0.06,
        arms=goal != "belly",
    )
    felt = hit + b.real(a.number("late_s"))
    if goal == "thigh":
        jolted(b, hit, twist=0.25)
    if goal == "belly":
        for k, hand in enumerate((b.right, b.left)):
            hand.go(
                felt + 0.22 + 0.04 * k,
                0.24,
                "chest",
                (-0.04, 0.20 + 0.02 * k, -0.30),
                palm=(-0.2, -0.95, 0.0),
                fingers=(-0.95, 0.1, 0.0),
            )
            hand.rest(felt + 1.15, 0.5)
        b.trunk.to(felt + 0.25, 0.25, bend=0.35)
        b.trunk.to(felt + 1.0, 0.5, bend=0.0)
    b.look(felt + 0.15, "partner:right_foot", duration_s=0.25)
    b.look(felt + 0.8, "partner:head", landmark="nose")
    return max(catch.end_s, felt + 1.0)


def _catch(a: Score, b: Score, hit: float, held_s: float) -> float:
    """One palm under the heel and one beside the ankle, which are held, shaken and let go; returns when all is over."""
    off = hit + held_s
    a.right_foot.again(off, held_s)
    for t, side in ((0.35, 1.0), (0.75, -0.6)):
        a.trunk.to(hit + t * held_s, 0.3 * held_s, lean=0.10 * side, bend=-0.05)
    for hand, out in ((a.right, 0.75), (a.left, 0.85)):
        hand.reach(hit + 0.35 * held_s, 0.25, (out, 0.10, -0.15), effector="wrist")
    b.pelvis.to(hit + 0.05, 0.25, forward=-0.06, up=-0.05)
    b.trunk.to(hit, 0.22, bend=0.16)
    for hand, at, palm in (
        (b.right, (0.0, -0.075, 0.03), (0.0, 1.0, 0.0)),
        (b.left, (0.055, 0.0, 0.04), (-1.0, 0.0, 0.0)),
    ):
        hand.reach(hit - 0.14, 0.26, (-0.02, 0.52, -0.42), palm=(-0.5, 0.2, 0.8), fingers=(0.0, 0.95, 0.0))
        hand.go(hit + 0.02, 0.16, "partner:right_foot", at, palm=palm, fingers=(0.0, 0.0, 1.0))
        hand.fingers(hit - 0.1, 0.2, "flat")
        hand.fingers(hit + 0.08, 0.12, "cup")
        b.contact(f"{hand.side}_palm", "partner:right_ankle", hit + 0.08, off - 0.02)
        hand.reach(off + 0.22, 0.22, (0.15, 0.60, -0.45), palm=(-0.3, 0.5, 0.6), fingers=(0.0, 0.9, 0.2))
        hand.rest(off + 0.85, 0.55)
        hand.fingers(off + 0.5, 0.4, "relaxed")
    b.pelvis.to(off + 0.5, 0.4, forward=0.0, up=0.0)
    b.trunk.to(off + 0.55, 0.45, bend=0.0)
    b.look(hit - 0.05, "partner:right_foot", duration_s=0.2)
    b.look(off, "partner:head", landmark="nose", duration_s=0.3)
    return off + 1.2


def _jump_back(b: Score, hit: float) -> float:
    """Out of the foot's way, the arms thrown forward; returns when all is over."""
    back_off(b, hit, 0.42)
    for k, hand in enumerate((b.right, b.left)):
        hand.reach(hit + 0.04 * k, b.real(0.22), (0.30, 0.62, -0.30 + 0.12 * k), palm=(0.0, 0.2, -0.95), fingers=(0.1, 0.9, 0.2))
        hand.rest(hit + b.real(0.9), 0.5)
    return hit + b.real(0.9)


KICKING_ANOTHER = Action(
    name="kicking_another",
    caption="kicks at {b}, who {answer}",
    choreography=_kick,
    phases=("approach", "chamber", "kick", "recoil", "settle"),
    roles=("a", "b"),
    params={
        "kind": Choice(("front", "side"), (0.65, 0.35)),
        "at": Choice(_GOALS, (0.45, 0.3, 0.25)),
        "answer": Choice(("staggers", "jumps back", _CATCHES), (0.6, 0.22, 0.18)),
        "step_m": Range(0.12, 0.35),
        "speed_mps": Range(4.0, 5.5),
        "share": Range(0.13, 0.20),
        "late_s": Range(0.08, 0.25),
        "held_s": Range(0.5, 0.8),
    },
    aliases=("kicking another", "kicking somebody", "kicking other person", "kick another"),
    tags=("interaction", "contact", "legs", "combat"),
    acting=("right_foot",),
    taxonomy={"ntu120": "A051", "ut_interaction": "kick"},
)
