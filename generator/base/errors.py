"""The one exception a user is meant to read, and the look-ups that raise it helpfully."""

import dataclasses
import difflib
from collections.abc import Iterable, Mapping
from typing import Any


class UserError(Exception):
    """Something the user can put right: one line saying what was got, what was wanted and what to do.

    The command line prints it without a traceback and ends with exit code 2.
    """


class OutOfReach(Exception):
    """A store in a network doesn't answer: one line, printed as a UserError's.

    It is none, since whoever takes what can't be read for damaged or missing must not take this for it.
    """


def began_with_interrupt(error: BaseException | None) -> bool:
    """Whether Ctrl-C is behind an error: in the middle of an import it comes out as another one."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


MANY = 30
"""More names than this are not listed in one line."""


CUTOFF = 0.7
"""How alike (difflib's ratio) a name must be to be offered: two letters changed places, one is missing, no more."""

SHORT, SHORT_CUTOFF = 4, 0.6
"""Letters of a word that counts as short: one wrong letter is a large part of it."""

PART_CUTOFF = 0.8
"""How alike one of the words of a longer name must be."""


def nearest(word: str, choices: Iterable[str], n: int = 3) -> str:
    """'did you mean a, b or c?' for a misspelt name, or the (short) list of choices."""
    names = sorted(choices)
    close = difflib.get_close_matches(word, names, n=n, cutoff=CUTOFF if len(word) > SHORT else SHORT_CUTOFF)
    if not close:  # 'shares' for 'test_share': a part of the name is as good as that
        close = [name for name in names if difflib.get_close_matches(word, name.replace(".", "_").split("_"), 1, PART_CUTOFF)][:n]
    if close:
        return "did you mean " + " or ".join(close) + "?"
    if not names:
        return "there is none"
    if len(names) > MANY:
        return f"none of the {len(names)} names is similar"
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
