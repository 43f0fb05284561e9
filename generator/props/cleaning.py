"""What cleans: a cloth, a vacuum cleaner, a bucket."""

from __future__ import annotations

import numpy as np

from ..values import Material, PropSpec, Skeleton
from .base import Builder, Forms, Solid, form, frame
from .fitted import place, shoulder_height_m
from .kitchen import bar_grip
from .shapes import join, lathe, moved, painted, soft_box, tube, turn
from .textures import plain, speckled
from .vessels import color

CLOTHS = ("folded", "wide", "sponge")
VACUUMS = ("stick", "upright")

PIPE_RAD = np.deg2rad(56.0)
"""A vacuum cleaner's pipe leans this far from the floor when its nozzle lies flat."""

CLOTH_SIZES_M = {"folded": (0.16, 0.13, 0.014), "wide": (0.22, 0.17, 0.008), "sponge": (0.075, 0.115, 0.03)}
"""Width, depth and thickness."""


def cloth(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A folded cloth, a wider one or a sponge, flat; `grip`: a palm on it, fingers ahead (-y); `under`: what wipes."""
    s = spec.size
    w, d, t = CLOTH_SIZES_M[form(spec, "shape", CLOTHS)]
    body = painted(soft_box((w * s, d * s, t), 0.48 * t, (0.0, 0.0, t / 2)), 0)
    material = Material("cloth", speckled(color(spec, 0, (0.8, 0.75, 0.3)), 0.08, spec.variant), 0.95)
    frames = {
        "grip": frame((0.0, 0.0, t), y=(0, -1, 0), z=(0, 0, -1)),
        "under": place(0.0, 0.0, 0.0),
    }
    return Solid(body, (material,), frames)


def vacuum(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Vacuum cleaner without a hose, as it is used: the nozzle flat on z = 0 with its middle in the origin, the pipe up and back
    (+y), as long as its user needs to stand upright. A stick with its motor at the handle, or an upright with its hull low down.

    `grip`: beside the level handle, thumb ahead; `second`: beside the pipe lower down; `nozzle`.
    """
    stick = form(spec, "shape", VACUUMS) == "stick"
    slope = np.array([0.0, np.cos(PIPE_RAD), np.sin(PIPE_RAD)])
    foot = np.array([0.0, 0.045, 0.05])
    bend = foot + slope * (0.66 * shoulder_height_m(skeleton) - foot[2]) / slope[2]
    tip = bend + np.array([0.0, 0.17, 0.03])
    line = np.stack([foot, 0.5 * (foot + bend), bend - 0.02 * slope, bend + np.array([0.0, 0.02, 0.004]), tip])
    pipe = tube(line, (0.017, 0.017, 0.018, 0.019, 0.019), 10)
    lean = turn("x", PIPE_RAD - np.pi / 2)
    if stick:
        motor = soft_box((0.095, 0.10, 0.17), 0.04, (0.0, -0.055, -0.10), steps=3)
        tank = lathe([(0.0, -0.33), (0.045, -0.33), (0.05, -0.31), (0.05, -0.2), (0.0, -0.2)], 18)
        hull = moved(join([motor, moved(tank, (0.0, -0.045, 0.0))]), bend, lean)
    else:
        bag = soft_box((0.20, 0.13, 0.36), 0.06, (0.0, -0.06, 0.30), steps=3)
        hull = moved(bag, foot, lean)
    nozzle = soft_box((0.27 * spec.size, 0.10, 0.045), 0.015, (0.0, 0.0, 0.0225))
    joint = tube([(0.0, 0.0, 0.03), (0.0, 0.025, 0.045), (0.0, 0.06, 0.07)], 0.024, 10)
    materials = (
        Material("pipe", plain((0.7, 0.71, 0.73)), 0.25, 0.7),
        Material("hull", plain(color(spec, 0, (0.7, 0.1, 0.1))), 0.3),
        Material("dark", plain((0.12, 0.12, 0.13)), 0.5),
    )
    held, lower = bend + np.array([0.0, 0.09, 0.016]), foot + (0.55 if stick else 0.8) * (bend - foot)
    frames = {
        "grip": bar_grip(0.019, float(held[1]), float(held[2])),
        "second": bar_grip(0.017, float(lower[1]), float(lower[2])),
        "nozzle": frame((0.0, 0.0, 0.0), y=(0, 1, 0), z=(0, 0, 1)),
    }
    shape = join([painted(pipe, 0), painted(hull, 1), painted(nozzle, 1), painted(joint, 2)])
    return Solid(shape, materials, frames)


def bucket(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Bucket 0.28 m high times `size` with water in it and its bail up."""
    s = spec.size
    profile = [(0.0, 0.0), (0.105, 0.0), (0.14, 0.27), (0.147, 0.28), (0.138, 0.28), (0.12, 0.16), (0.0, 0.16)]
    body = painted(lathe([(r * s, z * s) for r, z in profile], 24), 0)
    water = painted(lathe([(0.122 * s, 0.165 * s), (0.0, 0.165 * s)], 24), 1)
    angles = np.linspace(0.0, np.pi, 9)
    bail = painted(tube(np.stack([0.14 * np.cos(angles), 0.0 * angles, 0.27 + 0.15 * np.sin(angles)], -1) * s, 0.004, 6), 2)
    materials = (
        Material("bucket", plain(color(spec, 0, (0.15, 0.35, 0.7))), 0.4),
        Material("water", plain((0.7, 0.8, 0.85)), 0.1),
        Material("wire", plain((0.6, 0.6, 0.62)), 0.4),
    )
    return Solid(join([body, water, bail]), materials, {"top": place(0.0, 0.0, 0.28 * s)})


KINDS: dict[str, Builder] = {"cloth": cloth, "vacuum": vacuum, "bucket": bucket}
"""Kind -> builder; `size` is a factor on all lengths, of the vacuum cleaner on the width of its nozzle."""

FORMS: Forms = {"cloth": {"shape": CLOTHS}, "vacuum": {"shape": VACUUMS}}
"""Kind -> part -> its forms."""
