"""Motion files at what a user typed: files, folders, patterns, and pairs of files joined by a plus."""

from __future__ import annotations

import glob
from collections.abc import Iterable
from pathlib import Path

from ..base.errors import UserError
from ..base.shown import shown
from .read import SHARED, is_called_like_motion, reader_of
from .shelf import digest_of

Files = tuple[Path, ...]
"""One file, or one for each of several performers."""

MOST_FILES = 500_000


def found_at(texts: Iterable[str]) -> tuple[Files, ...]:
    """The files at what was typed, each once, in order of path within each: a file, a folder (all motion files below it), a
    pattern (`walks/*.bvh`), or files joined by "+", one for each performer.

    Files of one name below `person1` and `person2` are one recording of two. UserError where nothing is found.
    """
    found: dict[Files, None] = {}
    for text in texts:
        found |= dict.fromkeys(_at(text))
        if len(found) > MOST_FILES:
            raise UserError(f"there are more than {MOST_FILES:,} motion files at {shown(text)}: give a part of them")
    return _paired(tuple(found))


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
        matched = sorted(Path(name) for name in glob.iglob(str(path), recursive=True))
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
    return sorted(
        path for path in folder.rglob("*")
        if is_called_like_motion(path) and path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )  # fmt: skip


def may_be_something_else(path: Path) -> bool:
    """Whether other things are called like that, too, so that a folder's file that isn't motion is no news."""
    return path.suffix.lower() in SHARED


def _paired(found: tuple[Files, ...]) -> tuple[Files, ...]:
    """Files that lie below `person1` and, by the same name, below `person2`, joined."""
    there = set(found)
    joined: list[Files] = []
    for files in found:
        other = tuple(_of_person(path, "person1", "person2") for path in files)
        first = tuple(_of_person(path, "person2", "person1") for path in files)
        if len(files) == 1 and other != files and other in there:
            joined.append((*files, *other))
        elif len(files) == 1 and first != files and first in there:
            continue
        else:
            joined.append(files)
    return tuple(joined)


def _of_person(path: Path, own: str, other: str) -> Path:
    return Path(*(other if part == own else part for part in path.parts))
