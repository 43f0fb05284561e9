"""Options that several verbs have."""

from __future__ import annotations

import click

from ...generator.base.limits import SHARE

ALLOW_MISSING = click.option(
    "--allow-missing", type=SHARE, default=0.0, show_default=True, help="Share of clips that may be unreadable."
)
