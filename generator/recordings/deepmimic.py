"""DeepMimic's motions: JSON with rows of a duration, the root's place and quaternion, and joint rotations of its humanoid.

Layout and skeleton are those of Peng et al., DeepMimic (2018), data/characters/humanoid3d.txt: y up, x forward, z to the right,
metres; quaternions w x y z; knees and elbows are hinges about z.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from ..base.bounded import read_json
from ..base.errors import UserError
from ..base.shown import shown
from ..motion.rotations import about, matrices, mix
from ..skeletons import LANDMARKS, SMPLX_JOINTS
from ..values import Array
from .armature import Armature
from .chain import chained, placed
from .tracked import tracked
from .values import Recording

MOST_BYTES = 1 << 27
MOST_ROWS = 200_000

_HUMANOID: tuple[tuple[str, int, tuple[float, float, float], int], ...] = (
    ("pelvis", -1, (0.0, 0.0, 0.0), 4),
    ("spine3", 0, (0.0, 0.236151, 0.0), 4),
    ("neck", 1, (0.0, 0.223894, 0.0), 4),
    ("right_hip", 0, (0.0, 0.0, 0.084887), 4),
    ("right_knee", 3, (0.0, -0.421546, 0.0), 1),
    ("right_ankle", 4, (0.0, -0.409870, 0.0), 4),
    ("right_shoulder", 1, (-0.02405, 0.24350, 0.18311), 4),
    ("right_elbow", 6, (0.0, -0.274788, 0.0), 1),
    ("left_hip", 0, (0.0, 0.0, -0.084887), 4),
    ("left_knee", 8, (0.0, -0.421546, 0.0), 1),
    ("left_ankle", 9, (0.0, -0.409870, 0.0), 4),
    ("left_shoulder", 1, (-0.02405, 0.24350, -0.18311), 4),
    ("left_elbow", 11, (0.0, -0.274788, 0.0), 1),
    ("right_wrist", 7, (0.0, -0.258947, 0.0), 0),
    ("left_wrist", 12, (0.0, -0.258947, 0.0), 0),
    ("crown", 2, (0.0, 0.278, 0.0), 0),  # top of the head's ball, 0.175 up and of radius 0.103
    ("left_heel", 10, (-0.0435, -0.05, 0.0), 0),  # ends of the foot's box, 0.177 long and 0.055 high
    ("left_toe", 10, (0.1335, -0.05, 0.0), 0),
    ("right_heel", 5, (-0.0435, -0.05, 0.0), 0),
    ("right_toe", 5, (0.1335, -0.05, 0.0), 0),
)
"""(joint, its parent, offset in m, numbers of its rotation in a row), in the order of the rows."""

_PARENTS = tuple(parent for _, parent, _, _ in _HUMANOID)
_ARMATURE = Armature(tuple(n for n, *_ in _HUMANOID), _PARENTS, placed(_PARENTS, np.array([o for _, _, o, _ in _HUMANOID])))

COLUMNS = 1 + 3 + sum(size for *_, size in _HUMANOID)
"""44."""


def read(path: Path) -> tuple[Recording, ...]:
    """The one motion of a file. OSError where it can't be read, UserError for what is none."""
    rows, said = _rows(path, read_json(path, MOST_BYTES)), shown(path)
    steps_s = rows[:-1, 0]
    if len(rows) > 1 and not (steps_s.min() > 1e-4 and steps_s.max() < 10.0):
        raise UserError(
            f"{said}: its rows last {steps_s.min():.3g} to {steps_s.max():.3g} s, 0.0001 to 10 are wanted: repair the file"
        )
    fps = round(1.0 / float(np.median(steps_s)), 2) if len(rows) > 1 else 30.0
    locals_ = _even(_locals(rows, said), steps_s, fps)
    found = {name: _ARMATURE.names.index(name) for name in (*SMPLX_JOINTS, *LANDMARKS) if name in _ARMATURE.names}
    positions, rotations = chained(_PARENTS, lambda node: locals_[node], list(found.values()))
    track, notes = tracked(path, _ARMATURE, found, positions, rotations, up=1)
    return (Recording("", fps, (track,), notes=notes),)


def _rows(path: Path, data: Any) -> Array:
    """The numbers (T, 44)."""
    frames = data.get("Frames") if isinstance(data, dict) else None
    if not isinstance(frames, list) or not frames or len(frames) > MOST_ROWS:
        raise UserError(f"{shown(path)} has no list 'Frames' of 1 to {MOST_ROWS:,} rows: wanted a motion of DeepMimic's")
    for k, row in enumerate(frames):
        if not isinstance(row, list) or len(row) != COLUMNS or not all(type(number) in (int, float) for number in row):
            size = f"{len(row)} entries" if isinstance(row, list) else "no list"
            raise UserError(
                f"{shown(path)}: row {k} of Frames has {size}, wanted {COLUMNS} numbers (humanoid3d): give another file"
            )
    rows = np.array(frames, dtype=float)
    if not np.abs(rows).max() <= 1e6:
        raise UserError(f"{shown(path)} has numbers beyond a million in its Frames: repair the file")
    return rows


def _locals(rows: Array, said: str) -> list[tuple[Array, Array]]:
    """Of each joint its place (T, 3) and rotation (T, 3, 3) on its parent."""
    found, column = [], 4
    for name, _, offset, size in _HUMANOID:
        place = rows[:, 1:4] if name == "pelvis" else np.array([offset])
        part = rows[:, column : column + size]
        if size == 4:
            if not np.linalg.norm(part, axis=1).min() > 0.1:  # the published files have some of 0.9
                raise UserError(
                    f"{said}: the rotation of {name} is no quaternion in every row: wanted w x y z, of length 1: repair the file"
                )
            turn = matrices(part[:, [1, 2, 3, 0]])
        else:
            turn = about("z", part[:, 0]) if size else np.eye(3)[None]
        found.append((place, turn))
        column += size
    return found


def _even(locals_: list[tuple[Array, Array]], steps_s: Array, fps: float) -> list[tuple[Array, Array]]:
    """The same at an even rate, where the rows don't all last alike."""
    if not len(steps_s) or np.abs(steps_s - 1.0 / fps).max() < 0.02 / fps:
        return locals_
    at_s = np.concatenate([[0.0], np.cumsum(steps_s)])
    times_s = np.arange(int(at_s[-1] * fps + 1e-6) + 1) / fps
    row = np.clip(np.searchsorted(at_s, times_s, side="right") - 1, 0, len(steps_s) - 1)
    share = np.clip((times_s - at_s[row]) / steps_s[row], 0.0, 1.0)
    even = []
    for place, turn in locals_:
        if len(place) > 1:
            place = place[row] + share[:, None] * (place[row + 1] - place[row])
        even.append((place, mix(turn[row], turn[row + 1], share) if len(turn) > 1 else turn))
    return even
