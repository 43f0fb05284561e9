"""What a crew knows of one of its workers, wherever that runs."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from ..values import Clip
from .request import Task


class Hired(ABC):
    """One worker and the task it has in hand.

    `machine` names where it runs ("" for this machine), `here` tells whether it has come up, so that it may be given work, and
    `gone` whether it was lost together with its place (a node that died), which says nothing about the clip that it was at.
    """

    machine = ""
    gone = False

    def __init__(self, here: bool) -> None:
        self.here = here
        self.task: Task | None = None
        self.group: tuple[str, int] | None = None  # of clips that share a performance, the one it is at
        self.heard_s = float("inf")
        self.warm = False  # whether it has given a sign of life since it was started
        self.made = 0

    @abstractmethod
    def send(self, message: Any) -> None:
        """Send it anything, if it is still there."""

    @abstractmethod
    def arrive(self) -> None:
        """It says that it has come up, or it is `gone`. UserError where it can't work where it is."""

    @abstractmethod
    def answer(self) -> tuple[Any, ...]:
        """What it reports; ("crashed", one line) when it is gone."""

    @abstractmethod
    def clip(self, content: Any) -> Clip:
        """The clip that an answer of a feeder's announced. OSError, EOFError or RuntimeError when it died meanwhile."""

    @abstractmethod
    def said(self) -> str:
        """The end of what it has printed."""

    @abstractmethod
    def crashed(self) -> bool:
        """Whether it died as code does that jumps to nowhere."""

    @abstractmethod
    def was_killed(self) -> bool:
        """Whether somebody else killed it, as the kernel does when memory runs out."""

    @abstractmethod
    def call(self, function: Callable[[], bool]) -> bool:
        """Run a function where it is, though not in its process."""

    @abstractmethod
    def kill(self) -> None:
        """End it at once, with whatever it started."""

    @abstractmethod
    def dismiss(self) -> None:
        """Ask it to end, having no task; kill it when it doesn't within some seconds."""

    def give(self, task: Task) -> None:
        """Hand over a task."""
        self.task = task
        self.heard_s = time.monotonic()
        self.send(task)

    def heard(self) -> float:
        """It gave a sign of life: seconds since the last one."""
        before_s, self.heard_s, self.warm = self.heard_s, time.monotonic(), True
        return self.heard_s - before_s

    def silent_s(self) -> float:
        """Seconds since its last sign of life; 0 when it has no task."""
        return time.monotonic() - self.heard_s if self.task is not None else 0.0
