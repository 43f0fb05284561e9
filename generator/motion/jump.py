"""Leaving the floor: the pelvis' way down, up, through free fall and down again, with feet that leave and land."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import CubicHermiteSpline

from ..values import Array
from .score import Score

GRAVITY_MPS2 = 9.81


@dataclass(frozen=True)
class Hop:
    """The times of one jump, score seconds: begin, deepest, leaving the floor, landing, deepest again, standing."""

    start_s: float
    low_s: float
    leave_s: float
    land_s: float
    soaked_s: float
    end_s: float


def hop(
    s: Score,
    start_s: float,
    rise_m: float,
    *,
    sink_m: float,
    soak_m: float,
    tiptoe_m: float,
    sink_s: float = 0.42,
    end_s: float = 0.5,
    before_m: float = 0.0,
    after_m: float = 0.0,
) -> Hop:
    """Write the pelvis' height for a jump that rises `rise_m` above tiptoe; returns its times.

    Between leaving and landing the pelvis falls freely: flight lasts 2 sqrt(2 h / g) real seconds. `sink_m` is the crouch
    before, `soak_m` the one that takes the landing up, `before_m`/`after_m` how much the pelvis is lower than standing then.
    """
    speed = float(np.sqrt(2.0 * GRAVITY_MPS2 * rise_m))
    low = start_s + sink_s
    leave = low + s.real((sink_m + tiptoe_m) / (0.53 * speed))
    land = leave + s.real(2.0 * speed / GRAVITY_MPS2)
    soaked = land + s.real(1.7 * (soak_m + tiptoe_m) / speed)
    times = Hop(start_s, low, leave, land, soaked, soaked + end_s)
    steep = speed / s.spec.tempo
    knots = [
        (start_s, -before_m, 0.0),
        (low, -sink_m, 0.0),
        (leave, tiptoe_m, steep),
        (land, tiptoe_m, -steep),
        (soaked, -soak_m, 0.0),
        (times.end_s, -after_m, 0.0),
    ]
    s.pelvis.add("up", Through(knots))
    return times


class Through:
    """A smooth curve through (time, value, rate) knots, level before the first and after the last: cubic Hermite."""

    def __init__(self, knots: list[tuple[float, float, float]]) -> None:
        rows = np.array(knots)
        self.first, self.last = rows[0, 0], rows[-1, 0]
        self.curve = CubicHermiteSpline(rows[:, 0], rows[:, 1], rows[:, 2])

    def __call__(self, times: Array) -> Array:
        """Values (T,) at `times` (T,)."""
        return np.asarray(self.curve(np.clip(times, self.first, self.last)))


def leap(s: Score, jump: Hop, distance_m: float) -> None:
    """Move the travel frame ahead by `distance_m` during a jump, at constant speed while in the air."""
    push, flight, soak = jump.leave_s - jump.low_s, jump.land_s - jump.leave_s, jump.soaked_s - jump.land_s
    speed = distance_m / (flight + 0.5 * push + 0.5 * soak)
    gone = 0.5 * push * speed
    knots = [
        (jump.low_s, 0.0, 0.0),
        (jump.leave_s, gone, speed),
        (jump.land_s, gone + flight * speed, speed),
        (jump.soaked_s, distance_m, 0.0),
    ]
    s.travel.add("forward", Through(knots))


def feet_off(s: Score, jump: Hop, ahead_m: float, out_m: float, *, tuck: float = 0.05, point_rad: float = 0.7) -> None:
    """Both feet push off through the balls, hang below the hips, and land balls first at (out, ahead) of the world.

    They leave and land 20 ms apart: nobody does both at once.
    """
    air = jump.land_s - jump.leave_s
    for foot, late in ((s.right_foot, 0.0), (s.left_foot, 0.02)):
        foot.heel.to(jump.leave_s + late, 0.75 * (jump.leave_s - jump.low_s), 0.9)
        foot.heel.to(jump.leave_s + 0.5 * air, 0.4 * air, point_rad)
        foot.heel.to(jump.land_s - late, 0.35 * air, 0.35)
        foot.heel.to(jump.land_s + 0.10 - late, 0.10, 0.0)
        foot.reach(jump.leave_s + 0.5 * air, 0.5 * air, (0.05, 0.0, -(0.985 - tuck)))
        foot.place(jump.land_s - late, 0.45 * air, (out_m, ahead_m))
        name = f"{foot.side}_ball"
        s.contact(name, "floor", jump.start_s, jump.leave_s)
        s.contact(name, "floor", jump.land_s, jump.end_s)
