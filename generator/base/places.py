"""Where things lie: a path of this machine, or an address in an object store that is used like one.

`place` makes either of what a person typed. A `Remote` is a Path whose file is elsewhere: asked by the system for a name, it
gives that of a local copy, fetched at that moment; a finished temporary file that takes its name (`base.files.appearing`) is put
into the store whole. So readers and writers of datasets know of paths only. Local paths are pathlib's own.
"""

from __future__ import annotations

import errno
import fnmatch
import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path, PosixPath
from typing import IO, Any
from urllib.parse import unquote

from .copies import copy_of, folder
from .errors import UserError
from .stores import Found, Store, store

_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://(.*)\Z", re.DOTALL)

_LOCAL = re.compile(r"\.work|\.lock.*|\..*\.tmp", re.DOTALL)
"""Names of what never leaves this machine: scratch folders, the system's locks, files that aren't finished."""

_SETTLED = (".mp4", ".npz")
"""Endings of files that are large, many, and changed only by who holds the dataset's lock: what their folder's listing says of
them is believed for a while, so that an epoch asks for listings and not for each clip."""

BELIEVED_S = 600.0


def place(text: str | os.PathLike[str]) -> Path:
    """A local path or the Remote that an address names: s3://bucket/data, gs://bucket/data, memory://data; file:///data is local.

    UserError for a protocol that is unknown or whose package isn't installed, and for no address of an object.
    """
    if isinstance(text, Path):
        return text
    found = _ADDRESS.match(os.fspath(text))
    if found is None:
        return Path(text)
    protocol, rest = found[1].lower(), found[2]
    if protocol in ("file", "local"):
        if not rest.startswith("/"):
            raise UserError(f"'{text}' names another machine, or no folder from the root: write {protocol}:///folder")
        return Path(unquote(rest) if protocol == "file" else rest)
    store(protocol)
    made = Remote(f"{protocol}://{rest}")
    if len(made.parts) < 2 or any(part == ".." or _LOCAL.fullmatch(part) for part in made.parts):
        raise UserError(f"'{text}' is no address of a folder in a store: write {protocol}://BUCKET/FOLDER, without '..'")
    return made


def entries(at: Path) -> AbstractContextManager[Iterator[os.DirEntry[str]]]:
    """What os.scandir gives of a folder, wherever it lies."""
    return at.scandir() if isinstance(at, Remote) else os.scandir(at)


def walked(at: Path) -> Iterator[tuple[Path, list[str], list[str]]]:
    """What os.walk gives of a folder, wherever it lies: each folder in it with the names of folders and of files."""
    if not isinstance(at, Remote):
        yield from ((Path(where), folders, names) for where, folders, names in os.walk(at))
        return
    with at.scandir() as found:
        kinds = {entry.name: entry.is_dir() for entry in found}
    folders = [name for name, is_folder in kinds.items() if is_folder]
    yield at, folders, [name for name, is_folder in kinds.items() if not is_folder]
    for name in folders:
        yield from walked(at / name)


def linked(source: Path, target: Path) -> None:
    """Have one file under two names. OSError where the system can't, as it can't what lies in a store (EXDEV)."""
    if isinstance(source, Remote) or isinstance(target, Remote):
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), str(target))
    os.link(source, target)


def is_private(at: Path) -> bool:
    """Whether no other process can see what lies there."""
    return isinstance(at, Remote) and at.parts[:1] == ("memory:",)


def on_this_machine(at: Path) -> Path:
    """The folder of this machine where scratch and unfinished files of a folder lie: itself, unless it is remote."""
    return at.scratch if isinstance(at, Remote) else at


def forget() -> None:
    """Look at stores anew from here on."""
    _known.clear()


_known: dict[str, tuple[float, dict[str, Found]]] = {}
"""Folder -> when it was listed (seconds of a clock that never jumps), and what was settled in it."""


class Remote(PosixPath):
    """An object, or folder of such, in a store: Remote("s3://bucket/data"). Its parts are protocol, bucket and the key's.

    FileNotFoundError for what isn't there, as for any path; UserError and OutOfReach as Store has them.
    """

    __slots__ = ()

    def __str__(self) -> str:
        return f"{self.parts[0]}//{'/'.join(self.parts[1:])}" if self.parts else "."

    def __fspath__(self) -> str:
        """The name of a file of this machine: of scratch itself, else of a copy of what the object is now."""
        return os.fspath(self.fetched())

    def fetched(self, most: int | None = None) -> Path:
        """The same as a local path; UserError for an object of more than `most` bytes, which isn't fetched."""
        if self.is_scratch:
            return self.scratch
        for _ in range(3):
            if (found := self._look()) is None or found.is_dir:
                break
            if most is not None and found.n_bytes > most:
                raise UserError(f"{self} has {found.n_bytes:,} bytes, at most {most:,} are read: give the right file")
            try:
                return copy_of(self.store, self.key, found)
            except FileNotFoundError:  # changed since it was looked at
                forget()
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self))

    @property
    def store(self) -> Store:
        """Where it lies."""
        return store(self.parts[0].rstrip(":"))

    @property
    def key(self) -> str:
        """Its name there, the bucket's first."""
        return "/".join(self.parts[1:])

    @property
    def is_scratch(self) -> bool:
        """Whether it is something that never leaves this machine."""
        return any(_LOCAL.fullmatch(part) for part in self.parts[1:])

    @property
    def scratch(self) -> Path:
        """Where something of this name lies on this machine that never leaves it, or doesn't yet."""
        return folder().joinpath("work", *(part.rstrip(":") for part in self.parts))

    def _look(self) -> Found | None:
        if len(self.parts) < 2:
            return None
        if self.suffix not in _SETTLED:
            return self.store.look(self.key)
        near = str(self.parent)
        listed_s, settled = _known.get(near, (-BELIEVED_S, {}))
        if time.monotonic() - listed_s > BELIEVED_S:
            with self.parent.scandir():
                settled = _known[near][1]
        return settled.get(self.name)

    def scandir(self) -> AbstractContextManager[Iterator[Any]]:
        """As os.scandir: its entries in order of name, those of scratch not among them. FileNotFoundError where there is none."""
        listed = self.store.listed(self.key)
        _known[str(self)] = time.monotonic(), {one.name: one for one in listed if one.name.endswith(_SETTLED)}
        return nullcontext(_Entry(self, one) for one in listed)

    def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
        """What is known of it, as of a local file."""
        if self.is_scratch:
            return self.scratch.stat(follow_symlinks=follow_symlinks)
        if (found := self._look()) is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self))
        return _state(found)

    def lstat(self) -> os.stat_result:
        """The same: there are no links."""
        return self.stat(follow_symlinks=False)

    def open(self, mode: str = "r", *args: Any, **more: Any) -> IO[Any]:  # type: ignore[override]
        """As Path.open; what isn't scratch can only be read, and is written by a temporary file that takes its name."""
        if not self.is_scratch and set(mode) & set("wax+"):
            raise OSError(errno.EROFS, "it is written whole, by a temporary file", str(self))
        return self.fetched().open(mode, *args, **more)

    def replace(self, target: str | os.PathLike[str]) -> Path:  # type: ignore[override]
        """Take this temporary file's content to where `target` lies, which appears whole."""
        if not isinstance(target, Remote) or not self.is_scratch:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), str(self))
        if target.is_scratch:
            self.scratch.replace(target.scratch)
        else:
            self.store.put(self.scratch, target.key)
            self.scratch.unlink()
            _known.pop(str(target.parent), None)
        return target

    def unlink(self, missing_ok: bool = False) -> None:
        """Have it gone."""
        if self.is_scratch:
            self.scratch.unlink(missing_ok)
            return
        if not missing_ok and self._look() is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self))
        self.store.delete(self.key)
        _known.pop(str(self.parent), None)

    def mkdir(self, mode: int = 0o777, parents: bool = False, exist_ok: bool = False) -> None:
        """Stores have no folders; what is scratch in it gets one on this machine."""
        self.scratch.mkdir(mode, parents=True, exist_ok=exist_ok or not self.is_scratch)

    def iterdir(self) -> Iterator[Remote]:  # type: ignore[override]
        """What lies in it; nothing where it isn't there."""
        with self.scandir() as found:
            yield from (self / entry.name for entry in found)

    def glob(self, pattern: str) -> Iterator[Remote]:  # type: ignore[override]
        """What fits a pattern of names below it, without '**'."""
        first, _, rest = pattern.partition("/")
        for path in self.iterdir():
            if fnmatch.fnmatchcase(path.name, first):
                yield from path.glob(rest) if rest else (path,)

    def samefile(self, other_path: str | os.PathLike[str]) -> bool:
        """Whether it is the same address."""
        return self == other_path

    def is_symlink(self) -> bool:
        """There are none."""
        return False

    def absolute(self) -> Remote:  # type: ignore[override]
        """Itself."""
        return self

    def resolve(self, strict: bool = False) -> Remote:  # type: ignore[override]
        """Itself."""
        return self

    def is_absolute(self) -> bool:
        """It always is."""
        return True

    def relative_to(self, *other: str | os.PathLike[str]) -> Path:  # type: ignore[override]
        """The rest of the path from another one on, which lies nowhere."""
        return Path(*super().relative_to(*other).parts)


class _Entry:
    """As os.DirEntry."""

    def __init__(self, above: Remote, found: Found) -> None:
        self.name, self._found, self._above = found.name, found, above

    @property
    def path(self) -> str:
        return str(self._above / self.name)

    def is_file(self) -> bool:
        return not self._found.is_dir

    def is_dir(self) -> bool:
        return self._found.is_dir

    def is_symlink(self) -> bool:
        return False

    def stat(self) -> os.stat_result:
        return _state(self._found)


def _state(found: Found) -> os.stat_result:
    kind = stat.S_IFDIR | 0o755 if found.is_dir else stat.S_IFREG | 0o644
    whole, ns = int(found.changed_s), int(found.changed_s * 1e9)
    times = {f"st_{which}time": found.changed_s for which in "amc"} | {f"st_{which}time_ns": ns for which in "amc"}
    return os.stat_result((kind, 0, 0, 1, 0, 0, found.n_bytes, whole, whole, whole), times)
