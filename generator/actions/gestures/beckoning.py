"""Signs that send for people and things: come here, stop, a swipe through the air."""

from __future__ import annotations

from ...motion.score import Score, Vector
from ..action import Action, Choice, Range
from ..poses import free_hand


def _beckon_at(s: Score, end: float, duration: float, near: float) -> None:
    """`near` 0: the arm held out, palm up; 1: the forearm drawn up to the chest, the palm to oneself."""
    reach = 0.36 * s.amplitude
    at: Vector = (s.number("out") * (1.0 - 0.6 * near), s.number("ahead") - reach * near, s.number("height") + 0.16 * near)
    s.right.reach(end, duration, at, "swing", palm=(-0.35, -0.15 - 0.85 * near, 0.95 - 0.6 * near),
                  fingers=(-0.1, 1.0 - 0.6 * near, 0.25 + 0.7 * near), elbow=(0.5, -0.4, -1.0))  # fmt: skip


def _come(s: Score) -> None:
    """The arm goes out, palm up, and is drawn in to the chest again and again, fingers closing; the head calls with it."""
    beat, times = s.number("beat_s"), int(s.number("times"))
    with s.phase("reach", 0.7) as (start, end):
        s.look(start + 0.25, "world", (0.4, 3.0, s.body.eye_height_m))
        s.right.fingers(end, 0.5, "flat")
        _beckon_at(s, end, 0.7, 0.0)
        free_hand(s, s.left, s.option("free_hand"), end)
        s.trunk.to(end, 0.6, bend=0.08, twist=0.10)
    with s.phase("beckon", beat * times) as (start, _):
        for k in range(times):
            near, out = start + beat * (k + 0.5), start + beat * (k + 1)
            _beckon_at(s, near, 0.52 * beat, 1.0)
            s.right.fingers(near, 0.45 * beat, "grip_wide")
            s.head.to(near, 0.45 * beat, nod=-0.12)
            s.trunk.to(near, 0.5 * beat, bend=-0.03)
            if k < times - 1:
                _beckon_at(s, out, 0.52 * beat, 0.0)
                s.right.fingers(out, 0.45 * beat, "flat")
            s.head.to(out, 0.45 * beat, nod=0.05)
            s.trunk.to(out, 0.5 * beat, bend=0.07)
    with s.phase("lower", 0.75) as (_, end):
        s.right.rest(end, 0.7)
        s.right.fingers(end, 0.5, "relaxed")
        free_hand(s, s.left, "side", end)
        s.trunk.to(end, 0.6, bend=0.0, twist=0.0)
        s.head.to(end, 0.5, nod=0.0)


COME_HERE = Action(
    name="come_here",
    caption="beckons somebody to come with {possessive} {side} hand",
    choreography=_come,
    phases=("reach", "beckon", "lower"),
    params={
        "beat_s": Range(0.50, 0.68),
        "times": Range(2, 3, whole=True),
        "out": Range(0.05, 0.35),
        "ahead": Range(0.70, 0.88),
        "height": Range(-0.30, -0.10),
        "free_hand": Choice(("side", "hip"), (0.7, 0.3)),
    },
    wordings=("calls somebody over with a wave of the hand to {reflexive}", "signals come here"),
    aliases=("beckoning", "come here sign", "beckon"),
    tags=("gesture", "arms"),
    acting=("right_hand",),
)


def _palm_out(s: Score, end: float, duration: float, further: float, ease: str = "smooth") -> None:
    at: Vector = (s.number("out"), s.number("ahead") + further, s.number("height"))
    s.right.reach(end, duration, at, ease, palm=(-0.10, 1.0, 0.0), fingers=(-0.05, 0.10, 1.0), elbow=(0.6, -0.3, -0.8))


def _stop(s: Score) -> None:
    """The hand is drawn up at the shoulder and thrust out, palm ahead and fingers up; it stays, and pushes once more."""
    with s.phase("raise", 0.6) as (start, end):
        s.look(start + 0.2, "world", (0.0, 3.0, s.body.eye_height_m))
        s.right.fingers(end, 0.4, "push")
        _palm_out(s, end, 0.58, -0.42)
        s.trunk.to(end, 0.5, twist=-0.12, bend=-0.03)
        free_hand(s, s.left, s.option("free_hand"), end)
        if s.option("step") == "ahead":
            s.right_foot.step(end + 0.12, 0.4, (s.body.stance_out_m, 0.22 * s.body.leg_m), lift_m=0.05)
            s.pelvis.to(end + 0.15, 0.45, forward=0.10 * s.body.leg_m)
    with s.phase("hold", 0.25 + s.number("hold_s")) as (start, end):
        _palm_out(s, start + 0.22, 0.22, 0.0, "decelerate")
        s.trunk.to(start + 0.25, 0.25, twist=0.16, bend=0.06)
        for k in range(int(s.number("pushes"))):
            _palm_out(s, start + 0.75 + 0.5 * k, 0.22, -0.16 * s.amplitude)
            _palm_out(s, start + 0.93 + 0.5 * k, 0.17, 0.02, "decelerate")
        for k in range(int((end - start - 0.3) / 0.3)):
            s.head.to(start + 0.3 * (k + 2), 0.3, turn=s.number("shake_rad") * (1.0 if k % 2 else -1.0))
    with s.phase("lower", 0.8) as (start, end):
        s.right.rest(end, 0.75)
        s.right.fingers(end, 0.5, "relaxed")
        free_hand(s, s.left, "side", end)
        s.trunk.to(end, 0.6, twist=0.0, bend=0.0)
        s.head.to(end, 0.4, turn=0.0)
        if s.option("step") == "ahead":
            s.right_foot.step(start + 0.6, 0.45, (s.body.stance_out_m, 0.0), lift_m=0.05)
            s.pelvis.to(start + 0.6, 0.5, forward=0.0)


STOP = Action(
    name="stop",
    caption="holds out {possessive} {side} palm to say stop",
    choreography=_stop,
    phases=("raise", "hold", "lower"),
    params={
        "hold_s": Range(1.0, 1.7),
        "pushes": Range(0, 1, whole=True),
        "out": Range(-0.08, 0.22),
        "ahead": Range(0.80, 0.90),
        "height": Range(-0.05, 0.20),
        "shake_rad": Range(0.0, 0.22),
        "step": Choice(("none", "ahead"), (0.6, 0.4)),
        "free_hand": Choice(("side", "hip"), (0.75, 0.25)),
    },
    wordings=("thrusts out a flat hand: stop", "signals stop with {possessive} {side} hand"),
    aliases=("stop sign", "stop gesture", "halt"),
    tags=("gesture", "arms"),
    acting=("right_hand",),
)


def _swipe_at(s: Score, end: float, duration: float, across: float, ease: str = "smooth", off: float = 0.0) -> None:
    """The flat hand before the chest, `across` 0 on its own side to 1 on the other one's; `off` drawn back to the body."""
    out = s.number("from_out") - s.number("width") * s.amplitude * across
    at: Vector = (out, s.number("ahead") - 0.18 * off, s.number("height") + 0.06 * off)
    s.right.reach(end, duration, at, ease, palm=(-0.9 + 0.4 * across, 0.35, -0.1), fingers=(-0.2 - 0.4 * across, 0.9, 0.25),
                  elbow=(0.7, -0.2, -0.8))  # fmt: skip


def _swipe(s: Score) -> None:
    """A hand comes up at its own side and sweeps level across, quickly, past the midline; back, and again."""
    back = s.option("way") == "back"
    times = int(s.number("times"))
    begin, done = (1.0, 0.0) if back else (0.0, 1.0)
    with s.phase("raise", 0.75) as (start, end):
        s.right.fingers(end, 0.5, s.option("shape"))
        _swipe_at(s, end, 0.72, begin)
        s.look(start + 0.35, "chest", (0.1, 1.2, 0.1))
        s.trunk.to(end, 0.6, twist=-0.10 if not back else 0.10)
    with s.phase("swipe", 0.85 * times) as (start, _):
        for k in range(times):
            at = start + 0.85 * k
            _swipe_at(s, at + 0.34, 0.30, done, "decelerate")
            s.trunk.to(at + 0.32, 0.3, twist=0.16 if not back else -0.14)
            s.head.to(at + 0.30, 0.3, turn=0.14 if not back else -0.14)
            if k < times - 1:
                _swipe_at(s, at + 0.58, 0.24, 0.5, off=1.0)
                _swipe_at(s, at + 0.84, 0.28, begin)
                s.trunk.to(at + 0.84, 0.45, twist=-0.10 if not back else 0.10)
                s.head.to(at + 0.80, 0.4, turn=0.0)
    with s.phase("lower", 0.75) as (_, end):
        s.right.rest(end, 0.7)
        s.right.fingers(end, 0.5, "relaxed")
        s.trunk.to(end, 0.6, twist=0.0)
        s.head.to(end, 0.5, turn=0.0)
        s.look_ahead(end)


SWIPE = Action(
    name="swipe",
    caption="swipes through the air with {possessive} {side} hand",
    choreography=_swipe,
    phases=("raise", "swipe", "lower"),
    params={
        "way": Choice(("across", "back"), (0.65, 0.35)),
        "times": Range(1, 2, whole=True),
        "shape": Choice(("flat", "point"), (0.7, 0.3)),
        "from_out": Range(0.38, 0.58),
        "width": Range(0.65, 0.90),
        "ahead": Range(0.48, 0.62),
        "height": Range(-0.18, 0.10),
    },
    wordings=("sweeps a hand sideways before {possessive} chest", "swipes an unseen page aside"),
    aliases=("swiping", "swipe left", "swipe hand"),
    tags=("gesture", "arms"),
    acting=("right_hand",),
)
