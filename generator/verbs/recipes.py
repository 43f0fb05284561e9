"""`synapt recipes`: what there is to vary, and how far each recipe goes."""

from __future__ import annotations

import click

from ..base.commands import Commands


@click.group(cls=Commands, invoke_without_command=True)
@click.pass_context
def recipes(context: click.Context) -> None:
    """List the recipes that `render --recipe` takes; `show` prints all of one."""
    if context.invoked_subcommand is None:
        from . import tell
        from .recipe_table import all_recipes

        tell.print_table(all_recipes())


@recipes.command()
@click.argument("recipe", default="standard")
@click.option("--with", "changes", multiple=True, metavar="KEY=VALUE", help="As for `render`.")
def show(recipe: str, changes: tuple[str, ...]) -> None:
    """Print every key of a recipe: value, what it may be, unit and meaning.

    RECIPE is a name or the path of a .toml file.
    """
    from .. import names
    from . import tell
    from .recipe_table import one_recipe

    tell.print_table(one_recipe(names.recipe(recipe, changes)[0]))
