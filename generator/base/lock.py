"""One process at a time in a folder: a lock of the kernel's, which lets go however the process ends.

It is taken on a file in the folder, since network file systems keep locks of files, and not those of folders, between machines.
The file is there while somebody holds the folder, or was killed while he did.
"""

from __future__ import annotations

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .errors import UserError
from .files import readable_refusal

NAME = ".lock"
"""The file's name; it is empty."""

_FLAGS = os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
"""A link of that name in somebody's dataset leads out of it, and is no lock; a pipe would wait for a reader."""


class Lock:
    """A folder's lock, taken. `known` tells whether its file system knows locks: one that doesn't holds nobody up."""

    def __init__(self, folder: Path, name: str = NAME, wait: bool = False, make: bool = True) -> None:
        """Take it, at once or when its holder lets go. BlockingIOError where another has it, OSError where the file can't be
        opened, or isn't there and shall not be made."""
        self._path = folder / name
        while True:
            self._handle = os.open(self._path, _FLAGS | (os.O_CREAT if make else 0), 0o666)
            try:
                self.known = _locked(self._handle, wait)
                if not self.known or _is_at(self._handle, self._path):
                    return
            except BaseException:
                os.close(self._handle)
                raise
            os.close(self._handle)  # whoever held it has removed it meanwhile: it is another file's turn

    def release(self) -> None:
        """Let go, and leave no file; to be called once."""
        with suppress(OSError):
            if self.known:
                self._path.unlink()
                fcntl.flock(self._handle, fcntl.LOCK_UN)  # a fork may have the handle, too
        os.close(self._handle)


def _locked(handle: int, wait: bool) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        raise
    except OSError:
        return False
    return True


def _is_at(handle: int, path: Path) -> bool:
    """Whether an open file is the one that lies at `path`."""
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(handle), path.lstat())
    return False


def holds_nothing(folder: Path) -> bool:
    """Whether there is nothing in a folder, or its lock alone."""
    return all(path.name == NAME for path in folder.iterdir())


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold `folder` (made if need be) for the block.

    UserError when another process holds it, or it cannot be written.
    """
    with readable_refusal(folder):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            lock = Lock(folder)
        except BlockingIOError:
            raise UserError(f"another command is writing into {folder}: wait until it has ended, or give another --out") from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def in_turn(folder: Path, name: str = NAME, waiting: str = "") -> Iterator[None]:
    """Hold `folder` (made if need be) for the block, after whoever holds it; `waiting` is said on standard error where one does.

    Another `name` is another lock. OSError where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        lock = Lock(folder, name)
    except BlockingIOError:
        if waiting:
            sys.stderr.write(f"synapt: {waiting}\n")
        lock = Lock(folder, name, wait=True)
    try:
        yield
    finally:
        lock.release()
