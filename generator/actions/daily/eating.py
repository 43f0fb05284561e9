"""Eating from a bowl or out of the hand."""

from __future__ import annotations

import numpy as np

from ...motion.score import Score
from ...values import Array
from ..action import Action, PropUse, Range
from ..poses import START_S
from .resting import SEATS, settled


def chew(s: Score, start_s: float, end_s: float, rate_hz: float = 1.7) -> None:
    """The jaw of somebody who chews with closed lips, at first harder than later."""
    phase = s.performer.phases_rad[1]

    def jaw(times: Array) -> Array:
        inside = np.clip((times - start_s) / 0.1, 0.0, 1.0) * np.clip((end_s - times) / 0.2, 0.0, 1.0)
        return 0.07 * inside * np.sin(np.pi * rate_hz * (times - start_s) + 0.2 * np.sin(phase)) ** 2

    s.mode.add("jaw", jaw)


def _eat(s: Score) -> None:
    """Out of the bowl to the mouth, which opens and closes over it; chewing; and again."""
    with_spoon = "tip" in s.props["food"].frames
    s.hold("food", START_S)
    s.hold("dish", START_S, hand="left")
    s.right.fingers(START_S, 0.1, "pinch" if with_spoon else "grip_wide")
    s.left.fingers(START_S, 0.1, "cup")
    _dish(s, START_S, 0.1, 0.0)
    _ready(s, START_S, 0.1, with_spoon)
    bites = int(s.number("bites"))
    each = s.number("bite_s") * (1.0 if bites == 2 else 1.35)
    settled(s, 0.0, 3.5)
    for k in range(bites):
        with s.phase("take" if k == 0 else "again", 0.55) as (start, end):
            s.look(start + 0.2, "left_hand", (0.0, 0.12, 0.16), duration_s=0.3)
            (_scoop if with_spoon else _lower)(s, start, end)
        with s.phase("bite" if k == 0 else "bite_again", each) as (start, end):
            _to_mouth(s, start, end, with_spoon)
    with s.phase("chew", s.number("chew_s")) as (start, end):
        s.look(start + 0.3, "travel", (s.number("gaze_right"), 2.0, s.body.eye_height_m - 0.2), duration_s=0.5)
        _ready(s, start + 0.6, 0.6, with_spoon)
        _dish(s, end, 0.7, 0.0)
        s.head.to(start + 0.5, 0.5, nod=0.0)
        s.trunk.to(start + 0.6, 0.6, bend=0.10 if "seat" in s.props else 0.0)
        chew(s, start, end + 0.2)


def _dish(s: Score, end_s: float, duration_s: float, up_m: float) -> None:
    """The bowl or plate before the chest on the other hand."""
    s.left.bring(
        end_s,
        duration_s,
        "dish",
        "food",
        None,
        frame="chest",
        at=(0.02, max(0.26, s.body.belly_front_m + 0.16), -s.number("dish_low") * s.body.arm_m + up_m),
        y_axis=(-0.55, 0.85, 0.0),
        z_axis=(0.0, 0.0, 1.0),
        elbow=(0.9, -0.3, -0.8),
    )


def _ready(s: Score, end_s: float, duration_s: float, with_spoon: bool) -> None:
    """Over the dish, in no hurry."""
    if not with_spoon:
        palm, fingers = (-0.7, -0.5, 0.2), (-0.4, 0.4, 0.8)
        s.right.reach(end_s, duration_s, (-0.02, 0.48, -0.24), palm=palm, fingers=fingers, elbow=(0.6, -0.3, -0.9))
        return
    s.right.bring(
        end_s,
        duration_s,
        "food",
        "tip",
        None,
        frame="chest",
        at=(0.05, max(0.28, s.body.belly_front_m + 0.18), (0.14 - s.number("dish_low")) * s.body.arm_m),
        y_axis=(-0.12, 0.08, 1.0),
        z_axis=(-0.90, -0.12, 0.10),
        elbow=(0.6, -0.3, -0.8),
    )


def _scoop(s: Score, start: float, end: float) -> None:
    """Down into the food, along, and up."""
    for end_s, duration_s, at in (
        (start + 0.26, 0.30, (0.03, -0.02, 0.012)),
        (start + 0.42, 0.20, (-0.02, 0.02, 0.002)),
        (end + 0.02, 0.20, (-0.01, 0.0, 0.06)),
    ):
        s.right.bring(
            end_s,
            duration_s,
            "food",
            "tip",
            None,
            frame="thing:dish:food",
            at=at,
            y_axis=(-0.36, 0.16, 0.92),
            z_axis=(-0.88, 0.0, -0.36),
            elbow=(0.7, -0.3, -0.9),
        )


def _lower(s: Score, start: float, end: float) -> None:
    """What is eaten out of the hand waits before the chest."""
    _ready(s, start + 0.3, 0.35, False)
    s.right.again(end, 0.25, at=(-0.04, 0.42, -0.12))


def _to_mouth(s: Score, start: float, end: float, with_spoon: bool) -> None:
    """To the lips while the head comes to meet it; the mouth takes it; the hand goes down, the jaw works."""
    meet = s.number("meet_rad")
    s.look(start + 0.35, "travel", (0.0, 1.2, s.body.eye_height_m - 0.25))
    s.mode.to(start + 0.36, 0.24, jaw=s.number("open_rad"))
    s.trunk.to(start + 0.45, 0.45, bend=meet + (0.06 if "seat" in s.props else 0.0))
    s.head.to(start + 0.45, 0.4, nod=0.02)
    _food_at_lips(s, start + 0.38, 0.40, with_spoon, 0.025)
    _food_at_lips(s, start + 0.50, 0.16, with_spoon, -0.012)
    s.contact("right_middle_tip" if with_spoon else "right_palm", "food", start, end)
    s.mode.to(start + 0.60, 0.12, jaw=0.02)
    _food_at_lips(s, start + 0.66, 0.10, with_spoon, -0.010)
    s.head.to(start + 0.74, 0.16, nod=0.06 if with_spoon else -0.03)
    _food_at_lips(s, start + 0.82, 0.18, with_spoon, 0.05)
    s.mode.to(start + 0.75, 0.1, jaw=0.0)
    _ready(s, end + 0.05, end - start - 0.75, with_spoon)
    s.trunk.to(end, 0.5, bend=0.3 * meet + (0.08 if "seat" in s.props else 0.0))
    _dish(s, start + 0.5, 0.5, 0.05)
    _dish(s, end, 0.4, 0.0)
    chew(s, start + 0.78, end + 0.5)


def _food_at_lips(s: Score, end_s: float, duration_s: float, with_spoon: bool, away_m: float) -> None:
    """The spoon's tip or the end that is bitten, `away_m` before the lips."""
    z_axis = (-0.74, -0.64, 0.14) if with_spoon else (-0.40, -0.88, 0.20)
    x, y, z = (-away_m * value for value in z_axis)
    s.right.bring(
        end_s,
        duration_s,
        "food",
        "tip" if with_spoon else "bite",
        "mouth",
        at=(x, y + 0.004, z - (0.002 if with_spoon else 0.0)),
        y_axis=(-0.05, 0.15, 1.0) if with_spoon else (-0.35, 0.20, 0.90),
        z_axis=z_axis,
        elbow=(s.number("elbow_out"), 0.1, -1.0),
    )


EATING = Action(
    name="eating",
    caption="eats with {possessive} {side} hand, a dish in the other",
    wordings=("brings food to {possessive} mouth and chews it",),
    choreography=_eat,
    phases=("take", "bite", "again", "bite_again", "chew"),
    params={
        "bites": Range(1, 2, whole=True),
        "bite_s": Range(0.98, 1.12),
        "chew_s": Range(0.6, 0.75),
        "dish_low": Range(0.18, 0.38),
        "meet_rad": Range(0.04, 0.24),
        "open_rad": Range(0.14, 0.26),
        "gaze_right": Range(-0.5, 0.5),
        "elbow_out": Range(0.35, 0.95),
    },
    props=(
        PropUse("food", ("cutlery", "cutlery", "cutlery", "sandwich", "fruit"), (0.95, 1.1)),
        PropUse("dish", ("bowl",), (0.85, 1.05)),
        PropUse("seat", ("none", *SEATS), (0.92, 1.1)),
    ),
    aliases=("eat", "eat a meal", "eat meal", "eating a snack"),
    tags=("daily", "arms", "object"),
    acting=("right_hand",),
    taxonomy={"synapt150": "eating", "ntu120": "A002", "hmdb51": "eat"},
)
