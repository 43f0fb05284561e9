"""At a wash basin: hands are washed under the tap, the face with handfuls of water."""

from __future__ import annotations

import numpy as np

from ...motion.limbs import Hand
from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S
from .places import stand_at


def _wash(s: Score) -> None:
    """Bent over the basin, hands rub each other under the water; then scoop it up to the face, which comes to meet them."""
    top = stand_at(s, "basin", room_m=0.03, toes_m=0.06)
    spout = s.props["basin"].frames["spout"][:3, 3]
    depth = float(s.props["basin"].frames["near"][1, 3])
    water = np.array([0.0, top.edge_m + depth - float(spout[1]), top.height_m])
    bow = s.number("bow_rad")
    s.pelvis.to(START_S, 0.1, pitch=0.12)
    s.trunk.to(START_S, 0.1, bend=0.2)
    s.look(START_S, "world", (0.0, float(water[1]), float(water[2])))
    for hand in (s.right, s.left):
        hand.fingers(START_S, 0.1, "cup")
        hand.reach(START_S, 0.1, (-0.05, 0.45, -0.45), palm=(-0.9, 0.0, -0.3), fingers=(-0.2, 1.0, -0.2))
    what = s.option("what")
    with s.phase("reach", 0.6) as (_, end):
        _lean(s, end, 0.6, 0.7 * bow)
        _rub_hands(s, end, 0.5, water, 0.0)
    if what != "face":
        with s.phase("hands", s.number("hands_s") * (1.0 if what != "hands" else 2.0)) as (start, end):
            count = int((end - start) / s.number("beat_s"))
            for k in range(count):
                _rub_hands(s, start + (k + 1) * (end - start) / count, (end - start) / count, water, 1.0 if k % 2 else -1.0)
            s.contact("right_palm", "left_palm", start + 0.2, end)
    if what != "hands":
        for k in range(int(s.number("splashes"))):
            _splash(s, water, bow, k)
    with s.phase("rise", 0.8) as (_, end):
        _lean(s, end, 0.8, 0.25 * bow)
        for hand, late in ((s.right, 0.0), (s.left, 0.07)):
            hand.reach(
                end + late, 0.7, (-0.02, 0.42, -0.45), palm=(-0.6, 0.1, 0.6), fingers=(-0.2, 1.0, 0.2), elbow=(0.7, -0.5, -0.7)
            )
        s.look(end + 0.2, "world", (0.0, 1.5, 0.93 * s.body.eye_height_m))


def _lean(s: Score, end_s: float, duration_s: float, bow_rad: float) -> None:
    s.pelvis.to(end_s, duration_s, pitch=0.40 * bow_rad)
    s.trunk.to(end_s, duration_s, bend=0.65 * bow_rad)


def _rub_hands(s: Score, end_s: float, duration_s: float, water: np.ndarray, side: float) -> None:
    """Palms on each other in the stream; one slides ahead over the other, then the other."""
    slide = 0.045 * side * s.amplitude
    up = float(water[2]) + 0.05
    s.right.go(
        end_s,
        duration_s,
        "world",
        (0.004, float(water[1]) - 0.05 + slide, up + 0.015),
        palm=(-0.75, 0.0, -0.65),
        fingers=(-0.25, 0.95, 0.0),
        elbow=(0.8, -0.6, -0.3),
    )
    s.left.go(
        end_s + 0.03,
        duration_s,
        "world",
        (0.004, float(water[1]) - 0.05 - slide, up - 0.015),
        palm=(-0.75, 0.0, 0.65),
        fingers=(-0.25, 0.95, 0.0),
        elbow=(0.8, -0.6, -0.4),
    )


def _scoop(s: Score, hand: Hand, end_s: float, duration_s: float, water: np.ndarray) -> None:
    """Hands side by side as a bowl under the water."""
    hand.go(
        end_s,
        duration_s,
        "world",
        (0.035, float(water[1]) - 0.05, float(water[2]) - 0.01),
        palm=(-0.25, -0.15, 1.0),
        fingers=(-0.35, 1.0, 0.1),
        elbow=(0.8, -0.6, -0.4),
    )


def _splash(s: Score, water: np.ndarray, bow: float, k: int) -> None:
    """Water is scooped and brought to the face that bends down to it; the hands rub over cheeks and brow."""
    rub = s.number("rub_s")
    with s.phase("scoop", 0.6) as (start, end):
        s.look(start + 0.2, "world", (0.0, float(water[1]), float(water[2])), duration_s=0.3)
        _lean(s, start + 0.4, 0.4, bow)
        for hand, late in ((s.right, 0.0), (s.left, 0.04)):
            hand.fingers(start + 0.3, 0.3, "cup")
            _scoop(s, hand, start + 0.45 + late, 0.4, water)
    with s.phase("face", 0.4 + rub) as (start, end):
        s.trunk.to(start + 0.4, 0.4, bend=0.75 * bow)
        s.head.to(start + 0.4, 0.35, nod=0.15)
        strokes = int(max(rub / 0.22, 2))
        for j in range(strokes + 1):
            at = start + 0.4 + rub * j / strokes
            length = 0.38 if j == 0 else rub / strokes
            up = (0.03 if j % 2 else -0.035) * s.amplitude
            for hand, late in ((s.right, 0.0), (s.left, 0.03)):
                hand.touch(
                    at + late,
                    length,
                    f"{hand.side}_eye",
                    (0.012 + 0.006 * (j % 2), 0.022, -0.03 + up),
                    palm=(-0.45, -0.9, 0.0),
                    fingers=(-0.15, 0.05, 1.0),
                    elbow=(0.8, 0.3, -1.0),
                )
        s.head.to(end, 0.4, nod=0.05)


WASHING = Action(
    name="washing",
    caption="washes {possessive} {what} at a basin",
    wordings=("washes {reflexive} at a wash basin: {possessive} {what}",),
    choreography=_wash,
    phases=("reach", "hands", "scoop", "face", "rise"),
    params={
        "what": Choice(("hands and face", "face", "hands"), (0.4, 0.3, 0.3)),
        "hands_s": Range(0.8, 1.2),
        "beat_s": Range(0.20, 0.30),
        "splashes": Range(1, 2, whole=True),
        "rub_s": Range(0.5, 0.8),
        "bow_rad": Range(0.70, 1.0),
    },
    props=(PropUse("basin", ("basin",), (0.9, 1.15)),),
    aliases=("washing hands", "washing face", "washing one's face", "wash", "washing up"),
    tags=("daily", "arms", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "washing"},
)
