"""Where a garment is: signed fields over a body at rest, positive (metres from the hem) where cloth covers it.

The same field cuts the cloth, removes the covered skin and hides inner layers, so the three always agree.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np

from ...values import Array, GarmentSpec
from ..fit import Fit

Params = dict[str, float]
FieldOf = Callable[[Array, Fit, Params], Array]


@dataclass(frozen=True)
class Pattern:
    """A kind of garment: its surface label, the field that bounds it, and its default parameters.

    `make` names the builder: "sheet" (cut from the cloth that follows the body), "skirt", "dress" or "shoe".
    """

    surface: str
    make: str
    field: FieldOf
    defaults: Params


def top_field(points: Array, fit: Fit, p: Params) -> Array:
    """Shirts: from the neckline to the hem, along the arms as far as `sleeve` (0 shoulder, 1 wrist).

    `length`: 0 waist, 1 just above the crotch; `neck_depth` m below the collar bones, `neck_width` m
    beyond the neck's side, `vee` 0 round to 1 pointed; `opening` m: half the gap of an open front.
    """
    return np.min(list(top_edges(points, fit, p).values()), axis=0)


def top_edges(points: Array, fit: Fit, p: Params) -> dict[str, Array]:
    """(N,) m by which points lie inside each edge of a shirt: its hem, its sleeves' ends, its neckline, its open front."""
    x, y, z = np.abs(points[:, 0]), points[:, 1], points[:, 2]
    hem = y - (fit.waist_y + p["length"] * (fit.crotch_y + 0.03 - fit.waist_y))
    sleeve = fit.shoulder_x + p["sleeve"] * (fit.wrist_x - fit.shoulder_x) - x
    sleeve = np.maximum(sleeve, fit.armpit_y - 0.01 - y)
    edges = {"hem": hem, "sleeve": sleeve, "neck": _neckline(x, y, z, fit, p)}
    opening = p.get("opening", 0.0)
    if opening > 0:
        gap = x - opening - 0.12 * np.clip(y - fit.waist_y, 0.0, 1.0)
        edges["opening"] = np.where(z > fit.neck_z, gap, np.inf)
    return edges


def _neckline(x: Array, y: Array, z: Array, fit: Fit, p: Params) -> Array:
    radius = fit.neck_radius + p["neck_width"]
    front = np.clip((z - fit.neck_z) / 0.05, 0.0, 1.0)
    across = np.clip(x / radius, 0.0, 1.0)
    bow = p["vee"] * (1.0 - across) + (1.0 - p["vee"]) * np.sqrt(1.0 - across**2)
    collar = fit.neck_y + 0.012 + p.get("neck_rise", 0.0)
    depth = min(0.035 + p["neck_depth"], collar - fit.armpit_y - 0.03)  # short necks: never below what must be covered
    below = collar - front * depth * bow - y
    ceiling = collar + 0.03 + 0.3 * np.maximum(x - radius, 0.0) - y
    return np.minimum(np.maximum(below, x - radius), np.maximum(ceiling, x - 0.85 * fit.shoulder_x))


def bottom_field(points: Array, fit: Fit, p: Params) -> Array:
    """Trousers: from the waist (`rise`: 0 hip joints, 1 waist) to `length` of the leg (0 crotch, 1 ankle)."""
    return np.min(list(bottom_edges(points, fit, p).values()), axis=0)


def bottom_edges(points: Array, fit: Fit, p: Params) -> dict[str, Array]:
    """(N,) m by which points lie inside the edges of trousers: below the waistband's top, above the legs' hems."""
    y = points[:, 1]
    waist = fit.hip_y + p["rise"] * (fit.waist_y - fit.hip_y)
    hem = fit.crotch_y + p["length"] * (fit.ankle_y - fit.crotch_y)
    return {"waist": waist - y, "hem": y - hem}


def skirt_field(points: Array, fit: Fit, p: Params) -> Array:
    """Skirts cover what trousers of their length would, but hang free of the legs."""
    return bottom_field(points, fit, p)


def dress_field(points: Array, fit: Fit, p: Params) -> Array:
    """A bodice and a skirt in one."""
    bodice = top_field(points, fit, {**p, "length": 0.6})
    return np.maximum(bodice, skirt_field(points, fit, {**p, "rise": 1.0}))


def shoe_field(points: Array, fit: Fit, p: Params) -> Array:
    """Feet up to `shaft` m above the ankle joint, lower over the instep."""
    instep = np.clip((points[:, 2] - fit.leg[2, 2]) / 0.12, 0.0, 1.0)
    top = fit.ankle_y + p["shaft"] - p.get("throat", 0.0) * instep
    depth = np.maximum(top, fit.sole_y + 0.05) - points[:, 1]
    return np.where(depth > 0, 3.0 * depth, depth)  # feet are small: what a centimetre of shoe covers is well covered


_TOP = {
    "length": 0.95, "sleeve": 0.33, "neck_depth": 0.012, "neck_width": 0.014, "vee": 0.0, "loose": 0.5, "thick": 0.004,
}  # fmt: skip
_BOTTOM = {"rise": 0.85, "length": 1.0, "loose": 0.5, "thick": 0.004}
_SHOE = {"shaft": 0.0, "throat": 0.0, "sole": 0.022, "thick": 0.006, "toe": 0.15}
_SOCK = {"shaft": 0.02, "sole": 0.016, "thick": 0.0025}

PATTERNS: dict[str, Pattern] = {
    "tee": Pattern("top", "sheet", top_field, _TOP),
    "long_sleeve": Pattern("top", "sheet", top_field, {**_TOP, "sleeve": 0.98}),
    "tank": Pattern("top", "sheet", top_field, {**_TOP, "sleeve": -0.06, "neck_depth": 0.035, "neck_width": 0.03}),
    "polo": Pattern("top", "sheet", top_field, {**_TOP, "vee": 0.8, "neck_depth": 0.05, "collar": 0.035}),
    "shirt": Pattern("top", "sheet", top_field, {**_TOP, "sleeve": 0.98, "vee": 1.0, "neck_depth": 0.05, "collar": 0.04}),
    "sweater": Pattern("top", "sheet", top_field, {**_TOP, "sleeve": 1.0, "loose": 0.8, "thick": 0.009}),
    "hoodie": Pattern("outer", "sheet", top_field, {**_TOP, "sleeve": 1.0, "loose": 0.9, "thick": 0.012, "collar": 0.07}),
    "jacket": Pattern(
        "outer",
        "sheet",
        top_field,
        {**_TOP, "sleeve": 1.0, "loose": 0.8, "thick": 0.012, "opening": 0.05, "collar": 0.045},
    ),
    "trousers": Pattern("bottom", "sheet", bottom_field, _BOTTOM),
    "shorts": Pattern("bottom", "sheet", bottom_field, {**_BOTTOM, "length": 0.42, "loose": 0.8}),
    "leggings": Pattern("bottom", "sheet", bottom_field, {**_BOTTOM, "length": 0.97, "loose": 0.0, "thick": 0.003}),
    "skirt": Pattern("bottom", "skirt", skirt_field, {"rise": 0.95, "length": 0.45, "flare": 0.25, "thick": 0.006}),
    "dress": Pattern("dress", "dress", dress_field, {**_TOP, "length": 0.5, "flare": 0.3, "loose": 0.3, "rise": 1.0}),
    "swim_top": Pattern("top", "sheet", top_field, {**_TOP, "sleeve": -0.06, "loose": 0.0, "thick": 0.0025}),
    "swim_bottom": Pattern("bottom", "sheet", bottom_field, {**_BOTTOM, "length": 0.35, "loose": 0.0, "thick": 0.0025}),
    **{
        kind: Pattern("shoe", "shoe", shoe_field, {**_SHOE, **params})
        for kind, params in {
            "trainers": {"sole": 0.026},
            "sneakers": {"throat": 0.01, "thick": 0.005, "toe": 0.05},
            "running_shoes": {"shaft": -0.01, "sole": 0.032, "toe": 0.3},
            "loafers": {"shaft": -0.015, "throat": 0.015, "sole": 0.014, "toe": 0.25},
            "court_shoes": {"shaft": -0.03, "throat": 0.03, "sole": 0.020, "thick": 0.004, "toe": 0.6},
            "flats": {"shaft": -0.02, "throat": 0.02, "sole": 0.010, "thick": 0.004, "toe": 0.2},
            "slippers": {"shaft": -0.03, "throat": 0.0, "sole": 0.012, "thick": 0.010, "toe": 0.0},
            "sandals": _SOCK,
            "flip_flops": {**_SOCK, "sole": 0.012},
            "boots": {"shaft": 0.12, "sole": 0.026, "thick": 0.008, "toe": 0.2},
            "ankle_boots": {"shaft": 0.05, "sole": 0.022, "toe": 0.35},
            "hiking_boots": {"shaft": 0.065, "sole": 0.034, "thick": 0.011, "toe": 0.05},
        }.items()
    },
    "bathing_shoes": Pattern(
        "shoe", "shoe", shoe_field, {"shaft": -0.03, "throat": 0.03, "sole": 0.005, "thick": 0.002, "toe": 0.0}
    ),
}
"""Garment kinds; `GarmentSpec.params` overrides the defaults."""


def is_of(garment: GarmentSpec, surfaces: Collection[str]) -> bool:
    """Whether a garment that is sewn (not a loaded one) is of one of these surfaces."""
    return garment.kind in PATTERNS and PATTERNS[garment.kind].surface in surfaces
