"""`synapt bias`."""

from __future__ import annotations

import click


@click.command()
def bias() -> None:
    """Measure what a static view gives away."""
