"""`synapt info`: what a dataset holds."""

from __future__ import annotations

from pathlib import Path

import click

from .options import DATASET


@click.command()
@DATASET
def info(dataset: Path) -> None:
    """Show what is in a dataset."""
    from ..dataset import open_dataset
    from . import tell

    for table in tell.dataset(open_dataset(dataset)):
        tell.print_table(table)
