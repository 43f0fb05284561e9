"""Decoding by torchcodec, where it really decodes: it skips what it need not decode in files with many key frames."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

from ...generator.base.errors import UserError
from ...generator.base.reasons import reason_of
from ...generator.video.read import read_video
from ...generator.video.write import write_video
from ..values import Array

VARIABLE = "SYNAPT_DECODER"
DECODERS = ("pyav", "torchcodec")
TOLERANCE = 3
"""Levels of 255 by which two FFmpegs may round colours differently."""


@lru_cache(maxsize=1)
def decoder() -> str:
    """What decodes in this process, "torchcodec" or "pyav"; $SYNAPT_DECODER forces one.

    torchcodec can be installed and not work (it wants FFmpeg's libraries from the system), so it is asked to decode. UserError
    for a forced one that is unknown or does not work.
    """
    forced = os.environ.get(VARIABLE, "")
    if forced and forced not in DECODERS:
        raise UserError(f"{VARIABLE}={forced}: choose from {', '.join(DECODERS)}, or leave it unset")
    if forced == "pyav":
        return forced
    problem = torchcodec_problem()
    if problem and forced:
        raise UserError(
            f"{VARIABLE}={forced}, but torchcodec does not decode here ({problem}): install FFmpeg, or leave it unset"
        )
    return "pyav" if problem else "torchcodec"


def torchcodec_problem() -> str:
    """Why torchcodec can't be used here, from an attempt to decode four frames; nothing when it can."""
    pictures = np.zeros((4, 64, 64, 3), np.uint8)
    for k, picture in enumerate(pictures):
        picture[:, 16 * k :] = (200, 90, 40)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "four.mp4")
        write_video(path, pictures, 25.0)
        plain = read_video(path)
        try:
            found = _read(path, [0, 1, 2, 3])
        except Exception as error:  # torchcodec fails to load in many ways
            return reason_of(error)
    if found.shape != plain.shape or np.abs(found.astype(int) - plain).max() > TOLERANCE:
        return "it gives other frames than PyAV"
    return ""


def frames(path: Path, numbers: Sequence[int], size: tuple[int, int]) -> Array | None:
    """Frames (T, H, W, 3) uint8 of these ascending numbers, shrunk to `size` (width, height); None where it can't give them."""
    try:
        found = _read(path, numbers)
    except (RuntimeError, IndexError, ValueError):
        return None
    if found.shape[2:0:-1] == size:
        return found
    return np.stack([cv2.resize(frame, size, interpolation=cv2.INTER_AREA) for frame in found])


def _read(path: Path, numbers: Sequence[int]) -> Array:
    from torchcodec.decoders import VideoDecoder

    video = VideoDecoder(os.fspath(path), dimension_order="NHWC", num_ffmpeg_threads=1)
    found: Array = video.get_frames_at(list(numbers)).data.numpy()
    return found
