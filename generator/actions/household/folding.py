"""Folding clothes at a table: near edge over far edge, then one side over the other, and smoothed."""

from __future__ import annotations

import numpy as np

from ...motion.bending import flat, let_go, pin
from ...motion.limbs import Hand
from ...motion.score import Score
from ...motion.target import Vector
from ..action import Action, PropUse, Range
from ..poses import START_S
from .places import set_down, stand_at

OVER_M = 0.035
"""How far over the table a palm is whose fingers hold the edge of a cloth that lies there."""


def _fold(s: Score) -> None:
    """The near corners are carried over to the far ones, then the right side over to the left; the palms press it flat."""
    top = stand_at(s, "table", room_m=0.02)
    broad, long = (float(np.ptp(s.props["cloth"].mesh.vertices_m[:, k])) for k in (1, 2))
    near = top.edge_m + 0.05 + s.number("in_m")
    high = top.height_m
    s.lay("cloth", flat((0.0, near + long), high + 0.006), START_S)
    set_down(s, "pile", (-0.5 * broad - 0.26, near + 0.24 + 0.3 * s.number("pile_m"), high), s.number("pile_m"))
    bow = s.number("bow_rad")
    s.trunk.to(START_S, 0.1, bend=0.6 * bow)
    s.pelvis.to(START_S, 0.1, pitch=0.35 * bow)
    s.look(START_S, "world", (0.0, near + 0.4 * long, high))
    for hand in (s.right, s.left):
        _at(hand, START_S, 0.1, (0.20, near - 0.04, high + 0.14))
        hand.fingers(START_S, 0.1, "relaxed")
    _over(s, near, long, 0.47 * broad, high)
    _across(s, near, long, 0.47 * broad, high)
    _press(s, near, long, 0.25 * broad, high)


def _at(hand: Hand, end_s: float, duration_s: float, at: Vector, ease: str = "smooth", turned: float = 0.0) -> None:
    """A hand from above with a corner in its fingertips at (out, forward, up)."""
    hand.go(end_s, duration_s, "world", at, ease, fingers=(-0.15 - turned, 0.85, -0.45), palm=(-0.25, -0.35, -0.9), elbow=(0.9,
            -0.4, -0.3), stretch=0.98)  # fmt: skip


def _over(s: Score, near: float, long: float, half: float, high: float) -> None:
    """Both near corners to the far ones, in a bow."""
    lift, bow = s.number("lift_m"), s.number("bow_rad")
    with s.phase("take", 0.7) as (_, end):
        for hand, late in ((s.right, 0.0), (s.left, 0.06)):
            hand.fingers(end - 0.15, 0.3, "pinch")
            _at(hand, end - 0.05 + late, 0.6, (half, near - 0.05, high + OVER_M + 0.03))
            pin(s, "cloth", f"bottom_{hand.side}", f"{hand.side}_hand", (0.0, 0.06, 0.04), time_s=end + late)
    length = s.number("fold_s")
    with s.phase("fold_over", length) as (start, end):
        s.contact("right_index_tip", "cloth", start, end)
        for hand, late in ((s.right, 0.0), (s.left, 0.05)):
            _at(hand, start + 0.5 * length + late, 0.5 * length, (half, near + 0.45 * long, high + 0.12 + lift), "linear")
            _at(hand, end - 0.04 + late, 0.5 * length, (half, near + long - 0.10, high + OVER_M + 0.04))
            let_go(s, "cloth", f"bottom_{hand.side}", end + 0.04 + late)
            hand.fingers(end + 0.2, 0.2, "flat")
        s.trunk.to(end, length, bend=0.95 * bow)
        s.pelvis.to(end, length, pitch=0.6 * bow)
        s.look(end - 0.2, "world", (0.0, near + 0.8 * long, high))


def _across(s: Score, near: float, long: float, half: float, high: float) -> None:
    """The right side of what lies folded to the left: the right hand far, the left hand near."""
    lift, length = s.number("lift_m"), s.number("fold_s")
    fold = near + 0.5 * long
    far = near + long - 0.10
    with s.phase("take_side", 0.75) as (_, end):
        _at(s.right, end, 0.6, (half, far, high + OVER_M + 0.03))
        _at(s.left, end + 0.04, 0.7, (-half + 0.01, fold - 0.04, high + OVER_M + 0.03), turned=0.4)
        for hand in (s.right, s.left):
            hand.fingers(end, 0.25, "pinch")
        pin(s, "cloth", "top_right", "right_hand", (0.0, 0.06, 0.035), time_s=end + 0.04)
        pin(s, "cloth", "bottom_right", "right_hand", (0.0, 0.06, 0.045), time_s=end + 0.04)
        pin(s, "cloth", "middle_right", "left_hand", (0.0, 0.06, 0.04), time_s=end + 0.04)
        s.trunk.to(end, 0.6, twist=-0.12)
    with s.phase("fold_across", length) as (start, end):
        s.contact("right_index_tip", "cloth", start, end)
        for hand, sign, ahead, late in ((s.right, 1.0, far, 0.0), (s.left, -1.0, fold - 0.04, 0.04)):
            mid, goal = (0.0, ahead, high + 0.10 + 0.7 * lift), (-sign * (half - 0.02), ahead, high + OVER_M + 0.045)
            _at(hand, start + 0.5 * length + late, 0.5 * length, mid, "linear", turned=0.3 if sign > 0 else 0.0)
            _at(hand, end - 0.02 + late, 0.5 * length, goal, turned=0.5 if sign > 0 else 0.0)
        for point in ("top_right", "bottom_right", "middle_right"):
            let_go(s, "cloth", point, end + 0.05)
        s.trunk.to(end, length, twist=0.14)


def _press(s: Score, near: float, long: float, quarter: float, high: float) -> None:
    """The palms stroke it flat, and rest on it."""
    bow = s.number("bow_rad")
    with s.phase("smooth", 1.2) as (start, end):
        s.look(start + 0.2, "world", (-quarter, near + 0.75 * long, high))
        for hand, sign, late in ((s.right, 1.0, 0.0), (s.left, -1.0, 0.08)):
            hand.fingers(start + 0.3, 0.25, "flat")
            middle = -quarter * sign
            for k, (aside, ahead) in enumerate(((0.03, 0.62), (s.number("stroke_m"), 0.78), (0.06, 0.66))):
                at = (middle + aside, near + ahead * long, high + 0.004)
                hand.go(start + 0.4 * (k + 1) + late, 0.36, "world", at, fingers=(-0.2, 0.95, -0.1), palm=(0.0, -0.1, -1.0),
                        elbow=(0.9, -0.4, 0.1), stretch=0.98)  # fmt: skip
        s.contact("right_palm", "cloth", start + 0.4, end)
        s.trunk.to(end, 0.8, twist=0.0, bend=0.8 * bow)
    with s.phase("recover", 0.6) as (_, end):
        for hand, late in ((s.right, 0.0), (s.left, 0.07)):
            _at(hand, end + late, 0.6, (0.22, near - 0.05, high + 0.12))
            hand.fingers(end, 0.4, "relaxed")
        s.trunk.to(end, 0.6, bend=0.3 * bow)
        s.pelvis.to(end, 0.6, pitch=0.2 * bow)


FOLDING_CLOTHES = Action(
    name="folding_clothes",
    caption="folds a piece of clothing at a table",
    wordings=("stands at a table and folds clothes", "folds a cloth twice on a table and smooths it"),
    choreography=_fold,
    phases=("take", "fold_over", "take_side", "fold_across", "smooth", "recover"),
    params={
        "fold_s": Range(0.75, 1.05),
        "lift_m": Range(0.05, 0.16),
        "in_m": Range(0.0, 0.03),
        "bow_rad": Range(0.45, 0.75),
        "stroke_m": Range(0.06, 0.12),
        "pile_m": Range(-0.4, 0.4),
    },
    props=(
        PropUse("table", ("table",), (0.9, 1.1)),
        PropUse("cloth", ("towel",), (0.74, 0.86)),
        PropUse("pile", ("folded_clothes",), (0.9, 1.1)),
    ),
    aliases=("fold clothes", "folding laundry", "folding a towel", "fold"),
    tags=("daily", "arms", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"kinetics700": "folding clothes"},
)
