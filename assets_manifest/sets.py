"""Named sets of actions: what belongs to each, whether the library has it or not."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def action_sets() -> dict[str, tuple[str, ...]]:
    """Set -> the actions that it is made of, in its own order (sets.toml)."""
    tables = tomllib.loads((Path(__file__).parent / "sets.toml").read_text("utf-8"))
    return {name: tuple(actions) for name, actions in tables.items()}
