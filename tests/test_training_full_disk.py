"""A disk that fills up while a model learns or is measured: one line, the last good state stays, the same command goes on."""

import resource
from contextlib import contextmanager

import pytest
import torch
from made_runs import make_run
from made_videos import class_folder
from safetensors import SafetensorError
from synapt.generator.base.errors import UserError
from synapt.training.config import load_config
from synapt.training.data.targets import load_target
from synapt.training.engine.events import Events
from synapt.training.engine.log import RunLog, read_log
from synapt.training.models import tensors
from synapt.training.pretrain import pretrain
from synapt.training.protocols.subject import open_subject
from synapt.training.runs import checkpoints
from synapt.training.transfer import transfer
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

torch.set_num_threads(1)
SMALL = (
    "data.frames=4", "data.size_px=32", "data.workers=0", "data.cache=false", "optim.batch=4", "optim.epochs=2", "optim.ema=0.8",
    'model.options={"width"=4,"stages"=2}', "engine.log_every=1",
)  # fmt: skip


@contextmanager
def files_no_longer_than(n_bytes):
    """Whoever writes more is refused in the middle of the file, as by a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (n_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def learn(videos, out, *changes):
    return pretrain(load_config("tiny-cpu", [*SMALL, *changes]), [videos], out)


def weights(out):
    return (out / "model" / "model.safetensors").read_bytes()


@pytest.fixture(scope="module")
def videos(tmp_path_factory):
    return class_folder(tmp_path_factory.mktemp("videos") / "videos", n=6, width=64, height=48)


@pytest.fixture(scope="module")
def whole(videos, tmp_path_factory):
    out = tmp_path_factory.mktemp("whole") / "run"
    learn(videos, out)
    return weights(out)


@pytest.mark.parametrize(
    ("n_bytes", "name"),
    [(50, "config.toml"), (1600, "tb"), (10_000, "checkpoints/step-000006"), (20_000, "checkpoints/step-000006")],
)
def test_whatever_a_run_writes_may_be_refused(n_bytes, name, videos, whole, tmp_path):
    out = tmp_path / "run"
    with pytest.raises(UserError, match=rf"^cannot write {out}/{name} \(.*\): free space .* same command") as caught:
        with files_no_longer_than(n_bytes):
            learn(videos, out)
    assert "\n" not in str(caught.value) and not (out / "model").exists()
    assert not [path for path in tmp_path.rglob("*") if path.name.endswith(".tmp")]
    learn(videos, out)
    assert weights(out) == whole


@pytest.mark.parametrize("n_files", [5, 3 * 6 + 1])
def test_the_last_good_checkpoint_stays(n_files, videos, whole, tmp_path, monkeypatch):
    """The disk is full after so many files of tensors: in the second checkpoint, and when the finished model is written."""
    out, real, left = tmp_path / "run", tensors.save_file, iter(range(n_files - 1))

    def save_file(values, path):
        if next(left, None) is None:
            path.write_bytes(b"half")
            raise SafetensorError("Error while serializing: I/O error: No space left on device (os error 28)")
        real(values, path)

    with monkeypatch.context() as patch:
        patch.setattr(tensors, "save_file", save_file)
        with pytest.raises(UserError, match="No space left on device") as caught:
            learn(videos, out, "engine.save_every_s=0")
    assert f"cannot write {out}/" in str(caught.value) and not (out / "model").exists()
    kept = checkpoints(out)
    assert [path.name for path in kept] == (["step-000001"] if n_files == 5 else ["step-000005", "step-000006"])
    steps = [line["step"] for line in read_log(out) if line["kind"] == "step"]
    learn(videos, out, "engine.save_every_s=0")
    assert weights(out) == whole and steps == [line["step"] for line in read_log(out) if line["kind"] == "step"][: len(steps)]


def test_other_faults_of_a_file_of_tensors_are_not_the_disks(tmp_path, monkeypatch):
    def save_file(values, path):
        raise SafetensorError("InvalidTensorView")

    monkeypatch.setattr(tensors, "save_file", save_file)
    with pytest.raises(SafetensorError):
        tensors.write_tensors(tmp_path / "x", {})


def test_a_log_that_cannot_be_written_anew_stays_as_it_is(tmp_path):
    log = RunLog(tmp_path)
    for step in range(1, 40):
        log.write("step", step, {"loss": 1.0})
    log.close()
    before = (tmp_path / "log.jsonl").read_bytes()
    with files_no_longer_than(100), pytest.raises(UserError, match=r"log.jsonl"):
        RunLog(tmp_path, 39)
    assert (tmp_path / "log.jsonl").read_bytes() == before


def test_tensorboard_reads_what_was_written_and_forgets_what_comes_again(tmp_path):
    first = Events(tmp_path, 1)
    for step in range(1, 9):
        first.write(step, {"step/loss": step / 4, "step/lr": 0.5})
    with files_no_longer_than(1), pytest.raises(OSError, match="too large"):
        first.write(9, {"step/loss": 9.0})
    first.close()
    again = Events(tmp_path, 5)  # gone on from step 4
    again.write(5, {"step/loss": 50.0})
    again.close()
    found = EventAccumulator(str(tmp_path))
    found.Reload()
    assert found.Tags()["scalars"] == ["step/loss", "step/lr"]
    assert [(e.step, e.value) for e in found.Scalars("step/loss")] == [(1, 0.25), (2, 0.5), (3, 0.75), (4, 1.0), (5, 50.0)]


@pytest.mark.parametrize(("n_bytes", "name"), [(200, "000-0.parquet"), (12_000, "confusion.png")])
def test_an_evaluation_goes_on_and_its_features_need_no_room(n_bytes, name, videos, tmp_path, monkeypatch):
    monkeypatch.setenv("SYNAPT_CACHE", str(tmp_path / "cache"))
    subject, target = open_subject(str(make_run(tmp_path / "run"))), load_target("folder", videos)
    with files_no_longer_than(n_bytes), pytest.raises(UserError, match=f"cannot write .*{name} .*: free space"):
        transfer(subject, [], target, ["knn"], [0])
    assert not list((tmp_path / "run").rglob("result.json"))
    assert len(list((tmp_path / "cache" / "features").glob("*.npy"))) == (n_bytes > 1000)
    for file in (tmp_path / "cache" / "features").iterdir():
        file.write_bytes(file.read_bytes()[:-7])  # as an older version left them on a full disk
    (found,) = transfer(subject, [], target, ["knn"], [0])
    (alone,) = transfer(subject, [], target, ["knn"], [0], out=tmp_path / "other", fresh=True)
    assert found.result == alone.result
