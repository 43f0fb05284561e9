"""The parent's end of a worker process."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ..base.interpreter import python
from ..base.named import for_children
from ..render.blender.devices import PLACE
from .request import Task

WORKER = "synapt.generator.jobs.worker"
_CRASHES = (-signal.SIGSEGV, -signal.SIGBUS, -signal.SIGILL)
_THREADS = ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM")


def environment(place: int, single_thread: bool) -> dict[str, str]:
    """Variables of the worker that is number `place`, from 0, of those that work at once; see `Child`."""
    threads = dict.fromkeys(_THREADS, "1") if single_thread else {}
    # our matrices are small, and OpenBLAS' idle threads spin
    return os.environ | for_children() | {PLACE: str(place), "OPENBLAS_NUM_THREADS": "1"} | threads


class Child:
    """One worker process and the task it has in hand."""

    def __init__(self, setup: Any, log: Path, single_thread: bool, place: int, module: str = WORKER) -> None:
        """Start it: `module` is run with its end of a socket pair and our process id, and is sent `setup` first.

        `log` takes what it prints; `single_thread` keeps numerical libraries to one thread; `place` is its number among those
        that work at once, from 0.
        """
        ours, theirs = socket.socketpair()
        self.log = log
        self.task: Task | None = None
        self.group: tuple[str, int] | None = None  # of clips that share a performance, the one it is at
        self.heard_s = float("inf")
        self.warm = False  # whether it has given a sign of life since it was started
        self.ended_by_us = False
        self.made = 0
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

    def give(self, task: Task) -> None:
        """Hand over a task."""
        self.task = task
        self.heard_s = time.monotonic()
        self.send(task)

    def heard(self) -> float:
        """It gave a sign of life: seconds since the last one."""
        before_s, self.heard_s, self.warm = self.heard_s, time.monotonic(), True
        return self.heard_s - before_s

    def answer(self) -> tuple[Any, ...]:
        """What it reports; ("crashed", one line) when it is gone."""
        try:
            message: tuple[Any, ...] = self.pipe.recv()
        except (EOFError, ConnectionResetError, OSError):
            return ("crashed", f"its worker {self._cause_of_death()}")
        return message

    def silent_s(self) -> float:
        """Seconds since its last sign of life; 0 when it has no task."""
        return time.monotonic() - self.heard_s if self.task is not None else 0.0

    def crashed(self) -> bool:
        """Whether it died as code does that jumps to nowhere."""
        return self.process.poll() in _CRASHES

    def was_killed(self) -> bool:
        """Whether somebody else killed it, as the kernel does when memory runs out."""
        return self.process.poll() == -signal.SIGKILL and not self.ended_by_us

    def _cause_of_death(self) -> str:
        try:
            code = self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.kill()
            return "closed its pipe"
        if code < 0:
            why = ", as the system does when memory runs out" if self.was_killed() else ""
            return f"died of {signal.Signals(-code).name}{why}"
        last = self.log.read_text(errors="replace").strip().splitlines()[-1:] if self.log.exists() else []
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
