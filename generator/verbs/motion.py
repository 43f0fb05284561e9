"""`synapt motion`: what is in motion files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..base.console import remark, say
from ..base.limits import LOCAL, Count


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--labels", default="", metavar="FILE", help="As --motion-labels of `synapt render`: classes and captions by these."
)
@click.option("--up", type=click.Choice(["z", "y", "-y"]), default=None, help="Which axis of theirs is up; else as they say.")
@click.option("--sheet", type=LOCAL, default=None, help="Draw skeletons, and below them our person, into a PNG.")
@click.option("--n", type=Count(64), default=8, show_default=True, help="Takes on the sheet.")
def motion(paths: tuple[str, ...], labels: str, up: str | None, sheet: Path | None, n: int) -> None:
    """List what is in motion files: takes, people, seconds, frames a second, the class, and what was guessed.

    PATH is a file, a folder, a 'pattern*.bvh', or FILE+FILE for two people who move together.
    """
    from ..base.console import bar
    from ..base.errors import UserError
    from ..recordings.finding import found_at
    from ..recordings.gathering import look_into
    from ..recordings.said import sayings_of
    from . import tell

    if sheet and sheet.suffix.lower() != ".png":
        raise UserError(f"--sheet {sheet} is to be a picture: give a name that ends in .png")
    says = sayings_of(labels)
    with bar() as progress:
        looked = look_into(found_at(paths), progress, up or "")
    for table in tell.motions(looked, says):
        tell.print_table(table)
    for why in looked.set_aside.values():
        remark(f"set aside: {why}")
    if sheet:
        from ..setup.prepare import prepare
        from .compared import write_comparison

        prepare("anny")
        say(write_comparison(looked, sheet, n))
    sys.exit(1 if looked.set_aside else 0)
