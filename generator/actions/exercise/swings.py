"""Arms swung round to a clap."""

from __future__ import annotations

from ...motion.score import Score
from ...motion.target import Vector
from ..action import Action, Choice, Range
from .moves import both, lower_both, of_length, stand_apart


def _wide(s: Score, end_s: float, duration_s: float, up: float, ease: str) -> None:
    """Both arms straight out at the sides, palms ahead."""
    way = of_length((0.98, 0.05, up))
    for hand, late in both(s):
        hand.reach(end_s + late, duration_s, way, ease, palm=(0.0, 1.0, 0.0), fingers=way, effector="wrist")


def _clap_ahead(s: Score, hit_s: float, duration_s: float, ease: str) -> None:
    """Palms meet at arm's length before the chest."""
    ahead = s.number("reach") * (s.body.arm_m + 0.06)
    for hand in (s.right, s.left):
        at: Vector = (0.006, ahead, s.number("height"))
        hand.go(hit_s, duration_s, "chest", at, ease, palm=(-1.0, 0.0, 0.0), fingers=(-0.08, 1.0, 0.2), elbow=(0.8, 0.0, -0.6))
    s.contact("right_palm", "left_palm", hit_s - 0.03, hit_s + 0.06)


def _clap_behind(s: Score, hit_s: float, duration_s: float, ease: str) -> None:
    """Palms meet behind the seat, low, the arms nearly straight."""
    behind = s.body.back_behind_m + 0.15
    for hand in (s.right, s.left):
        at: Vector = (0.006, -behind, s.number("behind_m"))
        fingers, elbow = (-0.15, -0.5, -0.85), (0.8, -0.6, 0.0)
        hand.go(hit_s, duration_s, "pelvis", at, ease, palm=(-1.0, 0.0, 0.0), fingers=fingers, elbow=elbow)
    s.contact("right_palm", "left_palm", hit_s - 0.03, hit_s + 0.06)


def _rotation_clapping(s: Score) -> None:
    """Wide arms swing round to a clap before the chest, open again, and meet behind the back, or turn with the trunk."""
    stand_apart(s)
    claps = int(s.number("claps"))
    twist, turning = s.number("twist_rad") * s.amplitude, s.option("way") == "turning"
    with s.phase("open", 0.7) as (_, end):
        _wide(s, end, 0.7, 0.05, "smooth")
        for hand in (s.right, s.left):
            hand.fingers(end, 0.5, "flat")
    for k in range(claps):
        side = 1.0 if k % 2 == 0 else -1.0
        front = turning or k % 2 == 0
        swing_s = s.number("swing_s") * (1.0 if front else 1.4)
        with s.phase("clap", 2.0 * swing_s) as (start, end):
            hit = start + swing_s
            if front:
                _clap_ahead(s, hit, swing_s, "swing")
            else:
                _wide(s, start + 0.45 * swing_s, 0.45 * swing_s, -0.5, "away")
                _clap_behind(s, hit, 0.6 * swing_s, "home")
            _turned(s, hit, swing_s, side * twist if turning else 0.0, 0.04 if front else -0.08)
            if not front:
                _wide(s, hit + 0.6 * swing_s, 0.6 * swing_s, -0.5, "away")
            if k + 1 < claps:
                _wide(s, end, swing_s if front else 0.4 * swing_s, 0.05, "swing" if front else "home")
            _turned(s, end, swing_s, 0.0, -0.03)
    with s.phase("lower", 0.6) as (_, end):
        lower_both(s, end, 0.75)
        s.trunk.to(end, 0.6, bend=0.0, twist=0.0)


def _turned(s: Score, end_s: float, duration_s: float, twist_rad: float, bend_rad: float) -> None:
    """Pelvis, trunk and head turned to one side, each a little after the last."""
    s.pelvis.to(end_s - 0.04, duration_s, yaw=0.3 * twist_rad)
    s.trunk.to(end_s, duration_s, twist=0.7 * twist_rad, bend=bend_rad)


ROTATION_CLAPPING = Action(
    name="rotation_clapping",
    caption="swings both arms wide round the body and claps",
    wordings=(
        "opens straight arms wide and swings them round into a clap, again and again",
        "claps with big round swings of both arms",
    ),
    choreography=_rotation_clapping,
    phases=("open", "clap", "lower"),
    params={
        "way": Choice(("front and behind", "turning"), (0.5, 0.5)),
        "claps": Range(3, 4, whole=True),
        "swing_s": Range(0.36, 0.46),
        "reach": Range(0.8, 0.97),
        "height": Range(-0.16, 0.02),
        "behind_m": Range(-0.1, 0.02),
        "twist_rad": Range(0.7, 1.1),
        "stance": Range(1.0, 2.2),
    },
    aliases=("rotating clap", "swinging claps", "clapping in front and behind", "arm swing claps"),
    tags=("sport", "exercise", "arms"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "rotation_clapping"},
)
