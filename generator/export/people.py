"""Whom a clip's motion is written of, and how their files are called."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..values import FIRST, ClipSpec, Performer, PerformerSpec, Scene


def everybody(scene: Scene, spec: ClipSpec) -> Iterator[tuple[Performer, PerformerSpec]]:
    """Each person of a scene with what was decided of them, those who act first."""
    return zip(scene.performance.performers, spec.people, strict=True)


def person_path(folder: Path, spec: ClipSpec, role: str, ending: str) -> Path:
    """The file of one person: the first has the clip's own name, each other theirs behind it, as labels have."""
    return folder / (f"{spec.name}{ending}" if role == FIRST else f"{spec.name}.{role}{ending}")
