"""A short routine of freehand exercises: three different ones after another, as in morning gymnastics."""

from __future__ import annotations

from collections.abc import Callable

from ...motion.limbs import Hand
from ...motion.score import Score
from ...motion.target import Vector
from ..action import Action, Choice, Range
from .lifting import both_rest, lift_knee, set_down

SWING = 0.03
"""How much later the left arm is than the right one, seconds."""


def _routine(s: Score) -> None:
    """One exercise after the other to an even count, each different from the one before, and back to standing."""
    beat = s.number("beat_s")
    for foot in (s.right_foot, s.left_foot):
        foot.place(0.0, 0.0, (s.body.stance_out_m * s.number("width"), 0.0))
    with s.phase("ready", 0.25):
        pass
    for name in s.option("routine").split("_"):
        with s.phase("exercise", 2.0 * beat) as (start, _):
            EXERCISES[name](s, start, beat)
    with s.phase("stop", 0.5) as (_, end):
        both_rest(s, end - 0.06, 0.5)
        s.look_ahead(end)


def _hands(s: Score) -> tuple[tuple[Hand, float], tuple[Hand, float]]:
    """Both hands, each with how much later it is."""
    return (s.right, 0.0), (s.left, SWING)


def _arms_to(s: Score, end: float, duration: float, at: Vector, palm: Vector | None = None, ease: str = "smooth") -> None:
    """Both straight arms to a point from the shoulder."""
    for hand, late in _hands(s):
        hand.reach(end + late, duration, at, ease, palm=palm, effector="wrist")
        hand.fingers(end, duration, "flat")


def _reach_up(s: Score, start: float, beat: float) -> None:
    """Arms up through the sides onto tiptoe, and down again."""
    _arms_to(s, start + 0.5 * beat, 0.5 * beat, (0.95, 0.1, 0.0), (0.0, 0.0, -1.0), "away")
    _arms_to(s, start + beat, 0.5 * beat, (0.12, 0.06, 0.96), (-1.0, 0.0, 0.0), "home")
    for foot in (s.right_foot, s.left_foot):
        foot.heel.to(start + 1.05 * beat, 0.5 * beat, 0.42)
        foot.heel.to(start + 1.6 * beat, 0.45 * beat, 0.0)
    s.pelvis.to(start + 1.05 * beat, 0.5 * beat, up=0.035 * s.body.leg_m)
    s.pelvis.to(start + 1.6 * beat, 0.45 * beat, up=0.0)
    s.trunk.to(start + beat, 0.6 * beat, bend=-0.08)
    s.trunk.to(start + 1.7 * beat, 0.6 * beat, bend=0.0)
    s.look(start + 0.8 * beat, "world", (0.0, 2.0, 1.3 * s.body.height_m))
    s.look_ahead(start + 1.6 * beat)
    _arms_to(s, start + 1.5 * beat, 0.5 * beat, (0.95, 0.1, 0.0), (0.0, 0.0, -1.0), "away")
    _arms_to(s, start + 2.0 * beat, 0.5 * beat, (0.18, 0.06, -0.95), None, "home")


def _squat(s: Score, start: float, beat: float) -> None:
    """Knees bend with the arms straight ahead, and up."""
    _arms_to(s, start + 0.9 * beat, 0.8 * beat, (0.05, 0.93, 0.18), (-0.2, 0.1, -1.0))
    s.pelvis.to(start + beat, 0.95 * beat, up=-s.number("depth") * s.body.thigh_m, pitch=0.5)
    s.head.to(start + beat, 0.8 * beat, nod=-0.1)
    s.pelvis.to(start + 1.95 * beat, 0.9 * beat, up=0.0, pitch=0.0)
    s.head.to(start + 1.9 * beat, 0.8 * beat, nod=0.0)
    _arms_to(s, start + 2.0 * beat, 0.85 * beat, (0.16, 0.10, -0.95))


def _twist(s: Score, start: float, beat: float) -> None:
    """Arms out to the sides, the trunk turned to one side and to the other."""
    _arms_to(s, start + 0.5 * beat, 0.5 * beat, (0.94, 0.14, 0.0), (0.0, 0.0, -1.0))
    for at, side in ((0.75, 1.0), (1.45, -1.0), (2.0, 0.0)):
        s.pelvis.to(start + at * beat - 0.05, 0.6 * beat, yaw=0.28 * side)
        s.trunk.to(start + at * beat, 0.62 * beat, twist=s.number("twist_rad") * s.amplitude**0.4 * side)
        s.head.to(start + at * beat, 0.55 * beat, turn=0.25 * side)
    _arms_to(s, start + 2.1 * beat, 0.55 * beat, (0.18, 0.06, -0.95))


def _side_bend(s: Score, start: float, beat: float) -> None:
    """One arm over the head, the other down the thigh, the trunk bent away from the raised arm; then the other way."""
    for up, side, at in ((s.left, 1.0, 0.85), (s.right, -1.0, 1.7)):
        _through_the_side(up, start + at * beat, 0.8 * beat, (-0.16, 0.08, 0.92))
        _through_the_side(up, start + (at + 0.8) * beat, 0.78 * beat, (0.20, 0.06, -0.93))
        s.trunk.to(start + at * beat, 0.7 * beat, lean=s.number("side_rad") * s.amplitude**0.4 * side)
        s.pelvis.to(start + at * beat, 0.7 * beat, right=-0.05 * side, roll=0.06 * side)
        s.head.to(start + at * beat, 0.6 * beat, tilt=0.18 * side)
    s.trunk.to(start + 2.2 * beat, 0.5 * beat, lean=0.0)
    s.pelvis.to(start + 2.2 * beat, 0.5 * beat, right=0.0, roll=0.0)
    s.head.to(start + 2.2 * beat, 0.5 * beat, tilt=0.0)


def _through_the_side(hand: Hand, end: float, duration: float, at: Vector) -> None:
    """A straight arm up or down, by way of what is out to the side."""
    hand.reach(end - 0.5 * duration, 0.5 * duration, (0.94, 0.12, 0.0), "away", effector="wrist")
    hand.reach(end, 0.5 * duration, at, "home", effector="wrist")
    hand.fingers(end, duration, "flat")


def _open_chest(s: Score, start: float, beat: float) -> None:
    """Bent arms before the chest, drawn apart; then straight arms flung open."""
    _arms_to(s, start + 0.5 * beat, 0.5 * beat, (-0.12, 0.48, 0.0), (0.0, 0.0, -1.0))
    _arms_to(s, start + 0.95 * beat, 0.4 * beat, (0.42, 0.20, 0.0), (0.0, 0.0, -1.0))
    _arms_to(s, start + 1.3 * beat, 0.35 * beat, (-0.12, 0.48, 0.0), (0.0, 0.0, -1.0))
    _arms_to(s, start + 1.75 * beat, 0.42 * beat, (0.93, -0.12, 0.0), (0.0, 1.0, 0.0))
    s.trunk.to(start + 0.95 * beat, 0.4 * beat, bend=-0.06)
    s.trunk.to(start + 1.3 * beat, 0.35 * beat, bend=0.03)
    s.trunk.to(start + 1.75 * beat, 0.4 * beat, bend=-0.10)
    s.trunk.to(start + 2.1 * beat, 0.4 * beat, bend=0.0)
    _arms_to(s, start + 2.2 * beat, 0.45 * beat, (0.20, 0.06, -0.95))


def _bow(s: Score, start: float, beat: float) -> None:
    """Down to the toes with both hands, and up."""
    s.mode.to(start + 0.8 * beat, 0.5 * beat, gaze=0.0)
    s.pelvis.to(start + beat, 0.9 * beat, pitch=1.15)
    s.trunk.to(start + beat, 0.9 * beat, bend=0.85)
    for hand, late in _hands(s):
        hand.touch(start + 0.98 * beat + late, 0.85 * beat, f"{hand.side}_toe", (0.0, 0.03, 0.10), "world",
                   fingers=(-0.1, 0.35, -0.9), effector="middle_tip")  # fmt: skip
    s.mode.to(start + 1.9 * beat, 0.6 * beat, gaze=1.0)
    s.pelvis.to(start + 1.95 * beat, 0.9 * beat, pitch=0.0)
    s.trunk.to(start + 1.95 * beat, 0.9 * beat, bend=0.0)
    both_rest(s, start + 2.0 * beat, 0.85 * beat)


def _knees(s: Score, start: float, beat: float) -> None:
    """One knee up, then the other, the arms straight ahead."""
    _arms_to(s, start + 0.5 * beat, 0.5 * beat, (0.10, 0.94, 0.0), (0.0, 0.0, -1.0))
    out = s.body.stance_out_m * s.number("width")
    for foot, top in ((s.right_foot, 0.62), (s.left_foot, 1.5)):
        lift_knee(s, foot, start + top * beat, 0.42 * beat, 1.45)
        set_down(s, foot, start + (top + 0.45) * beat, 0.4 * beat, (out, 0.0))
    _arms_to(s, start + 2.1 * beat, 0.5 * beat, (0.18, 0.08, -0.95))


EXERCISES: dict[str, Callable[[Score, float, float], None]] = {
    "up": _reach_up,
    "squat": _squat,
    "twist": _twist,
    "side": _side_bend,
    "chest": _open_chest,
    "bow": _bow,
    "knees": _knees,
}
"""Part of a routine's name -> what is done for two counts."""


DOING_FREEHAND_EXCERCISE = Action(
    name="doing_freehand_excercise",
    caption="does freehand exercises, a different one at every count",
    choreography=_routine,
    phases=("ready", "exercise", "stop"),
    params={
        "routine": Choice(
            (
                "up_squat_twist",
                "chest_side_squat",
                "squat_up_bow",
                "twist_up_knees",
                "side_bow_up",
                "chest_squat_side",
                "up_twist_bow",
                "knees_chest_up",
                "twist_squat_side",
                "up_side_chest",
            )
        ),
        "beat_s": Range(0.68, 0.82),
        "depth": Range(0.4, 0.8),
        "width": Range(1.1, 1.9),
        "side_rad": Range(0.32, 0.52),
        "twist_rad": Range(0.6, 0.9),
    },
    wordings=("goes through a routine of morning gymnastics",),
    aliases=("freehand exercise", "doing freehand exercise", "calisthenics", "gymnastics", "morning exercises"),
    tags=("exercise", "arms", "trunk", "legs"),
    taxonomy={"synapt150": "doing_freehand_excercise"},
)
