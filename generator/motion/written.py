"""What a choreography writes is looked at as it is written, so that a slip is told at its line and not by the solver."""

from __future__ import annotations

import difflib
import math
from collections.abc import Collection
from typing import Any


def one_of(what: str, word: Any, choices: Collection[str]) -> None:
    """ValueError where `word` is none of `choices`, with the one that may have been meant first."""
    if word not in choices:
        close = difflib.get_close_matches(str(word), choices, n=1)
        meant = f"did you mean '{close[0]}'? " if close else ""
        known = f"{meant}choose from {', '.join(sorted(choices))}" if choices else "there is none at all"
        raise ValueError(f"no {what} is called '{word}': {known}")


def vector(what: str, value: Any, n: int = 3) -> None:
    """ValueError where `value` is not `n` finite numbers."""
    wrong = isinstance(value, str) or not hasattr(value, "__len__") or len(value) != n
    if wrong or not all(_finite(part) for part in value):
        wanted = "(out, forward, up)" if n == 3 else "(out, forward)"
        raise ValueError(f"{what} is {value!r}: give {n} finite numbers, {wanted}")


def number(what: str, value: Any) -> None:
    """ValueError where `value` is not one finite number."""
    if not _finite(value):
        raise ValueError(f"{what} is {value!r}: give one finite number")


def _finite(value: Any) -> bool:
    try:
        return math.isfinite(value)
    except TypeError:
        return False
