"""Scrubbing the floor on hands and knees."""

from __future__ import annotations

import numpy as np

from ...motion.crawl import on_all_fours
from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S
from .cleaning import CLOTH
from .places import bring_so


def _scrub(s: Score) -> None:
    """On hands and knees, weight on one hand: the other scrubs the floor with short strong strokes, the body rocking along."""
    ahead = on_all_fours(s)
    knee = (1.2 * s.body.hip_half_m, 0.0)
    for foot in (s.right_foot, s.left_foot):
        foot.kneel(START_S, 0.1, knee, height_m=s.body.knee_radius_m)
    s.left.fingers(START_S, 0.1, "planted")
    s.left.go(
        START_S,
        0.1,
        "world",
        (0.95 * s.body.shoulder_half_m, ahead - 0.02, 0.0),
        palm=(0.0, 0.0, -1.0),
        fingers=(0.1, 1.0, 0.0),
        elbow=(0.6, -1.0, 0.1),
    )
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
                centre = centre + np.array([s.number("on_m"), 0.05])
                _rag(s, at, 0.45, centre)
            _scrub_once(s, at, beat, centre, size)
        s.contact("right_palm", "cloth", start, end)
        s.contact("left_palm", "floor", start, end)
        for side in ("right", "left"):
            s.contact(f"{side}_knee", "floor", start, end)
    with s.phase("finish", 0.5) as (_, end):
        _rag(s, end, 0.5, centre - np.array([0.0, 0.05]))
        s.pelvis.to(end, 0.5, forward=s.body.hip_below_pelvis_m)


def _scrub_once(s: Score, start: float, beat: float, centre: np.ndarray, size: float) -> None:
    """To and fro, or a round; shoulders and hips go with the hand."""
    base = s.body.hip_below_pelvis_m
    if s.option("way") == "rounds":
        for k in range(8):
            angle = 2.0 * np.pi * (k + 1) / 8
            _rag(s, start + beat * (k + 1) / 8, beat / 8, centre + size * np.array([np.sin(angle), np.cos(angle)]), "linear")
    else:
        _rag(s, start + 0.5 * beat, 0.5 * beat, centre + np.array([0.03, size]))
        _rag(s, start + beat, 0.5 * beat, centre - np.array([0.0, 0.8 * size]))
    s.pelvis.to(start + 0.5 * beat, 0.5 * beat, forward=base + 0.035)
    s.trunk.to(start + 0.5 * beat, 0.5 * beat, twist=0.12)
    s.pelvis.to(start + beat, 0.5 * beat, forward=base - 0.02)
    s.trunk.to(start + beat, 0.5 * beat, twist=-0.05)


def _rag(s: Score, end_s: float, duration_s: float, at: np.ndarray, ease: str = "smooth") -> None:
    bring_so(
        s,
        s.right,
        end_s,
        duration_s,
        "cloth",
        "under",
        (float(at[0]), float(at[1]), 0.002),
        ease,
        palm=(0.0, 0.0, -1.0),
        fingers=(-0.25, 1.0, 0.0),
        elbow=(0.8, -0.9, 0.1),
    )


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
