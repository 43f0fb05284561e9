"""Assets in the user's cache: fetched from a mirror of the user's, checked by SHA-256, shared by all processes of the machine.

A mirror is a folder or a web address that holds files by the names of the manifest. What is fetched goes to a temporary name, is
compared with the manifest, and only then takes its own; of several processes one fetches and the others wait for it.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import urllib.request
from pathlib import Path
from typing import BinaryIO

from ..generator.base.cache import cache_dir
from ..generator.base.errors import UserError, nearest
from ..generator.base.files import appearing
from ..generator.base.lock import in_turn
from .tables import table

OFFLINE = "SYNAPT_OFFLINE"
"""Environment variable: with 1 in it, nothing is fetched over a network."""

MOST_BYTES = 1 << 28
"""Of one asset."""

FILES = "hdris"
"""Table of the assets that are files with a digest."""

_WEB = ("http://", "https://")
_PATIENCE_S = 30.0


def folder() -> Path:
    """Where fetched assets lie, each in a folder called like its digest."""
    return cache_dir() / "assets"


def stored(name: str) -> Path:
    """Where the file of an asset lies once it is fetched."""
    row = _row(name)
    return folder() / str(row["sha256"])[:16] / Path(row["file"]).name


def fetch(name: str, mirror: str, offline: bool = False) -> Path:
    """The asset's file in the cache, fetched from the mirror unless it is there and whole. UserError where that can't be done."""
    row, path = _row(name), stored(name)
    with in_turn(path.parent, waiting=f"another process fetches {name}: waiting for it"):
        if path.is_file() and digest_of(path) == row["sha256"]:
            return path
        with appearing(path) as temporary:
            source = f"{mirror.rstrip('/')}/{path.name}"
            _copy(source, temporary, offline or os.environ.get(OFFLINE, "") not in ("", "0"))
            got = digest_of(temporary)
            if got != row["sha256"]:
                ours = row["sha256"][:12]
                raise UserError(f"{source} has SHA-256 {got[:12]}, and {name} has {ours}: it is another file, try another mirror")
    return path


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def names() -> tuple[str, ...]:
    """Assets that are files, which can be fetched."""
    return tuple(table(FILES))


def _row(name: str) -> dict[str, str]:
    rows: dict[str, dict[str, str]] = table(FILES)
    if name not in rows:
        raise UserError(f"there is no asset '{name[:60]}' that is a file: {nearest(name, rows)}")
    return rows[name]


def _copy(source: str, to: Path, offline: bool) -> None:
    if source.startswith(_WEB) and offline:
        raise UserError(f"{source} is on a network, and this is offline: unset {OFFLINE}, or give a folder as --from")
    try:
        with _opened(source) as stream, to.open("wb") as file:
            left = MOST_BYTES
            while piece := stream.read(1 << 20):
                left -= len(piece)
                if left < 0:
                    raise UserError(f"{source} has more than {MOST_BYTES >> 20} MiB, which no asset has: try another mirror")
                file.write(piece)
    except (OSError, ValueError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or error
        raise UserError(f"{source} could not be read ({reason}): name a folder or an address that has it as --from") from error


def _opened(source: str) -> BinaryIO:
    if source.startswith(_WEB):
        return urllib.request.urlopen(source, timeout=_PATIENCE_S)  # type: ignore[no-any-return]
    return Path(source).open("rb")
