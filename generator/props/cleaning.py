"""What cleans: a cloth, a vacuum cleaner and its pipe."""

from __future__ import annotations

import numpy as np

from ..values import Material, PropSpec, Skeleton
from .base import Builder, Forms, Solid, form, frame
from .fitted import place, shoulder_height_m
from .kitchen import bar_grip
from .shapes import join, lathe, moved, painted, soft_box, tube, turn, with_mirror
from .textures import plain, speckled
from .vessels import color

CLOTHS = ("folded", "wide", "sponge")
VACUUMS = ("low", "round")

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
    """Body of a vacuum cleaner on the floor, 0.42 m long times `size`, its hose's socket at the far end (-y): `socket`."""
    s = spec.size
    low = form(spec, "shape", VACUUMS) == "low"
    if low:
        hull = soft_box((0.28 * s, 0.42 * s, 0.2 * s), 0.075 * s, (0.0, 0.0, 0.13 * s), steps=3)
    else:
        hull = lathe([(0.0, 0.03), (0.15 * s, 0.03), (0.17 * s, 0.1 * s), (0.15 * s, 0.24 * s), (0.06 * s, 0.29 * s), (0.0, 0.3 * s)], 24)
    wheel = moved(lathe([(0.0, 0.0), (0.075 * s, 0.0), (0.075 * s, 0.035), (0.0, 0.035)], 18), rotation=turn("y", np.pi / 2))
    wheels = with_mirror(moved(wheel, (0.13 * s, 0.1 * s, 0.075 * s)))
    lid = soft_box((0.16 * s, 0.2 * s, 0.03), 0.012, (0.0, 0.02, (0.235 if low else 0.285) * s))
    neck = tube([(0.0, -0.12 * s, 0.16 * s), (0.0, -0.2 * s, 0.19 * s), (0.0, -0.26 * s, 0.24 * s)], 0.024 * s, 10)
    materials = (
        Material("hull", plain(color(spec, 0, (0.7, 0.1, 0.1))), 0.3),
        Material("dark", plain((0.1, 0.1, 0.11)), 0.5),
    )
    shape = join([painted(hull, 0), painted(wheels, 1), painted(lid, 1), painted(neck, 1)])
    return Solid(shape, materials, {"socket": place(0.0, -0.26 * s, 0.24 * s), "top": place(0.0, 0.0, 0.25 * s)})


PIPE_RAD = np.deg2rad(48.0)
"""A vacuum cleaner's pipe leans this far from the floor when its nozzle lies flat."""


def vacuum_pipe(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Pipe of a vacuum cleaner as it is used: nozzle flat on z = 0 with its middle in the origin, pipe up and back (+y), the
    handle's end bent level, a piece of the hose behind it. As long as its user needs to stand upright.

    `grip`: beside the handle, thumb ahead; `second`: beside the pipe lower down; `nozzle`; `end`: where the hose goes on.
    """
    high = 0.60 * shoulder_height_m(skeleton)
    slope = np.array([0.0, np.cos(PIPE_RAD), np.sin(PIPE_RAD)])
    foot = np.array([0.0, 0.045, 0.05])
    bend = foot + slope * (high - foot[2]) / slope[2]
    tip = bend + [0.0, 0.17, 0.03]
    pipe = tube([foot, 0.5 * (foot + bend), bend - 0.02 * slope, bend + [0.0, 0.02, 0.004], tip], (0.017, 0.017, 0.018, 0.019, 0.019), 10)
    hose = tube([tip, tip + [0.0, 0.1, 0.0], tip + [0.0, 0.2, -0.07], tip + [0.0, 0.25, -0.17]], 0.022, 8)
    nozzle = soft_box((0.28 * spec.size, 0.09, 0.04), 0.014, (0.0, 0.0, 0.02))
    joint = tube([(0.0, 0.0, 0.03), (0.0, 0.025, 0.045), (0.0, 0.06, 0.07)], 0.024, 10)
    materials = (
        Material("pipe", plain((0.7, 0.71, 0.73)), 0.25, 0.7),
        Material("hose", plain((0.14, 0.14, 0.15)), 0.6),
        Material("nozzle", plain(color(spec, 0, (0.7, 0.1, 0.1))), 0.4),
    )
    held, lower = bend + [0.0, 0.09, 0.016], foot + 0.72 * (bend - foot)
    frames = {
        "grip": bar_grip(0.019, float(held[1]), float(held[2])),
        "second": bar_grip(0.017, float(lower[1]), float(lower[2])),
        "nozzle": frame((0.0, 0.0, 0.0), y=(0, 1, 0), z=(0, 0, 1)),
        "end": place(*(float(v) for v in tip + np.array([0.0, 0.25, -0.17]))),
    }
    shape = join([painted(pipe, 0), painted(hose, 1), painted(nozzle, 2), painted(joint, 1)])
    return Solid(shape, materials, frames)


KINDS: dict[str, Builder] = {"cloth": cloth, "vacuum": vacuum, "vacuum_pipe": vacuum_pipe}
"""Kind -> builder; `size` is a factor on all lengths, of the pipe on the width of its nozzle."""

FORMS: Forms = {"cloth": {"shape": CLOTHS}, "vacuum": {"shape": VACUUMS}}
"""Kind -> part -> its forms."""
