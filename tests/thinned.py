"""Which actions the tests go through that look at every action, so that `make test` stays quick however large the library grows.

The rule: in `make test` one action of each family (the first that a file of the library lists), in `make check-all` every one.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from synapt.generator.actions import ACTIONS

ALL: tuple[str, ...] = tuple(ACTIONS)

FAMILY_HEADS: tuple[str, ...] = tuple({path.partition(":")[0]: name for name, path in reversed(ACTIONS.items())}.values())[::-1]
"""The first action of each family: of "module:NAME" the module is the family."""

EVERY_ACTION = [pytest.param(name, marks=() if name in FAMILY_HEADS else pytest.mark.slow) for name in ALL]
"""For tests with one case for each action: `@pytest.mark.parametrize("name", EVERY_ACTION)`."""

EVERY_ACTION_AT_ONCE = [
    pytest.param(FAMILY_HEADS, id="one of each family"),
    pytest.param(ALL, id="every action", marks=pytest.mark.slow),
]
"""For tests that go through many actions in one case: `@pytest.mark.parametrize("actions", EVERY_ACTION_AT_ONCE)`."""


def spread_over(number: int) -> tuple[str, ...]:
    """About so many actions, evenly over their names, for statistics that more actions do not make better."""
    return tuple(sorted(ALL))[:: max(1, len(ALL) // number)]


def every_action_on(bodies: Sequence[str]) -> list[object]:
    """(action, body) for tests on several bodies: `make test` has each family's head on one, and all bodies in turn."""
    turn = {name: bodies[k % len(bodies)] for k, name in enumerate(FAMILY_HEADS)}
    return [pytest.param(name, body, marks=() if turn.get(name) == body else pytest.mark.slow) for body in bodies for name in ALL]
