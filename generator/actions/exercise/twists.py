"""The trunk turned and bent over standing feet: rotations, windmills, toe touches."""

from __future__ import annotations

from ...motion.limbs import Hand
from ...motion.score import Score
from ...motion.target import Vector
from ..action import Action, Choice, Range
from ..poses import free_hand
from .lifting import both_rest


def _rotate(s: Score) -> None:
    """Feet stay; hips, trunk, then head turn to one side as far as they go, and to the other, in an even rhythm."""
    turns, beat = int(s.number("turns")), s.number("beat_s")
    first = 1.0 if s.option("first") == "left" else -1.0
    twist = s.number("twist_rad") * s.amplitude**0.4
    for foot in (s.right_foot, s.left_foot):
        foot.place(0.0, 0.0, (s.body.stance_out_m * s.number("width"), 0.0))
    with s.phase("set", 0.65) as (_, end):
        for hand in (s.right, s.left):
            _arms_to_turn(s, hand, end + 0.05 * (hand.side == "left"), 0.55, 0.0)
    for k in range(turns):
        side = first * (1.0 if k % 2 == 0 else -1.0)
        with s.phase("turn", beat) as (_, end):
            s.head.to(end - 0.03, 0.8 * beat, turn=0.30 * side)
            s.pelvis.to(end - 0.08, 0.86 * beat, yaw=0.38 * twist * side)
            s.trunk.to(end, 0.92 * beat, twist=twist * side, lean=0.04 * side)
            s.look(end - 0.1, "chest", (-0.3 * side, 3.0, 0.1), duration_s=0.5 * beat)
            for hand in (s.right, s.left):
                _arms_to_turn(s, hand, end + 0.08, 0.9 * beat, side)
    with s.phase("stop", 0.8) as (_, end):
        s.head.to(end - 0.1, 0.6, turn=0.0)
        s.pelvis.to(end - 0.15, 0.6, yaw=0.0)
        s.trunk.to(end - 0.1, 0.6, twist=0.0, lean=0.0)
        s.look_ahead(end - 0.2)
        both_rest(s, end, 0.55)


def _arms_to_turn(s: Score, hand: Hand, end: float, duration: float, turned: float) -> None:
    """Where the arms are: on the hips, straight out, or bent before the chest. They trail a turn a little."""
    how, out = s.option("arms"), 1.0 if hand.side == "right" else -1.0
    lag = 0.16 * turned * out
    if how == "hips":
        if turned == 0.0:
            free_hand(s, hand, "hip", end, duration)
        return
    if how == "out":
        at: Vector = (0.95, 0.12 - lag, s.number("arms_up"))
        hand.reach(end, duration, at, palm=(0.0, 0.1, -1.0), fingers=(1.0, -lag, 0.0), effector="wrist")
        hand.fingers(end, 0.8 * duration, "flat")
        return
    at = (-0.22, 0.46 - 0.05 * out, -0.06 + s.number("arms_up"))
    hand.reach(end, duration, at, palm=(0.0, -0.1, -1.0), fingers=(-1.0, 0.1, 0.0), elbow=(1.0, 0.2, 0.0), effector="wrist")
    hand.fingers(end, 0.8 * duration, "flat" if how == "chest" else "fist")


STANDING_ROTATION = Action(
    name="standing_rotation",
    caption="stands and turns {possessive} upper body to the left and to the right",
    choreography=_rotate,
    phases=("set", "turn", "stop"),
    params={
        "turns": Range(3, 4, whole=True),
        "beat_s": Range(0.72, 0.92),
        "twist_rad": Range(0.75, 1.1),
        "width": Range(1.1, 1.9),
        "arms_up": Range(-0.12, 0.1),
        "arms": Choice(("hips", "out", "chest", "fists"), (0.25, 0.35, 0.25, 0.15)),
        "first": Choice(("left", "right")),
    },
    wordings=("rotates the trunk from side to side over feet that stay",),
    aliases=("trunk rotation", "torso twist", "standing twist", "waist rotation"),
    tags=("exercise", "trunk"),
    taxonomy={"synapt150": "standing_rotation"},
)


def _windmill(s: Score) -> None:
    """Feet wide, trunk bowed level, arms spread: one hand goes down to the opposite foot as the other goes up; and change."""
    reps, beat, leg = int(s.number("reps")), s.number("beat_s"), s.body.leg_m
    out = s.body.hip_half_m + s.number("width") * leg
    first = 1.0 if s.option("first") == "near" else -1.0
    with s.phase("spread", 0.75) as (_, end):
        for foot, late in ((s.right_foot, 0.0), (s.left_foot, 0.3)):
            foot.step(end - 0.36 + late, 0.34, (out, 0.0), toe_out_rad=0.25, lift_m=0.05)
        for hand in (s.right, s.left):
            late = 0.04 * (hand.side == "left")
            hand.reach(end + late, 0.65, (0.97, 0.05, 0.0), palm=(0.0, 0.0, -1.0), fingers=(1.0, 0.0, 0.0), effector="wrist")
            hand.fingers(end, 0.5, "flat")
    with s.phase("bow", 0.5) as (_, end):
        s.pelvis.to(end, 0.5, pitch=s.number("pitch_rad"), up=-0.02 * leg)
        s.trunk.to(end, 0.5, bend=0.35)
        s.mode.to(end, 0.4, gaze=0.0)
    for k in range(reps):
        side = first * (1.0 if k % 2 == 0 else -1.0)
        with s.phase("touch", beat) as (start, end):
            _to_the_foot(s, start, end, side, last=k == reps - 1)
    with s.phase("rise", 0.85) as (start, end):
        s.mode.to(end - 0.1, 0.6, gaze=1.0)
        s.pelvis.to(end - 0.1, 0.7, pitch=0.0, yaw=0.0, up=0.0, roll=0.0)
        s.trunk.to(end - 0.1, 0.7, bend=0.0, twist=0.0)
        s.head.to(end - 0.1, 0.6, turn=0.0, nod=0.0)
        both_rest(s, end, 0.65)


def _to_the_foot(s: Score, start: float, end: float, side: float, *, last: bool) -> None:
    """One hand to the opposite foot, the right one to the left foot for 1: hips, trunk, then the arms."""
    beat, twist = end - start, s.number("twist_rad")
    down, up, far = (s.right, s.left, "left") if side > 0.0 else (s.left, s.right, "right")
    hit = start + 0.72 * beat
    s.pelvis.to(hit - 0.06, 0.62 * beat, pitch=s.number("pitch_rad") + 0.2, yaw=0.30 * side)
    s.trunk.to(hit, 0.68 * beat, twist=twist * side, bend=0.92)
    s.head.to(hit, 0.6 * beat, turn=(-0.55 if s.option("eyes") == "up" else 0.2) * side)
    down.touch(hit + 0.02, 0.62 * beat, f"{far}_ball", (-0.01, 0.03, 0.05), "world", palm=(-0.3, -0.5, -0.8),
               fingers=(-0.5, 0.3, -0.8), effector="middle_tip")  # fmt: skip
    s.contact(f"{down.side}_middle_tip", f"{far}_ball", hit + 0.02, hit + 0.06)
    up.reach(hit + 0.06, 0.66 * beat, (0.95, 0.02, 0.05), palm=(0.0, 0.3, -1.0), fingers=(1.0, 0.0, 0.0), effector="wrist")
    if last:
        s.trunk.to(end + 0.15, 0.3, twist=0.35 * twist * side)


BENT_OVER_TWIST = Action(
    name="bent_over_twist",
    caption="bends over with the arms spread and touches each foot with the opposite hand",
    choreography=_windmill,
    phases=("spread", "bow", "touch", "rise"),
    params={
        "reps": Range(3, 4, whole=True),
        "beat_s": Range(0.72, 0.92),
        "width": Range(0.22, 0.36),
        "pitch_rad": Range(0.95, 1.15),
        "twist_rad": Range(0.85, 1.1),
        "eyes": Choice(("up", "foot")),
        "first": Choice(("near", "far")),
    },
    wordings=("does windmills: bent over, the right hand to the left foot and the left hand to the right foot",),
    aliases=("bent over twists", "windmill exercise", "windmills", "bent-over twist"),
    tags=("exercise", "trunk", "arms"),
    taxonomy={"synapt150": "bent_over_twist"},
)


def _toe_touches(s: Score) -> None:
    """Up with both arms overhead, then down from straight legs until the fingers reach the toes, and up again."""
    reps = int(s.number("reps"))
    beat = s.number("beat_s") * (0.85 if reps > 2 else 1.0)
    out = s.body.stance_out_m * s.number("width")
    for foot in (s.right_foot, s.left_foot):
        foot.place(0.0, 0.0, (out, 0.0), toe_out_rad=0.06)
    with s.phase("up", 0.85) as (start, end):
        _overhead(s, end, 0.8)
        s.look(start + 0.5, "world", (0.0, 3.0, 1.3 * s.body.eye_height_m))
        s.trunk.to(end, 0.6, bend=-0.06)
    for k in range(reps):
        with s.phase("down", 0.5 * beat) as (start, end):
            _fold(s, end, 0.48 * beat)
        if (hold := s.number("hold_s")) > 0.12:
            with s.phase("hold", hold) as (start, end):
                s.pelvis.to(start + 0.5 * hold, 0.5 * hold, pitch=1.30)
                s.pelvis.to(end, 0.5 * hold, pitch=1.36)
        with s.phase("rise", 0.5 * beat) as (start, end):
            s.pelvis.to(end, 0.46 * beat, pitch=0.0)
            s.trunk.to(end, 0.48 * beat, bend=0.0)
            s.head.to(end, 0.4 * beat, nod=0.0)
            s.mode.to(end, 0.4 * beat, gaze=1.0)
            if k < reps - 1 and s.option("between") == "overhead":
                _overhead(s, end + 0.03, 0.48 * beat)
            elif k < reps - 1:
                both_rest(s, end, 0.46 * beat)
            else:
                both_rest(s, end + 0.05, 0.5 * beat)
    with s.phase("stop", 0.3) as (start, end):
        s.look_ahead(start)


def _overhead(s: Score, end: float, duration: float) -> None:
    for hand, late in ((s.right, 0.0), (s.left, 0.03)):
        hand.reach(end - 0.45 * duration + late, 0.55 * duration, (0.10, 0.93, 0.0), "away", palm=(-0.7, 0.0, -0.6),
                   fingers=(0.0, 1.0, 0.0), effector="wrist")  # fmt: skip
        hand.reach(end + late, 0.45 * duration, (0.10, 0.10, 0.95), "home", palm=(-0.6, 0.8, 0.0), fingers=(0.0, 0.1, 1.0),
                   effector="wrist")  # fmt: skip
        hand.fingers(end, 0.6 * duration, "flat")


def _fold(s: Score, end: float, duration: float) -> None:
    """Hips back over straight legs, the trunk hangs, both hands at the toes."""
    s.look(end - 0.6 * duration, "world", (0.0, 0.6, 0.0))
    s.mode.to(end, 0.5 * duration, gaze=0.0)
    s.pelvis.to(end, duration, pitch=1.36, up=-0.012 * s.body.leg_m)
    s.trunk.to(end, 0.95 * duration, bend=1.1)
    s.head.to(end, 0.8 * duration, nod=0.2)
    for hand, late in ((s.right, 0.0), (s.left, 0.025)):
        hand.touch(end + 0.04 + late, 0.9 * duration, f"{hand.side}_toe", (-0.01, 0.02, 0.06), "world", palm=(-0.2, -0.7, -0.5),
                   fingers=(-0.1, 0.35, -0.9), effector="middle_tip")  # fmt: skip
        hand.fingers(end, 0.7 * duration, "flat")


STANDING_TOE_TOUCHES = Action(
    name="standing_toe_touches",
    caption="bends down from the hips with straight legs and touches {possessive} toes with both hands",
    choreography=_toe_touches,
    phases=("up", "down", "hold", "rise", "stop"),
    params={
        "reps": Range(3, 4, whole=True),
        "beat_s": Range(1.55, 1.75),
        "hold_s": Range(0.0, 0.2),
        "width": Range(0.6, 1.7),
        "between": Choice(("overhead", "sides"), (0.4, 0.6)),
    },
    wordings=("touches the toes from standing, again and again",),
    aliases=("toe touches", "touching the toes", "toe touch", "standing toe touch"),
    tags=("exercise", "trunk", "stretching"),
    taxonomy={"synapt150": "standing_toe_touches"},
)
