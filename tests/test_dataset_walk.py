"""Which videos lie in a folder: all that decode, by whatever links lead there, and a word on each kind of what was left out."""

import os
import socket

import av
import numpy as np
import pytest
from made_videos import number_of, numbered
from synapt.generator.dataset.folders import collection
from synapt.generator.dataset.walk import FOLDER_ABOVE, FOLDER_CLOSED, FOLDER_TWICE, SUFFIXES, is_video_name, walk
from synapt.generator.video.info import probe
from synapt.training.data.decode import decode
from synapt.training.data.targets.files import Videos

KINDS = {
    ("mp4", "libx264"): ".mp4 .m4v .f4v .ismv",
    ("mov", "libx264"): ".mov .qt",
    ("mp4", "jpeg2000"): ".mj2",
    ("3gp", "mpeg4"): ".3gp .3gpp .3g2",
    ("avi", "mpeg4"): ".avi .divx",
    ("matroska", "libx264"): ".mkv .mk3d",
    ("webm", "libvpx"): ".webm",
    ("flv", "flv"): ".flv",
    ("asf", "wmv2"): ".wmv .asf",
    ("mpeg", "mpeg1video"): ".mpg .mpeg .mpe",
    ("vob", "mpeg2video"): ".vob",
    ("mpeg1video", "mpeg1video"): ".m1v",
    ("mpeg2video", "mpeg2video"): ".mpv .m2v",
    ("mpegts", "libx264"): ".ts .mts .m2ts .m2t",
    ("mpegts", "mpeg2video"): ".tp .trp .tod",
    ("ogg", "libvpx"): ".ogv .ogg .ogm",
    ("gif", "gif"): ".gif",
    ("apng", "apng"): ".apng",
    ("mxf", "mpeg2video"): ".mxf",
    ("yuv4mpegpipe", "rawvideo"): ".y4m",
    ("nut", "mpeg4"): ".nut",
    ("dv", "dvvideo"): ".dv",
    ("rm", "rv10"): ".rm .rmvb",
    ("wtv", "mpeg2video"): ".wtv",
    ("ivf", "libvpx"): ".ivf",
    ("h264", "libx264"): ".h264 .264 .avc",
    ("hevc", "libx265"): ".h265 .265 .hevc",
    ("mjpeg", "mjpeg"): ".mjpg .mjpeg",
}
"""(container, codec) -> the suffixes under which people keep it."""

PIXELS = {"gif": "rgb8", "apng": "rgb24", "mjpeg": "yuvj420p"}
OPTIONS = {"libvpx": {"deadline": "realtime", "cpu-used": "8"}, "libx265": {"x265-params": "log-level=none"}}


def touch(root, *names):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def below(root, found):
    return [path.relative_to(root).as_posix() for path in found]


def test_each_suffix_is_of_some_container():
    assert sorted(" ".join(KINDS.values()).split()) == sorted(SUFFIXES)


@pytest.mark.parametrize(("kind", "suffixes"), KINDS.items(), ids=[" ".join(kind) for kind in KINDS])
def test_what_is_listed_decodes_frame_by_frame(tmp_path, kind, suffixes):
    container, codec = kind
    width, height = (720, 576) if codec == "dvvideo" else (176, 144)
    first = tmp_path / f"a{suffixes.split()[0]}"
    with av.open(str(first), "w", format=container) as made:
        stream = made.add_stream(codec, rate=25, options=OPTIONS.get(codec, {}))
        stream.width, stream.height, stream.pix_fmt = width, height, PIXELS.get(codec, "yuv420p")
        for frame in numbered(6, width, height):
            made.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
        made.mux(stream.encode())
    for suffix in suffixes.split():
        path = first.rename(tmp_path / f"a{suffix.upper()}")
        assert walk(tmp_path).videos == (path,)
        assert [number_of(frame) for frame in decode(path, range(probe(path).n_frames))] == list(range(6))
        first = path


def test_names_that_are_no_videos():
    assert not any(map(is_video_name, (".mp4", ".a.mp4", "mp4", "a.mp4.part", "a.jpg", "a", "a.webp", "a.mp3", "a.npz")))


def test_links_lead_on_and_no_folder_is_taken_twice(tmp_path):
    root, away = tmp_path / "root", tmp_path / "away"
    touch(root, "walk/a.mp4", "walk/deep/b.mp4", "sit/c.mp4")
    touch(away, "d.mp4", "deep/e.mp4", "lone.mp4")
    (root / "aaa").symlink_to(root / "walk")  # first by name, and yet the folder counts where it lies
    (root / "walk" / "more").symlink_to(away)
    (root / "sit" / "again").symlink_to(away / "deep")
    (root / "sit" / "up").symlink_to(tmp_path)
    (root / "sit" / "loop").symlink_to(root / "sit")
    (root / "sit" / "self.mp4").symlink_to(root / "sit" / "self.mp4")
    (root / "sit" / "one.mp4").symlink_to(away / "lone.mp4")
    found = walk(root)
    assert below(root, found.videos) == [
        "sit/again/e.mp4", "sit/c.mp4", "sit/one.mp4", "sit/self.mp4",
        "walk/a.mp4", "walk/deep/b.mp4", "walk/more/d.mp4", "walk/more/lone.mp4",
    ]  # fmt: skip
    kinds = {one.path.relative_to(root).as_posix(): one.kind for one in found.left_out}
    assert kinds == {
        "aaa": FOLDER_TWICE,
        "sit/loop": FOLDER_TWICE,
        "sit/up": FOLDER_ABOVE,
        "walk/more/deep": FOLDER_TWICE,
    }
    assert Videos(root).find("walk/more/lone") == root / "walk/more/lone.mp4"


def test_only_regular_files_are_videos(tmp_path, monkeypatch):
    touch(tmp_path, "walk/a.mp4")
    os.mkfifo(tmp_path / "walk" / "pipe.mp4")
    (tmp_path / "walk" / "to_device.mp4").symlink_to("/dev/zero")
    (tmp_path / "walk" / "gone.mp4").symlink_to(tmp_path / "nowhere.mp4")  # missed by whoever opens it
    (tmp_path / "walk" / "gone").symlink_to(tmp_path / "nowhere")
    (tmp_path / "walk" / "folder.mp4").mkdir()
    with socket.socket(socket.AF_UNIX) as listening:
        monkeypatch.chdir(tmp_path)  # names of sockets are short
        listening.bind("walk/socket.mp4")
        found = collection(tmp_path)
    assert below(tmp_path, found.parts[""]["walk"]) == ["walk/a.mp4", "walk/gone.mp4"]
    wanted = ["device (walk/to_device.mp4)", "link to nothing (walk/gone)", "pipe (walk/pipe.mp4)", "socket (walk/socket.mp4)"]
    assert sorted(found.left_out.split(", ")) == [f"1 {kind}" for kind in wanted]


def test_a_folder_that_may_not_be_opened_is_told(tmp_path, monkeypatch):
    touch(tmp_path, "walk/a.mp4", "sit/b.mp4")
    listed = os.scandir

    def refusing(place):
        if str(place).endswith("sit"):
            raise PermissionError(13, "closed", place)
        return listed(place)

    monkeypatch.setattr(os, "scandir", refusing)
    assert [one.kind for one in walk(tmp_path).left_out] == [FOLDER_CLOSED]
    assert collection(tmp_path).left_out == f"1 {FOLDER_CLOSED} (sit)"


def test_what_was_left_out_is_told_by_kind_and_what_is_beside_the_point_is_not(tmp_path):
    root = tmp_path / "mine"
    touch(root, *(f"walk/{k}.mp4" for k in range(3)), "walk/0.npz", "walk/0.mask.npz", "walk/.DS_Store", "walk/Thumbs.db")
    touch(root, "README.md", "walk/.hidden/a.mp4", ".cache/b.mp4", "__MACOSX/._a.mp4")
    assert collection(root).left_out == ""
    touch(root, "walk/a.txt", "walk/b.TXT", "walk/c.txt", "walk/other.npz", "walk/frames/0001.jpg", "walk/LIESMICH", "sit/x.webp")
    touch(root, "lone.mp4", "lone2.avi")
    told = collection(root).left_out.split(", ")
    assert told[:2] == ["3 .txt (walk/a.txt)", "2 videos in no folder of a class (lone.mp4)"]
    assert sorted(told[2:]) == [
        "1 .jpg (walk/frames/0001.jpg)",
        "1 .npz (walk/other.npz)",
        "1 .webp (sit/x.webp)",
        "1 file without a suffix (walk/LIESMICH)",
        "1 folder without a video (sit)",
    ]


def test_videos_beside_the_splits_are_told(tmp_path):
    touch(
        tmp_path, "train/a/x.avi", "test/b/z.webm", "validation/a/w.mov", "validation/b/w.mov", "train/loose.mp4", "test/c/n.txt"
    )
    found = collection(tmp_path)
    assert list(found.parts) == ["train", "test"] and found.classes == ("a", "b")
    assert below(tmp_path, found.parts["train"]["a"]) == ["train/a/x.avi"]
    assert set(found.left_out.split("), ")) == {
        "2 videos beside train, val, test (validation/a/w.mov",
        "1 .txt (test/c/n.txt",
        "1 video in no folder of a class (train/loose.mp4",
        "1 folder without a video (test/c)",
    }


def test_many_kinds_are_counted_together(tmp_path):
    touch(tmp_path, "walk/a.mp4", *(f"walk/{k}.{k}" for k in range(12)), "walk/\x1b[2J.\x1b")
    told = collection(tmp_path).left_out
    assert told.endswith(", 5 of 5 other kinds") and told.count("(walk/") == 8 and "\x1b" not in told


def test_the_order_is_that_of_paths(tmp_path):
    names = np.random.default_rng(0).permutation(
        [f"b/{k}.mp4" for k in range(5)] + ["a/b/c.mp4", "a/b.mp4", "a b/c.mp4", "a.b/d.mp4"]
    )
    touch(tmp_path, *map(str, names))
    assert list(walk(tmp_path).videos) == sorted(tmp_path.rglob("*.mp4"))
