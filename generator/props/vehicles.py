"""Cars, low-poly: a body with a cabin on four wheels."""

from __future__ import annotations

import numpy as np

from ..values import Array, Material, PropSpec, Skeleton
from .base import Builder, Forms, Solid, form, frame
from .shapes import Shape, box, join, lathe, moved, painted, soft_box, turn, with_mirror
from .textures import plain
from .vessels import color

CARS: dict[str, tuple[float, float, float]] = {
    "hatchback": (3.9, 1.48, 0.62),
    "saloon": (4.5, 1.45, 0.46),
    "van": (4.4, 1.85, 0.80),
}
"""Length, height (m), and the share of the length that the cabin takes."""

WIDTH_M, WHEEL_M, WAIST_M, CLEAR_M = 1.76, 0.31, 0.88, 0.18


def car(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A car that drives towards -y; the origin is on the road under its middle. `bumper`: the middle of its front, z ahead."""
    s = spec.size
    length, height, cabin = CARS[form(spec, "body", CARS)]
    hull = painted(soft_box((WIDTH_M, length, WAIST_M - CLEAR_M), 0.11, (0.0, 0.0, 0.5 * (WAIST_M + CLEAR_M)), steps=3), 0)
    back = 0.5 * length - 0.12
    front = back - cabin * length
    glass = painted(_frustum((front, back), (front + 0.55, back - 0.28), WAIST_M - 0.02, height - 0.05), 1)
    roof = painted(soft_box((1.22, back - front - 0.80, 0.07), 0.03, (0.0, 0.5 * (front + 0.55 + back - 0.28), height - 0.05)), 0)
    wheels = [painted(moved(_wheel(), (side * (0.5 * WIDTH_M - 0.09), 0.31 * length * end, WHEEL_M)), 2)
              for side in (-1.0, 1.0) for end in (-1.0, 1.0)]  # fmt: skip
    lamps = with_mirror(painted(soft_box((0.34, 0.05, 0.14), 0.02, (0.60, -0.5 * length - 0.005, 0.68)), 3))
    bumper = painted(soft_box((WIDTH_M - 0.1, 0.14, 0.18), 0.05, (0.0, -0.5 * length - 0.02, 0.42)), 2)
    materials = (
        Material("paint", plain(color(spec, 0, (0.55, 0.08, 0.08))), 0.25),
        Material("glass", plain((0.05, 0.06, 0.07)), 0.1),
        Material("rubber", plain((0.04, 0.04, 0.045)), 0.8),
        Material("lamps", plain((0.93, 0.93, 0.88)), 0.2),
    )
    shape = join([hull, glass, roof, *wheels, lamps, bumper])
    whole = Shape(shape.vertices * s, shape.faces, shape.uv, shape.material)
    ahead = (0.0, (-0.5 * length - 0.09) * s, 0.42 * s)
    return Solid(whole, materials, {"bumper": frame(ahead, y=(0.0, 0.0, 1.0), z=(0.0, -1.0, 0.0))})


def _frustum(low_m: tuple[float, float], high_m: tuple[float, float], z0_m: float, z1_m: float) -> Shape:
    """A cabin from (front, back) at the waist to (front, back) under the roof, its sides leaning in."""
    block = box((1.0, 1.0, 1.0))
    up = block.vertices[:, 2] > 0.0
    behind = block.vertices[:, 1] > 0.0
    out: Array = np.empty_like(block.vertices)
    out[:, 0] = np.sign(block.vertices[:, 0]) * np.where(up, 0.60, 0.80)
    out[:, 1] = np.where(up, np.where(behind, high_m[1], high_m[0]), np.where(behind, low_m[1], low_m[0]))
    out[:, 2] = np.where(up, z1_m, z0_m)
    return Shape(out, block.faces, block.uv, block.material)


def _wheel() -> Shape:
    """A wheel about the x axis, 0.2 m wide."""
    profile = [(0.0, -0.09), (0.18, -0.09), (WHEEL_M - 0.02, -0.10), (WHEEL_M, -0.07), (WHEEL_M, 0.07), (WHEEL_M - 0.02, 0.10),
               (0.18, 0.09), (0.0, 0.09)]  # fmt: skip
    return moved(lathe(profile, 20), rotation=turn("y", np.pi / 2))


KINDS: dict[str, Builder] = {"car": car}

FORMS: Forms = {"car": {"body": tuple(CARS)}}
