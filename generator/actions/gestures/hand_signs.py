"""Signs that the fingers make: a thumb up, a ring of thumb and index."""

from __future__ import annotations

from ...motion.limbs import Hand
from ...motion.score import Score, Vector
from ..action import Action, Choice, Range
from ..poses import free_hand


def _nods(s: Score, start: float, end: float) -> None:
    """The head agrees, the trunk with it a little."""
    for k in range(int(s.number("nods"))):
        s.head.to(start + 0.2 + 0.4 * k, 0.2, nod=0.16)
        s.head.to(start + 0.4 + 0.4 * k, 0.2, nod=0.0)
        s.trunk.to(start + 0.25 + 0.4 * k, 0.25, bend=0.06)
        s.trunk.to(start + 0.45 + 0.4 * k, 0.25, bend=0.02)
    s.trunk.to(end + 0.3, 0.5, bend=0.0)


def _hold_out(s: Score, hand: Hand, end: float, duration: float, further: float, ease: str = "smooth") -> None:
    """The fist before the shoulder, knuckles ahead, the thumb up; `further` arm lengths out towards who looks."""
    at: Vector = (s.number("out"), s.number("ahead") + further, s.number("height"))
    hand.reach(end, duration, at, ease, palm=(-1.0, 0.12, 0.0), fingers=(-0.10, 1.0, 0.12), elbow=(0.5, -0.5, -0.9))


def _thumb(s: Score) -> None:
    """A fist comes up before the chest, the thumb springs up, the hand is pushed out with it, once or twice; a nod."""
    hands = (s.right, s.left) if s.option("hands") == "both" else (s.right,)
    with s.phase("raise", 0.75) as (start, end):
        s.look(start + 0.3, "world", (0.0, 3.0, s.body.eye_height_m))
        for late, hand in enumerate(hands):
            hand.fingers(end - 0.25, 0.4, "fist")
            hand.fingers(end + 0.05, 0.2, "thumb_up")
            _hold_out(s, hand, end + 0.06 * late, 0.7, -0.26)
        s.trunk.to(end, 0.6, lean=-0.03, twist=0.05)
    with s.phase("hold", s.number("hold_s")) as (start, end):
        for k in range(int(s.number("pushes"))):
            for late, hand in enumerate(hands):
                at = start + 0.22 + 0.45 * k + 0.04 * late
                _hold_out(s, hand, at, 0.2, 0.14 * s.amplitude, "decelerate")
                _hold_out(s, hand, at + 0.25, 0.25, -0.06)
        _nods(s, start, end)
    with s.phase("lower", 0.75) as (_, end):
        for late, hand in enumerate(hands):
            hand.rest(end + 0.05 * late, 0.7)
            hand.fingers(end, 0.5, "relaxed")
        s.trunk.to(end, 0.6, lean=0.0, twist=0.0)


THUMBS_UP = Action(
    name="thumbs_up",
    caption="gives a thumbs up",
    choreography=_thumb,
    phases=("raise", "hold", "lower"),
    params={
        "hands": Choice(("one", "both"), (0.75, 0.25)),
        "hold_s": Range(1.4, 2.1),
        "pushes": Range(2, 3, whole=True),
        "nods": Range(1, 2, whole=True),
        "out": Range(0.10, 0.34),
        "ahead": Range(0.70, 0.80),
        "height": Range(-0.20, 0.02),
    },
    wordings=("holds a thumb up in approval", "raises {possessive} thumb to say well done"),
    aliases=("thumb up", "thumbs-up sign"),
    tags=("gesture", "arms"),
    acting=("right_hand",),
    taxonomy={"ntu120": "A069"},
)


def _ok(s: Score) -> None:
    """The hand rises beside the face, thumb and index close to a ring turned to be seen; it is bobbed once or twice; nods."""
    at: Vector = (s.number("out"), s.number("ahead"), s.number("height"))
    palm, elbow = (-0.85, 0.5, 0.0), (0.7, -0.1, -0.9)
    with s.phase("raise", 0.75) as (start, end):
        s.look(start + 0.3, "world", (0.0, 3.0, s.body.eye_height_m))
        s.right.fingers(end - 0.2, 0.45, "flat")
        s.right.fingers(end + 0.05, 0.25, "ok")
        s.right.reach(end, 0.7, at, palm=palm, fingers=(0.1, 0.0, 1.0), elbow=elbow)
        s.trunk.to(end, 0.6, lean=0.04)
        s.head.to(end, 0.6, tilt=0.12)
        free_hand(s, s.left, s.option("free_hand"), end)
    with s.phase("hold", s.number("hold_s")) as (start, end):
        for k in range(int(s.number("shakes"))):
            low: Vector = (at[0], at[1] + 0.04, at[2] - 0.14 * s.amplitude)
            s.right.again(start + 0.25 + 0.46 * k, 0.2, "decelerate", at=low)
            s.right.again(start + 0.47 + 0.46 * k, 0.22, at=at)
        _nods(s, start, end)
    with s.phase("lower", 0.75) as (_, end):
        s.right.rest(end, 0.7)
        s.right.fingers(end, 0.5, "relaxed")
        s.trunk.to(end, 0.6, lean=0.0)
        s.head.to(end, 0.6, tilt=0.0)
        free_hand(s, s.left, "side", end)


OK_SIGN = Action(
    name="ok_sign",
    caption="makes an okay sign with {possessive} {side} hand",
    choreography=_ok,
    phases=("raise", "hold", "lower"),
    params={
        "hold_s": Range(1.5, 2.2),
        "shakes": Range(1, 2, whole=True),
        "nods": Range(1, 2, whole=True),
        "out": Range(0.32, 0.52),
        "ahead": Range(0.28, 0.42),
        "height": Range(0.16, 0.36),
        "free_hand": Choice(("side", "hip"), (0.7, 0.3)),
    },
    wordings=("closes thumb and index to a ring to say okay", "shows an okay sign"),
    aliases=("ok", "okay sign", "make ok sign"),
    tags=("gesture", "arms"),
    acting=("right_hand",),
    taxonomy={"ntu120": "A071"},
)
