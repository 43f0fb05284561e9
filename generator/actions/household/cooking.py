"""In the kitchen: cutting and trimming vegetables, and cooking on a gas stove."""

from __future__ import annotations

import numpy as np

from ...motion.score import Score
from ..action import Action, PropUse, Range
from ..poses import START_S
from .places import Top, bring_so, pinch_at, set_down, stand_at

COUNTER = PropUse("counter", ("counter",), (0.85, 1.1))


def _lean_over(s: Score, top: Top, ahead_m: float) -> None:
    """Bowed a little over the work, eyes on it, feet somewhat apart."""
    s.pelvis.to(START_S, 0.1, pitch=0.10)
    s.trunk.to(START_S, 0.1, bend=s.number("bow_rad"))
    s.look(START_S, "world", (0.0, top.edge_m + ahead_m, top.height_m))
    late = 0.05 * float(np.sin(s.performer.phases_rad[6]))
    for foot, back in ((s.right_foot, -max(late, 0.0)), (s.left_foot, min(late, 0.0))):
        foot.place(START_S, 0.1, (1.15 * s.body.stance_out_m, back), toe_out_rad=0.2)


def _cut(s: Score) -> None:
    """One hand holds the vegetable down with bent fingers and creeps back; the knife chops down beside it, again and again."""
    top = stand_at(s, "counter", room_m=0.01, toes_m=0.07)
    _lean_over(s, top, 0.24)
    middle, floor = top.edge_m + 0.24, top.height_m + float(s.props["board"].frames["top"][2, 3])
    high = floor + float(s.props["vegetable"].frames["top"][2, 3])
    set_down(s, "board", (0.0, middle, top.height_m))
    set_down(s, "vegetable", (-0.05, middle, floor), s.number("slant_rad"))
    set_down(s, "slices", (0.10, middle + 0.01, floor), 0.3)
    s.hold("knife", START_S)
    s.right.fingers(START_S, 0.1, "grip")
    s.left.fingers(START_S, 0.1, "grip_wide")
    at = 0.05
    _knife(s, START_S, 0.1, at, middle, high + 0.09)
    _claw(s, START_S, 0.1, at, middle, high)
    cuts, beat = int(s.number("cuts")), s.number("beat_s")
    with s.phase("set", 0.5) as (start, end):
        _knife(s, end, 0.4, at, middle, high + 0.02)
    with s.phase("cut", cuts * beat) as (start, end):
        for k in range(cuts):
            begin = start + k * beat
            _knife(s, begin + 0.45 * beat, 0.45 * beat, at, middle, floor + 0.008, "accelerate")
            s.trunk.to(begin + 0.45 * beat, 0.4 * beat, lean=0.02)
            at -= s.number("slice_m")
            lift = high + (0.02 + 0.03 * abs(float(np.sin(s.performer.phases_rad[k % 24])))) * s.amplitude
            _knife(s, begin + beat, 0.5 * beat, at, middle, lift)
            s.trunk.to(begin + beat, 0.4 * beat, lean=0.0)
            _claw(s, begin + 0.95 * beat, 0.35 * beat, at, middle, high)
        s.contact("right_palm", "knife", start, end)
        s.contact("left_index3", "vegetable", start, end)
    with s.phase("lift", 0.5) as (_, end):
        _knife(s, end, 0.45, at + 0.06, middle, high + 0.08)


def _knife(
    s: Score, end_s: float, duration_s: float, right_m: float, ahead_m: float, height_m: float, ease: str = "smooth"
) -> None:
    """The middle of the blade's edge at a point, the blade ahead with its tip a little down."""
    dip = 0.25 * np.pi + 0.10 + s.number("tip_down_rad")
    bring_so(
        s,
        s.right,
        end_s,
        duration_s,
        "knife",
        "edge",
        (right_m, ahead_m, height_m),
        ease,
        palm=(-1.0, -0.1, 0.0),
        fingers=(-0.12, float(np.cos(dip)), -float(np.sin(dip))),
        elbow=(0.7, -0.7, -0.5),
    )


def _claw(s: Score, end_s: float, duration_s: float, knife_m: float, ahead_m: float, high_m: float) -> None:
    """The holding hand's bent fingers on the vegetable, a finger's breadth from the blade."""
    s.left.go(
        end_s,
        duration_s,
        "world",
        (0.115 - knife_m, ahead_m - 0.035, high_m + 0.035),
        palm=(-0.35, 0.25, -0.9),
        fingers=(-0.75, 0.62, -0.1),
        elbow=(0.8, -0.6, -0.2),
    )


CUTTING_VEGETABLE_ON_THE_CUTTING_BOARD = Action(
    name="cutting_vegetable_on_the_cutting_board",
    caption="cuts a {vegetable} on a cutting board with a knife in {possessive} {side} hand",
    wordings=("stands at a counter and chops a {vegetable} with a knife", "slices a {vegetable} on a board"),
    choreography=_cut,
    phases=("set", "cut", "lift"),
    params={
        "cuts": Range(6, 10, whole=True),
        "beat_s": Range(0.30, 0.42),
        "slice_m": Range(0.006, 0.012),
        "tip_down_rad": Range(0.0, 0.2),
        "slant_rad": Range(-0.15, 0.25),
        "bow_rad": Range(0.14, 0.36),
    },
    props=(
        COUNTER,
        PropUse("board", ("board",), (0.9, 1.1)),
        PropUse("vegetable", ("carrot", "cucumber", "zucchini", "eggplant"), (0.9, 1.15)),
        PropUse("slices", ("slices",), (0.9, 1.1)),
        PropUse("knife", ("knife",), (0.9, 1.05)),
    ),
    aliases=("cutting vegetables", "chopping vegetables", "cutting", "chopping", "slicing vegetables"),
    tags=("daily", "arms", "object", "kitchen"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "cutting_vegetable_on_the_cutting_board"},
)

LEAVES = ("first", "second", "third", "fourth")


def _trim(s: Score) -> None:
    """One hand holds a bunch of greens up over the bowl; the other plucks leaf after leaf and drops each into it."""
    top = stand_at(s, "counter", room_m=0.01, toes_m=0.07)
    _lean_over(s, top, 0.22)
    rim = float(s.props["bowl"].frames["rim"][2, 3])
    bowl = (0.10, top.edge_m + 0.20, top.height_m)
    set_down(s, "bowl", bowl)
    s.hold("greens", START_S, "left")
    s.left.fingers(START_S, 0.1, "grip")
    s.right.fingers(START_S, 0.1, "pinch")
    lift = rim + s.number("lift_m")
    _bunch(s, START_S, 0.1, top, lift)
    over = (bowl[0] + 0.02, bowl[1], bowl[2] + rim + 0.09)
    for name in LEAVES:
        s.wear(name, "left_hand", (0.0, 0.02, -0.03), time_s=START_S)
    _drop(s, START_S, 0.1, over)
    pulls, pull_s = int(s.number("pulls")), s.number("pull_s")
    for k in range(pulls):
        with s.phase("pluck", 0.6 * pull_s) as (start, end):
            _pinch_leaf(s, end - 0.08, 0.6 * pull_s - 0.05, k)
            s.look(end - 0.2, "left_hand", duration_s=0.3)
            s.right.fingers(start + 0.2, 0.2, "cup")
            s.right.fingers(end, 0.15, "pinch")
            s.hold(LEAVES[k], end)
        with s.phase("drop", 0.7 * pull_s) as (start, end):
            _jerk(s, start, 0.35 * pull_s)
            _drop(s, start + 0.5 * pull_s, 0.42 * pull_s, over)
            _bunch(s, end, 0.4 * pull_s, top, lift + 0.01 * (k % 2), 0.15 * (k + 1))
            s.look(start + 0.4 * pull_s, "world", over, duration_s=0.3)
            s.right.fingers(end, 0.15, "cup")
            s.move(
                LEAVES[k],
                end + 0.2,
                0.24,
                (bowl[0] - 0.03 + 0.02 * k, bowl[1] + 0.02 * (k % 2)),
                0.8 * k,
                bowl[2] + 0.03,
                "accelerate",
            )
    with s.phase("turn", 0.5) as (_, end):
        _bunch(s, end, 0.5, top, lift + 0.05, 0.9)
        s.look(end - 0.2, "left_hand")


def _bunch(s: Score, end_s: float, duration_s: float, top: Top, lift_m: float, turned_rad: float = 0.0) -> None:
    """The bunch held before the chest, leaves up and towards the other hand."""
    lean, out = s.number("lean"), 0.3 * float(np.sin(turned_rad))
    s.left.go(
        end_s,
        duration_s,
        "world",
        (0.13, top.edge_m + 0.16, top.height_m + lift_m),
        palm=(-0.85, -0.25 + out, lean),
        fingers=(-0.25, 0.95, 0.1),
        elbow=(0.7, -0.4, -0.8),
    )


def _pinch_leaf(s: Score, end_s: float, duration_s: float, k: int) -> None:
    """Fingertips to one of the bunch's leaves."""
    aside = 0.012 * float(np.sin(s.performer.phases_rad[k]))
    at = (0.02, aside, -0.03 - 0.008 * k)
    pinch_at(
        s.right,
        end_s,
        duration_s,
        "thing:greens:leaves",
        at,
        palm=(-0.75, 0.2, -0.4),
        fingers=(-0.6, 0.6, 0.3),
        elbow=(0.8, -0.4, -0.6),
    )


def _jerk(s: Score, start: float, duration_s: float) -> None:
    """The leaf comes off with a short pull that takes the bunch along a little way."""
    out, ahead, up = s.left.moves[-1][1].at
    s.left.again(start + 0.4 * duration_s, 0.4 * duration_s, at=(out - 0.02, ahead, up - 0.01))
    s.trunk.to(start + duration_s, duration_s, twist=-0.06)
    s.trunk.to(start + 2.0 * duration_s, duration_s, twist=0.0)


def _drop(s: Score, end_s: float, duration_s: float, over: tuple[float, float, float]) -> None:
    pinch_at(
        s.right, end_s, duration_s, "world", over, palm=(-0.5, 0.1, -0.8), fingers=(-0.4, 0.75, -0.3), elbow=(0.5, -0.6, -0.9)
    )


TRIMMING_VEGETABLES = Action(
    name="trimming_vegetables",
    caption="trims vegetables, pulling leaves off a bunch with {possessive} {side} hand and dropping them into a bowl",
    wordings=("plucks the leaves off a bunch of greens over a bowl",),
    choreography=_trim,
    phases=("pluck", "drop", "turn"),
    params={
        "pulls": Range(3, 4, whole=True),
        "pull_s": Range(0.72, 0.95),
        "lift_m": Range(0.03, 0.11),
        "lean": Range(-0.95, -0.4),
        "bow_rad": Range(0.10, 0.30),
    },
    props=(
        COUNTER,
        PropUse("bowl", ("mixing_bowl",), (0.85, 1.15)),
        PropUse("greens", ("greens",), (0.9, 1.2)),
        *(PropUse(name, ("leaf",), (0.9, 1.1)) for name in LEAVES),
    ),
    aliases=("trim vegetables", "plucking leaves", "cleaning vegetables", "preparing vegetables"),
    tags=("daily", "arms", "object", "kitchen"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "trimming_vegetables"},
)
