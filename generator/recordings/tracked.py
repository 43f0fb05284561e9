"""A Track from a file's own skeleton and its motion: joints found, made upright, in metres."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ..base.errors import UserError
from ..base.shown import shown
from ..motion.track import Track
from ..values import Array
from .armature import Armature
from .by_shape import by_shape
from .conventions import by_name
from .ends import ends_of
from .standing import standing_rest
from .upright import stands, to_z_up, turns_to_z_up, units_of, up_axis

MOST_M = 1e4
"""No person goes farther from the origin of their file."""

STILL_M = 1e-4
"""Who moves less than this in a whole file is a statue; mocap of somebody who stands still sways by centimetres."""


def joints_of(path: Path, armature: Armature) -> dict[str, int]:
    """Joint or landmark -> node, joints in SMPL-X's order, then landmarks. UserError for what is no human skeleton."""
    found = by_name(armature) or by_shape(armature)
    if not found:
        names = [shown(name) for name in armature.names if name]
        some = ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
        raise UserError(
            f"{shown(path)}: no human skeleton is known in its joints ({some[:300] or 'none'}): wanted hips, spine, and of both "
            "sides upper leg, lower leg, foot, upper arm, forearm and hand: rename them, or give another file"
        )
    return found | ends_of(armature, found)


def tracked(
    path: Path, armature: Armature, found: dict[str, int], positions: Array, rotations: Array, up: int | None = None
) -> tuple[Track, tuple[str, ...]]:
    """The Track of the joints `found`, and what was guessed of it. UserError for what can't be a person's movement.

    positions (T, J, 3) and rotations (T, J, 3, 3) in the file's axes and units; each rotation takes the axes of the rest pose to
    those of the frame. up: 1 or 2 where the format says that y or z is up, None where it is to be seen from the motion.
    """
    names, nodes = tuple(found), list(found.values())
    if not (np.isfinite(positions).all() and np.isfinite(rotations).all()):
        raise UserError(f"{shown(path)} has numbers that are not finite (or overflow): wanted finite ones: repair the file")
    rest = armature.rest[nodes]
    if not np.isfinite(rest).all():
        raise UserError(f"{shown(path)}: its skeleton's offsets are not all finite: wanted finite ones: repair the file")
    at_rest = dict(zip(names, rest, strict=True))
    metres, said_units = units_of(at_rest, shown(path))
    axis, said_up = (up, "") if up else up_axis(at_rest, {name: positions[:, k] for k, name in enumerate(names)})
    notes = [note for note in (said_units, said_up) if note]
    positions, rest, rotations = to_z_up(axis, positions) * metres, to_z_up(axis, rest) * metres, turns_to_z_up(axis, rotations)
    far = float(np.abs(positions).max())
    if far > MOST_M:
        raise UserError(f"{shown(path)}: its person goes {far:.3g} m from the origin, at most {MOST_M:g} m are wanted")
    if not stands(dict(zip(names, rest, strict=True))):
        rest, rotations = standing_rest(names, rest, positions, rotations)
        notes.append("rest pose: made from the motion (the file's own doesn't stand)")
    if len(positions) > 1 and float(np.ptp(positions, axis=0).max()) < STILL_M:
        notes.append("it never moves: a pose, not a movement")
    return Track(names, positions, rotations, rest), tuple(notes)
