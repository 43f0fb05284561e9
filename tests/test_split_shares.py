"""`render --split`: the shares of train, val and test, as a change of the recipe; and how evenly they are dealt out."""

from collections import Counter

import numpy as np
import pytest
from synapt.cli import cli
from synapt.generator import names
from synapt.generator.actions import ACTIONS
from synapt.generator.base.errors import UserError
from synapt.generator.base.seeds import spread
from synapt.generator.dataset import open_dataset
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import sample, split_of


@pytest.mark.parametrize("text", ["0.5,0.2,0.3", " 0.5, 0.2 ,0.3 "])
def test_shares_become_those_of_the_recipe(text: str) -> None:
    known, digest = names.recipe("standard", names.shares(text))
    recipe = load_recipe(known)
    assert (recipe.train_share, recipe.val_share) == (0.5, 0.2) and digest != names.recipe("standard")[1]
    assert names.shares("") == () and names.recipe("standard", names.shares("")) == names.recipe("standard")


@pytest.mark.parametrize(("text", "split"), [("1,0,0", "train"), ("0,1,0", "val"), ("0,0,1", "test")])
def test_a_share_of_one_takes_every_clip(text: str, split: str) -> None:
    known, _ = names.recipe("standard", names.shares(text))
    drawn = {
        sample("waving_a_hand", load_recipe(known), 0, index, width_px=64, height_px=64, fps=15.0).split for index in range(9)
    }
    assert drawn == {split}


@pytest.mark.parametrize("text", ["0.8", "0.8,0.1", "0.8,0.1,0.2", "1.1,-0.1,0", "a,b,c", "nan,0,1", "0.4,0.2,0.2,0.2", ","])
def test_what_is_not_three_shares_is_one_line(text: str) -> None:
    with pytest.raises(UserError, match=r"write the shares of train, val and test, which sum to 1, as in 0\.8,0\.1,0\.1"):
        names.shares(text)


def test_a_dataset_has_the_split_that_was_asked_for(tmp_path) -> None:
    words = ["render", "--action", "waving", "--n", "1", "--quality", "draft", "--size", "32", "--fps", "4", "--workers", "1"]
    with pytest.raises(SystemExit) as ended:
        cli([*words, "--split", "0,0,1", "--out", str(tmp_path / "d")], standalone_mode=False)
    assert ended.value.code == 0 and [row["split"] for row in open_dataset(tmp_path / "d")] == ["test"]


@pytest.mark.parametrize(("n", "off"), [(14, 1.7), (50, 2.0), (1000, 3.0)])
def test_every_class_has_its_part_of_every_split(n: int, off: float) -> None:
    recipe = load_recipe("standard")
    wanted = {"train": 0.8 * n, "val": 0.1 * n, "test": 0.1 * n}
    for action in ACTIONS:
        for seed in (0, 1, 1138):
            counts = Counter(split_of(action, recipe, seed, index) for index in range(n))
            assert all(abs(counts[name] - share) <= off for name, share in wanted.items()), (action, seed, counts)


def test_the_view_does_not_tell_the_split() -> None:
    recipe, n = load_recipe("standard"), 3000
    for action in ("walking", "sitting"):
        splits = np.array([split_of(action, recipe, 5, index) for index in range(n)])
        turns = np.array([spread(5, action, index, "azimuth") for index in range(n)])
        for name in ("val", "test"):
            eighths = np.bincount((8 * turns[splits == name]).astype(int), minlength=8)
            assert eighths.max() - eighths.min() <= 0.25 * eighths.mean(), (action, name, eighths)
