"""Going by given footprints: unsteady, limping or balancing steps that no even gait has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.interpolate import CubicSpline, PchipInterpolator

from ..values import Array
from .footprints import HEAD_LEADS_S, Place, Plant, Roll, write_feet
from .score import Score


@dataclass(frozen=True)
class Print:
    """One footprint: which foot, when it is set down (score seconds), how long it is in the air before, and where."""

    side: str
    strike_s: float
    swing_s: float
    place: Place


def go_by(s: Score, prints: Sequence[Print], roll: Roll, *, toe_out_rad: float = 0.12, over: float = 0.45) -> None:
    """Set the feet down by prints in the order of their times, and carry the body along over them.

    Prints before 0 s are where the feet are at first; a foot stays on its last one. The travel frame is in the middle between the
    feet whenever one is set down, and in between `over` of the way towards the foot that bears, at the height that legs allow.
    """
    plants = []
    for k, own in enumerate(prints):
        after = next((later for later in prints[k + 1 :] if later.side == own.side), None)
        off = np.inf if after is None else after.strike_s - after.swing_s
        plants.append(Plant(own.side, own.strike_s - own.swing_s, own.strike_s, off, own.place))
    write_feet(s, plants, roll, toe_out_rad)
    _carry(s, prints, over)


def _carry(s: Score, prints: Sequence[Print], over: float) -> None:
    """Write the travel frame's way: smooth curves through the middles between two feet, and over each foot in its turn."""
    middles = [_between(a.place, b.place) for a, b in pairwise(prints)]
    times: list[float] = []
    ways: list[tuple[float, float]] = []
    for k, (own, middle) in enumerate(zip(prints[1:], middles, strict=True)):
        times.append(own.strike_s)
        ways.append((middle.right_m, middle.forward_m))
        if k + 1 < len(middles):
            after = middles[k + 1]
            halfway = (0.5 * (middle.right_m + after.right_m), 0.5 * (middle.forward_m + after.forward_m))
            times.append(0.5 * (own.strike_s + prints[k + 2].strike_s))
            ways.append((halfway[0] + over * (own.place.right_m - halfway[0]), halfway[1]))
    at = np.array(times)
    right = CubicSpline(at, [way[0] for way in ways], bc_type="clamped")
    forward = PchipInterpolator(at, [way[1] for way in ways])
    yaw = PchipInterpolator([own.strike_s for own in prints[1:]], [middle.yaw_rad for middle in middles])
    first, last = at[0], at[-1]
    for name, curve in (("right", right), ("forward", forward), ("yaw", yaw)):
        s.travel.channels[name].base = 0.0
        s.travel.add(name, _Held(curve, first, last))
    turning = _Held(yaw, first, last)
    s.head.add("turn", lambda t: turning(t + HEAD_LEADS_S) - turning(t))


class _Held:
    """A curve between two times, level before and after."""

    def __init__(self, curve: CubicSpline | PchipInterpolator, first_s: float, last_s: float) -> None:
        self.curve, self.first_s, self.last_s = curve, first_s, last_s

    def __call__(self, times: Array) -> Array:
        """Values (T,) at `times` (T,)."""
        return np.asarray(self.curve(np.clip(times, self.first_s, self.last_s)))


def _between(a: Place, b: Place) -> Place:
    return Place(0.5 * (a.right_m + b.right_m), 0.5 * (a.forward_m + b.forward_m), 0.5 * (a.yaw_rad + b.yaw_rad))
