"""Pictures come as the file says that they are shown: turned, mirrored, with square pixels, all of one size."""

import itertools
import os
from fractions import Fraction

import av
import cv2
import numpy as np
import pytest
from made_containers import copied, covered, tags_first, turned
from made_videos import CELL, decoded, number_of, numbered, write
from synapt.generator.base.errors import UserError
from synapt.generator.verbs.sheets import preview_dataset
from synapt.generator.video.info import probe
from synapt.generator.video.read import decode, glance, read_video
from synapt.generator.video.write import write_video

MATRICES = [
    (1, 0, 0, 1),
    (0, 1, -1, 0),
    (-1, 0, 0, -1),
    (0, -1, 1, 0),
    (-1, 0, 0, 1),
    (0, 1, 1, 0),
    (1, 0, 0, -1),
    (0, -1, -1, 0),
]


def shown_by(matrix, picture):
    """`picture` (H, W, 3), each pixel moved to where the display matrix (a, b, c, d) takes it: (a x + c y, b x + d y)."""
    a, b, c, d = matrix
    y, x = np.mgrid[: picture.shape[0], : picture.shape[1]]
    to_x, to_y = a * x + c * y, b * x + d * y
    to_x, to_y = to_x - to_x.min(), to_y - to_y.min()
    moved = np.empty((to_y.max() + 1, to_x.max() + 1, 3), np.uint8)
    moved[to_y, to_x] = picture
    return moved


@pytest.mark.parametrize("matrix", MATRICES)
def test_all_eight_orientations(tmp_path, matrix):
    flat = write(tmp_path / "flat.mp4", numbered(4))
    path = turned(flat, tmp_path / "a.mp4", matrix)
    wanted = np.stack([shown_by(matrix, frame) for frame in decoded(flat)])
    assert np.array_equal(decode(path, range(4)), wanted)
    assert np.array_equal(read_video(path), wanted) and np.array_equal(glance(path, 500, 9), wanted)
    assert (probe(path).height_px, probe(path).width_px) == wanted.shape[1:3]
    small = decode(path, [3], 32)[0]
    assert min(small.shape[:2]) == 32 and (small.shape[0] > small.shape[1]) == (wanted.shape[1] > wanted.shape[2])
    again = [shown_by(matrix, frame) for frame in decode(flat, [3], 32)]
    assert np.array_equal(small, again[0])


def test_other_angles_are_brought_to_the_nearest_right_one(tmp_path):
    flat = write(tmp_path / "0.mp4", numbered(2))
    for angle in (-20, 20, 110, 170):
        path = write(tmp_path / f"{angle}.mp4", numbered(2), rotation=angle)
        assert np.array_equal(decode(path, [1])[0], np.rot90(decode(flat, [1])[0], round(angle / 90)))


@pytest.mark.parametrize("turn", [0, 90])
@pytest.mark.parametrize("pixel", [Fraction(2), Fraction(16, 15), Fraction(1, 2)])
def test_oblong_pixels_are_stretched(tmp_path, pixel, turn):
    path = tmp_path / "a.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt, stream.options = 96, 64, "yuv420p", {"crf": "12"}
        stream.codec_context.sample_aspect_ratio = pixel
        if turn:
            stream.set_display_rotation(turn)
        for frame in numbered(6):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
        container.mux(stream.encode())
    width = round(96 * pixel)
    info = probe(path)
    assert (info.width_px, info.height_px) == ((width, 64) if not turn else (64, width))
    stretched = [cv2.resize(frame, (width, 64), interpolation=cv2.INTER_AREA) for frame in decoded(path)]
    wanted = np.stack([np.rot90(frame, turn // 90) for frame in stretched])
    for found in (decode(path, range(6)), read_video(path)):
        assert found.shape == wanted.shape and np.abs(found.astype(int) - wanted).mean() < 4


def test_pixels_of_an_absurd_shape_are_square(tmp_path):
    path = tmp_path / "a.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mjpeg", rate=25)
        stream.width, stream.height, stream.pix_fmt = 96, 64, "yuvj420p"
        stream.codec_context.sample_aspect_ratio = Fraction(1, 500)
        container.mux(stream.encode(av.VideoFrame.from_ndarray(numbered(1)[0], format="rgb24")))
        container.mux(stream.encode())
    assert (probe(path).width_px, probe(path).height_px) == (96, 64)


@pytest.fixture
def growing(tmp_path):
    """A film whose pictures change from 96 x 64 to 192 x 128 and on to 64 x 96: three streams, one after the other."""
    parts = []
    for k, (width, height) in enumerate([(96, 64), (192, 128), (64, 96)]):
        parts.append(write(tmp_path / f"{k}.ts", numbered(10, width, height, start=10 * k)))
    joined = tmp_path / "films" / "a" / "joined.mp4"
    joined.parent.mkdir(parents=True)
    joined.write_bytes(b"".join(part.read_bytes() for part in parts))
    return joined


def test_pictures_that_change_their_size_come_at_the_first(growing):
    info = probe(growing)
    assert (info.n_frames, info.width_px, info.height_px) == (30, 96, 64)
    for frames in (read_video(growing), decode(growing, range(30))):
        assert frames.shape == (30, 64, 96, 3)
        assert [number_of(frame) for frame in frames[:10]] == list(range(10))
        assert [number_of(frame, CELL // 2) for frame in frames[10:20]] == list(range(10, 20))


def test_a_sheet_of_pictures_that_change_their_size(growing, tmp_path):
    for what in (growing, growing.parents[1]):
        film, sheet = preview_dataset(what, 1, tmp_path / "sheet")
        assert film.is_file() and cv2.imread(str(sheet)).shape[1] == 8 * 160


@pytest.mark.parametrize("attached", [False, True])
@pytest.mark.parametrize(("kind", "codec"), [("mp4", "png"), ("mkv", "mjpeg")])
def test_a_cover_is_not_the_film(tmp_path, kind, codec, attached):
    path = covered(tmp_path / f"a.{kind}", numbered(12), attached, codec)
    for _ in range(2):
        assert (probe(path).n_frames, probe(path).width_px) == (12, 96)
        assert [number_of(frame) for frame in read_video(path)] == list(range(12))
        if kind == "mp4" and attached:
            tags_first(path)
            with av.open(str(path)) as container:
                assert container.streams.video[0].codec_context.name == "png"


@pytest.mark.parametrize("kind", ["mp4", "first"])
def test_a_song_with_a_cover_holds_no_video(tmp_path, kind):
    path = covered(tmp_path / "song.mp4", None, True, sound=True)
    if kind == "first":
        tags_first(path)
    for read in (probe, read_video, lambda path: decode(path, [0])):
        with pytest.raises(UserError, match=r"song\.mp4 contains no video: take it off the list"):
            read(path)


def test_what_is_no_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.mp4")
    with pytest.raises(UserError, match=r"a\.mp4 is a pipe, socket or device, not a regular file"):
        probe(tmp_path / "a.mp4")
    with pytest.raises(UserError, match="cannot be opened"):
        probe(tmp_path)


def test_a_list_of_other_files_opens_none_of_them(tmp_path):
    """FFmpeg would follow a playlist, whatever its name, to any file and any address."""
    write(tmp_path / "a.ts", numbered(4))
    for k, text in enumerate(("#EXTM3U\n#EXTINF:1,\na.ts\n#EXT-X-ENDLIST\n", "ffconcat version 1.0\nfile a.ts\n")):
        (tmp_path / f"{k}.mp4").write_text(text)
        with pytest.raises(UserError, match=rf"{k}\.mp4"):
            probe(tmp_path / f"{k}.mp4")


NAMES = ["12:30", "http:x", "fd:0", "100%", "%03d", "-i", "a\nb", "x" * 251, os.fsdecode(b"caf\xe9"), "日本語"]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_can_be_written_read_and_shown(tmp_path, monkeypatch, name):
    folder = tmp_path / name
    folder.mkdir()
    monkeypatch.chdir(tmp_path)  # relative names, for `12:30/...` begins like an address
    path = type(folder)(name) / f"{name}.mp4"
    write_video(path, numbered(4), 25)
    assert probe(path).n_frames == 4
    assert [number_of(frame) for frame in decode(path, range(4))] == list(range(4))
    assert [number_of(frame) for frame in read_video(path)] == list(range(4))
    shown = [preview_dataset(path, 1, out) for out in (path.with_name("sheet"), None)]
    (path.parent / "a class").mkdir()
    path.rename(path.parent / "a class" / path.name)
    for made in itertools.chain(*shown, preview_dataset(path.parent, 1, None)):
        assert made.is_file()


def test_the_cut_end_of_a_file_is_told(tmp_path):
    film = numbered(60)
    whole = write(tmp_path / "a.mp4", film, options={"bf": "2", "g": "20", "movflags": "faststart"})
    files = [whole, *(copied(whole, tmp_path / f"a.{kind}") for kind in ("mkv", "ts", "flv"))]
    files.append(write(tmp_path / "a.webm", film, codec="libvpx", options={"g": "20", "cpu-used": "8"}))
    for path in files:
        assert probe(path).cut == ""
        content = path.read_bytes()
        for share in (0.95, 0.6):
            path.write_bytes(content[: int(share * len(content)) // 2 * 2 + 1])  # never at the end of a packet
            try:
                assert any(why in probe(path).cut for why in ("incomplete", "said to last 2.4", "ends amid")), (path, share)
            except UserError:
                assert path.suffix in (".mp4", ".flv")


def test_sound_that_is_longer_than_the_film_is_no_cut(tmp_path):
    path = tmp_path / "a.mkv"
    with av.open(str(path), "w") as container:
        film, sound = container.add_stream("libx264", rate=25), container.add_stream("aac", rate=8000)
        film.width, film.height, film.pix_fmt = 96, 64, "yuv420p"
        silence = av.AudioFrame.from_ndarray(np.zeros((1, 24000), np.float32), format="fltp", layout="mono")
        silence.rate = 8000
        for frame in numbered(10):
            container.mux(film.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
        for stream, frame in ((film, None), (sound, silence), (sound, None)):
            container.mux(stream.encode(frame))
    path.write_bytes(path.read_bytes().replace(b"DURATION", b"LENGTH__"))  # as others write it
    assert probe(path).cut == ""
