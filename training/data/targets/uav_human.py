"""UAV-Human: everything from the file names; its official cross-subject divisions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from ....assets_manifest.targets import Counts, counts_from
from ....generator.base.errors import UserError
from ...values import Item, Target
from .building import Found, build
from .files import Videos, lines

NAME = "uav_human"
N_PERSONS = 119
CLIP = re.compile(
    r"P(?P<person>\d{3})S(?P<setup>\d{2})G(?P<gender>\d{2})B(?P<backpack>\d{2})H(?P<hat>\d{2})"
    r"UC(?P<upper>\d{6})LC(?P<lower>\d{6})A(?P<action>\d{3})R(?P<replicate>\d)_(?P<time>\d{8})"
)
"""P070S01G10B00H10UC102000LC092000A031R0_09131758: person, setup, genders, backpacks, hats, clothes, action, copy, time."""

# Persons that are not learned from, of 0-118: what the training lists in the README of github.com/sutdcv/UAV-Human leave out.
TESTED: dict[str, frozenset[int]] = {
    "cross_subject_v1": frozenset(
        (1, 3, 4, 9, 22, 23, 24, 31, 41, 54, 58, 60, 66, 72, 74, 75, 91, 92, 93, 94, 95, 96, 97, 99, 101, 104, 107, 108, 109, 113)
    ),
    "cross_subject_v2": frozenset(
        (1, 2, 7, 9, 13, 15, 17, 23, 25, 27, 28, 33, 34, 41, 42, 48, 50, 51, 53, 55, 58, 65, 68, 76, 82, 85, 90, 98, 105, 116)
    ),
}


def load(
    root: Path,
    *,
    split: Literal["cross_subject_v1", "cross_subject_v2"] = "cross_subject_v1",
    class_names: str = "",
    allow_partial: bool = False,
    counts: Counts | Mapping[str, Any] | None = None,
) -> Target:
    """UAV-Human's RGB videos, found by their names in any folders below `root`; groups are persons.

    Its files number the actions without naming them, so classes are called A000 to A154 unless `class_names` is a file with
    their names, one a line in that order.
    """
    if split not in TESTED:
        raise UserError(f"{NAME}: split = {split}; wanted {' or '.join(TESTED)}")
    n_classes = counts_from(counts, NAME).classes
    names = lines(Path(class_names)) if class_names else [f"A{k:03}" for k in range(n_classes)]
    videos = Videos(root)
    found: list[Item] = []
    for stem, path in videos.by_stem().items():
        match = CLIP.fullmatch(stem)
        if match is not None:
            found.append(_item(stem, path, match, len(names)))
    tested = TESTED[split]
    sides = (
        [item for item in found if item.factors["person"] not in tested],
        [item for item in found if item.factors["person"] in tested],
    )
    division = f"official {split.replace('_', '-')}: {N_PERSONS - len(tested)} persons to learn on, {len(tested)} to test on"
    return build(Found(NAME, root, names, {split: sides}, division), counts, allow_partial)


def _item(stem: str, path: Path, match: re.Match[str], n_classes: int) -> Item:
    person, action = int(match["person"]), int(match["action"])
    if person >= N_PERSONS or action >= n_classes:
        raise UserError(
            f"{NAME}: {path.name} is of person {person} and action {action}; wanted persons below {N_PERSONS} and actions below "
            f"{n_classes}: it is not a video of this dataset; take it out"
        )
    factors = {"person": person, "setup": int(match["setup"]), "gender": match["gender"][0]}
    return Item(stem, path, action, f"P{person:03}", factors=factors)
