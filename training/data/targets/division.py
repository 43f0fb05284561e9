"""Pure ways to divide clips: one group left out, k folds of whole groups, k folds or a share of each class."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Sequence

from ...values import Item

Folds = dict[str, tuple[list[Item], list[Item]]]


def leave_one_group_out(items: Sequence[Item]) -> Folds:
    """One fold a group, in order of the groups' names: its clips are tested on, all others learned from."""
    groups = sorted({item.group for item in items})
    return {name: _tested(items, {item.id for item in items if item.group == name}) for name in groups}


def group_folds(items: Sequence[Item], k: int, seed: int = 0) -> Folds:
    """`k` folds of whole groups, about equally large: the largest group first, each to the fold with the fewest clips.

    Groups of one size come in the order of a hash of (seed, name), so that the names' order means nothing.
    """
    size: dict[str, int] = defaultdict(int)
    for item in items:
        size[item.group] += 1
    fold, filled = {}, [0] * k
    for name in sorted(size, key=lambda name: (-size[name], _hash(seed, name))):
        fold[name] = filled.index(min(filled))
        filled[fold[name]] += size[name]
    return {f"fold{n + 1}": _tested(items, {item.id for item in items if fold[item.group] == n}) for n in range(k)}


def class_folds(items: Sequence[Item], k: int, seed: int = 0) -> Folds:
    """`k` folds with each class spread evenly: clips of a class in the order of a hash of (seed, id), dealt out in turn."""
    fold, dealt = {}, 0
    for members in _classes(items, seed):
        for item in members:
            fold[item.id] = dealt % k
            dealt += 1
    return {f"fold{n + 1}": _tested(items, {item.id for item in items if fold[item.id] == n}) for n in range(k)}


def class_share(items: Sequence[Item], share: float, seed: int = 0) -> Folds:
    """One fold: of each class the nearest whole number to this share is tested on, but at least one clip on each side."""
    tested = set()
    for members in _classes(items, seed):
        n = min(max(1, round(share * len(members))), len(members) - 1)
        tested |= {item.id for item in members[:n]}
    return {"split": _tested(items, tested)}


def _classes(items: Sequence[Item], seed: int) -> list[list[Item]]:
    members: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        members[item.label].append(item)
    return [sorted(members[label], key=lambda item: _hash(seed, item.id)) for label in sorted(members)]


def _hash(seed: int, name: str) -> str:
    return hashlib.sha256(f"{seed}/{name}".encode("utf-8", "surrogateescape")).hexdigest()


def _tested(items: Sequence[Item], ids: Collection[str]) -> tuple[list[Item], list[Item]]:
    return [item for item in items if item.id not in ids], [item for item in items if item.id in ids]
