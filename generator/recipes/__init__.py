"""Recipes: what is varied and how far. A recipe is a TOML file beside this one that says where it departs from the defaults.

It may begin from another of ours (`extends = "plain"`), and says in [sources] where its numbers come from.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from ..base.bounded import read_toml
from ..base.errors import UserError, check_fields, nearest
from ..base.reasons import reason_of
from ..base.shown import shown
from ..sampling.recipe import Recipe

FOLDER = Path(__file__).parent

DEFAULT = "standard"
"""The recipe whose values are the defaults of the samplers: it says where these come from."""


def names() -> list[str]:
    """Recipes that come with the package."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


@cache
def load_recipe(name: str) -> Recipe:
    """The recipe of this name or path ending in .toml, changed by what may follow it: "standard; camera.fill=0.5..0.6".

    UserError for an unknown name, field or a bad value.
    """
    from .changes import nested, split, title
    from .check import check

    base, changed = split(name)
    path, table = _path(base), differences(base)
    where = f"recipe {path}" + (f" with {', '.join(changed)} changed" if changed else "")
    check_fields(table, Recipe, where)
    try:
        recipe = msgspec.convert({"name": title(base), **table}, Recipe)
        if changed:
            recipe = msgspec.convert(_laid_over(table, nested(changed)) | {"name": title(name)}, Recipe)
    except msgspec.ValidationError as error:
        raise UserError(f"{where}: {reason_of(error)}") from error
    check(recipe, where)
    return recipe


def _path(base: str) -> Path:
    path = Path(base) if base.endswith(".toml") else FOLDER / f"{base}.toml"
    if not path.exists():
        if path.parent != FOLDER:
            raise UserError(f"there is no recipe {path}: give the path of a .toml file, or one of {', '.join(names())}")
        raise UserError(f"unknown recipe '{shown(base)[:80]}': {nearest(base, names())} (or give the path of a .toml file)")
    return path


def differences(base: str) -> dict[str, Any]:
    """What the recipe of a name or path says otherwise than the defaults, as a file would have it, without its sources."""
    table, below = _read(base)
    table.pop("sources", None)
    return _laid_over({key: value for key, value in differences(below).items() if key != "about"}, table) if below else table


def sources(base: str) -> dict[str, str]:
    """Where numbers come from, by "section.key", or by "section" for what is left of it; those of what it extends included."""
    table, below = _read(base)
    said = table.get("sources", {})
    try:
        found = msgspec.convert(said, dict[str, str])
    except msgspec.ValidationError as error:
        raise UserError(f"recipe {_path(base)} [sources]: {reason_of(error)}") from error
    return {**(sources(below) if below else {}), **found}


def _read(base: str) -> tuple[dict[str, Any], str]:
    """The table of one file, and the name of what it extends, "" where that is the defaults."""
    path = _path(base)
    try:
        table = read_toml(path)
    except (OSError, UserError) as error:
        raise UserError(f"recipe {reason_of(error)}") from error
    below = table.pop("extends", "")
    if below and (below not in names() or below == base):
        raise UserError(f"recipe {path} extends '{shown(str(below))[:80]}': {nearest(str(below), names())}")
    return table, below


def _laid_over(table: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A recipe's table with the values of another in their places; tables of shares are replaced as a whole."""
    merged = dict(table)
    for key, value in changes.items():
        merged[key] = {**table.get(key, {}), **value} if isinstance(value, Mapping) else value
    return merged
