"""Compiled code in the cache that a crash, a full disk or a power cut left in pieces: found without loading it, and removed.

numba reads its files (`.nbi`, an index, and `.nbc`, code) with pickle and dies of one that it can't read, in every process.
"""

from __future__ import annotations

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


def code_dir() -> Path:
    """Folder of the code compiled from the sources of today."""
    keep_compiled_code()
    return Path(os.environ["NUMBA_CACHE_DIR"])


def broken_files() -> list[Path]:
    """Files of compiled code that numba could not read. Some milliseconds: numba isn't imported, nothing in them is run."""
    return [path for path in sorted(code_dir().glob("*/*.nb[ic]")) if not _whole(path)]


def heal() -> int:
    """Remove broken files, so that what was in them is compiled anew, and say so on standard error; how many they were.

    Raises UserError where they can't be removed.
    """
    broken = broken_files()
    for path in broken:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise UserError(
                f"{path} is broken and cannot be removed ({error.strerror}): remove it, or set SYNAPT_CACHE"
            ) from error
    if broken:
        sys.stderr.write(f"synapt: removed {len(broken)} broken files of compiled code from {cache_dir()}: compiling anew\n")
    return len(broken)


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


def _whole(path: Path) -> bool:
    try:
        file = io.BytesIO(path.read_bytes())
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
