"""Named sets of actions, for `--set`."""

from __future__ import annotations

from collections.abc import Collection

from ...assets_manifest.sets import action_sets
from ..base.errors import UserError, nearest
from . import ACTIONS, plain


def sets() -> dict[str, tuple[str, ...]]:
    """Set -> its actions: all of them in its own order, or those that the library has so far, in the library's order."""
    return {
        name: wanted if ACTIONS.keys() >= set(wanted) else tuple(action for action in ACTIONS if action in wanted)
        for name, wanted in action_sets().items()
    }


def find_set(name: str) -> tuple[str, ...]:
    """The actions of a named set; UserError with the nearest names if there is none."""
    if plain(name) not in sets():
        raise UserError(f"unknown set '{name}': {nearest(plain(name), sets())}")
    return sets()[plain(name)]


def shortfall(names: Collection[str]) -> str:
    """One line on the sets among `names` that are not complete, or nothing."""
    asked = [name for name in action_sets() if name in map(plain, names)]
    short = [(name, len(sets()[name]), len(action_sets()[name])) for name in asked]
    return "; ".join(
        f"{name}: {there} of its {wanted} actions are in the library so far, and only they are rendered"
        for name, there, wanted in short
        if there < wanted
    )
