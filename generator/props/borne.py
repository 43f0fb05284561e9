"""Things too long for one person, which several bear together."""

from __future__ import annotations

from ..values import Material, PropSpec, Skeleton
from .base import Builder, Forms, Solid, form, mirrored
from .handhelds import handle_frame
from .shapes import box, join, metric_uv, painted, tube, with_mirror
from .textures import plain, wooden
from .vessels import color

POLE_RADIUS_M = 0.017

CRATES: dict[str, tuple[float, float]] = {"flat": (0.80, 0.20), "high": (0.70, 0.34), "long": (0.95, 0.26)}
"""Length and height of the box."""


def crate(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Wooden crate of 0.50 x 0.70-0.95 m on two poles along y, 0.60 m apart, that stick out at both ends.

    `front_right`, `front_left` (at -y), `back_right`, `back_left`: hands hanging beside the poles' ends, thumbs towards -y; who
    faces the crate from its front (-y) end has the others' left at his right.
    """
    s = spec.size
    length, height = (value * s for value in CRATES[form(spec, "shape", CRATES)])
    half, end, radius = 0.30, 0.5 * length + 0.20, POLE_RADIUS_M
    body = painted(metric_uv(box((0.50, length, height), (0.0, 0.0, 0.5 * height + radius)), 0.5), 0)
    battens = [
        painted(metric_uv(box((0.52, 0.07, height + 0.02), (0.0, y * length, 0.5 * height + radius)), 0.5), 1)
        for y in (-0.36, 0.36)
    ]
    pole = with_mirror(painted(tube([(half, -end - 0.09, 0.0), (half, 0.0, 0.0), (half, end + 0.09, 0.0)], radius, 10), 2))
    cross = [painted(box((2.0 * half, 0.04, 0.02), (0.0, y * length, 0.0)), 1) for y in (-0.36, 0.36)]
    materials = (
        Material("boards", wooden(color(spec, 0, (0.62, 0.46, 0.3)), spec.variant), 0.7),
        Material("battens", wooden(color(spec, 1, (0.45, 0.32, 0.2)), spec.variant), 0.7),
        Material("poles", plain(color(spec, 2, (0.35, 0.35, 0.38))), 0.5),
    )
    frames = {}
    for name, y in (("front", -end), ("back", end)):
        grip = handle_frame(y, 0.0, radius)
        grip[0, 3] -= half
        frames[f"{name}_right"], frames[f"{name}_left"] = grip, mirrored(grip)
    return Solid(join([body, *battens, pole, *cross]), materials, frames)


KINDS: dict[str, Builder] = {"crate": crate}
"""Kind -> builder; `size` is a factor on length and height."""

FORMS: Forms = {"crate": {"shape": tuple(CRATES)}}
"""Kind -> part -> its forms."""
