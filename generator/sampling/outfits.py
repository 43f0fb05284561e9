"""Clothes for an occasion, for actions that name one: nobody swims in a jacket and boots."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from ..values import GarmentSpec
from .look import Ranges, between, cloth, some_colors


def _swimwear(rng: np.random.Generator, ranges: Ranges) -> tuple[GarmentSpec, ...]:
    """A suit that lies on the skin, sleeveless or with sleeves, its legs short or to the knee; and bathing shoes."""
    main, other, shoes = some_colors(rng, ranges, 3)
    kind = "plain" if rng.random() < 0.7 else "stripes"
    fabric = replace(cloth(rng, kind, (main, other)), roughness=between(rng, (0.35, 0.55)))
    below = fabric if rng.random() < 0.6 else replace(fabric, kind="plain", colors=(other,))
    top = {"length": 0.6, "loose": 0.0, "thick": 0.0025, "neck_depth": between(rng, (0.01, 0.05))}
    sleeve = float(rng.choice((-0.06, 0.22, 0.98), p=(0.55, 0.25, 0.20)))
    legs = {"rise": 1.0, "loose": 0.0, "thick": 0.0025, "length": between(rng, (0.22, 0.50))}
    feet = replace(cloth(rng, "plain", (shoes, shoes)), roughness=0.5)
    return (
        GarmentSpec("swim_top", {**top, "sleeve": sleeve}, fabric, 0),
        GarmentSpec("swim_bottom", legs, below, 1),
        GarmentSpec("bathing_shoes", {}, feet, 0),
    )


OUTFITS: dict[str, Callable[[np.random.Generator, Ranges], tuple[GarmentSpec, ...]]] = {"swimming": _swimwear}
"""What an action's `outfit` may be -> who dresses people for it."""


def draw_outfit(rng: np.random.Generator, ranges: Ranges, occasion: str) -> tuple[GarmentSpec, ...]:
    """Clothes for an occasion, which cover torso, hips and feet as all do."""
    return OUTFITS[occasion](rng, ranges)
