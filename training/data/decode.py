"""Frames out of video files, exact by number, whatever the container says."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import av
import numpy as np
from av.video.reformatter import VideoReformatter

from ...generator.base.errors import UserError
from ..values import Array
from . import fast

COUNTED = frozenset(("h264", "hevc", "av1", "vp8", "vp9", "mjpeg", "png", "rawvideo", "ffv1", "prores"))
"""Codecs of which each packet with a time of its own is one frame. Others (Xvid packs two into one) are decoded to be counted."""


SKIPPING = frozenset(("h264", "hevc"))
"""Codecs that can leave out single frames to which no other frame refers, without a change to the rest (tested for each)."""

FAR = 64
"""Frames; a key frame at least so far into the file is sought, others are decoded up to."""


@dataclass(frozen=True)
class VideoInfo:
    """What a video is: its frames in order of presentation, mean rate, and size as shown (rotation done).

    `times_s` (n_frames,) are the frames' times from the first one's; None where the rate is constant as far as is known.
    `stamps` (n_frames,) are the times as the file writes them and `keys` (K,) the numbers of the key frames; both None where
    packets do not tell, and then frames are only found by counting from the start.
    """

    n_frames: int
    fps: float
    width_px: int
    height_px: int
    times_s: Array | None = field(default=None, compare=False, repr=False)
    stamps: Array | None = field(default=None, compare=False, repr=False)
    keys: Array | None = field(default=None, compare=False, repr=False)

    def span(self, start_s: float = 0.0, end_s: float | None = None) -> tuple[int, int]:
        """First frame and the one after the last of those shown from `start_s` to before `end_s`; may be empty."""
        times = np.arange(self.n_frames) / self.fps if self.times_s is None else self.times_s
        slack = 1e-3 / self.fps  # times in files are rounded
        first = int(np.searchsorted(times, start_s - slack))
        stop = self.n_frames if end_s is None else int(np.searchsorted(times, end_s - slack))
        return first, max(first, stop)


NEAR = 1.25
"""Frames up to so many times as large as they need be stay as they are: to shrink them takes longer than it saves (five times
as long as converting a picture of 144 pixels without), and their crops are resized once less."""


def probe(path: Path | str) -> VideoInfo:
    """What the video at `path` is, as it is on disk now. UserError when it cannot be read or has no frame."""
    path = Path(path)
    try:
        stat = path.stat()
    except OSError as error:
        raise UserError(f"{path} is missing: restore it, or take it off the list") from error
    return _probe(path, stat.st_size, stat.st_mtime_ns)


def decode(path: Path | str, indices: Sequence[int] | Array, short_side_px: int | None = None) -> Array:
    """Frames (T, H, W, 3) uint8 of these numbers, in this order, repeats allowed; shrunk to `short_side_px` if much larger.

    UserError names a file that cannot be read up to the last frame asked for, or has fewer.
    """
    path, wanted = Path(path), np.asarray(indices, np.int64)
    info = probe(path)
    if wanted.size and not (0 <= wanted.min() and wanted.max() < info.n_frames):
        raise UserError(f"{path} has {info.n_frames} frames, {wanted.min()} to {wanted.max()} were asked for: correct its list")
    numbers = sorted(set(wanted.tolist()))
    size = shrunk(info.width_px, info.height_px, short_side_px)
    if info.stamps is not None and fast.decoder() == "torchcodec":
        found = fast.frames(path, numbers, size)
        return found[np.searchsorted(numbers, wanted)]
    frames: dict[int, Array] = {}
    missing = numbers
    for key in sorted({_key_before(info, numbers[0]), 0}, reverse=True):  # a container may seek too far: then from its start
        if missing:
            frames.update(_frames(path, info, missing, size, key))
            missing = [k for k in numbers if k not in frames]
    if missing:
        raise UserError(f"{path} is broken: frame {missing[0]} of {info.n_frames} is not there to decode: restore the file")
    return np.stack([frames[k] for k in wanted.tolist()])


def shrunk(width_px: int, height_px: int, short_side_px: int | None) -> tuple[int, int]:
    """(width, height) in pixels at which frames come whose shorter side need be no longer than `short_side_px`."""
    short = min(width_px, height_px)
    if short_side_px is None or short <= NEAR * short_side_px:
        return width_px, height_px
    return max(1, round(width_px * short_side_px / short)), max(1, round(height_px * short_side_px / short))


@contextmanager
def _opened(path: Path) -> Iterator[tuple[av.container.InputContainer, av.VideoStream]]:
    """The first video stream, one thread; whatever FFmpeg complains of becomes a UserError that names the file."""
    try:
        with av.open(os.fspath(path)) as container:
            if not container.streams.video:
                raise UserError(f"{path} holds no video: take it off the list")
            stream = container.streams.video[0]
            stream.codec_context.thread_count = 1  # one per worker process; more would compete
            yield container, stream
    except (av.FFmpegError, OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error).split("\n", 1)[0]  # without FFmpeg's number and the path again
        raise UserError(f"{path} cannot be decoded ({reason}): restore the file, or take it off the list") from error


@lru_cache(maxsize=100_000)
def _probe(path: Path, size: int, mtime_ns: int) -> VideoInfo:
    with _opened(path) as (container, stream):
        packets = [packet for packet in container.demux(stream) if packet.size and not packet.is_discard]
        stamps = [pts for pts in (packet.pts for packet in packets) if pts is not None]
        counted = stream.codec_context.name in COUNTED and len(set(stamps)) == len(packets)
        keys = [packet.pts for packet in packets if packet.is_keyframe and packet.pts is not None]
        rate = float(stream.average_rate or stream.guessed_rate or 25.0)
        base = float(stream.time_base or 1.0)
    with _opened(path) as (container, stream):
        frames = container.decode(stream)
        first = next(frames, None)
        if first is None:
            raise UserError(f"{path} holds no frame: restore the file, or take it off the list")
        width, height = (first.width, first.height) if first.rotation % 180 == 0 else (first.height, first.width)
        if not counted:
            return VideoInfo(1 + sum(1 for _ in frames), rate, width, height)
    ordered = np.sort(np.array(stamps, np.int64))
    times = (ordered - ordered[0]) * base
    if len(times) > 1:
        rate = (len(times) - 1) / float(times[-1])
    even = np.abs(times - np.arange(len(times)) / rate).max() < 0.1 / rate
    return VideoInfo(len(times), rate, width, height, None if even else times, ordered, np.searchsorted(ordered, np.sort(keys)))


def _frames(path: Path, info: VideoInfo, numbers: Sequence[int], size: tuple[int, int], key: int) -> Iterator[tuple[int, Array]]:
    """Those of the frames of these ascending numbers that are found from the key frame `key` on, each with its number."""
    left, converter = set(numbers), VideoReformatter()
    for number, frame in _counted(path) if info.stamps is None else _stamped(path, info, numbers, key):
        if number in left:
            yield number, upright(frame, size, converter)
            left.remove(number)
            if not left:
                return


def _counted(path: Path) -> Iterator[tuple[int, av.VideoFrame]]:
    with _opened(path) as (container, stream):
        yield from enumerate(container.decode(stream))


def _stamped(path: Path, info: VideoInfo, numbers: Sequence[int], key: int) -> Iterator[tuple[int, av.VideoFrame]]:
    """Frames known by their times, among them all of `numbers`; of the others those that nothing needs are not even decoded."""
    assert info.stamps is not None
    wanted = {int(info.stamps[k]): k for k in numbers}
    with _opened(path) as (container, stream):
        codec = stream.codec_context
        skips = codec.name in SKIPPING
        if key:
            container.seek(int(info.stamps[key]), stream=stream)
        for packet in container.demux(stream):
            if skips:
                codec.skip_frame = "DEFAULT" if packet.pts is None or packet.pts in wanted else "NONREF"
            for frame in packet.decode():
                if frame.pts in wanted:
                    yield wanted[frame.pts], frame


def _key_before(info: VideoInfo, number: int) -> int:
    """The key frame from which to decode up to `number`; 0 where seeking would cost more than it saves, or none is known."""
    if info.keys is None or not len(info.keys):
        return 0
    key = int(info.keys[max(0, int(np.searchsorted(info.keys, number, side="right")) - 1)])
    return key if key >= FAR else 0


def upright(frame: av.VideoFrame, size: tuple[int, int], converter: VideoReformatter) -> Array:
    """(H, W, 3) uint8 of `size` (width, height), turned as the file says that it is to be shown.

    One converter serves all frames of a file: setting one up takes longer than using it.
    """
    turns = round(frame.rotation / 90) % 4
    width, height = size if turns % 2 == 0 else size[::-1]
    image = converter.reformat(frame, width, height, "rgb24", interpolation="AREA", threads=1).to_ndarray()
    return np.ascontiguousarray(np.rot90(image, turns)) if turns else image
