"""Chooses the surfaces and numbers of places in the open air; it knows nothing of the action."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..values import BackdropSpec, Rgb, SurfaceSpec
from .palette import draw_surface

COLORS: dict[str, tuple[Rgb, ...]] = {
    "car": ((0.72, 0.73, 0.75), (0.13, 0.13, 0.15), (0.86, 0.86, 0.86), (0.35, 0.37, 0.4), (0.16, 0.22, 0.36), (0.5, 0.12, 0.12),
            (0.28, 0.34, 0.3), (0.55, 0.5, 0.42)),
    "glass": ((0.14, 0.17, 0.2), (0.2, 0.23, 0.25), (0.1, 0.11, 0.13)),
    "tyre": ((0.08, 0.08, 0.085),),
    "metal": ((0.36, 0.38, 0.4), (0.2, 0.22, 0.22), (0.55, 0.56, 0.57), (0.16, 0.22, 0.19)),
    "dark": ((0.18, 0.19, 0.19), (0.2, 0.26, 0.22), (0.3, 0.22, 0.18)),
    "pale": ((0.88, 0.88, 0.86),),
    "red": ((0.62, 0.12, 0.1),),
    "orange": ((0.85, 0.36, 0.12),),
    "trim": ((0.86, 0.85, 0.82), (0.75, 0.74, 0.7), (0.34, 0.32, 0.3), (0.6, 0.56, 0.48)),
    "door": ((0.3, 0.2, 0.14), (0.2, 0.28, 0.26), (0.42, 0.14, 0.12), (0.18, 0.22, 0.32), (0.5, 0.5, 0.48)),
    "sign": ((0.22, 0.28, 0.38), (0.5, 0.2, 0.18), (0.24, 0.36, 0.28), (0.75, 0.7, 0.6), (0.2, 0.2, 0.21)),
    "cloth": ((0.8, 0.76, 0.66), (0.3, 0.45, 0.6), (0.7, 0.3, 0.25), (0.85, 0.85, 0.82), (0.35, 0.5, 0.4)),
    "water": ((0.2, 0.42, 0.5), (0.24, 0.5, 0.58)),
    "sea": ((0.16, 0.28, 0.34), (0.2, 0.36, 0.4), (0.26, 0.34, 0.36)),
    "snow": ((0.9, 0.91, 0.94),),
    "court": ((0.2, 0.36, 0.5), (0.22, 0.4, 0.3), (0.55, 0.28, 0.2), (0.36, 0.37, 0.39), (0.6, 0.36, 0.26)),
    "line": ((0.88, 0.88, 0.86), (0.85, 0.8, 0.5)),
    "hill": ((0.3, 0.36, 0.24), (0.36, 0.36, 0.26), (0.26, 0.34, 0.3)),
    "trunk": ((0.33, 0.25, 0.19), (0.4, 0.36, 0.32), (0.26, 0.2, 0.15)),
    "timber": ((0.48, 0.34, 0.22), (0.58, 0.48, 0.36), (0.36, 0.28, 0.22), (0.5, 0.48, 0.45)),
    "straw": ((0.68, 0.57, 0.34),),
    "item": ((0.72, 0.3, 0.24), (0.3, 0.42, 0.58), (0.78, 0.68, 0.4), (0.36, 0.5, 0.38), (0.85, 0.83, 0.78), (0.28, 0.26,
        0.28), (0.6, 0.5, 0.42),
             (0.5, 0.36, 0.44)),
    "leaves": ((0.19, 0.24, 0.11), (0.24, 0.29, 0.13), (0.2, 0.25, 0.15), (0.28, 0.3, 0.14), (0.17, 0.22, 0.13), (0.4, 0.3,
        0.14)),
    "grass": ((0.27, 0.31, 0.16), (0.33, 0.35, 0.19), (0.36, 0.35, 0.22), (0.24, 0.29, 0.14)),
    "earth": ((0.4, 0.33, 0.26), (0.46, 0.37, 0.28), (0.36, 0.32, 0.28)),
}  # fmt: skip
"""What things outdoors are coloured like, sRGB."""

SECOND = {"leaves": 1.7, "grass": 1.3, "hill": 1.2, "earth": 1.15, "straw": 1.1}
"""Sort -> how much brighter the second colour of its painter is than the first."""

KINDS: dict[str, tuple[str, ...]] = {
    "wall": ("plaster", "bricks", "plaster", "concrete", "bricks"),
    "roof": ("shingles",),
    "paving": ("tiles", "concrete", "asphalt", "cobbles"),
    "road": ("asphalt",),
    "kerb": ("concrete",),
    "grass": ("grass",),
    "leaves": ("leaves",),
    "path": ("asphalt", "earth", "concrete", "sand"),
    "sand": ("sand",),
    "earth": ("earth",),
    "concrete": ("concrete",),
    "tiles": ("tiles",),
    "front": ("facade",),
    "timber": ("planks",),
    "straw": ("earth",),
    "water": ("ripples",),
    "sea": ("ripples",),
    "court": ("asphalt",),
    "snow": ("snow",),
    "hill": ("grass",),
}
"""Surface of a place -> the kinds that it may be painted as; "plain" where nothing is said."""

NEEDED: dict[str, tuple[str, ...]] = {
    "street": ("paving", "road", "kerb", "wall0", "wall1", "wall2", "wall3", "roof", "trim", "glass", "door", "sign", "car0",
        "car1",
               "car2", "car3", "tyre", "metal", "dark", "pale", "red", "leaves", "trunk"),
    "park": ("grass", "path", "leaves", "leaves2", "trunk", "timber", "metal", "dark", "pale", "hill", "front", "roof"),
    "court": ("court", "line", "grass", "road", "leaves", "trunk", "timber", "metal", "dark", "pale", "orange", "front",
        "roof", "hill"),
    "poolside": ("tiles", "grass", "water", "kerb", "cloth0", "cloth1", "pale", "metal", "leaves", "leaves2", "trunk",
        "hill", "wall0",
                 "roof", "trim", "glass", "door", "sign"),
    "field": ("grass", "path", "leaves", "leaves2", "trunk", "timber", "straw", "hill", "front", "roof"),
    "beach": ("sand", "sea", "pale", "cloth0", "cloth1", "grass", "hill", "timber", "trunk", "leaves", "metal", "front", "roof"),
    "snow": ("snow", "leaves", "trunk", "timber", "hill", "front", "roof", "glass", "dark"),
    "site": ("earth", "concrete", "bricks", "timber", "metal", "orange", "pale", "sand", "leaves", "trunk", "front", "roof",
        "dark",
             "car0", "glass", "tyre", "red"),
}  # fmt: skip
"""Place -> its surfaces; a number at the end only tells one from another of its sort."""

NUMBERS: dict[str, dict[str, tuple[float, float]]] = {
    "street": {"width_m": (1.2, 3.6), "before_m": (0.6, 2.2), "storeys": (2.0, 5.0), "parked": (0.2, 0.85), "trees": (0.0, 0.6)},
    "park": {"trees": (6.0, 22.0), "bushes": (2.0, 9.0), "side_m": (-4.0, 4.0), "path_m": (1.4, 3.2), "rise_m": (0.4, 2.0)},
    "court": {"shift_m": (-4.0, 4.0), "net": (0.0, 1.0), "trees": (4.0, 14.0)},
    "poolside": {"gap_m": (0.8, 3.0), "length_m": (8.0, 18.0), "loungers": (2.0, 7.0), "trees": (3.0, 9.0)},
    "field": {"trees": (2.0, 12.0), "bales": (0.0, 6.0), "side_m": (-9.0, 9.0), "tuft_m": (0.12, 0.4), "rise_m": (0.8, 3.0)},
    "beach": {"shore_m": (3.0, 12.0), "parasols": (0.0, 7.0), "dune_m": (4.0, 14.0)},
    "snow": {"trees": (6.0, 24.0), "heaps": (2.0, 9.0), "rise_m": (0.6, 3.0), "hut_m": (12.0, 30.0)},
    "site": {"heaps": (2.0, 6.0), "shell_m": (5.0, 12.0), "cones": (2.0, 9.0), "storeys": (1.6, 3.4)},
}  # fmt: skip
"""Place -> its parameters, as its builder documents them, and their ranges."""


def draw_place(rng: np.random.Generator, kind: str) -> BackdropSpec:
    """A place in the open air."""
    surfaces = {name: place_surface(rng, name) for name in NEEDED[kind]}
    params: dict[str, float | str] = {"variant": float(rng.integers(1000)), "yaw_rad": float(rng.uniform(-np.pi, np.pi))}
    params |= {name: round(float(rng.uniform(*ends)), 4) for name, ends in NUMBERS[kind].items()}
    return BackdropSpec(kind, surfaces, params)


def place_surface(rng: np.random.Generator, name: str) -> SurfaceSpec:
    """A surface of the sort that its name says, in one of that sort's colours where it has some of its own."""
    sort = name.rstrip("0123456789")
    kinds = KINDS.get(sort, ("bricks",) if sort == "bricks" else ("plain",))
    found = draw_surface(rng, kinds, 0.03)
    roughness = {"glass": 0.2, "car": 0.3, "water": 0.15, "sea": 0.35, "metal": 0.5}.get(sort, found.roughness)
    if sort not in COLORS:
        return replace(found, roughness=roughness)
    color = np.array(COLORS[sort][int(rng.integers(len(COLORS[sort])))]) + rng.uniform(-0.03, 0.03, 3)
    r, g, b = (float(c) for c in np.clip(color, 0.03, 0.96).round(4))
    brighter = SECOND.get(sort, 1.0)
    second = (min(brighter * r, 0.96), min(brighter * g, 0.96), min(brighter * b, 0.96))
    return replace(found, colors=((r, g, b), second), roughness=roughness)
