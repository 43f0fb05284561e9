"""Folds whose figures say less than they seem to are told of; those that say nothing are refused."""

import pytest
from click.testing import CliRunner
from made_runs import make_run
from made_videos import numbered, write
from synapt.generator.base.errors import UserError
from synapt.training.data.targets.doubts import doubts
from synapt.training.results import read_result
from synapt.training.values import ClipList, Fold, Item, Target
from synapt.training.verbs.evaluate import evaluate

CLASSES = ("a", "b", "c")


def side(name, labels, group):
    return ClipList(name, CLASSES, tuple(Item(f"{name}{k}", "x", "abc".index(c), group(k)) for k, c in enumerate(labels)))


def target(*folds, group=lambda k: f"g{k}"):
    """Folds "aabb/ab": the classes of the clips to learn from, and of those to test on."""
    sides = [fold.split("/") for fold in folds]
    return Target(
        "mine", tuple(Fold(f"f{k}", side(f"l{k}", a, group), side(f"t{k}", b, group)) for k, (a, b) in enumerate(sides)), ""
    )


def test_a_whole_target_leaves_no_doubt():
    assert doubts(target("abc/abc")) == []
    assert doubts(target("abc/ab", "abc/ca")) == []  # every class is tested in some fold


def test_classes_on_one_side_only_are_named():
    assert doubts(target("ab/abcc", "abc/ab")) == ["mine has no training clip of c in f0: 2 of 6 test clips can't be recognised"]
    assert doubts(target("abc/aa", "abc/a")) == ["mine has no test clip of b, c: its results cover 1 of 3 classes"]
    assert doubts(target("ab/abc"), learns=False) == []


def test_tests_on_one_group_are_told():
    assert doubts(target("abc/abc", group=lambda k: "p1")) == [
        "all 3 test clips of mine are of one group: intervals are over clips, and say nothing of other groups"
    ]


def test_what_measures_nothing_is_refused():
    with pytest.raises(UserError, match="mine has 1 test clip"):
        doubts(target("abc/a"))
    with pytest.raises(UserError, match="f1 has training clips of 1 class"):
        doubts(target("abc/abc", "aaa/abc"))
    assert doubts(target("aaa/abc"), learns=False) == []


def test_the_command_says_it_and_the_result_keeps_it(tmp_path, monkeypatch):
    monkeypatch.setenv("SYNAPT_CACHE", str(tmp_path / "cache"))
    for part, classes in (("train", "abb"), ("test", "abc")):
        for k, name in enumerate(classes):
            write(tmp_path / "v" / part / name / f"{k}.mp4", numbered(6, 40, 32))
    run = make_run(tmp_path / "run", CLASSES)
    words = [str(run), "--target", str(tmp_path / "v"), "--protocol", "knn", "--no-baselines"]
    done = CliRunner().invoke(evaluate, words, catch_exceptions=False)
    line = "v has no training clip of c in test: 1 of 3 test clips can't be recognised"
    assert f"synapt: {line}\n" in done.stderr
    assert line in read_result(next((run / "eval").iterdir())).notes
    (tmp_path / "v" / "test" / "c" / "2.mp4").write_bytes(b"broken")
    asked = []
    monkeypatch.setattr("synapt.training.transfer.doubts", lambda *given: asked.append(given) or doubts(*given))
    allowed = CliRunner().invoke(evaluate, [*words, "--allow-missing", "0.5", "--fresh"], catch_exceptions=False)
    assert f"synapt: {line}\n" in allowed.stderr and len(asked) == 2  # of the target, and of what is left of it
    left = "v has no test clip of c: its results cover 2 of 3 classes"
    assert f"synapt: {left}\n" in allowed.stderr
    results = [read_result(path).notes for path in (run / "eval").iterdir()]
    assert any(left in notes and line not in notes for notes in results)
    for name in "bc":
        (tmp_path / "v" / "test" / name / f"{'abc'.index(name)}.mp4").unlink()
    with pytest.raises(UserError, match="v has 1 test clip"):
        CliRunner().invoke(evaluate, words, catch_exceptions=False)
