"""Arguments and options that several verbs take."""

from __future__ import annotations

from pathlib import Path

import click

from ..base.limits import Processes

DATASET = click.argument("dataset", type=click.Path(path_type=Path))
WORKERS = click.option("--workers", type=Processes(), default=None, help="Processes; by default what suits the machine.")
