"""What of a target's folds makes its figures say less than they seem to: told in a line each, or refused."""

from __future__ import annotations

from collections.abc import Collection

from ....generator.base.errors import UserError
from ...values import Target

SHOWN = 3
"""So many names are told; the others are counted."""


def doubts(target: Target, learns: bool = True) -> list[str]:
    """Lines for people: classes that are tested and never taught, classes that are never tested, tests on one group only.

    `learns`: something learns from the clips to learn from. UserError where no figure would mean anything: a fold that teaches
    one class, or a single clip to test on.
    """
    tested = {item.id: item for fold in target.folds for item in fold.test.items}
    if len(tested) < 2:
        raise UserError(f"{target.name} has {len(tested)} test clip, too few for a result: use more")
    for fold in target.folds if learns else ():
        taught = len({item.label for item in fold.train.items})
        if taught < 2:
            raise UserError(f"{target.name}: {fold.name} has training clips of {taught} class: at least two are needed")
    groups = {item.group or item.id for item in tested.values()}
    said = [*(_never_taught(target) if learns else []), *_never_tested(target)]
    if len(groups) < 2:
        said.append(
            f"all {len(tested)} test clips of {target.name} are of one group: intervals are over clips, "
            "and say nothing of other groups"
        )
    return said


def _never_taught(target: Target) -> list[str]:
    gone, where, n_clips, total = set(), [], 0, 0
    for fold in target.folds:
        taught = {item.label for item in fold.train.items}
        lost = [item.label for item in fold.test.items if item.label not in taught]
        total, n_clips = total + len(fold.test), n_clips + len(lost)
        if lost:
            gone |= set(lost)
            where.append(fold.name)
    if not where:
        return []
    names = _told([target.classes[k] for k in sorted(gone)])
    return [
        f"{target.name} has no training clip of {names} in {_told(where)}: {n_clips} of {total} test clips can't be recognised"
    ]


def _never_tested(target: Target) -> list[str]:
    tested = {item.label for fold in target.folds for item in fold.test.items}
    names = [name for k, name in enumerate(target.classes) if k not in tested]
    if not names:
        return []
    n = len(target.classes)
    return [f"{target.name} has no test clip of {_told(names)}: its results cover {len(tested)} of {n} classes"]


def _told(names: Collection[str]) -> str:
    """ "a, b, c and 4 more"."""
    more = len(names) - SHOWN
    return ", ".join(list(names)[:SHOWN]) + (f" and {more} more" if more > 0 else "")
