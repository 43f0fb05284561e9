"""What verbs show on a terminal: the progress bar of all of them, and tables that a page can show, too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from textwrap import wrap

import click

from .pace import Pace, duration
from .shown import shown

WORTH_TELLING_S = 60.0
"""Where nobody watches a bar, work that is over before this is not told of."""


def say(line: object, *, err: bool = False) -> None:
    """Print one line on standard output or error; what of it comes from files is shown to a terminal, and not obeyed."""
    click.echo(shown(line), err=err)


def remark(*lines: str) -> None:
    """Print lines for people on standard error, as messages of the command's."""
    for line in lines:
        say(f"synapt: {line}", err=True)


def tell_plan(lines: Iterable[str], dry_run: bool) -> None:
    """Print what is going to be done: of a dry run that is the answer, else it is for people."""
    for line in lines:
        say(line) if dry_run else remark(line)


@contextmanager
def bar() -> Iterator[Callable[[int, int, str], None]]:
    """A bar on standard error; yields the function that takes (done, total, what); further lines of `what` stand below the bar.

    Where that is no terminal, one line says how long it will take.
    """
    from rich.console import Console, RenderableType
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.text import Text

    below: list[str] = []

    class Lines(Progress):
        """A bar with lines below it."""

        def get_renderables(self) -> Iterator[RenderableType]:
            yield from super().get_renderables()
            for line in below:
                yield Text(line, "dim", no_wrap=True, overflow="ellipsis")

    column = TextColumn("{task.fields[what]}", markup=False)
    progress = Lines(
        BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn(), column, console=Console(stderr=True)
    )
    task = progress.add_task("", total=None, what="")
    speed = Pace(0)

    def tell(done: int, total: int, what: str) -> None:
        nonlocal speed
        if (total, done) != (speed.total, max(done, speed.done)):  # another piece of work
            speed = Pace(total, done)
        speed.reach(done)
        if not progress.console.is_terminal:
            if speed.due() and speed.left_s and speed.left_s > WORTH_TELLING_S:
                remark(f"{done:,} of {total:,}: about {duration(speed.left_s)} left")
            return
        progress.start()  # not before there is something to tell: a refusal stays one line
        words, *below[:] = map(shown, what.split("\n"))
        progress.update(task, completed=done, total=total, what=words)

    try:
        yield tell
    finally:
        if progress.live.is_started:
            progress.stop()


def silent(done: int, total: int, what: str) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Grid:
    """A table as plain text: `left` says how many columns hold words (the others hold figures), `dim` which rows matter less."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    left: int = 1
    dim: frozenset[int] = frozenset()


def print_grids(grids: Iterable[Grid]) -> None:
    """Print tables; where nobody looks (a pipe, a log), wide enough to be read."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    console = console if console.is_terminal else Console(width=150)
    for grid in grids:
        console.print(Text(shown(grid.title), "bold"))
        table = Table()
        heads, rows = _narrowed(grid, console.width)
        for k, head in enumerate(heads):
            words = k < grid.left
            table.add_column(Text(head), justify="left" if words else "right", no_wrap=not words)
        for k, row in enumerate(rows):
            table.add_row(*map(Text, row), style="dim" if k in grid.dim else "")
        console.print(table)
        console.print(Text("\n".join(map(shown, grid.note.split("\n"))), "dim"), end="\n\n" if grid.note else "\n")


def _narrowed(grid: Grid, width: int) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Heads and rows that take `width` characters if they can: heads are wrapped, then intervals stand below their figures."""
    heads, rows = tuple(map(shown, grid.heads)), tuple(tuple(map(shown, row)) for row in grid.rows)
    if _width(heads, rows) > width:
        heads = tuple(h if k < grid.left else _wrapped(h, [row[k] for row in rows]) for k, h in enumerate(heads))
    if _width(heads, rows) > width:
        rows = tuple(tuple(c if k < grid.left else c.replace(" [", "\n[") for k, c in enumerate(row)) for row in rows)
        heads = tuple(
            h if k < grid.left else _wrapped(shown(grid.heads[k]), [row[k] for row in rows]) for k, h in enumerate(heads)
        )
    return heads, rows


def _width(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Characters that a table takes with nothing cut, frame and all."""
    columns = zip(*(heads, *rows), strict=True)
    return 1 + sum(3 + max(len(line) for text in column for line in text.split("\n")) for column in columns)


def _wrapped(head: str, cells: Sequence[str]) -> str:
    """A heading no wider than its column's figures and its own longest word."""
    widest = max([len(line) for text in cells for line in text.split("\n")] + [len(word) for word in head.split()])
    return "\n".join(wrap(head, widest, break_long_words=False))


def rows_of(rows: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Rows for a Grid."""
    return tuple(tuple(row) for row in rows)
