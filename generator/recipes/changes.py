"""A recipe as one string: a name or the path of a .toml, and what is changed of it, "standard; body.age_years=60..80".

The string is what datasets, specs and streams hold, so changes are in one order and each value has one spelling.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from operator import attrgetter
from pathlib import Path
from typing import Any

from ..base.bounded import toml_value
from ..base.errors import UserError, nearest
from ..base.shown import shown
from ..sampling.recipe import Recipe
from .meanings import MEANINGS

KEYS = tuple(key for key in MEANINGS if key != "about")
"""What may be changed."""

ELEVATION = "camera.elevation_rad"
"""Short for camera.high_rad, with camera.high_share=1: every camera at a height of this range."""

MOST_CHARACTERS = 20_000
"""Of all changes together."""

_PARTS = re.compile(r"(?P<base>.+?\.toml|[^;]*)(?:;(?P<changes>.*))?", re.DOTALL)
_NEXT = re.compile(rf";\s*(?=(?:{'|'.join(map(re.escape, KEYS))})\s*=)")
"""Before the next change; names of one's own files may hold semicolons, too."""
_WORDS = re.compile(r"[A-Za-z_][\w:-]*(\s*,\s*[A-Za-z_][\w:-]*)*", re.ASCII)
_BARE = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


def split(recipe: str) -> tuple[str, dict[str, Any]]:
    """Name or path of what is changed, and the values changed, by "section.key". UserError for an unknown key or no value."""
    if ";" not in recipe or recipe.endswith(".toml"):
        return recipe, {}
    found = _PARTS.fullmatch(recipe)
    base, text = (found["base"], found["changes"]) if found else (recipe, None)
    if text is None or not text.strip():
        return base.strip(), {}
    if len(text) > MOST_CHARACTERS:
        raise UserError(f"the recipe '{shown(base)}' has changes of {len(text):,} characters: put them into a .toml file")
    return base.strip(), parse(part.strip("; ") for part in _NEXT.split(";" + text) if part.strip("; "))


def parse(changes: Iterable[str]) -> dict[str, Any]:
    """Values by "section.key" of changes like "body.age_years=60..80"; the last one of a key counts. UserError as `split`.

    Angles may be given in degrees: camera.roll_sd_deg=2 is camera.roll_sd_rad=0.034907.
    """
    values: dict[str, Any] = {}
    for change in changes:
        key, equals, text = (part.strip() for part in change.partition("="))
        if not equals or not text:
            raise UserError(f"a recipe with '{shown(change)[:80]}': write section.key=value, like body.age_years=60..80")
        word, degrees = key, key.endswith("_deg")
        key = f"{key[:-4]}_rad" if degrees else key
        if key == ELEVATION:
            values |= {"camera.high_share": 1, "camera.high_rad": _wanted(key, text, degrees)}
            continue
        if key not in KEYS:
            ends = [known for known in KEYS if known.endswith(f".{key}")]
            hint = f"did you mean {' or '.join(ends)}?" if ends else nearest(key, (*KEYS, ELEVATION))
            raise UserError(f"a recipe has no key '{shown(word)[:80]}': {hint} (`synapt recipes show standard` lists all)")
        values[key] = _wanted(key, text, degrees)
    return values


def _wanted(key: str, text: str, degrees: bool) -> Any:
    """A value as the key's default is made: words for a table are equal shares, one number for a range is both its ends."""
    usual = (0.0, 0.0) if key == ELEVATION else attrgetter(key)(Recipe(""))
    if isinstance(usual, Mapping) and _WORDS.fullmatch(text):
        return {word.strip(): 1 for word in text.split(",")}
    value = _value(key, text)
    value = _in_radians(key, value) if degrees else value
    is_range = isinstance(usual, tuple) and len(usual) == 2
    return [value, value] if is_range and isinstance(value, int | float) and not isinstance(value, bool) else value


def _in_radians(key: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_in_radians(key, each) for each in value]
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise UserError(f"the value of {key[:-4]}_deg is '{shown(str(value))[:60]}': write degrees, like 0..60")
    return round(math.radians(value), 6)


def joined(base: str, values: Mapping[str, Any]) -> str:
    """The string of both, in the one spelling that there is."""
    return "; ".join((base, *(f"{key}={spelt(values[key])}" for key in sorted(values))))


def title(recipe: str) -> str:
    """What specs call a recipe: a file by its stem."""
    base, values = split(recipe)
    return joined(Path(base).stem if base.endswith(".toml") else base, values)


def nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """The changes as a recipe file has them, by sections."""
    table: dict[str, Any] = {}
    for key, value in values.items():
        section, _, name = key.rpartition(".")
        (table.setdefault(section, {}) if section else table)[name] = value
    return table


def nested_keys(table: Mapping[str, Any]) -> set[str]:
    """The keys of what a recipe file says: the inverse of `nested`."""
    plain = ((section, [""] if not isinstance(part, Mapping) else list(part)) for section, part in table.items())
    return {f"{section}.{name}" if name else section for section, found in plain for name in found}


def spelt(value: Any) -> str:
    """A value as it is written after "=": "60..80", "0.5", "{night=1}", "[1, 0.5, 0]"."""
    if isinstance(value, bool) or value is None:
        return str(value).lower()
    if isinstance(value, int | float):
        return str(int(value)) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else str(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)}={_listed(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list | tuple):
        if len(value) == 2 and all(isinstance(each, int | float) for each in value):
            return f"{spelt(value[0])}..{spelt(value[1])}"
        return "[" + ", ".join(map(_listed, value)) + "]"
    return _quoted(str(value))


def _listed(value: Any) -> str:
    """As `spelt`, where TOML must be able to read it."""
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_listed, value)) + "]"
    return spelt(value)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _quoted(name)


def _quoted(text: str) -> str:
    steps = {'"': '\\"', "\\": "\\\\"}
    return '"' + "".join(steps.get(c, c) if c.isprintable() else f"\\U{ord(c):08x}" for c in text) + '"'


def _value(key: str, text: str) -> Any:
    """A range like 60..80, or any value as TOML has it."""
    try:
        if ".." in text and text[0] not in "{[\"'":
            low, _, high = text.partition("..")
            return [toml_value(low), toml_value(high)]
        return toml_value(text)
    except ValueError as error:
        raise UserError(
            f"the value of {key} is '{shown(text)[:80]}': write a range like 0.5..1, a number, or a table like {{night=1}}"
        ) from error
