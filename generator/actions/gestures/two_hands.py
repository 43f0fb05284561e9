"""Palm on palm and palm on face: hands together, rubbed, and rubbed over the face."""

from __future__ import annotations

from math import cos, sin

from ...motion.limbs import Hand
from ...motion.score import Score
from ..action import Action, Choice, Range

TOUCHING_M = 0.005
"""Half the gap between two palms that touch."""


def palms(s: Score, end: float, duration: float, forward_m: float, up_m: float, tip_rad: float, ease: str = "smooth", *,
          slide_m: float = 0.0) -> None:  # fmt: skip
    """Both palms together before the chest, fingers ahead and raised by `tip_rad`; `slide_m`: the right is further along."""
    ahead = max(s.body.chest_front_m, s.body.belly_front_m - 0.06 if up_m < -0.08 else 0.0) + forward_m
    for hand, way in ((s.right, 0.5), (s.left, -0.5)):
        along = way * slide_m
        at = (TOUCHING_M, ahead + along * cos(tip_rad), up_m + along * sin(tip_rad))
        hand.go(end, duration, "chest", at, ease, palm=(-1.0, 0.0, 0.0), fingers=(0.0, cos(tip_rad), sin(tip_rad)),
                elbow=(0.9, -0.25, -0.6))  # fmt: skip


def _let_go(s: Score, end: float, duration: float) -> None:
    for late, hand in enumerate((s.left, s.right)):
        hand.rest(end + 0.06 * late, duration)
        hand.fingers(end, 0.5, "relaxed")


def _palms_together(s: Score) -> None:
    """Hands rise before the chest, meet, and stay; the head or the whole trunk bows over them."""
    forward, up, tip = s.number("forward_m"), s.number("up_m"), s.number("tip_rad")
    bow = s.number("bow_rad") * s.amplitude
    with s.phase("raise", 0.85) as (start, end):
        for hand in (s.right, s.left):
            hand.fingers(end, 0.6, "flat")
        palms(s, end, 0.8, forward, up, tip)
        s.head.to(end, 0.6, nod=0.08)
    with s.phase("hold", s.number("hold_s")) as (start, end):
        s.contact("right_palm", "left_palm", start, end)
        low = start + 0.45 * (end - start)
        s.mode.to(low, 0.4, gaze=1.0 - 0.9 * min(bow / 0.4, 1.0))
        s.trunk.to(low, 0.6, bend=0.60 * bow)
        s.pelvis.to(low, 0.6, pitch=0.40 * bow, forward=-0.10 * bow * s.body.leg_m)
        s.head.to(low, 0.55, nod=0.10 + 0.35 * bow)
        s.trunk.to(end + 0.1, 0.6, bend=0.05)
        s.pelvis.to(end + 0.1, 0.6, pitch=0.0, forward=0.0)
        s.head.to(end + 0.1, 0.5, nod=0.05)
    with s.phase("lower", 0.8) as (_, end):
        _let_go(s, end, 0.75)
        s.trunk.to(end, 0.5, bend=0.0)
        s.head.to(end, 0.5, nod=0.0)
        s.mode.to(end, 0.5, gaze=1.0)


PUT_PALMS_TOGETHER = Action(
    name="put_palms_together",
    caption="puts {possessive} palms together before {possessive} chest",
    choreography=_palms_together,
    phases=("raise", "hold", "lower"),
    params={
        "hold_s": Range(1.2, 1.95),
        "bow_rad": Range(0.05, 0.60),
        "forward_m": Range(0.09, 0.18),
        "up_m": Range(-0.12, 0.02),
        "tip_rad": Range(1.05, 1.50),
    },
    wordings=("lays {possessive} palms together and bows {possessive} head", "presses both palms together in front of the chest"),
    aliases=("palms together", "praying", "namaste", "wai"),
    tags=("gesture", "arms"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "put_palms_together", "ntu120": "A039"},
)


def _rub(s: Score) -> None:
    """Palms meet and slide along each other to and fro, elbows working, shoulders drawn up a little; perhaps a look at them."""
    forward, up, tip = s.number("forward_m"), s.number("up_m"), s.number("tip_rad")
    stroke, half = s.number("stroke_m") * s.amplitude, 0.5 / s.number("rate_hz")
    with s.phase("raise", 0.75) as (start, end):
        for hand in (s.right, s.left):
            hand.fingers(end, 0.6, "flat")
        palms(s, end, 0.7, forward, up, tip)
        s.look(start + 0.4, "chest", (0.0, 0.5, -0.2 if s.option("look") == "hands" else 0.1))
        s.mode.to(end, 0.5, shrug=s.number("shrug"))
        s.trunk.to(end, 0.6, bend=0.10)
    count = int(s.number("rub_s") / half)
    with s.phase("rub", half * count) as (start, end):
        s.contact("right_palm", "left_palm", start, end)
        for k in range(count):
            way = 1.0 if k % 2 == 0 else -1.0
            at = start + half * (k + 1)
            palms(s, at, half, forward, up + 0.006 * way, tip, "swing", slide_m=way * stroke)
            s.trunk.to(at, half, twist=0.05 * way)
            s.head.to(at, half, tilt=0.02 * way)
    with s.phase("lower", 0.75) as (_, end):
        _let_go(s, end, 0.7)
        s.trunk.to(end, 0.6, bend=0.0, twist=0.0)
        s.head.to(end, 0.5, tilt=0.0)
        s.mode.to(end, 0.5, shrug=0.0)
        s.look_ahead(end)


RUB_TWO_HANDS = Action(
    name="rub_two_hands",
    caption="rubs {possessive} hands together",
    choreography=_rub,
    phases=("raise", "rub", "lower"),
    params={
        "rub_s": Range(1.5, 2.1),
        "rate_hz": Range(2.0, 3.2),
        "stroke_m": Range(0.07, 0.12),
        "forward_m": Range(0.20, 0.30),
        "up_m": Range(-0.26, -0.10),
        "tip_rad": Range(0.2, 0.9),
        "shrug": Range(0.0, 0.16),
        "look": Choice(("hands", "ahead")),
    },
    wordings=("rubs {possessive} palms against each other", "warms {possessive} hands by rubbing them"),
    aliases=("rubbing hands", "rub hands", "rub two hands together"),
    tags=("gesture", "arms"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "rub_two_hands", "ntu120": "A034"},
)


def _on_face(s: Score, hand: Hand, end: float, duration: float, up_m: float, off_m: float = 0.0, ease: str = "swing") -> None:
    """A palm on its own side of the face, fingers up towards the brow; `up_m` from the cheek, `off_m` away from the skin."""
    at = (0.012, 0.022 + off_m - 0.25 * max(up_m, 0.0), -0.035 + up_m)
    hand.touch(end, duration, f"{hand.side}_eye", at, ease=ease, palm=(-0.30, -0.95, 0.0), fingers=(-0.22, -0.05, 0.97),
               elbow=(0.6, 0.35, -1.0))  # fmt: skip


def _rub_face(s: Score) -> None:
    """The face goes down into both hands, they rub up and down over it, nearly together, and wipe off downwards."""
    stroke, half = s.number("stroke_m") * s.amplitude, 0.5 / s.number("rate_hz")
    count = int(s.number("rub_s") / half)
    nod, bend = s.number("nod_rad"), s.number("bend_rad")
    with s.phase("raise", 0.8) as (start, end):
        s.mode.to(end, 0.5, gaze=0.2)
        s.head.to(end + 0.1, 0.7, nod=nod)
        s.trunk.to(end + 0.1, 0.7, bend=bend)
        for late, hand in ((0.0, s.right), (0.05, s.left)):
            hand.fingers(end, 0.5, "clasp")
            _on_face(s, hand, end - 0.22 + late, 0.6, 0.0, 0.06, "smooth")
            _on_face(s, hand, end - 0.05 + late, 0.25, 0.0)
    with s.phase("rub", half * count) as (start, end):
        apart = s.number("apart_m")
        for k in range(count):
            way = 1.0 if k % 2 == 0 else -1.0
            for late, other, hand in ((0.0, 0.0, s.right), (0.03, apart, s.left)):
                _on_face(s, hand, start + half * (k + 1) + late, 1.05 * half, 0.5 * way * stroke - other)
            s.head.to(start + half * (k + 1), half, nod=nod - 0.10 * way)
            s.trunk.to(start + half * (k + 1), half, bend=bend - 0.03 * way)
        s.contact("right_palm", "right_eye", start, end)
    with s.phase("lower", 0.85) as (start, end):
        for late, hand in ((0.05, s.right), (0.0, s.left)):
            _on_face(s, hand, start + 0.28 + late, 0.28, -0.085)
            hand.rest(end + late, 0.62)
            hand.fingers(end, 0.5, "relaxed")
        s.head.to(end, 0.6, nod=-0.02)
        s.trunk.to(end, 0.7, bend=0.0)
        s.mode.to(end, 0.5, gaze=1.0)


RUBBING_FACE_WITH_HANDS = Action(
    name="rubbing_face_with_hands",
    caption="rubs {possessive} face with both hands",
    choreography=_rub_face,
    phases=("raise", "rub", "lower"),
    params={
        "rub_s": Range(1.3, 1.9),
        "rate_hz": Range(1.3, 2.0),
        "stroke_m": Range(0.06, 0.10),
        "apart_m": Range(0.0, 0.03),
        "nod_rad": Range(0.20, 0.50),
        "bend_rad": Range(0.08, 0.30),
    },
    wordings=("rubs both palms up and down {possessive} face", "buries {possessive} face in {possessive} hands and rubs it"),
    aliases=("rubbing face", "rub face"),
    tags=("gesture", "arms", "head"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "rubbing_face_with_hands"},
)
