"""What one feels, shown: a fist shaken, arms folded, a head that nods, fingers that snap."""

from __future__ import annotations

from ...motion.limbs import Hand
from ...motion.score import Score, Vector
from ..action import Action, Choice, Range
from ..poses import free_hand, shift_weight, talk


def _shake(s: Score) -> None:
    """A step up, a fist beside the head, shaken at somebody from the elbow, the trunk leaning in; shouting, then back."""
    beat, shakes = s.number("beat_s"), int(s.number("shakes"))
    near: Vector = (s.number("out"), 0.34, s.number("height"))
    far: Vector = (s.number("out") - 0.08, 0.34 + s.number("reach") * s.amplitude**0.5, s.number("height") - 0.06)
    palm, elbow = (-0.75, 0.55, 0.0), (0.6, 0.1, -0.9)
    with s.phase("raise", 0.65) as (start, end):
        s.look(start + 0.25, "world", (0.0, 2.5, s.body.eye_height_m))
        s.right.fingers(end - 0.2, 0.35, "fist")
        s.right.reach(end, 0.6, near, palm=palm, fingers=(-0.1, -0.15, 1.0), elbow=elbow)
        s.trunk.to(end, 0.5, bend=s.number("lean_rad"), twist=0.10)
        s.pelvis.to(end, 0.5, pitch=0.3 * s.number("lean_rad"))
        s.head.to(end, 0.5, nod=-0.06)
        s.left_foot.step(end, 0.45, (s.body.stance_out_m, 0.26 * s.body.leg_m), lift_m=0.06)
        s.pelvis.to(end + 0.05, 0.5, forward=0.16 * s.body.leg_m)
        free_hand(s, s.left, s.option("free_hand"), end)
        if s.option("free_hand") == "side":
            s.left.fingers(end, 0.4, "fist")
    with s.phase("shake", beat * shakes) as (start, end):
        if s.option("voice") == "shouts":
            talk(s, start, end, 1.3)
        for k in range(shakes):
            at = start + beat * k
            s.right.reach(at + 0.48 * beat, 0.42 * beat, far, "accelerate", palm=palm, fingers=(-0.1, 0.75, 0.75), elbow=elbow)
            s.right.reach(at + 0.98 * beat, 0.48 * beat, near, palm=palm, fingers=(-0.1, -0.1, 1.0), elbow=elbow)
            s.trunk.to(at + 0.5 * beat, 0.4 * beat, bend=s.number("lean_rad") + 0.06)
            s.trunk.to(at + 0.98 * beat, 0.4 * beat, bend=s.number("lean_rad"))
    with s.phase("lower", 0.8) as (_, end):
        s.right.rest(end, 0.75)
        free_hand(s, s.left, "side", end)
        for hand in (s.right, s.left):
            hand.fingers(end, 0.5, "relaxed")
        s.trunk.to(end, 0.7, bend=0.0, twist=0.0)
        s.left_foot.step(end, 0.5, (s.body.stance_out_m, 0.0), lift_m=0.05)
        s.pelvis.to(end, 0.6, pitch=0.0, forward=0.0)
        s.head.to(end, 0.6, nod=0.0)


SHAKE_FIST = Action(
    name="shake_fist",
    caption="shakes {possessive} {side} fist at somebody",
    choreography=_shake,
    phases=("raise", "shake", "lower"),
    params={
        "beat_s": Range(0.26, 0.36),
        "shakes": Range(4, 6, whole=True),
        "out": Range(0.12, 0.30),
        "height": Range(0.18, 0.36),
        "reach": Range(0.30, 0.44),
        "lean_rad": Range(0.20, 0.36),
        "free_hand": Choice(("side", "hip"), (0.6, 0.4)),
        "voice": Choice(("shouts", "silent"), (0.6, 0.4)),
    },
    wordings=("threatens with a raised fist", "raises a fist and shakes it in anger"),
    aliases=("shaking a fist", "shaking fist", "fist shaking"),
    tags=("gesture", "arms"),
    acting=("right_hand",),
    taxonomy={"ntu120": "A093"},
)


def _fold(s: Score) -> None:
    """One forearm over the other, one hand on the upper arm, one under it; the weight on one leg, a look away, perhaps a tap."""
    front, low = s.body.chest_front_m, s.number("low_m")
    with s.phase("fold", 0.95) as (start, end):
        for late, hand in enumerate((s.left, s.right)):
            hand.fingers(end, 0.5, "cup")
            hand.go(
                start + 0.5 + 0.08 * late,
                0.5,
                "chest",
                (0.10, front + 0.16 + 0.05 * late, -0.20 - low),
                palm=(-0.2, -0.8, -0.4),
                fingers=(-0.9, 0.3, 0.2),
                elbow=(0.9, 0.1, -0.7),
            )
        _folded(s, end, 0.45)
        s.trunk.to(end, 0.6, bend=-0.03 if s.option("chin") == "up" else 0.05)
        s.head.to(end, 0.6, nod=-0.08 if s.option("chin") == "up" else 0.08, tilt=s.number("tilt_rad"))
    with s.phase("hold", s.number("hold_s")) as (start, end):
        shift_weight(s, start, end, 1.3, s.number("shift_m"))
        s.look(start + 0.6, "world", (1.2 if s.option("look") == "right" else -1.2, 3.0, s.body.eye_height_m), duration_s=0.5)
        if s.option("foot") == "taps":
            for k in range(int((end - start - 0.4) / 0.4)):
                s.right_foot.heel.to(start + 0.3 + 0.4 * k, 0.18, -0.30)
                s.right_foot.heel.to(start + 0.48 + 0.4 * k, 0.14, 0.0)
    with s.phase("unfold", 0.9) as (start, end):
        for late, hand in enumerate((s.right, s.left)):
            hand.go(
                start + 0.32 + 0.06 * late,
                0.32,
                "chest",
                (0.14, front + 0.17, -0.18 - low),
                palm=(-0.4, -0.6, -0.6),
                fingers=(-0.6, 0.6, 0.1),
                elbow=(0.9, 0.0, -0.7),
            )
            hand.rest(end + 0.05 * late, 0.6)
            hand.fingers(end, 0.5, "relaxed")
        s.trunk.to(end, 0.6, bend=0.0)
        s.head.to(end, 0.6, nod=0.0, tilt=0.0)
        s.look_ahead(end - 0.2)


def _folded(s: Score, end: float, duration: float) -> None:
    """The right hand lies on the left upper arm, the left one is tucked in under the right elbow."""
    front, half, low = s.body.chest_front_m, s.body.shoulder_half_m, s.number("low_m")
    s.right.go(
        end,
        duration,
        "chest",
        (-0.72 * half, front + 0.085, -0.19 - low),
        palm=(-0.10, -0.97, -0.1),
        fingers=(-0.95, -0.1, 0.30),
        elbow=(0.9, 0.3, -0.7),
    )
    s.left.go(
        end - 0.05,
        duration,
        "chest",
        (-0.62 * half, front + 0.030, -0.235 - low),
        palm=(-0.1, -0.95, 0.1),
        fingers=(-0.95, -0.2, 0.05),
        elbow=(0.9, 0.3, -0.7),
    )


CROSS_ARMS = Action(
    name="cross_arms",
    caption="folds {possessive} arms",
    choreography=_fold,
    phases=("fold", "hold", "unfold"),
    params={
        "hold_s": Range(1.3, 2.4),
        "low_m": Range(-0.01, 0.05),
        "chin": Choice(("up", "down")),
        "tilt_rad": Range(-0.10, 0.10),
        "shift_m": Range(0.01, 0.035),
        "look": Choice(("right", "left")),
        "foot": Choice(("taps", "still"), (0.4, 0.6)),
    },
    wordings=("crosses {possessive} arms in front of {possessive} chest", "stands with folded arms for a while"),
    aliases=("crossing arms", "folding arms", "crossed arms", "arms crossed"),
    tags=("gesture", "arms"),
    acting=("right_hand", "left_hand"),
    taxonomy={"ntu120": "A096"},
)


def _nod(s: Score) -> None:
    """A look at somebody, and the head goes down and up, first deep and then less; the trunk goes with it a little."""
    deep, beat, n = s.number("deep_rad") * s.amplitude**0.5, s.number("beat_s"), int(s.number("nods"))
    with s.phase("look", 0.6) as (start, end):
        s.look(start + 0.35, "world", (s.number("aside_m"), 2.5, s.body.eye_height_m))
        free_hand(s, s.right, s.option("free_hand"), end)
        s.head.to(end, 0.4, nod=-0.16, tilt=0.02)
    with s.phase("nod", beat * n) as (start, end):
        for k in range(n):
            size = deep * (1.0 - s.number("fading") * k / n)
            s.head.to(start + beat * (k + 0.5), 0.48 * beat, nod=size)
            s.trunk.to(start + beat * (k + 0.5), 0.48 * beat, bend=0.30 * size)
            s.head.to(start + beat * (k + 1.0), 0.48 * beat, nod=-0.34 * size)
            s.trunk.to(start + beat * (k + 1.0), 0.48 * beat, bend=0.0)
        if s.option("voice") == "yes":
            talk(s, start, end, 0.7)
    with s.phase("still", 0.7) as (_, end):
        s.head.to(end - 0.2, 0.4, nod=0.0, tilt=0.0)
        free_hand(s, s.right, "side", end)


NOD_HEAD = Action(
    name="nod_head",
    caption="nods {possessive} head",
    choreography=_nod,
    phases=("look", "nod", "still"),
    params={
        "nods": Range(3, 5, whole=True),
        "beat_s": Range(0.52, 0.70),
        "deep_rad": Range(0.52, 0.78),
        "fading": Range(0.0, 0.35),
        "aside_m": Range(-0.5, 0.5),
        "free_hand": Choice(("side", "hip"), (0.7, 0.3)),
        "voice": Choice(("yes", "silent")),
    },
    wordings=("nods several times in agreement", "says yes by nodding"),
    aliases=("nodding", "nod", "nod head bow"),
    tags=("gesture", "head"),
)


def _snap_fingers(s: Score) -> None:
    """The hand comes up beside the shoulder, thumb and middle finger pressed; they snap with a flick of the wrist on every
    beat."""
    beat, n = s.number("beat_s"), int(s.number("snaps"))
    hands = (s.right, s.left) if s.option("hands") == "both" else (s.right,)
    with s.phase("raise", 0.7) as (start, end):
        s.look(
            start + 0.35,
            "right_hand" if s.option("eyes") == "hand" else "world",
            (0.0, 0.0, 0.0) if s.option("eyes") == "hand" else (0.0, 3.0, s.body.eye_height_m),
        )
        for late, hand in enumerate(hands):
            hand.fingers(end, 0.4, "pinch")
            _snapping(s, hand, end + 0.05 * late, 0.65, 0.0)
        if len(hands) == 1:
            free_hand(s, s.left, "hip" if s.option("hands") == "one_hip" else "side", end)
    with s.phase("snap", beat * n) as (start, end):
        for k in range(n):
            at = start + beat * (k + 0.5)
            for hand in hands if s.option("hands") != "both" else (hands[k % 2],):
                _snapping(s, hand, at - 0.06, 0.3 * beat, 0.5)
                _snapping(s, hand, at + 0.05, 0.11, -1.0, "accelerate")
                hand.fingers(at + 0.05, 0.08, "thumb_up")
                _snapping(s, hand, at + 0.40 * beat, 0.30 * beat, 0.0)
                hand.fingers(at + 0.40 * beat, 0.25 * beat, "pinch")
            side = 1.0 if k % 2 else -1.0
            s.pelvis.to(at, 0.5 * beat, right=0.03 * side * s.number("groove"), roll=0.05 * side * s.number("groove"))
            s.head.to(at, 0.3 * beat, nod=0.10 * s.number("groove"))
            s.head.to(at + 0.4 * beat, 0.3 * beat, nod=0.0)
    with s.phase("lower", 0.75) as (_, end):
        s.pelvis.to(end, 0.6, right=0.0, roll=0.0)
        for late, hand in enumerate((s.right, s.left)):
            hand.rest(end + 0.05 * late, 0.7)
            hand.fingers(end, 0.5, "relaxed")
        s.look_ahead(end - 0.2)


def _snapping(s: Score, hand: Hand, end: float, duration: float, flick: float, ease: str = "smooth") -> None:
    """The hand beside the shoulder; `flick` 1 drawn back, -1 flicked out and down."""
    size = s.amplitude**0.5
    at: Vector = (s.number("out"), s.number("ahead") - 0.07 * flick * size, s.number("height") + 0.15 * flick * size)
    hand.reach(
        end,
        duration,
        at,
        ease,
        palm=(-0.75, 0.25 - 0.3 * flick, -0.5),
        fingers=(-0.15, 0.65 - 0.25 * flick, 0.75 + 0.5 * flick),
        elbow=(0.7, -0.2, -0.8),
    )


SNAPPING_FINGERS = Action(
    name="snapping_fingers",
    caption="snaps {possessive} fingers",
    choreography=_snap_fingers,
    phases=("raise", "snap", "lower"),
    params={
        "hands": Choice(("one", "one_hip", "both"), (0.3, 0.2, 0.5)),
        "snaps": Range(4, 6, whole=True),
        "beat_s": Range(0.46, 0.60),
        "out": Range(0.34, 0.55),
        "ahead": Range(0.28, 0.45),
        "height": Range(0.06, 0.30),
        "groove": Range(0.8, 1.6),
        "eyes": Choice(("hand", "ahead")),
    },
    wordings=("snaps with thumb and finger several times", "clicks {possessive} fingers"),
    aliases=("finger snapping", "snap fingers", "clicking fingers"),
    tags=("gesture", "arms"),
    acting=("right_hand",),
    taxonomy={"ntu120": "A077"},
)
