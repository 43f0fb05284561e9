"""Ways to divide clips: every clip is tested on once, groups stay whole, names' order means nothing."""

import shutil
from collections import Counter

import pytest
from made_targets import make_tree
from synapt.generator.base.errors import UserError
from synapt.training.data.targets import load_target
from synapt.training.data.targets.division import class_folds, class_share, group_folds, leave_one_group_out
from synapt.training.values import Item


def items(n=60, classes=3, groups=7):
    return [Item(f"clip{k}", "x", k % classes, f"g{k * k % groups}") for k in range(n)]


def names(side):
    return [item.id for item in side]


@pytest.mark.parametrize("divide", [leave_one_group_out, lambda x: group_folds(x, 3), lambda x: class_folds(x, 4)])
def test_every_clip_is_tested_on_once_and_learned_from_otherwise(divide):
    clips = items()
    folds = divide(clips)
    assert Counter(name for _, test in folds.values() for name in names(test)) == Counter(names(clips))
    for train, test in folds.values():
        assert sorted(names(train) + names(test)) == sorted(names(clips)) and train and test


def test_groups_stay_whole_and_folds_even():
    clips = items(90, groups=13)
    folds = group_folds(clips, 3)
    for train, test in folds.values():
        assert not {item.group for item in train} & {item.group for item in test}
    sizes = [len(test) for _, test in folds.values()]
    assert max(sizes) - min(sizes) <= max(Counter(item.group for item in clips).values())


def test_class_folds_are_even_in_every_class():
    folds = class_folds(items(60, classes=4), 5)
    for _, test in folds.values():
        counts = Counter(item.label for item in test)
        assert set(counts) == {0, 1, 2, 3} and max(counts.values()) - min(counts.values()) <= 1


@pytest.mark.parametrize("share", [0.01, 0.3, 0.99])
def test_a_share_leaves_each_class_on_both_sides(share):
    train, test = class_share(items(30), share)["split"]
    assert {item.label for item in train} == {item.label for item in test} == {0, 1, 2}
    wanted = min(max(1, round(share * 10)), 9)
    assert Counter(item.label for item in test) == dict.fromkeys(range(3), wanted)


def test_a_class_of_one_clip_is_learned_from():
    train, test = class_share([Item("a", "x", 0), Item("b", "x", 1), Item("c", "x", 1)], 0.5)["split"]
    assert "a" in names(train) and len(test) == 1


def test_order_of_the_list_means_nothing_and_the_seed_does():
    clips = items()
    assert names(class_share(clips[::-1], 0.3)["split"][1])[::-1] == names(class_share(clips, 0.3)["split"][1])
    assert names(class_share(clips, 0.3, seed=1)["split"][1]) != names(class_share(clips, 0.3)["split"][1])


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    return make_tree("folder", tmp_path_factory.mktemp("own"))


def test_a_folder_by_share_by_class_and_by_group(own):
    share = load_target("folder", own)
    assert [(len(fold.train), len(fold.test)) for fold in share.folds] == [(12, 6)] and "30%" in share.division
    assert share.name == "folder" and share.classes == ("fall", "sit", "walk")
    dealt = load_target("folder", own, folds=3)
    assert [len(fold.test) for fold in dealt.folds] == [6, 6, 6]
    people = load_target("folder", own, group=r"(p\d)_", folds=0)
    assert [fold.name for fold in people.folds] == ["p0", "p1", "p2"] and "leave one of 3 groups out" in people.division
    assert all({item.group for item in fold.test.items} == {fold.name} for fold in people.folds)
    pairs = load_target("folder", own, group=r"p\d_", folds=2)
    assert sorted(len(fold.test) for fold in pairs.folds) == [6, 12]
    assert len({target.digest for target in (share, dealt, people, pairs)}) == 4
    assert load_target("folder", own).digest == share.digest


def test_a_folder_that_is_divided_already(own, tmp_path):
    for side, clips in (("train", "024"), ("val", "1"), ("test", "35")):
        for name in ("fall", "sit", "walk"):
            for clip in clips:
                home = tmp_path / side / name
                home.mkdir(parents=True, exist_ok=True)
                (home / f"{clip}.mp4").symlink_to(own / name / f"p{int(clip) % 3}_{clip}.mp4")
    given = load_target("folder", tmp_path)
    assert given.division == "as given: train and test"
    assert (len(given.folds[0].train), len(given.folds[0].test)) == (9, 6)
    assert all(item.id.startswith("test/") for item in given.folds[0].test.items)
    more = load_target("folder", tmp_path, add_val=True)
    assert len(more.folds[0].train) == 12 and more.division == "as given: train + val and test"


def test_left_and_right_in_names_are_noticed(own, tmp_path):
    for name in ("turn_left", "turn_right"):
        shutil.copytree(own / "fall", tmp_path / name)
    assert load_target("folder", tmp_path).folds[0].train.directional
    assert not load_target("folder", tmp_path, directional=False).folds[0].train.directional
    assert not load_target("folder", own).folds[0].train.directional


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"group": "("}, "not a regular expression"),
        ({"group": "nobody"}, "matches nothing in fall/p0_0.mp4"),
        ({"group": r"(p\d)_", "folds": 4}, "folds = 4 with 3 groups"),
        ({"folds": 1}, "folds = 1"),
        ({"test_share": 1.5}, "test_share = 1.5"),
        ({"shares": 0.5}, "no option 'shares': did you mean test_share"),
    ],
)
def test_what_a_folder_cannot_be_divided_by(own, options, said):
    with pytest.raises(UserError) as told:
        load_target("folder", own, **options)
    assert said in str(told.value) and "\n" not in str(told.value)
