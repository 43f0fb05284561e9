"""What a folder of videos is: a dataset of ours, or anybody's, sorted into folders: CLASS/CLIP.mp4."""

from __future__ import annotations

from pathlib import Path

SUFFIXES = (".mp4", ".avi", ".webm", ".mkv", ".mov", ".mpg")
"""Names of videos end like this, in small letters or large."""

SPLITS = ("train", "val", "test")
"""Folders with these names that hold folders of classes are parts of one collection."""


def is_dataset(root: Path) -> bool:
    """Whether a folder is a dataset of ours, or what is left of one."""
    return any((root / name).is_file() for name in ("dataset.json", "metadata.parquet"))


def class_videos(home: Path) -> dict[str, list[Path]]:
    """Class name -> its videos in order of name, for every folder in `home` that has some."""
    found = {}
    for folder in sorted(path for path in home.iterdir() if path.is_dir() and not path.name.startswith(".")):
        files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and not path.name.startswith("."))
        if files:
            found[folder.name] = files
    return found


def split_homes(root: Path) -> list[Path]:
    """The folders train, val and test of `root` that hold classes."""
    return [root / name for name in SPLITS if (root / name).is_dir() and class_videos(root / name)]
