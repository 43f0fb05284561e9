"""Putting a small table together: a leg screwed into its top, which lies face down on a table, or unscrewed."""

from __future__ import annotations

import numpy as np

from ...motion.passing import take_over
from ...motion.score import Score
from ...props.assembly import SCREW_M
from ..action import Action, Choice, PropUse, Range
from ..household.places import bring_so
from ..poses import START_S
from .screwing import CORNERS, OPEN_RAD, TURN_RAD, Mount, grip, leg_at, let_go, screw, set_up, steady, turning_s


def _from_above(s: Score, end_s: float, duration_s: float, mount: Mount, up_m: float) -> None:
    """The held leg over its hole, upright, `up_m` above it."""
    facing = OPEN_RAD["right"]
    palm, fingers = (float(np.cos(facing)), float(np.sin(facing)), 0.0), (float(np.sin(facing)), -float(np.cos(facing)), 0.0)
    bring_so(s, s.right, end_s, duration_s, "leg", "foot", (mount.right_m, mount.forward_m, mount.height_m + SCREW_M + up_m),
             palm=palm, fingers=fingers, elbow=(0.9, -0.5, -0.3))  # fmt: skip


def _hold_up(s: Score, end_s: float, duration_s: float, mount: Mount) -> None:
    """The leg held aside and looked at, slanting."""
    out = s.body.shoulder_half_m + 0.12
    bring_so(s, s.right, end_s, duration_s, "leg", "grip", (out, mount.forward_m - 0.16, mount.height_m + 0.30), palm=(-0.85,
             -0.5, 0.1), fingers=(-0.35, 0.75, 0.45), elbow=(0.9, -0.6, -0.4))  # fmt: skip


def _attach(s: Score) -> None:
    """A leg is held up and looked at, set on its hole, and screwed in turn by turn."""
    mount = set_up(s, int(s.number("attached")))
    s.hold("leg", START_S)
    s.right.fingers(START_S, 0.1, "grip_wide")
    steady(s, mount, START_S, 0.1)
    _hold_up(s, START_S, 0.1, mount)
    s.look(START_S, "thing:leg")
    with s.phase("set_on", s.number("bring_s")) as (start, end):
        s.look(start + 0.3, "world", (mount.right_m, mount.forward_m, mount.height_m))
        _from_above(s, end - 0.3, end - start - 0.3, mount, 0.07)
        _from_above(s, end, 0.3, mount, 0.0)
        s.contact("right_palm", "leg", start, end)
    leg = [OPEN_RAD["right"], SCREW_M, SCREW_M / int(s.number("turns"))]
    place, yaw, height = leg_at(s, mount, SCREW_M, leg[0])
    s.stand("leg", place, yaw, height, time_s=end)
    with s.phase("screw_in", turning_s(s)) as (start, end):
        grip(s.right, start, 0.1, mount, 0.58, OPEN_RAD["right"])
        screw(s, start, mount, 1.0, int(s.number("turns")), leg)
    let_go(s, mount)


def _detach(s: Score) -> None:
    """A leg is taken, unscrewed turn by turn, pulled out and lifted away."""
    mount = set_up(s, int(s.number("attached")))
    way = -1.0
    first = OPEN_RAD["right"] - TURN_RAD
    leg = [first, 0.0, SCREW_M / int(s.number("turns"))]
    place, yaw, height = leg_at(s, mount, 0.0, first)
    s.stand("leg", place, yaw, height, time_s=START_S)
    steady(s, mount, START_S, 0.1)
    grip(s.right, START_S, 0.1, mount, 0.62, first, 0.10)
    s.right.fingers(START_S, 0.1, "cup")
    s.look(START_S, "prop:leg", (0.0, 0.0, 0.15))
    with s.phase("take", 0.45) as (_, end):
        grip(s.right, end, 0.4, mount, 0.62, first)
        s.right.fingers(end, 0.25, "grip_wide")
    with s.phase("unscrew", turning_s(s)) as (start, end):
        done = screw(s, start, mount, way, int(s.number("turns")), leg)
        s.contact("right_palm", "leg", start, end)
    with s.phase("lift_off", s.number("bring_s")) as (start, end):
        grip(s.right, start + 0.05, 0.2, mount, 0.62, OPEN_RAD["right"])
        take_over(s, "leg", done + 0.06)
        s.right.again(
            start + 0.45, 0.35, at=(mount.right_m + 0.02, mount.forward_m - 0.03, mount.height_m + 0.62 * mount.leg_m + 0.14)
        )
        out = s.body.shoulder_half_m + 0.18
        s.right.go(end, end - start - 0.45, "world", (out, mount.forward_m - 0.20, mount.height_m + 0.26), palm=(-0.85, -0.5,
                   0.1), fingers=(-0.35, 0.75, 0.45), elbow=(0.9, -0.6, -0.4))  # fmt: skip
        if s.option("manner") == "both_hands":
            s.left.fingers(start + 0.2, 0.25, "relaxed")
            s.left.reach(start + 0.6, 0.6, (0.06, 0.42, -0.72), palm=(-0.7, 0.0, -0.7), fingers=(-0.1, 0.9, -0.4))
        s.look(end, "thing:leg")
        s.trunk.to(end, 0.7, bend=0.15, twist=-0.12)
        s.contact("right_palm", "leg", start, end)


PARTS = (
    PropUse("base", ("table", "workbench"), (0.9, 1.1)),
    PropUse("top", ("loose_top",), (0.82, 0.95)),
    *(PropUse(name, ("loose_leg",), (0.92, 0.92)) for name in ("leg", "second", "third", "fourth")),
)
SHARED: dict[str, Range | Choice] = {
    "which": Choice(CORNERS, (0.3, 0.3, 0.2, 0.2)),
    "attached": Range(0, 3, whole=True),
    "bow_rad": Range(0.15, 0.35),
    "in_m": Range(0.0, 0.04),
}

ATTACH_LEG = Action(
    name="attach_leg",
    caption="sets a leg on the top of a small table and screws it in",
    wordings=("attaches a leg to a table top that lies upside down", "puts a table together, screwing a leg in"),
    choreography=_attach,
    phases=("set_on", "screw_in", "recover"),
    params={
        **SHARED,
        "manner": Choice(("leg_steadied", "top_steadied", "both_hands"), (0.35, 0.4, 0.25)),
        "turns": Range(3, 4, whole=True),
        "turn_s": Range(0.38, 0.5),
        "bring_s": Range(1.0, 1.4),
    },
    props=PARTS,
    aliases=("attach a leg", "attaching a table leg", "screwing in a leg", "assembling a table"),
    tags=("work", "arms", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"ikea_fa": "attach_leg_1"},
)
DETACH_LEG = Action(
    name="detach_leg",
    caption="unscrews a leg of a small table and lifts it off",
    wordings=("detaches a leg from a table that lies upside down", "takes a table apart, unscrewing a leg"),
    choreography=_detach,
    phases=("take", "unscrew", "lift_off"),
    params={
        **SHARED,
        "manner": Choice(("leg_steadied", "top_steadied", "both_hands"), (0.35, 0.4, 0.25)),
        "turns": Range(3, 4, whole=True),
        "turn_s": Range(0.38, 0.5),
        "bring_s": Range(1.2, 1.6),
    },
    props=PARTS,
    aliases=("detach a leg", "detaching a table leg", "unscrewing a leg"),
    tags=("work", "arms", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"ikea_fa": "detach_leg_1"},
)
