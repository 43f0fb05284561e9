"""The progress bar of the training half's verbs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager


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
