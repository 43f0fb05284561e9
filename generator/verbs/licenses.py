"""`synapt licenses`: under which terms assets and datasets may be used."""

from __future__ import annotations

from pathlib import Path

import click

from ..base.limits import PLACE


@click.command()
@click.argument("dataset", required=False, type=PLACE)
def licenses(dataset: Path | None) -> None:
    """List the licences of all assets, or of those that a dataset was made with."""
    from ..dataset import read_header
    from . import tell

    tell.print_table(tell.licences(read_header(dataset).licences if dataset else None))
