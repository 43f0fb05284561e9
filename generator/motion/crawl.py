"""Going on hands and knees: palms and knees planted in turn, diagonal limbs together."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..values import Array
from .footprints import Path, Place, move_along, print_beside, travel_now, travelled
from .limbs import Foot, Hand
from .score import Score
from .solve import STANDING_HEIGHT
from .timing import Move

DUTY = 0.60
"""Share of the stride each limb bears weight."""


def creep(s: Score, start_s: float, duration_s: float, speed_mps: float, *, stride_s: float = 1.1, phase: float = 0.0) -> None:
    """Crawl straight ahead, on the way already and going on after the end.

    The hips ride on upright thighs, the trunk lies from hips to shoulders as high as the arms are long.
    """
    path = travelled(start_s, duration_s, (0.0, speed_mps), 0.0, 0.0, 0.0, travel_now(s, start_s))
    move_along(s, path, start_s)
    first = start_s - phase * stride_s
    reach = on_all_fours(s)
    _sway(s, first, stride_s, 0.5 * DUTY * stride_s * speed_mps)
    for side, own in (("right", 0.0), ("left", 0.5)):
        foot, hand = (s.right_foot, s.right) if side == "right" else (s.left_foot, s.left)
        foot.moves.clear()
        hand.moves.clear()
        for down, place in _plants(path, first + own * stride_s, stride_s):
            _plant_knee(s, foot, down, stride_s, place)
        for down, place in _plants(path, first + (own + 0.47) * stride_s, stride_s):
            _plant_hand(s, hand, down, stride_s, place, reach)


def on_all_fours(s: Score) -> float:
    """Put pelvis and trunk as for hands and knees; returns how far ahead of the hips (m) the palms belong."""
    body = s.body
    hips = body.thigh_m + body.knee_radius_m + 0.016
    below = body.hip_below_pelvis_m
    trunk = body.shoulder_height_m - body.pelvis_height_m + below
    rise = float(np.arcsin(np.clip((0.93 * body.arm_m + 0.03 - hips) / trunk, -0.5, 0.6)))
    s.mode.channels["gaze"].base = 0.0  # "ahead" lies along a level trunk: the head is raised instead
    s.mode.channels["balance"].base = 0.0
    s.mode.channels["reach"].base = 0.0
    slope = rise + 0.06
    pelvis = hips + below * float(np.sin(slope)) + body.hip_ahead_m * float(np.cos(slope))
    s.pelvis.channels["up"].base = pelvis - STANDING_HEIGHT * body.pelvis_height_m
    s.pelvis.channels["forward"].base = below
    s.pelvis.channels["pitch"].base = 0.5 * np.pi - slope
    s.trunk.channels["bend"].base += 0.10
    return trunk * float(np.cos(rise)) + 0.08


def _sway(s: Score, first_s: float, stride_s: float, knee_swing_m: float) -> None:
    """Hips rise and list over the bearing knee and the trunk snakes a little."""
    thigh = s.body.thigh_m
    bob = thigh - float(np.sqrt(max(thigh**2 - knee_swing_m**2, 0.25 * thigh**2)))

    def cycle(amount: float, late: float, times: int = 1, level: float = 0.0) -> Callable[[Array], Array]:
        return lambda t: level + amount * np.cos(2.0 * np.pi * times * ((t - first_s) / stride_s - late))

    s.pelvis.add("up", cycle(0.45 * bob, 0.38 * DUTY, 2, -0.45 * bob))
    s.pelvis.add("roll", cycle(0.06, 0.65 * DUTY))
    s.pelvis.add("right", cycle(0.02, 0.5 * DUTY))
    s.pelvis.add("yaw", cycle(0.06, 0.0))
    s.trunk.add("lean", cycle(-0.09, 0.5 * DUTY))
    s.trunk.add("twist", cycle(-0.08, 0.0))


def _plants(path: Path, first_s: float, stride_s: float) -> list[tuple[float, Place]]:
    """Times a limb is set down, and where the body is in the middle of its bearing weight."""
    start, end = float(path.times[0]) + 0.8, float(path.times[-1]) - 0.8
    rounds = range(int(np.ceil((start - first_s) / stride_s)), int((end - first_s) / stride_s) + 1)
    return [(first_s + k * stride_s, path.at(first_s + (k + 0.5 * DUTY) * stride_s)) for k in rounds]


def _plant_knee(s: Score, foot: Foot, down_s: float, stride_s: float, place: Place) -> None:
    at = print_beside(place, foot.side, 1.15 * s.body.hip_half_m)
    sign = 1.0 if foot.side == "right" else -1.0
    swing = Move(down_s, (1.0 - DUTY) * stride_s, "linear")
    foot.kneel(down_s, swing.duration_s, (sign * at.right_m, at.forward_m), height_m=s.body.knee_radius_m)
    foot.lift.add(lambda t: 0.03 * np.sin(np.pi * swing.weight(t)) ** 2)
    s.contact(f"{foot.side}_knee", "floor", down_s, down_s + DUTY * stride_s)


def _plant_hand(s: Score, hand: Hand, down_s: float, stride_s: float, place: Place, ahead_m: float) -> None:
    """Peel the palm off, carry it ahead just above the floor, set it down flat."""
    swing = (1.0 - DUTY) * stride_s
    at = print_beside(place, hand.side, 0.95 * s.body.shoulder_half_m, ahead_m)
    back = print_beside(at, hand.side, 0.02, -0.45 * (at.forward_m - place.forward_m) / max(ahead_m, 0.1) * stride_s * 0.4)
    sign = 1.0 if hand.side == "right" else -1.0
    hand.go(
        down_s - 0.45 * swing,
        0.60 * swing,
        "world",
        (sign * back.right_m, back.forward_m, 0.075),
        "swing",
        palm=(0.0, -0.35, -0.9),
        fingers=(-0.1, 0.85, -0.45),
        elbow=(0.5, -1.0, 0.1),
    )
    hand.go(
        down_s,
        0.50 * swing,
        "world",
        (sign * at.right_m, at.forward_m, 0.0),
        "swing",
        palm=(0.0, 0.0, -1.0),
        fingers=(-0.12, 1.0, 0.0),
        elbow=(0.5, -1.0, 0.1),
    )
    hand.fingers(0.0, 0.0, "planted")
    s.contact(f"{hand.side}_palm", "floor", down_s, down_s + 0.85 * DUTY * stride_s)
