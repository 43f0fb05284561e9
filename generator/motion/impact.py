"""What a push, a bump or a blow does to who meets it: momentum goes over, the body gives way, and steps to catch itself.

    struck(b, hit_s, passed_on(a.body, b.body, 2.5, share=0.4), (0.0, -1.0), over_s=0.18)   # pushed straight back

The body is a linear inverted pendulum: it topples away from where its weight rests, the faster the further it is gone, until
a foot is set down where it comes to stand (the capture point: Hof 2008). Times and speeds are real ones, whatever the tempo.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..values import Array
from .footprints import travel_now
from .proportions import Proportions
from .score import Foot, Score
from .timing import minimum_jerk

GRAVITY_MPS2 = 9.81
DENSITY_KG_M3 = 1000.0
TRUNK_SHARE = 0.497
"""Of the body's mass (Winter 2009, table 4.1)."""

FULLNESS = 1.22
"""A trunk over an elliptic cylinder as wide as the waist and as deep as the flesh nearest to the spine."""

COM_SHARE = 0.55
"""Height of the centre of mass over that of the body."""

BRAKE_M = 0.07
"""How far ahead of the ankles weight can be borne against a fall: what doesn't lead further needs no step (the ankle strategy:
Horak and Nashner 1986)."""

LONGEST_STEP = 0.62
"""Of the leg's length: no step in an emergency is longer."""

MOST_STEPS = 5
"""Who needs more has fallen."""

FIRST_LIFT_S, STEP_S, LAST_STEP_S = 0.16, 0.26, 0.36
"""Seconds from the blow to the first foot's leaving the floor (Maki and McIlroy 1997), of each step, and of the last."""

GRID_S = 0.005
SETTLE_S = 0.9
TRUNK_S, HEAD_S = 0.18, 0.10
"""Seconds in which trunk and head are thrown furthest."""


@dataclass(frozen=True)
class Footfall:
    """A step of the leading foot or the other: when it leaves the floor and is set down, and how far along the way (m)."""

    leads: bool
    lift_s: float
    down_s: float
    at_m: float


@dataclass(frozen=True)
class Course:
    """How a body goes that was struck: how far (N,) m the centre of mass is, each GRID_S from the blow on; and its steps."""

    gone_m: Array
    footfalls: tuple[Footfall, ...]

    @property
    def end_s(self) -> float:
        """When it stands again."""
        return len(self.gone_m) * GRID_S

    @property
    def far_m(self) -> float:
        """Where it comes to rest."""
        return float(self.gone_m[-1])


@dataclass(frozen=True)
class Catch:
    """How somebody caught themselves: when both feet are down, when they stand still again, and how far they went, in metres of
    their own world."""

    down_s: float
    end_s: float
    right_m: float
    forward_m: float


def mass_kg(body: Proportions) -> float:
    """A body's mass, from its trunk as an elliptic cylinder between hips and shoulders."""
    depth = 0.5 * (body.back_behind_m + max(body.chest_front_m, body.belly_front_m, 0.08))
    trunk = np.pi * body.waist_half_m * depth * (body.shoulder_height_m - body.pelvis_height_m + body.hip_below_pelvis_m)
    return float(FULLNESS * DENSITY_KG_M3 * trunk / TRUNK_SHARE)


def passed_on(a: Proportions, b: Proportions, speed_mps: float, share: float, bounce: float = 0.0) -> float:
    """Speed (m/s) that b takes up when `share` of a's mass meets b at `speed_mps`: an impact with restitution `bounce`."""
    moving, still = share * mass_kg(a), mass_kg(b)
    return (1.0 + bounce) * moving / (moving + still) * speed_mps


def capture_m(body: Proportions, speed_mps: float) -> float:
    """How far away a foot must be set at once so that a body that moves at a speed comes to rest over it (v / sqrt(g / l))."""
    return speed_mps / _rate(body)


def course(body: Proportions, speed_mps: float, over_s: float = 0.0, aside: float = 0.0) -> Course:
    """Where a body goes, and how it steps, that is brought to a speed within `over_s`; `aside`: 1 is to a side, 0 ahead or back.

    A foot goes where the body is about to come to rest, as far as it reaches; sideways the second foot only follows the first.
    """
    rate, longest = _rate(body), LONGEST_STEP * body.leg_m
    feet: list[float] = [0.0, 0.0]  # of the leading foot and the other, along the way
    steps: list[Footfall] = []
    gone, capture, now, down_s = [0.0], 0.0, 0.0, FIRST_LIFT_S + STEP_S
    pushes = max(round(over_s / GRID_S), 1)
    caught_s = None
    while (caught_s is None or now < caught_s + SETTLE_S) and len(steps) <= MOST_STEPS:
        if len(gone) <= pushes:
            capture += capture_m(body, speed_mps) / pushes
        beyond = max(capture - max(feet) - BRAKE_M, 0.0)
        capture += GRID_S * rate * beyond
        gone.append(gone[-1] + GRID_S * rate * (capture - gone[-1]))
        now += GRID_S
        if len(gone) > pushes and beyond == 0.0 and caught_s is None:
            caught_s = now
            if steps or capture > BRAKE_M:  # the foot that is behind comes to where the body stands
                behind = int(np.argmin(feet))
                steps.append(Footfall(behind == 0, now, now + LAST_STEP_S, capture))
        elif caught_s is None and now >= down_s:
            moved = len(steps) % 2
            room = longest if moved == 0 else longest * (1.0 - aside)
            feet[moved] = min(capture, feet[1 - moved] + room)
            steps.append(Footfall(moved == 0, down_s - STEP_S, now, feet[moved]))
            down_s = now + STEP_S
    return Course(np.array(gone), tuple(steps))


def catchable_mps(body: Proportions, speed_mps: float, over_s: float = 0.0, aside: float = 0.0) -> float:
    """The speed, or the most of it that a body can catch by steps: who takes up more falls."""
    while len(course(body, speed_mps, over_s, aside).footfalls) > MOST_STEPS:
        speed_mps *= 0.95
    return speed_mps


def struck(s: Score, hit_s: float, speed_mps: float, towards: tuple[float, float], high: float = 0.8, *,
           over_s: float = 0.0, arms: bool = True) -> Catch:  # fmt: skip
    """Take up `speed_mps` from `hit_s` on, in the direction (right, forward) of the own world, and catch oneself.

    `over_s`: how long the push lasts. The trunk goes first where it was hit high (`high` 1: at the shoulders) and folds over a
    blow that meets it low (0: at the hips); the head and, with `arms`, the arms stay behind, the hips follow; feet step, and
    come to stand as they stood. What sways no further than the feet bear is swayed off; more than steps catch is not taken up.
    """
    way = np.asarray(towards, float) / max(float(np.hypot(*towards)), 1e-9)
    begin = travel_now(s, hit_s)
    yaw = begin.yaw_rad + float(s.pelvis.at(np.array([hit_s]))["yaw"][0])
    aside, ahead = (float(x) for x in np.array([[np.cos(yaw), np.sin(yaw)], [-np.sin(yaw), np.cos(yaw)]]) @ way)
    speed = catchable_mps(s.body, speed_mps, over_s, abs(aside))
    goes = course(s.body, speed, over_s, abs(aside))
    thrown = float(np.clip(0.55 * speed * (2.0 * high - 0.6), -0.55, 0.55))
    _give(s, hit_s, speed, thrown, (aside, ahead), over_s)
    if arms and speed > 0.3:
        fling(s, hit_s, float(np.clip(speed, 0.0, 1.0)))
    _go(s, hit_s, goes, way, thrown, over_s)
    end = hit_s + s.real(goes.end_s)
    if goes.footfalls:
        _step(s, hit_s, goes, way, aside)
    s.mode.to(hit_s + 0.02, 0.1, balance=0.0)
    s.mode.to(end, s.real(0.4), balance=1.0)
    far = goes.far_m if goes.footfalls else 0.0
    down = hit_s + s.real(goes.footfalls[-1].down_s if goes.footfalls else 0.0)
    return Catch(down, end, far * float(way[0]), far * float(way[1]))


def jolted(s: Score, hit_s: float, *, turn: float = 0.0, nod: float = 0.0, tilt: float = 0.0, twist: float = 0.0) -> None:
    """A blow to the head, or one off the middle: the head turns by so much (rad) and swings back; the trunk's twist comes after.

    Where only `twist` is given, a shoulder was struck: the trunk turns first, and the head stays behind.
    """
    for name, angle in (("turn", turn - 0.5 * twist), ("nod", nod), ("tilt", tilt)):
        s.head.add(name, pulse(s, hit_s, angle, HEAD_S))
    s.trunk.add("twist", pulse(s, hit_s + s.real(0.05 if turn else 0.0), twist, TRUNK_S))


def pulse(s: Score, hit_s: float, peak: float, rise_s: float, over_s: float = 0.0) -> Callable[[Array], Array]:
    """What a blow does to a joint that muscles hold: off at once, furthest after `rise_s` (real seconds), and slowly back."""
    delays = np.linspace(0.0, over_s, 1 if over_s == 0.0 else 7)

    def value(t: Array) -> Array:
        since = np.maximum((t - hit_s)[:, None] / s.real(1.0) - delays, 0.0) / rise_s
        return np.asarray(peak * (since * np.exp(1.0 - since)).mean(axis=1))

    return value


def _rate(body: Proportions) -> float:
    """1/s: how fast a body topples."""
    return float(np.sqrt(GRAVITY_MPS2 / (COM_SHARE * body.height_m)))


def _give(s: Score, hit_s: float, speed: float, thrown: float, way: tuple[float, float], over_s: float) -> None:
    """Trunk and head, thrown along: the trunk at once, the head after it; later the trunk bends into the recovery."""
    aside, ahead = way
    late = hit_s + s.real(0.11)
    s.trunk.add("bend", pulse(s, hit_s, thrown * ahead, TRUNK_S, over_s))
    s.trunk.add("lean", pulse(s, hit_s, thrown * aside, TRUNK_S, over_s))
    s.pelvis.add("pitch", pulse(s, hit_s, 0.3 * thrown * ahead, TRUNK_S, over_s))
    s.pelvis.add("roll", pulse(s, hit_s, 0.3 * thrown * aside, TRUNK_S, over_s))
    s.trunk.add("bend", pulse(s, hit_s + s.real(0.35), 0.16 * speed, 0.30))
    for name, along in (("nod", ahead), ("tilt", aside)):
        s.head.add(name, pulse(s, hit_s, -0.8 * thrown * along, HEAD_S, over_s))
        s.head.add(name, pulse(s, late, 0.75 * thrown * along, 0.16, over_s))


def fling(s: Score, hit_s: float, wild: float, *, falls: bool = True) -> None:
    """Arms stay behind, fly up and out, and come down again, unless they don't fall: then the choreography has them back."""
    for k, hand in enumerate((s.right, s.left)):
        up = hit_s + s.real(0.24 + 0.05 * k)
        hand.reach(up, s.real(0.22), (0.32 + 0.30 * wild, 0.60 - 0.12 * k, -0.60 + (0.50 + 0.12 * k) * wild),
                   palm=(0.1, 0.3, -0.9), fingers=(0.3, 0.9, 0.2), effector="wrist", elbow=(0.7, -0.4, -0.6))  # fmt: skip
        hand.fingers(up, s.real(0.18), "planted")
        if not falls:
            continue
        hand.reach(up + s.real(0.30), s.real(0.30), (0.45 + 0.2 * wild, 0.35, -0.62 + 0.2 * wild), palm=(0.0, 0.2, -0.95),
                   effector="wrist", elbow=(0.7, -0.5, -0.6))  # fmt: skip
        hand.rest(up + s.real(0.95 + 0.05 * k), s.real(0.6))
        hand.fingers(up + s.real(0.85), s.real(0.4), "relaxed")


def _go(s: Score, hit_s: float, goes: Course, way: Array, thrown: float, over_s: float) -> None:
    """The hips: the way of the centre of mass, less what the trunk that is thrown has of it already; back again without steps."""
    times = np.arange(len(goes.gone_m)) * GRID_S
    length = 0.5 * (s.body.shoulder_height_m - s.body.pelvis_height_m)
    lag = pulse(s, hit_s, 0.7 * length * thrown, TRUNK_S, over_s)

    def gone(t: Array) -> Array:
        since = (t - hit_s) / s.real(1.0)
        back = 0.0 if goes.footfalls else minimum_jerk((since - 0.25) / 0.65)
        return np.asarray(np.interp(since, times, goes.gone_m) * (1.0 - back) - lag(t))

    s.travel.add("right", lambda t: float(way[0]) * gone(t))
    s.travel.add("forward", lambda t: float(way[1]) * gone(t))
    if goes.footfalls:
        sunk = hit_s + s.real(goes.footfalls[0].down_s)
        s.pelvis.add("up", pulse(s, hit_s, -0.05 * s.body.leg_m, (sunk - hit_s) / s.real(1.0)))


def _step(s: Score, hit_s: float, goes: Course, way: Array, aside: float) -> None:
    """The foot on the side of the fall goes first; each keeps its place beside the body."""
    right_first = aside > 0.35 or (aside > -0.35 and s.performer.phases_rad[0] < np.pi)
    leading, other = (s.right_foot, s.left_foot) if right_first else (s.left_foot, s.right_foot)
    stood = {foot.side: foot.moves[-1][1].at for foot in (leading, other)}
    for fall in goes.footfalls:
        foot = leading if fall.leads else other
        _set_down(s, foot, stood[foot.side], hit_s + s.real(fall.lift_s), hit_s + s.real(fall.down_s), fall.at_m * way)


def _set_down(s: Score, foot: Foot, stood: tuple[float, float, float], lift_s: float, down_s: float, gone: Array) -> None:
    sign = 1.0 if foot.side == "right" else -1.0
    foot.again(down_s, down_s - lift_s, at=(stood[0] + sign * float(gone[0]), stood[1] + float(gone[1]), 0.0))
    foot.heel.to(down_s, 0.8 * (down_s - lift_s), 0.0)
    raise_foot(foot, lift_s, down_s, 0.05 + 0.03 * s.body.leg_m)


def raise_foot(foot: Foot, lift_s: float, down_s: float, lift_m: float) -> None:
    """Lift a foot on its way and set it down."""
    foot.lift.add(lambda t: lift_m * np.sin(np.pi * np.clip((t - lift_s) / (down_s - lift_s), 0.0, 1.0)) ** 2)
