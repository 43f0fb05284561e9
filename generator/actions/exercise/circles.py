"""Circles of arms, elbows and wrists."""

from __future__ import annotations

from math import cos, pi, sin

from ...motion.limbs import Hand
from ...motion.score import Score
from ...motion.target import Vector
from ..action import Action, Choice, Range
from .moves import both, led_round, lower_both, of_length, stand_apart

FORWARDS = {"forward": 1.0, "backward": -1.0}
"""Sign of an angle about the line through both shoulders, counted from hanging down over the front upwards."""

BEFORE: Vector = (0.22, 0.5, -0.25)
"""Where hands pass on their way to the own shoulders and from there, arm lengths."""


def _great_circle(angle_rad: float) -> Vector:
    """Where a straight arm points: 0 hangs, a quarter turn ahead, half a turn up; behind the body it passes further out."""
    behind = max(-sin(angle_rad), 0.0)
    overhead = max(-cos(angle_rad), 0.0)
    return of_length((0.16 + 0.75 * behind, sin(angle_rad) * (1.0 - 0.45 * behind), -cos(angle_rad)), 1.0 + 0.08 * overhead)


def _small_circle(angle_rad: float, radius: float) -> Vector:
    """Where an arm held out sideways points while its hand draws a circle."""
    return of_length((1.0, radius * sin(angle_rad), -radius * cos(angle_rad) + 0.02), 1.02)


def _arm_circling(s: Score) -> None:
    """Straight arms go round in the shoulders: great circles past the ears, or smaller ones out at the sides."""
    turns, turn_s = int(s.number("turns")), s.number("turn_s")
    great = s.option("circles") == "great"
    # The hand goes over the top ahead in forward circles, so its angle falls.
    by = -FORWARDS[s.option("direction")] * 2.0 * pi * turns
    radius = s.number("radius") * s.amplitude
    stand_apart(s)
    first = 0.0 if great else 0.5 * pi
    with s.phase("raise", 0.3 if great else 0.75) as (_, end):
        for hand, late in both(s):
            if not great:
                hand.reach(end + late, 0.75, _small_circle(first, radius), fingers=(1.0, 0.0, 0.0), effector="wrist")
            hand.fingers(end, 0.3, s.option("hands"))
    length = turns * (turn_s if great else 0.8 * turn_s)
    with s.phase("circle", length) as (start, end):
        for hand, late in both(s):
            late += 0.5 * turn_s * s.number("lag") if hand is s.left and great else 0.0
            for at, step, angle in led_round(start + late, length, first, by):
                way = _great_circle(angle) if great else _small_circle(angle, radius)
                hand.reach(at, step, way, "linear", fingers=way, effector="wrist")
        _carried_along(s, start, length, by, 0.05 if great else 0.02)
    with s.phase("lower", 0.75) as (_, end):
        lower_both(s, end, 0.6)
        s.trunk.to(end, 0.6, bend=0.0)


def _carried_along(s: Score, start_s: float, duration_s: float, by_rad: float, share: float) -> None:
    """The trunk gives a little with the arms: back when they are up, ahead when they are down."""
    for at, step, angle in led_round(start_s, duration_s, 0.0, by_rad, per_turn=6):
        s.trunk.to(at, 1.3 * step, bend=share * cos(angle) - share)


ARM_CIRCLING = Action(
    name="arm_circling",
    caption="swings both straight arms round in circles",
    wordings=("does arm circles with both arms", "circles both straight arms {direction}s in the shoulders"),
    choreography=_arm_circling,
    phases=("raise", "circle", "lower"),
    params={
        "circles": Choice(("great", "small"), (0.65, 0.35)),
        "direction": Choice(("forward", "backward")),
        "turns": Range(2, 3, whole=True),
        "turn_s": Range(0.95, 1.2),
        "radius": Range(0.28, 0.5),
        "lag": Range(0.0, 0.5),
        "hands": Choice(("flat", "fist", "relaxed")),
        "stance": Range(0.9, 2.1),
    },
    aliases=("arm circles", "arm circle", "circling the arms", "swinging arms in circles"),
    tags=("sport", "exercise", "arms"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "arm_circling"},
)


def _on_the_shoulder(s: Score, angle_rad: float, out: float, wide: float) -> tuple[Vector, Vector, Vector]:
    """Wrist (arm lengths from the shoulder), fingers and elbow of an arm whose fingertips lie on its own shoulder.

    The elbow points out and round at the angle (0 down, a quarter turn ahead, half a turn up); the forearm folds back over
    the upper arm, on its inner and upper side, and the hand bends down to the shoulder.
    """
    behind = max(-sin(angle_rad), 0.0)
    elbow = of_length((out + 0.3 * behind, wide * sin(angle_rad), -wide * cos(angle_rad)))
    over = (-0.25, 0.55, 0.8)
    along = sum(a * b for a, b in zip(elbow, over, strict=True))
    x, y, z = (b - along * a for a, b in zip(elbow, over, strict=True))
    inner = of_length((x, y, z))
    share = s.body.upper_arm_m / s.body.arm_m
    wrist = tuple(share * (0.42 * a + 0.44 * b) for a, b in zip(elbow, inner, strict=True))
    tips = (-0.02, 0.06, 0.13)
    fingers = of_length((tips[0] - wrist[0], tips[1] - wrist[1], tips[2] - wrist[2]))
    return (wrist[0], wrist[1], wrist[2]), fingers, elbow


def _elbow_circling(s: Score) -> None:
    """Fingertips on the shoulders, elbows drawing circles at the sides."""
    turns, turn_s = int(s.number("turns")), s.number("turn_s")
    by = -FORWARDS[s.option("direction")] * 2.0 * pi * turns
    out, wide = s.number("out"), s.number("wide") * s.amplitude
    stand_apart(s)

    def put(hand: Hand, end: float, duration: float, angle: float, ease: str) -> None:
        wrist, fingers, elbow = _on_the_shoulder(s, angle, out, wide)
        hand.reach(end, duration, wrist, ease, fingers=fingers, elbow=elbow, effector="wrist")

    with s.phase("raise", 0.8) as (start, end):
        for hand, late in both(s):
            hand.reach(start + 0.42 + late, 0.4, BEFORE, "away", fingers=(-0.25, 0.75, 0.6), elbow=(0.5, -0.3, -0.8))
            put(hand, end + late, 0.42, 0.25 * pi, "home")
            hand.fingers(end, 0.5, "cup")
    with s.phase("circle", turns * turn_s) as (start, end):
        for hand, late in both(s):
            for at, step, angle in led_round(start + late, turns * turn_s, 0.25 * pi, by):
                put(hand, at, step, angle, "linear")
        _carried_along(s, start, turns * turn_s, by, 0.06)
        for at, step, angle in led_round(start, turns * turn_s, 0.25 * pi, by, per_turn=8):
            s.mode.to(at, 1.2 * step, shrug=0.08 - 0.1 * cos(angle))
    with s.phase("lower", 0.8) as (start, end):
        for hand, late in both(s):
            hand.reach(start + 0.4 + late, 0.4, BEFORE, "away", fingers=(-0.25, 0.8, 0.3), elbow=(0.5, -0.3, -0.8))
        lower_both(s, end, 0.42, "home")
        s.trunk.to(end, 0.6, bend=0.0)
        s.mode.to(end, 0.6, shrug=0.0)


ELBOW_CIRCLING = Action(
    name="elbow_circling",
    caption="circles both elbows with the hands on the shoulders",
    wordings=(
        "puts the fingertips on the shoulders and draws circles with the elbows",
        "rolls both bent elbows {direction}s, hands resting on the shoulders",
    ),
    choreography=_elbow_circling,
    phases=("raise", "circle", "lower"),
    params={
        "direction": Choice(("forward", "backward")),
        "turns": Range(2, 3, whole=True),
        "turn_s": Range(1.0, 1.3),
        "out": Range(0.5, 0.8),
        "wide": Range(0.75, 1.0),
        "stance": Range(0.8, 2.0),
    },
    aliases=("elbow circles", "elbow circle", "circling the elbows", "shoulder rolls with hands on shoulders"),
    tags=("sport", "exercise", "arms"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "elbow_circling"},
)


def _wrist_circling(s: Score) -> None:
    """Forearms held up in front, the hands going round on the wrists, apart or with the fingers locked."""
    turns, turn_s = int(s.number("turns")), s.number("turn_s")
    by = (1.0 if s.option("direction") == "outward" else -1.0) * 2.0 * pi * turns
    cone = s.number("cone_rad") * s.amplitude
    stand_apart(s)
    put = _locked if s.option("hands") == "locked" else _apart
    with s.phase("raise", 0.7) as (_, end):
        s.look(end - 0.2, "chest", (0.0, 0.5, s.number("height")))
        put(s, end, 0.65, 0.0, cone, "smooth")
        for hand in (s.right, s.left):
            hand.fingers(end, 0.5, {"locked": "clasp", "fists": "fist", "loose": "relaxed"}[s.option("hands")])
    with s.phase("circle", turns * turn_s) as (start, _):
        for at, step, angle in led_round(start, turns * turn_s, 0.0, by):
            put(s, at, step, angle, cone, "linear")
    with s.phase("lower", 0.7) as (_, end):
        lower_both(s, end, 0.65)
        s.look_ahead(end)


def _apart(s: Score, end_s: float, duration_s: float, angle_rad: float, cone_rad: float, ease: str) -> None:
    """Each hand on its own forearm: fingers on a cone about it, the wrist going round a little the other way."""
    rise = s.number("rise_rad")
    for hand, late in both(s):
        round_out, round_up = cos(angle_rad), sin(angle_rad)
        side, up = sin(cone_rad) * round_out, sin(cone_rad) * round_up
        fingers = (side - 0.1, cos(cone_rad) * cos(rise) - up * sin(rise), cos(cone_rad) * sin(rise) + up * cos(rise))
        palm = (0.25 * round_out - 0.35, 0.45 * round_up + 0.35 * sin(rise), -1.0)
        at = (s.number("width") - 0.03 * round_out, 0.60, s.number("height") - 0.03 * round_up)
        hand.reach(end_s + late, duration_s, at, ease, palm=palm, fingers=fingers, elbow=(0.75, -0.3, -0.8), effector="wrist")


def _locked(s: Score, end_s: float, duration_s: float, angle_rad: float, cone_rad: float, ease: str) -> None:
    """Both hands as one before the chest, rolled round in a wave from side to side."""
    ahead = s.body.chest_front_m + 0.20 + 0.07 * sin(angle_rad)
    high, sway = 1.2 * s.number("height") * s.body.arm_m + 0.05 * cos(angle_rad), 0.05 * cos(angle_rad)
    for hand, sign in ((s.right, 1.0), (s.left, -1.0)):
        tip = 0.9 * cone_rad * sin(angle_rad + sign * 0.35 * pi)
        hand.go(
            end_s,
            duration_s,
            "chest",
            (0.032 + sign * sway, ahead, high + 0.02 * sign * sin(angle_rad)),
            ease,
            palm=(-1.0, -0.35, -0.2),
            fingers=(-0.45, 0.75, 0.45 + tip),
            elbow=(0.85, -0.25, -0.5),
        )


WRIST_CIRCLING = Action(
    name="wrist_circling",
    caption="circles both wrists in front of the body",
    wordings=("turns the hands round and round on the wrists", "rolls {possessive} wrists in circles to loosen them"),
    choreography=_wrist_circling,
    phases=("raise", "circle", "lower"),
    params={
        "hands": Choice(("fists", "loose", "locked"), (0.5, 0.35, 0.15)),
        "direction": Choice(("outward", "inward")),
        "turns": Range(3, 4, whole=True),
        "turn_s": Range(0.58, 0.75),
        "cone_rad": Range(0.6, 0.85),
        "height": Range(-0.32, -0.05),
        "width": Range(0.06, 0.30),
        "rise_rad": Range(0.2, 0.8),
        "stance": Range(0.8, 1.8),
    },
    aliases=("wrist circles", "wrist circle", "circling the wrists", "rolling the wrists", "wrist rolls"),
    tags=("sport", "exercise", "arms"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "wrist_circling"},
)
