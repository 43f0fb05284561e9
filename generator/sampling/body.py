"""Chooses whose body performs: sex, age, and the proportions that go with them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from ..body.phenotypes import VARIATIONS, anny_age
from ..body.prepared import read_prepared
from ..recordings.classes import Build
from ..values import Array, BodySpec

_PARAMETERS = ("height", "weight", "muscle", "proportions")


@dataclass(frozen=True)
class Ranges:
    """Who may appear. Shares are probabilities, ages years, limits bounds of anny's parameters in [0, 1].

    The heights of anny's calibration scatter more than people do (with mixed descent 9 cm instead of 7) and its
    men come out 3 cm too tall, so draws are pulled to their mean by `height_spread` and men are shifted.
    `descent` is the Dirichlet concentration of anny's three facial descents; below 1 means mostly one.
    """

    female_share: float = 0.5
    age_years: tuple[float, float] = (18.0, 80.0)
    height_spread: float = 0.75
    male_height_shift: float = -0.025
    weight: tuple[float, float] = (0.08, 0.95)
    muscle: tuple[float, float] = (0.05, 0.95)
    height: tuple[float, float] = (0.1, 0.7)
    proportions: tuple[float, float] = (0.1, 0.9)
    descent: float = 0.8
    betas: int = 10
    beta_limit: float = 2.5


def draw(rng: np.random.Generator, ranges: Ranges, model: str, identity: str) -> BodySpec:
    """One person for `model`; the same draws of sex and age whichever model it is.

    Raises `errors.UserError` where anny's body, and with it the calibrated distribution, is not prepared.
    """
    female = bool(rng.random() < ranges.female_share)
    low, high = ranges.age_years
    age = round(float(low + (high - low) * rng.random()), 1)
    shape = _betas(rng, ranges) if model == "smplx" else _phenotypes(rng, ranges, female, age)
    return BodySpec(model, identity, "female" if female else "male", age, shape)


def built(drawn: BodySpec, build: Build) -> BodySpec:
    """Somebody as drawn, with the body that was recorded: its sex where the file says it, and its shape (SMPL-X's)."""
    sex = drawn.sex if build.gender == "neutral" else build.gender
    return replace(drawn, sex=sex, shape={f"beta{k}": round(float(value), 4) for k, value in enumerate(build.betas)})


def _betas(rng: np.random.Generator, ranges: Ranges) -> dict[str, float]:
    """SMPL-X shape coefficients: standard normal, as the model was learnt, without the far tails."""
    values = np.clip(rng.standard_normal(ranges.betas), -ranges.beta_limit, ranges.beta_limit)
    return {f"beta{k}": round(float(value), 4) for k, value in enumerate(values)}


def _phenotypes(rng: np.random.Generator, ranges: Ranges, female: bool, age_years: float) -> dict[str, float]:
    """Anny's parameters from its calibrated Beta distributions for this sex and age, and mixed descent."""
    sex = "female" if female else "male"
    shape = {}
    for name in _PARAMETERS:
        anchors, alpha, beta = _distribution()[f"shape_{sex}_{name}"]
        age = anny_age(age_years)
        a, b = float(np.interp(age, anchors, alpha)), float(np.interp(age, anchors, beta))
        value = float(rng.beta(a, b))
        if name == "height":
            mean = a / (a + b)
            value = mean + ranges.height_spread * (value - mean) + (0.0 if female else ranges.male_height_shift)
        shape[name] = round(float(np.clip(value, *getattr(ranges, name))), 4)
    descents = rng.dirichlet([ranges.descent] * len(VARIATIONS["race"]))
    return shape | {name: round(float(part), 4) for name, part in zip(VARIATIONS["race"], descents, strict=True)}


@lru_cache(maxsize=1)
def _distribution() -> dict[str, Array]:
    """Arrays (3, n) of age anchors (anny's scale), alpha and beta, by sex and parameter."""
    return read_prepared("shape_")
