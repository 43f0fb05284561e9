"""All clips that are wanted, by several processes; what is there and was made by the same sources is kept."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ..base.errors import UserError
from ..base.interpreter import die_with_parent, safely_started
from ..base.lock import only_one
from ..base.machine import usable_cores
from ..base.named import for_children
from ..base.reasons import words_for_author
from .clip import Measured, measure_clip
from .store import Wanted, digest_of, keep, kept

Tell = Callable[[int, int, str], None]
"""Told (clips there are, clips asked for, a word on what is going on)."""


@dataclass(frozen=True)
class Sweep:
    """What is wanted: `n` clips of each action (canonical names), where they are kept, and `failed`: clip -> why it has none."""

    root: Path
    actions: tuple[str, ...]
    n: int
    seed: int
    recipe: str
    recipe_digest: str
    seen: bool = False

    def wanted(self) -> Iterator[Wanted]:
        """Every clip, those of one action one after another."""
        for action in self.actions:
            digest = digest_of(action, self.recipe_digest, self.seen)
            for index in range(self.n):
                yield Wanted(action, index, self.recipe, self.seed, self.seen, digest)


def measure_all(sweep: Sweep, workers: int | None, tell: Tell) -> dict[str, str]:
    """Measure the clips that are missing or were made by other sources; returns which can't be performed ("action 3"), and why.

    May be stopped at any moment: what is measured is kept. UserError where another command is at work there, or a process dies.
    """
    with only_one(sweep.root):
        missing = [wanted for wanted in sweep.wanted() if kept(sweep.root, wanted) is None]
        total = len(sweep.actions) * sweep.n
        there = total - len(missing)
        tell(there, total, "")
        failed = {}
        number = min(usable_cores() if workers is None else workers, len(missing))
        for k, (wanted, reason) in enumerate(
            _here(sweep.root, missing) if number <= 1 else _beside(sweep.root, missing, number), 1
        ):
            if reason:
                failed[f"{wanted.action} {wanted.index}"] = reason
            tell(there + k, total, wanted.action)
        return failed


def measured_clips(sweep: Sweep) -> Iterator[tuple[Wanted, Measured]]:
    """What is there of a sweep."""
    for wanted in sweep.wanted():
        found = kept(sweep.root, wanted)
        if found is not None:
            yield wanted, found


def _here(root: Path, missing: list[Wanted]) -> Iterator[tuple[Wanted, str]]:
    for wanted in missing:
        yield wanted, _measure(root, wanted)


def _beside(root: Path, missing: list[Wanted], number: int) -> Iterator[tuple[Wanted, str]]:
    """Fresh interpreters, never forks: a fork would inherit the locks of threads that it doesn't have."""
    os.environ.update(for_children() | {"NUMBA_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"})
    fresh = multiprocessing.get_context("spawn")
    with safely_started(), ProcessPoolExecutor(number, fresh, _begin) as pool:
        futures: dict[Future[str], Wanted] = {pool.submit(partial(_measure, root), wanted): wanted for wanted in missing}
        try:
            for future in as_completed(futures):
                yield futures[future], future.result()
        except BrokenProcessPool as error:
            raise UserError(
                "a process that measures was killed, perhaps for lack of memory: run again with fewer --workers"
            ) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _begin() -> None:
    """Of each process: Ctrl-C is the parent's to handle, and its end is ours."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent()


def _measure(root: Path, wanted: Wanted) -> str:
    """Measure one clip and keep the result; one line where it can't be performed. UserError for a disk that refuses it."""
    try:
        found = measure_clip(wanted.action, wanted.recipe, wanted.seed, wanted.index)
        if wanted.seen:
            from .sight import acting_visible

            found.measures["acting_visible"] = acting_visible(wanted.action, wanted.recipe, wanted.seed, wanted.index)
    except MemoryError:
        raise
    except Exception as error:
        return words_for_author(error)
    keep(root, wanted, found)
    return ""
