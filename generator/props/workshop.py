"""Tools and what they work on: hammer and nail, handsaw and trestle, workbench, paint roller and wall, spade and soil, mop."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from ..base.exact import arctan2
from ..values import Array, Material, PropSpec, Skeleton
from .base import Builder, Forms, Solid, form, frame
from .fitted import place, shoulder_height_m, worktop_height_m
from .shapes import Shape, box, join, lathe, metric_uv, moved, painted, soft_box, tube, turn, with_mirror
from .textures import plain, speckled, wooden
from .vessels import color

WOOD = (0.66, 0.5, 0.32)
STEEL = (0.6, 0.61, 0.63)
MOPS = ("strings", "flat")
HAMMERS = ("claw", "mallet")
PAINTERS = ("roller", "brush")
SPADES = ("square", "pointed")

NAIL_M = 0.09
"""Length of a nail, its head included."""


ASLANT_RAD = np.radians(38.0)
"""How far off the thumb, towards the fingers, the handle of a hammer lies in a hand."""


def _fist(radius: float, z: float) -> Array:
    """A right palm beside a bar along z, at -x, thumb up."""
    return frame((-radius, 0.0, z), y=(0, -1, 0), z=(1, 0, 0))


def _bar(low: float, high: float, radius: float | tuple[float, float, float]) -> Shape:
    """A round bar along z."""
    return tube([(0.0, 0.0, low), (0.0, 0.0, 0.5 * (low + high)), (0.0, 0.0, high)], radius, 10)


def mop(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Mop along z as high as its user's chin, its head's foot in the origin: a skirt of strings, or a flat pad across x.

    `grip`: a fist near the top, thumb up; `second`: a palm lower down; `foot`.
    """
    high = 1.06 * shoulder_height_m(skeleton)
    if form(spec, "shape", MOPS) == "strings":
        wide = spec.size
        head = [_strand(angle, wide) for angle in np.linspace(0.0, 2.0 * np.pi, 18, endpoint=False) + np.pi / 18]
        cap = lathe([(0.0, 0.15), (0.05, 0.15), (0.045, 0.19), (0.018, 0.25), (0.0, 0.25)], 16)
    else:
        head = [soft_box((0.42 * spec.size, 0.13, 0.022), 0.01, (0.0, 0.0, 0.011))]
        cap = join([box((0.30 * spec.size, 0.08, 0.016), (0.0, 0.0, 0.03)), _bar(0.036, 0.25, 0.014)])
    materials = (
        Material("stick", plain(color(spec, 0, (0.3, 0.5, 0.75))), 0.4),
        Material("cap", plain(color(spec, 1, (0.2, 0.35, 0.6))), 0.45),
        Material("strings", speckled((0.88, 0.87, 0.82), 0.1, spec.variant), 0.95),
    )
    frames = {"grip": _fist(0.012, 0.84 * high), "second": _fist(0.012, 0.56 * high), "foot": place(0.0, 0.0, 0.0)}
    return Solid(join([painted(_bar(0.2, high, 0.012), 0), painted(cap, 1), painted(join(head), 2)]), materials, frames)


def _strand(angle: float, wide: float) -> Shape:
    """One thick string that spreads over the floor."""
    x, y = float(np.cos(angle)), float(np.sin(angle))
    path = [(0.03 * x, 0.03 * y, 0.17), (0.07 * x, 0.07 * y, 0.11), (0.11 * wide * x, 0.11 * wide * y, 0.03)]
    end = (0.16 * wide * x, 0.16 * wide * y, 0.012)
    return tube([*path, end], 0.012, 6)


def hammer(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Hammer 0.33 m long times `size` along z, its head at the top, the face that strikes towards -y: a claw hammer or a mallet.

    `grip`: a fist near the lower end, thumb up, the handle 38 degrees off it towards the fingers, across the palm;
    `face`: the middle of the face, y out of it.
    """
    s = spec.size
    handle = _bar(-0.05 * s, 0.25 * s, (0.0165 * s, 0.013 * s, 0.011 * s))
    top = 0.265 * s
    if form(spec, "shape", HAMMERS) == "claw":
        face = 0.075 * s
        round_ = lathe([(0.0, 0.0), (0.017, 0.0), (0.017, 0.02), (0.011, 0.03), (0.011, 0.07), (0.0, 0.07)], 14)
        head = moved(
            Shape(round_.vertices * s, round_.faces, round_.uv, round_.material), (0.0, -face, top), turn("x", -np.pi / 2)
        )
        claws = with_mirror(tube(s * np.array([(0.006, 0.0, 0.265), (0.009, 0.045, 0.268), (0.012, 0.085, 0.24)]), 0.006 * s, 6))
        head = join([head, claws, soft_box((0.028 * s, 0.04 * s, 0.034 * s), 0.006 * s, (0.0, 0.0, top))])
    else:
        face = 0.065 * s
        head = soft_box((0.07 * s, 2 * face, 0.075 * s), 0.006 * s, (0.0, 0.0, top))
    mallet = form(spec, "shape", HAMMERS) == "mallet"
    metal = wooden((0.5, 0.35, 0.2), spec.variant) if mallet else plain((0.35, 0.36, 0.38))
    materials = (
        Material("handle", wooden(color(spec, 0, WOOD), spec.variant), 0.6),
        Material("head", metal, 0.6 if mallet else 0.35),
    )
    aslant = frame((-0.0155 * s, 0.0, 0.0), y=(0.0, -float(np.cos(ASLANT_RAD)), float(np.sin(ASLANT_RAD))), z=(1, 0, 0))
    frames = {"grip": aslant, "face": frame((0.0, -face, top), y=(0, -1, 0), z=(0, 0, 1))}
    return Solid(join([painted(handle, 0), painted(head, 1)]), materials, frames)


def nail(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A big nail along z, its point in the origin; `head`: the middle of its flat head; `shaft`: half way up."""
    s, high = spec.size, NAIL_M * spec.size
    profile = [(0.0, 0.0), (0.003, 0.012), (0.003, high - 0.004), (0.009 * s, high - 0.004), (0.009 * s, high), (0.0, high)]
    frames = {"head": place(0.0, 0.0, high), "shaft": place(0.0, 0.0, 0.5 * high)}
    return Solid(painted(lathe(profile, 10), 0), (Material("steel", plain(STEEL), 0.3, 0.8),), frames)


def plank(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A board 1.1 m long times `size` along x, 0.16 m wide, 22 mm thick, on z = 0; `top`: the middle of its upper side."""
    body = metric_uv(box((1.1 * spec.size, 0.16, 0.022), (0.0, 0.0, 0.011)), 0.5)
    wood = Material("wood", wooden(color(spec, 0, (0.78, 0.62, 0.42)), spec.variant), 0.6)
    return Solid(painted(body, 0), (wood,), {"top": place(0.0, 0.0, 0.022)})


def workbench(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A workbench 1.25 m wide times `size`, as high as a worktop, thick legs and a shelf; frames as a table's."""
    top, w, d = worktop_height_m(skeleton) - 0.05, 1.25 * spec.size, 0.62
    legs = [metric_uv(box((0.08, 0.08, top - 0.06), (0.44 * w, y, 0.5 * (top - 0.06)))) for y in (-0.24, 0.24)]
    shelf = metric_uv(box((0.88 * w, 0.5, 0.02), (0.0, 0.0, 0.2 * top)))
    slab = soft_box((w, d, 0.06), 0.006, (0.0, 0.0, top - 0.03))
    materials = (
        Material("top", wooden(color(spec, 0, (0.7, 0.52, 0.33)), spec.variant), 0.55),
        Material("legs", wooden((0.5, 0.37, 0.24), spec.variant + 3), 0.6),
    )
    frames = {"top": place(0.0, 0.0, top), "near": place(0.0, d / 2, top), "far": place(0.0, -d / 2, top)}
    return Solid(join([painted(slab, 0), painted(with_mirror(join(legs)), 1), painted(shelf, 1)]), materials, frames)


def handsaw(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Handsaw with a blade 0.5 m long times `size`, ahead (-y) of the hand, teeth down.

    `grip`: palm at -x of the handle, fingers ahead and down, thumb up; `teeth`: the middle of the toothed edge.
    """
    s = spec.size
    z_top, deep_near, deep_far = 0.035 * s, 0.105 * s, 0.045 * s
    side = np.array(
        [(-0.03, z_top), (-0.03, z_top - deep_near), (-0.53, z_top - deep_near), (-0.53, z_top - deep_near + deep_far)]
    )
    side[:, 0] *= s
    blade = _plate(side, 0.0016)
    grip = tube(s * np.array([(0, 0.03, 0.045), (0, 0.012, 0.02), (0, 0.016, -0.03), (0, 0.035, -0.062)]), 0.0155 * s, 10)
    upper = tube(s * np.array([(0, 0.03, 0.045), (0, -0.01, 0.045), (0, -0.06, 0.025)]), 0.0125 * s, 8)
    lower = tube(s * np.array([(0, 0.035, -0.062), (0, -0.01, -0.066), (0, -0.06, -0.05)]), 0.0125 * s, 8)
    materials = (
        Material("steel", plain((0.78, 0.79, 0.81)), 0.25, 0.7),
        Material("handle", plain(color(spec, 0, (0.75, 0.3, 0.1))), 0.5),
    )
    frames = {
        "grip": frame((-0.0155 * s, 0.0135 * s, -0.005 * s), y=(0.0, -float(np.cos(0.35)), -float(np.sin(0.35))), z=(1, 0, 0)),
        "teeth": place(0.0, -0.28 * s, z_top - deep_near),
    }
    return Solid(join([painted(blade, 0), painted(join([grip, upper, lower]), 1)]), materials, frames)


def _plate(outline: Array, thick_m: float) -> Shape:
    """A flat four-sided plate in the plane x = 0, from its outline (y, z)."""
    corners = np.array([[sign * 0.5 * thick_m, *point] for sign in (-1.0, 1.0) for point in outline])
    faces = [[0, 1, 2], [0, 2, 3], [4, 6, 5], [4, 7, 6]]
    for k in range(4):
        n = (k + 1) % 4
        faces += [[k, k + 4, n + 4], [k, n + 4, n]]
    shape = Shape(corners, np.array(faces), np.zeros((12, 3, 2)), np.zeros(12, dtype=int))
    volume = np.einsum("fi,fi->", corners[shape.faces[:, 0]], np.cross(corners[shape.faces[:, 1]], corners[shape.faces[:, 2]]))
    turned = shape.faces if volume > 0.0 else shape.faces[:, ::-1]
    return metric_uv(Shape(corners, turned, shape.uv, shape.material))


def sawhorse(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Two trestles side by side, as high as a thigh, on which a board lies across; `top`: between them, at that height."""
    high = 0.46 * shoulder_height_m(skeleton)
    x = 0.26 * spec.size
    beam = box((0.07, 0.62, 0.08), (x, 0.0, high - 0.04))
    legs = [
        tube([(x + a * 0.15, y * 1.15, 0.0), (x + a * 0.08, y, 0.5 * high), (x + a * 0.02, 0.85 * y, high - 0.06)], 0.022, 6)
        for a in (-1.0, 1.0)
        for y in (-0.24, 0.24)
    ]
    materials = (Material("wood", wooden(color(spec, 0, (0.6, 0.45, 0.28)), spec.variant), 0.65),)
    return Solid(painted(with_mirror(join([metric_uv(beam), *legs])), 0), materials, {"top": place(0.0, 0.0, high)})


def wall_painter(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A paint roller or a wide brush along z, working end up: 0.34 m long times `size`.

    `grip`: a fist round the handle, thumb up; `nap`: what lies on the wall, ahead (-y), z up.
    """
    s = spec.size
    handle = _bar(-0.065 * s, 0.065 * s, (0.014 * s, 0.017 * s, 0.013 * s))
    if form(spec, "shape", PAINTERS) == "roller":
        wire = tube(s * np.array([(0, 0, 0.06), (0, 0, 0.15), (0, -0.02, 0.2)]), 0.004 * s, 6)
        fork = tube(s * np.array([(-0.12, -0.02, 0.2), (0.0, -0.02, 0.2), (0.12, -0.02, 0.2)]), 0.004 * s, 6)
        drum = moved(lathe([(0.0, -0.11), (0.032, -0.11), (0.032, 0.11), (0.0, 0.11)], 20), rotation=turn("y", np.pi / 2))
        arms = with_mirror(tube(s * np.array([(0.12, -0.02, 0.2), (0.12, -0.025, 0.235), (0.11, -0.03, 0.25)]), 0.004 * s, 6))
        soft = moved(Shape(drum.vertices * s, drum.faces, drum.uv, drum.material), (0.0, -0.03 * s, 0.25 * s))
        metal, nap = join([wire, fork, arms]), place(0.0, -0.062 * s, 0.25 * s)
    else:
        metal = soft_box((0.1 * s, 0.024 * s, 0.05 * s), 0.004 * s, (0.0, 0.0, 0.1 * s))
        soft = soft_box((0.095 * s, 0.022 * s, 0.07 * s), 0.006 * s, (0.0, 0.0, 0.155 * s))
        nap = place(0.0, -0.008 * s, 0.185 * s)
    materials = (
        Material("handle", plain(color(spec, 1, (0.85, 0.4, 0.1))), 0.5),
        Material("metal", plain(STEEL), 0.3, 0.6),
        Material("nap", speckled(color(spec, 0, (0.3, 0.5, 0.7)), 0.06, spec.variant), 0.9),
    )
    frames = {"grip": _fist(0.0165 * s, 0.0), "nap": nap}
    return Solid(join([painted(handle, 0), painted(metal, 1), painted(soft, 2)]), materials, frames)


WALLS = ("bare", "painted")


def wall_panel(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A piece of wall 1.7 m wide times `size`, taller than a person can reach, bare, or all but its upper part painted.

    `front`: on it at the height of the shoulder, its front towards +y; `near`: at the floor.
    """
    w, reach = 1.7 * spec.size, shoulder_height_m(skeleton)
    high = 1.42 * reach
    body = metric_uv(box((w, 0.09, high), (0.0, 0.0, 0.5 * high)), 1.0)
    painted_m = {"bare": 0.25, "painted": 0.8}[form(spec, "finish", WALLS)] * reach
    patch = box((w, 0.002, painted_m), (0.0, 0.0455, 0.5 * painted_m))
    skirt = box((w, 0.012, 0.08), (0.0, 0.05, 0.04))
    materials = (
        Material("plaster", speckled((0.86, 0.84, 0.8), 0.03, spec.variant), 0.9),
        Material("paint", plain(color(spec, 0, (0.3, 0.5, 0.7))), 0.5),
        Material("skirting", plain((0.92, 0.92, 0.9)), 0.6),
    )
    frames = {"front": place(0.0, 0.047, reach), "near": place(0.0, 0.047, 0.0)}
    shape = join([painted(body, 0), painted(patch, 1), painted(skirt, 2)])
    return Solid(shape, materials, frames)


def spade(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A spade as long as its user is high to the ribs: z from the middle of its T, in the origin, down the shaft to the blade.

    `second`: where the other hand takes the shaft; `tread`: where a foot pushes; `tip`: the blade's point.
    """
    high, s = 0.74 * shoulder_height_m(skeleton), spec.size
    tall, half = 0.26 * s, 0.095 * s
    point = form(spec, "shape", SPADES) == "pointed"
    rows = [(0.0, 0.35 * half if point else 0.9 * half), (0.3 * tall, 0.85 * half if point else 0.95 * half), (tall, half)]
    blade = join([_slat(low, up) for low, up in pairwise(rows)])
    shaft = _bar(0.85 * tall, high - 0.01, 0.0155)
    bar = tube([(-0.065, 0.0, high), (0.0, 0.0, high), (0.065, 0.0, high)], 0.0145, 10)
    materials = (
        Material("steel", plain((0.32, 0.33, 0.35)), 0.4, 0.6),
        Material("shaft", wooden(color(spec, 0, WOOD), spec.variant), 0.6),
    )
    shape = moved(join([painted(blade, 0), painted(join([shaft, bar]), 1)]), (0.0, 0.0, high), turn("x", np.pi))
    heights = {"second": 0.48 * high, "tread": high - tall, "tip": high}
    return Solid(shape, materials, {name: place(0.0, 0.0, z) for name, z in heights.items()})


def _slat(low: tuple[float, float], up: tuple[float, float]) -> Shape:
    """A part of a blade between two heights, each with its half width, 6 mm thick."""
    shape = box((2.0, 0.006, 1.0), (0.0, 0.0, 0.5))
    x, y, z = shape.vertices.T
    wide = np.where(z < 0.5, low[1], up[1])
    return Shape(np.stack([x * wide, y, low[0] + z * (up[0] - low[0])], -1), shape.faces, shape.uv, shape.material)


def soil(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A low heap of soil 1.0 x 0.7 m times `size`, 0.11 m high; `top`: its middle, at its height."""
    s = spec.size
    dome = lathe([(0.0, 0.0), (0.5, 0.0), (0.46, 0.03), (0.34, 0.08), (0.18, 0.105), (0.0, 0.11)], 22)
    x, y, z = dome.vertices.T
    bumps = 1.0 + 0.05 * np.cos(5.0 * arctan2(x, y)) + 0.04 * np.cos(9.0 * arctan2(x, y))
    shape = Shape(np.stack([x * bumps * s, 0.72 * y * bumps * s, z * s], -1), dome.faces, dome.uv, dome.material)
    earth = Material("soil", speckled((0.29, 0.2, 0.13), 0.16, spec.variant), 0.95)
    return Solid(painted(shape, 0), (earth,), {"top": place(0.0, 0.0, 0.11 * s)})


def clod(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A spadeful of soil 0.15 m across times `size`; `top`: on it."""
    s = spec.size
    profile = [(0.0, 0.0), (0.075, 0.0), (0.07, 0.025), (0.045, 0.05), (0.0, 0.06)]
    shape = lathe([(r * s, z * s) for r, z in profile], 12)
    earth = Material("soil", speckled((0.27, 0.19, 0.12), 0.16, spec.variant), 0.95)
    return Solid(painted(shape, 0), (earth,), {"top": place(0.0, 0.0, 0.06 * s)})


KINDS: dict[str, Builder] = {
    "mop": mop, "hammer": hammer, "nail": nail, "plank": plank, "workbench": workbench, "handsaw": handsaw, "sawhorse": sawhorse,
    "wall_painter": wall_painter, "wall_panel": wall_panel, "spade": spade, "soil": soil, "clod": clod,
}  # fmt: skip
"""Kind -> builder; heights come from the body, `size` is a factor on the rest."""

FORMS: Forms = {
    "mop": {"shape": MOPS},
    "hammer": {"shape": HAMMERS},
    "wall_painter": {"shape": PAINTERS},
    "wall_panel": {"finish": WALLS},
    "spade": {"shape": SPADES},
}
"""Kind -> part -> its forms."""
