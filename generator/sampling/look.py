"""Chooses how a person looks: skin, face and hair belong to the identity, clothes to the clip."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ..values import FabricSpec, GarmentSpec, HairSpec, LookSpec, Rgb, SkinSpec
from .palette import one_of, worn

Shares = Mapping[str, float]


@dataclass(frozen=True)
class Ranges:
    """How people may look. Shares are relative weights by name; lengths and looseness as in `body/clothes/patterns.py`.

    Skin tone is uniform over the human range and independent of sex, age and clothes.
    """

    melanin: tuple[float, float] = (0.0, 1.0)
    redness: tuple[float, float] = (0.2, 0.8)
    loose: tuple[float, float] = (0.15, 1.0)
    dress_share: float = 0.15
    skirt_share: float = 0.2
    tucked_share: float = 0.25
    outer_share: float = 0.3
    neutral_share: float = 0.45
    saturation: tuple[float, float] = (0.12, 0.7)
    tops: Shares = field(
        default_factory=lambda: {
            "tee": 0.34, "long_sleeve": 0.16, "shirt": 0.16, "polo": 0.10, "sweater": 0.14, "tank": 0.10
        }
    )  # fmt: skip
    bottoms: Shares = field(default_factory=lambda: {"trousers": 0.68, "shorts": 0.20, "leggings": 0.12})
    outers: Shares = field(default_factory=lambda: {"jacket": 0.6, "hoodie": 0.4})
    shoes: Shares = field(
        default_factory=lambda: {
            "trainers": 0.16, "sneakers": 0.16, "running_shoes": 0.13, "boots": 0.08, "ankle_boots": 0.08, "hiking_boots": 0.05,
            "loafers": 0.09, "court_shoes": 0.06, "flats": 0.08, "slippers": 0.03, "sandals": 0.05, "flip_flops": 0.03,
        }
    )  # fmt: skip
    prints: Shares = field(
        default_factory=lambda: {
            "plain": 0.46, "stripes": 0.14, "plaid": 0.08, "checks": 0.07, "dots": 0.07, "leaves": 0.09, "blobs": 0.09
        }
    )  # fmt: skip
    short_hair: Shares = field(
        default_factory=lambda: {
            "short": 0.25, "crew": 0.2, "side_part": 0.14, "buzz": 0.12, "curly": 0.11, "none": 0.05, "long": 0.05,
            "bun": 0.04, "ponytail": 0.04,
        }
    )  # fmt: skip
    long_hair: Shares = field(
        default_factory=lambda: {
            "long": 0.25, "bob": 0.2, "ponytail": 0.17, "bun": 0.12, "curly": 0.1, "short": 0.07, "top_knot": 0.05,
            "side_part": 0.02, "buzz": 0.02,
        }
    )  # fmt: skip
    female_outfits: Shares = field(default_factory=dict)
    male_outfits: Shares = field(default_factory=dict)
    outfit_share: float = 0.5
    """Share of those who wear one of the loaded outfits of their sex ("mhclo:<name>"), where there are any.

    Loaded shoes and hair ("mhclo:<name>" too) stand among the other `shoes`, `short_hair` and `long_hair`.
    """
    long_hair_share: tuple[float, float] = (0.85, 0.08)
    """Share of women and of men whose style is drawn from `long_hair`; the others' from `short_hair`."""


NEUTRALS: tuple[Rgb, ...] = (
    (0.90, 0.90, 0.88), (0.10, 0.10, 0.11), (0.22, 0.22, 0.24), (0.45, 0.45, 0.46), (0.68, 0.68, 0.67),
    (0.10, 0.13, 0.24), (0.74, 0.67, 0.53), (0.45, 0.38, 0.26), (0.32, 0.22, 0.15), (0.30, 0.32, 0.20),
    (0.83, 0.79, 0.70), (0.36, 0.10, 0.12),
)  # fmt: skip
DENIMS: tuple[Rgb, ...] = ((0.13, 0.18, 0.32), (0.22, 0.32, 0.50), (0.42, 0.52, 0.66), (0.10, 0.11, 0.14))
LEATHERS: tuple[Rgb, ...] = ((0.10, 0.09, 0.09), (0.26, 0.16, 0.10), (0.42, 0.27, 0.16), (0.60, 0.48, 0.34))
BOOTS = ("boots", "ankle_boots", "hiking_boots")
SPORTY = ("trainers", "sneakers", "running_shoes")
"""Shoes of cloth, in any colour."""

SOLES: tuple[Rgb, ...] = ((0.88, 0.88, 0.86), (0.10, 0.10, 0.10), (0.45, 0.32, 0.20))
DARK_HAIR: tuple[Rgb, ...] = ((0.07, 0.055, 0.05), (0.13, 0.09, 0.07), (0.21, 0.14, 0.09))
LIGHT_HAIR: tuple[Rgb, ...] = (
    (0.33, 0.22, 0.13),
    (0.45, 0.30, 0.16),
    (0.62, 0.46, 0.26),
    (0.75, 0.60, 0.38),
    (0.50, 0.22, 0.11),
)
DARK_EYES: tuple[Rgb, ...] = ((0.20, 0.12, 0.07), (0.29, 0.18, 0.10), (0.36, 0.24, 0.13))
BEARDS = (0.0, 0.30, 0.85)
"""No beard, stubble, a full short beard: how much of the skin each hides."""

STRIPE_SHARES = (0.5, 0.3, 0.2, 0.65)
"""How much of a repeat the second colour of stripes may take."""

LIGHT_EYES: tuple[Rgb, ...] = ((0.42, 0.33, 0.16), (0.36, 0.45, 0.30), (0.33, 0.47, 0.60), (0.45, 0.52, 0.56))
SCALE_M: dict[str, tuple[float, float]] = {
    "plain": (0.25, 0.40), "stripes": (0.03, 0.14), "pinstripe": (0.06, 0.12), "plaid": (0.07, 0.20),
    "checks": (0.03, 0.12), "dots": (0.04, 0.14), "leaves": (0.15, 0.40), "blobs": (0.20, 0.50),
    "denim": (0.30, 0.45), "knit": (0.07, 0.12), "ribs": (0.05, 0.10), "leather": (0.10, 0.15),
}  # fmt: skip
"""Bounds of one pattern repeat, by fabric."""


def draw(rng: np.random.Generator, ranges: Ranges, sex: str, age_years: float) -> LookSpec:
    """A whole look from one generator; `draw_person` and `draw_clothes` draw its halves from two."""
    skin, hair = draw_person(rng, ranges, sex, age_years)
    return LookSpec(skin, hair, draw_clothes(rng, ranges, sex))


def draw_person(rng: np.random.Generator, ranges: Ranges, sex: str, age_years: float) -> tuple[SkinSpec, HairSpec]:
    """Skin, eyes and hair of one identity."""
    melanin = between(rng, ranges.melanin)
    fair = bool(rng.random() < np.clip((0.5 - melanin) * 2.5, 0.0, 0.7))
    eye = one_of(rng, LIGHT_EYES if fair else DARK_EYES)
    beard = BEARDS[int(rng.choice(len(BEARDS), p=(0.6, 0.22, 0.18)))] if sex == "male" else BEARDS[0]
    brows = int(rng.integers(64))
    lips = between(rng, (0.3, 1.0) if sex == "female" else (0.1, 0.5))
    skin = SkinSpec(melanin, between(rng, ranges.redness), eye, lips, brows, beard)
    return skin, _hair(rng, ranges, sex, age_years, melanin)


def draw_clothes(rng: np.random.Generator, ranges: Ranges, sex: str, changes: Sequence[str] = ()) -> tuple[GarmentSpec, ...]:
    """An outfit that covers torso, hips and feet, with layers from the inside out.

    For an action that `changes` what is worn: with a jacket if that is the outer layer, low shoes if it is those, and no loaded
    outfit.
    """
    female = sex == "female"
    outfits = ranges.female_outfits if female else ranges.male_outfits
    if outfits and not changes and rng.random() < ranges.outfit_share:
        return GarmentSpec(pick(rng, outfits), {}, _fabric(rng, ranges)), _shoes(rng, ranges)
    worn = _dress(rng, ranges) if female and rng.random() < ranges.dress_share else _two_piece(rng, ranges, female)
    if "outer" in changes:
        worn = [*worn, _jacket(rng, ranges, worn)]
    elif rng.random() < ranges.outer_share:
        worn = [*worn, _outer(rng, ranges)]
    return (*worn, _shoes(rng, ranges, low="shoe" in changes))


def _hair(rng: np.random.Generator, ranges: Ranges, sex: str, age_years: float, melanin: float) -> HairSpec:
    share = ranges.long_hair_share[0 if sex == "female" else 1]
    style = pick(rng, ranges.long_hair if rng.random() < share else ranges.short_hair)
    if style == "curly" and melanin > 0.55 and rng.random() < 0.6:
        style = "afro"
    if sex == "male" and style in ("short", "crew", "side_part") and rng.random() < np.clip((age_years - 35) / 60, 0, 0.5):
        style = "receding"
    light = rng.random() < np.clip((0.45 - melanin) * 2.0, 0.0, 0.65)
    color = np.array(one_of(rng, LIGHT_HAIR if light else DARK_HAIR)) * between(rng, (0.85, 1.15))
    grey = float(np.clip((age_years - 38) / 35 + rng.normal(0.0, 0.2), 0.0, 1.0))
    silver = np.full(3, between(rng, (0.45, 0.78)))
    mixed = color + (silver - color) * grey
    return HairSpec(style, _rgb(mixed), between(rng, (0.0, 1.0)), int(rng.integers(1000)))


def _two_piece(rng: np.random.Generator, ranges: Ranges, female: bool) -> list[GarmentSpec]:
    if female and rng.random() < ranges.skirt_share:
        params = {"length": between(rng, (0.28, 0.75)), "flare": between(rng, (0.03, 0.2))}
        skirt = GarmentSpec("skirt", params, _fabric(rng, ranges), 1)
        return [_top(rng, ranges, tucked=True), skirt]
    bottom = pick(rng, ranges.bottoms)
    if bottom == "leggings" and not female and rng.random() < 0.75:
        bottom = "trousers"
    tucked = bool(bottom != "leggings" and rng.random() < ranges.tucked_share)
    return [_bottom(rng, ranges, bottom, layer=int(tucked)), _top(rng, ranges, tucked=tucked)]


def _top(rng: np.random.Generator, ranges: Ranges, *, tucked: bool) -> GarmentSpec:
    kind = pick(rng, ranges.tops)
    params = {
        "length": 0.6 if tucked else between(rng, (0.7, 0.92)),
        "loose": between(rng, ranges.loose) * (0.6 if tucked else 1.0),
    }
    if kind in ("tee", "polo"):
        params["sleeve"] = between(rng, (0.22, 0.45))
    if kind in ("tee", "long_sleeve"):
        params["neck_depth"], params["vee"] = between(rng, (0.005, 0.06)), float(rng.random() < 0.3)
    fabric = _fabric(rng, ranges)
    if kind == "sweater":
        fabric = cloth(rng, str(rng.choice(("knit", "ribs", "stripes"))), some_colors(rng, ranges, 2))
    return GarmentSpec(kind, params, fabric, 0 if tucked else 1)


def _bottom(rng: np.random.Generator, ranges: Ranges, kind: str, layer: int) -> GarmentSpec:
    params = {"rise": between(rng, (0.75, 1.0))}
    if kind == "trousers":
        params |= {"loose": between(rng, (0.4, 1.3)), "length": between(rng, (0.93, 1.0))}
    elif kind == "shorts":
        params |= {"loose": between(rng, (0.4, 1.2)), "length": between(rng, (0.28, 0.55))}
    weave = str(rng.choice(("denim", "plain", "pinstripe"), p=(0.45, 0.47, 0.08)))
    if kind == "leggings":
        weave = "plain"
    if weave == "denim":
        return GarmentSpec(kind, params, cloth(rng, "denim", (_jitter(rng, one_of(rng, DENIMS)),)), layer)
    colors = tuple(_jitter(rng, one_of(rng, NEUTRALS)) for _ in range(2))
    return GarmentSpec(kind, params, cloth(rng, weave, colors), layer)


def _dress(rng: np.random.Generator, ranges: Ranges) -> list[GarmentSpec]:
    params = {
        "length": between(rng, (0.28, 0.8)),
        "flare": between(rng, (0.05, 0.22)),
        "sleeve": float(rng.choice((-0.05, 0.3, 0.6, 0.98))),
        "neck_depth": between(rng, (0.005, 0.05)),
        "vee": float(rng.random() < 0.3),
        "loose": between(rng, (0.1, 0.5)),
    }
    return [GarmentSpec("dress", params, _fabric(rng, ranges), 0)]


SET_OFF = 0.35
"""How far, over the channels' sum, a jacket that comes or goes differs in colour from what is below it, if any of DRAWS does."""
DRAWS = 8


def _jacket(rng: np.random.Generator, ranges: Ranges, below: Sequence[GarmentSpec]) -> GarmentSpec:
    """A jacket that can be told from what is worn below it."""
    for _ in range(DRAWS):
        jacket = _outer(rng, ranges, "jacket")
        color = np.array(jacket.fabric.colors[0])
        if all(np.abs(color - garment.fabric.colors[0]).sum() > SET_OFF for garment in below):
            break
    return jacket


def _outer(rng: np.random.Generator, ranges: Ranges, kind: str = "") -> GarmentSpec:
    kind = kind or pick(rng, ranges.outers)
    params = {"length": between(rng, (0.75, 0.95)), "loose": between(rng, (0.5, 1.0))}
    if kind == "jacket":
        params["opening"] = between(rng, (0.03, 0.08))
    weave = str(rng.choice(("plain", "denim", "knit", "leather", "plaid"), p=(0.5, 0.15, 0.15, 0.1, 0.1)))
    if weave in ("denim", "leather"):
        colors: tuple[Rgb, ...] = (_jitter(rng, one_of(rng, DENIMS if weave == "denim" else LEATHERS)),)
    else:
        colors = some_colors(rng, ranges, 3)
    return GarmentSpec(kind, params, cloth(rng, weave, colors), 2)


def _shoes(rng: np.random.Generator, ranges: Ranges, *, low: bool = False) -> GarmentSpec:
    kind = pick(rng, ranges.shoes)
    if low and kind in BOOTS:  # trousers are sewn to stay in them
        kind = "flats"
    sporty = kind in SPORTY
    sole = one_of(rng, SOLES[:2] if sporty else SOLES[1:])
    color = some_colors(rng, ranges, 1)[0] if sporty or kind == "slippers" else _jitter(rng, one_of(rng, LEATHERS))
    return GarmentSpec(kind, {}, cloth(rng, "plain" if sporty else "leather", (color, sole)), 0)


def _fabric(rng: np.random.Generator, ranges: Ranges) -> FabricSpec:
    return cloth(rng, pick(rng, ranges.prints), some_colors(rng, ranges, 3))


def cloth(rng: np.random.Generator, kind: str, colors: tuple[Rgb, ...]) -> FabricSpec:
    """A cloth of a weaver's, its repeat and how it is cut drawn."""
    low, high = SCALE_M[kind]
    turned = float(rng.choice((0.0, np.pi / 2))) if kind == "stripes" and rng.random() < 0.3 else 0.0
    roughness = 0.5 if kind == "leather" else between(rng, (0.75, 0.95))
    scale_m, variant = between(rng, (low, high)), int(rng.integers(1000))
    share = STRIPE_SHARES[variant % len(STRIPE_SHARES)] if kind == "stripes" else STRIPE_SHARES[0]
    return FabricSpec(kind, colors, scale_m, round(turned, 4), roughness, variant, share)


def some_colors(rng: np.random.Generator, ranges: Ranges, n: int) -> tuple[Rgb, ...]:
    """n colours, neutral ones (navy, grey, beige...) among others, the second set off from the first."""
    colors = []
    for _ in range(n):
        if rng.random() < ranges.neutral_share:
            colors.append(_jitter(rng, one_of(rng, NEUTRALS)))
        else:
            hue, saturation, value = float(rng.random()), between(rng, ranges.saturation), between(rng, (0.25, 0.85))
            colors.append(_rgb(colorsys.hsv_to_rgb(hue, saturation * worn(hue), value)))
    if n > 1 and abs(sum(colors[0]) - sum(colors[1])) < 0.45:
        lift = 0.35 if sum(colors[0]) < 1.5 else -0.35
        colors[1] = _rgb(np.array(colors[0]) + lift)
    return tuple(colors)


def _jitter(rng: np.random.Generator, color: Rgb) -> Rgb:
    return _rgb(np.array(color) * between(rng, (0.85, 1.15)) + rng.normal(0.0, 0.015, 3))


def _rgb(color: Sequence[float] | np.ndarray[tuple[int], np.dtype[np.float64]]) -> Rgb:
    r, g, b = (round(float(np.clip(c, 0.02, 0.98)), 4) for c in color)
    return r, g, b


def between(rng: np.random.Generator, bounds: tuple[float, float]) -> float:
    """A number between the bounds, evenly, in ten-thousandths."""
    return round(float(rng.uniform(*bounds)), 4)


def pick(rng: np.random.Generator, shares: Shares) -> str:
    """A name of a table, by its share."""
    weights = np.array(list(shares.values()), dtype=np.float64)
    return list(shares)[int(rng.choice(len(weights), p=weights / weights.sum()))]
