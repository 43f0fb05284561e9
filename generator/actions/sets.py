"""Named sets of actions, for `--set`: lists that we publish, and what the classes of a dataset map to."""

from __future__ import annotations

from collections.abc import Collection

from ...assets_manifest.sets import action_sets
from ...assets_manifest.targets import target_info, target_names, taxonomy
from ..base.errors import UserError, nearest
from . import ACTIONS, aliases, plain

_TOLD = 8
"""So many missing names are told one by one."""


def sets() -> dict[str, tuple[str, ...]]:
    """Set -> its actions: those of a published list in its own order, or as far as the library has them, in the library's; for
    each dataset of the taxonomy those that are among its classes."""
    return {**_mapped(), **{name: _there(wanted) for name, wanted in action_sets().items()}}


def find_set(name: str) -> tuple[str, ...]:
    """The actions of a named set; UserError with the nearest names if there is none."""
    if plain(name) not in sets():
        raise UserError(f"unknown set '{name}': {nearest(plain(name), sets())}")
    return sets()[plain(name)]


def shortfall(names: Collection[str]) -> str:
    """One line on what the sets among `names` lack, or nothing."""
    asked = dict.fromkeys(map(plain, names))
    told = [_lacking(name) for name in asked if name in action_sets()]
    return "; ".join(
        filter(None, [*told, *(_unmapped(name) for name in asked if name in _mapped() and name not in action_sets())])
    )


def _there(wanted: Collection[str]) -> tuple[str, ...]:
    """Actions by the names of a list, each once; a name that is another one's alias is that one."""
    found = dict.fromkeys(own for own in map(_resolved, wanted) if own)
    whole = all(map(_resolved, wanted))
    return tuple(found) if whole else tuple(action for action in ACTIONS if action in found)


def _resolved(name: str) -> str | None:
    return name if name in ACTIONS else aliases().get(name)


def _mapped() -> dict[str, tuple[str, ...]]:
    """Dataset -> our actions that are among its classes."""
    rows = {action: row for action, row in taxonomy().items() if action in ACTIONS}
    columns = dict.fromkeys(name for row in rows.values() for name in row if name != "also")
    return {name: tuple(action for action in ACTIONS if name in rows.get(action, {})) for name in columns}


def _lacking(name: str) -> str:
    wanted = action_sets()[name]
    there = sum(_resolved(action) is not None for action in wanted)
    if there == len(wanted):
        return ""
    return f"{name}: {there} of its {len(wanted)} actions are in the library so far, and only they are rendered"


def _unmapped(name: str) -> str:
    """What of a dataset's classes none of our actions shows; nothing where its classes aren't named here."""
    if name not in target_names() or not target_info(name).class_names:
        return f"{name}: the {len(_mapped()[name])} actions that are among its classes"
    shown = {label for action, row in taxonomy().items() if action in ACTIONS for label in row.get(name, ())}
    classes = target_info(name).class_names
    lacking = [label for label in classes if label not in shown]
    if not lacking:
        return ""
    more = f" and {len(lacking) - _TOLD} more" if len(lacking) > _TOLD else ""
    told = f"{', '.join(lacking[:_TOLD])}{more}"
    return f"{name}: {len(classes) - len(lacking)} of its {len(classes)} classes are rendered; none of ours is {told}"
