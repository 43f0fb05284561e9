"""Cleaning with a cloth: a table wiped, furniture rubbed, the floor scrubbed on hands and knees."""

from __future__ import annotations

import numpy as np

from ...motion.crawl import on_all_fours
from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S, free_hand
from .places import Top, bring_so, set_down, stand_at

CLOTH = PropUse("cloth", ("cloth",), (0.85, 1.1))


def _wipe(s: Score) -> None:
    """Bent over the table, one hand braced: the flat hand sweeps the cloth in wide arcs from side to side, further out each time."""
    top = stand_at(s, "table", room_m=0.02)
    s.hold("cloth", START_S)
    s.right.fingers(START_S, 0.1, "planted")
    bow, sweeps, beat = s.number("bow_rad"), int(s.number("sweeps")), s.number("beat_s")
    wide, near, far = s.number("wide_m"), top.edge_m + 0.16, top.edge_m + s.number("far_m")
    for foot, back in ((s.right_foot, -0.05), (s.left_foot, 0.03)):
        foot.place(START_S, 0.1, (1.3 * s.body.stance_out_m, back), toe_out_rad=0.2)
    _brace(s, top)
    s.pelvis.to(START_S, 0.1, pitch=0.45 * bow)
    s.trunk.to(START_S, 0.1, bend=0.6 * bow)
    _cloth_on(s, START_S, 0.1, 0.25, near, top.height_m)
    s.look(START_S, "right_hand")
    with s.phase("wipe", (sweeps + 1) * beat) as (start, end):
        for k in range(sweeps + 1):
            at = start + (k + 1) * beat
            side, out = (1.0 if k % 2 else -1.0), near + (far - near) * min(k + 1, sweeps) / sweeps
            across = 0.06 + side * wide * s.amplitude
            _cloth_on(s, at - 0.5 * beat, 0.5 * beat, 0.06, out + 0.05, top.height_m, "home")
            _cloth_on(s, at, 0.5 * beat, across, out, top.height_m, "away")
            s.trunk.to(at, beat, twist=-0.28 * side, lean=0.10 * side, bend=(0.6 + 0.10 * k / sweeps) * bow)
            s.pelvis.to(at, beat, right=0.03 * side, pitch=(0.45 + 0.10 * k / sweeps) * bow)
        s.contact("right_palm", "cloth", start, end)
    with s.phase("finish", 0.8) as (start, end):
        _cloth_on(s, end, 0.75, 0.22, near - 0.03, top.height_m)
        s.trunk.to(end, 0.8, twist=0.0, lean=0.0, bend=0.5 * bow)
        s.pelvis.to(end, 0.8, right=0.0, pitch=0.4 * bow)


def _brace(s: Score, top: Top) -> None:
    """The other hand leans on the table, hangs, or is put behind the hip."""
    if s.option("other_hand") == "table":
        s.left.fingers(START_S, 0.1, "planted")
        s.left.go(START_S, 0.1, "world", (0.22, top.edge_m + 0.08, top.height_m + 0.015), palm=(0.0, 0.0, -1.0),
                  fingers=(0.15, 1.0, 0.0), elbow=(0.8, -0.7, 0.0))  # fmt: skip
    else:
        free_hand(s, s.left, "hip" if s.option("other_hand") == "hip" else "side", START_S, 0.1)


def _cloth_on(s: Score, end_s: float, duration_s: float, right_m: float, ahead_m: float, height_m: float, ease: str = "smooth") -> None:
    """The cloth under the flat hand on a table."""
    turn = 0.25 - 1.2 * right_m
    bring_so(s, s.right, end_s, duration_s, "cloth", "under", (right_m, ahead_m, height_m), ease, palm=(0.0, 0.0, -1.0),
             fingers=(-turn, 1.0, 0.0), elbow=(0.9, -0.5, 0.0))  # fmt: skip


WIPPING_OFF_THE_DINNING_TABLE = Action(
    name="wipping_off_the_dinning_table",
    caption="wipes a dining table with a cloth in {possessive} {side} hand",
    wordings=("bends over a table and wipes it with a cloth", "wipes off a dining table in wide strokes"),
    choreography=_wipe,
    phases=("wipe", "finish"),
    params={
        "sweeps": Range(4, 6, whole=True),
        "beat_s": Range(0.50, 0.68),
        "wide_m": Range(0.20, 0.34),
        "far_m": Range(0.32, 0.46),
        "bow_rad": Range(0.75, 1.05),
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
    away = 0.90 * s.body.arm_m + s.number("away_m")
    s.stand("furniture", (s.number("aside_m"), away + float(front[1])), time_s=START_S)
    high, low = 0.95 * s.body.shoulder_height_m, float(front[2])
    height = min(high, low + 0.04)
    s.hold("cloth", START_S)
    s.right.fingers(START_S, 0.1, "planted")
    if s.option("other_hand") == "leans":
        s.left.fingers(START_S, 0.1, "planted")
        s.left.go(START_S, 0.1, "world", (0.24, away + 0.014, height - 0.05), palm=(0.0, 1.0, 0.0), fingers=(0.25, 0.0, 1.0), elbow=(0.8, -0.2, -0.6))
    else:
        free_hand(s, s.left, s.option("other_hand"), START_S, 0.1)
    stoop = float(np.clip(1.6 * (0.86 * s.body.shoulder_height_m - height), 0.0, 0.6))
    s.trunk.to(START_S, 0.1, bend=0.10 + stoop)
    s.pelvis.to(START_S, 0.1, pitch=0.05 + 0.3 * stoop)
    s.look(START_S, "right_hand")
    s.left_foot.place(START_S, 0.1, (s.body.stance_out_m, 0.06), toe_out_rad=0.15)
    s.right_foot.place(START_S, 0.1, (1.3 * s.body.stance_out_m, -0.05), toe_out_rad=0.25)
    rounds, beat = int(s.number("rounds")), s.number("beat_s")
    with s.phase("rub", rounds * beat) as (start, end):
        for k in range(rounds):
            centre = (0.14 + s.number("wander_m") * float(np.sin(s.performer.phases_rad[k])), height + 0.6 * s.number("wander_m") * float(np.cos(s.performer.phases_rad[k + 6])))
            _rub_once(s, start + k * beat, beat, centre, away)
            s.trunk.to(start + (k + 0.5) * beat, 0.5 * beat, twist=0.10, lean=0.05)
            s.trunk.to(start + (k + 1.0) * beat, 0.5 * beat, twist=-0.06, lean=-0.03)
            s.pelvis.to(start + (k + 1.0) * beat, beat, right=0.02 * (1.0 if k % 2 else -1.0))
        s.contact("right_palm", "cloth", start, end)
    with s.phase("look", 0.6) as (start, end):
        _cloth_at(s, end, 0.55, 0.16, away - 0.12, height - 0.08)
        s.trunk.to(end, 0.6, twist=0.0, lean=0.0, bend=0.04 + 0.8 * stoop)


def _rub_once(s: Score, start: float, beat: float, centre: tuple[float, float], away: float) -> None:
    """One circle, or one stroke up and down, round (right, up) of the front."""
    size = s.number("size_m") * s.amplitude
    flat = 0.25 if s.option("way") == "strokes" else 1.0
    for k in range(8):
        angle = 2.0 * np.pi * (k + 1) / 8
        right, up = centre[0] + flat * size * float(np.sin(angle)), centre[1] + 1.2 * size * float(np.cos(angle))
        _cloth_at(s, start + beat * (k + 1) / 8, beat / 8, right, away, up, "linear")


def _cloth_at(s: Score, end_s: float, duration_s: float, right_m: float, ahead_m: float, up_m: float, ease: str = "smooth") -> None:
    """The cloth under the flat hand on an upright front."""
    bring_so(s, s.right, end_s, duration_s, "cloth", "under", (right_m, ahead_m, up_m), ease, palm=(0.0, 1.0, 0.0),
             fingers=(-0.35, 0.0, 1.0), elbow=(0.9, -0.3, -0.5))  # fmt: skip


RUBBING_UP_FURNITURE = Action(
    name="rubbing_up_furniture",
    caption="rubs the front of a {furniture} with a cloth in {possessive} {side} hand",
    wordings=("polishes a {furniture} with a cloth", "stands before a {furniture} and rubs it up"),
    choreography=_rub,
    phases=("rub", "look"),
    params={
        "way": Choice(("circles", "strokes"), (0.6, 0.4)),
        "rounds": Range(4, 6, whole=True),
        "beat_s": Range(0.50, 0.70),
        "size_m": Range(0.09, 0.16),
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


def _scrub(s: Score) -> None:
    """On hands and knees, weight on one hand: the other scrubs the floor with short strong strokes, the body rocking along."""
    ahead = on_all_fours(s)
    knee = (1.2 * s.body.hip_half_m, 0.0)
    for foot in (s.right_foot, s.left_foot):
        foot.kneel(START_S, 0.1, knee, height_m=s.body.knee_radius_m)
    s.left.fingers(START_S, 0.1, "planted")
    s.left.go(START_S, 0.1, "world", (0.95 * s.body.shoulder_half_m, ahead - 0.02, 0.0), palm=(0.0, 0.0, -1.0), fingers=(0.1, 1.0, 0.0),
              elbow=(0.6, -1.0, 0.1))  # fmt: skip
    s.hold("cloth", START_S)
    s.right.fingers(START_S, 0.1, "planted")
    s.stand("bucket", (s.number("bucket_out_m"), ahead + s.number("bucket_m")), time_s=START_S)
    s.head.to(START_S, 0.1, nod=-0.25)
    strokes, beat, size = int(s.number("strokes")), s.number("beat_s"), s.number("size_m") * s.amplitude
    centre = np.array([0.02, ahead + 0.02])
    _rag(s, START_S, 0.1, centre)
    with s.phase("scrub", strokes * beat + 0.5) as (start, end):
        for k in range(strokes):
            at = start + k * beat + (0.5 if k >= strokes // 2 else 0.0)
            if k == strokes // 2:  # on to the next place
                centre = centre + [s.number("on_m"), 0.05]
                _rag(s, at, 0.45, centre)
            _scrub_once(s, at, beat, centre, size)
        s.contact("right_palm", "cloth", start, end)
        s.contact("left_palm", "floor", start, end)
        for side in ("right", "left"):
            s.contact(f"{side}_knee", "floor", start, end)
    with s.phase("finish", 0.5) as (_, end):
        _rag(s, end, 0.5, centre + [0.0, -0.05])
        s.pelvis.to(end, 0.5, forward=s.body.hip_below_pelvis_m)


def _scrub_once(s: Score, start: float, beat: float, centre: np.ndarray, size: float) -> None:
    """To and fro, or a round; shoulders and hips go with the hand."""
    base = s.body.hip_below_pelvis_m
    if s.option("way") == "rounds":
        for k in range(8):
            angle = 2.0 * np.pi * (k + 1) / 8
            _rag(s, start + beat * (k + 1) / 8, beat / 8, centre + size * np.array([np.sin(angle), np.cos(angle)]), "linear")
    else:
        _rag(s, start + 0.5 * beat, 0.5 * beat, centre + [0.03, size])
        _rag(s, start + beat, 0.5 * beat, centre - [0.0, 0.8 * size])
    s.pelvis.to(start + 0.5 * beat, 0.5 * beat, forward=base + 0.035)
    s.trunk.to(start + 0.5 * beat, 0.5 * beat, twist=0.12)
    s.pelvis.to(start + beat, 0.5 * beat, forward=base - 0.02)
    s.trunk.to(start + beat, 0.5 * beat, twist=-0.05)


def _rag(s: Score, end_s: float, duration_s: float, at: np.ndarray, ease: str = "smooth") -> None:
    bring_so(s, s.right, end_s, duration_s, "cloth", "under", (float(at[0]), float(at[1]), 0.002), ease, palm=(0.0, 0.0, -1.0),
             fingers=(-0.25, 1.0, 0.0), elbow=(0.8, -0.9, 0.1))  # fmt: skip


SCRUBBING_THE_FLOOR_WITH_A_RAG = Action(
    name="scrubbing_the_floor_with_a_rag",
    caption="kneels on the floor and scrubs it with a rag in {possessive} {side} hand",
    wordings=("scrubs the floor on hands and knees with a rag",),
    choreography=_scrub,
    phases=("scrub", "finish"),
    params={
        "way": Choice(("strokes", "rounds"), (0.6, 0.4)),
        "strokes": Range(4, 6, whole=True),
        "beat_s": Range(0.50, 0.68),
        "size_m": Range(0.10, 0.17),
        "on_m": Range(0.08, 0.18),
        "bucket_m": Range(0.42, 0.55),
        "bucket_out_m": Range(-0.2, 0.6),
    },
    props=(CLOTH, PropUse("bucket", ("bucket",), (0.75, 1.0))),
    aliases=("scrubbing the floor", "scrub the floor", "cleaning the floor with a rag", "wiping the floor"),
    tags=("daily", "arms", "object", "cleaning", "floor"),
    acting=("right_hand",),
    taxonomy={"synapt150": "scrubbing_the_floor_with_a_rag"},
)
