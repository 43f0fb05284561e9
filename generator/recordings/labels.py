"""What is said of motion files, by whatever file of labels, or by their names."""

from __future__ import annotations

import re

from .contents import Contents, Listed
from .gathering import Said, Sayings

_NOISE = frozenset(
    "dataset humanoid3d humanoid mocap motion anim animation take clip loop mixamo com poses stageii stagei cmu trial armature "
    "skeleton subject retargeted export bvh fbx".split()
)


def sayings_of(labels: str) -> Sayings:
    """What says what is in files: of labels at a path, or "" for the files themselves and their names."""
    return said_by_name


def said_by_name(file: Contents, take: Listed) -> tuple[Said, ...]:
    """The class by the name of the take, or of the file that has one only."""
    words = take.name if len(file.takes) > 1 else file.file.rpartition(".")[0]
    return (Said(name_of(words), caption=take.caption, phases=take.segments),)


def name_of(words: str) -> str:
    """A class by the name of a file or take: its words without numbers and what such names are full of."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", words)
    parts = [part.lower() for part in re.split(r"[^A-Za-z0-9]+", split) if part]
    kept = [part for part in parts if not part.isdecimal() and part not in _NOISE]
    return "_".join(kept or parts)
