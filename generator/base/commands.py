"""A group of commands that answers a misspelt one with those that are like it."""

from __future__ import annotations

import click

from .errors import nearest
from .shown import shown


class Commands(click.Group):
    """click's own says only that there is no such command."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names. UsageError with the nearest names for one that there is not."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            raise click.UsageError(f"no command '{shown(name)}': {nearest(name, self.list_commands(ctx))}", ctx)
        return super().resolve_command(ctx, args)
