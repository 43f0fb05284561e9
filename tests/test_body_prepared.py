"""The prepared file is written whole or not at all, read back as written, and never trusted when damaged."""

import subprocess

import numpy as np
import pytest
from rich.progress import Progress
from synapt.generator.base.errors import UserError
from synapt.generator.base.interpreter import python
from synapt.generator.base.scratch import Scratch
from synapt.generator.body import anny, bake, prepared


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("SYNAPT_CACHE", str(tmp_path))
    anny.load.cache_clear()
    yield tmp_path
    anny.load.cache_clear()


ARRAYS = {"version": np.array(prepared.PREPARED_VERSION), "shape_a": np.arange(5000.0), "other": np.ones((3, 2), "i2")}


@pytest.fixture
def written(cache, monkeypatch):
    monkeypatch.setattr(bake, "_read_anny", lambda scratch, advance: None)
    monkeypatch.setattr(bake, "_arrays", lambda source: ARRAYS)
    return bake.bake(Progress(disable=True))


def test_what_is_written_is_read_back(written, cache):
    assert written == prepared.baked_path() and written.parent == cache
    got = prepared.read_prepared()
    assert got.keys() == ARRAYS.keys()
    for name, value in ARRAYS.items():
        np.testing.assert_array_equal(got[name], value)
        assert got[name].dtype == value.dtype
    assert list(prepared.read_prepared("shape_")) == ["shape_a"]
    assert prepared.is_prepared()


def test_nothing_but_the_file_is_left_behind(written, cache):
    assert list(cache.iterdir()) == [written]


def test_an_interrupted_bake_leaves_the_old_file_and_no_scraps(written, cache, monkeypatch):
    def interrupted(scratch, advance):
        (scratch / "half").write_text("x")
        raise KeyboardInterrupt

    before = written.read_bytes()
    monkeypatch.setattr(bake, "_read_anny", interrupted)
    with pytest.raises(KeyboardInterrupt):
        bake.bake(Progress(disable=True))
    assert list(cache.iterdir()) == [written] and written.read_bytes() == before


def test_scraps_of_a_killed_bake_are_removed_and_those_of_a_running_one_kept(cache, monkeypatch):
    running = Scratch(bake.SCRATCH, cache)
    killed = "import os; from pathlib import Path; from synapt.generator.base.scratch import Scratch"
    killed += f"; Scratch({bake.SCRATCH!r}, Path({str(cache)!r})); os.kill(os.getpid(), 9)"
    subprocess.run(python("-c", killed), check=False)
    assert len(list(cache.glob("bake-*"))) == 2
    monkeypatch.setattr(bake, "_read_anny", lambda scratch, advance: None)
    monkeypatch.setattr(bake, "_arrays", lambda source: ARRAYS)
    path = bake.bake(Progress(disable=True))
    assert set(cache.iterdir()) == {path, running.path}
    running.remove()


def test_a_cache_that_cannot_be_written_is_answered_with_what_to_do(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("SYNAPT_CACHE", str(tmp_path / "file"))
    with pytest.raises(UserError, match="SYNAPT_CACHE"):
        bake.bake(Progress(disable=True))


def test_a_disk_that_is_full_for_the_library_beneath_is_answered_too(cache, monkeypatch):
    def refuse(*_):  # safetensors' words, in a kind of error of its own
        raise RuntimeError("Error while serializing: I/O error: No space left on device (os error 28)")

    monkeypatch.setattr(bake, "_read_anny", refuse)
    with pytest.raises(
        UserError, match=r"cannot write the body to .*No space left on device.*; free .* there .*, or set SYNAPT_CACHE"
    ):
        bake.bake(Progress(disable=True))
    monkeypatch.setattr(bake, "_read_anny", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):  # a fault of ours is not called a full disk
        bake.bake(Progress(disable=True))
    assert list(cache.iterdir()) == []


def _flip(data: bytes) -> bytes:
    at = data.index(np.arange(5000.0).tobytes()[8000:8016])
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: b"",
        lambda data: b"no zip at all" * 100,
        _flip,
    ],
    ids=["cut short", "empty", "something else", "one bit flipped"],
)
def test_a_damaged_file_is_refused_with_what_to_do(written, damage):
    written.write_bytes(damage(written.read_bytes()))
    with pytest.raises(UserError, match="run: synapt prepare") as error:
        anny.load()
    assert str(written) in str(error.value) and "\n" not in str(error.value)
    assert not prepared.is_prepared()


def test_a_file_of_another_version_is_refused(written):
    np.savez(written, **(ARRAYS | {"version": np.array(prepared.PREPARED_VERSION + 1)}))
    with pytest.raises(UserError, match="run: synapt prepare"):
        anny.load()


def test_a_missing_file_is_answered_with_what_to_do(cache):
    with pytest.raises(UserError, match="run: synapt prepare"):
        anny.load()
    assert not prepared.is_prepared()
