"""Anybody's own videos: one folder a class, divided as its owner says."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ....assets_manifest.targets import Counts
from ....generator.base.errors import UserError
from ....generator.base.reasons import reason_of
from ...values import ClipList, Item, Target
from ..clips import open_clips
from .building import Found, Sides, build
from .division import class_folds, class_share, group_folds, leave_one_group_out

NAME = "folder"


def load(
    root: Path,
    *,
    folds: int | None = None,
    group: str = "",
    test_share: float = 0.3,
    seed: int = 0,
    add_val: bool = False,
    directional: bool | None = None,
    counts: Counts | Mapping[str, Any] | None = None,
) -> Target:
    """A folder of <class>/<clip>.mp4, or of train/<class>/... and test/<class>/... (or a dataset of ours).

    With train/ and test/ (or, without test/, val/) these are the two sides; `add_val` learns from val/ as well. Otherwise
    `group`, a regular expression, takes the person or scene from each clip's path (its first bracket, or all it matches) and
    whole groups are tested on: `folds` of them (5), or one at a time (0). Without `group`, `test_share` of each class is tested
    on, or each class is dealt out over `folds`; a hash of (seed, path) says which, so that it is the same everywhere.
    `directional` None is as a dataset of ours says, else decided by the classes' names.
    """
    clips = open_clips(root)
    sides, division = _given(root, clips, add_val)
    chosen: Mapping[str, Sides]
    if sides:
        chosen = {"test": sides}
    elif group:
        chosen, division = _by_group(_grouped(clips, group), 5 if folds is None else folds, seed)
    else:
        chosen, division = _by_class(clips, folds, test_share, seed)
    sided = clips.directional if directional is None else directional
    found = Found(
        NAME, root, clips.classes, chosen, division, directional=sided, called=clips.name, remarks=clips.remarks
    )  # fmt: skip
    return build(found, counts)


def _given(root: Path, clips: ClipList, add_val: bool) -> tuple[Sides | None, str]:
    """The division that the folder comes with, if it has one."""
    found = {}
    for name in ("train", "val", "test"):
        members = [item for item in clips.items if _split(item) == name]
        if members:
            found[name] = members
    measured = "test" if "test" in found else "val"
    if "train" not in found or measured not in found:
        return None, ""
    learned = found["train"]
    if add_val and measured == "test":
        learned = [*learned, *found.get("val", [])]
    return (learned, found[measured]), f"as given: {'train + val' if add_val else 'train'} and {measured}"


def _split(item: Item) -> str:
    """Which split a clip belongs to: what metadata says of ours, else the first folder of its path."""
    return str(item.factors.get("split", item.id.split("/", 1)[0]))


def _grouped(clips: ClipList, group: str) -> list[Item]:
    try:
        pattern = re.compile(group)
    except re.error as error:
        raise UserError(
            f"{NAME}: group = {group} is not a regular expression ({reason_of(error)}): write it like (s\\d+)_"
        ) from error
    found = []
    for item in clips.items:
        match = pattern.search(item.id)
        if match is None:
            raise UserError(f"{NAME}: group = {group} matches nothing in {item.id}: every clip needs a group")
        found.append(dataclasses.replace(item, group=match[1] if pattern.groups else match[0]))
    return found


def _by_group(items: list[Item], folds: int, seed: int) -> tuple[Mapping[str, Sides], str]:
    n = len({item.group for item in items})
    if n < 2 or not (folds == 0 or 2 <= folds <= n):
        raise UserError(f"{NAME}: folds = {folds} with {n} groups; wanted 2 to the number of groups, or 0 for one group a fold")
    if folds == 0:
        return leave_one_group_out(items), f"leave one of {n} groups out"
    return group_folds(items, folds, seed), f"{folds} folds of whole groups ({n}), seed {seed}"


def _by_class(clips: ClipList, folds: int | None, share: float, seed: int) -> tuple[Mapping[str, Sides], str]:
    items = list(clips.items)
    if max(Counter(item.label for item in items).values()) < 2:
        raise UserError(f"{clips.name}: no class has two clips, one for training and one for testing: add some videos")
    if folds is not None:
        if not 2 <= folds <= len(items):
            raise UserError(f"{NAME}: folds = {folds}; wanted 2 to the number of clips ({len(items)})")
        return class_folds(items, folds, seed), f"{folds} folds of each class, seed {seed}"
    if not 0.0 < share < 1.0:
        raise UserError(f"{NAME}: test_share = {share}; wanted more than 0 and less than 1")
    return class_share(items, share, seed), f"{share:.0%} of each class tested on, seed {seed}"
