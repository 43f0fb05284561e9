"""Why something could not be read, in words for people: what Python and libraries say to programmers is no answer."""

from __future__ import annotations

from .errors import UserError
from .shown import shown

LONGEST = 200
"""Characters of somebody else's words."""


def reason_of(error: BaseException) -> str:
    """One line fit to be shown, never empty: a name that is missing, what the system says, or a library's first line.

    What tells of code alone (an index out of range, a type that has no such attribute) becomes "it is not made as it should be".
    """
    if isinstance(error, UserError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if isinstance(error, KeyError) and error.args and isinstance(error.args[0], str) and error.args[0].isprintable():
        return f"it has no '{error.args[0][:LONGEST]}'"
    if isinstance(error, LookupError | TypeError | AttributeError | ArithmeticError | MemoryError | AssertionError):
        return "it is not made as it should be"
    first = next(iter(str(error).strip().splitlines()), "")
    return shown(first)[:LONGEST] or "it is damaged"
