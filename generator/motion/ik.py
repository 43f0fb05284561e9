"""Two-bone inverse kinematics, solved in closed form for every frame at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..values import Array
from .floor import raised_side
from .rotations import frame_from, unit


@dataclass(frozen=True)
class Bones:
    """Two bones at rest, in rest axes: offsets (3,) of middle and end joint, and the hinge axis about which the limb bends.

    `folded`: share of the length that is left between the limb's ends when flesh meets flesh in the bent joint.
    """

    upper: Array
    lower: Array
    hinge: Array
    folded: float = 0.15

    @property
    def upper_m(self) -> float:
        """Length of the first bone."""
        return float(np.linalg.norm(self.upper))

    @property
    def lower_m(self) -> float:
        """Length of the second bone."""
        return float(np.linalg.norm(self.lower))

    @property
    def length_m(self) -> float:
        """Length at full stretch."""
        return self.upper_m + self.lower_m


STRETCH = 0.9998
"""Share of full length a limb may reach: at 1 the joint's angle jumps (a knee 'pops')."""


def softened(distance: Array, length_m: float) -> Array:
    """Distances (T,) that approach full stretch smoothly: the last 0.8 % of the length are eased into.

    Beyond 0.992 L the distance is bent exponentially towards STRETCH * L, as animators' soft IK does.
    """
    start = 0.992 * length_m
    room = STRETCH * length_m - start
    over = np.maximum(distance - start, 0.0)
    return np.where(distance > start, start + room * (1.0 - np.exp(-over / room)), distance)


def unfolded(distance: Array, least_m: float) -> Array:
    """Distances (T,) kept above `least_m`, eased into over the last centimetres."""
    ease = 0.12 * least_m
    return least_m + ease * np.logaddexp(0.0, (distance - least_m) / ease)


def reach(bones: Bones, root: Array, target: Array, pole: Array, least: Array | None = None) -> tuple[Array, Array, Array, Array]:
    """Put the end of a limb on a target.

    root, target, pole (T, 3) in the world; the middle joint goes to the side that `pole` points to, but where it can not
    below the height `least` (T,). Returns world rotations (rest axes -> world) of the upper and the lower bone (T, 3, 3),
    and the middle and end joints' positions (T, 3).
    """
    a, b = bones.upper_m, bones.lower_m
    direction = unit(target - root)
    distance = unfolded(softened(np.linalg.norm(target - root, axis=-1), a + b), max(bones.folded * (a + b), abs(a - b) + 1e-3))
    side = unit(pole - np.sum(pole * direction, axis=-1, keepdims=True) * direction)
    cosine = np.clip((a * a + distance**2 - b * b) / (2.0 * a * distance), -1.0, 1.0)
    sine = np.sqrt(1.0 - cosine**2)
    if least is not None:
        side = raised_side(root + (a * cosine)[:, None] * direction, a * sine, direction, side, least)
    middle = root + a * (cosine[:, None] * direction + sine[:, None] * side)
    end = root + distance[:, None] * direction
    hinge = np.cross(side, direction)
    rest_upper = frame_from(bones.upper, bones.hinge)
    rest_lower = frame_from(bones.lower, bones.hinge)
    upper = frame_from(middle - root, hinge) @ rest_upper.T
    lower = frame_from(end - middle, hinge) @ rest_lower.T
    return upper, lower, middle, end
