"""Brushing teeth: short quick strokes at the front and both sides."""

from __future__ import annotations

from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S, free_hand


def _brush(s: Score) -> None:
    """The brush goes to the mouth and works in quick short strokes, front, right and left, the elbow hanging low."""
    s.hold("brush", START_S)
    s.right.fingers(START_S, 0.1, "grip_thin")
    free_hand(s, s.left, s.option("free_hand"), START_S, 0.1)
    _carry_brush(s, START_S, 0.1)
    places = {"front": ("front",), "sides": ("right", "left"), "all": ("front", "right", "left")}[s.option("places")]
    with s.phase("raise", 0.85) as (start, end):
        s.look(start + 0.3, "chest", (0.02, 0.35, 0.0))
        s.mode.to(end, 0.4, jaw=s.number("jaw_rad"))
        _bristles(s, end - 0.15, 0.7, places[0], 0.0, 0.03)
        _bristles(s, end, 0.2, places[0], 0.0)
        s.head.to(end, 0.5, nod=s.number("nod"), tilt=0.03)
        s.trunk.to(end, 0.6, bend=0.06, twist=0.04)
        s.look(end + 0.1, "travel", (0.0, 1.5, s.body.eye_height_m - 0.25))
    with s.phase("brush", s.number("brush_s") * (1.0 + 0.2 * (len(places) - 1))) as (start, end):
        s.contact("right_palm", "brush", start, end)
        _strokes(s, start, end, places)
    with s.phase("lower", 0.8) as (start, end):
        _bristles(s, start + 0.18, 0.18, places[-1], 0.0, 0.05)
        s.mode.to(start + 0.4, 0.3, jaw=0.0)
        _carry_brush(s, end, 0.65)
        s.head.to(end, 0.6, nod=0.0, tilt=0.0, turn=0.0)
        s.trunk.to(end, 0.6, bend=0.0, twist=0.0)
        s.look_ahead(end + 0.2)


def _carry_brush(s: Score, end_s: float, duration_s: float) -> None:
    """The brush upright in a fist before the chest."""
    s.right.reach(
        end_s, duration_s, (0.02, 0.55, -0.34), palm=(-0.8, -0.5, 0.1), fingers=(-0.55, 0.8, 0.2), elbow=(0.6, -0.3, -0.8)
    )


def _bristles(s: Score, end_s: float, duration_s: float, place: str, stroke_m: float, away_m: float = 0.0) -> None:
    """The bristles on the teeth: `place` says which, `stroke_m` how far along the brush's own axis from the middle.

    The brush comes from before and below, thumb first, so that the forearm can stand under the hand: a brush that lies
    across the face takes the elbow up before it.
    """
    along, inward, at = {
        "front": ((-0.75, -0.55, 0.36), (0.62, -0.74, 0.26), (0.0, 0.002, 0.0)),
        "right": ((-0.23, -0.95, 0.22), (0.91, -0.13, 0.38), (0.018, -0.012, -0.010)),
        "left": ((-0.86, -0.42, 0.30), (0.45, -0.86, 0.24), (-0.022, -0.004, 0.002)),
    }[place]
    x, y, z = (a + stroke_m * b - away_m * c for a, b, c in zip(at, along, inward, strict=True))
    s.right.bring(
        end_s,
        duration_s,
        "brush",
        "bristles",
        "mouth",
        at=(x, y, z),
        y_axis=along,
        z_axis=inward,
        elbow=(s.number("elbow_out"), 0.3, -1.0),
    )


def _strokes(s: Score, start: float, end: float, places: tuple[str, ...]) -> None:
    """Strokes to and fro, the head giving a little way with each; between places the brush takes a moment to move over."""
    half = 0.5 / s.number("rate_hz")
    reach = s.number("stroke_m") * s.amplitude
    each = (end - start) / len(places)
    for number, place in enumerate(places):
        begin = start + number * each
        moving = 0.34 if number else 0.0
        s.head.to(begin + 0.35, 0.35, turn={"front": 0.0, "right": 0.10, "left": -0.10}[place])
        _bristles(s, begin + moving, max(moving, 0.05), place, 0.0)
        count = int((each - moving) / half)
        for k in range(count):
            side = 1.0 if k % 2 else -1.0
            at = begin + moving + half * (k + 1)
            _bristles(s, at, half, place, reach * side)
            s.head.to(at, half, tilt=0.03 + 0.012 * side)


BRUSHING_TEETH = Action(
    name="brushing_teeth",
    caption="brushes {possessive} teeth",
    choreography=_brush,
    phases=("raise", "brush", "lower"),
    params={
        "places": Choice(("front", "sides", "all"), (0.35, 0.3, 0.35)),
        "brush_s": Range(1.3, 1.7),
        "rate_hz": Range(2.2, 3.4),
        "stroke_m": Range(0.017, 0.026),
        "jaw_rad": Range(0.06, 0.16),
        "nod": Range(-0.02, 0.22),
        "elbow_out": Range(0.2, 0.8),
        "free_hand": Choice(("side", "hip", "across"), (0.45, 0.35, 0.2)),
    },
    props=(PropUse("brush", ("toothbrush",), (0.92, 1.08)),),
    aliases=("brush teeth", "tooth brushing", "brush tooth"),
    tags=("daily", "arms", "object"),
    acting=("right_hand",),
    taxonomy={"synapt150": "brushing_teeth", "ntu120": "A003"},
)
