"""Whether a file ends where it should: one that was cut off is often a shorter video without an error."""

from __future__ import annotations

import re
from pathlib import Path

import av
import numpy as np

from ..values import Array
from .extent import breaks_off
from .opening import opened

SLACK = 1.5
"""So many times the longest time between two frames may be missing at the end: durations are rounded, and the last frame's is
often not told."""

_TAIL = 16
"""Frames at a film's end among which some may be missing that are shown before others, which were decoded first."""

_BARE = "yuv4mpegpipe"
"""Nothing but pictures of one size, behind each other."""

_SOME = 2
"""So many are missing for certain: a single one may have been dropped when the film was made."""

_TOLD_BY_ORDER = frozenset(("mpegts", "mpeg"))
"""Formats that keep both of a packet's times and do not say how long they are."""


class Ending:
    """Notes where the packets of a stream end."""

    def __init__(self) -> None:
        self._stamps: list[int] = []
        self._decoded: list[int | None] = []
        self._end, self._bytes, self._is_damaged = 0, 0, False

    def note(self, packet: av.Packet[av.VideoStream]) -> None:
        """Take in the next packet."""
        self._is_damaged = packet.is_corrupt
        self._bytes = (packet.pos or 0) + packet.size
        if packet.pts is not None:
            self._end = max(self._end, packet.pts + (packet.duration or 0))
            self._stamps.append(packet.pts)
            self._decoded.append(packet.dts)

    def missing(self, path: Path, container: av.container.InputContainer, stream: av.VideoStream) -> str:
        """Why the file at `path` seems to have lost its end, nothing where it does not."""
        if self._is_damaged:
            return "its last picture is incomplete"
        if breaks_off(path, container.format.name) or (container.format.name == _BARE and self._bytes < container.size):
            return "the file ends amid one of its parts"
        if not self._stamps:
            return ""
        if container.format.name in _TOLD_BY_ORDER and (n := self._held_back()) >= _SOME:
            return f"{n} of the pictures that are shown before its last one are not there"
        base = float(stream.time_base or 1)
        gap_s = float(np.diff(np.sort(self._stamps)).max(initial=0)) * base
        slack_s, end_s = SLACK * max(gap_s, 1 / stated_rate(stream)), self._end * base
        said_s, alone = _said(container, stream)
        if said_s - end_s <= slack_s or (not alone and said_s - _last_s(path) <= slack_s):
            return ""
        return f"it is said to last {said_s:.2f} s and ends after {end_s:.2f} s"

    def _held_back(self) -> int:
        """How many pictures are missing before the last one.

        At a constant rate, pictures are shown as long after their place in decoding as the first ones were: a lead that grows at
        the end is that of a picture which was decoded ahead of others, and these are not there. (pts and dts, sorted.)
        """
        if len(self._stamps) < 3 * _TAIL or None in self._decoded:
            return 0
        lead: Array = np.sort(self._stamps) - np.sort(np.array(self._decoded, np.int64))
        usual, step = np.median(lead), np.median(np.diff(np.sort(self._stamps)))
        if step <= 0 or np.abs(lead[_TAIL:-_TAIL] - usual).max() > step / 2:
            return 0
        return max(0, round(float((lead[-1] - usual) / step)))


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
