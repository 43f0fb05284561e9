"""Frames out of video files, exact by number, whatever the container says."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from pathlib import Path

import av
import cv2
import numpy as np
from av.video.reformatter import VideoReformatter

from ..base.errors import UserError
from ..base.machine import usable_memory_bytes
from ..base.places import place
from ..base.shown import shown
from ..values import Array
from .info import Index, VideoInfo, in_order, probe
from .opening import opened
from .picture import shrunk, size_shown, upright

FAR = 64
"""Frames; a key frame at least so far into the file is sought, others are decoded up to."""


def decode(path: Path | str, indices: Sequence[int] | Array, short_side_px: int | None = None) -> Array:
    """Frames (T, H, W, 3) uint8 of these numbers, in this order, repeats allowed; shrunk to `short_side_px` if much larger.

    UserError names a file that cannot be read up to the last frame asked for, or has fewer.
    """
    path, wanted = place(path), np.asarray(indices, np.int64)
    numbers = sorted(set(wanted.tolist()))
    found = dict(zip(numbers, frames(path, numbers, short_side_px), strict=True))
    return np.stack([found[k] for k in wanted.tolist()])


def frames(path: Path, numbers: Sequence[int], short_side_px: int | None = None) -> Iterator[Array]:
    """The frames (H, W, 3) uint8 of these ascending numbers one by one, as `decode` gives them and with its errors."""
    info = probe(path)
    if len(numbers) and not (0 <= numbers[0] and numbers[-1] < info.n_frames):
        raise UserError(
            f"{shown(path)} has {info.n_frames} frames, {numbers[0]} to {numbers[-1]} were asked for: correct its list"
        )
    size, converter = shrunk(info.width_px, info.height_px, short_side_px), VideoReformatter()
    left = iter(numbers)
    awaited = next(left, None)
    for number, frame in _numbered(path, info, numbers) if numbers else ():
        if number == awaited:
            yield upright(frame, size, converter)
            awaited = next(left, None)
            if awaited is None:
                break
    if awaited is not None:
        raise UserError(f"{shown(path)} is broken: frame {awaited} of {info.n_frames} is not there to decode: restore the file")


def read_through(path: Path) -> tuple[int, bool]:
    """Decode all frames and keep none; returns how many of them were damaged, and patched up by the decoder, and whether the one
    decoded last is among them, as in a film that was cut off.

    UserError as `decode` would raise it for any frame.
    """
    info, awaited, patched, at_the_end = probe(path), 0, 0, False
    last = info.n_frames - 1 if info.index is None else info.index.last
    for number, frame in _numbered(path, info, range(info.n_frames)):
        awaited += number == awaited
        patched += frame.is_corrupt
        at_the_end |= frame.is_corrupt and number == last
    if awaited < info.n_frames:
        raise UserError(f"{shown(path)} is broken: frame {awaited} of {info.n_frames} is not there to decode: restore the file")
    return patched, at_the_end


def read_video(path: Path, expected: tuple[int, int, int] | None = None) -> Array:
    """All frames (T, H, W, 3) uint8. Raises UserError when the file is missing or broken.

    With (T, H, W) `expected` it stops at the first frame too many, and gives the first one alone where it is of another size: who
    compares sees the difference, and a small file that unpacks to a long or large film takes no memory. UserError, too, where
    what is expected is more than this machine has.
    """
    if expected and (needed := 3 * math.prod(expected)) > (room := usable_memory_bytes()):
        raise UserError(f"{shown(path)} would take {needed:,} bytes, and this machine grants {room:,}: use a larger one")
    kept: list[Array] = []
    for frame in _played(path):
        if expected and frame.shape[:2] != expected[1:]:
            return frame[None]
        kept.append(frame)
        if expected and len(kept) > expected[0]:
            break
    return np.stack(kept)


def glance(path: Path, width_px: int, most: int) -> Array:
    """Frames (T, H, W, 3) uint8 of a video, no wider than width_px: all, or of a long one evenly spread ones, at most `most`.

    Keeps no more than these in memory, however long the video. Raises UserError as `read_video`.
    """
    kept: list[Array] = []
    step = 1
    for number, frame in enumerate(_played(path)):
        if number % step:
            continue
        if len(kept) == most:
            kept, step = kept[::2], 2 * step
            if number % step:
                continue
        kept.append(frame if frame.shape[1] <= width_px else fitted(frame, width_px))
    return np.stack(kept)


def fitted(frame: Array, width_px: int) -> Array:
    """A frame (H, W, 3) uint8 brought to a width, its proportions kept."""
    height = max(1, round(frame.shape[0] * width_px / frame.shape[1]))
    method = cv2.INTER_AREA if frame.shape[1] > width_px else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(frame, (width_px, height), interpolation=method))


def _played(path: Path) -> Iterator[Array]:
    """Frames (H, W, 3) uint8 from first to last, at least one, all of the first one's size."""
    size, converter = None, VideoReformatter()
    with opened(path) as (_, stream):
        for frame in in_order(stream):
            size = size or size_shown(frame, stream)
            yield upright(frame, size, converter)
    if size is None:
        raise UserError(f"{shown(path)} contains no frames: restore the file, or take it off the list")


def _numbered(path: Path, info: VideoInfo, numbers: Sequence[int]) -> Iterator[tuple[int, av.VideoFrame]]:
    """Frames with their numbers in order, among them all of `numbers` that are there to decode."""
    if info.index is None:
        with opened(path) as (_, stream):
            yield from enumerate(in_order(stream))
        return
    number_of = {int(info.index.stamps[k]): k for k in numbers}
    key, before = _keys_before(info.index, numbers[0])
    for first, sought in ((key, key), (key, before), (0, 0)):  # containers seek by other times, and may come too far
        with opened(path) as (container, stream):
            packets = _from_key(container, stream, info.index, first, sought)
            if packets is not None:
                for frame in _decoded(stream, packets, info.index, number_of.keys()):
                    if frame.pts in number_of:
                        yield number_of[frame.pts], frame
                return


def _keys_before(index: Index, number: int) -> tuple[int, int]:
    """The key frame from which to decode up to `number`, and the one before; 0 where seeking would cost more than it saves."""
    at = int(np.searchsorted(index.keys, number, side="right")) - 1
    key = int(index.keys[max(at, 0)])
    return (key, int(index.keys[max(at - 1, 0)])) if FAR <= key <= number else (0, 0)


def _from_key(
    container: av.container.InputContainer, stream: av.VideoStream, index: Index, key: int, sought: int
) -> Iterator[av.Packet[av.VideoStream]] | None:
    """Packets from that of the key frame `key` on, found by seeking `sought`; None where the container comes behind it."""
    if not key:
        return container.demux(stream)
    stamp = int(index.stamps[key])
    try:
        container.seek(int(index.stamps[sought]), stream=stream)
    except av.FFmpegError:
        return None
    packets = container.demux(stream)
    for packet in packets:
        if packet.pts == stamp and packet.is_keyframe:
            return chain((packet,), packets)
        if packet.is_keyframe and packet.pts is not None and packet.pts > stamp:
            return None
    return None


def _decoded(
    stream: av.VideoStream, packets: Iterator[av.Packet[av.VideoStream]], index: Index, wanted: Collection[int]
) -> Iterator[av.VideoFrame]:
    """Frames in order, among them all whose times are `wanted`; of the others those that nothing needs are not even decoded."""
    for packet in packets:
        if index.skips:
            needed = packet.pts is None or packet.pts in wanted
            stream.codec_context.skip_frame = "DEFAULT" if needed else "NONREF"
        yield from packet.decode()
