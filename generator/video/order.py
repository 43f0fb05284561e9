"""Whether packets tell the order in which their pictures are shown, or something that a container made up."""

from __future__ import annotations

import av
import numpy as np
from av.bitstream import BitStreamFilterContext

from .packets import REORDERED, Head


class Order:
    """Compares the times of packets with the order that the pictures themselves tell.

    H.264 and H.265 number their pictures in order of presentation, anew from each instantaneous refresh on; FFmpeg's filter
    `dts2pts` reads these numbers (it mixes them up across a refresh, so each gets a filter of its own). Other codecs that are
    asked about show pictures in the order of packets.
    """

    def __init__(self, stream: av.VideoStream) -> None:
        self._stream = stream if stream.codec_context.codec.canonical_name in REORDERED else None
        self._filter: BitStreamFilterContext | None = None
        self._first: av.Packet[av.VideoStream] | None = None
        self._stamps: list[int] = []
        self._ranks: list[int | None] = []
        self._last: int | None = None

    def add(self, packet: av.Packet[av.VideoStream], head: Head) -> bool:
        """Take in the next packet, which is used up by it. False where its time is proven wrong, or those before it were."""
        if (head.resets or self._stream is None) and not self.ended():
            return False
        assert packet.pts is not None
        self._stamps.append(packet.pts)
        if self._stream is None or len(self._stamps) == 1:
            self._first = packet
            return True
        try:
            if self._first is not None:
                self._filter = BitStreamFilterContext("dts2pts", self._stream)
                self._ranks = [made.pts for made in self._filter.filter(self._first)]
                self._first = None
            assert self._filter is not None
            self._ranks += [made.pts for made in self._filter.filter(packet)]
        except av.FFmpegError:
            return False
        return True

    def ended(self) -> bool:
        """Whether the pictures since the last refresh have the times that they say, all later than those before it."""
        stamps, ranks = self._stamps, self._ranks
        if self._filter is not None:
            ranks += [made.pts for made in self._filter.filter(None)]
        self._filter, self._first, self._stamps, self._ranks = None, None, [], []
        if not stamps:
            return True
        if len(stamps) > 1:
            if len(ranks) != len(stamps) or None in ranks:
                return False
            order = np.argsort(np.array(ranks, np.int64), kind="stable")
            if not (np.diff(np.array(stamps)[order]) > 0).all():
                return False
        later = self._last is None or min(stamps) > self._last
        self._last = max(stamps)
        return later
