"""HMDB51: official testTrainMulti_7030_splits files, three splits."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ....assets_manifest.targets import Counts
from ....generator.base.errors import UserError
from ...values import Item, Target
from .building import Found, build
from .files import Videos, lines, one_of
from .ucf101 import splits_of

NAME = "hmdb51"
UNUSED, TRAIN, TEST = "0", "1", "2"


def load(root: Path, *, split: int = 1, allow_partial: bool = False, counts: Counts | Mapping[str, Any] | None = None) -> Target:
    """HMDB51 with official split 1, 2 or 3, or (0) all three as folds.

    `root` holds testTrainMulti_7030_splits/<class>_test_split1.txt ("clip.avi 1": 1 is to learn on, 2 to test on, 0 unused)
    and hmdb51_org/<class>/*.avi. Groups are the films that clips are cut from, as far as names tell; official splits keep
    them apart only where they could, so that it isn't checked.
    """
    lists = one_of(NAME, root, ["testTrainMulti_7030_splits"], "split lists")
    videos = Videos(one_of(NAME, root, ["hmdb51_org", "videos"], "videos"))
    numbers = splits_of(NAME, split)
    names = sorted({path.name.rpartition("_test_split")[0] for path in lists.glob("*_test_split?.txt")})
    folds, missing = {}, set()
    for number in numbers:
        sides: dict[str, list[Item]] = {TRAIN: [], TEST: []}
        for label, name in enumerate(names):
            for item, side in _list(lists / f"{name}_test_split{number}.txt", name, label, videos):
                if side != UNUSED:
                    sides[side].append(item)
        missing |= {item.id for side in sides.values() for item in side if videos.find(item.id) is None}
        folds[f"split{number}"] = (sides[TRAIN], sides[TEST])
    division = f"official split {split}" if split else "official splits 1, 2 and 3, averaged"
    return build(Found(NAME, root, names, folds, division, missing, apart=False), counts, allow_partial)


def _list(path: Path, name: str, label: int, videos: Videos) -> list[tuple[Item, str]]:
    """The clips of one class and their sides."""
    found = []
    for line in lines(path):
        clip, _, side = line.rpartition(" ")
        stem, dot, _ = clip.rpartition(".")
        if not dot or side not in (UNUSED, TRAIN, TEST):
            raise UserError(f"{path}: got '{line}', wanted 'CLIP.avi 0', 1 or 2: wrong split file; fetch it again")
        key = f"{name}/{stem}"
        film = stem.rpartition(f"_{name}_")[0] or stem
        found.append((Item(key, videos.find(key) or videos.folder / name / clip, label, film), side))
    return found
