"""Marks on the floor that somebody walks along or stands on."""

from __future__ import annotations

from ..values import Material, PropSpec, Skeleton
from .base import Builder, Forms, Solid, form, frame
from .shapes import box, metric_uv, painted
from .textures import plain, speckled
from .vessels import color

WIDTHS_M: dict[str, float] = {"tape": 0.05, "stripe": 0.10}
"""Width of a strip of tape, and of a painted stripe."""

THICK_M = 0.002


def floor_line(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A straight line 3.2 m long on the floor along y, its middle at the origin; `top` there, y towards -y, z up."""
    width = WIDTHS_M[form(spec, "strip", WIDTHS_M)]
    line = painted(metric_uv(box((width, 3.2 * spec.size, THICK_M), (0.0, 0.0, 0.5 * THICK_M)), 0.5), 0)
    chosen = color(spec, 0, (0.85, 0.75, 0.2))
    albedo = speckled(chosen, 0.05, spec.variant) if width > 0.06 else plain(chosen)
    return Solid(line, (Material("line", albedo, 0.7),), {"top": frame((0.0, 0.0, THICK_M), y=(0, -1, 0), z=(0, 0, 1))})


KINDS: dict[str, Builder] = {"floor_line": floor_line}
"""Kind -> builder; `size` is a factor on the length."""

FORMS: Forms = {"floor_line": {"strip": tuple(WIDTHS_M)}}
"""Kind -> part -> its forms."""
