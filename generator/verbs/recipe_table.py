"""Recipes as tables: their names, and the keys of one with value, range, unit and meaning."""

from __future__ import annotations

from operator import attrgetter

from rich.table import Table

from ..recipes import load_recipe, names
from ..recipes.changes import KEYS, spelt
from ..recipes.check import choices
from ..recipes.meanings import MEANINGS
from .tell import table


def all_recipes() -> Table:
    """Recipes by name, with what they are for."""
    return table("Recipes", ("name", "what it is for"), [(name, load_recipe(name).about) for name in names()])


def one_recipe(name: str) -> Table:
    """Every key of a recipe (a name, or what `names.recipe` gives), written as `--with` takes it."""
    recipe = load_recipe(name)
    rows = [(key, spelt(attrgetter(key)(recipe)), choices(key.rpartition(".")[2]), *MEANINGS[key]) for key in KEYS]
    title = f"{recipe.name}: {recipe.about}" if recipe.about else recipe.name
    return table(f"{title}\nchange a key by --with KEY=VALUE", ("key", "value", "may be", "unit", "meaning"), rows)
