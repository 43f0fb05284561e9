"""Digging with a spade: foot on the blade, lever, lift and throw aside."""

from __future__ import annotations

import numpy as np

from ...motion.passing import take_over
from ...motion.score import Score
from ...motion.target import Vector
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S

CLODS = ("first", "second")


def _dig(s: Score) -> None:
    """Twice: the spade is set on the soil, a foot drives it in, the handle is pulled back and down, the soil lifted and thrown."""
    ahead = 0.40 + 0.10 * s.body.height_m + s.number("away_m")
    s.stand("soil", (0.0, ahead + 0.14), s.number("soil_yaw_rad"), time_s=START_S)
    s.hold("spade", START_S)
    for hand in (s.right, s.left):
        hand.fingers(START_S, 0.1, "grip")
    s.left.go(START_S, 0.1, "thing:spade:second", (0.0, 0.0, 0.0), palm=(-0.9, 0.0, -0.3), fingers=(-0.2, 0.7, -0.6), elbow=(0.9, -0.5, -0.2),
              stretch=0.97)  # fmt: skip
    s.left_foot.place(START_S, 0.1, (1.1 * s.body.stance_out_m, 0.04), toe_out_rad=0.15)
    s.right_foot.place(START_S, 0.1, (1.1 * s.body.stance_out_m, -0.10), toe_out_rad=0.25)
    s.trunk.to(START_S, 0.1, bend=s.number("bow_rad"))
    s.look(START_S, "thing:spade:tip")
    tip = np.array([0.03, ahead, 0.10])
    _spade(s, START_S, 0.1, (0.03, ahead - 0.03, 0.17), 0.25)
    for clod in CLODS:
        s.stand(clod, (0.03, ahead + 0.12), 0.5, height_m=0.02, time_s=START_S)
    for k, clod in enumerate(CLODS):
        x, y, z = (tip + np.array([0.10 * k * s.number("along"), 0.0, 0.0])).tolist()
        _drive(s, (x, y, z), k)
        _lever(s, (x, y, z))
        _throw(s, (x, y, z), clod, last=k + 1 == len(CLODS))


def _spade(s: Score, end_s: float, duration_s: float, tip: Vector, back_rad: float, ease: str = "smooth", turned: float = 0.0) -> None:
    """The blade's point at a place, the handle `back_rad` off upright towards the person, turned to the left about upright."""
    c, d = float(np.cos(back_rad)), float(np.sin(back_rad))
    a, b = float(np.cos(turned)), float(np.sin(turned))
    s.right.bring(end_s, duration_s, "spade", "tip", None, frame="world", at=tip, y_axis=(-b * c, a * c, d), z_axis=(b * d, -a * d, c),
                  elbow=(0.9, -0.5, 0.1), ease=ease)  # fmt: skip


def _drive(s: Score, tip: Vector, k: int) -> None:
    """The foot comes up on the tread and the weight drives the blade in."""
    x, y, z = tip
    tread = float(s.props["spade"].frames["tread"][2, 3])
    deep, steep = 0.13, 0.20
    on = y - steep * tread - 0.75 * s.body.ball_ahead_m
    with s.phase("drive_in", s.number("drive_s") + 0.5) as (start, end):
        _spade(s, start + 0.25, 0.25, (x, y, z), steep)
        foot = s.right_foot
        foot.place(start + 0.45, 0.4, (x + 0.055, on), height_m=z + tread + 0.015, toe_out_rad=0.08)
        s.pelvis.to(start + 0.45, 0.4, right=-0.05, forward=0.02)
        push = end - 0.1
        foot.place(push, 0.4, (x + 0.055, on + 0.01), height_m=z + tread + 0.015 - deep, toe_out_rad=0.08, ease="accelerate")
        _spade(s, push, 0.4, (x, y + steep * deep, z - deep), steep, "accelerate")
        s.pelvis.to(push, 0.4, right=0.03, forward=0.08, up=-0.02)
        s.trunk.to(push, 0.4, bend=s.number("bow_rad") + 0.12)
        s.contact("right_palm", "spade", start, end)
        if k == 0:
            s.look(start + 0.3, "thing:spade:tip")


def _lever(s: Score, tip: Vector) -> None:
    """The foot goes back, the knees bend, the handle comes back and down."""
    x, y, z = tip
    with s.phase("lever", 0.7) as (_, end):
        s.right_foot.step(end - 0.1, 0.5, (1.2 * s.body.stance_out_m, -0.16), lift_m=0.0, toe_out_rad=0.3)
        _spade(s, end, 0.55, (x, y + 0.08, z - 0.06), s.number("lever_rad"))
        s.pelvis.to(end, 0.55, right=0.0, forward=-0.05, up=-s.number("knees") * s.body.leg_m, pitch=0.25)
        s.trunk.to(end, 0.55, bend=s.number("bow_rad") + 0.35)


def _throw(s: Score, tip: Vector, clod: str, *, last: bool) -> None:
    """Up with the load, and a turn of the trunk flings it to the side; then back."""
    x, y, z = tip
    side = 1.0 if s.option("side_of_heap") == "left" else -1.0
    flat = s.number("lever_rad") + 0.15
    with s.phase("throw", s.number("throw_s")) as (start, end):
        blade = 0.6 * float(s.props["spade"].frames["tread"][2, 3])
        lean = s.number("lever_rad")
        s.stand(clod, (x, y + 0.08 - blade * float(np.sin(lean))), 0.3, height_m=z - 0.06 + blade * float(np.cos(lean)), time_s=start - 0.02)
        take_over(s, clod, start)
        up = start + 0.45 * (end - start)
        _spade(s, up, up - start, (x + 0.02 * side, y + 0.10, z + 0.30), flat)
        fling = end - 0.12
        _spade(s, fling, fling - up, (x - 0.34 * side, y + 0.06, z + 0.36), flat - 0.25, "accelerate", turned=0.55 * side)
        s.throw(clod, fling, (-2.0 * side, 0.5, 0.9))
        s.trunk.to(up, up - start, bend=s.number("bow_rad"), twist=0.05 * side)
        s.trunk.to(end, fling - up, twist=-0.45 * side)
        s.pelvis.to(up, up - start, up=-0.01, pitch=0.08, forward=0.0)
        s.pelvis.to(end, 0.4, yaw=0.30 * side, right=-0.03 * side)
        s.look(fling, "world", (-1.0 * side, 0.9, 0.3))
    with s.phase("back", 0.6) as (start, end):
        _spade(s, end, 0.55, (0.03, y - 0.03, 0.20 if not last else 0.22), 0.3)
        s.trunk.to(end, 0.5, twist=0.0, bend=s.number("bow_rad") if not last else 0.1)
        s.pelvis.to(end, 0.5, yaw=0.0, right=0.0)
        s.look(start + 0.3, "world", (0.05, y, 0.1))


DIGGING = Action(
    name="digging",
    caption="digs with a spade and throws the soil aside",
    wordings=("pushes a spade into the soil with {possessive} foot and throws the soil aside", "digs the ground with a spade"),
    choreography=_dig,
    phases=("drive_in", "lever", "throw", "back"),
    params={
        "drive_s": Range(0.35, 0.55),
        "throw_s": Range(0.85, 1.1),
        "bow_rad": Range(0.30, 0.5),
        "lever_rad": Range(0.95, 1.2),
        "knees": Range(0.10, 0.2),
        "away_m": Range(-0.02, 0.05),
        "along": Range(-1.0, 1.0),
        "soil_yaw_rad": Range(-0.5, 0.5),
        "side_of_heap": Choice(("left", "right"), (0.65, 0.35)),
    },
    props=(
        PropUse("soil", ("soil",), (0.95, 1.15)),
        PropUse("spade", ("spade",), (0.92, 1.08)),
        *(PropUse(name, ("clod",), (0.9, 1.1)) for name in CLODS),
    ),
    aliases=("dig", "digging a hole", "shovelling", "digging with a spade"),
    tags=("work", "arms", "legs", "trunk", "object"),
    acting=("right_hand", "left_hand", "right_foot"),
)
