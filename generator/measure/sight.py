"""Whether what acts is seen: by camera and dressed bodies, which takes as long again as the motion."""

from __future__ import annotations

from ..labels.label import label
from ..pipeline import make_scene
from .clip import spec_of


def acting_visible(action: str, recipe: str, seed: int, index: int) -> float:
    """Share of the action's frames in which the acting limb is seen, of whom it is seen least."""
    spec = spec_of(action, recipe, seed, index)
    return min(person.measures["acting_visible"] for person in label(make_scene(spec), spec).acting)
