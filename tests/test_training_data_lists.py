"""Lists from folders and datasets, the check before training, and the cache of frames."""

import os
import time

import numpy as np
import pytest
from made_videos import class_folder, numbered, write
from synapt.generator.base.errors import UserError
from synapt.training.data.cache import STALE_S, FrameCache, default_folder
from synapt.training.data.clips import is_directional, mixed, open_clips
from synapt.training.data.preflight import check
from synapt.training.data.reading import frames_of, stretch
from synapt.training.values import ClipList, Item


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return class_folder(tmp_path_factory.mktemp("lists") / "videos", ("jump", "run fast"), n=2)


def test_a_folder_of_classes(folder):
    clips = open_clips(folder)
    assert clips.name == "videos" and clips.classes == ("jump", "run fast") and not clips.directional
    assert [(item.id, item.label) for item in clips.items] == [
        ("jump/0.mp4", 0), ("jump/1.mp4", 0), ("run fast/0.mp4", 1), ("run fast/1.mp4", 1)
    ]  # fmt: skip
    assert open_clips(folder, "train").digest == clips.digest
    with pytest.raises(UserError, match="no split 'val'"):
        open_clips(folder, "val")


def test_a_folder_with_splits_numbers_its_classes_alike_in_all(tmp_path):
    for name in ("train/a/x.avi", "train/b/y.MP4", "test/b/z.webm", "train/b/deep/w.mov", "train/notes/readme.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    test = open_clips(tmp_path, "test")
    assert test.classes == ("a", "b") and [item.label for item in test.items] == [1]
    assert [item.id for item in open_clips(tmp_path, "train").items] == ["train/a/x.avi", "train/b/deep/w.mov", "train/b/y.MP4"]
    assert len(open_clips(tmp_path)) == 4
    with pytest.raises(UserError, match=r"no split 'val': it has train, test"):
        open_clips(tmp_path, "val")


def test_what_is_no_list_is_one_line(tmp_path):
    with pytest.raises(UserError, match="is not a folder"):
        open_clips(tmp_path / "gone")
    with pytest.raises(UserError, match="contains no videos"):
        open_clips(tmp_path)
    write(tmp_path / "wave" / "a.mp4", numbered(2))
    with pytest.raises(UserError, match=r"one class only \('wave'\)"):
        open_clips(tmp_path)


@pytest.mark.parametrize(
    ("name", "sided"),
    [
        ("left_kicking", True),
        ("circling anti-clockwise", True),
        ("Turning RIGHT", True),
        ("bright_light", False),
        ("leftover", False),
    ],
)
def test_words_that_tell_left_from_right(name, sided):
    assert is_directional(["walk", name]) is sided


def test_mixed_lists_share_classes_by_name():
    one = ClipList("one", ("walk", "run"), (Item("a", None, 1),))
    two = ClipList("two", ("run", "left"), (Item("a", None, 0, "group", 1.0, 2.0), Item("b", None, 1)), directional=True)
    both = mixed([one, two])
    assert both.classes == ("walk", "run", "left") and both.directional and both.name == "one+two"
    assert [(i.id, i.label) for i in both.items] == [("one/a", 1), ("two/a", 1), ("two/b", 2)]
    assert (both.items[1].group, both.items[1].start_s, both.items[1].end_s) == ("group", 1.0, 2.0)


def test_preflight_tells_all_problems_at_once(folder, tmp_path):
    good = open_clips(folder)
    (tmp_path / "text.mp4").write_text("no video")
    bad = [Item(f"gone{k}", tmp_path / f"gone{k}.mp4", 0) for k in range(25)]
    bad += [Item("text", tmp_path / "text.mp4", 0), Item("late", good.items[0].path, 1, start_s=50.0, end_s=60.0)]
    heard = []
    assert check(good, tell=lambda done, total: heard.append((done, total))) is good
    assert heard == [(1, 4), (2, 4), (3, 4), (4, 4)]
    clips = ClipList("mine", good.classes, (*good.items, *bad))
    with pytest.raises(UserError) as told:
        check(clips)
    text = str(told.value)
    assert "27 problems with the 31 clips of mine" in text and "and 7 more" in text and text.count("is missing") == 20
    assert check(clips, allow_missing=0.9).items == good.items
    with pytest.raises(UserError, match=r"80\.0% may be missing"):
        check(clips, allow_missing=0.8)
    few = ClipList("mine", good.classes, (*good.items, *bad[-2:]))
    with pytest.raises(UserError, match=r"text\.mp4 cannot be decoded \([A-Za-z ]+\): .*no frame from 50 s to 60 s"):
        check(few)
    with pytest.raises(UserError, match="listed 2 times"):
        check(good.pick([0, 1, 0]), allow_missing=0.5)
    with pytest.raises(UserError, match="empty"):
        check(good.pick([]))


def test_parts_of_a_video_begin_and_end_in_time(tmp_path):
    path = write(tmp_path / "a.mp4", numbered(50), fps=25)
    part = Item("a@0.4-1", path, 0, start_s=0.4, end_s=1.0)
    where = stretch(part)
    assert (where.first, where.stop, len(where)) == (10, 25, 15)
    whole = frames_of(Item("a", path, 0), range(50), None)
    assert np.array_equal(frames_of(part, [0, 14], None), whole[[10, 24]])


def cached(cache, item, numbers):
    return cache.frames(item, np.array(numbers), stretch(item))


def test_the_cache_gives_what_decoding_gives_and_notices_a_change(folder, tmp_path):
    cache = FrameCache.opened(32, tmp_path / "cache")
    items = [*open_clips(folder).items, Item("part", folder / "jump" / "0.mp4", 0, start_s=0.2)]
    for _ in range(2):
        for item in items:
            assert np.array_equal(cached(cache, item, [3, 0, 3]), frames_of(item, [3, 0, 3], 32))
    files = sorted((tmp_path / "cache").iterdir())
    assert len(files) == 5 and sum(f.stat().st_size for f in files) == 4 * (12 * 32 * 48 * 3 + 128) + (7 * 32 * 48 * 3 + 128)
    path = write(tmp_path / "x.mp4", numbered(8))
    first = cached(cache, Item("x", path, 0), [0])
    write(path, numbered(8, start=700))
    os.utime(path, ns=(1, 1))
    assert not np.array_equal(cached(cache, Item("x", path, 0), [0]), first)


def test_a_full_cache_forgets_what_nobody_reads(folder, tmp_path):
    items = open_clips(folder).items
    one = 12 * 32 * 48 * 3 + 128
    early = FrameCache.opened(32, tmp_path, max_bytes=3 * one)
    for item in items[:3]:
        cached(early, item, [0])
    long_ago = time.time() - 2 * STALE_S
    for file in tmp_path.iterdir():
        os.utime(file, (long_ago, long_ago))
    cached(early, items[0], [0])  # read again
    used = {file for file in tmp_path.iterdir() if file.stat().st_mtime > long_ago}
    assert len(used) == 1
    late = FrameCache.opened(32, tmp_path, max_bytes=3 * one)
    cached(late, items[3], [0])
    kept = set(tmp_path.iterdir())
    assert len(kept) == 3 and used < kept  # one of the two old ones is gone, the new one is there
    assert np.array_equal(cached(late, items[3], [5]), frames_of(items[3], [5], 32))


def test_old_files_that_may_not_be_deleted_only_cost_time(folder, tmp_path, monkeypatch):
    items = open_clips(folder).items
    full = FrameCache.opened(32, tmp_path, max_bytes=12 * 32 * 48 * 3 + 128)
    cached(full, items[0], [0])
    os.utime(next(tmp_path.iterdir()), (1, 1))
    before = list(tmp_path.iterdir())

    def refuse(path):
        raise PermissionError(path)

    monkeypatch.setattr("pathlib.Path.unlink", refuse)
    assert np.array_equal(cached(full, items[1], [5]), frames_of(items[1], [5], 32))
    assert list(tmp_path.iterdir()) == before


def test_a_full_or_broken_cache_only_costs_time(folder, tmp_path, monkeypatch):
    items = open_clips(folder).items
    one = 12 * 32 * 48 * 3 + 128
    full = FrameCache.opened(32, tmp_path / "full", max_bytes=2 * one)
    for item in items:
        assert np.array_equal(cached(full, item, [5]), frames_of(item, [5], 32))
    kept = list((tmp_path / "full").iterdir())
    assert len(kept) == 2
    kept[0].write_bytes(kept[0].read_bytes()[:500])  # cut short by somebody
    kept[1].write_bytes(b"")
    for item in items:
        assert np.array_equal(cached(full, item, [5]), frames_of(item, [5], 32))
    monkeypatch.setenv("SYNAPT_CACHE", str(tmp_path / "mine"))
    assert default_folder() == tmp_path / "mine" / "frames"
    (tmp_path / "mine").write_text("a file")
    with pytest.raises(UserError, match="SYNAPT_CACHE"):
        FrameCache.opened(32)
