"""Decides which clip belongs to which split, and which comes at which place of an endless series of clips."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import count
from types import MappingProxyType
from typing import Literal

from ..base.errors import UserError
from ..base.seeds import fraction, stream
from .recipe import Recipe

Split = Literal["train", "val", "test"]


Places = tuple[float, ...]
"""Of the files of a recorded class among all, in order (`recordings.classes.MotionClass`); () of any other."""


def split_of(action: str, recipe: Recipe, seed: int, index: int, places: Places = ()) -> Split:
    """Split of a clip: it depends on nothing that is drawn, so twins stay in one split.

    Every stretch of an action's clips is shared out as evenly as whole clips allow, so all classes have their part of each split;
    of a recorded class as evenly as whole files allow, for no file comes into two.
    """
    return _split(action, recipe.train_share, recipe.val_share, seed, index, places)


def file_of(action: str, seed: int, index: int, places: Places) -> int:
    """Which of the files of a recorded class a clip is cut from: the number of its place. All come equally often."""
    return min(int(_where(action, seed, index) * len(places)), len(places) - 1)


def place(number: int, actions: Sequence[str], recipe: Recipe, seed: int, split: Split,
          places: Mapping[str, Places] = MappingProxyType({})) -> tuple[int, int]:  # fmt: skip
    """(class, index) of the clip at `number` = 0, 1, 2...: `actions[class]`, and its index as `sample` takes it.

    Each block of len(actions) numbers holds every class once, in an order drawn for the block; the k-th clip of a
    class has the k-th of its indices that belong to the split, so none comes twice. A function of its arguments. UserError where
    no file of a recorded class, by its `places`, is of the split.
    """
    block, within = divmod(number, len(actions))
    order = stream(seed, "series", block, split).permutation(len(actions))
    chosen = int(order[within])
    files = places.get(actions[chosen], ())
    shares = recipe.train_share, recipe.val_share
    if files and split not in {_at(each, *shares) for each in files}:
        raise UserError(
            f"no motion file of the class '{actions[chosen]}' is in the split '{split}' (it has {len(files)}): give it more "
            "files, or the recipe another train_share"
        )
    return chosen, _members(actions[chosen], *shares, seed, split, files).at(block)


class _Members:
    """The indices of an action that belong to a split, found as far as they have been asked for."""

    def __init__(self, action: str, train_share: float, val_share: float, seed: int, split: Split, places: Places) -> None:
        self.known: list[int] = []
        self.more = (i for i in count() if _split(action, train_share, val_share, seed, i, places) == split)

    def at(self, k: int) -> int:
        while len(self.known) <= k:
            self.known.append(next(self.more))
        return self.known[k]


_members = lru_cache(maxsize=1024)(_Members)


_SILVER = 2.0**0.5 - 1.0
"""Step between neighbouring clips in [0, 1): like the golden ratio it leaves no large gaps, and it is independent of that one,
by which azimuths are shared out (`base.seeds.spread`); else a split would be one side from which people are seen."""


def _split(action: str, train_share: float, val_share: float, seed: int, index: int, places: Places) -> Split:
    return _at(places[file_of(action, seed, index, places)] if places else _where(action, seed, index), train_share, val_share)


def _where(action: str, seed: int, index: int) -> float:
    return (fraction(seed, action, "split") + index * _SILVER) % 1.0


def _at(where: float, train_share: float, val_share: float) -> Split:
    if where < train_share:
        return "train"
    return "val" if where < train_share + val_share else "test"
