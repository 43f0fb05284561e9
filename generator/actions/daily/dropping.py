"""Something slips out of the hand and falls to the floor."""

from __future__ import annotations

from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S, free_hand, shift_weight


def _drop(s: Score) -> None:
    """Held idly, it slips and falls; the hand starts after it, eyes and head follow it down; a hand to the mouth, or a shrug."""
    s.hold("thing", START_S)
    s.right.fingers(START_S, 0.1, "grip")
    _carry(s, START_S, 0.1, 0.0)
    free_hand(s, s.left, s.option("free_hand"), START_S, 0.1)
    with s.phase("hold", s.number("hold_s")) as (start, end):
        right = s.number("gaze_right")
        s.look(start + 0.3, "travel", (right, 2.0, s.body.eye_height_m - 0.1), duration_s=0.4)
        shift_weight(s, start, end, 1.0)
        _carry(s, end - 0.05, end - start, 1.0)
        s.contact("right_palm", "thing", -60.0, end)
    with s.phase("drop", 0.85) as (start, end):
        out = s.number("slip_mps")
        s.throw("thing", start, (0.35 * out, out, -0.1), spin_radps=s.number("spin_radps"))
        s.right.fingers(start + 0.06, 0.10, "relaxed")
        s.right.fingers(start + 0.22, 0.12, "flat")
        s.look(start + s.real(0.42), "world", _landing(s), duration_s=s.real(0.34))
        s.mode.to(start + 0.35, 0.2, jaw=s.number("gasp_rad"), shrug=0.10)
        _start_after(s, start)
    with s.phase("react", s.number("react_s")) as (start, end):
        _react(s, start, end)
        s.mode.to(start + 0.6, 0.4, jaw=0.0, shrug=0.0)


def _carry(s: Score, end_s: float, duration_s: float, late: float) -> None:
    """The thing before the body, sinking a little as the grip slackens."""
    at = (0.10, 0.50, s.number("height") - 0.06 * late)
    s.right.reach(end_s, duration_s, at, palm=(-0.95, 0.0, 0.25), fingers=(-0.15, 1.0, 0.0), elbow=(0.5, -0.5, -0.8))


def _landing(s: Score) -> tuple[float, float, float]:
    """Where the floor is met, about: what is looked at."""
    ahead = 0.30 + 0.5 * s.number("slip_mps")
    return s.body.shoulder_half_m + 0.05, ahead, 0.05


def _start_after(s: Score, start: float) -> None:
    """The hand grabs after it in vain, or is drawn back; the trunk follows the eyes."""
    if s.option("answer") == "grab":
        low = (0.06, 0.62, s.number("height") - 0.42)
        s.right.reach(
            start + s.real(0.36), s.real(0.22), low, palm=(-0.3, 0.1, -0.95), fingers=(-0.1, 0.9, -0.4), elbow=(0.6, -0.5, -0.6)
        )
        s.trunk.to(start + s.real(0.42), 0.30, bend=s.number("bend_rad") + 0.12)
        s.pelvis.to(start + s.real(0.42), 0.30, up=-0.05, pitch=0.12)
    else:
        high = (0.18, 0.40, -0.30)
        s.right.reach(start + 0.40, 0.26, high, palm=(-0.2, 0.9, -0.3), fingers=(0.1, 0.4, 0.9), elbow=(0.7, -0.5, -0.6))
        s.trunk.to(start + 0.30, 0.22, bend=-0.05)
        s.trunk.to(start + 0.70, 0.35, bend=s.number("bend_rad"))
    if s.option("answer") == "back":
        out = s.body.stance_out_m
        s.right_foot.step(start + 0.62, 0.30, (out * 1.1, -0.17), lift_m=0.06)
        s.pelvis.to(start + 0.62, 0.34, forward=-0.05)


def _react(s: Score, start: float, end: float) -> None:
    """What is done about it: a hand to the mouth, both palms turned up, or hands on the thighs to look closer."""
    s.look(start + 0.3, "world", _landing(s), duration_s=0.3)
    after = s.option("after")
    if after == "mouth":
        palm, fingers = (-0.25, -1.0, 0.0), (-0.7, 0.0, 0.7)
        s.left.touch(start + 0.35, 0.45, "mouth", (0.01, 0.035, -0.01), palm=palm, fingers=fingers, elbow=(0.6, 0.2, -0.9))
        s.left.fingers(start + 0.3, 0.3, "cup")
        s.right.rest(end, 0.8)
    elif after == "palms":
        for hand, late in ((s.right, 0.0), (s.left, 0.06)):
            at = (0.34, 0.34, -0.48)
            hand.reach(start + 0.45 + late, 0.45, at, palm=(0.1, 0.2, 0.95), fingers=(0.45, 0.85, 0.1), elbow=(0.5, -0.7, -0.5))
            hand.fingers(start + 0.4, 0.3, "flat")
        s.mode.to(start + 0.4, 0.3, shrug=0.25)
        s.head.to(start + 0.6, 0.4, tilt=0.14)
    else:
        s.right.rest(end, 0.8)
        s.head.to(start + 0.35, 0.3, turn=0.15)
        s.head.to(start + 0.70, 0.3, turn=-0.12)  # shakes the head over it
        s.head.to(end, 0.3, turn=0.0)
    s.right.fingers(end, 0.5, "relaxed")
    s.trunk.to(end, 0.6, bend=0.6 * s.number("bend_rad"))
    s.pelvis.to(end, 0.6, up=0.0, pitch=0.0)


DROPPING = Action(
    name="dropping",
    caption="drops a {thing} from {possessive} {side} hand",
    wordings=("lets a {thing} slip out of {possessive} {side} hand and looks after it",),
    choreography=_drop,
    phases=("hold", "drop", "react"),
    params={
        "hold_s": Range(0.7, 1.1),
        "react_s": Range(0.9, 1.3),
        "height": Range(-0.46, -0.18),
        "slip_mps": Range(0.05, 0.45),
        "spin_radps": Range(1.5, 6.0),
        "gaze_right": Range(-0.9, 0.9),
        "gasp_rad": Range(0.05, 0.20),
        "bend_rad": Range(0.10, 0.32),
        "answer": Choice(("grab", "start", "back"), (0.35, 0.35, 0.3)),
        "after": Choice(("mouth", "palms", "look"), (0.35, 0.35, 0.3)),
        "free_hand": Choice(("side", "hip"), (0.75, 0.25)),
    },
    props=(PropUse("thing", ("bottle", "can", "cup", "book", "phone", "remote", "bag"), (0.95, 1.15)),),
    aliases=("drop", "dropping something", "drop something", "letting something fall"),
    tags=("daily", "arms", "object"),
    acting=("right_hand",),
    taxonomy={"synapt150": "dropping", "ntu120": "A005"},
)
