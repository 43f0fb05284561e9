"""Videos as other people's tools leave them: copied without encoding, cut, trimmed by an edit list, with a cover, turned."""

import struct
from fractions import Fraction

import av
import numpy as np
from av.stream import Disposition


def copied(source, target, first=0, times=None, kind=None, change=None):
    """Packets of `source` from number `first` on, as they are, in another container.

    `times(k)` gives (pts, dts) of packet k in frames at 25 per second, instead of its own; `change(k, packet)` another packet.
    """
    with av.open(str(source)) as old, av.open(str(target), "w", format=kind) as new:
        stream = new.add_stream_from_template(old.streams.video[0])
        for k, packet in enumerate(p for p in old.demux(video=0) if p.size):
            if times is not None:
                packet.time_base, packet.duration = Fraction(1, 25), 1
                packet.pts, packet.dts = times(k)
            packet = change(k, packet) if change else packet
            packet.stream = stream
            if k >= first:
                new.mux(packet)
    return target


def key_packets(path):
    """The numbers of the packets that are called key frames, in the order of the file."""
    with av.open(str(path)) as container:
        return [k for k, packet in enumerate(p for p in container.demux(video=0) if p.size) if packet.is_keyframe]


def edited(source, target, pieces):
    """An MP4 of `tests.made_videos.write` whose edit list shows these pieces: (milliseconds, first frame or None for nothing)."""
    content = bytearray(source.read_bytes())
    at = content.find(b"elst") - 4
    size = _number(content, at)
    offset, step = _number(content, at + 20), _number(content, content.find(b"stts") + 16)
    rows = [struct.pack(">IiHH", ms, -1 if k is None else offset + k * step, 1, 0) for ms, k in pieces]
    content[at : at + size] = struct.pack(">I4sII", 16 + 12 * len(rows), b"elst", 0, len(rows)) + b"".join(rows)
    for name in (b"edts", b"trak", b"moov"):
        place = content.find(name) - 4
        struct.pack_into(">I", content, place, _number(content, place) + 16 + 12 * len(rows) - size)
    target.write_bytes(content)  # the index comes last, so that no picture has moved
    return target


def _number(content, at):
    return struct.unpack_from(">I", content, at)[0]


def turned(source, target, matrix):
    """An MP4 whose display matrix is (a, b, c, d)."""
    content = bytearray(source.read_bytes())
    at = content.find(b"tkhd") + 44
    a, b, c, d = (value << 16 for value in matrix)
    struct.pack_into(">9i", content, at, a, b, 0, c, d, 0, 0, 0, 1 << 30)
    target.write_bytes(content)
    return target


def covered(path, film, attached, codec="png", sound=False):
    """A cover of 120 x 90, then `film` (T, H, W, 3) or a second of sound. `attached`: the cover says what it is."""
    with av.open(str(path), "w") as container:
        cover = container.add_stream(codec, rate=1)
        cover.width, cover.height, cover.pix_fmt = 120, 90, "rgb24" if codec == "png" else "yuvj420p"
        cover.disposition = Disposition.attached_pic if attached else 0
        other = container.add_stream("aac", rate=8000) if sound else container.add_stream("libx264", rate=25)
        other.disposition = Disposition.default
        picture = av.VideoFrame.from_ndarray(np.full((90, 120, 3), 200, np.uint8), format="rgb24")
        if sound:
            silence = av.AudioFrame.from_ndarray(np.zeros((1, 8000), np.float32), format="fltp", layout="mono")
            silence.rate = 8000
            frames = [silence]
        else:
            other.height, other.width, other.pix_fmt = *film.shape[1:3], "yuv420p"
            other.options = {"crf": "12", "preset": "ultrafast"}
            frames = [av.VideoFrame.from_ndarray(frame, format="rgb24") for frame in film]
        container.mux(cover.encode(picture))
        container.mux(cover.encode())
        for frame in frames:
            container.mux(other.encode(frame))
        container.mux(other.encode())
    return path


def tags_first(path):
    """The same MP4 with its tags before its tracks, as some taggers write it: its cover is then the first stream."""
    content = path.read_bytes()
    moov = content.find(b"moov") - 4
    end, at, boxes = moov + _number(content, moov), moov + 8, []
    while at < end:
        boxes.append(content[at : at + _number(content, at)])
        at += len(boxes[-1])
    boxes.sort(key=lambda box: [b"mvhd", b"udta"].index(box[4:8]) if box[4:8] in (b"mvhd", b"udta") else 2)
    path.write_bytes(content[: moov + 8] + b"".join(boxes) + content[end:])
    return path
