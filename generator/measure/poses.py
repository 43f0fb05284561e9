"""Performances as sequences of joints that can be compared: from one place, heading and size of body, in one length of time."""

from __future__ import annotations

import numpy as np

from ..skeletons import JOINT
from ..values import Array
from .touch import Body

STEPS = 24
"""Moments of a sequence, spread evenly over the clip."""

JOINTS: tuple[str, ...] = (
    "pelvis", "spine3", "head", *(f"{side}_{name}" for side in ("left", "right") for name in (
        "shoulder", "elbow", "wrist", "middle1", "thumb2", "hip", "knee", "ankle", "foot")),
)  # fmt: skip
"""Joints of a sequence; of the fingers two, which tell an open hand from a fist."""

_SWAPPED = [
    JOINTS.index(name.replace("left", "right") if name.startswith("left") else name.replace("right", "left")) for name in JOINTS
]


def leg_m(body: Body) -> float:
    """A thigh and a shin: the length that `natural_motion.toml` counts in."""
    hip, knee, ankle = (body.skeleton.joints_m[JOINT[f"left_{name}"]] for name in ("hip", "knee", "ankle"))
    return float(np.linalg.norm(hip - knee) + np.linalg.norm(knee - ankle))


def sequence(bodies: list[Body], mirrored: bool) -> Array:
    """(P, STEPS, joints, 3) float32, in legs of the first one: right, forward, up of where they stood at the beginning.

    Everybody is seen from the first one's place, hips' heading and size. `mirrored`: as its mirror image.
    """
    first = bodies[0]
    across = first.positions[0, JOINT["left_hip"]] - first.positions[0, JOINT["right_hip"]]
    c, s = across[:2] / max(float(np.hypot(across[0], across[1])), 1e-9)
    turn = np.array([[-c, -s, 0.0], [s, -c, 0.0], [0.0, 0.0, 1.0]])  # x to the right, y ahead
    home = first.positions[0, JOINT["pelvis"]] * [1.0, 1.0, 0.0]
    at = np.linspace(0.0, len(first.positions) - 1.0, STEPS)
    low = np.minimum(at.astype(int), len(first.positions) - 2)
    share = (at - low)[:, None, None]
    out = []
    for body in bodies:
        points = body.positions[:, [JOINT[name] for name in JOINTS]]
        points = (1.0 - share) * points[low] + share * points[low + 1]
        out.append((points - home) @ turn.T / leg_m(first))
    found = np.asarray(out, np.float32)
    return mirror(found) if mirrored else found


def mirror(sequences: Array) -> Array:
    """The mirror images of sequences (..., STEPS, joints, 3)."""
    return np.asarray(sequences[..., _SWAPPED, :] * np.array([-1.0, 1.0, 1.0], np.float32))


def distance(a: Array, b: Array) -> Array:
    """Mean distance of joints (legs) between sequences (..., P, STEPS, joints, 3) of as many people."""
    return np.asarray(np.linalg.norm(a - b, axis=-1).mean(axis=(-3, -2, -1)))
