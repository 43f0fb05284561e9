"""Which arrays of a clip's labels are learned from, read from disk or from memory: people put together, checked before use."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ...generator.base.errors import UserError
from ...generator.base.reasons import reason_of
from ...generator.dataset import DENSE
from ...generator.dataset.labels_file import load_arrays, roles_in
from ..values import Array

if TYPE_CHECKING:
    from ...generator.dataset import Labels

SHAPES: Mapping[str, tuple[int, ...]] = {
    "coco_px": (0, 17, 2),
    "coco_visible": (0, 17),
    "box_px": (0, 4),
    "flow": (0, 0, 0, 2),
    **dict.fromkeys(("mask", "part", "person", "depth"), (0, 0, 0)),
}
"""How they lie there, 0 for any length."""

EACH = ("coco_px", "coco_visible", "box_px")
"""Those of them that each person has; put together, people are the second axis."""

ACTING = "acting"
"""Beside them: the numbers in the `person` label of those who act, from 1."""

SURFACES = ("mask", "part", "person")
"""Those of them that are bytes."""


def read_arrays(labels: Path, names: Collection[str], everybody: bool = False) -> dict[str, Array]:
    """Those of the arrays that a clip's labels have, one per pixel from the file beside, and which people act.

    Those that EACH person has are of all who act, or of `everybody`: (T, people, ...). UserError for a broken file.
    """
    names = tuple(dict.fromkeys(names))
    each = [name for name in names if name in EACH]
    found = _of_people(labels, each, everybody) if each or "person" in names else {}
    for name in names:
        if name not in EACH:
            found |= _read(file_of(labels, name), (name,))
    return found


def _of_people(labels: Path, names: Sequence[str], everybody: bool) -> dict[str, Array]:
    """Who acts, and these arrays of theirs; those that somebody lacks are left out."""
    first = _read(labels, (*names, "roles", ACTING))
    with _broken(labels):
        roles = roles_in(first)
        acts = first.get(ACTING, np.ones(1, np.bool_))
        if acts.shape != (len(roles),) or acts.dtype.kind != "b" or not acts.any():
            raise ValueError(f"acting is {acts.dtype} {acts.shape} for {len(roles)} people")
    wanted = range(len(roles)) if everybody else np.flatnonzero(acts).tolist()
    people = [_read(labels.with_suffix(f".{roles[k]}.npz"), names, roles[k]) if k else first for k in wanted if names]
    with _broken(labels):
        there = [name for name in names if all(name in one for one in people)]
        return {ACTING: np.flatnonzero(acts) + 1, **{name: np.stack([one[name] for one in people], 1) for name in there}}


def _read(path: Path, names: Collection[str], role: str = "") -> dict[str, Array]:
    """Those of the arrays that a file has, {} where there is none unless it is that of somebody's `role`."""
    with _broken(path):
        if role and not path.is_file():
            raise ValueError(f"the labels of {role} are missing")
        found = load_arrays(path, names) if path.is_file() else {}
    for name, array in found.items():
        if name in SHAPES and not _fits(array, name):
            raise UserError(
                f"{path} holds '{name}' as {array.dtype} of {array.shape}, which is not how synapt writes labels: move it "
                "away, or render its dataset again"
            )
    return found


@contextmanager
def _broken(path: Path) -> Iterator[None]:
    """UserError for what a broken file raises."""
    try:
        yield
    except (OSError, EOFError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        raise UserError(f"{path} is broken ({reason_of(error)}): run `synapt verify --fix` on its dataset") from error


def _fits(array: Array, name: str) -> bool:
    """Whether an array is of the kind and shape that our labels of this name have."""
    is_kind = array.dtype == np.uint8 if name in SURFACES else array.dtype.kind in "fiu"
    wanted = SHAPES[name]
    return is_kind and array.ndim == len(wanted) and all(n > 0 and w in (0, n) for n, w in zip(array.shape, wanted, strict=True))


def arrays_of(labels: Labels) -> dict[str, Array]:
    """All of a clip in memory, in the form of `read_arrays`."""
    acting = np.array([k for k, person in enumerate(labels.people, 1) if person.acting])
    each = {name: np.stack([getattr(person, name) for person in labels.acting], 1) for name in EACH}
    return {ACTING: acting, **each, **labels.dense}


def file_of(labels: Path, name: str) -> Path:
    """Which file holds an array of the clip's, or of its first person's (docs/format.md)."""
    return labels.with_suffix(f".{name}.npz") if name in DENSE else labels
