"""Where prepared data lie on the user's machine."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from platformdirs import user_cache_dir


def cache_dir() -> Path:
    """Folder of everything that is prepared once: $SYNAPT_CACHE, or the platform's cache folder for `synapt`.

    The folder need not exist yet; whoever writes makes it.
    """
    override = os.environ.get("SYNAPT_CACHE")
    return Path(override) if override else Path(user_cache_dir("synapt"))


def keep_compiled_code() -> None:
    """Let numba keep its compiled functions in the cache; call before anything imports numba.

    Without it numba writes beside the sources, which fails where the user cannot write to the installation. The folder
    is another one for other sources: numba compiles a function anew when its own file changes, but not when a
    function set into it from another file does, and would go on with the old one.
    """
    os.environ.setdefault("NUMBA_CACHE_DIR", str(cache_dir() / "numba" / _kernels_digest()))


@contextmanager
def compiling() -> Iterator[None]:
    """Let no other process compile into the same cache meanwhile, for what numba keeps in files that must fit each other.

    A numpy function of rows (guvectorize) is two: the function, named by a number that the compiling process gave it, and a
    wrapper that calls it by that name. Where two processes compiled at once, each may have written one of them, and whoever
    loads them jumps to nowhere.
    """
    folder = Path(os.environ.get("NUMBA_CACHE_DIR") or cache_dir())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:  # nothing is kept there, then
        yield
        return
    try:
        with suppress(OSError):  # a file system may know no locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _kernels_digest() -> str:
    """Of all sources that hold compiled functions; some milliseconds."""
    generator = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(path for room in ("body", "labels", "motion", "render") for path in (generator / room).rglob("*.py")):
        source = path.read_bytes()
        if any(word in source for word in (b"njit", b"guvectorize", b"@kernel", b"@inlined")):
            digest.update(path.relative_to(generator).as_posix().encode() + source)
    return digest.hexdigest()[:16]
