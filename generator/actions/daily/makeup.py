"""Make-up: lipstick along the lips, powder on the cheeks, mascara on the lashes, before a small mirror in the other hand."""

from __future__ import annotations

import numpy as np

from ...motion.score import Score
from ...motion.target import Vector
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S, free_hand

STICK: tuple[Vector, Vector] = ((-0.55, -0.70, 0.35), (-0.70, 0.30, -0.60))
"""Where a lipstick points and where the palm faces that holds it."""


NOSE_AHEAD, NOSE_UP = 0.10, 0.108
"""The nose ahead of and above the shoulders, in body heights. A mirror in the head's axes would run away from the eyes on it."""


def _mirror(s: Score, end_s: float, duration_s: float, ahead: float, down_m: float) -> None:
    """The other hand holds the mirror before the face, `ahead` arm lengths off and `down_m` below the nose; or hangs."""
    if "mirror" not in s.props:
        free_hand(s, s.left, s.option("free_hand"), end_s, duration_s)
        return
    s.left.bring(
        end_s,
        duration_s,
        "mirror",
        "mirror",
        None,
        frame="chest",
        at=(0.085, NOSE_AHEAD * s.body.height_m + ahead * s.body.arm_m, NOSE_UP * s.body.height_m - down_m),
        y_axis=(0.0, 0.15, 1.0),
        z_axis=(-0.18, -1.0, 0.15),
        elbow=(0.45, -0.1, -1.0),
    )


def _take_mirror(s: Score) -> None:
    """From the start the mirror, where there is one, is in the other hand before the chest."""
    if "mirror" in s.props:
        s.hold("mirror", START_S, hand="left")
        s.left.fingers(START_S, 0.1, "cup" if "powder" in s.props["mirror"].frames else "grip_thin")
    _mirror(s, START_S, 0.1, 0.55, 0.24)


def _ready(s: Score, end_s: float, duration_s: float) -> None:
    """What is put on with before the chest."""
    palm, fingers = (-0.7, -0.2, -0.5), (-0.4, 0.6, 0.6)
    s.right.reach(end_s, duration_s, (0.0, 0.52, -0.28), palm=palm, fingers=fingers, elbow=(0.6, -0.2, -0.9))


def _see(s: Score, end_s: float, duration_s: float = 0.35) -> None:
    """Eyes on the mirror, in the hand or on an unseen wall."""
    if "mirror" in s.props:
        s.look(end_s, "left_hand", (0.0, 0.0, 0.06), duration_s=duration_s)
    else:
        s.look(end_s, "travel", (0.0, 0.9, s.body.eye_height_m - 0.02), duration_s=duration_s)


def _lipstick(s: Score) -> None:
    """The stick goes to a corner of the mouth, along one lip and back, along the other; the lips are pressed together."""
    s.hold("lipstick", START_S)
    s.right.fingers(START_S, 0.1, "pinch")
    _take_mirror(s)
    _ready(s, START_S, 0.1)
    lips = {"both": ("upper", "lower"), "lower": ("lower",), "upper": ("upper",)}[s.option("lips")]
    passes = int(s.number("passes")) + (1 if len(lips) == 1 else 0)
    with s.phase("raise", 0.75) as (start, end):
        _mirror(s, end - 0.1, 0.6, s.number("mirror_ahead"), 0.07)
        _see(s, start + 0.45)
        _stick(s, end - 0.1, 0.6, 1.0, lips[0], 0.03)
        _stick(s, end, 0.15, 1.0, lips[0])
        s.head.to(end, 0.6, nod=-s.number("chin_up_rad"), turn=s.number("turn_rad"))
        s.mode.to(end, 0.4, jaw=s.number("jaw_rad"))
        s.trunk.to(end, 0.6, bend=s.number("lean_rad"))
    with s.phase("paint", s.number("pass_s") * passes * len(lips) + 0.25 * (len(lips) - 1)) as (start, end):
        s.contact("right_index_tip", "lipstick", start, end)
        at, side = start, 1.0
        for number, lip in enumerate(lips):
            if number:
                _stick(s, at + 0.25, 0.25, side, lip)
                at += 0.25
            for _ in range(passes):
                _stick(s, at + 0.5 * s.number("pass_s"), 0.55 * s.number("pass_s"), 0.0, lip)
                _stick(s, at + s.number("pass_s"), 0.55 * s.number("pass_s"), -side, lip)
                s.head.to(at + s.number("pass_s"), 0.4, turn=s.number("turn_rad") - 0.05 * side)
                at, side = at + s.number("pass_s"), -side
    with s.phase("lower", 1.0) as (start, end):
        _stick(s, start + 0.2, 0.2, 0.3, lips[-1], 0.05)
        _ready(s, end, 0.75)
        for k in range(2):  # lips are pressed together and parted
            s.mode.to(start + 0.25 + 0.3 * k, 0.15, jaw=0.0)
            s.mode.to(start + 0.40 + 0.3 * k, 0.12, jaw=0.05 if k == 0 else 0.0)
        s.head.to(end, 0.6, nod=0.0, turn=0.0)
        s.trunk.to(end, 0.6, bend=0.0)
        _mirror(s, end + 0.1, 0.6, 0.55, 0.24)
        s.look_ahead(end + 0.2)


def _stick(s: Score, end_s: float, duration_s: float, side: float, lip: str, away_m: float = 0.0) -> None:
    """The stick's tip on a lip, at its right corner (1), its middle (0) or its left corner (-1), or `away_m` off."""
    point, palm = STICK
    scale = s.body.height_m / 1.75
    half, up = 0.026 * scale, {"upper": 0.006, "lower": -0.008}[lip] * scale
    s.right.bring(
        end_s,
        duration_s,
        "lipstick",
        "tip",
        "mouth",
        at=(half * side - away_m * point[0], 0.006 - 0.010 * abs(side) - away_m * point[1], up - away_m * point[2]),
        y_axis=palm,
        z_axis=(point[0] - 0.15 * side, point[1], point[2]),
        elbow=(s.number("elbow_out"), 0.2, -1.0),
    )


PUTTING_ON_LIPSTICK = Action(
    name="putting_on_lipstick",
    caption="puts on lipstick with {possessive} {side} hand",
    wordings=("paints {possessive} lips with a lipstick",),
    choreography=_lipstick,
    phases=("raise", "paint", "lower"),
    params={
        "lips": Choice(("both", "lower", "upper"), (0.6, 0.25, 0.15)),
        "passes": Range(1, 2, whole=True),
        "pass_s": Range(0.42, 0.50),
        "mirror_ahead": Range(0.48, 0.66),
        "chin_up_rad": Range(0.06, 0.2),
        "turn_rad": Range(-0.18, 0.18),
        "lean_rad": Range(0.0, 0.16),
        "jaw_rad": Range(0.04, 0.12),
        "elbow_out": Range(0.3, 0.9),
        "free_hand": Choice(("side", "hip", "across"), (0.4, 0.3, 0.3)),
    },
    props=(
        PropUse("lipstick", ("lipstick",), (0.95, 1.15)),
        PropUse("mirror", ("compact", "hand_mirror", "hand_mirror", "compact", "none"), (0.9, 1.15)),
    ),
    aliases=("apply lipstick", "applying lipstick", "lipstick"),
    tags=("daily", "arms", "object"),
    acting=("right_hand",),
    taxonomy={"synapt150": "putting_on_lipstick", "ucf101": "ApplyLipstick"},
)


Spot = tuple[str, Vector, Vector]
"""Landmark, offset from it, and the direction into the skin there (out, forward, up)."""

SPOTS: dict[str, Spot] = {
    "right_cheek": ("nose", (0.050, -0.040, -0.012), (-0.62, -0.75, 0.20)),
    "left_cheek": ("nose", (-0.050, -0.040, -0.012), (0.30, -0.95, 0.15)),
    "forehead": ("forehead", (0.010, 0.004, 0.000), (-0.25, -0.95, -0.10)),
    "right_lashes": ("right_eye", (0.004, 0.016, 0.000), (-0.60, -0.62, 0.50)),
    "left_lashes": ("left_eye", (-0.002, 0.018, 0.000), (-0.50, -0.75, 0.42)),
}

ORDERS: dict[str, tuple[str, ...]] = {
    "near": ("right_cheek",),
    "both": ("right_cheek", "left_cheek"),
    "face": ("left_cheek", "forehead", "right_cheek"),
}


def _cosmetics(s: Score) -> None:
    """Powder is taken from the compact and dabbed or brushed on, place after place; or lashes are brushed upwards."""
    s.hold("tool", START_S)
    s.right.fingers(START_S, 0.1, "pinch")
    _take_mirror(s)
    lashes = "lashes" in s.props["tool"].frames
    spots = {"near": ("right_lashes",), "both": ("right_lashes", "left_lashes"), "face": ("left_lashes",)} if lashes else ORDERS
    where = spots[s.option("where")]
    _ready(s, START_S, 0.1)
    if "powder" in s.props["mirror"].frames and not lashes:
        _dip(s)
    with s.phase("raise", 0.6) as (start, end):
        _mirror(s, end - 0.05, 0.55, s.number("mirror_ahead"), 0.08)
        _see(s, start + 0.35)
        _apply(s, end, 0.55, where[0], (0.0, 0.0), 0.012)
        s.head.to(end, 0.5, nod=-s.number("chin_up_rad"))
        s.mode.to(end, 0.4, jaw=0.10 if lashes else 0.0)
    with s.phase("apply", s.number("apply_s")) as (start, end):
        s.contact("right_index_tip", "tool", start, end)
        each = (end - start) / len(where)
        for number, spot in enumerate(where):
            _work(s, spot, start + number * each, start + (number + 1) * each, first=number == 0)
    with s.phase("lower", 0.8) as (start, end):
        _apply(s, start + 0.2, 0.2, where[-1], (0.0, 0.0), 0.05)
        _ready(s, end, 0.65)
        s.mode.to(end - 0.3, 0.3, jaw=0.0)
        side = 0.16 if s.performer.phases_rad[4] > np.pi else -0.16
        s.head.to(start + 0.45, 0.4, turn=side, tilt=0.0, nod=0.0)  # one more look at the result
        s.head.to(end + 0.1, 0.35, turn=0.0)
        _mirror(s, end + 0.1, 0.5, 0.55, 0.24)
        s.look_ahead(end + 0.25)


def _dip(s: Score) -> None:
    """Into the powder, a short turn there, and out, the eyes on it."""
    flat = "soft" in s.props["tool"].frames
    palm, point = ((-0.7, 0.7, 0.1), (-0.1, 0.15, -1.0)) if flat else ((-0.15, -0.95, -0.10), (-0.75, 0.10, -0.60))
    with s.phase("dip", 0.85) as (start, end):
        s.look(start + 0.1, "left_hand")
        for end_s, duration_s, aside, away in ((0.28, 0.38, 0.0, 0.03), (0.38, 0.14, -0.008, 0.004), (0.50, 0.12, 0.010, 0.004),
                                               (0.62, 0.14, 0.0, 0.04)):  # fmt: skip
            s.right.bring(
                start + end_s,
                duration_s,
                "tool",
                "tip",
                None,
                frame="left_hand",
                at=(aside, 0.0, 0.022 + away),
                y_axis=palm,
                z_axis=point,
                elbow=(1.0, -0.2, -0.6),
            )
        _ready(s, end + 0.1, 0.36)


def _apply(s: Score, end_s: float, duration_s: float, spot: str, shift: tuple[float, float], away_m: float = 0.0) -> None:
    """The tool's tip on a spot of the face, shifted (right, up) along the skin, or `away_m` off it."""
    landmark, at, inward = SPOTS[spot]
    scale = s.body.height_m / 1.75
    right, up = shift
    x, y, z = (scale * a - away_m * b for a, b in zip(at, inward, strict=True))
    flat = "soft" in s.props["tool"].frames
    s.right.bring(
        end_s,
        duration_s,
        "tool",
        "tip",
        landmark,
        at=(x + right, y + 0.5 * right * inward[0], z + up),
        y_axis=(-0.45, 0.25, 0.9) if flat else (-0.75, 0.25, -0.6),
        z_axis=inward,
        elbow=(s.number("elbow_out"), 0.2, -1.0),
    )


def _work(s: Score, spot: str, start: float, end: float, *, first: bool) -> None:
    """Circles or dabs on a cheek, strokes upwards along lashes; the head turns to offer the place."""
    turn = {"right": 0.22, "left": -0.22, "forehead": 0.0}[spot.split("_")[0]] * s.number("offer")
    s.head.to(start + 0.35, 0.35, turn=turn)
    at, half, k = start + (0.0 if first else 0.3), 0.5 / s.number("rate_hz"), 0
    _apply(s, at, 0.12 if first else 0.3, spot, (0.0, 0.0))
    reach = s.number("reach_m") * s.amplitude
    while at + half <= end:
        at, k = at + half, k + 1
        if spot.endswith("lashes"):
            _apply(s, at, half, spot, (0.0, 0.007 if k % 2 else -0.006))
        elif s.option("manner") == "dab":
            _apply(
                s, at, half, spot, (0.5 * reach * float(np.sin(1.3 * k)), 0.5 * reach * float(np.cos(1.3 * k))), 0.03 * (k % 2)
            )
        else:
            angle = np.pi * k
            _apply(s, at - 0.5 * half, 0.7 * half, spot, (reach * float(np.cos(angle)), 0.0))
            _apply(s, at, 0.7 * half, spot, (0.0, -reach * float(np.cos(angle))))


PUTTING_ON_COSMETICS = Action(
    name="putting_on_cosmetics",
    caption="puts on make-up with a {tool} in {possessive} {side} hand before a {mirror}",
    wordings=("makes up {possessive} face with a {tool}, looking into a {mirror}",),
    choreography=_cosmetics,
    phases=("dip", "raise", "apply", "lower"),
    params={
        "where": Choice(("near", "both", "face"), (0.3, 0.4, 0.3)),
        "manner": Choice(("circle", "dab"), (0.55, 0.45)),
        "apply_s": Range(1.4, 1.9),
        "rate_hz": Range(1.8, 2.8),
        "reach_m": Range(0.012, 0.024),
        "mirror_ahead": Range(0.46, 0.64),
        "chin_up_rad": Range(-0.03, 0.14),
        "offer": Range(0.3, 1.2),
        "elbow_out": Range(0.3, 0.9),
        "free_hand": Choice(("side", "hip"), (0.5, 0.5)),
    },
    props=(
        PropUse("tool", ("makeup_brush", "powder_puff"), (0.95, 1.15)),
        PropUse("mirror", ("compact", "compact", "hand_mirror"), (0.9, 1.15)),
    ),
    aliases=("applying makeup", "putting on makeup", "powdering the face", "apply eye makeup"),
    tags=("daily", "arms", "object"),
    acting=("right_hand",),
    taxonomy={"synapt150": "putting_on_cosmetics", "ucf101": "ApplyEyeMakeup"},
)
