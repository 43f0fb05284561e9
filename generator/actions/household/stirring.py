"""Cooking a soup: stirred round with a wooden spoon, and tasted."""

from __future__ import annotations

import numpy as np

from ...motion.score import Score
from ...motion.target import Vector
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S, free_hand
from .places import Top, bring_so, set_down, stand_at

STEPS = 8
"""Of a round."""


def _stir(s: Score) -> None:
    """The spoon goes round and round in a pot on the stove; a little is lifted out, tasted, and the spoon goes back in."""
    top = stand_at(s, "stove", room_m=0.05, toes_m=0.03)
    burner = s.props["stove"].frames["right_burner"][:3, 3]
    depth = float(s.props["stove"].frames["near"][1, 3])
    place = (-float(burner[0]), top.edge_m + depth - float(burner[1]), float(burner[2]))
    set_down(s, "pot", place, s.number("pot_yaw_rad"))
    soup = (place[0], place[1], place[2] + 0.075)
    s.hold("spoon", START_S)
    s.right.fingers(START_S, 0.1, "grip_thin")
    s.pelvis.to(START_S, 0.1, pitch=0.08)
    s.trunk.to(START_S, 0.1, bend=s.number("bow_rad"))
    _other_hand(s, top)
    s.look(START_S, "prop:pot:rim")
    _spoon(s, START_S, 0.1, soup, 0.0)
    rounds, beat = int(s.number("rounds")), s.number("beat_s")
    with s.phase("stir", rounds * beat) as (start, end):
        _round(s, start, beat, rounds, soup)
        s.contact("right_palm", "spoon", start, end)
    _taste(s, soup)
    with s.phase("stir_on", 1.3 * beat) as (start, _):
        _round(s, start, beat, 1, soup)
        s.trunk.to(start + 0.4, 0.5, bend=s.number("bow_rad"))


def _other_hand(s: Score, top: Top) -> None:
    if s.option("other_hand") == "edge":
        s.left.fingers(START_S, 0.1, "cup")
        s.left.go(START_S, 0.1, "world", (0.26, top.edge_m - 0.005, top.height_m - 0.02), palm=(-0.1, 0.2, -0.95),
                  fingers=(-0.25, 0.9, 0.15), elbow=(0.8, -0.7, 0.1))  # fmt: skip
    else:
        free_hand(s, s.left, s.option("other_hand"), START_S, 0.1)


def _round(s: Score, start: float, beat: float, rounds: int, soup: Vector) -> None:
    """Round after round, the trunk going along a little."""
    way = 1.0 if s.option("direction") == "clockwise" else -1.0
    for k in range(STEPS * rounds):
        _spoon(s, start + beat * (k + 1) / STEPS, beat / STEPS, soup, way * 2.0 * np.pi * (k + 1) / STEPS, "linear")
    for k in range(2 * rounds):
        s.trunk.to(start + 0.5 * beat * (k + 1), 0.5 * beat, twist=0.05 if k % 2 else -0.05, lean=0.02 if k % 2 else -0.02)


def _spoon(s: Score, end_s: float, duration_s: float, soup: Vector, angle: float, ease: str = "smooth") -> None:
    """The spoon's bowl in the soup on its round, the handle leaning towards the cook and going round less."""
    radius = s.number("radius_m") * s.amplitude
    across, along = float(np.sin(angle)), float(np.cos(angle))
    at = (soup[0] + radius * across, soup[1] + radius * along, soup[2])
    bring_so(s, s.right, end_s, duration_s, "spoon", "bowl", at, ease, palm=(-0.8, 0.12 * across, -0.45 + 0.1 * along),
             fingers=(-0.35, 0.8, 0.35 + 0.1 * across), elbow=(0.9, -0.5, -0.35))  # fmt: skip


def _taste(s: Score, soup: Vector) -> None:
    """The spoon comes up level, past a breath that cools it, to the lips; then a nod, or a head held aside."""
    sip = s.number("sip_s")
    with s.phase("taste", 2.3 + sip) as (start, end):
        above = (soup[0], soup[1] - 0.02, soup[2] + 0.16)
        bring_so(s, s.right, start + 0.4, 0.4, "spoon", "bowl", above, palm=(-0.85, -0.1, -0.3), fingers=(-0.35, 0.85, 0.3),
                 elbow=(0.9, -0.5, -0.3))  # fmt: skip
        lips = start + 1.25
        away: Vector = (0.02, 0.10, -0.03)
        for at, when, length in (
            (away, lips - 0.15, 0.8),
            ((0.0, 0.012, -0.004), lips + 0.1, 0.25),
            (away, lips + 0.4 + sip, 0.3),
        ):
            s.right.bring(when, length, "spoon", "bowl", "mouth", frame="chest", at=at, y_axis=(-0.24, -0.13, 0.96),
                          z_axis=(0.97, 0.0, 0.24), elbow=(0.4, 0.0, -0.9))  # fmt: skip
        s.mode.to(lips + 0.05, 0.25, jaw=0.16)
        s.mode.to(lips + 0.35, 0.2, jaw=0.0)
        s.trunk.to(lips, 0.6, bend=s.number("bow_rad") + 0.10)
        s.look(start + 0.45, "thing:spoon")
        s.look_ahead(lips - 0.15, 0.5)
        s.contact("mouth", "spoon", lips + 0.1, lips + 0.2)
        if s.option("verdict") == "nod":
            s.head.to(lips + 0.7 + sip, 0.25, nod=0.22)
            s.head.to(lips + 0.95 + sip, 0.25, nod=0.0)
        else:
            s.head.to(lips + 0.7 + sip, 0.3, tilt=0.2)
            s.head.to(end + 0.2, 0.4, tilt=0.0)
        s.look(end, "prop:pot:rim")
        bring_so(s, s.right, end - 0.2, 0.75, "spoon", "bowl", above, palm=(-0.85, -0.1, -0.3), fingers=(-0.35, 0.85, 0.3),
                 elbow=(0.9, -0.5, -0.3))  # fmt: skip
        _spoon(s, end, 0.2, soup, 0.0)


COOKING_AND_STIRRING = Action(
    name="cooking_and_stirring",
    caption="stirs a pot on the stove with a wooden spoon and tastes it",
    wordings=("cooks, stirring a pot of soup and tasting it", "stirs a soup round and round and tries it from the spoon"),
    choreography=_stir,
    phases=("stir", "taste", "stir_on"),
    params={
        "rounds": Range(2, 3, whole=True),
        "beat_s": Range(0.68, 0.86),
        "radius_m": Range(0.045, 0.07),
        "direction": Choice(("clockwise", "anti_clockwise"), (0.6, 0.4)),
        "bow_rad": Range(0.08, 0.24),
        "sip_s": Range(0.0, 0.25),
        "verdict": Choice(("nod", "consider")),
        "other_hand": Choice(("edge", "hip", "side"), (0.4, 0.35, 0.25)),
        "pot_yaw_rad": Range(-0.6, 0.6),
    },
    props=(
        PropUse("stove", ("stove",), (0.9, 1.15)),
        PropUse("pot", ("stew_pot",), (0.92, 1.08)),
        PropUse("spoon", ("stirring_spoon",), (0.92, 1.08)),
    ),
    aliases=("cooking", "stirring", "stirring a pot", "stirring soup", "cook and stir"),
    tags=("daily", "arms", "object", "kitchen"),
    acting=("right_hand",),
    taxonomy={"ucf101": "Mixing"},
)
