"""Whether a file ends where it should: one that was cut off is often a shorter video without an error."""

from __future__ import annotations

import re
from pathlib import Path

import av
import numpy as np

from .opening import opened

_TS_PACKETS = (188, 192, 204)
"""Bytes of a packet of MPEG transport streams: plain, with time codes, with error correction."""

SLACK = 1.5
"""So many times the longest time between two frames may be missing at the end: durations are rounded, and the last frame's is
often not told."""


class Ending:
    """Notes where the packets of a stream end."""

    def __init__(self) -> None:
        self._stamps: list[int] = []
        self._end, self._is_damaged = 0, False

    def note(self, packet: av.Packet[av.VideoStream]) -> None:
        """Take in the next packet."""
        self._is_damaged = packet.is_corrupt
        if packet.pts is not None:
            self._end = max(self._end, packet.pts + (packet.duration or 0))
            self._stamps.append(packet.pts)

    def missing(self, path: Path, container: av.container.InputContainer, stream: av.VideoStream) -> str:
        """Why the file at `path` seems to have lost its end, nothing where it does not."""
        if self._is_damaged:
            return "its last picture is incomplete"
        if container.format.name == "mpegts" and all(container.size % n for n in _TS_PACKETS):
            return "its last packet is incomplete"
        if not self._stamps:
            return ""
        base = float(stream.time_base or 1)
        gap_s = float(np.diff(np.sort(self._stamps)).max(initial=0)) * base
        slack_s, end_s = SLACK * max(gap_s, 1 / stated_rate(stream)), self._end * base
        said_s, alone = _said(container, stream)
        if said_s - end_s <= slack_s or (not alone and said_s - _last_s(path) <= slack_s):
            return ""
        return f"it is said to last {said_s:.2f} s and ends after {end_s:.2f} s"


def stated_rate(stream: av.VideoStream) -> float:
    """Frames per second, as the file states or FFmpeg guesses them."""
    return float(stream.average_rate or stream.guessed_rate or 25.0)


def _said(container: av.container.InputContainer, stream: av.VideoStream) -> tuple[float, bool]:
    """Seconds that the stream is said to last, and whether it is said of it alone."""
    if stream.duration:
        return float(stream.duration * (stream.time_base or 1)), True
    if told := re.fullmatch(r"(\d+):(\d+):(\d+\.?\d*)\s*", stream.metadata.get("DURATION", "")):
        return 3600 * int(told[1]) + 60 * int(told[2]) + float(told[3]), True
    return (container.duration or 0) / av.time_base, len(container.streams) == 1


def _last_s(path: Path) -> float:
    """Where the last packet of any stream ends, in seconds."""
    with opened(path) as (container, _):
        ends = (
            float((packet.pts + (packet.duration or 0)) * packet.time_base)
            for packet in container.demux()
            if packet.size and packet.pts is not None
        )
        return max(ends, default=0.0)
