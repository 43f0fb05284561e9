"""Classes of recorded movement from what a person gives: files, labels, and actions to be done on the recorded legs."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ..base.console import silent
from ..base.errors import UserError
from ..base.shown import shown
from ..recordings.classes import MotionClass, Take, keep
from ..recordings.finding import found_at
from ..recordings.gathering import Gathered, Looked, Tell, classes, gather, look_into
from ..recordings.said import sayings_of
from ..recordings.takes import LEAST_S
from ..values import FIRST
from . import ACTIONS, aliases, find_action, plain

LONGEST_NAME = 60


@dataclass(frozen=True)
class Asked:
    """What of recorded movement a person asked for: as for `synapt render --motion`; `layers` are canonical names of actions."""

    paths: tuple[str, ...]
    labels: str = ""
    up: str = ""
    keep_shape: bool = False
    layers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Made:
    """Canonical names of the classes, and lines to tell: what was set aside and why, and what was left out."""

    names: tuple[str, ...]
    lines: tuple[str, ...]


def recorded(asked: Asked, tell: Tell = silent) -> Made:
    """The classes of what was asked for, kept in the cache. UserError where there is nothing to perform."""
    check_layers(asked.layers)
    looked = look_into(found_at(asked.paths), tell, asked.up)
    found = named(gather(looked, sayings_of(asked.labels), asked.keep_shape))
    made = classes({}, dict.fromkeys(asked.layers, of_one(found))) if asked.layers and found.takes else classes(found.takes)
    if not made:
        raise UserError(f"nothing at {shown(', '.join(asked.paths))[:200]} can be performed: {'; '.join(told(looked, found))}")
    return Made(tuple(map(keep, made)), (*told(looked, found), *few_files(made)))


def named(found: Gathered) -> Gathered:
    """The same by the names that our classes have."""
    ours = Gathered({}, found.too_short, found.unnamed, found.crowded)
    for words, takes in found.takes.items():
        if name := class_called(words):
            ours.add(name, takes)
        else:
            ours.unnamed += len(takes)
    return ours


def class_called(words: str) -> str:
    """The class that somebody calls this: the library's of that name or alias, else its letters and digits of a-z, 0-9 in a plain
    form; "" where it has none."""
    letters = re.sub(r"[^a-z0-9]+", "_", plain(words)).strip("_")[:LONGEST_NAME].strip("_")
    return letters if letters in ACTIONS else aliases().get(letters, letters)


def check_layers(layers: Collection[str]) -> None:
    """UserError for an action that can't be done on the legs of a recording of one person."""
    for name in layers:
        action = find_action(name)
        if action.name not in ACTIONS:
            raise UserError(f"'{action.name}' is not of the library: with --motion, only its actions are done on recorded legs")
        if action.roles != (FIRST,):
            raise UserError(
                f"'{action.name}' is done by {len(action.roles)} people, and --motion with --action puts an action on the "
                "recorded legs of one: name an action of one person"
            )


def of_one(found: Gathered) -> list[Take]:
    """The takes of one person, whose legs an action can be done on. UserError where there is none."""
    takes = [take for each in found.takes.values() for take in each if len(take.tracks) == 1]
    if not takes:
        raise UserError("all files are of several people, and an action is done on the legs of one: give files of one person")
    return takes


def told(looked: Looked, found: Gathered) -> tuple[str, ...]:
    """Lines on what was set aside, and on what was left out."""
    lines = [f"set aside: {why}" for why in list(looked.set_aside.values())[:MOST_TOLD]]
    if len(looked.set_aside) > MOST_TOLD:
        lines.append(f"set aside: {len(looked.set_aside) - MOST_TOLD} more files, see `synapt motion`")
    counts = (
        (found.too_short, f"shorter than {LEAST_S:g} s, or a pose that never moves"),
        (found.unnamed, "without a class in the labels, or one that a-z and 0-9 can spell"),
        (found.crowded, "of more than four people"),
    )
    return (*lines, *(f"{n} take{'s' if n > 1 else ''} left out: {why}" for n, why in counts if n))


def few_files(made: Sequence[MotionClass]) -> tuple[str, ...]:
    """A line on classes that can't be in all three splits, as takes of one file are in one."""
    few = [one.name for one in made if len(one.places) < 3]
    if not few:
        return ()
    which = f"'{few[0]}' is" if len(few) == 1 else f"{len(few)} classes, such as '{few[0]}', are"
    return (f"{which} of fewer than three files: a file's takes stay in one split, so not every split has clips of it",)


MOST_TOLD = 8
"""Files that were set aside are told one by one, so many of them."""
