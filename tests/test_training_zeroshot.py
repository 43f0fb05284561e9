"""Zero-shot where several classes of a target are one to the model: they are scored as one, and the reader is told."""

import json

import numpy as np
import pytest
import torch
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from made_runs import TINY
from made_videos import write
from synapt.generator.base.errors import UserError
from synapt.training.config import DataConfig
from synapt.training.data.targets import load_target
from synapt.training.models import build, save_model
from synapt.training.protocols import zeroshot as module
from synapt.training.protocols.subject import open_subject
from synapt.training.protocols.zeroshot import joined, shared_target, told_pairs
from synapt.training.report.make import make_report
from synapt.training.results import read_predictions, read_result
from synapt.training.verbs.evaluate import evaluate

torch.set_num_threads(1)
CLASSES = ("run", "running", "swim", "waving")  # the first two are our "run", nothing of ours is the third


@pytest.fixture(scope="module")
def videos(tmp_path_factory):
    root = tmp_path_factory.mktemp("clips")
    for label, name in enumerate(CLASSES):
        for clip in range(4):
            rng = np.random.default_rng([label, clip])
            write(root / name / f"{clip}.mp4", rng.integers(0, 255, (6, 32, 40, 3)).astype(np.uint8))
    return root


def says(path, classes, shares):
    """A model in `path` that says the same of every clip: `shares` (unscaled) of its classes."""
    model = build(TINY, len(classes), DataConfig(frames=4, size_px=24))
    with torch.no_grad():
        model.head.weight.zero_()
        model.head.bias.copy_(torch.log(torch.tensor(shares)))
    save_model(path, model, classes)
    return open_subject(str(path))


def test_classes_that_one_label_stands_for_are_scored_as_one_and_everything_says_so(videos, tmp_path):
    subject = says(tmp_path / "run", ("run", "reading", "waving_a_hand"), [0.3, 0.6, 0.1])
    target = load_target("folder", videos, folds=2)
    assert joined(subject, target) == (("run", "running"),)
    assert shared_target(subject, target).classes == ("run + running", "waving")
    assert told_pairs(subject, target) == "shared classes: run = run, running = run, waving = waving_a_hand"
    words = [
        str(tmp_path / "run"),
        "--target",
        str(videos),
        "--protocol",
        "zeroshot",
        "--option",
        "folds=2",
        "--with",
        "engine.precision=fp32",
    ]
    outcome = CliRunner().invoke(evaluate, words, catch_exceptions=False)
    assert outcome.exit_code == 0 and "scored as one class" in outcome.output and "run and running" in outcome.output
    (folder,) = (tmp_path / "run" / "eval").iterdir()
    result = read_result(folder)
    assert result.classes == ("run + running", "waving") and result.chance == 0.5
    assert result.n_clips == 12 and result.top1.value == pytest.approx(2 / 3)  # all are said to be of the first class
    assert result.per_class == (1.0, 0.0) and result.mean_class.value == 0.5
    parts = read_predictions(folder / "predictions.parquet")[0]
    said = np.concatenate([part.probability for part in parts])
    assert said == pytest.approx(np.tile([0.75, 0.25], (12, 1)), abs=1e-5)
    assert json.loads((folder / "result.json").read_text())["joined"] == [["run", "running"]]
    make_report([tmp_path / "run"], tmp_path / "report")
    page = (tmp_path / "report" / "index.html").read_text()
    assert "scored as one class" in page and "run and running" in page


def test_results_of_before_and_of_other_protocols_join_nothing(videos, tmp_path):
    subject = says(tmp_path / "run", ("run", "waving_a_hand"), [0.3, 0.1])
    one_each = load_target("folder", videos, folds=2)
    assert joined(says(tmp_path / "b", ("run", "running", "waving"), [1.0, 1.0, 1.0]), one_each) == (("run", "running"),)
    outcome = CliRunner().invoke(evaluate, [str(subject.home), "--target", str(videos), "--protocol", "knn", "--no-baselines"])
    assert outcome.exit_code == 0 and "scored as one" not in outcome.output
    (folder,) = (tmp_path / "run" / "eval").iterdir()
    table = json.loads((folder / "result.json").read_text())
    assert table.pop("joined") == [] and len(table["classes"]) == 4
    (folder / "result.json").write_text(json.dumps(table))  # as older versions wrote it
    assert read_result(folder).joined == () and read_result(folder).told_joined == ""


def test_a_target_all_of_whose_classes_are_one_to_the_model_is_refused(videos, tmp_path):
    subject = says(tmp_path / "m", ("run", "reading"), [0.5, 0.5])
    with pytest.raises(UserError, match=r"shares 1 class \(run \+ running, which it calls alike\)"):
        shared_target(subject, load_target("folder", videos))


@given(st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5))))
def test_each_label_stands_for_one_scored_class_and_no_more_are_joined_than_must(pairs):
    theirs, ours = [f"theirs {k}" for k in range(6)], [f"ours {k}" for k in range(6)]
    ordered = [(theirs[a], ours[b]) for a, b in sorted(pairs)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "shared_classes", lambda *_: ordered)
        shown = module._shown("any", ours, theirs)
    home = {name: k for k, one in enumerate(shown) for name in one.theirs}
    assert sorted(home) == sorted({a for a, _ in ordered})
    assert sum(len(one.theirs) for one in shown) == len(home)
    assert sorted(label for one in shown for label in one.ours) == sorted({b for _, b in ordered})
    assert all(b in shown[home[a]].ours for a, b in ordered)
    assert [one.theirs[0] for one in shown] == sorted(one.theirs[0] for one in shown)
    for one in shown:  # whoever is joined is linked by labels
        reached, before = {one.theirs[0]}, 0
        while len(reached) > before:
            before, labels = len(reached), {b for a, b in ordered if a in reached}
            reached |= {a for a, b in ordered if b in labels}
        assert reached == set(one.theirs)
