"""The library of actions: the table of names, and how a name that a user types finds its action."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ..base import named
from ..base.errors import UserError, nearest
from ..base.named import is_own, look_up
from ..recordings.classes import class_of, is_motion
from ..values import ClipSpec
from . import arts, daily, exercise, gestures, health, household, interactions, locomotion, postures, recorded, sports, work
from .action import Action, Choice, PropUse, Range

__all__ = [
    "ACTIONS", "Action", "Choice", "PropUse", "Range", "action_of", "aliases", "alone", "canonical", "class_name", "doing",
    "doings", "find_action", "own_actions", "path_of", "plain", "sided", "source_of",
]  # fmt: skip

_DOMAINS: dict[str, dict[str, tuple[str, ...]]] = {
    "gestures": gestures.FAMILIES,
    "daily": daily.FAMILIES,
    "health": health.FAMILIES,
    "household": household.FAMILIES,
    "postures": postures.FAMILIES,
    "locomotion": locomotion.FAMILIES,
    "exercise": exercise.FAMILIES,
    "sports": sports.FAMILIES,
    "interactions": interactions.FAMILIES,
    "work": work.FAMILIES,
    "arts": arts.FAMILIES,
}
"""Folder of this package -> its families and their actions."""

ACTIONS: dict[str, str] = {
    name: f"synapt.generator.actions.{domain}.{family}:{name.upper()}"
    for domain, families in _DOMAINS.items()
    for family, names in families.items()
    for name in names
}
"""Action name -> "module:attr" of its Action. A dotted "module:attr" of a user's own is a name too."""


@cache
def alone() -> tuple[str, ...]:
    """Names of the library's actions of one person without things: what a bystander can do."""
    found = {name: look_up("action", name, ACTIONS) for name in ACTIONS}
    return tuple(name for name, action in found.items() if len(action.roles) == 1 and not action.props)


def doing(name: str) -> Action:
    """What a bystander does by this name."""
    from .beside import BESIDE

    return BESIDE[name] if name in BESIDE else find_action(name)


def doings() -> tuple[str, ...]:
    """Names of all that a bystander can do."""
    from .beside import BESIDE

    return (*alone(), *BESIDE)


def plain(name: str) -> str:
    """A typed name as the table has it: lower case, underscores for spaces and dashes."""
    return "_".join(name.strip().lower().replace("-", " ").replace("_", " ").split())


@cache
def aliases() -> dict[str, str]:
    """Every other name an action answers to -> its name."""
    table: dict[str, str] = {}
    for name in ACTIONS:
        for alias in look_up("action", name, ACTIONS).aliases:
            table[plain(alias)] = name
    return table


def own_actions() -> dict[str, str]:
    """Name -> dotted path of the actions of the user's own that $SYNAPT_ACTIONS lists, or that installed packages declare; of the
    recorded classes of the action files that it lists, what these are called."""
    paths = named.own_actions()
    recorded_ones = [_recorded_in(path) for path in paths if path.endswith(".toml")]
    return {name: source for found in recorded_ones for name, source in found.items()} | {
        _own(path).name: path for path in paths if not path.endswith(".toml")
    }


@cache
def _recorded_in(path: str) -> dict[str, str]:
    """Name -> "motion:DIGEST" of the recorded classes of an action file, but for those that are called like the library's."""
    from .action_file import read_action_file, recorded_of

    made = recorded_of(Path(path), read_action_file(Path(path)), ())
    return {class_of(source).name: source for source in made.names if class_of(source).name not in ACTIONS}


def _own(path: str) -> Action:
    """The action behind a dotted path that a person named. UserError for any other, for what is no action, and for one that is
    called like one of the library's."""
    found = look_up("action", path, {})
    if not isinstance(found, Action):
        raise UserError(f"'{path}' is of type {type(found).__name__}, not an Action: name a constant like KNOCKING = Action(...)")
    if found.name in ACTIONS and found is look_up("action", found.name, ACTIONS):
        return found
    if found.name in ACTIONS or found.name in aliases():
        raise UserError(f"the action {path} is called '{found.name}' like one of the library: give it another name")
    if not re.fullmatch("[a-z0-9][a-z0-9_]*", found.name):
        raise UserError(f"the action {path} is called '{found.name}', which names a folder: use a-z, 0-9 and _ only")
    return found


def _of_library(name: str) -> Action | None:
    """The library's action of that very name; None where it has none."""
    return look_up("action", name, ACTIONS) if name in ACTIONS else None


def find_action(name: str) -> Action:
    """The action behind a dotted path, a class of recorded movement ("motion:DIGEST"), a name or an alias, however spelt.

    UserError with the nearest names if there is none.
    """
    if is_motion(name):
        return recorded.of_class(name, _of_library)
    if ":" in name:
        return _own(name)
    key = plain(name)
    key = key if key in ACTIONS else aliases().get(key, key)
    if key in ACTIONS:
        return look_up("action", key, ACTIONS)
    own = own_actions()
    if key not in own:
        raise UserError(f"unknown action '{name}': {nearest(key, [*ACTIONS, *aliases(), *own])} (`synapt actions` lists all)")
    return find_action(own[key])


def canonical(name: str) -> str:
    """The name by which an action is found again: its own, that of a recorded class, or the dotted path of a user's that no table
    lists."""
    if is_motion(name):
        class_of(name)  # or a UserError
        return name
    found = find_action(name)
    return name if ":" in name and found.name not in ACTIONS else found.name


def class_name(name: str) -> str:
    """What the class of a canonical name is called, in files and labels: a dotted path's action by its own name."""
    if is_motion(name):
        return class_of(name).name
    return find_action(name).name if ":" in name else name


def sided(names: Iterable[str]) -> tuple[str, ...]:
    """Class names of those of canonical `names` whose mirror image is another class."""
    return tuple(class_name(name) for name in names if not find_action(name).mirror_keeps_class)


def source_of(name: str) -> str:
    """Where an action is found that isn't the library's, by its canonical name: the dotted path of a user's own, or what recorded
    classes are called; "" for one of the library or an unknown one."""
    return name if ":" in name else "" if name in ACTIONS else own_actions().get(name, "")


def action_of(spec: ClipSpec) -> Action:
    """The action that a clip shows: recorded movement as its spec has it, or what `find_action` finds.

    UserError, naming the option that finds it, for one of the user's own that nobody named.
    """
    take = spec.performance.take
    if take is not None:
        return recorded.performed(spec.action, spec.performance, take, _of_library)
    found = find_action(spec.action if is_motion(spec.source) else path_of(spec.action, spec.source))
    return found.by([performer.role for performer in spec.performers])


def path_of(name: str, source: str) -> str:
    """What `find_action` finds the action of a clip by, whose files say that it is called `name` and was found at `source`.

    A recorded class is data that can be looked at. Else one of the library, or of the user's own by its name, is that, whatever
    the files say, and `find_action` refuses any other source, unless a person has named it.
    """
    if is_motion(source):
        return source
    if not source or name in ACTIONS or (not is_own(source) and name in own_actions()):
        return name
    return source
