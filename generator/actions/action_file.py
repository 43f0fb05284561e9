"""Action files: sets of one's own in TOML, of the library's actions and of recorded movement.

actions = ["waving", "kick"]
sets = ["core24"]

[[motion]]
path = "cmu/*.bvh"          # a file, folder or pattern, relative to this file; a list of files is one for each performer
class = "walking"           # by default what `labels` says, or the file's name
start_s = 2.0
end_s = 6.5
caption = "a person walks in a circle"

[[motion]]
path = "amass"
labels = "babel/train.json"
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from ..base.bounded import read_toml
from ..base.console import silent
from ..base.errors import UserError, check_fields
from ..base.ranges import Moment, converted
from ..base.reasons import reason_of
from ..base.shown import shown
from ..recordings.classes import keep
from ..recordings.contents import Contents, Listed
from ..recordings.finding import found_at
from ..recordings.gathering import Gathered, Looked, Said, Sayings, Tell, classes, gather, look_into
from ..recordings.said import sayings_of
from . import find_action
from .gathered import Made, check_layers, few_files, named, of_one, told

MOST_ROWS = 100_000


@dataclass(frozen=True)
class Row:
    """A [[motion]] of an action file. `name` is written "class" there; `action`: of the library, done on these legs."""

    path: str | tuple[str, ...]
    name: Annotated[str, msgspec.Meta(max_length=200)] = ""
    start_s: Moment = 0.0
    end_s: Moment | None = None
    caption: Annotated[str, msgspec.Meta(max_length=1000)] = ""
    labels: str = ""
    up: Literal["", "z", "y", "-y"] = ""
    keep_shape: bool = False
    action: str = ""


@dataclass(frozen=True)
class ActionFile:
    """What an action file says; paths as they stand in it."""

    actions: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    motion: Annotated[tuple[Row, ...], msgspec.Meta(max_length=MOST_ROWS)] = field(default_factory=tuple)


def is_action_file(name: str) -> bool:
    """Whether what somebody typed for an action is the path of an action file."""
    return name.lower().endswith(".toml") and ":" not in name


def read_action_file(path: Path) -> ActionFile:
    """An action file. UserError for one that is not there, no TOML, or of other entries than these."""
    try:
        table = read_toml(path, most=1 << 24)
    except OSError as error:
        raise UserError(
            f"there is no action file {shown(str(path))} ({reason_of(error)}): give the path of one, or the name of an action"
        ) from error
    check_fields(table, ActionFile, shown(str(path)))
    rows = table.get("motion", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise UserError(f"{shown(str(path))}: motion is no list of tables: write [[motion]] above each")
    renamed = [{("name" if key == "class" else key): value for key, value in row.items()} for row in rows]
    for k, row in enumerate(renamed, 1):
        check_fields({key: value for key, value in row.items() if key != "name"}, Row, f"{shown(str(path))}: [[motion]] {k}")
    return converted({**table, "motion": renamed}, ActionFile, shown(str(path)))


def recorded_of(path: Path, file: ActionFile, actions: Sequence[str], tell: Tell = silent) -> Made:
    """The classes of an action file's rows, together: a class that several rows name is one, and one that is among `actions`
    (canonical names), too, has clips of both kinds."""
    found, over = Gathered(), dict[str, Gathered]()
    looked = Looked((), {})
    for number, row in enumerate(file.motion, 1):
        try:
            its_files, its_takes = _of_row(path.parent, row, tell)
        except UserError as error:
            raise UserError(f"{shown(str(path))}: [[motion]] {number}: {error}") from error
        looked.set_aside.update(its_files.set_aside)
        layer = find_action(row.action).name if row.action else ""
        into = over.setdefault(layer, Gathered()) if layer else found
        for name, takes in its_takes.takes.items():
            into.add(name, takes)
        found.too_short, found.unnamed, found.crowded = (
            found.too_short + its_takes.too_short, found.unnamed + its_takes.unnamed, found.crowded + its_takes.crowded,
        )  # fmt: skip
    both = frozenset(actions) & {*found.takes, *over}
    if clash := frozenset(over) & (frozenset(found.takes) | frozenset(actions)):
        raise UserError(
            f"{shown(str(path))}: '{min(clash)}' is done on recorded legs and in another way, too: give each a file of its own"
        )
    for name in both:
        if len(find_action(name).roles) != len(found.takes[name][0].tracks):
            raise UserError(
                f"{shown(str(path))}: '{name}' is an action of {len(find_action(name).roles)}, and recorded of "
                f"{len(found.takes[name][0].tracks)}: give the recorded one another class"
            )
    made = classes(found.takes, {layer: of_one(its) for layer, its in over.items()}, both)
    return Made(tuple(map(keep, made)), (*told(looked, found), *few_files(made)))


def _of_row(folder: Path, row: Row, tell: Tell) -> tuple[Looked, Gathered]:
    if row.end_s is not None and row.end_s <= row.start_s:
        raise UserError(f"end_s is {row.end_s:g} and start_s {row.start_s:g}: let it end after it starts")
    if row.action:
        check_layers([row.action])
    parts = (row.path,) if isinstance(row.path, str) else row.path
    text = "+".join(str(folder / part) for part in parts)
    labels = str(folder / row.labels) if row.labels else ""
    looked = look_into(found_at([text]), tell, row.up)
    return looked, named(gather(looked, _said_by(row, sayings_of(labels)), row.keep_shape))


def _said_by(row: Row, others: Sayings) -> Sayings:
    """What a row says of its files: where it gives no class, what else is said of them."""
    if not row.name:
        return others

    def says(path: Path, file: Contents, take: Listed) -> tuple[Said, ...]:
        return (Said(row.name, row.start_s, row.end_s, row.caption or take.caption, take.segments),)

    return says
