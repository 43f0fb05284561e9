"""Weizmann: nine persons, ten actions, each person tested on once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ....assets_manifest.targets import Counts, target_info
from ...values import Item, Target
from .building import Found, build
from .division import leave_one_group_out
from .files import Videos

NAME = "weizmann"
PERSONS = ("daria", "denis", "eli", "ido", "ira", "lena", "lyova", "moshe", "shahar")
CLIP = re.compile(
    rf"(?P<person>{'|'.join(PERSONS)})_(?P<class>bend|jack|jump|pjump|run|side|skip|walk|wave1|wave2)(?P<take>[12]?)"
)
"""daria_walk, lena_walk1: lena ran, skipped and walked twice."""


def load(root: Path, *, allow_partial: bool = False, counts: Counts | Mapping[str, Any] | None = None) -> Target:
    """The 93 clips, found by their names <person>_<action>.avi in any folders below `root`; one fold a person."""
    names = target_info(NAME).class_names
    items = []
    for stem, path in Videos(root).by_stem().items():
        match = CLIP.fullmatch(stem)
        if match:
            items.append(Item(stem, path, names.index(match["class"]), match["person"]))
    folds = leave_one_group_out(items)
    return build(Found(NAME, root, names, folds, f"leave one person out, {len(folds)} folds"), counts, allow_partial)
