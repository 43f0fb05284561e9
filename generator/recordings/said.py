"""What is said of motion files: by a file of labels, a folder of texts, the texts beside them, or by their names."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

from ..base.errors import UserError
from ..base.shown import shown
from .contents import Contents, Listed, phase_of
from .gathering import Said, Sayings
from .label_files import read_labels, stretches
from .labels import Stretch, class_in_name
from .texts import read_text

UNNAMED = "unnamed"
"""The class of what neither labels nor names say anything of."""


def sayings_of(labels: str) -> Sayings:
    """What says what is in files: labels at a path (BABEL's JSON, a CSV, HumanML3D's folder of texts), or "" for what lies beside
    them and their names."""
    if not labels:
        return lambda path, file, take: _sayings(stretches(path), path, file, take)
    place = Path(labels).expanduser()
    if not place.exists():
        raise UserError(
            f"there is nothing at {shown(labels)}: give BABEL's .json, a .csv of file,class[,start,end], or a folder of texts"
        )
    if place.is_dir():
        return lambda path, file, take: _sayings(_of_folder(place, path), path, file, take)
    table = read_labels(place)
    return lambda path, file, take: _sayings(stretches(path, table) if table.of(path) else (), path, file, take)


def _of_folder(folder: Path, path: Path) -> tuple[Stretch, ...]:
    """The stretches of the text of a file's name."""
    text = folder / f"{path.stem}.txt"
    return read_text(text) if text.is_file() else ()


def _sayings(found: tuple[Stretch, ...], path: Path, file: Contents, take: Listed) -> tuple[Said, ...]:
    """The same of one take. Where a file of several takes isn't labelled in parts, their names say what they are."""
    name = class_in_name(path)
    if len(file.takes) > 1 and all(each.kind in ("", name) and each.start_s == 0.0 for each in found):
        own = Path(f"{take.name.replace('/', ' ')}.take")
        name = class_in_name(own) or class_in_name(own, manners=True) or name
        found = tuple(replace(each, kind=name) for each in found)
    return tuple(_said(each, name or UNNAMED, take) for each in found)


def _said(one: Stretch, name: str, take: Listed) -> Said:
    phases = tuple(map(phase_of, one.phases)) or take.segments
    end_s = one.end_s if math.isfinite(one.end_s) else None
    return Said(one.kind or name, one.start_s, end_s, one.caption or take.caption, phases)
