"""Where prepared data lie on the user's machine."""

from __future__ import annotations

import os
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

    Without it numba writes beside the sources, which fails where the user cannot write to the installation.
    """
    os.environ.setdefault("NUMBA_CACHE_DIR", str(cache_dir() / "numba"))
