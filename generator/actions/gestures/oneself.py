"""Hands on oneself: the wrist looked at for the time, the pocket felt into."""

from __future__ import annotations

from ...motion.score import Score
from ..action import Action, Choice, Range
from ..poses import free_hand


def _wrist_up(s: Score, end: float, duration: float, up_m: float = 0.0, turn: float = 0.0) -> None:
    """The left forearm level across before the chest, the back of the hand up and to the face; `turn` rolls it further."""
    at = (-0.03, s.body.chest_front_m + s.number("ahead_m"), s.number("up_m") + up_m)
    s.left.go(end, duration, "chest", at, palm=(0.05, 0.35 + turn, -0.95), fingers=(-0.95, 0.22, 0.10), elbow=(0.9, 0.05, -0.5))


def _at_sleeve(s: Score, end: float, duration: float, pull_m: float = 0.0) -> None:
    """The right hand's fingers on the left forearm above the wrist; `pull_m` along it towards the elbow."""
    back = 0.5 * s.body.hand_m + 0.045
    ahead = s.body.chest_front_m + s.number("ahead_m")
    at = (0.03 - back - pull_m, ahead - 0.25 * back + 0.025, s.number("up_m") + 0.055)
    s.right.go(end, duration, "chest", at, palm=(-0.55, -0.35, -0.75), fingers=(-0.75, 0.45, -0.45), elbow=(0.8, -0.2, -0.7),
               effector="index_tip")  # fmt: skip


def _time(s: Score) -> None:
    """The forearm swings up before the chest, perhaps the other hand pulls the sleeve; a look down at the wrist, and away."""
    sleeve = s.option("sleeve") == "pulled"
    with s.phase("raise", 0.8) as (start, end):
        s.left.fingers(end, 0.5, "clasp")
        _wrist_up(s, end, 0.75)
        s.look(start + 0.45, "chest", (-0.06, s.body.chest_front_m + s.number("ahead_m") + 0.02, s.number("up_m")))
        s.head.to(end, 0.5, nod=0.10, tilt=-0.05)
        s.trunk.to(end, 0.6, bend=0.07, twist=-0.05)
        if sleeve:
            s.right.fingers(end, 0.5, "pinch")
            _at_sleeve(s, end + 0.02, 0.75)
    with s.phase("read", s.number("read_s")) as (start, end):
        if sleeve:
            _at_sleeve(s, start + 0.45, 0.30, 0.055)
            s.right.rest(end, 0.65)
            s.right.fingers(end, 0.4, "relaxed")
        else:
            free_hand(s, s.right, s.option("free_hand"), start + 0.2)
        for k in range(int(s.number("looks"))):
            at = start + 0.5 + 0.5 * k
            _wrist_up(s, at, 0.32, 0.035 * s.amplitude, -0.3)
            _wrist_up(s, at + 0.25, 0.24, 0.0)
            s.head.to(at, 0.25, nod=0.20)
            s.head.to(at + 0.25, 0.25, nod=0.08)
    with s.phase("lower", 0.8) as (start, end):
        s.left.rest(end, 0.75)
        s.left.fingers(end, 0.5, "relaxed")
        free_hand(s, s.right, "side", end + 0.05)
        s.trunk.to(end, 0.6, bend=0.0, twist=0.0)
        s.head.to(end, 0.6, nod=0.0, tilt=0.0)
        away = 1.0 if s.option("then") == "right" else -1.0
        s.look(start + 0.5, "world", (2.0 * away, 3.0, s.body.eye_height_m), duration_s=0.45)


CHECK_TIME = Action(
    name="check_time",
    caption="looks at {possessive} wrist to check the time",
    choreography=_time,
    phases=("raise", "read", "lower"),
    params={
        "sleeve": Choice(("pulled", "left"), (0.5, 0.5)),
        "read_s": Range(1.1, 1.8),
        "looks": Range(1, 2, whole=True),
        "ahead_m": Range(0.15, 0.25),
        "up_m": Range(-0.18, -0.05),
        "free_hand": Choice(("side", "hip"), (0.7, 0.3)),
        "then": Choice(("left", "right")),
    },
    wordings=("raises a wrist before {possessive} chest and looks what time it is", "glances at the watch on {possessive} wrist"),
    aliases=("checking the time", "check time from watch", "look at watch", "looking at a watch"),
    tags=("gesture", "arms"),
    acting=("left_hand",),
    taxonomy={"synapt150": "check_time", "ntu120": "A033"},
)


def _at_pocket(s: Score, end: float, duration: float, deep: float, ease: str = "smooth") -> None:
    """The hand at the pocket, `deep` 0 above its mouth to 1 with the palm in it: at the front of the hip or behind."""
    body, slide = s.body, 0.12 * (1.0 - deep)
    if s.option("pocket") == "front":
        at = (body.waist_half_m + 0.028 + 0.25 * slide, 0.035, -0.075 + slide)
        s.right.go(
            end, duration, "pelvis", at, ease, palm=(-0.93, -0.35, 0.0), fingers=(-0.12, 0.28, -0.95), elbow=(0.7, -0.75, 0.1)
        )
    else:
        at = (0.62 * body.waist_half_m, -body.hip_radius_m - 0.075 - 0.35 * slide, -0.085 + slide)
        s.right.go(
            end, duration, "pelvis", at, ease, palm=(-0.15, 0.97, 0.15), fingers=(-0.12, 0.12, -0.98), elbow=(0.75, -0.7, 0.15)
        )


def _into_pocket(s: Score) -> None:
    """A look down, the hand slides into the hip pocket, feels about, and comes out with what there is; a look at that."""
    with s.phase("reach", 0.8) as (start, end):
        s.look(start + 0.35, "pelvis", (s.body.waist_half_m, 0.25 if s.option("pocket") == "front" else -0.1, 0.0))
        s.right.fingers(end - 0.3, 0.4, "flat")
        _at_pocket(s, end - 0.20, 0.58, 0.0)
        _at_pocket(s, end + 0.15, 0.36, 1.0)
        s.trunk.to(end, 0.6, lean=s.number("lean_rad"), twist=-0.20, bend=0.14)
        s.pelvis.to(end, 0.6, right=-0.02, roll=-0.03)
        s.head.to(end, 0.5, nod=0.15)
        s.mode.to(end, 0.5, shrug=0.06)
    with s.phase("in_pocket", s.number("inside_s")) as (start, end):
        half, count = 0.20, int((s.number("inside_s") - 0.2) / 0.20)
        for k in range(count):
            _at_pocket(s, start + 0.2 + half * (k + 1), half, 1.0 - (0.30 if k % 2 == 0 else 0.0), "swing")
            s.trunk.to(start + 0.2 + half * (k + 1), half, lean=s.number("lean_rad") * (1.2 if k % 2 == 0 else 0.9))
    with s.phase("out", 0.8) as (start, end):
        _at_pocket(s, start + 0.28, 0.28, -0.25)
        s.right.fingers(start + 0.35, 0.2, "pinch" if s.option("then") == "looks" else "relaxed")
        s.trunk.to(end, 0.6, lean=0.0, twist=0.0, bend=0.05)
        s.pelvis.to(end, 0.6, right=0.0, roll=0.0)
        s.mode.to(end, 0.5, shrug=0.0)
        if s.option("then") == "looks":
            at = (0.05, s.body.chest_front_m + 0.20, -0.20)
            s.right.go(end, 0.6, "chest", at, palm=(-0.3, -0.3, 0.9), fingers=(-0.5, 0.85, 0.1), elbow=(0.6, -0.3, -0.8))
            s.look(start + 0.5, "chest", (0.03, s.body.chest_front_m + 0.22, -0.18), duration_s=0.4)
    with s.phase("end", s.number("end_s")) as (_, end):
        s.right.rest(end + 0.05, 0.7)
        s.right.fingers(end, 0.5, "relaxed")
        s.trunk.to(end, 0.5, bend=0.0)
        s.head.to(end, 0.5, nod=0.0)
        s.look_ahead(end)


REACH_INTO_POCKET = Action(
    name="reach_into_pocket",
    caption="reaches into {possessive} {pocket} pocket with {possessive} {side} hand",
    choreography=_into_pocket,
    phases=("reach", "in_pocket", "out", "end"),
    params={
        "pocket": Choice(("front", "back"), (0.85, 0.15)),
        "inside_s": Range(0.95, 1.5),
        "lean_rad": Range(0.10, 0.20),
        "then": Choice(("looks", "drops"), (0.85, 0.15)),
        "end_s": Range(0.95, 1.25),
    },
    wordings=(
        "puts a hand into {possessive} own hip pocket and takes it out again",
        "feels for something in a pocket at {possessive} hip",
    ),
    aliases=("reach into own pocket", "hand in pocket", "reaching into a pocket"),
    tags=("gesture", "arms"),
    acting=("right_hand",),
    outfit="pockets",
    taxonomy={"synapt150": "reach_into_pocket", "ntu120": "A025"},
)
