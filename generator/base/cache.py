"""Where prepared data lie on the user's machine."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from platformdirs import user_cache_dir

from .errors import UserError


def cache_dir() -> Path:
    """Folder of everything that is prepared once: $SYNAPT_CACHE, or the platform's cache folder for `synapt`.

    The folder need not exist yet; whoever writes makes it. UserError for somebody without a home and without $SYNAPT_CACHE.
    """
    override = os.environ.get("SYNAPT_CACHE")
    if override:
        return Path(override)
    try:
        folder = user_cache_dir("synapt")
    except RuntimeError:  # neither HOME nor the list of users says where it is; older platformdirs leave the "~" as it is
        folder = "~"
    if folder.startswith("~"):
        raise UserError("there is no home folder to keep a cache in: set SYNAPT_CACHE to a folder that you may write to")
    return Path(folder)


def keep_compiled_code() -> None:
    """Let numba keep its compiled functions in the cache; call before anything imports numba.

    Without it numba writes beside the sources, which fails where the user cannot write to the installation. The folder
    is another one for other sources: numba compiles a function anew when its own file changes, but not when a
    function set into it from another file does, and would go on with the old one.
    """
    os.environ.setdefault("NUMBA_CACHE_DIR", str(cache_dir() / "numba" / _kernels_digest()))


def _kernels_digest() -> str:
    """Of all sources that hold compiled functions; some milliseconds."""
    generator = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(path for room in ("body", "labels", "motion", "render") for path in (generator / room).rglob("*.py")):
        source = path.read_bytes()
        if any(word in source for word in (b"njit", b"guvectorize", b"@kernel", b"@inlined")):
            digest.update(path.relative_to(generator).as_posix().encode() + source)
    return digest.hexdigest()[:16]
