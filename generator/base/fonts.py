"""Fonts that the machine has for names in any script, and what stands for a character that none of them can draw."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from .shown import shown

FIRST = "DejaVu Sans"
"""Comes with matplotlib; what it lacks is looked for in the fonts of the machine."""

_NO_TEXT = ("Last Resort", "cm", "STIXNonUnicode", "STIXSize")
"""Beginnings of families whose characters aren't what their numbers say."""

_UNSEEN = frozenset(("Cf", "Mn", "Me"))
"""Joiners, selectors and marks: nothing to write where the character that they change can't be drawn."""


def fonts_for(text: str) -> list[tuple[str, str]]:
    """(family, file) of the fonts that draw `text` together: the first one, then as few as it takes. Some characters may stay."""
    chosen = [(FIRST, _first())]
    missing = {ord(c) for c in text if c.isprintable()} - _charmap(chosen[0][1])
    while missing:
        family, file = max(_others(), key=lambda entry: len(missing & _charmap(entry[1])), default=chosen[0])
        if not missing & _charmap(file):
            break
        missing -= _charmap(file)
        chosen.append((family, file))
    return chosen


def runs(text: str) -> Iterator[tuple[str, str]]:
    """(part, font file) of a text as `written`, in order: each part is drawn by one font."""
    text = written(text)
    files = [file for _, file in fonts_for(text)]
    start, own = 0, ""
    for k, character in enumerate(text):
        file = next((file for file in files if ord(character) in _charmap(file)), files[0])
        if k > start and file != own:
            yield text[start:k], own
            start = k
        own = file
    if text:
        yield text[start:], own


def written(text: str) -> str:
    r"""`text` with what no font here can draw in other characters: pictures by their names, letters as \u6b69, control
    characters as `shown` has them. Lines stay lines."""
    known = frozenset[int]().union(*(_charmap(file) for _, file in fonts_for(text)))
    return "".join(c if c == "\n" or (ord(c) in known and shown(c) == c) else _in_words(c) for c in text)


def _in_words(character: str) -> str:
    kind = unicodedata.category(character)
    if kind in _UNSEEN and shown(character) == character:
        return ""
    if kind.startswith("S"):
        return f"<{unicodedata.name(character, 'sign').lower()}>"
    return character.encode("unicode_escape").decode("ascii") if ord(character) > 127 else shown(character)


@cache
def _first() -> str:
    from pathlib import Path

    from matplotlib import get_data_path

    return str(Path(get_data_path(), "fonts", "ttf", "DejaVuSans.ttf"))


def _others() -> list[tuple[str, str]]:
    """One font of each other family, upright and of ordinary weight where there is such a one, in order of their names."""
    from matplotlib.font_manager import fontManager

    found: dict[str, tuple[bool, int, str]] = {}
    for entry in fontManager.ttflist:
        if entry.name != FIRST and not entry.name.startswith(_NO_TEXT):
            weight = entry.weight if isinstance(entry.weight, int) else 400
            rated = (entry.style != "normal", abs(weight - 400), str(entry.fname))
            found[entry.name] = min(rated, found.get(entry.name, rated))
    return [(name, file) for name, (_, _, file) in sorted(found.items())]


@cache
def _charmap(file: str) -> frozenset[int]:
    """Characters that a font draws; none where it can't be read, or has pictures of one size only (as emoji in colour)."""
    from matplotlib.font_manager import get_font

    try:
        font = get_font(file)
        font.set_size(10, 100)
        return frozenset(font.get_charmap())
    except (OSError, RuntimeError, ValueError):
        return frozenset()
