"""Which label says what a recording shows: that of a table, of a text beside it, of its name, in this order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ..base.errors import UserError
from ..base.shown import shown
from .babel import read_babel
from .labels import LabelTable, Stretch, class_in_name, read_csv
from .texts import read_text, text_of

_READERS = {".json": read_babel, ".csv": read_csv}


def read_labels(path: Path) -> LabelTable:
    """A label file for many recordings: BABEL's .json, or a .csv. UserError for another, or a broken one."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise UserError(f"{shown(path)} is no label file: give BABEL's .json, or a .csv of file,class,start,end,caption")
    return reader(path)


def stretches(path: Path, table: LabelTable | None = None) -> tuple[Stretch, ...]:
    """The labelled stretches of a recording, at least one; the class is that of its name, or "", where no label says one."""
    found = table.of(path) if table is not None else ()
    text = None if found else text_of(path)
    if text is not None:
        found = read_text(text)
    named = class_in_name(path)
    return tuple(stretch if stretch.kind else replace(stretch, kind=named) for stretch in found) or (Stretch(named),)
