"""The verbs of the generator's half, one click command per file, and what they print and draw (`tell`, `sheets`)."""

from __future__ import annotations

from importlib import import_module

import click

VERBS: tuple[str, ...] = (
    "render", "merge", "jobs", "prepare", "actions", "recipes", "motion", "preview", "export", "info", "verify",
    "doctor", "assets", "licenses",
)  # fmt: skip
"""File names in this folder; each holds a click command of the same name."""


def find_verb(name: str) -> click.Command | None:
    """The command of this name, or None."""
    if name not in VERBS:
        return None
    command: click.Command = getattr(import_module(f"{__name__}.{name}"), name)
    return command
