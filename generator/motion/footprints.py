"""Where a walker is over time, where its feet are set down on that path, and the feet's own movement between prints."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..values import Array
from .limbs import Foot
from .score import Score
from .timing import Move, minimum_jerk

GRID_S = 0.005
HEAD_LEADS_S = 0.25
MARGIN_S = 2.5
"""A walk that is on its way when it is first seen is written this long before and after."""


@dataclass(frozen=True)
class Place:
    """A spot on the floor and the way one faces there: metres of the world frame, yaw to the left in radians."""

    right_m: float
    forward_m: float
    yaw_rad: float


@dataclass(frozen=True)
class Path:
    """Where the person is: samples (N,) over time of position, yaw and share of the full speed."""

    times: Array
    right: Array
    forward: Array
    yaw: Array
    share: Array

    def at(self, time_s: float) -> Place:
        """The place at one moment."""
        values = (np.interp(time_s, self.times, row) for row in (self.right, self.forward, self.yaw))
        return Place(*(float(value) for value in values))


@dataclass(frozen=True)
class Plant:
    """A foot on the floor: which, when it left its last print, from strike to toe-off, and where."""

    side: str
    leave_s: float
    strike_s: float
    off_s: float
    place: Place


@dataclass(frozen=True)
class Roll:
    """How a foot rolls over the floor: angles at heel strike (toes up) and at toe-off (heel up), lift and its lateness.

    `flat` and `heel_off` are the shares of stance at which the sole comes down flat and at which the heel leaves.
    """

    strike_rad: float
    push_rad: float
    lift_m: float
    flat: float = 0.16
    heel_off: float = 0.50
    early: float = 1.0


def travelled(
    start_s: float,
    duration_s: float,
    velocity_mps: tuple[float, float],
    turn_rad: float,
    ease_in_s: float,
    ease_out_s: float,
    begin: Place,
) -> Path:
    """Path with a velocity (right, forward) in the walker's own axes, `turn_rad` to the left on the way.

    Speed grows over `ease_in_s` from rest at `start_s` and dies over `ease_out_s` to rest at the end; 0 means that the
    walker is on its way before the start or goes on after the end.
    """
    end = start_s + duration_s
    times = np.arange(start_s - MARGIN_S, end + MARGIN_S, GRID_S)
    share = np.ones_like(times)
    if ease_in_s > 0.0:
        share = share * minimum_jerk((times - start_s) / ease_in_s)
    if ease_out_s > 0.0:
        share = share * minimum_jerk((end - times) / ease_out_s)
    done = _summed(share)
    first = float(np.interp(start_s, times, done))
    whole = float(np.interp(end, times, done)) - first
    yaw = begin.yaw_rad + turn_rad * (done - first) / whole
    right = _summed(share * (velocity_mps[0] * np.cos(yaw) - velocity_mps[1] * np.sin(yaw)))
    forward = _summed(share * (velocity_mps[0] * np.sin(yaw) + velocity_mps[1] * np.cos(yaw)))
    right = right - np.interp(start_s, times, right) + begin.right_m
    forward = forward - np.interp(start_s, times, forward) + begin.forward_m
    return Path(times, right, forward, yaw, share)


def _summed(rate: Array) -> Array:
    """Integral (N,) of a rate sampled on the grid, trapezoids, 0 at the first sample."""
    return np.concatenate([[0.0], np.cumsum(0.5 * (rate[1:] + rate[:-1]) * GRID_S)])


def travel_now(s: Score, time_s: float) -> Place:
    """Where the travel frame is at a moment, by what is written so far."""
    values = s.travel.at(np.array([time_s]))
    return Place(*(float(values[name][0]) for name in ("right", "forward", "yaw")))


def move_along(s: Score, path: Path, start_s: float) -> None:
    """Let the travel frame follow a path that begins where the frame is at `start_s`; the head turns into a bend first."""
    begin = path.at(start_s)
    s.travel.add("right", lambda t: np.interp(t, path.times, path.right) - begin.right_m)
    s.travel.add("forward", lambda t: np.interp(t, path.times, path.forward) - begin.forward_m)
    s.travel.add("yaw", lambda t: np.interp(t, path.times, path.yaw) - begin.yaw_rad)
    s.head.add("turn", lambda t: np.interp(t + HEAD_LEADS_S, path.times, path.yaw) - np.interp(t, path.times, path.yaw))


def print_beside(place: Place, side: str, out_m: float, ahead_m: float = 0.0) -> Place:
    """The print of a foot `out_m` to its own side and `ahead_m` ahead of a place."""
    sign = 1.0 if side == "right" else -1.0
    cosine, sine = float(np.cos(place.yaw_rad)), float(np.sin(place.yaw_rad))
    right = place.right_m + sign * out_m * cosine - ahead_m * sine
    forward = place.forward_m + sign * out_m * sine + ahead_m * cosine
    return Place(right, forward, place.yaw_rad)


def put_down(foot: Foot, end_s: float, duration_s: float, place: Place, toe_out_rad: float, ease: str = "swing") -> None:
    """Bring a foot to a print, its sole flat."""
    sign = 1.0 if foot.side == "right" else -1.0
    at = (sign * place.right_m, place.forward_m)
    foot.place(end_s, duration_s, at, toe_out_rad=toe_out_rad - sign * place.yaw_rad, ease=ease)


def write_feet(s: Score, plants: list[Plant], roll: Roll, toe_out_rad: float) -> None:
    """Write the movement of both feet through their plants; one that began before time 0 is where the foot starts."""
    for foot in (s.right_foot, s.left_foot):
        own = [plant for plant in plants if plant.side == foot.side]
        if own and own[0].strike_s <= 0.0:
            foot.moves.clear()
        for plant in own:
            _swing(foot, plant, roll, toe_out_rad)
            _stand(foot, plant, roll)
            _record(s, plant, roll)


def _swing(foot: Foot, plant: Plant, roll: Roll, toe_out_rad: float) -> None:
    duration = plant.strike_s - plant.leave_s
    put_down(foot, plant.strike_s, duration, plant.place, toe_out_rad)
    foot.heel.to(plant.strike_s, duration, -roll.strike_rad)
    move = Move(plant.strike_s, duration, "linear")
    foot.lift.add(lambda t: roll.lift_m * _arch(move.weight(t), roll.early))


def _arch(x: Array, early: float) -> Array:
    """0 at both ends of [0, 1] and 1 between; `early` < 1 peaks before the middle (a runner's heel flies up behind)."""
    return np.sin(np.pi * np.clip(x, 0.0, 1.0) ** early) ** 2


def _stand(foot: Foot, plant: Plant, roll: Roll) -> None:
    stays = plant.off_s == np.inf
    stance = 0.6 if stays else plant.off_s - plant.strike_s
    down = roll.flat * stance
    foot.heel.to(plant.strike_s + down, down, 0.0, "decelerate")
    if not stays:
        foot.heel.to(plant.off_s, (1.0 - roll.heel_off) * stance, roll.push_rad)


def _record(s: Score, plant: Plant, roll: Roll) -> None:
    """Heel and ball rest on the floor, each for its share of stance."""
    if plant.off_s == np.inf:
        s.contact(f"{plant.side}_ball", "floor", plant.strike_s + 0.1, plant.strike_s + 60.0)
        return
    stance = plant.off_s - plant.strike_s
    if roll.strike_rad > 0.0:
        s.contact(f"{plant.side}_heel", "floor", plant.strike_s, plant.strike_s + roll.heel_off * stance)
    s.contact(f"{plant.side}_ball", "floor", plant.strike_s + roll.flat * stance, plant.off_s)
