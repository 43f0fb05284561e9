"""What a cook handles: board, knife, vegetables, greens, bowl, pan, pot, spatula."""

from __future__ import annotations

import numpy as np

from ..values import Array, Material, PropSpec, Rgb, Skeleton
from .base import Builder, Forms, Solid, form, frame, mirrored
from .desktop import in_pinch
from .fitted import place
from .shapes import Shape, box, join, lathe, metric_uv, moved, painted, soft_box, tube, turn, with_mirror
from .textures import plain, speckled, wooden
from .vessels import WHITE, color

STEEL = (0.74, 0.75, 0.77)
WOOD = (0.66, 0.48, 0.3)
BOARDS = ("plain", "round", "handled")
KNIVES = ("chef", "cleaver")
GREENS = ("leafy", "stalks", "leek")
PANS = ("frying", "saucepan", "wok")


def bar_grip(radius: float, y: float, z: float) -> Array:
    """A right palm beside a bar that points ahead (-y): thumb ahead and up, fingers ahead and down round it."""
    half = float(np.sqrt(0.5))
    return frame((-radius, y, z), y=(0, -half, -half), z=(1, 0, 0))


def board(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Cutting board 0.40 x 0.26 m times `size`, 18 mm thick: plain, with round corners, or with a handle. `top`: its middle."""
    s, t = spec.size, 0.018
    style = form(spec, "shape", BOARDS)
    shapes = [soft_box((0.40 * s, 0.26 * s, t), 0.008 if style == "round" else 0.003, (0.0, 0.0, t / 2))]
    if style == "handled":
        shapes.append(soft_box((0.06 * s, 0.12 * s, t), 0.004, (0.0, -0.18 * s, t / 2)))
    material = Material("board", wooden(color(spec, 0, WOOD), spec.variant), 0.6)
    return Solid(painted(join(shapes), 0), (material,), {"top": place(0.0, 0.0, t)})


def knife(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Kitchen knife 0.3 m long times `size`, blade ahead (-y), edge down; `grip`: beside the handle; `edge`: its middle."""
    s = spec.size
    cleaver = form(spec, "shape", KNIVES) == "cleaver"
    deep, long = (0.085, 0.17) if cleaver else (0.046, 0.185)
    handle = soft_box((0.021 * s, 0.115 * s, 0.027 * s), 0.009 * s, (0.0, 0.0, 0.0))
    low = 0.012 * s - deep * s
    blade = _blade(-0.055 * s, -(0.055 + long) * s, 0.012 * s, low, 0.0 if cleaver else 0.55 * deep * s)
    materials = (
        Material("handle", plain(color(spec, 0, (0.1, 0.09, 0.09))), 0.5),
        Material("blade", plain(STEEL), 0.2, 0.8),
    )
    frames = {
        "grip": bar_grip(0.0105 * s, 0.0, 0.0),
        "edge": frame((0.0, -(0.055 + 0.5 * long) * s, low), y=(0, 1, 0), z=(0, 0, 1)),
        "tip": frame((0.0, -(0.055 + long) * s, low + 0.004), y=(0, 1, 0), z=(0, 0, 1)),
    }
    return Solid(join([painted(handle, 0), painted(blade, 1)]), materials, frames)


def _blade(near: float, end: float, high: float, low: float, rise: float) -> Shape:
    """A wedge from its spine (z = high) to its edge (z = low), the edge rising by `rise` towards its end."""
    half = 0.0014
    shape = box((2 * half, 1.0, 1.0), (0.0, 0.5, 0.5))
    x, y, z = shape.vertices.T
    edge = low + rise * y**2
    vertices = np.stack([x * (0.25 + 0.75 * z), near + y * (end - near), edge + z * (high - edge)], -1)
    flipped = shape.faces[:, ::-1]
    return metric_uv(Shape(vertices, flipped, shape.uv[:, ::-1], shape.material))


VEGETABLES: dict[str, tuple[Rgb, float, float, float]] = {
    "carrot": ((0.9, 0.42, 0.1), 0.20, 0.018, 0.5),
    "cucumber": ((0.16, 0.38, 0.14), 0.26, 0.022, 0.85),
    "zucchini": ((0.3, 0.46, 0.16), 0.20, 0.025, 0.85),
    "eggplant": ((0.24, 0.1, 0.28), 0.20, 0.036, 0.75),
}
"""Colour, length, radius, and the share of it left near the ends."""


def vegetable(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Carrot, cucumber, zucchini or eggplant lying along x, its middle over the origin; both ends alike, for either hand."""
    tint, length, radius, ends = VEGETABLES[spec.kind]
    s = spec.size
    half, thick = 0.5 * length * s, radius * s
    outline = [(ends * 0.5, -1.0), (ends, -0.93), (1.0, -0.4), (1.0, 0.4), (ends, 0.93), (ends * 0.5, 1.0)]
    profile = [(0.0, -half), *((thick * r, half * z) for r, z in outline), (0.0, half)]
    body = moved(lathe(profile, 16), (0.0, 0.0, thick), turn("y", np.pi / 2))
    material = Material("skin", speckled(tint, 0.05, spec.variant), 0.45)
    return Solid(painted(body, 0), (material,), {"top": place(0.0, 0.0, 2 * thick)})


def slices(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A heap of cut slices in a row along x, as they fall from the knife."""
    s = spec.size
    disc = lathe([(0.0, 0.0), (0.021 * s, 0.0), (0.021 * s, 0.004), (0.0, 0.004)], 14)
    tilted = [moved(disc, (0.013 * k * s + 0.006, 0.004 * (k % 3), 0.006 + 0.003 * (k % 2)), turn("y", 0.5)) for k in range(4)]
    flat = moved(disc, (0.03 * s, 0.035 * s, 0.0))
    material = Material("slice", plain(color(spec, 0, (0.93, 0.62, 0.25))), 0.6)
    return Solid(painted(with_mirror(join([*tilted, flat])), 0), (material,), {"top": place(0.0, 0.0, 0.02)})


def greens(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A bunch of leafy greens, of stalks with leaves, or a leek, held by its middle, stems at -z and leaves up.

    `grip`: a fist round the stems, thumb towards the leaves; `leaves`, `root`: the two ends.
    """
    s = spec.size
    style = form(spec, "shape", GREENS)
    stalk, leaf = {"leafy": (6, 0.055), "stalks": (5, 0.03), "leek": (3, 0.035)}[style]
    thick = {"leafy": 0.004, "stalks": 0.007, "leek": 0.012}[style]
    stems, leaves = [], []
    for k in range(stalk):
        angle = np.pi * (k + 0.5) / stalk - np.pi / 2
        out = np.array([np.cos(angle), np.sin(angle), 0.0])
        path = [0.008 * out + [0, 0, -0.13], 0.010 * out, 0.022 * out + [0, 0, 0.09], 0.05 * out + [0, 0, 0.17]]
        stems.append(tube(s * np.array(path), np.array([thick, thick, thick * 0.8, thick * 0.4]) * s, 6))
        blade = soft_box((0.006 * s, leaf * s, 0.11 * s), 0.0028 * s, steps=1)
        leaves.append(moved(moved(blade, rotation=turn("z", angle)), s * (0.042 * out + [0, 0, 0.15 + 0.02 * (k % 2)])))
    tie = lathe([(0.0, -0.01 * s), (0.019 * s, -0.01 * s), (0.019 * s, 0.01 * s), (0.0, 0.01 * s)], 12)
    materials = (
        Material("leaves", speckled((0.16, 0.42, 0.12), 0.09, spec.variant), 0.7),
        Material("stems", speckled((0.75, 0.84, 0.6), 0.05, spec.variant), 0.6),
    )
    half = float(np.sqrt(0.5))
    frames = {
        "grip": frame((-0.019 * s, 0.0, 0.0), y=(0, -1, 0), z=(1, 0, 0)),
        "leaves": frame((0.0, 0.0, 0.17 * s), y=(0, half, half), z=(0, -half, half)),
        "root": frame((0.0, 0.0, -0.12 * s), y=(0, 1, 0), z=(0, 0, 1)),
    }
    shape = join([painted(with_mirror(join(leaves)), 0), painted(with_mirror(join(stems)), 1), painted(tie, 1)])
    return Solid(shape, materials, frames)


def leaf(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """One leaf 0.16 m long times `size` along z on a short stem; `grip`: a palm whose fingertips pinch its middle."""
    s = spec.size
    blade = soft_box((0.005 * s, 0.055 * s, 0.11 * s), 0.0024 * s, (0.0, 0.0, 0.10 * s), steps=1)
    stem = tube([(0.0, 0.0, 0.0), (0.0, 0.0, 0.03 * s), (0.0, 0.0, 0.06 * s)], 0.003 * s, 6)
    materials = (
        Material("leaf", speckled((0.16, 0.42, 0.12), 0.09, spec.variant), 0.7),
        Material("stem", plain((0.7, 0.8, 0.5)), 0.6),
    )
    frames = {"grip": in_pinch(np.array([-0.3, 0.6, 0.74]), 0.08 * s), "tip": frame((0.0, 0.0, 0.0), y=(0, 1, 0), z=(0, 0, 1))}
    return Solid(join([painted(blade, 0), painted(stem, 1)]), materials, frames)


def mixing_bowl(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Mixing bowl 0.27 m across times `size`. `rim`: the middle of its opening."""
    s = spec.size
    outside = [(0.055, 0.0), (0.058, 0.004), (0.095, 0.03), (0.125, 0.075), (0.135, 0.115)]
    inside = [(0.131, 0.115), (0.12, 0.075), (0.09, 0.034), (0.0, 0.012)]
    profile = [(r * s, z * s) for r, z in [(0.0, 0.0), *outside, *inside]]
    material = Material("bowl", plain(color(spec, 0, STEEL)), 0.3)
    return Solid(painted(lathe(profile, 32), 0), (material,), {"rim": place(0.0, 0.0, 0.115 * s)})


def pan(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Frying pan, saucepan or wok with a handle towards the cook (+y), food in it; origin under the middle of its base.

    `grip`: beside the handle, thumb towards the pan; `rim`: the middle of its opening.
    """
    s, style = spec.size, form(spec, "shape", PANS)
    base, top, high = {"frying": (0.11, 0.13, 0.045), "saucepan": (0.095, 0.098, 0.11), "wok": (0.05, 0.16, 0.085)}[style]
    base, top, high, wall = base * s, top * s, high * s, 0.004
    middle = 0.5 * (base + top) + (0.028 * s if style == "wok" else 0.0)
    profile = [(0.0, 0.0), (base, 0.0), (middle, high * 0.45), (top, high), (top - wall, high), (middle - wall, high * 0.45),
               (base - wall, wall), (0.0, wall)]  # fmt: skip
    food = lathe([(0.0, wall), (base * 0.9, wall + 0.002), (base * 0.8, high * 0.4), (0.0, high * 0.45)], 14)
    y = top + 0.14 * s
    bar = [(0.0, top - 0.008, high * 0.8), (0.0, top + 0.06 * s, high * 0.8 + 0.02), (0.0, top + 0.20 * s, high * 0.8 + 0.047)]
    handle = tube(bar, (0.008, 0.0105, 0.0105), 10)
    middle_of_bar = np.array(bar[1]) + (np.array(bar[2]) - bar[1]) * (y - bar[1][1]) / (bar[2][1] - bar[1][1])
    materials = (
        Material("metal", plain((0.13, 0.13, 0.14) if style != "saucepan" else STEEL), 0.3),
        Material("food", speckled((0.75, 0.5, 0.22), 0.2, spec.variant), 0.7),
        Material("handle", plain(color(spec, 0, (0.08, 0.08, 0.08))), 0.5),
    )
    half = float(np.sqrt(0.5))
    frames = {
        "grip": frame((-0.0105, float(middle_of_bar[1]), float(middle_of_bar[2])), y=(0, -half, -half), z=(1, 0, 0)),
        "rim": place(0.0, 0.0, high),
        "base": place(0.0, 0.0, 0.0),
    }
    shape = join([painted(lathe(profile, 28), 0), painted(food, 1), painted(handle, 2)])
    return Solid(shape, materials, frames)


def pot(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Cooking pot 0.23 m across times `size` with two ears and a lid."""
    s = spec.size
    body = lathe([(0.0, 0.0), (0.112 * s, 0.0), (0.115 * s, 0.008), (0.115 * s, 0.13 * s), (0.0, 0.13 * s)], 28)
    lid = lathe([(0.0, 0.13 * s), (0.119 * s, 0.13 * s), (0.118 * s, 0.137 * s), (0.02 * s, 0.155 * s), (0.0, 0.156 * s)], 28)
    knob = lathe([(0.0, 0.155 * s), (0.008, 0.155 * s), (0.018, 0.175 * s), (0.0, 0.182 * s)], 14)
    r = 0.113 * s
    ear = tube(
        [
            (r, -0.035, 0.1 * s),
            (r + 0.03, -0.03, 0.105 * s),
            (r + 0.035, 0.0, 0.106 * s),
            (r + 0.03, 0.03, 0.105 * s),
            (r, 0.035, 0.1 * s),
        ],
        0.006,
        6,
    )
    materials = (Material("pot", plain(color(spec, 0, STEEL)), 0.25), Material("ears", plain((0.1, 0.1, 0.1)), 0.5))
    shape = join([painted(body, 0), painted(lid, 0), painted(knob, 1), painted(with_mirror(ear), 1)])
    return Solid(shape, materials, {"rim": place(0.0, 0.0, 0.18 * s)})


def spatula(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Wooden spatula 0.31 m long times `size` along z, the blade down; `grip`: a fist near the top; `blade`: its lower end."""
    s = spec.size
    handle = tube([(0.0, 0.0, 0.09 * s), (0.0, 0.0, 0.2 * s), (0.0, 0.0, 0.33 * s)], 0.0075 * s, 8)
    blade = soft_box((0.055 * s, 0.008 * s, 0.1 * s), 0.0038 * s, (0.0, 0.0, 0.05 * s))
    material = Material("wood", wooden(color(spec, 0, WOOD), spec.variant), 0.7)
    frames = {
        "grip": frame((-0.0075 * s, 0.0, 0.26 * s), y=(0, -1, 0), z=(1, 0, 0)),
        "blade": frame((0.0, 0.0, 0.0), y=(0, 1, 0), z=(0, 0, 1)),
    }
    return Solid(painted(join([handle, blade]), 0), (material,), frames)


def parcel(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Food in a carton (milk, juice) 95 x 72 x 200 mm times `size`; `grip`: beside it, thumb up."""
    s = spec.size
    w, d, h = 0.078 * s, 0.078 * s, 0.175 * s
    body = painted(box((w, d, h), (0.0, 0.0, h / 2)), 0)
    band = painted(box((w * 1.006, d * 1.006, h * 0.3), (0.0, 0.0, h * 0.45)), 1)
    roof = box((w, d, 0.035 * s), (0.0, 0.0, h + 0.0175 * s))
    x, y, z = roof.vertices.T
    ridge = np.where(z > h + 0.01 * s, 0.08, 1.0)
    gable = painted(Shape(np.stack([x, y * ridge, z], -1), roof.faces, roof.uv, roof.material), 0)
    materials = (
        Material("carton", plain(color(spec, 0, WHITE)), 0.5),
        Material("band", plain(color(spec, 1, (0.15, 0.35, 0.7))), 0.5),
    )
    right = frame((-w / 2, 0.0, h * 0.5), y=(0, -1, 0), z=(1, 0, 0))
    frames = {"grip": right, "left_side": mirrored(right), "base": place(0.0, 0.0, 0.0)}
    return Solid(join([body, band, gable]), materials, frames)


KINDS: dict[str, Builder] = {
    "board": board,
    "knife": knife,
    **dict.fromkeys(VEGETABLES, vegetable),
    "slices": slices,
    "greens": greens,
    "leaf": leaf,
    "mixing_bowl": mixing_bowl,
    "pan": pan,
    "pot": pot,
    "spatula": spatula,
    "carton": parcel,
}
"""Kind -> builder; `size` is a factor on all lengths."""

FORMS: Forms = {
    "board": {"shape": BOARDS},
    "knife": {"shape": KNIVES},
    "greens": {"shape": GREENS},
    "pan": {"shape": PANS},
}
"""Kind -> part -> its forms."""
