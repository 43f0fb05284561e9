"""Carpentry: a nail hammered into a board on a bench or a wall, a board sawn on a trestle."""

from __future__ import annotations

import numpy as np

from ...motion.score import Score
from ...motion.target import Vector
from ...props.workshop import ASLANT_RAD, NAIL_M
from ...values import Array
from ..action import Action, Choice, PropUse, Range
from ..household.places import bring_so, pinch_at, set_down, stand_at
from ..poses import START_S

AT_WALL = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]])
"""Turns what stands up so that it sticks out of a wall towards the person."""

PLANK_M = 0.022

SLANT, SQUARE = float(np.sin(ASLANT_RAD)), float(np.cos(ASLANT_RAD))
"""By how much the fingers point along a hammer's handle that lies aslant in the hand, and across it."""

# ---------------------------------------------------------------- hammering


def _hammer(s: Score) -> None:
    """Fingers hold a nail, a light tap sets it; they let go, and harder blows from the elbow drive it in."""
    wall = "front" in s.props["site"].frames
    aside = s.number("aside_m")
    if wall:
        front = s.props["site"].frames["front"][:3, 3]
        away = 0.97 * s.body.arm_m + 0.07
        s.stand("site", (0.0, away + float(front[1])), time_s=START_S)
        high = s.body.shoulder_height_m * s.number("height")
        surface = np.array([aside, away - PLANK_M, high])
        s.lay("plank", _on_wall((0.15, away, high)), START_S)
        s.trunk.to(START_S, 0.1, bend=0.04)
    else:
        top = stand_at(s, "site", room_m=0.03)
        surface = np.array([aside, top.edge_m + 0.17, top.height_m + PLANK_M])
        set_down(s, "plank", (0.1, top.edge_m + 0.17, top.height_m), 0.2 * s.number("yaw_rad"))
        s.trunk.to(START_S, 0.1, bend=s.number("bow_rad"))
        s.pelvis.to(START_S, 0.1, pitch=0.4 * s.number("bow_rad"))
    s.left_foot.place(START_S, 0.1, (s.body.stance_out_m, 0.07), toe_out_rad=0.1)
    s.right_foot.place(START_S, 0.1, (1.25 * s.body.stance_out_m, -0.10), toe_out_rad=0.3)
    s.hold("hammer", START_S)
    s.right.fingers(START_S, 0.1, "grip")
    s.left.fingers(START_S, 0.1, "pinch")
    blows = int(s.number("blows"))
    depths = np.linspace(0.22, 0.92, blows + 1) * NAIL_M
    _nail_at(s, 0.0, 0.0, surface, float(depths[0]), wall)
    s.look(START_S, "thing:nail")
    _hold_nail(s, surface, wall, START_S, 0.1)
    _raise(s, START_S, 0.1, surface, wall, 0.25)
    out = np.array([0.0, -1.0, 0.0]) if wall else np.array([0.0, 0.0, 1.0])
    with s.phase("aim", 0.55) as (_, end):
        _strike(s, end, 0.3, surface + out * (NAIL_M - depths[0] + 0.03), wall, "smooth")
    _blows(s, surface, out, depths, wall)
    with s.phase("recover", 0.7) as (_, end):
        s.right.reach(end, 0.6, (0.18, 0.52, -0.42), palm=(-0.95, -0.1, 0.0), fingers=(0.0, 0.9, -0.35), elbow=(1.1, -0.4, -0.4))
        s.left.rest(end + 0.05, 0.6)
        s.left.fingers(end, 0.4, "relaxed")
        s.trunk.to(end, 0.6, twist=0.0)


def _on_wall(at: Vector) -> Array:
    pose = np.eye(4)
    pose[:3, :3], pose[:3, 3] = AT_WALL, at
    return pose


def _nail_at(s: Score, end_s: float, duration_s: float, surface: Array, depth_m: float, wall: bool) -> None:
    """The nail this deep in the wood."""
    x, y, z = surface.tolist()
    pose = _on_wall((x, y + depth_m, z)) if wall else np.eye(4)
    if not wall:
        pose[:3, 3] = x, y, z - depth_m
    if duration_s == 0.0:
        s.lay("nail", pose, START_S)
    else:
        s.move_to("nail", end_s, duration_s, pose, "linear")


def _hold_nail(s: Score, surface: Array, wall: bool, end_s: float, duration_s: float) -> None:
    """The other hand's fingertips at the nail, low, its thumb on the near side."""
    x, y, z = surface.tolist()
    if wall:
        pinch_at(s.left, end_s, duration_s, "world", (-x + 0.004, y - 0.035, z), palm=(-0.75, 0.6, 0.25), fingers=(-0.55, 0.45,
                 0.55), elbow=(0.8, -0.3, -0.8))  # fmt: skip
    else:
        pinch_at(s.left, end_s, duration_s, "world", (-x + 0.004, y, z + 0.03), palm=(-0.6, -0.2, -0.75), fingers=(-0.75, 0.5,
                 -0.4), elbow=(0.9, -0.5, 0.0))  # fmt: skip


def _beside(s: Score, surface: Array, wall: bool, end_s: float) -> None:
    """The other hand lets go and presses the board down beside."""
    x, y, z = surface.tolist()
    s.left.fingers(end_s, 0.25, "flat")
    if wall:
        s.left.go(
            end_s,
            0.35,
            "world",
            (0.20 - x, y - 0.012, z - 0.02),
            palm=(0.0, 1.0, 0.0),
            fingers=(0.2, 0.0, 1.0),
            elbow=(0.8, -0.2, -0.7),
        )
    else:
        s.left.go(end_s, 0.35, "world", (0.20 - x, y - 0.02, z + 0.012), palm=(0.0, 0.0, -1.0), fingers=(0.1, 1.0, 0.0),
                  elbow=(0.8, -0.6, 0.1))  # fmt: skip


def _blows(s: Score, surface: Array, out: Array, depths: Array, wall: bool) -> None:
    """Blow after blow, each with its wind-up; the first ones are taps."""
    beat = s.number("beat_s")
    with s.phase("hammer", beat * (len(depths) - 1)) as (start, end):
        for k, depth in enumerate(depths[1:]):
            hit = start + beat * (k + 1) - 0.06
            share = 0.55 if k == 0 else 1.0
            _raise(s, hit - 0.22, 0.6 * beat, surface, wall, share * s.number("lift") * s.amplitude)
            head = surface + out * (NAIL_M - float(depths[k]))
            _strike(s, hit, 0.22, head, wall, "away")
            _nail_at(s, hit + 0.02, 0.04, surface, float(depth), wall)
            _strike(s, hit + 0.04, 0.04, surface + out * (NAIL_M - float(depth) + 0.004), wall, "linear")
            s.trunk.to(hit - 0.22, 0.5 * beat, twist=-0.10 * share)
            s.trunk.to(hit + 0.03, 0.2, twist=0.06 * share)
            if k == 1:
                _beside(s, surface, wall, hit - 0.05)
        s.contact("right_palm", "hammer", start, end)


def _strike(s: Score, end_s: float, duration_s: float, at: Array, wall: bool, ease: str) -> None:
    """The hammer's face at a point, square on."""
    x, y, z = at.tolist()
    if wall:
        palm, fingers = (-0.97, 0.25, 0.0), (0.25 * SQUARE, 0.97 * SQUARE, -SLANT)
    else:
        palm, fingers = (-0.97, -0.24, 0.0), (0.0, SLANT, -SQUARE)
    bring_so(
        s, s.right, end_s, duration_s, "hammer", "face", (x, y, z), ease, palm=palm, fingers=fingers, elbow=(0.7, -0.7, -0.6)
    )


def _raise(s: Score, end_s: float, duration_s: float, at: Array, wall: bool, lift: float) -> None:
    """The hammer drawn back and up by so many metres of the hand."""
    x, y, z = at.tolist()
    if wall:
        hand: Vector = (x + 0.13 + 0.25 * lift, max(y - 0.14 - 0.65 * lift, 0.42 * s.body.arm_m), z - 0.22 + 0.75 * lift)
        palm, fingers = (-0.95, 0.2, 0.0), (0.1, 0.55, 0.8)
    else:
        bow, back_m = 1.4 * s.number("bow_rad"), s.body.shoulder_height_m - s.body.pelvis_height_m
        ahead, high = back_m * float(np.sin(bow)), s.body.shoulder_height_m - back_m * float(1.0 - np.cos(bow))
        drawn = max(y - 0.22, ahead + 0.35 * s.body.arm_m)  # beside and before the shoulder, however low who hammers stands
        hand = (x + 0.12 + 0.25 * lift, drawn, min(z + 0.14 + 0.85 * lift, high + 0.03))
        palm, fingers = (-0.97, -0.2, 0.0), (0.0, 0.85, -0.55)
    bring_so(s, s.right, end_s, duration_s, "hammer", "grip", hand, palm=palm, fingers=fingers, elbow=(1.0, -0.5, -0.5))


HAMMERING = Action(
    name="hammering",
    caption="hammers a nail into a board with {possessive} {side} hand",
    wordings=("drives a nail into a board with a hammer", "holds a nail and hammers it into a piece of wood"),
    choreography=_hammer,
    phases=("aim", "hammer", "recover"),
    params={
        "blows": Range(4, 6, whole=True),
        "beat_s": Range(0.58, 0.76),
        "lift": Range(0.24, 0.36),
        "aside_m": Range(0.03, 0.10),
        "height": Range(0.82, 1.02),
        "bow_rad": Range(0.18, 0.38),
        "yaw_rad": Range(-0.5, 0.5),
    },
    props=(
        PropUse("site", ("workbench", "wall_panel"), (0.9, 1.1)),
        PropUse("hammer", ("hammer",), (0.92, 1.08)),
        PropUse("nail", ("nail",), (1.0, 1.0)),
        PropUse("plank", ("plank",), (0.55, 0.9)),
    ),
    aliases=("hammer", "hammering a nail", "nailing", "hit nail"),
    tags=("work", "arms", "object"),
    acting=("right_hand",),
    taxonomy={"ucf101": "Hammering"},
)

# ---------------------------------------------------------------- sawing

ALONG = 0.6
"""How far a saw points below level, radians."""


def _saw(s: Score) -> None:
    """Bent over a board on trestles, one hand pressing it down: long strokes ahead and down, the body rocking with them."""
    frames = s.props["trestle"].frames
    ahead, aside = 0.22 + 0.10 * s.body.height_m + s.number("away_m"), s.number("aside_m")
    high = float(frames["top"][2, 3])
    s.stand("trestle", (aside - 0.42, ahead), time_s=START_S)
    set_down(s, "plank", (aside - 0.36, ahead, high), 0.04)
    cut = np.array([aside, ahead, high + PLANK_M])
    bow = s.number("bow_rad")
    s.left_foot.place(START_S, 0.1, (1.1 * s.body.stance_out_m, 0.12), toe_out_rad=0.1)
    s.right_foot.place(START_S, 0.1, (1.3 * s.body.stance_out_m, -0.20), toe_out_rad=0.35)
    s.pelvis.to(START_S, 0.1, pitch=0.55 * bow, yaw=-0.12)
    s.trunk.to(START_S, 0.1, bend=0.55 * bow)
    s.hold("saw", START_S)
    s.right.fingers(START_S, 0.1, "grip")
    s.left.fingers(START_S, 0.1, "planted" if s.option("other_hand") == "flat" else "cup")
    s.left.go(START_S, 0.1, "world", (0.20 - aside, ahead - (0.0 if s.option("other_hand") == "flat" else 0.05),
              high + PLANK_M + 0.012), palm=(0.0, 0.0, -1.0), fingers=(-0.3, 0.9, 0.0), elbow=(0.9, -0.4, 0.2))  # fmt: skip
    s.look(START_S, "world", tuple(cut.tolist()))
    beat, strokes = s.number("beat_s"), int(s.number("strokes"))
    reach = s.number("stroke_m") * s.amplitude
    _teeth(s, START_S, 0.1, cut, -0.3 * reach)
    with s.phase("saw", beat * strokes) as (start, end):
        for k in range(strokes):
            at, size = start + k * beat, (0.5 if k == 0 else 1.0) * reach
            deeper = cut - (0.0, 0.0, 0.003 + 0.020 * k / strokes)
            _teeth(s, at + 0.45 * beat, 0.45 * beat, deeper, -0.55 * size)
            _teeth(s, at + beat, 0.55 * beat, deeper, 0.6 * size)
            s.pelvis.to(at + 0.45 * beat, 0.45 * beat, forward=-0.02, yaw=-0.16)
            s.pelvis.to(at + beat, 0.5 * beat, forward=0.03, yaw=-0.08)
            s.trunk.to(at + 0.45 * beat, 0.45 * beat, twist=-0.12, bend=0.50 * bow)
            s.trunk.to(at + beat, 0.5 * beat, twist=0.10, bend=0.60 * bow)
        s.contact("right_palm", "saw", start, end)
        s.contact("left_palm", "plank", start, end)
    with s.phase("look", 0.6) as (_, end):
        _teeth(s, end, 0.55, cut + np.array([0.0, 0.0, 0.05]), -0.4 * reach)


def _teeth(s: Score, end_s: float, duration_s: float, cut: Array, along_m: float) -> None:
    """The toothed edge through the cut, its middle so far ahead of it along the blade."""
    x, y, z = (cut + along_m * np.array([0.0, np.cos(ALONG), -np.sin(ALONG)])).tolist()
    dip = ALONG + 0.35
    bring_so(s, s.right, end_s, duration_s, "saw", "teeth", (x, y, z), palm=(-1.0, 0.0, 0.0), fingers=(0.0, float(np.cos(dip)),
             -float(np.sin(dip))), elbow=(0.35, -1.0, 0.2))  # fmt: skip


SAWING = Action(
    name="sawing",
    caption="saws a board on a trestle with {possessive} {side} hand",
    wordings=("cuts a piece of wood with a handsaw", "holds a board down and saws it"),
    choreography=_saw,
    phases=("saw", "look"),
    params={
        "strokes": Range(4, 6, whole=True),
        "beat_s": Range(0.58, 0.8),
        "stroke_m": Range(0.20, 0.28),
        "bow_rad": Range(0.85, 1.1),
        "away_m": Range(-0.02, 0.05),
        "aside_m": Range(0.16, 0.22),
        "other_hand": Choice(("flat", "edge")),
    },
    props=(
        PropUse("trestle", ("sawhorse",), (0.95, 1.1)),
        PropUse("plank", ("plank",), (0.98, 1.1)),
        PropUse("saw", ("handsaw",), (0.92, 1.05)),
    ),
    aliases=("saw", "sawing wood", "sawing a board", "cutting wood"),
    tags=("work", "arms", "trunk", "object"),
    acting=("right_hand", "left_hand"),
)
