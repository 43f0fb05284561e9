"""Names that are offered for a misspelt one are those that could have been meant, and no others."""

import pytest
from synapt.generator.actions import ACTIONS, aliases
from synapt.generator.base.errors import MANY, nearest

NAMES = ("camera", "test_share", "train_share", "optim.lr", "punching", "drinking", "cap", "waving")


@pytest.mark.parametrize(
    ("word", "found"),
    [("cmera", "camera"), ("shares", "test_share or train_share"), ("wavign", "waving"), ("cab", "cap"), ("pnching", "punching")],
)
def test_what_could_have_been_meant_is_offered(word, found):
    assert set(nearest(word, NAMES).removeprefix("did you mean ").removesuffix("?").split(" or ")) == set(found.split(" or "))


@pytest.mark.parametrize("word", ["bureaucracy", "xyz"])
def test_another_word_is_not_taken_for_a_slip(word):
    assert nearest(word, NAMES) == "choose one of " + ", ".join(sorted(NAMES))
    many = {*ACTIONS, *aliases()}
    assert len(many) > MANY and nearest(word, many) == f"none of the {len(many)} names is similar"
