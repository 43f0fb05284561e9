"""Twins as a person asks for them: which streams their factors are, and whether other draws of these would be seen at all."""

from __future__ import annotations

from collections.abc import Sequence

from ..actions import find_action
from ..base.errors import UserError, nearest
from ..base.groups import grouping
from . import streams_of
from .recipe import Recipe

CALLED = {"background": "backdrop"}
"""What a stream is called as well."""


def twins_of(text: str, views: int, actions: Sequence[str], recipe: Recipe) -> str:
    """The twins that "background=4,clothes:b=2" asks for, in their one spelling, "backdrop=4,b.clothes=2".

    UserError for a factor that isn't there in each of the actions, or of which all twins of this recipe would be equal.
    """
    asked = grouping(text, views).twins
    found = {_stream(name): number for name, number in asked}
    if len(found) < len(asked):
        raise UserError(f"twins '{text[:60]}' name one factor in two ways: give each once")
    for name in found:
        for action in actions:
            _check(name, action, recipe)
    return ",".join(f"{name}={number}" for name, number in found.items())


def _stream(name: str) -> str:
    """Name of a stream as specs have it: "clothes:b" is "b.clothes", and the first person's are plain."""
    factor, _, role = name.partition(":")
    factor = CALLED.get(factor, factor)
    return f"{role}.{factor}" if role not in ("", "a") else factor


def _check(name: str, action: str, recipe: Recipe) -> None:
    its = find_action(action)
    known = [stream for stream in streams_of(its.roles) if stream.split(".")[-1] != "motion"]
    role, _, factor = name.rpartition(".")
    if factor == "motion":
        raise UserError("twins show the same performance: leave motion out, and ask for more clips by --n")
    if role and role not in its.roles and factor in known:
        raise UserError(f"twins with {name}: in '{its.name}' there is nobody called {role}, only {', '.join(its.roles)}")
    if name not in known:
        raise UserError(f"there are no twins of '{name}': {nearest(name, [*known, *CALLED])}")
    if name == "props" and not its.props:
        raise UserError(f"all twins of props would be equal: '{its.name}' has no things, leave props out")
    if name in ("bystanders", "sensor") and not getattr(recipe, name).share:
        raise UserError(f"all twins of {name} would be equal: the recipe has none, give --with {name}.share=1")
