"""The lengths of one body that choreographies are written in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..skeletons import JOINT
from ..values import Skeleton
from .floor import sitting_flesh_m
from .rotations import BODY_AXES


@dataclass(frozen=True)
class Proportions:
    """Lengths in metres, of the body at rest; heights above the floor as it stands in its shoes.

    `pivot_m`: (out, ahead) of the ankle the ball of a foot touches the floor; `ball_ahead_m`: where its toes bend.
    """

    height_m: float
    pelvis_height_m: float
    eye_height_m: float
    shoulder_height_m: float
    knee_height_m: float
    ankle_height_m: float
    thigh_m: float
    shin_m: float
    upper_arm_m: float
    forearm_m: float
    hand_m: float
    foot_m: float
    ball_ahead_m: float
    ball_height_m: float
    pivot_m: tuple[float, float]
    hip_half_m: float
    shoulder_half_m: float
    hip_radius_m: float
    knee_radius_m: float
    stance_out_m: float
    sitting_flesh_m: float
    hip_below_pelvis_m: float
    hip_ahead_m: float
    waist_half_m: float
    back_behind_m: float
    chest_front_m: float
    belly_front_m: float

    @property
    def leg_m(self) -> float:
        """Hip to ankle."""
        return self.thigh_m + self.shin_m

    @property
    def arm_m(self) -> float:
        """Shoulder to wrist."""
        return self.upper_arm_m + self.forearm_m


def measure(skeleton: Skeleton) -> Proportions:
    """Proportions of a skeleton, in its shoes."""
    joints = skeleton.joints_m @ BODY_AXES.T
    points = {name: joints[mark.joint] + BODY_AXES @ np.asarray(mark.offset_m) for name, mark in skeleton.landmarks.items()}
    floor = min(points[f"right_{name}"][2] for name in ("heel", "ball", "toe")) - skeleton.sole_drop_m

    def length(a: str, b: str) -> float:
        return float(np.linalg.norm(joints[JOINT[a]] - joints[JOINT[b]]))

    def height(name: str) -> float:
        return float(joints[JOINT[name]][2] - floor)

    ball = points["right_ball"] - joints[JOINT["right_ankle"]]
    hip_half = float(joints[JOINT["right_hip"]][0])
    return Proportions(
        height_m=float(points["crown"][2] - floor),
        pelvis_height_m=height("pelvis"),
        eye_height_m=float(points["right_eye"][2] - floor),
        shoulder_height_m=height("right_shoulder"),
        knee_height_m=height("right_knee"),
        ankle_height_m=height("right_ankle"),
        thigh_m=length("right_hip", "right_knee"),
        shin_m=length("right_knee", "right_ankle"),
        upper_arm_m=length("right_shoulder", "right_elbow"),
        forearm_m=length("right_elbow", "right_wrist"),
        hand_m=length("right_wrist", "right_middle3") * 1.25,
        foot_m=float(points["right_toe"][1] - points["right_heel"][1]),
        ball_ahead_m=float((joints[JOINT["right_foot"]] - joints[JOINT["right_ankle"]])[1]),
        ball_height_m=height("right_foot"),
        pivot_m=(float(ball[0]), float(ball[1])),
        hip_half_m=hip_half,
        shoulder_half_m=float(joints[JOINT["right_shoulder"]][0]),
        hip_radius_m=float(skeleton.radius_m[JOINT["right_hip"]]),
        knee_radius_m=float(skeleton.radius_m[JOINT["right_knee"]]),
        stance_out_m=hip_half * 1.05 + 0.01,
        sitting_flesh_m=sitting_flesh_m(skeleton),
        hip_below_pelvis_m=float(joints[JOINT["pelvis"]][2] - joints[JOINT["right_hip"]][2]),
        hip_ahead_m=float(joints[JOINT["right_hip"]][1] - joints[JOINT["pelvis"]][1]),
        waist_half_m=hip_half + float(skeleton.radius_m[JOINT["right_hip"]]) - 0.02,
        back_behind_m=float(skeleton.radius_m[JOINT["spine1"]]),
        chest_front_m=float(points["chest_front"][1] - joints[JOINT["right_shoulder"]][1]),
        belly_front_m=float(points["belly"][1] - joints[JOINT["right_shoulder"]][1]),
    )
