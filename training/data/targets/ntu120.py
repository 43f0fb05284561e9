"""NTU RGB+D 120: everything from the file names; its official cross-subject and cross-setup divisions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from ....assets_manifest.targets import Counts, counts_from, target_info
from ....generator.base.errors import UserError
from ...values import Item, Target
from .building import Found, build
from .files import Videos

NAME = "ntu120"
CLIP = re.compile(r"S(?P<setup>\d{3})C(?P<camera>\d{3})P(?P<person>\d{3})R(?P<replicate>\d{3})A(?P<action>\d{3})(_rgb)?")
"""S001C002P003R002A058_rgb: setup, camera, person, replicate, action, all from 1."""

LEARNED = frozenset(
    (1, 2, 4, 5, 8, 9, 13, 14, 15, 16, 17, 18, 19, 25, 27, 28, 31, 34, 35, 38, 45, 46, 47, 49, 50, 52, 53, 54, 55, 56, 57, 58, 59,
     70, 74, 78, 80, 81, 82, 83, 84, 85, 86, 89, 91, 92, 93, 94, 95, 97, 98, 100, 103)
)  # fmt: skip
"""The 53 persons of 106 that cross-subject learns on (Liu et al. 2020)."""

MUTUAL = (*range(50, 61), *range(106, 121))
"""Actions of two people: 948 videos of each of the first eleven, 960 of the others."""


def load(
    root: Path,
    *,
    split: Literal["cross_subject", "cross_setup"] = "cross_subject",
    actions: Literal["all", "mutual"] = "all",
    allow_partial: bool = False,
    counts: Counts | Mapping[str, Any] | None = None,
) -> Target:
    """The RGB videos, found by their names in any folders below `root`, of all actions or those of two people.

    Cross-subject learns on 53 persons, cross-setup on setups of even numbers, where persons are on both sides. Groups are the
    persons that the names tell of, one a clip.
    """
    if split not in ("cross_subject", "cross_setup"):
        raise UserError(f"{NAME}: split = {split}; wanted cross_subject or cross_setup")
    if actions not in ("all", "mutual"):
        raise UserError(f"{NAME}: actions = {actions}; wanted all or mutual")
    official = target_info(NAME).class_names
    chosen = MUTUAL if actions == "mutual" else range(1, len(official) + 1)
    wanted = counts_from(counts, NAME)
    if counts is None and actions == "mutual":
        wanted = Counts(len(MUTUAL), clips=11 * 948 + 15 * 960, groups=wanted.groups)
    found = [item for stem, path in Videos(root).by_stem().items() if (item := _item(stem, path, chosen)) is not None]
    learn = [_is_learned(item, split) for item in found]
    sides = (
        [item for item, yes in zip(found, learn, strict=True) if yes],
        [i for i, yes in zip(found, learn, strict=True) if not yes],
    )
    division = f"official {split.replace('_', '-')}, {'actions of two people' if actions == 'mutual' else 'all actions'}"
    classes = [official[action - 1] for action in chosen]
    return build(Found(NAME, root, classes, {split: sides}, division, apart=split == "cross_subject"), wanted, allow_partial)


def _item(stem: str, path: Path, chosen: range | tuple[int, ...]) -> Item | None:
    """The clip of a file, None for one of another action or another name."""
    match = CLIP.fullmatch(stem)
    if match is None or int(match["action"]) not in chosen:
        return None
    person, setup = int(match["person"]), int(match["setup"])
    return Item(stem, path, chosen.index(int(match["action"])), f"P{person:03}", factors={"person": person, "setup": setup})


def _is_learned(item: Item, split: str) -> bool:
    return item.factors["person"] in LEARNED if split == "cross_subject" else item.factors["setup"] % 2 == 0
