"""Make many clips: find what is missing, let workers make it, keep the index, stop cleanly."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..base.errors import OutOfReach, UserError
from ..base.files import appearing
from ..base.lock import only_one
from ..base.shards import WHOLE, Shard
from ..dataset import read_header
from ..render.blender.devices import choose
from .crew import Crew
from .lane import lines, total_per_hour
from .request import Outcome, Request, Task
from .shelf import Shelf, check_folder, check_links, open_shelf

Progress = Callable[[int, int, str], None]
"""Told (clips there are, clips asked for, a word on what is going on; further lines of that are on each worker)."""


def _silent(done: int, total: int, note: str) -> None:
    """Progress that nobody watches."""


def render_many(request: Request, progress: Progress = _silent) -> Outcome:
    """Make the clips of `request` that are missing from its dataset; the same call again goes on.

    Ctrl-C or SIGTERM lets the clips in hand be finished, a second one drops them. Whatever ends this process,
    the dataset holds whole clips only. Raises UserError when nothing (more) can be done: another render is at
    work, other settings, a full disk, a backend that doesn't work.
    """
    check_folder(request.root)
    with only_one(request.root, request.shard) as lock:
        shelf = open_shelf(request)
        request = replace(request, dense=shelf.header.dense)  # all clips of a dataset have the same labels
        tasks = shelf.missing(request)
        try:
            return _work(request, shelf, tasks, progress, request.n_clips - len(tasks))
        finally:
            shelf.close(lock.is_last)


def remake(
    root: Path,
    names: Collection[tuple[str, int]],
    progress: Progress = _silent,
    keep: Collection[tuple[str, int]] = (),
    shard: Shard = WHOLE,
    **more: Any,
) -> Outcome:
    """Make the clips named (action, index) again, with the dataset's own settings; each stays as it is until its turn has come.

    Of all others of the `shard` but those to `keep` the index is made anew from the files. `more` goes to Request (workers,
    maker...). Raises as `render_many`.
    """
    with only_one(root, shard) as lock:
        header = read_header(root)
        check_links(root, header)
        request = Request(root, header.settings, tuple(header.classes), 1, dense=header.dense, shard=shard, **more)
        shelf = open_shelf(request, names, keep)
        tasks = [shelf.task(action, index) for action, index in names]
        try:
            return _work(request, shelf, tasks, progress)
        finally:
            shelf.close(lock.is_last)


def _work(request: Request, shelf: Shelf, tasks: list[Task], progress: Progress, found: int = 0) -> Outcome:
    total = found + len(tasks)
    lost: dict[str, str] = {}

    def on_lost(task: Task, reason: str, details: str) -> None:
        lost[task.name] = reason
        shelf.lose(task, reason)
        with appearing(request.root / "quarantine" / f"{task.name}.txt") as path:
            path.write_text(f"{reason}\n\n{details}\n", encoding="utf-8", errors="backslashreplace")

    if tasks and request.settings.backend == "blender" and request.workplace is None:
        choose()  # proving a graphics card takes seconds: once for all workers, who inherit the answer
    crew = Crew(request, tasks, shelf.add, on_lost)
    interrupted = False
    failed = True
    try:
        with _stop_signals() as stops:
            beat = _Beat(shelf)
            progress(found, total, "starting")
            while crew.step():
                beat()
                interrupted = interrupted or bool(stops)
                if stops:
                    crew.forget_pending()
                if len(stops) > 1:
                    break
                progress(found + crew.made + crew.lost, total, _note(crew, bool(stops)))
            interrupted = interrupted or bool(stops)
        failed = False
    finally:
        crew.stop()
        # a worker that was dropped, or lost with its machine, may have been writing
        shelf.untidy = shelf.untidy or failed or interrupted or bool(crew.losses)
        with suppress(UserError, OutOfReach) if failed else _nothing():  # the first refusal is the one to tell
            shelf.save()
    progress(found + crew.made + crew.lost, total, "")
    return Outcome(crew.made, found, lost, len(tasks) - crew.made - crew.lost, interrupted)


def _note(crew: Crew, stopping: bool) -> str:
    """What is going on: how fast in all, and below that a line on each worker."""
    speed = total_per_hour(crew.lanes)
    words = (
        "finishing the clips in hand, Ctrl-C again to drop them" if stopping else f"{speed:,.0f} clips an hour" if speed else ""
    )
    return "\n".join((words, *lines(crew.lanes)))


@contextmanager
def _nothing() -> Iterator[None]:
    yield


class _Beat:
    """Saves the index about once a minute, and never spends more than a twentieth of the time on it."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.next_s = time.monotonic() + 60

    def __call__(self) -> None:
        start = time.monotonic()
        if start > self.next_s:
            self.shelf.save()
            end = time.monotonic()
            self.next_s = end + max(60.0, 20 * (end - start))


@contextmanager
def _stop_signals() -> Iterator[list[int]]:
    """Collects SIGINT and SIGTERM instead of dying of them; only the main thread can do that."""
    stops: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield stops
        return

    def note(number: int, _frame: Any) -> None:
        stops.append(number)

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stops
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
