"""How a command ends where streams are closed, memory is short or names are no text: with its work, or with one line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from made_runs import make_run
from made_training import ToyBatches, toy_config, toy_model
from made_videos import write
from synapt.generator.base.exits import _lacks_memory
from synapt.training.data.clips import open_clips
from synapt.training.engine.fit import fit
from synapt.training.models import load_model, load_weights
from synapt.training.objectives.supervised import Supervised
from synapt.training.report.make import make_report
from synapt.training.results import read_predictions, read_result
from synapt.training.runs import checkpoints

torch.set_num_threads(1)
SYNAPT = f"{sys.executable} -c 'from synapt.cli import main; main()'"


def shell(line, **more):
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, **more)
    assert "Traceback" not in done.stderr, done.stderr
    return done


# ---------------------------------------------------------------- streams and memory


def test_a_closed_output_is_one_line():
    done = shell(f"{SYNAPT} actions >&-")
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "standard output is closed" in done.stderr


def test_without_errors_or_input_a_command_does_its_work(tmp_path):
    whole = shell(f"{SYNAPT} actions").stdout
    for closed in ("2>&-", "<&-", "<&- 2>&-"):
        done = shell(f"{SYNAPT} actions {closed}", cwd=tmp_path)
        assert (done.returncode, done.stdout, done.stderr) == (0, whole, "")
    assert shell(f"{SYNAPT} render --action nonsense 2>&-", cwd=tmp_path).returncode == 2
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("kibibytes", [100_000, 200_000, 300_000, 400_000])
def test_too_little_memory_is_one_line(kibibytes):
    for verb in ("actions", "models"):
        done = shell(f"ulimit -v {kibibytes}; {SYNAPT} {verb}")
        assert done.returncode in (0, 2), done.stderr
        if done.returncode:
            assert done.stderr.startswith("synapt: ") and done.stderr.count("\n") == 1, done.stderr


def test_whatever_library_says_it_lack_of_memory_is_known():
    for error in (
        MemoryError(), ImportError("libx.so: failed to map segment from shared object"), RuntimeError("can't start new thread"),
        OSError(12, "Cannot allocate memory"), RuntimeError("std::bad_alloc"),
    ):  # fmt: skip
        assert _lacks_memory(error)
        later = ValueError("cannot")
        later.__cause__ = error
        assert _lacks_memory(later)
    assert not _lacks_memory(RuntimeError("the loader gave 3 of 4 steps")) and not _lacks_memory(OSError(2, "not there"))


# ---------------------------------------------------------------- names that are no text

BYTE = os.fsdecode(b"\xe9")


@pytest.fixture(scope="module")
def videos(tmp_path_factory):
    """Two classes of four clips, every name with a byte that is no UTF-8."""
    root = tmp_path_factory.mktemp("clips") / f"vid{BYTE}os"
    made = root.parent / "made.mp4"
    for label, name in enumerate((f"caf{BYTE}", "th\udcff")):
        (root / name).mkdir(parents=True)
        for clip in range(4):
            rng = np.random.default_rng([label, clip])
            write(made, np.clip(rng.normal(60 + 100 * label, 40, (6, 32, 40, 3)), 0, 255).astype(np.uint8))
            made.replace(root / name / f"{clip}{BYTE}.mp4")
    return root


def test_names_that_are_no_utf8_are_text_in_lists(videos):
    clips = open_clips(videos)
    assert clips.classes == (r"caf\udce9", r"th\udcff") and clips.name == r"vid\udce9os" and len(clips.digest) == 8
    assert clips.items[0].id == r"caf\udce9/0\udce9.mp4" and clips.items[0].path.is_file()


def test_names_that_are_no_utf8_are_evaluated_reported_and_shown(videos, tmp_path, monkeypatch):
    monkeypatch.setenv("SYNAPT_CACHE", str(tmp_path / "cache"))
    run = make_run(tmp_path / f"run{BYTE}", (r"caf\udce9", r"th\udcff"))
    words = ["evaluate", str(run), "--target", str(videos), "--protocol", "knn", "--no-baselines"]
    command = [sys.executable, "-c", "from synapt.cli import main; main()", *words]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0 and r"run\udce9/eval/vid-udce9os-knn" in done.stdout, done.stderr
    (folder,) = (run / "eval").iterdir()
    result = read_result(folder)
    assert result.classes == (r"caf\udce9", r"th\udcff") and result.run == r"run\udce9"
    parts, _ = read_predictions(folder / "predictions.parquet")
    assert set(parts[0].ids) <= {item.id for item in open_clips(videos).items}
    made, _ = make_report([run], tmp_path / f"rep{BYTE}")
    assert r"caf\udce9" in made[0].read_text() and all(path.is_file() for path in made)
    assert load_weights(load_model(run), run).matched > 0
    listed = shell(f"{SYNAPT} models --root {tmp_path}", env=os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0"})
    assert listed.returncode == 0 and r"run\udce9" in listed.stdout


def test_what_is_printed_of_such_names_is_escaped(tmp_path):
    (tmp_path / f"gone{BYTE}").mkdir()
    done = shell(f"{SYNAPT} info $'gone\\xe9'", cwd=tmp_path)
    assert done.returncode == 2 and r"gone\udce9" in done.stderr and done.stderr.count("\n") == 1


# ---------------------------------------------------------------- what a killed save left


def names(run):
    return sorted(path.name for path in run.rglob("*") if "tfevents" not in path.name)


def test_what_a_killed_save_left_goes_at_the_next_start(tmp_path):
    config = toy_config(epochs=1)

    def learn():
        objective = Supervised(toy_model(config), config, (("right", "left", "down", "up"),))
        fit(objective, ToyBatches(config), config, run=tmp_path)
        return objective.model.state_dict()

    whole = learn()
    there = names(tmp_path)
    for name in ("checkpoints/.step-000009.123.tmp", ".model.123.tmp", ".model.123.old.tmp"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "model.safetensors").write_bytes(b"half")
    (tmp_path / ".config.toml.123.tmp").write_text("half")
    (tmp_path / "eval").mkdir()
    other = tmp_path / "eval" / ".result.json.7.tmp"  # of an evaluation that may be at work
    other.write_text(json.dumps({}))
    again = learn()
    assert all(torch.equal(whole[name], again[name]) for name in whole) and len(checkpoints(tmp_path)) == 1
    assert names(tmp_path) == sorted([*there, "eval", other.name])


def test_a_run_s_folder_with_such_a_name_goes_on(tmp_path):
    config, run = toy_config(epochs=1), Path(tmp_path, f"run{BYTE}")
    run.mkdir()
    for _ in range(2):
        objective = Supervised(toy_model(config), config, (("right", "left", "down", "up"),))
        fit(objective, ToyBatches(config), config, run=run)
    assert len(checkpoints(run)) == 1
