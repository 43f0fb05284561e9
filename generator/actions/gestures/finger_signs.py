"""Signs that the fingers make, and counting with them: a thumb down, two fingers for victory, one to five."""

from __future__ import annotations

from ...motion.limbs import Hand
from ...motion.score import Score, Vector
from ..action import Action, Choice, Range
from ..poses import free_hand

COUNTS = ("point", "scissors", "three", "four", "flat")
"""A hand that shows one to five."""


def _thumb_at(s: Score, hand: Hand, end: float, duration: float, low: float, ease: str = "smooth") -> None:
    """The fist held out before the shoulder, its thumb towards the floor: the whole arm is turned in, the elbow out."""
    at: Vector = (s.number("out"), s.number("ahead"), s.number("height") - low)
    hand.reach(end, duration, at, ease, palm=(0.95, 0.30, 0.0), fingers=(-0.30, 0.95, 0.0), elbow=(1.0, 0.0, -0.5))


def _thumb_down(s: Score) -> None:
    """A fist comes up, turns over until its thumb points at the floor, is pushed down with it; the head says no."""
    hands = (s.right, s.left) if s.option("hands") == "both" else (s.right,)
    with s.phase("raise", 0.8) as (start, end):
        s.look(start + 0.3, "world", (0.0, 3.0, s.body.eye_height_m))
        for late, hand in enumerate(hands):
            hand.fingers(start + 0.4, 0.3, "fist")
            hand.fingers(end, 0.25, "thumb_up")
            hand.reach(
                start + 0.45, 0.45, (0.25, 0.50, -0.25), palm=(0.1, 0.2, -1.0), fingers=(-0.4, 0.9, 0.1), elbow=(0.9, -0.2, -0.3)
            )
            _thumb_at(s, hand, end + 0.06 * late, 0.4, -0.04)
        s.trunk.to(end, 0.6, lean=0.04)
        s.head.to(end, 0.5, tilt=0.06, nod=0.04)
    with s.phase("hold", s.number("hold_s")) as (start, end):
        for k in range(int(s.number("pushes"))):
            for late, hand in enumerate(hands):
                _thumb_at(s, hand, start + 0.24 + 0.5 * k + 0.04 * late, 0.2, 0.18 * s.amplitude, "decelerate")
                _thumb_at(s, hand, start + 0.52 + 0.5 * k + 0.04 * late, 0.26, 0.03)
        for k in range(int((end - start) / 0.3)):
            s.head.to(start + 0.3 * (k + 1), 0.3, turn=s.number("shake_rad") * (1.0 if k % 2 else -1.0))
    with s.phase("lower", 0.8) as (_, end):
        for late, hand in enumerate(hands):
            hand.rest(end + 0.05 * late, 0.75)
            hand.fingers(end, 0.5, "relaxed")
        s.trunk.to(end, 0.6, lean=0.0)
        s.head.to(end, 0.5, turn=0.0, tilt=0.0, nod=0.0)


THUMB_DOWN = Action(
    name="thumb_down",
    caption="gives a thumbs down",
    choreography=_thumb_down,
    phases=("raise", "hold", "lower"),
    params={
        "hands": Choice(("one", "both"), (0.75, 0.25)),
        "hold_s": Range(1.4, 2.1),
        "pushes": Range(2, 3, whole=True),
        "shake_rad": Range(0.12, 0.30),
        "out": Range(0.02, 0.26),
        "ahead": Range(0.80, 0.92),
        "height": Range(-0.26, 0.0),
    },
    wordings=("points a thumb at the floor in disapproval", "shows a thumb pointing down"),
    aliases=("thumbs down", "thumbs_down", "thumbs-down sign"),
    tags=("gesture", "arms"),
    acting=("right_hand",),
    taxonomy={"ntu120": "A070"},
)


def _victory(s: Score) -> None:
    """The hand comes up beside the face or out to the side, two fingers spring up, it is held, perhaps tipped to and fro."""
    hands = (s.right, s.left) if s.option("hands") == "both" else (s.right,)
    at: Vector = (s.number("out"), s.number("ahead"), s.number("height"))
    with s.phase("raise", 0.75) as (start, end):
        s.look(start + 0.3, "world", (0.0, 3.0, s.body.eye_height_m))
        for late, hand in enumerate(hands):
            hand.fingers(end - 0.2, 0.4, "fist")
            hand.fingers(end + 0.06, 0.22, "scissors")
            hand.reach(end + 0.05 * late, 0.7, at, palm=(0.0, 1.0, 0.0), fingers=(0.15, 0.1, 1.0), elbow=(0.7, -0.2, -0.9))
        s.head.to(end, 0.6, tilt=s.number("tilt_rad"))
        s.trunk.to(end, 0.6, lean=0.4 * s.number("tilt_rad"))
    with s.phase("hold", s.number("hold_s")) as (start, end):
        for k in range(int(s.number("tips"))):
            for late, hand in enumerate(hands):
                hand.again(start + 0.28 + 0.6 * k + 0.04 * late, 0.26, y_axis=(0.15 + 0.35 * s.amplitude, 0.2, 1.0))
                hand.again(start + 0.58 + 0.6 * k + 0.04 * late, 0.28, y_axis=(0.10, 0.1, 1.0))
    with s.phase("lower", 0.75) as (_, end):
        for late, hand in enumerate(hands):
            hand.rest(end + 0.05 * late, 0.7)
            hand.fingers(end, 0.5, "relaxed")
        s.head.to(end, 0.6, tilt=0.0)
        s.trunk.to(end, 0.6, lean=0.0)


VICTORY_SIGN = Action(
    name="victory_sign",
    caption="makes a victory sign",
    choreography=_victory,
    phases=("raise", "hold", "lower"),
    params={
        "hands": Choice(("one", "both"), (0.75, 0.25)),
        "hold_s": Range(1.2, 2.0),
        "tips": Range(1, 2, whole=True),
        "out": Range(0.10, 0.45),
        "ahead": Range(0.30, 0.50),
        "height": Range(0.10, 0.42),
        "tilt_rad": Range(-0.18, 0.14),
    },
    wordings=("holds up two fingers for victory", "shows a peace sign with two raised fingers"),
    aliases=("make victory sign", "peace sign", "v sign"),
    tags=("gesture", "arms"),
    acting=("right_hand",),
    taxonomy={"ntu120": "A072"},
)


def _count(s: Score) -> None:
    """A hand before the chest: a finger more at every beat, each with a small push; or the other index taps finger after
    finger."""
    taps, beat, n = s.option("how") == "taps", s.number("beat_s"), int(s.number("up_to"))
    at: Vector = (s.number("out"), s.number("ahead"), s.number("height"))
    at = (at[0], at[1], at[2] - 0.16) if taps else at
    palm: Vector = (-0.25, -0.95, 0.1) if s.option("palm") == "own" or taps else (-0.1, 1.0, 0.0)
    with s.phase("raise", 0.75) as (start, end):
        s.right.fingers(end, 0.5, "planted" if taps else "fist")
        s.right.reach(end, 0.7, at, palm=palm, fingers=(-0.2, 0.15, 1.0), elbow=(0.5, -0.4, -0.9))
        s.look(start + 0.4, "right_hand", (0.0, 0.05, 0.0))
        s.head.to(end, 0.5, nod=0.08)
        if taps:
            s.left.fingers(end, 0.5, "point")
            s.left.reach(
                end, 0.7, (0.05, 0.52, at[2] - 0.1), palm=(-0.6, 0.3, -0.6), fingers=(-0.6, 0.5, 0.4), elbow=(0.7, -0.3, -0.8)
            )
        else:
            free_hand(s, s.left, s.option("free_hand"), end)
    with s.phase("count", beat * n) as (start, end):
        for k in range(n):
            when = start + beat * k
            if taps:
                _tap_finger(s, k, when, beat)
            else:
                s.right.fingers(when + 0.22, 0.2, COUNTS[k])
            s.right.again(when + 0.20, 0.18, "decelerate", at=(at[0], at[1] + 0.09 * s.amplitude, at[2] - 0.05))
            s.right.again(when + 0.45, 0.24, at=at)
            s.head.to(when + 0.22, 0.2, nod=0.16)
            s.head.to(when + 0.45, 0.22, nod=0.06)
            s.mode.to(when + 0.15, 0.12, jaw=0.14)
            s.mode.to(when + 0.35, 0.15, jaw=0.02)
    with s.phase("lower", 0.8) as (start, end):
        s.look_ahead(start + 0.5)
        s.head.to(end, 0.5, nod=0.0)
        s.right.rest(end, 0.7)
        free_hand(s, s.left, "side", end + 0.04)
        for hand in (s.right, s.left):
            hand.fingers(end, 0.5, "relaxed")


def _tap_finger(s: Score, k: int, when: float, beat: float) -> None:
    """The left index to the tip of finger number k of the right hand, and off it."""
    mark, aside = (
        ("right_thumb_tip", 0.0),
        ("right_index_tip", 0.0),
        ("right_middle_tip", 0.0),
        ("right_middle_tip", 0.022),
        ("right_middle_tip", 0.045),
    )[k]
    down = -0.008 * (k - 2) if k > 2 else 0.0
    palm, fingers, elbow = (-0.2, -0.9, -0.3), (-0.90, 0.15, -0.35), (0.8, -0.7, 0.4)
    for end, length, off in ((when + 0.22, 0.24, 0.012), (when + 0.22 + 0.4 * beat, 0.3 * beat, 0.06)):
        s.left.touch(
            end, length, mark, (aside, down, off), "right_hand", fingers=fingers, palm=palm, elbow=elbow, effector="index_tip"
        )
    s.contact("left_index_tip", mark, when + 0.20, when + 0.27) if k < 3 else None


COUNTING_ON_FINGERS = Action(
    name="counting_on_fingers",
    caption="counts on {possessive} fingers",
    choreography=_count,
    phases=("raise", "count", "lower"),
    params={
        "how": Choice(("raises", "taps"), (0.6, 0.4)),
        "up_to": Range(4, 5, whole=True),
        "beat_s": Range(0.52, 0.72),
        "palm": Choice(("own", "other")),
        "out": Range(-0.05, 0.22),
        "ahead": Range(0.48, 0.62),
        "height": Range(-0.20, 0.08),
        "free_hand": Choice(("side", "hip"), (0.65, 0.35)),
    },
    wordings=("counts, finger after finger", "goes through a list on {possessive} fingers"),
    aliases=("finger counting", "counting with fingers", "count fingers"),
    tags=("gesture", "arms"),
    acting=("right_hand",),
)
