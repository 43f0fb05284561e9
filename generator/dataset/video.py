"""Frames to H.264 and back."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from ..errors import UserError
from ..values import Array

_BT709 = 1  # AVCOL_SPC_BT709 and friends; said in the stream so that every decoder inverts the same matrix
_LIMITED = 1


def write_video(path: Path, frames: Array, fps: float) -> None:
    """Encode frames (T, H, W, 3) uint8 sRGB at a constant rate: H.264 yuv420p, key frame each second.

    One encoder thread: its output is then the same bits on every machine. Raises UserError for odd sizes.
    """
    _, height, width, _ = frames.shape
    if height % 2 or width % 2:
        raise UserError(f"H.264 needs even sizes, got {width}x{height}: use {width + width % 2}x{height + height % 2}")
    rate = Fraction(fps).limit_denominator(1001)
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=rate)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        # x264's macroblock tree reads memory that nobody wrote when a row has few macroblocks: off, for the same bits
        stream.options = {"crf": "18", "preset": "veryfast", "x264-params": "open-gop=0:mbtree=0"}
        context = stream.codec_context
        context.thread_count = 1
        context.gop_size = max(1, int(rate))
        context.colorspace = context.color_primaries = context.color_trc = _BT709
        context.color_range = _LIMITED
        for frame in frames:
            image = av.VideoFrame.from_ndarray(np.ascontiguousarray(frame), format="rgb24")
            container.mux(stream.encode(image.reformat(format="yuv420p", dst_colorspace="ITU709", threads=1)))
        container.mux(stream.encode())


def read_video(path: Path) -> Array:
    """Decode all frames (T, H, W, 3) uint8. Raises UserError when the file is missing or broken."""
    try:
        with av.open(str(path)) as container:
            # one thread: PyAV would start several for every picture, at many times the cost of the picture
            frames = [frame.reformat(format="rgb24", threads=1).to_ndarray() for frame in container.decode(video=0)]
    except (OSError, av.FFmpegError, IndexError) as error:
        raise UserError(f"{path} cannot be decoded ({error}): run `synapt verify --fix` on its dataset") from error
    if not frames:
        raise UserError(f"{path} holds no frame: run `synapt verify --fix` on its dataset")
    return np.stack(frames)


def video_rate(path: Path) -> float:
    """Frames per second as the file states it."""
    with av.open(str(path)) as container:
        return float(container.streams.video[0].average_rate or 0)
