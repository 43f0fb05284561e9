"""Chooses where a clip is set: open air, room or studio, with its surfaces; of the action it only knows what things it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from ..actions.action import PropUse
from ..values import BackdropSpec
from .belonging import places_for
from .palette import draw_surface
from .places import NEEDED, draw_place
from .rooms import PURPOSES, draw_room

GROUNDS = ("asphalt", "grass", "sand", "earth", "concrete", "tiles", "planks", "bricks")
PATCHES = ("asphalt", "concrete", "tiles", "planks", "sand", "grass", "bricks")
FORM_SURFACES: dict[str, tuple[str, ...]] = {
    "block": ("facade", "concrete"),
    "wall": ("bricks", "concrete", "plaster"),
    "hedge": ("leaves",),
    "tree": ("leaves",),
    "post": ("plain",),
    "fence": ("planks",),
}
"""Form of `scene.outdoor.FORMS` -> the surfaces that it may have."""

FLOORS = ("planks", "planks", "tiles", "checkers", "carpet", "concrete", "dotted")
WALLS = ("plaster", "plaster", "plaster", "striped", "dotted", "bricks", "concrete")
FURNITURE_SURFACES: dict[str, tuple[str, ...]] = {
    "shelf": ("planks",),
    "cabinet": ("planks", "plain"),
    "sofa": ("carpet", "striped"),
    "table": ("planks",),
    "wardrobe": ("planks", "plain"),
    "plant": ("leaves",),
}
"""Piece of `scene.furnishing.FURNITURE` -> the surfaces that it may have."""

PICTURES = ("landscape", "portrait", "square", "wide")
"""Formats of `scene.room.PICTURES`; they follow one another along the walls."""

PALE = (0.92, 0.91, 0.88)
BARK = (0.33, 0.25, 0.19)


SHARES: dict[str, float] = {
    "outdoor": 0.08, "room": 0.05, "studio": 0.05, "street": 0.1, "park": 0.08, "court": 0.05, "poolside": 0.03, "field": 0.06,
    "beach": 0.04, "snow": 0.03, "site": 0.04, "living_room": 0.08, "kitchen": 0.05, "bedroom": 0.05, "office": 0.06, "gym": 0.04,
    "corridor": 0.04, "shop": 0.04, "workshop": 0.03,
}  # fmt: skip
"""Kind of place -> its share by default."""


@dataclass(frozen=True)
class Ranges:
    """Shares of the kinds, and what varies in each."""

    kinds: dict[str, float] = field(default_factory=lambda: dict(SHARES))
    max_things: int = 8
    thing_gap_m: tuple[float, float] = (1.5, 14.0)
    patch_share: float = 0.3
    room_margin_m: tuple[float, float] = (1.0, 2.6)
    max_furniture: int = 7
    window_share: float = 0.5


def draw(rng: np.random.Generator, ranges: Ranges | None = None, props: Sequence[PropUse] = ()) -> BackdropSpec:
    """One BackdropSpec, of those where these things belong if there are any."""
    r = ranges or Ranges()
    thing, places = places_for(props, r.kinds)
    names = sorted(places or r.kinds)
    shares = np.array([r.kinds[n] for n in names])
    pick = int(np.searchsorted(np.cumsum(shares / shares.sum()), rng.random(), side="right"))
    return replace(DRAWERS[names[min(pick, len(names) - 1)]](rng, r), chosen_for=thing)


def _outdoor(rng: np.random.Generator, r: Ranges) -> BackdropSpec:
    surfaces = {"ground": draw_surface(rng, GROUNDS), "patch": draw_surface(rng, PATCHES)}
    surfaces["trunk"] = replace(draw_surface(rng, ("planks",)), colors=(BARK,))
    n = int(rng.integers(0, r.max_things + 1))
    patch_m = float(rng.uniform(1.5, 4.0)) if rng.random() < r.patch_share else 0.0
    params: dict[str, float | str] = {"n_things": float(n), "patch_m": patch_m}
    for k in range(n):
        form = _one(rng, FORM_SURFACES)
        surfaces[f"thing{k}"] = draw_surface(rng, FORM_SURFACES[form])
        params |= {
            f"thing{k}_form": form,
            f"thing{k}_azimuth_rad": float(rng.uniform(-np.pi, np.pi)),
            f"thing{k}_gap_m": float(rng.uniform(*r.thing_gap_m)),
            f"thing{k}_width_m": float(rng.uniform(1.2, 6.0)),
            f"thing{k}_height_m": float(rng.uniform(1.0, 6.0)),
            f"thing{k}_yaw_rad": float(rng.uniform(-np.pi, np.pi)),
        }
    params["variant"] = float(rng.integers(1000))
    return BackdropSpec("outdoor", surfaces, params)


def _room(rng: np.random.Generator, r: Ranges) -> BackdropSpec:
    surfaces = {
        "floor": draw_surface(rng, FLOORS),
        "wall": draw_surface(rng, WALLS),
        "ceiling": draw_surface(rng, ("plain",)),
        "trim": draw_surface(rng, ("plain",)),
        "frame": draw_surface(rng, ("planks", "plain")),
        "picture": draw_surface(rng, ("picture", "abstract")),
        "poster": draw_surface(rng, ("picture", "abstract")),
        "door": draw_surface(rng, ("planks", "plain")),
    }
    # Ceilings are pale nearly everywhere, and trim mostly.
    surfaces["ceiling"] = replace(surfaces["ceiling"], colors=(PALE,))
    if rng.random() < 0.7:
        surfaces["trim"] = replace(surfaces["trim"], colors=(PALE,))
    n = int(rng.integers(0, r.max_furniture + 1))
    params: dict[str, float | str] = {
        "n_things": float(n),
        "yaw_rad": float(rng.uniform(-np.pi, np.pi)),
        "height_m": float(rng.uniform(2.45, 3.6)),
        "margin_x_m": float(rng.uniform(*r.room_margin_m)),
        "margin_y_m": float(rng.uniform(*r.room_margin_m)),
        "sill_m": float(rng.uniform(0.25, 1.0)),
        "window_w_m": float(rng.uniform(0.8, 1.8)),
        "window_h_m": float(rng.uniform(1.1, 1.6)),
    }
    for wall in range(4):
        windows = int(rng.integers(1, 4)) if rng.random() < r.window_share else 0
        pictures = int(rng.integers(0, 4))
        params[f"wall{wall}_windows"] = float(windows)
        params[f"wall{wall}_pictures"] = float(pictures)
        params |= {f"wall{wall}_picture{k}": PICTURES[(wall + k) % len(PICTURES)] for k in range(pictures)}
        params[f"wall{wall}_door"] = float(rng.random() < 0.5)
    for k in range(n):
        form = _one(rng, FURNITURE_SURFACES)
        surfaces[f"thing{k}"] = draw_surface(rng, FURNITURE_SURFACES[form])
        params |= {
            f"thing{k}_form": form,
            f"thing{k}_wall": float(rng.integers(4)),
            f"thing{k}_along": float(rng.random()),
            f"thing{k}_size": float(rng.uniform(0.8, 1.3)),
        }
    return BackdropSpec("room", surfaces, params)


def _studio(rng: np.random.Generator, r: Ranges) -> BackdropSpec:
    params: dict[str, float | str] = {
        "margin_m": float(rng.uniform(1.5, 4.0)),
        "height_m": float(rng.uniform(3.5, 5.0)),
        "bend_m": float(rng.uniform(0.4, 1.2)),
    }
    return BackdropSpec("studio", {"paper": draw_surface(rng, ("plain", "plaster"))}, params)


def _place(kind: str, rng: np.random.Generator, r: Ranges) -> BackdropSpec:
    return draw_place(rng, kind)


def _furnished_room(kind: str, rng: np.random.Generator, r: Ranges) -> BackdropSpec:
    return draw_room(rng, kind, r.room_margin_m)


def _one(rng: np.random.Generator, names: Iterable[str]) -> str:
    names = tuple(names)
    return names[int(rng.integers(len(names)))]


DRAWERS: dict[str, Callable[[np.random.Generator, Ranges], BackdropSpec]] = {
    "outdoor": _outdoor,
    "room": _room,
    "studio": _studio,
    **{kind: partial(_place, kind) for kind in NEEDED},
    **{kind: partial(_furnished_room, kind) for kind in PURPOSES},
}
"""Kind -> what draws it."""
