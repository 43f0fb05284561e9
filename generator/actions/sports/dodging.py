"""What somebody does who is punched or kicked at, and is not met."""

from __future__ import annotations

from collections.abc import Sequence

from ...motion.impact import pulse
from ...motion.score import Score
from ..interactions.blows import back_off, duck

TO_PUNCHES = ("guards", "ducks", "steps back")
TO_KICKS = ("flinches", "steps back")
"""Answers that make sense: who ducks under a kick ducks into it; whose head jerks at a punch seems to be slapped."""


def dodge(s: Score, answer: str, hits_s: Sequence[float], early_s: float) -> None:
    """Be out of the way of blows at `hits_s`, `early_s` before each: hands before the face, and the body back, down or away."""
    first, last = hits_s[0] - early_s, hits_s[-1]
    _hands_up(s, first, s.real(0.26))
    if answer == "flinches":
        for hit in hits_s:
            _flinch(s, hit - early_s - s.real(0.10))
    elif answer == "guards":
        s.trunk.to(first + s.real(0.1), s.real(0.3), bend=0.10)
        s.pelvis.to(first + s.real(0.1), s.real(0.3), up=-0.05 * s.body.leg_m)
        s.trunk.to(last + s.real(0.9), s.real(0.5), bend=0.0)
        s.pelvis.to(last + s.real(0.9), s.real(0.5), up=0.0)
    elif answer == "ducks":
        duck(s, first + 0.02, s.real(0.22), 0.85, 0.22 if s.performer.phases_rad[1] < 3.14 else -0.22)
    else:
        back_off(s, first, 0.30)
    for k, hand in enumerate((s.right, s.left)):
        hand.rest(last + s.real(0.95 + 0.06 * k), s.real(0.6))
        hand.fingers(last + s.real(0.8), s.real(0.4), "relaxed")


def _hands_up(s: Score, when_s: float, duration_s: float) -> None:
    """Both forearms before the face, palms out."""
    for k, hand in enumerate((s.right, s.left)):
        hand.reach(when_s + 0.03 * k, duration_s, (-0.02, 0.40, 0.10), palm=(0.1, 0.95, 0.1), fingers=(-0.1, 0.1, 0.95),
                   elbow=(0.7, 0.2, -0.7))  # fmt: skip
        hand.fingers(when_s, duration_s, "flat")


def _flinch(s: Score, when_s: float) -> None:
    """The trunk jerks back, the shoulders go up, and the face turns away."""
    away = 1.0 if s.performer.phases_rad[1] < 3.14 else -1.0
    s.trunk.add("bend", pulse(s, when_s, -0.20, 0.13))
    s.trunk.add("twist", pulse(s, when_s, 0.16 * away, 0.13))
    s.head.add("turn", pulse(s, when_s, 0.50 * away, 0.11))
    s.head.add("nod", pulse(s, when_s, 0.22, 0.11))
    s.mode.add("shrug", pulse(s, when_s, 0.25, 0.14))
    s.pelvis.add("forward", pulse(s, when_s, -0.05, 0.15))
