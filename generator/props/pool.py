"""What is dived from and into: springboard, platform and the tower that carries either, a pool's water, and a splash."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from ..values import Array, Material, PropSpec, Rgb, Skeleton
from .base import Builder, Forms, Solid, form, frame
from .shapes import Shape, box, join, lathe, metric_uv, moved, painted, soft_box, tube, with_mirror
from .textures import blend, fractal, noise, plain, speckled, to_uint8
from .vessels import color

UP = (0.0, 0.0, 1.0)
AHEAD = (0.0, -1.0, 0.0)

FULCRUM_M, HINGE_M = 2.6, 4.6
"""How far behind its tip a springboard rests on its roller, and is hinged."""

TOWER_M = 11.0
"""Height of a tower; what of it is more than needed is under the ground."""

WATER_M = 0.05
"""Height of the water over the floor."""

POOL_M = (9.0, 11.0)
"""Breadth and length of the water."""

WATERS: dict[str, tuple[Rgb, Rgb]] = {
    "pool": ((0.10, 0.45, 0.66), (0.33, 0.70, 0.84)),
    "deep": ((0.05, 0.25, 0.48), (0.15, 0.44, 0.66)),
    "lake": ((0.09, 0.24, 0.24), (0.20, 0.38, 0.36)),
}
"""Form of water -> its dark and its light colour."""

DECKS: tuple[str, ...] = ("rails", "open")


def springboard(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A board 4.8 m long and 0.5 m wide, from the middle of its tip (the origin, on top) back along +y, thinner ahead.

    `tip`; `hinge`: at its rear end, its z across the board, about which it bends down.
    """
    long, half = 4.8 * spec.size, 0.25
    steps = [(0.0, 0.028), (0.5 * long, 0.034), (long, 0.05)]
    planks = [box((2.0 * half, b - a, thick), (0.0, 0.5 * (a + b), -0.5 * thick))
              for (a, _), (b, thick) in pairwise(steps)]  # fmt: skip
    nose = box((2.0 * half, 0.06, 0.036), (0.0, 0.02, -0.018))
    strips = with_mirror(box((0.02, long, 0.06), (half + 0.01, 0.5 * long, -0.03)))
    top = speckled(color(spec, 0, (0.55, 0.75, 0.82)), 0.05, spec.variant)
    materials = (Material("grit", top, 0.9), Material("edge", plain((0.88, 0.89, 0.9)), 0.4))
    shape = join([painted(metric_uv(join(planks)), 0), painted(join([nose, strips]), 1)])
    frames = {
        "tip": frame((0.0, 0.0, 0.0), y=AHEAD, z=UP),
        "hinge": frame((0.0, HINGE_M * spec.size, 0.0), y=UP, z=(1.0, 0.0, 0.0)),
    }
    return Solid(shape, materials, frames)


def platform(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A concrete slab 2 m wide and 4 m long with a mat on it, from the middle of its front edge (the origin) along +y."""
    wide, long = 2.0 * spec.size, 4.0 * spec.size
    slab = painted(metric_uv(box((wide, long, 0.22), (0.0, 0.5 * long, -0.122))), 0)
    mat = painted(metric_uv(box((wide - 0.1, long - 0.02, 0.012), (0.0, 0.5 * long, -0.006))), 1)
    edge = painted(box((wide, 0.05, 0.03), (0.0, 0.0, -0.03)), 2)
    parts = [slab, mat, edge]
    if form(spec, "deck", DECKS) == "rails":
        x, first, last = 0.5 * wide - 0.05, 1.2, long - 0.1
        posts = [tube([(x, y, -0.05), (x, y, 0.95)], 0.022, 8) for y in (first, 0.5 * (first + last), last)]
        bars = [tube([(x, first, z), (x, last, z)], 0.022, 8) for z in (0.5, 0.93)]
        parts.append(painted(with_mirror(join([*posts, *bars])), 2))
    materials = (
        Material("concrete", speckled((0.68, 0.68, 0.66), 0.06, spec.variant), 0.9),
        Material("mat", speckled(color(spec, 0, (0.2, 0.4, 0.6)), 0.06, spec.variant + 3), 0.95),
        Material("steel", plain((0.75, 0.77, 0.8)), 0.35),
    )
    return Solid(join(parts), materials, {"tip": frame((0.0, 0.0, 0.0), y=AHEAD, z=UP)})


def diving_tower(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A pillar with a broad head, its top at the origin, 11 m high: it is set as deep into the ground as the board is low."""
    s = spec.size
    pillar = box((0.55 * s, 0.7 * s, TOWER_M), (0.0, 0.0, -0.5 * TOWER_M))
    head = box((0.9 * s, 1.1 * s, 0.12), (0.0, 0.0, -0.08))
    roller = tube([(-0.42 * s, 0.0, 0.0), (0.42 * s, 0.0, 0.0)], 0.05, 10)
    materials = (
        Material("concrete", speckled((0.74, 0.73, 0.70), 0.06, spec.variant), 0.9),
        Material("roller", plain((0.2, 0.21, 0.23)), 0.5),
    )
    shape = join([painted(metric_uv(join([pillar, head])), 0), painted(roller, 1)])
    return Solid(shape, materials, {"top": frame((0.0, 0.0, 0.0), y=AHEAD, z=UP)})


def _ripples(dark: Rgb, light: Rgb, seed: int, size: int = 256) -> Array:
    """Water seen from above: slow swell and a net of light lines."""
    swell = fractal(size, 4, seed, 3)
    net = 1.0 - np.abs(2.0 * noise(size, 9, seed + 5) - 1.0)
    lines = np.clip((net - 0.86) / 0.14, 0.0, 1.0) ** 1.5
    return to_uint8(blend(dark, light, 0.15 + 0.6 * swell + 0.6 * lines))


def pool(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Water 9 m broad and 11 m long, 5 cm over the floor, within a rim; from the middle of its near edge (the origin) to -y.

    `surface`: its middle. What goes under is hidden, for water is painted, not seen through.
    """
    wide, long = POOL_M[0] * spec.size, POOL_M[1] * spec.size
    water = painted(metric_uv(box((wide, long, WATER_M), (0.0, -0.5 * long, 0.5 * WATER_M)), 2.5), 0)
    rim, high = 0.35, 0.09
    sides = with_mirror(soft_box((rim, long + 2.0 * rim, high), 0.02, (0.5 * (wide + rim), -0.5 * long, 0.5 * high)))
    ends = [soft_box((wide, rim, high), 0.02, (0.0, y, 0.5 * high)) for y in (0.5 * rim, -long - 0.5 * rim)]
    dark, light = WATERS[form(spec, "water", WATERS)]
    tiles: Rgb = (0.83, 0.84, 0.82) if spec.variant % 2 else (0.72, 0.68, 0.60)
    materials = (
        Material("water", _ripples(dark, light, spec.variant), 0.08),
        Material("rim", speckled(tiles, 0.05, spec.variant), 0.8),
    )
    frames = {"surface": frame((0.0, -0.5 * long, WATER_M), y=AHEAD, z=UP)}
    return Solid(join([water, painted(join([sides, *ends]), 1)]), materials, frames)


def splash(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Water thrown up in a crown 0.8 m high, and drops over it; the origin in its middle at the water's surface."""
    s, drops = (
        spec.size,
        [tube([(0.0, 0.0, -0.1), (0.0, 0.0, 0.25), (0.0, 0.0, 0.7 * spec.size)], np.array([0.13, 0.1, 0.02]), 8)],
    )
    for ring, (many, radius, out, high) in enumerate(((7, 0.10, 0.12, 0.85), (10, 0.22, 0.26, 0.60), (11, 0.34, 0.42, 0.32))):
        for k in range(many):
            angle = np.pi * (k + 0.5) / many
            tall = s * high * (0.7 + 0.6 * abs(np.sin(2.3 * k + ring + spec.variant)))
            drops.append(with_mirror(_jet(angle, s * radius, s * out, tall)))
    material = Material("foam", plain((0.90, 0.95, 0.97)), 0.25)
    return Solid(painted(join(drops), 0), (material,), {"middle": frame((0.0, 0.0, 0.0), y=AHEAD, z=UP)})


def _jet(angle_rad: float, radius_m: float, out_m: float, high_m: float) -> Shape:
    """A jet that leans outwards, on the side of +x (its angle from -y), and a drop that has come off it."""
    way = np.array([np.sin(angle_rad), -np.cos(angle_rad), 0.0])
    from_axis, up = radius_m + np.array([0.0, 0.4, 1.0]) * out_m, np.array([-0.1, 0.6 * high_m, high_m])
    path = from_axis[:, None] * way + up[:, None] * np.array(UP)
    drop = moved(
        lathe([(0.0, -0.026), (0.02, 0.0), (0.0, 0.026)], 6), (radius_m + 1.25 * out_m) * way + (0.0, 0.0, 1.12 * high_m)
    )
    return join([tube(path, np.array([0.045, 0.032, 0.006]), 5), drop])


KINDS: dict[str, Builder] = {
    "springboard": springboard, "platform": platform, "diving_tower": diving_tower, "pool": pool, "splash": splash,
}  # fmt: skip
"""Kind -> builder; `size` is a factor."""

FORMS: Forms = {"platform": {"deck": DECKS}, "pool": {"water": tuple(WATERS)}}
"""Kind -> part -> its forms."""
