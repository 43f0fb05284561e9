"""When and where the feet of a recording stand, so that ours can be kept there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d

from ...base.exact import arctan2
from ...values import Array
from ..legs import Leg
from ..rotations import about, between, unit
from ..timing import minimum_jerk

ON_M, OFF_M = 0.040, 0.070
"""Heights over the floor below which heel or ball comes to stand, and above which it stands no more."""

ON_MPS, OFF_MPS = 0.35, 0.65
"""The same for speeds."""

FLAT_RAD = 0.07
"""A standing foot that is tilted no more than this is flat."""

TURNS_RAD = 0.25
"""A standing foot that turns further than this turns about its ball; one that turns less stays as it is on the mean."""

LIGHT_RAD = 0.06
"""How far its heel is up at least."""

LEAST_S = 0.06
"""Shorter contacts are none, and shorter gaps between two no gaps."""

TAKE_OVER_S = 0.10
"""How long before a contact the foot is led to its place, and after it back to its way."""


@dataclass(frozen=True)
class Planting:
    """A foot or hand on one place from `start_s` to `end_s` of the take: where the ball, or the wrist, is on the floor (3,)."""

    start_s: float
    end_s: float
    at_m: Array

    def weight(self, times_s: Array) -> Array:
        """How far (T,) it is where it stands: all of it from start to end, and a smooth way there and back."""
        rise = minimum_jerk((times_s - self.start_s) / TAKE_OVER_S + 1.0)
        fall = minimum_jerk((self.end_s - times_s) / TAKE_OVER_S + 1.0)
        return np.asarray(rise * fall)


@dataclass(frozen=True)
class FootPlanting(Planting):
    """The same of a foot, with its turn (rad) at `times_s` (N,): one turn, unless it turns about its ball."""

    times_s: Array
    yaw_rad: Array

    def stood(self, leg: Leg, times_s: Array, heel_rad: Array) -> tuple[Array, Array]:
        """Ankle (T, 3) and axes (T, 3, 3) of a foot that stands there with its heel so far up (T,)."""
        turn = about("z", np.interp(times_s, self.times_s, self.yaw_rad))
        axes = turn @ about("x", -heel_rad)
        return self.at_m - turn @ leg.ball_on_floor + leg.ankle_from_sole(axes, heel_rad), axes


@dataclass(frozen=True)
class Stance:
    """A foot through a take: its plantings, and how far its heel is up (toes: negative) while it stands, at `times_s`."""

    plantings: tuple[FootPlanting, ...]
    times_s: Array
    heel_rad: Array
    marks: dict[str, tuple[tuple[float, float], ...]]

    def heel(self, times_s: Array) -> Array:
        """Angle (T,) of the raised heel at these times."""
        return np.interp(times_s, self.times_s, self.heel_rad)


STILL_MPS, STILL_M = 0.3, 0.03
"""A foot this slow, and no higher than this over where it stands lowest, stands flat as a rule."""

MOST_TILT = 0.5
"""Radians; feet that stand steeper do so on their toes, or are turned in a way that we don't know."""

MOST_LIFT_M = 0.10


def flat_sole(axes: Array, ankle: Array, ahead: Array | None, dt_s: float) -> Array:
    """The turn (3, 3) in a foot's own axes (T, 3, 3) after which it is flat where it stands: rest poses have feet as they like.

    `ankle` (T, 3). `ahead` (T, 3): which way the recording's foot points, level, if that is known; the flat foot does, too.
    Medians of all frames in which the foot is low and slow.
    """
    still = _speed(ankle, dt_s) < STILL_MPS
    if still.any():
        still &= ankle[:, 2] < np.percentile(ankle[still, 2], 10.0) + STILL_M
    if still.sum() * dt_s < LEAST_S:
        return np.eye(3)
    up = unit(np.median(axes[still, 2], axis=0))
    if up[2] < np.cos(MOST_TILT):
        return np.eye(3)
    flat = between(np.array([0.0, 0.0, 1.0]), up)
    if ahead is None:
        return np.asarray(flat)
    now = (axes[still] @ flat)[:, :, 1]
    turn = arctan2(now[:, 0] * ahead[still, 1] - now[:, 1] * ahead[still, 0], np.sum(now[:, :2] * ahead[still, :2], axis=-1))
    return np.asarray(flat @ about("z", np.array([np.median(turn)]))[0])


def lowest_sole(feet: list[tuple[Array, Array]], dt_s: float) -> float:
    """Height (m) of marks (T, M, 3) of feet with axes (T, 3, 3) where they stand; 0 where that is far off, or they never do."""
    lows = []
    for marks, axes in feet:
        at = marks[np.arange(len(marks)), marks[:, :, 2].argmin(axis=1)]
        lows.append(at[(_speed(at, dt_s) < STILL_MPS) & _upright(axes), 2])
    found = np.concatenate(lows)
    low = float(np.percentile(found, 20.0)) if len(found) * dt_s >= LEAST_S else 0.0
    return low if abs(low) < MOST_LIFT_M else 0.0


def stance(leg: Leg, axes: Array, recorded: Array, ankle: Array, times_s: Array) -> Stance:
    """Find where a foot stands.

    axes (T, 3, 3) of the foot; `recorded` (T, 3): where the recording's ankle is over the floor, which tells when;
    `ankle` (T, 3): where ours would be, which tells where.
    """
    dt_s = float(times_s[1] - times_s[0])
    down = {}
    for name, offset in (("heel", leg.heel_offset), ("ball", leg.ball_on_floor + leg.sole_offset)):
        at = recorded + axes @ offset
        down[name] = _down(at, dt_s) & _upright(axes)
    pitch = arctan2(-axes[:, 2, 1], np.hypot(axes[:, 0, 1], axes[:, 1, 1]))
    raised = np.sign(pitch) * np.maximum(np.abs(pitch) - FLAT_RAD, 0.0)
    plantings = []
    for first, end in runs(down["heel"] | down["ball"], dt_s):
        yaw, turns = _yaw(axes[first:end], dt_s)
        if turns:  # about the ball, with the heel off the floor
            raised[first:end] = np.maximum(raised[first:end], LIGHT_RAD)
        plantings.append(_planting(leg, yaw, raised[first:end], ankle[first:end], times_s[first:end]))
    raised = gaussian_filter1d(raised, 0.03 / dt_s, mode="nearest")
    marks = {name: tuple((float(times_s[a]), float(times_s[b - 1])) for a, b in runs(its, dt_s)) for name, its in down.items()}
    return Stance(tuple(plantings), times_s, raised, marks)


LOW_HAND_M, HIGH_HAND_M = 0.11, 0.16
"""Heights of a wrist over the floor below which a hand comes to lean on it, and above which it leans no more."""


def leaning(wrist: Array, times_s: Array) -> tuple[Planting, ...]:
    """Where the hand of a wrist (T, 3) leans on the floor: the wrist's places."""
    dt_s = float(times_s[1] - times_s[0])
    found = []
    for first, end in runs(_down(wrist, dt_s, LOW_HAND_M, HIGH_HAND_M), dt_s):
        at = np.median(wrist[first:end], axis=0)
        found.append(Planting(float(times_s[first]), float(times_s[end - 1]), at * np.array([1.0, 1.0, 0.0])))
    return tuple(found)


def _yaw(axes: Array, dt_s: float) -> tuple[Array, bool]:
    """Turn (N,) of a standing foot with these axes (N, 3, 3), and whether it turns while it stands."""
    yaw = np.unwrap(arctan2(-axes[:, 0, 1], axes[:, 1, 1]))
    low, middle, high = np.percentile(yaw, [10.0, 50.0, 90.0])
    if high - low > TURNS_RAD:
        return gaussian_filter1d(yaw, 0.04 / dt_s, mode="nearest"), True
    return np.full(len(yaw), middle), False


def _planting(leg: Leg, yaw: Array, raised: Array, ankle: Array, times_s: Array) -> FootPlanting:
    turn = about("z", yaw)
    ball = ankle - leg.ankle_from_sole(turn @ about("x", -raised), raised) + turn @ leg.ball_on_floor
    at = np.median(ball, axis=0) * np.array([1.0, 1.0, 0.0])
    return FootPlanting(float(times_s[0]), float(times_s[-1]), at, times_s, yaw)


def _down(points: Array, dt_s: float, on_m: float = ON_M, off_m: float = OFF_M) -> Array:
    """Whether (T,) a point (T, 3) is on the floor: low and slow, with hysteresis in both."""
    speed = _speed(points, dt_s)
    on = (points[:, 2] < on_m) & (speed < ON_MPS)
    stay = (points[:, 2] < off_m) & (speed < OFF_MPS)
    out = np.zeros(len(points), dtype=bool)
    for first, end in _spans(stay):
        out[first:end] = bool(on[first:end].any())
    return out


def _upright(axes: Array) -> Array:
    """Whether (T,) feet with these axes have their soles below them, rather than kneel or lie."""
    return np.asarray((axes[:, 2, 2] > 0.4) & (np.abs(axes[:, 2, 0]) < 0.5))


def _speed(points: Array, dt_s: float) -> Array:
    return np.asarray(np.linalg.norm(np.gradient(points, dt_s, axis=0), axis=-1))


def runs(down: Array, dt_s: float) -> list[tuple[int, int]]:
    """[first, end) frames of contacts, with short gaps closed and short ones left out."""
    spans: list[tuple[int, int]] = []
    for first, end in _spans(down):
        if spans and (first - spans[-1][1]) * dt_s < LEAST_S:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((first, end))
    return [(first, end) for first, end in spans if (end - first - 1) * dt_s >= LEAST_S]


def _spans(flags: Array) -> list[tuple[int, int]]:
    """[first, end) of each stretch of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(int)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
