"""Texts beside recordings: HumanML3D's `texts/`, Motion-X's and InterHuman's captions, one file of the recording's name each.

HumanML3D's lines are `caption#word/KIND word/KIND...#start#end`, in seconds, both 0 for the whole; a line without # is a caption.
"""

from __future__ import annotations

import math
from pathlib import Path

from ..base.bounded import is_regular, read_bytes
from ..base.errors import UserError
from ..base.shown import shown
from .labels import LATEST_S, Stretch

FOLDERS = ("texts", "annots", "semantic_labels")
"""Beside the folder that a recording is in."""


def text_of(path: Path) -> Path | None:
    """The text of a recording, of its name with .txt: beside it, or in a folder of texts beside its folder; None for none.

    Motion files that are texts themselves (DeepMimic) have none of their own name.
    """
    beside = [path.with_suffix(".txt")] if path.suffix.lower() != ".txt" else []
    folders = [path.parent.parent / folder / f"{path.stem}.txt" for folder in FOLDERS]
    return next((each for each in (*beside, *folders) if is_regular(each)), None)


def read_text(path: Path) -> tuple[Stretch, ...]:
    """Its stretches, each time once with the first caption that it has; the class is not said. UserError for what is no text."""
    try:
        lines = read_bytes(path).decode("utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        raise UserError(f"{shown(path)} is no readable text in UTF-8: give captions, one a line") from error
    found: dict[tuple[float, float], str] = {}
    for number, line in enumerate(lines, start=1):
        caption, *rest = (part.strip() for part in line.split("#"))
        if caption:
            found.setdefault(_times(rest[1:3], f"{shown(path)}, line {number}"), shown(caption)[:500])
    return tuple(Stretch("", caption, start, end) for (start, end), caption in found.items())


def _times(words: list[str], what: str) -> tuple[float, float]:
    """(start, end) in seconds; the whole where none are said, or both are 0 or NaN as HumanML3D writes it."""
    try:
        start, end = (float(word) for word in words) if len(words) == 2 else (0.0, 0.0)
    except ValueError:
        raise UserError(
            f"{what} has the times '{shown('#'.join(words))[:40]}': wanted caption#words#start#end in seconds"
        ) from None
    if (start == end == 0.0) or math.isnan(start) or math.isnan(end):
        return 0.0, math.inf
    if not 0.0 <= start < end <= LATEST_S:
        raise UserError(f"{what} is from {start:g} to {end:g} s: wanted start < end in seconds")
    return start, end
