"""What linen is washed in, carried in and hung on: a tub on a stand, a basket, a line between posts."""

from __future__ import annotations

import numpy as np

from ..values import Material, PropSpec, Skeleton
from .base import Builder, Forms, Solid, form, frame
from .shapes import Shape, box, join, lathe, metric_uv, moved, painted, tube, with_mirror
from .textures import plain, speckled, wooden
from .vessels import color

UP = ((0.0, -1.0, 0.0), (0.0, 0.0, 1.0))
"""y away from the person, z up."""

TUBS: dict[str, tuple[float, float]] = {"bowl": (0.21, 0.13), "deep": (0.19, 0.19), "wide": (0.26, 0.12)}
"""Radius at the rim and depth."""


def _standing_m(skeleton: Skeleton) -> float:
    """Height of a body, head to toe joints."""
    return float(np.ptp(skeleton.joints_m[:, 1]))


def _tub(radius: float, depth: float, foot: float, wall: float) -> Shape:
    """A round vessel with its base at z = 0, `foot` its share of the radius at the base."""
    inner, low = radius - wall, foot * radius
    return lathe(
        [
            (0.0, 0.0),
            (low, 0.0),
            (radius, depth - 0.012),
            (radius + 0.012, depth),
            (inner, depth),
            (low - wall, wall),
            (0.0, wall),
        ],
        28,
    )


def wash_tub(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A tub with water on a four-legged stand, its rim at half the body's height. `rim`, `water`: their middles."""
    s = spec.size
    radius, depth = (value * s for value in TUBS[form(spec, "shape", TUBS)])
    rim = 0.53 * _standing_m(skeleton)
    top = rim - depth
    tub = painted(moved(_tub(radius, depth, 0.72, 0.006), (0.0, 0.0, top)), 0)
    level = top + 0.62 * depth
    wet = 0.90 * radius - 0.008
    water = painted(lathe([(0.0, level - 0.004), (wet - 0.01, level - 0.004), (wet, level), (0.0, level)], 28), 1)
    half = 0.8 * radius
    plate = painted(metric_uv(box((2.1 * half, 2.1 * half, 0.025), (0.0, 0.0, top - 0.0135)), 0.5), 2)
    legs = [
        with_mirror(painted(metric_uv(box((0.035, 0.035, top - 0.026), (0.9 * half, y * half, 0.5 * (top - 0.026))), 0.5), 2))
        for y in (-0.9, 0.9)
    ]
    materials = (
        Material("tub", plain(color(spec, 0, (0.2, 0.45, 0.7))), 0.4),
        Material("water", plain((0.62, 0.72, 0.76)), 0.08),
        Material("stand", wooden(color(spec, 1, (0.5, 0.36, 0.22)), spec.variant), 0.7),
    )
    frames = {"rim": frame((0.0, 0.0, rim), *UP), "water": frame((0.0, 0.0, level), *UP)}
    return Solid(join([tub, water, plate, *legs]), materials, frames)


def laundry_basket(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A round basket 0.44 m across and 0.30 m high. `rim`, `inside`: the middles of its rim and of its bottom."""
    s = spec.size
    basket = painted(_tub(0.22 * s, 0.30 * s, 0.8, 0.008), 0)
    bands = [
        painted(lathe([(r, z - 0.012), (r + 0.006, z), (r, z + 0.012), (r - 0.004, z), (r, z - 0.012)], 28), 1)
        for r, z in ((0.2 * s, 0.13 * s), (0.212 * s, 0.22 * s))
    ]
    materials = (
        Material("basket", speckled(color(spec, 0, (0.7, 0.6, 0.42)), 0.12, spec.variant), 0.9),
        Material("bands", plain(color(spec, 1, (0.5, 0.4, 0.28))), 0.9),
    )
    frames = {"rim": frame((0.0, 0.0, 0.30 * s), *UP), "inside": frame((0.0, 0.0, 0.01), *UP)}
    return Solid(join([basket, *bands]), materials, frames)


POSTS = ("poles", "frame")


def clothes_line(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A line at the height of the eyes between two posts 2 m apart, or the top bar of a rack. `line`: its middle, z up."""
    high, half = 0.99 * _standing_m(skeleton), 1.0 * spec.size
    racked = form(spec, "posts", POSTS) == "frame"
    across = np.linspace(-half, half, 9)
    sag = 0.0 if racked else 0.02
    path = np.stack([across, 0.0 * across, high - sag * (1.0 - (across / half) ** 2)], axis=-1)
    line = painted(tube(path, 0.012 if racked else 0.004, 8), 1)
    post = painted(tube([(half, 0.0, 0.0), (half, 0.0, 0.5 * high), (half, 0.0, high + 0.05)], 0.016 if racked else 0.026, 10), 0)
    foot = painted(metric_uv(box((0.07, 0.5, 0.04), (half, 0.0, 0.02)), 0.5), 0)
    materials = (
        Material(
            "posts",
            wooden(color(spec, 0, (0.5, 0.4, 0.3)), spec.variant) if not racked else plain(color(spec, 0, (0.7,) * 3)),
            0.6,
        ),
        Material("line", plain(color(spec, 1, (0.85, 0.85, 0.82))), 0.6),
    )
    return Solid(join([line, with_mirror(post), with_mirror(foot)]), materials, {"line": frame((0.0, 0.0, high - sag), *UP)})


KINDS: dict[str, Builder] = {"wash_tub": wash_tub, "laundry_basket": laundry_basket, "clothes_line": clothes_line}
"""Kind -> builder; `size` is a factor on breadth: heights follow from the body."""

FORMS: Forms = {"wash_tub": {"shape": tuple(TUBS)}, "clothes_line": {"posts": POSTS}}
"""Kind -> part -> its forms."""
