"""Hair: brushed from the crown down, and blown dry."""

from __future__ import annotations

import numpy as np

from ...motion.limbs import Hand
from ...motion.score import Score
from ...motion.target import Vector
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S, free_hand, shift_weight

LANES: dict[str, float] = {"side": 0.0, "front": 0.035, "back": -0.055}
"""How far ahead of the ear a stroke of the brush runs down, m."""

Place = tuple[str, Vector, Vector, Vector]
"""Landmark, offset from it, where the brush points and where its bristles point (out, forward, up)."""

STROKE: dict[str, Place] = {
    "crown": ("crown", (0.02, 0.02, 0.022), (-0.9, -0.1, 0.25), (-0.25, -0.1, -1.0)),
    "temple": ("crown", (0.080, 0.0, -0.022), (-0.62, -0.40, 0.65), (-0.8, 0.0, -0.65)),
    "ear": ("right_ear", (0.038, 0.0, 0.0), (-0.30, -0.68, 0.66), (-1.0, 0.15, -0.30)),
    "end": ("right_ear", (0.058, 0.03, -0.070), (-0.20, -0.85, 0.48), (-0.95, 0.15, -0.25)),
}
"""The way of a brush down one side of the head."""


def _brush(s: Score) -> None:
    """The brush goes up to the crown, is drawn down the side to the ends of the hair, away and up again, stroke after stroke."""
    s.hold("brush", START_S)
    s.right.fingers(START_S, 0.1, "grip_thin")
    _carry(s, START_S, 0.1)
    _other_hand(s)
    lanes = {"side": ("side",), "round": ("front", "side", "back"), "back": ("back", "side")}[s.option("lanes")]
    strokes, each = int(s.number("strokes")), s.number("stroke_s")
    with s.phase("raise", 0.75) as (start, end):
        s.look(start + 0.35, "travel", (0.1, 1.2, s.body.eye_height_m - 0.06))
        _bristles(s, end - 0.12, 0.62, "crown", LANES[lanes[0]], 0.06)
        s.head.to(end, 0.5, tilt=s.number("tilt_rad"), turn=0.10, nod=s.number("nod_rad"))
        s.trunk.to(end, 0.6, lean=0.04, twist=0.05)
    with s.phase("brush", strokes * each) as (start, end):
        s.contact("right_palm", "brush", start, end)
        for k in range(strokes):
            _stroke(s, start + k * each, each, LANES[lanes[k % len(lanes)]], last=k == strokes - 1)
        if s.option("free_hand") == "smooth":
            _smooth(s, start, end, each)
        shift_weight(s, start, end, 1.1)
    with s.phase("lower", 0.75) as (start, end):
        _carry(s, end, 0.6)
        s.head.to(end, 0.6, tilt=0.0, turn=0.0, nod=0.0)
        s.trunk.to(end, 0.6, lean=0.0, twist=0.0)
        s.look_ahead(end + 0.2)
        if s.option("free_hand") == "smooth" and "mirror" not in s.props:
            free_hand(s, s.left, "side", end, 0.6)


def _carry(s: Score, end_s: float, duration_s: float) -> None:
    """The brush upright before the chest."""
    at = (0.05, 0.52, -0.30)
    s.right.reach(end_s, duration_s, at, palm=(-0.8, -0.5, 0.1), fingers=(-0.55, 0.8, 0.2), elbow=(0.6, -0.3, -0.8))


def _other_hand(s: Score) -> None:
    """It holds a mirror before the face, where there is one."""
    if "mirror" not in s.props:
        free_hand(s, s.left, s.option("free_hand").replace("smooth", "side"), START_S, 0.1)
        return
    s.hold("mirror", START_S, hand="left")
    s.left.fingers(START_S, 0.1, "grip_thin")
    s.left.bring(
        START_S,
        0.1,
        "mirror",
        "mirror",
        "chin",
        at=(0.13, 0.62 * s.body.arm_m, -0.02),
        y_axis=(-0.25, 0.1, 1.0),
        z_axis=(-0.3, -1.0, 0.0),
        elbow=(0.4, -0.1, -1.0),
    )


def _bristles(s: Score, end_s: float, duration_s: float, place: str, lane_m: float, away_m: float = 0.0) -> None:
    """The bristles at a place of a stroke, or `away_m` off the hair there."""
    landmark, at, along, inward = STROKE[place]
    scale = s.body.height_m / 1.75
    x, y, z = (scale * a - away_m * b for a, b in zip(at, inward, strict=True))
    out = s.number("elbow_out")
    s.right.bring(
        end_s,
        duration_s,
        "brush",
        "bristles",
        landmark,
        at=(x, y + scale * lane_m, z),
        y_axis=along,
        z_axis=inward,
        elbow=(out, 0.45, -0.55),
    )


def _stroke(s: Score, start: float, each: float, lane_m: float, *, last: bool) -> None:
    """Down along the hair, and, unless it is the last one, back up through the air; the head gives way a little."""
    down = 0.56 * each
    _bristles(s, start + 0.10 * each, 0.10 * each + 0.05, "crown", lane_m)
    _bristles(s, start + 0.10 * each + 0.40 * down, 0.42 * down, "temple", lane_m)
    _bristles(s, start + 0.10 * each + 0.72 * down, 0.40 * down, "ear", lane_m)
    if s.option("ends") == "long":
        _bristles(s, start + 0.10 * each + down, 0.42 * down, "end", 0.0)
    s.head.to(start + 0.5 * each, 0.4 * each, tilt=s.number("tilt_rad") + 0.06)
    s.head.to(start + each, 0.4 * each, tilt=s.number("tilt_rad"))
    if not last:
        _bristles(s, start + 0.93 * each, 0.33 * each, "temple", lane_m, 0.09)
        _bristles(s, start + 1.06 * each, 0.24 * each, "crown", lane_m, 0.05)


def _smooth(s: Score, start: float, end: float, each: float) -> None:
    """The other hand strokes the hair of its side, a little later than the brush."""
    if "mirror" in s.props:
        return
    at = start + 0.35 * each
    while at < end - 0.2:
        _on_hair(s, s.left, at, 0.45 * each, "crown", (0.075, 0.01, -0.010), (-0.6, -0.3, 0.75))
        _on_hair(s, s.left, at + 0.5 * each, 0.4 * each, "left_ear", (0.045, 0.0, -0.03), (-0.2, -0.35, 0.9))
        at += each
    s.left.fingers(start, 0.4, "cup")


def _on_hair(s: Score, hand: Hand, end_s: float, duration_s: float, landmark: str, at: Vector, fingers: Vector) -> None:
    """A palm on the hair of the hand's own side."""
    hand.touch(end_s, duration_s, landmark, at, palm=(-0.9, 0.0, -0.3), fingers=fingers, elbow=(0.9, 0.4, -0.4))


BRUSHING_HAIR = Action(
    name="brushing_hair",
    caption="brushes {possessive} hair with a {brush} in {possessive} {side} hand",
    wordings=("draws a {brush} through {possessive} hair from the crown down",),
    choreography=_brush,
    phases=("raise", "brush", "lower"),
    params={
        "strokes": Range(2, 3, whole=True),
        "stroke_s": Range(0.76, 0.82),
        "lanes": Choice(("side", "round", "back"), (0.35, 0.4, 0.25)),
        "ends": Choice(("long", "short"), (0.75, 0.25)),
        "tilt_rad": Range(0.02, 0.22),
        "nod_rad": Range(-0.02, 0.14),
        "elbow_out": Range(0.7, 1.1),
        "free_hand": Choice(("side", "smooth", "hip"), (0.35, 0.4, 0.25)),
    },
    props=(PropUse("brush", ("hairbrush",), (0.92, 1.08)), PropUse("mirror", ("none", "none", "hand_mirror"), (0.9, 1.1))),
    aliases=("brush hair", "combing hair", "comb hair", "hair brushing"),
    tags=("daily", "arms", "object"),
    acting=("right_hand",),
    taxonomy={"synapt150": "brushing_hair", "ntu120": "A004", "hmdb51": "brush_hair"},
)


AIMS: dict[str, tuple[str, Vector, Vector]] = {
    "front": ("right_ear", (0.15, 0.09, 0.03), (-0.93, -0.22, 0.28)),
    "side": ("right_ear", (0.16, 0.02, 0.05), (-0.95, -0.02, 0.28)),
    "back": ("right_ear", (0.16, -0.03, 0.04), (-0.95, 0.05, 0.32)),
}
"""Where the nozzle is, off which landmark, and where it blows."""


def _dry(s: Score) -> None:
    """The dryer points at the head and wanders to and fro over the hair, which the other hand ruffles."""
    s.hold("dryer", START_S)
    s.right.fingers(START_S, 0.1, "grip")
    s.right.reach(START_S, 0.1, (0.10, 0.50, -0.42), palm=(-1.0, 0.0, 0.1), fingers=(-0.2, 1.0, 0.1), elbow=(0.5, -0.5, -0.8))
    free_hand(s, s.left, "side", START_S, 0.1)
    places = {"side": ("side",), "front": ("front", "side"), "round": ("side", "back", "front")}[s.option("places")]
    with s.phase("raise", 0.8) as (start, end):
        s.look(start + 0.3, "travel", (0.0, 1.2, s.body.eye_height_m - 0.1))
        _nozzle(s, end, 0.7, places[0], 0.0)
        s.head.to(end, 0.6, tilt=s.number("tilt_rad"), nod=s.number("nod_rad"))
        s.left.fingers(end, 0.5, "cup")
        _on_hair(s, s.left, end + 0.05, 0.65, "crown", (0.075, 0.0, 0.005), (-0.75, -0.2, 0.35))
    with s.phase("dry", s.number("dry_s")) as (start, end):
        s.contact("right_palm", "dryer", start, end)
        _wander(s, start, end, places)
        _ruffle(s, start, end)
        shift_weight(s, start, end, 1.2)
    with s.phase("lower", 0.75) as (start, end):
        s.right.reach(end, 0.65, (0.12, 0.48, -0.45), palm=(-1.0, 0.0, 0.1), fingers=(-0.2, 1.0, 0.1), elbow=(0.5, -0.5, -0.8))
        s.head.to(end, 0.6, tilt=0.0, turn=0.0, nod=0.0)
        s.trunk.to(end, 0.6, lean=0.0)
        s.look_ahead(end + 0.2)
        free_hand(s, s.left, "side", end - 0.05, 0.6)


def _nozzle(s: Score, end_s: float, duration_s: float, place: str, swing_m: float) -> None:
    """The nozzle off the head at a place, `swing_m` up (or down) from the middle of its way there, always towards the head."""
    landmark, (x, y, z), (bx, by, bz) = AIMS[place]
    scale, gap = s.body.height_m / 1.75, s.number("gap_m")
    s.right.bring(
        end_s,
        duration_s,
        "dryer",
        "nozzle",
        landmark,
        at=(scale * x - gap * bx, scale * y - gap * by + 0.4 * swing_m, scale * z - gap * bz + swing_m),
        y_axis=(bx, by, bz - 3.0 * swing_m),
        z_axis=(-0.2, -0.4, 0.9),
        elbow=(1.0, 0.1, 0.2),
    )


def _wander(s: Score, start: float, end: float, places: tuple[str, ...]) -> None:
    """Up and down at each place in turn; the head turns to offer that side."""
    half, reach = 0.5 / s.number("rate_hz"), s.number("swing_m") * s.amplitude
    each = (end - start) / len(places)
    for number, place in enumerate(places):
        begin = start + number * each
        at, side = begin + (0.3 if number else 0.0), 1.0
        s.head.to(begin + 0.4, 0.4, turn={"side": 0.12, "front": 0.0, "back": 0.22}[place])
        _nozzle(s, at, 0.3, place, 0.0)
        while at + half < begin + each:
            at, side = at + half, -side
            _nozzle(s, at, half, place, side * reach)


def _ruffle(s: Score, start: float, end: float) -> None:
    """The free hand's fingers go through the hair, now higher, now lower."""
    half, k, at = 0.5 / s.number("ruffle_hz"), 0, start
    while at + half < end:
        at, k = at + half, k + 1
        turn = float(np.sin(s.performer.phases_rad[k % 24]))
        if s.option("ruffle") == "top":
            place: tuple[str, Vector] = ("crown", (0.05 + 0.05 * (k % 2), 0.02 * turn, 0.012 - 0.022 * (k % 2)))
        else:
            place = ("left_ear", (0.050, 0.01 + 0.02 * turn, 0.06 if k % 2 else -0.01))
        _on_hair(s, s.left, at, half, place[0], place[1], (-0.75 if s.option("ruffle") == "top" else -0.35, -0.25, 0.6))
        s.left.fingers(at, half, "cup" if k % 2 else "relaxed")


BLOW_DRYING_HAIR = Action(
    name="blow_drying_hair",
    caption="blows {possessive} hair dry with a hair dryer in {possessive} {side} hand",
    wordings=("dries {possessive} hair with a hair dryer and ruffles it with the other hand",),
    choreography=_dry,
    phases=("raise", "dry", "lower"),
    params={
        "places": Choice(("side", "front", "round"), (0.35, 0.35, 0.3)),
        "dry_s": Range(1.5, 2.3),
        "rate_hz": Range(1.1, 2.0),
        "swing_m": Range(0.025, 0.055),
        "gap_m": Range(0.0, 0.07),
        "ruffle": Choice(("top", "side"), (0.6, 0.4)),
        "ruffle_hz": Range(1.5, 2.6),
        "tilt_rad": Range(-0.15, 0.12),
        "nod_rad": Range(-0.05, 0.20),
    },
    props=(PropUse("dryer", ("hair_dryer",), (0.92, 1.1)),),
    aliases=("blow dry hair", "drying hair", "using a hair dryer"),
    tags=("daily", "arms", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "blow_drying_hair", "ucf101": "BlowDryHair"},
)
