"""Real datasets in their official layouts, as small made trees: what is read is what was written, clip by clip."""

from pathlib import Path

import numpy as np
import pytest
from made_targets import IKEA, ikea_release, made_options, make_tree, moving, text
from made_videos import write
from synapt.assets_manifest.targets import target_info
from synapt.generator.base.errors import UserError
from synapt.training.data.decode import decode, probe
from synapt.training.data.targets import NAMES, load_target
from synapt.training.data.targets.prepare import prepare

LOCAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "videos"
SIX = ("ucf101", "hmdb51", "mini_ssv2", "diving48", "ikea_fa", "uav_human")


@pytest.fixture(scope="module")
def trees(tmp_path_factory):
    home = tmp_path_factory.mktemp("trees")
    return {name: make_tree(name, home) for name in NAMES}


def load(trees, name, **options):
    return load_target(name, trees[name], **{**made_options(name), **options})


def everything(target):
    return {item.id: item for fold in target.folds for side in (fold.train, fold.test) for item in side.items}


@pytest.mark.parametrize("name", NAMES)
def test_every_tree_is_read_whole(trees, name):
    target = load(trees, name)
    assert target.name == name and target.division and target.missing_share == 0
    assert target.source == target_info(name).page and target.licence == target_info(name).licence
    for fold in target.folds:
        assert fold.train.classes == fold.test.classes == target.classes
        assert not {item.id for item in fold.train.items} & {item.id for item in fold.test.items}
        assert fold.train.directional == fold.test.directional == target_info(name).directional
    for item in everything(target).values():
        assert probe(item.path).n_frames >= 12
    assert load(trees, name).digest == target.digest


@pytest.mark.parametrize("name", [name for name in NAMES if name != "folder"])
def test_the_official_numbers_are_asked_for_unless_told_otherwise(trees, name):
    with pytest.raises(
        UserError, match=r"(got|has|names?) \d+ .*wanted \d+|is not in the labels|has 4 entries, wanted 174"
    ) as told:
        load_target(name, trees[name])
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("name", NAMES)
def test_prepare_sees_what_is_there(trees, name):
    found = prepare(name, trees[name])
    assert all(step.files for step in found.steps if not step.part.optional)
    nothing = prepare(name, trees[name] / "nowhere")
    assert not nothing.ready and not any(step.files for step in nothing.steps)
    said = "\n".join(nothing.lines())
    assert all(part.url in said for part in target_info(name).parts)
    assert name in ("folder", "gmdcsa24") or str(trees[name] / "nowhere") in said


def whither(frames):
    """Which way the patch moves, in pixels a frame; it comes in again on the other side."""
    differs = np.abs(frames.astype(int) - np.median(frames.reshape(-1, 3), 0)).sum(-1) > 150
    steps = [np.diff(np.array([differs[k].any(axis).argmax() for k in range(len(frames))])) for axis in (0, 1)]
    return tuple(np.sign(np.round(np.median(step) / 3)).astype(int).tolist() for step in steps)


@pytest.mark.parametrize("name", SIX)
def test_a_class_is_what_moves_its_way(trees, name):
    """Clips of a label move all one way, and those of another label another way."""
    target = load(trees, name)
    seen = {}
    for item in everything(target).values():
        seen.setdefault(item.label, set()).add(whither(decode(item.path, range(12))))
    assert set(seen) == set(range(len(target.classes)))
    assert all(len(ways) == 1 for ways in seen.values()), seen
    assert len({way for ways in seen.values() for way in ways}) == len(seen)


def test_ucf101(trees):
    target = load(trees, "ucf101", split=0)
    assert target.classes == ("ApplyEyeMakeup", "Archery", "JumpingJack")
    assert [fold.name for fold in target.folds] == ["split1", "split2", "split3"]
    for fold, tested in zip(target.folds, ({"01", "02"}, {"03", "04"}, {"05", "06"}), strict=True):
        assert {item.group[-2:] for item in fold.test.items} == tested
        for item in (*fold.train.items, *fold.test.items):
            name = fold.train.classes[item.label]
            assert item.id == f"{name}/v_{name}_g{item.group[-2:]}_c01" and item.group == f"{name}_g{item.group[-2:]}"
    assert load(trees, "ucf101", split=2).digest != load(trees, "ucf101").digest


def test_hmdb51_leaves_the_unused_out(trees):
    target = load(trees, "hmdb51", split=3)
    assert target.classes == ("clap", "kick", "wave")
    assert {item.id.split("/")[1][:5] for item in everything(target).values()} == {f"Film{k}" for k in range(6)}
    assert {item.group for item in target.folds[0].test.items} == {"Film2", "Film5"}


def test_mini_ssv2_keeps_its_templates_in_their_order(trees, tmp_path):
    target = load(trees, "mini_ssv2")
    assert [name.split()[0] for name in target.classes] == ["Picking", "Pulling", "Pushing"]
    assert all(item.path.suffix == ".webm" and item.path.stem == item.id for item in everything(target).values())
    text(tmp_path / "mine.txt", ["Pushing something from left to right", "Closing something"])
    counts = {"classes": 2, "folds": {"validation": [5, 3]}}
    other = load_target("mini_ssv2", trees["mini_ssv2"], templates=str(tmp_path / "mine.txt"), counts=counts, allow_partial=True)
    assert other.classes == ("Pushing something from left to right", "Closing something")
    assert other.missing_share == pytest.approx(2 / 8)  # the tree has no videos of the fourth template


def test_diving48_keeps_a_class_without_tests(trees):
    target = load(trees, "diving48")
    assert len(target.classes) == 4 and target.classes[3] == "Forward Dive NoTwis STR"
    assert {item.label for item in target.folds[0].train.items} == {0, 1, 2, 3}
    assert {item.label for item in target.folds[0].test.items} == {0, 1, 2}


def test_diving48_v1_only_if_asked_for(trees, tmp_path):
    root = tmp_path / "old"
    root.mkdir()
    for path in trees["diving48"].iterdir():
        (root / path.name.replace("_V2", "")).symlink_to(path)
    counts = {"classes": 4, "folds": {"v2": [16, 6], "v1": [16, 6]}}
    with pytest.raises(UserError, match="V1 with many wrong labels"):
        load_target("diving48", root, counts=counts)
    target = load_target("diving48", root, counts=counts, version="v1")
    assert target.division == "official V1 lists"


def test_ikea_fa_cut_already(trees):
    target = load(trees, "ikea_fa")
    assert target.classes == IKEA
    assert {item.group for item in target.folds[0].test.items} == {"09", "11", "13"}
    assert {item.group for item in target.folds[0].train.items} == {"01", "02", "05", "06"}


def test_ikea_fa_from_its_mat(tmp_path):
    target = load_target("ikea_fa", ikea_release(tmp_path), counts={"classes": 3})
    assert target.classes == IKEA and len(target.folds[0].train) == 6 and len(target.folds[0].test) == 3
    for item in everything(target).values():
        first, stop = probe(item.path).span(item.start_s, item.end_s)
        assert stop - first == 16  # the step, without the background around it
        shown, made = decode(item.path, range(first, stop)).astype(int), moving(item.label, int(item.group), 16).astype(int)
        assert np.abs(shown - made).mean() < 12


def test_uav_human(trees):
    target = load(trees, "uav_human")
    assert target.classes == ("A000", "A001", "A002")
    assert {item.group for item in target.folds[0].test.items} == {"P001", "P003"}
    assert all(int(item.id[item.id.index("A") + 1 :][:3]) == item.label for item in everything(target).values())
    v2 = load(trees, "uav_human", split="cross_subject_v2", counts={"classes": 3})
    assert {item.group for item in v2.folds[0].test.items} == {"P001", "P002"}


def test_ntu120(trees):
    target = load(trees, "ntu120")
    (fold,) = target.folds
    assert {item.group for item in fold.train.items} == {"P001", "P103"} and len(fold.test.items) == 8
    assert target.classes[0] == "A001" and len(target.classes) == 120
    assert {target.classes[item.label] for item in fold.test.items} == {"A001", "A023", "A050", "A120"}
    counts = {"classes": 26, "clips": 8, "groups": 4}
    mutual = load(trees, "ntu120", actions="mutual", split="cross_setup", counts=counts)
    (fold,) = mutual.folds
    assert mutual.classes == tuple(f"A{k:03}" for k in (*range(50, 61), *range(106, 121)))
    assert {item.factors["setup"] for item in fold.train.items} == {2, 4}
    assert {mutual.classes[item.label] for item in fold.train.items} == {"A050", "A120"} and "two people" in mutual.division


def test_uav_human_with_names(trees, tmp_path):
    text(tmp_path / "names.txt", ["drink", "eat", "wave"])
    assert load(trees, "uav_human", class_names=str(tmp_path / "names.txt")).classes == ("drink", "eat", "wave")


def test_ut_interaction_sets_are_kept_apart(trees):
    target = load(trees, "ut_interaction")
    assert [fold.name for fold in target.folds] == [f"set1-sequence{k:02}" for k in (1, 2, 10)]
    for fold in target.folds:
        assert [item.label for item in fold.test.items] == [0, 1, 2, 3, 4, 5]
        assert all(int(item.id.split("_")[2]) == item.label for item in fold.test.items)
    write(trees["ut_interaction"] / "segmented_set2" / "1_12_0.avi", moving(0, 5), codec="mpeg4")
    second = load(trees, "ut_interaction", set=2, counts={"classes": 6, "clips": 2, "groups": 2})
    assert [fold.name for fold in second.folds] == ["set2-sequence11", "set2-sequence12"]


def test_weizmann_takes_both_walks(trees):
    target = load(trees, "weizmann")
    assert [fold.name for fold in target.folds] == ["daria", "ido", "lena"]
    assert sorted(item.id for item in target.folds[2].test.items) == [
        "lena_jack",
        "lena_run",
        "lena_walk1",
        "lena_walk2",
        "lena_wave1",
    ]


def test_kth_is_cut_at_the_frames_that_the_file_names(trees):
    target = load(trees, "kth")
    assert {item.group for item in target.folds[0].train.items} == {"person11", "person12"}
    assert {item.group for item in target.folds[0].test.items} == {"person02", "person22"}
    spans = {item.id.split("@")[1]: probe(item.path).span(item.start_s, item.end_s) for item in everything(target).values()}
    assert spans == {"1-12": (0, 12), "13-24": (12, 24)}
    more = load(trees, "kth", with_validation=True)
    assert {item.group for item in more.folds[0].train.items} == {"person11", "person12", "person19"}


def test_gmdcsa24_by_video_and_by_stamp(trees):
    target = load(trees, "gmdcsa24")
    assert [fold.name for fold in target.folds] == ["Subject 1", "Subject 2", "Subject 3"] and target.classes == (
        "no_fall",
        "fall",
    )
    assert [(item.id, item.label) for item in target.folds[0].test.items] == [
        ("Subject 1/ADL/01", 0), ("Subject 1/ADL/02", 0), ("Subject 1/Fall/01", 1), ("Subject 1/Fall/02", 1)]  # fmt: skip
    stamps = load(trees, "gmdcsa24", cut="stamps")
    assert [(item.id, item.label, item.start_s, item.end_s) for item in stamps.folds[0].test.items] == [
        ("Subject 1/ADL/01@0-0.4", 0, 0.0, 0.4),  # walking and sitting overlap; reading has no times
        ("Subject 1/Fall/01@0-0.2", 0, 0.0, 0.2),
        ("Subject 1/Fall/01@0.2-0.48", 1, 0.2, 0.48),
        ("Subject 1/Fall/02@0.1-0.4", 1, 0.1, 0.4),
    ]


def test_videos_are_found_re_encoded_and_one_folder_down(trees, tmp_path):
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "ucfTrainTestlist").symlink_to(trees["ucf101"] / "ucfTrainTestlist")
    for path in (trees["ucf101"] / "UCF-101").rglob("*.avi"):
        new = tmp_path / "package" / "UCF-101" / path.parent.name / f"{path.stem}.mp4"
        new.parent.mkdir(parents=True, exist_ok=True)
        new.symlink_to(path)
        (new.parent / f"._{path.stem}.mp4").touch()  # as macOS leaves them
    target = load_target("ucf101", tmp_path, **made_options("ucf101"))
    assert target.digest == load(trees, "ucf101").digest


@pytest.mark.skipif(not (LOCAL / "ut_interaction_set1").is_dir(), reason="no local copy of UT-Interaction")
def test_the_real_ut_interaction():
    target = load_target("ut_interaction", LOCAL / "ut_interaction_set1")
    assert [len(fold.test) for fold in target.folds] == [6, 6, 6, 6, 6, 5, 6, 7, 6, 6]
    assert np.bincount([item.label for item in everything(target).values()]).tolist() == [10] * 6


@pytest.mark.skipif(not (LOCAL / "gmdcsa24").is_dir(), reason="no local copy of GMDCSA24")
def test_the_real_gmdcsa24_in_part():
    with pytest.raises(UserError, match="137 of 160 listed clips are not in"):
        load_target("gmdcsa24", LOCAL / "gmdcsa24")
    target = load_target("gmdcsa24", LOCAL / "gmdcsa24", allow_partial=True)
    assert target.missing_share == pytest.approx(137 / 160) and len(everything(target)) == 23
    stamps = load_target("gmdcsa24", LOCAL / "gmdcsa24", allow_partial=True, cut="stamps")
    for item in everything(stamps).values():
        first, stop = probe(item.path).span(item.start_s, item.end_s)
        assert stop > first
