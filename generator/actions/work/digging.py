"""Digging with a spade: foot on the blade, lever, lift and throw aside."""

from __future__ import annotations

import numpy as np

from ...motion.score import Score
from ...values import Array
from ..action import Action, PropUse, Range
from ..poses import START_S

CLODS = ("first", "second")

STEEP_RAD = 0.12
"""How far off upright the spade is driven in."""

KNEE = (0.7, 0.9, 0.1)
"""Where the knee of the foot that drives points: clear of the hands."""

STEPS = 5
"""In which a throw is written, for the hands and for what lies on the blade."""


def _dig(s: Score) -> None:
    """Twice: the spade is set on the soil, a foot drives it in, the handle is pulled back, the soil lifted and thrown."""
    ahead = 0.38 + 0.10 * s.body.height_m + s.number("away_m")
    s.stand("soil", (0.0, ahead + 0.14), s.number("soil_yaw_rad"), time_s=START_S)
    for hand in (s.right, s.left):
        hand.fingers(START_S, 0.1, "grip")
    s.left_foot.place(START_S, 0.1, (1.1 * s.body.stance_out_m, 0.04), toe_out_rad=0.15)
    s.right_foot.place(START_S, 0.1, (1.1 * s.body.stance_out_m, -0.10), toe_out_rad=0.25)
    s.trunk.to(START_S, 0.1, bend=s.number("bow_rad"))
    s.look(START_S, "world", (0.03, ahead, 0.1))
    for clod in CLODS:
        s.stand(clod, (0.0, ahead + 0.12), 0.5, height_m=0.01, time_s=START_S)
    tip = np.array([-0.05, ahead, 0.07])
    held = _by_tip(s, tip + np.array([0.0, -0.03, 0.08]), STEEP_RAD)
    s.lay("spade", _pose(held), START_S)
    _hands(s, START_S, 0.1, held)
    for k, clod in enumerate(CLODS):
        here = tip + np.array([0.08 * k * s.number("along"), 0.0, 0.0])
        held = _drive(s, here, held)
        held = _lever(s, here, held)
        held = _throw(s, here, held, clod)


Held = tuple[Array, Array]
"""Where the T of the spade is (right, forward, up), and the unit direction from there to the blade's point."""


def _long(s: Score) -> float:
    return float(s.props["spade"].frames["tip"][2, 3])


def _held(hand: tuple[float, float, float], along: tuple[float, float, float]) -> Held:
    return np.array(hand), np.array(along) / np.linalg.norm(along)


def _by_tip(s: Score, tip: Array, back_rad: float, aside: float = 0.0) -> Held:
    """The point at a place, the handle `back_rad` off upright towards the person and a little to the right of it."""
    along = np.array([-aside, np.sin(back_rad), -np.cos(back_rad)])
    along /= np.linalg.norm(along)
    return tip - _long(s) * along, along


def _hands(s: Score, end_s: float, duration_s: float, held: Held) -> None:
    """Both hands where they hold the spade so: over the T, and round the shaft, lower and more from below the flatter it lies."""
    top, along = held
    x, y, z = top.tolist()
    flat = float(np.clip(1.0 + along[2], 0.0, 1.0))
    down = 0.15 * _long(s) * (1.0 - flat) + float(s.props["spade"].frames["second"][2, 3]) * flat
    a, b, c = (top + down * along).tolist()
    s.right.go(end_s, duration_s, "world", (x, y, z), "linear", palm=(-0.25 - 0.6 * flat, 0.1, -0.95 + 0.5 * flat),
               fingers=(-0.45 + 0.4 * flat, 0.9, -0.25), elbow=(0.9, -0.6, 0.0), stretch=0.98)  # fmt: skip
    s.left.go(end_s, duration_s, "world", (-a - 0.012, b, c), "linear", palm=(-0.85, -0.5 + 0.5 * flat, 0.9 * flat),
              fingers=(-0.55, 0.8, 0.1 - 0.2 * flat), elbow=(0.9, -0.5, -0.3), stretch=0.98)  # fmt: skip


def _pose(held: Held) -> Array:
    """T_world_prop of a spade held so, its T level."""
    pose = np.eye(4)
    x = np.cross(held[1], (0.0, 0.0, 1.0))
    x /= np.linalg.norm(x)
    pose[:3, :3], pose[:3, 3] = np.stack([x, np.cross(held[1], x), held[1]], axis=-1), held[0]
    return pose


def _go(s: Score, end_s: float, duration_s: float, way: tuple[Held, Held], power: float = 0.0, clod: str = "") -> None:
    """Spade, hands and what lies on the blade from one place to another: smoothly, or by a power of time."""
    for k in range(STEPS):
        share = (k + 1) / STEPS
        share = share**power if power else share * share * (3.0 - 2.0 * share)
        held, step = _between(way[0], way[1], share), duration_s / STEPS
        at = end_s - duration_s + step * (k + 1)
        _hands(s, at, step, held)
        s.move_to("spade", at, step, _pose(held), "linear")
        if clod:
            s.move_to(clod, at, step, _load(s, held), "linear")


def _between(first: Held, last: Held, share: float) -> Held:
    along = first[1] + share * (last[1] - first[1])
    return first[0] + share * (last[0] - first[0]), along / np.linalg.norm(along)


def _load(s: Score, held: Held) -> Array:
    """T_world_prop of the soil on the blade of a spade held so."""
    pose = np.eye(4)
    pose[:3, 3] = held[0] + (_long(s) - 0.13) * held[1] + (0.0, 0.0, 0.012)
    return pose


def _drive(s: Score, tip: Array, before: Held) -> Held:
    """The foot comes up on the tread and the weight drives the blade in; returns how the spade is held then."""
    tread = _long(s) - float(s.props["spade"].frames["tread"][2, 3])
    deep, steep = 0.13, STEEP_RAD
    on = float(tip[1]) - steep * tread - 0.75 * s.body.ball_ahead_m
    up = float(tip[2]) + tread + 0.015
    with s.phase("drive_in", s.number("drive_s") + 0.5) as (start, end):
        on_soil = _by_tip(s, tip, steep)
        _go(s, start + 0.25, 0.25, (before, on_soil))
        foot, out = s.right_foot, float(tip[0]) + 0.06
        foot.place(start + 0.45, 0.4, (out, on), height_m=up, toe_out_rad=0.08, knee=KNEE)
        s.pelvis.to(start + 0.45, 0.4, right=-0.05, forward=0.02)
        push = end - 0.1
        foot.place(push, 0.4, (out, on + 0.01), height_m=up - deep, toe_out_rad=0.08, knee=KNEE, ease="accelerate")
        driven = _by_tip(s, tip + np.array([0.0, steep * deep, -deep]), steep)
        _go(s, push, 0.4, (on_soil, driven), power=2.2)
        s.pelvis.to(push, 0.4, right=0.03, forward=0.08, up=-0.02)
        s.trunk.to(push, 0.4, bend=s.number("bow_rad") + 0.12)
        s.contact("right_palm", "spade", start, end)
    return driven


def _lever(s: Score, tip: Array, before: Held) -> Held:
    """The foot goes back, the knees bend, the handle comes back and down; returns how the spade is held then."""
    with s.phase("lever", 0.65) as (_, end):
        s.right_foot.step(end - 0.1, 0.5, (1.2 * s.body.stance_out_m, -0.16), lift_m=0.0, toe_out_rad=0.3)
        # The T comes beside the hip, not into it.
        back = min(s.number("lever_rad"), float(np.arcsin(min((float(tip[1]) + 0.02) / _long(s), 0.95))))
        held = _by_tip(s, tip + np.array([0.0, 0.12, -0.03]), back, 0.30)
        _go(s, end, 0.55, (before, held))
        s.pelvis.to(end, 0.5, right=0.0, forward=-0.04, up=-s.number("knees") * s.body.leg_m, pitch=0.22)
        s.trunk.to(end, 0.5, bend=s.number("bow_rad") + 0.25)
    return held


def _throw(s: Score, tip: Array, lever: Held, clod: str) -> Held:
    """Up with the load, and a turn of the trunk flings it to the left; then back; returns how the spade is held then."""
    long = _long(s)
    hip = 0.98 * s.body.pelvis_height_m
    up = _held((0.17, 0.06, hip - 0.08), (-0.48, 0.85, -0.22))
    turn = s.number("turn_rad")
    fling = _held((0.15, 0.12, hip - 0.02), (-float(np.sin(turn)), float(np.cos(turn)), -0.06))
    with s.phase("throw", s.number("throw_s")) as (start, end):
        s.lay(clod, _load(s, lever), start - 0.02)
        middle, last = start + 0.52 * (end - start), end - 0.12
        _go(s, middle, middle - start, (lever, up), clod=clod)
        _go(s, last, last - middle, (up, fling), power=1.7, clod=clod)
        speed = s.number("throw_mps")
        s.throw(clod, last, (-speed * float(np.sin(turn)), speed * float(np.cos(turn)), 0.8))
        s.trunk.to(middle, middle - start, bend=s.number("bow_rad") - 0.05, twist=0.10)
        s.trunk.to(end, last - middle + 0.1, twist=-0.10 - 0.25 * turn)
        s.pelvis.to(middle, middle - start, up=-0.02, pitch=0.08, forward=0.0)
        s.pelvis.to(end, 0.4, yaw=0.30 * turn, right=-0.03)
        s.look(last, "world", (-long * float(np.sin(turn)), long, 0.3))
    with s.phase("back", 0.6) as (start, end):
        back = _by_tip(s, tip + np.array([0.0, -0.03, 0.10]), 0.25)
        _go(s, end, 0.6, (fling, back))
        s.trunk.to(end, 0.5, twist=0.0, bend=s.number("bow_rad"))
        s.pelvis.to(end, 0.5, yaw=0.0, right=0.0, up=0.0)
        s.look(start + 0.3, "world", (0.05, float(tip[1]), 0.1))
    return back


DIGGING = Action(
    name="digging",
    caption="digs with a spade and throws the soil aside",
    wordings=("pushes a spade into the soil with {possessive} foot and throws the soil aside", "digs the ground with a spade"),
    choreography=_dig,
    phases=("drive_in", "lever", "throw", "back"),
    params={
        "drive_s": Range(0.3, 0.44),
        "throw_s": Range(0.8, 0.98),
        "bow_rad": Range(0.30, 0.5),
        "lever_rad": Range(0.70, 0.88),
        "knees": Range(0.10, 0.2),
        "away_m": Range(-0.02, 0.05),
        "along": Range(-1.0, 1.0),
        "soil_yaw_rad": Range(-0.5, 0.5),
        "turn_rad": Range(0.7, 1.15),
        "throw_mps": Range(1.4, 2.4),
    },
    props=(
        PropUse("soil", ("soil",), (0.95, 1.15)),
        PropUse("spade", ("spade",), (0.92, 1.08)),
        *(PropUse(name, ("clod",), (0.9, 1.1)) for name in CLODS),
    ),
    aliases=("dig", "digging a hole", "shovelling", "digging with a spade"),
    tags=("work", "arms", "legs", "trunk", "object"),
    acting=("right_hand", "left_hand", "right_foot"),
)
