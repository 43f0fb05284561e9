"""Compiled code in the cache that a crash, a full disk or a power cut left in pieces: found without loading it, and removed.

numba reads its files (`.nbi`, an index, and `.nbc`, code) with pickle and dies of one that it can't read, in every process.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from .cache import cache_dir, keep_compiled_code
from .errors import UserError
from .lock import in_turn
from .reasons import reason_of

STAMP = "compiled-"
"""Beginning of the name of a file that says that all is compiled, and where and by what. It holds the sums of the code."""


def code_dir() -> Path:
    """Folder of the code compiled from the sources of today."""
    keep_compiled_code()
    return Path(os.environ["NUMBA_CACHE_DIR"])


def broken_files() -> list[Path]:
    """Files of compiled code that numba could not read. Some milliseconds: numba isn't imported, nothing in them is run."""
    known = _known_sums()
    return [path for path in sorted(code_dir().glob("*/*.nb[ic]")) if not _whole(path, known.get(_place(path), frozenset()))]


def sums() -> str:
    """What a stamp holds: a line with SHA-256 and place of every file of code that there is. The lists of them may still grow."""
    return "".join(f"{_sum(path.read_bytes())} {_place(path)}\n" for path in sorted(code_dir().glob("*/*.nbc")))


def _known_sums() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for stamp in code_dir().glob(f"{STAMP}*"):
        for line in stamp.read_bytes().decode("utf-8", "replace").splitlines():
            own, _, place = line.partition(" ")
            found[place] = found.get(place, frozenset()) | {own}
    return found


def _place(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _sum(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def heal() -> int:
    """Where files are broken, forget all compiled code, so that it is compiled anew, and say so on standard error; how many they
    were. Raises UserError where it can't be removed.
    """
    broken = broken_files()
    if broken:
        forget()
        sys.stderr.write(f"synapt: removed {len(broken)} broken files of compiled code from {cache_dir()}: compiling anew\n")
    return len(broken)


def forget() -> None:
    """Remove all compiled code: whole files, too, may name what was in one that is gone, and crash whoever loads them.

    Raises UserError where it can't be removed.
    """
    with compiling():
        _remove_all()


def _remove_all() -> None:
    for path in (*code_dir().glob("*/*.nb[ic]"), *code_dir().glob(f"{STAMP}*")):  # the stamp says that all is there
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise UserError(
                f"{path} is broken and cannot be removed ({reason_of(error)}): remove it, or set SYNAPT_CACHE"
            ) from error


@contextmanager
def compiling() -> Iterator[None]:
    """Let no other process compile into the same cache meanwhile, for what numba keeps in files that must fit each other.

    A numpy function of rows (guvectorize) is two: the function, named by a number that the compiling process gave it, and a
    wrapper that calls it by that name. Where two processes compiled at once, each may have written one of them, and whoever
    loads them jumps to nowhere.
    """
    folder = Path(os.environ.get("NUMBA_CACHE_DIR") or cache_dir())
    with ExitStack() as held:
        with suppress(OSError):  # nothing is kept there, then
            held.enter_context(in_turn(folder))
        yield


def _whole(path: Path, known: frozenset[str] = frozenset()) -> bool:
    """Whether a file can be read to its end and, where `known` sums are, has one of them."""
    try:
        raw = path.read_bytes()
        if known and _sum(raw) not in known:
            return False
        file = io.BytesIO(raw)
        _Blind(file).load()
        if path.suffix == ".nbi":  # a version, then the rest
            _Blind(file).load()
    except FileNotFoundError:
        return True  # replaced just now by a process that compiles
    except Exception:  # pickle raises nearly anything for nonsense
        return False
    return not file.read(1)


class _Anything:
    """Stands for whatever object a pickle builds."""

    def __new__(cls, *_: Any, **__: Any) -> _Anything:
        return object.__new__(cls)

    def __setstate__(self, _: Any) -> None: ...

    def __call__(self, *_: Any, **__: Any) -> _Anything:
        return self

    append = extend = add = __setitem__ = __call__  # what pickle fills lists, sets and dicts of its own kinds with


class _Blind(pickle.Unpickler):
    """Reads a pickle to its end without importing or running anything that it names."""

    def find_class(self, _module: str, _name: str) -> type[_Anything]:
        return _Anything
