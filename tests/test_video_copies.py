"""A frame is the same alone and in order: for codecs, containers, groups of pictures, cuts, edit lists, wrong times."""

import itertools

import av
import numpy as np
import pytest
from made_containers import copied, edited, key_packets
from made_videos import number_of, numbered, write
from synapt.generator.base.errors import UserError
from synapt.generator.video.info import probe
from synapt.generator.video.packets import _av1_key
from synapt.generator.video.read import decode

N = 100
FILM = numbered(N, 80, 48)


def plainly(path):
    """All frames as FFmpeg gives them in order; before a first key frame it may have nothing."""
    with av.open(str(path)) as container:
        stream = container.streams.best("video")
        stream.codec_context.thread_count = 1
        frames = []
        for packet in container.demux(stream):
            try:
                frames += packet.decode()
            except av.InvalidDataError:
                assert not frames
        return np.stack([frame.to_ndarray(format="rgb24") for frame in frames])


def same_alone(path, known=True):
    """Each frame by itself is that of plain decoding, and some together are. `known`: their places are known from packets."""
    whole, info = plainly(path), probe(path)
    assert info.n_frames == len(whole)
    assert known is None or (info.index is not None) == known
    n = len(whole)
    for k in {0, 1, 2, n // 3, n // 2, *range(62, n, 5), *range(n - 4, n)} & set(range(n)):
        assert np.array_equal(decode(path, [k])[0], whole[k]), k
    for several in ([n - 1, 0], [n * 3 // 4, n * 3 // 4 + 2], range(2, n, 11)):
        assert np.array_equal(decode(path, several), whole[several])
    return [number_of(frame) for frame in whole]


H264 = {
    "closed": {"g": "20", "bf": "2"},
    "open": {"bf": "3", "x264-params": "open-gop=1:keyint=20:min-keyint=20"},
    "refresh": {"bf": "0", "x264-params": "intra-refresh=1:keyint=20"},
    "refresh_b": {"bf": "2", "x264-params": "intra-refresh=1:keyint=20:b-pyramid=none"},
    "deep": {"g": "25", "bf": "7", "b_strategy": "2", "x264-params": "b-pyramid=normal:ref=4"},
    "intra": {"g": "1"},
}
H265 = {
    "closed": "keyint=20:min-keyint=20:open-gop=0:bframes=3",
    "open": "keyint=20:min-keyint=20:open-gop=1:bframes=4",
    "leading": "keyint=20:min-keyint=20:open-gop=0:radl=2:bframes=3",
    "refresh": "intra-refresh=1:keyint=20:bframes=0",
    "layers": "temporal-layers=3:bframes=3:b-pyramid=1:keyint=40",
}


def h264(path, name):
    return write(path, FILM, options=H264[name])


def h265(path, name):
    options = {"preset": "ultrafast", "crf": "12", "x265-params": f"{H265[name]}:log-level=none:pools=1:frame-threads=1"}
    return write(path, FILM, codec="libx265", options=options)


@pytest.mark.parametrize(("make", "name"), [*((h264, name) for name in H264), *((h265, name) for name in H265)])
def test_groups_of_pictures_in_every_container(tmp_path, make, name):
    """Also cut by stream copy, amid a group or where another one begins that refers to what was cut off."""
    whole = make(tmp_path / "a.mp4", name)
    assert same_alone(whole) == list(range(N))
    for kind in ("mkv", "ts", *(["mov", "flv"] if name == "closed" and make is h264 else [])):
        assert same_alone(copied(whole, tmp_path / f"whole.{kind}")) == list(range(N))
    at_key = (key_packets(whole) * 3)[2]
    for kind, first in (("mkv", at_key), ("mp4", 47), ("ts", 47)):
        path = copied(whole, tmp_path / f"{first}.{kind}", first)
        try:
            plainly(path)
        except (av.FFmpegError, ValueError):  # nothing in it can be decoded
            with pytest.raises(UserError, match=path.name):
                probe(path)
            continue
        numbers = same_alone(path, known=None)
        assert numbers == list(range(numbers[0], N))


OTHERS = {
    "mpeg4.avi": ("mpeg4", {"bf": "2", "b": "900000", "g": "20"}, "yuv420p"),
    "mpeg4.mp4": ("mpeg4", {"bf": "2", "b": "900000", "g": "20"}, "yuv420p"),
    "mpeg2.mpg": ("mpeg2video", {"bf": "2", "b": "900000", "g": "20"}, "yuv420p"),
    "mpeg2.ts": ("mpeg2video", {"bf": "2", "b": "900000", "g": "20"}, "yuv420p"),
    "hidden.webm": ("libvpx", {"auto-alt-ref": "1", "lag-in-frames": "16", "g": "40", "cpu-used": "5", "b": "300000"}, "yuv420p"),
    "vp9.webm": ("libvpx-vp9", {"auto-alt-ref": "1", "lag-in-frames": "16", "g": "40", "cpu-used": "8"}, "yuv420p"),
    "av1.mp4": ("libsvtav1", {"preset": "12", "g": "40", "svtav1-params": "lp=1"}, "yuv420p"),
    "av1_open.mkv": ("libsvtav1", {"preset": "12", "g": "40", "svtav1-params": "lp=1:irefresh-type=1"}, "yuv420p"),
    "mjpeg.avi": ("mjpeg", {}, "yuvj420p"),
    "mjpeg.mov": ("mjpeg", {}, "yuvj420p"),
    "ffv1.mkv": ("ffv1", {"g": "20"}, "yuv420p"),
    "ffv1.avi": ("ffv1", {"g": "20"}, "yuv420p"),
    "prores.mov": ("prores_ks", {}, "yuv422p10le"),
    "raw.avi": ("rawvideo", {}, "bgr24"),
    "png.mov": ("png", {}, "rgb24"),
    "a.gif": ("gif", {}, "rgb8"),
    "wmv2.wmv": ("wmv2", {"g": "20"}, "yuv420p"),
    "flv1.flv": ("flv", {"g": "20"}, "yuv420p"),
    "msmpeg4.avi": ("msmpeg4", {"g": "20"}, "yuv420p"),
    "huffyuv.avi": ("huffyuv", {}, "yuv422p"),
}
COUNTED_FROM_PACKETS = ("hidden", "vp9", "av1", "mjpeg", "ffv1", "prores", "raw", "png")


@pytest.mark.parametrize("name", OTHERS)
def test_other_codecs_whole_and_cut(tmp_path, name):
    codec, options, pix_fmt = OTHERS[name]
    try:
        av.Codec(codec, "w")
    except av.codec.codec.UnknownCodecError:
        pytest.skip(f"no {codec} here")
    whole = write(tmp_path / name, FILM, codec=codec, options=options, pix_fmt=pix_fmt)
    known = name.startswith(COUNTED_FROM_PACKETS)
    assert same_alone(whole, known) == list(range(N))
    if codec in ("gif", "libsvtav1"):  # the one is nothing without its head, the other isn't copied by PyAV
        return
    every_one_a_key = name.startswith(("mjpeg", "prores", "raw", "png"))
    same_alone(copied(whole, whole.with_name(f"cut_{name}"), 47), known=every_one_a_key)


def key_by_its_word(k, packet):
    packet.is_keyframe = True
    return packet


def test_key_frames_are_not_taken_at_a_container_s_word(tmp_path):
    """Every packet is called one. Of other codecs FFmpeg itself looks whether that is true."""
    whole = h265(tmp_path / "a.mp4", "open")
    path = copied(whole, tmp_path / "b.mkv", change=key_by_its_word)
    assert len(key_packets(path)) == N
    assert same_alone(path) == list(range(N)) and not probe(path).index.plain
    assert len(probe(path).index.keys) == len(key_packets(whole)) > 1


def test_pictures_that_are_only_there_to_be_referred_to_are_no_frames(tmp_path):
    """The tenth, twentieth ... of VP8 lose the bit that shows them (RFC 6386, 9.1)."""

    def hide(k, packet):
        if k % 10 != 9:
            return packet
        made = av.Packet(bytes([bytes(packet)[0] & ~0x10]) + bytes(packet)[1:])
        made.pts, made.dts, made.time_base = packet.pts, packet.dts, packet.time_base
        return made

    codec, options, _ = OTHERS["hidden.webm"]
    whole = write(tmp_path / "a.webm", FILM, codec=codec, options=options)
    path = copied(whole, tmp_path / "b.webm", change=hide)
    assert same_alone(path) == [k for k in range(N) if k % 10 != 9]


def test_a_key_frame_of_av1_has_its_header_and_is_shown(tmp_path):
    codec, options, _ = OTHERS["av1.mp4"]
    try:
        av.Codec(codec, "w")
    except av.codec.codec.UnknownCodecError:
        pytest.skip(f"no {codec} here")
    path = write(tmp_path / "a.mp4", FILM, codec=codec, options=options)
    with av.open(str(path)) as container:
        packets = [(bytes(packet), packet.is_keyframe) for packet in container.demux(video=0) if packet.size]
    assert [_av1_key(data) for data, _ in packets] == [is_key for _, is_key in packets]
    assert sum(is_key for _, is_key in packets) > 1
    assert not _av1_key(b"") and not _av1_key(packets[0][0][:3])


def test_long_films_of_several_codecs_are_sought_in(tmp_path, monkeypatch):
    """Without these, the tests above would hold of a reader that always begins at the beginning."""
    from synapt.generator.video import read

    begun = []
    whole = h264(tmp_path / "a.mp4", "closed")
    paths = [whole, *(copied(whole, tmp_path / f"a.{kind}") for kind in ("mkv", "ts", "mov")), h265(tmp_path / "b.mp4", "open")]
    original = read._decoded

    def watched(stream, packets, index, wanted):
        packets = list(packets)
        begun.append(packets[0].pts == index.stamps[0])
        return original(stream, iter(packets), index, wanted)

    monkeypatch.setattr(read, "_decoded", watched)
    for path in paths:
        assert number_of(decode(path, [N - 1])[0]) == N - 1
    assert begun == [False] * len(paths)


@pytest.mark.parametrize("kind", ["avi", "mp4", "mkv", "mov", "ts", "flv"])
def test_times_of_a_raw_stream_are_not_believed(tmp_path, kind):
    """Packets numbered as they came, whatever the order of their pictures."""
    raw = copied(h264(tmp_path / "a.mp4", "deep"), tmp_path / "a.h264", kind="h264")
    assert same_alone(raw, known=False) == list(range(N))
    path = copied(raw, tmp_path / f"b.{kind}", times=lambda k: (k, k))
    assert same_alone(path, known=False) == list(range(N))
    assert probe(path).fps == pytest.approx(25, rel=0.02)


@pytest.mark.parametrize("times", [lambda k: (k + 30 * (k == 40), k), lambda k: (k ^ (k > 30), k - 2)], ids=["late", "falling"])
@pytest.mark.parametrize("kind", ["mkv", "mp4"])
def test_times_that_fall_are_not_believed(tmp_path, kind, times):
    whole = write(tmp_path / "a.mp4", FILM, options={"bf": "0", "g": "20"})
    assert same_alone(copied(whole, tmp_path / f"b.{kind}", times=times), known=False) == list(range(N))


def test_a_variable_rate(tmp_path):
    stamps = [int(t) for t in itertools.accumulate(10 + (37 * k) % 290 for k in range(N))]
    assert same_alone(write(tmp_path / "a.mkv", FILM, stamps=stamps, options={"bf": "2", "g": "20"})) == list(range(N))
    assert np.allclose(probe(tmp_path / "a.mkv").times_s, (np.array(stamps) - stamps[0]) / 1000)


EDITS = {
    "amid a group": ([(2000, 27)], range(27, 77), True),
    "behind a pause": ([(500, None), (3000, 0)], range(75), True),
    "the end": ([(800, 80)], range(80, 100), True),
    "two": ([(1000, 10), (1200, 70)], None, False),
    "backwards": ([(1000, 70), (1000, 10)], None, False),
    "twice": ([(1000, 0), (1000, 0)], None, False),
}


@pytest.mark.parametrize("name", EDITS)
def test_edit_lists(tmp_path, name):
    pieces, shown, known = EDITS[name]
    path = edited(h264(tmp_path / "a.mp4", "closed"), tmp_path / "b.mp4", pieces)
    numbers = same_alone(path, known)
    assert shown is None or numbers == list(shown)
    assert not probe(path).cut
