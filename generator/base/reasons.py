"""Why something could not be read, in words for people: what Python and libraries say to programmers is no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from .errors import OutOfReach, UserError
from .shown import shown

if TYPE_CHECKING:
    import msgspec

LONGEST = 200
"""Characters of somebody else's words."""


def reason_of(error: BaseException) -> str:
    """One line fit to be shown, never empty: a name that is missing, what the system says, or a library's first line.

    What tells of code alone (an index out of range, an attribute that is missing) becomes "its contents are not as expected".
    """
    if isinstance(error, UserError | OutOfReach):
        return shown(" ".join(str(error).split()))
    if isinstance(said := getattr(error, "strerror", None), str) and said:  # of OSError and FFmpeg's: no number, no path again
        return shown(said)
    if _is_of_msgspec(error):
        what, place = found_by_msgspec(error)
        return f"{place}: {what}" if place else what  # "fps: expected `float` <= 240.0"
    if isinstance(error, KeyError) and error.args and isinstance(error.args[0], str) and error.args[0].isprintable():
        return f"it has no '{error.args[0][:LONGEST]}'"
    if isinstance(error, LookupError | TypeError | AttributeError | ArithmeticError | MemoryError | AssertionError):
        return "its contents are not as expected"
    if isinstance(error, RecursionError):
        return "its brackets are nested too deeply"
    if isinstance(error, UnicodeError):
        return "it is not UTF-8 text"
    return _first_line(error) or "it is damaged"


def words_for_author(error: BaseException) -> str:
    """What somebody's own code raised, in one line for the one who wrote it: Python's words, and its kind of error where they
    say too little alone."""
    if isinstance(error, UserError):
        return reason_of(error)
    said, kind = shown(" ".join(str(error).split()))[:LONGEST], type(error).__name__
    if said and isinstance(error, ValueError | ImportError | AttributeError):
        return said
    return f"{kind}: {said}" if said else kind


def _first_line(error: BaseException) -> str:
    return shown(next(iter(str(error).strip().splitlines()), ""))[:LONGEST]


def _is_of_msgspec(error: BaseException) -> TypeGuard[msgspec.MsgspecError]:
    """Whether msgspec raised it; asked without importing it, for commands that only print their help come by here."""
    return type(error).__module__.partition(".")[0] == "msgspec"


def found_by_msgspec(error: msgspec.MsgspecError) -> tuple[str, str]:
    """What msgspec found wrong, and the entry where it did ("" for the whole): ("expected `float` <= 240.0", "settings.fps")."""
    what, _, place = shown(error).partition(" - at ")
    return what[:1].lower() + what[1:], place.strip("`").removeprefix("$").removeprefix(".")
