"""A person of middling shape, whose limbs stand for those of a recording that tells its pose by angles only.

Files of SMPL's family give angles, a place, and a shape that only its body models, which may not be shipped, can turn into
lengths. The joints below are those of this package's default body (`body/anny.py`), the mean of a woman and a man of 30 years
with all shape parameters in the middle, the two sides made alike; metres from the pelvis in SMPL's rest pose (x left, y up, z
front).
"""

from __future__ import annotations

import numpy as np

from ..motion.kinematics import UPRIGHT
from ..skeletons import JOINT, SMPLX_JOINTS, SMPLX_PARENTS
from ..values import Array

_LEFT_AND_MIDDLE = {
    "pelvis": (0.0, 0.0, 0.0), "spine1": (0.0, 0.0506, -0.0028), "spine2": (0.0, 0.1241, -0.0031),
    "spine3": (0.0, 0.1993, -0.0112), "neck": (0.0, 0.4663, -0.0125), "head": (0.0, 0.5949, 0.0271),
    "jaw": (0.0, 0.5993, 0.0609), "left_hip": (0.1131, -0.0864, 0.0217), "left_knee": (0.1131, -0.5452, 0.0217),
    "left_ankle": (0.1131, -0.9913, 0.0217), "left_foot": (0.1131, -1.0450, 0.1622), "left_collar": (0.0174, 0.4302, 0.0379),
    "left_shoulder": (0.1673, 0.4302, -0.0174), "left_elbow": (0.4557, 0.4302, -0.0174),
    "left_wrist": (0.7275, 0.4302, -0.0174), "left_eye": (0.0309, 0.6506, 0.1092), "left_index1": (0.8288, 0.4244, 0.0096),
    "left_index2": (0.8618, 0.4244, 0.0096), "left_index3": (0.8838, 0.4244, 0.0096),
    "left_middle1": (0.8262, 0.4293, -0.0172), "left_middle2": (0.8686, 0.4293, -0.0172),
    "left_middle3": (0.8985, 0.4293, -0.0172), "left_pinky1": (0.8068, 0.4164, -0.0535),
    "left_pinky2": (0.8367, 0.4164, -0.0535), "left_pinky3": (0.8535, 0.4164, -0.0535),
    "left_ring1": (0.8195, 0.4251, -0.0362), "left_ring2": (0.8599, 0.4251, -0.0362),
    "left_ring3": (0.8899, 0.4251, -0.0362), "left_thumb1": (0.7489, 0.4161, 0.0157),
    "left_thumb2": (0.7888, 0.3979, 0.0320), "left_thumb3": (0.8161, 0.3979, 0.0320),
}  # fmt: skip

LEG_M = 0.777
"""Thigh and shin of SMPL's mean person, whose steps a file's places are: the joints above are scaled to it (theirs: 0.905)."""


def _rest() -> Array:
    """(55, 3) m, z up, facing -y."""
    joints = np.empty((len(SMPLX_JOINTS), 3))
    for k, name in enumerate(SMPLX_JOINTS):
        joints[k] = _LEFT_AND_MIDDLE[name.replace("right_", "left_")]
        joints[k, 0] *= -1.0 if name.startswith("right_") else 1.0
    hip, knee, ankle = (joints[JOINT[f"left_{name}"]] for name in ("hip", "knee", "ankle"))
    return joints @ UPRIGHT.T * (LEG_M / (np.linalg.norm(knee - hip) + np.linalg.norm(ankle - knee)))


REST_M = _rest()

SMPL_PELVIS_M = (-0.0018, -0.2233, 0.0282)
"""Where SMPL and SMPL-H have their pelvis joint at rest, in their own axes: a file's `trans` moves that rest pose."""

SMPLX_PELVIS_M = (0.0031, -0.3514, 0.0120)
"""Where the SMPL-X neutral model with zero betas has it."""


def chain(names: tuple[str, ...]) -> tuple[int, ...]:
    """For joints of SMPL-X, a parent before its children, the place of each one's parent among them; -1 for the pelvis."""
    place = {name: k for k, name in enumerate(names)}
    parents = (SMPLX_PARENTS[JOINT[name]] for name in names)
    return tuple(-1 if parent < 0 else place[SMPLX_JOINTS[parent]] for parent in parents)
