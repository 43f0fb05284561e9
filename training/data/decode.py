"""Frames out of video files for training: as `generator.video` gives them, by torchcodec where it gives the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from ...generator.base.places import place
from ...generator.video import read
from ...generator.video.info import VideoInfo, probe
from ...generator.video.picture import shrunk
from ..values import Array
from . import fast

WINDOW = 64
"""Frames that torchcodec is asked for at a time."""


def decode(path: Path | str, indices: Sequence[int] | Array, short_side_px: int | None = None) -> Array:
    """Frames (T, H, W, 3) uint8 of these numbers, in this order, repeats allowed; shrunk to `short_side_px` if much larger.

    UserError names a file that cannot be read up to the last frame asked for, or has fewer.
    """
    if fast.decoder() == "torchcodec":
        path, info = place(path), probe(path)
        numbers, at = np.unique(np.asarray(indices, np.int64), return_inverse=True)
        if suits_torchcodec(path, info, numbers):
            found = fast.frames(path, numbers.tolist(), shrunk(info.width_px, info.height_px, short_side_px))
            if found is not None:
                return found[at]
    return read.decode(path, indices, short_side_px)


def play(path: Path, first: int, stop: int, short_side_px: int | None = None) -> Iterator[Array]:
    """Frames (H, W, 3) uint8 from number `first` to before `stop` one by one, as `decode` gives them and with its errors.

    Holds no more than WINDOW of them, however long the video.
    """
    numbers = np.arange(first, stop)
    if fast.decoder() != "torchcodec" or not suits_torchcodec(path, probe(path), numbers):
        yield from read.frames(path, numbers.tolist(), short_side_px)
        return
    for at in range(0, len(numbers), WINDOW):
        yield from decode(path, numbers[at : at + WINDOW], short_side_px)


def suits_torchcodec(path: Path, info: VideoInfo, numbers: Array) -> bool:
    """Whether these frames of a video are there, and nothing is in it that torchcodec takes another way.

    It believes times and key frames as they are written, turns by right angles only, leaves oblong pixels as they are, and may
    take a name for an address.
    """
    inside = bool(numbers.size) and 0 <= numbers[0] and numbers[-1] < info.n_frames
    return inside and info.plain and str(path).isprintable() and ":" not in str(path)
