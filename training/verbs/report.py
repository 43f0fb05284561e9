"""`synapt report`."""

from __future__ import annotations

from pathlib import Path

import click

from ...generator.base.limits import LOCAL


@click.command()
@click.argument("runs", nargs=-1, required=True, type=LOCAL)
@click.option("--out", type=LOCAL, default=Path("report"), show_default=True, help="Folder of the report.")
@click.option("--title", default="Transfer report", show_default=True)
def report(runs: tuple[Path, ...], out: Path, title: str) -> None:
    """Make tables, figures and one page of all results in RUNS.

    RUNS are folders of runs, or any that hold what `synapt evaluate`, `synapt audit` and `synapt bias` wrote.
    """
    from ...generator.base.console import bar, print_grids
    from ..report.make import make_report
    from ..report.tables import grids_of

    with bar() as tell:
        paths, tables = make_report(runs, out, title, tell)
    print_grids(grids_of(tables))
    for path in paths:
        click.echo(path)
