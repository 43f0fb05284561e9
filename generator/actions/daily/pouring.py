"""Pouring water from one hand's vessel into the other's."""

from __future__ import annotations

import numpy as np

from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S, shift_weight


def _pour(s: Score) -> None:
    """The vessel comes over the glass, tips until it flows, is held so while the eyes watch, rights itself, and is taken away."""
    s.hold("jug", START_S)
    s.hold("glass", START_S, hand="left")
    s.wear("stream", "right_hand", _inside(s), time_s=START_S)
    s.right.fingers(START_S, 0.1, "grip_wide" if "rim" in s.props["jug"].frames else "grip")
    s.left.fingers(START_S, 0.1, "grip_wide")
    _jug_low(s, START_S, 0.1)
    _glass(s, START_S, 0.1, -0.10)
    tilt, drop = s.number("tilt_rad"), s.number("gap_m")
    with s.phase("raise", 0.85) as (start, end):
        s.look(start + 0.3, "left_hand", (0.0, 0.0, 0.0), duration_s=0.4)
        _glass(s, end - 0.1, 0.65, 0.0)
        _spout(s, end, 0.75, 0.25, drop)
        s.trunk.to(end, 0.7, bend=s.number("stoop_rad"), twist=0.05)
        s.head.to(end, 0.6, tilt=s.number("head_tilt_rad"))
    with s.phase("pour", s.number("pour_s")) as (start, end):
        _spout(s, start + 0.40, 0.40, tilt, drop)
        _wet(s, start + 0.32, end - 0.05, drop)
        _spout(s, end - 0.12, end - start - 0.5, tilt + 0.12, drop)
        _glass(s, end - 0.2, end - start - 0.4, s.number("glass_up_m"))
        s.contact("right_palm", "jug", start, end)
        s.contact("left_palm", "glass", start, end)
        _spout(s, end + 0.18, 0.28, 0.1, drop + 0.02)
        shift_weight(s, start, end, 1.2)
    with s.phase("lower", 0.95) as (start, end):
        _jug_low(s, end, 0.75)
        if s.option("after") == "look":
            _glass(s, end, 0.6, 0.10)
            s.look(end, "left_hand", (0.0, 0.0, 0.05))
        else:
            _glass(s, end, 0.7, -0.10)
            s.look_ahead(end + 0.2)
        s.trunk.to(end, 0.6, bend=0.0, twist=0.0)
        s.head.to(end, 0.6, tilt=0.0)


def _glass_at(s: Score) -> tuple[float, float, float]:
    """Where the glass stands in the air, of the chest (right, forward, up): its base."""
    return -0.02, max(0.56 * s.body.arm_m, s.body.belly_front_m + 0.20), -s.number("glass_low") * s.body.arm_m


def _glass(s: Score, end_s: float, duration_s: float, up_m: float) -> None:
    """The glass upright before the belly in the left hand."""
    right, forward, up = _glass_at(s)
    s.left.bring(
        end_s,
        duration_s,
        "glass",
        "base",
        None,
        frame="chest",
        at=(-right, forward, up + up_m),
        y_axis=(-0.35, 0.94, 0.0),
        z_axis=(0.0, 0.0, 1.0),
        elbow=(0.5, -0.5, -0.8),
    )


def _spout(s: Score, end_s: float, duration_s: float, tilt_rad: float, gap_m: float) -> None:
    """The lip over the glass, `gap_m` above its rim, the vessel tipped towards it."""
    right, forward, up = _glass_at(s)
    height = float(s.props["glass"].frames["rim"][2, 3])
    across, ahead = -float(np.cos(s.number("from_rad"))), float(np.sin(s.number("from_rad")))
    c, d = float(np.cos(tilt_rad)), float(np.sin(tilt_rad))
    s.right.bring(
        end_s,
        duration_s,
        "jug",
        "spout",
        None,
        frame="chest",
        at=(right - 0.006 * across, forward - 0.006 * ahead, up + height + gap_m),
        y_axis=(across * c, ahead * c, -d),
        z_axis=(across * d, ahead * d, c),
        elbow=(s.number("elbow_out"), -0.1, -0.15),
    )


def _wet(s: Score, start: float, end: float, gap_m: float) -> None:
    """From when it flows until it stops the stream stands in the glass, along its axis up to the lip above."""
    frames, length = s.props["glass"].frames, 0.12
    radius, grip = -float(frames["grip"][0, 3]), float(frames["grip"][2, 3])
    middle = float(frames["rim"][2, 3]) + gap_m - 0.5 * length - grip
    s.wear("stream", "left_hand", (-middle, 0.0, radius), time_s=start)
    s.wear("stream", "right_hand", _inside(s), time_s=end)


def _inside(s: Score) -> tuple[float, float, float]:
    """The middle of what is poured from, in the axes of the palm that holds it: there the stream is out of sight."""
    frames = s.props["jug"].frames
    x, y, z, _ = (np.linalg.inv(frames["grip"]) @ np.array([0.0, 0.0, 0.48 * frames["spout"][2, 3], 1.0])).tolist()
    return x, y, z


def _jug_low(s: Score, end_s: float, duration_s: float) -> None:
    """The full vessel upright at the side, or before the belly."""
    at = (0.22, 0.42, -0.66) if s.option("carried") == "side" else (0.12, 0.52, -0.50)
    s.right.reach(end_s, duration_s, at, palm=(-1.0, 0.1, 0.0), fingers=(-0.10, 1.0, 0.0), elbow=(0.5, -0.6, -0.7))


POUR_WATER = Action(
    name="pour_water",
    caption="pours water from a {jug} in {possessive} {side} hand into a {glass}",
    wordings=("fills a {glass} with water from a {jug}",),
    choreography=_pour,
    phases=("raise", "pour", "lower"),
    params={
        "pour_s": Range(1.7, 2.1),
        "tilt_rad": Range(0.70, 1.0),
        "gap_m": Range(0.025, 0.045),
        "glass_low": Range(0.42, 0.60),
        "glass_up_m": Range(-0.015, 0.015),
        "from_rad": Range(0.15, 0.65),
        "stoop_rad": Range(0.04, 0.20),
        "head_tilt_rad": Range(-0.12, 0.12),
        "elbow_out": Range(0.6, 1.1),
        "carried": Choice(("side", "front"), (0.5, 0.5)),
        "after": Choice(("look", "lower"), (0.5, 0.5)),
    },
    props=(
        PropUse("jug", ("jug", "jug", "bottle"), (0.88, 1.05)),
        PropUse("glass", ("glass", "glass", "cup", "mug"), (0.95, 1.1)),
        PropUse("stream", ("water_stream",), (1.0, 1.0)),
    ),
    aliases=("pouring water", "pour", "pouring", "filling a glass"),
    tags=("daily", "arms", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "pour_water", "hmdb51": "pour"},
)


def _peel(s: Score) -> None:
    """The blade goes over the fruit towards the body, stroke after stroke, and the fruit is turned on a little between them."""
    s.hold("knife", START_S)
    s.hold("fruit", START_S, hand="left")
    s.right.fingers(START_S, 0.1, "grip_thin")
    s.left.fingers(START_S, 0.1, "grip_wide")
    _fruit(s, START_S, 0.1, 0.0, -0.05)
    s.right.reach(START_S, 0.1, (0.12, 0.46, -0.42), palm=(-0.6, -0.5, -0.6), fingers=(-0.5, 0.85, 0.1), elbow=(0.6, -0.5, -0.7))
    strokes, each = int(s.number("strokes")), s.number("stroke_s")
    with s.phase("raise", 0.7) as (start, end):
        s.look(start + 0.3, "left_hand", (0.0, 0.0, 0.0), duration_s=0.35)
        _fruit(s, end - 0.1, 0.55, 0.0, 0.0)
        _edge(s, end, 0.6, 0.0, 0.03)
        s.trunk.to(end, 0.6, bend=s.number("stoop_rad"))
    with s.phase("peel", strokes * each) as (start, end):
        s.contact("right_palm", "knife", start, end)
        s.contact("left_palm", "fruit", start, end)
        for k in range(strokes):
            at = start + k * each
            _edge(s, at + 0.12 * each, 0.14 * each, 0.0, 0.0)
            _edge(s, at + 0.40 * each, 0.32 * each, 0.5, 0.0)
            _edge(s, at + 0.66 * each, 0.30 * each, 1.0, 0.0)
            _edge(s, at + 0.84 * each, 0.22 * each, 0.8, 0.05)
            _edge(s, at + 1.00 * each, 0.22 * each, 0.0, 0.03)
            _fruit(s, at + 0.98 * each, 0.30 * each, s.number("turn_rad") * (k + 1), 0.0)
            s.head.to(at + 0.5 * each, 0.4 * each, tilt=0.05 * (-1.0) ** k)
        shift_weight(s, start, end, 1.3)
    with s.phase("lower", 0.75) as (start, end):
        s.right.reach(end, 0.65, (0.14, 0.46, -0.46), palm=(-0.6, -0.5, -0.6), fingers=(-0.5, 0.85, 0.1), elbow=(0.6, -0.5, -0.7))
        _fruit(s, end, 0.6, s.number("turn_rad") * strokes, 0.06)
        s.look(start + 0.4, "left_hand", (0.0, 0.0, 0.05))
        s.head.to(end, 0.5, tilt=0.0)
        s.trunk.to(end, 0.6, bend=0.0)


def _fruit_at(s: Score) -> tuple[float, float, float]:
    """Where the fruit's middle is, of the chest (right, forward, up)."""
    return -0.03, max(0.30, s.body.belly_front_m + 0.17), -s.number("low") * s.body.arm_m


def _fruit(s: Score, end_s: float, duration_s: float, turn_rad: float, up_m: float) -> None:
    """The fruit in the left hand before the belly, turned on in the fingers by as much as a wrist can."""
    right, forward, up = _fruit_at(s)
    angle = 0.45 * float(np.sin(turn_rad))
    c, d = float(np.cos(angle)), float(np.sin(angle))
    s.left.bring(
        end_s,
        duration_s,
        "fruit",
        "center",
        None,
        frame="chest",
        at=(-right, forward, up + up_m),
        y_axis=(-0.70, 0.70, 0.15),
        z_axis=(-0.35 * c - 0.2 * d, -0.30 - 0.3 * d, 0.9 * c),
        elbow=(0.6, -0.5, -0.8),
    )


def _edge(s: Score, end_s: float, duration_s: float, along: float, away_m: float) -> None:
    """The edge on the fruit at the start (0), the middle or the end (1) of a stroke, or `away_m` off its skin."""
    right, forward, up = _fruit_at(s)
    radius = -float(s.props["fruit"].frames["side"][0, 3]) + away_m
    angle = s.number("from_rad") + along * s.number("sweep_rad") * min(s.amplitude, 1.15)
    # Over the fruit's right upper side, from the far end to the near one.
    x, y, z = 0.45, float(np.cos(angle)), float(np.sin(angle))
    size = float(np.sqrt(x * x + y * y + z * z))
    s.right.bring(
        end_s,
        duration_s,
        "knife",
        "edge",
        None,
        frame="chest",
        at=(right + radius * x / size, forward + radius * y / size, up + radius * z / size),
        y_axis=(-0.75, 0.15, 0.55),
        z_axis=(-0.45, -0.65, -0.45),
        elbow=(s.number("elbow_out"), -0.3, -0.7),
    )


PEELING_FRUIT = Action(
    name="peeling_fruit",
    caption="peels a piece of fruit with {possessive} {side} hand",
    wordings=("holds a piece of fruit in one hand and peels it with the other",),
    choreography=_peel,
    phases=("raise", "peel", "lower"),
    params={
        "strokes": Range(3, 4, whole=True),
        "stroke_s": Range(0.54, 0.64),
        "from_rad": Range(0.45, 0.85),
        "sweep_rad": Range(1.5, 2.0),
        "low": Range(0.22, 0.46),
        "turn_rad": Range(0.5, 1.1),
        "stoop_rad": Range(0.05, 0.22),
        "elbow_out": Range(0.5, 1.0),
    },
    props=(PropUse("knife", ("peeler",), (0.92, 1.1)), PropUse("fruit", ("fruit",), (0.95, 1.25))),
    aliases=("peel fruit", "peeling an apple", "peel an apple"),
    tags=("daily", "arms", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "peeling_fruit"},
)
