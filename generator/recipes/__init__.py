"""Recipes: what is varied and how far. A recipe is a TOML file beside this one that says where it departs from the defaults."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import msgspec

from ..errors import UserError, check_fields, nearest
from ..sampling import backdrop, body, camera, light, look, motion, props

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Recipe:
    """Ranges of every factor, the number of people in each split's pool, and the shares of the splits."""

    name: str
    about: str = ""
    identities: int = 2000
    train_share: float = 0.8
    val_share: float = 0.1
    motion: motion.Ranges = field(default_factory=motion.Ranges)
    props: props.Ranges = field(default_factory=props.Ranges)
    body: body.Ranges = field(default_factory=body.Ranges)
    look: look.Ranges = field(default_factory=look.Ranges)
    camera: camera.Ranges = field(default_factory=camera.Ranges)
    light: light.Ranges = field(default_factory=light.Ranges)
    backdrop: backdrop.Ranges = field(default_factory=backdrop.Ranges)


def names() -> list[str]:
    """Recipes that come with the package."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


@cache
def load_recipe(name: str) -> Recipe:
    """The recipe of this name, or of a path ending in .toml. UserError for an unknown name, field or a bad value."""
    from .check import check

    path = Path(name) if name.endswith(".toml") else FOLDER / f"{name}.toml"
    if not path.is_file():
        if path.parent != FOLDER:
            raise UserError(f"there is no recipe {path}: give the path of a .toml file, or one of {', '.join(names())}")
        raise UserError(f"unknown recipe '{name}': {nearest(name, names())} (or give the path of a .toml file)")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"recipe {path} is not valid TOML: {error}") from error
    check_fields(table, Recipe, f"recipe {path}")
    try:
        recipe = msgspec.convert({"name": path.stem, **table}, Recipe)
    except msgspec.ValidationError as error:
        raise UserError(f"recipe {path}: {error}") from error
    check(recipe, f"recipe {path}")
    return recipe
