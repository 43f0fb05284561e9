"""WebDataset's shards: the same clips as the folder they were made of, in the same order; odd ones are one line."""

import io
import shutil
import tarfile
from pathlib import Path

import numpy as np
import pytest
from made_videos import class_folder
from synapt.generator.base.errors import UserError
from synapt.training.config import load_config
from synapt.training.data.clips import list_clips
from synapt.training.data.loader import Loader
from synapt.training.models.base import ModelSpec

SPEC = ModelSpec("tiny", 4, 32, 16, 3)


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("SYNAPT_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "tars"


@pytest.fixture
def videos(tmp_path):
    return class_folder(tmp_path / "videos")


def pack(path, members):
    """A tar of (name, bytes or file)."""
    path.parent.mkdir(exist_ok=True)
    with tarfile.open(path, "w") as tar:
        for name, content in members:
            raw = content.read_bytes() if isinstance(content, Path) else content
            info = tarfile.TarInfo(name)
            info.size = len(raw)
            tar.addfile(info, io.BytesIO(raw))
    return path


def batches(path):
    words = ("data.workers=0", "optim.batch=2", "data.size_px=32", "data.frames=4", "data.cache=false")
    loader = Loader([list_clips(path, "train")], load_config("tiny-cpu", words), SPEC)
    return [(batch.video.numpy(), batch.target.numpy()) for epoch in range(2) for batch in loader.batches(epoch)]


def test_shards_give_the_very_samples_of_the_folder(videos, tmp_path):
    files = sorted(path for path in videos.rglob("*.mp4"))
    for k in range(2):  # by turns, so that a class lies in both
        pack(tmp_path / "shards" / f"{k:06d}.tar", [(f"./{path.relative_to(videos)}", path) for path in files[k::2]])
    there, here = list_clips(tmp_path / "shards", "train"), list_clips(videos, "train")
    assert [(item.id, item.label) for item in there.items] == [(item.id, item.label) for item in here.items]
    assert there.classes == here.classes and there.name == "shards"
    got, wanted = batches(tmp_path / "shards"), batches(videos)
    assert len(got) == len(wanted) > 2
    assert all(np.array_equal(a, b) for one, other in zip(got, wanted, strict=True) for a, b in zip(one, other, strict=True))


def test_a_class_may_be_said_beside_a_sample(videos, tmp_path):
    files = sorted(path for path in videos.rglob("*.mp4"))
    said = [(f"{k:04d}.cls", path.parent.name.encode()) for k, path in enumerate(files)]
    shard = pack(tmp_path / "one.tar", [*said, *((f"{k:04d}.mp4", path) for k, path in enumerate(files))])
    found = list_clips(shard)
    assert [item.label for item in found.items] == [item.label for item in list_clips(videos).items]
    assert found.name == "one" and found.classes == list_clips(videos).classes


def test_they_are_unpacked_once_and_again_when_they_change(videos, tmp_path, cache):
    file = next(videos.rglob("*.mp4"))
    shard = pack(tmp_path / "one.tar", [("a/b.mp4", file)])
    first = list_clips(shard).items[0].path
    before = first.stat().st_mtime_ns
    assert list_clips(shard).items[0].path == first and first.stat().st_mtime_ns == before
    pack(shard, [("a/b.mp4", file), ("a/c.mp4", file)])
    assert len(list_clips(shard).items) == 2 and len([path for path in cache.iterdir() if path.is_dir()]) == 2


@pytest.mark.parametrize(
    ("members", "line"),
    [
        ([("../../up.mp4", b"x")], r"one\.tar has '\.\./\.\./up\.mp4': a sample is called CLASS/CLIP\.mp4, or has a CLIP\.cls"),
        ([("/etc/a.mp4", b"x")], r"one\.tar has '/etc/a\.mp4': a sample is called"),
        ([("a.mp4", b"x")], r"one\.tar has 'a\.mp4': a sample is called"),
        ([("a.mp4", b"x"), ("a.cls", b"../b")], r"one\.tar has 'a\.mp4': a sample is called"),
        ([("a/b.mp4", b"x"), ("a/b.mp4", b"y")], r"one\.tar has 'b\.mp4' of class 'a' twice: rename one"),
        ([("a/b.txt", b"x")], r"one\.tar holds no video: its members are to be called CLASS/CLIP\.mp4"),
    ],
)
def test_odd_shards_are_one_line_and_write_nothing(members, line, tmp_path, cache):
    shard = pack(tmp_path / "one.tar", members)
    with pytest.raises(UserError, match=line):
        list_clips(shard)
    assert not [path for path in cache.iterdir() if path.is_dir() and path.name[0] != "."] and not (tmp_path / "up.mp4").exists()


def test_damaged_and_linking_shards_are_one_line(videos, tmp_path):
    shard = pack(tmp_path / "one.tar", [("a/b.mp4", next(videos.rglob("*.mp4")))])
    shard.write_bytes(shard.read_bytes()[:1500])
    with pytest.raises(UserError, match=r"one\.tar (ends within|is no tar file that can be read)"):
        list_clips(shard)
    shard.write_bytes(b"nothing" * 200)
    with pytest.raises(UserError, match=r"one\.tar is no tar file that can be read \(.*\): make it again, uncompressed"):
        list_clips(shard)
    with tarfile.open(shard, "w") as tar:
        info = tarfile.TarInfo("a/b.mp4")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(info)
    with pytest.raises(UserError, match="holds no video"):
        list_clips(shard)


def test_what_nobody_reads_any_more_goes(videos, tmp_path, cache, monkeypatch):
    file = next(videos.rglob("*.mp4"))
    old = list_clips(pack(tmp_path / "old.tar", [("a/b.mp4", file)])).items[0].path
    monkeypatch.setattr("synapt.training.data.tars.KEPT_DAYS", -1)
    new = list_clips(pack(tmp_path / "new.tar", [("a/b.mp4", file)])).items[0].path
    assert new.is_file() and not old.exists()
    shutil.rmtree(cache)
