"""Signs that say stop or slowly: forearms crossed to an X, a hand that flaps up and down."""

from __future__ import annotations

from ...motion.score import Score
from ..action import Action, Choice, Range
from ..poses import free_hand


def _crossed(s: Score, end: float, duration: float, ahead_m: float, up_m: float, ease: str = "smooth") -> None:
    """Wrist on wrist before the breastbone, the right one outside, hands up past the opposite side."""
    first = s.body.chest_front_m + ahead_m
    shape = s.option("shape")
    for hand, further in ((s.right, 0.035), (s.left, -0.035)):
        palm = (-0.70, 0.50, -0.45) if shape == "flat" else (0.2, -0.97, 0.1)
        hand.go(end, duration, "chest", (-0.035, first + further, up_m), ease, palm=palm, fingers=(-0.62, 0.10, 0.78),
                elbow=(0.9, 0.1, -0.75), effector="wrist")  # fmt: skip


def _cross(s: Score) -> None:
    """Both arms swing up and in to an X before the chest, hold, perhaps part and cross again; the head says no."""
    ahead, up, shake = s.number("ahead_m"), s.number("up_m"), s.number("shake_rad")
    again = int(s.number("times")) > 1
    with s.phase("cross", 0.75) as (start, end):
        for hand in (s.right, s.left):
            hand.fingers(end, 0.5, s.option("shape"))
            hand.go(start + 0.48, 0.48, "chest", (0.24, s.body.chest_front_m + 0.20, up - 0.10), palm=(-0.6, 0.3, 0.0),
                    fingers=(0.1, 0.4, 0.9), elbow=(0.8, -0.2, -0.8))  # fmt: skip
        _crossed(s, end, 0.32, ahead, up)
        s.trunk.to(end, 0.5, bend=0.05)
        s.look(start + 0.3, "world", (0.0, 3.0, s.body.eye_height_m))
    with s.phase("hold", s.number("hold_s") * (1.35 if again else 1.0)) as (start, end):
        middle = 0.5 * (start + end)
        if again:
            for hand in (s.right, s.left):
                hand.go(middle - 0.02, 0.26, "chest", (0.19, s.body.chest_front_m + ahead + 0.02, up - 0.02),
                        palm=(-0.5, 0.7, 0.1), fingers=(0.15, 0.2, 0.95), elbow=(0.8, -0.1, -0.8))  # fmt: skip
            _crossed(s, middle + 0.25, 0.26, ahead + 0.02, up + 0.01, "decelerate")
            s.trunk.to(middle + 0.25, 0.3, bend=0.10)
        else:
            _crossed(s, middle, 0.4, ahead + 0.05 * s.amplitude, up + 0.01)
        for k in range(int((end - start) / 0.3)):
            s.head.to(start + 0.3 * (k + 1), 0.3, turn=shake * (1.0 if k % 2 else -1.0))
    with s.phase("lower", 0.8) as (start, end):
        for late, hand in enumerate((s.right, s.left)):
            hand.go(start + 0.25, 0.25, "chest", (0.16, s.body.chest_front_m + ahead + 0.02, up - 0.06), elbow=(0.8, -0.2, -0.8))
            hand.rest(end + 0.05 * late, 0.65)
            hand.fingers(end, 0.5, "relaxed")
        s.head.to(end, 0.5, turn=0.0)
        s.trunk.to(end, 0.6, bend=0.0)


CROSS_HANDS_IN_FRONT = Action(
    name="cross_hands_in_front",
    caption="crosses {possessive} arms to an X in front of {possessive} chest",
    choreography=_cross,
    phases=("cross", "hold", "lower"),
    params={
        "shape": Choice(("flat", "fist"), (0.65, 0.35)),
        "times": Range(1, 2, whole=True),
        "hold_s": Range(1.35, 1.9),
        "ahead_m": Range(0.18, 0.30),
        "up_m": Range(-0.06, 0.08),
        "shake_rad": Range(0.10, 0.28),
    },
    wordings=(
        "holds {possessive} forearms crossed before {possessive} chest to say stop",
        "makes a cross with {possessive} hands: stop",
    ),
    aliases=("cross hands", "cross hands in front say stop", "crossing arms to an x"),
    tags=("gesture", "arms"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "cross_hands_in_front", "ntu120": "A040"},
)


def _flap_at(s: Score, end: float, duration: float, high: float) -> None:
    """The hand ahead of the elbow, palm down; `high` 1 at the top with the fingers hanging, -1 at the bottom with them up."""
    reach = s.number("reach_m") * s.amplitude
    at = (s.number("out"), s.number("ahead"), s.number("height") + 0.5 * high * reach / s.body.arm_m)
    droop = -0.42 * high * s.number("wrist")
    s.right.reach(end, duration, at, "swing", palm=(-0.15, droop, -1.0), fingers=(-0.1, 1.0, droop), elbow=(0.45, -0.5, -1.0))


def _flap(s: Score) -> None:
    """The forearm comes up level, palm down, and the hand flaps up and down from elbow and wrist, the fingers late; and down."""
    beat, flaps = s.number("beat_s"), int(s.number("flaps"))
    with s.phase("raise", 0.7) as (start, end):
        s.look(start + 0.3, "world", (0.3, 2.5, 0.9 * s.body.eye_height_m))
        s.right.fingers(end, 0.5, "flat")
        _flap_at(s, end, 0.7, 1.0)
        free_hand(s, s.left, s.option("free_hand"), end)
        s.trunk.to(end, 0.6, bend=0.04, twist=0.08)
    with s.phase("flap", beat * flaps) as (start, end):
        for k in range(flaps):
            low, top = start + beat * (k + 0.5), start + beat * (k + 1)
            _flap_at(s, low, 0.52 * beat, -1.0)
            _flap_at(s, top, 0.52 * beat, 1.0)
            s.trunk.to(low, 0.5 * beat, bend=0.07)
            s.trunk.to(top, 0.5 * beat, bend=0.03)
            s.head.to(low, 0.5 * beat, nod=0.06)
            s.head.to(top, 0.5 * beat, nod=0.0)
            s.right.fingers(low, 0.4 * beat, "push")
            s.right.fingers(top, 0.4 * beat, "clasp")
    with s.phase("lower", 0.75) as (_, end):
        s.right.rest(end, 0.7)
        s.right.fingers(end, 0.5, "relaxed")
        free_hand(s, s.left, "side", end)
        s.trunk.to(end, 0.6, bend=0.0, twist=0.0)
        s.look_ahead(end)


FLAPPING_A_HAND_UP_AND_DOWN = Action(
    name="flapping_a_hand_up_and_down",
    caption="flaps {possessive} {side} hand up and down",
    choreography=_flap,
    phases=("raise", "flap", "lower"),
    params={
        "beat_s": Range(0.42, 0.54),
        "flaps": Range(3, 4, whole=True),
        "reach_m": Range(0.16, 0.26),
        "wrist": Range(0.4, 0.9),
        "out": Range(0.0, 0.40),
        "ahead": Range(0.58, 0.80),
        "height": Range(-0.46, -0.22),
        "free_hand": Choice(("side", "hip"), (0.75, 0.25)),
    },
    wordings=("moves a level hand up and down before {reflexive}", "flaps a hand, palm down, to say that it is too much"),
    aliases=("flap hand", "flapping a hand", "slow down sign"),
    tags=("gesture", "arms"),
    acting=("right_hand",),
    taxonomy={"synapt150": "flapping_a_hand_up_and_down"},
)
