"""A broom and an iron."""

from __future__ import annotations

import numpy as np

from ..values import Array, Material, PropSpec, Skeleton
from .base import Builder, Forms, Solid, form, frame
from .fitted import place, shoulder_height_m
from .shapes import Shape, box, join, lathe, moved, painted, soft_box, tube
from .textures import plain, speckled, wooden
from .vessels import color

BROOMS = ("bristles", "straw")
WOOD = (0.66, 0.5, 0.32)


def fist_round(radius: float, z: float, turned: float = 1.0) -> Array:
    """A right palm beside a bar along z, at -x: thumb up, or down where `turned` is -1."""
    return frame((-radius, 0.0, z), y=(0, -turned, 0), z=(1, 0, 0))


def broom(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Broom along z as high as its user's chin, its bristles' foot in the origin, wide along x; of bristles or of straw.

    `grip`: a fist near the top, thumb up; `second`: a palm lower down; `foot`.
    """
    high = 1.08 * shoulder_height_m(skeleton)
    if form(spec, "shape", BROOMS) == "bristles":
        head = soft_box((0.36 * spec.size, 0.055, 0.035), 0.01, (0.0, 0.0, 0.095))
        tuft = box((0.34 * spec.size, 0.045, 0.08), (0.0, 0.0, 0.04))
    else:
        head = lathe([(0.0, 0.26), (0.035, 0.26), (0.025, 0.34), (0.016, 0.38), (0.0, 0.38)], 12)
        tuft = _fanned(0.17 * spec.size)
    stick = tube([(0.0, 0.0, 0.1), (0.0, 0.0, 0.5 * high), (0.0, 0.0, high)], 0.0125, 10)
    materials = (
        Material("stick", wooden(color(spec, 0, WOOD), spec.variant), 0.5),
        Material("head", plain(color(spec, 1, (0.2, 0.3, 0.5))), 0.5),
        Material("bristles", speckled((0.75, 0.6, 0.3), 0.12, spec.variant), 0.9),
    )
    return Solid(join([painted(stick, 0), painted(head, 1), painted(tuft, 2)]), materials, _stick_frames(high))


def _fanned(half: float) -> Shape:
    """A bundle of straw, flat and wide at its foot."""
    shape = lathe([(0.0, 0.0), (1.0, 0.0), (0.85, 0.1), (0.3, 0.27), (0.0, 0.27)], 16)
    x, y, z = shape.vertices.T
    return Shape(np.stack([x * half, y * 0.05, z], -1), shape.faces, shape.uv, shape.material)


def _stick_frames(high: float) -> dict[str, Array]:
    return {
        "grip": fist_round(0.0125, 0.82 * high),
        "second": fist_round(0.0125, 0.54 * high),
        "foot": frame((0.0, 0.0, 0.0), y=(0, 1, 0), z=(0, 0, 1)),
    }


def iron(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Iron 0.27 m long times `size`, its tip ahead (-y), on its sole; `grip`: a fist over the handle; `sole`."""
    s = spec.size
    sole = _pointed(0.058 * s, 0.135 * s, 0.012 * s)
    body = moved(_pointed(0.05 * s, 0.12 * s, 0.055 * s), (0.0, 0.004, 0.012 * s))
    path = [(0.0, -0.07, 0.06), (0.0, -0.055, 0.115), (0.0, 0.0, 0.125), (0.0, 0.06, 0.115), (0.0, 0.08, 0.06)]
    handle = tube(s * np.array(path), 0.014 * s, 10)
    materials = (
        Material("sole", plain((0.75, 0.76, 0.78)), 0.2, 0.9),
        Material("body", plain(color(spec, 0, (0.2, 0.4, 0.7))), 0.3),
        Material("handle", plain((0.1, 0.1, 0.11)), 0.5),
    )
    frames = {
        "grip": frame((0.0, 0.0, 0.139 * s), y=(-0.8, -0.6, 0.0), z=(0, 0, -1)),
        "sole": place(0.0, 0.0, 0.0),
    }
    return Solid(join([painted(sole, 0), painted(body, 1), painted(handle, 2)]), materials, frames)


def _pointed(half: float, long: float, high: float) -> Shape:
    """A slab that narrows towards -y."""
    shape = soft_box((2 * half, 2 * long, high), 0.3 * high, (0.0, 0.0, high / 2), steps=2)
    x, y, z = shape.vertices.T
    narrow = np.clip(0.62 + 0.45 * y / long, 0.12, 1.0)
    return Shape(np.stack([x * narrow, y, z], -1), shape.faces, shape.uv, shape.material)


KINDS: dict[str, Builder] = {"broom": broom, "iron": iron}
"""Kind -> builder; a broom is as high as its user's chin, `size` widens it; of an iron it scales all lengths."""

FORMS: Forms = {"broom": {"shape": BROOMS}}
"""Kind -> part -> its forms."""
