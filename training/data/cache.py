"""Decoded frames kept on disk at working size, so that a video is decoded once and read many times."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from platformdirs import user_cache_dir

from ...generator.dataset.atomic import appearing
from ...generator.errors import UserError
from ..values import Array, ClipList, Item
from .decode import shrunk
from .reading import Stretch, frames_of, stretch

HEAD = 128
"""Bytes of JSON in front of the frames: their shape."""

SHARE = 0.5
"""The cache takes at most this share of the room that its disk had left when it was opened."""

RECOUNTED = 64
"""After so many writes of its own, a process looks at what the others wrote."""


def default_folder() -> Path:
    """$SYNAPT_CACHE/frames, or `frames` in the platform's cache folder for synapt."""
    override = os.environ.get("SYNAPT_CACHE")
    return (Path(override) if override else Path(user_cache_dir("synapt"))) / "frames"


@dataclass
class FrameCache:
    """Frames of items as `decode` gives them for `short_side_px`, one file each, in `folder`, `max_bytes` in all.

    A file is named by what it was made from (path, size and time of change of the video, the item's times, the side): a changed
    video is decoded anew. Files appear whole: several processes may fill the folder at once. Once it is full, or cannot be
    written, the remaining items are decoded each time; nothing is thrown out, for an epoch would throw out all of it.
    """

    folder: Path
    short_side_px: int
    max_bytes: int
    _used: int = field(default=-1, repr=False)
    _writes: int = field(default=0, repr=False)

    @classmethod
    def opened(cls, short_side_px: int, folder: Path | None = None, max_bytes: int | None = None) -> FrameCache:
        """The cache in `folder` (by default the user's), limited to `max_bytes` or to SHARE of the room there is.

        UserError when the folder cannot be made.
        """
        folder = folder or default_folder()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(
                f"cannot make the frame cache {folder} ({error.strerror}): set SYNAPT_CACHE, or data.cache=false"
            ) from error
        if max_bytes is None:
            max_bytes = int(SHARE * (shutil.disk_usage(folder).free + _size(folder)))
        return cls(folder, short_side_px, max_bytes)

    def frames(self, item: Item, numbers: Array, where: Stretch) -> Array:
        """What `reading.frames_of` gives for these numbers, from the cache; an item that isn't there is put there first."""
        path = self.folder / f"{self._name(item)}.frames"
        kept = _open(path)
        if kept is None:
            width, height = shrunk(where.width_px, where.height_px, self.short_side_px)
            if not self._has_room(len(where) * width * height * 3 + HEAD):
                return frames_of(item, numbers, self.short_side_px)
            kept = frames_of(item, np.arange(len(where)), self.short_side_px)
            self._write(path, kept)
        return np.ascontiguousarray(kept[numbers])

    def size_of(self, clips: ClipList) -> int:
        """Bytes that all of `clips` take here; every video is opened for it."""
        total = 0
        for item in clips.items:
            where = stretch(item)
            width, height = shrunk(where.width_px, where.height_px, self.short_side_px)
            total += len(where) * width * height * 3 + HEAD
        return total

    def _name(self, item: Item) -> str:
        stat = item.path.stat()
        key = [str(item.path.resolve()), stat.st_size, stat.st_mtime_ns, item.start_s, item.end_s, self.short_side_px]
        return hashlib.sha256(json.dumps(key).encode()).hexdigest()[:32]

    def _has_room(self, n_bytes: int) -> bool:
        if self._used < 0 or self._writes >= RECOUNTED:
            self._used, self._writes = _size(self.folder), 0
        return self._used + n_bytes <= self.max_bytes

    def _write(self, path: Path, frames: Array) -> None:
        try:
            with appearing(path) as temporary, temporary.open("wb") as file:
                file.write(json.dumps({"shape": frames.shape}).encode().ljust(HEAD))
                file.write(np.ascontiguousarray(frames).tobytes())
        except UserError:  # full or closed: go on without
            self.max_bytes = 0
            return
        self._used += HEAD + frames.nbytes
        self._writes += 1


def _open(path: Path) -> Array | None:
    """The frames (T, H, W, 3) uint8 in a file, mapped and not read; None when there is no such file, or it isn't whole."""
    try:
        with path.open("rb") as file:
            shape = tuple(json.loads(file.read(HEAD))["shape"])
        return np.memmap(path, np.uint8, "r", HEAD, shape)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _size(folder: Path) -> int:
    total = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".frames"):
                total += entry.stat().st_size
    return total
