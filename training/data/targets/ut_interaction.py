"""UT-Interaction, segmented sets 1 and 2: each of the ten sequences of a set is tested on once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from ....assets_manifest.targets import Counts, counts_from, target_info
from ....generator.base.errors import UserError
from ...values import Item, Target
from .building import Found, build
from .division import Folds, leave_one_group_out
from .files import Videos

NAME = "ut_interaction"
CLIP = re.compile(r"(?P<index>\d+)_(?P<sequence>\d+)_(?P<class>[0-5])")
SEQUENCES = {1: range(1, 11), 2: range(11, 21)}


def load(
    root: Path,
    *,
    set: Literal[1, 2, "both"] = 1,
    allow_partial: bool = False,
    counts: Counts | Mapping[str, Any] | None = None,
) -> Target:
    """The segmented clips of set 1, set 2, or both, found by their names <index>_<sequence>_<class>.avi in any folders.

    A fold tests on one sequence and learns from the other nine of its set, as in the contest; with both sets there are twenty
    folds. Sequence 6 of set 1 has five clips and sequence 8 seven. `counts` are those of one set.
    """
    if set not in (1, 2, "both"):
        raise UserError(f'{NAME}: set = {set}; wanted 1, 2 or "both"')
    chosen = (1, 2) if set == "both" else (int(set),)
    stems = Videos(root).by_stem()
    folds: Folds = {}
    for number in chosen:
        folds |= leave_one_group_out(_items(stems, number))
    wanted = counts_from(counts, NAME)
    total = Counts(wanted.classes, {}, wanted.clips * len(chosen), wanted.groups * len(chosen))
    which = "sets 1 and 2" if set == "both" else f"set {set}"
    division = f"segmented {which}, leave one sequence out, {len(folds)} folds"
    return build(Found(NAME, root, target_info(NAME).class_names, folds, division), total, allow_partial)


def _items(stems: Mapping[str, Path], number: int) -> list[Item]:
    """The clips of one set, in order of their index."""
    found = []
    for stem, path in stems.items():
        match = CLIP.fullmatch(stem)
        if match and int(match["sequence"]) in SEQUENCES[number]:
            group = f"set{number}-sequence{int(match['sequence']):02}"
            found.append((int(match["sequence"]), int(match["index"]), Item(stem, path, int(match["class"]), group)))
    return [item for *_, item in sorted(found, key=lambda row: row[:2])]
