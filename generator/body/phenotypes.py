"""From a person's description to blend-shape coefficients, as the anny body defines them.

Each blend shape belongs to a combination of variations ("female, old, average muscle, ..."); its coefficient is
the product of how much of each of these a person has (anny 0.6.2, `models/phenotype.py`, Apache-2.0).
"""

from __future__ import annotations

import numpy as np

from ..base.errors import UserError, nearest
from ..values import Array, BodySpec

VARIATIONS: dict[str, tuple[str, ...]] = {
    "race": ("african", "asian", "caucasian"),
    "gender": ("male", "female"),
    "age": ("newborn", "baby", "child", "young", "old"),
    "muscle": ("minmuscle", "averagemuscle", "maxmuscle"),
    "weight": ("minweight", "averageweight", "maxweight"),
    "height": ("minheight", "maxheight"),
    "proportions": ("idealproportions", "uncommonproportions"),
    "cupsize": ("mincup", "averagecup", "maxcup"),
    "firmness": ("minfirmness", "averagefirmness", "maxfirmness"),
}
"""Axis -> its variations, evenly spread over the axis; in anny's order, which blend-shape masks follow."""

SHAPE_PARAMETERS = ("muscle", "weight", "height", "proportions", *VARIATIONS["race"])
"""What `BodySpec.shape` may hold for the anny body, each in [0, 1]; 0.5 where it says nothing."""

YOUNGEST_YEARS = 18.0
"""Only adults are made: the blend shapes of children are not even baked."""

_AGE_SCALE = ((18.0, 64.0, 110.0), (0.77, 0.83, 1.0))
"""Years -> anny's age parameter for adults (anny's `shape_calibration`, morphological age mapping)."""

_AXIS_START = {"age": -1.0 / 3.0}


def anny_age(age_years: float) -> float:
    """Anny's age parameter of an adult: 0.77 at 18 years, 0.83 at 64, 1 at 110."""
    return float(np.interp(age_years, *_AGE_SCALE))


def variation_weights(gender: float, age: float, shape: dict[str, float]) -> Array:
    """How much of each of the 26 variations a person has, (26,) float64.

    gender 0 male to 1 female; age on anny's scale. On each axis the two nearest variations share a weight of 1.
    """
    values = {"gender": gender, "age": age, **shape}
    races = np.array([values.get(name, 0.5) for name in VARIATIONS["race"]])
    total = races.sum()
    parts = [races / total if total > 0 else np.full(3, 1.0 / 3.0)]
    for axis, names in VARIATIONS.items():
        if axis == "race":
            continue
        anchors = np.linspace(_AXIS_START.get(axis, 0.0), 1.0, len(names))
        parts.append([np.interp(values.get(axis, 0.5), anchors, row) for row in np.eye(len(names))])
    return np.concatenate(parts)


def coefficients(weights: Array, masks: Array) -> Array:
    """Blend-shape coefficients (K,): each row of `masks` (K, 26) names the variations it multiplies."""
    return np.where(masks, weights[None, :], 1.0).prod(axis=1)


def checked_shape(spec: BodySpec) -> dict[str, float]:
    """A spec's shape parameters. Raises `UserError` for unknown names, values outside [0, 1] and minors."""
    if not spec.age_years >= YOUNGEST_YEARS:
        raise UserError(
            f"a body of age {spec.age_years:g} years was asked for; the anny body is made for adults: "
            f"set age_years to {YOUNGEST_YEARS:g} or more"
        )
    for name, value in spec.shape.items():
        if name not in SHAPE_PARAMETERS:
            raise UserError(f"unknown shape parameter '{name}' of body anny: {nearest(name, SHAPE_PARAMETERS)}")
        if not 0.0 <= value <= 1.0:
            raise UserError(f"shape parameter '{name}' of body anny is {value!r}; give a number from 0 to 1")
    return dict(spec.shape)
