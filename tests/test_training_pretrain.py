"""From a folder of videos to a model's folder, stopped and gone on with, and what is refused on the way."""

import io
import json
import os
import pickle
import shutil
import signal
import time
from dataclasses import replace

import numpy as np
import pytest
import synapt.training.verbs.pretrain as verb
import torch
from click.testing import CliRunner
from made_training import seen
from made_videos import class_folder, numbered, write
from rich.console import Console
from safetensors.torch import load_file, save
from synapt.generator.base.errors import UserError
from synapt.training.config import load_config
from synapt.training.data.clips import open_clips
from synapt.training.data.shapes import ShapeSettings, write_shapes
from synapt.training.engine.log import read_log
from synapt.training.engine.step import Stepper
from synapt.training.models import load_model
from synapt.training.pretrain import pretrain
from synapt.training.runs import checkpoints, open_run
from synapt.training.sources import list_data, read_through
from synapt.training.unread import refuse_unread
from synapt.training.verbs.evaluate import evaluate
from torch.distributed.elastic.multiprocessing.errors import ProcessFailure

SMALL = (
    "data.frames=4", "data.size_px=32", "data.workers=0", "data.cache=false", "optim.batch=4", "optim.epochs=2", "optim.ema=0.8",
    'model.options={"width"=4,"stages"=2}', "model.dropout=0.2", "augment.mixup=0.5", "augment.cutmix=0.5", "engine.log_every=1",
)  # fmt: skip


def config(*changes):
    return load_config("tiny-cpu", [*SMALL, *changes])


@pytest.fixture(scope="module")
def videos(tmp_path_factory):
    """Two classes of 6 clips to learn from and of 2 set apart."""
    root = tmp_path_factory.mktemp("videos")
    class_folder(root / "train", n=6, width=64, height=48)
    class_folder(root / "val", n=2, width=64, height=48)
    return root


@pytest.fixture(scope="module")
def run(videos, tmp_path_factory):
    out = tmp_path_factory.mktemp("runs") / "whole"
    assert pretrain(config(), [videos], out, recipe="tiny-cpu") == out / "model"
    return out


def weights(run):
    return load_file(run / "model" / "model.safetensors")


def open_data(config, paths, allow_missing):
    return read_through(config, list_data(config, paths), allow_missing)


def test_a_folder_of_videos_becomes_a_model(videos, run):
    model = load_model(run / "model")
    assert model.classes == ("left_half", "other") and not model.training
    lines = read_log(run)
    assert [line["step"] for line in lines if line["kind"] == "step"] == [1, 2, 3, 4, 5, 6]
    epochs = [line for line in lines if line["kind"] == "epoch"]
    assert [(line["epoch"], line["step"]) for line in epochs] == [(1, 3), (2, 6)]
    assert all(line["val_top1"] in (0, 0.25, 0.5, 0.75, 1) for line in epochs)
    assert load_config(str(run / "config.toml")) == replace(config(), data=replace(config().data, frames=4, size_px=32))
    (source,) = json.loads((run / "sources.json").read_text())
    assert source["n_clips"] == 12 and source["digest"] in (run / "model" / "README.md").read_text()
    assert [path.name for path in checkpoints(run)] == ["step-000006"]


def test_the_measurement_set_apart_is_what_the_model_says(videos, run):
    """Of the weights that are kept, the mean ones."""
    val = open_data(config(), [videos], 0.0).val
    assert len(val) == 4
    from synapt.training.data.loader import test_batches as views

    model = load_model(run / "model")
    right = 0
    for positions, video in views(val, config(), model.spec):
        labels = torch.tensor([val.items[k].label for k in positions])
        right += int((model(seen(video, model)).argmax(1) == labels).sum())
    assert read_log(run)[-1]["val_top1"] == right / 4


@pytest.mark.parametrize("stop", [2, 3, 5])
def test_a_run_that_was_stopped_becomes_the_same_model(videos, run, tmp_path, monkeypatch, stop):
    taken, step = [], Stepper.__call__

    def stopping(self, batch, k):
        taken.append(k)
        if len(taken) == stop:
            os.kill(os.getpid(), signal.SIGTERM)
        return step(self, batch, k)

    monkeypatch.setattr(Stepper, "__call__", stopping)
    with pytest.raises(KeyboardInterrupt):
        pretrain(config(), [videos], tmp_path / "run")
    assert not (tmp_path / "run" / "model").exists()
    pretrain(config(), [videos], tmp_path / "run")
    assert taken == list(range(6))
    for name, weight in weights(run).items():
        assert torch.equal(weights(tmp_path / "run")[name], weight), name
    for kind, names in (("step", ("step", "loss", "top1", "lr")), ("epoch", ("step", "val_top1"))):
        told, again = ([[x[n] for n in names] for x in read_log(r) if x["kind"] == kind] for r in (run, tmp_path / "run"))
        assert told == again


def test_the_head_of_other_classes_is_fresh_and_the_card_and_the_console_say_so(videos, run, tmp_path):
    (tmp_path / "videos").mkdir()
    for name, there in (("hop", "other"), ("skip", "left_half")):  # as many classes, of other names
        (tmp_path / "videos" / name).symlink_to(videos / "train" / there)
    for data, head in ((tmp_path / "videos", "fresh"), (videos, "kept")):
        heard, out = Console(file=io.StringIO(), width=500), tmp_path / head
        pretrain(config(f'model.weights="{run / "model"}"', "optim.epochs=1"), [data], out, console=heard)
        line = f"head {head}"
        assert line in (out / "model" / "README.md").read_text() and line in heard.file.getvalue()


def test_a_finished_run_is_left_as_it_is(videos, run):
    before = (run / "model" / "model.safetensors").stat().st_mtime_ns
    pretrain(config("engine.log_every=3", "data.test_views=2"), [videos], run)  # how, not what is learned
    assert (run / "model" / "model.safetensors").stat().st_mtime_ns == before


def test_checkpoints_of_an_unknown_run_are_not_gone_on_from(run, tmp_path):
    shutil.copytree(run / "checkpoints", tmp_path / "checkpoints")
    with pytest.raises(UserError, match=r"has what a run learned but no config.toml.*give another --out"):
        open_run(tmp_path, config(), [])


def test_another_run_does_not_go_on_in_the_folder(videos, run, tmp_path):
    with pytest.raises(UserError, match=r"is a run with optim.lr 0.003, not 0.5; optim.epochs 2, not 9: give another --out"):
        pretrain(config("optim.lr=0.5", "optim.epochs=9"), [videos], run)
    slim = tmp_path / "slim"  # its checkpoints were deleted to save space
    shutil.copytree(run, slim, ignore=shutil.ignore_patterns("checkpoints"))
    before = {path: path.read_bytes() for path in slim.rglob("*") if path.is_file()}
    with pytest.raises(UserError, match=r"is a run with optim.lr 0.003, not 0.5: give another --out"):
        pretrain(config("optim.lr=0.5"), [videos], slim)
    assert {path: path.read_bytes() for path in slim.rglob("*") if path.is_file()} == before
    more = tmp_path / videos.name
    class_folder(more / "train", n=7)
    with pytest.raises(UserError, match=r"is a run on .* \(12 clips, list .*\), not .* \(14 clips"):
        pretrain(config(), [more], run)
    with pytest.raises(UserError, match=r"is a run on .* \(12 clips, list .*\), not .* \(14 clips"):
        pretrain(config(), [more], slim)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("dear")
    with pytest.raises(UserError, match="is not a run: name a new folder"):
        pretrain(config(), [videos], tmp_path / "full")


def test_a_run_that_saved_nothing_yet_may_be_begun_anew(videos, tmp_path):
    with pytest.raises(UserError, match="the loss is"):
        pretrain(config("optim.lr=1e9", "optim.kind=sgd", "optim.clip_norm=0"), [videos], tmp_path / "run")
    pretrain(config(), [videos], tmp_path / "run")


def test_checkpoints_of_others_are_refused(videos, run, tmp_path):
    (tmp_path / "run").mkdir()
    for name in ("config.toml", "sources.json"):
        (tmp_path / "run" / name).write_bytes((run / name).read_bytes())
    step = tmp_path / "run" / "checkpoints" / "step-000003"
    step.mkdir(parents=True)
    files = {path.name: path.read_bytes() for path in (checkpoints(run)[0]).iterdir()}

    def refused(match, **changed):
        for name, content in {**files, **{name.replace("_", "."): content for name, content in changed.items()}}.items():
            (step / name).write_bytes(content)
        with pytest.raises(UserError, match=match):
            pretrain(config(), [videos], tmp_path / "run")

    pickled = pickle.dumps(print)
    refused("step-000003 is broken", model_safetensors=pickled)
    refused("step-000003 is broken", optimizer_safetensors=files["optimizer.safetensors"][:1000])
    refused("step-000003 is broken", state_json=b"[]")
    state = json.loads(files["state.json"])
    refused(r"is of seed 5, not 0", state_json=json.dumps({**state, "identity": {**state["identity"], "seed": 5}}).encode())
    tensors = load_file(checkpoints(run)[0] / "model.safetensors")
    tensors["model.head.weight"] = torch.zeros(7, 16)
    refused(r"another model \(1 weights differ: model.head.weight is \(7, 16\), wanted", model_safetensors=save(tensors))


def test_many_lists(videos, tmp_path):
    """Classes of the same name are one; with `aligned` every list has its own head, and the first one's stays."""
    for k, name in enumerate(("other", "third")):
        for clip in range(4):
            write(tmp_path / "more" / name / f"{clip}.mp4", numbered(8, 64, 48, start=50 * k))
    both = [videos, tmp_path / "more"]
    data = open_data(config(), both, 0.0)
    assert [clips.classes for clips in data.train] == [("left_half", "other", "third")]
    assert np.bincount([item.label for item in data.train[0].items]).tolist() == [6, 10, 4]
    assert data.val.classes == data.train[0].classes and len(data.val) == 4
    aligned = config("objective.kind=aligned", "optim.epochs=1")
    data = open_data(aligned, both, 0.0)
    assert [len(clips) for clips in data.train] == [12, 8] and data.val.classes == data.train[0].classes
    model = load_model(pretrain(aligned, both, tmp_path / "run"))
    assert model.classes == ("left_half", "other")


def test_free_labels_are_learned_from_where_there_are_some(videos, tmp_path):
    write_shapes(tmp_path / "shapes", 1, ShapeSettings(size_px=32, frames=4), workers=1)
    labelled = ["augment.mixup=0", "augment.cutmix=0", "optim.epochs=1", "objective.auxiliary={person=1.0}"]
    both = [tmp_path / "shapes", videos]
    run = pretrain(config("objective.kind=aligned", *labelled), both, tmp_path / "run").parent
    lines = read_log(run)
    assert all(0 <= line["person"] < 2 for line in lines) and any(line["person"] > 0 for line in lines)
    with pytest.raises(UserError, match=r"mp4 has no labels, and person are to be learned from"):
        pretrain(config(*labelled), [videos], tmp_path / "none")
    human = config("objective.kind=masked", "objective.mask=human", "model.name=videomae_s", "model.options={}",
                   "model.dropout=0", "data.size_px=32", "augment.mixup=0", "augment.cutmix=0")  # fmt: skip
    with pytest.raises(UserError, match=r"mp4 has no labels, and person and joints are to be learned from"):
        pretrain(human, both, tmp_path / "some")


def test_the_verb_says_what_it_does(videos, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    words = [word for change in SMALL if "epochs" not in change for word in ("--with", change)]
    said = CliRunner().invoke(verb.pretrain, [str(videos), "--seed", "4", "--epochs", "1", *words], catch_exceptions=False)
    assert said.exit_code == 0 and said.stdout == "runs/tiny-cpu/model\n"
    assert "epoch 1/1  loss" in said.stderr and "val_top1" in said.stderr and "waiting for data" in said.stderr
    made = load_config(str(tmp_path / "runs" / "tiny-cpu" / "config.toml"))
    assert (made.seed, made.model.name) == (4, "tiny")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["data", "--share", "0"], "are for --stream"),
        (["--stream", "--share", "0.5"], "--share divides steps"),
        (["--stream", "--allow-missing", "0.1"], "--allow-missing is for clips on disk"),
    ],
)
def test_options_that_would_do_nothing_are_usage_errors(words, said):
    done = CliRunner().invoke(verb.pretrain, words)
    assert done.exit_code == 2 and said in done.output


@pytest.mark.parametrize(
    "change",
    [
        "stream.clips=5", "data.window_s=1.0", "augment.person_zoom=[1.0,2.0]", "augment.randaugment_m=3",
        "objective.mask_share=0.5", "optim.momentum=0.8",
    ],
)  # fmt: skip
def test_settings_that_would_do_nothing_are_refused(change, videos, tmp_path):
    words = [str(videos), "--out", str(tmp_path / "a"), "--recipe", "tiny-cpu", "--with", change]
    done = CliRunner().invoke(verb.pretrain, words)
    assert isinstance(done.exception, UserError) and str(done.exception).startswith(f"--with {change} would do nothing, as ")
    assert not (tmp_path / "a").exists()
    refuse_unread(config(change, *READ), [change, "optim.lr=0.1"])


def test_fewer_clips_of_each_class_are_learned_from(videos, tmp_path):
    whole = open_clips(videos, "train")
    assert whole.first_of_each(0) == whole == whole.first_of_each(6) and len(whole) == 12
    run = pretrain(config("data.clips_per_class=2", "optim.epochs=1"), [videos], tmp_path / "run").parent
    source = json.loads((run / "sources.json").read_text())[0]
    few = whole.pick([0, 1, 6, 7])
    assert few.first_of_each(1) == whole.pick([0, 6]) and {item.label for item in few.items} == {0, 1}
    assert (source["n_clips"], source["digest"]) == (4, few.digest)
    with pytest.raises(UserError, match=r"run with data.clips_per_class 2, not 3"):
        pretrain(config("data.clips_per_class=3", "optim.epochs=1"), [videos], run)
    change = "data.clips_per_class=2"
    with pytest.raises(UserError, match="would do nothing, as all clips are streamed"):
        refuse_unread(config("stream.actions=['walking','running']", change), [change])
    refuse_unread(config("stream.actions=['walking','running']", "stream.share=0.5", change), [change])


def test_torchrun_is_left_our_line_to_end_its_report_with(tmp_path, monkeypatch):
    monkeypatch.setenv("TORCHELASTIC_ERROR_FILE", str(tmp_path / "attempt_0" / "error.json"))
    runner = CliRunner()
    for command, words, line in (
        (verb.pretrain, ["nowhere"], "nowhere is not a folder"),
        (verb.pretrain, ["data", "--clips", "3"], "--render-recipe and --ray are for --stream"),
        (evaluate, ["nowhere", "--target", "x"], "no weights at nowhere"),
    ):
        assert runner.invoke(command, words).exit_code
        told = ProcessFailure(local_rank=0, pid=1, exitcode=2, error_file=str(tmp_path / "attempt_0" / "error.json"))
        assert told.message.startswith("synapt: ") and line in told.message and abs(told.timestamp - time.time()) < 60
    monkeypatch.setenv("TORCHELASTIC_ERROR_FILE", "/proc/no/error.json")
    assert isinstance(runner.invoke(verb.pretrain, ["nowhere"]).exception, UserError)


def test_data_named_twice_is_refused(videos):
    with pytest.raises(UserError, match="is named twice: name it once"):
        open_data(config(), [videos, videos / "train" / ".."], 0.0)


READ = (
    "stream.actions=['walking','running']", "data.sampling=dense", "augment.person_crop=0.5", "augment.randaugment_n=1",
    "objective.kind=masked", "objective.mask=human", "optim.kind=sgd",
)  # fmt: skip


def test_folders_of_one_class_each_are_learned_from_together(videos, tmp_path):
    for k, name in enumerate(sorted(path.name for path in (videos / "train").iterdir())):
        shutil.copytree(videos / "train" / name, tmp_path / f"part{k}" / "train" / name)
        shutil.copytree(videos / "val" / name, tmp_path / f"part{k}" / "val" / name)
    parts = sorted(tmp_path.glob("part*"))
    together = load_model(pretrain(config("optim.epochs=1"), parts, tmp_path / "run"))
    assert len(parts) == 2 and len(together.classes) == 2
    assert read_log(tmp_path / "run")[-1]["val_top1"] >= 0.0
    with pytest.raises(UserError, match="part0 has training clips of 1 class: name more"):
        pretrain(config(), parts[:1], tmp_path / "alone")
    assert not (tmp_path / "alone").exists()
