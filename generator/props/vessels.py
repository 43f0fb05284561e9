"""Things to drink from, turned on a lathe: cup, mug, glass, bottle, can."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..values import Array, Material, PropSpec, Rgb, Skeleton
from .base import Builder, Forms, Solid, form, frame
from .shapes import Shape, join, lathe, moved, painted, tube
from .textures import plain

Profile = list[tuple[float, float]]

WHITE: Rgb = (0.92, 0.91, 0.88)
SIP_RAD = np.deg2rad(50.0)
"""Angle between a drinker's line of sight and the fingers round the vessel."""

DRINKS: dict[str, Rgb] = {
    "coffee": (0.16, 0.08, 0.04),
    "tea": (0.45, 0.22, 0.06),
    "water": (0.75, 0.86, 0.9),
    "juice": (0.7, 0.12, 0.12),
}


def color(spec: PropSpec, index: int, default: Rgb) -> Rgb:
    """The spec's colour number `index`, or a default where it names fewer."""
    return spec.colors[index] if index < len(spec.colors) else default


def hollow(outside: Profile, wall: float, floor: float) -> Profile:
    """Profile of a vessel: up the outside (given from the foot to the rim), over a rounded rim, down the inside."""
    rim_r, rim_z = outside[-1]
    lip = [(rim_r - wall * 0.5 * (1 - c), rim_z + wall * 0.4 * s) for c, s in ((0.3, 0.95), (1.0, 1.0), (1.7, 0.95))]
    inside = [(max(r - wall, 0.002), z) for r, z in outside[::-1] if z > floor]
    return [(0.0, outside[0][1]), *outside, *lip, *inside, (inside[-1][0], floor), (0.0, floor)]


def radius_at(profile: Sequence[tuple[float, float]], height: float) -> float:
    """Outer radius of a profile at a height (m)."""
    r, z = np.array(profile).T
    return float(np.interp(height, z, r))


def vessel_frames(outside: Profile, grip_z: float) -> dict[str, Array]:
    """`grip`: a right palm on the side (-x), thumb up; `rim`: lip point nearest the drinker, y across the vessel.

    `sip` is the lip point that a hand reaching in from the right brings to the mouth, further round from its palm; over
    `spout`, away from the drinker, it is poured out.
    """
    rim_r, rim_z = outside[-1]
    x, y = float(np.sin(SIP_RAD)), float(np.cos(SIP_RAD))
    return {
        "grip": frame((-radius_at(outside, grip_z), 0.0, grip_z), y=(0, -1, 0), z=(1, 0, 0)),
        "rim": frame((0.0, rim_r, rim_z), y=(0, -1, 0), z=(0, 0, 1)),
        "sip": frame((rim_r * x, rim_r * y, rim_z), y=(-x, -y, 0.0), z=(0, 0, 1)),
        "spout": frame((0.0, -rim_r, rim_z), y=(0, -1, 0), z=(0, 0, 1)),
        "base": frame((0.0, 0.0, 0.0), y=(0, -1, 0), z=(0, 0, 1)),
    }


def drink(outside: Profile, wall: float, level: float) -> Shape:
    """A disc of liquid inside at a height (m)."""
    return lathe([(radius_at(outside, level) - wall * 1.01, level), (0.0, level)], 32)


def scaled(profile: Profile, factor: float) -> Profile:
    """All lengths times a factor."""
    return [(r * factor, z * factor) for r, z in profile]


CUP_SHAPES: dict[str, Profile] = {
    "upright": [(0.026, 0.0), (0.028, 0.004), (0.033, 0.02), (0.037, 0.05), (0.039, 0.08), (0.040, 0.095)],
    "tall": [(0.030, 0.0), (0.032, 0.002), (0.036, 0.05), (0.041, 0.10), (0.043, 0.115)],
    "bowl": [(0.024, 0.0), (0.026, 0.006), (0.036, 0.022), (0.042, 0.045), (0.044, 0.075)],
}
MUG_SHAPES: dict[str, Profile] = {
    "straight": [(0.038, 0.0), (0.0405, 0.003), (0.041, 0.02), (0.041, 0.092)],
    "round": [(0.036, 0.0), (0.040, 0.006), (0.043, 0.035), (0.041, 0.07), (0.0425, 0.098)],
}
GLASS_SHAPES: dict[str, Profile] = {
    "tall": [(0.029, 0.0), (0.031, 0.002), (0.036, 0.13)],
    "low": [(0.032, 0.0), (0.036, 0.006), (0.039, 0.05), (0.040, 0.095)],
}
BOTTLE_SHAPES: dict[str, Profile] = {
    "waisted": [(0.028, 0.0), (0.033, 0.006), (0.034, 0.05), (0.031, 0.075), (0.034, 0.1), (0.034, 0.14), (0.026, 0.175),
     (0.0135, 0.195), (0.0130, 0.222)],
    "straight": [(0.032, 0.0), (0.035, 0.004), (0.035, 0.17), (0.031, 0.186), (0.02, 0.198), (0.017, 0.212), (0.017, 0.228)],
    "slender": [(0.027, 0.0), (0.030, 0.005), (0.030, 0.13), (0.024, 0.165), (0.0125, 0.2), (0.0120, 0.235)],
}  # fmt: skip


def cup(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Cup without handle, 75-115 mm high."""
    outside = scaled(CUP_SHAPES[form(spec, "shape", CUP_SHAPES)], spec.size)
    return _vessel(spec, outside, 0.003, _ware(spec, 0.35))


def mug(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Mug about 95 mm high; its handle is on the far side (-y), in the plane of symmetry."""
    outside = scaled(MUG_SHAPES[form(spec, "shape", MUG_SHAPES)], spec.size)
    body = _vessel(spec, outside, 0.0045, _ware(spec, 0.3))
    angles = np.linspace(-0.5 * np.pi, 0.5 * np.pi, 12)
    height = outside[-1][1]
    radius = radius_at(outside, height * 0.5) - 0.004 * spec.size
    path = [(0.0, -radius - 0.031 * spec.size * np.cos(a), height * (0.5 + 0.3 * np.sin(a))) for a in angles]
    handle = painted(tube(path, 0.0055 * spec.size, 8), 0)
    return Solid(join([body.shape, handle]), body.materials, body.frames)


def glass(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Tumbler, 95-130 mm high, pale and smooth."""
    outside = scaled(GLASS_SHAPES[form(spec, "shape", GLASS_SHAPES)], spec.size)
    red, green, blue = color(spec, 0, WHITE)
    tint = (0.75 + 0.2 * red, 0.75 + 0.2 * green, 0.75 + 0.2 * blue)
    materials = (Material("glass", plain(tint), 0.08), Material("drink", plain(DRINKS["water"]), 0.1))
    return _vessel(spec, outside, 0.0025, materials)


def _ware(spec: PropSpec, roughness: float) -> tuple[Material, ...]:
    """Body, drink and painted band of a cup or mug."""
    return (
        Material("body", plain(color(spec, 0, WHITE)), roughness),
        Material("drink", plain(DRINKS[form(spec, "drink", DRINKS)]), 0.15),
        Material("band", plain(color(spec, 1, WHITE)), roughness),
    )


def _vessel(spec: PropSpec, outside: Profile, wall: float, materials: tuple[Material, ...]) -> Solid:
    """A vessel with a drink in it, of two materials, or of three with a band round it."""
    wall *= spec.size
    height = outside[-1][1]
    body = painted(lathe(hollow(outside, wall, wall * 1.5), 32), 0)
    liquid = painted(drink(outside, wall, height * 0.82), 1)
    band_z = (height * 0.30, height * 0.62)
    band = painted(_band(outside, *band_z), 2)
    shapes = [body, liquid, band][: len(materials)]
    return Solid(join(shapes), materials, vessel_frames(outside, height * 0.5))


def _band(outside: Profile, low: float, high: float) -> Shape:
    """A painted band a hair outside the vessel between two heights (m)."""
    inner = [(r, z) for r, z in outside if low < z < high]
    line = [(radius_at(outside, low), low), *inner, (radius_at(outside, high), high)]
    return lathe([(r + 2e-4, z) for r, z in line], 32)


def bottle(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Bottle of 0.4-0.7 l, 220-235 mm high, open, with a label; the grip is a little under its middle."""
    outside = scaled(BOTTLE_SHAPES[form(spec, "shape", BOTTLE_SHAPES)], spec.size)
    height = outside[-1][1]
    body = painted(lathe(hollow(outside, 0.0015 * spec.size, 0.003 * spec.size), 32), 0)
    label = painted(_band(outside, height * 0.28, height * 0.55), 1)
    ring = [
        (radius_at(outside, height * 0.93), height * 0.93),
        (radius_at(outside, height * 0.965), height * 0.965),
    ]
    collar = painted(lathe([(r + 0.0022 * spec.size, z) for r, z in ring], 24), 2)
    materials = (
        Material("bottle", plain(color(spec, 0, (0.2, 0.5, 0.7))), 0.12),
        Material("label", plain(color(spec, 1, WHITE)), 0.6),
        Material("collar", plain(color(spec, 2, WHITE)), 0.4),
    )
    return Solid(join([body, label, collar]), materials, vessel_frames(outside, height * 0.42))


def can(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Drink can of 0.33 l, 115 mm high."""
    s = spec.size
    outside = scaled([(0.024, 0.0), (0.026, 0.001), (0.033, 0.012), (0.033, 0.103), (0.0275, 0.113), (0.0275, 0.115)], s)
    metal = lathe([(0.0, 0.003 * s), *outside, (0.025 * s, 0.1145 * s), (0.0245 * s, 0.112 * s), (0.0, 0.112 * s)], 32)
    materials = (
        Material("metal", plain((0.75, 0.76, 0.78)), 0.25, 0.9),
        Material("print", plain(color(spec, 0, (0.75, 0.1, 0.12))), 0.3),
        Material("band", plain(color(spec, 1, WHITE)), 0.3),
    )
    printed = painted(_band(outside, 0.0125 * s, 0.1025 * s), 1)
    stripe = painted(moved(_band(scaled(outside, 1.004), 0.04 * s, 0.062 * s)), 2)
    return Solid(join([painted(metal, 0), printed, stripe]), materials, vessel_frames(outside, 0.055 * s))


KINDS: dict[str, Builder] = {"cup": cup, "mug": mug, "glass": glass, "bottle": bottle, "can": can}
"""Kind -> builder; `size` is a factor on all lengths."""

FORMS: Forms = {
    "cup": {"shape": tuple(CUP_SHAPES), "drink": tuple(DRINKS)},
    "mug": {"shape": tuple(MUG_SHAPES), "drink": tuple(DRINKS)},
    "glass": {"shape": tuple(GLASS_SHAPES)},
    "bottle": {"shape": tuple(BOTTLE_SHAPES)},
}
"""Kind -> part -> its forms."""
