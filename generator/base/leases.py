"""Who is at work in a folder of a store, between machines: an object that its holder renews, since stores know no locks.

What is guaranteed: of several that take a free lease at once one gets it, where the store has conditional writes; a holder that
is gone holds nobody up for more than LEASE_S. What is not: that a holder who was cut off for so long stops before it notices.
Nothing is damaged then, as a clip is a function of its index and its objects appear whole: both write the same.
"""

from __future__ import annotations

import json
import os
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass

from .errors import OutOfReach, UserError
from .places import Remote

LEASE_S, RENEWED_S = 300.0, 60.0
"""A lease that wasn't renewed for so long is nobody's; its holder renews it so often. Clocks of machines may differ by less than
a minute."""

_SETTLING_S = 1.0
"""Who has taken over a dead one's lease looks again after this time whether another did so at the same moment."""

NAME = ".lock"
"""What the lock of a folder is called, as a file and as an object; others are called so and a hyphen and more."""

SHARE = f"{NAME}-shard-"
"""How those of shares begin: .lock-shard-2-of-8. Each is held beside the others, and not beside that of the whole."""


@dataclass(frozen=True)
class LeaseHeld:
    """Who holds a lease, as its object says, and until when (seconds since 1970) if it isn't renewed."""

    pid: int
    host: str
    since_s: float
    until_s: float
    machine: str = ""
    token: str = ""


class Lease:
    """A lease, taken and renewed until it is released. BlockingIOError where another holds it, or one that excludes it.

    Its taker holds the same lock on this machine already (`base.lock`), so whatever another process of this machine has left is
    a dead one's.
    """

    def __init__(self, folder: Remote, name: str) -> None:
        self._store, self._key, self._name = folder.store, f"{folder.key}/{name}", name
        self._own = LeaseHeld(os.getpid(), socket.gethostname(), time.time(), 0.0, machine(folder), os.urandom(16).hex())
        self._over = threading.Event()
        self._take(folder)
        try:
            if other := _excluding(folder, name, self._own.machine):
                raise BlockingIOError(11, f"{other} is held", str(folder))
        except BaseException:
            self._drop()
            raise
        self._renewer = threading.Thread(target=self._renew, daemon=True)
        self._renewer.start()

    def release(self) -> None:
        """Let go; to be called once."""
        self._over.set()
        self._renewer.join()
        self._drop()

    def _take(self, folder: Remote) -> None:
        if self._store.write_new(self._key, self._content()):
            return
        held = held_by(folder, self._name, self._own.machine)
        if held is not None:
            raise BlockingIOError(11, "it is held", self._key)
        self._store.delete(self._key)
        if not self._store.write_new(self._key, self._content()):
            raise BlockingIOError(11, "it has just been taken", self._key)
        time.sleep(_SETTLING_S)
        if not self._is_ours():
            raise BlockingIOError(11, "it has just been taken", self._key)

    def _content(self) -> bytes:
        own = self._own
        said = {"pid": own.pid, "host": own.host, "since_s": own.since_s, "until_s": time.time() + LEASE_S}
        return json.dumps({**said, "machine": own.machine, "token": own.token}).encode()

    def _is_ours(self) -> bool:
        with suppress(FileNotFoundError):
            found = _parsed(self._store.read(self._key))
            return found is not None and found.token == self._own.token
        return False

    def _drop(self) -> None:
        with suppress(OutOfReach, UserError):  # it is over in LEASE_S by itself
            if self._is_ours():
                self._store.delete(self._key)

    def _renew(self) -> None:
        while not self._over.wait(RENEWED_S):
            with suppress(OutOfReach, UserError):
                if not self._is_ours():
                    return
                self._store.write(self._key, self._content())


def held_by(folder: Remote, name: str, but: str = "") -> LeaseHeld | None:
    """Who holds a lease; None where nobody does, or somebody on the machine `but`."""
    with suppress(FileNotFoundError):
        found = _parsed(folder.store.read(f"{folder.key}/{name}"))
        if found is not None and found.until_s > time.time() and found.machine != (but or None):
            return found
    return None


def shares_leased(folder: Remote) -> list[str]:
    """Names of the leases of shares in a folder, whether somebody holds them or not."""
    return [one.name for one in folder.store.listed(folder.key) if one.name.startswith(SHARE)]


def _excluding(folder: Remote, name: str, here: str) -> str:
    """A lease that another machine holds and that excludes this one: the whole's a share's, and the other way round."""
    others = shares_leased(folder) if name == NAME else [NAME] if name.startswith(SHARE) else []
    return next((other for other in others if held_by(folder, other, here)), "")


def machine(folder: Remote) -> str:
    """This machine, or container: its name and the place where its processes lock the folder; "" where they never did."""
    try:
        state = folder.scratch.stat()
    except OSError:
        return ""
    return f"{socket.gethostname()}:{state.st_dev}:{state.st_ino}"


def _parsed(raw: bytes) -> LeaseHeld | None:
    """What a lease's object says; None for what no lease of ours is."""
    with suppress(ValueError, RecursionError, KeyError, TypeError):
        said = json.loads(raw[:4096])
        since_s, until_s = float(said["since_s"]), float(said["until_s"])
        return LeaseHeld(int(said["pid"]), str(said["host"]), since_s, until_s, str(said["machine"]), str(said["token"]))
    return None
