"""`synapt targets`."""

from __future__ import annotations

import click


@click.command()
def targets() -> None:
    """Prepare and check datasets."""
