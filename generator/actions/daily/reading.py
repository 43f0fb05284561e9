"""Reading a newspaper that is held open in both hands."""

from __future__ import annotations

import numpy as np

from ...motion.limbs import Hand
from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S
from .resting import SEATS, settled

HALVES = {"right": "right_half", "left": "left_half"}
"""Which half of the newspaper each hand holds."""


def _read(s: Score) -> None:
    """Eyes go along the lines; a page is turned, the paper shaken straight or brought nearer; and the eyes read on."""
    for hand in (s.right, s.left):
        s.hold(HALVES[hand.side], START_S, hand=hand.side)
        hand.fingers(START_S, 0.1, "clasp")
        _half(s, hand, START_S, 0.1, s.number("open_rad"))
    settled(s, 0.0, 4.0, lean_rad=s.number("lean_rad"))
    s.trunk.to(START_S, 0.1, bend=0.10)
    s.look(START_S, "right_hand", (-0.10, 0.0, 0.0))
    with s.phase("read", s.number("read_s")) as (start, end):
        _lines(s, start, end)
        for side in ("right", "left"):
            s.contact(f"{side}_palm", HALVES[side], start, end)
    middle = s.option("middle")
    with s.phase("turn", {"turn": 1.5, "shake": 0.9, "near": 1.0}[middle]) as (start, end):
        {"turn": _turn_page, "shake": _shake, "near": _bring_near}[middle](s, start, end)
    with s.phase("read_on", s.number("read_on_s")) as (start, end):
        _lines(s, start + 0.1, end + 0.6)


def _fold(s: Score, down_m: float = 0.0) -> tuple[float, float]:
    """How far ahead of the chest and how high the middle of the fold is."""
    ahead = max(s.number("ahead") * s.body.arm_m, s.body.belly_front_m + 0.12)
    return ahead, -s.number("low") * s.body.arm_m - down_m


def _half(s: Score, hand: Hand, end_s: float, duration_s: float, open_rad: float, *, aside_m: float = 0.0, up_m: float = 0.0,
          near_m: float = 0.0) -> None:  # fmt: skip
    """One half of the paper, its outer edge `open_rad` nearer than flat; the fold `aside_m` to that hand's side."""
    ahead, up = _fold(s)
    tip = s.number("tip_rad")
    out, back = float(np.cos(open_rad)), float(np.sin(open_rad))
    c, d = float(np.cos(tip)), float(np.sin(tip))
    hand.bring(
        end_s,
        duration_s,
        HALVES[hand.side],
        "fold",
        None,
        frame="chest",
        at=(aside_m + 0.003, ahead - near_m, up + up_m),
        y_axis=(out, -back * c, back * d),
        z_axis=(0.0, d, c),
        elbow=(0.8, -0.3, -0.9),
    )


def _lines(s: Score, start: float, end: float) -> None:
    """The head goes along a line and jumps back to the next, a little lower each time."""
    ahead, up = _fold(s)
    at, k = start, 0
    while at < end:
        down = -0.05 * (k % 4) + 0.10
        s.look(at + 0.45, "chest", (0.12, ahead, up + down), duration_s=0.45)
        s.look(at + 0.65, "chest", (-0.12, ahead, up + down - 0.03), duration_s=0.18)
        at, k = at + 0.65 + 0.06 * float(np.sin(s.performer.phases_rad[k % 24])), k + 1


def _turn_page(s: Score, start: float, end: float) -> None:
    """The right half is folded over to the left one, held there for a moment, and opened again."""
    wide = s.number("open_rad")
    length = end - start
    s.look(start + 0.5, "chest", (-0.05, _fold(s)[0], _fold(s)[1] + 0.05), duration_s=0.4)
    _half(s, s.right, start + 0.42 * length, 0.40 * length, 1.45, aside_m=-0.05, up_m=0.02)
    _half(s, s.left, start + 0.42 * length, 0.40 * length, wide + 0.45, aside_m=0.05, up_m=-0.01)
    _half(s, s.right, start + 0.62 * length, 0.22 * length, 1.25, aside_m=-0.03, up_m=0.05)
    _half(s, s.left, start + 0.62 * length, 0.22 * length, wide + 0.30, aside_m=0.03)
    _half(s, s.right, end, 0.40 * length, wide)
    _half(s, s.left, end + 0.05, 0.40 * length, wide)


def _shake(s: Score, start: float, end: float) -> None:
    """Two short jerks that straighten the paper."""
    wide = s.number("open_rad")
    each = (end - start) / 2.0
    for k in range(2):
        at = start + k * each
        for hand, late in ((s.right, 0.0), (s.left, 0.03)):
            _half(s, hand, at + 0.42 * each + late, 0.38 * each, wide + 0.55, up_m=0.03)
            _half(s, hand, at + 0.70 * each + late, 0.24 * each, wide - 0.10, up_m=-0.03)
            _half(s, hand, at + each + late, 0.28 * each, wide)


def _bring_near(s: Score, start: float, end: float) -> None:
    """The paper comes nearer and the head goes to meet it: small print."""
    for hand in (s.right, s.left):
        _half(s, hand, end, end - start, s.number("open_rad"), near_m=0.07, up_m=0.03)
    s.trunk.to(end, end - start, bend=0.22)
    s.head.to(end, end - start, nod=0.06)


READING_A_NEWSPAPER = Action(
    name="reading_a_newspaper",
    caption="reads a newspaper held open in both hands",
    wordings=("looks through an open newspaper",),
    choreography=_read,
    phases=("read", "turn", "read_on"),
    params={
        "middle": Choice(("turn", "shake", "near"), (0.55, 0.25, 0.2)),
        "read_s": Range(1.0, 1.3),
        "read_on_s": Range(0.75, 1.05),
        "ahead": Range(0.52, 0.68),
        "low": Range(0.10, 0.36),
        "open_rad": Range(0.12, 0.42),
        "tip_rad": Range(0.10, 0.50),
        "lean_rad": Range(0.02, 0.11),
    },
    props=(
        PropUse("right_half", ("newspaper",), (1.0, 1.0)),
        PropUse("left_half", ("newspaper",), (1.0, 1.0)),
        PropUse("seat", ("none", *SEATS), (0.92, 1.15)),
    ),
    aliases=("reading", "read a newspaper", "reading the newspaper", "reading a paper"),
    tags=("daily", "arms", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "reading_a_newspaper", "ntu120": "A011"},
)
