"""How a diver leaves the board: from standing with the face or the back to the water, or from a handstand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ...motion.flight import GRAVITY_MPS2
from ...motion.jump import Through
from ...motion.limbs import Hand
from ...motion.score import Score
from ...motion.timing import Move
from ...props.pool import HINGE_M
from ...values import Array
from ..poses import START_S, pelvis_at
from . import dive_shapes as shape
from .tumbling import PALM_M, upside_down_m

RISE_M: dict[str, float] = {"springboard": 1.15, "platform": 0.45}
"""How far the centre of mass rises, by the board."""

PUSHED_MPS = 0.7
"""Speed that arms give who leaves from a handstand."""

DIP_M = 0.30
"""How far a springboard is pressed down."""


@dataclass(frozen=True)
class TakeOff:
    """`way`: 1 with the water ahead, -1 behind. `sense`: 1 turning forward, -1 backward. `pitch_rad`: lean when leaving."""

    way: float
    sense: float
    pitch_rad: float = 0.0
    armstand: bool = False

    def tip_m(self, s: Score) -> float:
        """How far ahead of ankles (or palms) the board ends: toes, heels or fingers are over its edge."""
        if self.armstand:
            return 0.09 if self.way > 0.0 else -0.07
        return s.body.ball_ahead_m + (0.03 if self.way > 0.0 else -0.05)

    def up_mps(self, s: Score, board: str) -> float:
        """Speed upwards of the centre of mass when it leaves."""
        return PUSHED_MPS if self.armstand else float(np.sqrt(2.0 * GRAVITY_MPS2 * RISE_M[board] * s.number("rise")))


def center_over_pelvis_m(s: Score) -> float:
    """How far the centre of mass of somebody stretched with the arms overhead is from the pelvis joint, towards the head."""
    return 0.062 * s.body.height_m


def standing(s: Score, takeoff: TakeOff, board: str, height_m: float) -> tuple[float, float]:
    """Arms up, down with a crouch, and off; returns when, and how high the centre of mass is then."""
    speed, tempo = takeoff.up_mps(s, board), s.spec.tempo
    for name in ("balance", "reach"):
        s.mode.channels[name].base = 0.0
    s.pelvis.to(START_S, 0.1, up=height_m)
    for foot in (s.right_foot, s.left_foot):
        foot.place(START_S, 0.1, (0.55 * s.body.stance_out_m, 0.0), toe_out_rad=0.05, height_m=height_m)
        foot.heel.to(START_S, 0.1, 0.0 if takeoff.way > 0.0 else 0.25)
    s.look(START_S, "world", (0.0, 5.0, height_m + 0.8 * s.body.eye_height_m))
    with s.phase("ready", s.number("arms_s")) as (start, end):
        for hand, late in ((s.right, 0.0), (s.left, 0.03)):
            _through(hand, end - 0.05 + late, 0.85 * (end - start), (0.85, 0.25, 0.15), (0.18, 0.12, 0.95))
        for foot in (s.right_foot, s.left_foot):
            foot.heel.to(end, 0.5, 0.35)
        s.pelvis.to(end, 0.5, up=height_m + 0.035)
    sink, dip = 0.24 * s.body.leg_m, DIP_M * s.number("rise") if board == "springboard" else 0.0
    tiptoe = 0.05 * s.body.leg_m
    push = s.real((sink + dip + tiptoe) / (0.53 * speed))
    with s.phase("take_off", 0.45 + push) as (start, leave):
        low = leave - push
        press = _pressed(s, dip, start + 0.12, low, leave)
        s.pelvis.to(low, 0.3, up=height_m)
        s.pelvis.add(
            "up", Through([(start, 0.0, 0.0), (low, -sink, 0.0), (leave, tiptoe, (speed - (2.0 * dip / push * tempo)) / tempo)])
        )
        s.pelvis.add("up", press)
        for foot, late in ((s.right_foot, 0.0), (s.left_foot, 0.01)):
            foot.lift.add(press)
            foot.heel.to(low, 0.25, 0.15 if takeoff.way > 0.0 else 0.3)
            foot.heel.to(leave + late, 0.8 * push, 0.85)
        hips = -0.05 if takeoff.way > 0.0 else -0.02
        s.pelvis.to(low, 0.4, forward=hips, pitch=0.40)
        s.trunk.to(low, 0.4, bend=0.35)
        s.pelvis.to(leave, push, forward=0.05 * takeoff.way, pitch=takeoff.pitch_rad)
        s.trunk.to(leave, push, bend=0.05 if takeoff.sense > 0.0 else -0.10)
        for hand, late in ((s.right, 0.0), (s.left, 0.012)):
            _through(hand, low - 0.05 + late, low - start, (0.85, -0.15, 0.1), (0.15, -0.45, -0.85))
            _through(hand, leave + 0.03 + late, 0.9 * push + 0.06, (0.25, 0.80, -0.30), (0.05, 0.35, 0.92))
        for side in ("right", "left"):
            s.contact(f"{side}_ball", "board", 0.0, leave)
    _let_go(s, leave)
    return leave, height_m + s.body.pelvis_height_m + tiptoe + center_over_pelvis_m(s)


def _through(hand: Hand, end_s: float, duration_s: float, by: tuple[float, float, float], at: tuple[float, float, float]) -> None:
    """An arm swung to a point by way of another."""
    hand.reach(end_s - 0.5 * duration_s, 0.5 * duration_s, by, "away", effector="wrist")
    hand.reach(end_s, 0.5 * duration_s, at, "home", effector="wrist")
    hand.fingers(end_s, duration_s, "flat")


def _pressed(s: Score, dip_m: float, start_s: float, low_s: float, leave_s: float) -> Callable[[Array], Array]:
    """How far (T,) the board's tip is down at each moment; the board does it."""
    down, up = Move(low_s, low_s - start_s, "smooth"), Move(leave_s, leave_s - low_s, "accelerate")
    if dip_m > 0.0:
        angle = dip_m / HINGE_M
        s.swing("board", low_s, low_s - start_s, "hinge", angle, "smooth")
        s.swing("board", leave_s, leave_s - low_s, "hinge", -angle, "accelerate")
        at, share = leave_s, 0.35
        for _ in range(3):  # it quivers when it is rid of the weight
            s.swing("board", at + s.real(0.09), s.real(0.09), "hinge", -share * angle, "swing")
            s.swing("board", at + s.real(0.18), s.real(0.09), "hinge", share * angle, "swing")
            at, share = at + s.real(0.18), -0.6 * share
    return lambda times: -dip_m * (down.weight(times) - up.weight(times))


def armstand(s: Score, takeoff: TakeOff, height_m: float) -> tuple[float, float]:
    """A handstand held on the edge, the feet tipping over towards the water; returns when the hands leave, and how high."""
    for name in ("balance", "reach", "gaze"):
        s.mode.channels[name].base = 0.0
    over = height_m + upside_down_m(s)
    pelvis_at(s, START_S, 0.1, forward_m=0.0, height_m=over, pitch=np.pi)
    s.trunk.to(START_S, 0.1, bend=-0.06)
    s.head.to(START_S, 0.1, nod=-0.45)
    wide = s.number("hands") * s.body.shoulder_half_m
    for hand in (s.right, s.left):
        hand.go(START_S, 0.1, "world", (wide, 0.0, height_m + PALM_M), palm=(0.0, 0.0, -1.0), fingers=(0.1, 1.0, 0.0),
                elbow=(0.5, -0.6, 0.2))  # fmt: skip
        hand.fingers(START_S, 0.1, "planted")
        s.contact(f"{hand.side}_palm", "board", 0.0, s.number("arms_s") + 0.5)
    for foot in (s.right_foot, s.left_foot):
        shape.leg(s, foot, START_S, 0.1, 0.0)
    with s.phase("ready", s.number("arms_s")) as (start, end):
        for foot, sign in ((s.right_foot, 1.0), (s.left_foot, -1.0)):
            shape.leg(s, foot, 0.5 * (start + end), 0.5, sign * 0.05 * s.amplitude)
            shape.leg(s, foot, end, 0.5, 0.0)
    with s.phase("take_off", 0.5) as (_, leave):
        # tipping towards the water, arms pushing
        pelvis_at(
            s, leave, 0.5, "accelerate", forward_m=0.16 * takeoff.way, height_m=over + 0.01, pitch=np.pi + 0.14 * takeoff.way
        )
    _let_go(s, leave)
    return leave, over - center_over_pelvis_m(s)


def _let_go(s: Score, leave: float) -> None:
    """In flight: legs together, toes pointed, the lean taken back into line, eyes with the head."""
    upright = np.pi if s.pelvis.channels["pitch"].at(np.array([START_S + 0.2]))[0] > 2.0 else 0.0
    s.pelvis.to(leave + s.real(0.35), s.real(0.35), pitch=upright)
    s.mode.to(leave + 0.2, 0.2, gaze=0.0)
    for foot, late in ((s.right_foot, 0.0), (s.left_foot, 0.012)):
        shape.leg(s, foot, leave + s.real(0.15) + late, s.real(0.15), 0.0)
