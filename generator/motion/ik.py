"""Two-bone inverse kinematics, solved in closed form for every frame at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.ndimage import gaussian_filter1d, maximum_filter1d

from ..base.exact import arctan2
from ..base.jit import numba
from ..values import Array
from .floor import raised_side
from .rotations import cross, dot, frame_from, length, matrices, quaternions, unit


@dataclass(frozen=True)
class Bones:
    """Two bones at rest, in rest axes: offsets (3,) of middle and end joint, and the hinge axis about which the limb bends.

    `folded`: share of the length that is left between the limb's ends when flesh meets flesh in the bent joint.
    """

    upper: Array
    lower: Array
    hinge: Array
    folded: float = 0.15

    @cached_property
    def upper_m(self) -> float:
        """Length of the first bone."""
        return float(np.linalg.norm(self.upper))

    @cached_property
    def lower_m(self) -> float:
        """Length of the second bone."""
        return float(np.linalg.norm(self.lower))

    @cached_property
    def rest_axes(self) -> tuple[Array, Array]:
        """Of each bone at rest, the transpose of (along it, hinge, their product) in rest axes."""
        return frame_from(self.upper, self.hinge).T, frame_from(self.lower, self.hinge).T

    @cached_property
    def length_m(self) -> float:
        """Length at full stretch."""
        return self.upper_m + self.lower_m


STRETCH = 0.9998
"""Share of full length a limb may reach: at 1 the joint's angle jumps (a knee 'pops')."""


SWIVEL_RADPS = 8.0
"""Fastest turn of elbow or knee about the line from the limb's root to its end that is taken as meant."""

TURN_RADPS = 16.0
"""Fastest turn of a wrist that is taken as meant."""


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


def steady_pole(root: Array, target: Array, pole: Array, dt_s: float) -> Array:
    """A pole (T, 3) that never makes the limb swivel faster than a joint can turn.

    The swivel about the line from root to target is measured in a frame carried along that line without twist. Where it
    would turn faster than SWIVEL_RADPS (a pole that crosses the line, a target that passes the root) it is spread in time.
    """
    direction = unit(target - root)
    first = _carried(direction)
    second = cross(direction, first)
    swivel = np.unwrap(arctan2(dot(pole, second), dot(pole, first)))
    rate = np.abs(np.gradient(swivel, dt_s)) if len(swivel) > 1 else np.zeros(len(swivel))
    if rate.max() > SWIVEL_RADPS:
        share = _spread_share(rate, SWIVEL_RADPS, dt_s)
        swivel = swivel + share * (gaussian_filter1d(swivel, 0.14 / dt_s, mode="nearest") - swivel)
    return np.cos(swivel)[:, None] * first + np.sin(swivel)[:, None] * second


def steady_turn(rotation: Array, dt_s: float) -> Array:
    """Local rotations (T, 3, 3) of a joint with turns faster than TURN_RADPS spread in time, the others left alone."""
    quats = quaternions(rotation)
    flips = np.cumprod(np.sign(np.sum(quats[1:] * quats[:-1], axis=-1) + 1e-12))
    quats[1:] *= flips[:, None]
    step = 2.0 * np.arccos(np.clip(np.sum(quats[1:] * quats[:-1], axis=-1), -1.0, 1.0)) / dt_s
    rate = np.concatenate([step[:1], np.maximum(step[1:], step[:-1]), step[-1:]])
    if not (rate > TURN_RADPS).any():
        return rotation
    share = _spread_share(rate, TURN_RADPS, dt_s)[:, None]
    smooth = gaussian_filter1d(quats, 0.14 / dt_s, axis=0, mode="nearest")
    return matrices(quats + share * (smooth - quats))


def _spread_share(rate: Array, fastest: float, dt_s: float) -> Array:
    """How much of the smoothed course is taken (T,): 0 where rates (T,) stay below `fastest`, 1 around twice that."""
    wide = max(round(0.2 / dt_s), 1)
    hasty = np.clip((rate - fastest) / fastest, 0.0, 1.0)
    return gaussian_filter1d(maximum_filter1d(hasty, 2 * wide + 1), 0.5 * wide, mode="nearest")


def _carried(direction: Array) -> Array:
    """Unit vectors (T, 3) across `direction`, each turned from the one before by the smallest rotation."""
    across = np.empty_like(direction)
    axis = np.eye(3)[int(np.argmin(np.abs(direction[0])))]
    across[0] = unit(cross(direction[0], axis))
    _carry(direction, across)
    return across


@numba.njit(cache=True, nogil=True)
def _carry(direction: Array, across: Array) -> None:
    """Fill all rows of across (T, 3) but the first, each from the one before."""
    for t in range(1, len(direction)):
        bx, by, bz = direction[t - 1, 0], direction[t - 1, 1], direction[t - 1, 2]
        ax, ay, az = direction[t, 0], direction[t, 1], direction[t, 2]
        x, y, z = across[t - 1, 0], across[t - 1, 1], across[t - 1, 2]
        mx, my, mz = bx + ax, by + ay, bz + az
        turn = (ax * x + ay * y + az * z) / max(ax * mx + ay * my + az * mz, 1e-9)
        x, y, z = x - mx * turn, y - my * turn, z - mz * turn
        along = x * ax + y * ay + z * az
        x, y, z = x - along * ax, y - along * ay, z - along * az
        length = max(np.sqrt(x * x + y * y + z * z), 1e-12)
        across[t, 0], across[t, 1], across[t, 2] = x / length, y / length, z / length


@dataclass(frozen=True)
class Triangle:
    """A bent limb but for the side to which it bends: root and end (T, 3), the direction (T, 3) and distance (T,) from one to
    the other, the length of its first bone, and the cosine (T,) of the angle at the root.
    """

    root: Array
    direction: Array
    distance: Array
    cosine: Array
    upper_m: float

    @staticmethod
    def of(bones: Bones, root: Array, target: Array) -> Triangle:
        """Of a limb that comes as near to its target as it can."""
        a, b = bones.upper_m, bones.lower_m
        wanted = softened(length(target - root), a + b)
        distance = unfolded(wanted, max(bones.folded * (a + b), abs(a - b) + 1e-3))
        cosine = np.clip((a * a + distance**2 - b * b) / (2.0 * a * distance), -1.0, 1.0)
        return Triangle(root, unit(target - root), distance, cosine, a)

    def at(self, rows: Array) -> Triangle:
        """At some moments only."""
        return Triangle(self.root[rows], self.direction[rows], self.distance[rows], self.cosine[rows], self.upper_m)

    @property
    def end(self) -> Array:
        """Where the limb ends (T, 3)."""
        return self.root + self.distance[:, None] * self.direction

    def side(self, pole: Array) -> Array:
        """Unit vector (T, 3) across the direction, to the side that a pole (T, 3) points to."""
        return unit(pole - dot(pole, self.direction)[:, None] * self.direction)

    def middle(self, pole: Array) -> Array:
        """The middle joint (T, 3) of a limb that bends to where a pole (T, 3) points."""
        across = np.sqrt(1.0 - self.cosine**2)[:, None] * self.side(pole)
        return self.root + self.upper_m * (self.cosine[:, None] * self.direction + across)


def raised_pole(bones: Bones, root: Array, target: Array, pole: Array, least: Array | None) -> Array:
    """The pole (T, 3) turned as far as it takes to keep the middle joint above the height `least` (T,)."""
    if least is None:
        return pole
    limb = Triangle.of(bones, root, target)
    center = root + (bones.upper_m * limb.cosine)[:, None] * limb.direction
    return raised_side(center, bones.upper_m * np.sqrt(1.0 - limb.cosine**2), limb.direction, limb.side(pole), least)


def reach(bones: Bones, root: Array, target: Array, pole: Array) -> tuple[Array, Array, Array, Array]:
    """Put the end of a limb on a target.

    root, target, pole (T, 3) in the world; the middle joint goes to the side that `pole` points to. Returns world rotations
    (rest axes -> world) of the upper and the lower bone (T, 3, 3), and the middle and end joints' positions (T, 3).
    """
    limb = Triangle.of(bones, root, target)
    middle, end, hinge = limb.middle(pole), limb.end, cross(limb.side(pole), limb.direction)
    rest_upper, rest_lower = bones.rest_axes
    upper = frame_from(middle - root, hinge) @ rest_upper
    lower = frame_from(end - middle, hinge) @ rest_lower
    return upper, lower, middle, end
