"""Both straight arms raised and lowered: to the front, to the sides, and up overhead."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, sin

from ...motion.limbs import Hand
from ...motion.score import Score
from ...motion.target import Vector
from ..action import Action, Choice, Range
from .moves import both, lower_both, of_length, stand_apart, uneven

PALMS: dict[str, Vector] = {"down": (0.0, 0.0, -1.0), "in": (-1.0, 0.0, 0.0), "forward": (0.0, 1.0, 0.0)}
"""Where the palms of raised hands face."""

STRAIGHT = 1.06
"""Arm lengths from the shoulder at which a raised hand is aimed: the collar comes along, and the elbow is straight."""


def _raises(s: Score, ways: Sequence[Vector], palm: Vector, hand_shape: str, shrug: float = 0.03) -> None:
    """The arms go along `ways` (directions from the shoulder) to the last of them, stay a moment, and come back down."""
    reps = int(s.number("reps"))
    stand_apart(s)
    s.look_ahead(0.0, 0.3)
    for k in range(reps):
        up_s, down_s = (s.number(name) * uneven(s, k) * (1.0 if reps == 2 else 0.8) for name in ("raise_s", "lower_s"))
        with s.phase("raise", up_s) as (start, end):
            for hand, late in both(s):
                hand.fingers(start + 0.35, 0.35, hand_shape)
                _along(hand, start + late, end + late, ways, palm)
            s.trunk.to(end, up_s, bend=-0.05 * s.amplitude)
            s.mode.to(end, up_s, shrug=shrug)
        with s.phase("hold", s.number("hold_s")):
            pass
        with s.phase("lower", down_s) as (start, end):
            if len(ways) == 1:
                lower_both(s, end, down_s, "swing")
            else:
                middle = start + 0.5 * down_s
                for hand, late in both(s):
                    hand.reach(middle + late, 0.5 * down_s, ways[0], "away", palm=palm, fingers=ways[0], effector="wrist")
                lower_both(s, end, 0.5 * down_s, "home")
            s.trunk.to(end, down_s, bend=0.0)
            s.mode.to(end, down_s, shrug=0.0)
    with s.phase("settle", 0.35):
        pass


def _along(hand: Hand, start_s: float, end_s: float, ways: Sequence[Vector], palm: Vector) -> None:
    """From hanging through each of the ways in equal times, without stopping between."""
    step = (end_s - start_s) / len(ways)
    eases = ("swing",) if len(ways) == 1 else ("away", "home")
    for k, (way, ease) in enumerate(zip(ways, eases, strict=True)):
        hand.reach(start_s + (k + 1) * step, step, way, ease, palm=palm, fingers=way, effector="wrist")


def _front_raising(s: Score) -> None:
    """Arms side by side straight ahead, at about shoulder height."""
    rise = s.number("rise_rad")
    way = of_length((s.number("apart"), cos(rise), sin(rise)), STRAIGHT)
    palm = PALMS[s.option("palms")]
    _raises(s, (way,), palm if palm[2] == 0.0 else (0.0, -sin(rise) * palm[2], cos(rise) * palm[2]), s.option("hands"))


FRONT_RAISING = Action(
    name="front_raising",
    caption="raises both straight arms to the front and lowers them again",
    wordings=(
        "lifts both arms straight out in front up to shoulder height, again and again",
        "does front raises with straight arms",
    ),
    choreography=_front_raising,
    phases=("raise", "hold", "lower", "settle"),
    params={
        "reps": Range(2, 3, whole=True),
        "raise_s": Range(0.62, 0.85),
        "lower_s": Range(0.55, 0.72),
        "hold_s": Range(0.05, 0.25),
        "rise_rad": Range(-0.12, 0.22),
        "apart": Range(-0.12, 0.12),
        "palms": Choice(("down", "in"), (0.65, 0.35)),
        "hands": Choice(("flat", "fist", "relaxed"), (0.45, 0.35, 0.2)),
        "stance": Range(0.8, 2.1),
    },
    aliases=("front raise", "front raises", "arm front raise", "raising both arms to the front"),
    tags=("sport", "exercise", "arms"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "front_raising"},
)


def _shoulder_abduction(s: Score) -> None:
    """Arms straight out to the sides, level with the shoulders: the body makes a T."""
    rise = s.number("rise_rad")
    way = of_length((cos(rise), s.number("ahead"), sin(rise)), STRAIGHT)
    palm = (sin(rise), 0.0, -cos(rise)) if s.option("palms") == "down" else PALMS["forward"]
    _raises(s, (way,), palm, s.option("hands"))


SHOULDER_ABDUCTION = Action(
    name="shoulder_abduction",
    caption="raises both straight arms sideways to shoulder height and lowers them again",
    wordings=(
        "lifts both arms out to the sides until they are level with the shoulders, again and again",
        "does lateral raises with straight arms",
    ),
    choreography=_shoulder_abduction,
    phases=("raise", "hold", "lower", "settle"),
    params={
        "reps": Range(2, 3, whole=True),
        "raise_s": Range(0.62, 0.85),
        "lower_s": Range(0.55, 0.72),
        "hold_s": Range(0.05, 0.25),
        "rise_rad": Range(-0.1, 0.25),
        "ahead": Range(0.0, 0.22),
        "palms": Choice(("down", "forward"), (0.7, 0.3)),
        "hands": Choice(("flat", "fist", "relaxed"), (0.45, 0.35, 0.2)),
        "stance": Range(0.8, 2.1),
    },
    aliases=("lateral raise", "lateral raises", "side raise", "raising both arms sideways", "arm abduction"),
    tags=("sport", "exercise", "arms"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "shoulder_abduction"},
)


def _shoulder_raising(s: Score) -> None:
    """Arms out to the sides and on up until they stand beside the ears, the shoulders with them, and down the same way."""
    lean = s.number("apart")
    middle = of_length((1.0, s.number("ahead"), 0.0), STRAIGHT)
    top = of_length((lean, s.number("ahead"), 1.0), 1.14)
    s.look(0.6, "world", (0.0, 3.0, s.body.eye_height_m + s.number("look_up")))
    _raises(s, (middle, top), PALMS[s.option("palms")] if s.option("palms") == "in" else (-0.5, 1.0, 0.0), s.option("hands"),
            shrug=0.45)  # fmt: skip


SHOULDER_RAISING = Action(
    name="shoulder_raising",
    caption="raises both straight arms out to the sides and up beside the ears, shoulders too, and lowers them again",
    wordings=(
        "lifts shoulders and straight arms sideways all the way up, again and again",
        "raises both arms through the sides high over the head and brings them down",
    ),
    choreography=_shoulder_raising,
    phases=("raise", "hold", "lower", "settle"),
    params={
        "reps": Range(2, 3, whole=True),
        "raise_s": Range(0.75, 0.95),
        "lower_s": Range(0.68, 0.85),
        "hold_s": Range(0.45, 0.75),
        "apart": Range(0.08, 0.24),
        "ahead": Range(0.0, 0.06),
        "look_up": Range(0.0, 0.8),
        "palms": Choice(("in", "forward"), (0.65, 0.35)),
        "hands": Choice(("flat", "fist", "relaxed"), (0.5, 0.25, 0.25)),
        "stance": Range(0.8, 2.1),
    },
    aliases=("shoulder raise", "shoulder raises", "overhead raise", "raising both arms overhead", "arm raises"),
    tags=("sport", "exercise", "arms"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "shoulder_raising"},
)
