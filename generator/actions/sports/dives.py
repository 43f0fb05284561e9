"""Dives into a pool: five take-offs, the turns that competitions know from each, off springboard or platform."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from ...motion.flight import Flight, fall_s
from ...motion.score import Score
from ...props.pool import FULCRUM_M, WATER_M
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S
from . import dive_shapes as shape
from .dive_table import ARMSTAND, BACK, FORWARD, INWARD, REVERSE, Dive, by_words
from .dive_takeoff import TakeOff, armstand, center_over_pelvis_m, standing

HEIGHTS_M: dict[str, tuple[float, float]] = {"springboard": (1.0, 3.0), "platform": (5.0, 10.0)}
"""Board -> its lower and its higher height over the water."""

RATES: dict[str, float] = {"tuck": 3.3, "pike": 2.7, "free": 1.75, "straight": 1.3}
"""Somersaults a second that people do in a position, averaged over a flight."""

MISSED_RAD = 0.12
"""How far a dive is turned too little or too far when it meets the water."""

FOLD_S = 0.24
"""Real time in which a diver folds up or opens."""


def _dive(s: Score, takeoff: TakeOff, dives: dict[str, Dive]) -> None:
    """Ready on the edge; off it, folded or wrapped up, opened again, straight into the water; a splash."""
    dive = dives[s.option("dive")]
    if dive.back is not None:
        takeoff = replace(takeoff, way=-1.0 if dive.back else 1.0, sense=-1.0 if dive.back else 1.0)
    board = "springboard" if "hinge" in s.props["board"].frames else "platform"
    height = _place(s, takeoff, board)
    leave, high = armstand(s, takeoff, height) if takeoff.armstand else standing(s, takeoff, board, height)
    sense = takeoff.sense
    head_first = round(2.0 * dive.somersaults) % 2 == (0 if takeoff.armstand else 1)
    end_m = _center_over_entry(s, head_first)
    need_s = dive.somersaults / RATES[dive.position] + 0.15
    up = takeoff.up_mps(s, board)
    while fall_s(high - WATER_M - end_m, up) < need_s and up < 5.6:
        up += 0.1
    air = fall_s(high - WATER_M - end_m, up)
    out = takeoff.way * (s.number("out_m") + 0.05 * height) / air
    enter = leave + s.real(air)
    start, end = leave + s.real(0.08), enter - s.real(0.06)
    spin = (start + 0.04 * (end - start), start + (0.46 if dive.position == "pike" else 0.72) * (end - start))
    s.flight = Flight(leave, enter, (0.0, out, up), sense * dive.somersaults + MISSED_RAD * s.number("over") / (2.0 * np.pi),
                      sense * dive.twists, spin, 0.12 * s.number("tilt"))  # fmt: skip
    with s.phase("flight", enter - leave):
        _in_the_air(s, dive, sense, start, end, spin, head_first)
    with s.phase("entry", s.real(0.6)) as (begin, _):
        _splash(s, begin, out * air + 0.15 * takeoff.way)


def _place(s: Score, takeoff: TakeOff, board: str) -> float:
    """Board, tower and water where they belong; returns the board's height over the floor."""
    height = WATER_M + HEIGHTS_M[board][1 if s.option("height") == "higher" else 0]
    tip, yaw = takeoff.tip_m(s), 0.0 if takeoff.way > 0.0 else np.pi
    s.stand("board", (0.0, tip), yaw, height, START_S)
    behind = FULCRUM_M if board == "springboard" else 2.2
    s.stand("tower", (0.0, tip - takeoff.way * behind), yaw, height - (0.11 if board == "springboard" else 0.25), START_S)
    s.stand("pool", (0.0, tip - takeoff.way * 1.2), yaw, 0.0, START_S)
    return height


def _center_over_entry(s: Score, head_first: bool) -> float:
    """How high the centre of mass is over what touches the water first."""
    if not head_first:
        return s.body.pelvis_height_m + 0.02 * s.body.height_m + 0.3 * s.body.foot_m
    trunk = s.body.shoulder_height_m - s.body.pelvis_height_m
    return trunk + 0.97 * s.body.arm_m + 0.9 * s.body.hand_m - center_over_pelvis_m(s)


def _in_the_air(
    s: Score, dive: Dive, sense: float, start: float, end: float, spin: tuple[float, float], head_first: bool
) -> None:
    """The body's shapes from leaving the board to the water."""
    whole, fold = end - start, min(s.real(FOLD_S), 0.22 * (end - start))
    arms, closed = ("over" if head_first else "down"), s.number("closed")
    opening = end - s.number("open") * whole - 0.5 * fold
    if dive.twists:
        shape.straight(s, spin[0] + fold, fold, "wrapped")
        folds = dive.position == "pike" or (sense > 0.0) == (round(2.0 * dive.twists) % 2 == 0)
        if folds and dive.position == "pike":
            shape.pike(s, spin[1] + fold, fold, closed)
        elif folds:
            shape.pike(s, spin[1] + 0.8 * fold, 0.8 * fold, 0.0)
    elif dive.position == "straight":
        shape.straight(s, start + 1.3 * fold, 1.3 * fold, "wings" if dive.somersaults < 1.0 else "down", 0.12 * (2.0 - sense))
    else:
        late = 0.10 * whole if dive.somersaults < 1.0 else 0.0
        folded = shape.pike if dive.position == "pike" else shape.tuck
        folded(s, start + late + fold, fold, closed)
    shape.straight(s, max(opening + fold, spin[1] + 2.0 * fold if dive.twists else 0.0), fold, arms)


def _splash(s: Score, enter: float, out_m: float) -> None:
    """Water is thrown up where somebody goes in, and falls back."""
    rise, deep = s.real(0.16), -2.4
    high = WATER_M - 0.35 + 0.35 * s.number("splash")
    s.stand("splash", (0.0, out_m), 0.0, deep, START_S)
    s.move("splash", enter + s.real(0.02), 1e-3, (0.0, out_m), 0.0, -0.9)
    s.move("splash", enter + s.real(0.06) + rise, rise, (0.0, out_m), 0.0, high, "decelerate")
    s.move("splash", enter + s.real(0.06) + 3.2 * rise, 2.0 * rise, (0.0, out_m), 0.0, deep, "accelerate")


def _action(
    name: str, way: str, takeoff: TakeOff, dives: tuple[Dive, ...], aliases: tuple[str, ...], boards: tuple[str, ...]
) -> Action:
    """One take-off as an action; `way` completes "does"."""
    table = by_words(dives)
    return Action(
        name=name,
        caption=f"does {way} off a {{board}} into water, {{dive}}",
        wordings=(f"takes off from a {{board}} for {way}: {{dive}}", f"dives into a pool from a {{board}} ({way}, {{dive}})"),
        choreography=partial(_dive, takeoff=takeoff, dives=table),
        phases=("ready", "take_off", "flight", "entry"),
        params={
            "dive": Choice(tuple(table)),
            "height": Choice(("lower", "higher"), (0.5, 0.5)),
            "rise": Range(0.75, 1.15),
            "out_m": Range(1.0, 1.7),
            "closed": Range(0.55, 1.0),
            "open": Range(0.10, 0.22),
            "over": Range(-1.0, 1.0),
            "tilt": Range(0.4, 1.2),
            "arms_s": Range(0.75, 1.1),
            "hands": Range(0.9, 1.2),
            "splash": Range(0.2, 1.0),
        },
        props=(
            PropUse("board", boards, (0.97, 1.03)),
            PropUse("tower", ("diving_tower",), (0.9, 1.1)),
            PropUse("pool", ("pool",), (0.9, 1.15)),
            PropUse("splash", ("splash",), (0.7, 1.2)),
        ),
        aliases=aliases,
        tags=("sport", "object", "dynamic", "water"),
        outfit="swimming",
        taxonomy={"ucf101": "Diving", "hmdb51": "dive"},
    )


BOTH = ("springboard", "platform")

DIVE_FORWARD = _action(
    "dive_forward", "a forward dive", TakeOff(1.0, 1.0, 0.16), FORWARD, ("diving", "forward dive", "diving into a pool"), BOTH
)

DIVE_BACK = _action("dive_back", "a back dive", TakeOff(-1.0, -1.0, -0.12), BACK, ("back dive", "diving backwards"), BOTH)

DIVE_REVERSE = _action("dive_reverse", "a reverse dive", TakeOff(1.0, -1.0, -0.06), REVERSE, ("reverse dive", "gainer"), BOTH)

DIVE_INWARD = _action("dive_inward", "an inward dive", TakeOff(-1.0, 1.0, 0.22), INWARD, ("inward dive",), BOTH)

DIVE_ARMSTAND = _action(
    "dive_armstand",
    "an armstand dive",
    TakeOff(1.0, 1.0, armstand=True),
    ARMSTAND,
    ("armstand dive", "handstand dive"),
    ("platform",),
)
