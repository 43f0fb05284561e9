"""Work done ahead by other processes, given back in order, whatever their number."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import psutil
import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from ...generator.base.errors import OutOfReach, UserError
from ...generator.base.interpreter import safely_started
from ...generator.base.machine import usable_cores
from ..ending import end_when, held_back

AHEAD = 2
"""Results that each worker may have ready or in the making."""

MOST = 16
"""No more workers than this are started by themselves: few trainers eat more."""

SMALL_BYTES = 65_536
"""Results smaller than this travel by pipe."""

GRACE_S = 20.0
"""A worker that was asked to end goes on for so long, since a trainer that was asked, too, finishes its step."""

Result = dict[str, Tensor]


def detected_workers() -> int:
    """Processes for loading on this machine: a core less than this trainer's share of them, at least one."""
    share = usable_cores() / int(os.environ.get("LOCAL_WORLD_SIZE", "1"))
    return max(1, min(MOST, int(share) - 1))


class Ahead:
    """Calls `make(key)` for many keys in `workers` processes (0: in this one) and yields what it gives, in order of the keys.

    `make` is pickled once; it returns named tensors of at most `n_bytes` together. UserError for one that it raises, and when a
    worker dies. Workers start at the first use and stay until `close`.
    """

    def __init__(self, make: Callable[[Any], Result], workers: int, n_bytes: int = 0) -> None:
        self._keys = _Keys()
        self._loader: DataLoader[_Made] = DataLoader(
            _Maker(make, plain=not _fits_shared_memory(n_bytes * AHEAD * workers)),
            batch_size=None,
            sampler=self._keys,
            num_workers=workers,
            collate_fn=_as_is,  # type: ignore[arg-type]
            worker_init_fn=_Begin(os.getpid()),
            prefetch_factor=AHEAD if workers else None,
            persistent_workers=workers > 0,
            multiprocessing_context=context() if workers else None,
            pin_memory=torch.cuda.is_available(),
        )
        self._workers = workers

    def __call__(self, keys: Sequence[Any]) -> Iterator[Result]:
        """The results for `keys`. One call at a time; a new one drops what the one before has left."""
        self._keys.keys = keys
        with safely_started():
            iterator = iter(self._loader)
        while True:
            try:
                made = next(iterator)
            except StopIteration:
                return
            except RuntimeError as error:
                if "worker" not in str(error):
                    raise
                raise UserError(
                    f"a process that reads videos was killed, perhaps because memory ran out ({self._workers} of them): "
                    "run again with fewer, --with data.workers=1"
                ) from error
            if made.problem:
                raise UserError(made.problem)
            yield {name: torch.as_tensor(array) for name, array in made.arrays.items()}

    def close(self) -> None:
        """End the workers; the next call starts others."""
        iterator = getattr(self._loader, "_iterator", None)
        if iterator is not None:
            iterator._shutdown_workers()
            self._loader._iterator = None


@dataclass
class _Made:
    """What crosses from a worker: named tensors, or a line that says what a user can put right."""

    arrays: dict[str, Any]
    problem: str = ""

    def pin_memory(self) -> _Made:
        return _Made({name: torch.as_tensor(array).pin_memory() for name, array in self.arrays.items()}, self.problem)


@dataclass
class _Maker(Dataset[_Made]):
    make: Callable[[Any], Result]
    plain: bool

    def __getitem__(self, key: Any) -> _Made:
        try:
            made = self.make(key)
        except (UserError, OutOfReach) as error:
            return _Made({}, str(error))
        # A tensor in shared memory costs a connection between the processes; a pipe carries small ones in less time.
        piped = {name for name, tensor in made.items() if self.plain or tensor.nbytes < SMALL_BYTES}
        return _Made({name: tensor.numpy() if name in piped else tensor for name, tensor in made.items()})


class _Keys:
    """A sampler whose keys can be exchanged while the workers stay."""

    keys: Sequence[Any] = ()

    def __iter__(self) -> Iterator[Any]:
        return iter(self.keys)

    def __len__(self) -> int:
        return len(self.keys)


def _as_is(made: _Made) -> _Made:
    return made


@dataclass
class _Begin:
    """How a worker of the process `boss` begins.

    Ctrl-C reaches every process of a terminal, a scheduler's SIGTERM every one of a job; who asked for the work decides what it
    means, and ends the workers. Where that one was killed, nobody does: they are a server's children, not its own, and look
    for themselves.
    """

    boss: int

    def __call__(self, worker: int) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        cv2.setNumThreads(0)
        late = held_back(signal.SIGTERM, GRACE_S)
        end_when(lambda: late() or not psutil.pid_exists(self.boss))


def context() -> Any:
    """Workers fork from a small server that has the imports done: quick, and safe beside threads and CUDA."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload([__name__.rpartition(".")[0] + ".serving"])
    return context


def _fits_shared_memory(n_bytes: int) -> bool:
    """Whether tensors may travel by /dev/shm; in a container with little of it they go through pipes, else workers crash."""
    shared = Path("/dev/shm")
    return not shared.is_dir() or shutil.disk_usage(shared).free > 1.5 * n_bytes
