"""Decoded frames kept on disk at working size, so that a video is decoded once and read many times."""

from __future__ import annotations

import hashlib
import json
import math
import os
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ...generator.base.bounded import is_regular
from ...generator.base.cache import cache_dir
from ...generator.base.errors import UserError
from ...generator.base.files import appearing
from ...generator.base.reasons import reason_of
from ...generator.video.picture import shrunk
from ..values import Array, Item
from .reading import Stretch, all_frames, frames_of

HEAD = 128
"""Bytes of JSON in front of the frames: their shape."""

SHARE = 0.5
"""The cache takes at most this share of the room that its disk had left when it was opened."""

LIMIT_GB, LIMIT = 20.0, "SYNAPT_FRAMES_GB"
"""Nor does it take more gigabytes (10^9 bytes) than these, or than the environment variable says."""

UNUSED_S = 14 * 24 * 3600.0
"""Files that nobody has read for so long are deleted when the cache is next opened."""

RECOUNTED = 64
"""After so many writes of its own, a process looks at what the others wrote."""

USED_S, STALE_S = 3600.0, 6 * 3600.0
"""A file's time is set anew when it is read this long after; one not read for so long makes room for others."""

SPARED = 0.9
"""Stale files go, the longest unused first, until the cache takes this share of what it may; then again once it is full."""


def default_folder() -> Path:
    """Where frames are kept in the cache."""
    return cache_dir() / "frames"


def limit_bytes() -> int:
    """How much the frames of all runs may take: $SYNAPT_FRAMES_GB, or LIMIT_GB. UserError for what is no number from 0 on."""
    said = os.environ.get(LIMIT, "")
    try:
        limit_gb = float(said or LIMIT_GB)
    except ValueError:
        limit_gb = math.nan
    if not 0 <= limit_gb < math.inf:
        raise UserError(f"{LIMIT} is '{said}', wanted gigabytes for decoded frames: set it to a number, such as {LIMIT_GB:g}")
    return int(1e9 * limit_gb)


@dataclass
class FrameCache:
    """Frames of items as `decode` gives them for `short_side_px`, one file each, in `folder`, `max_bytes` in all.

    str() tells people where, how much and until when.

    A file is named by what it was made from (path, size and time of change of the video, the item's times, the side): a changed
    video is decoded anew. Files appear whole: several processes may fill the folder at once. Once it is full, files that nobody
    has read for hours are deleted. What a run itself reads is not, for an epoch would throw out all of it: where that is too
    much, or the folder cannot be written, the remaining items are decoded each time.
    """

    folder: Path
    short_side_px: int
    max_bytes: int
    _used: int = field(default=-1, repr=False)
    _writes: int = field(default=0, repr=False)
    _cleared_s: float = field(default=float("-inf"), repr=False)

    @classmethod
    def opened(cls, short_side_px: int, folder: Path | None = None, max_bytes: int | None = None) -> FrameCache:
        """The cache in `folder` (by default the user's): `max_bytes`, or `limit_bytes` and SHARE of the room that there is.

        Deletes what was unused for UNUSED_S. UserError when the folder cannot be made, or the limit is no number.
        """
        most = limit_bytes() if max_bytes is None else max_bytes
        folder = folder or default_folder()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(
                f"cannot make the frame cache {folder} ({reason_of(error)}): set SYNAPT_CACHE, or data.cache=false"
            ) from error
        _forget(folder)
        if max_bytes is None:
            most = min(most, int(SHARE * (shutil.disk_usage(folder).free + _size(_files(folder)))))
        return cls(folder, short_side_px, most)

    def __str__(self) -> str:
        days = UNUSED_S / 24 / 3600
        return (
            f"decoded frames are kept in {self.folder}, {self.max_bytes / 1e9:.1f} GB at most ({LIMIT} sets another limit), "
            f"and deleted when unused for {days:.0f} days"
        )

    def frames(self, item: Item, numbers: Array, where: Stretch) -> Array:
        """What `reading.frames_of` gives for these numbers, from the cache; an item that isn't there is put there first."""
        path = self.folder / f"{self._name(item)}.frames"
        kept = _open(path)
        if kept is None and self._fill(path, item, where):
            kept = _open(path)
        return frames_of(item, numbers, self.short_side_px) if kept is None else np.ascontiguousarray(kept[numbers])

    def _name(self, item: Item) -> str:
        stat = item.path.stat()
        key = [str(item.path.resolve()), stat.st_size, stat.st_mtime_ns, item.start_s, item.end_s, self.short_side_px]
        return hashlib.sha256(json.dumps(key).encode()).hexdigest()[:32]

    def _has_room(self, n_bytes: int) -> bool:
        if self._used < 0 or self._writes >= RECOUNTED:
            self._used, self._writes = _size(_files(self.folder)), 0
        if self._used + n_bytes > self.max_bytes > 0 and time.monotonic() - self._cleared_s > USED_S:
            self._clear()
        return self._used + n_bytes <= self.max_bytes

    def _clear(self) -> None:
        """Delete stale files until there is room; looked for once an hour, for it takes a while where files are many."""
        self._cleared_s = time.monotonic()
        files = _files(self.folder)
        self._used = _size(files)
        for last_used_s, size, path in sorted(files):
            if self._used <= SPARED * self.max_bytes or time.time() - last_used_s < STALE_S:
                break
            with suppress(OSError):  # gone already, or somebody else's
                Path(path).unlink()
                self._used -= size

    def _fill(self, path: Path, item: Item, where: Stretch) -> bool:
        """Whether all frames of the item could be written to `path`; one by one, for a film's would not fit into memory."""
        width, height = shrunk(where.width_px, where.height_px, self.short_side_px)
        shape = (len(where), height, width, 3)
        size = HEAD + math.prod(shape)
        if not self._has_room(size):
            return False
        unreadable: UserError | None = None
        try:
            with appearing(path) as temporary, temporary.open("wb") as file:
                file.write(json.dumps({"shape": shape}).encode().ljust(HEAD))
                try:
                    for frame in all_frames(item, self.short_side_px):
                        file.write(np.ascontiguousarray(frame).data)
                except UserError as error:
                    unreadable = error
                    raise
        except UserError:
            if unreadable:
                raise
            self.max_bytes = 0  # full or closed: go on without
            return False
        self._used += size
        self._writes += 1
        return True


def _open(path: Path) -> Array | None:
    """The frames (T, H, W, 3) uint8 in a file, mapped and not read; None when there is no such file, or it isn't whole."""
    try:
        if not is_regular(path):
            return None
        with path.open("rb") as file:
            shape = tuple(json.loads(file.read(HEAD))["shape"])
            if len(shape) != 4 or shape[3] != 3 or min(shape) < 1 or math.prod(shape) + HEAD != os.fstat(file.fileno()).st_size:
                return None
            if time.time() - os.fstat(file.fileno()).st_mtime > USED_S:
                with suppress(OSError):  # somebody else's file
                    os.utime(path)
        return np.memmap(path, np.uint8, "r", HEAD, shape)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _files(folder: Path) -> list[tuple[float, int, str]]:
    """(when last used, bytes, path) of all files of frames."""
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".frames"):
                with suppress(FileNotFoundError):  # another process has just deleted it
                    stat = entry.stat()
                    found.append((stat.st_mtime, stat.st_size, entry.path))
    return found


def _forget(folder: Path) -> None:
    """Delete what nobody has read for UNUSED_S, and as old beginnings of files whose writers were killed."""
    before_s = time.time() - UNUSED_S
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith((".frames", ".tmp")):
                with suppress(OSError):  # gone already, or somebody else's
                    if entry.stat().st_mtime < before_s:
                        Path(entry.path).unlink()


def _size(files: list[tuple[float, int, str]]) -> int:
    return sum(size for _, size, _ in files)
