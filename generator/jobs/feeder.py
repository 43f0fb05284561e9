"""A worker process of an endless series: makes the clips it is told to and hands them over in memory.

Started as `python -m synapt.generator.jobs.feeder FD PARENT`; FD is its end of a socket pair. A fresh interpreter,
never a fork: a forked child of a process that trains would inherit locks held by threads it doesn't have.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle, send_handle
from typing import Any

import numpy as np

from ..base.named import Dotted, load
from ..base.reasons import words_for_author
from ..values import Clip

PATIENCE_S = 2.0
"""How often a worker without work looks whether its parent is still there."""


def send_clip(pipe: Connection, clip: Clip, receiver: int) -> None:
    """Send a clip to the process `receiver`: its arrays lie in a nameless file in memory, only the file is handed over.

    So a worker never waits until a busy parent has read its pictures, and nothing is left behind by a crash.
    """
    buffers: list[pickle.PickleBuffer] = []
    parts: list[Any] = [pickle.dumps(clip, protocol=5, buffer_callback=buffers.append), *(buffer.raw() for buffer in buffers)]
    with os.fdopen(os.memfd_create("synapt-clip"), "wb") as file:
        for part in parts:
            file.write(part)
        file.flush()
        pipe.send(("done", [len(part) for part in parts]))
        send_handle(pipe, file.fileno(), receiver)


def receive_clip(pipe: Connection, sizes: list[int]) -> Clip:
    """The clip whose ("done", sizes) was just received. OSError or EOFError when the sender died meanwhile."""
    with os.fdopen(recv_handle(pipe), "rb") as file:
        file.seek(0)
        parts: list[Any] = [np.empty(size, np.uint8) for size in sizes]
        for part in parts:
            file.readinto(part)
    clip: Clip = pickle.loads(parts[0], buffers=parts[1:])
    return clip


def serve(pipe: Connection, parent: int) -> None:
    """Make what is asked for, in order: ("done", sizes) and a clip, or ("failed", one line)."""
    maker_name, settings = pipe.recv()
    maker: Callable[[Any, Any], Clip] | None = None
    for job in _jobs(pipe, parent):
        try:
            maker = maker or load("maker", Dotted(maker_name))
            clip = maker(settings, job)
        except MemoryError:
            raise  # ends this process: the next one starts clean
        except Exception as error:
            traceback.print_exc()
            pipe.send(("failed", words_for_author(error)))
            continue
        send_clip(pipe, clip, parent)


def _jobs(pipe: Connection, parent: int) -> Iterator[Any]:
    """What the parent sends, until it says None or is gone (its end of the pipe may live on in a fork of it)."""
    while True:
        while not pipe.poll(PATIENCE_S):
            if os.getppid() != parent:
                return
        job = pipe.recv()
        if job is None:
            return
        yield job


@contextmanager
def _quiet_end() -> Iterator[None]:
    try:
        yield
    except (EOFError, BrokenPipeError, ConnectionResetError):
        pass  # the parent is gone


def main() -> None:
    """Serve until told to stop or the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    with _quiet_end():
        serve(Connection(int(sys.argv[1])), int(sys.argv[2]))


if __name__ == "__main__":
    main()
