"""Videos that were read through once and found sound: remembered, so that the next command doesn't read them again."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from functools import cache
from pathlib import Path

from ...generator import video
from ...generator.dataset.provenance import versions
from .cache import default_folder

MOST_BYTES = 64 << 20
"""Of the list, some two million videos; then it is begun anew."""

_DIGITS = 32


class SoundVideos:
    """What is known of videos by path, size and time of change, in a file that every process appends to.

    `folder` None is the user's cache. A list that can't be read or written only costs time.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.path = (folder or default_folder()) / "sound.txt"
        self._known: set[str] = set()
        with suppress(OSError):
            if self.path.stat().st_size > MOST_BYTES:
                self.path.unlink()
            self._known.update(self.path.read_text(encoding="ascii", errors="replace").splitlines())

    def __contains__(self, video: Path) -> bool:
        return _key(video) in self._known

    def add(self, video: Path) -> None:
        """Remember a video. A line is written at once and whole, whoever else writes."""
        self._known.add(key := _key(video))
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
            try:
                os.write(handle, f"{key}\n".encode("ascii"))
            finally:
                os.close(handle)


def _key(video: Path) -> str:
    """Digits that change with the video and with what decodes it; "" for one that isn't there."""
    try:
        state = video.stat()
    except OSError:
        return ""
    words = f"{os.path.realpath(video)} {state.st_size} {state.st_mtime_ns} {_decoder()}"
    return hashlib.sha256(words.encode("utf-8", "surrogateescape")).hexdigest()[:_DIGITS]


@cache
def _decoder() -> str:
    """The version of the package that brings FFmpeg, and our own code that reads with it."""
    digest = hashlib.sha256(str(versions(("av",))).encode())
    for source in sorted(Path(video.__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]
