"""`synapt audit`."""

from __future__ import annotations

import click


@click.command()
def audit() -> None:
    """Measure what a model learned."""
