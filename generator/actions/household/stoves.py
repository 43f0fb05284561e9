"""At a gas stove: the knob is turned, the pan shaken or stirred."""

from __future__ import annotations

import numpy as np

from ...motion.limbs import Hand
from ...motion.score import Score
from ...motion.target import Vector
from ...values import Array
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S
from .places import bring_so, pinch_at, set_down, stand_at


def _cook(s: Score) -> None:
    """A hand turns the knob under the burner; then the pan is shaken by its handle, or held and stirred."""
    top = stand_at(s, "stove", room_m=0.05, toes_m=0.03)
    side = "right" if s.option("way") == "shake" else "left"
    burner = s.props["stove"].frames[f"{side}_burner"][:3, 3]
    depth = float(s.props["stove"].frames["near"][1, 3])
    pan = (-float(burner[0]), top.edge_m + depth - float(burner[1]), float(burner[2]))
    back = s.props["stove"].frames["left_back" if side == "right" else "right_back"][:3, 3]
    set_down(s, "pan", pan, s.number("handle_rad") * (1.0 if side == "right" else -1.0))
    set_down(s, "pot", (-float(back[0]), top.edge_m + depth - float(back[1]), float(back[2])), s.number("pot_yaw_rad"))
    s.pelvis.to(START_S, 0.1, pitch=0.06)
    s.trunk.to(START_S, 0.1, bend=s.number("bow_rad"))
    turner = s.right if side == "right" else s.left
    if side == "right":
        s.lay("spatula", _lying((pan[0] - 0.36, pan[1] - 0.12, pan[2] + 0.008)), START_S)
    else:
        s.hold("spatula", START_S)
        s.right.fingers(START_S, 0.1, "grip_thin")
        _stir_at(s, START_S, 0.1, pan, 0.0, 0.10)
    _turn_knob(s, turner, side)
    if side == "right":
        _shake(s, pan)
    else:
        _stir(s, pan)


def _lying(at: tuple[float, float, float]) -> Array:
    """T_world_prop of a thing along z that lies on its back, pointing ahead."""
    pose = np.eye(4)
    pose[:3, :3] = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, -1.0, 0.0]])
    pose[:3, 3] = at
    return pose


def _turn_knob(s: Score, hand: Hand, side: str) -> None:
    """Stooping a little, eyes on the knob: fingertips take it, turn it a quarter round, let go; a look at the flame."""
    knob = f"prop:stove:{side}_knob"
    with s.phase("turn_on", 1.5) as (start, end):
        s.look(start + 0.3, knob)
        s.trunk.to(start + 0.6, 0.6, bend=s.number("bow_rad") + 0.25)
        s.pelvis.to(start + 0.6, 0.6, pitch=0.16)
        hand.fingers(start + 0.5, 0.4, "pinch")
        palm, fingers, elbow = (-0.6, 0.5, -0.6), (-0.25, 0.95, -0.15), (0.7, -0.8, -0.3)
        pinch_at(hand, start + 0.65, 0.65, knob, (0.0, -0.06, 0.01), palm=palm, fingers=fingers, elbow=elbow)
        pinch_at(hand, start + 0.8, 0.2, knob, (0.0, -0.005, 0.0), palm=palm, fingers=fingers, elbow=elbow)
        turned = (0.35, 0.45, -0.85)
        pinch_at(hand, start + 1.15, 0.35, knob, (0.0, -0.005, 0.0), palm=turned, fingers=fingers, elbow=(1.0, -0.5, 0.1))
        s.contact(f"{hand.side}_index3", "stove", start + 0.8, start + 1.15)
        s.look(end, "prop:pan", duration_s=0.3)
        s.trunk.to(end + 0.2, 0.5, bend=s.number("bow_rad"))
        s.pelvis.to(end + 0.2, 0.5, pitch=0.06)


def _shake(s: Score, pan: tuple[float, float, float]) -> None:
    """The handle is taken; the pan slides to and fro over the flame, with a toss at the end of each push."""
    beat = s.number("beat_s")
    s.left.rest(START_S, 0.1)
    with s.phase("take", 0.7) as (start, end):
        s.right.fingers(start + 0.3, 0.3, "cup")
        _grip_handle(s, s.right, end - 0.05)
        s.right.fingers(end + 0.05, 0.2, "grip")
        s.hold("pan", end)
    count = int(s.number("strokes"))
    with s.phase("cook", count * beat + 0.3) as (start, end):
        way = s.number("stroke_m") * s.amplitude
        for k in range(count):
            begin = start + k * beat
            _pan_to(s, begin + 0.45 * beat, 0.45 * beat, (pan[0], pan[1] + way, pan[2] + 0.035), 0.12)
            _pan_to(s, begin + 0.7 * beat, 0.25 * beat, (pan[0], pan[1] + 0.6 * way, pan[2] + 0.07), -0.28)
            _pan_to(s, begin + beat, 0.3 * beat, (pan[0], pan[1] - 0.4 * way, pan[2] + 0.02), 0.0)
            s.trunk.to(begin + 0.45 * beat, 0.4 * beat, bend=s.number("bow_rad") + 0.06)
            s.trunk.to(begin + beat, 0.4 * beat, bend=s.number("bow_rad"))
        _pan_to(s, end, 0.3, pan, 0.0)
        s.contact("right_palm", "pan", start, end)


def _round_handle(s: Score, down_rad: float) -> tuple[Vector, Vector]:
    """Palm and fingers (out, forward, up) of a hand round the handle, the pan's far side down by an angle."""
    turn, dip = s.number("handle_rad"), 0.25 * np.pi + down_rad
    out, ahead, level = float(np.sin(turn)), float(np.cos(turn)), float(np.cos(dip))
    return (-ahead, -out, 0.0), (-level * out, level * ahead, -float(np.sin(dip)))


def _grip_handle(s: Score, hand: Hand, end_s: float) -> None:
    palm, fingers = _round_handle(s, 0.0)
    hand.go(end_s, 0.6, "prop:pan:grip", (0.0, 0.0, 0.0), palm=palm, fingers=fingers, elbow=(0.8, -0.7, -0.4))


def _pan_to(s: Score, end_s: float, duration_s: float, at: tuple[float, float, float], down_rad: float) -> None:
    """The pan's base at a point, its far side down by an angle."""
    palm, fingers = _round_handle(s, down_rad)
    bring_so(s, s.right, end_s, duration_s, "pan", "base", at, palm=palm, fingers=fingers, elbow=(0.8, -0.7, -0.4))


def _stir(s: Score, pan: tuple[float, float, float]) -> None:
    """The other hand holds the handle; the spatula goes round in the pan."""
    with s.phase("take", 0.7) as (start, end):
        s.left.fingers(start + 0.3, 0.3, "cup")
        _grip_handle(s, s.left, end - 0.05)
        s.left.fingers(end + 0.05, 0.2, "grip")
        _stir_at(s, end, 0.6, pan, 0.0, 0.02)
    turns, beat = int(s.number("strokes")), s.number("beat_s")
    with s.phase("cook", turns * beat + 0.3) as (start, end):
        for k in range(8 * turns):
            _stir_at(s, start + beat * (k + 1) / 8, beat / 8, pan, 2.0 * np.pi * (k + 1) / 8, 0.02, "linear")
        s.contact("right_palm", "spatula", start, end)
        s.contact("left_palm", "pan", start, end)
        s.look(end, "prop:pan")


def _stir_at(
    s: Score, end_s: float, duration_s: float, pan: tuple[float, float, float], angle: float, up_m: float, ease: str = "smooth"
) -> None:
    """The spatula's blade in the pan, on a round; it leans towards the cook."""
    radius = 0.9 * s.number("stroke_m") * s.amplitude
    at = (pan[0] + radius * float(np.sin(angle)), pan[1] + radius * float(np.cos(angle)), pan[2] + up_m)
    bring_so(s, s.right, end_s, duration_s, "spatula", "blade", at, ease, palm=(-0.8, 0.0, -0.45), fingers=(-0.35, 0.8, 0.35),
             elbow=(0.8, -0.5, -0.4))  # fmt: skip


USING_A_GAS_STOVE = Action(
    name="using_a_gas_stove",
    caption="turns on a gas stove and cooks with a pan",
    wordings=("stands at a gas stove, turns its knob and cooks in a pan", "cooks on a gas stove"),
    choreography=_cook,
    phases=("turn_on", "take", "cook"),
    params={
        "way": Choice(("shake", "stir"), (0.7, 0.3)),
        "strokes": Range(2, 3, whole=True),
        "beat_s": Range(0.75, 1.0),
        "stroke_m": Range(0.05, 0.085),
        "bow_rad": Range(0.08, 0.26),
        "handle_rad": Range(0.65, 1.1),
        "pot_yaw_rad": Range(-1.0, 1.0),
    },
    props=(
        PropUse("stove", ("stove",), (0.9, 1.15)),
        PropUse("pan", ("pan",), (0.9, 1.1)),
        PropUse("pot", ("pot",), (0.85, 1.1)),
        PropUse("spatula", ("spatula",), (0.9, 1.1)),
    ),
    aliases=("gas stove", "using a stove", "cooking on a stove", "turning on the stove", "frying"),
    tags=("daily", "arms", "object", "kitchen"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "using_a_gas_stove"},
)
