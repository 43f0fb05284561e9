"""Paper torn up."""

from __future__ import annotations

from ...motion.bending import let_go, pin, tear
from ...motion.limbs import Hand
from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S


def _tear_up(s: Score) -> None:
    """A sheet held by its top in both hands is torn down the middle in tugs, one hand to the person, the other away."""
    quarter = 0.5 * float(abs(s.props["paper"].mesh.vertices_m[:, 1]).max())
    for hand, way in ((s.right, -1.0), (s.left, 1.0)):
        pin(s, "paper", f"{hand.side}_half", f"{hand.side}_hand", (0.0, 0.085, 0.025), y_axis=(0.0, way, 0.0))
        hand.fingers(START_S, 0.1, "pinch")
        _grip(s, hand, START_S, 0.1, quarter, -0.10, 0.0)
    s.look(START_S + 0.2, "chest", (0.0, s.number("ahead_m") + 0.15, s.number("high_m") - 0.1))
    with s.phase("raise", 0.6) as (start, end):
        for hand, late in ((s.right, 0.0), (s.left, 0.05)):
            _grip(s, hand, end + late, 0.6, quarter, 0.0, 0.0)
        s.trunk.to(end, 0.6, bend=0.06)
    tugs, tug_s, far = int(s.number("tugs")), s.number("tug_s"), s.number("part_m") * s.amplitude
    with s.phase("tear", tugs * tug_s) as (start, end):
        tear(s, "paper", start + 0.15, end - 0.1)
        for k in range(tugs):
            share = (k + 1.0) / tugs
            when = start + tug_s * (k + 1)
            for hand, way in ((s.right, -1.0), (s.left, 1.0)):
                _grip(s, hand, when - 0.25 * tug_s, 0.55 * tug_s, quarter, -0.05 * share, way * share * far, 0.35 * share * far)
                _grip(s, hand, when, 0.25 * tug_s, quarter, -0.05 * share, way * share * far * 0.9, 0.3 * share * far)
            s.trunk.to(when, 0.6 * tug_s, twist=0.06 * share)
        s.contact("right_palm", "paper", start, end)
    _after(s, quarter, far)


def _grip(
    s: Score, hand: Hand, end_s: float, duration_s: float, quarter: float, up: float, away: float, out: float = 0.0
) -> None:
    """A hand that pinches its half of the sheet: fingers in, `away` ahead of where it began, `out` more to its side."""
    ahead = max(s.body.belly_front_m, s.body.chest_front_m) + s.number("ahead_m")
    side = 0.085 + quarter + out
    hand.go(end_s, duration_s, "chest", (side, ahead + away, s.number("high_m") + up), fingers=(-0.97, 0.2, 0.1),
            palm=(-0.1, -0.3, -0.95), elbow=(0.5, -0.3, -1.0))  # fmt: skip


def _after(s: Score, quarter: float, far: float) -> None:
    """The halves are held apart and looked at, or thrown down."""
    with s.phase("part", 0.8) as (start, end):
        for hand, late in ((s.right, 0.0), (s.left, 0.06)):
            _grip(s, hand, start + 0.45 + late, 0.4, quarter, -0.04, 0.0, 0.9 * far)
        if s.option("after") == "throw":
            for hand in (s.right, s.left):
                hand.go(
                    start + 0.75,
                    0.25,
                    "chest",
                    (0.22 + far, 0.42, -0.25),
                    "accelerate",
                    fingers=(0.3, 0.7, -0.6),
                    palm=(0.0, -0.5, -0.85),
                )
                hand.fingers(start + 0.75, 0.12, "flat")
                let_go(s, "paper", f"{hand.side}_half", start + 0.72)
            s.look(end, "travel", (0.0, 0.6, 0.2))
    with s.phase("lower", 0.8) as (start, end):
        for hand, late in ((s.right, 0.0), (s.left, 0.07)):
            if s.option("after") == "throw":
                hand.rest(end + late, 0.7)
                hand.fingers(end, 0.4, "relaxed")
            else:
                hand.go(end + late, 0.75, "chest", (0.24, 0.30, -0.32), fingers=(-0.5, 0.8, -0.3), palm=(-0.5, -0.4, -0.7))


TEARING_UP_PAPER = Action(
    name="tearing_up_paper",
    caption="tears up a sheet of paper",
    choreography=_tear_up,
    phases=("raise", "tear", "part", "lower"),
    params={
        "tugs": Range(2, 4, whole=True),
        "tug_s": Range(0.42, 0.6),
        "part_m": Range(0.07, 0.13),
        "ahead_m": Range(0.20, 0.28),
        "high_m": Range(-0.30, -0.14),
        "after": Choice(("hold", "throw"), (0.5, 0.5)),
    },
    props=(PropUse("paper", ("paper",), (1.0, 1.4)),),
    wordings=("tears a sheet of paper in two", "rips up a piece of paper"),
    aliases=("tear paper", "rip paper", "tear up paper"),
    tags=("daily", "arms", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "tearing_up_paper", "ntu120": "A013"},
)
