"""Gaits in one call: walk, run, side-step and turn, with feet planted on prints along the path that the body takes.

    walk(s, 0.0, 3.0, speed_mps=1.3)                      # already walking, goes on after the end
    walk(s, s.now, 2.0, 1.2, ease_in_s=0.6, ease_out_s=0.6)  # from standing to standing
    turn(s, s.now, np.pi / 2)                             # about-turn in small steps

Each starts wherever the travel frame is at that time, so calls can follow one another.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .footprints import Path, Place, Plant, Roll, move_along, print_beside, travel_now, travelled, write_feet
from .gait_body import Carriage, bouncing, carry
from .gait_height import SAMPLES, headroom, ridden, sunk
from .score import Score

GRAVITY_MPS2 = 9.81
WALKING_UNDER, RUNNING_UNDER = 0.39, 0.37
MOST_BOB_M = 0.06
BOTH_HANDS = ("right", "left")


@dataclass(frozen=True)
class Gait:
    """A rhythm: seconds per step, share of the stride a foot is down, half the width between prints, roll, carriage.

    `under`: share of stance after which the hip passes over the ankle; less than half, as the heel carries the ankle on.
    """

    step_s: float
    duty: float
    half_width_m: float
    under: float
    toe_out_rad: float
    roll: Roll
    carriage: Carriage

    @property
    def stride_s(self) -> float:
        """Seconds from a foot's strike to its next."""
        return 2.0 * self.step_s


@dataclass(frozen=True)
class Manner:
    """Factors by which a style changes a gait: step length, arm and hip swing, width between the feet, lift of the foot."""

    stride: float = 1.0
    swing: float = 1.0
    width: float = 1.0
    lift: float = 1.0


MANNERS: dict[str, Manner] = {
    "neutral": Manner(),
    "energetic": Manner(1.05, 1.25, 1.0, 1.15),
    "tired": Manner(0.96, 0.72, 1.15, 0.85),
    "old": Manner(0.84, 0.65, 1.35, 0.80),
    "careful": Manner(0.88, 0.60, 1.40, 1.20),
}
"""Style of a MotionSpec -> its manner of walking and running."""


def walking(s: Score, speed_mps: float, swing: float = 1.0, stride: float = 1.0) -> Gait:
    """How this body walks at a speed; `swing` scales arms and hips, `stride` lengthens the steps at the same speed.

    Cadence by Grieve & Gear (1966): 64.8 (v/h)^0.57 strides a minute, v/h in statures a second. A foot is down 60 % of
    the stride at a usual speed (20 % double support) and longer when slow. Pelvis turns 4-8 degrees and lists 3-5.
    """
    speed = max(speed_mps, 0.25)
    relative = speed / s.body.height_m
    manner = MANNERS[s.performer.style]
    swing = swing * manner.swing
    step_s = 30.0 / (64.8 * relative**0.57) * stride * manner.stride
    froude = speed**2 / (GRAVITY_MPS2 * s.body.leg_m)
    vigour = float(np.clip((froude / 0.22) ** 0.5, 0.4, 1.5))
    roll = Roll(
        0.24 * vigour, float(np.clip(0.95 * vigour, 0.45, 1.1)), (0.05 + 0.015 * vigour) * manner.lift, heel_off=0.46, early=0.7
    )
    duty = float(np.clip(0.655 - 0.055 * vigour, 0.57, 0.66))
    turn = 0.10 * vigour * swing
    room = headroom(s.body, speed_mps * step_s, duty, WALKING_UNDER, roll, turn)
    carriage = Carriage(
        height_m=ridden(room, MOST_BOB_M * vigour),
        sway_m=0.022 / vigour**0.5,
        turn_rad=turn,
        list_rad=0.06 * vigour**0.5,
        twist_rad=0.15 * vigour * swing,
        pitch_rad=0.02,
        bend_rad=0.03,
        forward_rad=0.42 * vigour * swing * s.amplitude,
        back_rad=0.38 * vigour * swing * s.amplitude,
        elbow_rad=0.28,
        elbow_gain_rad=0.30 * vigour * swing,
    )
    half_width = (0.55 * s.body.hip_half_m + 0.01) * manner.width
    return Gait(step_s, duty, half_width, WALKING_UNDER, 0.12, roll, carriage)


def running(s: Score, speed_mps: float, swing: float = 1.0) -> Gait:
    """How this body runs at a speed: 165-190 steps a minute, contact getting shorter with speed, flight between steps.

    The body rises and falls by gravity in flight and dips as on a spring in stance.
    """
    manner = MANNERS[s.performer.style]
    swing = swing * manner.swing
    scale = float(np.sqrt(s.body.leg_m / 0.87)) * manner.stride
    step_s = 60.0 / (146.0 + 7.5 * speed_mps) * scale
    duty = float(np.clip(0.47 - 0.042 * speed_mps, 0.25, 0.40))
    pace = float(np.clip(speed_mps / 3.0, 0.6, 1.7))
    roll = Roll(0.10, 0.95, (0.10 + 0.14 * pace) * manner.lift, flat=0.22, heel_off=0.42, early=0.72)
    bounce = bouncing(step_s, duty, s.spec.tempo)
    room = headroom(s.body, speed_mps * step_s, duty, RUNNING_UNDER, roll, 0.12)
    lower = sunk(room, bounce(np.arange(SAMPLES) / SAMPLES * step_s))
    carriage = Carriage(
        height_m=lower + bounce(np.arange(SAMPLES) / SAMPLES * step_s),
        sway_m=0.010,
        turn_rad=0.12 * swing,
        list_rad=0.05,
        twist_rad=0.26 * swing,
        pitch_rad=0.09 + 0.04 * pace,
        bend_rad=0.07,
        forward_rad=0.30 * pace * swing * s.amplitude,
        back_rad=0.85 * pace**0.5 * swing * s.amplitude,
        elbow_rad=1.55,
        elbow_gain_rad=0.25,
    )
    return Gait(step_s, duty, 0.22 * s.body.hip_half_m * manner.width, RUNNING_UNDER, 0.06, roll, carriage)


def walk(
    s: Score,
    start_s: float,
    duration_s: float,
    speed_mps: float,
    *,
    turn_rad: float = 0.0,
    ease_in_s: float = 0.0,
    ease_out_s: float = 0.0,
    phase: float = 0.0,
    swing: float = 1.0,
    stride: float = 1.0,
    hands: tuple[str, ...] = BOTH_HANDS,
) -> Place:
    """Walk ahead, turning left by `turn_rad` on the way; returns the place reached at the end.

    `ease_in_s`/`ease_out_s` 0: on the way already, goes on after; else from and to standing. `phase` [0, 1) is where in
    the stride it begins. `hands` swing; a hand not named is the choreography's. Distances are speed x score seconds.
    """
    path = travelled(start_s, duration_s, (0.0, speed_mps), turn_rad, ease_in_s, ease_out_s, travel_now(s, start_s))
    return _perform(s, path, walking(s, speed_mps, swing, stride), (start_s, duration_s, ease_in_s, ease_out_s, phase), hands)


def run(
    s: Score,
    start_s: float,
    duration_s: float,
    speed_mps: float,
    *,
    turn_rad: float = 0.0,
    ease_in_s: float = 0.0,
    ease_out_s: float = 0.0,
    phase: float = 0.0,
    swing: float = 1.0,
    hands: tuple[str, ...] = BOTH_HANDS,
) -> Place:
    """Run ahead; parameters as for `walk`."""
    path = travelled(start_s, duration_s, (0.0, speed_mps), turn_rad, ease_in_s, ease_out_s, travel_now(s, start_s))
    return _perform(s, path, running(s, speed_mps, swing), (start_s, duration_s, ease_in_s, ease_out_s, phase), hands)


def _perform(s: Score, path: Path, gait: Gait, when: tuple[float, float, float, float, float], hands: tuple[str, ...]) -> Place:
    start, duration, ease_in, ease_out, phase = when
    end = start + duration
    first = start - phase * gait.stride_s
    if ease_in > 0.0:
        first = start + 0.12 + (1.0 - gait.duty) * gait.stride_s
    plants = _plants(path, gait, first, -np.inf if ease_in == 0.0 else first, end if ease_out > 0.0 else np.inf)
    move_along(s, path, start)
    write_feet(s, plants, gait.roll, gait.toe_out_rad)
    carry(s, path, gait.carriage, first, gait.step_s, gait.duty, hands)
    s.mode.to(start + 0.15, 0.3, balance=0.0, reach=0.0)
    if ease_in == 0.0:
        s.mode.channels["balance"].base = s.mode.channels["reach"].base = 0.0
    if ease_out > 0.0:
        s.mode.to(end + gait.stride_s, 0.6, balance=1.0, reach=1.0)
    return path.at(end)


def _plants(path: Path, gait: Gait, first_s: float, from_s: float, rest_s: float) -> list[Plant]:
    """Every print of the gait; the right foot strikes at `first_s`. From `rest_s` on both feet come to stand."""
    from_s = max(from_s, float(path.times[0]) + 1.0)
    last_s = min(rest_s + gait.stride_s, float(path.times[-1]) - 0.5)
    plants: list[Plant] = []
    ended: set[str] = set()
    for k in range(int(np.ceil((from_s - first_s) / gait.step_s)), 1000):
        strike = first_s + k * gait.step_s
        side = "right" if k % 2 == 0 else "left"
        if strike > last_s or len(ended) == 2:
            break
        if side in ended:
            continue
        middle = strike + gait.under * gait.duty * gait.stride_s
        stays = middle >= rest_s
        if stays:
            ended.add(side)
        off = np.inf if stays else strike + gait.duty * gait.stride_s
        leave = strike - (1.0 - gait.duty) * gait.stride_s
        plants.append(Plant(side, leave, strike, off, print_beside(path.at(middle), side, gait.half_width_m)))
    return plants


def side_step(s: Score, start_s: float, out_m: float, *, steps: int = 1, step_s: float = 0.45) -> float:
    """Step sideways, `out_m` to the right in all (negative: left), feet never crossing; returns when it is done."""
    lead, trail = ("right", "left") if out_m > 0.0 else ("left", "right")
    begin, each = travel_now(s, start_s), out_m / steps
    duration = 2 * steps * step_s
    path = travelled(start_s, duration, (out_m / (duration - 0.3), 0.0), 0.0, 0.3, 0.3, begin)
    plants: list[Plant] = []
    for k in range(steps):
        at = print_beside(begin, "right", (k + 1) * each)
        for n, side in enumerate((lead, trail)):
            strike = start_s + (2 * k + n + 1) * step_s
            off = np.inf if k == steps - 1 else strike + step_s + 0.05
            plants.append(Plant(side, strike - step_s + 0.05, strike, off, print_beside(at, side, s.body.stance_out_m)))
    move_along(s, path, start_s)
    write_feet(s, plants, Roll(0.0, 0.25, 0.05), 0.12)
    return start_s + duration


def turn(s: Score, start_s: float, angle_rad: float, *, step_s: float = 0.36, stride_rad: float = 1.1) -> float:
    """Turn on the spot to the left by `angle_rad` (negative: right), at most `stride_rad` a step; returns when done."""
    pairs = max(int(np.ceil(abs(angle_rad) / stride_rad)), 1)
    order = ("left", "right") if angle_rad > 0.0 else ("right", "left")
    begin, duration = travel_now(s, start_s), 2 * pairs * step_s
    path = travelled(start_s, duration, (0.0, 0.0), angle_rad, 0.35, 0.35, begin)
    plants: list[Plant] = []
    for k in range(pairs):
        facing = Place(begin.right_m, begin.forward_m, begin.yaw_rad + angle_rad * (k + 1) / pairs)
        for n, side in enumerate(order):
            strike = start_s + (2 * k + n + 1) * step_s
            off = np.inf if k == pairs - 1 else strike + step_s + 0.05
            plants.append(Plant(side, strike - step_s + 0.05, strike, off, print_beside(facing, side, s.body.stance_out_m)))
    move_along(s, path, start_s)
    write_feet(s, plants, Roll(0.0, 0.30, 0.04), 0.12)
    return start_s + duration


def onstage(duration_s: float, speed_mps: float, turn_rad: float) -> Place:
    """Where to begin so as to pass the stage's centre, facing ahead, halfway through at constant speed."""
    half = 0.5 * turn_rad
    if abs(half) < 1e-6:
        return Place(0.0, -0.5 * speed_mps * duration_s, -half)
    radius = speed_mps * duration_s / turn_rad
    return Place(float(radius * (np.cos(half) - 1.0)), float(-radius * np.sin(half)), -half)


def begin_at(s: Score, place: Place) -> None:
    """Put the travel frame somewhere before anything else is written."""
    for name, value in (("right", place.right_m), ("forward", place.forward_m), ("yaw", place.yaw_rad)):
        s.travel.channels[name].base = value
