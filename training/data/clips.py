"""From a path to a list of labelled clips: a dataset of ours, any folder of class/clip.mp4, or WebDataset's shards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from ...generator.base.errors import UserError, nearest
from ...generator.base.places import place
from ...generator.base.shown import readable
from ...generator.dataset import open_dataset
from ...generator.dataset.folders import collection, is_dataset
from ..values import ClipList, Item
from .tars import shards_at, unpacked

SIDED = re.compile(r"(?<![a-z])(left|right|clockwise|anti-?clockwise|counter-?clockwise)(?![a-z])", re.IGNORECASE)
"""Words in a class's name that say that its mirror image is another class."""


def open_clips(path: Path | str, split: str | None = None) -> ClipList:
    """As `list_clips`, of two classes or more: UserError for one class only, too."""
    clips = list_clips(path, split)
    if len(clips.classes) < 2:
        told = "; ".join([f"{path} holds one class only ('{clips.classes[0]}')", *clips.remarks])
        raise UserError(f"{told}: at least two are needed")
    return clips


def list_clips(path: Path | str, split: str | None = None) -> ClipList:
    """The clips of a dataset of ours, of a folder that holds a folder of videos for each class, or of tar files of such.

    `split` None takes all. A plain folder may hold train/, val/ and test/, each with its classes; one that does not is
    all "train". UserError for no such folder, no video, or a split that isn't there.
    """
    root = place(path)
    local = isinstance(root, Path) and (root.is_file() or not is_dataset(root))
    if local and (shards := shards_at(root)):
        return replace(_folder(unpacked(shards), split), name=readable(root.resolve().name.removesuffix(".tar")))
    if not root.is_dir():
        raise UserError(
            f"{root} is not a folder: give a dataset of `synapt render`, or a folder that has a folder of videos per class"
        )
    return _dataset(root, split) if is_dataset(root) else _folder(root, split)


def is_directional(classes: Iterable[str]) -> bool:
    """Whether the names say that left and right matter, as in "turning left" or "arm_circling_clockwise"."""
    return any(SIDED.search(name.replace("_", " ")) for name in classes)


def mixed(lists: Sequence[ClipList]) -> ClipList:
    """One list of all clips. Classes of the same name become one; ids get the name of their list in front."""
    classes = tuple(dict.fromkeys(name for clips in lists for name in clips.classes))
    label = {name: k for k, name in enumerate(classes)}
    items = tuple(
        replace(item, id=f"{clips.name}/{item.id}", label=label[clips.classes[item.label]])
        for clips in lists
        for item in clips.items
    )
    remarks = tuple(remark for clips in lists for remark in clips.remarks)
    return ClipList("+".join(clips.name for clips in lists), classes, items, any(clips.directional for clips in lists), remarks)


def _dataset(root: Path, split: str | None) -> ClipList:
    data = open_dataset(root)
    classes = tuple(sorted(data.header.classes, key=data.header.classes.__getitem__))
    splits = sorted({row["split"] for row in data.rows})
    if not data.rows:
        raise UserError(f"{root} has no clips yet: let `synapt render` finish some")
    if split is not None and split not in splits:
        raise UserError(f"{root} has no clip of split '{split}': {nearest(split, splits)}")
    items = []
    for position, row in enumerate(data.rows):
        if split in (None, row["split"]):
            if row["action"] not in classes:
                raise UserError(f"{root} lists clips of a class that its dataset.json lacks: run `synapt verify --fix {root}`")
            files, label = data.files(position), classes.index(row["action"])
            items.append(Item(files.file_name, files.video, label, str(row["identity"]), labels=files.labels, factors=row))
    sided = is_directional(classes) if data.header.sided is None else bool(data.header.sided)
    return ClipList(readable(root.resolve().name), classes, tuple(items), sided)


def _folder(root: Path, split: str | None) -> ClipList:
    found = collection(root)
    parts = [part for part in found.parts if not part or split in (None, part)]
    if not parts or ("" in found.parts and split not in (None, "train")):
        has = ", ".join(filter(None, found.parts)) or "no folders train, val and test, so all of it is 'train'"
        raise UserError(f"{root} has no split '{split}': it has {has}")
    remarks = (readable(f"left out of {root}: {found.left_out}"),) if found.left_out else ()
    if not found.classes:
        raise UserError("; ".join([f"{root} contains no videos: put them as CLASS/CLIP.mp4 below it", *remarks]))
    classes = tuple(map(readable, found.classes))
    items = tuple(
        Item(readable(file.relative_to(root).as_posix()), file, found.classes.index(name), labels=_labels_beside(file))
        for part in parts
        for name, files in found.parts[part].items()
        for file in files
    )
    return ClipList(readable(root.resolve().name), classes, items, is_directional(classes), remarks)


def _labels_beside(video: Path) -> Path | None:
    """The labels that `synapt shapes` put beside its videos."""
    labels = video.with_suffix(".npz")
    return labels if labels.is_file() else None
