"""What was left out of a folder is said by each verb that lists one, and kept with what came of the rest."""

import json
import os

import numpy as np
import pytest
from click.testing import CliRunner
from made_runs import make_run
from made_videos import write
from synapt.cli import cli
from synapt.generator.base.errors import UserError
from synapt.training.results import read_result
from synapt.training.verbs.evaluate import _open

LISTED = "left out of {}: 1 .txt (fall/notes.txt), 1 pipe (walk/pipe.mp4)"
UNREAD = "left out 1 of the 15 clips of mine, which cannot be read: fall/bad.m4v"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("SYNAPT_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def mine(tmp_path):
    """Two classes of seven films, one that is none, a note and a pipe."""
    root = tmp_path / "mine"
    for label, name in enumerate(("fall", "walk")):
        for clip in range(7):
            level = np.random.default_rng([label, clip]).integers(60 + 100 * label, 90 + 100 * label)
            suffix = (".mp4", ".m4v", ".mov", ".ts")[clip % 4]
            write(root / name / f"{clip}{suffix}", np.full((6, 32, 40, 3), level, np.uint8))
    (root / "fall" / "bad.m4v").write_bytes(b"no video")
    (root / "fall" / "notes.txt").touch()
    os.mkfifo(root / "walk" / "pipe.mp4")
    return root


def call(*words):
    return CliRunner().invoke(cli, [*map(str, words)])


def lines(told):
    return [line.removeprefix("synapt: ") for line in told.stderr.splitlines() if "left out" in line]


@pytest.mark.parametrize("words", [("evaluate", "RUN", "--no-baselines", "--target"), ("bias",), ("pretrain",)])
def test_clips_that_cannot_be_read_stop_it_unless_allowed(words, mine, tmp_path):
    words = [make_run(tmp_path / "run") if word == "RUN" else word for word in words]
    told = call(*words, mine, "--out", tmp_path / "out")
    assert lines(told)[:1] == [LISTED.format(mine)]
    assert isinstance(told.exception, UserError) and "1 problem with the 15 clips of mine: " in str(told.exception)
    assert not (tmp_path / "out").exists()


def test_evaluate_says_and_keeps_it_and_the_report_shows_it(mine, tmp_path):
    run = make_run(tmp_path / "run")
    words = ("evaluate", run, "--target", mine, "--protocol", "knn", "--no-baselines", "--allow-missing", "0.1")
    told = call(*words, "--with", "data.workers=0")
    assert told.exit_code == 0 and lines(told) == [LISTED.format(mine), UNREAD]
    result = read_result(next((run / "eval").iterdir()))
    assert result.remarks == (LISTED.format(mine), UNREAD) and result.missing_share == pytest.approx(1 / 15)
    made = call("report", run, "--out", tmp_path / "report")
    page = (tmp_path / "report" / "index.html").read_text()
    assert made.exit_code == 0 and f"mine: {UNREAD}." in page and LISTED.format(mine) in page


def test_pretrain_says_it_and_the_card_keeps_it(mine, tmp_path):
    small = ("optim.batch=7", "data.workers=0", "data.frames=4", "data.size_px=32", 'model.options={"width"=4,"stages"=2}')
    changes = [word for change in small for word in ("--with", change)]
    told = call("pretrain", mine, "--out", tmp_path / "run", "--epochs", 1, "--allow-missing", 0.1, *changes)
    assert told.exit_code == 0, told.output
    assert lines(told) == [LISTED.format(mine), UNREAD]
    card = (tmp_path / "run" / "model" / "README.md").read_text()
    assert f"- {LISTED.format(mine)}\n" in card and f"- {UNREAD}\n" in card
    (source,) = json.loads((tmp_path / "run" / "sources.json").read_text())
    assert source["remarks"] == [LISTED.format(mine), UNREAD] and source["n_clips"] == 14


def test_bias_says_and_keeps_it(mine, tmp_path):
    told = call("bias", mine, "--out", tmp_path / "bias", "--permutations", 9, "--allow-missing", 0.1)
    assert told.exit_code == 0 and lines(told) == [LISTED.format(mine), UNREAD]
    report = json.loads((tmp_path / "bias" / "bias.json").read_text())
    assert report["remarks"] == [LISTED.format(mine), UNREAD] and report["n_missing"] == 1


def test_the_check_of_a_folder_says_it(mine):
    told = call("targets", "check", "folder", "--root", mine, "--allow-missing", 0.1)
    assert told.exit_code == 0 and lines(told) == [LISTED.format(mine), UNREAD]
    assert told.stdout.endswith("14 of 15 clips can be read\n")


def test_a_preview_says_it_and_shows_the_others(mine, tmp_path):
    told = call("preview", mine, "--n", 9, "--out", tmp_path / "p")
    assert told.exit_code == 0 and lines(told) == [LISTED.format(mine)]
    assert told.stderr.count("not shown: ") == 1 and "fall/bad.m4v" in told.stderr
    assert (tmp_path / "p.png").is_file()


def test_an_existing_folder_wins_over_a_module(mine, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    mine.rename(tmp_path / "12:30")
    target = _open("12:30", None, ())
    assert (target.name, target.classes) == ("12:30", ("fall", "walk"))
    mine.parent.joinpath("my_module:load").symlink_to("12:30")
    assert _open("my_module:load", None, ()).classes == ("fall", "walk")
    with pytest.raises(UserError, match=r"^there is no folder '12:45' of CLASS/CLIP\.mp4, nor a target of that name"):
        _open("12:45", None, ())
    with pytest.raises(UserError, match=r"target 'no_module_of_mine:load' could not be loaded"):
        _open("no_module_of_mine:load", None, ())
    told = call("evaluate", "scratch:tiny", "--target", "12:30", "--root", tmp_path)
    assert told.exit_code == 2 and "--target is a folder itself" in told.output
