"""A chest expander pulled apart."""

from __future__ import annotations

from ...motion.score import Score
from ...motion.springs import stretch
from ...motion.target import Vector
from ..action import Action, Choice, PropUse, Range
from .moves import both, stand_apart, uneven


def _hold_apart(s: Score, end_s: float, duration_s: float, apart: float, height: float, ease: str = "smooth") -> None:
    """Both fists before the chest: 0 as near as the springs are long, 1 wide apart, the springs close to the chest.

    The arms stay nearly straight where they start ahead, and the palms turn from each other to the front.
    """
    arm, half = s.body.arm_m, s.body.shoulder_half_m
    near_m = 0.20 * s.number("closed")
    wide_m, level_m = half + 0.93 * arm, s.body.chest_front_m + 0.075
    ahead_m = (0.93 if s.option("start") == "straight" else 0.60) * arm
    out = near_m + (wide_m - near_m) * apart
    # On the way out straight arms sweep round the shoulders: the hands stay far ahead until they are wide.
    ahead = level_m + (ahead_m - level_m) * (1.0 - apart**2)
    tilt = s.number("tilt") * apart
    palm: Vector = (-1.0 + 0.75 * apart, 0.9 * apart, 0.0)
    fingers: Vector = (0.1 + 0.9 * apart, 1.0 - 0.85 * apart, 0.1)
    for hand, late in both(s):
        side = 1.0 if hand is s.right else -1.0
        at = (out, ahead, height + side * tilt * arm)
        elbow = (0.75, -0.3, -0.75)
        arrives_s = end_s + late if duration_s else end_s
        hand.go(arrives_s, duration_s, "chest", at, ease, palm=palm, fingers=fingers, elbow=elbow)


def _pulling(s: Score) -> None:
    """Both handles are drawn apart before the chest until the arms are wide, and let come together again, slowly."""
    stand_apart(s)
    stretch(s, "springs", "right_handle", "left_handle")
    for hand in (s.right, s.left):
        hand.fingers(0.0, 0.0, "grip_thin")
    reps, high = int(s.number("reps")), s.number("height")
    _hold_apart(s, 0.0, 0.0, 0.0, -0.26)
    with s.phase("raise", 0.6) as (_, end):
        _hold_apart(s, end, 0.6, 0.0, high)
        s.look_ahead(end - 0.2)
    for k in range(reps):
        pace = uneven(s, k) * (1.0 if reps == 2 else 0.7)
        pull_s, back_s = s.number("pull_s") * pace, s.number("back_s") * pace
        with s.phase("pull", pull_s) as (start, end):
            _hold_apart(s, start + 0.5 * pull_s, 0.5 * pull_s, 0.5, high, "away")
            _hold_apart(s, end, 0.52 * pull_s, s.number("wide"), high, "home")
            s.trunk.to(end, pull_s, bend=-0.1 * s.amplitude)
            s.mode.to(end, pull_s, shrug=0.06)
        with s.phase("hold", s.number("hold_s")):
            pass
        with s.phase("let back", back_s) as (start, end):
            _hold_apart(s, start + 0.5 * back_s, 0.5 * back_s, 0.5, high, "away")
            _hold_apart(s, end, 0.52 * back_s, 0.0, high, "home")
            s.trunk.to(end, back_s, bend=0.0)
            s.mode.to(end, back_s, shrug=0.0)
    with s.phase("lower", 0.6) as (_, end):
        _hold_apart(s, end, 0.6, 0.0, -0.26)


PULLING_CHEST_EXPANDERS = Action(
    name="pulling_chest_expanders",
    caption="pulls a chest expander apart before the chest",
    wordings=(
        "stretches the springs of a chest expander with both arms, again and again",
        "draws the two handles of a chest expander wide apart and lets them come together again",
    ),
    choreography=_pulling,
    phases=("raise", "pull", "hold", "let back", "lower"),
    params={
        "reps": Range(2, 3, whole=True),
        "start": Choice(("straight", "bent"), (0.6, 0.4)),
        "pull_s": Range(0.7, 0.95),
        "back_s": Range(0.8, 1.05),
        "hold_s": Range(0.08, 0.3),
        "height": Range(-0.2, -0.06),
        "closed": Range(0.95, 1.25),
        "wide": Range(0.86, 1.0),
        "tilt": Range(-0.12, 0.12),
        "stance": Range(0.9, 2.0),
    },
    props=(
        PropUse("springs", ("springs",), (0.95, 1.2)),
        PropUse("right_handle", ("expander_handle",), (0.99, 1.01)),
        PropUse("left_handle", ("expander_handle",), (0.99, 1.01)),
    ),
    aliases=("chest expander", "pulling a chest expander", "chest expanders", "pull chest expander"),
    tags=("sport", "exercise", "arms", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "pulling_chest_expanders"},
)
