"""Looking for something that is nowhere: left, right, down, behind, with a hand above the eyes."""

from __future__ import annotations

import numpy as np

from ...motion.gait import side_step, turn
from ...motion.score import Score
from ..action import Action, Choice, Range
from ..poses import free_hand

SPOTS: dict[str, tuple[float, float, float]] = {
    "left": (-2.0, 0.9, 0.55), "right": (2.0, 0.9, 0.55), "far_left": (-2.2, 1.6, 1.1), "far_right": (2.2, 1.6, 1.1),
    "down": (0.25, 0.75, 0.0), "down_left": (-0.8, 0.6, 0.0), "down_right": (0.8, 0.6, 0.0),
}  # fmt: skip
"""Where it might be: (right, forward) m of where one stands and faces, and up in eye heights."""

ORDERS: dict[str, tuple[str, str, str, str]] = {
    "near": ("left", "down_right", "right", "down_left"),
    "far": ("far_left", "far_right", "right", "far_left"),
    "floor": ("down_right", "down_left", "down", "right"),
}


def _spot(s: Score, name: str, at: float, move: float) -> None:
    """Eyes, head, shoulders and hips turn to a spot, one after the other; low ones are bent down to."""
    right, forward, up = SPOTS[name]
    bend = s.number("bend_rad") * s.amplitude * float(np.clip(1.0 - 1.6 * up, 0.0, 1.0))
    way = float(np.clip(right / 2.0, -1.0, 1.0))
    s.look(at, "travel", (right, forward, up * s.body.eye_height_m), duration_s=0.8 * move)
    s.head.to(at + 0.05, move, turn=-0.20 * way, nod=0.15 if bend > 0.1 else 0.0)
    s.trunk.to(at + 0.10, move, twist=-0.55 * way * s.amplitude, bend=0.05 + 0.5 * bend, lean=0.08 * way)
    s.pelvis.to(at + 0.12, move, yaw=-0.18 * way, pitch=0.5 * bend, forward=-0.12 * bend * s.body.leg_m)


def _hands(s: Score, how: str, end: float) -> None:
    if how == "visor":
        s.right.fingers(end, 0.5, "flat")
        s.right.touch(end, 0.7, "forehead", (0.015, 0.045, -0.012), palm=(0.0, -0.25, -0.97), fingers=(-0.96, 0.15, 0.05),
                      elbow=(0.9, 0.5, -0.4))  # fmt: skip
        free_hand(s, s.left, "hip", end)
    elif how == "hips":
        for hand in (s.right, s.left):
            free_hand(s, hand, "hip", end)
    else:
        for hand, out in ((s.right, 0.30), (s.left, 0.38)):
            hand.reach(end, 0.7, (out, 0.25, -0.85), palm=(-0.3, -0.2, -0.9))


def _search(s: Score) -> None:
    """A look about, a turn on the spot or a step aside, another look, lower; and the hands go down: it is not there."""
    where = "far" if s.option("hands") == "visor" else s.option("where")  # who shades the eyes looks far
    first, second, third, fourth = ORDERS[where]
    each, move = s.number("each_s"), 0.42
    with s.phase("look", 0.15 + 2.0 * each) as (start, end):
        _hands(s, s.option("hands"), start + 0.65)
        _spot(s, first, start + 0.15 + move, move)
        _spot(s, second, start + 0.15 + each + move, move)
    with s.phase("move", 0.80) as (start, end):
        if s.option("moves") == "turns":
            turn(s, start, s.number("turn_rad"), step_s=0.38)
        else:
            side_step(s, start, 0.30 * s.body.leg_m, step_s=0.38)
        _spot(s, third, start + 0.6, 0.5)
    with s.phase("look_again", each + 0.75) as (start, end):
        _spot(s, fourth, start + 0.15 + move, move)
        for hand in (s.right, s.left):
            hand.rest(end, 0.7)
            hand.fingers(end, 0.5, "relaxed")
        s.trunk.to(end, 0.55, twist=0.0, bend=0.0, lean=0.0)
        s.pelvis.to(end, 0.55, yaw=0.0, pitch=0.0, forward=0.0)
        s.head.to(end, 0.5, turn=0.0, nod=0.05)
        s.look_ahead(end)


LOOKING_AROUND_FOR_SOMETHING = Action(
    name="looking_around_for_something",
    caption="looks around for something",
    choreography=_search,
    phases=("look", "move", "look_again"),
    params={
        "where": Choice(("near", "far", "floor"), (0.4, 0.15, 0.45)),
        "hands": Choice(("free", "visor", "hips"), (0.4, 0.35, 0.25)),
        "moves": Choice(("turns", "steps")),
        "each_s": Range(0.62, 0.75),
        "turn_rad": Range(0.9, 1.6),
        "bend_rad": Range(0.7, 1.05),
    },
    wordings=("searches left, right and on the floor for something", "turns about in search of something"),
    aliases=("looking around", "look around", "searching"),
    tags=("gesture", "head", "trunk"),
    taxonomy={"synapt150": "looking_around_for_something"},
)
