"""What a packet says of its picture before it is decoded: whether pictures begin anew with it, whether it is shown at all.

Headers are read as ITU-T H.264 (table 7-1) and H.265 (table 7-1), RFC 6386 (VP8, section 9.1), the VP9 specification (6.2,
annex B) and the AV1 specification (5.3, 5.9) have them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import av

INTRA = frozenset(("mjpeg", "png", "rawvideo", "ffv1", "prores"))
"""Codecs whose key packets are taken at their container's word; of all but ffv1 every packet is one."""

REORDERED = frozenset(("h264", "hevc"))
"""Codecs that may show pictures in another order than they are decoded in."""

COUNTED = INTRA | REORDERED | {"av1", "vp8", "vp9"}
"""Codecs of which each packet that is shown is one frame. Others (Xvid packs two into one) are decoded to be counted."""

HEAD = 4096
"""Bytes of a packet in which its first picture begins, whatever parameters and messages come before."""

_START = b"\0\0\1"

_WHOLE = 1
"""AVFieldOrder above this is interlaced, and a packet of H.264 may be half a frame then."""

_H264_IDR = 5
_RANDOM_ACCESS, _WITHOUT_LEADING, _H265_IDR = range(16, 22), range(17, 21), range(19, 21)
"""Of H.265: types of pictures after which nothing refers to what was before them; those that leave out no picture shown earlier
if a stream begins with them; and those that number pictures anew."""


@dataclass(frozen=True)
class Head:
    """Of one packet: with it and without any before it begin all pictures shown after it (`begins`), all at all (`opens`), and
    pictures are numbered anew (`resets`). `is_shown`: it isn't only there to be referred to. `layer`: of H.265 the temporal
    layer, -1 where it can't be told; 0 of other codecs."""

    begins: bool = False
    opens: bool = False
    resets: bool = False
    is_shown: bool = True
    layer: int = 0


_PLAIN = Head()
_KEY = Head(begins=True, opens=True, resets=True)


class Heads:
    """Reads the packets of one stream. `counted` is False where a packet may be more or less than a frame."""

    def __init__(self, stream: av.VideoStream) -> None:
        context = stream.codec_context
        self.codec = context.codec.canonical_name
        self.counted = self.codec in COUNTED and not (self.codec == "h264" and context.field_order > _WHOLE)
        more = bytes(context.extradata or b"")
        at = {"h264": 4, "hevc": 21}.get(self.codec, 0)
        self._length = (more[at] & 3) + 1 if len(more) > at and not more.startswith((b"\0\0\0", b"\0\0\1")) else 0

    def read(self, packet: av.Packet[av.VideoStream]) -> Head:
        """What a packet that is not empty says."""
        is_key, data = packet.is_keyframe, memoryview(packet)
        if self.codec == "h264":
            return _KEY if is_key and self._unit(bytes(data[:HEAD]))[0] == _H264_IDR else _PLAIN
        if self.codec == "hevc":
            kind, layer = self._unit(bytes(data[:HEAD]))
            begins = is_key and kind in _RANDOM_ACCESS
            return Head(begins, begins and kind in _WITHOUT_LEADING, begins and kind in _H265_IDR, True, layer)
        if self.codec == "vp8":
            begins, is_shown = is_key and not data[0] & 1, bool(data[0] & 0x10)
        elif self.codec == "vp9":
            again, is_first, is_shown = _vp9(data[0])
            begins = is_key and is_first
            is_shown = again or is_shown or data[-1] & 0xE0 == 0xC0  # a superframe holds one that is shown
        else:
            begins, is_shown = is_key and (self.codec != "av1" or _av1_key(bytes(data[:HEAD]))), True
        return Head(begins, begins, begins, is_shown)

    def _unit(self, data: bytes) -> tuple[int, int]:
        """Type and temporal layer of the first unit that holds a part of a picture; (-1, -1) where none is found."""
        for at in _units(data, self._length):
            if self.codec == "h264" and 1 <= (kind := data[at] & 31) <= 5:
                return kind, 0
            if self.codec == "hevc" and (kind := data[at] >> 1 & 63) < 32 and at + 1 < len(data):
                return kind, (data[at + 1] & 7) - 1
        return -1, -1


def _units(data: bytes, length: int) -> Iterator[int]:
    """Where units begin: behind their size in `length` bytes, or behind start codes where that is 0."""
    if not length:
        at = data.find(_START)
        while 0 <= at < len(data) - len(_START):
            yield at + len(_START)
            at = data.find(_START, at + len(_START))
        return
    at = length
    while at < len(data):
        yield at
        at += int.from_bytes(data[at - length : at]) + length


def _vp9(first: int) -> tuple[bool, bool, bool]:
    """From a frame's first byte whether it only shows an older frame again, is a key frame, is shown itself."""
    at = 2 if first & 0b00110000 == 0b00110000 else 3  # the highest profile has a bit more in front
    again, other, shown = (bool(first >> at - k & 1) for k in range(3))
    return again, not again and not other, shown


def _av1_key(data: bytes) -> bool:
    """Whether a temporal unit has a sequence header and then a shown key frame as its first."""
    at, described = 0, False
    while at < len(data):
        kind, extended, sized = data[at] >> 3 & 15, data[at] >> 2 & 1, data[at] >> 1 & 1
        at += 1 + extended
        size = shift = 0
        while sized and at < len(data):
            size |= (data[at] & 127) << shift
            shift, at = shift + 7, at + 1
            if data[at - 1] < 128:
                break
        if kind in (3, 6):
            return described and at < len(data) and data[at] >> 4 == 0b0001
        described |= kind == 1
        if not sized:
            break
        at += size
    return False
