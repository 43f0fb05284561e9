"""`synapt merge`: shards of one request, made on several machines, as one dataset."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..base.console import remark, say
from ..base.limits import PLACE

MOST_LINES = 100
"""Problems that are told one by one."""


@click.command()
@click.argument("parts", nargs=-1, required=True, type=PLACE)
@click.option("--out", type=PLACE, default=None, help="Folder of the whole; may be left out with --dry-run.")
@click.option("--dry-run", is_flag=True, help="Say whether they are one whole, and write nothing.")
def merge(parts: tuple[Path, ...], out: Path | None, dry_run: bool) -> None:
    """Join datasets that were rendered with --shard, and prove that they are all that was asked for.

    \b
        synapt merge data-1 data-2 data-3 --out data

    Every clip is there once, or twice with the same content; recipe, seed, size, versions and classes are the same. Otherwise
    there is a line for each problem, and nothing is written. Files are linked where they lie on the same disk, else copied; after
    a stop the same command goes on.
    """
    from ..base.console import bar
    from ..base.files import folder_to_write
    from ..jobs.merge import check_out
    from ..jobs.merge import merge as join
    from ..jobs.shards import examine
    from . import tell

    if out is None and not dry_run:
        raise click.UsageError("--out names the folder of the whole: give it, or --dry-run")
    joined = examine(parts)
    if joined.problems:
        remark(*joined.problems[:MOST_LINES])
        if len(joined.problems) > MOST_LINES:
            remark(f"and {len(joined.problems) - MOST_LINES:,} more problems like these")
        sys.exit(2)
    told = f"{tell.count(len(joined.clips), 'clip')} of {tell.count(len(set(parts)), 'dataset')}: all that was asked for"
    if out is not None:
        check_out(joined, folder_to_write(out))
    if dry_run or out is None:
        say(told)
        return
    with bar() as progress:
        linked, copied = join(joined, out, progress)
    say(f"{out}: {told}; {linked:,} files linked, {copied:,} copied")
