"""What never stops in a living body: breath, sway, tremor. Functions of real time and of phases stored in the spec."""

from __future__ import annotations

import numpy as np

from ..values import Array

N_PHASES = 24
"""Phases a MotionSpec carries, radians."""


def wave(times_s: Array, phases_rad: tuple[float, ...], first: int, slowest_hz: float, octaves: int = 3) -> Array:
    """Smooth wandering (T,) of unit size: sines an irrational ratio apart, each octave half as strong (roughly 1/f)."""
    total = np.zeros_like(times_s)
    for k in range(octaves):
        frequency = slowest_hz * 1.83**k
        total += 0.5**k * np.sin(2.0 * np.pi * frequency * times_s + phases_rad[(first + k) % len(phases_rad)])
    return total / 1.4


def breath(times_s: Array, phases_rad: tuple[float, ...], rate_hz: float) -> Array:
    """Breathing (T,), -1 out to 1 in: inhaling takes a little less time than exhaling."""
    phase = 2.0 * np.pi * rate_hz * times_s + phases_rad[0]
    return np.sin(phase + 0.35 * np.sin(phase))


def living(times_s: Array, phases_rad: tuple[float, ...], vigour: float) -> dict[str, Array]:
    """Offsets (T,) to add to the body's channels: radians for angles, metres for the pelvis.

    Sway of quiet stance is a centimetre or so (Winter 1995); `vigour` scales breath.
    """
    air = breath(times_s, phases_rad, 0.26 + 0.12 * vigour)
    return {
        "pelvis.right": 0.011 * wave(times_s, phases_rad, 1, 0.21),
        "pelvis.forward": 0.008 * wave(times_s, phases_rad, 4, 0.27),
        "pelvis.roll": 0.012 * wave(times_s, phases_rad, 7, 0.19),
        "pelvis.yaw": 0.015 * wave(times_s, phases_rad, 9, 0.16),
        "trunk.bend": -0.010 * air + 0.012 * wave(times_s, phases_rad, 11, 0.24),
        "trunk.twist": 0.015 * wave(times_s, phases_rad, 13, 0.2),
        "head.nod": 0.018 * wave(times_s, phases_rad, 15, 0.33),
        "head.turn": 0.030 * wave(times_s, phases_rad, 17, 0.23),
        "head.tilt": 0.018 * wave(times_s, phases_rad, 19, 0.21),
        "mode.shrug": 0.014 * air,
    }
