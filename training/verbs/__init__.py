"""The verbs of the training half, one click command per file; importing one imports click and nothing heavier."""

from __future__ import annotations

from importlib import import_module

import click

VERBS: tuple[str, ...] = ("pretrain", "shapes", "evaluate", "targets", "models", "bias", "audit", "report", "status", "bench")
"""File names in this folder; each holds a click command of the same name."""

PARTS: tuple[str, ...] = ("leaks", "card")
"""Likewise, but not verbs: what `verify --leaks` and `info --html` of the other half call."""


def find_verb(name: str) -> click.Command | None:
    """The command of this name, or None."""
    if name not in (*VERBS, *PARTS):
        return None
    command: click.Command = getattr(import_module(f"{__name__}.{name}"), name)
    return command
