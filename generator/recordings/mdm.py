"""What MDM and the many models built on it write: `results.npy`, and SMPL parameters fitted to a sample of it.

`results.npy` is a pickled dict: `motion` (N, 22 | 21, 3, T) joint positions with y up (or (N, 25, 6, T), of models trained on
rotations), `text` and `lengths` of each of the N = num_samples x num_repetitions, all samples of the first repetition first.
`..._smpl_params.npy` is one with `thetas` (24, 6, T) and `root_translation` (3, T), the place of the pelvis.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..base.errors import UserError
from ..values import Array
from .angles import from_six
from .axes import SAID, TO_WORLD, Up
from .humanml3d import MOST_TAKES, of_positions
from .numbers import floats, frames, text
from .smpl import track
from .smpl_fields import BODY_JOINTS, Pose
from .values import Recording

FPS = 20.0
"""Of a model trained on HumanML3D."""

NAMES = frozenset(("motion", "text", "lengths", "num_samples", "num_repetitions", "thetas", "root_translation", "length"))


def is_results(table: Mapping[str, Any]) -> bool:
    """Whether a table is of `results.npy`."""
    return "motion" in table and ("lengths" in table or "num_samples" in table) and np.ndim(table["motion"]) == 4


def is_fitted(table: Mapping[str, Any]) -> bool:
    """Whether a table is of `..._smpl_params.npy`."""
    return "thetas" in table and "root_translation" in table


def results(table: Mapping[str, Any], what: str, up: Up | None = None) -> tuple[Recording, ...]:
    """One recording of each sample, of its own length and with its caption."""
    motion = table["motion"]
    if not isinstance(motion, np.ndarray) or len(motion) > MOST_TAKES:
        raise UserError(f"{what}: 'motion' is no array of at most {MOST_TAKES:,} samples: give MDM's results.npy")
    if motion.shape[1:3] not in ((22, 3), (21, 3), (24, 3), (25, 6)):
        raise UserError(f"{what}: 'motion' has the shape {motion.shape}: wanted (N, 22, 3, T) joint positions, or (N, 25, 6, T)")
    count, length = len(motion), motion.shape[3]
    lengths = floats(table.get("lengths", [length] * count), f"{what}: 'lengths'").reshape(-1)
    said = table.get("text", [""] * count)
    words = list(said)[:count] if isinstance(said, list | np.ndarray) and np.ndim(said) == 1 else [""] * count
    samples = _samples(table, count, what)
    if len(lengths) != count or not ((lengths >= 0) & (lengths <= length)).all():
        raise UserError(f"{what}: 'lengths' are {len(lengths)} numbers, wanted one of 0 to {length} for each of {count} samples")
    found = []
    for k, sample in enumerate(motion):
        name = f"sample{k % samples:02d}_rep{k // samples:02d}"
        label, caption = f"{what}, {name}", text(words[k]) if k < len(words) else ""
        frames_of = np.moveaxis(sample, -1, 0)[: int(lengths[k])]
        found.append(
            of_positions(frames_of, label, up, name, caption)
            if sample.shape[1] == 3
            else _of_rotations(frames_of[:, :24], frames_of[:, 24, :3], label, up, name, caption)
        )
    return tuple(found)


def fitted(table: Mapping[str, Any], what: str, up: Up | None = None) -> tuple[Recording, ...]:
    """The one recording of `..._smpl_params.npy`."""
    thetas, root = floats(table["thetas"], f"{what}: 'thetas'"), floats(table["root_translation"], f"{what}: 'root_translation'")
    if thetas.ndim != 3 or thetas.shape[:2] not in ((24, 6), (25, 6)) or root.shape != (3, thetas.shape[2]):
        wanted = "(24, 6, T) and (3, T)"
        raise UserError(
            f"{what}: 'thetas' and 'root_translation' have the shapes {thetas.shape} and {root.shape}: wanted {wanted}"
        )
    caption = text(table.get("text", ""))
    return (_of_rotations(np.moveaxis(thetas, -1, 0)[:, :24], root.T, what, up, "", caption),)


def _of_rotations(six: Array, pelvis: Array, what: str, up: Up | None, name: str, caption: str) -> Recording:
    """One take of rotations (T, 24, 6) and places of the pelvis (T, 3)."""
    six, pelvis = floats(six, what), floats(pelvis, what)
    frames(len(six), what)
    pose = Pose(BODY_JOINTS, from_six(six, what)[:, :22], pelvis, "neutral", None, None)
    notes = (f"frames/s: {FPS:g} (as HumanML3D has them)", *((SAID[up],) if up else ()))
    return Recording(name, FPS, (track(pose, TO_WORLD[up or "y"]),), caption, notes=notes)


def _samples(table: Mapping[str, Any], count: int, what: str) -> int:
    """Samples of a repetition."""
    value = floats(table.get("num_samples", count), f"{what}: 'num_samples'")
    if value.size != 1 or not 1 <= (found := int(value.reshape(-1)[0])):
        raise UserError(f"{what}: 'num_samples' is no number above 0: give MDM's results.npy")
    return found
