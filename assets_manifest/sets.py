"""Named sets of actions: what belongs to each, whether the library has it or not."""

from __future__ import annotations

from functools import cache

from .tables import table


@cache
def action_sets() -> dict[str, tuple[str, ...]]:
    """Set -> the actions that it is made of, in its own order (sets.toml)."""
    return {name: tuple(actions) for name, actions in table("sets").items()}
