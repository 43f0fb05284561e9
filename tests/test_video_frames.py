"""Frames come by their number in order of presentation, whatever the file: rate, codec, rotation, key frames, damage."""

from contextlib import contextmanager
from types import SimpleNamespace

import numpy as np
import pytest
from made_videos import CELL, decoded, number_of, numbered, write
from synapt.generator.base.errors import UserError
from synapt.generator.video import read as module
from synapt.generator.video.info import probe
from synapt.generator.video.read import decode


def numbers(frames, cell=CELL):
    return [number_of(frame, cell) for frame in frames]


CONTAINERS = {
    "plain.mp4": {"codec": "libx264"},
    "b_frames.mp4": {"codec": "libx264", "options": {"bf": "3", "g": "10", "x264-params": "open-gop=1"}},
    "referred_to.mp4": {"codec": "libx264", "options": {"bf": "7", "b_strategy": "2", "x264-params": "b-pyramid=normal:ref=4"}},
    "hevc.mp4": {"codec": "libx265", "options": {"x265-params": "bframes=4:log-level=error", "crf": "12"}},
    "intra.mkv": {"codec": "libx264", "options": {"g": "1"}},
    "xvid.avi": {"codec": "mpeg4", "options": {"bf": "2", "b": "2000000"}},
    "no_count.webm": {"codec": "libvpx-vp9", "options": {"cpu-used": "8", "deadline": "realtime", "crf": "20", "b": "0"}},
    "old.mpg": {"codec": "mpeg2video", "options": {"b": "4000000"}},
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_frames_are_exact_in_every_container(tmp_path, name):
    path = write(tmp_path / name, numbered(40), **CONTAINERS[name])
    info = probe(path)
    assert (info.n_frames, info.width_px, info.height_px) == (40, 96, 64)
    assert info.fps == pytest.approx(25, rel=0.01)
    wanted = [39, 0, 17, 17, 3]
    frames = decode(path, wanted)
    assert numbers(frames) == wanted
    assert np.array_equal(frames, decoded(path)[wanted])


@pytest.mark.parametrize("name", [name for name in CONTAINERS if name.endswith("mp4")])
def test_each_frame_is_the_same_alone(tmp_path, name):
    """What is left out on the way to a frame is nothing that the frame is made of."""
    path = write(tmp_path / name, numbered(40), **CONTAINERS[name])
    whole = decoded(path)
    for k in range(40):
        assert np.array_equal(decode(path, [k])[0], whole[k]), k


def test_frames_that_nothing_needs_are_not_decoded(tmp_path, monkeypatch):
    path = write(tmp_path / "a.mp4", numbered(40), **CONTAINERS["referred_to.mp4"])
    came, opened = [], module.opened

    @contextmanager
    def watched(path):
        with opened(path) as (container, stream):

            def demux(stream):
                for packet in container.demux(stream):
                    yield SimpleNamespace(pts=packet.pts, decode=lambda packet=packet: noted(packet.decode()))

            yield SimpleNamespace(demux=demux), stream

    def noted(frames):
        came.extend(frames)
        return frames

    probe(path)
    monkeypatch.setattr(module, "opened", watched)
    decode(path, range(40))
    assert len(came) == 40
    came.clear()
    decode(path, [0, 39])
    assert 2 <= len(came) < 30


def test_key_frames_far_into_a_file_are_sought_and_nothing_changes(tmp_path):
    path = write(tmp_path / "long.mp4", numbered(300), options={"g": "30", "bf": "3", "x264-params": "open-gop=0:keyint-min=30"})
    assert len(probe(path).index.keys) > 5
    whole = decoded(path)
    for wanted in ([299], [121, 119, 240], [90, 89], [200, 201, 202], [0, 299]):
        assert np.array_equal(decode(path, wanted), whole[wanted])


def test_times_of_a_variable_rate(tmp_path):
    stamps = [0, 40, 80, 120, 1000, 1040, 1500, 3000]
    path = write(tmp_path / "variable.mkv", numbered(8), stamps=stamps)
    info = probe(path)
    assert info.n_frames == 8 and np.allclose(info.times_s, np.array(stamps) / 1000)
    assert info.fps == pytest.approx(7 / 3)
    assert info.span(0.08, 1.04) == (2, 5) and info.span(1.2, None) == (6, 8) and info.span(0.2, 0.9) == (4, 4)
    assert numbers(decode(path, range(*info.span(0.08, 1.04)))) == [2, 3, 4]


def test_a_constant_rate_is_known_as_one(tmp_path):
    info = probe(write(tmp_path / "even.mp4", numbered(25), fps=25))
    assert info.times_s is None
    assert info.span(0.0, 1.0) == (0, 25) and info.span(0.2, 0.4) == (5, 10) and info.span(5.0) == (25, 25)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_video_stands_upright(tmp_path, degrees):
    flat, turned = (write(tmp_path / f"{k}.mp4", numbered(4), rotation=k) for k in (0, degrees))
    expected = np.rot90(decode(flat, [1, 3]), degrees // 90, axes=(1, 2))
    frames = decode(turned, [1, 3])
    assert np.array_equal(frames, expected)
    info = probe(turned)
    assert (info.height_px, info.width_px) == frames.shape[1:3]
    assert decode(turned, [0], 32).shape[1:3] == ((48, 32) if degrees % 180 else (32, 48))


def test_shrinking_keeps_the_shape_and_never_enlarges(tmp_path):
    path = write(tmp_path / "a.mp4", numbered(12))
    small = decode(path, [5, 11], 32)
    assert small.shape == (2, 32, 48, 3) and numbers(small, CELL // 2) == [5, 11]
    assert decode(path, [0], 500).shape == (1, 64, 96, 3)


def test_damage_is_one_line_that_names_the_file(tmp_path):
    whole = write(tmp_path / "whole.avi", numbered(60), codec="mpeg4").read_bytes()
    cut = tmp_path / "cut.avi"
    cut.write_bytes(whole)
    assert probe(cut).n_frames == 60
    cut.write_bytes(whole[: len(whole) * 4 // 5])  # the file changes, so it is looked at anew
    n = probe(cut).n_frames
    assert 0 < n < 60
    with pytest.raises(UserError, match=r"cut\.avi has \d+ frames, 59 to 59 were asked for"):
        decode(cut, [59])
    for name, content in {"text.mp4": b"not a video", "empty.mp4": b"", "head.mp4": whole[:200]}.items():
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(UserError, match=name):
            probe(path)
    with pytest.raises(UserError, match=r"gone\.mp4 is missing"):
        probe(tmp_path / "gone.mp4")


def test_a_tail_that_does_not_decode_is_told(tmp_path):
    path = write(tmp_path / "a.mp4", numbered(60), options={"movflags": "faststart"})
    content = path.read_bytes()
    broken = tmp_path / "broken.mp4"
    for share in (0.5, 0.9):
        broken.write_bytes(content[: int(len(content) * share)])
        with pytest.raises(UserError, match=r"broken\.mp4"):
            decode(broken, [0, 59])
