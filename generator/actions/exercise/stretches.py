"""Stretches with the hands joined or pulling: overhead, of the upper back, of the deltoid."""

from __future__ import annotations

from math import cos, sin

from ...motion.score import Score
from ...motion.target import Vector
from ..action import Action, Choice, Range
from .moves import both, lower_both, of_length, stand_apart

GRASPED_M = 0.042
"""How far from the midline each palm is where the fingers are locked."""


def _joined(s: Score, end_s: float, duration_s: float, at: Vector, palm: Vector, fingers: Vector, elbow: Vector,
            ease: str = "smooth") -> None:  # fmt: skip
    """Both hands with their fingers locked at a point of the chest's axes, m."""
    for hand, sign in ((s.right, 1.0), (s.left, -1.0)):
        place = (GRASPED_M + sign * at[0], at[1] + 0.008 * sign, at[2])
        hand.go(end_s, duration_s, "chest", place, ease, palm=palm, fingers=fingers, elbow=elbow)
        hand.fingers(end_s, 0.5 * duration_s, "clasp")


def _overhead_stretching(s: Score) -> None:
    """The fingers lock before the belly, rise past the face, turn palms up and push at the ceiling; on tiptoe perhaps."""
    stand_apart(s)
    arm, ahead = s.body.arm_m, s.body.chest_front_m
    top = (0.0, s.number("ahead") * arm, 1.08 * arm)
    with s.phase("join", 0.65) as (start, end):
        _joined(s, end, 0.6, (0.0, ahead + 0.16, -0.42 * arm), (-0.5, -0.4, 0.7), (-0.8, 0.6, 0.0), (0.8, -0.4, -0.4))
        s.look(end, "world", (0.0, 3.0, 0.9 * s.body.eye_height_m))
    with s.phase("rise", s.number("rise_s")) as (start, end):
        rise_s = end - start
        face = (0.0, ahead + 0.30, 0.12)
        _joined(s, start + 0.5 * rise_s, 0.5 * rise_s, face, (-0.5, 0.6, 0.5), (-0.9, 0.3, 0.3), (0.9, 0.1, -0.4), "away")
        _joined(s, end, 0.5 * rise_s, top, (0.0, -0.15, 1.0), (-1.0, 0.0, 0.0), (0.9, 0.0, 0.3), "home")
        s.trunk.to(end, rise_s, bend=-s.number("arch_rad") * s.amplitude)
        s.mode.to(end, 0.6 * rise_s, shrug=0.12)
        s.look(end, "world", (0.0, 3.0, s.body.eye_height_m + s.number("look_up")))
        if s.option("heels") == "tiptoe":
            _tiptoe(s, end, 0.6, s.number("tiptoe_rad"))
    with s.phase("stretch", s.number("hold_s")) as (start, end):
        sway = s.number("sway_rad") * s.amplitude
        for k, share in enumerate((1.0, -1.0, 0.0)):
            s.trunk.to(start + (k + 1) * (end - start) / 3.0, 0.5 * (end - start), lean=sway * share)
    with s.phase("lower", s.number("lower_s")) as (start, end):
        down_s = end - start
        if s.option("heels") == "tiptoe":
            _tiptoe(s, end - 0.2, 0.6, 0.0)
        for hand, late in both(s):
            middle, way = start + 0.55 * down_s + late, of_length((0.98, 0.15, 0.1))
            hand.reach(middle, 0.5 * down_s, way, "away", palm=(0.0, 0.2, -1.0), fingers=way, effector="wrist")
        lower_both(s, end, 0.5 * down_s, "home")
        s.trunk.to(end, down_s, bend=0.0, lean=0.0)
        s.mode.to(end, down_s, shrug=0.0)
        s.look_ahead(end - 0.2)
    with s.phase("settle", 0.25):
        pass


def _tiptoe(s: Score, end_s: float, duration_s: float, rise_rad: float) -> None:
    """Both heels off the floor by an angle about the balls, and the body up with them."""
    for foot in (s.right_foot, s.left_foot):
        foot.heel.to(end_s, duration_s, rise_rad)
    rise_m = s.body.ball_ahead_m * sin(rise_rad)
    s.pelvis.to(end_s, duration_s, up=0.85 * rise_m, forward=0.55 * rise_m)


OVERHEAD_STRETCHING = Action(
    name="overhead_stretching",
    caption="stretches overhead with locked fingers, palms to the ceiling",
    wordings=(
        "joins both hands, pushes them up over the head and stretches the whole body",
        "stretches both arms straight up with the fingers interlaced",
    ),
    choreography=_overhead_stretching,
    phases=("join", "rise", "stretch", "lower", "settle"),
    params={
        "rise_s": Range(0.95, 1.2),
        "hold_s": Range(0.7, 1.2),
        "lower_s": Range(0.9, 1.15),
        "ahead": Range(-0.05, 0.12),
        "arch_rad": Range(0.02, 0.14),
        "sway_rad": Range(0.0, 0.1),
        "look_up": Range(0.0, 1.6),
        "heels": Choice(("flat", "tiptoe"), (0.55, 0.45)),
        "tiptoe_rad": Range(0.3, 0.6),
        "stance": Range(0.8, 1.8),
    },
    aliases=("overhead stretch", "stretching overhead", "stretching the arms overhead", "stretch up"),
    tags=("sport", "exercise", "stretch"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "overhead_stretching"},
)


def _upper_back_stretching(s: Score) -> None:
    """Locked hands are pushed far ahead, the upper back goes round and the head sinks between the arms."""
    stand_apart(s)
    arm, ahead, round_rad = s.body.arm_m, s.body.chest_front_m, s.number("round_rad") * s.amplitude
    below = s.number("below")
    palm_out = s.option("palms") == "out"
    palm: Vector = (0.0, 1.0, 0.1) if palm_out else (0.0, -1.0, 0.0)
    near = (0.0, ahead + 0.14, -0.3 * arm)
    # In the chest's axes: it bows with the back, and the arms stay about level in the room.
    level = 0.55 * round_rad - below
    far = (0.0, 1.25 * arm * cos(level), 1.25 * arm * sin(level))
    pulls = int(s.number("pushes"))
    with s.phase("join", 0.7) as (_, end):
        _joined(s, end, 0.65, near, (-0.7, -0.6, 0.0), (-0.8, 0.5, 0.1), (0.9, -0.2, -0.4))
        s.look(end, "chest", (0.0, 0.6, -0.2))
    for k in range(pulls):
        push_s, hold_s = s.number("push_s") * (1.0 if k == 0 else 0.7), s.number("hold_s")
        with s.phase("push", push_s) as (_, end):
            _joined(s, end, push_s, far, palm, (-1.0, 0.15, 0.0), (0.9, 0.0, 0.1))
            s.trunk.to(end + 0.1, push_s, bend=round_rad)
            s.pelvis.to(end + 0.1, push_s, forward=-0.10 * s.body.leg_m, pitch=-0.06, up=-0.012)
            s.head.to(end + 0.15, push_s, nod=s.number("chin_rad"))
        with s.phase("hold", hold_s):
            pass
        if k + 1 < pulls:
            with s.phase("ease", 0.5) as (_, end):
                back = (0.0, 0.66 * far[1], 0.66 * far[2] - 0.03)
                _joined(s, end, 0.5, back, palm, (-1.0, 0.15, 0.0), (0.9, 0.0, 0.1))
                s.trunk.to(end, 0.5, bend=0.35 * round_rad)
                s.pelvis.to(end, 0.5, forward=-0.03 * s.body.leg_m, pitch=0.0)
                s.head.to(end, 0.5, nod=0.2 * s.number("chin_rad"))
    with s.phase("lower", 0.9) as (start, end):
        for hand, late in both(s):
            before = (0.14, 0.82, -0.3)
            hand.reach(start + 0.45 + late, 0.45, before, "away", palm=(-0.8, 0.1, -0.5), fingers=(-0.1, 0.9, -0.1))
        lower_both(s, end, 0.5, "home")
        s.trunk.to(end, 0.8, bend=0.0)
        s.pelvis.to(end, 0.8, forward=0.0, pitch=0.0, up=0.0)
        s.head.to(end, 0.8, nod=0.0)
        s.look_ahead(end)


UPPER_BACK_STRETCHING = Action(
    name="upper_back_stretching",
    caption="stretches the upper back, pushing the joined hands far ahead and rounding the shoulders",
    wordings=(
        "locks the fingers, pushes both arms straight ahead and makes the upper back round",
        "rounds the back and reaches forward with clasped hands to stretch between the shoulder blades",
    ),
    choreography=_upper_back_stretching,
    phases=("join", "push", "hold", "ease", "lower"),
    params={
        "pushes": Range(1, 2, whole=True),
        "push_s": Range(0.75, 1.0),
        "hold_s": Range(0.45, 0.75),
        "round_rad": Range(0.42, 0.68),
        "below": Range(0.0, 0.25),
        "chin_rad": Range(0.25, 0.6),
        "palms": Choice(("out", "in"), (0.6, 0.4)),
        "stance": Range(0.8, 1.8),
    },
    aliases=("upper back stretch", "stretching the upper back", "rounding the upper back"),
    tags=("sport", "exercise", "stretch"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "upper_back_stretching"},
)


def _deltoid_stretching(s: Score) -> None:
    """The right arm goes straight across the chest; the left one hooks it above the elbow and draws it in."""
    stand_apart(s)
    arm, half = s.body.arm_m, s.body.shoulder_half_m
    rise = s.number("rise")
    gap = 0.62 + 0.1 * s.number("loose")

    def across(end: float, duration: float, pulled: float, ease: str = "smooth") -> None:
        """The stretched arm, and the hand of the other one outside its elbow, drawn in by a share `pulled`."""
        way = of_length((-0.9, gap - 0.3 * pulled, rise), 0.99)
        s.right.reach(end, duration, way, ease, palm=(-0.1, -1.0, 0.0), fingers=way, elbow=(0.3, 0.2, -1.0), effector="wrist")
        share = s.body.upper_arm_m / arm * (0.98 if s.option("hook") == "hand" else 1.12)
        at = (-half - share * arm * way[0], share * arm * way[1] + 0.062, share * arm * way[2] + 0.005)
        fingers = (-0.5, 0.15, 0.85) if s.option("hook") == "hand" else (-0.1, -0.2, 1.0)
        s.left.go(end + 0.03, duration, "chest", at, ease, palm=(-0.15, -1.0, 0.0), fingers=fingers, elbow=(0.35, 0.6, -1.0))

    with s.phase("cross", 0.75) as (start, end):
        s.right.reach(start + 0.4, 0.4, (0.15, 0.9, -0.25), "away", effector="wrist")
        s.left.reach(start + 0.4, 0.4, (0.2, 0.55, -0.55), "away", effector="wrist")
        across(end, 0.42, 0.0, "home")
        s.right.fingers(end, 0.4, s.option("hand"))
        s.left.fingers(end, 0.4, "grip_wide")
        s.head.to(end, 0.7, turn=s.number("look_rad"))
    pull_s, hold_s = s.number("pull_s"), s.number("hold_s")
    for k in range(int(s.number("pulls"))):
        with s.phase("pull", pull_s) as (_, end):
            across(end, pull_s, 1.0)
            s.trunk.to(end, pull_s, twist=s.number("twist_rad") * s.amplitude, bend=-0.03)
        with s.phase("hold", hold_s):
            pass
        if k + 1 < int(s.number("pulls")):
            with s.phase("ease", 0.4) as (_, end):
                across(end, 0.4, 0.25)
                s.trunk.to(end, 0.4, twist=0.3 * s.number("twist_rad"))
    with s.phase("lower", 0.8) as (start, end):
        s.right.reach(start + 0.4, 0.4, (0.15, 0.85, -0.4), "away", effector="wrist")
        s.left.reach(start + 0.35, 0.35, (0.2, 0.55, -0.6), "away", effector="wrist")
        lower_both(s, end, 0.42, "home")
        s.trunk.to(end, 0.7, twist=0.0, bend=0.0)
        s.head.to(end, 0.7, turn=0.0)


DELTOID_MUSCLE_STRETCHING = Action(
    name="deltoid_muscle_stretching",
    caption="stretches {possessive} {side} shoulder, drawing the arm across the chest with the other one",
    wordings=(
        "pulls {possessive} straight {side} arm across the chest with the other arm",
        "holds {possessive} {side} arm across the body and pulls it in to stretch the deltoid",
    ),
    choreography=_deltoid_stretching,
    phases=("cross", "pull", "hold", "ease", "lower"),
    params={
        "pulls": Range(1, 2, whole=True),
        "pull_s": Range(0.5, 0.75),
        "hold_s": Range(0.5, 0.8),
        "rise": Range(-0.18, 0.06),
        "loose": Range(0.0, 1.0),
        "twist_rad": Range(0.0, 0.3),
        "look_rad": Range(-0.6, 0.3),
        "hook": Choice(("hand", "forearm"), (0.5, 0.5)),
        "hand": Choice(("flat", "relaxed", "fist"), (0.4, 0.4, 0.2)),
        "stance": Range(0.8, 1.8),
    },
    aliases=("deltoid stretch", "cross-body shoulder stretch", "shoulder stretch", "cross body arm stretch"),
    tags=("sport", "exercise", "stretch"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "deltoid_muscle_stretching"},
)
