"""What the body does above walking or running feet: pelvis, trunk and arms in the rhythm of the steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.interpolate import CubicSpline

from ..values import Array
from .footprints import Path
from .limbs import Hand
from .score import Score, Vector

GRAVITY_MPS2 = 9.81

Wave = Callable[[Array], Array]


@dataclass(frozen=True)
class Carriage:
    """The pelvis' height (N,) over a step from a strike on, its sway, turn and list; trunk twist, pitch and bend; arms.

    `forward_rad`/`back_rad`: the upper arm's swing from the vertical; `elbow_rad` its bend, `elbow_gain_rad` more ahead.
    """

    height_m: Array
    sway_m: float
    turn_rad: float
    list_rad: float
    twist_rad: float
    pitch_rad: float
    bend_rad: float
    forward_rad: float
    back_rad: float
    elbow_rad: float
    elbow_gain_rad: float


def carry(s: Score, path: Path, c: Carriage, first_s: float, step_s: float, duty: float, hands: tuple[str, ...]) -> None:
    """Write pelvis, trunk and arms for a gait whose right foot strikes at `first_s`."""
    stride = 2.0 * step_s
    height = periodic(c.height_m)
    middle = 0.5 * duty

    def wave(amount: float, late: float, times_a_stride: int = 1) -> Wave:
        """`amount` at `late` strides after the right foot's strike, once or twice a stride, while under way."""

        def value(t: Array) -> Array:
            angle = 2.0 * np.pi * times_a_stride * ((t - first_s) / stride - late)
            return amount * np.cos(angle) * np.interp(t, path.times, path.share)

        return value

    def level(amount: float) -> Wave:
        return lambda t: amount * np.interp(t, path.times, path.share)

    s.pelvis.add("yaw", wave(c.turn_rad, 0.0))
    s.pelvis.add("right", wave(c.sway_m, middle))
    s.pelvis.add("roll", wave(-c.list_rad, 0.6 * middle))
    s.pelvis.add("pitch", level(c.pitch_rad))
    s.trunk.add("bend", level(c.bend_rad))
    s.trunk.add("lean", wave(c.list_rad, 0.6 * middle))
    s.trunk.add("twist", wave(-c.turn_rad - c.twist_rad, 0.03))
    s.head.add("turn", wave(0.5 * c.twist_rad, 0.05))
    s.pelvis.add("up", lambda t: height((t - first_s) / step_s) * np.interp(t, path.times, path.share))
    for side in hands:
        _swing_arm(s, s.right if side == "right" else s.left, path, c, first_s, step_s)


def periodic(values: Array) -> Wave:
    """A smooth function of x, of period 1, through samples (N,) of one period."""
    closed = np.append(values, values[0])
    return CubicSpline(np.linspace(0.0, 1.0, len(closed)), closed, bc_type="periodic")


def bouncing(step_s: float, duty: float, tempo: float) -> Wave:
    """Height of a running pelvis since a strike: half a sine in stance, a parabola under gravity in flight.

    Both have the same speed where they meet. `tempo`: score seconds in a real one.
    """
    stance = duty * 2.0 * step_s
    flight = step_s - stance
    leaving = GRAVITY_MPS2 * 0.5 * flight / tempo**2
    dip = leaving * stance / np.pi

    def height(t: Array) -> Array:
        since = np.mod(t, step_s)
        low = -dip * np.sin(np.pi * np.minimum(since, stance) / stance)
        x = np.maximum(since - stance, 0.0)
        return np.asarray(low + leaving * x * (1.0 - x / flight))

    return height


def _swing_arm(s: Score, hand: Hand, path: Path, c: Carriage, first_s: float, step_s: float) -> None:
    """Forward as the other foot strikes, back as its own does, a little after the step."""
    own = 0 if hand.side == "right" else 1
    start, end = float(path.times[0]) + 1.0, float(path.times[-1]) - 0.5
    moving = path.times[path.share > 0.02]
    start, end = max(start, float(moving[0])), min(end, float(moving[-1]))
    if start <= 0.0:
        hand.moves.clear()
    late = 0.06 * step_s
    for k in range(int(np.ceil((start - first_s) / step_s)), int((end - first_s) / step_s) + 1):
        back = k % 2 == own
        at, pole = arm_at(
            s,
            -c.back_rad if back else c.forward_rad,
            c.elbow_rad + (0.0 if back else c.elbow_gain_rad),
            c.elbow_rad > 1.0,
        )
        hand.reach(first_s + k * step_s + late, 1.06 * step_s, at, "swing", elbow=pole, effector="wrist")
    if end < float(path.times[-1]) - 0.6:
        hand.rest(end + 0.5, 0.8)


def arm_at(s: Score, swing_rad: float, elbow_rad: float, across: bool = False) -> tuple[Vector, Vector]:
    """Wrist (arm lengths from the shoulder) and elbow direction of an arm swung forward with a bent elbow.

    The hand keeps clear of the hip; a runner's (`across`) comes in towards the midline in front.
    """
    body = s.body
    upper, fore = body.upper_arm_m / body.arm_m, body.forearm_m / body.arm_m
    elbow = np.array([upper * np.sin(swing_rad), -upper * np.cos(swing_rad)])
    hand = elbow + fore * np.array([np.sin(swing_rad + elbow_rad), -np.cos(swing_rad + elbow_rad)])
    clear = (body.hip_half_m + body.hip_radius_m + 0.04 - body.shoulder_half_m) / body.arm_m
    low = float(np.clip((-hand[1] - 0.55) / 0.35, 0.0, 1.0))
    out = float(np.clip(clear, 0.03, 0.5)) * low - (0.16 * max(float(hand[0]), 0.0) if across else 0.0)
    bent = elbow - 0.5 * hand
    return (out, float(hand[0]), float(hand[1])), (0.35, float(bent[0]) * 4.0 - 0.3, float(bent[1]) * 4.0)
