"""Other Python processes: none imports from the folder where we happen to be, in which a file may be called like a module.

PYTHONPATH, and so a user's own modules, reaches them all.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SAFE = "PYTHONSAFEPATH"


def python(*words: str) -> list[str]:
    """The command that runs this very Python with `words`."""
    return [sys.executable, "-P", *words]


@contextmanager
def safely_started() -> Iterator[None]:
    """Let processes that a library starts meanwhile (multiprocessing's workers and servers) keep to it, too."""
    before = os.environ.get(SAFE)
    os.environ[SAFE] = "1"
    try:
        yield
    finally:
        os.environ.pop(SAFE)
        if before is not None:
            os.environ[SAFE] = before


def die_with_parent() -> None:
    """Have this process end when its parent does."""
    # Linux kills us when the parent dies, even in the middle of a frame; elsewhere the closed pipe ends us
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)
