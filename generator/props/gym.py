"""Things to train with: dumbbells, chest expanders."""

from __future__ import annotations

import numpy as np

from ..values import Material, PropSpec, Rgb, Skeleton
from .base import Builder, Forms, Solid, form, frame
from .handhelds import handle_frame
from .shapes import Shape, join, lathe, metric_uv, moved, painted, tube, turn
from .textures import plain
from .vessels import color

IRON: Rgb = (0.30, 0.30, 0.32)
RUBBER: Rgb = (0.05, 0.05, 0.055)
STEEL: Rgb = (0.72, 0.73, 0.75)

DUMBBELLS: tuple[str, ...] = ("hex", "plates", "vinyl")
STRANDS: tuple[str, ...] = ("three", "five")

HANDLE_RADIUS_M = 0.0155
HANDLE_HALF_M = 0.062
"""Radius of a dumbbell's handle, and half its free length: a hand's breadth and a thumb's."""


def _disc(radius: float, start: float, length: float, bevel: float, segments: int) -> Shape:
    """A disc about the y axis from `start` outwards, its edges bevelled; six segments make it a hexagon."""
    end, inner = start + length, radius - bevel
    profile = [(0.0, start), (inner, start), (radius, start + bevel), (radius, end - bevel), (inner, end), (0.0, end)]
    return moved(lathe(profile, segments), rotation=turn("x", -0.5 * np.pi))


def dumbbell(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Dumbbell 0.24-0.28 m long, its handle along y: `hex` rubber heads, iron `plates`, or one smooth piece in `vinyl`.

    `grip`: a right hand hanging beside it, palm at -x, fingers down, thumb towards -y; `center`, of the same axes.
    """
    s, shape = spec.size, form(spec, "shape", DUMBBELLS)
    half, radius = HANDLE_HALF_M * s, HANDLE_RADIUS_M * s
    if shape == "hex":
        heads, head = [_disc(0.050 * s, half, 0.068 * s, 0.010 * s, 6)], Material("heads", plain(RUBBER), 0.75)
    elif shape == "plates":
        plates = ((0.058, 0.0, 0.020), (0.050, 0.021, 0.020), (0.040, 0.042, 0.014), (0.020, 0.056, 0.016))
        heads = [_disc(r * s, half + at * s, length * s, 0.003 * s, 24) for r, at, length in plates]
        head = Material("heads", plain(IRON), 0.5)
    else:
        heads = [_disc(0.043 * s, half - 0.006 * s, 0.070 * s, 0.022 * s, 16)]
        head = Material("heads", plain(color(spec, 0, (0.75, 0.2, 0.45))), 0.6)
    one_end = painted(metric_uv(join(heads), 0.2), 0)
    other_end = moved(one_end, rotation=turn("z", np.pi))
    bar = painted(tube([(0.0, -half - 0.004, 0.0), (0.0, 0.0, 0.0), (0.0, half + 0.004, 0.0)], radius, 12), 1)
    handle = Material("handle", head.albedo if shape == "vinyl" else plain(STEEL), 0.6 if shape == "vinyl" else 0.3)
    grip = handle_frame(0.0, 0.0, radius)
    center = grip.copy()
    center[:3, 3] = 0.0
    return Solid(join([one_end, other_end, bar]), (head, handle), {"grip": grip, "center": center})


def expander_handle(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Handle of a chest expander: a bar along x for the fist, with a frame that meets in a plate at -y, where springs hook in.

    `grip`: palm at +y of the bar, fingers up (+z), thumb along +x; `hook`: middle of the plate, z along the bar.
    """
    s = spec.size
    half, deep, radius = 0.062 * s, 0.062 * s, 0.0135 * s
    bar = painted(tube([(-half, 0.0, 0.0), (0.0, 0.0, 0.0), (half, 0.0, 0.0)], radius, 12), 0)
    bow = [(half, 0.0, 0.0), (0.95 * half, -0.5 * deep, 0.0), (0.65 * half, -deep, 0.0), (0.0, -deep, 0.0)]
    wire = painted(tube([*bow, *[(-x, y, z) for x, y, z in bow[-2::-1]]], 0.0042 * s, 8), 1)
    materials = (Material("bar", plain(RUBBER), 0.8), Material("frame", plain(STEEL), 0.35))
    frames = {
        "grip": frame((0.0, radius, 0.0), y=(0.0, 0.0, 1.0), z=(0.0, -1.0, 0.0)),
        "hook": frame((0.0, -deep, 0.0), y=(0.0, 1.0, 0.0), z=(1.0, 0.0, 0.0)),
    }
    return Solid(join([bar, wire]), materials, frames)


def springs(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """The springs of a chest expander at rest, 0.30 m long along x, side by side along z: three or five.

    `right_end`, `left_end`: where they hook into the handles, at -x and +x.
    """
    s = spec.size
    many = {"three": 3, "five": 5}[form(spec, "springs", STRANDS)]
    half, radius, coils = 0.15, 0.0105 * s, 22
    x = np.linspace(-half, half, 2 * coils + 1)
    ribs = np.where(np.arange(len(x)) % 2 == 1, radius, 0.72 * radius)
    ribs[:3] = ribs[-3:] = 0.25 * radius
    coil = tube(np.stack([x, 0.0 * x, 0.0 * x], -1), ribs, 6)
    gap = 0.068 * s / (many - 1)
    strands = [moved(coil, (0.0, 0.0, (k - 0.5 * (many - 1)) * gap)) for k in range(many)]
    frames = {
        "right_end": frame((-half, 0.0, 0.0), y=(0.0, 1.0, 0.0), z=(0.0, 0.0, 1.0)),
        "left_end": frame((half, 0.0, 0.0), y=(0.0, 1.0, 0.0), z=(0.0, 0.0, 1.0)),
    }
    return Solid(painted(join(strands), 0), (Material("steel", plain(STEEL), 0.35),), frames)


KINDS: dict[str, Builder] = {"dumbbell": dumbbell, "expander_handle": expander_handle, "springs": springs}
"""Kind -> builder; `size` is a factor."""

FORMS: Forms = {"dumbbell": {"shape": DUMBBELLS}, "springs": {"springs": STRANDS}}
"""Kind -> part -> its forms."""
