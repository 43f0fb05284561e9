"""What makes windows and lamps of furnished rooms: the view outside with houses and trees at their own distances, curtains, the
colour of lamplight."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..props.shapes import Shape, join, metric_uv, tube
from ..values import BackdropSpec, Mesh, Rgb
from .places.land import hills, terrain, wood
from .places.park import facing_houses, grove
from .places.plot import plot_of, put_together
from .scenery import number
from .view import View

DAY_GLOW = 0.7
"""Radiance of a white thing outside, seen from a room: less than 1 as half of it is in shade."""

REFERENCE_K = 4200.0
"""Lamplight of this colour temperature is what a camera's white balance takes for white: half of the way is adapted to."""


def outlook(spec: BackdropSpec, view: View, half_m: float, sky_ev: float) -> list[Mesh]:
    """Meshes of the land outside a room, whose walls lie within `half_m` of its middle, seen from a floor `storey_m` above it.

    It shines as daylight does (`sky_ev` stops off): indoors, drafts know the light of the room only.
    """
    if not any(number(spec, f"wall{wall}_windows", 0.0) for wall in range(4)):
        return []
    glow = DAY_GLOW * 2.0**sky_ev
    spec = replace(spec, surfaces={name: replace(own, glow=glow) for name, own in spec.surfaces.items()})
    plot = plot_of(spec, view)
    down = -number(spec, "storey_m")
    clear = half_m + 3.0
    pieces = [*facing_houses(plot, clear + 9.0, 7), *grove(plot, "garden", 7, (clear, clear + 16.0))]
    pieces += [*wood(plot, "wood", "leaves~0.2", clear + 34.0, 6.0, 12.0), *hills(plot, "hills", "hill~0.5", 170.0, 40.0)]
    made = put_together(plot, terrain(plot, "grass", 0.4), pieces)
    lowered = np.eye(3, 4, dtype=np.float32)[None, None].copy()
    lowered[..., 2, 3] = down
    return [Mesh(**{**mesh.__dict__, "name": f"outside {mesh.name}", "transforms": lowered}) for mesh in made.meshes]


def curtains(left: float, right: float, sill: float, lintel: float) -> Shape:
    """Two drawn-back curtains in folds before a window in a wall that faces -y, on a rod."""
    low, high = max(sill - 0.35, 0.05), lintel + 0.12
    parts = [
        tube(
            [(left - 0.3, -0.1, high + 0.03), (0.5 * (left + right), -0.1, high + 0.03), (right + 0.3, -0.1, high + 0.03)],
            0.014,
            6,
        )
    ]
    width = 0.24 * (right - left) + 0.18
    for start in (left - 0.22, right + 0.22 - width):
        x = np.linspace(start, start + width, 17)
        y = -0.1 + 0.035 * np.sin(2 * np.pi * (x - start) / width * 4.5)
        points = np.concatenate([np.stack([x, y, np.full_like(x, z)], -1) for z in (low, high)])
        k = np.arange(16)
        faces = np.concatenate([np.stack([k, k + 1, k + 18], -1), np.stack([k, k + 18, k + 17], -1)])
        parts.append(Shape(points, faces, np.zeros((len(faces), 3, 2)), np.zeros(len(faces), dtype=int)))
    return metric_uv(join(parts))


def lamp_color(kelvin: float) -> Rgb:
    """sRGB colour of a black body's light (Planck at three wavelengths), half adapted to."""
    waves = np.array([0.610, 0.549, 0.468])
    light, white = (waves**-5.0 / np.expm1(14388.0 / (waves * t)) for t in (kelvin, REFERENCE_K))
    linear = (light / white / (light / white)[1]) ** 0.45
    r, g, b = np.clip(linear / linear.max(), 0.0, 1.0) ** (1 / 2.2)
    return float(r), float(g), float(b)
