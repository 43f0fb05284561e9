"""`synapt models`."""

from __future__ import annotations

import click


@click.command()
def models() -> None:
    """List models."""
