"""What `synapt info --html` does."""

from __future__ import annotations

from pathlib import Path

import click

from ...generator.base.limits import PLACE


@click.command()
@click.argument("dataset", type=PLACE)
@click.argument("out", type=PLACE)
def card(dataset: Path, out: Path) -> None:
    """Write a dataset's data card as one HTML file."""
    from ...generator.base.console import bar
    from ..card.make import make_card

    with bar() as progress:
        make_card(dataset, out, progress)
    click.echo(out)
