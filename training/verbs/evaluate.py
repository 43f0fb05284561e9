"""`synapt evaluate`."""

from __future__ import annotations

import click


@click.command()
def evaluate() -> None:
    """Measure how well a model transfers."""
