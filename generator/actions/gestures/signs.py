"""Gestures: waving, clapping, pointing, saluting, bowing."""

from __future__ import annotations

from math import cos, sin

from ...motion.score import Score
from ..action import Action, Choice, Range


def _wave(s: Score) -> None:
    """The hand goes up, swings from side to side about the elbow with the fingers trailing, and comes down."""
    height = s.number("height")
    beat, swings = s.number("beat_s"), int(s.number("swings"))
    spread, middle = s.number("spread") * s.amplitude, s.number("out")
    with s.phase("raise", 0.75) as (start, end):
        s.look(start + 0.3, "world", (0.0, 3.0, s.body.eye_height_m))
        s.right.fingers(end, 0.5, "flat")
        s.trunk.to(end, 0.6, lean=-0.04, twist=0.06)
        s.right.reach(
            end,
            0.72,
            (middle + spread / 2, 0.32, height),
            palm=(0.1, 1.0, 0.15),
            fingers=(0.25, 0.1, 1.0),
            elbow=(0.6, -0.1, -0.9),
        )
    with s.phase("wave", beat * 2 * swings) as (start, end):
        for k in range(2 * swings):
            side = -1.0 if k % 2 == 0 else 1.0
            out = middle + side * spread / 2
            s.right.reach(
                start + beat * (k + 1),
                beat * 1.12,
                (out, 0.32, height - 0.02 * abs(side)),
                palm=(0.1, 1.0, 0.15),
                fingers=(0.1 + 0.75 * side * s.amplitude, 0.1, 1.0),
                elbow=(0.6, -0.1, -0.9),
            )
            s.trunk.to(start + beat * (k + 1), beat, lean=-0.04 + 0.02 * side)
    with s.phase("lower", 0.8) as (start, end):
        s.right.rest(end, 0.8)
        s.right.fingers(end, 0.5, "relaxed")
        s.trunk.to(end, 0.7, lean=0.0, twist=0.0)


WAVING_A_HAND = Action(
    name="waving_a_hand",
    caption="waves {possessive} {side} hand",
    choreography=_wave,
    phases=("raise", "wave", "lower"),
    params={
        "height": Range(0.30, 0.75),
        "beat_s": Range(0.20, 0.265),
        "swings": Range(2, 4, whole=True),
        "spread": Range(0.22, 0.44),
        "out": Range(0.30, 0.48),
    },
    aliases=("waving", "wave", "hand waving", "wave hand"),
    tags=("gesture", "arms", "greeting"),
    acting=("right_hand",),
    taxonomy={"synapt150": "waving_a_hand", "ntu120": "A023", "hmdb51": "wave"},
)


def _clap(s: Score) -> None:
    """Both hands meet again and again in front of the chest, the right one doing more of the way."""
    beat, claps = s.number("beat_s"), int(s.number("claps"))
    height, gap = s.number("height"), s.number("gap_m") * s.amplitude
    forward = s.body.chest_front_m + s.number("forward_m")
    tilt = s.number("fingers_up_rad")
    meet = 0.006

    def hands(end: float, duration: float, apart: float, ease: str = "smooth") -> None:
        for hand, share in ((s.right, 0.58), (s.left, 0.42)):
            hand.go(
                end,
                duration,
                "chest",
                (meet + apart * share, forward, height),
                ease,
                palm=(-1.0, 0.05, 0.0),
                fingers=(0.0, cos(tilt), sin(tilt)),
                elbow=(0.75, -0.3, -0.8),
            )

    with s.phase("raise", 0.7) as (_, end):
        hands(end, 0.7, gap)
        for hand in (s.right, s.left):
            hand.fingers(end, 0.5, "flat")
    with s.phase("clap", beat * claps) as (start, end):
        for k in range(claps):
            hit = start + beat * (k + 0.5)
            hands(hit, beat * 0.45, 0.0, "accelerate")
            hands(hit + beat * 0.5, beat * 0.4, gap, "decelerate")
            s.contact("right_palm", "left_palm", hit - 0.03, hit + 0.05)
            s.trunk.to(hit, beat * 0.4, bend=0.03)
            s.trunk.to(hit + beat * 0.5, beat * 0.5, bend=0.0)
    with s.phase("lower", 0.75) as (_, end):
        for k, hand in enumerate((s.right, s.left)):
            hand.rest(end + 0.05 * k, 0.75)
            hand.fingers(end, 0.5, "relaxed")


CLAPPING = Action(
    name="clapping",
    caption="claps {possessive} hands",
    choreography=_clap,
    phases=("raise", "clap", "lower"),
    params={
        "beat_s": Range(0.30, 0.42),
        "claps": Range(6, 9, whole=True),
        "height": Range(-0.22, 0.0),
        "gap_m": Range(0.32, 0.46),
        "forward_m": Range(0.18, 0.30),
        "fingers_up_rad": Range(0.25, 0.85),
    },
    aliases=("clap", "applauding", "clap hands"),
    tags=("gesture", "arms"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "clapping", "ntu120": "A010", "hmdb51": "clap"},
)


def _point(s: Score) -> None:
    """Eyes first, then the arm unrolls to a straight pointing finger, holds, and comes down."""
    out, up = s.number("out"), s.number("up")
    ahead = (1.0 - min(out * out, 0.9)) ** 0.5
    length = s.number("stretch") * (1.0 + 0.93 * s.body.hand_m / s.body.arm_m) / (out * out + ahead * ahead + up * up) ** 0.5
    reach = (length * out, length * ahead, length * up)
    with s.phase("point", 0.85) as (start, end):
        s.look(start + 0.35, "world", (4.0 * out, 4.0 * reach[1], s.body.shoulder_height_m + 4.0 * up))
        s.trunk.to(end, 0.7, twist=-0.30 * out * s.amplitude - 0.08, bend=0.03)
        s.right.fingers(end - 0.1, 0.4, "point")
        s.right.reach(end, 0.75, reach, palm=(-0.35, 0.0, -1.0), fingers=reach, effector="index_tip")
    with s.phase("hold", s.number("hold_s")) as (start, end):
        for k in range(int(s.number("jabs"))):
            s.right.reach(
                start + 0.30 + 0.5 * k,
                0.25,
                (reach[0] * 0.85, reach[1] * 0.85, reach[2] - 0.02),
                palm=(-0.35, 0.0, -1.0),
                fingers=reach,
                effector="index_tip",
            )
            s.right.reach(start + 0.52 + 0.5 * k, 0.22, reach, palm=(-0.35, 0.0, -1.0), fingers=reach, effector="index_tip")
    with s.phase("lower", 0.8) as (start, end):
        s.right.rest(end, 0.8)
        s.right.fingers(end, 0.5, "relaxed")
        s.trunk.to(end, 0.7, twist=0.0, bend=0.0)
        s.look_ahead(end)


POINTING_WITH_A_FINGER = Action(
    name="pointing_with_a_finger",
    caption="points at something with {possessive} {side} hand",
    choreography=_point,
    phases=("point", "hold", "lower"),
    params={
        "out": Range(-0.25, 0.8),
        "up": Range(-0.15, 0.45),
        "hold_s": Range(0.7, 1.5),
        "jabs": Range(0, 1, whole=True),
        "stretch": Range(0.92, 1.02),
    },
    aliases=("pointing", "point", "point finger"),
    tags=("gesture", "arms"),
    acting=("right_hand",),
    taxonomy={"synapt150": "pointing_with_a_finger", "ntu120": "A031"},
)


def _salute(s: Score) -> None:
    """The body straightens, the flat hand snaps to the brow, stays, and is cut away."""
    outward = s.option("palm") == "outward"
    with s.phase("raise", s.number("raise_s")) as (start, end):
        s.trunk.to(end, 0.5, bend=-0.11)
        s.head.to(end, 0.4, nod=-0.05)
        s.look(start + 0.2, "world", (0.0, 4.0, s.body.eye_height_m))
        s.right.fingers(end - 0.1, 0.35, "flat")
        s.right.touch(
            end,
            end - start - 0.04,
            "right_eye",
            (0.03, 0.025, 0.035),
            palm=(-0.25, 0.93, -0.25) if outward else (-0.15, 0.45, -0.85),
            fingers=(-0.80, -0.05, 0.60) if outward else (-0.92, 0.18, 0.30),
            elbow=(1.0, s.number("elbow_forward"), 0.0),
            effector="index_tip",
        )
        s.left.reach(end, 0.5, (0.12, -0.02, -0.985))
        s.left.fingers(end, 0.4, "flat")
        if s.option("heels") == "together":
            s.left_foot.step(start + 0.30, 0.26, (0.055, 0.0), toe_out_rad=0.3, lift_m=0.03)
            s.right_foot.step(start + 0.58, 0.26, (0.055, 0.0), toe_out_rad=0.3, lift_m=0.03)
    with s.phase("hold", s.number("hold_s")) as (start, end):
        s.contact("right_index_tip", "right_eye", start, end)
    with s.phase("lower", 0.55) as (start, end):
        s.right.rest(end, 0.5)
        s.trunk.to(end + 0.2, 0.6, bend=0.0)
        s.right.fingers(end + 0.2, 0.4, "relaxed")


SALUTING = Action(
    name="saluting",
    caption="salutes",
    choreography=_salute,
    phases=("raise", "hold", "lower"),
    params={
        "raise_s": Range(0.45, 0.62),
        "hold_s": Range(1.7, 2.5),
        "palm": Choice(("down", "outward"), (0.65, 0.35)),
        "elbow_forward": Range(0.0, 0.2),
        "heels": Choice(("together", "apart"), (0.85, 0.15)),
    },
    aliases=("salute",),
    tags=("gesture", "arms"),
    acting=("right_hand",),
    taxonomy={"synapt150": "saluting", "ntu120": "A038"},
)


def _bow(s: Score) -> None:
    """Bend from the hips with a straight back, hips going back to keep balance, hold, and rise."""
    depth = s.number("depth_rad") * s.amplitude
    hands = s.option("hands")
    legs = s.body.leg_m
    with s.phase("bow", s.number("bow_s")) as (start, end):
        s.mode.to(start + 0.2, 0.2, gaze=0.0)
        s.pelvis.to(end, end - start, pitch=0.60 * depth, forward=-0.16 * legs * depth)
        s.trunk.to(end + 0.05, end - start, bend=0.42 * depth)
        s.head.to(end + 0.1, end - start, nod=s.number("nod_rad"))
        _bow_hands(s, hands, start, end)
    with s.phase("hold", s.number("hold_s")):
        pass
    with s.phase("rise", 0.95 * s.number("bow_s")) as (start, end):
        s.pelvis.to(end, end - start, pitch=0.0, forward=0.0)
        s.trunk.to(end + 0.08, end - start, bend=0.0)
        s.head.to(end + 0.15, end - start, nod=0.0)
        s.mode.to(end + 0.2, 0.5, gaze=1.0)
        if hands == "heart":
            _past_the_hip(s, start + 0.45, 0.45)
        for hand in (s.right, s.left):
            hand.rest(end + 0.1, 0.8)


def _past_the_hip(s: Score, end_s: float, duration_s: float) -> None:
    """The left hand on its way behind the back, or from there: beside the hip and a little behind, clear of body and cloth."""
    at = (s.body.waist_half_m + 0.12, -0.6 * s.body.back_behind_m - 0.03, 0.0)
    s.left.go(end_s, duration_s, "pelvis", at, palm=(-0.75, -0.65, 0.1), fingers=(-0.1, -0.6, -0.8), elbow=(0.7, -0.7, -0.1))


def _bow_hands(s: Score, hands: str, start: float, end: float) -> None:
    if hands == "thighs":
        for hand in (s.right, s.left):
            hand.go(
                end,
                end - start,
                "pelvis",
                (s.body.hip_half_m * 0.9, 0.17, -0.17),
                palm=(0.0, -1.0, -0.1),
                fingers=(-0.15, 0.1, -1.0),
            )
    elif hands == "heart":
        s.right.go(end, end - start, "chest", (-0.06, 0.15, -0.16), palm=(0.0, -1.0, 0.0), fingers=(-1.0, 0.1, 0.25))
        middle = start + 0.5 * (end - start)
        _past_the_hip(s, middle, 0.5 * (end - start))
        behind = (0.02, -s.body.back_behind_m - 0.06, 0.06)
        s.left.go(end, 0.9 * (end - middle), "pelvis", behind, palm=(0.0, -1.0, 0.0), fingers=(-1.0, 0.0, 0.1))


TAKING_A_BOW = Action(
    name="taking_a_bow",
    caption="takes a bow",
    choreography=_bow,
    phases=("bow", "hold", "rise"),
    params={
        "depth_rad": Range(1.0, 1.5),
        "bow_s": Range(0.92, 1.25),
        "hold_s": Range(0.7, 1.1),
        "hands": Choice(("sides", "thighs", "heart"), (0.5, 0.35, 0.15)),
        "nod_rad": Range(0.05, 0.40),
    },
    aliases=("bowing", "bow", "take a bow"),
    tags=("gesture", "trunk"),
    taxonomy={"synapt150": "taking_a_bow", "ntu120": "A035"},
)
