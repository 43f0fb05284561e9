"""Code by name: what a file may name is what our tables hold; a dotted path "module:attr" has to come from a person.

`look_up` takes names from anywhere, `load` only what is a `Dotted`: a path that a command was given (`typed`), one that the
environment lists in SYNAPT_OWN or SYNAPT_ACTIONS, or one that an installed package declares (entry points `synapt.actions`).
What a person named may also lie in the working directory (`beside`).
"""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from typing import Any, NewType

from . import beside
from .errors import UserError, began_with_interrupt, nearest
from .shown import shown

Dotted = NewType("Dotted", str)
"""A "module:attr" that a person, or our own code, has named."""

OWN, ACTIONS = "SYNAPT_OWN", "SYNAPT_ACTIONS"
"""Environment variables: dotted paths, with commas, of code of the user's own that files may name; the second of actions,
which are found by their names, too."""

_DOTTED = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*", re.ASCII)
_NOT_THERE = (ImportError, AttributeError, ValueError, TypeError, SyntaxError)
_typed: set[str] = set()


def typed(text: str) -> Dotted:
    """A name as a person typed it; if it is a dotted path, files may name it from now on, here and in processes of this one's."""
    if _DOTTED.fullmatch(text):
        _typed.add(text)
    return Dotted(text)


def for_children() -> dict[str, str]:
    """What the environment of a process of ours must hold so that it knows what a person has typed here."""
    return {OWN: ",".join(sorted(_typed.union(_listed(OWN))))} if _typed else {}


def own_actions() -> tuple[Dotted, ...]:
    """Dotted paths of the actions of the user's own that the environment lists, and of those that packages declare."""
    return tuple(map(Dotted, dict.fromkeys((*_listed(ACTIONS), *_declared()))))


def is_own(name: str) -> bool:
    """Whether a person has named this dotted path."""
    return name in _typed or name in _listed(OWN) or name in own_actions()


def look_up(kind: str, name: str, table: Mapping[str, str]) -> Any:
    """The object behind a name, wherever that comes from: one of the table name -> "module:attr", or a person's own.

    UserError as `path_of` raises it, and for one that is not there.
    """
    return load(kind, path_of(kind, name, table))


def path_of(kind: str, name: str, table: Mapping[str, str]) -> Dotted:
    """Where the object behind a name is, without loading it: by the table, or by a person who has named this dotted path.

    UserError for any other name; where it looks like a dotted path, the line says how its owner would name it.
    """
    if name in table:
        return Dotted(table[name])
    if is_own(name):
        return Dotted(name)
    if _DOTTED.fullmatch(name):
        variable = ACTIONS if kind == "action" else OWN
        raise UserError(
            f"{kind} '{name}' is not part of synapt, and code that a file names is not run without permission: if it is yours, "
            f"allow it with {variable}={name}"
        )
    raise UserError(f"unknown {kind} '{shown(name)}': {nearest(name, table)}")


def load(kind: str, path: Dotted) -> Any:
    """The object at a dotted path. UserError, which calls it a `kind`, where there is none or its module doesn't load.

    A module that a person named and that is nowhere else is looked for in the working directory.
    """
    module_name, _, attribute = path.partition(":")
    by_a_person, where = _by_a_person(path), ""
    try:
        if by_a_person:
            where = beside.reach(module_name)
        return getattr(importlib.import_module(module_name), attribute)
    except Exception as error:
        if isinstance(error, MemoryError) or began_with_interrupt(error) or not (by_a_person or isinstance(error, _NOT_THERE)):
            raise  # what a module of one's own raises is its author's to mend; ours may have met a full disk
        raise UserError(f"{kind} '{shown(path)}' could not be loaded: {beside.told(error)}{where}") from error


def _by_a_person(path: str) -> bool:
    return path in _typed or path in _listed(OWN) or path in _listed(ACTIONS)


def _listed(variable: str) -> tuple[str, ...]:
    return tuple(path.strip() for path in os.environ.get(variable, "").split(",") if path.strip())


@cache
def _declared() -> tuple[str, ...]:
    return tuple(entry.value for entry in metadata.entry_points(group="synapt.actions"))
