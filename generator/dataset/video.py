"""Frames to H.264 and back."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np

from ..base.errors import UserError
from ..base.machine import usable_memory_bytes
from ..values import Array

_BT709 = 1  # AVCOL_SPC_BT709 and friends; said in the stream so that every decoder inverts the same matrix
_LIMITED = 1

X264 = "open-gop=0:mbtree=0:cpu-independent=1"
"""For the same bits: x264's macroblock tree reads memory that nobody wrote when a row has few macroblocks, and where there is
AVX2 it would decide otherwise than where there is none."""


def write_video(path: Path, frames: Array, fps: float) -> None:
    """Encode frames (T, H, W, 3) uint8 sRGB at a constant rate: H.264 yuv420p, key frame each second.

    One encoder thread: its output is then the same bits on every x86 processor. Raises UserError for odd sizes.
    """
    _, height, width, _ = frames.shape
    if height % 2 or width % 2:
        raise UserError(f"H.264 needs even sizes, got {width}x{height}: use {width + width % 2}x{height + height % 2}")
    rate = Fraction(fps).limit_denominator(1001)
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=rate)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.options = {"crf": "18", "preset": "veryfast", "x264-params": X264}
        context = stream.codec_context
        context.thread_count = 1
        context.gop_size = max(1, int(rate))
        context.colorspace = context.color_primaries = context.color_trc = _BT709
        context.color_range = _LIMITED
        for frame in frames:
            image = av.VideoFrame.from_ndarray(np.ascontiguousarray(frame), format="rgb24")
            container.mux(stream.encode(image.reformat(format="yuv420p", dst_colorspace="ITU709", threads=1)))
        container.mux(stream.encode())


def read_video(path: Path, expected: tuple[int, int, int] | None = None) -> Array:
    """Decode all frames (T, H, W, 3) uint8. Raises UserError when the file is missing or broken.

    With (T, H, W) `expected` it stops at the first frame too many, and gives the first one of another size alone: who compares
    sees the difference, and a small file that unpacks to a long or large film takes no memory. UserError, too, where what is
    expected is more than this machine has.
    """
    if expected and (needed := 3 * math.prod(expected)) > (room := usable_memory_bytes()):
        raise UserError(f"{path} would take {needed:,} bytes, and this machine grants {room:,}: use a larger one")
    kept: list[Array] = []
    for frame in _decoded(path):
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
    for number, frame in enumerate(_decoded(path)):
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


def _decoded(path: Path) -> Iterator[Array]:
    """Frames (H, W, 3) uint8 one by one, at least one."""
    frame: av.VideoFrame | None = None
    try:
        with av.open(str(path)) as container:
            for frame in container.decode(video=0):
                # one thread: PyAV would start several for every picture, at many times the cost of the picture
                yield frame.reformat(format="rgb24", threads=1).to_ndarray()
    except (OSError, av.FFmpegError, IndexError) as error:
        reason = getattr(error, "strerror", None) or error  # FFmpeg's number and the path again help nobody
        raise UserError(
            f"{path} cannot be decoded ({reason}): replace it, or run `synapt verify --fix` on its dataset"
        ) from error
    if frame is None:
        raise UserError(f"{path} holds no frame: replace it, or run `synapt verify --fix` on its dataset")


def video_rate(path: Path) -> float:
    """Frames per second as the file states it."""
    with av.open(str(path)) as container:
        return float(container.streams.video[0].average_rate or 0)
