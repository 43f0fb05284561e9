"""`synapt pretrain`."""

from __future__ import annotations

import click


@click.command()
def pretrain() -> None:
    """Train a model on clips."""
