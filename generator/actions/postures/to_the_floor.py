"""Down to the floor by oneself: kneeling, and sitting down on it."""

from __future__ import annotations

from ...motion.score import Score
from ..action import Action, Choice, Range
from ..poses import carry_over, lay_leg, pelvis_at
from .lying import hips_to_floor


def kneeling_height_m(s: Score) -> float:
    """The pelvis joint's height on upright thighs, the knees on the floor."""
    return s.body.thigh_m + s.body.knee_radius_m + s.body.hip_below_pelvis_m - 0.012


def _kneel(s: Score) -> None:
    """A foot goes back, that knee comes down behind the other foot, then the other one beside it; upright, on the heels,
    or on one."""
    one, out = s.option("on") == "one", 1.05 * s.body.hip_half_m
    hips, high = -0.10 * s.body.leg_m, kneeling_height_m(s)
    with s.phase("step", 0.6) as (start, end):
        s.look(start + 0.3, "world", (0.0, 1.0, 0.0))
        s.right_foot.step(end, 0.5, (s.body.stance_out_m, -0.42 * s.body.leg_m), lift_m=0.05)
        s.right_foot.heel.to(end + 0.1, 0.3, 0.7)
        s.pelvis.to(end, 0.5, forward=-0.12 * s.body.leg_m, up=-0.06 * s.body.leg_m)
        s.mode.to(end, 0.5, balance=0.0)
        s.trunk.to(end, 0.5, bend=0.12)
    with s.phase("lower", s.number("lower_s")) as (start, end):
        length = end - start
        s.mode.to(start + 0.3 * length, 0.3 * length, reach=0.0)
        pelvis_at(s, end, length, forward_m=hips, height_m=high)
        s.right_foot.heel.to(end, 0.3, 0.0)
        back = hips - 0.55 * s.body.shin_m
        carry_over(s.right_foot, start + 0.40 * length, 0.45 * length, 0.08)
        s.right_foot.reach(
            start + 0.45 * length, 0.45 * length, (out, back, 0.30 * s.body.leg_m), frame="world", unit="m", knee=(0.1, 1.0, -0.2)
        )
        s.right_foot.kneel(end, 0.52 * length, (out, hips + 0.03), height_m=s.body.knee_radius_m)
        s.left_foot.step(start + 0.6 * length, 0.5 * length, (s.body.stance_out_m, 0.30 * s.body.leg_m), lift_m=0.06)
        s.contact("right_knee", "floor", end, end + 1.5)
        _kneeling_hands(s, end, 0.8 * length, s.option("hands") if one else "thigh")
    if not one:
        with s.phase("second", 0.7) as (start, end):
            carry_over(s.left_foot, start + 0.30, 0.36, 0.10)
            s.left_foot.reach(
                start + 0.36, 0.36, (out, hips + 0.05, 0.30 * s.body.leg_m), frame="world", unit="m", knee=(0.1, 1.0, 0.2)
            )
            s.left_foot.kneel(end, 0.36, (out, hips + 0.03), height_m=s.body.knee_radius_m)
            s.contact("left_knee", "floor", end, end + 1.0)
            s.pelvis.to(start + 0.3, 0.3, roll=0.03)
            s.pelvis.to(end, 0.35, roll=0.0)
            _kneeling_hands(s, end, 0.6, s.option("hands"))
    with s.phase("kneel", s.number("stay_s")) as (start, end):
        s.trunk.to(start + 0.5, 0.6, bend=0.0)
        if s.option("hips") == "heels" and not one:
            back = hips - 0.62 * s.body.thigh_m
            pelvis_at(
                s, start + 0.7, 0.65, forward_m=back, height_m=0.62 * s.body.thigh_m * 0.6 + s.body.hip_below_pelvis_m + 0.05
            )
            s.trunk.to(start + 0.6, 0.6, bend=0.10)
        if s.option("eyes") == "down":
            s.head.to(start + 0.5, 0.5, nod=0.25)
        s.look(
            start + 0.4, "world", (0.0, 2.5, 0.3 if s.option("eyes") == "down" else 0.65 * s.body.eye_height_m), duration_s=0.5
        )


def _kneeling_hands(s: Score, end: float, duration: float, where: str) -> None:
    """Hands on the thighs, hanging, or folded before the chest."""
    for late, hand in enumerate((s.right, s.left)):
        if where == "thigh":
            hand.go(
                end + 0.06 * late,
                duration,
                "pelvis",
                (s.body.hip_half_m + 0.02, s.body.hip_radius_m + 0.07, -0.20 - s.body.hip_below_pelvis_m),
                palm=(0.0, -1.0, -0.1),
                fingers=(-0.2, 0.2, -1.0),
                elbow=(0.8, -0.5, -0.1),
            )
            hand.fingers(end, 0.4, "cup")
        elif where == "folded":
            hand.go(
                end + 0.04 * late,
                duration,
                "chest",
                (0.008, s.body.chest_front_m + 0.13, -0.12),
                palm=(-1.0, 0.0, 0.0),
                fingers=(0.0, 0.45, 0.9),
                elbow=(0.7, -0.3, -0.8),
            )
            hand.fingers(end, 0.4, "flat")
        else:
            hand.rest(end + 0.06 * late, duration)


KNEELING = Action(
    name="kneeling",
    caption="kneels down",
    choreography=_kneel,
    phases=("step", "lower", "second", "kneel"),
    params={
        "on": Choice(("both", "one"), (0.65, 0.35)),
        "hips": Choice(("upright", "heels"), (0.8, 0.2)),
        "hands": Choice(("thigh", "side", "folded"), (0.3, 0.25, 0.45)),
        "eyes": Choice(("ahead", "down")),
        "lower_s": Range(0.85, 1.25),
        "stay_s": Range(1.4, 2.2),
    },
    wordings=("goes down on {possessive} knees", "drops to {possessive} knees"),
    aliases=("kneel", "kneel down", "kneeling down", "going down on the knees"),
    tags=("posture", "floor", "legs"),
    acting=("right_foot", "left_foot"),
)


def _sit_on_floor(s: Score) -> None:
    """Down into a squat, a hand goes back to the floor, the seat comes down behind the feet; then the legs find their place."""
    hips, length = -0.26 * s.body.leg_m - 0.06, s.number("down_s")
    with s.phase("lower", length) as (start, end):
        _down(s, start, end, hips)
        s.contact("seat", "floor", end, end + 0.8 + s.number("sit_s"))
    with s.phase("settle", 0.9) as (start, end):
        _sitting_legs(s, start, end, hips)
        s.pelvis.to(end, 0.7, pitch=-0.18)
        s.trunk.to(end, 0.8, bend=s.number("slouch"), twist=0.0)
        s.mode.to(end, 0.5, gaze=1.0)
        s.look(end, "world", (0.3, 2.5, 0.4 * s.body.eye_height_m), duration_s=0.5)
        _sitting_hands(s, end, 0.75, hips)
    with s.phase("sit", s.number("sit_s")):
        pass


def _down(s: Score, start: float, end: float, hips: float) -> None:
    length = end - start
    hips_to_floor(s, start, end, hips)
    hands = (s.right, s.left) if s.option("support") == "both" else (s.right,)
    for late, hand in enumerate(hands):
        hand.go(
            end - 0.08 + 0.05 * late,
            0.75 * length,
            "world",
            (0.30, hips - 0.27, 0.0),
            palm=(0.0, 0.0, -1.0),
            fingers=(0.6, -0.8, 0.0),
            elbow=(0.5, -1.0, 0.0),
        )
        hand.fingers(end - 0.2, 0.4, "flat")
    if len(hands) == 1:
        s.left.go(
            end - 0.1,
            0.7 * length,
            "world",
            (0.34, hips + 0.36 * s.body.leg_m, 0.40 * s.body.leg_m),
            palm=(-0.6, -0.2, -0.8),
            fingers=(-0.2, 1.0, -0.1),
        )


def _sitting_legs(s: Score, start: float, end: float, hips: float) -> None:
    """Stretched out, crossed before the body, or drawn up."""
    legs, leg = s.option("legs"), s.body.leg_m
    length = end - start
    for k, foot in enumerate((s.right_foot, s.left_foot)):
        if legs == "stretched":
            lay_leg(s, foot, end - 0.1 + 0.12 * k, 0.75 * length, hips, 0.12 + 0.04 * k)
        elif legs == "crossed":
            carry_over(foot, end - 0.05 + 0.1 * k, 0.6 * length, 0.06)
            foot.reach(
                end - 0.05 + 0.1 * k,
                0.7 * length,
                (-0.10 + 0.03 * k, hips + (0.40 + 0.10 * k) * leg, 0.075),
                frame="world",
                unit="m",
                toes=(-0.75, 0.55, -0.1),
                instep=(0.5, 0.55, 0.65),
                knee=(1.0, 0.35, 0.25),
            )
        else:
            foot.step(end - 0.05 + 0.08 * k, 0.45 * length, (0.11, hips + (0.46 + 0.05 * k) * leg), lift_m=0.03)


def _sitting_hands(s: Score, end: float, duration: float, hips: float) -> None:
    """On the knees, or propped behind."""
    for late, hand in enumerate((s.right, s.left)):
        if s.option("hands") == "behind":
            hand.go(
                end + 0.05 * late,
                duration,
                "world",
                (0.30, hips - 0.26, 0.0),
                palm=(0.0, 0.0, -1.0),
                fingers=(0.7, -0.7, 0.0),
                elbow=(0.4, -1.0, 0.0),
            )
            hand.fingers(end, 0.4, "flat")
        else:
            hand.touch(
                end + 0.08 * late,
                duration,
                f"{hand.side}_kneecap",
                (0.0, -0.05, 0.055),
                "world",
                palm=(0.0, -0.1, -1.0),
                fingers=(-0.15, 1.0, -0.2),
                elbow=(0.8, -0.6, -0.1),
            )
            hand.fingers(end, 0.4, "cup")


SITTING_DOWN_ON_THE_FLOOR = Action(
    name="sitting_down_on_the_floor",
    caption="sits down on the floor",
    choreography=_sit_on_floor,
    phases=("lower", "settle", "sit"),
    params={
        "down_s": Range(1.3, 1.8),
        "support": Choice(("one", "both"), (0.6, 0.4)),
        "legs": Choice(("stretched", "crossed", "drawn_up"), (0.35, 0.35, 0.30)),
        "hands": Choice(("knees", "behind"), (0.6, 0.4)),
        "slouch": Range(0.10, 0.40),
        "sit_s": Range(0.7, 1.4),
    },
    wordings=("lowers {reflexive} to the floor and sits there", "takes a seat on the ground"),
    aliases=("sit on the floor", "sitting on the floor", "sitting down on the ground"),
    tags=("posture", "floor", "legs", "trunk"),
)
