"""The library of actions: the table of names, and how a name that a user types finds its action."""

from __future__ import annotations

from functools import cache

from ..errors import UserError, nearest, resolve
from .action import Action, Choice, PropUse, Range

__all__ = ["ACTIONS", "Action", "Choice", "PropUse", "Range", "aliases", "canonical", "find_action", "plain"]

_FAMILIES: dict[str, tuple[str, ...]] = {
    "gestures": ("waving_a_hand", "clapping", "pointing_with_a_finger", "saluting", "taking_a_bow"),
    "daily": ("drinking_water", "telephoning"),
    "brushing": ("brushing_teeth",),
    "picking": ("picking",),
    "postures": ("sitting", "standing_up"),
    "squatting": ("squatting",),
    "lying": ("lying_down",),
    "falling": ("falling_down",),
    "locomotion": ("walking", "run", "jumping", "crawl"),
    "ball_games": ("throwing", "catch"),
    "exercise": ("jumping_jack", "push_up"),
    "punches": ("punching",),
    "kicks": ("kicking",),
}
"""Module of this package -> the actions it defines, each as a constant of the same name in capitals."""

ACTIONS: dict[str, str] = {
    name: f"synapt.generator.actions.{family}:{name.upper()}" for family, names in _FAMILIES.items() for name in names
}
"""Action name -> "module:attr" of its Action. A dotted "module:attr" of a user's own is a name too."""


def plain(name: str) -> str:
    """A typed name as the table has it: lower case, underscores for spaces and dashes."""
    return "_".join(name.strip().lower().replace("-", " ").replace("_", " ").split())


@cache
def aliases() -> dict[str, str]:
    """Every other name an action answers to -> its name."""
    table: dict[str, str] = {}
    for name in ACTIONS:
        for alias in resolve("action", name, ACTIONS).aliases:
            table[plain(alias)] = name
    return table


def find_action(name: str) -> Action:
    """The action behind a name or alias, however it is spelt; UserError with the nearest names if there is none."""
    if ":" in name:
        return resolve("action", name, ACTIONS)
    key = plain(name)
    key = key if key in ACTIONS else aliases().get(key, key)
    if key not in ACTIONS:
        raise UserError(f"unknown action '{name}': {nearest(key, [*ACTIONS, *aliases()])} (`synapt actions` lists all)")
    return resolve("action", key, ACTIONS)


def canonical(name: str) -> str:
    """The name under which an action is stored and found again: the table's, or a plug-in's dotted path as it is."""
    found = find_action(name)
    return name if ":" in name else found.name
