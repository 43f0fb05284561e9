"""`synapt verify`: check every clip of a dataset, and mend what rendering again would cure."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..base.console import remark, say
from ..base.errors import UserError
from ..base.limits import MOST_ROUNDS, Count
from ..base.shards import Shard
from .options import DATASET, SHARD, WORKERS, learning_half


@click.command()
@DATASET
@click.option("--fix", is_flag=True, help="Render broken and missing clips again.")
@click.option(
    "--sample", type=Count(MOST_ROUNDS, 0), default=8, show_default=True, help="Clips whose labels are made again and compared."
)
@click.option("--motion", "motions", multiple=True, metavar="PATH", help="Where the motion files are that clips were made of.")
@click.option("--leaks", is_flag=True, help="Then look for what tells the class besides the act; writes leaks.json.")
@WORKERS
@SHARD
@click.pass_context
def verify(
    context: click.Context,
    dataset: Path,
    fix: bool,
    sample: int,
    motions: tuple[str, ...],
    leaks: bool,
    workers: int | None,
    shard: Shard,
) -> None:
    """Check every clip of a dataset: files, frames, hashes, labels, motion."""
    from ..base.console import bar
    from ..base.exits import fail
    from ..checks.verify import check_dataset
    from ..dataset import read_header
    from ..jobs import remake, restore
    from ..recordings.finding import note
    from ..setup.prepare import cure, prepare
    from . import tell

    note(motions)
    if fix and (what := restore(dataset)):
        remark(f"{what}: it has been restored from the index")
    prepare(read_header(dataset).settings.body)
    with bar() as progress:
        report = check_dataset(dataset, sample, progress, shard)
    if fix and report.problems:
        tell.print_table(tell.problems(report))
        with bar() as progress:
            outcome = remake(dataset, report.broken, progress, report.doubted, shard, workers=workers, cure=cure)
        if outcome.interrupted:
            fail(f"stopped with {tell.count(outcome.left, 'clip')} to go: run the same command to go on", 130)
        for name, reason in outcome.quarantined.items():
            remark(f"{name} could not be made again and was left as it was: {reason}")
        with bar() as progress:
            report = check_dataset(dataset, sample, progress, shard)
    if report.problems:
        tell.print_table(tell.problems(report))
    say(f"{dataset}: {tell.count(report.checked, 'clip')} checked, {tell.count(len(report.problems), 'problem')}")
    for line in tell.cures(report, dataset, fix):
        remark(line)
    leaking = False
    if leaks:
        try:
            leaking = context.invoke(learning_half(context, "leaks"), dataset=dataset, workers=workers)
        except UserError as error:
            if not report.problems:
                raise
            remark(f"leaks were not looked for: {error}")
    sys.exit(1 if report.problems or leaking else 0)
