"""Two commands in one folder: the second one is refused in a line, and the first one isn't disturbed."""

import json
import subprocess
import sys

import pytest
import torch
from made_runs import make_run
from made_videos import class_folder
from synapt.generator.base.errors import UserError
from synapt.generator.base.lock import holds_nothing, only_one
from synapt.training.audit.run import AuditSettings, audit
from synapt.training.config import load_config
from synapt.training.data.targets import load_target
from synapt.training.pretrain import pretrain
from synapt.training.protocols.subject import open_subject
from synapt.training.transfer import transfer

torch.set_num_threads(1)
BUSY = "another command is writing into .*: wait until it has ended, or give another --out"


@pytest.fixture(scope="module")
def videos(tmp_path_factory):
    return class_folder(tmp_path_factory.mktemp("videos") / "videos", n=4, width=64, height=48)


def config(*changes):
    small = ("data.frames=4", "data.size_px=32", "data.workers=0", "data.cache=false", "optim.batch=4", "optim.epochs=1")
    return load_config("tiny-cpu", [*small, 'model.options={"width"=4,"stages"=2}', *changes])


def test_a_folder_is_held_until_the_holder_ends_however_it_ends(tmp_path):
    code = "with only_one(Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(60)"
    code = "import sys, time\nfrom pathlib import Path\nfrom synapt.generator.base.lock import only_one\n" + code
    child = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "run")], stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout.readline() == "held\n"
        with pytest.raises(UserError, match=BUSY), only_one(tmp_path / "run"):
            pass
        with only_one(tmp_path / "other"):
            pass
    finally:
        child.kill()
        child.wait()
    with only_one(tmp_path / "run"):
        assert holds_nothing(tmp_path / "run")
    assert list((tmp_path / "run").iterdir()) == []


def test_a_run_is_trained_by_one_command(videos, tmp_path):
    out = tmp_path / "run"
    with only_one(out), pytest.raises(UserError, match=BUSY):
        pretrain(config(), [videos], out)
    assert list(out.iterdir()) == []  # config.toml of the first one would have been written anew
    assert json.loads((pretrain(config(), [videos], out) / "labels.json").read_text()) == ["left_half", "other"]


@pytest.mark.parametrize("there", ["file", "folder"])
def test_a_place_for_no_run_is_refused_before_a_clip_is_opened(there, videos, tmp_path, monkeypatch):
    out = tmp_path / "out"
    out.touch() if there == "file" else (out / "photos").mkdir(parents=True)

    def opened(*given):
        raise AssertionError("clips are opened")

    monkeypatch.setattr("synapt.training.pretrain.list_data", opened)
    with pytest.raises(UserError, match="exists and is not a folder" if there == "file" else "exists and is not a run"):
        pretrain(config(), [videos], out)


def test_a_result_is_computed_by_one_command(videos, tmp_path, monkeypatch):
    monkeypatch.setenv("SYNAPT_CACHE", str(tmp_path / "cache"))
    subject, target = open_subject(str(make_run(tmp_path / "run"))), load_target("folder", videos)
    (first,) = transfer(subject, [], target, ["knn"], [0])
    with only_one(first.folder):
        with pytest.raises(UserError, match=BUSY):
            transfer(subject, [], target, ["knn"], [0])
        transfer(subject, [], target, ["knn"], [0], out=tmp_path / "other")


def test_an_audit_is_made_by_one_command(tmp_path):
    class Model:
        name, digest, classes = "m", "d", ("walking", "kicking")

    def rendered(jobs, workers):
        raise AssertionError("clips are rendered")
        yield

    with only_one(tmp_path / "audit"), pytest.raises(UserError, match=BUSY):
        audit(Model(), tmp_path / "audit", AuditSettings(n=1, redraws=1), render=rendered)
