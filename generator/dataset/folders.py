"""What a folder of videos is: a dataset of ours, or anybody's, sorted into folders: CLASS/CLIP.mp4."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .walk import LeftOut, is_silent, told, walk, worth_telling

SPLITS = ("train", "val", "test")
"""Folders with these names that hold folders of classes are parts of one collection."""

NO_CLASS, NO_PART, NO_VIDEO = (
    "video in no folder of a class",
    f"video beside {', '.join(SPLITS)}",
    "folder without a video",
)
"""Kinds of what is left out because of where it lies, or because nothing lies in it."""


def is_dataset(root: Path) -> bool:
    """Whether a folder is a dataset of ours, or what is left of one."""
    return any((root / name).is_file() for name in ("dataset.json", "metadata.parquet"))


@dataclass(frozen=True)
class Collection:
    """Videos by part and class: `parts` has train, val and test as far as they are there, or "" alone for all of it.

    `left_out` says in one line what lies among them and was not taken, and is "" where there is nothing worth a word.
    """

    parts: Mapping[str, Mapping[str, tuple[Path, ...]]]
    left_out: str = ""

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of the classes of all parts, in order."""
        return tuple(sorted({name for classes in self.parts.values() for name in classes}))


def collection(root: Path) -> Collection:
    """The videos in `root` by the folders they lie in, which are classes, or train, val and test with classes in them.

    Other files count as left out where videos could lie, in the folders of classes.
    """
    found, above = walk(root), len(root.parts)
    split = {path.parts[above] for path in found.videos if len(path.parts) > above + 2 and path.parts[above] in SPLITS}
    depth = 2 if split else 1
    by_part: dict[str, dict[str, list[Path]]] = {name: {} for name in SPLITS if name in split} or {"": {}}
    lost = [one for one in found.left_out if len(one.path.parts) > above + depth or not one.is_plain]
    for path in found.videos:
        parts = path.parts[above:]
        part = parts[0] if split else ""
        if part in by_part and len(parts) > depth:
            by_part[part].setdefault(parts[depth - 1], []).append(path)
        else:
            lost.append(LeftOut(path, NO_CLASS if part in by_part else NO_PART))
    lost = [*worth_telling(lost, found.videos), *_without_videos(root, by_part, {one.path for one in lost})]
    parts_of = {part: {name: tuple(files) for name, files in classes.items()} for part, classes in by_part.items()}
    return Collection(parts_of, told(lost, root))


def _without_videos(root: Path, by_part: Mapping[str, Mapping[str, list[Path]]], told_of: set[Path]) -> list[LeftOut]:
    """Folders that stand where classes do, and in which no video lies."""
    found = []
    for part, classes in by_part.items():
        for path in sorted((root / part).iterdir()):
            if path.is_dir() and path.name not in classes and path not in told_of and not is_silent(path):
                found.append(LeftOut(path, NO_VIDEO))
    return found
