"""Any motion file read by the reader that knows its kind."""

from __future__ import annotations

import importlib
import inspect
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from ..base.bounded import is_regular
from ..base.errors import UserError
from ..base.reasons import reason_of
from ..base.shown import shown
from .travel import moved_on
from .values import Recording

READERS: dict[str, str] = {
    ".bvh": "bvh", ".glb": "gltf", ".gltf": "gltf", ".npz": "numpy_files", ".npy": "numpy_files", ".pkl": "numpy_files",
    ".pickle": "numpy_files", ".txt": "deepmimic", ".json": "deepmimic",
}  # fmt: skip
"""Suffix, in small letters -> the module here whose `read(path)` reads such files."""

SHARED = frozenset((".txt", ".json"))
"""Suffixes that anything may have: such a file in a folder is taken for motion only where its reader says that it is."""


def is_called_like_motion(path: Path) -> bool:
    """Whether a file has the suffix of a kind that is read."""
    return path.suffix.lower() in READERS


def reader_of(path: Path) -> str:
    """Name of the reader of a file. UserError for a suffix that none reads."""
    try:
        return READERS[path.suffix.lower()]
    except KeyError:
        raise UserError(
            f"{shown(path)}: a motion file ends in {', '.join(READERS)}, not in '{shown(path.suffix)}': convert it"
        ) from None


def read_with(path: Path) -> Path | None:
    """The file with which this one is read (another person's), so that it is no recording by itself; None for others."""
    module = _reader(path)
    other: Path | None = module.read_with(path) if hasattr(module, "read_with") else None
    return other


def companions(path: Path) -> tuple[Path, ...]:
    """Further files that are read with one: the other person of a pair, or what a glTF file keeps elsewhere."""
    module = _reader(path)
    return tuple(module.companions(path)) if hasattr(module, "companions") else ()


def _reader(path: Path) -> ModuleType:
    return importlib.import_module(f"{__package__}.{reader_of(path)}")


def read(path: Path, up: str = "") -> tuple[Recording, ...]:
    """Every take of a motion file, each by a name of its own. `up`: the axis that a person says is up, "" where the file is
    believed; those that step in place are moved on. UserError for what is no motion of people."""
    reader = _reader(path).read
    if not is_regular(path):
        what = "is not a regular file" if path.exists() else "is not there"
        raise UserError(f"{shown(path)} {what}: name a motion file")
    if up and "up" not in inspect.signature(reader).parameters:
        raise UserError(f"{shown(path)} says itself which way is up: leave out --motion-up for it")
    try:
        found: tuple[Recording, ...] = reader(path, **({"up": up} if up else {}))
    except OSError as error:
        raise UserError(f"{shown(path)} can't be read ({reason_of(error)}): name a motion file that you may read") from error
    if not found:
        raise UserError(f"{shown(path)} holds no take: name a file with at least one")
    return _told_apart(tuple(moved_on(recording) for recording in found))


def _told_apart(found: tuple[Recording, ...]) -> tuple[Recording, ...]:
    """Takes of one name get a number after it."""
    seen: dict[str, int] = {}
    named = []
    for recording in found:
        count = seen[recording.name] = seen.get(recording.name, 0) + 1
        named.append(recording if count == 1 else replace(recording, name=f"{recording.name} ({count})"))
    return tuple(named)
