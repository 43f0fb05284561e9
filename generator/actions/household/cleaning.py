"""Cleaning with a cloth: a table wiped, furniture rubbed."""

from __future__ import annotations

import numpy as np

from ...motion.score import Score
from ...motion.target import Vector
from ...values import Array
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S, free_hand
from .places import Top, bring_so, slide_so, stand_at

CLOTH = PropUse("cloth", ("cloth",), (0.85, 1.1))


def _wipe(s: Score) -> None:
    """Bent over the table, one hand braced: the flat hand sweeps the cloth in wide arcs, further out each time."""
    top = stand_at(s, "table", room_m=0.02)
    s.hold("cloth", START_S)
    s.right.fingers(START_S, 0.1, "planted")
    bow, sweeps, beat = s.number("bow_rad"), int(s.number("sweeps")), s.number("beat_s")
    arm = s.body.arm_m
    wide, near, far = s.number("wide") * arm, top.edge_m + 0.20 * arm, top.edge_m + s.number("far") * arm
    for foot, back in ((s.right_foot, -0.05), (s.left_foot, 0.03)):
        foot.place(START_S, 0.1, (1.3 * s.body.stance_out_m, back), toe_out_rad=0.2)
    _brace(s, top)
    s.pelvis.to(START_S, 0.1, pitch=0.45 * bow)
    s.trunk.to(START_S, 0.1, bend=0.6 * bow)
    here = (0.20, near, top.height_m)
    _sweep(s, START_S, 0.1, here, here)
    s.look(START_S, "right_hand")
    with s.phase("wipe", (sweeps + 1) * beat) as (start, end):
        for k in range(sweeps + 1):
            at = start + (k + 1) * beat
            side, out = (1.0 if k % 2 else -1.0), near + (far - near) * min(k + 1, sweeps) / sweeps
            across = 0.06 + side * wide * s.amplitude
            _sweep(s, at, beat, here, (across, out, top.height_m))
            here = (across, out, top.height_m)
            s.trunk.to(at, beat, twist=-0.28 * side, lean=0.10 * side, bend=(0.6 + 0.10 * k / sweeps) * bow)
            s.pelvis.to(at, beat, right=0.03 * side, pitch=(0.45 + 0.10 * k / sweeps) * bow)
        s.contact("right_palm", "cloth", start, end)
    with s.phase("finish", 0.8) as (start, end):
        _sweep(s, end, 0.75, here, (0.20, near - 0.02, top.height_m))
        s.trunk.to(end, 0.8, twist=0.0, lean=0.0, bend=0.5 * bow)
        s.pelvis.to(end, 0.8, right=0.0, pitch=0.4 * bow)


def _brace(s: Score, top: Top) -> None:
    """The other hand leans on the table, hangs, or is put behind the hip."""
    if s.option("other_hand") == "table":
        s.left.fingers(START_S, 0.1, "planted")
        s.left.go(
            START_S,
            0.1,
            "world",
            (0.22, top.edge_m + 0.08, top.height_m + 0.015),
            palm=(0.0, 0.0, -1.0),
            fingers=(0.15, 1.0, 0.0),
            elbow=(0.8, -0.7, 0.0),
        )
    else:
        free_hand(s, s.left, "hip" if s.option("other_hand") == "hip" else "side", START_S, 0.1)


def _sweep(s: Score, end_s: float, duration_s: float, start: Vector, end: Vector) -> None:
    """The cloth under the flat hand over a table, in an arc; the fingers point a little across."""
    turn = 0.25 - 0.6 * (start[0] + end[0])
    slide_so(
        s,
        s.right,
        end_s,
        duration_s,
        "cloth",
        "under",
        (start, end),
        (0.0, 0.05 if start[0] * end[0] < 0.0 else 0.0, 0.0),
        palm=(0.0, 0.0, -1.0),
        fingers=(-turn, 1.0, 0.0),
        elbow=(0.9, -0.5, 0.0),
    )


WIPPING_OFF_THE_DINNING_TABLE = Action(
    name="wipping_off_the_dinning_table",
    caption="wipes a dining table with a cloth in {possessive} {side} hand",
    wordings=("bends over a table and wipes it with a cloth", "wipes off a dining table in wide strokes"),
    choreography=_wipe,
    phases=("wipe", "finish"),
    params={
        "sweeps": Range(4, 6, whole=True),
        "beat_s": Range(0.50, 0.68),
        "wide": Range(0.42, 0.56),
        "far": Range(0.42, 0.60),
        "bow_rad": Range(0.88, 1.15),
        "other_hand": Choice(("table", "side", "hip"), (0.6, 0.2, 0.2)),
    },
    props=(PropUse("table", ("table",), (0.85, 1.1)), CLOTH),
    aliases=("wiping the table", "wiping off the dining table", "wipe a table", "cleaning a table", "wiping a table"),
    tags=("daily", "arms", "object", "cleaning"),
    acting=("right_hand",),
    taxonomy={"synapt150": "wipping_off_the_dinning_table"},
)


def _rub(s: Score) -> None:
    """Before a cupboard: the cloth is rubbed over its front in circles or up and down, moving on; the body goes along."""
    front = s.props["furniture"].frames["front"][:3, 3]
    away = 0.84 * s.body.arm_m + s.number("away_m")
    s.stand("furniture", (s.number("aside_m"), away + float(front[1])), time_s=START_S)
    high, low = 0.95 * s.body.shoulder_height_m, float(front[2])
    height = min(high, low + 0.04)
    s.hold("cloth", START_S)
    s.right.fingers(START_S, 0.1, "planted")
    if s.option("other_hand") == "leans":
        s.left.fingers(START_S, 0.1, "planted")
        s.left.go(
            START_S,
            0.1,
            "world",
            (0.24, away + 0.014, height - 0.05),
            palm=(0.0, 1.0, 0.0),
            fingers=(0.25, 0.0, 1.0),
            elbow=(0.8, -0.2, -0.6),
        )
    else:
        free_hand(s, s.left, s.option("other_hand"), START_S, 0.1)
    stoop = float(np.clip(1.2 * (0.80 * s.body.shoulder_height_m - height), 0.0, 0.35))
    s.trunk.to(START_S, 0.1, bend=0.10 + stoop)
    s.pelvis.to(START_S, 0.1, pitch=0.05 + 0.3 * stoop)
    s.look(START_S, "right_hand")
    s.left_foot.place(START_S, 0.1, (s.body.stance_out_m, 0.06), toe_out_rad=0.15)
    s.right_foot.place(START_S, 0.1, (1.3 * s.body.stance_out_m, -0.05), toe_out_rad=0.25)
    rounds, beat = int(s.number("rounds")), s.number("beat_s")
    wander, phases = s.number("wander_m"), s.performer.phases_rad
    centres = [
        np.array([0.14 + wander * np.sin(phases[k]), height + 0.6 * wander * np.cos(phases[k + 6])]) for k in range(rounds + 1)
    ]
    _cloth_at(s, START_S, 0.1, float(centres[0][0]), float(centres[0][1]), away - 0.06)
    with s.phase("rub", rounds * beat + 0.3) as (start, end):
        _rub_round(s, start + 0.3, beat, centres, away)
        for k in range(rounds):
            at = start + 0.3 + k * beat
            s.trunk.to(at + 0.5 * beat, 0.5 * beat, twist=0.10, lean=0.05)
            s.trunk.to(at + beat, 0.5 * beat, twist=-0.06, lean=-0.03)
            s.pelvis.to(at + beat, beat, right=0.02 * (1.0 if k % 2 else -1.0))
        s.contact("right_palm", "cloth", start, end)
    with s.phase("look", 0.6) as (_, end):
        _cloth_at(s, end, 0.55, 0.18, height - 0.08, away - 0.12)
        s.trunk.to(end, 0.6, twist=0.0, lean=0.0, bend=0.04 + 0.8 * stoop)


def _rub_round(s: Score, start: float, beat: float, centres: list[Array], away: float) -> None:
    """Round after round, or up and down, about points (right, up) of the front that wander."""
    size = s.number("size_m") * s.amplitude
    flat = 0.25 if s.option("way") == "strokes" else 1.0
    _cloth_at(s, start, 0.28, float(centres[0][0]), float(centres[0][1] + 1.2 * size), away)
    for k in range(8 * (len(centres) - 1)):
        angle, share = 2.0 * np.pi * (k + 1) / 8, (k + 1) % 8 / 8
        last, now = centres[(k + 1) // 8], centres[min((k + 1) // 8 + 1, len(centres) - 1)]
        right, up = (1.0 - share) * last + share * now + size * np.array([flat * np.sin(angle), 1.2 * np.cos(angle)])
        _cloth_at(s, start + beat * (k + 1) / 8, beat / 8, float(right), float(up), away, "linear")


def _cloth_at(
    s: Score, end_s: float, duration_s: float, right_m: float, up_m: float, ahead_m: float, ease: str = "smooth"
) -> None:
    """The cloth under the flat hand on an upright front: fingers up where it is high, across where it is low."""
    raised = float(np.clip((up_m / s.body.shoulder_height_m - 0.60) / 0.35, 0.0, 1.0))
    bring_so(
        s,
        s.right,
        end_s,
        duration_s,
        "cloth",
        "under",
        (right_m, ahead_m, up_m),
        ease,
        palm=(0.0, 1.0, 0.0),
        fingers=(-0.95 + 0.65 * raised, 0.0, 0.30 + 0.70 * raised),
        elbow=(1.0, -0.3, -0.3),
    )


RUBBING_UP_FURNITURE = Action(
    name="rubbing_up_furniture",
    caption="rubs the front of a {furniture} with a cloth in {possessive} {side} hand",
    wordings=("polishes a {furniture} with a cloth", "stands before a {furniture} and rubs it up"),
    choreography=_rub,
    phases=("rub", "look"),
    params={
        "way": Choice(("circles", "strokes"), (0.6, 0.4)),
        "rounds": Range(4, 6, whole=True),
        "beat_s": Range(0.60, 0.80),
        "size_m": Range(0.08, 0.13),
        "wander_m": Range(0.03, 0.12),
        "away_m": Range(0.0, 0.06),
        "aside_m": Range(-0.30, -0.05),
        "other_hand": Choice(("leans", "side", "hip"), (0.4, 0.35, 0.25)),
    },
    props=(PropUse("furniture", ("cabinet",), (0.85, 1.1)), CLOTH),
    aliases=("rubbing furniture", "polishing furniture", "dusting furniture", "cleaning a cabinet", "wiping furniture"),
    tags=("daily", "arms", "object", "cleaning"),
    acting=("right_hand",),
    taxonomy={"synapt150": "rubbing_up_furniture"},
)
