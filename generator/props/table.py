"""The objects that actions need: the table of kinds, and the building of those that a clip asks for."""

from __future__ import annotations

from ..base.errors import UserError, nearest
from ..values import PropSpec, Skeleton
from . import (
    assembly,
    bars,
    borne,
    brooms,
    cleaning,
    clothing,
    clubs,
    desktop,
    doors,
    fans,
    floor_marks,
    food,
    furniture,
    gadgets,
    guns,
    gym,
    handhelds,
    instruments,
    kitchen,
    laundry,
    mobility,
    percussion,
    pocket_things,
    pool,
    remedies,
    soft,
    sports_gear,
    sports_machines,
    tables,
    toiletries,
    vehicles,
    vessels,
    wearables,
    workshop,
)
from .base import Builder, Forms, Prop, mirrored, prop_mesh, seat_height_m

__all__ = ["PROP_FORMS", "PROP_KINDS", "Prop", "build_prop", "build_props", "forms_of", "mirrored", "seat_height_m"]

_SHELVES = (
    vessels,
    handhelds,
    furniture,
    borne,
    clubs,
    vehicles,
    gym,
    bars,
    fans,
    floor_marks,
    food,
    gadgets,
    guns,
    toiletries,
    cleaning,
    desktop,
    doors,
    kitchen,
    tables,
    laundry,
    wearables,
    clothing,
    sports_gear,
    sports_machines,
    brooms,
    remedies,
    soft,
    pool,
    assembly,
    workshop,
    instruments,
    mobility,
    percussion,
    pocket_things,
)
"""Modules of builders; each has its KINDS and FORMS."""

PROP_KINDS: dict[str, Builder] = {kind: builder for shelf in _SHELVES for kind, builder in shelf.KINDS.items()}
"""Kind -> builder."""

PROP_FORMS: Forms = {kind: parts for shelf in _SHELVES for kind, parts in shelf.FORMS.items()}
"""Kind -> part -> names of the forms that the part comes in; what comes in one form only isn't listed."""


ABSENT = "none"
"""Kind of a prop that a performance goes without: an action whose object is optional lists it among the kinds."""


def forms_of(kind: str, number: int) -> dict[str, str]:
    """A form for every part of a kind that comes in several: the `number`th of each, counted round."""
    return {part: names[number % len(names)] for part, names in PROP_FORMS.get(kind, {}).items()}


def build_props(specs: tuple[PropSpec, ...], skeleton: Skeleton) -> dict[str, Prop]:
    """Name -> Prop; seats are as high as the sitter's shins. UserError for a bad kind, size or form."""
    return {spec.name: build_prop(spec, skeleton) for spec in specs if spec.kind != ABSENT}


def build_prop(spec: PropSpec, skeleton: Skeleton) -> Prop:
    """One prop; `spec.size` is a factor (1 = typical), for balls the diameter in metres. UserError as `build_props`."""
    if spec.kind not in PROP_KINDS:
        raise UserError(f"unknown prop kind '{spec.kind}': {nearest(spec.kind, PROP_KINDS)}")
    if not 0.02 <= spec.size <= 4.0:
        raise UserError(f"prop '{spec.name}' has size {spec.size}; use a size between 0.02 and 4")
    solid = PROP_KINDS[spec.kind](spec, skeleton)
    return Prop(prop_mesh(spec.name, solid), solid.frames, solid.bending)
