"""A worker process of this machine, from its parent's end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ..base.interpreter import python
from ..base.named import for_children
from ..render.blender.devices import PLACE
from ..values import Clip
from .feeder import receive_clip
from .hired import Hired

WORKER, FEEDER = "synapt.generator.jobs.worker", "synapt.generator.jobs.feeder"
"""Modules that are run: one writes clips, one hands them over."""

MOST_SAID = 5000
"""Of what a worker printed, the last characters tell why it died."""

_CRASHES = (-signal.SIGSEGV, -signal.SIGBUS, -signal.SIGILL)
_THREADS = ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM")


def environment(place: int, single_thread: bool) -> dict[str, str]:
    """Variables of the worker that is number `place`, from 0, of those that work at once; see `Child`."""
    threads = dict.fromkeys(_THREADS, "1") if single_thread else {}
    # our matrices are small, and OpenBLAS' idle threads spin
    return os.environ | for_children() | {PLACE: str(place), "OPENBLAS_NUM_THREADS": "1"} | threads


class Child(Hired):
    """A worker that is a child process of ours."""

    def __init__(self, setup: Any, log: Path, single_thread: bool, place: int, module: str = WORKER) -> None:
        """Start it: `module` is run with its end of a socket pair and our process id, and is sent `setup` first.

        `log` takes what it prints; `single_thread` keeps numerical libraries to one thread; `place` is its number among those
        that work at once, from 0.
        """
        super().__init__(here=True)
        ours, theirs = socket.socketpair()
        self.log = log
        self.ended_by_us = False
        with theirs, log.open("wb") as output:
            command = python("-m", module, str(theirs.fileno()), str(os.getpid()))
            self.process = subprocess.Popen(
                command,
                env=environment(place, single_thread),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # a terminal's Ctrl-C goes to us alone
            )
        self.pipe: Connection = Connection(ours.detach())
        self.send(setup)

    def send(self, message: Any) -> None:
        """Send it anything, if it is still there."""
        try:
            self.pipe.send(message)
        except (BrokenPipeError, ConnectionResetError):
            pass  # it died; its closed pipe says so to whoever waits for an answer

    def arrive(self) -> None:
        """It is here from the beginning: what it is sent waits for it."""

    def answer(self) -> tuple[Any, ...]:
        """What it reports; ("crashed", one line) when it is gone."""
        try:
            message: tuple[Any, ...] = self.pipe.recv()
        except (EOFError, ConnectionResetError, OSError):
            return ("crashed", f"its worker {self._cause_of_death()}")
        return message

    def clip(self, content: Any) -> Clip:
        """The clip that an answer of a feeder's announced. OSError, EOFError or RuntimeError when it died meanwhile."""
        return receive_clip(self.pipe, content)

    def said(self) -> str:
        """The end of what it has printed."""
        return self.log.read_text(errors="replace")[-MOST_SAID:] if self.log.exists() else ""

    def crashed(self) -> bool:
        """Whether it died as code does that jumps to nowhere."""
        return self.process.poll() in _CRASHES

    def was_killed(self) -> bool:
        """Whether somebody else killed it, as the kernel does when memory runs out."""
        return self.process.poll() == -signal.SIGKILL and not self.ended_by_us

    def call(self, function: Callable[[], bool]) -> bool:
        """Run a function where it is, though not in its process."""
        return function()

    def _cause_of_death(self) -> str:
        try:
            code = self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.kill()
            return "closed its pipe"
        if code < 0:
            why = ", as the system does when memory runs out" if self.was_killed() else ""
            return f"died of {signal.Signals(-code).name}{why}"
        last = self.said().strip().splitlines()[-1:]
        return f"ended with code {code}" + (f" ({last[0][:200]})" if last else "")

    def kill(self) -> None:
        """End it at once, with whatever it started."""
        self.ended_by_us = self.process.poll() is None
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        self.pipe.close()

    def dismiss(self) -> None:
        """Ask it to end, having no task; kill it when it doesn't within some seconds."""
        self.send(None)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.kill()
            return
        self.pipe.close()
