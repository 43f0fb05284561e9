"""Local copies of objects in stores: fetched when they are read, kept in the cache within bounds, shared by all processes."""

from __future__ import annotations

import hashlib
import math
import os
import re
import shutil
import time
from contextlib import suppress
from pathlib import Path

from .cache import cache_dir
from .errors import UserError
from .files import appearing_soon
from .stores import Found, Store

LIMIT_GB, LIMIT = 20.0, "SYNAPT_REMOTE_GB"
"""All copies take no more gigabytes (10^9 bytes) than these, or than the environment variable says."""

SHARE = 0.5
"""Nor more than this share of the room that their disk would have without them."""

SPARED = 0.9
"""When they would, those longest unused go, until they take this share of what they may."""

FRESH_S = 60.0
"""Copies used so lately stay: somebody may be about to open them."""

USED_S = 20.0
"""A copy's time is set anew when it is used so long after."""

RECOUNTED = 64
"""After so many copies of its own, a process looks at what the others fetched."""


_ENDING = re.compile(r"\.[A-Za-z0-9]{1,15}\Z", re.ASCII)
"""What copies keep of an object's name, which anybody may have given."""


def folder() -> Path:
    """Where everything of stores is kept on this machine."""
    return cache_dir() / "remote"


def limit_bytes() -> int:
    """How much all copies may take. UserError for a $SYNAPT_REMOTE_GB that is no number above 0."""
    said = os.environ.get(LIMIT, "")
    try:
        limit_gb = float(said or LIMIT_GB)
    except ValueError:
        limit_gb = math.nan
    if not 0 < limit_gb < math.inf:
        raise UserError(f"{LIMIT} is '{said}', wanted gigabytes for copies of what lies in stores: set it to a number above 0")
    return int(1e9 * limit_gb)


def copy_of(where: Store, key: str, found: Found) -> Path:
    """The file on this machine that holds what the object `key` is now, fetched if it isn't here yet; it appears whole.

    Its name is made of the object's and of what changes with its content, so a changed object is another file. UserError for one
    larger than all copies may be, FileNotFoundError where it has gone, OSError where the disk refuses.
    """
    said = f"{where.protocol}://{key}\n{found.n_bytes}\n{found.changed_s!r}\n{found.version}"
    digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
    path = folder() / "copies" / digest[:2] / f"{digest[2:34]}{ending[0] if (ending := _ENDING.search(found.name)) else ''}"
    with suppress(FileNotFoundError):
        state = path.stat()
        if state.st_size == found.n_bytes:
            if time.time() - state.st_mtime > USED_S:
                with suppress(OSError):  # it has just gone, or is somebody else's
                    os.utime(path)
            return path
    _ROOM.make(found.n_bytes, f"{where.protocol}://{key}")
    with appearing_soon(path) as temporary:
        where.fetch(key, temporary)
        if (got := temporary.stat().st_size) != found.n_bytes:
            raise FileNotFoundError(2, f"it changed while it was read ({got:,} of {found.n_bytes:,} bytes)", key)
    _ROOM.used += found.n_bytes
    return path


class _Room:
    """What the copies take, as far as this process knows."""

    def __init__(self) -> None:
        self.used, self.fetched = 0, RECOUNTED

    def make(self, n_bytes: int, what: str) -> None:
        """See to it that so many bytes more have room. UserError where they can't."""
        self.fetched += 1
        if self.fetched > RECOUNTED:
            self.used, self.fetched = sum(size for _, size, _ in _all()), 0
        most = limit_bytes()
        if n_bytes > most:
            raise UserError(f"{what} has {n_bytes:,} bytes, and copies may take {most:,}: set {LIMIT} to more gigabytes")
        top = folder()
        top.mkdir(parents=True, exist_ok=True)
        most = min(most, int(SHARE * (shutil.disk_usage(top).free + self.used)))
        if self.used + n_bytes <= most:
            return
        self.used = _cleared(max(0, int(SPARED * most) - n_bytes))
        if self.used + n_bytes > most:
            raise UserError(
                f"{what} has {n_bytes:,} bytes, and copies of what is being read take {self.used:,} of {most:,} in {top}: set "
                f"{LIMIT} to more gigabytes, or SYNAPT_CACHE to a folder on a larger disk"
            )


_ROOM = _Room()


def _cleared(wanted: int) -> int:
    """Delete the copies longest unused until the others take `wanted` bytes; returns what they take."""
    files = _all()
    used, before_s = sum(size for _, size, _ in files), time.time() - FRESH_S
    for used_s, size, path in sorted(files):
        if used <= wanted or used_s > before_s:
            break
        with suppress(OSError):  # gone already, or somebody else's
            path.unlink()
            used -= size
    return used


def _all() -> list[tuple[float, int, Path]]:
    """(when last used, bytes, path) of all copies, those not finished among them."""
    found = []
    for place, _, names in os.walk(folder() / "copies"):
        for name in names:
            with suppress(OSError):  # another process has just deleted it
                path = Path(place, name)
                found.append(((state := path.stat()).st_mtime, state.st_size, path))
    return found
