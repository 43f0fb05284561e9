"""A run that was begun and has no model yet: every verb says so, and how to go on."""

import shutil

import pytest
from click.testing import CliRunner
from made_runs import make_run
from synapt.generator.base.errors import UserError
from synapt.training.data.targets.prepare import prepare
from synapt.training.metrics import top_k_tells
from synapt.training.models import load_model
from synapt.training.models.catalogue import local_models
from synapt.training.protocols.subject import open_subject
from synapt.training.runs import is_finished, is_unfinished, steps_saved
from synapt.training.verbs.models import models
from synapt.training.verbs.targets import targets


@pytest.fixture
def begun(tmp_path):
    run = make_run(tmp_path / "begun")
    shutil.rmtree(run / "model")
    for step in (900, 1200):
        (run / "checkpoints" / f"step-{step:06d}").mkdir(parents=True)
    return run


def test_what_needs_its_model_says_that_it_is_not_finished(begun):
    assert is_unfinished(begun) and not is_finished(begun) and steps_saved(begun) == 1200
    line = r"not finished \(1,200 steps are saved\): run the same `synapt pretrain` command again"
    for ask in (lambda: open_subject(str(begun)), lambda: load_model(begun)):
        with pytest.raises(UserError, match=line):
            ask()
    (begun / "sources.json").unlink()  # now it is any folder
    with pytest.raises(UserError, match="holds no weights"):
        open_subject(str(begun))


def test_it_is_listed_as_unfinished(begun):
    make_run(begun.parent / "done")
    found = {entry.name: (entry.where, entry.about, entry.state, entry.ok) for entry in local_models(begun.parent)}
    assert set(found) == {"begun", "done"} and found["done"][2] == ""
    state = "not finished, 1,200 steps saved: run the same `synapt pretrain` again"
    assert found["begun"] == (str(begun), "tiny", state, True)
    told = CliRunner().invoke(models, ["--root", str(begun.parent)], catch_exceptions=False)
    assert told.exit_code == 0 and "not finished" in told.output
    (begun / "config.toml").write_text("{")
    assert {entry.name: entry.state for entry in local_models(begun.parent)} == {"begun": "damaged", "done": ""}


def test_a_targets_files_lie_where_evaluate_looks_for_them(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(targets, ["prepare", "hmdb51"], catch_exceptions=False)
    assert said.exit_code == 0 and said.output.splitlines() == prepare("hmdb51", "targets/hmdb51").lines()
    with pytest.raises(UserError, match="targets/hmdb51 is not a folder"):
        CliRunner().invoke(targets, ["check", "hmdb51"], catch_exceptions=False)
    assert list(tmp_path.iterdir()) == []


def test_top_k_is_shown_where_it_tells_models_apart():
    assert [n for n in range(1, 15) if top_k_tells(5, n)] == [10, 11, 12, 13, 14]
    assert top_k_tells(1, 2) and not top_k_tells(1, 1)
