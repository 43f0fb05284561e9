"""Named sets of actions, for `--set`."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from ...assets_manifest.targets import synapt150
from ..base.errors import UserError, nearest
from . import ACTIONS, plain


@cache
def sets() -> dict[str, tuple[str, ...]]:
    """Set -> its actions, as far as the library has them: core24 is complete, synapt150 (Kim et al., 2022) is not yet."""
    return {"core24": tuple(ACTIONS), "synapt150": tuple(name for name in ACTIONS if name in synapt150())}


def find_set(name: str) -> tuple[str, ...]:
    """The actions of a named set; UserError with the nearest names if there is none."""
    if plain(name) not in sets():
        raise UserError(f"unknown set '{name}': {nearest(plain(name), sets())}")
    return sets()[plain(name)]


def shortfall(names: Collection[str]) -> str:
    """One line on the set among `names` that is not complete, or nothing."""
    there, wanted = len(sets()["synapt150"]), len(synapt150())
    if "synapt150" not in (plain(name) for name in names) or there == wanted:
        return ""
    return f"synapt150: {there} of its {wanted} actions are in the library so far, and only they are rendered"
