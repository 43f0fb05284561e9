"""What verbs show on a terminal: the progress bar of all of them, and tables that a page can show, too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass


@contextmanager
def bar() -> Iterator[Callable[[int, int, str], None]]:
    """A bar on standard error; yields the function that takes (done, total, what)."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    words = TextColumn("{task.fields[what]}")
    progress = Progress(
        BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn(), words, console=Console(stderr=True)
    )
    task = progress.add_task("", total=None, what="")

    def tell(done: int, total: int, what: str) -> None:
        progress.start()  # not before there is something to tell: a refusal stays one line
        progress.update(task, completed=done, total=total, what=what)

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

    console = Console()
    console = console if console.is_terminal else Console(width=150)
    for grid in grids:
        table = Table(title=grid.title, title_justify="left", caption=grid.note or None, caption_justify="left")
        for k, head in enumerate(grid.heads):
            table.add_column(head, justify="left" if k < grid.left else "right")
        for k, row in enumerate(grid.rows):
            table.add_row(*row, style="dim" if k in grid.dim else "")
        console.print(table)


def rows_of(rows: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Rows for a Grid."""
    return tuple(tuple(row) for row in rows)
