"""What a video is, from its packets where these can be believed, else by decoding it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import av
import numpy as np

from ..base.errors import UserError
from ..base.places import place
from ..base.shown import shown
from ..values import Array
from .ending import Ending, stated_rate
from .opening import opened
from .order import Order
from .packets import REORDERED, Heads
from .picture import AS_CODED, size_shown, turn_of


@dataclass(frozen=True)
class Index:
    """Where frames lie in a file whose packets tell.

    `stamps` (N,) are the frames' times as the file writes them, ascending; `keys` (K,) the numbers of those from which on all
    can be decoded without what comes before, `last` the number of the one that is decoded last. `skips`: frames to which no
    other refers may be left out, without a change to the rest. `plain`: each packet is a frame that is shown, and each that the
    file calls a key frame is one.
    """

    stamps: Array
    keys: Array
    last: int
    skips: bool
    plain: bool


@dataclass(frozen=True)
class VideoInfo:
    """What a video is: its frames in order of presentation, mean rate, and size as shown (turned, its pixels square).

    `times_s` (n_frames,) are the frames' times from the first one's; None where the rate is constant as far as is known.
    `cut` says why the file seems to have lost its end, nothing where it has not. `index` is None where packets do not tell, and
    then frames are only found by counting from the start. `plain`: the file holds nothing that readers take differently.
    """

    n_frames: int
    fps: float
    width_px: int
    height_px: int
    cut: str = ""
    times_s: Array | None = field(default=None, compare=False, repr=False)
    index: Index | None = field(default=None, compare=False, repr=False)
    plain: bool = field(default=False, compare=False, repr=False)

    def span(self, start_s: float = 0.0, end_s: float | None = None) -> tuple[int, int]:
        """First frame and the one after the last of those shown from `start_s` to before `end_s`; may be empty."""
        times = np.arange(self.n_frames) / self.fps if self.times_s is None else self.times_s
        slack = 1e-3 / self.fps  # times in files are rounded
        first = int(np.searchsorted(times, start_s - slack))
        stop = self.n_frames if end_s is None else int(np.searchsorted(times, end_s - slack))
        return first, max(first, stop)


def probe(path: Path | str) -> VideoInfo:
    """What the video at `path` is, as it is on disk now. UserError when it cannot be read to its end or has no frame."""
    path = place(path)
    try:
        stat = path.stat()
    except OSError as error:
        raise UserError(f"{shown(path)} is missing: restore it, or take it off the list") from error
    return _probe(path, stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=100_000)
def _probe(path: Path, size: int, mtime_ns: int) -> VideoInfo:
    with opened(path) as (container, stream):
        walk = _Walk(container, stream)
        index, first = walk.index(), walk.first
        cut = walk.ending.missing(path, container, stream)
        if index is not None and first is not None:
            return _info(stream, first, len(index.stamps), index.stamps, cut, index)
    with opened(path) as (_, stream):
        stamps: list[int | None] = []
        for frame in in_order(stream):
            first = frame if not stamps else first
            stamps.append(frame.pts)
        if first is None:
            raise UserError(f"{shown(path)} contains no frames: restore the file, or take it off the list")
        known = np.array([stamp for stamp in stamps if stamp is not None], np.int64)
        told = len(known) == len(stamps) and bool((np.diff(known) > 0).all())
        return _info(stream, first, len(stamps), known if told else None, cut, None)


def in_order(stream: av.VideoStream) -> Iterator[av.VideoFrame]:
    """All frames in the order in which they are shown.

    What does not decode before the first key frame is passed over: a recording may begin anywhere.
    """
    begun = False
    for packet in stream.container.demux(stream):  # type: ignore[attr-defined]
        begun = begun or packet.is_keyframe
        try:
            frames = packet.decode()
        except av.InvalidDataError:
            if begun:
                raise
            continue
        yield from frames


def _info(
    stream: av.VideoStream, first: av.VideoFrame, n_frames: int, stamps: Array | None, cut: str, index: Index | None
) -> VideoInfo:
    rate = stated_rate(stream)
    width, height = size_shown(first, stream)
    plain = index is not None and index.plain and stream.container.streams.best("video") is stream
    plain = plain and turn_of(first) == AS_CODED and (width, height) == (first.width, first.height)
    if stamps is None or len(stamps) < 2:
        if stamps is None and stream.duration and not cut:
            rate = n_frames / float(stream.duration * (stream.time_base or 1))
        return VideoInfo(n_frames, rate, width, height, cut, None, index, plain)
    times = (stamps - stamps[0]) * float(stream.time_base or 1.0)
    rate = (len(times) - 1) / float(times[-1])
    even = np.abs(times - np.arange(len(times)) / rate).max() < 0.1 / rate
    return VideoInfo(n_frames, rate, width, height, cut, None if even else times, index, plain)


class _Walk:
    """Looks at all packets of a stream, and at its first frame as long as it seems that packets will do."""

    def __init__(self, container: av.container.InputContainer, stream: av.VideoStream) -> None:
        self.first: av.VideoFrame | None = None
        self.ending = Ending()
        self._heads, self._order = Heads(stream), Order(stream)
        self._stamps: list[int] = []
        self._keys: list[int] = []
        self._layers: set[int] = set()
        self._plain = True
        self._believed = self._heads.counted
        for packet in container.demux(stream):
            if packet.size:
                self.ending.note(packet)
            if self._believed:
                self._believed = self._look_at(packet)
        self._believed = self._believed and bool(self._stamps) and self._order.ended()

    def _look_at(self, packet: av.Packet[av.VideoStream]) -> bool:
        """Whether packets can still be believed."""
        head, stamp = (self._heads.read(packet), packet.pts) if packet.size else (None, None)
        if head and (stamp is None or not (head.opens or self._layers)):
            return False
        if self.first is None:
            self.first = next(iter(packet.decode()), None)
        if head is None or stamp is None:  # the end
            return True
        is_shown = head.is_shown and not packet.is_discard
        self._plain = self._plain and is_shown and head.begins == packet.is_keyframe
        self._layers.add(head.layer)
        if is_shown:
            self._stamps.append(stamp)
            if head.begins:
                self._keys.append(stamp)
        return self._order.add(packet, head)

    def index(self) -> Index | None:
        """The frames' places; None where times are missing, repeat, or tell another order than the pictures themselves do."""
        if not self._believed:
            return None
        stamps = np.sort(np.array(self._stamps, np.int64))
        keys = np.searchsorted(stamps, np.sort(np.array(self._keys, np.int64)))
        last = int(np.searchsorted(stamps, self._stamps[-1]))
        return Index(stamps, keys, last, self._heads.codec in REORDERED and self._layers == {0}, self._plain)
