"""Clothes for an occasion, for actions that are done in it: nobody swims in a jacket and boots."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from ..values import GarmentSpec
from .look import SOLES, Ranges, between, cloth, draw_clothes, pick, some_colors


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


SPORT_TOPS = {"tee": 0.5, "tank": 0.25, "long_sleeve": 0.25}
SPORT_BOTTOMS = {"trousers": 0.4, "shorts": 0.4, "leggings": 0.2}
SPORT_PRINTS = {"plain": 0.65, "stripes": 0.2, "blobs": 0.15}
"""Shares of what is worn for sport, by women and men alike: under it knees, hips and shoulders can be seen to move."""


def _sportswear(rng: np.random.Generator, ranges: Ranges) -> tuple[GarmentSpec, ...]:
    """A top over shorts, leggings or long trousers of plain cloth, and trainers; drawn alike for every sport."""
    top_kind, below_kind, print_kind = (pick(rng, shares) for shares in (SPORT_TOPS, SPORT_BOTTOMS, SPORT_PRINTS))
    main, other, below, shoes = some_colors(rng, ranges, 4)
    top = {"length": between(rng, (0.70, 0.85)), "loose": 0.7 * between(rng, ranges.loose)}
    if top_kind == "tee":
        top["sleeve"] = between(rng, (0.22, 0.42))
    if top_kind != "tank":
        top |= {"neck_depth": between(rng, (0.005, 0.05)), "vee": 0.0}
    legs = {"rise": between(rng, (0.8, 1.0))}
    if below_kind != "leggings":
        length = (0.28, 0.5) if below_kind == "shorts" else (0.92, 1.0)
        legs |= {"loose": between(rng, (0.35, 0.8)), "length": between(rng, length)}
    sole = SOLES[int(rng.integers(2))]
    return (
        GarmentSpec(below_kind, legs, cloth(rng, "plain", (below, below)), 0),
        GarmentSpec(top_kind, top, cloth(rng, print_kind, (main, other, below)), 1),
        GarmentSpec("trainers", {}, cloth(rng, "plain", (shoes, sole)), 0),
    )


POCKETED = ("trousers", "shorts")


def _with_pockets(rng: np.random.Generator, ranges: Ranges) -> tuple[GarmentSpec, ...]:
    """Everyday trousers or shorts, most often with the top tucked in: nothing hides the pocket that a hand goes into."""
    bottoms = {kind: share for kind, share in ranges.bottoms.items() if kind in POCKETED} or {"trousers": 1.0}
    narrowed = replace(
        ranges, bottoms=bottoms, tucked_share=0.8, outfit_share=0.0, dress_share=0.0, skirt_share=0.0, outer_share=0.0
    )
    return draw_clothes(rng, narrowed, "female")


OUTFITS: dict[str, Callable[[np.random.Generator, Ranges], tuple[GarmentSpec, ...]]] = {
    "swimming": _swimwear,
    "sport": _sportswear,
    "pockets": _with_pockets,
}
"""What an action's `occasion` may be -> who dresses people for it."""


def draw_outfit(rng: np.random.Generator, ranges: Ranges, occasion: str) -> tuple[GarmentSpec, ...]:
    """Clothes for an occasion, which cover torso, hips and feet as all do."""
    return OUTFITS[occasion](rng, ranges)
