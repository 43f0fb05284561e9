"""Things that go with a body, from place to place, or about a hinge; and where a thing is while bodies are being solved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..values import Array
from .page import Page, PropEvent
from .posed import Posed
from .rotations import about
from .rotvec import from_rotvec, rotvec

if TYPE_CHECKING:
    from ..props.table import Prop

THING = "thing:"
"""Frames called so are where a thing is at each moment; "prop:NAME" is where it first stood."""

TO_BODY = np.diag([-1.0, -1.0, 1.0])
"""A thing's axes (left, back, up of whoever has it) to the choreography's (right, forward, up)."""


def worn(event: PropEvent, posed: Posed) -> Array:
    """Poses (T, 4, 4) of a thing that goes with a frame of a body."""
    axes, origin = posed.axes[event.frame], posed.origins[event.frame]
    if event.landmark is not None:
        origin = posed.landmark(event.landmark)
    assert event.pose is not None
    pose = np.tile(np.eye(4), (len(axes), 1, 1))
    pose[:, :3, :3], pose[:, :3, 3] = axes, origin
    return np.asarray(pose @ event.pose)


def moved(event: PropEvent, before: Array, times: Array) -> Array:
    """Poses (T, 4, 4) of a thing on its way from `before` (4, 4) to the event's pose."""
    assert event.move is not None and event.pose is not None
    weight = event.move.weight(times)[:, None]
    turn = rotvec(before[:3, :3].T @ event.pose[:3, :3])
    pose = np.tile(before, (len(times), 1, 1))
    pose[:, :3, :3] = before[:3, :3] @ from_rotvec(weight * turn)
    pose[:, :3, 3] += weight * (event.pose[:3, 3] - before[:3, 3])
    return pose


def swung(event: PropEvent, prop: Prop, before: Array, times: Array) -> Array:
    """Poses (T, 4, 4) of a thing that turns from `before` (4, 4) about the z axis of its frame `event.frame`."""
    assert event.move is not None
    hinge = prop.frames[event.frame]
    turn = np.tile(np.eye(4), (len(times), 1, 1))
    turn[:, :3, :3] = about("z", event.angle_rad * event.move.weight(times))
    return np.asarray(before @ hinge @ turn @ np.linalg.inv(hinge))


def referred(page: Page, frames: set[str]) -> tuple[str, ...]:
    """Names of the things whose moving frames are among `frames`."""
    names = {frame.split(":")[1] for frame in frames if frame.startswith(THING)}
    return tuple(name for name in page.prop_events if name in names)


def thing_frames(name: str, prop: Prop, path: Array) -> dict[str, tuple[Array, Array]]:
    """Name of a frame -> (axes (T, 3, 3) right, forward, up; origin (T, 3)), of a thing on its path (T, 4, 4)."""
    axes = path[:, :3, :3] @ TO_BODY
    table = {f"{THING}{name}": (axes, path[:, :3, 3])}
    for frame, pose in prop.frames.items():
        table[f"{THING}{name}:{frame}"] = (axes, (path @ pose)[:, :3, 3])
    return table
