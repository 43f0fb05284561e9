"""`synapt report`."""

from __future__ import annotations

import click


@click.command()
def report() -> None:
    """Make tables and a page of results."""
