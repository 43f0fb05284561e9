"""One process at a time in a folder, or one for each share of its work: the kernel's locks, which let go however a process ends.

It is taken on a file in the folder, since network file systems keep locks of files, and not those of folders, between machines.
The file is there while somebody holds the folder, or was killed while he did. A folder in a store is locked so on this machine,
and by a lease between machines.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from .errors import UserError
from .files import readable_refusal
from .leases import NAME, SHARE, Lease, held_by, machine, shares_leased
from .places import Remote, forget, on_this_machine
from .shards import WHOLE, Shard

_PATIENCE_S, _SHARED_PATIENCE_S = 0.3, 10.0
"""Whoever looks whether a folder is held, holds it himself for a moment, and who did the last of its shares while tidying up: so
long it is tried again before it counts as held."""

_ASKED_S = 1.0
"""So often whoever waits asks a store."""

_MOST_BYTES = 4096
"""Of what a lock says of its holder."""

_FLAGS = os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
"""A link of that name in somebody's dataset leads out of it, and is no lock; a pipe would wait for a reader."""


class Lock:
    """A folder's lock, taken. `known` tells whether its file system knows locks: one that doesn't holds nobody up."""

    def __init__(self, folder: Path, name: str = NAME, wait: bool = False, make: bool = True, shared: bool = False) -> None:
        """Take it, at once or when its holder lets go; `shared`: beside others who share it.

        BlockingIOError where another has it, OSError where the file can't be opened, or isn't there and shall not be made.
        """
        self._path, self._shared = folder / name, shared
        self._take(wait, make)
        self._lease: Lease | None = None
        if isinstance(folder, Remote):
            forget()
            try:
                self._lease = None if shared else _leased(folder, name, wait)
            except BaseException:
                self.release()
                raise

    def _take(self, wait: bool, make: bool) -> None:
        shared = self._shared
        while True:
            self._handle = os.open(self._path, _FLAGS | (os.O_CREAT if make else 0), 0o666)
            try:
                self.known = _locked(self._handle, wait, shared)
                if not self.known or _is_at(self._handle, self._path):
                    if not shared:
                        _sign(self._handle)
                    return
            except BaseException:
                os.close(self._handle)
                raise
            os.close(self._handle)  # whoever held it has removed it meanwhile: it is another file's turn

    @property
    def is_last(self) -> bool:
        """Whether nobody else shares it; from then on nobody can. To be asked right before it is released."""
        with suppress(OSError):
            return not self._shared or (_locked(self._handle, wait=False, shared=False) and _is_at(self._handle, self._path))
        return False

    def release(self) -> None:
        """Let go, and leave no file unless others share it; to be called once."""
        if self._lease is not None:
            self._lease.release()
        if isinstance(self._path, Remote):
            forget()
        with suppress(OSError):
            if self.known and self.is_last:
                self._path.unlink()
                fcntl.flock(self._handle, fcntl.LOCK_UN)  # a fork may have the handle, too
        os.close(self._handle)


def _leased(folder: Remote, name: str, wait: bool) -> Lease:
    while True:
        try:
            return Lease(folder, name)
        except BlockingIOError:
            if not wait:
                raise
        time.sleep(_ASKED_S)


def _sign(handle: int) -> None:
    """Say in the file who holds it; the time it was written is since when. A full disk leaves it empty."""
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps({"pid": os.getpid(), "host": socket.gethostname()}).encode(), 0)


@dataclass(frozen=True)
class Holder:
    """Who holds a folder: a process of a machine (0 and "" where it doesn't say), since a moment (seconds since 1970)."""

    pid: int
    host: str
    since_s: float


def holder(folder: Path, name: str = NAME) -> Holder | None:
    """Who has a lock, found without leaving anything; None where nobody has it for himself."""
    found = _holder(folder / name)
    if found is None and isinstance(folder, Remote) and (held := held_by(folder, name, machine(folder))):
        return Holder(held.pid, held.host, held.since_s)
    return found


def _holder(path: Path) -> Holder | None:
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _signed(os.pread(handle, _MOST_BYTES, 0), os.fstat(handle).st_mtime)
    except OSError:  # a file system without locks
        return None
    finally:
        os.close(handle)
    return None


def _signed(raw: bytes, since_s: float) -> Holder:
    with suppress(ValueError, RecursionError):
        said = json.loads(raw)
        if isinstance(said, dict) and isinstance(said.get("pid"), int) and isinstance(said.get("host"), str):
            return Holder(said["pid"], said["host"], since_s)
    return Holder(0, "", since_s)


def _locked(handle: int, wait: bool, shared: bool) -> bool:
    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB))
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
    """Whether there is nothing in a folder, or its locks alone."""
    return all(path.name == NAME or path.name.startswith(f"{NAME}-") for path in folder.iterdir())


@contextmanager
def only_one(folder: Path, shard: Shard = WHOLE) -> Iterator[Lock]:
    """Hold `folder` (made if need be) for the block: for oneself, or one share of the work in it beside whoever does the others.

    UserError when another process holds it, that share, or one of another division, or it cannot be written.
    """
    with readable_refusal(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = _soon(folder, NAME, not shard.is_whole, f"another command is writing into {folder}")
        try:
            own = None if shard.is_whole else _share(folder, shard)
        except BaseException:
            lock.release()
            raise
    try:
        yield lock
    finally:
        if own is not None:
            own.release()
        lock.release()


def _soon(folder: Path, name: str, shared: bool, busy: str) -> Lock:
    """A lock that is free within a moment. UserError that begins with `busy` where it isn't."""
    over_s = time.monotonic() + (_SHARED_PATIENCE_S if shared else _PATIENCE_S)
    while True:
        try:
            return Lock(folder, name, shared=shared)
        except BlockingIOError:
            if time.monotonic() > over_s:
                raise UserError(f"{busy}: wait until it has ended, or give another --out") from None
            time.sleep(0.03)


def _share(folder: Path, shard: Shard) -> Lock:
    for name in shares_at(folder):
        if not name.endswith(f"-of-{shard.of}") and holder(folder, name):
            other = name.removeprefix(SHARE).replace("-of-", "/")
            raise UserError(f"shard {other} is being made in {folder}, and {shard} is of another division: divide by one number")
    return _soon(folder, f"{SHARE}{shard.file_name}", False, f"another command is making shard {shard} in {folder}")


def shares_at(folder: Path) -> list[str]:
    """Names of the locks of shares in a folder, whether somebody holds them or not."""
    names = {path.name for path in on_this_machine(folder).glob(f"{SHARE}*-of-*")}
    return sorted(names.union(shares_leased(folder)) if isinstance(folder, Remote) else names)


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
