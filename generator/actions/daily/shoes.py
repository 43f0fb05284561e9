"""A shoe put on and taken off, sitting on a stool with one leg over the other or standing on one leg."""

from __future__ import annotations

from ...motion.limbs import Hand
from ...motion.score import Score
from ..action import Action, PropUse, Range
from ..poses import START_S, carry_over, pelvis_at
from ..postures.seats import seat_for, seated

FOOT = ("right_foot", "right_shin")
"""What of the shoes is the right one, which is a thing of its own while it is not worn."""


def _settle(s: Score) -> None:
    """On the stool, the trunk upright, the hands on the thighs."""
    seat = seat_for(s, "stool", 0.0)
    s.stand("stool", (0.0, seat.middle_m), time_s=START_S)
    s.mode.to(START_S, 0.1, seated=1.0, balance=0.0, reach=0.0)
    seated(s, seat, START_S, 0.1, 0.05)
    s.trunk.to(START_S, 0.1, bend=0.12)


def _ahead_m(s: Score) -> float:
    """How far ahead of where the feet stood the lifted foot's ankle is: where bent over it hands get round the shoe."""
    return 0.07 + 0.08 * s.body.leg_m


def _foot_up(s: Score, end_s: float, duration_s: float) -> None:
    """The right foot lifted before the stool, its knee out and drawn up, where the hands reach it."""
    high = s.number("foot_up") * s.body.leg_m
    carry_over(s.right_foot, end_s, duration_s, 0.03)
    s.right_foot.reach(
        end_s,
        duration_s,
        (0.02, _ahead_m(s), high),
        frame="world",
        unit="m",
        toes=(0.15, 0.97, 0.12),
        instep=(0.0, -0.12, 0.97),
        knee=(s.number("knee_out"), 0.5, 0.9),
    )
    s.trunk.to(end_s, duration_s, bend=s.number("bend"), twist=-0.06)
    pelvis_at(s, end_s, duration_s, pitch=0.52)


def _foot_down(s: Score, end_s: float, duration_s: float) -> None:
    s.right_foot.place(end_s, duration_s, (s.body.stance_out_m, 0.04), toe_out_rad=0.15)
    s.trunk.to(end_s, duration_s, bend=0.12, twist=0.0)
    pelvis_at(s, end_s, duration_s, pitch=0.05)


def _at_shoe(s: Score, end_s: float, duration_s: float, along_m: float, apart_m: float = 0.0) -> None:
    """A hand on each side of the foot, fingers ahead and down; `along_m` ahead of the ankle."""
    frame = "world"
    high = s.number("foot_up") * s.body.leg_m
    ahead = _ahead_m(s)
    for hand, late, out in ((s.right, 0.0, 0.02 + 0.045), (s.left, 0.04, 0.045 - 0.02)):
        hand.go(end_s + late, duration_s, frame, (out + apart_m, ahead + along_m, high - 0.035), palm=(-0.95, -0.1, 0.25),
                fingers=(-0.05, 0.75, -0.65), elbow=(0.8, -0.3, 0.1))  # fmt: skip
        hand.fingers(end_s, duration_s, "cup")


def _on_foot(s: Score, time_s: float) -> None:
    """The shoe goes with the right foot, its origin on the sole under the ankle."""
    s.wear("shoe", "right_foot", (0.0, 0.0, -s.body.ankle_height_m), time_s=time_s)


def _put_on_shoe(s: Score) -> None:
    """Bent down to the shoe on the floor: it is taken up, drawn over the lifted foot, and the foot set down in it."""
    _settle(s)
    _thighs(s, START_S, 0.1)
    high = s.number("foot_up") * s.body.leg_m - s.body.ankle_height_m
    ahead, beside = _ahead_m(s), 0.02
    spot = (beside + 0.01, ahead + s.number("apart_m") + 0.04)
    s.stand("shoe", spot, height_m=0.014, time_s=START_S)
    with s.phase("take", 1.0) as (start, end):
        s.look(start + 0.2, "world", (*spot, 0.05))
        s.trunk.to(end - 0.1, 0.85, bend=0.95)
        pelvis_at(s, end - 0.1, 0.85, pitch=0.60)
        for hand, late, out in ((s.right, 0.0, beside + 0.05), (s.left, 0.05, 0.05 - beside)):
            _past_knee(hand, start + 0.42 + late, 0.36)
            hand.go(
                end - 0.08 + late,
                0.5,
                "world",
                (out, spot[1] - 0.02, 0.075),
                palm=(-0.95, -0.1, 0.25),
                fingers=(-0.05, 0.6, -0.8),
                elbow=(0.8, -0.3, 0.1),
            )
            hand.fingers(end, 0.5, "cup")
    with s.phase("lift", 0.9) as (start, end):
        s.move("shoe", end, 0.85, (beside, ahead + 0.13), height_m=high - 0.05)
        _foot_up(s, end, 0.85)
        _at_shoe(s, end, 0.85, 0.13)
        s.contact("right_palm", "shoe", start, end + s.number("pull_s") - 0.08)
    with s.phase("pull_on", s.number("pull_s")) as (start, end):
        s.move("shoe", end - 0.1, end - start - 0.1, (beside, ahead), height_m=high)
        _at_shoe(s, end - 0.1, end - start - 0.1, -0.03)
        s.right_foot.again(end - 0.1, end - start - 0.1, y_axis=(0.15, 0.95, -0.10), z_axis=(0.0, 0.10, 0.95))
        _on_foot(s, end)
        s.puts_on("shoe", end, 0.04, FOOT)
        s.stow("shoe", end)
        s.trunk.to(end, 0.5, bend=s.number("bend") - 0.1)
    with s.phase("set_down", 1.0) as (start, end):
        _foot_down(s, end - 0.1, 0.85)
        for hand in (s.right, s.left):
            _past_knee(hand, end - 0.4, 0.45)
        _thighs(s, end, 0.4)
        s.look(start + 0.4, "world", (0.1, 0.2, 0.0))


def _thighs(s: Score, end_s: float, duration_s: float) -> None:
    for hand, late in ((s.right, 0.0), (s.left, 0.06)):
        hand.touch(end_s + late, duration_s, f"{hand.side}_kneecap", (-0.005, -0.13, 0.06), "world", palm=(0.0, 0.1, -1.0),
                   fingers=(-0.25, 1.0, -0.05), elbow=(0.7, -0.8, -0.1))  # fmt: skip


def _past_knee(hand: Hand, end_s: float, duration_s: float) -> None:
    """On its way between thigh and foot a hand passes outside its knee."""
    hand.touch(end_s, duration_s, f"{hand.side}_kneecap", (0.10, 0.04, 0.08), "world", palm=(-0.7, 0.1, -0.7),
               fingers=(-0.2, 0.9, -0.4), elbow=(0.8, -0.6, 0.0))  # fmt: skip


def _take_off_shoe(s: Score) -> None:
    """The foot comes up to the hands, which draw the shoe off forward and put it down on the floor."""
    _settle(s)
    _thighs(s, START_S, 0.1)
    _on_foot(s, START_S)
    high = s.number("foot_up") * s.body.leg_m - s.body.ankle_height_m
    ahead, beside = _ahead_m(s), 0.02
    spot = (beside + 0.05, ahead + s.number("apart_m") + 0.02)
    with s.phase("reach", 1.0) as (start, end):
        s.look(start + 0.3, "world", (beside, ahead, high))
        _foot_up(s, end - 0.1, 0.85)
        for hand in (s.right, s.left):
            _past_knee(hand, start + 0.45, 0.4)
        _at_shoe(s, end, 0.55, -0.03)
    with s.phase("pull_off", s.number("pull_s")) as (start, end):
        s.stow("shoe", -99.0, start)
        s.takes_off("shoe", start + 0.04, 0.04, FOOT)
        s.move("shoe", end, end - start, (beside, ahead + 0.15), height_m=high - 0.04)
        _at_shoe(s, end, end - start, 0.12)
        s.contact("right_palm", "shoe", start + 0.05, end + 0.6)
    with s.phase("put_down", 1.0) as (start, end):
        s.move("shoe", end - 0.2, 0.8, spot, height_m=0.014)
        for hand, late, out in ((s.right, 0.0, spot[0] + 0.06), (s.left, 0.0, 0.06 - spot[0])):
            hand.go(
                end - 0.2 + late,
                0.8,
                "world",
                (out, spot[1] - 0.02, 0.075),
                palm=(-0.95, -0.1, 0.25),
                fingers=(-0.05, 0.6, -0.8),
                elbow=(0.8, -0.3, 0.1),
            )
        s.trunk.to(end - 0.2, 0.7, bend=0.95)
        pelvis_at(s, end - 0.2, 0.7, pitch=0.60)
        s.right_foot.place(end, 0.8, (s.body.stance_out_m + 0.05, -0.03), toe_out_rad=0.15)
    with s.phase("rise", 0.85) as (start, end):
        s.trunk.to(end, 0.8, bend=0.12, twist=0.0)
        pelvis_at(s, end, 0.8, pitch=0.05)
        for hand in (s.right, s.left):
            _past_knee(hand, end - 0.35, 0.45)
        _thighs(s, end, 0.38)
        s.look_ahead(end, 0.5)


_PARAMS = {
    "foot_up": Range(0.36, 0.46),
    "bend": Range(0.8, 0.98),
    "pull_s": Range(0.7, 1.1),
    "apart_m": Range(0.14, 0.22),
    "knee_out": Range(0.2, 0.6),
}

PUT_ON_A_SHOE = Action(
    name="put_on_a_shoe",
    caption="puts on a shoe, sitting on a stool",
    choreography=_put_on_shoe,
    phases=("take", "lift", "pull_on", "set_down"),
    params=dict(_PARAMS),
    props=(PropUse("shoe", ("shoe",), (0.95, 1.05), garment="shoe"), PropUse("stool", ("stool",), (0.9, 1.1))),
    wordings=("sits on a stool and puts {possessive} shoe on", "takes a shoe from the floor and draws it onto {possessive} foot"),
    aliases=("put on a shoe", "putting on shoes", "wear a shoe"),
    tags=("daily", "object"),
    acting=("right_hand", "right_foot"),
    changes=("shoe",),
    taxonomy={"synapt150": "put_on_a_shoe", "ntu120": "A016"},
)

TAKE_OFF_A_SHOE = Action(
    name="take_off_a_shoe",
    caption="takes off a shoe, sitting on a stool",
    choreography=_take_off_shoe,
    phases=("reach", "pull_off", "put_down", "rise"),
    params=dict(_PARAMS),
    props=(PropUse("shoe", ("shoe",), (0.95, 1.05), garment="shoe"), PropUse("stool", ("stool",), (0.9, 1.1))),
    wordings=("sits on a stool and takes {possessive} shoe off", "draws a shoe off {possessive} foot and puts it on the floor"),
    aliases=("take off a shoe", "taking off shoes"),
    tags=("daily", "object"),
    acting=("right_hand", "right_foot"),
    changes=("shoe",),
    taxonomy={"synapt150": "take_off_a_shoe", "ntu120": "A017"},
)
