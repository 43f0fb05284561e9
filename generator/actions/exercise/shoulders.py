"""Shoulders: shrugged, drawn together behind, massaged."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin

from ...motion.score import Score
from ...motion.target import Vector
from ..action import Action, Choice, Range
from ..poses import free_hand
from .moves import both, led_round, lower_both, stand_apart, uneven

Put = Callable[[float, float, Vector, str], None]
"""(end s, duration s, offset m, ease): brings the massaging hand to its place, off by a little."""


def _shrugging(s: Score) -> None:
    """Both shoulders up towards the ears, held there, and let drop; the arms hang and go along."""
    stand_apart(s)
    high = s.number("high_rad") * s.amplitude
    with s.phase("settle", 0.35):
        s.look_ahead(s.now + 0.3)
    for k in range(int(s.number("reps"))):
        up_s = s.number("up_s") * uneven(s, k)
        with s.phase("raise", up_s) as (_, end):
            s.mode.to(end, up_s, shrug=high * uneven(s, k + 2))
            s.head.to(end, up_s, nod=s.number("chin"))
            s.trunk.to(end, up_s, bend=-0.04)
            _hang_or_turn_up(s, end, up_s)
        with s.phase("hold", s.number("hold_s")):
            pass
        down_s = s.number("down_s")
        with s.phase("drop", down_s) as (_, end):
            s.mode.to(end, down_s, "accelerate" if s.option("drop") == "dropped" else "smooth", shrug=-0.05)
            s.head.to(end + 0.1, down_s, nod=0.0, tilt=0.0)
            s.trunk.to(end + 0.1, down_s, bend=0.02)
            lower_both(s, end + 0.05, down_s + 0.05)
    with s.phase("rest", 0.35) as (_, end):
        s.mode.to(end, 0.35, shrug=0.0)
        s.trunk.to(end, 0.35, bend=0.0)


def _hang_or_turn_up(s: Score, end: float, duration: float) -> None:
    """The arms hang and go along; or they bend, the palms turn up beside the body and the head tips: I don't know."""
    out, up = s.number("out"), s.option("palms") == "up"
    for hand, late in both(s):
        if up:
            hand.reach(end + late, duration, (0.34 + out, 0.36 + out, -0.50), palm=(0.15, 0.15, 1.0), fingers=(0.75, 0.65, 0.0),
                       elbow=(0.3, -0.7, -0.7))  # fmt: skip
        else:
            hand.reach(end + late, duration, (0.2 + out, 0.06 + out, -0.97), effector="wrist")
        hand.fingers(end, duration, "flat" if up else s.option("hands"))
    if up:
        s.head.to(end, duration, tilt=s.number("tilt_rad"))


SHRUGGING = Action(
    name="shrugging",
    caption="shrugs both shoulders up towards the ears and lets them drop",
    wordings=("does shoulder shrugs", "lifts both shoulders up high and lets them fall, again and again"),
    choreography=_shrugging,
    phases=("settle", "raise", "hold", "drop", "rest"),
    params={
        "reps": Range(2, 3, whole=True),
        "high_rad": Range(0.68, 0.82),
        "up_s": Range(0.42, 0.58),
        "hold_s": Range(0.4, 0.65),
        "down_s": Range(0.26, 0.45),
        "chin": Range(-0.12, 0.1),
        "out": Range(0.0, 0.1),
        "palms": Choice(("hang", "up")),
        "tilt_rad": Range(0.12, 0.28),
        "drop": Choice(("dropped", "lowered")),
        "hands": Choice(("relaxed", "fist", "flat"), (0.5, 0.3, 0.2)),
        "stance": Range(0.8, 1.8),
    },
    aliases=("shrug", "shrug shoulders", "shoulder shrugs", "shoulder shrug", "shrugging the shoulders"),
    tags=("sport", "exercise", "shoulders"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "shrugging"},
)


def _pinching_back(s: Score) -> None:
    """Bent arms, hands at the waist or up beside the head, are drawn back until the shoulder blades meet; the chest comes out."""
    stand_apart(s)
    high = s.option("elbows") == "high"
    before: Vector = (0.06 + s.number("apart"), 0.42, 0.34) if high else (0.02 + s.number("apart"), 0.52, -0.26)
    behind: Vector = (0.44, -0.24, 0.06) if high else (0.30, -0.10, -0.40)
    elbow_in: Vector = (0.6, 0.5, -0.7) if high else (0.55, -0.1, -0.8)
    elbow_back: Vector = (0.35, -0.95, -0.4) if high else (0.3, -0.95, -0.3)
    palm: Vector = (0.0, 1.0, 0.0) if high else (-1.0, 0.0, 0.0)
    fingers: Vector = (0.0, 0.0, 1.0) if high else (-0.18, 1.0, 0.05)

    def draw(end: float, duration: float, at: Vector, elbow: Vector) -> None:
        for hand, late in both(s):
            hand.reach(end + late, duration, at, palm=palm, fingers=fingers, elbow=elbow, effector="wrist")

    with s.phase("raise", 0.6) as (_, end):
        draw(end, 0.6, before, elbow_in)
        for hand in (s.right, s.left):
            hand.fingers(end, 0.5, s.option("hands"))
    for k in range(int(s.number("reps"))):
        back_s = s.number("back_s") * uneven(s, k)
        with s.phase("draw back", back_s) as (_, end):
            draw(end, back_s, behind, elbow_back)
            s.trunk.to(end + 0.05, back_s, bend=-s.number("chest_out_rad") * s.amplitude)
            s.head.to(end + 0.05, back_s, nod=-0.14)
            s.mode.to(end, back_s, shrug=-0.06)
        with s.phase("squeeze", s.number("hold_s")):
            pass
        with s.phase("let go", s.number("let_go_s")) as (_, end):
            let_go = s.number("let_go_s")
            if k + 1 < int(s.number("reps")):
                draw(end, let_go, before, elbow_in)
            else:
                lower_both(s, end + 0.1, let_go + 0.1)
            s.trunk.to(end, let_go, bend=0.05 if k + 1 < int(s.number("reps")) else 0.0)
            s.head.to(end, let_go, nod=0.0)
            s.mode.to(end, let_go, shrug=0.0)
    with s.phase("settle", 0.3):
        pass


PINCHING_BACK = Action(
    name="pinching_back",
    caption="draws both elbows back until the shoulder blades pinch together",
    wordings=(
        "squeezes the shoulder blades together, pulling bent arms back and pushing the chest out",
        "pulls both bent elbows behind the back, again and again, to pinch the shoulder blades",
    ),
    choreography=_pinching_back,
    phases=("raise", "draw back", "squeeze", "let go", "settle"),
    params={
        "reps": Range(3, 4, whole=True),
        "elbows": Choice(("high", "low"), (0.35, 0.65)),
        "apart": Range(0.0, 0.12),
        "back_s": Range(0.45, 0.62),
        "hold_s": Range(0.40, 0.70),
        "let_go_s": Range(0.42, 0.58),
        "chest_out_rad": Range(0.30, 0.42),
        "hands": Choice(("fist", "relaxed", "flat"), (0.6, 0.2, 0.2)),
        "stance": Range(0.8, 1.8),
    },
    aliases=("scapular retraction", "shoulder blade squeeze", "squeezing the shoulder blades", "pinch back"),
    tags=("sport", "exercise", "shoulders"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "pinching_back"},
)


def _massaging(s: Score) -> None:
    """The right hand reaches across to the left shoulder and kneads or pounds it; the head leans away."""
    stand_apart(s)
    pounding = s.option("manner") == "pounding"
    along = s.number("along")
    middle = (-along * s.body.shoulder_half_m, 0.035 + s.number("ahead_m"), 0.06)
    turn = 0.35 + 0.25 * s.number("look")
    palm, fingers, elbow = (0.1, -0.6, -0.75), (-0.4, -0.65, 0.4), (0.2, 0.55, -1.0)
    if pounding:
        palm, fingers, middle = (0.3, -0.5, -0.75), (-0.6, -0.5, 0.4), (middle[0], middle[1] + 0.01, 0.09)

    def put(end: float, duration: float, offset: Vector, ease: str) -> None:
        x, y, z = (a + b for a, b in zip(middle, offset, strict=True))
        s.right.go(end, duration, "chest", (x, y, z), ease, palm=palm, fingers=fingers, elbow=elbow)

    with s.phase("reach", 0.75) as (start, end):
        s.right.reach(start + 0.4, 0.4, (0.0, 0.55, -0.25), "away", elbow=(0.8, 0.0, -0.6))
        put(end, 0.4, (0.0, 0.0, 0.01), "home")
        s.right.fingers(end, 0.4, "fist" if pounding else "cup")
        s.head.to(end, 0.6, tilt=s.number("tilt_rad"), turn=turn, nod=0.16)
        if s.option("other") == "elbow":
            at = (-0.12, s.body.chest_front_m + 0.14, -0.22)
            s.left.go(end + 0.1, 0.7, "chest", at, palm=(-0.3, -0.3, 1.0), fingers=(-1.0, 0.2, 0.0))
        else:
            free_hand(s, s.left, s.option("other"), end)
    beats, beat = int(s.number("beats")), s.number("beat_s") * (0.62 if pounding else 1.0)
    beats = round(1.5 * beats) if pounding else beats
    with s.phase("massage", beats * beat) as (start, end):
        if pounding:
            _pound(s, put, start, beats, beat)
        else:
            _knead(s, put, start, beats, beat)
        s.mode.to(start + 0.4, 0.4, shrug=0.05)
        s.mode.to(end, 0.4, shrug=0.0)
    with s.phase("lower", 0.75) as (start, end):
        s.right.reach(start + 0.35, 0.35, (0.0, 0.55, -0.3), "away", elbow=(0.8, 0.0, -0.6))
        s.right.rest(end, 0.42, "home")
        s.right.fingers(end, 0.5, "relaxed")
        if s.option("other") != "side":
            free_hand(s, s.left, "side", end)
        s.head.to(end, 0.6, tilt=0.0, turn=0.0, nod=0.0)


def _knead(s: Score, put: Put, start_s: float, beats: int, beat_s: float) -> None:
    """The fingers close and open on the muscle while the hand works its way round."""
    depth = s.number("press_m") * s.amplitude
    for at, step, angle in led_round(start_s, beats * beat_s, 0.0, 2.0 * pi * beats, per_turn=8):
        put(at, step, (0.018 * cos(angle), 0.022 * sin(angle), depth * (0.5 + 0.5 * cos(angle))), "linear")
    for k in range(beats):
        s.right.fingers(start_s + (k + 0.5) * beat_s, 0.45 * beat_s, "grip_wide")
        s.right.fingers(start_s + (k + 0.95) * beat_s, 0.4 * beat_s, "cup")
        s.trunk.to(start_s + (k + 0.5) * beat_s, 0.5 * beat_s, twist=0.05)
        s.trunk.to(start_s + (k + 1.0) * beat_s, 0.5 * beat_s, twist=0.0)
    s.contact("right_palm", "left_shoulder", start_s, start_s + beats * beat_s)


def _pound(s: Score, put: Put, start_s: float, beats: int, beat_s: float) -> None:
    """A loose fist falls on the shoulder again and again."""
    for k in range(beats):
        put(start_s + (k + 0.55) * beat_s, 0.5 * beat_s, (0.02, 0.05, 0.09 * s.amplitude), "decelerate")
        put(start_s + (k + 1.0) * beat_s, 0.42 * beat_s, (0.0, 0.0, 0.0), "accelerate")


MASSAGING_A_SHOULDER_ONESELF = Action(
    name="massaging_a_shoulder_oneself",
    caption="massages {possessive} own shoulder with the {side} hand",
    wordings=(
        "reaches across with {possessive} {side} hand and works on the tense muscle of the other shoulder",
        "loosens a stiff shoulder with {possessive} {side} hand",
    ),
    choreography=_massaging,
    phases=("reach", "massage", "lower"),
    params={
        "manner": Choice(("kneading", "pounding"), (0.85, 0.15)),
        "beats": Range(3, 4, whole=True),
        "beat_s": Range(0.5, 0.65),
        "along": Range(0.80, 1.02),
        "ahead_m": Range(-0.01, 0.03),
        "press_m": Range(0.01, 0.025),
        "tilt_rad": Range(0.05, 0.3),
        "look": Range(-0.6, 1.0),
        "other": Choice(("side", "elbow", "hip"), (0.6, 0.2, 0.2)),
        "stance": Range(0.8, 1.6),
    },
    aliases=("massaging a shoulder", "massaging own shoulder", "shoulder massage", "kneading the shoulder"),
    tags=("daily", "health", "shoulders"),
    acting=("right_hand",),
    taxonomy={"synapt150": "massaging_a_shoulder_oneself"},
)
