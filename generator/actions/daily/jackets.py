"""A jacket put on, one sleeve after the other, and taken off."""

from __future__ import annotations

import numpy as np

from ...motion.bending import let_go, pin
from ...motion.limbs import Hand
from ...motion.score import Score
from ...motion.timing import minimum_jerk
from ...values import Array
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S

LEAD, OTHER = ("right_upper_arm", "right_forearm", "right_hand"), ("left_upper_arm", "left_forearm", "left_hand")
"""A sleeve's parts, from its shoulder to its cuff."""

REST = ("head", "torso", "left_thigh", "right_thigh", "left_shin", "right_shin", "left_foot", "right_foot")
"""What of a jacket is no sleeve."""

GROW_S = 0.16
"""How long a part of the jacket takes to come on or off."""


# ---------------------------------------------------------------- putting on


def _put_on(s: Score) -> None:
    """Held by its collar, drawn up one arm to the shoulder, swung round the back, the other arm in, and settled."""
    _in_hand(s, s.left, START_S, 0.1)
    s.left.fingers(START_S, 0.1, "grip_thin")
    s.hold("jacket", START_S, "left")
    s.look(START_S + 0.2, "left_hand")
    with s.phase("reach_in", 0.95) as (start, end):
        _lead_arm(s, end - 0.2, 0.7)
        s.left.go(end + 0.05, 0.95, "right_hand", (0.0, -0.10, 0.03), palm=(0.2, 0.3, -0.9), elbow=(0.4, 0.5, -0.8))
        s.trunk.to(end, 0.7, twist=-0.10, bend=0.06)
    with s.phase("first_sleeve", s.number("sleeve_s")) as (start, end):
        _up_the_arm(s, start, end)
    with s.phase("swing_round", s.number("round_s")) as (start, end):
        _round_the_back(s, start, end)
    with s.phase("second_sleeve", s.number("sleeve_s") + 0.25) as (start, end):
        _other_arm_in(s, start, end)
    with s.phase("settle", 1.15) as (start, end):
        _settle(s, start, end)
    with s.phase("lower", 0.6) as (_, end):
        for hand, late in ((s.right, 0.0), (s.left, 0.06)):
            hand.rest(end + late, 0.7)
            hand.fingers(end, 0.5, "relaxed")


def _in_hand(s: Score, hand: Hand, end_s: float, duration_s: float) -> None:
    """A hand holds the jacket up by its collar, ahead and to its side."""
    hand.reach(end_s, duration_s, (0.12, 0.62, -0.10 + s.number("high")), palm=(-0.6, 0.0, -0.8), fingers=(-0.2, 0.95, 0.1),
               elbow=(0.7, -0.1, -0.9))  # fmt: skip


def _lead_arm(s: Score, end_s: float, duration_s: float) -> None:
    """The right arm stretched out for its sleeve, ahead and down."""
    s.right.reach(end_s, duration_s, (s.number("aside"), 0.62, -0.62), palm=(-1.0, 0.0, -0.2), elbow=(0.7, -0.6, -0.3))
    s.right.fingers(end_s, duration_s, "flat")


def _up_the_arm(s: Score, start: float, end: float) -> None:
    """The other hand draws the jacket up the stretched arm, over the elbow to the shoulder."""
    length = end - start
    s.look(start + 0.3, "right_hand")
    elbow, shoulder = start + 0.55 * length, end
    half, front = s.body.shoulder_half_m, s.body.chest_front_m
    s.left.go(elbow, 0.55 * length, "right_hand", (0.02, -0.85 * s.body.forearm_m, 0.09), elbow=(0.4, 0.6, -0.5))
    s.left.go(shoulder, 0.6 * length, "chest", (-(half - 0.01), 0.6 * front + 0.06, 0.07), palm=(0.0, -0.7, -0.7),
              fingers=(-0.8, 0.2, 0.4), elbow=(0.2, 0.9, -0.3))  # fmt: skip
    s.right.again(end, length, at=(s.number("aside") + 0.1, 0.78, -0.42))
    s.puts_on("outer", elbow - 0.02, GROW_S, LEAD[1:])
    s.puts_on("outer", shoulder - 0.05, GROW_S, LEAD[:1])
    s.trunk.to(end, length, twist=0.10)


def _round_the_back(s: Score, start: float, end: float) -> None:
    """From the sleeved shoulder the jacket swings across the back; the left hand lets go of it and goes back on its own side."""
    length = end - start
    half, behind = s.body.shoulder_half_m, -s.body.back_behind_m - 0.05
    s.stow("jacket", start)
    s.stow("back", -99.0, start)
    s.stow("back", end)

    def across(times: Array) -> Array:
        """The jacket's other shoulder, from beside the sleeved one to where it belongs."""
        way = minimum_jerk((times - start) / (0.8 * length))
        return np.stack([half - 0.10 - (2.0 * half - 0.12) * way, behind - 0.06 * np.sin(np.pi * way), 0.0 * way + 0.01], axis=-1)

    pin(s, "back", "top_right", "chest", (half - 0.01, behind, 0.02))
    pin(s, "back", "top_left", "chest", across)
    s.left.reach(start + 0.5 * length, 0.5 * length, (0.05, 0.42, -0.42), palm=(-0.7, -0.7, 0.0), elbow=(0.8, -0.4, -0.6))
    s.left.reach(end, 0.5 * length, (0.45, -0.05, -0.70), palm=(-0.6, 0.4, 0.0), elbow=(0.6, -0.8, 0.0))
    s.left.fingers(start + 0.3, 0.3, "flat")
    s.right.reach(end, length, (0.22, 0.50, -0.40), palm=(-0.9, -0.2, 0.0), elbow=(0.8, -0.5, -0.6))
    s.look(start + 0.5, "chest", (0.5, 0.0, -0.3))
    s.puts_on("outer", end + 0.06, GROW_S + 0.06, REST)
    s.trunk.to(start + 0.4 * length, 0.4 * length, twist=-0.22, bend=0.08)
    s.trunk.to(end, 0.6 * length, twist=0.10, bend=0.05)


def _other_arm_in(s: Score, start: float, end: float) -> None:
    """The left arm goes back and down behind the body for its sleeve, and straight down and out through it."""
    length, deep = end - start, s.number("deep")
    s.look(start + 0.4, "chest", (-0.6, -0.1, -0.5))
    s.left.reach(start + 0.5 * length, 0.5 * length, (0.30, -0.42 - deep, -0.50), palm=(-0.3, 0.8, -0.3),
                 fingers=(0.1, -0.5, -0.85), elbow=(0.6, -0.7, 0.5))  # fmt: skip
    s.left.reach(end, 0.55 * length, (0.62, 0.12, -0.70), palm=(-0.6, -0.2, -0.6), elbow=(0.5, -0.8, 0.0))
    s.trunk.to(start + 0.5 * length, 0.5 * length, twist=0.28, lean=-0.08)
    s.trunk.to(end, 0.5 * length, twist=-0.04, lean=0.0)
    s.puts_on("outer", start + 0.66 * length, GROW_S, OTHER[:1])
    s.puts_on("outer", start + 0.86 * length, GROW_S, OTHER[1:])
    front = s.body.chest_front_m
    s.right.touch(end - 0.2, 0.6 * length, "chest_front", (0.10, 0.05, -0.02), "chest", palm=(-0.2, -0.95, 0.0),
                  fingers=(-0.7, 0.1, 0.7), elbow=(0.8, 0.2 + front, -0.7))  # fmt: skip
    s.right.fingers(end, 0.4, "grip_thin")


def _settle(s: Score, start: float, end: float) -> None:
    """Both hands to the fronts, a shrug, and the fronts drawn together."""
    s.look_ahead(start + 0.5)
    for hand, late in ((s.right, 0.0), (s.left, 0.07)):
        _lapel(s, hand, start + 0.4 + late, 0.4, 0.105, -0.02)
        hand.fingers(start + 0.4, 0.3, "grip_thin")
        _lapel(s, hand, start + 0.75 + late, 0.3, 0.12, 0.02)
        _lapel(s, hand, end + late, 0.4, 0.045, -0.13)
    s.mode.to(start + 0.62, 0.25, shrug=s.number("shrug"))
    s.mode.to(start + 0.9, 0.3, shrug=0.0)


def _lapel(s: Score, hand: Hand, end_s: float, duration_s: float, out_m: float, up_m: float) -> None:
    """A hand at the jacket's front edge, `out_m` from the middle of the chest."""
    hand.touch(end_s, duration_s, "chest_front", (out_m, 0.055, up_m), "chest", palm=(-0.3, -0.95, 0.0),
               fingers=(-0.65, 0.05, 0.75), elbow=(0.9, 0.0, -0.7))  # fmt: skip


_PARAMS: dict[str, Range | Choice] = {
    "sleeve_s": Range(0.75, 0.98),
    "round_s": Range(0.75, 0.95),
    "high": Range(-0.08, 0.10),
    "aside": Range(0.10, 0.35),
    "deep": Range(-0.06, 0.08),
    "shrug": Range(0.12, 0.24),
}

PUTTING_ON_A_JACKET = Action(
    name="putting_on_a_jacket",
    caption="puts on a jacket",
    choreography=_put_on,
    phases=("reach_in", "first_sleeve", "swing_round", "second_sleeve", "settle", "lower"),
    params=dict(_PARAMS),
    props=tuple(PropUse(name, ("loose_jacket",), (0.95, 1.05), garment="outer") for name in ("jacket", "back")),
    wordings=("gets into a jacket, one sleeve after the other", "slips on a jacket and pulls it together in front"),
    aliases=("put on a jacket", "wear a jacket", "put on a coat"),
    tags=("daily", "arms", "object"),
    acting=("right_hand", "left_hand"),
    changes=("outer",),
    taxonomy={"synapt150": "putting_on_a_jacket", "ntu120": "A014"},
)

# ---------------------------------------------------------------- taking off


def _take_off(s: Score) -> None:
    """Drawn open and back off the shoulders, one hand pulls the other's sleeve off behind, then the other one off in front."""
    with s.phase("open", 0.9) as (start, end):
        for hand, late in ((s.right, 0.0), (s.left, 0.06)):
            _lapel(s, hand, start + 0.55 + late, 0.55, 0.07, -0.02)
            hand.fingers(start + 0.5, 0.4, "grip_thin")
            _lapel(s, hand, end + late, 0.3, 0.15, 0.03)
        s.look(start + 0.4, "chest", (0.0, 0.5, -0.3))
    with s.phase("bare", s.number("bare_s")) as (start, end):
        _off_the_shoulders(s, start, end)
    with s.phase("first_sleeve", s.number("sleeve_s")) as (start, end):
        _off_behind(s, start, end)
    with s.phase("second_sleeve", s.number("sleeve_s") + 0.45) as (start, end):
        _off_in_front(s, start, end)
    with s.phase("hold", 0.9) as (start, end):
        s.right.rest(end, 0.8)
        s.right.fingers(end, 0.5, "relaxed")
        s.left.reach(end, 0.8, (0.22, 0.45, -0.42 + s.number("high")), palm=(-0.6, 0.0, -0.8), fingers=(-0.1, 0.95, 0.0),
                     elbow=(0.6, -0.3, -0.9))  # fmt: skip
        s.trunk.to(end, 0.8, twist=0.0, bend=0.03)
        if s.option("after") == "drop":
            let_go(s, "jacket", "grip", end - 0.15)
            s.left.fingers(end - 0.05, 0.2, "flat")
            s.look(end + 0.1, "world", (-0.35, 0.35, 0.05))


def _off_the_shoulders(s: Score, start: float, end: float) -> None:
    """The hands throw the fronts open and go back and down behind; the jacket slides off the shoulders to the wrists."""
    length = end - start
    for hand, late in ((s.right, 0.0), (s.left, 0.05)):
        hand.reach(
            start + 0.45 * length + late, 0.45 * length, (0.62, 0.10, -0.42), palm=(-0.4, -0.5, -0.7), elbow=(0.8, -0.7, -0.2)
        )
        hand.reach(end + late, 0.6 * length, (0.16, -0.52 - s.number("deep"), -0.68), palm=(-0.9, 0.1, 0.2),
                   fingers=(0.0, -0.5, -0.85), elbow=(0.8, -0.6, 0.3))  # fmt: skip
        hand.fingers(end, 0.4, "grip_thin")
    s.mode.to(start + 0.4 * length, 0.35, shrug=-0.10)
    s.mode.to(end, 0.4, shrug=0.0)
    s.trunk.to(start + 0.45 * length, 0.4, bend=-0.08)
    s.trunk.to(end, 0.5, bend=0.10)
    bare = start + 0.62 * length
    s.takes_off("outer", bare, GROW_S, (LEAD[0], OTHER[0]))
    s.takes_off("outer", bare + 0.08, GROW_S, REST)
    s.stow("jacket", -99.0, bare - 0.02)
    pin(s, "jacket", "top", "chest", (0.0, -s.body.back_behind_m - 0.06, -0.12), width=0.9)
    let_go(s, "jacket", "top", bare - 0.02)
    for side in ("right", "left"):
        pin(s, "jacket", f"top_{side}", f"{side}_hand", (0.0, -0.09, 0.0), time_s=bare)


def _off_behind(s: Score, start: float, end: float) -> None:
    """Behind the back the right hand takes the left cuff, and the left arm is drawn out of it and comes to the front."""
    length = end - start
    meet = start + 0.4 * length
    behind = s.body.back_behind_m
    for hand, out, late in ((s.right, -0.01, 0.0), (s.left, 0.07, 0.03)):
        hand.go(meet + late, 0.4 * length, "pelvis", (out, -behind - 0.12, 0.02), palm=(-0.5, 0.7, 0.0),
                fingers=(-0.5, -0.1, -0.8), elbow=(0.9, -0.5, 0.2))  # fmt: skip
    pin(s, "jacket", "top_center", "right_hand", (0.0, 0.02, 0.0), time_s=meet)
    let_go(s, "jacket", "top_left", meet)
    s.takes_off("outer", meet + 0.22 * length, GROW_S, OTHER[1:])
    s.left.reach(end - 0.12 * length, 0.42 * length, (0.50, -0.10, -0.62), palm=(-0.8, 0.0, 0.2), elbow=(0.7, -0.7, -0.2))
    s.left.reach(end + 0.2 * length, 0.4 * length, (0.10, 0.50, -0.45), palm=(-0.9, -0.2, 0.0), elbow=(0.7, -0.5, -0.6))
    s.look(start + 0.4, "chest", (0.6, -0.1, -0.5))
    s.trunk.to(meet, 0.4 * length, twist=-0.18, bend=0.12)


def _off_in_front(s: Score, start: float, end: float) -> None:
    """The right arm comes forward with the jacket on its wrist; the left hand takes the cuff and pulls it off along the hand."""
    length = end - start
    meet = start + 0.55 * length
    s.right.reach(start + 0.25 * length, 0.28 * length, (0.55, -0.08, -0.62), palm=(-0.8, 0.0, 0.0), elbow=(0.8, -0.7, -0.2))
    s.right.reach(meet, 0.35 * length, (s.number("aside") - 0.05, 0.68, -0.38), palm=(-0.9, 0.0, -0.3), elbow=(0.7, -0.4, -0.7))
    s.look(meet - 0.1, "right_hand")
    s.left.reach(meet - 0.2 * length, 0.4 * length, (-0.22, 0.58, -0.32), palm=(-0.3, 0.1, -0.9), elbow=(0.5, 0.1, -0.9))
    s.left.go(meet, 0.3 * length, "right_hand", (0.0, -0.06, 0.05), palm=(0.2, 0.3, -0.9), elbow=(0.4, 0.4, -0.8))
    s.left.fingers(meet, 0.3, "grip_thin")
    for point in ("top_right", "top_center"):
        let_go(s, "jacket", point, meet - 0.01)
    s.hold("jacket", meet, "left")
    s.takes_off("outer", meet + 0.22 * length, GROW_S, LEAD[1:])
    s.right.fingers(meet + 0.2, 0.25, "flat")
    s.left.reach(end, 0.42 * length, (0.10, 0.74, -0.14 + s.number("high")), palm=(-0.6, 0.0, -0.8), fingers=(-0.2, 0.95, 0.1),
                 elbow=(0.7, -0.2, -0.9))  # fmt: skip
    s.right.reach(end, 0.42 * length, (0.20, 0.42, -0.45), palm=(-0.9, 0.0, -0.3), elbow=(0.7, -0.5, -0.7))
    s.trunk.to(meet, 0.5 * length, twist=0.08, bend=0.06)


TAKING_OFF_A_JACKET = Action(
    name="taking_off_a_jacket",
    caption="takes off a jacket",
    choreography=_take_off,
    phases=("open", "bare", "first_sleeve", "second_sleeve", "hold"),
    params={
        "sleeve_s": Range(0.8, 1.1),
        "bare_s": Range(0.8, 1.05),
        "high": Range(-0.08, 0.10),
        "aside": Range(0.10, 0.35),
        "deep": Range(-0.06, 0.08),
        "after": Choice(("hold", "drop"), (0.65, 0.35)),
    },
    props=(PropUse("jacket", ("loose_jacket",), (0.95, 1.05), garment="outer"),),
    wordings=(
        "slips a jacket off the shoulders and out of its sleeves",
        "gets out of {possessive} jacket, one sleeve after the other",
    ),
    aliases=("take off a jacket", "take off a coat", "undress a jacket"),
    tags=("daily", "arms", "object"),
    acting=("right_hand", "left_hand"),
    changes=("outer",),
    taxonomy={"synapt150": "taking_off_a_jacket", "ntu120": "A015"},
)
