"""Chores: sweeping the floor, ironing."""

from __future__ import annotations

import numpy as np

from ...motion.approach import step_to
from ...motion.score import Score
from ..action import Action, PropUse, Range
from ..poses import START_S
from .places import set_down, slide_so, stand_at


def _sweep(s: Score) -> None:
    """Both hands on the stick: the broom is swept from the side across before the feet, lifted and put back."""
    s.hold("broom", START_S)
    for hand in (s.right, s.left):
        hand.fingers(START_S, 0.1, "grip")
    out, arm = s.number("out"), s.body.arm_m
    s.right_foot.place(START_S, 0.1, (1.2 * s.body.stance_out_m, -0.08), toe_out_rad=0.3)
    s.left_foot.place(START_S, 0.1, (1.1 * s.body.stance_out_m, 0.10), toe_out_rad=0.1)
    s.trunk.to(START_S, 0.1, bend=s.number("bow_rad"))
    s.left.go(
        START_S,
        0.1,
        "thing:broom:second",
        (0.0, 0.0, 0.0),
        palm=(-0.9, 0.1, -0.2),
        fingers=(-0.1, 0.9, -0.4),
        elbow=(0.8, -0.5, -0.5),
    )
    s.look(START_S, "thing:broom:foot")
    back, front = np.array([0.85 * out * arm, 1.15 * arm]), np.array([-0.45 * out * arm, 1.40 * arm])
    _broom(s, START_S, 0.1, back, 0.02)
    beat, gone = s.number("beat_s"), 0.0
    for k in range(int(s.number("strokes"))):
        with s.phase("sweep", 0.55 * beat) as (start, end):
            for n in range(5):
                share = (n + 1) / 5
                share = share * share * (3.0 - 2.0 * share)
                _broom(s, start + 0.11 * beat * (n + 1), 0.11 * beat, back + share * (front - back), 0.0, "linear")
            s.trunk.to(end, 0.5 * beat, twist=0.22, lean=-0.05)
            s.pelvis.to(end, 0.5 * beat, right=-0.02, yaw=0.08)
        with s.phase("back", 0.45 * beat) as (start, end):
            _broom(s, start + 0.2 * beat, 0.2 * beat, 0.5 * (back + front), 0.10)
            _broom(s, end, 0.25 * beat, back, 0.0)
            s.trunk.to(end, 0.45 * beat, twist=-0.14, lean=0.05)
            s.pelvis.to(end, 0.45 * beat, right=0.02, yaw=-0.06)
            if k % 2 == 1:
                gone += s.number("step_m")
                step_to(s, start, end, gone, right_first=False, lift_m=0.035, split_m=0.18)


def _broom(s: Score, end_s: float, duration_s: float, at: np.ndarray, up_m: float, ease: str = "smooth") -> None:
    """The broom's foot (right, forward) of where the person has come to, the stick leaning back to the shoulder."""
    s.right.bring(
        end_s, duration_s, "broom", "foot", None, frame="travel", at=(float(at[0]), float(at[1]), up_m),
        y_axis=(0.20, -0.92, -0.36), z_axis=(0.10, -0.34, 0.935), elbow=(0.9, -0.5, -0.2), ease=ease,
    )  # fmt: skip


SWEEPING_THE_FLOOR = Action(
    name="sweeping_the_floor",
    caption="sweeps the floor with a {broom}",
    wordings=("holds a {broom} in both hands and sweeps the floor",),
    choreography=_sweep,
    phases=("sweep", "back"),
    params={
        "strokes": Range(3, 4, whole=True),
        "beat_s": Range(0.95, 1.25),
        "out": Range(0.36, 0.62),
        "bow_rad": Range(0.16, 0.36),
        "step_m": Range(0.10, 0.22),
    },
    props=(PropUse("broom", ("broom",), (0.9, 1.15)),),
    aliases=("sweeping", "sweep", "sweeping floor", "brooming"),
    tags=("daily", "arms", "legs", "object", "cleaning"),
    acting=("right_hand", "left_hand"),
    taxonomy={"kinetics700": "sweeping floor"},
)


def _iron(s: Score) -> None:
    """The iron glides ahead over the cloth and back, stripe after stripe; the other hand smooths the cloth before it."""
    top = stand_at(s, "table", room_m=0.02)
    bow, arm = s.number("bow_rad"), s.body.arm_m
    s.pelvis.to(START_S, 0.1, pitch=0.35 * bow)
    s.trunk.to(START_S, 0.1, bend=0.6 * bow)
    set_down(s, "cloth", (0.0, top.edge_m + 0.26, top.height_m))
    height = top.height_m + 0.012
    s.hold("iron", START_S)
    s.right.fingers(START_S, 0.1, "grip")
    s.left.fingers(START_S, 0.1, "planted")
    s.look(START_S, "thing:iron")
    here = (0.22, top.edge_m + 0.16, height)
    _glide(s, START_S, 0.1, here, here)
    _smooth(s, START_S, 0.1, 0.14, top.edge_m + 0.2, height)
    beat = s.number("beat_s")
    for k in range(int(s.number("strokes"))):
        right, long = 0.20 - 0.05 * k, s.number("stroke") * arm
        with s.phase("ahead", 0.55 * beat) as (_, end):
            far = (right - 0.08, top.edge_m + s.number("ahead_m") + long, height)
            _glide(s, end, 0.55 * beat, here, far)
            _smooth(s, end, 0.5 * beat, 0.17 + 0.03 * (k % 2), top.edge_m + 0.20 + 0.3 * long, height)
            s.trunk.to(end, 0.5 * beat, bend=0.6 * bow + 0.10, twist=0.10)
        with s.phase("back", 0.45 * beat) as (_, end):
            here = (right - 0.05, top.edge_m + s.number("ahead_m"), height)
            _glide(s, end, 0.45 * beat, far, here)
            s.trunk.to(end, 0.45 * beat, bend=0.6 * bow, twist=-0.03)
            s.contact("right_palm", "iron", end - beat, end)


def _glide(s: Score, end_s: float, duration_s: float, start: tuple[float, float, float], end: tuple[float, float, float]) -> None:
    slide_so(s, s.right, end_s, duration_s, "iron", "sole", (start, end), palm=(0.0, 0.0, -1.0), fingers=(-0.8, 0.6, 0.0),
             elbow=(1.0, -0.5, 0.0))  # fmt: skip


def _smooth(s: Score, end_s: float, duration_s: float, out_m: float, ahead_m: float, height_m: float) -> None:
    s.left.go(end_s, duration_s, "world", (out_m, ahead_m, height_m + 0.012), palm=(0.0, 0.0, -1.0), fingers=(-0.3, 1.0, 0.0),
              elbow=(0.9, -0.5, 0.0))  # fmt: skip


IRONING = Action(
    name="ironing",
    caption="irons a piece of cloth on a table",
    wordings=("presses cloth with an iron in {possessive} {side} hand",),
    choreography=_iron,
    phases=("ahead", "back"),
    params={
        "strokes": Range(2, 3, whole=True),
        "beat_s": Range(1.25, 1.6),
        "stroke": Range(0.32, 0.48),
        "bow_rad": Range(0.72, 0.98),
        "ahead_m": Range(0.13, 0.19),
    },
    props=(
        PropUse("table", ("table",), (0.85, 1.1)),
        PropUse("cloth", ("cloth",), (1.6, 2.2)),
        PropUse("iron", ("iron",), (0.9, 1.1)),
    ),
    aliases=("iron", "ironing clothes", "ironing a shirt"),
    tags=("daily", "arms", "object"),
    acting=("right_hand",),
    taxonomy={"kinetics700": "ironing"},
)
