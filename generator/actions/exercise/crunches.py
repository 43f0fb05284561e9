"""Standing on one leg with the trunk at work: a knee hugged to the chest, an elbow brought to the opposite knee."""

from __future__ import annotations

from ...motion.limbs import Foot, Hand
from ...motion.score import Score
from ..action import Action, Choice, Range
from .lifting import both_rest, lift_knee, set_down


def _hug_knee(s: Score) -> None:
    """The knee comes up, both hands take the shin below it and draw it to the chest; held; let down again."""
    out = 0.9 * s.body.stance_out_m
    feet = (s.right_foot, s.left_foot) if s.option("legs") == "both" else (s.right_foot,)
    hold = s.number("hold_s") * (0.45 if len(feet) == 2 else 1.0)
    with s.phase("set", 0.25):
        pass
    for foot in feet:
        side = 1.0 if foot.side == "right" else -1.0
        with s.phase("lift", s.number("lift_s")) as (start, end):
            length = end - start
            s.look(start + 0.4, "world", (0.1 * side, 1.2, 0.8 * s.body.pelvis_height_m))
            lift_knee(s, foot, end, 0.8 * length, 1.75, 0.5)
            s.pelvis.to(start + 0.45 * length, 0.45 * length, right=-0.03 * side)
            s.trunk.to(end, 0.8 * length, bend=0.22)
            for hand in (s.right, s.left):
                late = 0.03 if hand.side == "left" else 0.0
                _ahead_of_shin(hand, foot, end - 0.05 + late, 0.75 * length)
        with s.phase("draw", 0.5) as (start, end):
            for hand in (s.right, s.left):
                _on_shin(hand, foot, start + (0.28 if hand.side == foot.side else 0.33), 0.36)
            lift_knee(s, foot, end + 0.1, 0.45, s.number("thigh_rad") * s.amplitude**0.2, s.number("shin_rad"))
            s.pelvis.to(end, 0.45, pitch=-0.12)
            s.trunk.to(end, 0.45, bend=s.number("bend_rad"))
            s.look(end, "world", (0.0, 4.0, 0.9 * s.body.eye_height_m))
        with s.phase("hold", hold) as (start, end):
            for hand in (s.right, s.left):
                s.contact(f"{hand.side}_palm", f"{foot.side}_knee", start, end)
            _pulse(s, foot, start, end)
        with s.phase("lower", 0.75) as (start, end):
            for hand in (s.right, s.left):
                hand.rest(start + 0.5 + (0.05 if hand.side == "left" else 0.0), 0.5)
                hand.fingers(start + 0.2, 0.2, "relaxed")
            set_down(s, foot, end, 0.65, (out, 0.0))
            s.pelvis.to(end + 0.1, 0.6, pitch=0.0, right=0.0)
            s.trunk.to(end + 0.1, 0.6, bend=0.0)
    with s.phase("stop", 0.25):
        pass


def _pulse(s: Score, foot: Foot, start: float, end: float) -> None:
    """Drawn a little closer now and then, as one breathes out."""
    at, pull = start + 0.45, s.number("pulse_rad")
    thigh = s.number("thigh_rad") * s.amplitude**0.2
    while at + 0.3 < end:
        lift_knee(s, foot, at, 0.3, thigh + pull, s.number("shin_rad"))
        lift_knee(s, foot, at + 0.35, 0.35, thigh, s.number("shin_rad"))
        at += 0.8


def _ahead_of_shin(hand: Hand, foot: Foot, end: float, duration: float) -> None:
    """Both hands on their way, ahead of the knee and clear of it."""
    near = hand.side == foot.side
    at = (0.07, 0.14, -0.06) if near else (0.10, 0.12, -0.08)
    palm, fingers = (-0.6, -0.8, 0.0), (-0.4, 0.7, -0.5)
    hand.touch(end, duration, f"{foot.side}_kneecap", at, "pelvis", palm=palm, fingers=fingers)
    hand.fingers(end, duration, "cup")


def _on_shin(hand: Hand, foot: Foot, end: float, duration: float) -> None:
    """A palm on the shin just below the kneecap, fingers across it; the two lie one above the other."""
    near = hand.side == foot.side
    at = (0.035, 0.025, -0.06) if near else (0.03, 0.045, -0.105)
    hand.touch(end, duration, f"{foot.side}_kneecap", at, "pelvis", palm=(-0.35, -0.9, 0.2), fingers=(-0.9, 0.35, 0.1),
               elbow=(0.8, -0.4, -0.6))  # fmt: skip
    hand.fingers(end, duration, "clasp")


KNEE_TO_CHEST = Action(
    name="knee_to_chest",
    caption="stands on one leg and hugs the other knee to {possessive} chest with both hands",
    choreography=_hug_knee,
    phases=("set", "lift", "draw", "hold", "lower", "stop"),
    params={
        "lift_s": Range(0.6, 0.8),
        "hold_s": Range(1.1, 1.8),
        "thigh_rad": Range(2.05, 2.4),
        "shin_rad": Range(0.1, 0.7),
        "bend_rad": Range(0.08, 0.3),
        "pulse_rad": Range(0.0, 0.18),
        "legs": Choice(("one", "both"), (0.65, 0.35)),
    },
    wordings=("draws a knee up to {possessive} chest and holds it there, standing",),
    aliases=("knee to chest stretch", "hugging a knee", "standing knee hug", "knee hug"),
    tags=("exercise", "legs", "stretching"),
    taxonomy={"synapt150": "knee_to_chest"},
)


def _crunch(s: Score) -> None:
    """Hands behind the head; a knee comes up as the trunk bends and turns to bring the opposite elbow to it; and again."""
    reps, beat = int(s.number("reps")), s.number("beat_s")
    out = s.body.stance_out_m * s.number("width")
    for foot in (s.right_foot, s.left_foot):
        foot.place(0.0, 0.0, (out, 0.0))
    with s.phase("set", 0.75) as (_, end):
        for hand, late in ((s.right, 0.0), (s.left, 0.05)):
            hand.reach(end - 0.35 + late, 0.35, (0.72, 0.42, 0.05), "away", effector="wrist")
            _behind_head(s, hand, end + 0.02 + late, 0.4)
    for k in range(reps):
        first = (k % 2 == 0) == (s.option("first") == "near")
        foot, hand = (s.right_foot, s.left) if first else (s.left_foot, s.right)
        side = 1.0 if first else -1.0
        with s.phase("crunch", 0.52 * beat) as (_, end):
            down = 0.46 * beat
            lift_knee(s, foot, end, down, s.number("thigh_rad"), 0.2, knee=(-0.4, 1.0, 0.5), out=-0.12)
            s.pelvis.to(end, down, pitch=0.10, yaw=-0.20 * side, roll=-0.05 * side)
            s.trunk.to(end, down, bend=s.number("bend_rad") * s.amplitude**0.3, twist=-s.number("twist_rad") * side,
                       lean=0.22 * side)  # fmt: skip
            s.head.to(end, down, nod=0.15)
            _behind_head(s, hand, end, down, forward=1.0)
            s.look(end - 0.1, "world", (0.25 * side, 0.8, 0.6 * s.body.pelvis_height_m))
        with s.phase("open", 0.48 * beat) as (_, end):
            up = 0.44 * beat
            set_down(s, foot, end - 0.03, up, (out, 0.0))
            s.pelvis.to(end, up, pitch=0.0, yaw=0.0, roll=0.0)
            s.trunk.to(end, up, bend=0.0, twist=0.0, lean=0.0)
            s.head.to(end, up, nod=0.0)
            _behind_head(s, hand, end, up)
            s.look_ahead(end - 0.1)
    with s.phase("stop", 0.6) as (_, end):
        both_rest(s, end - 0.06, 0.55)


def _behind_head(s: Score, hand: Hand, end: float, duration: float, forward: float = 0.0) -> None:
    """A palm behind the head, the elbow out, or by `forward` of 1 straight ahead."""
    near = s.option("hands") == "ears"
    at = (0.085, -0.05, 0.05) if near else (0.045, -0.12 - 0.02 * (hand.side == "left"), 0.04)
    hand.go(end, duration, "head", at, palm=(-0.4, 0.9, 0.0) if near else (0.1, 1.0, 0.0), fingers=(-0.8, -0.1, 0.45),
            elbow=(1.0 - 0.75 * forward, -0.1 + forward, -0.25 * forward))  # fmt: skip
    hand.fingers(end, 0.8 * duration, "cup")


STANDING_OPPOSITE_ELBOW_TO_KNEE_CRUNCH = Action(
    name="standing_opposite_elbow_to_knee_crunch",
    caption="stands with the hands behind the head and brings each elbow to the opposite knee",
    choreography=_crunch,
    phases=("set", "crunch", "open", "stop"),
    params={
        "reps": Range(2, 3, whole=True),
        "beat_s": Range(0.95, 1.2),
        "thigh_rad": Range(2.0, 2.3),
        "bend_rad": Range(0.85, 1.15),
        "twist_rad": Range(0.65, 0.9),
        "width": Range(1.0, 1.5),
        "hands": Choice(("behind", "ears"), (0.65, 0.35)),
        "first": Choice(("near", "far")),
    },
    wordings=("does standing crunches, opposite elbow to knee",),
    aliases=("standing crunch", "elbow to knee", "standing bicycle crunch", "opposite elbow to knee crunch"),
    tags=("exercise", "legs", "trunk"),
    taxonomy={"synapt150": "standing_opposite_elbow_to_knee_crunch"},
)
