"""How far a file says that it reaches, by the sizes of its own parts: one that ends within a part was cut off."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..base.bounded import open_regular

_SLIP = 8
"""Bytes: some writers of AVI count the head of its outermost part, too."""


@dataclass(frozen=True)
class _File:
    """An open file, read by place."""

    handle: int
    size: int

    def bytes(self, at: int, length: int) -> bytes:
        """So many bytes from a place on; zeros where the file has ended."""
        return os.pread(self.handle, length, at).ljust(length, b"\0")


_Part = Callable[[_File, int], int]
"""Where the part that begins at a place ends: 0 if that isn't told, the place itself if the file is complete."""


def breaks_off(path: Path, kind: str) -> bool:
    """Whether the file at `path`, in a format that FFmpeg calls `kind`, ends amid a part, or before the one that closes it."""
    part = _PARTS.get(kind.split(",", 1)[0])
    if part is None:
        return False
    handle = open_regular(path)
    try:
        file, at = _File(handle, os.fstat(handle).st_size), 0
        while at < file.size:
            end = part(file, at)
            if end in (0, at):
                return False
            at = end
        return at > file.size or kind == "gif"
    finally:
        os.close(handle)


def _riff(file: _File, at: int) -> int:
    """AVI: lists of so many bytes, several in a large file; 0 and the largest number are left by writers that were stopped."""
    head = file.bytes(at, 8)
    size = int.from_bytes(head[4:], "little")
    if head[:4] != b"RIFF" or size in (0, 0xFFFFFFFF):
        return 0
    end = at + 8 + size + size % 2
    return min(end, file.size) if end <= file.size + _SLIP else end


def _ebml(file: _File, at: int) -> int:
    """Matroska and WebM, the outermost elements of RFC 8794: a size of nothing but ones is unknown."""
    head = file.bytes(at, 12)
    length = 9 - head[4].bit_length()
    if head[:4] not in (b"\x1a\x45\xdf\xa3", b"\x18\x53\x80\x67") or length > 8:
        return 0
    ones = (1 << 7 * length) - 1
    size = int.from_bytes(head[4 : 4 + length]) & ones
    return 0 if size == ones else at + 4 + length + size


_ASF_HEAD = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_ASF_DATA = bytes.fromhex("3626b2758e66cf11a6d900aa0062ce6c")


def _asf(file: _File, at: int) -> int:
    """WMV: head and data; those of size 0 were broadcast, and only an index follows."""
    head = file.bytes(at, 24)
    size = int.from_bytes(head[16:], "little")
    return at + size if head[:16] in (_ASF_HEAD, _ASF_DATA) and size >= 24 else 0


def _gif(file: _File, at: int) -> int:
    """GIF89a: a head, then blocks up to the one that closes the file."""
    kind, *_, flags = file.bytes(at, 11)
    if at == 0:
        return 13 + _colours(flags)
    if kind == 0x3B:
        return at
    if kind == 0x21:
        at += 2
    elif kind == 0x2C:
        at += 11 + _colours(file.bytes(at, 10)[9])
    else:
        return 0
    while at < file.size and (length := file.bytes(at, 1)[0]):
        at += 1 + length
    return at + 1


def _colours(flags: int) -> int:
    """Bytes of the table of colours that flags tell of."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _program(file: _File, at: int) -> int:
    """MPEG program streams, ISO/IEC 13818-1, 2.5.3: heads of packs, and packets that say how long they are."""
    head = file.bytes(at, 14)
    if head[:3] != b"\0\0\1" or head[3] < 0xB9:
        return 0
    if head[3] == 0xB9:
        return at
    if head[3] == 0xBA:
        return at + (14 + (head[13] & 7) if head[4] >> 6 == 0b01 else 12)
    size = int.from_bytes(head[4:6])
    return at + 6 + size if size or at + 6 > file.size else 0


def _ogg(file: _File, at: int) -> int:
    """RFC 3533, section 6: the head of a page says how long its segments are."""
    head = file.bytes(at, 27 + 255)
    return at + 27 + head[26] + sum(head[27 : 27 + head[26]]) if head[:4] == b"OggS" else 0


def _transport(file: _File, at: int) -> int:
    """MPEG-TS: packets that begin with 0x47, plain ones, with time codes in front, or with error correction behind."""
    for length, first in ((188, 0), (192, 4), (204, 0)):
        if all(file.bytes(first + k * length, 1) == b"\x47" for k in range(min(5, file.size // length))):
            return file.size + bool(file.size % length)
    return 0


def _mxf(file: _File, at: int) -> int:
    """SMPTE 377: keys, lengths and values. The first one says where the last part of the file begins, once that is written."""
    head = file.bytes(at, 26)
    if head[:4] != b"\x06\x0e\x2b\x34":
        return 0
    more = head[16] & 0x7F if head[16] & 0x80 else 0
    if at == 0 and int.from_bytes(file.bytes(17 + more + 24, 8)) >= file.size:
        return file.size + 1
    return at + 17 + more + int.from_bytes(head[17 : 17 + more] if more else head[16:17])


_PARTS: dict[str, _Part] = {
    "avi": _riff,
    "matroska": _ebml,
    "asf": _asf,
    "gif": _gif,
    "mpeg": _program,
    "ogg": _ogg,
    "mpegts": _transport,
    "mxf": _mxf,
}
