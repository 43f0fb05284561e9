"""A disk that fills up, files cut anywhere, two commands in one folder, a clock that jumps back: the next call puts all right."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import forked
import numpy as np
import pytest
import torch
from made_dataset import contents, rows
from made_videos import class_folder, numbered, write
from synapt.generator.base.errors import UserError
from synapt.generator.base.lock import only_one
from synapt.generator.checks.verify import check_dataset
from synapt.generator.dataset import ClipFiles, Settings, open_dataset, read_header
from synapt.generator.dataset.format import header_path, metadata_path
from synapt.generator.jobs import Outcome, Request, remake, render_many, restore
from synapt.generator.video.info import probe
from synapt.training.config import load_config
from synapt.training.engine import fit
from synapt.training.pretrain import pretrain
from synapt.training.runs import checkpoints
from synapt.training.standing import standings

SETTINGS = Settings("standard", 0, "anny", "raster", "draft", 64, 48, 15.0)
DAY_S = 86_400


@pytest.fixture(autouse=True)
def workers_find_the_made_up_maker(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))


def request(root, n=3, **more):
    return Request(root, SETTINGS, ("calm",), n, ("mask", "depth"), **{"workers": 1, "maker": "made_up:maker"} | more)


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    root = tmp_path_factory.mktemp("reference") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parent))
        render_many(request(root))
    return root


@pytest.fixture
def small_disk(tmp_path):
    """A file system of half a megabyte; skipped where this process may mount none."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", place], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("no right to mount a file system")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def test_a_full_disk_is_one_line_and_once_it_has_room_all_is_made(small_disk, reference):
    root, n = small_disk / "data", 3
    with pytest.raises(UserError, match=r"cannot write .*(No space left|free space)") as caught:
        render_many(request(root, 40))
    assert "\n" not in str(caught.value) and not list(root.rglob(".*.tmp"))
    for video in root.glob("clips/calm/*.mp4"):
        assert ClipFiles(root, "calm", int(video.stem[-6:])).exists()
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    assert render_many(request(root, 40)).left == 0
    whole = contents(reference)
    made = contents(root)
    clips = [name for name in whole if "/" in name]
    assert len(clips) == 5 * n and {name: made[name] for name in clips} == {name: whole[name] for name in clips}
    assert check_dataset(root, 0).problems == () and len(rows(root)) == 40


FILES = {
    "video": lambda root: ClipFiles(root, "calm", 1).video,
    "labels": lambda root: ClipFiles(root, "calm", 1).labels,
    "spec": lambda root: ClipFiles(root, "calm", 1).spec,
    "mask": lambda root: ClipFiles(root, "calm", 1).dense("mask"),
    "depth": lambda root: ClipFiles(root, "calm", 1).dense("depth"),
    "index": metadata_path,
    "header": header_path,
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_was_cut_anywhere_is_found_and_made_again(kind, reference, tmp_path):
    root = tmp_path / "data"
    shutil.copytree(reference, root)
    raw = FILES[kind](root).read_bytes()
    for cut in np.random.default_rng(7).integers(0, len(raw), 4):
        FILES[kind](root).write_bytes(raw[:cut])
        if kind == "header":
            assert restore(root)
        report = check_dataset(root, 0)
        assert kind == "header" or report.problems
        if report.problems:
            remake(root, report.broken, workers=1, maker="made_up:maker", keep=report.doubted)
        assert check_dataset(root, 0).problems == () and contents(root) == contents(reference) and rows(root) == rows(reference)


SMALL = (
    "data.frames=4", "data.size_px=32", "data.workers=0", "data.cache=false", "optim.batch=4", "optim.epochs=3",
    'model.options={"width"=4,"stages"=2}', "engine.save_every_s=0.001", "engine.keep=3",
)  # fmt: skip


def learn(videos, out):
    torch.set_num_threads(1)
    return pretrain(load_config("tiny-cpu", SMALL), [videos], out)


class Stopped(Exception):
    pass


def stop_in_the_second_epoch(patch):
    end_epoch = fit._Fitting._end_epoch

    def stop(self, done, told):
        end_epoch(self, done, told)
        if done == 2 * self.per_epoch:
            raise Stopped

    patch.setattr(fit._Fitting, "_end_epoch", stop)


@pytest.mark.parametrize("name", ["model.safetensors", "optimizer.safetensors", "state.json"])
def test_a_checkpoint_that_was_cut_is_one_line_and_the_one_before_leads_to_the_same_weights(name, tmp_path, monkeypatch):
    videos = class_folder(tmp_path / "videos", n=6, width=64, height=48)
    out = tmp_path / "run"
    learn(videos, tmp_path / "whole")
    with monkeypatch.context() as patch, pytest.raises(Stopped):
        stop_in_the_second_epoch(patch)
        learn(videos, out)
    (*others, last) = checkpoints(out)
    assert others
    path = last / name
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(
        UserError, match=rf"checkpoint .*{last.name} is broken .*: delete it, and the run goes on from the one before"
    ):
        learn(videos, out)
    shutil.rmtree(last)
    learn(videos, out)
    one, other = ((run / "model" / "model.safetensors").read_bytes() for run in (tmp_path / "whole", out))
    assert one == other


def test_of_two_renders_begun_at_once_one_is_refused(tmp_path):
    words = ("render", "--action", "waving", "--n", "3", "--quality", "draft", "--size", "32", "--fps", "2", "--out", "out")
    for k in range(2):
        (tmp_path / f"{k}.err").touch()
    children = [forked.begun(*words, cwd=tmp_path, err=str(tmp_path / f"{k}.err")) for k in range(2)]
    for child in children:
        child.join(250)
    codes = sorted(child.exitcode for child in children)
    assert codes in ([0, 2], [0, 0])  # the second may have come when the first was over
    said = "".join((tmp_path / f"{k}.err").read_text() for k in range(2))
    assert ("another command is writing into out" in said) == (codes == [0, 2])
    assert len(open_dataset(tmp_path / "out").rows) == 3 and check_dataset(tmp_path / "out", 0).problems == ()


@pytest.mark.parametrize(
    "words",
    [
        ("render", "--action", "waving", "--n", "4", "--quality", "draft", "--size", "64x48", "--out", "data"),
        ("verify", "--fix", "data"),
        ("merge", "data", "--out", "data2"),
        ("pretrain", "videos", "--out", "data"),
    ],
    ids=lambda words: words[0],
)
def test_a_folder_that_somebody_writes_into_is_left_alone(words, reference, tmp_path):
    shutil.copytree(reference, tmp_path / "data")
    ClipFiles(tmp_path / "data", "calm", 1).video.write_bytes(b"")
    class_folder(tmp_path / "videos", n=2)
    before = contents(tmp_path / "data")
    with only_one(tmp_path / "data"):
        done = forked.synapt(*words, cwd=tmp_path)
    assert done.returncode == 2 and len(done.stderr.strip().splitlines()[-1]) < 400, done.stderr
    assert "Traceback" not in done.stderr and {k: v for k, v in contents(tmp_path / "data").items() if k != ".lock"} == before


def test_a_clock_that_jumps_back_loses_and_doubles_nothing(reference, tmp_path, monkeypatch):
    """Everything on disk is of tomorrow, then the clock goes on from the year 2000 while clips are made."""
    root = tmp_path / "data"
    shutil.copytree(reference, root)
    for path in root.rglob("*"):
        os.utime(path, (time.time() + DAY_S,) * 2)
    (standing,) = standings(root).values()
    assert standing.done == 3 and standing.state == "finished" and (standing.per_hour is None or standing.per_hour >= 0)
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() - 26 * 365 * DAY_S)
    with only_one(root):
        (standing,) = standings(root).values()
        assert standing.state == "running" and (standing.per_hour is None or standing.per_hour >= 0)
    assert render_many(request(root, 5)) == Outcome(2, 3, {}, 0, False)
    assert read_header(root).counts == {"calm": 5} and check_dataset(root, 0).problems == ()
    made, whole = contents(root), contents(reference)
    assert all(made[name] == whole[name] for name in whole if "/" in name)


def test_a_video_that_was_replaced_by_an_older_one_is_looked_at_again(tmp_path):
    path = tmp_path / "a.mp4"
    write(path, numbered(10))
    assert probe(path).width_px == 96
    write(path, numbered(20, width=64, height=48))
    os.utime(path, (0, 0))
    assert (probe(path).width_px, probe(path).height_px) == (64, 48)
