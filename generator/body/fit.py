"""What a tailor measures on a body at rest: where shoulders, neck, waist, crotch, knees and soles are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..skeletons import JOINT
from ..values import Array
from . import hm08
from .protocol import ShapedBody
from .sheet import has_helpers

N_BODY = 13380
"""hm08's vertices below this number are the body, the others helpers."""


@dataclass(frozen=True)
class Fit:
    """Heights (y), widths (x > 0, both sides alike) and axes in metres, in the body's rest frame."""

    shoulder_x: float
    elbow_x: float
    wrist_x: float
    arm_y: float
    arm_z: float
    neck_y: float
    neck_z: float
    neck_radius: float
    armpit_y: float
    waist_y: float
    hip_y: float
    hip_z: float
    crotch_y: float
    knee_y: float
    ankle_y: float
    sole_y: float
    leg: Array
    """(3, 3): hip, knee and ankle of the left side."""

    def leg_axis(self, y: Array) -> tuple[Array, Array]:
        """x (of the left leg) and z of the leg's axis at heights y."""
        heights, order = self.leg[::-1, 1], slice(None, None, -1)
        return np.interp(y, heights, self.leg[order, 0]), np.interp(y, heights, self.leg[order, 2])


def measure(body: ShapedBody) -> Fit:
    """Measures of a shaped body; what joints can't tell (crotch, neck, sole) is read off its skin."""
    joints = body.skeleton.joints_m

    def pair(name: str) -> Array:
        left, right = joints[JOINT[f"left_{name}"]], joints[JOINT[f"right_{name}"]]
        return (left + right * np.array([-1.0, 1.0, 1.0])) / 2

    hip, knee, ankle = pair("hip"), pair("knee"), pair("ankle")
    shoulder, neck = pair("shoulder"), joints[JOINT["neck"]]
    skin = body.vertices_m[body.on_skin]
    crotch_y = _crotch(body, skin, float(hip[1]))
    neck_radius = 0.004 + min(_half_width(skin, neck[1] + dy) for dy in (0.05, 0.065, 0.08, 0.095))
    return Fit(
        shoulder_x=float(shoulder[0]),
        elbow_x=float(pair("elbow")[0]),
        wrist_x=float(pair("wrist")[0]),
        arm_y=float(shoulder[1]),
        arm_z=float(shoulder[2]),
        neck_y=float(neck[1]),
        neck_z=float(neck[2]),
        neck_radius=min(neck_radius, 0.55 * float(shoulder[0])),
        armpit_y=float(shoulder[1] - 0.45 * shoulder[0]),
        waist_y=float(hip[1] + 0.38 * (neck[1] - hip[1])),
        hip_y=float(hip[1]),
        hip_z=float(hip[2]),
        crotch_y=crotch_y,
        knee_y=float(knee[1]),
        ankle_y=float(ankle[1]),
        sole_y=float(skin[:, 1].min()),
        leg=np.stack([hip, knee, ankle]),
    )


def _crotch(body: ShapedBody, skin: Array, hip_y: float) -> float:
    """Height of the crotch; where thighs touch, only the template with its legs apart tells which vertex it is."""
    if has_helpers(body):
        x, y, _ = hm08.hm08().template[:N_BODY].T
        middle = np.flatnonzero((np.abs(x) < 0.01) & (y > -3.0))
        return float(body.vertices_m[middle[np.argmin(y[middle])], 1])
    middle = skin[(np.abs(skin[:, 0]) < 0.004) & (skin[:, 1] > hip_y - 0.10) & (skin[:, 1] < hip_y + 0.1), 1]
    return float(middle.min()) if len(middle) else hip_y - 0.08


def _half_width(skin: Array, y: float) -> float:
    """Half the width (m) of the neck at height y."""
    ring = skin[(np.abs(skin[:, 1] - y) < 0.010) & (np.abs(skin[:, 0]) < 0.13)]
    return float(np.abs(ring[:, 0]).max()) if len(ring) else 0.07
