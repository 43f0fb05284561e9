"""What opens on hinges, and heavy things to push: a door's leaf and frame, a fridge and its door, crates and chests."""

from __future__ import annotations

import numpy as np

from ..values import Material, PropSpec, Skeleton
from .base import Builder, Forms, Solid, form, frame
from .fitted import place, shoulder_height_m
from .shapes import Shape, box, join, lathe, metric_uv, moved, painted, soft_box, tube, turn, with_mirror
from .textures import plain, speckled, wooden
from .vessels import WHITE, color

STEEL = (0.72, 0.73, 0.75)
WOOD = (0.6, 0.42, 0.26)
LEAVES = ("panelled", "plain", "glazed")
HEAVY = ("crate", "chest", "trolley")

LEAF_M = (0.04, 0.86, 2.02)
"""Thickness, width and height of a door's leaf."""

FRIDGE_M = (0.62, 0.60)
"""Width and depth of a fridge, door included."""


FRIDGE_COLORS = (WHITE, (0.62, 0.63, 0.65))


def _block(size: tuple[float, float, float], center: tuple[float, float, float]) -> Shape:
    return metric_uv(box(size, center), 0.6)


def door_leaf(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Leaf of a door, its hinge on the z axis, reaching to y = -0.86 m; thin across x, with a lever on either side.

    `hinge`: z up; `lever`: the end of the levers' middle line; `right_lever`, `left_lever`: the levers at -x and +x.
    """
    t, w, h = LEAF_M
    style = form(spec, "shape", LEAVES)
    if style == "glazed":
        parts = [((t, 0.12, h), (0.0, y, h / 2)) for y in (-0.065, -w + 0.065)]
        parts += [((t, w - 0.24, z1 - z0), (0.0, -w / 2, (z0 + z1) / 2)) for z0, z1 in ((0.0, 0.25), (1.0, 1.1), (h - 0.13, h))]
        body = join([_block(size, center) for size, center in parts])
        inlay = join(
            [_block((0.008, w - 0.24, z1 - z0), (0.0, -w / 2, (z0 + z1) / 2)) for z0, z1 in ((0.25, 1.0), (1.1, h - 0.13))]
        )
    else:
        body = _block((t, w - 0.01, h), (0.0, -w / 2, h / 2))
        fields = ((0.18, 0.9), (1.15, 1.85)) if style == "panelled" else ()
        raised = [_block((0.008, w - 0.3, z1 - z0), (t / 2 + 0.003, -w / 2, (z0 + z1) / 2)) for z0, z1 in fields]
        inlay = with_mirror(join(raised)) if raised else _block((t + 0.004, w - 0.02, 0.16), (0.0, -w / 2, 0.1))
    high, along = 0.74 * shoulder_height_m(skeleton), -w + 0.065
    path = [
        (t / 2, along, high),
        (t / 2 + 0.055, along, high),
        (t / 2 + 0.055, along + 0.05, high),
        (t / 2 + 0.055, along + 0.12, high),
    ]
    lever = join([tube(path, 0.009, 8), box((0.008, 0.045, 0.2), (t / 2 + 0.003, along, high - 0.02))])
    out = t / 2 + 0.055
    frames = {
        "hinge": place(0.0, 0.0, 0.0),
        "right_lever": place(-out, along + 0.07, high + 0.009),
        "left_lever": place(out, along + 0.07, high + 0.009),
        "edge": place(0.0, -w, high),
    }
    materials = (
        Material("leaf", wooden(color(spec, 0, WOOD), spec.variant), 0.45),
        Material(
            "inlay", plain((0.75, 0.83, 0.86)) if style == "glazed" else wooden(color(spec, 0, WOOD), spec.variant + 3), 0.3
        ),
        Material("metal", plain(STEEL), 0.3, 0.8),
    )
    return Solid(join([painted(body, 0), painted(inlay, 1), painted(with_mirror(lever), 2)]), materials, frames)


def door_frame(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Frame of a door across y, with a strip of wall on either side and above: the opening is 0.88 m wide about the origin.

    `right_jamb`, `left_jamb`: where the leaf's hinge belongs, at -x and +x.
    """
    w, h, deep = LEAF_M[1] + 0.02, LEAF_M[2] + 0.012, 0.12
    jamb = _block((0.07, deep + 0.03, h), (w / 2 + 0.035, 0.0, h / 2))
    lintel = _block((w + 0.14, deep + 0.03, 0.07), (0.0, 0.0, h + 0.035))
    wall = _block((0.25 * spec.size, deep, h + 0.07), (w / 2 + 0.07 + 0.125 * spec.size, 0.0, (h + 0.07) / 2))
    over = _block((w + 0.14 + 0.5 * spec.size, deep, 0.14), (0.0, 0.0, h + 0.14))
    materials = (
        Material("frame", plain(color(spec, 0, WHITE)), 0.5),
        Material("wall", speckled(color(spec, 1, (0.8, 0.78, 0.72)), 0.03, spec.variant), 0.9),
    )
    frames = {"right_jamb": place(-w / 2, 0.0, 0.0), "left_jamb": place(w / 2, 0.0, 0.0)}
    shape = join([painted(with_mirror(jamb), 0), painted(lintel, 0), painted(with_mirror(wall), 1), painted(over, 1)])
    return Solid(shape, materials, frames)


def fridge_height_m(skeleton: Skeleton) -> float:
    """Body and door are built apart and must fit."""
    return 1.02 * shoulder_height_m(skeleton)


def fridge(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Body of a fridge without its door, open towards +y, with shelves and food; 0.62 m wide.

    `shelf`: middle of the shelf at the height of the belly, a hand's breadth from its edge; `right_hinge`, `left_hinge`: where
    the door's hinge belongs; `near`: middle of the opening's lower edge; `top`.
    """
    w, d = FRIDGE_M
    depth, h, wall = d - 0.06, fridge_height_m(skeleton), 0.04
    y = -0.03
    sides = with_mirror(_block((wall, depth, h), (w / 2 - wall / 2, y, h / 2)))
    back = _block((w - 2 * wall, wall, h), (0.0, y - depth / 2 + wall / 2, h / 2))
    ends = join(
        [_block((w - 2 * wall, depth, 0.09), (0.0, y, 0.045)), _block((w - 2 * wall, depth, wall), (0.0, y, h - wall / 2))]
    )
    belly = 0.70 * shoulder_height_m(skeleton)
    levels = [z for z in (belly - 0.56, belly - 0.28, belly, belly + 0.30) if 0.15 < z < h - 0.18]
    shelves = join([box((w - 2 * wall, depth - 0.06, 0.012), (0.0, y - 0.005, z - 0.006)) for z in levels])
    food = []
    for k, z in enumerate(levels):
        for n, x in enumerate((0.08, 0.19)):
            tall = 0.09 + 0.035 * ((k + 2 * n) % 3)
            if z != belly or n:
                food.append(lathe_can(0.035 + 0.008 * n, tall, (x, y - 0.08, z)))
    frames = {
        "shelf": place(0.0, depth / 2 + y - 0.17, belly),
        "right_hinge": place(-w / 2, d / 2 - 0.06, 0.0),
        "left_hinge": place(w / 2, d / 2 - 0.06, 0.0),
        "near": place(0.0, d / 2, 0.0),
        "top": place(0.0, 0.0, h),
    }
    materials = (
        Material("outside", plain(FRIDGE_COLORS[spec.variant % 2]), 0.3),
        Material("inside", plain((0.93, 0.95, 0.97)), 0.4),
        Material("food", plain(color(spec, 1, (0.8, 0.3, 0.15))), 0.5),
    )
    shape = join([painted(sides, 0), painted(join([back, ends]), 1), painted(shelves, 1), painted(with_mirror(join(food)), 2)])
    return Solid(shape, materials, frames)


def lathe_can(radius: float, tall: float, at: tuple[float, float, float]) -> Shape:
    """A jar, standing."""
    return moved(lathe([(0.0, 0.0), (radius, 0.0), (radius, tall), (radius * 0.8, tall + 0.015), (0.0, tall + 0.015)], 14), at)


def fridge_door(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Door of a fridge that hangs on either side: 0.62 m wide about x = 0, its inside on y = 0, its outside at y = 0.06 with a
    bar along each edge, bottles in a rack inside. `right_hinge` (-x), `left_hinge`; `right_handle`, `left_handle`: the bars.
    """
    w, h = FRIDGE_M[0], fridge_height_m(skeleton)
    slab = soft_box((w, 0.055, h - 0.1), 0.014, (0.0, 0.03, 0.05 + h / 2))
    middle = 0.72 * shoulder_height_m(skeleton)
    x = w / 2 - 0.05
    bar = tube(
        [
            (x, 0.055, middle - 0.17),
            (x, 0.10, middle - 0.16),
            (x, 0.10, middle),
            (x, 0.10, middle + 0.16),
            (x, 0.055, middle + 0.17),
        ],
        0.01,
        8,
    )
    rack = join([box((w - 0.14, 0.075, 0.05), (0.0, -0.035, z)) for z in (0.35 * h, 0.62 * h)])
    jars = with_mirror(join([lathe_can(0.028, 0.17, (x, -0.035, 0.35 * h)) for x in (0.06, 0.14)]))
    frames = {
        "right_hinge": place(-w / 2, 0.0, 0.0),
        "left_hinge": place(w / 2, 0.0, 0.0),
        "right_handle": place(-x, 0.11, middle),
        "left_handle": place(x, 0.11, middle),
        "right_edge": place(-w / 2, 0.03, middle),
        "left_edge": place(w / 2, 0.03, middle),
    }
    materials = (
        Material("door", plain(color(spec, 0, WHITE)), 0.3),
        Material("rack", plain((0.93, 0.95, 0.97)), 0.4),
        Material("bars", plain(STEEL), 0.25, 0.7),
        Material("jars", plain(color(spec, 1, (0.75, 0.2, 0.15))), 0.4),
    )
    shape = join([painted(slab, 0), painted(rack, 1), painted(with_mirror(bar), 2), painted(jars, 3)])
    return Solid(shape, materials, frames)


def heavy(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Something heavy to push, 0.8 m wide times `size` and as high as the chest: a crate of boards, a chest, a loaded trolley.

    `right_palm`, `left_palm`: where hands push on its near side (+y); `near`: that side's middle at the floor.
    """
    s, h = spec.size, 0.88 * shoulder_height_m(skeleton)
    w, d = 0.8 * s, 0.62 * s
    style = form(spec, "shape", HEAVY)
    if style == "crate":
        body = _block((w - 0.04, d - 0.04, h - 0.02), (0.0, 0.0, h / 2))
        posts = with_mirror(join([_block((0.08, 0.03, h), (w / 2 - 0.04, y, h / 2)) for y in (d / 2 - 0.015, -d / 2 + 0.015)]))
        rails = [
            _block((w, 0.03, 0.09), (0.0, y, z)) for y in (d / 2 - 0.015, -d / 2 + 0.015) for z in (0.045, 0.5 * h, h - 0.045)
        ]
        trim = join([posts, *rails, with_mirror(_block((0.03, d, 0.09), (w / 2 - 0.015, 0.0, h - 0.045)))])
    elif style == "chest":
        body = _block((w, d, h - 0.06), (0.0, 0.0, 0.06 + (h - 0.06) / 2))
        trim = join(
            [
                soft_box((w + 0.03, d + 0.0, 0.03), 0.008, (0.0, 0.0, h)),
                with_mirror(_block((0.06, d * 0.9, 0.06), (w * 0.42, 0.0, 0.03))),
            ]
        )
    else:
        body = join(
            [
                _block((w * 0.94, d * 0.9, z1 - z0), (0.0, 0.0, (z0 + z1) / 2))
                for z0, z1 in ((0.17, 0.5 * h), (0.5 * h + 0.004, h - 0.03))
            ]
        )
        deck = _block((w, d, 0.04), (0.0, 0.0, 0.15))
        end = join([box((w, 0.03, 0.04), (0.0, d / 2 - 0.015, z)) for z in (0.4 * h, 0.8 * h)])
        posts = with_mirror(box((0.035, 0.035, h - 0.15), (w / 2 - 0.018, d / 2 - 0.018, 0.15 + (h - 0.15) / 2)))
        wheel = moved(lathe([(0.0, 0.0), (0.065, 0.0), (0.065, 0.03), (0.0, 0.03)], 16), rotation=turn("y", np.pi / 2))
        wheels = with_mirror(join([moved(wheel, (w * 0.38, y, 0.065)) for y in (d * 0.36, -d * 0.36)]))
        trim = join([deck, end, posts, wheels])
    palm = 0.76 * shoulder_height_m(skeleton)
    frames = {
        "right_palm": frame((-0.2, d / 2, palm), y=(0, 0, 1), z=(0, -1, 0)),
        "left_palm": frame((0.2, d / 2, palm), y=(0, 0, 1), z=(0, -1, 0)),
        "near": place(0.0, d / 2, 0.0),
        "top": place(0.0, 0.0, h),
    }
    materials = (
        Material(
            "body",
            wooden(color(spec, 0, WOOD), spec.variant)
            if style != "trolley"
            else speckled(color(spec, 0, WOOD), 0.05, spec.variant),
            0.7,
        ),
        Material(
            "trim",
            wooden(color(spec, 1, (0.45, 0.3, 0.18)), spec.variant + 5) if style != "trolley" else plain((0.3, 0.31, 0.33)),
            0.6,
        ),
    )
    return Solid(join([painted(body, 0), painted(trim, 1)]), materials, frames)


KINDS: dict[str, Builder] = {
    "door_leaf": door_leaf,
    "door_frame": door_frame,
    "fridge": fridge,
    "fridge_door": fridge_door,
    "heavy": heavy,
}
"""Kind -> builder; handles and shelves are as high as the body wants them."""

FORMS: Forms = {"door_leaf": {"shape": LEAVES}, "heavy": {"shape": HEAVY}}
"""Kind -> part -> its forms."""
