"""From what a loader found to a checked Target: official numbers, missing videos, and that no group is on both sides."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ....assets_manifest.targets import Counts, counts_from, target_info
from ....generator.base.errors import UserError
from ...values import ClipList, Fold, Item, Target
from .files import hint

Sides = tuple[Sequence[Item], Sequence[Item]]
"""The clips to learn on, and those to test on."""


@dataclass(frozen=True)
class Found:
    """What a loader found under `root`.

    `folds`: fold name -> its two sides. `missing`: ids of items that the official lists name and that aren't there; a
    loader of a dataset without lists leaves it None, and then the official numbers say how much is missing.
    `directional` None is as the manifest says. `apart`: no group may be on both sides of a fold.
    `called` is what the Target is called, where it isn't `name`. `own_classes`: the user named other classes than the official.
    `remarks` are handed on to the Target.
    """

    name: str
    root: Path
    classes: Sequence[str]
    folds: Mapping[str, Sides]
    division: str
    missing: Collection[str] | None = None
    directional: bool | None = None
    apart: bool = True
    called: str = ""
    own_classes: bool = False
    remarks: tuple[str, ...] = ()


def build(found: Found, counts: Counts | Mapping[str, Any] | None = None, allow_partial: bool = False) -> Target:
    """The Target, once every number is right.

    `counts` None are the official ones. `allow_partial` takes what is there of an incomplete download, and the Target says
    which share is missing. UserError: what was got, what was wanted, what to do.
    """
    wanted = counts_from(counts, found.name)
    check_classes(found, wanted)
    if found.missing is None:
        share = _missing_by_number(found, wanted, allow_partial)
    else:
        check_lists(found, wanted)
        share = _missing_by_list(found, allow_partial)
    gone = set(found.missing or ())
    there = {name: sides for name, sides in found.folds.items() if any(item.id not in gone for item in sides[1])}
    if not there:
        raise UserError(f"{found.name}: none of the test videos is in {found.root}; {hint(found.name, found.root)}")
    folds = tuple(_fold(found, name, sides) for name, sides in there.items())  # a person whose clips are all missing is no fold
    info = target_info(found.name)
    return Target(found.called or found.name, folds, found.division, info.licence, info.page, share, found.remarks)


def check_classes(found: Found, wanted: Counts) -> None:
    """As many classes as there should be, all of them with an official name."""
    if wanted.classes and len(found.classes) != wanted.classes:
        raise UserError(
            f"{found.name}: got {len(found.classes)} classes, wanted {wanted.classes}: the files in {found.root} are of another "
            f"dataset or version; {hint(found.name, found.root)}"
        )
    official = target_info(found.name).class_names
    strange = [name for name in found.classes if official and name not in official and not found.own_classes]
    if strange:
        raise UserError(
            f"{found.name}: '{strange[0]}' is none of its {len(official)} classes: the class list in {found.root} is of another "
            f"dataset; {hint(found.name, found.root)}"
        )


def check_lists(found: Found, wanted: Counts) -> None:
    """As many entries in the lists as the official lists have, videos there or not."""
    for name, sides in found.folds.items():
        for side, items, number in zip(("train", "test"), sides, wanted.folds.get(name, (0, 0)), strict=True):
            if number and len(items) != number:
                raise UserError(
                    f"{found.name}: the {side} list of {name} has {len(items)} clips, wanted {number}: it was changed or cut "
                    f"short; fetch it again ({hint(found.name, found.root)})"
                )
    total = len(_everything(found))
    if wanted.clips and total != wanted.clips:
        raise UserError(
            f"{found.name}: the lists name {total} clips, wanted {wanted.clips}: they were changed or cut short; fetch them "
            f"again ({hint(found.name, found.root)})"
        )


def _everything(found: Found) -> dict[str, Item]:
    return {item.id: item for sides in found.folds.values() for side in sides for item in side}


def _missing_by_list(found: Found, allow_partial: bool) -> float:
    """Share of the listed clips that aren't there; UserError if that isn't allowed."""
    items = _everything(found)
    gone = [item for key, item in items.items() if key in (found.missing or ())]
    if gone and not allow_partial:
        raise UserError(
            f"{found.name}: {len(gone)} of {len(items)} listed clips are not in {found.root} (first: {gone[0].id}); fetch them, "
            f"or take what is there with --option allow_partial=true; {hint(found.name, found.root)}"
        )
    return len(gone) / len(items) if items else 0.0


def _missing_by_number(found: Found, wanted: Counts, allow_partial: bool) -> float:
    """The same where no list says what should be there: the official number does."""
    items = _everything(found)
    numbers = [(f"clips to {side} on in {name}", len(part), number)
               for name, sides in found.folds.items()
               for side, part, number in zip(("learn", "test"), sides, wanted.folds.get(name, (0, 0)), strict=True)]  # fmt: skip
    numbers.append(("clips", len(items), wanted.clips))
    numbers.append(("groups", len({item.group for item in items.values()}), wanted.groups))
    for what, got, number in numbers:
        if number and (got > number or (got < number and not allow_partial)):
            do = "something else is there too: take it out" if got > number else "fetch the rest, or --option allow_partial=true"
            raise UserError(
                f"{found.name}: got {got} {what}, wanted {number} in {found.root}: {do}; {hint(found.name, found.root)}"
            )
    total = wanted.clips or max((sum(pair) for pair in wanted.folds.values()), default=0)
    return max(0.0, 1.0 - len(items) / total) if total else 0.0


def _fold(found: Found, name: str, sides: Sides) -> Fold:
    gone = found.missing or ()
    kept = [tuple(item for item in side if item.id not in gone) for side in sides]
    for side, items in zip(("training", "test"), kept, strict=True):
        if not items:
            raise UserError(f"{found.name}: {name} has no {side} clips in {found.root}; {hint(found.name, found.root)}")
    for what in ("id", "group") if found.apart else ("id",):
        both = {getattr(item, what) for item in kept[0]} & {getattr(item, what) for item in kept[1]} - {""}
        if both:
            raise UserError(
                f"{found.name}: {what} {min(both)} is in both the training and the test set of {name}: the split list is wrong; "
                f"fetch it again ({hint(found.name, found.root)})"
            )
    directional = target_info(found.name).directional if found.directional is None else found.directional
    train, test = (
        ClipList(f"{found.name} {name} {side}", tuple(found.classes), items, directional)
        for side, items in zip(("train", "test"), kept, strict=True)
    )
    return Fold(name, train, test)
