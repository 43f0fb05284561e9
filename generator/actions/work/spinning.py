"""A table leg spun into its hole, or out of it, with quick grips."""

from __future__ import annotations

from ...motion.passing import take_over
from ...motion.score import Score
from ...props.assembly import SCREW_M
from ..action import Action, Choice, Range
from ..poses import START_S
from .assembling import PARTS, SHARED
from .screwing import OPEN_RAD, TURN_RAD, Mount, grip, leg_at, let_go, screw, set_up, steady, turning_s

WIDE_M = 0.075
"""How far off the leg a hand is on its way back, opened wide: that it is taken again and again is what is seen of a spin."""


def _spin(s: Score, way: float) -> None:
    """A leg that stands in its hole is spun with many quick grips; the eyes are on the screw."""
    mount = set_up(s, int(s.number("attached")))
    first = OPEN_RAD["right"] - (0.0 if way > 0.0 else TURN_RAD)
    turns = int(s.number("turns"))
    leg = [first, SCREW_M if way > 0.0 else 0.0, SCREW_M / turns]
    place, yaw, height = leg_at(s, mount, leg[1], first)
    s.stand("leg", place, yaw, height, time_s=START_S)
    steady(s, mount, START_S, 0.1)
    grip(s.right, START_S, 0.1, mount, 0.64, first)
    s.right.fingers(START_S, 0.1, "grip_wide")
    s.look(START_S, "world", (mount.right_m, mount.forward_m, mount.height_m + 0.05))
    s.head.to(START_S, 0.1, nod=0.2)
    with s.phase("spin", turning_s(s)) as (start, end):
        done = screw(s, start, mount, way, turns, leg, WIDE_M)
        s.contact("right_palm", "leg", start, end)
    if way > 0.0:
        let_go(s, mount)
    else:
        _lift_out(s, mount, done)


def _lift_out(s: Score, mount: Mount, done: float) -> None:
    """The right hand takes the leg, which is loose now, up out of its hole, by a little: it is out."""
    with s.phase("recover", 0.8) as (start, end):
        up = 0.66 + SCREW_M / mount.leg_m
        grip(s.right, start + 0.1, 0.2, mount, up, OPEN_RAD["right"])
        take_over(s, "leg", done + 0.12)
        at = (mount.right_m + 0.03, mount.forward_m - 0.05, mount.height_m + up * mount.leg_m + 0.08)
        s.right.again(end - 0.05, 0.6, at=at)
        s.left.fingers(start + 0.2, 0.25, "relaxed")
        s.left.reach(end, 0.7, (0.06, 0.42, -0.72), palm=(-0.7, 0.0, -0.7), fingers=(-0.1, 0.9, -0.4))
        s.look(end, "thing:leg")
        s.trunk.to(end, 0.6, bend=0.2, lean=0.0)


def _spin_in(s: Score) -> None:
    """Clockwise, into the top."""
    _spin(s, 1.0)


def _spin_out(s: Score) -> None:
    """Anti-clockwise, out of the top."""
    _spin(s, -1.0)


_FAST: dict[str, Range | Choice] = {
    **SHARED,
    "manner": Choice(("both_hands", "top_steadied")),
    "bow_rad": Range(0.34, 0.55),
    "turns": Range(6, 8, whole=True),
    "turn_s": Range(0.27, 0.34),
}
SPIN_IN = Action(
    name="spin_in",
    caption="spins a table leg into its hole with quick turns of {possessive} hands",
    wordings=("screws a table leg in, spinning it fast clockwise", "spins a leg in, grip after grip"),
    choreography=_spin_in,
    phases=("spin", "recover"),
    params=_FAST,
    props=PARTS,
    aliases=("spin in a leg", "spinning a leg in"),
    tags=("work", "arms", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"ikea_fa": "spin_in"},
)
SPIN_OUT = Action(
    name="spin_out",
    caption="spins a table leg out of its hole with quick turns of {possessive} hands",
    wordings=("unscrews a table leg, spinning it fast anti-clockwise", "spins a leg out, grip after grip"),
    choreography=_spin_out,
    phases=("spin", "recover"),
    params=_FAST,
    props=PARTS,
    aliases=("spin out a leg", "spinning a leg out"),
    tags=("work", "arms", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"ikea_fa": "spin_out"},
)
