"""Scratch folders that go with their process: what a killed one left behind, the next one removes."""

from __future__ import annotations

import shutil
import tempfile
import time
from glob import escape
from pathlib import Path

from .lock import Lock

UNLOCKED_S = 86_400.0
"""For so long a folder without a lock may be somebody's."""


class Scratch:
    """A fresh folder `path` in `parent` (the system's temporary folder), called `prefix` and something.

    Its lock, and no process' number, says whether it is in use: numbers mean nothing to another container or machine.
    """

    def __init__(self, prefix: str, parent: Path | None = None) -> None:
        """Make it, and remove those whose process is gone. OSError where it can't be made."""
        parent = parent or Path(tempfile.gettempdir())
        remove_stale(prefix, parent)
        self._lock: Lock | None = None
        while self._lock is None:
            self.path = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
            try:
                self._lock = Lock(self.path)
            except (BlockingIOError, FileNotFoundError):
                pass  # another process took it for a stale one before it was locked, and removes it
            except OSError:
                shutil.rmtree(self.path, ignore_errors=True)
                raise

    def remove(self) -> None:
        """Delete the folder; may be called again."""
        if self._lock is not None:
            shutil.rmtree(self.path, ignore_errors=True)
            self._lock.release()
            self._lock = None


def remove_stale(prefix: str, parent: Path) -> None:
    """Delete the scratch folders in `parent` whose process is gone. Those of other users refuse, and stay, as do all those on a
    file system that knows no locks, and folders without a lock until nothing has changed in them for a day: older versions
    made none, today's make it at once."""
    for path in parent.glob(f"{escape(prefix)}*"):
        try:
            lock = Lock(path, make=False)
        except FileNotFoundError:
            if _is_old(path):
                shutil.rmtree(path, ignore_errors=True)
            continue
        except OSError:
            continue
        if lock.known:
            shutil.rmtree(path, ignore_errors=True)
        lock.release()


def _is_old(folder: Path) -> bool:
    """Whether nothing was made or removed in a folder for UNLOCKED_S."""
    try:
        return time.time() - folder.lstat().st_mtime > UNLOCKED_S
    except OSError:
        return False
