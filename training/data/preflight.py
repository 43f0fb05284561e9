"""Every file is opened before any training; all problems are told at once."""

from __future__ import annotations

from ...generator.errors import UserError
from ..values import ClipList
from .reading import stretch

SHOWN = 20


def check(clips: ClipList, allow_missing: float = 0.0) -> ClipList:
    """The clips that can be read. UserError, naming the first of them, when more than the share `allow_missing` can't."""
    good, problems = [], []
    for position, item in enumerate(clips.items):
        try:
            stretch(item)
            good.append(position)
        except UserError as error:
            problems.append(str(error))
    if len(problems) > allow_missing * len(clips):
        raise UserError(f"{len(problems)} of {len(clips)} clips of {clips.name} cannot be read: " + "; ".join(problems[:SHOWN]))
    return clips if not problems else clips.pick(good)
