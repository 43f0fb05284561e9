"""Legs: soles put where they are planted, ankles where they are swung, toes kept on the floor under a raised heel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..skeletons import JOINT
from ..values import Array, Skeleton
from .floor import ANKLE_CLEAR_M, clearance, kept_above
from .ik import Bones, raised_pole, reach, steady_pole, steady_turn
from .limbs import Foot
from .posed import Placed, Posed, place
from .rotations import BODY_AXES, about, arc, cross, limited, mix, unit

if TYPE_CHECKING:
    from .recorded.base import Base

HALF_FOOT_M = 0.04
"""Half the width of a foot at its ball."""

KNEE_UP = 1.0
"""How much of the way that a knee over a flat sole points is up; the forward part is at most 1.7."""

ON_FLOOR = ("sole", "ball")
"""Effectors of a foot that stands: the point under its ankle, or the ball on which it turns."""

MAX_ANKLE_RAD = np.radians(62.0)


class Leg:
    """One leg of one skeleton at rest: its bones and the sole under its ankle."""

    def __init__(self, skeleton: Skeleton, side: str) -> None:
        self.side, self.sign, self.skeleton = side, (1.0 if side == "right" else -1.0), skeleton
        joints = skeleton.joints_m
        self.hip, self.knee, self.ankle, self.toes = (JOINT[f"{side}_{name}"] for name in ("hip", "knee", "ankle", "foot"))
        self.bones = Bones(
            joints[self.knee] - joints[self.hip], joints[self.ankle] - joints[self.knee], np.array([1.0, 0.0, 0.0])
        )
        points = {name: self._rest_point(name) for name in ("heel", "ball", "toe")}
        floor = min(point[2] for point in points.values()) - skeleton.sole_drop_m
        self.sole_offset = np.array([0.0, 0.0, floor])
        toes = BODY_AXES @ (joints[self.toes] - joints[self.ankle])
        self.ball_offset = toes * np.array([0.0, 1.0, 1.0])
        self.ball_on_floor = points["ball"] * np.array([1.0, 1.0, 0.0])
        self.ball_height = toes[2] - floor
        self.heel_offset = np.array([0.0, points["heel"][1] + 0.008, floor])

        toe = np.array([points["toe"][0], points["toe"][1] - 0.01, floor + 0.02])
        edges = [self.ball_offset + np.array([side * HALF_FOOT_M, 0.0, 0.012]) for side in (-1.0, 1.0)]
        self.underside = np.stack([toe, *edges, self.heel_offset + np.array([0.0, 0.0, 0.012])])

    def bent_underside(self, back_rad: Array) -> Array:
        """Lowest points (T, 4, 3) of a foot whose toes are bent back by angles (T,): toe, ball's edges, heel; as `underside`."""
        edges = [[side * HALF_FOOT_M, self.ball_offset[1], self.sole_offset[2]] for side in (-1.0, 1.0)]
        fixed = np.broadcast_to(np.array([*edges, self.heel_offset]), (len(back_rad), 3, 3))
        toe = np.array([0.0, self.underside[0, 1] + 0.01, self.sole_offset[2]])
        toe = self.ball_offset + about("x", back_rad) @ (toe - self.ball_offset)
        return np.concatenate([toe[:, None], fixed], axis=1)

    def _rest_point(self, name: str) -> Array:
        """A landmark of the foot from the ankle, (right, forward, up)."""
        mark = self.skeleton.landmarks[f"{self.side}_{name}"]
        return BODY_AXES @ (self.skeleton.joints_m[mark.joint] + mark.offset_m - self.skeleton.joints_m[self.ankle])

    def ankle_from_sole(self, axes: Array, heel_rad: Array) -> Array:
        """World vector (T, 3) from the sole's point when flat to the ankle, the foot pivoting about ball or heel."""
        flat = axes @ about("x", heel_rad)
        pivot = np.where(heel_rad[:, None] > 0.0, self.ball_offset, self.heel_offset)
        pivot_world = (flat @ (pivot - self.sole_offset)[..., None])[..., 0]
        return pivot_world - (axes @ pivot[..., None])[..., 0]


Stood = tuple[Array, Array, Array, Array]
"""A foot's ankle (T, 3), axes (T, 3, 3), pole (T, 3), and how far it stands on the floor (T,)."""


def place_feet(leg: Leg, foot: Foot, times: Array, posed: Posed, shin: Array | None, before: Stood | None = None) -> Stood:
    """Blend a foot's targets, from `before` on instead of the first where that is given.

    `shin` (T, 3, 3): the lower leg's axes of the round before, which a foot follows that is not turned by its target.
    """
    moves = foot.sorted_moves()
    hip = posed.origins[f"{leg.side}_hip"]
    heel, lift = foot.heel.at(times), foot.lift.at(times)
    n = len(times)
    ankle: Array = np.zeros((n, 3))
    axes: Array = np.tile(np.eye(3), (n, 1, 1))
    pole: Array = np.zeros((n, 3))
    standing = np.zeros(n)
    for k, (move, target) in enumerate(moves):
        if k == 0 and before is not None:
            ankle, axes, pole, standing = before
            continue
        goal = place(target, leg.side, posed, leg.bones.length_m)
        flat = _foot_axes(goal, shin, n)
        goal_axes = flat @ about("x", -heel)
        goal_ankle = goal.point if target.effector == "ankle" else goal.point + leg.ankle_from_sole(goal_axes, heel)
        pivots = target.effector == "ball"
        goal_ankle = goal_ankle - float(pivots) * (flat @ leg.ball_on_floor)
        if target.effector == "knee":
            goal_ankle, goal_pole = _kneeling(leg, goal, hip)
        elif goal.pole is not None:
            goal_pole = goal.pole
        else:
            ahead = posed.axes["pelvis"][:, :, 1]
            bent = unit(ahead + 0.7 * goal_axes[:, :, 1])
            # with the hips as low as the foot they lie in one line with what is ahead: over a flat sole a knee goes up
            up = KNEE_UP * np.maximum(goal_axes[:, 2, 2:], 0.0) * np.array([0.0, 0.0, 1.0])
            goal_pole = bent + up + 0.15 * leg.sign * posed.axes["pelvis"][:, :, 0]
        on_floor = float(target.effector in ON_FLOOR and target.frame == "world" and target.at[2] < 0.25)
        if k == 0:
            ankle, axes, pole, standing = goal_ankle, goal_axes, goal_pole, np.full(n, on_floor)
            continue
        weight = move.weight(times)
        both_soles = target.effector in ON_FLOOR and moves[k - 1][1].effector in ON_FLOOR
        if pivots:  # the ball's place is what is blended; the ankle goes round it
            ball, goal_ball = ankle + _to_ball(leg, axes, heel), goal_ankle + _to_ball(leg, goal_axes, heel)
            ankle = ball + (goal_ball - ball) * weight[:, None] - _to_ball(leg, mix(axes, goal_axes, weight), heel)
        elif both_soles:
            ankle = ankle + (goal_ankle - ankle) * weight[:, None]
        else:
            ankle = hip + arc(ankle - hip, goal_ankle - hip, weight)
        axes = mix(axes, goal_axes, weight)
        pole = pole + (goal_pole - pole) * weight[:, None]
        moving = (weight > 0.02) & (weight < 0.98) & (target.at != moves[k - 1][1].at) & (not pivots)
        standing = np.where(moving, 0.0, standing + (on_floor - standing) * (weight >= 0.98))
    ankle = ankle + lift[:, None] * np.array([0.0, 0.0, 1.0])
    return ankle, axes, pole, standing * (lift < 0.01)


def _foot_axes(goal: Placed, shin: Array | None, n: int) -> Array:
    """Axes (T, 3, 3) of a foot: as its target turns it, else square to the shin."""
    if goal.y_axis is None or goal.z_axis is None:
        return np.tile(np.eye(3), (n, 1, 1)) if shin is None else shin
    right = unit(cross(goal.y_axis, goal.z_axis))
    return np.stack([right, goal.y_axis, cross(right, goal.y_axis)], axis=-1)


def _to_ball(leg: Leg, axes: Array, heel_rad: Array) -> Array:
    """World vector (T, 3) from the ankle to where the ball touches the floor, behind the toes' joint."""
    flat = axes @ about("x", heel_rad)
    level = (leg.ball_on_floor - leg.ball_offset) * np.array([1.0, 1.0, 0.0])
    return axes @ leg.ball_offset + flat @ level


def _kneeling(leg: Leg, goal: Placed, hip: Array) -> tuple[Array, Array]:
    """Ankle (T, 3) and pole (T, 3) that put the knee on the way to the goal, one thigh from the hip, the shin as the pole."""
    knee = hip + leg.bones.upper_m * unit(goal.point - hip)
    ankle = knee + leg.bones.lower_m * (goal.pole if goal.pole is not None else np.array([0.0, -1.0, 0.0]))
    return ankle, knee - 0.5 * (hip + ankle)


def solve_leg(leg: Leg, foot: Foot, times: Array, posed: Posed, floor: Array | None = None,
              base: Base | None = None) -> None:  # fmt: skip
    """Solve one leg for all frames: its joints, how far it stands, and its ankle before floor and reach have their say.

    `floor` (T,): the height below which neither knee nor ankle may sink. `base`: what the foot does that has no target.
    """
    rotations, positions = posed.rotations, posed.positions
    pelvis = rotations[JOINT["pelvis"]]
    joints = leg.skeleton.joints_m
    hip_at = positions[JOINT["pelvis"]] + pelvis @ (joints[leg.hip] - joints[JOINT["pelvis"]])
    posed.set(f"{leg.side}_hip", posed.axes["pelvis"], hip_at)
    shin = turned = wanted = before = None
    back, underside, over = np.zeros(len(times)), leg.underside, None
    if base is not None:
        before, back = base.leg(leg, posed)
        underside, over = leg.bent_underside(back), base.swung_m[leg.side]
    least, dt_s = None if floor is None else floor + leg.skeleton.radius_m[leg.knee], float(times[1] - times[0])
    for _ in range(2):
        ankle, axes, pole, standing = place_feet(leg, foot, times, posed, shin, before)
        wanted = ankle if wanted is None else wanted
        lift = clearance(axes, underside, ANKLE_CLEAR_M) - ANKLE_CLEAR_M
        if turned is not None:  # an ankle that cannot turn so far leaves the foot as its shin has it
            lift = np.maximum(lift, clearance(turned, underside, ANKLE_CLEAR_M) - ANKLE_CLEAR_M)
        if over is None:
            lift = (1.0 - standing) * lift
        else:  # as high as a recorded foot swings, whose length is another
            lift = np.maximum(lift, clearance(axes, underside[:, :-1], ANKLE_CLEAR_M) - ANKLE_CLEAR_M + (1.0 - standing) * over)
        ankle = kept_above(ankle, floor, ANKLE_CLEAR_M + lift)
        pole = raised_pole(leg.bones, hip_at, ankle, pole, least)
        pole = steady_pole(hip_at, ankle, pole, dt_s)
        upper, lower, knee_at, ankle_at = reach(leg.bones, hip_at, ankle, pole)
        shin = lower @ BODY_AXES.T
        bent = limited(np.swapaxes(lower, -1, -2) @ axes @ BODY_AXES, MAX_ANKLE_RAD)
        steady = steady_turn(bent, dt_s)
        foot_rotation = lower @ (bent if steady is bent else mix(steady, bent, standing))
        turned = foot_rotation @ BODY_AXES.T
    back = back + np.clip(foot.heel.at(times), 0.0, 1.3) * _toes_on_floor(leg, ankle_at, foot_rotation)
    toes = foot_rotation @ (BODY_AXES.T @ about("x", back) @ BODY_AXES)
    toes_at = ankle_at + foot_rotation @ (joints[leg.toes] - joints[leg.ankle])
    for index, rotation, position in (
        (leg.hip, upper, hip_at), (leg.knee, lower, knee_at), (leg.ankle, foot_rotation, ankle_at), (leg.toes, toes, toes_at),
    ):  # fmt: skip
        rotations[index], positions[index] = rotation, position
    posed.set(f"{leg.side}_foot", foot_rotation @ BODY_AXES.T, ankle_at)
    assert wanted is not None
    posed.standing[leg.side], posed.wanted_ankle[leg.side] = standing, wanted


def _toes_on_floor(leg: Leg, ankle: Array, foot_rotation: Array) -> Array:
    """Toes bend back with a raised heel while the ball is on or just over the floor: share (T,) in [0.4, 1]."""
    ball = ankle[:, 2] + (foot_rotation @ (BODY_AXES.T @ leg.ball_offset))[:, 2]
    return np.asarray(np.clip(1.0 - (ball - leg.ball_height) / 0.10, 0.4, 1.0))
