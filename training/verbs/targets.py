"""`synapt targets`: the real datasets that transfer is measured on, what to fetch for them, and whether all is well."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...generator.base.commands import Commands
from ...generator.base.console import remark, say
from .options import ALLOW_MISSING, ROOT, root_of

if TYPE_CHECKING:
    from ...assets_manifest.targets import Counts

OPTION = click.option("--option", "options", multiple=True, metavar="NAME=VALUE", help="Of the dataset, e.g. split=2.")


@click.group(cls=Commands, invoke_without_command=True)
@click.pass_context
def targets(context: click.Context) -> None:
    """Prepare and check the real datasets that transfer is measured on.

    On its own it lists them. None is shipped or downloaded: `prepare` says what to fetch, and from where.
    """
    if context.invoked_subcommand is None:
        from ...assets_manifest.targets import target_info, target_names

        for name in target_names():
            info = target_info(name)
            say(f"{name:<15} {info.title:<32} {_sizes(info.counts)}".rstrip())


def _sizes(counts: Counts) -> str:
    """Classes and clips, for people; nothing where nothing is published."""
    learned, tested = next(iter(counts.folds.values()), (0, 0))
    clips = counts.clips or (learned and tested and learned + tested)
    if clips:
        return f"{counts.classes} classes, {clips:,} clips"
    if tested:
        return f"{counts.classes} classes, {tested:,} test clips; the number of training clips is not published"
    return ""


@targets.command()
@click.argument("name")
@ROOT
def prepare(name: str, root: Path | None) -> None:
    """Say what is there of dataset NAME, and what to fetch from where."""
    from ..data.targets.prepare import prepare as prepared

    for line in prepared(name, root_of(name, root)).lines():
        say(line)


@targets.command()
@click.argument("name")
@ROOT
@OPTION
@ALLOW_MISSING
def check(name: str, root: Path | None, options: tuple[str, ...], allow_missing: float) -> None:
    """Read the lists of dataset NAME, compare them with the official numbers, and open every video."""
    from ...generator.base.console import bar
    from ...generator.base.named import typed
    from ..data.preflight import check as preflight
    from ..data.targets import load_target, options_from
    from ..data.targets.prepare import summary
    from ..values import ClipList

    target = load_target(typed(name), root_of(name, root), **options_from(options))
    for line in summary(target):
        say(line)
    remark(*target.remarks)
    items = {item.id: item for fold in target.folds for side in (fold.train, fold.test) for item in side.items}
    clips = ClipList(target.name, target.classes, tuple(items.values()), remarks=target.remarks)
    with bar() as progress:
        kept = preflight(clips, allow_missing, lambda done, total: progress(done, total, "reading videos"))
    remark(*kept.remarks[len(target.remarks) :])
    say(f"all {len(kept)} clips can be read" if len(kept) == len(clips) else f"{len(kept)} of {len(clips)} clips can be read")
