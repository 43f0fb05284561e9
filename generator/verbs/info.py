"""`synapt info`: what a dataset holds."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..base.limits import PLACE
from .options import DATASET, learning_half


@click.command()
@DATASET
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@click.option("--html", type=PLACE, default=None, help="Write a data card, one page with plots and clips.")
@click.pass_context
def info(context: click.Context, dataset: Path, as_json: bool, html: Path | None) -> None:
    """Show what is in a dataset."""
    from ..dataset import open_dataset
    from . import tell

    if html is not None and as_json:
        raise click.UsageError("--json and --html are two answers: ask for one at a time")
    if html is not None:
        context.invoke(learning_half(context, "card"), dataset=dataset, out=html)
        return
    if as_json:
        from .facts import facts

        click.echo(json.dumps(facts(open_dataset(dataset)), indent=2))
        return
    for table in tell.dataset(open_dataset(dataset)):
        tell.print_table(table)
