"""Hanging from a bar and pulling up to it."""

from __future__ import annotations

import numpy as np

from ...motion.limbs import Foot, Hand
from ...motion.score import Score
from ...motion.solve import STANDING_HEIGHT
from ...motion.target import Vector
from ...props.bars import BAR_RADIUS_M
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S, pelvis_at


def _pull_up(s: Score) -> None:
    """Hang with straight arms, pull until the chin is over the bar, let down again; the legs give a little each time."""
    reps, up_s, down_s = int(s.number("reps")), s.number("up_s"), s.number("down_s")
    bar = float(s.props["bar"].frames["bar"][2, 3])
    s.stand("bar", (0.0, 0.0), time_s=START_S)
    for name in ("balance", "reach"):
        s.mode.channels[name].base = 0.0
    out = s.number("width") * s.body.shoulder_half_m
    for hand in (s.right, s.left):
        _grip(s, hand, out, bar)
    hang, top = _hips_hanging(s, out, bar), _hips_on_top(s, bar)
    behind = -0.25 * s.body.upper_arm_m
    _legs(s, START_S, 0.1, 0.0)
    pelvis_at(s, START_S, 0.1, height_m=hang, forward_m=behind, pitch=0.02)
    with s.phase("hang", s.number("hang_s")) as (start, end):
        s.look(start + 0.3, "world", (0.0, 1.2, bar + 0.1))
        s.contact("right_palm", "bar", 0.0, end)
        s.contact("left_palm", "bar", 0.0, end)
    for k in range(reps):
        slower = 1.0 + 0.08 * k  # every pull is harder than the one before
        with s.phase("pull", up_s * slower) as (start, end):
            length = end - start
            pelvis_at(s, end, 0.96 * length, height_m=top - (0.01 * k), forward_m=behind - 0.03)
            s.pelvis.to(end - 0.1 * length, 0.8 * length, pitch=-0.16)
            s.trunk.to(end, 0.8 * length, bend=-0.10)
            s.head.to(end, 0.5 * length, nod=-0.22)
            _legs(s, end, length, 1.0)
        with s.phase("lower", down_s) as (start, end):
            length = end - start
            pelvis_at(s, end, 0.95 * length, height_m=hang, forward_m=behind)
            s.pelvis.to(end + 0.1, 0.9 * length, pitch=0.03)
            s.trunk.to(end, 0.9 * length, bend=0.0)
            s.head.to(end, 0.7 * length, nod=0.0)
            _legs(s, end + 0.08, length, 0.0)


def _grip(s: Score, hand: Hand, out: float, bar: float) -> None:
    """A hand round the bar, the palm ahead (overhand) or back (underhand), the fingers over the top."""
    over = s.option("grip") == "overhand"
    palm: Vector = (0.0, 0.75, 0.65) if over else (0.0, -0.75, 0.65)
    fingers: Vector = (0.0, -0.4, 0.9) if over else (0.0, 0.4, 0.9)
    at = (out, (-1.0 if over else 1.0) * 0.75 * BAR_RADIUS_M, bar - 0.65 * BAR_RADIUS_M)
    elbow: Vector = (0.75, 0.25, -0.6) if over else (0.35, 0.85, -0.5)
    hand.go(START_S, 0.0, "world", at, palm=palm, fingers=fingers, elbow=elbow)
    hand.fingers(START_S, 0.0, "grip_thin")


def _hips_hanging(s: Score, out: float, bar: float) -> float:
    """Height of the pelvis when the arms are nearly straight, the shoulders drawn up by the weight."""
    body = s.body
    aside = max(out - body.shoulder_half_m, 0.0)
    reach = 0.97 * body.arm_m + 0.45 * body.hand_m
    up = float(np.sqrt(reach**2 - aside**2))
    shrugged = 0.045 * body.height_m / 1.7
    return bar - up - shrugged - (body.shoulder_height_m - STANDING_HEIGHT * body.pelvis_height_m)


def _hips_on_top(s: Score, bar: float) -> float:
    """Height of the pelvis when the chin is over the bar."""
    body = s.body
    chin = body.eye_height_m - 0.066 * body.height_m
    return bar + s.number("chin_over_m") - (chin - STANDING_HEIGHT * body.pelvis_height_m)


def _legs(s: Score, end: float, duration: float, up: float) -> None:
    """Straight, bent back with crossed shins, or held a little ahead; `up` 1 is at the top of a pull."""
    sway = 0.5 + 0.5 * float(np.sin(s.performer.phases_rad[1]))
    for foot in (s.right_foot, s.left_foot):
        _leg(s, foot, end, duration, up, sway)


def _leg(s: Score, foot: Foot, end: float, duration: float, up: float, sway: float) -> None:
    late = 0.04 * (foot.side == "left")
    if s.option("legs") == "bent":
        first = foot.side == "right"
        at: Vector = (-0.02, -0.36 + 0.06 * up - 0.03 * first, -0.66 - 0.02 * first + 0.03 * sway)
        toes, instep = (0.0, -0.45, -0.9), (0.0, 0.9, -0.45)
    elif s.option("legs") == "ahead":
        at = (0.02, 0.16 + 0.16 * up, -0.96 + 0.03 * up)
        toes, instep = (0.0, 0.55, -0.83), (0.0, 0.83, 0.55)
    else:
        at = (0.03, 0.02 + 0.08 * up * sway, -0.985)
        toes, instep = (0.05, 0.5, -0.86), (0.0, 0.86, 0.5)
    foot.reach(end + late, duration, at, toes=toes, instep=instep, knee=(0.1, 1.0, 0.0))


PULL_UP = Action(
    name="pull_up",
    caption="does pull-ups on a bar",
    choreography=_pull_up,
    phases=("hang", "pull", "lower"),
    params={
        "reps": Range(2, 3, whole=True),
        "up_s": Range(0.75, 0.98),
        "down_s": Range(0.7, 0.92),
        "hang_s": Range(0.25, 0.5),
        "width": Range(1.15, 1.75),
        "chin_over_m": Range(0.01, 0.07),
        "grip": Choice(("overhand", "underhand"), (0.7, 0.3)),
        "legs": Choice(("straight", "bent", "ahead"), (0.4, 0.4, 0.2)),
    },
    props=(PropUse("bar", ("pull_up_bar",), (0.95, 1.15)),),
    wordings=("hangs from a bar and pulls the chin up over it",),
    aliases=("pull-ups", "pull up", "pull ups", "chin-ups", "chin up", "doing pull ups"),
    tags=("exercise", "arms", "sport"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "pull_up", "ucf101": "PullUps", "hmdb51": "pullup"},
)
