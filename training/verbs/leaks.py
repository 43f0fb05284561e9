"""What `synapt verify --leaks` does after it has checked the files."""

from __future__ import annotations

from pathlib import Path

import click

from ...generator.base.limits import PLACE, Processes


@click.command()
@click.argument("dataset", type=PLACE)
@click.option("--workers", type=Processes(), default=None)
def leaks(dataset: Path, workers: int | None) -> bool:
    """Look for what tells the class besides the act, and whether anything does; writes leaks.json into the dataset."""
    from ...generator.base.console import bar, print_grids, remark, say
    from ...generator.base.machine import usable_cores
    from ..leaks.measure import look_for_leaks
    from ..leaks.report import save
    from ..leaks.show import advice, grids, verdict

    with bar() as progress:
        report = look_for_leaks(dataset, workers=workers or usable_cores(), progress=progress)
    print_grids(grids(report))
    say(verdict(report))
    remark(*advice(report))
    click.echo(save(report, dataset))
    return bool(report.leaks)
