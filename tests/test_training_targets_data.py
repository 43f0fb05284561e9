"""What the manifest says of real datasets: official classes, numbers and persons, and that the taxonomy names them rightly."""

import pytest
from synapt.assets_manifest.targets import Counts, counts_from, synapt150, target_info, target_names, taxonomy
from synapt.generator.actions import ACTIONS, find_action
from synapt.generator.base.errors import UserError
from synapt.training.data.targets import NAMES, TARGETS
from synapt.training.data.targets.kth import TEST, TRAIN, VALIDATION
from synapt.training.data.targets.ntu120 import LEARNED, MUTUAL
from synapt.training.data.targets.shared import shared_classes
from synapt.training.data.targets.uav_human import N_PERSONS, TESTED

CLASSES = {"ucf101": 101, "hmdb51": 51, "mini_ssv2": 87, "diving48": 48, "ikea_fa": 12, "uav_human": 155, "ut_interaction": 6,
           "ntu120": 120, "weizmann": 10, "kth": 6, "gmdcsa24": 2}  # fmt: skip


def test_every_loader_has_its_entry_and_every_entry_its_loader():
    assert set(target_names()) == set(NAMES) == set(TARGETS) == {*CLASSES, "folder"}


@pytest.mark.parametrize("name", CLASSES)
def test_official_classes(name):
    info = target_info(name)
    assert info.counts.classes == CLASSES[name]
    assert len(info.class_names) == len(set(info.class_names)) and len(info.class_names) in (0, CLASSES[name])
    assert info.page.startswith("http") and info.terms and info.citation and info.directional_why
    assert all(part.places and part.do and "http" in part.url for part in info.parts) and info.parts


def test_official_numbers_of_clips_add_up():
    ucf = target_info("ucf101").counts.folds
    assert {sum(pair) for pair in ucf.values()} == {13320} and ucf["split1"] == (9537, 3783)
    assert sum(test for _, test in ucf.values()) <= 13320  # a clip is tested on once at most
    assert set(target_info("hmdb51").counts.folds.values()) == {(70 * 51, 30 * 51)}
    assert target_info("diving48").counts.folds["v2"] == (15027, 1970)
    assert sum(target_info("diving48").counts.folds["v1"]) == 18404
    assert target_info("ikea_fa").counts.folds["persons"] == (1781, 163)
    assert sum(target_info("uav_human").counts.folds["cross_subject_v1"]) == 22476
    assert target_info("mini_ssv2").counts.listed == {"labels": 174, "train": 168913, "validation": 24777}
    ntu = target_info("ntu120").counts
    assert ntu.clips == 60 * 948 + 60 * 960 and len(LEARNED) == ntu.groups // 2 and max(LEARNED) <= ntu.groups
    assert target_info("weizmann").counts.clips == 9 * 10 + 3
    kth = target_info("kth").counts
    validation = kth.folds["persons_with_validation"][0] - kth.folds["persons"][0]
    assert kth.folds["persons"][0] + validation + kth.folds["persons"][1] == kth.clips == 2391


def test_official_persons():
    # The README of UAV-Human lists those to learn on; these are its first and last ones.
    v1 = sorted(set(range(N_PERSONS)) - TESTED["cross_subject_v1"])
    assert len(v1) == 89 and v1[:10] == [0, 2, 5, 6, 7, 8, 10, 11, 12, 13] and v1[-6:] == [112, 114, 115, 116, 117, 118]
    assert 100 in v1 and 99 not in v1 and 90 in v1 and 91 not in v1
    v2 = sorted(set(range(N_PERSONS)) - TESTED["cross_subject_v2"])
    assert len(v2) == 89 and v2[:6] == [0, 3, 4, 5, 6, 8] and v2[-4:] == [114, 115, 117, 118]
    assert sorted(TRAIN + VALIDATION + TEST) == list(range(1, 26))


def test_the_mini_templates_are_official_and_sorted():
    names = target_info("mini_ssv2").class_names
    assert list(names) == sorted(names) and "[" not in "".join(names)
    assert (names[0], names[46], names[86]) == (
        "Approaching something with your camera", "Pushing something from left to right", "Unfolding something")  # fmt: skip


VOCABULARIES = ("ssv2", "kinetics400", "kinetics700", "charades", "ava", "hacs", "babel")
"""Datasets whose classes the taxonomy names, and that are no targets of ours: their whole lists aren't here to compare with."""


def test_the_taxonomy_names_what_is_there():
    assert len(synapt150()) == len(set(synapt150())) == 150
    assert set(ACTIONS) <= set(taxonomy())
    for action, row in taxonomy().items():
        assert action in ACTIONS or action in synapt150() or "ntu120" in row
        for where, names in row.items():
            if where not in ("also", *VOCABULARIES):
                known = synapt150() if where == "synapt150" else target_info(where).class_names
                assert names and set(names) <= set(known), (action, where)


def test_a_class_of_synapt_is_one_action_only():
    of = [name for row in taxonomy().values() for name in row.get("synapt150", ())]
    assert len(of) == len(set(of))
    called = [name for action, row in taxonomy().items() for name in {action, *row.get("also", ())}]
    assert len(called) == len(set(called))


@pytest.mark.parametrize("name", ACTIONS)
def test_what_an_action_says_of_itself_is_what_the_taxonomy_says(name):
    for where, label in find_action(name).taxonomy.items():
        assert label in taxonomy()[name][where], where


def test_everything_of_ut_interaction_and_most_of_what_two_people_do_in_ntu_is_ours_or_synapts():
    both = ["handshaking", "hugging_each_other", "kicking_another", "point_finger_interaction", "punch_slap",
            "pushing_interaction"]  # fmt: skip
    pairs = [
        ("handshake", both[0]),
        ("hug", both[1]),
        ("kick", both[2]),
        ("point", both[3]),
        ("punch", both[4]),
        ("push", both[5]),
    ]
    assert shared_classes("ut_interaction", both) == pairs
    rest = [action for action, row in taxonomy().items() if set(row.get("ntu120", ())) & {f"A{k:03}" for k in MUTUAL}]
    assert set(both) < set(rest)
    shared = shared_classes("ntu120", rest, [f"A{k:03}" for k in MUTUAL])
    apart = {"A106", "A107", "A109", "A111", "A113", "A119"}  # blows and knives, theft, feet, toasts: nothing of ours or SynAPT's
    assert [theirs for theirs, _ in shared] == [f"A{k:03}" for k in MUTUAL if f"A{k:03}" not in apart]
    assert len({ours for _, ours in shared}) == len(shared) == 20  # no two of them are one to a model
    assert ("A058", "handshaking") in shared and ("A120", "rock_paper_scissors") in shared


def test_shared_classes_of_our_actions():
    ours = list(ACTIONS)
    shared = shared_classes("ut_interaction", ours)
    assert {("handshake", "handshaking"), ("kick", "kicking"), ("point", "pointing_with_a_finger"), ("punch", "punching")} <= {
        *shared
    }
    assert {action for name, action in shared if name == "point"} == {"pointing_with_a_finger", "point_finger_interaction"}
    assert shared_classes("kth", ours) == [
        ("boxing", "punching"), ("handclapping", "clapping"), ("handwaving", "waving_a_hand"), ("jogging", "jog"),
        ("running", "run"), ("walking", "walking")]  # fmt: skip
    assert ("fall", "falling_down") in shared_classes("gmdcsa24", ours)
    assert not shared_classes("diving48", ours) and not shared_classes("uav_human", ours)


def test_shared_classes_of_synapts_names_and_of_anybodys_folder():
    assert shared_classes("hmdb51", ["hugging each other", "Fallen on the floor", "nausea_vomiting"]) == [
        ("fall_floor", "Fallen on the floor"), ("hug", "hugging each other")]  # fmt: skip
    assert shared_classes("holidays", ["waving_a_hand", "run"], ["Wave", "Running", "swim"]) == [
        ("Wave", "waving_a_hand"), ("Running", "run")]  # fmt: skip
    assert shared_classes("holidays", ["swim", "run"], ["Swim"]) == [("Swim", "swim")]
    assert shared_classes("folder", ["run"]) == []


def test_counts_are_official_unless_told():
    assert counts_from(None, "kth") is target_info("kth").counts
    assert counts_from({"classes": 2, "folds": {"a": [3, 4]}}, "kth") == Counts(2, {"a": (3, 4)})
    with pytest.raises(UserError, match="counts"):
        counts_from({"classes": "two"}, "kth")
    with pytest.raises(UserError, match="did you mean ucf101"):
        target_info("ucf10")
