"""Frames as they are after a video codec: encoded and decoded in memory."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np

from ..base.errors import UserError
from ..values import Array
from .write import said, x264

KEY_S = 2.0
"""Seconds between key frames, where a camera or a web site begins anew."""


def recompressed(frames: Array, fps: float, crf: int) -> Array:
    """Frames (T, H, W, 3) uint8 after H.264 at a constant rate factor, which has lost what a real video has lost.

    The same bits every time: one thread. UserError for odd sizes.
    """
    _, height, width, _ = frames.shape
    if height % 2 or width % 2:
        raise UserError(f"H.264 needs even sizes, got {width}x{height}: use {width + width % 2}x{height + height % 2}")
    rate = Fraction(fps).limit_denominator(1001)
    encoder, decoder = av.CodecContext.create("libx264", "w"), av.CodecContext.create("h264", "r")
    encoder.width, encoder.height, encoder.framerate, encoder.time_base = width, height, rate, 1 / rate
    x264(encoder, crf, max(1, round(KEY_S * fps)), "superfast")  # about what a phone's chip takes the time for
    decoder.thread_count = 1
    packets = [packet for frame in frames for packet in encoder.encode(said(frame))] + encoder.encode()
    shown = [image for packet in packets for image in decoder.decode(packet)] + decoder.decode(None)
    return np.stack([image.to_ndarray(format="rgb24") for image in shown])
