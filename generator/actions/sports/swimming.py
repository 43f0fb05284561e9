"""In the water: front crawl and backstroke, seen from above it, as it is painted and not seen through."""

from __future__ import annotations

import numpy as np

from ...motion.limbs import Hand
from ...motion.score import Score
from ...motion.solve import STANDING_AHEAD
from ...motion.target import Vector
from ...props.pool import POOL_M, WATER_M
from ..action import Action, PropUse, Range
from ..poses import START_S, pelvis_at
from . import dive_shapes as shape

DEEP_M = 2.0
"""How far under the floor limbs may go: the pool is deeper than an arm."""

Stroke = tuple[tuple[float, Vector, Vector, Vector], ...]
"""Share of a stroke -> palm from the shoulder (out, towards the belly, towards the head), its direction, the elbow's."""

CRAWL: Stroke = (
    (0.00, (0.02, 0.08, 0.97), (0.0, 0.9, 0.3), (0.7, -0.5, 0.0)),
    (0.30, (0.10, 0.72, 0.45), (0.0, 0.3, -0.95), (0.9, 0.1, 0.3)),
    (0.52, (0.10, 0.30, -0.88), (0.0, 0.2, -0.95), (0.9, -0.4, 0.0)),
    (0.68, (0.40, -0.46, -0.42), (0.0, 0.4, -0.8), (0.6, -1.0, 0.2)),
    (0.84, (0.46, -0.44, 0.44), (0.0, 0.9, 0.2), (0.8, -1.0, 0.1)),
)
"""In ahead of the shoulder, down and back under the body, out at the hip, over with the elbow high."""

BACKSTROKE: Stroke = (
    (0.00, (0.12, -0.04, 0.97), (0.6, -0.6, 0.2), (0.8, 0.0, 0.3)),
    (0.28, (0.72, -0.42, 0.40), (0.2, 0.2, -0.9), (0.4, -0.9, -0.3)),
    (0.50, (0.22, -0.22, -0.90), (0.0, -0.2, -0.95), (0.6, -0.7, 0.0)),
    (0.66, (0.12, 0.55, -0.78), (-0.9, 0.0, 0.2), (0.8, -0.3, 0.0)),
    (0.83, (0.10, 0.92, 0.28), (0.9, 0.2, 0.2), (0.8, 0.0, 0.4)),
)
"""In behind the head, out and down beside the body, out at the thigh, straight up and over."""


def _swim(s: Score, strokes: Stroke, lying: float) -> None:
    """On the surface, arms going round half a stroke apart, trunk rolling with them, legs fluttering."""
    beat, many = s.number("stroke_s"), 3
    speed = s.number("speed") * s.body.height_m / beat
    for name in ("balance", "reach", "gaze"):
        s.mode.channels[name].base = 0.0
    s.mode.channels["water"].base = DEEP_M
    whole = many * beat
    far = s.real(1.0)
    s.travel.add("forward", lambda times: lying * speed / far * (times - 0.5 * whole))
    deep = WATER_M - 0.025 - 0.04 * s.number("deep")
    pelvis_at(s, START_S, 0.1, forward_m=STANDING_AHEAD * s.body.height_m, height_m=deep, pitch=lying * (0.5 * np.pi - 0.04))
    s.trunk.to(START_S, 0.1, bend=-0.06 if lying > 0.0 else 0.05)
    s.head.to(START_S, 0.1, nod=-0.30 if lying > 0.0 else s.number("chin"))
    s.stand("pool", (0.0, -0.5 * POOL_M[1]), 0.0, 0.0, START_S)
    with s.throughout("swim", whole):
        for hand, behind in ((s.right, 0.0), (s.left, 0.5)):
            hand.fingers(START_S, 0.1, "flat")
            _arm_round(s, hand, strokes, beat, behind)
        _flutter(s, beat / s.number("kicks"), whole)
        _roll(s, beat, lying)


def _arm_round(s: Score, hand: Hand, strokes: Stroke, beat: float, behind: float) -> None:
    """One arm's strokes, all the clip long; `behind`: by what share of a stroke it is late."""
    for k in range(-2, 6):
        for n, (share, at, palm, elbow) in enumerate(strokes):
            since = share - (strokes[n - 1][0] if n else strokes[-1][0] - 1.0)
            end = (k + share + behind) * beat
            out, down, ahead = at
            over = down if down > 0.0 else down * s.number("elbow")
            ease = "linear" if n in (1, 2, 4) else "swing"
            hand.reach(end, since * beat, (out, over, ahead), ease, palm=palm, elbow=elbow)


def _flutter(s: Score, kick_s: float, whole: float) -> None:
    """Legs up and down in turn, the knees giving on the way up."""
    swing = 0.16 * s.amplitude * s.number("kick")
    at, turn = -2.0 * kick_s, 1.0
    while at < whole + 3.0 * kick_s:
        for foot, sign in ((s.right_foot, 1.0), (s.left_foot, -1.0)):
            down = sign * turn
            shape.leg(s, foot, at + 0.5 * kick_s, 0.5 * kick_s, down * swing + 0.02, 0.24 if down < 0.0 else 0.04)
        at, turn = at + 0.5 * kick_s, -turn


def _roll(s: Score, beat: float, lying: float) -> None:
    """Shoulders roll with the arms; who swims on the front breathes to the right when that arm comes out."""
    turn = 0.42 * s.number("roll") * s.amplitude
    s.trunk.add("twist", lambda times: -lying * turn * np.sin(2.0 * np.pi * (times / beat - 0.02)))
    if lying > 0.0:
        for k in range(-2, 5, round(s.number("breath_every"))):
            s.head.to((k + 0.66) * beat, 0.25 * beat, turn=-0.95, nod=-0.05)
            s.head.to((k + 1.0) * beat, 0.25 * beat, turn=0.0, nod=-0.30)


def _crawl(s: Score) -> None:
    """Front crawl: face down."""
    _swim(s, CRAWL, 1.0)


def _backstroke(s: Score) -> None:
    """Backstroke: face up."""
    _swim(s, BACKSTROKE, -1.0)


_PARAMS = {
    "stroke_s": Range(1.15, 1.55),
    "speed": Range(0.75, 1.0),
    "deep": Range(0.0, 1.0),
    "elbow": Range(0.85, 1.2),
    "kicks": Range(2.4, 3.6),
    "kick": Range(0.7, 1.3),
    "roll": Range(0.7, 1.2),
}

SWIMMING_FRONT_CRAWL = Action(
    name="swimming_front_crawl",
    caption="swims front crawl in a pool",
    wordings=("swims freestyle, arm over arm", "does the front crawl across a pool"),
    choreography=_crawl,
    phases=("swim",),
    params={**_PARAMS, "breath_every": Range(1, 2, whole=True)},
    props=(PropUse("pool", ("pool",), (0.95, 1.2)),),
    aliases=("front crawl", "swimming", "freestyle swimming", "crawl swimming"),
    tags=("sport", "dynamic", "water"),
    outfit="swimming",
    acting=("right_hand", "left_hand"),
    taxonomy={"ucf101": "FrontCrawl"},
)

SWIMMING_BACKSTROKE = Action(
    name="swimming_backstroke",
    caption="swims on {possessive} back in a pool",
    wordings=("does the backstroke across a pool", "swims backstroke, one arm after the other"),
    choreography=_backstroke,
    phases=("swim",),
    params={**_PARAMS, "chin": Range(0.05, 0.3)},
    props=(PropUse("pool", ("pool",), (0.95, 1.2)),),
    aliases=("backstroke", "back crawl"),
    tags=("sport", "dynamic", "water"),
    outfit="swimming",
    acting=("right_hand", "left_hand"),
    taxonomy={},
)
