"""Broken and incomplete downloads: one line that says what was got, what was wanted and what to do; exit code 2."""

import json

import pytest
from click.testing import CliRunner
from made_targets import COUNTS, make_tree, text
from synapt.assets_manifest.targets import target_info
from synapt.generator.base.errors import UserError
from synapt.training.data.targets import NAMES, load_target, options_from
from synapt.training.data.targets.building import Found, build
from synapt.training.values import Item
from synapt.training.verbs.targets import targets


@pytest.fixture(scope="module")
def trees(tmp_path_factory):
    home = tmp_path_factory.mktemp("trees")
    return {name: make_tree(name, home) for name in NAMES}


@pytest.fixture
def tree(trees, tmp_path):
    """A copy of a tree that may be broken: its lists are files of its own, its videos links."""

    def copied(name):
        for old in trees[name].rglob("*"):
            new = tmp_path / old.relative_to(trees[name])
            new.parent.mkdir(parents=True, exist_ok=True)
            if old.suffix in (".txt", ".json", ".csv"):
                new.write_bytes(old.read_bytes())
            elif old.is_file():
                new.symlink_to(old)
        return tmp_path

    return copied


def refusal(name, root, **options):
    with pytest.raises(UserError) as told:
        load_target(name, root, **{"counts": COUNTS.get(name), **options})
    assert "\n" not in str(told.value)
    return str(told.value)


def videos(root):
    return sorted(path for path in root.rglob("*") if path.suffix.lower() in (".avi", ".mp4", ".webm"))


@pytest.mark.parametrize("name", [name for name in NAMES if name != "folder"])
def test_a_missing_video_is_told_and_taken_note_of(tree, name):
    root = tree(name)
    gone = videos(root)[0]  # of UT-Interaction and Weizmann this leaves every fold something
    gone.unlink()
    said = refusal(name, root)
    assert "prepare" in said and ("listed clips are not in" in said or "got" in said) and str(root) in said
    target = load_target(name, root, counts=COUNTS[name], allow_partial=True)
    total = sum(len(side) for fold in target.folds[:1] for side in (fold.train, fold.test))
    lost = 2 if name == "kth" else 1  # two sequences lie in one video
    assert target.missing_share == pytest.approx(lost / (total + lost))


@pytest.mark.parametrize("name", [name for name in NAMES if name != "folder"])
def test_an_empty_folder_and_none_at_all(tmp_path, name):
    assert "prepare" in refusal(name, tmp_path)
    assert "prepare" in refusal(name, tmp_path, allow_partial=True) and "is not a folder" in refusal(name, tmp_path / "no")


def rewrite(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


UCF, HMDB, SSV2 = "ucfTrainTestlist", "testTrainMulti_7030_splits", "something-something-v2"
CHANGED = [
    ("ucf101", f"{UCF}/classInd.txt", "2 Archery", "3 Archery", "wanted '2 CLASS'"),
    ("ucf101", f"{UCF}/trainlist01.txt", "Archery_g03_c01.avi 2", "Archery_g03_c01.avi 3", "wrong split file"),
    ("ucf101", f"{UCF}/trainlist01.txt", "Archery/v_Archery_g03_c01.avi 2\n", "", "train list of split1 has 11 clips, wanted 12"),
    ("ucf101", f"{UCF}/testlist01.txt", "v_Archery_g01_c01", "v_Archery_g03_c01", "is in both the training and the test set"),
    ("hmdb51", f"{HMDB}/kick_test_split1.txt", ".avi 2", ".avi 3", "wanted 'CLIP.avi 0', 1 or 2"),
    ("hmdb51", f"{HMDB}/kick_test_split1.txt", ".avi 2", ".avi 1", "has 13 clips, wanted 12"),
    ("mini_ssv2", f"{SSV2}-train.json", "[{", "{", "is not readable JSON"),
    ("mini_ssv2", f"{SSV2}-train.json", '"template"', '"templates"', "no str 'template'"),
    ("mini_ssv2", f"{SSV2}-labels.json", '"Closing something"', '"Folding something"', "got 4 classes, wanted 3"),
    ("mini_ssv2", f"{SSV2}-labels.json", '"Closing something"', '"Picking something up"', "has 3 entries, wanted 4"),
    ("diving48", "Diving48_V2_test.json", '"label": 2', '"label": 40', "has label 40, there are 4 classes"),
    ("diving48", "Diving48_V2_test.json", '"label": 2', '"label": "2"', "no int 'label'"),
    ("diving48", "Diving48_vocab.json", '["Back", "15som", "05Twis", "FREE"]', '["Back"]', "wanted a list of [take-off"),
    ("kth", "00sequences.txt", "1-12", "12-1", "wanted 'person01_boxing_d1 frames"),
    ("kth", "00sequences.txt", ", 13-24", "", "names 29 sequences, wanted 30"),
    ("gmdcsa24", "Subject 1/Fall.csv", "01.mp4,01,Day,Shirt", "01.mp4", "wanted six columns"),
]


@pytest.mark.parametrize(("name", "file", "old", "new", "said"), CHANGED)
def test_a_list_that_was_changed(tree, name, file, old, new, said):
    root = tree(name)
    rewrite(root / file, old, new)
    assert said in refusal(name, root)


def test_bytes_that_are_no_text(tree):
    root = tree("ucf101")
    (root / "ucfTrainTestlist" / "classInd.txt").write_bytes(b"\xff\xfe\x00junk")
    assert "cannot be read as text" in refusal("ucf101", root)


def test_json_of_another_kind(tree):
    root = tree("diving48")
    (root / "Diving48_V2_train.json").write_text(json.dumps({"a": 1}))
    assert "holds a dict, wanted a list" in refusal("diving48", root)


def test_a_mat_that_is_none(tree):
    root = tree("ikea_fa")
    for path in videos(root):
        path.rename(path.with_name(path.name.replace("_", "-")))  # no clips that are cut already
    assert "no clips cut already and no annotations" in refusal("ikea_fa", root)
    (root / "IkeaClipsDB.mat").write_bytes(b"MATLAB 5.0 MAT-file" + bytes(range(256)) * 4)
    assert "is not the release's MATLAB file" in refusal("ikea_fa", root)
    from scipy.io import savemat

    savemat(root / "IkeaClipsDB.mat", {"other": 1})
    assert "(it has no 'IkeaDB')" in refusal("ikea_fa", root)


def test_a_class_that_is_none_of_the_datasets(tree):
    root = tree("ikea_fa")
    (root / "videos" / "spin_in").rename(root / "videos" / "spinning")
    assert "'spinning' is none of its 12 classes" in refusal("ikea_fa", root)
    assert "persons below 119" in refusal("uav_human", tree_of_uav(root))


def tree_of_uav(root):
    new = root / "uav" / "P119S01G10B00H10UC102000LC092000A001R0_09130000.avi"
    new.parent.mkdir()
    new.touch()
    return root / "uav"


def test_more_than_there_should_be(tree):
    root = tree("weizmann")
    (root / "more").mkdir()
    (root / "more" / "eli_walk.avi").symlink_to(videos(root)[0])
    assert "got 14 clips, wanted 13" in refusal("weizmann", root, allow_partial=True)


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("ucf101", {"split": 4}, "wanted 1, 2 or 3"),
        ("diving48", {"version": "v3"}, "wanted v2"),
        ("uav_human", {"split": "v1"}, "cross_subject_v1 or cross_subject_v2"),
        ("ntu120", {"split": "cross_view"}, "cross_subject or cross_setup"),
        ("ntu120", {"actions": "A058"}, "wanted all or mutual"),
        ("ut_interaction", {"set": 3}, "wanted 1, 2"),
        ("gmdcsa24", {"cut": "frames"}, "wanted videos or stamps"),
        ("kth", {"counts": {"clips": 3}}, "counts"),
        ("kth", {"splits": 3}, "no option 'splits'"),
        ("kth", {"with_validation": "maybe"}, "option with_validation = 'maybe': expected `bool`"),
        ("folder", {"folds": "many", "counts": None}, "option folds = 'many': expected `int"),
    ],
)
def test_options_that_are_none(trees, name, options, said):
    assert said in refusal(name, trees[name], **options)


def test_lists_of_the_official_size_are_right_whatever_lies_beside_them(tmp_path):
    """9,537 and 3,783 lines are what split 1 of UCF101 has; then the videos are looked for, and all are missing but one."""
    names = target_info("ucf101").class_names
    clips = [f"{name}/v_{name}_g{group:02}_c{clip:02}.avi" for group in range(1, 28) for clip in range(1, 6) for name in names]
    lists, learned = tmp_path / "ucfTrainTestlist", [clip for clip in clips if clip.split("_g")[1][:2] > "08"]
    text(lists / "classInd.txt", [f"{k} {name}" for k, name in enumerate(names, 1)])
    text(lists / "trainlist01.txt", [f"{clip} {names.index(clip.split('/')[0]) + 1}" for clip in learned[:9537]])
    text(lists / "testlist01.txt", [clip for clip in clips if clip not in set(learned)][:3783])
    (tmp_path / "UCF-101" / names[0]).mkdir(parents=True)
    for clip in (learned[0], clips[0]):
        (tmp_path / "UCF-101" / clip).touch()
    with pytest.raises(UserError, match="13318 of 13320 listed clips are not in"):
        load_target("ucf101", tmp_path)
    target = load_target("ucf101", tmp_path, allow_partial=True)
    assert target.missing_share == pytest.approx(13318 / 13320) and len(target.classes) == 101
    text(lists / "testlist01.txt", clips[:3782])
    with pytest.raises(UserError, match="the test list of split1 has 3782 clips, wanted 3783"):
        load_target("ucf101", tmp_path, allow_partial=True)


def test_a_person_whose_videos_are_all_missing_is_no_fold(tree):
    root = tree("gmdcsa24")
    for path in videos(root / "Subject 2"):
        path.unlink()
    target = load_target("gmdcsa24", root, counts=COUNTS["gmdcsa24"], allow_partial=True)
    assert [fold.name for fold in target.folds] == ["Subject 1", "Subject 3"] and target.missing_share == pytest.approx(1 / 3)
    assert target.division == "leave one person out, 2 folds"


def test_links_that_lead_in_circles(tree):
    root = tree("weizmann")
    (root / "walk" / "again").symlink_to(root)
    assert len(load_target("weizmann", root, counts=COUNTS["weizmann"]).folds) == 3


def test_an_unknown_target():
    with pytest.raises(UserError, match="unknown target 'hmdb': did you mean hmdb51"):
        load_target("hmdb", ".")


def test_options_as_typed():
    typed = [
        "split=2",
        "set=both",
        'cut="stamps"',
        "allow_partial=true",
        "counts={classes = 3, folds = {split1 = [12, 6]}}",
        r"group=(s\d+)",
    ]
    assert options_from(typed) == {"split": 2, "set": "both", "cut": "stamps", "allow_partial": True,
                                   "counts": {"classes": 3, "folds": {"split1": [12, 6]}}, "group": r"(s\d+)"}  # fmt: skip
    with pytest.raises(UserError, match="name=value"):
        options_from(["split"])


def test_no_group_is_on_both_sides_unless_it_may_be(tmp_path):
    sides = {"a": ([Item("x", tmp_path, 0, "g")], [Item("y", tmp_path, 1, "g")])}
    with pytest.raises(UserError, match="group g is in both the training and the test set"):
        build(Found("folder", tmp_path, ("b", "c"), sides, "", ()))
    assert build(Found("folder", tmp_path, ("b", "c"), sides, "", (), apart=False)).folds[0].name == "a"


def test_the_list_says_what_is_counted():
    listed = {line.split()[0]: line for line in CliRunner().invoke(targets, []).output.splitlines()}
    assert listed["mini_ssv2"].endswith("87 classes, 11,799 test clips; the number of training clips is not published")
    assert listed["ucf101"].endswith("101 classes, 13,320 clips") and listed["folder"].endswith("Your own videos")


def test_the_verb_lists_prepares_and_checks(trees):
    run = CliRunner().invoke
    listed = run(targets, []).output
    assert all(name in listed for name in NAMES)
    said = run(targets, ["prepare", "hmdb51", "--root", "elsewhere"]).output
    assert "missing" in said and "https://serre-lab" in said and "elsewhere" in said
    counts = "{classes = 3, folds = {split1 = [12, 6]}}"
    checked = run(targets, ["check", "hmdb51", "--root", str(trees["hmdb51"]), "--option", f"counts={counts}"])
    assert checked.exit_code == 0, checked.output
    assert "split1: 12 training clips, 6 test clips" in checked.output and "all 18 clips can be read" in checked.output
    wrong = run(targets, ["check", "hmdb51", "--root", str(trees["hmdb51"])])
    assert isinstance(wrong.exception, UserError)  # `synapt` prints it and ends with exit code 2
