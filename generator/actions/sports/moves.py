"""Moves that several sports share: a jump with its feet, run-up steps, a ball that flies in from afar."""

from __future__ import annotations

import numpy as np

from ...motion.jump import Hop, feet_off, hop, leap
from ...motion.limbs import Foot
from ...motion.score import Score, Vector
from ..poses import START_S

LONGEST_FLIGHT_S = 1.05
"""Seconds after which a lob would rise through a room's ceiling."""


def spring_up(s: Score, start_s: float, rise_m: float, *, at_m: float = 0.0, ahead_m: float = 0.0, sink: float = 0.22,
              sink_s: float = 0.42, tuck: float = 0.05) -> Hop:  # fmt: skip
    """Jump from both feet, which stand `at_m` ahead of the start, and land `ahead_m` further; returns the jump's times.

    `sink`: the depth of the crouch before it, in leg lengths. Nothing else may move the pelvis up or down.
    """
    leg = s.body.leg_m
    s.mode.channels["reach"].base = 0.0
    jump = hop(s, start_s, rise_m, sink_m=(sink + 0.25 * rise_m) * leg, soak_m=(0.11 + 0.30 * rise_m) * leg,
               tiptoe_m=0.045 * leg, sink_s=sink_s, end_s=0.5)  # fmt: skip
    leap(s, jump, ahead_m)
    feet_off(s, jump, at_m + ahead_m, 1.15 * s.body.stance_out_m, tuck=tuck + 0.12 * rise_m)
    push = jump.leave_s - jump.low_s
    s.mode.to(jump.low_s + 0.6 * push, 0.5 * push, balance=0.0)
    s.mode.to(jump.soaked_s, jump.soaked_s - jump.land_s, balance=1.0)
    s.pelvis.to(jump.low_s, jump.low_s - jump.start_s, pitch=0.30)
    s.pelvis.to(jump.leave_s, push, pitch=-0.02)
    s.pelvis.to(jump.soaked_s, jump.soaked_s - jump.land_s + 0.05, pitch=0.25)
    s.pelvis.to(jump.end_s, jump.end_s - jump.soaked_s, pitch=0.0)
    return jump


def pace(s: Score, foot: Foot, end_s: float, duration_s: float, ahead_m: float, *, body_m: float, out: float = 1.0,
         toe_out_rad: float = 0.12, lift_m: float = 0.08) -> None:  # fmt: skip
    """One step of a run-up: the heel comes up, the foot goes to `ahead_m`, and the body goes on to `body_m`."""
    foot.heel.to(end_s - 0.75 * duration_s, 0.3, 0.55)
    foot.heel.to(end_s - 0.15 * duration_s, 0.4 * duration_s, -0.12)
    foot.heel.to(end_s + 0.10, 0.12, 0.0)
    foot.step(
        end_s, 0.85 * duration_s, (out * s.body.stance_out_m, ahead_m), lift_m=lift_m, toe_out_rad=toe_out_rad, ease="stride"
    )
    s.pelvis.to(end_s + 0.05, 1.25 * duration_s, forward=body_m)


def settle(s: Score, end_s: float, duration_s: float, ahead_m: float = 0.0) -> None:
    """Stand again `ahead_m` ahead of the start: feet side by side, trunk upright, arms down."""
    out = s.body.stance_out_m
    for foot, late in ((s.right_foot, 0.0), (s.left_foot, 0.25)):
        foot.heel.to(end_s - 0.45 * duration_s + late * duration_s, 0.4 * duration_s, 0.0)
        foot.step(end_s - 0.25 * duration_s + late * duration_s, 0.45 * duration_s, (out, ahead_m), lift_m=0.05)
    s.pelvis.to(end_s, 0.85 * duration_s, yaw=0.0, pitch=0.0, roll=0.0, forward=ahead_m, right=0.0)
    s.trunk.to(end_s, 0.85 * duration_s, twist=0.0, bend=0.0, lean=0.0)


def arms_down(s: Score, end_s: float, duration_s: float) -> None:
    """Both arms hang again, one a little later."""
    for hand, late in ((s.right, 0.06), (s.left, 0.0)):
        hand.rest(end_s + late, duration_s)
        hand.fingers(end_s, duration_s, "relaxed")


def fly_in(s: Score, prop: str, hit_s: float, origin: Vector, goal: Vector) -> None:
    """A ball on its way from `origin` (world, m) in free fall so that it is at `goal` at `hit_s`; the eyes follow it."""
    flight = min(s.spec.idle_before_s + hit_s / s.spec.tempo, LONGEST_FLIGHT_S)
    pose = np.eye(4)
    pose[:3, 3] = origin
    s.lay(prop, pose, START_S)
    way = np.array(goal) - np.array(origin)
    x, y, z = (way / flight + np.array([0.0, 0.0, 0.5 * 9.81 * flight])).tolist()
    thrown = hit_s - s.real(flight)
    s.throw(prop, thrown, (x, y, z))
    for share in (0.0, 0.35, 0.7, 1.0):
        point = np.array(origin) + share * way + np.array([0.0, 0.0, 0.5 * 9.81 * flight**2 * share * (1.0 - share)])
        s.look(thrown + share * s.real(flight), "world", (float(point[0]), float(point[1]), float(point[2])), duration_s=0.3)


def turned(velocity_mps: float, loft_rad: float, yaw_rad: float = 0.0) -> Vector:
    """A velocity (right, forward, up), lofted, and turned to the left by `yaw_rad`."""
    level = velocity_mps * float(np.cos(loft_rad))
    return (-level * float(np.sin(yaw_rad)), level * float(np.cos(yaw_rad)), velocity_mps * float(np.sin(loft_rad)))
