"""Heights of what people work at, from the lengths of the body: desks at a sitter's elbow, worktops at a stander's."""

from __future__ import annotations

import numpy as np

from ..skeletons import JOINT
from ..values import Array, Skeleton
from .base import frame, knee_height_m, seat_height_m

UNDER_ELBOW_M = 0.10
"""How far under the elbow of somebody who stands a worktop lies: the forearms slope down to what is cut or washed."""

OVER_KNEE_M = 0.13
"""From a sitter's knee joint up to the underside of a desk: the thigh's flesh and some room."""


def place(x: float, y: float, z: float) -> Array:
    """A point of a thing that stands, its axes those of whoever faces it: y ahead, z up."""
    return frame((x, y, z), y=(0, -1, 0), z=(0, 0, 1))


def shoulder_height_m(skeleton: Skeleton) -> float:
    """Height of the shoulder joint over the floor of somebody who stands."""
    joints = skeleton.joints_m
    return float(joints[JOINT["right_shoulder"]][1] - joints[JOINT["right_knee"]][1]) + knee_height_m(skeleton)


def upper_arm_m(skeleton: Skeleton) -> float:
    """Shoulder to elbow."""
    joints = skeleton.joints_m
    return float(np.linalg.norm(joints[JOINT["right_elbow"]] - joints[JOINT["right_shoulder"]]))


def worktop_height_m(skeleton: Skeleton) -> float:
    """Height of a kitchen's worktop, a little under the elbow of somebody who stands at it."""
    return shoulder_height_m(skeleton) - upper_arm_m(skeleton) - UNDER_ELBOW_M


def desk_height_m(skeleton: Skeleton) -> float:
    """Height of a desk at the elbow of a sitter on a seat of that body's height, with room for the knees."""
    joints = skeleton.joints_m
    sitting = float(joints[JOINT["right_shoulder"]][1] - joints[JOINT["right_hip"]][1])
    elbow = seat_height_m(skeleton) + 0.10 + sitting - upper_arm_m(skeleton)
    return max(elbow, knee_height_m(skeleton) + OVER_KNEE_M)
