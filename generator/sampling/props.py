"""Chooses the objects that an action asks for: which kind, how big, what colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from ..body.clothes.patterns import is_of
from ..props.table import PROP_FORMS, forms_of
from ..values import LookSpec, PropSpec, Rgb


class Use(Protocol):
    """What an action says of an object (`actions.action.PropUse`): its name there, the kinds that do, sizes from-to."""

    @property
    def name(self) -> str:
        """How the choreography calls it."""
        ...

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of `props.table.PROP_KINDS` that serve."""
        ...

    @property
    def garment(self) -> str:
        """The layer of clothes whose colours it has, or ""."""
        ...

    @property
    def size(self) -> tuple[float, float]:
        """Smallest and largest size."""
        ...


@dataclass(frozen=True)
class Ranges:
    """Colours and variants of props: sRGB base colours that are shifted by up to `shift` per channel.

    Forms (`props.table.forms_of`) go with the variant: with fewer variants than a part has forms, the last ones never come.
    """

    palette: tuple[Rgb, ...] = (
        (0.82, 0.13, 0.13), (0.13, 0.33, 0.70), (0.10, 0.48, 0.30), (0.93, 0.72, 0.14), (0.88, 0.42, 0.12),
        (0.93, 0.92, 0.88), (0.12, 0.12, 0.14), (0.45, 0.46, 0.48), (0.45, 0.28, 0.16), (0.66, 0.50, 0.33),
        (0.46, 0.20, 0.50), (0.20, 0.58, 0.62), (0.86, 0.55, 0.60), (0.25, 0.22, 0.35),
    )  # fmt: skip
    natural: tuple[Rgb, ...] = (
        (0.55, 0.38, 0.23), (0.72, 0.56, 0.38), (0.36, 0.24, 0.16), (0.62, 0.47, 0.31), (0.78, 0.74, 0.68),
        (0.25, 0.24, 0.24),
    )  # fmt: skip
    natural_share: float = 0.6
    shift: float = 0.08
    n_variants: int = 12


NATURAL_KINDS = (
    "box", "bag", "crate", "chair", "stool", "bench", "bed", "desk", "table", "cabinet", "board", "door_leaf", "heavy", "spatula",
)  # fmt: skip
"""Kinds whose first colour is mostly that of wood, card or leather."""


def draw(rng: np.random.Generator, uses: Sequence[Use], ranges: Ranges | None = None) -> tuple[PropSpec, ...]:
    """One PropSpec per use. Every use takes the same number of draws, whatever it asks for."""
    ranges = ranges or Ranges()
    return tuple(_draw_one(rng, use, ranges) for use in uses)


def matched(props: tuple[PropSpec, ...], uses: Sequence[Use], look: LookSpec) -> tuple[PropSpec, ...]:
    """The props, those that are somebody's own clothes in the colours of what they wear."""
    out = []
    for prop, use in zip(props, uses, strict=True):
        fabric = next((garment.fabric for garment in look.garments if is_of(garment, (use.garment,))), None)
        if fabric is not None:
            known = PROP_FORMS.get(prop.kind, {})
            forms = {part: fabric.kind if fabric.kind in known[part] else form for part, form in prop.forms.items()}
            prop = replace(prop, colors=(fabric.colors * 3)[:3], forms=forms)
        out.append(prop)
    return tuple(out)


def _draw_one(rng: np.random.Generator, use: Use, ranges: Ranges) -> PropSpec:
    kind = use.kinds[int(rng.integers(len(use.kinds)))]
    low, high = use.size
    size = float(low + (high - low) * rng.random())
    picks = rng.choice(len(ranges.palette), size=3, replace=False)
    shifts = rng.uniform(-ranges.shift, ranges.shift, size=(3, 3))
    base = np.array(ranges.palette)[picks]
    plain = np.array(ranges.natural)[int(rng.integers(len(ranges.natural)))]
    if rng.random() < ranges.natural_share and kind in NATURAL_KINDS:
        base[0] = plain
    colors = np.clip(base + shifts, 0.02, 0.97).round(4)
    variant = int(rng.integers(ranges.n_variants))
    return PropSpec(
        name=use.name,
        kind=kind,
        size=round(size, 4),
        colors=tuple((float(r), float(g), float(b)) for r, g, b in colors),
        variant=variant,
        forms=forms_of(kind, variant),
    )
