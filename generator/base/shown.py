"""Text from files, names of files and other people's words, made fit for a line on a terminal or a name on a disk."""

from __future__ import annotations

import unicodedata

from .errors import UserError

_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
"""Unicode categories that steer a terminal, reorder a line or can't be encoded."""

_JOINERS = frozenset("\u200c\u200d")
"""Format characters that names in Persian, Hindi and emoji need."""

LONGEST_NAME = 200
"""Bytes of a plain name in UTF-8: with a number and a suffix it still fits the 255 that file systems take."""


def shown(text: object) -> str:
    r"""`text` as one line that a terminal shows and does not obey: control characters, bidirectional marks and lone surrogates
    (file names that are not UTF-8) become \x1b, \u202e and the like."""
    return "".join(c if _harmless(c) else c.encode("unicode_escape").decode("ascii") for c in str(text))


def readable(name: str) -> str:
    r"""A name of the file system as text that can be written anywhere: bytes that are no UTF-8 become \udcff and the like."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _harmless(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character) not in _HIDDEN


def is_plain(name: str) -> bool:
    """Whether `plain_name` takes it."""
    try:
        plain_name(name, "")
    except UserError:
        return False
    return True


def plain_name(name: str, what: str) -> str:
    """`name` if it can be a file or folder of that name in any folder; else UserError, which calls it `what`.

    Not empty, at most LONGEST_NAME bytes, no slash, backslash, control character or lone surrogate, no dot or space at its
    beginning, no blank at its end.
    """
    size = len(name.encode("utf-8", "surrogatepass"))
    if not name or size > LONGEST_NAME:
        raise UserError(f"{what} has {size} bytes ('{shown(name[:40])}'): wanted 1 to {LONGEST_NAME}")
    if name[0] in ". " or name != name.rstrip() or any(c in "/\\" or not _harmless(c) for c in name):
        raise UserError(f"{what} is '{shown(name)}': wanted a plain name without slashes, control characters or a dot in front")
    return name
