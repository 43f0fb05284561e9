"""Things that somebody who is warm fans air with: a folding fan, a sheet of paper."""

from __future__ import annotations

import numpy as np

from ..values import Array, Material, PropSpec, Skeleton
from .base import Builder, Forms, Solid, form, frame
from .shapes import Shape, box, join, moved, painted, turn
from .textures import plain, speckled
from .vessels import WHITE, color

OPENED_RAD: dict[str, float] = {"half": np.deg2rad(105.0), "wide": np.deg2rad(150.0)}
"""How far a folding fan is opened."""

SHEETS_M: dict[str, tuple[float, float]] = {"letter": (0.210, 0.297), "folded": (0.210, 0.148), "card": (0.16, 0.22)}
"""Width and height."""


def folding_fan(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Folding fan 0.21 m long, opened in the plane y = 0, its pivot at the origin, its leaf up (+z).

    `grip`: a palm on the far side (-y) of the closed end, fingers across to the left (+x), thumb up; `leaf`: middle of the leaf.
    """
    s = spec.size
    opened = OPENED_RAD[form(spec, "opening", OPENED_RAD)]
    ribs = 15
    angles = np.linspace(-0.5 * opened, 0.5 * opened, ribs)
    leaf = painted(_pleats(angles, 0.095 * s, 0.21 * s, 0.004 * s), 0)
    sticks = [
        painted(moved(box((0.009 * s, 0.0016 * s, 0.20 * s), (0.0, 0.0, 0.085 * s)), rotation=turn("y", float(angle))), 1)
        for angle in angles[::2]
    ]
    guards = [
        painted(moved(box((0.013 * s, 0.004 * s, 0.225 * s), (0.0, 0.0, 0.0975 * s)), rotation=turn("y", float(angle))), 1)
        for angle in angles[[0, -1]]
    ]
    materials = (
        Material("leaf", speckled(color(spec, 0, (0.75, 0.2, 0.2)), 0.08, spec.variant), 0.85),
        Material("sticks", plain(color(spec, 1, (0.55, 0.38, 0.2))), 0.5),
    )
    frames = {
        "grip": frame((0.0, -0.010 * s, 0.0), y=(float(np.cos(0.347)), 0.0, float(np.sin(0.347))), z=(0.0, 1.0, 0.0)),
        "leaf": frame((0.0, 0.0, 0.15 * s), y=(0.0, 0.0, 1.0), z=(0.0, 1.0, 0.0)),
    }
    return Solid(join([leaf, *sticks, *guards]), materials, frames)


def _pleats(angles: Array, inner_m: float, outer_m: float, fold_m: float) -> Shape:
    """A pleated band between two radii, seen from both sides, in the plane y = 0; angles from +z."""
    zigzag = np.where(np.arange(len(angles)) % 2 == 0, fold_m, -fold_m)
    rim = np.stack([np.sin(angles), 0.0 * angles, np.cos(angles)], -1)
    depth = np.stack([0.0 * angles, zigzag, 0.0 * angles], -1)
    points = np.concatenate([inner_m * rim + 0.5 * depth, outer_m * rim + depth])
    n = len(angles)
    k = np.arange(n - 1)
    front = np.concatenate([np.stack([k, n + k, n + k + 1], -1), np.stack([k, n + k + 1, k + 1], -1)])
    faces = np.concatenate([front, front[:, ::-1]])
    share = np.concatenate([np.linspace(0.0, 1.0, n)] * 2)
    uv = np.stack([share, np.repeat([0.0, 1.0], n)], -1)
    return Shape(points, faces, uv[faces], np.zeros(len(faces), dtype=int))


def sheet(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Sheet of paper or cardboard standing in the plane y = 0, its lower edge's middle at the origin.

    `grip`: a palm on the far side (-y) of its lower edge, fingers across to the left (+x), thumb up; `leaf`: its middle.
    """
    s = spec.size
    width, height = SHEETS_M[form(spec, "sheet", SHEETS_M)]
    width, height = width * s, height * s
    paper = painted(box((width, 0.0016 * s, height), (0.0, 0.0, 0.5 * height - 0.02 * s)), 0)
    print_ = [
        painted(box((0.7 * width, 0.0022 * s, 0.05 * height), (0.0, 0.0, up * height - 0.02 * s)), 1) for up in (0.82, 0.66, 0.5)
    ]
    (r, g, b), ink = color(spec, 0, WHITE), color(spec, 1, (0.3, 0.3, 0.35))
    materials = (
        Material("paper", plain((0.75 + 0.25 * r, 0.75 + 0.25 * g, 0.75 + 0.25 * b)), 0.9),
        Material("print", plain((0.5 * ink[0], 0.5 * ink[1], 0.5 * ink[2])), 0.9),
    )
    frames = {
        "grip": frame((0.0, -0.004 * s, 0.0), y=(float(np.cos(0.347)), 0.0, float(np.sin(0.347))), z=(0.0, 1.0, 0.0)),
        "leaf": frame((0.0, 0.0, 0.5 * height), y=(0.0, 0.0, 1.0), z=(0.0, 1.0, 0.0)),
    }
    return Solid(join([paper, *print_]), materials, frames)


KINDS: dict[str, Builder] = {"folding_fan": folding_fan, "sheet": sheet}
"""Kind -> builder; `size` is a factor on all lengths."""

FORMS: Forms = {"folding_fan": {"opening": tuple(OPENED_RAD)}, "sheet": {"sheet": tuple(SHEETS_M)}}
"""Kind -> part -> its forms."""
