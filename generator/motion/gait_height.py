"""How high a pelvis can ride over feet that stay on their prints: legs as inverted pendulums with a heel that rises."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter1d

from ..values import Array
from .footprints import Roll
from .proportions import Proportions
from .solve import STANDING_HEIGHT
from .timing import decelerate, minimum_jerk

STRETCH = 0.992
"""Share of its length a bearing leg is stretched to at most: the knee stays bent by at least some 12 degrees."""

SAMPLES = 96


def headroom(body: Proportions, step_m: float, duty: float, under: float, roll: Roll, turn_rad: float) -> Array:
    """Highest pelvis `up` (SAMPLES,) over one step, from a foot's strike on, at which no bearing leg is overstretched.

    `step_m` is a step's length; the hip passes over the flat ankle after the share `under` of stance. Raised toes at the
    strike and a raised heel at the end bring the ankle nearer and higher, and so does a pelvis turned by `turn_rad`.
    """
    steps = np.arange(SAMPLES) / SAMPLES
    room = np.full(SAMPLES, np.inf)
    ball, heel_back, high = body.ball_ahead_m, 0.2 * body.foot_m, body.ankle_height_m
    over = high - body.ball_height_m
    for behind in (0.0, 1.0):
        passed = (steps + behind) / (2.0 * duty)
        raised = roll.push_rad * minimum_jerk((passed - roll.heel_off) / (1.0 - roll.heel_off))
        toes = roll.strike_rad * (1.0 - decelerate(passed / roll.flat))
        ankle = high + ball * np.sin(raised) + over * (np.cos(raised) - 1.0) + heel_back * np.sin(toes)
        level = 2.0 * duty * step_m * (under - passed) - high * np.sin(toes)
        level += ball * (1.0 - np.cos(raised)) + over * np.sin(raised)
        level -= body.hip_half_m * turn_rad * np.cos(np.pi * (steps + behind))
        hip = ankle + np.sqrt(np.maximum((STRETCH * body.leg_m) ** 2 - level**2, (0.5 * body.leg_m) ** 2))
        room = np.where(passed <= 1.0, np.minimum(room, hip), room)
    return room + body.hip_below_pelvis_m - STANDING_HEIGHT * body.pelvis_height_m


def ridden(room: Array, most_m: float) -> Array:
    """A smooth height (SAMPLES,) over one step that stays under `room` and rises by `most_m` at most.

    A walker vaults over the bearing leg and is lowest just after a strike.
    """
    low = np.minimum(room, room.min() + most_m)
    smooth = gaussian_filter1d(low, 0.07 * SAMPLES, mode="wrap")
    return np.asarray(smooth - (smooth - room).max())


def sunk(room: Array, bounce: Array) -> float:
    """How far (m, <= 0) a bouncing height (SAMPLES,) over a step must be lowered to stay under `room`."""
    return float(np.min(np.minimum(room, 1.0) - bounce))
