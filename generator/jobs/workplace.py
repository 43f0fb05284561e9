"""Where workers run: on this machine, or wherever else somebody has places for them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ..base.machine import pinned_cores, usable_cores, usable_memory_bytes
from . import size
from .child import WORKER, Child
from .hired import Hired

if TYPE_CHECKING:
    from .request import Request


class Workplace(Protocol):
    """Hires workers, and waits for those that have something to say."""

    waiting: str
    """What a worker does that hasn't come up yet, in words."""

    def count(self, request: Request) -> int:
        """How many workers suit it where no number was asked for; UserError where there is no place for any."""

    def share_bytes(self, request: Request, n: int) -> int:
        """Memory that each of `n` workers may hold."""

    def cores(self, place: int, n: int) -> tuple[int, ...]:
        """The cores that worker `place` of `n` is to keep to; none where it may use all that it sees."""

    def hire(self, setup: tuple[Any, ...], log: Path, place: int, single_thread: bool, module: str = WORKER) -> Hired:
        """A worker for a place, as `Child`; `log` takes what it prints where it runs on this machine."""

    def ready(self, workers: Sequence[Hired], timeout_s: float) -> list[Hired]:
        """Those of whom there is an answer, or who have come up, as soon as there are any."""

    def words(self, n: int) -> str:
        """`n` workers and where they are."""


class Here:
    """This machine: child processes."""

    waiting = "starting"

    def count(self, request: Request) -> int:
        """As many as cores, memory and cards bear."""
        return size.worker_count(request)

    def share_bytes(self, request: Request, n: int) -> int:
        """An even share of the memory."""
        return usable_memory_bytes() // max(1, n)

    def cores(self, place: int, n: int) -> tuple[int, ...]:
        """An even share, so that they don't push each other around.

        None of their own (all may be used) where a container grants less time than its cores have: others run on them, too.
        """
        return cores_of(place, n) if n > 1 else ()

    def hire(self, setup: tuple[Any, ...], log: Path, place: int, single_thread: bool, module: str = WORKER) -> Child:
        """A child process."""
        return Child(setup, log, single_thread, place, module)

    def ready(self, workers: Sequence[Hired], timeout_s: float) -> list[Hired]:
        """Those whose pipe has something in it, or was closed."""
        by_pipe = {worker.pipe: worker for worker in workers if isinstance(worker, Child)}
        return [by_pipe[pipe] for pipe in wait(list(by_pipe), timeout=timeout_s)]  # type: ignore[index]

    def words(self, n: int) -> str:
        """`n` processes."""
        return f"{n} process{'es' if n > 1 else ''}"


HERE: Workplace = Here()


def cores_of(place: int, places: int) -> tuple[int, ...]:
    """The cores of worker `place` of `places`: see `Here.cores`."""
    if not hasattr(os, "sched_getaffinity") or usable_cores() < pinned_cores():
        return ()
    cores = sorted(os.sched_getaffinity(0))
    if places > len(cores):
        return ()
    return tuple(cores[place * len(cores) // places : (place + 1) * len(cores) // places])
