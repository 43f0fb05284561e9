"""Video files opened: whatever their names, never more than the one file, and never the picture on a record's cover."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
from av.stream import Disposition

from ..base.bounded import open_regular
from ..base.errors import UserError
from ..base.reasons import reason_of
from ..base.shown import shown

_READING = {"protocol_whitelist": "fd"}
"""FFmpeg gets an open file and no name, which it would take for a URL, a pattern or a playlist; nothing else may be opened."""


@contextmanager
def opened(path: Path) -> Iterator[tuple[av.container.InputContainer, av.VideoStream]]:
    """The container and the video in it that FFmpeg calls best, decoded by one thread.

    UserError that names the file where it is missing, no regular file or holds no video, and for whatever FFmpeg complains of
    while it is open.
    """
    try:
        handle = open_regular(path)
    except OSError as error:
        reason = f"cannot be opened ({reason_of(error)})" if os.path.lexists(path) else "is missing"
        raise UserError(f"{shown(path)} {reason}: restore it, or take it off the list") from error
    try:
        with av.open("fd:", options={**_READING, "fd": str(handle)}) as container:
            stream = _film(container)
            if stream is None:
                raise UserError(f"{shown(path)} contains no video: take it off the list")
            if stream.codec_context is None:
                raise UserError(f"{shown(path)} uses a codec that is not known here: convert it, or take it off the list")
            stream.codec_context.thread_count = 1  # one per worker process; more would compete
            yield container, stream
    except (av.FFmpegError, OSError, ValueError) as error:
        reason = reason_of(error)  # without FFmpeg's number and the path again
        raise UserError(f"{shown(path)} cannot be decoded ({reason}): restore the file, or take it off the list") from error
    finally:
        os.close(handle)


def writing(path: Path, kind: str, options: dict[str, str]) -> av.container.OutputContainer:
    """A container of the format `kind`, to be written to `path`."""
    return av.open("file:" + os.fspath(path), "w", format=kind, options=options)


def _film(container: av.container.InputContainer) -> av.VideoStream | None:
    """The best of the streams that move: a song's cover is a video stream, too, and often the first one."""
    best = container.streams.best("video")
    moving = [stream for stream in container.streams.video if not stream.disposition & Disposition.attached_pic]
    return best if best in moving else max(moving, key=lambda stream: stream.frames, default=None)  # type: ignore[return-value]
