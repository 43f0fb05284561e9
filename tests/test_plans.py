"""Long commands say what they are going to do; with --dry-run they say it, write nothing and end."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from made_runs import make_run
from made_videos import class_folder
from rich.console import Console
from synapt.generator.actions import ACTIONS
from synapt.generator.base.errors import UserError
from synapt.generator.dataset import Settings
from synapt.generator.jobs import Request
from synapt.generator.jobs.plan import plan as plan_of_render
from synapt.generator.jobs.shelf import open_shelf
from synapt.generator.verbs.render import render
from synapt.training.config import load_config
from synapt.training.pretrain import pretrain
from synapt.training.verbs.evaluate import evaluate
from synapt.training.verbs.pretrain import pretrain as pretrain_verb

SMALL = ("data.frames=4", "data.size_px=32", "data.workers=0", "optim.batch=4", "optim.epochs=2", "data.cache=false",
         'model.options={"width"=4,"stages"=2}')  # fmt: skip


SETTINGS = Settings(
    recipe="standard", seed=0, body="anny", backend="raster", quality="draft", width_px=64, height_px=48, fps=15.0
)


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SYNAPT_CACHE", str(tmp_path / "cache"))


def files():
    """All that lies here, the cache included, with the times of change."""
    return sorted((path.as_posix(), path.stat().st_mtime_ns) for path in Path().rglob("*"))


def dry(command, *words):
    before = files()
    done = CliRunner().invoke(command, [*map(str, words), "--dry-run"], catch_exceptions=False)
    assert done.exit_code == 0 and files() == before
    return done.stdout.splitlines()


def test_render_says_how_many_clips_are_to_be_made():
    words = ("--action", "waving", "--action", "walk", "--n", 3, "--quality", "draft", "--size", "64x48", "--workers", 2)
    assert dry(render, *words, "--labels", "mask") == [
        "plan: 2 actions x 3 clips = 6; 0 there, 6 to make",
        "draft by raster, 64x48 at 15 frames/s, recipe standard, seed 0, labels per pixel: mask",
        "2 processes; writes to data",
    ]
    request = Request(Path("data"), SETTINGS, ("waving", "walking"), 3, dense=("mask",))
    open_shelf(request).close(True)
    for name in ("clips/waving/waving-000001.mp4", "specs/waving/waving-000001.json", "labels/waving/waving-000001.npz"):
        Path("data", name).parent.mkdir(parents=True)
        Path("data", name).touch()
    without = replace(request, dense=())  # all clips of a dataset have the same labels per pixel, and this one has no mask yet
    assert plan_of_render(without)[0] == "plan: 2 actions x 3 clips = 6; 0 there, 6 to make"
    Path("data/labels/waving/waving-000001.mask.npz").touch()
    assert plan_of_render(without)[0] == "plan: 2 actions x 3 clips = 6; 1 there, 5 to make"
    assert "labels per pixel: mask" in plan_of_render(without)[1]
    with pytest.raises(UserError, match="seed"):
        plan_of_render(replace(request, settings=replace(SETTINGS, seed=1)))
    (Path("letters") / "dear").mkdir(parents=True)
    with pytest.raises(UserError, match="is not a dataset, but has dear"):
        plan_of_render(replace(request, root=Path("letters")))


def test_pretrain_says_its_steps_and_opens_no_video():
    class_folder(Path("videos/train"), n=5, width=64, height=48)
    next(Path("videos").rglob("*.mp4")).write_bytes(b"broken")
    words = [word for change in SMALL for word in ("--with", change)]
    first, clips, steps, where = dry(pretrain_verb, "videos", "--out", "run", *words)
    assert re.fullmatch(r"plan: tiny \(0.00\d+ million weights\) learns 2 classes from 4 frames of 32 px", first)
    assert clips == "clips: 10 on disk"
    assert steps == "steps: 2 epochs of 3 steps of 4 clips: 6 steps, 24 clips shown"
    assert where.endswith("clips are read by the training process; writes to run")
    with pytest.raises(UserError, match="cannot be decoded"):
        CliRunner().invoke(pretrain_verb, ["videos", "--out", "run", *words], catch_exceptions=False)


def test_a_stream_says_what_it_renders_and_that_no_action_was_named():
    words = ("--stream", "--clips", 70, "--epochs", 3, "--batch", 8, "--workers", 2, "--out", "run")
    lines = dry(pretrain_verb, *words)
    assert lines[1:3] == [
        f"clips: 64 rendered for each epoch, of {len(ACTIONS)} actions; 192 in all",
        "steps: 3 epochs of 8 steps of 8 clips: 24 steps, 192 clips shown",
    ]
    assert lines[3].endswith("2 workers render clips; writes to run")
    for more, told in (((), True), (("--action", "walk", "--action", "run"), False)):
        done = CliRunner().invoke(pretrain_verb, [*map(str, words), *more, "--dry-run"])
        assert (f"no action was named, so all {len(ACTIONS)} are streamed" in done.stderr) is told


def test_a_run_tells_its_plan_and_once_finished_says_so_without_opening_a_video():
    videos = class_folder(Path("videos"), n=4, width=64, height=48)
    heard = Console(file=io.StringIO(), width=500)
    config = load_config("tiny-cpu", SMALL)
    pretrain(config, [videos], Path("run"), console=heard)
    told = heard.file.getvalue().splitlines()
    assert told[0].startswith("synapt: plan: tiny") and "synapt: steps: 2 epochs of 2 steps" in heard.file.getvalue()
    next(videos.rglob("*.mp4")).write_bytes(b"broken")
    before, again = files(), Console(file=io.StringIO(), width=500)
    assert pretrain(config, [videos], Path("run"), console=again) == Path("run/model") and files() == before
    (line,) = again.file.getvalue().splitlines()
    assert line.startswith(
        "synapt: run is finished (2 epochs), its model lies in run/model: measure it with `synapt evaluate run"
    )
    assert "--with model.weights=run/model" in line


def test_evaluate_says_how_often_it_measures():
    run = make_run(Path("runs/mine"))
    videos = class_folder(Path("videos"), n=6, width=64, height=48)
    words = (run, "--target", videos, "--protocol", "knn", "--protocol", "fewshot", "--seeds", 2)
    lines = dry(evaluate, *words, "--option", "folds=3", "--with", "probe.resamples=4", "--with", "probe.shots=4")
    assert lines[0] == "plan: mine (tiny), compared with scratch"
    assert lines[1].startswith("target: videos, 12 clips of 2 classes, 3 folds of 8 training and 4 test clips")
    parts = 3 * 2 * 2 + 3 * 2 * 4 * 2
    assert lines[2] == f"protocols: knn, fewshot; 2 seeds; {parts} parts, minus those already done"
    assert lines[3] == "writes to runs/mine/eval"
    with pytest.raises(UserError, match="unknown protocol 'lineal'"):
        CliRunner().invoke(
            evaluate, [str(run), "--target", "videos", "--protocol", "lineal", "--dry-run"], catch_exceptions=False
        )
