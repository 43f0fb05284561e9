"""UCF101: official ucfTrainTestlist files, three splits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ....assets_manifest.targets import Counts
from ....generator.base.errors import UserError
from ...values import Item, Target
from .building import Found, build
from .files import Videos, lines, one_of

NAME = "ucf101"
CLIP = re.compile(r"v_(?P<class>\w+)_g(?P<group>\d+)_c\d+")


def load(root: Path, *, split: int = 1, allow_partial: bool = False, counts: Counts | Mapping[str, Any] | None = None) -> Target:
    """UCF101 with official split 1, 2 or 3, or (0) all three as folds. Groups are the 25 sources of each class.

    `root` holds ucfTrainTestlist/ (classInd.txt: "1 ApplyEyeMakeup"; trainlist01.txt: "Class/v_Class_g08_c01.avi 1";
    testlist01.txt: the same without the number) and UCF-101/Class/*.avi.
    """
    lists = one_of(NAME, root, ["ucfTrainTestlist"], "split lists")
    names = _class_index(lists / "classInd.txt")
    videos = Videos(one_of(NAME, root, ["UCF-101", "videos"], "videos"))
    folds, missing = {}, set()
    for number in splits_of(NAME, split):
        sides = []
        for side in ("train", "test"):
            path = lists / f"{side}list{number:02}.txt"
            items = [_item(line, names, videos, path) for line in lines(path)]
            missing |= {item.id for item in items if videos.find(item.id) is None}
            sides.append(items)
        folds[f"split{number}"] = (sides[0], sides[1])
    division = (
        "official split 1" if split == 1 else f"official split {split}" if split else "official splits 1, 2 and 3, averaged"
    )
    return build(Found(NAME, root, tuple(names), folds, division, missing), counts, allow_partial)


def splits_of(name: str, split: int) -> tuple[int, ...]:
    """The splits that an option names: 0 is all three."""
    if split not in (0, 1, 2, 3):
        raise UserError(f"{name}: split = {split}; wanted 1, 2 or 3, or 0 for all three")
    return (1, 2, 3) if split == 0 else (split,)


def _class_index(path: Path) -> dict[str, int]:
    """Class name -> label, from 0; the file counts from 1."""
    names: dict[str, int] = {}
    for line in lines(path):
        number, _, name = line.partition(" ")
        if number != str(len(names) + 1) or not name or name in names:
            raise UserError(
                f"{path}: got '{line}', wanted '{len(names) + 1} CLASS': it is not UCF101's class list; fetch it again"
            )
        names[name] = len(names)
    return names


def _item(line: str, names: Mapping[str, int], videos: Videos, path: Path) -> Item:
    """The clip that a line of a list names."""
    place, _, number = line.partition(" ")
    clip, _, _ = place.rpartition(".")
    folder, _, stem = clip.rpartition("/")
    match = CLIP.fullmatch(stem)
    if match is None or folder not in names or (number and number != str(names[folder] + 1)):
        raise UserError(
            f"{path}: got '{line}', wanted 'CLASS/v_CLASS_g01_c01.avi' and the class's number: wrong split file; fetch it again"
        )
    where = videos.find(clip) or videos.folder / place
    return Item(clip, where, names[folder], f"{folder}_g{match['group']}")
