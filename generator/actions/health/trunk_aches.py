"""A heart or a back that hurts: the chest clutched and folded over, the small of the back held, stiff."""

from __future__ import annotations

from ...motion.limbs import Hand
from ...motion.score import Score
from ..action import Action, Choice, Range
from ..poses import ON_CLOTH_M, free_hand


def _clutch(s: Score, end: float, duration: float, press_m: float = 0.0) -> None:
    """The right hand on the left side of the chest, fingers up and across."""
    over = (-0.055, ON_CLOTH_M - press_m, 0.015)
    s.right.touch(end, duration, "chest_front", over, "chest", palm=(0.0, -1.0, -0.05), fingers=(-0.88, 0.0, 0.42),
                  elbow=(0.75, 0.1, -0.8))  # fmt: skip


def _over_the_clutch(s: Score, end: float, duration: float) -> None:
    """The left hand laid over the right one."""
    over = (0.03, ON_CLOTH_M + 0.035, 0.0)
    s.left.touch(end, duration, "chest_front", over, "chest", palm=(-0.1, -1.0, 0.0), fingers=(-0.85, 0.05, 0.45),
                 elbow=(0.75, 0.1, -0.8))  # fmt: skip


def _other_hand(s: Score, where: str, end: float, duration: float) -> None:
    if where == "over":
        _over_the_clutch(s, end, duration)
    elif where == "thigh":
        at = (0.02, 0.11, -0.45 * s.body.thigh_m)
        s.left.go(end, duration, "pelvis", (s.body.hip_half_m + at[0], at[1] + 0.14, at[2]), palm=(-0.1, -0.9, -0.45),
                  fingers=(-0.35, 0.35, -0.85), elbow=(0.9, -0.5, 0.0))  # fmt: skip
        s.left.fingers(end, duration, "clasp")
    else:
        s.left.reach(end, duration, (0.55, 0.28, -0.70), palm=(-0.2, -0.2, -0.9), fingers=(0.6, 0.5, -0.4))
        s.left.fingers(end, duration, "grip_wide")


def _chest(s: Score) -> None:
    """A stab: the hand flies to the heart, the body folds over it, pain comes in waves; it eases, the body half rises."""
    fold, stab = s.number("fold_rad") * s.amplitude, s.number("stab_s")
    waves, every = int(s.number("waves")), 0.55
    with s.phase("stab", stab) as (start, end):
        s.mode.to(end, 0.4, gaze=0.25)
        s.right.fingers(end - 0.1, 0.3, "cup")
        _clutch(s, end, 0.8 * stab)
        s.trunk.to(end + 0.15, stab, bend=0.55 * fold, lean=-0.06)
        s.head.to(end + 0.1, 0.7 * stab, nod=0.30)
        s.mode.to(end, 0.4, shrug=0.14)
    with s.phase("fold", 0.3 + every * waves) as (start, end):
        s.right.fingers(start + 0.3, 0.3, "grip")
        _other_hand(s, s.option("other"), start + 0.45, 0.6)
        s.pelvis.to(start + 0.6, 0.7, pitch=0.34 * fold, up=-s.number("knees") * s.body.leg_m, yaw=0.08)
        if s.option("step") == "back":
            s.left_foot.step(start + 0.42, 0.38, (s.body.stance_out_m + 0.05, -0.22 * s.body.leg_m), lift_m=0.03)
        for k in range(waves):
            at = start + 0.3 + every * k
            s.trunk.to(at + 0.18, 0.2, bend=1.15 * fold, twist=0.10)
            s.trunk.to(at + 0.5, 0.35, bend=0.85 * fold, twist=0.0)
            s.head.to(at + 0.2, 0.2, nod=0.42, tilt=-0.12)
            s.head.to(at + 0.5, 0.3, nod=0.20, tilt=0.05)
            _clutch(s, at + 0.2, 0.2, 0.010)
            _clutch(s, at + 0.5, 0.3)
    with s.phase("ease", 0.9) as (start, end):
        s.trunk.to(end, 0.85, bend=0.35 * fold, twist=0.0, lean=0.0)
        s.pelvis.to(end, 0.85, pitch=0.06, up=-0.01, yaw=0.0)
        s.head.to(end, 0.8, nod=0.10, tilt=0.0)
        s.right.fingers(end, 0.4, "relaxed")
        s.left.rest(end, 0.75)
        s.left.fingers(end, 0.5, "relaxed")
        s.mode.to(end, 0.5, shrug=0.05, gaze=0.8)


CHEST_PAIN = Action(
    name="chest_pain",
    caption="clutches {possessive} chest in pain",
    choreography=_chest,
    phases=("stab", "fold", "ease"),
    params={
        "fold_rad": Range(0.40, 0.75),
        "stab_s": Range(0.50, 0.80),
        "waves": Range(2, 3, whole=True),
        "knees": Range(0.015, 0.07),
        "other": Choice(("over", "thigh", "away"), (0.4, 0.3, 0.3)),
        "step": Choice(("none", "back")),
    },
    wordings=("has a pain in {possessive} chest and folds over it", "puts a hand to {possessive} aching heart"),
    aliases=("touch chest", "stomachache heart pain", "heart attack", "clutching chest"),
    tags=("health", "arms", "trunk"),
    acting=("right_hand",),
    taxonomy={"synapt150": "chest_pain", "ntu120": "A045"},
)


def _round_the_hip(s: Score, hand: Hand, end: float, duration: float) -> None:
    """Beside the hip and a little behind: on the way to the back, clear of the body."""
    at = (s.body.waist_half_m + 0.13, -0.5 * s.body.back_behind_m - 0.02, 0.06)
    hand.go(end, duration, "pelvis", at, palm=(-0.8, 0.5, 0.1), fingers=(-0.1, -0.5, -0.8), elbow=(0.7, -0.8, 0.0))


def _loin(s: Score, hand: Hand, end: float, duration: float, up_m: float = 0.0, ease: str = "smooth") -> None:
    """The palm on the small of the back beside the spine, fingers down and in, the elbow behind."""
    at = (0.075, -s.body.back_behind_m - 0.050, 0.075 + up_m)
    hand.go(end, duration, "pelvis", at, ease, palm=(-0.15, 0.97, 0.1), fingers=(-0.45, -0.05, -0.9), elbow=(1.0, -0.65, 0.1))


def _back(s: Score) -> None:
    """Hands to the small of the back; it is held and rubbed while the body arches or stoops, stiffly; then let go with care."""
    arched, hands = s.option("way") == "arched", (s.right, s.left) if s.option("hands") == "both" else (s.right,)
    bend = (-0.34 if arched else 0.42) * s.number("depth") * s.amplitude
    with s.phase("reach", 0.95) as (start, end):
        s.mode.to(end, 0.5, gaze=0.5)
        s.trunk.to(start + 0.6, 0.6, bend=0.22, lean=0.04)
        s.head.to(end, 0.6, nod=0.15)
        for late, hand in enumerate(hands):
            _round_the_hip(s, hand, start + 0.55 + 0.06 * late, 0.5)
            _loin(s, hand, end + 0.06 * late, 0.42)
            hand.fingers(end, 0.4, "clasp")
        if len(hands) == 1:
            _brace(s, s.option("brace"), end)
    with s.phase("hold", s.number("hold_s")) as (start, end):
        s.trunk.to(start + 0.7, 0.7, bend=bend, lean=0.07 if len(hands) == 1 else 0.0)
        hips = 0.055 if arched else -0.05
        s.pelvis.to(start + 0.7, 0.7, forward=hips, pitch=-0.10 if arched else 0.24 * s.number("depth"), up=-0.02)
        s.head.to(start + 0.75, 0.6, nod=-0.24 if arched else 0.12, tilt=0.08)
        _rub_back(s, hands, start + 0.1, end)
        for k in range(int((end - start - 0.7) / 0.6)):  # it catches
            at = start + 1.0 + 0.6 * k
            s.trunk.to(at, 0.12, bend=0.72 * bend, twist=-0.07)
            s.trunk.to(at + 0.45, 0.4, bend=bend, twist=0.03)
            s.head.to(at + 0.05, 0.14, nod=0.10)
            s.head.to(at + 0.45, 0.35, nod=-0.18 if arched else 0.12)
    with s.phase("release", 0.85) as (start, end):
        s.trunk.to(end + 0.1, 0.85, bend=0.06, lean=0.0, twist=0.0)
        s.pelvis.to(end + 0.1, 0.85, forward=0.0, pitch=0.0, up=0.0)
        s.head.to(end, 0.7, nod=0.0, tilt=0.0)
        s.mode.to(end, 0.5, gaze=1.0)
        for late, hand in enumerate(hands):
            _round_the_hip(s, hand, start + 0.38 + 0.08 * late, 0.36)
            hand.rest(end + 0.06 * late, 0.5)
            hand.fingers(end, 0.4, "relaxed")
        if len(hands) == 1:
            s.left.rest(end, 0.7)


def _brace(s: Score, where: str, end: float) -> None:
    """What the other hand does: hangs, or leans on the thigh."""
    if where == "thigh":
        at = (s.body.hip_half_m + 0.03, 0.17, -0.42 * s.body.thigh_m)
        s.left.go(end + 0.3, 0.7, "pelvis", at, palm=(-0.1, -0.9, -0.45), fingers=(-0.3, 0.35, -0.85), elbow=(0.9, -0.5, 0.0))
        s.left.fingers(end, 0.5, "clasp")
    else:
        free_hand(s, s.left, "side", end)


def _rub_back(s: Score, hands: tuple[Hand, ...], start: float, end: float) -> None:
    half, reach = 0.5 / s.number("rub_hz"), s.number("rub_m")
    for late, hand in enumerate(hands):
        for k in range(int((end - start) / half)):
            _loin(s, hand, start + half * (k + 1) + 0.05 * late, half, reach * (1.0 if k % 2 == 0 else -0.6), "swing")


BACK_PAIN = Action(
    name="back_pain",
    caption="holds the small of {possessive} aching back",
    choreography=_back,
    phases=("reach", "hold", "release"),
    params={
        "way": Choice(("arched", "stooped"), (0.6, 0.4)),
        "hands": Choice(("both", "one"), (0.6, 0.4)),
        "brace": Choice(("thigh", "side")),
        "depth": Range(0.7, 1.2),
        "hold_s": Range(1.35, 1.8),
        "rub_hz": Range(0.9, 1.6),
        "rub_m": Range(0.015, 0.035),
    },
    wordings=("has a pain in {possessive} back and rubs it", "rubs {possessive} stiff, aching back"),
    aliases=("touch back", "backache", "touching back backache"),
    tags=("health", "arms", "trunk"),
    taxonomy={"synapt150": "back_pain", "ntu120": "A046"},
)
