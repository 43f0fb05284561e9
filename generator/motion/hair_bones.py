"""Three bones more for loose hair: a lock at either side of the face and one behind, a tail being the one behind.

A lock lies on the chest as it is combed, and moves with it, until what it feels pulls it off there; then it hangs from where it
grows. A tail stands off the back, so it always hangs, and only its tip comes to lie. Hair feels its weight, the head's
acceleration and the air's drag, a little late. So it falls beside the face of one who bows and stays on the back, lifts off the
back in a run and flies up on the way down from a jump.
"""

from __future__ import annotations

import numpy as np

from ..skeletons import HAIR_BONES, JOINT
from ..values import Array, Skeleton
from .rotations import between, dot, length, turned, unit
from .timing import minimum_jerk

GRAVITY_M_S2 = 9.81
DRAG_PER_S = 1.3
"""Deceleration by the air for each m/s: a runner's hair streams back by some twenty degrees."""

QUICKNESS_RAD_S = 9.0
"""How soon hair follows: the natural frequency of a critically damped spring."""

STIFFNESS = 0.2
"""How much of its weight a lock withstands to stay as it was combed; in free fall only this is left."""

FRICTION = 0.6
"""How much of what presses a lock on the body holds it where it lies."""

LIFT = 0.4
"""Pull away from the body, in weights, between hair that lies on it and hair that hangs free."""

ABOVE_FLOOR_M = 0.01

_OUTWARD = {"left": (0.5, 0.0, 0.866), "right": (-0.5, 0.0, 0.866), "behind": (0.0, 0.0, -1.0)}
OUTWARD = np.array([_OUTWARD[name] for name in HAIR_BONES])
"""(3, 3): which way is off the body for each lock, in the chest's rest axes."""

OFF_THE_NECK = np.array([0.6, 0.1, -0.79])
"""The same for a tail that has slid off the nape to the left."""


def hair_bones(skeleton: Skeleton, skin_transforms: Array, fps: float) -> Array:
    """(T, 3, 3, 4): rest-pose points of the locks to the world. `skin_transforms` (T, 55, 3, 4) are the joints'."""
    head, chest = skin_transforms[:, JOINT["head"]], skin_transforms[:, JOINT["spine3"]]
    if skeleton.locks_m is None:
        return np.repeat(head[:, None], len(HAIR_BONES), axis=1)
    root, tip, resting = np.moveaxis(skeleton.locks_m, 1, 0)
    root_m = _moved(head, root)
    axes = chest[:, None, :, :3]
    slid = np.sign(resting[:, :1] - tip[:, :1])
    outward = turned(axes, np.where(slid == 0.0, OUTWARD, unit(OFF_THE_NECK) * np.concatenate([slid, slid**2, slid**2], axis=1)))
    lying = unit(_moved(chest, resting) - root_m)
    pull = _pull(root_m, fps)
    held = STIFFNESS + FRICTION * np.maximum(-dot(pull, outward), 0.0)
    hanging = _off_the_body(pull + held[..., None] * lying, outward, lying)
    hanging = _over_the_floor(hanging, root_m, length(tip - root))
    rotation = between(turned(axes, unit(tip - root)), hanging) @ axes
    free = np.concatenate([rotation, (root_m - turned(rotation, root))[..., None]], axis=-1)
    share = minimum_jerk(0.5 + (dot(pull, outward) - dot(lying, outward)) / LIFT)
    share = np.where(slid[:, 0] == 0.0, share, 1.0)[..., None, None]
    return share * free + (1.0 - share) * chest[:, None]


def _moved(transforms: Array, points: Array) -> Array:
    """(T, N, 3): points (N, 3) at rest taken to the world by transforms (T, 3, 4)."""
    return turned(transforms[:, None, :, :3], points) + transforms[:, None, :, 3]


def _pull(root_m: Array, fps: float) -> Array:
    """(T, N, 3): what hair growing at (T, N, 3) feels, in weights, a spring behind. At the start it has come to rest."""
    if len(root_m) < 3:
        return np.broadcast_to(np.array([0.0, 0.0, -1.0]), root_m.shape)
    velocity = np.gradient(root_m, 1.0 / fps, axis=0)
    felt = -(np.gradient(velocity, 1.0 / fps, axis=0) + DRAG_PER_S * velocity) / GRAVITY_M_S2
    felt[..., 2] -= 1.0
    # Implicit Euler: it cannot overshoot at any frame rate, and needs no exponential, whose last bit differs between machines.
    step = QUICKNESS_RAD_S / fps
    out, now, speed = np.empty_like(felt), felt[0], np.zeros_like(felt[0])
    for t, wanted in enumerate(felt):
        speed = (speed + step * (wanted - now)) / (1.0 + step) ** 2
        now = now + step * speed
        out[t] = now
    return out


def _off_the_body(pull: Array, outward: Array, lying: Array) -> Array:
    """Directions (T, N, 3) of a pull, turned outward where they would lead deeper into the body than lying hair does."""
    along: Array = pull - dot(pull, outward)[..., None] * outward
    off = np.clip(np.maximum(dot(unit(pull), outward), dot(lying, outward)), -1.0, 1.0)[..., None]
    return off * outward + np.sqrt(1.0 - off * off) * unit(along)


def _over_the_floor(direction: Array, root_m: Array, length_m: Array) -> Array:
    """Directions (T, N, 3) raised so that locks of these lengths (N,) lie on the floor and don't reach through it."""
    least = np.clip((ABOVE_FLOOR_M - root_m[..., 2]) / np.maximum(length_m, 1e-9), -1.0, 0.0)
    down = np.maximum(direction[..., 2], least)[..., None]
    level = np.concatenate([direction[..., :2], np.zeros_like(down)], axis=-1)
    return np.sqrt(1.0 - down * down) * unit(level) + down * np.array([0.0, 0.0, 1.0])
