"""One strikes at another: punches and slaps that land, or are ducked."""

from __future__ import annotations

import numpy as np

from ...motion.impact import jolted, passed_on, struck
from ...motion.meeting import eye_contact, face_to_face
from ...motion.score import Score, Vector
from ..action import Action, Choice, Range
from .blows import Mark, ahead_m, back_off, duck, height_of, mark_at, shift, within_reach

_LEAN_RAD, _TURNED_RAD = 0.14, 0.60
_AIMS = {"slaps at": "face", "punches at the face of": "face", "punches at the shoulder of": "shoulder"}


def _strike(a: Score, b: Score) -> None:
    """A step up with the arm drawn back, the blow from the hips; the other flinches under it, or is no longer there."""
    slap, aim = a.option("blow") == "slaps at", _AIMS[a.option("blow")]
    height = within_reach(a.body, height_of(b.body, aim), 0.86, _LEAN_RAD)
    mark = mark_at(b.body, height)
    near = ahead_m(a.body, height, 0.86, _LEAN_RAD, _TURNED_RAD) + 0.06 + mark.ahead_m
    step = a.number("step_m")
    face_to_face(a, b, near + step)
    eye_contact(a, b, 0.1)
    hit = a.now + 0.80
    ducks = a.option("answer") == "ducks"
    with a.phase("wind", 0.64) as (start, end):
        shift(a, start, 0.7, step)
        wound: Vector = (0.62, -0.22, -0.06) if slap else (0.36, -0.30, -0.10)
        a.right.reach(
            end,
            0.50,
            wound,
            palm=(-0.2, 0.9, -0.2) if slap else (-0.6, 0.2, -0.7),
            fingers=(0.5, 0.6, 0.5),
            elbow=(0.8, -0.7, -0.3),
        )
        a.right.fingers(end - 0.1, 0.4, "flat" if slap else "fist")
        a.left.reach(end, 0.5, (0.15, 0.45, -0.35), palm=(-0.8, 0.0, -0.4))
        a.left.fingers(end, 0.4, "relaxed" if slap else "fist")
        a.pelvis.to(end, 0.45, yaw=-0.28)
        a.trunk.to(end + 0.02, 0.45, twist=-0.45, bend=-0.03)
    with a.phase("strike", hit + 0.30 - a.now):
        a.pelvis.to(hit - 0.02, 0.16, yaw=0.22, forward=0.06)
        a.trunk.to(hit + 0.03, 0.17, "accelerate", twist=_TURNED_RAD - 0.22, bend=_LEAN_RAD)
        a.right_foot.heel.to(hit, 0.2, 0.45)
        a.left.reach(hit + 0.05, 0.2, (0.28, -0.10, -0.75), effector="wrist")
        a.trunk.to(hit + 0.22, 0.2, "decelerate", twist=_TURNED_RAD + (0.25 if slap or ducks else -0.12))
        if ducks:
            _pass_over(a, b, hit, near, height, slap)
            if mark.landmark == "mouth":
                duck(b, hit + 0.02, b.real(0.26), 1.0, -0.15)
            else:  # the blow of somebody much shorter comes too low to be under it
                back_off(b, hit, 0.30)
            _cover(b, hit, b.real(0.24))
            ends = hit + 0.5
        else:
            _land(a, hit, mark, aim, slap)
            ends = _take(a, b, hit, mark, aim, slap)
    with a.phase("aftermath", max(ends - b.real(0.3) - a.now, 1.26)) as (start, end):
        a.right_foot.heel.to(start + 0.3, 0.3, 0.0)
        a.pelvis.to(start + 0.6, 0.5, yaw=0.0, forward=0.0)
        a.trunk.to(start + 0.6, 0.5, twist=0.0, bend=0.0)
        for hand in (a.right, a.left):
            hand.rest(start + 0.75, 0.6)
            hand.fingers(start + 0.6, 0.4, "relaxed")
        if ducks:
            shift(b, start + 0.05, 0.5, -0.28)
            for hand in (b.right, b.left):
                hand.rest(end + 0.1, 0.5)


def _land(a: Score, hit: float, mark: Mark, aim: str, slap: bool) -> None:
    """The palm meets the cheek on its way across; the fist arrives straight, and comes back."""
    side: Vector = (-0.055 if aim == "face" else -0.03, 0.012 if slap else 0.045, mark.up_m)
    if slap:
        a.right.touch(hit, 0.17, mark.landmark, side, mark.frame, "accelerate", palm=(0.95, -0.3, 0.0), fingers=(-0.2, -0.7, 0.6),
                      elbow=(-0.9, 0.2, -0.5))  # fmt: skip
        a.contact("right_palm", f"partner:{mark.landmark}", hit, hit + 0.08)
        a.right.reach(hit + 0.23, 0.18, (-0.42, 0.62, -0.02), "decelerate", palm=(-0.4, -0.6, -0.4), fingers=(-0.8, 0.5, 0.2))
        return
    turned = {"palm": (0.1, 0.1, -1.0), "fingers": (0.1, -1.0, 0.0), "elbow": (-0.7, 0.2, -0.6), "effector": "knuckles"}
    if aim == "shoulder" and mark.landmark != "belly":
        a.right.go(hit, 0.16, "partner:left_shoulder", (0.02, 0.115, -0.01), "accelerate", **turned)  # type: ignore[arg-type]
        a.contact("right_knuckles", "partner:left_shoulder", hit, hit + 0.08)
    else:
        a.right.touch(hit, 0.16, mark.landmark, side, mark.frame, "accelerate", **turned)  # type: ignore[arg-type]
        a.contact("right_knuckles", f"partner:{mark.landmark}", hit, hit + 0.08)
    a.right.reach(hit + 0.32, 0.25, (0.12, 0.38, -0.10), "decelerate", palm=(-0.6, -0.2, -0.7), fingers=(-0.1, 0.8, 0.5))


def _take(a: Score, b: Score, hit: float, mark: Mark, aim: str, slap: bool) -> float:
    """Head and trunk turn with the blow, the feet step; a hand goes to where it hurts. Returns when all is over."""
    speed = passed_on(a.body, b.body, a.number("speed_mps"), a.number("share"))
    hard = float(np.clip(speed / 0.35, 0.6, 1.3))
    onto_face = mark.landmark == "mouth"
    if onto_face and slap:
        jolted(b, hit, turn=-0.80 * hard, tilt=0.18 * hard, twist=-0.25 * hard)
    elif onto_face:
        jolted(b, hit, turn=-0.50 * hard, nod=-0.32 * hard, twist=-0.30 * hard)
    else:
        jolted(b, hit, twist=0.55 * hard)
    catch = struck(b, hit, speed, (0.55, -0.8) if slap else (0.2, -1.0), 0.9, arms=not onto_face)
    felt = hit + b.real(a.number("late_s"))
    b.mode.to(felt + 0.1, 0.1, shrug=0.18)
    b.mode.to(felt + 0.9, 0.4, shrug=0.0)
    if a.option("holds") == "holds it":
        if onto_face:
            b.left.touch(
                felt + 0.42,
                0.36,
                "left_ear",
                (-0.015, 0.055, -0.055),
                palm=(-0.95, -0.2, 0.0),
                fingers=(-0.1, 0.2, 0.95),
                elbow=(0.6, 0.3, -0.9),
            )
        else:
            b.right.go(
                felt + 0.45,
                0.4,
                "chest",
                (-0.85 * b.body.shoulder_half_m, 0.12, -0.05),
                palm=(-0.5, -0.85, 0.0),
                fingers=(-0.8, 0.1, 0.4),
            )
        b.look(felt + 0.3, "travel", (0.6, 1.5, 0.4 * b.body.eye_height_m))
    return max(catch.end_s, felt + 0.9)


def _pass_over(a: Score, b: Score, hit: float, near: float, height: float, slap: bool) -> None:
    """The blow goes through where the head was, and carries the striker on."""
    at = (-0.02, near + a.number("step_m") - 0.02, height)
    palm, fingers = ((-0.95, 0.2, 0.0), (-0.3, 0.9, 0.3)) if slap else ((0.0, 0.1, -1.0), (0.0, 1.0, 0.0))
    a.right.go(hit, 0.17, "world", at, "accelerate", palm=palm, fingers=fingers)
    a.right.reach(hit + 0.20, 0.17, (-0.55, 0.55, -0.10), "decelerate", palm=(-0.4, -0.6, -0.4), fingers=(-0.8, 0.5, 0.0))


def _cover(b: Score, when: float, duration: float) -> None:
    """Both forearms before the face."""
    for k, hand in enumerate((b.right, b.left)):
        hand.reach(
            when + 0.03 * k,
            duration,
            (-0.05, 0.42, 0.12),
            palm=(0.2, 0.9, 0.2),
            fingers=(-0.1, 0.1, 0.95),
            elbow=(0.7, 0.3, -0.7),
        )


PUNCH_SLAP = Action(
    name="punch_slap",
    caption="{blow} {b}, who {answer}",
    choreography=_strike,
    phases=("wind", "strike", "aftermath"),
    roles=("a", "b"),
    params={
        "blow": Choice(("slaps at", "punches at the face of", "punches at the shoulder of"), (0.4, 0.38, 0.22)),
        "answer": Choice(("flinches", "ducks"), (0.78, 0.22)),
        "holds": Choice(("holds it", "no")),
        "step_m": Range(0.12, 0.32),
        "speed_mps": Range(4.0, 7.0),
        "share": Range(0.04, 0.07),
        "late_s": Range(0.08, 0.25),
    },
    aliases=("punch slap", "slap", "slapping", "slapping somebody", "punching another", "punching other person"),
    tags=("interaction", "contact", "arms", "combat"),
    acting=("right_hand",),
    taxonomy={"synapt150": "punch_slap", "ntu120": "A050", "ut_interaction": "punch"},
)
