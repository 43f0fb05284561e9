"""From an item to its frames: where its stretch of the video lies, which frames are looked at, how large they come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ...generator.base.errors import UserError
from ...generator.video.info import probe
from ..values import Array, Item
from .decode import decode, play


@dataclass(frozen=True)
class Stretch:
    """The frames of an item: `first` to before `stop` of its video, at `fps` in the mean; the video's size as shown."""

    first: int
    stop: int
    fps: float
    width_px: int
    height_px: int

    def __len__(self) -> int:
        return self.stop - self.first


def stretch(item: Item) -> Stretch:
    """Where the frames of `item` lie. UserError when the video cannot be read or the item's times hold no frame."""
    info = probe(item.path)
    first, stop = info.span(item.start_s, item.end_s)
    if first >= stop:
        end = "its end" if item.end_s is None else f"{item.end_s:g} s"
        raise UserError(
            f"{item.path} has no frame from {item.start_s:g} s to {end} of {info.n_frames / info.fps:.2f} s: correct its list"
        )
    return Stretch(first, stop, info.fps, info.width_px, info.height_px)


def frames_of(item: Item, numbers: Sequence[int] | Array, short_side_px: int | None) -> Array:
    """Frames (T, H, W, 3) uint8 of these numbers of the item, 0 being its first. UserError when they cannot be decoded."""
    return decode(item.path, np.asarray(numbers) + stretch(item).first, short_side_px)


def all_frames(item: Item, short_side_px: int | None) -> Iterator[Array]:
    """Every frame (H, W, 3) uint8 of the item, one by one. UserError as `frames_of`."""
    where = stretch(item)
    return play(item.path, where.first, where.stop, short_side_px)
