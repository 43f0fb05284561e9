"""Evaluation from the command to its files: every figure again from the Parquet, nothing done twice, one line for mistakes."""

import csv
import json
import os
import subprocess
import sys

import numpy as np
import pyarrow.parquet as pq
import pytest
import torch
from click.testing import CliRunner
from made_runs import make_run
from made_targets import made_options, make_tree
from made_videos import write
from PIL import Image
from synapt.generator.base.errors import UserError
from synapt.training import evaluate as module
from synapt.training.data.shapes import CLASSES as SHAPES
from synapt.training.data.targets import load_target
from synapt.training.evaluate import compare
from synapt.training.metrics import stack
from synapt.training.protocols.settings import default_epochs
from synapt.training.protocols.subject import open_subject
from synapt.training.results import draw_confusion, read_predictions, read_result
from synapt.training.transfer import budgets, find_baselines, readable, transfer
from synapt.training.values import Interval
from synapt.training.verbs.evaluate import evaluate as verb

torch.set_num_threads(1)
SIX = ("ucf101", "hmdb51", "mini_ssv2", "diving48", "ikea_fa", "uav_human")
COLOURS = {"blue": (60, 60, 200), "green": (60, 200, 60), "red": (200, 60, 60)}


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("SYNAPT_CACHE", str(tmp_path / "cache"))


@pytest.fixture(scope="module")
def videos(tmp_path_factory):
    """class/person_clip.mp4: three classes told by colour, three persons."""
    root = tmp_path_factory.mktemp("my vidéos")
    for name, colour in COLOURS.items():
        for person in range(3):
            for clip in range(2):
                rng = np.random.default_rng([*colour, person, clip])
                frames = np.clip(rng.normal(colour, 40, (6, 32, 40, 3)), 0, 255).astype(np.uint8)
                write(root / name / f"p{person}_{clip}.mp4", frames)
    return root


def call(*words):
    return CliRunner().invoke(verb, [*map(str, words)], catch_exceptions=False)


def by_person(videos):
    return load_target("folder", videos, group=r"/(p\d)_", folds=0)


def results_below(folder):
    return sorted(path.parent for path in folder.rglob("result.json"))


# ---------------------------------------------------------------- what is written


@pytest.fixture(scope="module")
def evaluated(videos, tmp_path_factory):
    """A run evaluated on the folder by two protocols, with scratch beside it."""
    run = make_run(tmp_path_factory.mktemp("runs") / "mine")
    words = ["--option", r"group=/(p\d)_", "--option", "folds=0", "--seeds", "2"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SYNAPT_CACHE", str(run.parent / "cache"))
        outcome = call(run, "--target", videos, "--protocol", "linear", "--protocol", "knn", *words)
    assert outcome.exit_code == 0, outcome.output
    return run, outcome.output


def test_results_lie_where_the_map_says(evaluated, videos):
    run, output = evaluated
    names = [path.relative_to(run / "eval").as_posix() for path in results_below(run)]
    own = [name for name in names if not name.startswith("scratch/")]
    assert [name.rsplit("-", 1)[0] for name in own] == ["my-vidéos0-knn", "my-vidéos0-linear"]
    assert [f"scratch/{name}" for name in own] == [name for name in names if name.startswith("scratch/")]
    for path in results_below(run):
        files = {file.name for file in path.iterdir()}
        assert files == {"result.json", "predictions.parquet", "per_class.csv", "confusion.png", "config.toml", "parts"}
    assert "leave one of 3 groups out" in output and "scratch" in output and "chance 33.3" in output
    assert "mean class" in output and "top-5" not in output  # of three classes


def test_every_figure_comes_from_the_predictions(evaluated):
    run, _ = evaluated
    for folder in results_below(run):
        result, table = read_result(folder), pq.read_table(folder / "predictions.parquet")
        assert table.column_names == ["id", "group", "fold", "seed", "label", "predicted", "probability"]
        rows = {name: np.array(table[name].to_pylist()) for name in table.column_names}
        assert len(table) == 36 and set(rows["group"]) == {"p0", "p1", "p2"}
        right, seeds, folds = rows["predicted"] == rows["label"], rows["seed"], rows["fold"]
        by_seed = [np.mean([right[(folds == fold) & (seeds == seed)].mean() for fold in set(folds)]) for seed in (0, 1)]
        assert result.top1_by_seed == pytest.approx(tuple(by_seed)) and result.top1.value == pytest.approx(np.mean(by_seed))
        assert result.per_class == pytest.approx(tuple(right[rows["label"] == label].mean() for label in range(3)))
        assert (result.top5.value, result.n_clips, result.seeds) == (1, 18, (0, 1)) and result.chance == pytest.approx(1 / 3)
        assert (rows["probability"].argmax(1) == rows["predicted"]).all()
        assert rows["probability"].sum(1) == pytest.approx(np.ones(36), abs=1e-5)
        listed = list(csv.DictReader((folder / "per_class.csv").open()))
        assert [row["class"] for row in listed] == ["blue", "green", "red"] and [row["clips"] for row in listed] == ["6"] * 3
        assert result.protocol_id.startswith(f"{result.protocol} 4x24 segment views=1x1")
        assert result.target_digest in result.protocol_id
        assert Image.open(folder / "confusion.png").size > (200, 200)
        json.loads((folder / "result.json").read_text(), parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    linear = read_result(next(path for path in results_below(run) if "-linear-" in path.name))
    assert linear.top1.value > 0.8 and linear.pretraining == "mine"


def test_only_results_of_one_protocol_are_compared(evaluated):
    run, _ = evaluated
    knn, linear = (next((run / "eval").glob(f"*-{name}-*")) for name in ("knn", "linear"))
    same = compare(linear, run / "eval" / "scratch" / linear.name)
    assert same.difference.low <= same.difference.value <= same.difference.high and 0 < same.p_permutation <= 1
    with pytest.raises(UserError, match="can't be compared") as caught:
        compare(knn, linear)
    assert "\n" not in str(caught.value)


def test_a_class_without_test_clips_has_no_accuracy_and_the_file_stays_json(evaluated, tmp_path):
    run, _ = evaluated
    folder = results_below(run)[0]
    table = json.loads((folder / "result.json").read_text())
    table["per_class"][0] = None
    (tmp_path / "result.json").write_text(json.dumps(table))
    assert np.isnan(read_result(tmp_path).per_class[0])
    (tmp_path / "result.json").write_text("{}")
    with pytest.raises(UserError, match="not a result of synapt"):
        read_result(tmp_path)


@pytest.mark.parametrize("n", [2, 48, 101])
def test_matrices_of_any_size_are_drawn(n, tmp_path):
    draw_confusion(tmp_path / "c.png", np.eye(n, dtype=int) * 3, [f"class number {k}" for k in range(n)], "heading")
    width, height = Image.open(tmp_path / "c.png").size
    assert 300 < width < 2600 and 300 < height < 2600


# ---------------------------------------------------------------- stopped, repeated, shared


def test_an_interruption_costs_no_finished_part(videos, tmp_path, monkeypatch):
    run, target = make_run(tmp_path / "run"), by_person(videos)
    subject, whole, calls = open_subject(str(run)), tmp_path / "whole", []
    transfer(subject, [], target, ["linear"], range(2), out=whole)
    real = module.look_up("protocol", "linear", module.PROTOCOLS)

    def counted(*given, stop=True):
        calls.append(given[1].name)
        if stop and len(calls) == 5:
            raise KeyboardInterrupt
        return real(*given)

    monkeypatch.setattr(module, "look_up", lambda *_: counted)
    with pytest.raises(KeyboardInterrupt):
        transfer(subject, [], target, ["linear"], range(2))
    assert not list(run.rglob("result.json")) and len(list(run.rglob("parts/*.parquet"))) == 4
    transfer(subject, [], target, ["linear"], range(2))
    assert len(calls) == 5 + 2
    one, other = (next(path.glob("eval/*/predictions.parquet")).read_bytes() for path in (run, whole))
    assert one == other
    transfer(subject, [], target, ["linear"], range(2))
    assert len(calls) == 7
    transfer(subject, [], target, ["linear"], range(3))
    assert len(calls) == 10
    transfer(subject, [], target, ["linear"], range(1), fresh=True)
    assert len(calls) == 13
    make_run(tmp_path / "run", seed=4)  # other weights under the same name
    transfer(open_subject(str(run)), [], target, ["linear"], range(1))
    assert len(calls) == 16


def test_scratch_of_a_second_run_is_not_computed_again(videos, tmp_path, monkeypatch):
    target, calls = by_person(videos), []
    real = module.look_up("protocol", "knn", module.PROTOCOLS)
    monkeypatch.setattr(module, "look_up", lambda *_: lambda *given: calls.append(given[0].pretraining) or real(*given))
    for seed, name in enumerate("ab"):
        subject = open_subject(str(make_run(tmp_path / name, seed=seed)))
        measured = transfer(subject, find_baselines(subject), target, ["knn"], [0])
        assert [one.result.pretraining for one in measured] == [name, "scratch"]
        assert measured[0].ahead is None and measured[1].ahead is not None
    assert calls == ["a"] * 3 + ["scratch"] * 3 + ["b"] * 3


def test_a_run_on_shapes_at_the_same_budget_is_found_and_another_is_not(tmp_path):
    subject = open_subject(str(make_run(tmp_path / "mine")))
    make_run(tmp_path / "more", SHAPES, n_clips=99)
    assert [other.pretraining for other in find_baselines(subject)] == ["scratch"]
    equal = make_run(tmp_path / "other", tuple(SHAPES[::-1]))
    make_run(tmp_path / "x", ("a", "b"))
    assert [(other.pretraining, other.home) for other in find_baselines(subject)[1:]] == [("shapes", equal)]
    named = find_baselines(subject, [str(tmp_path / "x")])
    assert [other.pretraining for other in named] == ["scratch", "x"]
    assert [other.pretraining for other in find_baselines(open_subject(str(equal)))] == ["scratch"]


def test_a_damaged_run_beside_stops_nobody(tmp_path):
    subject = open_subject(str(make_run(tmp_path / "mine")))
    for k, (name, text) in enumerate((("model/config.json", '{"synapt": {'), ("config.toml", "["), ("sources.json", "["))):
        (make_run(tmp_path / f"a{k}", SHAPES) / name).write_text(text)
    sound = make_run(tmp_path / "sound", SHAPES)
    assert [other.home for other in find_baselines(subject)[1:]] == [sound]


def test_what_runs_were_shown_is_told_and_whether_it_is_equal(tmp_path):
    subject = open_subject(str(make_run(tmp_path / "mine")))  # 10 clips, 10 epochs
    nearly, more = make_run(tmp_path / "near", n_clips=11), make_run(tmp_path / "more", n_clips=12)
    lone = make_run(tmp_path / "a") / "model"
    lone = lone.rename(tmp_path / "lone")
    named = find_baselines(subject, [str(path) for path in (nearly, more, lone)])
    said = list(budgets(subject, named))
    shown = f"clips shown in training: {tmp_path}/mine 100, {tmp_path}"
    assert said == [
        f"{shown}/near 110: an equal budget (within 10%)",
        f"{shown}/more 120: not an equal budget (within 10%), so a gap may be due to it",
        f"{shown}/lone an unknown number: whether that is equal is unknown, so a gap may be due to it",
    ]
    (alone,) = budgets(subject, find_baselines(subject))
    assert alone.startswith(f"there is no run on moving shapes of equal budget next to {tmp_path}/mine (100 clips shown): ")
    make_run(tmp_path / "shapes", SHAPES, n_clips=99)
    (another,) = budgets(subject, find_baselines(subject))
    assert "(100 clips shown; shapes was shown 990): " in another
    assert not list(budgets(open_subject(str(lone)), []))


def test_few_shot_counts_its_draws_and_fine_tuning_keeps_to_epochs(videos, tmp_path):
    subject, target = open_subject(str(make_run(tmp_path / "run"))), by_person(videos)
    once = transfer(subject, [], target, ["fewshot"] * 2, range(2), changes=["probe.shots=1", "probe.resamples=3"])
    few = once[0].result
    assert len(once) == 1  # asked twice for the same
    assert few.seeds == (0, 1, 2, 3, 4, 5) and len(few.top1_by_seed) == 6
    assert "shots=1 resamples=3" in few.protocol_id and few.top1.low < few.top1.high
    tuned = transfer(subject, [], target, ["finetune"], [0], epochs=2, changes=["optim.batch=6"])[0].result
    assert "epochs=2" in tuned.protocol_id and tuned.settings["optim"]["batch"] == 6
    assert [default_epochs(n) for n in (1, 54, 70, 10000)] == [20, 19, 14, 10]


@pytest.mark.slow
def test_two_processes_fine_tune_as_one_does(videos, tmp_path):
    run = make_run(tmp_path / "run")
    words = [run, "--target", videos, "--protocol", "finetune", "--epochs", 3, "--no-baselines"]
    settings = ["--with", "optim.batch=4", "--with", "engine.precision=fp32"]
    found = []
    for n in (1, 2):
        launched = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node", n, "-m", "synapt.cli", "evaluate"]
        command = [str(word) for word in (*launched, *words, *settings, "--out", tmp_path / str(n))]
        done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"}, timeout=280)
        assert done.returncode == 0 and done.stdout.count("finetune 4x24") == 1, done.stderr
        found.append(read_predictions(next((tmp_path / str(n)).glob("eval/*/predictions.parquet")))[0][0])
    assert found[0].ids == found[1].ids
    assert found[0].probability == pytest.approx(found[1].probability, abs=0.01)  # batch statistics are of half the clips each


# ---------------------------------------------------------------- targets, and what is wrong


@pytest.mark.parametrize("name", SIX)
def test_the_six_targets_run_end_to_end(name, tmp_path):
    root = make_tree(name, tmp_path)
    target = load_target(name, root, **made_options(name))
    subject = open_subject(str(make_run(tmp_path / "run")))
    protocols = ["linear", "finetune"] if name == "diving48" else ["linear"]
    epochs = 1 if "finetune" in protocols else None
    for one in transfer(subject, find_baselines(subject), target, protocols, [0], epochs=epochs):
        result = one.result
        tested = {item.id for fold in target.folds for item in fold.test.items}
        assert (result.target, result.target_digest, result.classes) == (name, target.digest, target.classes)
        assert result.n_clips == len(tested) and result.top1.low <= result.top1.value <= result.top1.high
        assert {row for part in read_predictions(one.folder / "predictions.parquet")[0] for row in part.ids} == tested


def test_clips_that_cannot_be_read_stop_it_before_any_work_unless_allowed(videos, tmp_path):
    target, bad = by_person(videos), tmp_path / "bad.mp4"
    bad.write_bytes(b"no video")
    item = target.folds[0].test.items[0]
    broken = [
        fold.__class__(fold.name, *(_with_path(part, item.id, bad) for part in (fold.train, fold.test))) for fold in target.folds
    ]
    target = target.__class__(target.name, tuple(broken), target.division)
    subject = open_subject(str(make_run(tmp_path / "run")))
    with pytest.raises(UserError, match=r"1 problem with the 18 clips of my vidéos0: .*bad\.mp4"):
        transfer(subject, [], target, ["knn"], [0])
    assert not (tmp_path / "run" / "eval").exists()
    result = transfer(subject, [], target, ["knn"], [0], allow_missing=0.1)[0].result
    assert result.n_clips == 17 and result.missing_share == pytest.approx(1 / 18)
    assert result.target_digest == readable(target, 0.1).digest != target.digest


def _with_path(clips, name, path):
    items = tuple(item.__class__(item.id, path, item.label, item.group) if item.id == name else item for item in clips.items)
    return clips.__class__(clips.name, clips.classes, items)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere", "--target", "VIDEOS"], "no weights at nowhere"),
        (["RUN", "--target", "ufc101"], "^there is no folder 'ufc101' of CLASS/CLIP.mp4, nor a target .*: did you mean ucf101"),
        (["RUN", "--target", "ucf101", "--root", "nowhere"], "nowhere is not a folder"),
        (["RUN", "--target", "VIDEOS", "--protocol", "liner"], "did you mean linear"),
        (["RUN", "--target", "VIDEOS", "--with", "probe.shot=1"], "write probe.NAME=VALUE"),
        (["RUN", "--target", "VIDEOS", "--protocol", "zeroshot"], "shares 0 classes"),
        (["RUN", "--target", "VIDEOS", "--protocol", "knn", "--protocol", "zeroshot", "--dry-run"], "shares 0 classes"),
        (
            ["RUN", "--target", "VIDEOS", "--protocol", "knn", "--protocol", "fewshot", "--with", "probe.shots=99"],
            "set --with probe",
        ),
        (["RUN", "--target", "VIDEOS", "--epochs", "5"], "^--epochs 5 would do nothing: linear doesn't read it"),
        (
            ["RUN", "--target", "VIDEOS", "--protocol", "knn", "--with", "probe.shots=1"],
            "^--with probe.shots=1 would do nothing: knn",
        ),
        (["RUN", "--target", "VIDEOS", "--with", "model.options={width = 8}"], "would do nothing"),
        (["RUN", "--target", "VIDEOS", "--with", "data.clips_per_class=2"], "would do nothing: linear doesn't read it"),
        (["scratch:tiny", "--target", "VIDEOS", "--protocol", "zeroshot"], "shares 0 classes"),
        (["RUN", "--target", "VIDEOS", "--baseline", "OTHER"], "compare models of the same architecture"),
        (["RUN", "--target", "VIDEOS", "--option", "fold=3"], "did you mean folds"),
        (["RUN", "--target", "VIDEOS", "--baseline", "RUN"], "is the model itself"),
        (["RUN", "--target", "VIDEOS", "--target", "SINGLE"], "single: no class has two clips"),
    ],
)
def test_mistakes_are_one_line(words, said, videos, tmp_path):
    other = tmp_path / "other"
    make_run(other)
    config = json.loads((other / "model" / "config.json").read_text())
    config["synapt"]["model"]["options"] = {"width": 8, "stages": 2}
    (other / "model" / "config.json").write_text(json.dumps(config))
    for name in "ab":
        write(tmp_path / "single" / name / "0.mp4", np.zeros((4, 32, 40, 3), np.uint8))
    places = {
        "SINGLE": str(tmp_path / "single"),
        "RUN": str(make_run(tmp_path / "run")),
        "VIDEOS": str(videos),
        "OTHER": str(other),
    }
    with pytest.raises(UserError, match=said) as caught:
        call(*[places.get(word, word) for word in words])
    assert "\n" not in str(caught.value) and not (tmp_path / "run" / "eval").exists()


def test_the_models_own_size_is_spelled_out_where_0_asks_for_it(videos, tmp_path):
    run = open_subject(str(make_run(tmp_path / "run")))
    ids = []
    for changes in (["data.frames=0", "data.size_px=0"], []):
        ids.append(transfer(run, [], by_person(videos), ["knn"], [0], changes=changes)[0].result.protocol_id)
    assert ids[0] == ids[1] and ids[0].startswith("knn 4x24 ")


def test_settings_that_some_protocol_reads_are_taken(videos, tmp_path):
    run = open_subject(str(make_run(tmp_path / "run")))
    changes = ["probe.shots=1", "probe.resamples=2", "probe.neighbours=[1]", "engine.precision=fp32", "data.workers=0"]
    found = transfer(run, [], by_person(videos), ["fewshot", "knn"], [0], changes=changes)
    assert [one.result.settings["probe"].get("shots") for one in found] == [1, None]


@pytest.mark.parametrize("words", [["--baseline", "x", "--no-baselines"], ["--root", "x"]])
def test_options_that_would_do_nothing_are_usage_errors(words, videos, tmp_path):
    done = call(make_run(tmp_path / "run"), "--target", videos, *words)
    assert done.exit_code == 2 and words[0] in done.output and not (tmp_path / "run" / "eval").exists()


def test_stack_refuses_a_mixture(evaluated):
    run, _ = evaluated
    parts, _ = read_predictions(results_below(run)[0] / "predictions.parquet")
    with pytest.raises(ValueError, match="same clips"):
        stack(parts[1:])
    assert isinstance(read_result(results_below(run)[0]).top1, Interval)
