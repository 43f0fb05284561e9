"""Whether clips can be drawn from a recipe: names that exist, shares that are shares, ranges that go up."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from ...assets_manifest.assets import MHCLO_PREFIX, USER_PREFIX
from ...assets_manifest.tables import table
from ..actions import doings
from ..base.errors import UserError, nearest
from ..motion.styles import STYLES
from ..sampling import backdrop, camera, look

_LEAST: dict[str, float] = {
    "identities": 1,
    "n_variants": 1,
    "betas": 1,
    "focal_mm": 1.0,
    "tempo": 0.1,
    "fill": 0.05,
    "descent": 0.01,
}
"""Field -> the smallest value that it may have, where that is neither 0 nor none at all."""

_MOST: dict[str, float] = {
    "identities": 1e9,
    "most": 8,
    "share": 1.0,
    "n_variants": 1e9,
    "betas": 1000,
    "max_things": 100,
    "max_furniture": 100,
    "focal_mm": 2000.0,
    "tempo": 10.0,
    "amplitude": 10.0,
    "lamp_power_w": 1e6,
    "sun_strength": 1e6,
    "bend": 0.055,
    "warmth_ev": 2.0,
    "saturation": 4.0,
    "sharpening": 4.0,
    "crf": 51,
    "hour": 24.0,
}
"""Field -> the largest value, where that is not its unit's."""

_MOST_OF_UNIT: dict[str, float] = {"_rad": 100.0, "_ev": 20.0, "_s": 60.0, "_m": 1000.0, "_px": 8.0, "_years": 150.0}
"""End of a name -> the largest value; 100 where nothing is said. What is drawn between such bounds fits a spec's (`values`)."""

MOST_SHARE = 1e6
"""Of a relative share."""

_PARTS = (
    "melanin", "redness", "weight", "muscle", "height", "proportions", "vignetting", "glare", "shot_noise", "read_noise",
    "metering", "grey", "haze",
)  # fmt: skip
"""Fields other than shares that lie between 0 and 1."""

_SIGNED = ("_rad", "_ev", "_shift")
"""Ends of the names of what may be below 0."""

_COLOURS = {"palette": 3, "natural": 1}
"""Lists of colours, and how many are drawn from each at once."""


def check(recipe: Any, where: str) -> None:
    """Raise UserError, naming the entry, for a recipe (or its part at `where`) from which nothing could be drawn."""
    for entry in fields(recipe):
        value = getattr(recipe, entry.name)
        if is_dataclass(value):
            check(value, f"{where} [{entry.name}]")
        else:
            for fault in _faults(entry.name, value):
                raise UserError(f"{where}: {entry.name} {fault}")
    if hasattr(recipe, "train_share") and recipe.train_share + recipe.val_share > 1.0 + 1e-9:
        raise UserError(f"{where}: train_share and val_share are {recipe.train_share + recipe.val_share:g} together: at most 1")


def _faults(name: str, value: Any) -> Iterator[str]:
    if isinstance(value, str):
        return
    if isinstance(value, Mapping):
        yield from _bad_shares(name, value)
    elif name in _COLOURS:
        if len(value) < _COLOURS[name]:
            yield f"has {len(value)} colours: name at least {_COLOURS[name]}"
        if any(not 0.0 <= channel <= 1.0 for colour in value for channel in colour):
            yield "holds a colour with a channel outside 0 to 1"
    elif name == "style_weights":
        if len(value) != len(STYLES):
            yield f"has {len(value)} shares: give one for each of {', '.join(STYLES)}"
        yield from _bad_weights(value)
    else:
        yield from _bad_numbers(name, value if isinstance(value, tuple) else (value,))


def _bad_shares(name: str, shares: Mapping[str, float]) -> Iterator[str]:
    """A table of relative shares by name. Outfits may be none: then everybody wears single pieces."""
    known = _names(name)
    for key in shares:
        if key not in known and not key.startswith(_OWN.get(name, ())):
            yield f"has an unknown entry '{key}': {nearest(key, known) if known else f'give names like {MHCLO_PREFIX}NAME'}"
    if not shares and known:
        yield f"is empty: name at least one of {', '.join(sorted(known))}"
    if shares:
        yield from _bad_weights(shares.values())


def _bad_weights(weights: Iterable[float]) -> Iterator[str]:
    given = list(weights)
    if any(not 0.0 <= weight <= MOST_SHARE for weight in given) or not sum(given) > 0.0:
        yield f"has the shares {', '.join(f'{weight:g}' for weight in given)}: choose from 0 to {MOST_SHARE:,.0f}, one above 0"


def _bad_numbers(name: str, numbers: tuple[float, ...]) -> Iterator[str]:
    said = " to ".join(f"{number:g}" for number in numbers)
    least, most = bounds(name)
    if not all(math.isfinite(number) for number in numbers):
        yield f"is {said}: give finite numbers"
    elif not all(least <= number <= most for number in numbers):
        yield f"is {said}: choose from {least:,.10g} to {most:,.10g}"
    elif len(numbers) == 2 and not name.endswith("_share") and numbers[0] > numbers[1]:
        yield f"is {said}: the smaller number comes first"


def bounds(name: str) -> tuple[float, float]:
    """The smallest and the largest number that an entry of this name may hold."""
    least = _LEAST.get(name, -math.inf if name.endswith(_SIGNED) and not name.endswith("sd_rad") else 0.0)
    most = 1.0 if name.endswith("_share") or name in _PARTS else _most(name)
    return max(least, -most), most


def choices(name: str) -> str:
    """What an entry may hold, in words: "18 to 80", or the names of a table of shares."""
    if name in (
        "tops",
        "bottoms",
        "outers",
        "shoes",
        "short_hair",
        "long_hair",
        "prints",
        "hdris",
        "movements",
        "kinds",
        "actions",
    ):
        own = [f"{prefix}NAME" for prefix in _OWN.get(name, ())]
        return f"shares 0 to {MOST_SHARE:,.0f} of {', '.join((*sorted(_names(name)), *own))}"
    if name in _OWN:
        return f"shares of {_OWN[name][0]}NAME"
    if name in _COLOURS:
        return f"{_COLOURS[name]} or more of [red, green, blue], each 0 to 1"
    if name == "style_weights":
        return f"{len(STYLES)} shares, 0 to {MOST_SHARE:,.0f}"
    least, most = bounds(name)
    return f"{least:,.10g} to {most:,.10g}"


def _most(name: str) -> float:
    return _MOST.get(name, next((most for end, most in _MOST_OF_UNIT.items() if name.endswith(end)), 100.0))


_OWN: dict[str, tuple[str, ...]] = {
    "hdris": (USER_PREFIX,),
    **dict.fromkeys(("shoes", "short_hair", "long_hair", "female_outfits", "male_outfits"), (MHCLO_PREFIX,)),
}
"""Table of a recipe -> how the names of assets of the user's own begin that it takes, too."""


def _names(name: str) -> set[str]:
    """The names that a table of a recipe may have."""
    if name == "hdris":
        return set(table("hdris"))
    if name == "movements":
        return set(camera.PARAMS)
    if name == "kinds":
        return set(backdrop.DRAWERS)
    if name == "actions":
        return set(doings())
    if name == "prints":
        return set(look.SCALE_M)
    default = look.Ranges()
    if name.endswith("_hair"):
        return set(default.short_hair) | set(default.long_hair) | {"afro", "receding"}
    return set(getattr(default, name))
