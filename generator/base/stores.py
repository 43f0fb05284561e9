"""Object stores behind one small door: fsspec's file systems, asked again after a fault that may pass, in words for people.

An object appears whole or not at all, whatever happens to its writer. What a store calls its times and versions differs; `Found`
is what all of them say.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

from .errors import OutOfReach, UserError, nearest
from .reasons import reason_of

T = TypeVar("T")

PACKAGES = {"s3": "s3fs", "gs": "gcsfs", "memory": "fsspec"}
"""Protocol of an address -> the package that speaks it. `memory` is this process' own, gone when it ends."""

EXTRAS = {"s3fs": "s3", "gcsfs": "gs"}
"""Package -> the extra of ours that installs it."""

WAITS_S = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Between one try and the next; the libraries below try several times at each of ours."""

_PASSING = frozenset(
    getattr(errno, name, errno.EIO)
    for name in (
        "EIO", "EAGAIN", "EBUSY", "EREMOTEIO", "ETIMEDOUT", "ESTALE", "EPIPE", "ECONNRESET", "ECONNREFUSED", "ECONNABORTED",
        "ENETDOWN", "ENETUNREACH", "EHOSTDOWN", "EHOSTUNREACH", "ENOTCONN",
    )
)  # fmt: skip
"""What systems, and libraries on behalf of servers, say of what may be over in a moment."""

_LIBRARIES = ("aiobotocore", "aiohttp", "aioitertools", "botocore", "gcsfs", "google", "requests", "urllib3")
"""Packages whose own errors are the network's or the server's, unless they are among the next two."""

_NO_CREDENTIALS = (
    "NoCredentialsError", "PartialCredentialsError", "CredentialRetrievalError", "TokenRetrievalError", "ProfileNotFound",
    "SSOTokenLoadError", "UnauthorizedSSOTokenError", "DefaultCredentialsError", "RefreshError",
)  # fmt: skip

_REFUSED = (
    "ParamValidationError", "InvalidRegionError", "NoRegionError", "UnknownEndpointError", "InvalidEndpointConfigurationError",
)  # fmt: skip
"""What a library says of words that it would never send."""


@dataclass(frozen=True)
class Found:
    """What a store says of an object, or of a folder, which is the beginning of other names.

    The last part of its name, its bytes, when it was written (seconds since 1970, 0.0 where it isn't said), and what changes with
    its content.
    """

    name: str
    is_dir: bool
    n_bytes: int = 0
    changed_s: float = 0.0
    version: str = ""


class Store:
    """The objects of one protocol; `key` is "bucket/and/more". FileNotFoundError for what isn't there.

    UserError for what asking again won't cure (no such bucket, no permission, no credentials), OutOfReach where a store doesn't
    answer.
    """

    def __init__(self, protocol: str) -> None:
        self.protocol = protocol

    @property
    def files(self) -> Any:
        """fsspec's file system, which belongs to the process that made it; it remembers no listings."""
        import fsspec

        return fsspec.filesystem(self.protocol, use_listings_cache=False)

    def look(self, key: str) -> Found | None:
        """What is called so; None where nothing is, nor begins so."""
        try:
            return _found(self._patiently(key, lambda: self.files.info(key)))
        except FileNotFoundError:
            if (bucket := f"{self.protocol}://{key.partition('/')[0]}") not in _seen:
                self.check(key)
                _seen.add(bucket)
            return None

    def listed(self, key: str) -> list[Found]:
        """What lies in a folder, in order of name; nothing in one that isn't there."""
        try:
            entries = self._patiently(key, lambda: self.files.ls(key, detail=True))
        except (FileNotFoundError, NotADirectoryError):
            return []
        own = key.rstrip("/")
        found = (_found(entry) for entry in entries if entry["name"].strip("/") != own)  # some stores have objects for folders
        return sorted(found, key=lambda one: one.name)

    def read(self, key: str) -> bytes:
        """All of a small object."""
        return bytes(self._patiently(key, lambda: self.files.cat_file(key)))

    def fetch(self, key: str, path: Path) -> None:
        """Copy an object into a file of this machine, which is written over."""
        self._patiently(key, lambda: self.files.get_file(key, os.fspath(path)))

    def put(self, path: Path, key: str) -> None:
        """Have an object be what a file of this machine is; it appears whole, over an older one."""
        self._put(key, lambda: self.files.put_file(os.fspath(path), key))

    def write(self, key: str, content: bytes) -> None:
        """Have a small object be so."""
        self._put(key, lambda: self.files.pipe_file(key, content))

    def write_new(self, key: str, content: bytes) -> bool:
        """The same if there is none of that name, and whether it is ours now: of several at once one wins, where the store has
        conditional writes (S3, Google's, memory)."""
        with suppress(FileExistsError, Exists):
            self._put(key, lambda: self._create(key, content))
            return True
        with suppress(FileNotFoundError):
            return self.read(key) == content  # a first try may have done it, and its answer was lost
        return False

    def _create(self, key: str, content: bytes) -> None:
        try:
            self.files.pipe_file(key, content, mode="create")
        except OSError as error:
            if error.errno in (errno.EINVAL, errno.EBUSY) and self.files.exists(key):  # how s3fs passes on "precondition failed"
                raise Exists from error
            raise

    def delete(self, key: str) -> None:
        """Have no such object."""
        with suppress(FileNotFoundError):
            self._patiently(key, lambda: self.files.rm_file(key))

    def check(self, key: str) -> None:
        """UserError where the bucket isn't there, or there are no credentials; OutOfReach where nobody answers.

        Who may not look at the whole bucket may still read and write some of it: that is left to be seen.
        """
        bucket = key.partition("/")[0]
        if self.protocol == "memory":
            return
        try:
            self._patiently(key, lambda: self.files.info(bucket))
        except FileNotFoundError:
            raise UserError(f"there is no bucket {self.protocol}://{bucket}: make it, or correct its name") from None
        except UserError as error:
            if not isinstance(error.__cause__, PermissionError):
                raise

    def _put(self, key: str, call: Callable[[], T]) -> T:
        try:
            return self._patiently(key, call)
        except FileNotFoundError:
            self.check(key)
            raise

    def _patiently(self, key: str, call: Callable[[], T]) -> T:
        """What `call` returns, tried again while what stops it may pass."""
        for wait_s in (*WAITS_S, None):
            try:
                return call()
            except (FileNotFoundError, FileExistsError, IsADirectoryError, NotADirectoryError, Exists, UserError):
                raise
            except Exception as error:
                if not _is_outside(error):
                    raise
                where = f"{self.protocol}://{key}"
                if not _may_pass(error):
                    raise UserError(_refusal(where, error)) from error
                if wait_s is None:
                    raise OutOfReach(
                        f"{where} cannot be reached ({reason_of(error)}): see whether the network and the address are right, "
                        "then run the same command again; what is finished is kept"
                    ) from error
            time.sleep(wait_s)
        raise AssertionError("unreachable")


_seen: set[str] = set()
"""Buckets that were looked for where something wasn't there."""


class Exists(Exception):
    """There is an object of that name already."""


def store(protocol: str) -> Store:
    """The store of a protocol. UserError for one that is unknown, or whose package isn't installed."""
    if protocol not in PACKAGES:
        raise UserError(f"unknown protocol '{protocol}://': {nearest(protocol, (*PACKAGES, 'file'))}")
    package = PACKAGES[protocol]
    if find_spec(package) is None:
        raise UserError(
            f"{protocol}:// needs the package {package}, which is not installed: "
            f"pip install -e '.[{EXTRAS[package]}]' in the repository"
        )
    return Store(protocol)


def _is_outside(error: BaseException) -> bool:
    """Whether it is about the store, and no fault of ours."""
    return isinstance(error, OSError | TimeoutError) or type(error).__module__.partition(".")[0] in _LIBRARIES


def _may_pass(error: BaseException) -> bool:
    """Whether it may be over when the same is asked again."""
    if isinstance(error, ConnectionError | TimeoutError):
        return True
    if isinstance(error, PermissionError):
        return False
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno in _PASSING
    return type(error).__name__ not in (*_NO_CREDENTIALS, *_REFUSED)


def _refusal(where: str, error: BaseException) -> str:
    if type(error).__name__ in _NO_CREDENTIALS:
        return f"{where}: there are no credentials for it ({reason_of(error)}): set those of its provider, see docs/cluster.md"
    if isinstance(error, PermissionError):
        return f"{where}: permission denied ({reason_of(error)}): see whether these credentials may do that"
    return f"{where} is refused ({reason_of(error)}): correct the address, or its store's settings"


def _found(entry: dict[str, Any]) -> Found:
    name = str(entry["name"]).rstrip("/").rpartition("/")[2]
    if entry["type"] == "directory":
        return Found(name, True)
    moments = (entry[key] for key in ("LastModified", "mtime", "updated", "created") if entry.get(key))
    changed_s = next((_seconds(moment) for moment in moments), 0.0)
    version = next((str(entry[key]) for key in ("ETag", "etag", "generation", "md5Hash") if entry.get(key)), "")
    return Found(name, False, int(entry["size"]), changed_s, version)


def _seconds(moment: Any) -> float:
    with suppress(ValueError):
        if isinstance(moment, datetime):
            return moment.timestamp()
        return float(moment) if isinstance(moment, int | float) else datetime.fromisoformat(str(moment)).timestamp()
    return 0.0
