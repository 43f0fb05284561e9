"""`synapt info`: what a dataset holds."""

from __future__ import annotations

import json
from pathlib import Path

import click

from .options import DATASET


@click.command()
@DATASET
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def info(dataset: Path, as_json: bool) -> None:
    """Show what is in a dataset."""
    from ..dataset import open_dataset
    from . import tell

    if as_json:
        from .facts import facts

        click.echo(json.dumps(facts(open_dataset(dataset)), indent=2))
        return
    for table in tell.dataset(open_dataset(dataset)):
        tell.print_table(table)
