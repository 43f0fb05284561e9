"""The one exception a user is meant to read, and the look-ups that raise it helpfully."""

import dataclasses
import difflib
from collections.abc import Iterable, Mapping
from typing import Any


class UserError(Exception):
    """Something the user can put right: one line saying what was got, what was wanted and what to do.

    The command line prints it without a traceback and ends with exit code 2.
    """


MANY = 30
"""More names than this are not listed in one line."""


CUTOFF = 0.7
"""How alike (difflib's ratio) a name must be to be offered: two letters changed places, one is missing, no more."""


def nearest(word: str, choices: Iterable[str], n: int = 3) -> str:
    """'did you mean a, b or c?' for a misspelt name, or the (short) list of choices."""
    names = sorted(choices)
    close = difflib.get_close_matches(word, names, n=n, cutoff=CUTOFF)
    if close:
        return "did you mean " + " or ".join(close) + "?"
    if not names:
        return "there is none"
    if len(names) > MANY:
        return f"none of the {len(names)} names is like it"
    return "choose one of " + ", ".join(names)


def check_fields(table: Mapping[str, Any], kind: type, where: str) -> None:
    """Refuse a name that the dataclass doesn't have: a misspelt one would otherwise silently do nothing."""
    known = {entry.name: entry for entry in dataclasses.fields(kind)}
    for key, value in table.items():
        if key not in known:
            raise UserError(f"{where} has an unknown entry '{key}': {nearest(key, known)}")
        factory = known[key].default_factory
        if isinstance(value, Mapping) and isinstance(factory, type) and dataclasses.is_dataclass(factory):
            check_fields(value, factory, f"{where} [{key}]")
