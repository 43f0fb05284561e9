"""A folder that results can't lie in is refused before any work, in one line."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from made_runs import make_run
from synapt.generator.base.errors import UserError
from synapt.generator.base.files import folder_to_write
from synapt.training.verbs.audit import audit
from synapt.training.verbs.bias import bias
from synapt.training.verbs.evaluate import evaluate
from synapt.training.verbs.report import report


@pytest.mark.parametrize("below", ["", "a/b"])
def test_a_file_in_the_way_is_named(below, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match=f"cannot write into .*{below}: {tmp_path}/file exists and is not a folder") as caught:
        folder_to_write(tmp_path / "file" / below)
    assert "\n" not in str(caught.value)
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(UserError, match="link exists and is not a folder"):
        folder_to_write(tmp_path / "link")


def test_what_can_be_made_is_not_made_yet(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old").mkdir()
    for name in ("new", "old", "old/a/b", tmp_path / "far" / "away"):
        assert folder_to_write(tmp_path / name) == tmp_path / name
    assert folder_to_write(Path("x")) == Path("x")
    assert [path.name for path in tmp_path.iterdir()] == ["old"]


def test_a_closed_folder_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write anywhere
    with pytest.raises(UserError, match=f"you may not write to {tmp_path}"):
        folder_to_write(tmp_path / "results")


WORK = {
    "evaluate": (evaluate, "synapt.training.transfer.readable", ["RUN", "--target", "CLIPS", "--out", "FILE"]),
    "report": (report, "synapt.training.report.make.gather", ["RUN", "--out", "FILE"]),
    "bias": (bias, "synapt.training.bias.measure.measure_bias", ["CLIPS", "--out", "FILE"]),
    "audit": (audit, "synapt.training.audit.run.settled", ["RUN", "--out", "FILE"]),
}


@pytest.mark.parametrize("name", WORK)
def test_verbs_refuse_it_before_they_work(name, tmp_path, monkeypatch):
    verb, work, words = WORK[name]
    for label in "ab":
        for k in range(4):
            (tmp_path / "clips" / label).mkdir(parents=True, exist_ok=True)
            (tmp_path / "clips" / label / f"{k}.mp4").touch()
    (tmp_path / "file").write_text("precious")
    places = {"RUN": make_run(tmp_path / "run"), "CLIPS": tmp_path / "clips", "FILE": tmp_path / "file"}

    def worked(*given, **more):
        raise AssertionError("work has begun")

    monkeypatch.setattr(work, worked)
    with pytest.raises(UserError, match=f"{tmp_path}/file exists and is not a folder"):
        CliRunner().invoke(verb, [str(places.get(word, word)) for word in words], catch_exceptions=False)
    assert (tmp_path / "file").read_text() == "precious"
