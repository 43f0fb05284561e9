"""Pushed along on foot: a vacuum cleaner to and fro, and something heavy with both palms."""

from __future__ import annotations

import numpy as np

from ...motion.approach import step_to
from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S, free_hand
from .places import slide_so


def _vacuum(s: Score) -> None:
    """The nozzle is pushed out along the floor and drawn back, the body rocking with it; between strokes a small step on."""
    out, ahead = s.number("aside_m"), s.number("near_m")
    behind = float(s.props["vacuum"].frames["grip"][1, 3])
    s.hold("vacuum", START_S)
    s.right.fingers(START_S, 0.1, "grip")
    s.right_foot.place(START_S, 0.1, (s.body.stance_out_m, -0.10), toe_out_rad=0.25)
    s.left_foot.place(START_S, 0.1, (s.body.stance_out_m, 0.12), toe_out_rad=0.1)
    here = (out, ahead + behind)
    _nozzle(s, START_S, 0.1, here, here)
    if s.option("other_hand") == "pipe":
        s.left.go(
            START_S,
            0.1,
            "thing:vacuum:second",
            (0.0, 0.0, 0.0),
            palm=(-1.0, 0.0, 0.0),
            fingers=(0.0, 0.7, -0.7),
            elbow=(0.8, -0.6, -0.3),
        )
        s.left.fingers(START_S, 0.1, "grip")
        s.trunk.to(START_S, 0.1, bend=0.30)
    else:
        free_hand(s, s.left, s.option("other_hand"), START_S, 0.1)
        s.trunk.to(START_S, 0.1, bend=0.20)
    base = s.trunk.channels["bend"].moves[-1][1]
    s.look(START_S, "thing:vacuum")
    strokes, beat, gone = int(s.number("strokes")), s.number("beat_s"), 0.0
    for k in range(strokes):
        aim = out + 0.10 * float(np.sin(1.6 * k + s.performer.phases_rad[3]))
        with s.phase("push", 0.55 * beat) as (start, end):
            far = ahead + s.number("stroke") * s.body.arm_m * s.amplitude
            _nozzle(s, end, 0.55 * beat, here, (aim, far + behind))
            s.pelvis.to(end, 0.5 * beat, forward=0.06, pitch=0.12)
            s.trunk.to(end, 0.5 * beat, bend=base + 0.12, twist=0.16)
            s.right_foot.heel.to(end, 0.4 * beat, 0.25)
            s.contact("right_palm", "vacuum", start, end)
        with s.phase("pull", 0.45 * beat) as (start, end):
            next_aim = out + 0.10 * float(np.sin(1.6 * (k + 1) + s.performer.phases_rad[3]))
            here = (0.5 * (aim + next_aim), ahead + behind)
            _nozzle(s, end, 0.45 * beat, (aim, far + behind), here)
            s.pelvis.to(end, 0.45 * beat, forward=-0.02, pitch=0.04)
            s.trunk.to(end, 0.45 * beat, bend=base, twist=-0.05)
            s.right_foot.heel.to(start + 0.25 * beat, 0.25 * beat, 0.0)
        if k + 1 < strokes:
            gone += s.number("step_m")
            with s.phase("step", 0.6) as (start, end):
                step_to(s, start, end, gone, right_first=False, lift_m=0.035, split_m=0.20)


def _nozzle(s: Score, end_s: float, duration_s: float, start: tuple[float, float], end: tuple[float, float]) -> None:
    """The nozzle along the floor, (right, forward) of where the person has come to."""
    way = ((*start, 0.0), (*end, 0.0))
    palm, fingers, elbow = (-1.0, 0.0, 0.0), (0.0, 0.7, -0.7), (0.6, -0.9, -0.1)
    slide_so(s, s.right, end_s, duration_s, "vacuum", "nozzle", way, palm=palm, fingers=fingers, frame="travel", elbow=elbow)


VACUUMMING_THE_FLOOR = Action(
    name="vacuumming_the_floor",
    caption="vacuums the floor, pushing a vacuum cleaner to and fro",
    wordings=("cleans the floor with a vacuum cleaner in {possessive} {side} hand",),
    choreography=_vacuum,
    phases=("push", "pull", "step"),
    params={
        "strokes": Range(2, 3, whole=True),
        "beat_s": Range(1.1, 1.5),
        "stroke": Range(0.50, 0.72),
        "near_m": Range(0.02, 0.10),
        "aside_m": Range(0.14, 0.22),
        "step_m": Range(0.14, 0.28),
        "other_hand": Choice(("side", "hip", "pipe"), (0.4, 0.25, 0.35)),
    },
    props=(PropUse("vacuum", ("vacuum",), (0.9, 1.15)),),
    aliases=("vacuuming the floor", "vacuuming", "vacuum cleaning", "hoovering"),
    tags=("daily", "arms", "legs", "object", "cleaning"),
    acting=("right_hand",),
    taxonomy={"synapt150": "vacuumming_the_floor"},
)


def _push(s: Score) -> None:
    """Palms against it, the body set at a slant behind them; shove after shove it gives way, and a foot follows each."""
    lean, steps, beat = s.number("lean_rad"), int(s.number("steps")), s.number("beat_s")
    near = 0.61 * s.body.arm_m + 0.58 * s.body.shoulder_height_m * float(np.sin(lean))
    depth = float(s.props["load"].frames["near"][1, 3])
    s.stand("load", (0.0, near + depth), time_s=START_S)
    s.mode.to(START_S, 0.1, balance=0.3)
    for hand in (s.right, s.left):
        hand.fingers(START_S, 0.1, "push")
        hand.reach(START_S, 0.1, (0.02, 0.62, -0.30), palm=(-0.1, 0.9, -0.4), fingers=(-0.15, 0.5, 0.9), elbow=(0.8, -0.2, -0.9))
    s.left_foot.place(START_S, 0.1, (s.body.stance_out_m, 0.12), toe_out_rad=0.1)
    s.right_foot.place(START_S, 0.1, (s.body.stance_out_m, -0.22), toe_out_rad=0.2)
    s.look(START_S, "thing:load:near", (0.0, 0.3, 1.1))
    with s.phase("set", 0.85) as (start, end):
        _palms(s, end - 0.1, 0.7, 0.0)
        _slant(s, end, 0.6, lean)
        s.pelvis.to(end, 0.5, up=-s.number("sink") * s.body.leg_m)
        for side in ("right", "left"):
            s.contact(f"{side}_palm", "load", end - 0.1, end + steps * beat)
    gone, stride = 0.0, s.number("stride_m")
    with s.phase("push", steps * beat) as (start, end):
        for k in range(steps):
            at, foot = start + k * beat, (s.right_foot if k % 2 == 0 else s.left_foot)
            gone += stride
            s.travel.to(at + beat, 0.75 * beat, forward=gone)
            s.move("load", at + beat, 0.75 * beat, (0.0, near + depth + gone))
            ahead = gone + (0.12 if k % 2 else 0.10)
            foot.step(at + 0.75 * beat, 0.55 * beat, (s.body.stance_out_m, ahead), lift_m=0.05, toe_out_rad=0.15)
            other = s.left_foot if k % 2 == 0 else s.right_foot
            other.heel.to(at + 0.8 * beat, 0.5 * beat, 0.45)
            foot.heel.to(at + 0.4 * beat, 0.3 * beat, 0.0)
            turned = 1.0 if k % 2 == 0 else -1.0
            s.pelvis.to(at + 0.5 * beat, 0.5 * beat, up=-(s.number("sink") + 0.04) * s.body.leg_m, yaw=0.08 * turned)
            s.pelvis.to(at + beat, 0.5 * beat, up=-s.number("sink") * s.body.leg_m, yaw=-0.04 * turned)
            s.trunk.to(at + 0.6 * beat, 0.5 * beat, twist=-0.08 * turned, bend=0.16)
            s.head.to(at + 0.4 * beat, 0.4 * beat, nod=0.25)
            s.head.to(at + beat, 0.4 * beat, nod=0.05)
    with s.phase("rest", 0.6) as (_, end):
        _slant(s, end, 0.6, 0.6 * lean)
        s.head.to(end, 0.4, nod=0.0)


def _slant(s: Score, end_s: float, duration_s: float, lean_rad: float) -> None:
    """Hips and trunk forward over the feet, so that legs and back are one slanting line."""
    ahead = 0.95 * s.body.pelvis_height_m * float(np.sin(0.6 * lean_rad)) - 0.05
    s.pelvis.to(end_s, duration_s, pitch=lean_rad, forward=ahead)
    s.trunk.to(end_s, duration_s, bend=0.12)


def _palms(s: Score, end_s: float, duration_s: float, away_m: float) -> None:
    """Both palms on the near side, fingers up, not quite at the same height."""
    for hand, high in ((s.right, 0.0), (s.left, 0.02)):
        hand.fingers(end_s, duration_s, "push")
        hand.go(
            end_s,
            duration_s,
            f"thing:load:{hand.side}_palm",
            (0.0, -away_m, high),
            palm=(0.0, 1.0, 0.0),
            fingers=(-0.15, 0.0, 1.0),
            elbow=(0.8, -0.2, -0.9),
            stretch=0.93,
        )


PUSH = Action(
    name="push",
    caption="pushes something heavy along the floor with both hands",
    wordings=("leans against a heavy load and pushes it forward",),
    choreography=_push,
    phases=("set", "push", "rest"),
    params={
        "steps": Range(4, 5, whole=True),
        "beat_s": Range(0.62, 0.85),
        "stride_m": Range(0.16, 0.28),
        "lean_rad": Range(0.38, 0.62),
        "sink": Range(0.03, 0.09),
    },
    props=(PropUse("load", ("heavy",), (0.85, 1.15)),),
    aliases=("pushing a heavy object", "pushing a box", "pushing something"),
    tags=("daily", "arms", "legs", "object"),
    taxonomy={"synapt150": "push", "hmdb51": "push"},
)
