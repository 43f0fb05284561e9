"""Arguments and options that several verbs take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..base.errors import UserError
from ..base.groups import MOST_VIEWS
from ..base.limits import PLACE, Count, Processes, Share

if TYPE_CHECKING:
    from ..jobs.workplace import Workplace

DATASET = click.argument("dataset", type=PLACE)
WITH = click.option(
    "--with", "changes", multiple=True, metavar="KEY=VALUE",
    help="Change the recipe (several allowed): body.age_years=60..80; `synapt recipes show standard` lists all keys.",
)  # fmt: skip
TWINS = click.option(
    "--twins", default="", metavar="FACTOR=N,...",
    help="Show each performance with N values of these factors and all else the same: background=4,camera=2.",
)  # fmt: skip
VIEWS = click.option("--views", type=Count(MOST_VIEWS), default=1, show_default=True, help="Cameras that film each performance.")
WORKERS = click.option(
    "--workers",
    type=Processes(),
    default="auto",
    metavar="N|auto",
    help="Processes; by default what cores, memory and cards bear.",
)
RAY = click.option("--ray", default="", metavar="auto|ADDRESS", help="Workers on a Ray cluster: this machine's, or HOST:PORT.")
RAY_RESOURCES = click.option(
    "--ray-resources", "resources", default="", metavar="NAME=AMOUNT,...",
    help="With --ray: what each worker takes of a node, e.g. CPU=4,GPU=0.5; by default what suits it.",
)  # fmt: skip
SHARD = click.option("--shard", type=Share(), default="1/1", metavar="I/N", help="Only share I of N, for machine I of N.")


def workplace(ray: str, resources: str) -> Workplace | None:
    """The cluster that was asked for; None where that is this machine."""
    if not ray:
        if resources:
            raise click.UsageError("--ray-resources is for --ray: add that")
        return None
    from ..jobs.on_ray import on_ray

    return on_ray(ray, resources)


def learning_half(context: click.Context, name: str) -> click.Command:
    """A command of the half that learns, which this half does not import: the whole `synapt` knows both."""
    whole = context.find_root().command
    found = whole.get_command(context, name) if isinstance(whole, click.Group) else None
    if found is None:
        raise UserError(f"'{name}' is a part of the command `synapt`: run it by that")
    return found
