"""The cache of frames has a bound and a life: how much it may take, when files go, and that people are told."""

import errno
import io
import json
import os
import shutil
import time
import tracemalloc

import numpy as np
import pytest
from made_videos import class_folder, numbered, write
from rich.console import Console
from synapt.generator.base.errors import UserError
from synapt.generator.video.read import decode
from synapt.training.config import load_config
from synapt.training.data import cache as module
from synapt.training.data.cache import LIMIT, LIMIT_GB, UNUSED_S, FrameCache
from synapt.training.data.clips import open_clips
from synapt.training.data.reading import all_frames, frames_of, stretch
from synapt.training.pretrain import pretrain
from synapt.training.values import Item

HOUR_S = 3600.0


@pytest.fixture(autouse=True)
def _no_limit_named(monkeypatch):
    monkeypatch.delenv(LIMIT, raising=False)


def names_in(folder):
    return {path.name for path in folder.iterdir()}


def test_what_nobody_read_for_two_weeks_goes_when_the_cache_is_opened(tmp_path, monkeypatch):
    items = open_clips(class_folder(tmp_path / "videos", n=2)).items
    folder, now = tmp_path / "frames", time.time()
    cache = FrameCache.opened(32, folder)
    names = []
    for item in items:
        cache.frames(item, np.array([0]), stretch(item))
        (new,) = names_in(folder) - set(names)
        names.append(new)
    (folder / ".x.frames.7.tmp").touch()  # of a writer that was killed
    (folder / ".y.frames.8.tmp").touch()  # of one that may be at work
    (folder / "notes.txt").touch()
    ages_s = {
        names[0]: UNUSED_S + HOUR_S, names[1]: UNUSED_S + HOUR_S, names[2]: UNUSED_S - HOUR_S, ".x.frames.7.tmp": UNUSED_S + 1,
        "notes.txt": 2 * UNUSED_S,
    }  # fmt: skip
    for name, age_s in ages_s.items():
        os.utime(folder / name, (now - age_s, now - age_s))
    cache.frames(items[0], np.array([0]), stretch(items[0]))  # read, so used
    with monkeypatch.context() as patch:

        def refuse(path):
            raise PermissionError(path)

        patch.setattr("pathlib.Path.unlink", refuse)
        FrameCache.opened(32, folder)
    assert names_in(folder) == {*names, ".x.frames.7.tmp", ".y.frames.8.tmp", "notes.txt"}
    late = FrameCache.opened(32, folder)
    assert names_in(folder) == {names[0], names[2], names[3], ".y.frames.8.tmp", "notes.txt"}
    for item in items:
        assert np.array_equal(late.frames(item, np.array([5]), stretch(item)), frames_of(item, [5], 32))


def test_it_takes_so_many_gigabytes_and_half_of_the_room_at_most(tmp_path, monkeypatch):
    room = shutil.disk_usage(tmp_path)
    for free, named, wanted in (
        (10**12, "", LIMIT_GB * 1e9),
        (10**12, "0.5", 5e8),
        (10**12, "700", 5e11),
        (10**10, "", 5e9),
        (10**12, "0", 0),
    ):
        monkeypatch.setattr("shutil.disk_usage", lambda folder, free=free: room._replace(free=free))
        monkeypatch.setenv(LIMIT, named)
        cache = FrameCache.opened(32, tmp_path)
        assert cache.max_bytes == wanted
        assert str(tmp_path) in str(cache) and f"{wanted / 1e9:.1f} GB at most" in str(cache) and "14 days" in str(cache)


def test_none_is_kept_where_nothing_may_be(tmp_path, monkeypatch):
    monkeypatch.setenv(LIMIT, "0")
    cache = FrameCache.opened(32, tmp_path / "frames")
    for item in open_clips(class_folder(tmp_path / "videos", n=1)).items:
        assert np.array_equal(cache.frames(item, np.array([5]), stretch(item)), frames_of(item, [5], 32))
    assert not names_in(tmp_path / "frames")


@pytest.mark.parametrize("named", ["much", "-1", "nan", "inf", "20 GB"])
def test_a_limit_that_is_no_number_is_one_line(named, tmp_path, monkeypatch):
    monkeypatch.setenv(LIMIT, named)
    with pytest.raises(UserError, match=rf"^SYNAPT_FRAMES_GB is '{named}', wanted gigabytes.*: set it to a number, such as 20$"):
        FrameCache.opened(32, tmp_path)


def test_a_run_says_once_how_much_it_may_keep_and_where(tmp_path, monkeypatch):
    monkeypatch.setenv("SYNAPT_CACHE", str(tmp_path / "cache"))
    videos = class_folder(tmp_path / "videos", n=2, width=64, height=48)
    small = ("data.frames=4", "data.size_px=32", "data.workers=0", "optim.batch=4", "optim.epochs=2", "augment.mixup=0")
    for cached, times in (("true", 1), ("false", 0), ("true", 0)):  # the last one is finished, and learns nothing
        config = load_config("tiny-cpu", [*small, f"data.cache={cached}", 'model.options={"width"=4,"stages"=2}'])
        heard = Console(file=io.StringIO(), width=500)
        out = tmp_path / f"cache-{cached}"
        pretrain(config, [videos], out, console=heard)
        said = f"decoded frames are kept in {tmp_path / 'cache' / 'frames'}, "
        assert heard.file.getvalue().count(said) == times


def long_film(path):
    return Item("film", write(path, np.resize(numbered(120), (400, 64, 96, 3))), 0)


def test_a_film_is_cached_frame_by_frame_and_the_file_is_what_decoding_gives(tmp_path):
    item = long_film(tmp_path / "film.mp4")
    cache = FrameCache.opened(32, tmp_path / "frames")
    tracemalloc.start()
    found = cache.frames(item, np.array([0, 399]), stretch(item))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    frames = decode(item.path, range(400), 32)
    assert np.array_equal(found, frames[[0, 399]])
    (file,) = (tmp_path / "frames").iterdir()
    head = json.dumps({"shape": frames.shape}).encode().ljust(128)
    assert file.read_bytes() == head + frames.tobytes()
    assert most < frames.nbytes / 8


def test_a_film_that_breaks_on_the_way_into_the_cache_is_told_and_leaves_nothing(tmp_path):
    item = long_film(tmp_path / "film.mp4")
    cache, where = FrameCache.opened(32, tmp_path / "frames"), stretch(item)
    content = bytearray(item.path.read_bytes())
    content[len(content) // 2 : len(content) * 3 // 4] = bytes(len(content) * 3 // 4 - len(content) // 2)
    item.path.write_bytes(content)
    with pytest.raises(UserError, match=r"film\.mp4"):
        cache.frames(item, np.array([0]), where)
    assert names_in(tmp_path / "frames") == set() and cache.max_bytes > 0


def test_a_disk_that_fills_amid_a_film_is_no_error(tmp_path, monkeypatch):
    item = long_film(tmp_path / "film.mp4")
    cache = FrameCache.opened(32, tmp_path / "frames")

    def full(item, side):
        for k, frame in enumerate(all_frames(item, side)):
            if k == 20:
                raise OSError(errno.ENOSPC, "full")
            yield frame

    monkeypatch.setattr(module, "all_frames", full)
    assert np.array_equal(cache.frames(item, np.array([7]), stretch(item)), decode(item.path, [7], 32))
    assert names_in(tmp_path / "frames") == set() and cache.max_bytes == 0
