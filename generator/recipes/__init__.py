"""Recipes: what is varied and how far. A recipe is a TOML file beside this one that says where it departs from the defaults."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from ..base.bounded import read_toml
from ..base.errors import UserError, check_fields, nearest
from ..base.ranges import reason
from ..sampling.recipe import Recipe

FOLDER = Path(__file__).parent


def names() -> list[str]:
    """Recipes that come with the package."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


@cache
def load_recipe(name: str) -> Recipe:
    """The recipe of this name, or of a path ending in .toml. UserError for an unknown name, field or a bad value."""
    from .check import check

    path = Path(name) if name.endswith(".toml") else FOLDER / f"{name}.toml"
    if not path.exists():
        if path.parent != FOLDER:
            raise UserError(f"there is no recipe {path}: give the path of a .toml file, or one of {', '.join(names())}")
        raise UserError(f"unknown recipe '{name}': {nearest(name, names())} (or give the path of a .toml file)")
    try:
        table = read_toml(path)
    except (OSError, UserError) as error:
        raise UserError(f"recipe {error}") from error
    check_fields(table, Recipe, f"recipe {path}")
    try:
        recipe = msgspec.convert({"name": path.stem, **table}, Recipe)
    except msgspec.ValidationError as error:
        raise UserError(f"recipe {path}: {reason(error)}") from error
    check(recipe, f"recipe {path}")
    return recipe
