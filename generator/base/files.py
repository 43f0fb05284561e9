"""Files that appear whole or not at all, and one clear line when the disk refuses."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .errors import UserError

TEMPORARY = ".tmp"
"""How the names of files and folders end that aren't finished."""

LONGEST_NAME = 255
"""Bytes of a name on the file systems of Linux."""


@contextmanager
def appearing(path: Path) -> Iterator[Path]:
    """Temporary name in the same folder; what was written there takes `path`'s name when the block ends well.

    Synchronised to the disk before the rename, so that not even a power cut leaves a half-written file under
    the real name. Raises UserError when the disk is full or the folder cannot be written.
    """
    with appearing_soon(path) as temporary:
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())


@contextmanager
def appearing_soon(path: Path) -> Iterator[Path]:
    """The same without waiting for the disk, for what can be made again, by the thousand: a power cut may damage it."""
    temporary = temporary_beside(path)
    with readable_refusal(path):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            yield temporary
            temporary.replace(path)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def temporary_beside(path: Path) -> Path:
    """A hidden name in the same folder that nobody else takes, on this machine or another; it fits where `path`'s own just fits.

    `remove_leftovers` finds it by its ending.
    """
    return path.with_name(f".{path.name[:40]}.{os.urandom(8).hex()}{TEMPORARY}")


def fitting(name: str, ending: str) -> str:
    """`name` and `ending`; where file systems don't take so long a name, its own end gives way to a digest of it."""
    raw, room = os.fsencode(name), LONGEST_NAME - len(os.fsencode(ending))
    if len(raw) <= room:
        return name + ending
    digest = hashlib.sha256(raw).hexdigest()[:8]
    name = name[:room]  # a character is a byte at least
    while len(os.fsencode(name)) > room - len(digest) - 1:
        name = name[:-1]
    return f"{name}-{digest}{ending}"


def folder_to_write(folder: Path) -> Path:
    """`folder` as it is, to be asked before long work whose results shall lie in it; nothing is made yet.

    UserError where it can't be a folder, for it or one that it lies in is a file, where one may not write, or no bucket is.
    """
    from .places import Remote

    if isinstance(folder, Remote):
        folder.store.check(folder.key)
        return folder
    there = next(place for place in (folder, *folder.absolute().parents) if os.path.lexists(place))
    if not there.is_dir():
        raise UserError(f"cannot write into {folder}: {there} exists and is not a folder, name another")
    if not os.access(there, os.W_OK | os.X_OK):
        raise UserError(f"cannot write into {folder}: you may not write to {there}, name a folder that you may write to")
    return folder


@contextmanager
def readable_refusal(path: Path) -> Iterator[None]:
    """Turn what the operating system says about a full disk or a closed folder into a UserError."""
    try:
        yield
    except OSError as error:
        if error.errno in (None, errno.EINVAL):  # not the disk's doing
            raise
        if error.errno == errno.EISDIR:
            raise UserError(f"cannot write {path}: a folder of that name is in the way, remove it") from error
        if error.errno == errno.ELOOP:
            raise UserError(f"cannot write {path}: a symbolic link is in the way, remove {error.filename or path}") from error
        if error.errno in (errno.EEXIST, errno.ENOTDIR):
            at = "" if error.filename in (None, path, str(path)) else f" at {error.filename}"
            raise UserError(f"cannot write {path}: something other than a folder is in the way{at}, name another") from error
        if error.errno == errno.ENAMETOOLONG:
            raise UserError(f"cannot write {path} ({os.strerror(error.errno)}): choose a shorter one") from error
        raise UserError(
            f"cannot write {path} ({os.strerror(error.errno)}): free space or choose a writable folder, then "
            "run the same command again; what is finished is kept"
        ) from error


def remove_leftovers(root: Path) -> int:
    """Delete temporary files of a process that was killed; returns how many. Hold the dataset's lock."""
    from .places import on_this_machine

    leftovers = [
        Path(folder, name)
        for folder, _, names in os.walk(on_this_machine(root))
        for name in names
        if name.startswith(".") and name.endswith(TEMPORARY)
    ]
    for path in leftovers:
        path.unlink(missing_ok=True)
    return len(leftovers)
