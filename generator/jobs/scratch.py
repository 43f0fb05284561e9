"""A scratch folder that goes with its process: what a killed one left behind, the next one removes."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

PREFIX = "synapt-stream-"
_LOCK = ".lock"


class Scratch:
    """A fresh folder among the system's temporary ones. Its lock is the kernel's, which lets go however a process ends."""

    def __init__(self) -> None:
        _remove_stale(Path(tempfile.gettempdir()))
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX))
        self._lock = (self.path / _LOCK).open("wb")
        fcntl.flock(self._lock, fcntl.LOCK_EX)

    def remove(self) -> None:
        """Delete the folder; may be called again."""
        shutil.rmtree(self.path, ignore_errors=True)
        self._lock.close()


def _remove_stale(folder: Path) -> None:
    """Delete the scratch folders whose process is gone; those of other users refuse, and stay."""
    for path in folder.glob(f"{PREFIX}*"):
        with suppress(OSError), (path / _LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(path, ignore_errors=True)
