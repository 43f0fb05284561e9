"""Recipes as tables: their names, and the keys of one with value, range, unit and meaning."""

from __future__ import annotations

from operator import attrgetter

from rich.table import Table

from ..recipes import DEFAULT, differences, load_recipe, names, sources
from ..recipes.changes import KEYS, nested_keys, spelt, split
from ..recipes.check import choices
from ..recipes.meanings import MEANINGS
from .tell import table


def all_recipes() -> Table:
    """Recipes by name, with what they are for, and the sections in which they differ from the defaults."""
    rows = [(name, load_recipe(name).about, _sections(name) or "-") for name in names()]
    return table("Recipes", ("name", "what it is for", "differs in"), rows)


def _sections(name: str) -> str:
    return ", ".join(key for key in differences(name) if key != "about")


def one_recipe(name: str) -> Table:
    """Every key of a recipe (a name, or what `names.recipe` gives), written as `--with` takes it, and where its value is from."""
    recipe, (base, changed) = load_recipe(name), split(name)
    said, its = sources(base), nested_keys(differences(base))
    usual = sources(DEFAULT)
    rows: list[tuple[str, ...]] = []
    before = ""
    for key in KEYS:
        from_where = said if key in its else usual
        source = "--with" if key in changed else from_where.get(key, from_where.get(key.partition(".")[0], ""))
        value = spelt(attrgetter(key)(recipe))
        rows.append((key, value, choices(key.rpartition(".")[2]), *MEANINGS[key], "as above" if source == before else source))
        before = source
    title = f"{recipe.name}: {recipe.about}" if recipe.about else recipe.name
    columns = ("key", "value", "may be", "unit", "meaning", "where it comes from")
    return table(f"{title}\nchange a key by --with KEY=VALUE", columns, rows)
