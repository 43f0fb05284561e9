"""How a helping process ends by itself, when whom it works for is gone."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable

import psutil

STEP_S = 0.5


def end_when(over: Callable[[], bool]) -> None:
    """Let this process end, in the middle of whatever it does, within half a second after `over()` has become true."""

    def watch() -> None:
        while not over():
            time.sleep(STEP_S)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def end_with(boss: int) -> None:
    """Let this process end when the process `boss` is gone: for workers of a pool, which a server starts and nobody else ends."""
    end_when(lambda: not psutil.pid_exists(boss))


def held_back(number: signal.Signals, for_s: float) -> Callable[[], bool]:
    """Keep a signal waiting in this process, to be called before it has threads; the answer is whether one has waited so long."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {number})
    came_s = float("inf")

    def waited() -> bool:
        nonlocal came_s
        if number in signal.sigpending():
            came_s = min(came_s, time.monotonic())
        return time.monotonic() > came_s + for_s

    return waited
