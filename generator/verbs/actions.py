"""`synapt actions`: the library, and one action in full."""

from __future__ import annotations

import click


@click.command()
@click.option("--tag", default=None, help="Only actions with this tag.")
@click.option("--show", default=None, metavar="NAME", help="Everything about one action.")
def actions(tag: str | None, show: str | None) -> None:
    """List all actions."""
    from .. import names
    from . import tell

    tell.print_table(tell.one_action(names.action(show)) if show else tell.all_actions(names.tagged(tag)))
