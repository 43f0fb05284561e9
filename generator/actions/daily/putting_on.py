"""Things put on and taken off: a hat or cap, and glasses."""

from __future__ import annotations

from ...motion.limbs import Hand
from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S, free_hand

AHEAD, UP = (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)

# ---------------------------------------------------------------- hats


def _hat_over_head(s: Score, end_s: float, duration_s: float, up_m: float, ahead_m: float = 0.0) -> None:
    """The right hand has the hat this far above and ahead of where it sits."""
    s.right.bring(end_s, duration_s, "hat", "crown", "crown", at=(0.0, ahead_m, up_m), y_axis=(0.0, 1.0, -0.8 * up_m),
                  z_axis=(0.0, 0.8 * up_m, 1.0), elbow=(s.number("elbow_out"), 0.3, -0.6))  # fmt: skip


def _hat_low(s: Score, end_s: float, duration_s: float) -> None:
    """The hat before the belly in the right hand, its opening down."""
    ahead = s.body.belly_front_m + 0.20
    s.right.bring(end_s, duration_s, "hat", "crown", None, frame="chest", at=(0.10, ahead, -0.20 + s.number("low_m")),
                  y_axis=(-0.25, 1.0, 0.0), z_axis=(0.0, 0.1, 1.0), elbow=(0.6, -0.4, -0.8))  # fmt: skip


def _at_band(s: Score, hand: Hand, end_s: float, duration_s: float, away_m: float = 0.0) -> None:
    """A palm at the band of the hat that sits on the head, or `away_m` beside it."""
    hand.touch(
        end_s,
        duration_s,
        f"{hand.side}_ear",
        (0.015 + away_m, 0.0, 0.075),
        "head",
        palm=(-1.0, 0.0, 0.0),
        fingers=(0.0, 0.5, 0.87),
        elbow=(s.number("elbow_out"), 0.3, -0.6),
    )


def _put_on_hat(s: Score) -> None:
    """The hat goes up in one hand or both, over the crown and down on it; a tug, and the hands come down."""
    both = s.option("hands") == "both"
    s.hold("hat", START_S)
    s.right.fingers(START_S, 0.1, "cup")
    _hat_low(s, START_S, 0.1)
    free_hand(s, s.left, "side", START_S, 0.1)
    s.look(START_S + 0.2, "right_hand")
    rise = s.number("rise_m")
    with s.phase("raise", s.number("raise_s")) as (start, end):
        _hat_over_head(s, start + 0.55 * (end - start), 0.55 * (end - start), -0.06, 0.30)
        _hat_over_head(s, end, 0.55 * (end - start), rise, 0.05)
        if both:
            s.left.fingers(start + 0.5, 0.4, "cup")
            _before_shoulder(s.left, end - 0.45, 0.5)
            _at_band(s, s.left, end, 0.45, 0.08)
        s.head.to(end, 0.5, nod=s.number("nod"))
        s.look(end - 0.2, "travel", (0.0, 2.0, s.body.eye_height_m - 0.2))
    with s.phase("put_on", 0.6) as (start, end):
        _hat_over_head(s, end - 0.1, 0.5, 0.0)
        if both:
            _at_band(s, s.left, end - 0.06, 0.5)
        s.wear("hat", "head", landmark="crown", time_s=end)
        s.contact("right_palm", "hat", 0.0, end)
    with s.phase("adjust", 0.65) as (start, end):
        for hand in (s.right, s.left) if both else (s.right,):
            _at_band(s, hand, start + 0.2, 0.2, 0.0)
            hand.again(start + 0.45, 0.2, at=(0.015, 0.012, 0.06))
        s.head.to(end, 0.6, nod=0.0)
    with s.phase("lower", 0.85) as (start, end):
        _hands_down(s, start, end, both)


def _hands_down(s: Score, start: float, end: float, both: bool) -> None:
    for hand, late in ((s.right, 0.0), (s.left, 0.07)):
        if hand is s.right or both:
            _before_shoulder(hand, start + 0.42 + late, 0.42)
            hand.rest(end + 0.12 + late, 0.7)
            hand.fingers(end, 0.5, "relaxed")
    s.look_ahead(end, 0.5)


def _before_shoulder(hand: Hand, end_s: float, duration_s: float) -> None:
    """On its way between head and side a hand passes before its shoulder, the forearm up."""
    hand.reach(
        end_s, duration_s, (0.12, 0.52, 0.02), fingers=(-0.15, 0.45, 0.85), palm=(-1.0, 0.0, -0.1), elbow=(0.6, -0.2, -1.0)
    )


def _take_off_hat(s: Score) -> None:
    """A hand goes to the hat that sits on the head, lifts it off and brings it down before the belly."""
    both = s.option("hands") == "both"
    s.wear("hat", "head", landmark="crown", time_s=START_S)
    for hand in (s.right, s.left):
        free_hand(s, hand, "side", START_S, 0.1)
    with s.phase("raise", s.number("raise_s")) as (start, end):
        for hand, late in ((s.right, 0.0), (s.left, 0.06)):
            if hand is s.right or both:
                hand.fingers(end - 0.2, 0.4, "cup")
                _before_shoulder(hand, end - 0.42 + late, 0.5)
        _hat_over_head(s, end - 0.02, 0.42, 0.0)
        if both:
            _at_band(s, s.left, end, 0.4)
        s.head.to(end, 0.5, nod=s.number("nod"))
    with s.phase("take_off", 0.6) as (start, end):
        s.hold("hat", start)
        _hat_over_head(s, end, 0.52, s.number("rise_m"), 0.06)
        if both:
            _before_shoulder(s.left, end, 0.5)
            s.left.rest(end + 0.7, 0.7)
            s.left.fingers(end + 0.4, 0.5, "relaxed")
        s.contact("right_palm", "hat", start, end + 1.0)
    with s.phase("lower", 1.0) as (start, end):
        _hat_over_head(s, start + 0.45, 0.5, -0.08, 0.30)
        _hat_low(s, end, 0.6)
        s.head.to(end, 0.6, nod=0.05)
        s.look(start + 0.5, "right_hand")


_HAT: dict[str, Range | Choice] = {
    "hands": Choice(("both", "one"), (0.5, 0.5)),
    "raise_s": Range(0.8, 1.15),
    "rise_m": Range(0.08, 0.16),
    "nod": Range(-0.02, 0.2),
    "elbow_out": Range(0.6, 1.2),
    "low_m": Range(-0.08, 0.06),
}

PUT_ON_A_HAT_CAP = Action(
    name="put_on_a_hat_cap",
    caption="puts on a hat",
    choreography=_put_on_hat,
    phases=("raise", "put_on", "adjust", "lower"),
    params=dict(_HAT),
    props=(PropUse("hat", ("hat",), (1.02, 1.1)),),
    wordings=("puts a hat on {possessive} head", "sets a hat on {possessive} head and straightens it"),
    aliases=("put on a hat", "put on a cap", "putting on a hat"),
    tags=("daily", "arms", "object"),
    acting=("right_hand",),
    taxonomy={"synapt150": "put_on_a_hat_cap", "ntu120": "A020"},
)

TAKE_OFF_A_HAT_CAP = Action(
    name="take_off_a_hat_cap",
    caption="takes off a hat",
    choreography=_take_off_hat,
    phases=("raise", "take_off", "lower"),
    params=dict(_HAT),
    props=(PropUse("hat", ("hat",), (1.02, 1.1)),),
    wordings=("takes a hat off {possessive} head", "lifts a hat off {possessive} head and lowers it"),
    aliases=("take off a hat", "take off a cap", "taking off a hat"),
    tags=("daily", "arms", "object"),
    acting=("right_hand",),
    taxonomy={"synapt150": "take_off_a_hat_cap", "ntu120": "A021"},
)

# ---------------------------------------------------------------- glasses


def _glasses_at_face(s: Score, end_s: float, duration_s: float, away_m: float, down_m: float = 0.0) -> None:
    """The glasses in the right hand, level before the eyes, this far ahead of where they sit."""
    s.right.bring(end_s, duration_s, "glasses", "nose", "nose", at=(0.0, away_m, -down_m), y_axis=AHEAD, z_axis=UP,
                  elbow=(s.number("elbow_out"), 0.1, -1.0))  # fmt: skip


def _glasses_low(s: Score, end_s: float, duration_s: float) -> None:
    """The glasses before the chest, looked at."""
    ahead = max(s.body.chest_front_m, s.body.belly_front_m) + 0.26
    s.right.bring(end_s, duration_s, "glasses", "nose", None, frame="chest", at=(-0.02, ahead, -0.10 + s.number("low_m")),
                  y_axis=(-0.1, 1.0, 0.1), z_axis=(0.0, -0.1, 1.0), elbow=(0.5, -0.2, -1.0))  # fmt: skip


def _at_left_hinge(s: Score, end_s: float, duration_s: float, away_m: float, out_m: float = 0.0) -> None:
    """The left hand's fingertips at the other hinge of the glasses that are (or come) before the face."""
    out, back, up = (float(value) for value in s.props["glasses"].frames["left_hinge"][:3, 3])
    at = (out + 0.064 + out_m, 0.012 - back + away_m, up - 0.036)
    s.left.touch(end_s, duration_s, "nose", at, "head", palm=(-1.0, 0.0, -0.15), fingers=(-0.15, -0.25, 0.95),
                 elbow=(s.number("elbow_out"), 0.1, -1.0))  # fmt: skip


def _put_on_glasses(s: Score) -> None:
    """The glasses come up from before the chest to the eyes, in one hand or both, and are pushed home on the nose."""
    both = s.option("hands") == "both"
    s.hold("glasses", START_S)
    s.right.fingers(START_S, 0.1, "pinch")
    _glasses_low(s, START_S, 0.1)
    free_hand(s, s.left, "side", START_S, 0.1)
    s.look(START_S + 0.2, "right_hand")
    with s.phase("raise", s.number("raise_s")) as (start, end):
        _glasses_at_face(s, end, 0.85 * (end - start), s.number("away_m"), 0.02)
        if both:
            s.left.fingers(start + 0.5, 0.4, "pinch")
            _at_left_hinge(s, end, 0.75, s.number("away_m"))
        s.head.to(end, 0.5, nod=s.number("nod"))
        s.look(end - 0.2, "travel", (0.0, 2.0, s.body.eye_height_m - 0.15))
    with s.phase("put_on", 0.6) as (start, end):
        _glasses_at_face(s, end - 0.08, 0.5, 0.0)
        if both:
            _at_left_hinge(s, end - 0.05, 0.5, 0.0)
        s.wear("glasses", "head", landmark="nose", time_s=end)
        s.contact("right_middle3", "glasses", 0.0, end)
    with s.phase("push_home", 0.55) as (start, end):
        s.head.to(end, 0.5, nod=0.0)
        if s.option("push") == "finger":
            s.right.fingers(start + 0.2, 0.2, "point")
            s.right.touch(
                start + 0.22,
                0.22,
                "nose",
                (0.0, 0.04, 0.03),
                "head",
                effector="index_tip",
                fingers=(-0.45, -0.65, 0.6),
                palm=(-0.6, -0.5, -0.6),
                elbow=(0.7, 0.1, -1.0),
            )
            s.right.again(start + 0.4, 0.18, at=(0.0, 0.014, 0.034))
    with s.phase("lower", 0.85) as (start, end):
        for hand, late in ((s.right, 0.0), (s.left, 0.07)):
            if hand is s.right or both:
                hand.reach(start + 0.3 + late, 0.3, (0.15, 0.55, -0.05), fingers=(-0.3, 0.1, 0.95), palm=(-0.9, -0.3, 0.0))
                hand.rest(end + 0.1 + late, 0.7)
                hand.fingers(end, 0.5, "relaxed")
        s.look_ahead(end, 0.5)


def _take_off_glasses(s: Score) -> None:
    """Fingers take the temples of the glasses on the nose, draw them off forward and bring them down before the chest."""
    both = s.option("hands") == "both"
    s.wear("glasses", "head", landmark="nose", time_s=START_S)
    for hand in (s.right, s.left):
        free_hand(s, hand, "side", START_S, 0.1)
    with s.phase("raise", s.number("raise_s")) as (start, end):
        s.right.reach(end - 0.35, 0.6, (0.15, 0.55, -0.05), fingers=(-0.3, 0.1, 0.95), palm=(-0.9, -0.3, 0.0))
        s.right.fingers(end - 0.1, 0.4, "pinch")
        _glasses_at_face(s, end - 0.02, 0.4, 0.0)
        if both:
            s.left.fingers(end - 0.1, 0.4, "pinch")
            _at_left_hinge(s, end, 0.7, 0.0)
        s.head.to(end, 0.5, nod=s.number("nod"))
    with s.phase("take_off", 0.6) as (start, end):
        s.hold("glasses", start)
        _glasses_at_face(s, end, 0.55, s.number("away_m"), 0.01)
        if both:
            _at_left_hinge(s, start + 0.4, 0.4, 0.6 * s.number("away_m"), 0.02)
            s.left.rest(end + 0.6, 0.8)
            s.left.fingers(end + 0.4, 0.5, "relaxed")
        s.contact("right_middle3", "glasses", start, end + 1.0)
    with s.phase("lower", 1.0) as (start, end):
        _glasses_low(s, end, 0.9)
        s.head.to(end, 0.6, nod=0.08)
        s.look(start + 0.5, "right_hand")


_GLASSES: dict[str, Range | Choice] = {
    "hands": Choice(("both", "one"), (0.6, 0.4)),
    "raise_s": Range(0.8, 1.15),
    "away_m": Range(0.09, 0.16),
    "nod": Range(0.0, 0.2),
    "elbow_out": Range(0.3, 0.9),
    "low_m": Range(-0.08, 0.06),
}

PUT_ON_GLASSES = Action(
    name="put_on_glasses",
    caption="puts on glasses",
    choreography=_put_on_glasses,
    phases=("raise", "put_on", "push_home", "lower"),
    params={**_GLASSES, "push": Choice(("finger", "none"), (0.6, 0.4))},
    props=(PropUse("glasses", ("glasses",), (0.95, 1.15)),),
    wordings=("puts a pair of glasses on", "sets glasses on {possessive} nose"),
    aliases=("put on spectacles", "putting on glasses"),
    tags=("daily", "arms", "object"),
    acting=("right_hand",),
    taxonomy={"synapt150": "put_on_glasses", "ntu120": "A018"},
)

TAKE_OFF_GLASSES = Action(
    name="take_off_glasses",
    caption="takes off glasses",
    choreography=_take_off_glasses,
    phases=("raise", "take_off", "lower"),
    params=dict(_GLASSES),
    props=(PropUse("glasses", ("glasses",), (0.95, 1.15)),),
    wordings=("takes {possessive} glasses off", "draws glasses off {possessive} nose"),
    aliases=("take off spectacles", "taking off glasses"),
    tags=("daily", "arms", "object"),
    acting=("right_hand",),
    taxonomy={"synapt150": "take_off_glasses", "ntu120": "A019"},
)
