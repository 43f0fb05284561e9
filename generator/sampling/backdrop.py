"""Chooses where a clip is set: open air, room or studio, with its surfaces; it knows nothing of the action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from ..values import BackdropSpec
from .palette import draw_surface

GROUNDS = ("asphalt", "grass", "sand", "earth", "concrete", "tiles", "planks", "bricks")
PATCHES = ("asphalt", "concrete", "tiles", "planks", "sand", "grass", "bricks")
FORM_SURFACES = (
    ("facade", "concrete"),
    ("bricks", "concrete", "plaster"),
    ("leaves",),
    ("leaves",),
    ("plain",),
    ("planks",),
)
"""Surfaces of the forms of `scene.outdoor.FORMS`, in their order: block, wall, hedge, tree, post, fence."""


@dataclass(frozen=True)
class Ranges:
    """Shares of the kinds, and what varies in each."""

    kinds: dict[str, float] = field(default_factory=lambda: {"outdoor": 1.0})
    max_things: int = 8
    thing_gap_m: tuple[float, float] = (1.5, 14.0)
    patch_share: float = 0.3


def draw(rng: np.random.Generator, ranges: Ranges | None = None) -> BackdropSpec:
    """One BackdropSpec."""
    r = ranges or Ranges()
    names = sorted(r.kinds)
    shares = np.array([r.kinds[n] for n in names])
    pick = int(np.searchsorted(np.cumsum(shares / shares.sum()), rng.random(), side="right"))
    return DRAWERS[names[min(pick, len(names) - 1)]](rng, r)


def _outdoor(rng: np.random.Generator, r: Ranges) -> BackdropSpec:
    surfaces = {"ground": draw_surface(rng, GROUNDS), "patch": draw_surface(rng, PATCHES)}
    surfaces["trunk"] = draw_surface(rng, ("planks",))
    n = int(rng.integers(0, r.max_things + 1))
    params = {"n_things": float(n), "patch_m": float(rng.uniform(1.5, 4.0)) if rng.random() < r.patch_share else 0.0}
    for k in range(n):
        form = int(rng.integers(len(FORM_SURFACES)))
        surfaces[f"thing{k}"] = draw_surface(rng, FORM_SURFACES[form])
        params |= {
            f"thing{k}_form": float(form),
            f"thing{k}_azimuth_rad": float(rng.uniform(-np.pi, np.pi)),
            f"thing{k}_gap_m": float(rng.uniform(*r.thing_gap_m)),
            f"thing{k}_width_m": float(rng.uniform(1.2, 6.0)),
            f"thing{k}_height_m": float(rng.uniform(1.0, 6.0)),
            f"thing{k}_yaw_rad": float(rng.uniform(-np.pi, np.pi)),
        }
    return BackdropSpec("outdoor", surfaces, params)


DRAWERS: dict[str, Callable[[np.random.Generator, Ranges], BackdropSpec]] = {"outdoor": _outdoor}
"""Kind -> what draws it."""
