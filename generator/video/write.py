"""Frames to H.264."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from ..base.errors import UserError
from ..values import Array
from .opening import writing

_BT709 = 1  # AVCOL_SPC_BT709 and friends; said in the stream so that every decoder inverts the same matrix
_LIMITED = 1

X264 = "open-gop=0:mbtree=0:cpu-independent=1"
"""For the same bits: x264's macroblock tree reads memory that nobody wrote when a row has few macroblocks, and where there is
AVX2 it would decide otherwise than where there is none."""


CRF = 18
"""Of what we store: hardly anything is lost."""


def write_video(path: Path, frames: Array, fps: float) -> None:
    """Encode frames (T, H, W, 3) uint8 sRGB at a constant rate: H.264 yuv420p, key frame each second.

    One encoder thread: its output is then the same bits on every x86 processor. Raises UserError for odd sizes.
    """
    _, height, width, _ = frames.shape
    if height % 2 or width % 2:
        raise UserError(f"H.264 needs even sizes, got {width}x{height}: use {width + width % 2}x{height + height % 2}")
    rate = Fraction(fps).limit_denominator(1001)
    with writing(path, "mp4", {"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=rate)
        stream.width, stream.height = width, height
        x264(stream.codec_context, CRF, max(1, int(rate)))
        for frame in frames:
            container.mux(stream.encode(said(frame)))
        container.mux(stream.encode())


def x264(context: av.VideoCodecContext, crf: int, gop: int, preset: str = "veryfast") -> None:
    """Set up an encoder for the same bits everywhere, with a key frame every `gop` frames."""
    context.pix_fmt = "yuv420p"
    context.options = {"crf": str(crf), "preset": preset, "x264-params": X264}
    context.thread_count = 1
    context.gop_size = gop
    context.colorspace = context.color_primaries = context.color_trc = _BT709
    context.color_range = _LIMITED


def said(frame: Array) -> av.VideoFrame:
    """A frame (H, W, 3) uint8 as the encoder takes it."""
    image = av.VideoFrame.from_ndarray(np.ascontiguousarray(frame), format="rgb24")
    return image.reformat(format="yuv420p", dst_colorspace="ITU709", threads=1)
