"""SMPL, SMPL-H and SMPL-X parameters: AMASS, BEDLAM, pose estimators, and whoever else writes them as arrays.

A file's angles are put on a reference person (`reference.py`): the shape that its betas mean only its body model could tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

import numpy as np

from ..base.errors import UserError
from ..motion.kinematics import UPRIGHT
from ..motion.track import Track
from ..values import Array
from .axes import SAID, TO_WORLD, Up, recognised_up
from .numbers import USUAL_FPS, rate, text
from .reference import REST_M, chain
from .smpl_fields import RATE, SMPLX_JOINTS, Pose, has_pose, pose_of
from .values import Recording

MOST_TABLES = 1000
"""Looked at in search of people."""

MOST_PEOPLE = 100
"""Takes of one file."""

_IN_THE_WORLD = ("smpl_params_global", "smplx_world", "smpl_world", "world")
"""Names of tables that hold a person in the world, beside others that hold them before the camera."""


def recordings(data: Mapping[str, Any], what: str, up: Up | None = None, fps: float | None = None) -> tuple[Recording, ...]:
    """Of a table of arrays, or of people who have one each (by name, by number, in a list).

    People with as many frames, of the same frame numbers, are in one recording; others in one each. `up` says which axis of the
    file points up, else it is recognised; `fps` what to take where the file names none. UserError for what holds no pose.
    """
    tables = _people(data)
    if not tables:
        raise UserError(f"{what} holds no SMPL parameters: wanted 'poses', or 'global_orient' and 'body_pose', and 'trans'")
    if len(tables) > MOST_PEOPLE:
        raise UserError(f"{what} holds more than {MOST_PEOPLE} people: give a file with fewer")
    poses = [pose_of(table, f"{what}{f', person {name}' if name else ''}") for name, table in tables]
    amass = "mocap_framerate" in data or "mocap_frame_rate" in data
    axis, notes = (up, []) if up else _recognised(poses, amass)
    said = next((found for table in (data, *(table for _, table in tables)) if (found := rate(table, RATE, what))), None)
    if said is None:
        notes.append(f"frames/s: {fps or USUAL_FPS:g} (the file names none)")
    speed = said or fps or USUAL_FPS
    notes += [note for pose in poses for note in pose.notes]
    if any(pose.pelvis_m is None for pose in poses):
        notes.append("place: none in the file, the person stays where they are")
    if any(pose.betas is not None and np.abs(pose.betas).max() > 1e-6 for pose in poses):
        notes.append("shape: limbs of a reference person (what the betas mean only their body model tells)")
    if len({_clock(pose) for pose in poses}) == 1:
        people = tuple(track(pose, TO_WORLD[axis]) for pose in poses)
        return (Recording("", speed, people, _caption(data), notes=tuple(dict.fromkeys(notes))),)
    notes.append("people: of different lengths, so that each is a take of their own")
    return tuple(
        Recording(name, speed, (track(pose, TO_WORLD[axis]),), notes=tuple(dict.fromkeys(notes)))
        for (name, _), pose in zip(tables, poses, strict=True)
    )


def track(pose: Pose, to_world: Array) -> Track:
    """The pose on the reference person, in the world."""
    order = sorted(range(len(pose.joints)), key=lambda k: SMPLX_JOINTS.index(pose.joints[k]))
    names = tuple(pose.joints[k] for k in order)
    rest = REST_M[[SMPLX_JOINTS.index(name) for name in names]]
    count = len(pose.rotations)
    turned = [_upright(pose.rotations[:, k]) for k in order]
    world, positions = np.empty((len(names), count, 3, 3)), np.empty((len(names), count, 3))  # joint by joint: long rows
    world[0] = np.einsum("ij,tjk->tik", to_world @ UPRIGHT.T, turned[0])  # of the reference, which stands in the world already
    positions[0] = 0.0 if pose.pelvis_m is None else pose.pelvis_m @ to_world.T
    for k, parent in enumerate(chain(names)):
        if parent >= 0:
            np.einsum("tij,tjk->tik", world[parent], turned[k], out=world[k])
            positions[k] = positions[parent] + np.einsum("tij,j->ti", world[parent], rest[k] - rest[parent])
    positions, world = (np.ascontiguousarray(np.moveaxis(each, 0, 1)) for each in (positions, world))
    return Track(names, positions, world, rest, pose.gender, pose.betas)


def _upright(rotations: Array) -> Array:
    """UPRIGHT @ rotations (T, 3, 3) @ UPRIGHT.T: the same in a rest pose with z up; x stays, y is -z, z is y."""
    return rotations[:, [0, 2, 1]][..., [0, 2, 1]] * np.outer((1.0, -1.0, 1.0), (1.0, -1.0, 1.0))


def _people(data: Any) -> list[tuple[str, Mapping[str, Any]]]:
    """(name, table) of each person in tables and lists within one another, level by level; at most MOST_TABLES are looked at."""
    found: list[tuple[str, Mapping[str, Any]]] = []
    level: list[tuple[str, Any]] = [("", data)]
    looked = 0
    while level and looked < MOST_TABLES:
        below: list[tuple[str, Any]] = []
        for name, value in level[: MOST_TABLES - looked]:
            if isinstance(value, Mapping) and has_pose(value):
                found.append((name, value))
            elif isinstance(value, Mapping):
                world = next((key for key in _IN_THE_WORLD if isinstance(value.get(key), Mapping)), None)
                below += [(name, value[world])] if world else [(str(key), value[key]) for key in islice(value, MOST_TABLES)]
            elif isinstance(value, list):
                below += [(str(k), each) for k, each in enumerate(value[:MOST_TABLES]) if isinstance(each, Mapping)]
        looked += len(level)
        level = below
    return found


def _recognised(poses: list[Pose], amass: bool) -> tuple[Up, list[str]]:
    """Which axis points up for most of the people's frames, and the note that says so."""
    ups = np.concatenate([pose.rotations[:, 0, :, 1] for pose in poses])  # SMPL's rest pose has y up
    found = recognised_up(ups)
    if not amass:
        return found or "y", [
            f"{SAID[found or 'y']} (as most frames stand)" if found else "up: y (no frames stand: say it with `up`)"
        ]
    if found in (None, "z") or _lie_on_floor(poses, found):
        return "z", []
    return found, [f"{SAID[found]} (as most frames stand; AMASS's is z)"]


def _lie_on_floor(poses: list[Pose], axis: Up) -> bool:
    """Whether people whose heads point along y rather lie on the floor z = 0 of AMASS than stand on y = 0."""
    floor_m = 0.25
    lowest_z = min(_lowest(pose, "z") for pose in poses)
    return abs(lowest_z) < floor_m and not (axis == "y" and abs(min(_lowest(pose, "y") for pose in poses)) < floor_m)


def _lowest(pose: Pose, axis: Up) -> float:
    """Height of the lowest joint of all frames, with that axis up."""
    return float(track(pose, TO_WORLD[axis]).positions_m[..., 2].min())


def _clock(pose: Pose) -> bytes:
    """Equal for people who were recorded together."""
    return np.arange(len(pose.rotations), dtype=float).tobytes() if pose.frame_ids is None else pose.frame_ids.tobytes()


def _caption(data: Mapping[str, Any]) -> str:
    """What a file says of itself: MDM's text, BEDLAM's `motion_info`."""
    return text(data.get("text", "")) or text(data.get("motion_info", ""))
