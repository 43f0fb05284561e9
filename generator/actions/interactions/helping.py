"""One person helps another up from the floor."""

from __future__ import annotations

import numpy as np

from ...motion.meeting import Meeting, eye_contact, face_to_face, meeting
from ...motion.score import Score
from ..action import Action, Choice, Range
from ..poses import START_S, free_hand, hip_joint, pelvis_at

_SITTING_PITCH_RAD = -0.10


def _help(a: Score, b: Score) -> None:
    """A hand is held out to somebody on the floor; they take it, are pulled to their feet, and let go."""
    sits = a.option("floor") == "sit"
    hips = _hips(b, sits)
    grip = _grip(a, b, hips)
    face_to_face(a, b, grip.apart_m)
    _on_the_floor(b, sits, hips)
    eye_contact(a, b, 0.3)
    late = b.real(a.number("late_s"))
    with a.phase("offer", 0.95) as (start, end):
        _bow_down(a, grip, start, end)
        b.trunk.to(end, 0.6, bend=0.35)
        _take(b, end + 0.05, 0.7 - late)
        for one in (a, b):
            one.right.fingers(start + 0.5, 0.4, "flat")
            one.right.fingers(end + 0.18, 0.2, "clasp")
    with a.phase("pull", a.number("pull_s") + 0.15) as (start, end):
        _pull(a, b, start + 0.15, end)
        a.contact("right_palm", "partner:right_palm", start + 0.15, end)
    with a.phase("let_go", 0.95) as (start, end):
        for one, delay in ((a, 0.05), (b, 0.0)):
            one.right.fingers(start + 0.15, 0.2, "flat")
            one.right.rest(end + delay, 0.75)
            one.right.fingers(end, 0.5, "relaxed")
            one.trunk.to(end, 0.7, bend=0.0, twist=0.0)
            one.pelvis.to(end, 0.7, pitch=0.0, forward=0.0, up=0.0)
        b.head.to(start + 0.5, 0.25, nod=0.15)
        b.head.to(start + 0.85, 0.3, nod=0.0)
        a.right_foot.step(end - 0.1, 0.4, (a.body.stance_out_m, 0.0), lift_m=0.05)


def _hips(b: Score, sits: bool) -> tuple[float, float]:
    """Where the hip joints of the one on the floor are: ahead of the ankles (behind: negative) and above the floor."""
    if sits:
        return -0.52 * b.body.leg_m, 0.95 * b.body.sitting_flesh_m
    return -0.18 * b.body.leg_m, 0.42 * b.body.leg_m


def _grip(a: Score, b: Score, hips: tuple[float, float]) -> Meeting:
    """Where hands meet low: at the end of the arm of the one on the floor, who leans forward a little for it."""
    trunk = b.body.shoulder_height_m - b.body.pelvis_height_m + b.body.hip_below_pelvis_m
    shoulder = (hips[0] + 0.30 * trunk, hips[1] + 0.93 * trunk)
    arm = a.number("stretch") * (b.body.arm_m + 0.5 * b.body.hand_m)
    height = shoulder[1] + 0.12 * arm
    return Meeting(height, a.number("ahead") * a.body.arm_m + 0.2, shoulder[0] + 0.95 * arm)


def _on_the_floor(b: Score, sits: bool, hips: tuple[float, float]) -> None:
    """How the clip finds them: seated with the knees up, or crouching, one hand on the floor or the knee."""
    pitch = _SITTING_PITCH_RAD if sits else 0.35
    ahead, up = hip_joint(b, pitch)
    pelvis_at(b, START_S, 0.1, forward_m=hips[0] - ahead, height_m=hips[1] - up, pitch=pitch)
    b.mode.to(START_S, 0.1, balance=0.0, reach=0.0, seated=1.0 if sits else 0.0)
    b.trunk.to(START_S, 0.1, bend=0.30 if sits else 0.20)
    for foot in (b.right_foot, b.left_foot):
        foot.place(START_S, 0.1, (b.body.stance_out_m * 1.15, 0.0), toe_out_rad=0.25, knee=(0.3, 1.0, 0.6))
    b.right.touch(START_S, 0.1, "right_kneecap", (0.0, -0.06, 0.05), "world", palm=(0.0, 0.0, -1.0), fingers=(-0.3, 1.0, -0.2),
                  elbow=(0.8, -0.6, -0.2))  # fmt: skip
    if sits:
        b.left.go(START_S, 0.1, "world", (b.body.waist_half_m + 0.10, hips[0] - 0.14, 0.055), palm=(0.0, 0.0, -1.0),
                  fingers=(0.6, -0.7, 0.0), elbow=(0.5, -0.9, 0.2))  # fmt: skip
        b.left.fingers(START_S, 0.1, "planted")
    else:
        b.left.touch(START_S, 0.1, "left_kneecap", (0.0, -0.06, 0.05), "world", palm=(0.0, 0.0, -1.0), fingers=(-0.3, 1.0, -0.2),
                     elbow=(0.8, -0.6, -0.2))  # fmt: skip


def _bow_down(a: Score, grip: Meeting, start: float, end: float) -> None:
    """One foot ahead, knees and hips bent, the right hand down to where the other can take it."""
    need = a.body.shoulder_height_m - grip.height_m - 0.85 * (a.body.arm_m + 0.5 * a.body.hand_m)
    knees = float(np.clip(0.35 * need, 0.03, 0.16))
    bow = float(np.clip(0.35 + 1.1 * need, 0.30, 0.85))
    a.left_foot.step(start + 0.45, 0.35, (a.body.stance_out_m, 0.10), lift_m=0.05)
    a.pelvis.to(end, 0.75, pitch=0.55 * bow, up=-knees, forward=-0.06 * bow)
    a.trunk.to(end, 0.75, bend=0.55 * bow, twist=0.18)
    a.right.go(end, 0.75, "world", (0.0, grip.a_m, grip.height_m), palm=(-1.0, 0.0, 0.15), fingers=(-0.15, 0.8, -0.55),
               elbow=(0.4, -0.5, -0.8))  # fmt: skip
    free_hand(a, a.left, "side", end)


def _take(b: Score, end: float, duration: float) -> None:
    b.right.go(end, duration, "partner:right_hand", (0.0, 0.003, 0.009), palm=(0.0, 0.0, -1.0), fingers=(-0.42, -0.9, 0.0),
               elbow=(-0.4, 0.5, -0.8))  # fmt: skip


def _pull(a: Score, b: Score, start: float, end: float) -> None:
    """The helper's weight goes back and up, the other's comes over the feet and rises, the hands between them."""
    length = end - start
    top = meeting(a.body, b.body, 0.62, 0.62)
    apart = float(b.T_stage_world[1, 3])
    hands = top.a_m + 0.5 * (apart - top.apart_m)
    a.right.go(end, 0.9 * length, "world", (0.0, hands, top.height_m), palm=(-1.0, 0.0, 0.1), fingers=(-0.22, 0.9, 0.05),
               elbow=(0.4, -0.6, -0.7))  # fmt: skip
    a.pelvis.to(start + 0.5 * length, 0.5 * length, forward=-0.10, up=-0.06, pitch=0.12)
    a.trunk.to(start + 0.55 * length, 0.5 * length, bend=-0.02, twist=-0.10)
    a.pelvis.to(end, 0.5 * length, up=0.0, pitch=0.0, forward=-0.05)
    b.mode.to(start + 0.35 * length, 0.3 * length, seated=0.0)
    b.mode.to(end + 0.1, 0.5 * length, balance=1.0, reach=1.0)
    b.pelvis.to(start + 0.6 * length, 0.6 * length, pitch=0.45, forward=-0.02)
    b.trunk.to(start + 0.5 * length, 0.45 * length, bend=0.35)
    b.pelvis.to(end, 0.78 * length, up=0.0)
    b.pelvis.to(end, 0.5 * length, pitch=0.0, forward=0.0)
    b.trunk.to(end, 0.5 * length, bend=0.06)
    for foot in (b.right_foot, b.left_foot):  # shins lean further than ankles bend: heels come off the floor
        foot.heel.to(start + 0.5 * length, 0.35 * length, 0.45)
        foot.heel.to(start + 0.92 * length, 0.38 * length, 0.0)
    b.left.reach(start + 0.55 * length, 0.45 * length, (0.35, 0.40, -0.55), elbow=(0.7, -0.5, -0.5))
    b.left.rest(end + 0.1, 0.5 * length)
    b.left.fingers(end, 0.4, "relaxed")


HELPING_UP = Action(
    name="helping_up",
    caption="helps {b} up from the floor",
    choreography=_help,
    phases=("offer", "pull", "let_go"),
    roles=("a", "b"),
    params={
        "floor": Choice(("sit", "crouch"), (0.65, 0.35)),
        "stretch": Range(0.80, 0.92),
        "ahead": Range(0.75, 0.95),
        "late_s": Range(0.1, 0.25),
        "pull_s": Range(0.95, 1.35),
    },
    aliases=("helping up", "help up", "help somebody up", "pulling up from the floor"),
    tags=("interaction", "posture"),
    acting=("right_hand", "b:right_hand"),
)
