"""From a file's own axes and units to the world's: z up, metres, and a rest pose that stands."""

from __future__ import annotations

import itertools

import numpy as np

from ..base.errors import UserError
from ..motion.rotations import unit
from ..values import Array

TYPICAL_M = 1.7
"""Height of an adult."""

UNITS: tuple[tuple[str, float, float, float], ...] = (
    ("metres", 1.0, 0.8, 2.4), ("centimetres", 0.01, 0.8, 2.4), ("millimetres", 0.001, 0.8, 2.4),
    ("inches", 0.0254, 1.3, 2.1), ("feet", 0.3048, 1.3, 2.1), ("decimetres", 0.1, 1.3, 2.1),
    ("units of CMU's recordings", 0.056444, 1.3, 2.1),
)  # fmt: skip
"""(name, metres, least and most height of a person): the first that fits. CMU's ASF files scale by 0.45 and are in inches."""

LEAST_HIGH, MOST_HIGH = 1e-2, 1e5
"""No skeleton of a person is lower or higher in any units: outside this it is refused."""

HEAD_SHARE = 0.8
"""Thigh, shin and trunk to the head joint, as a share of a person's height (SMPL-X's mean body)."""

UP_LEAST = 0.6
"""Cosine: a body within this of upright tells which way is up."""

STANDING_SHARE = 0.8
"""Share of frames in which a body stands along another axis than its rest pose, for the rest pose to be given up."""


def units_of(rest: dict[str, Array], path_said: str) -> tuple[float, str]:
    """(metres per unit, what a user is told) from the rest pose's bones. UserError for what can't be a person's skeleton."""
    leg = sum(float(np.linalg.norm(rest[f"left_{b}"] - rest[f"left_{a}"])) for a, b in (("hip", "knee"), ("knee", "ankle")))
    trunk = [name for name in ("pelvis", "spine1", "spine2", "spine3", "neck", "head") if name in rest]
    if "neck" not in rest and "head" not in rest:  # the shoulders are nearly as high as the neck
        rest = rest | {"neck": 0.5 * (rest["left_shoulder"] + rest["right_shoulder"])}
        trunk.append("neck")
    bones = leg + sum(float(np.linalg.norm(rest[b] - rest[a])) for a, b in itertools.pairwise(trunk))
    high = bones / (HEAD_SHARE if "head" in rest else HEAD_SHARE * 0.93)
    if not LEAST_HIGH <= high <= MOST_HIGH or leg <= 0.1 * high or leg >= 0.9 * high:
        raise UserError(
            f"{path_said}: its skeleton is {high:.3g} units high with legs of {leg:.3g}; wanted a person's, "
            f"{LEAST_HIGH:g} to {MOST_HIGH:g} units high: give the right file"
        )
    for name, metres, least, most in UNITS:
        if least <= high * metres <= most:
            return metres, "" if name == "metres" else f"units: {name} (the skeleton is {high:.3g} high)"
    return TYPICAL_M / high, f"units: unknown (the skeleton is {high:.3g} high), taken for a person of {TYPICAL_M:.2f} m"


def body_up(at: dict[str, Array]) -> Array:
    """Unit vectors (..., 3) from the feet to the shoulders of bodies at (..., 3)."""
    return unit(at["left_shoulder"] + at["right_shoulder"] - at["left_ankle"] - at["right_ankle"])


def stands(rest: dict[str, Array]) -> bool:
    """Whether a rest pose is one of a body upright along y or z, with legs that hang down."""
    up = body_up(rest)
    legs = [float(unit(rest[f"{side}_hip"] - rest[f"{side}_ankle"]) @ up) for side in ("left", "right")]
    apart = float(unit(rest["left_hip"] - rest["right_hip"]) @ unit(rest["left_shoulder"] - rest["right_shoulder"]))
    return bool(min(legs) > UP_LEAST and np.abs(up[1:]).max() > 0.9 and apart > 0.5)


def up_axis(rest: dict[str, Array], at: dict[str, Array]) -> tuple[int, str]:
    """(1 or 2: y or z is up, what a user is told) from the rest pose and how the body stands over time."""
    over_time = body_up(at)
    share = [float((over_time[:, axis] > UP_LEAST).mean()) for axis in (1, 2)]
    moving = 1 + int(share[1] > share[0])
    still = 1 + int(abs(body_up(rest)[2]) > abs(body_up(rest)[1])) if stands(rest) else moving
    axis = moving if share[moving - 1] >= STANDING_SHARE else still
    return axis, "" if axis == 1 else "up: z"


def to_z_up(axis: int, vectors: Array) -> Array:
    """Vectors (..., 3) from axes in which `axis` (1 or 2) is up to those in which z is; what faced z then faces -y."""
    return vectors if axis == 2 else vectors[..., [0, 2, 1]] * np.array([1.0, -1.0, 1.0])


def turns_to_z_up(axis: int, rotations: Array) -> Array:
    """Rotations (..., 3, 3) in those axes."""
    if axis == 2:
        return rotations
    turned, sign = np.empty_like(rotations), (1.0, -1.0, 1.0)
    for i, from_i in enumerate((0, 2, 1)):  # entry by entry: a long file has millions
        for j, from_j in enumerate((0, 2, 1)):
            np.multiply(rotations[..., from_i, from_j], sign[i] * sign[j], out=turned[..., i, j])
    return turned
