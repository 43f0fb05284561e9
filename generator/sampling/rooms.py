"""Chooses rooms by purpose: what stands in them, floors and walls, windows, lamps; it knows nothing of the action."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..values import BackdropSpec, SurfaceSpec
from .palette import draw_surface
from .places import place_surface

PALE = (0.92, 0.91, 0.88)


@dataclass(frozen=True)
class Purpose:
    """What a kind of room is like: names of `scene.furnishing.FURNITURE`, those in `first` standing in every such room;
    painters of
    floor and walls; ranges of the number of things, of the height (m) and of the lamps' colour temperature (K); the share of
    walls with windows."""

    first: tuple[str, ...]
    others: tuple[str, ...]
    floors: tuple[str, ...] = ("planks", "planks", "carpet", "tiles")
    walls: tuple[str, ...] = ("plaster", "plaster", "plaster", "striped", "dotted")
    things: tuple[int, int] = (5, 11)
    height_m: tuple[float, float] = (2.4, 2.9)
    kelvin: tuple[float, float] = (2700.0, 4000.0)
    windows: float = 0.5


PURPOSES: dict[str, Purpose] = {
    "living_room": Purpose(("sofa", "tv_stand"), ("armchair", "shelf", "table", "plant", "floor_lamp", "cabinet", "radiator",
        "dining", "shelf", "boxes")),
    "kitchen": Purpose(("kitchen_run", "fridge", "kitchen_run"), ("dining", "cabinet", "kitchen_run", "radiator", "plant",
        "shelf", "boxes"),
                       ("tiles", "checkers", "tiles", "planks"), ("plaster", "plaster", "tiles"), (5, 9)),
    "bedroom": Purpose(("bed", "wardrobe", "nightstand"), ("nightstand", "armchair", "cabinet", "desk", "mirror", "plant",
        "shelf", "radiator", "boxes",
                       "floor_lamp"), ("planks", "carpet", "carpet"), things=(5, 10)),
    "office": Purpose(("desk", "desk", "filing"), ("desk", "shelf", "filing", "board", "plant", "cabinet", "boxes",
        "radiator", "board"),
                      ("carpet", "carpet", "planks", "concrete"), ("plaster",), (6, 12), (2.5, 3.2), (3500.0, 5500.0), 0.6),
    "gym": Purpose(("dumbbell_rack", "mirror", "machine"), ("machine", "press_bench", "wall_bars", "mirror", "boxes",
        "dumbbell_rack", "machine"),
                   ("planks", "concrete", "carpet"), ("plaster", "bricks", "concrete"), (6, 12), (3.0, 4.5), (4000.0,
                   6000.0), 0.4),
    "corridor": Purpose(("side_doors", "side_doors", "side_doors"), ("side_doors", "radiator", "plant", "board", "coat_rack",
        "cabinet", "side_doors"),
                        ("tiles", "carpet", "concrete", "planks"), ("plaster",), (6, 11), (2.4, 3.0), (3000.0, 5500.0), 0.25),
    "shop": Purpose(("shop_shelf", "counter", "shop_shelf"), ("shop_shelf", "clothes_rail", "shop_shelf", "shop_shelf",
        "boxes", "plant", "clothes_rail"),
                    ("tiles", "concrete", "planks"), ("plaster",), (7, 13), (2.7, 3.6), (3500.0, 6000.0), 0.3),
    "workshop": Purpose(("workbench", "shop_shelf", "workbench"), ("boxes", "shop_shelf", "workbench", "filing", "cabinet",
        "wardrobe", "boxes", "board"),
                        ("concrete", "concrete", "planks"), ("bricks", "concrete", "plaster"), (6, 11), (2.8, 4.2), (3500.0,
                        6000.0), 0.4),
}  # fmt: skip
"""Kind of backdrop -> what it is furnished with."""

SURFACES_OF: dict[str, tuple[str, ...]] = {
    "shelf": ("planks",), "cabinet": ("planks", "plain"), "sofa": ("carpet", "plain"), "armchair": ("carpet", "plain"),
        "table": ("planks",),
    "wardrobe": ("planks", "plain"), "plant": ("leaves",), "bed": ("plain", "striped", "dotted"), "workbench": ("planks",),
    "wall_bars": ("planks",), "dining": ("planks",), "boxes": ("plain",), "kitchen_run": ("plain", "planks"),
        "desk": ("planks", "plain"),
}  # fmt: skip
"""Form -> the surfaces that it may have; lacquer or planks where nothing is said."""

MUTED = ((0.72, 0.7, 0.66), (0.5, 0.48, 0.45), (0.3, 0.32, 0.35), (0.55, 0.47, 0.4), (0.38, 0.42, 0.42), (0.62, 0.6, 0.62),
    (0.45, 0.34, 0.3),
         (0.24, 0.26, 0.3), (0.8, 0.78, 0.74))  # fmt: skip
"""Colours of upholstery and lacquer."""

OUTSIDE = ("grass", "leaves", "leaves2", "trunk", "hill", "front", "roof")
CLUTTER = ("dark", "pale", "metal", "glass", "item0", "item1", "item2")
PICTURES = ("landscape", "portrait", "square", "wide")


def draw_room(rng: np.random.Generator, kind: str, margin_m: tuple[float, float]) -> BackdropSpec:
    """A room by purpose."""
    p = PURPOSES[kind]
    surfaces = {"floor": draw_surface(rng, p.floors, 0.04), "wall": draw_surface(rng, p.walls, 0.03)}
    surfaces |= {name: draw_surface(rng, ("plain",)) for name in ("ceiling", "trim", "curtain")}
    surfaces |= {name: draw_surface(rng, ("planks", "plain")) for name in ("frame", "door")}
    surfaces |= {name: draw_surface(rng, ("picture", "abstract")) for name in ("picture", "poster")}
    surfaces |= {name: place_surface(rng, name) for name in (*CLUTTER, *OUTSIDE)}
    surfaces["ceiling"], surfaces["trim"] = (replace(surfaces[name], colors=(PALE,)) for name in ("ceiling", "trim"))
    for name in ("curtain", "door", "frame"):
        if surfaces[name].kind == "plain":
            surfaces[name] = replace(surfaces[name], colors=(_muted(rng),))
    params: dict[str, float | str] = {
        "yaw_rad": float(rng.uniform(-np.pi, np.pi)),
        "variant": float(rng.integers(1000)),
        "height_m": float(rng.uniform(*p.height_m)),
        "margin_x_m": float(rng.uniform(*margin_m)),
        "margin_y_m": float(rng.uniform(*margin_m)),
        "sill_m": float(rng.uniform(0.4, 1.0)),
        "window_w_m": float(rng.uniform(0.9, 1.8)),
        "window_h_m": float(rng.uniform(1.1, 1.5)),
        "curtains": float(rng.random() < (0.6 if kind in ("living_room", "bedroom") else 0.2)),
        "kilokelvin": float(rng.uniform(*p.kelvin)) / 1000.0,
        "storey_m": float(rng.uniform(0.3, 9.0)),
    }
    for wall in range(4):
        pictures = int(rng.integers(0, 4))
        params[f"wall{wall}_windows"] = float(rng.integers(1, 4)) if rng.random() < p.windows else 0.0
        params[f"wall{wall}_pictures"] = float(pictures)
        params |= {f"wall{wall}_picture{k}": PICTURES[(wall + k) % len(PICTURES)] for k in range(pictures)}
        params[f"wall{wall}_door"] = float(rng.random() < 0.4)
    return _furnished(rng, BackdropSpec(kind, surfaces, params), p)


def _furnished(rng: np.random.Generator, spec: BackdropSpec, p: Purpose) -> BackdropSpec:
    """With things along its walls, those that belong there first."""
    surfaces, params = dict(spec.surfaces), dict(spec.params)
    n = int(rng.integers(p.things[0], p.things[1] + 1))
    walls = rng.permutation(4)
    for k in range(n):
        form = p.first[k] if k < len(p.first) else p.others[int(rng.integers(len(p.others)))]
        surfaces[f"thing{k}"] = _of_thing(rng, form)
        wall = walls[k] if k < 4 else int(rng.integers(4))
        params |= {
            f"thing{k}_form": form,
            f"thing{k}_wall": float(wall),
            f"thing{k}_along": round(float(rng.random()), 4),
            f"thing{k}_size": round(float(rng.uniform(0.8, 1.3)), 4),
        }
    return replace(spec, surfaces=surfaces, params={**params, "n_things": float(n)})


def _of_thing(rng: np.random.Generator, form: str) -> SurfaceSpec:
    """What a piece of furniture is made of: muted colours, but for wood and leaves."""
    if form == "plant":
        return place_surface(rng, "leaves")
    found = draw_surface(rng, SURFACES_OF.get(form, ("plain", "planks")), 0.03)
    if form == "boxes":
        return replace(found, colors=((0.6, 0.47, 0.33),))
    return replace(found, colors=(_muted(rng), *found.colors[1:])) if found.kind in ("plain", "carpet") else found


def _muted(rng: np.random.Generator) -> tuple[float, float, float]:
    r, g, b = np.clip(np.array(MUTED[int(rng.integers(len(MUTED)))]) + rng.uniform(-0.06, 0.06, 3), 0.03, 0.96).round(4)
    return float(r), float(g), float(b)
