"""What is known of the real datasets: where each comes from, its terms, its official classes and numbers of clips."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import msgspec

from ..generator.base.errors import UserError, nearest
from ..generator.base.reasons import reason_of
from .sets import action_sets
from .tables import table

UNPUBLISHED = 0
"""A number that nobody has published, and that is therefore not checked."""


@dataclass(frozen=True)
class Counts:
    """How many there are; `UNPUBLISHED` is not checked.

    `folds`: clips to learn on and to test on, by the fold's name. `clips` and `groups` (persons, sequences) of everything
    together. `listed`: entries of the official annotation files, by the file's short name.
    """

    classes: int
    folds: dict[str, tuple[int, int]] = field(default_factory=dict)
    clips: int = UNPUBLISHED
    groups: int = UNPUBLISHED
    listed: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """One thing to fetch. `places`: globs under the root, any of which shows that it is there; `want` files at least."""

    what: str
    places: tuple[str, ...]
    url: str
    do: str
    want: int = 1
    optional: bool = False


@dataclass(frozen=True)
class TargetInfo:
    """One dataset that transfer is measured on.

    `class_names` in official order, empty where the publisher names none (they are read from its files, or the user's own).
    `directional`: mirrored clips must not be learned from, and `directional_why` says why or why not.
    """

    name: str
    title: str
    about: str
    page: str
    licence: str
    terms: str
    citation: str
    directional: bool
    directional_why: str
    counts: Counts
    class_names: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()


def target_names() -> tuple[str, ...]:
    """Names of the datasets, in the order of the file."""
    return tuple(table("targets"))


@cache
def target_info(name: str) -> TargetInfo:
    """Everything known of a dataset. UserError for an unknown name."""
    if name not in table("targets"):
        raise UserError(f"unknown target '{name}': {nearest(name, target_names())}")
    return msgspec.convert({"name": name, **table("targets")[name]}, TargetInfo)


def counts_from(given: Counts | Mapping[str, Any] | None, name: str) -> Counts:
    """The counts to hold a dataset to: the official ones, or those `given` (plain data, as from `--option counts=...`)."""
    if given is None:
        return target_info(name).counts
    if isinstance(given, Counts):
        return given
    try:
        return msgspec.convert(given, Counts)
    except msgspec.ValidationError as error:
        raise UserError(
            f"{name}: counts: {reason_of(error)}; write them as {{classes = 3, folds = {{split1 = [12, 6]}}}}"
        ) from error


@cache
def taxonomy() -> dict[str, dict[str, tuple[str, ...]]]:
    """Action name -> dataset (or "synapt150", or "also": other names of the action) -> its classes of that action."""
    rows = table("taxonomy")["actions"]
    return {action: {where: tuple(names) for where, names in row.items()} for action, row in rows.items()}


@cache
def diving48() -> dict[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Class of Diving48 (take-off, somersaults, twists, position), in official order -> what shows it: (action, its `dive`)."""
    rows = table("diving48")["classes"]
    return {tuple(row["name"]): tuple((shown["action"], shown["dive"]) for shown in row["shown_by"]) for row in rows}


def synapt150() -> tuple[str, ...]:
    """The 150 class names of SynAPT (Kim et al., NeurIPS 2022), underscores for spaces."""
    return action_sets()["synapt150"]
