"""From a decoded frame to an upright picture: turned, mirrored and stretched as the file says that it is to be shown."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
from av.video.reformatter import VideoReformatter

from ..values import Array

NEAR = 1.25
"""Frames up to so many times as large as they need be stay as they are: to shrink them takes longer than it saves (five times
as long as converting a picture of 144 pixels without), and their crops are resized once less."""

OBLONG = 8
"""Pixels said to be more oblong than this are a mistake, and taken for square ones."""

Turn = tuple[int, int, int, int]
"""Of a display matrix a, b, c, d: the point (x, y) of the coded picture is shown at (a x + c y, b x + d y), y downwards."""

AS_CODED: Turn = (1, 0, 0, 1)


def turn_of(frame: av.VideoFrame) -> Turn:
    """How `frame` is to be shown, one of eight: its display matrix, brought to the nearest right angle."""
    side = frame.side_data
    if not len(side) or "DISPLAYMATRIX" not in side:  # to look is quicker than to be told no
        return AS_CODED
    a, b, _, c, d = (int(value) for value in np.frombuffer(bytes(side["DISPLAYMATRIX"]), np.int32)[:5])  # type: ignore[typeddict-item]
    if max(abs(a), abs(d)) >= max(abs(b), abs(c)):
        return (-1 if a < 0 else 1), 0, 0, (-1 if d < 0 else 1)
    return 0, (-1 if b < 0 else 1), (-1 if c < 0 else 1), 0


def size_shown(frame: av.VideoFrame, stream: av.VideoStream) -> tuple[int, int]:
    """(width, height) in pixels at which `frame` of `stream` is shown: its pixels stretched to squares, then turned."""
    pixel = Fraction(stream.sample_aspect_ratio or 1)
    if not 1 <= OBLONG * pixel <= OBLONG**2:
        pixel = Fraction(1)
    width, height = max(1, round(frame.width * pixel)), frame.height
    return (width, height) if turn_of(frame)[0] else (height, width)


def shrunk(width_px: int, height_px: int, short_side_px: int | None) -> tuple[int, int]:
    """(width, height) in pixels at which frames come whose shorter side need be no longer than `short_side_px`."""
    short = min(width_px, height_px)
    if short_side_px is None or short <= NEAR * short_side_px:
        return width_px, height_px
    return max(1, round(width_px * short_side_px / short)), max(1, round(height_px * short_side_px / short))


def upright(frame: av.VideoFrame, size: tuple[int, int], converter: VideoReformatter) -> Array:
    """(H, W, 3) uint8 of `size` (width, height), as the file says that it is to be shown.

    One converter serves all frames of a file: setting one up takes longer than using it; so does every thread of PyAV's.
    """
    a, b, c, d = turn_of(frame)
    width, height = size if a else size[::-1]
    how = "AREA" if width <= frame.width and height <= frame.height else "BILINEAR"
    image: Array = converter.reformat(frame, width, height, "rgb24", interpolation=how, threads=1).to_ndarray()
    if (a, b, c, d) == AS_CODED:
        return image
    if not a:
        image = image.swapaxes(0, 1)
    return np.ascontiguousarray(image[:: b + d, :: a + c])
