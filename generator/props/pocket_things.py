"""What people have in their pockets: a handkerchief, a coin."""

from __future__ import annotations

import numpy as np

from ..base.exact import arctan2
from ..values import Material, PropSpec, Skeleton
from .base import Builder, Forms, Solid, frame
from .shapes import lathe, moved, painted, turn
from .textures import plain
from .vessels import color


def handkerchief(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A crumpled handkerchief in the fist, hanging a little below it; long axis z, the origin in the palm.

    `grip`: palm at -x, thumb up; `top`: what goes to the nose.
    """
    s = spec.size
    profile = [
        (0.0, -0.085),
        (0.045, -0.075),
        (0.028, -0.045),
        (0.016, -0.01),
        (0.022, 0.02),
        (0.036, 0.045),
        (0.030, 0.065),
        (0.0, 0.072),
    ]
    shape = lathe([(r * s, z * s) for r, z in profile], 16)
    ripple = 1.0 + 0.16 * np.cos(4.0 * arctan2(shape.vertices[:, 1], shape.vertices[:, 0])) * np.clip(
        np.abs(shape.vertices[:, 2]) / 0.05, 0.0, 1.0
    )
    vertices = shape.vertices * np.stack([ripple, ripple, np.ones_like(ripple)], -1)
    shape = painted(moved(type(shape)(vertices, shape.faces, shape.uv, shape.material)), 0)
    r, g, b = (0.75 + 0.25 * share for share in color(spec, 0, (0.9, 0.9, 0.9)))
    frames = {
        "grip": frame((-0.0178 * s, 0.0, 0.0), y=(0.0, -1.0, 0.0), z=(1.0, 0.0, 0.0)),
        "top": frame((0.0, 0.0, 0.07 * s), y=(0.0, -1.0, 0.0), z=(0.0, 0.0, 1.0)),
    }
    return Solid(shape, (Material("cotton", plain((r, g, b)), 0.95),), frames)


def coin(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A large coin, flat in the plane x y; the origin is its middle. `grip`: a palm below it, fingers ahead (-y); `face`:
    z up."""
    s = spec.size
    disc = lathe([(0.0, -0.0022), (0.016, -0.0022), (0.0165, 0.0), (0.016, 0.0022), (0.0, 0.0022)], 20)
    disc = moved(type(disc)(disc.vertices * s, disc.faces, disc.uv, disc.material), rotation=turn("z", np.pi / 20))
    frames = {
        "grip": frame((0.0, 0.0, -0.0022 * s), y=(0.0, -1.0, 0.0), z=(0.0, 0.0, 1.0)),
        "face": frame((0.0, 0.0, 0.0022 * s), y=(0.0, -1.0, 0.0), z=(0.0, 0.0, 1.0)),
    }
    return Solid(painted(disc, 0), (Material("brass", plain((0.85, 0.68, 0.28)), 0.2),), frames)


KINDS: dict[str, Builder] = {"handkerchief": handkerchief, "coin": coin}

FORMS: Forms = {}
