"""Whether a spec on disk is what its seed draws: a spec that was damaged still reads well, and would rebuild another clip."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

from ..actions import path_of
from ..base.errors import UserError
from ..dataset import Settings
from ..names import recipe as digest_of
from ..recipes import load_recipe
from ..sampling import sample
from ..values import SPEC_VERSION, ClipSpec

_TOLERANCE = 1e-9
"""Relative. Another processor's cosine may differ in the last bit, which nobody wrote into the file by hand."""


def recipe_is_here(settings: Settings) -> bool:
    """Whether the recipe found here under the dataset's name for it says what it said then."""
    try:
        return bool(settings.recipe_digest) and digest_of(settings.recipe)[1] == settings.recipe_digest
    except UserError:
        return False


def draw(settings: Settings, action: str, index: int) -> ClipSpec:
    """The spec of clip `index` of `action` as seed and recipe draw it. UserError for an unknown action or recipe."""
    return sample(
        action, load_recipe(settings.recipe), settings.seed, index, width_px=settings.width_px, height_px=settings.height_px,
        fps=settings.fps, body_model=settings.body, member=settings.grouping.member_or_alone(index),
    )  # fmt: skip


def altered(spec: ClipSpec, settings: Settings) -> list[str]:
    """Where a spec isn't what its seed draws: "performers[0].body.age_years" and the like; [] where it is.

    [] also where that can't be told: a spec of another version, a twin that stands alone, a recipe, an action or a body that is
    not here.
    """
    drawn = drawn_for(spec, settings)
    return [] if drawn is None else differing(asdict(spec), asdict(drawn))  # of what it has read, msgspec leaves out defaults


def drawn_for(spec: ClipSpec, settings: Settings) -> ClipSpec | None:
    """What seed and recipe draw in the place of a spec; None where that can't be told (see `altered`)."""
    alone = spec.variants and settings.grouping.size == 1
    if spec.version != SPEC_VERSION or alone or not recipe_is_here(settings):
        return None
    try:
        return draw(settings, path_of(spec.action, spec.source), spec.index)
    except UserError:
        return None


def differing(got: Any, wanted: Any, where: str = "") -> list[str]:
    """Paths, below `where`, of the leaves in which two plain values differ by more than a processor's last bits."""
    if isinstance(got, dict) and isinstance(wanted, dict) and got.keys() == wanted.keys():
        return [path for key in wanted for path in differing(got[key], wanted[key], f"{where}.{key}" if where else str(key))]
    if isinstance(got, list | tuple) and isinstance(wanted, list | tuple) and len(got) == len(wanted):
        pairs = enumerate(zip(got, wanted, strict=True))
        return [path for k, (a, b) in pairs for path in differing(a, b, f"{where}[{k}]")]
    if isinstance(got, float | int) and isinstance(wanted, float | int):
        return [] if math.isclose(got, wanted, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE) else [where]
    return [] if got == wanted else [where]
