"""Motion files at what a user typed: files, folders, patterns, and pairs of files joined by a plus."""

from __future__ import annotations

import glob
from collections.abc import Iterable
from pathlib import Path

from ..base.errors import UserError
from ..base.shown import shown
from .read import SHARED, is_called_like_motion, read_with, reader_of
from .shelf import digest_of

Files = tuple[Path, ...]
"""One file, or one for each of several performers."""

MOST_FILES = 500_000


def found_at(texts: Iterable[str]) -> tuple[Files, ...]:
    """The files at what was typed, each once, in order of path within each: a file, a folder (all motion files below it), a
    pattern (`walks/*.bvh`), or files joined by "+", one for each performer.

    A file that is read with another is none by itself. UserError where nothing is found.
    """
    found: dict[Files, None] = {}
    for text in texts:
        found |= dict.fromkeys(_at(text))
        if len(found) > MOST_FILES:
            raise UserError(f"there are more than {MOST_FILES:,} motion files at {shown(text)}: give a part of them")
    return tuple(files for files in found if len(files) > 1 or read_with(files[0]) is None)


def note(texts: Iterable[str]) -> None:
    """Keep in mind where the files at what was typed are, for clips that are made of them."""
    for files in found_at(texts):
        for path in files:
            digest_of(path)


def _at(text: str) -> list[Files]:
    path = Path(text).expanduser()
    if path.is_dir():
        return [(file,) for file in _below(path, text)]
    if path.exists():
        reader_of(path)
        return [(path,)]
    if "+" in text:
        parts = tuple(Path(part).expanduser() for part in text.split("+"))
        for part in parts:
            if not part.is_file():
                raise UserError(
                    f"there is no file {shown(str(part))}, which {shown(text)} names for a performer: give a file for each"
                )
            reader_of(part)
        return [parts]
    if glob.has_magic(text):
        matched = sorted(Path(name) for name in glob.glob(str(path), recursive=True))  # noqa: PTH207 (absolute patterns, too)
        files = [file for place in matched for file in (_walk(place) if place.is_dir() else [place])]
        files = [file for file in files if is_called_like_motion(file)]
        if files:
            return [(file,) for file in dict.fromkeys(files)]
        raise UserError(f"no motion file matches {shown(text)}: give a file, a folder or another pattern")
    raise UserError(f"there is nothing at {shown(text)}: give a motion file, a folder of them or a pattern")


def _below(folder: Path, text: str) -> list[Path]:
    files = _walk(folder)
    if not files:
        raise UserError(f"{shown(text)} is a folder without a motion file (.bvh, .glb, .npz, ...): name one that has some")
    return files


def _walk(folder: Path) -> list[Path]:
    files = (path for path in folder.rglob("*") if is_called_like_motion(path) and path.is_file())
    return sorted(path for path in files if not _hidden(path, folder))


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def may_be_something_else(path: Path) -> bool:
    """Whether other things are called like that, too, so that a folder's file that isn't motion is no news."""
    return path.suffix.lower() in SHARED
