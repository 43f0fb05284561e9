"""GMDCSA24: falls and daily activities of four persons at home, each person tested on once."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from ....assets_manifest.targets import Counts, target_info
from ....generator.base.errors import UserError
from ....generator.base.reasons import reason_of
from ...values import Item, Target
from .building import Found, build
from .division import leave_one_group_out
from .files import Videos, hint

NAME = "gmdcsa24"
KINDS = {"ADL": 0, "Fall": 1}
STAMP = re.compile(r"(?P<what>[A-Za-z]+)[^;\[\]]*\[(?P<times>[^\[\]]*)")
"""One entry of the last column: "Falling (SW)[3.4 to 6]", "Standing[0 to 0.5; 4.2 to 6.5]"; brackets are not always closed."""
SPAN = re.compile(r"(?P<start>\d+(?:\.\d+)?)\s*(?:to)?\s+(?P<end>\d+(?:\.\d+)?)")


def load(
    root: Path,
    *,
    cut: Literal["videos", "stamps"] = "videos",
    allow_partial: bool = False,
    counts: Counts | Mapping[str, Any] | None = None,
) -> Target:
    """Fall or no fall, one fold a person.

    `root` holds Subject 1/ADL.csv, Subject 1/Fall.csv (columns: file name, length, time, attire, description, time-stamped
    classes) and Subject 1/ADL/01.mp4, Subject 1/Fall/01.mp4. `cut` "videos" labels each whole video by its folder; "stamps"
    takes the time-stamped stretches, each a clip of its own: those called falling are falls, all others are not.
    """
    if cut not in ("videos", "stamps"):
        raise UserError(f"{NAME}: cut = {cut}; wanted videos or stamps")
    lists = sorted(root.glob("Subject */*.csv"))
    if not lists:
        raise UserError(f"{NAME}: no 'Subject 1/ADL.csv' in {root}; wanted the folder that holds Subject 1/: {hint(NAME, root)}")
    videos = Videos(root)
    whole = [item for path in lists for item in _list(path, root, videos)]
    missing = {item.id for item in whole if not item.path.is_file()}
    found = Found(NAME, root, target_info(NAME).class_names, leave_one_group_out(whole), "", missing)
    target = build(found, counts, allow_partial)  # numbers are of whole videos
    division = f"leave one person out, {len(target.folds)} folds"
    if cut == "videos":
        return Target(NAME, target.folds, division, target.licence, target.source, target.missing_share)
    pieces = [piece for item in whole if item.id not in missing for piece in _stretches(item)]
    found = Found(NAME, root, found.classes, leave_one_group_out(pieces), f"time-stamped stretches, {division}", ())
    cut_up = build(found, Counts(0))
    return Target(NAME, cut_up.folds, cut_up.division, target.licence, target.source, target.missing_share)


def _list(path: Path, root: Path, videos: Videos) -> list[Item]:
    """The videos that a csv names."""
    if path.stem not in KINDS:
        raise UserError(f"{path}: wanted {' and '.join(f'{kind}.csv' for kind in KINDS)} only: move it away")
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = [[cell.strip() for cell in row] for row in csv.reader(file) if any(cell.strip() for cell in row)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UserError(f"{path} cannot be read ({reason_of(error)}): fetch it again") from error
    found = []
    for row in rows[1:]:
        name = row[0].rpartition(".")[0]
        if len(row) < 6 or not name:
            raise UserError(
                f"{path}: got '{','.join(row)[:60]}', wanted six columns that begin with the file's name: fetch it again"
            )
        key = f"{path.parent.name}/{path.stem}/{name}"
        factors = {"time": row[2], "attire": row[3], "description": ",".join(row[4:-1]), "stamps": row[-1]}
        where = videos.find(key) or root / f"{key}.mp4"
        found.append(Item(key, where, KINDS[path.stem], path.parent.name, factors=factors))
    return found


LONGEST_S = 1e5
"""No video lasts longer; times beyond are no times."""


def _stretches(item: Item) -> list[Item]:
    """The time-stamped stretches of a video, those of one label that overlap as one; without readable times none."""
    spans: dict[int, list[tuple[float, float]]] = {label: [] for label in KINDS.values()}
    for entry in STAMP.finditer(item.factors["stamps"]):
        label = KINDS["Fall" if entry["what"].lower().startswith("fall") else "ADL"]
        for span in SPAN.finditer(entry["times"]):
            start, end = float(span["start"]), float(span["end"])
            if start < end <= LONGEST_S:
                spans[label].append((start, end))
    return [
        Item(f"{item.id}@{start:g}-{end:g}", item.path, label, item.group, start, end, factors=item.factors)
        for label, found in spans.items()
        for start, end in _merged(found)
    ]


def _merged(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Spans that overlap as one."""
    merged: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
