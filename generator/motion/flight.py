"""Free flight: the centre of mass on a parabola, the body turning about it as its angular momentum has it.

A choreography writes the body's shape in flight as if it went on standing where it left the ground (everything relative to
pelvis, chest, shoulders and hips), and one `Flight`; the solver then takes the solved body along.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..skeletons import JOINT
from ..values import Array
from .balance import SEGMENT_MASSES, center_of_mass
from .posed import Posed
from .rotations import about
from .timing import minimum_jerk

GRAVITY_MPS2 = 9.81

ONSET_S = 0.10
"""Real time in which somebody who leaves the ground comes to turn at full speed."""

SLOWING_S = 0.45
"""Water takes up a body's speed with this time constant."""

GYRATION_M2 = 0.012
"""Square of the radius of gyration of a segment about its own centre: none is a point."""


@dataclass(frozen=True)
class Flight:
    """From leaving the ground at `leave_s` to entering water at `enter_s` (score seconds), and on until the water stops it.

    `velocity`: of the centre of mass when it leaves, (right, forward, up) m/s. `turns`: somersaults between the two,
    positive forward; their speed follows the body's moment of inertia. `twists`: turns about the body's long axis, positive to
    the left, between the score seconds `twist_s`; `tilt_rad`: how far the long axis lies out of the somersault's plane meanwhile.
    """

    leave_s: float
    enter_s: float
    velocity: tuple[float, float, float]
    turns: float
    twists: float = 0.0
    twist_s: tuple[float, float] = (0.0, 1.0)
    tilt_rad: float = 0.0


def flown(posed: Posed, flight: Flight, times: Array, tempo: float) -> Posed:
    """The body taken along: before it leaves as it is, then turned about its centre of mass, which falls freely.

    `times` (T,) are score seconds.
    """
    _, positions = posed.stacked()
    center = center_of_mass(positions)
    body = _attitude(flight, times)
    turn = about("x", -_somersault(flight, positions - center[:, None], body, times)) @ body
    place = _path(flight, center, times, tempo)

    def carried(points: Array) -> Array:
        return place + (turn @ (points - center)[..., None])[..., 0]

    return Posed(
        skeleton=posed.skeleton,
        others=posed.others,
        rotations={joint: turn @ rotation for joint, rotation in posed.rotations.items()},
        positions={joint: carried(position) for joint, position in posed.positions.items()},
        axes={name: axes if name in _GROUND else turn @ axes for name, axes in posed.axes.items()},
        origins={name: origin if name in _GROUND else carried(origin) for name, origin in posed.origins.items()},
        standing={side: np.where(times < flight.leave_s, stands, 0.0) for side, stands in posed.standing.items()},
        wanted_ankle={side: carried(ankle) for side, ankle in posed.wanted_ankle.items()},
    )


_GROUND = ("world", "travel", "stage")
"""Frames that no body takes along."""


def fall_s(drop_m: float, up_mps: float) -> float:
    """Real seconds until something that leaves with `up_mps` is `drop_m` lower."""
    return (up_mps + float(np.sqrt(up_mps**2 + 2.0 * GRAVITY_MPS2 * max(drop_m, 0.0)))) / GRAVITY_MPS2


def _attitude(flight: Flight, times: Array) -> Array:
    """Tilt and twist (T, 3, 3)."""
    start, end = flight.twist_s
    share = np.clip((times - start) / max(end - start, 1e-6), 0.0, 1.0)
    even = 0.7 * share + 0.3 * minimum_jerk(share)
    spin = 2.0 * np.pi * flight.twists * even
    tilt = flight.tilt_rad * np.sign(flight.twists) * np.sin(np.pi * share) ** 0.5
    return about("y", tilt) @ about("z", spin)


def _somersault(flight: Flight, apart: Array, body: Array, times: Array) -> Array:
    """Angle (T,) turned forward: fast where the mass is near the lateral axis, for the angular momentum stays the same."""
    inertia = np.zeros(len(times))
    for start, end, share, mass in SEGMENT_MASSES:
        a, b = apart[:, JOINT[start]], apart[:, JOINT[end]]
        at = (body @ (a + share * (b - a))[..., None])[..., 0]
        inertia += mass * (at[:, 1] ** 2 + at[:, 2] ** 2 + GYRATION_M2)
    fine = np.linspace(flight.leave_s, flight.enter_s + 2.0, 600)
    rate = np.clip((fine - flight.leave_s) / ONSET_S, 0.0, 1.0) / np.interp(fine, times, inertia)
    rate *= np.exp(-np.maximum(fine - flight.enter_s, 0.0) / 0.08)
    gone = np.concatenate([[0.0], np.cumsum(0.5 * (rate[1:] + rate[:-1]))])
    whole = float(np.interp(flight.enter_s, fine, gone))
    return 2.0 * np.pi * flight.turns * np.interp(times, fine, gone) / whole


def _path(flight: Flight, center: Array, times: Array, tempo: float) -> Array:
    """Where the centre of mass (T, 3) is: as it was, then on a parabola, then slowing down in the water."""
    start = np.array([np.interp(flight.leave_s, times, center[:, k]) for k in range(3)])
    velocity, gravity = np.array(flight.velocity), np.array([0.0, 0.0, -GRAVITY_MPS2])
    air = (np.minimum(times, flight.enter_s) - flight.leave_s)[:, None] / tempo
    water = np.maximum(times - flight.enter_s, 0.0)[:, None] / tempo
    whole = (flight.enter_s - flight.leave_s) / tempo
    glide = SLOWING_S * (1.0 - np.exp(-water / SLOWING_S)) * (velocity + gravity * whole)
    return np.where(times[:, None] < flight.leave_s, center, start + velocity * air + 0.5 * gravity * air**2 + glide)
