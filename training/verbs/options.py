"""Options that several verbs have."""

from __future__ import annotations

from pathlib import Path

import click

from ...generator.base.limits import PLACE, SHARE

ALLOW_MISSING = click.option(
    "--allow-missing", type=SHARE, default=0.0, show_default=True, help="Share of clips that may be unreadable."
)

ROOT = click.option("--root", type=PLACE, default=None, help="Where a named target's files are; by default targets/NAME.")


def root_of(name: str, root: Path | None) -> Path:
    """The folder of a named target: the one given as --root, or targets/NAME."""
    return root or Path("targets") / name
