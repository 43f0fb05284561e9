"""A dropped thing that is no ball: it turns as it falls, bounces a little, tips over and comes to rest on a flat side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..values import Array
from .passing import GRAVITY_MPS2
from .rotvec import from_rotvec, rotvec

if TYPE_CHECKING:
    from ..props.table import Prop

STEPS = 16
"""Steps of integration in a frame."""

BOUNCE = 0.28
"""Share of its vertical speed that it keeps in a bounce."""

GRIP = 0.55
"""Share of its level speed that it keeps in a bounce."""

SETTLING_PER_S = 14.0
"""How quickly, once it has met the floor, it tips over to the side that it comes to rest on."""

SLIDING_PER_S = 6.0
"""How quickly it slows down on the floor."""


def tumble(path: Array, start: int, velocity: tuple[float, float, float], spin_radps: float, prop: Prop, fps: float) -> None:
    """Free fall of a thing that turns about the level axis across its way, from frame `start` on; `path` (T, 4, 4) in place."""
    if start >= len(path):
        return
    vertices = prop.mesh.vertices_m.astype(float)
    low, high = vertices.min(axis=0), vertices.max(axis=0)
    middle, corners = 0.5 * (low + high), vertices - 0.5 * (low + high)
    pose = path[max(start - 1, 0)].copy()
    turn, speed, dt = pose[:3, :3], np.array(velocity, dtype=float), 1.0 / (STEPS * fps)
    at = turn @ middle + pose[:3, 3]
    goal: Array | None = None
    for frame in range(start, len(path)):
        for _ in range(STEPS):
            speed = speed + GRAVITY_MPS2 * dt
            at = at + speed * dt
            if goal is None:
                turn = from_rotvec(_axis(speed) * spin_radps * dt) @ turn
            else:
                left = rotvec(goal @ turn.T)
                turn = from_rotvec(left * min(SETTLING_PER_S * dt, 1.0)) @ turn
                speed[:2] *= np.exp(-SLIDING_PER_S * dt)
            rest = float(-(corners @ turn[2]).min())
            if at[2] < rest:
                at[2] = rest
                goal = _lying(turn, high - low) if goal is None else goal
                if speed[2] < 0.0:
                    speed = speed * np.array([GRIP, GRIP, -BOUNCE]) if speed[2] < -0.3 else speed * np.array([1.0, 1.0, 0.0])
        path[frame, :3, :3], path[frame, :3, 3] = turn, at - turn @ middle


def _axis(speed: Array) -> Array:
    """The level axis (3,) about which something tips over that goes with `speed`."""
    across = np.array([-speed[1], speed[0], 0.0])
    size = float(np.linalg.norm(across))
    return across / size if size > 1e-3 else np.array([1.0, 0.0, 0.0])


def _lying(turn: Array, extent: Array) -> Array:
    """The attitude (3, 3) nearest to `turn` in which one of the thing's shortest axes is upright."""
    steep = np.abs(turn[2]) * (extent < 1.15 * extent.min())
    axis = turn[:, int(np.argmax(steep))]
    up = np.array([0.0, 0.0, 1.0 if axis[2] >= 0.0 else -1.0])
    across, angle = np.cross(axis, up), float(np.arccos(np.clip(axis @ up, -1.0, 1.0)))
    size = float(np.linalg.norm(across))
    if size < 1e-9:
        return turn
    return np.asarray(from_rotvec(across / size * angle) @ turn)
