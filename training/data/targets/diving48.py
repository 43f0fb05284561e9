"""Diving48 V2: the official JSON annotations; V1, whose labels are wrong in many places, only if asked for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from ....assets_manifest.targets import Counts
from ....generator.base.errors import UserError
from ...values import Item, Target
from .building import Found, build
from .files import Videos, field_of, json_of, one_of

NAME = "diving48"
FILES = {"v2": "Diving48_V2_{}.json", "v1": "Diving48_{}.json"}


def load(
    root: Path,
    *,
    version: Literal["v2", "v1"] = "v2",
    allow_partial: bool = False,
    counts: Counts | Mapping[str, Any] | None = None,
) -> Target:
    """Diving48 with its official division. Groups are the competitions' videos that dives are cut from.

    `root` holds Diving48_vocab.json (48 lists of take-off, somersaults, twists, position), Diving48_V2_train.json and
    Diving48_V2_test.json (lists of vid_name, label, start_frame, end_frame) and rgb/<vid_name>.mp4. Videos are cut already,
    so that the frame numbers are not used. Dives of one competition are on both sides of the official division.
    """
    if version not in FILES:
        raise UserError(f"{NAME}: version = {version}; wanted v2 (or v1)")
    names = _classes(one_of(NAME, root, _both("Diving48_vocab.json"), "class list"))
    lists = [_list(root, version, side) for side in ("train", "test")]
    videos = Videos(one_of(NAME, root, ["rgb", "Diving48_rgb/rgb", "videos"], "videos"))
    sides = [[_item(row, path, len(names), videos) for row in json_of(path, list)] for path in lists]
    missing = {item.id for side in sides for item in side if videos.find(item.id) is None}
    found = Found(NAME, root, names, {version: (sides[0], sides[1])}, f"official {version.upper()} lists", missing, apart=False)
    return build(found, counts, allow_partial)


def _both(file: str) -> tuple[str, str]:
    return file, f"annotations/{file}"


def _list(root: Path, version: str, side: str) -> Path:
    """The annotation file of this version; a line about V1 if only that is there."""
    try:
        return one_of(NAME, root, _both(FILES[version].format(side)), "annotations")
    except UserError as error:
        older = [place for place in _both(FILES["v1"].format(side)) if (root / place).is_file()]
        if version == "v2" and older:
            raise UserError(
                f"{NAME}: got {older[0]}, which is V1 with many wrong labels; wanted {FILES['v2'].format(side)}: fetch V2 "
                "(or ask for V1 with --option version=v1)"
            ) from error
        raise


def _classes(path: Path) -> list[str]:
    """Class names in order, e.g. "Back 15som 05Twis FREE"."""
    rows = json_of(path, list)
    if not all(isinstance(row, list) and len(row) == 4 and all(isinstance(word, str) for word in row) for row in rows):
        raise UserError(f"{path}: wanted a list of [take-off, somersaults, twists, position]: fetch it again")
    return [" ".join(row) for row in rows]


def _item(row: Any, path: Path, n_classes: int, videos: Videos) -> Item:
    key, label = field_of(row, "vid_name", str, path), field_of(row, "label", int, path)
    if not 0 <= label < n_classes:
        raise UserError(
            f"{path}: {key} has label {label}, there are {n_classes} classes: the lists are of different versions; fetch them "
            "again"
        )
    return Item(key, videos.find(key) or videos.folder / f"{key}.mp4", label, key.rpartition("_")[0])
