"""Juggling three balls."""

from __future__ import annotations

from ...motion.limbs import Hand
from ...motion.passing import catch_from
from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S

BALLS = ("first", "second", "third")
DWELL = 1.05
"""Beats that a ball stays in a hand; it is thrown every three beats, so it flies for the rest."""


def _juggle(s: Score) -> None:
    """The three-ball cascade: from hand to hand, each throw inside the one that comes down, and all caught at the end."""
    beat, n = s.number("beat_s"), int(s.number("throws"))
    s.hold("first", START_S, "right")
    s.hold("second", START_S, "left")
    s.wear("third", "right_hand", (0.0, 0.066, 0.030), time_s=START_S)
    for hand in (s.right, s.left):
        hand.fingers(START_S, 0.1, "cup")
        _at(s, hand, START_S, 0.1, s.number("inside_m"), -0.02)
    s.pelvis.to(START_S, 0.1, up=-0.02)
    peak = s.body.eye_height_m + (0.15 if s.option("eyes") == "high" else -0.1)
    s.look(START_S, "travel", (0.0, 0.55, peak))
    with s.phase("hold", s.number("wait_s")):
        pass
    with s.phase("juggle", (n + 2) * beat) as (start, _):
        first = start + beat
        for k in range(n):
            _throw(s, k, first + k * beat, beat, last=k >= n - 3)
        s.pelvis.to(start + 0.4, 0.4, pitch=0.04)
    with s.phase("end", 0.8) as (start, end):
        for hand in (s.right, s.left):
            _at(s, hand, end, 0.6, 0.14, -0.05)
        s.look(end, "travel", (0.0, 1.5, 1.0))


def _at(s: Score, hand: Hand, end_s: float, duration_s: float, out_m: float, up_m: float, ease: str = "smooth") -> None:
    """A palm turned up before the body, at elbow height."""
    elbow_m = -0.92 * s.body.upper_arm_m
    hand.go(end_s, duration_s, "chest", (out_m, 0.62 * s.body.forearm_m + 0.12, elbow_m + up_m), ease, palm=(-0.15, -0.1, 1.0),
            fingers=(-0.25, 0.95, 0.1), elbow=(0.35, -0.4, -0.9))  # fmt: skip


def _throw(s: Score, k: int, time: float, beat: float, *, last: bool) -> None:
    """Throw number k, from the right hand if k is even: scooped inwards and up; the other hand catches it."""
    hand, other = (s.right, s.left) if k % 2 == 0 else (s.left, s.right)
    name, inside, outside = BALLS[k % 3], s.number("inside_m"), s.number("outside_m")
    flight = (3.0 - DWELL) * beat
    lift = 0.07 * s.amplitude
    _at(s, hand, time - 0.42 * beat, 0.55 * beat, 0.6 * inside + 0.4 * outside, -0.05)
    _at(s, hand, time, 0.42 * beat, inside, lift, "accelerate")
    _at(s, hand, time + 0.35 * beat, 0.35 * beat, 0.6 * inside + 0.4 * outside, 0.8 * lift, "decelerate")
    _at(s, hand, time + (2.0 - DWELL) * beat, 0.6 * beat, outside, 0.0)
    caught = catch_from(s, name, time, flight / s.spec.tempo, other.side)
    if not last:
        s.contact(f"{other.side}_palm", name, caught + 0.07, caught + 0.8 * DWELL * beat)
    else:
        _at(s, other, caught, 0.6 * beat, outside, 0.0)
        _at(s, other, caught + 0.3, 0.3, outside, -0.06, "decelerate")
        if k % 3 == (int(s.number("throws")) - 1) % 3:
            s.wear(name, f"{other.side}_hand", (0.0, 0.066, 0.030), time_s=caught + 0.02)


JUGGLING = Action(
    name="juggling",
    caption="juggles three balls",
    wordings=("juggles with three balls in a cascade", "keeps three balls in the air"),
    choreography=_juggle,
    phases=("hold", "juggle", "end"),
    params={
        "wait_s": Range(0.3, 0.7),
        "beat_s": Range(0.29, 0.36),
        "throws": Range(7, 10, whole=True),
        "inside_m": Range(0.07, 0.11),
        "outside_m": Range(0.20, 0.28),
        "eyes": Choice(("high", "low"), (0.6, 0.4)),
    },
    props=tuple(PropUse(name, ("ball",), (0.062, 0.072)) for name in BALLS),
    aliases=("juggling balls", "juggle"),
    tags=("sport", "arms", "ball"),
    acting=("right_hand", "left_hand"),
    taxonomy={"ucf101": "JugglingBalls"},
)
