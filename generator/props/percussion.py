"""Drums, cymbal, sticks and baton, and a piano fitted to whoever sits at it."""

from __future__ import annotations

import numpy as np

from ..values import Material, PropSpec, Skeleton
from .base import Builder, Forms, Solid, form, frame, seat_height_m
from .instruments import AHEAD, SLANT, UP, tinted
from .shapes import Shape, box, join, lathe, moved, painted, soft_box, tube, turn, with_mirror
from .textures import plain, wooden

DRUMS = {"snare": (0.178, 0.14, 0.12), "rack_tom": (0.15, 0.22, 0.32), "floor_tom": (0.20, 0.40, 0.14)}
"""Radius, depth, and how far over the seat a drum's head is, metres."""

PIANOS = ("upright", "stage")
KEYS_OVER_SEAT_M = 0.235
"""How far a piano's keys are above the seat that fits the player."""


def _stand(height: float, spread: float = 0.20) -> Shape:
    """A post on three feet, one of them ahead."""
    feet = [
        with_mirror(tube([(0.0, 0.0, 0.18), (0.86 * spread, 0.5 * spread, 0.012)], 0.009, 6)),
        tube([(0, 0, 0.18), (0, -spread, 0.012)], 0.009, 6),
    ]
    return join([tube([(0.0, 0.0, 0.10), (0.0, 0.0, height)], 0.011, 8), *feet])


def drum(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A drum on its stand (snare, tom) or on legs (floor tom), on the floor under its middle, its head at the sitter's thighs.

    `head`: the middle of the skin that is struck, z up.
    """
    s, kind = spec.size, spec.kind
    radius, deep, over = DRUMS[kind]
    radius, top = radius * s, seat_height_m(skeleton) + over
    low = top - deep
    shell = lathe([(0.0, low), (radius, low), (radius, top - 0.004), (0.0, top - 0.004)], 28)
    skin = lathe([(0.0, top - 0.004), (0.97 * radius, top - 0.004), (0.97 * radius, top), (0.0, top)], 28)
    rims = [
        lathe(
            [
                (radius - 0.004, z),
                (radius + 0.012, z),
                (radius + 0.012, z + 0.014),
                (radius - 0.004, z + 0.014),
                (radius - 0.004, z),
            ],
            28,
        )
        for z in (low, top - 0.012)
    ]
    if kind == "floor_tom":
        legs = [
            with_mirror(tube([(0.87 * radius, 0.58 * radius, 0.0), (0.87 * radius, 0.58 * radius, low + 0.2)], 0.009, 6)),
            tube([(0.0, -1.04 * radius, 0.0), (0.0, -1.04 * radius, low + 0.2)], 0.009, 6),
        ]
    else:
        legs = [_stand(low + 0.01)]
    materials = (
        Material("shell", plain((0.50, 0.05, 0.06)), 0.25),
        Material("skin", plain((0.92, 0.91, 0.87)), 0.7),
        Material("steel", plain((0.75, 0.76, 0.78)), 0.2),
    )
    shape = join([painted(shell, 0), painted(skin, 1), painted(join([*rims, *legs]), 2)])
    return Solid(shape, materials, {"head": frame((0.0, 0.0, top), y=AHEAD, z=UP)})


def cymbal(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A cymbal on its stand, tipped towards the player (+y), on the floor under it. `edge`: where it is struck."""
    s, top = spec.size, seat_height_m(skeleton) + 0.50
    tip = 0.28
    disc = lathe([(0.0, -0.002), (0.05, -0.002), (0.21, -0.014), (0.213, -0.012), (0.06, 0.004), (0.03, 0.02), (0.0, 0.022)], 28)
    disc = moved(Shape(disc.vertices * s, disc.faces, disc.uv, disc.material), (0.0, 0.0, top), turn("x", -tip))
    materials = (
        Material("brass", plain((0.80, 0.64, 0.25)), 0.2),
        Material("steel", plain((0.70, 0.71, 0.73)), 0.25),
    )
    edge = np.array([0.0, 0.15 * np.cos(tip), -0.15 * np.sin(tip)]) * s + np.array([0.0, 0.0, top])
    return Solid(join([painted(disc, 0), painted(_stand(top + 0.02, 0.26), 1)]), materials, {"edge": frame(edge, y=AHEAD, z=UP)})


def drumstick(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A drumstick along z, tip up; the origin is where the hand holds it. `grip`: palm at -x, thumb up the stick; `tip`."""
    s = spec.size
    profile = [(0.0, -0.13), (0.007, -0.128), (0.0075, 0.14), (0.004, 0.255), (0.006, 0.265), (0.005, 0.275), (0.0, 0.277)]
    stick = painted(lathe([(r * s, z * s) for r, z in profile], 10), 0)
    frames = {
        "grip": frame((-0.0074 * s, 0.0, 0.0), y=(0.0, -SLANT[0], SLANT[1]), z=(1.0, 0.0, 0.0)),
        "tip": frame((0.0, 0.0, 0.27 * s), y=AHEAD, z=UP),
    }
    return Solid(stick, (Material("hickory", wooden((0.80, 0.63, 0.40), 31), 0.5),), frames)


def baton(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A conductor's baton along z, tip up, its cork in the hand. `grip`: palm at -x, thumb up the baton;
    `tip`."""
    s = spec.size
    stick = tube([(0, 0, 0.03 * s), (0, 0, 0.36 * s)], np.array([0.004, 0.002]) * s, 8)
    cork = lathe([(0.0, -0.04 * s), (0.010 * s, -0.03 * s), (0.0105 * s, 0.01 * s), (0.004 * s, 0.04 * s), (0.0, 0.04 * s)], 12)
    materials = (Material("stick", plain((0.93, 0.92, 0.90)), 0.4), Material("cork", plain((0.62, 0.42, 0.25)), 0.8))
    frames = {
        "grip": frame((-0.0104 * s, 0.0, 0.0), y=(0.0, -SLANT[0], SLANT[1]), z=(1.0, 0.0, 0.0)),
        "tip": frame((0.0, 0.0, 0.36 * s), y=AHEAD, z=UP),
    }
    return Solid(join([painted(stick, 0), painted(cork, 1)]), materials, frames)


def piano(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """An upright piano, or a stage piano on legs, its keys at +y and as high as this player's seat asks for.

    On the floor under its middle. `keys`: the keys' middle, z up; `near`: the key bed's front edge; `top`: the same height.
    """
    s, kind = spec.size, form(spec, "build", PIANOS)
    wide, high = 1.32 * s, seat_height_m(skeleton) + KEYS_OVER_SEAT_M
    near = 0.26
    bed = soft_box((wide, 0.32, 0.05), 0.012, (0.0, near - 0.16, high - 0.05))
    cheeks = with_mirror(soft_box((0.04, 0.30, 0.07), 0.012, (0.5 * wide - 0.02, near - 0.16, high - 0.01)))
    white = soft_box((wide - 0.10, 0.15, 0.02), 0.004, (0.0, near - 0.09, high - 0.012), steps=1)
    steps = np.arange(0.5, 18.0) * (wide - 0.10) / 38.0
    black = with_mirror(
        join([box((0.012, 0.09, 0.014), (x, near - 0.12, high + 0.003)) for k, x in enumerate(steps) if k % 7 not in (2, 6)])
    )
    if kind == "upright":
        tall = max(1.18, high + 0.40) * (0.5 + 0.5 * s)
        case = [
            soft_box((wide, 0.34, tall - 0.02), 0.012, (0.0, -0.20, 0.5 * tall)),
            soft_box((wide + 0.03, 0.40, 0.03), 0.01, (0.0, -0.19, tall)),
        ]
        legs = with_mirror(
            soft_box((0.07, 0.07, high - 0.07), 0.015, (0.5 * wide - 0.05, near - 0.07, 0.5 * (high - 0.07)), steps=1)
        )
        stand = soft_box((0.5, 0.02, 0.26), 0.006, (0.0, -0.015, high + 0.22), steps=1)
    else:
        case = [soft_box((wide, 0.10, 0.11), 0.02, (0.0, -0.06, high - 0.01))]
        legs = with_mirror(
            join([tube([(0.40 * wide, y, 0.015), (0.40 * wide, -y + 0.2, high - 0.07)], 0.018, 8) for y in (-0.12, 0.24)])
        )
        stand = soft_box((0.42, 0.015, 0.22), 0.006, (0.0, -0.075, high + 0.15))
    materials = (
        Material("case", plain((0.05, 0.05, 0.055)) if kind == "stage" else wooden(tinted(spec, 0, (0.20, 0.11, 0.06)), 41), 0.2),
        Material("white", plain((0.93, 0.92, 0.88)), 0.3),
        Material("black", plain((0.04, 0.04, 0.045)), 0.3),
    )
    frames = {
        "keys": frame((0.0, near - 0.10, high), y=AHEAD, z=UP),
        "near": frame((0.0, near, high - 0.025), y=AHEAD, z=UP),
        "top": frame((0.0, 0.0, high), y=AHEAD, z=UP),
        "music": frame((0.0, 0.0, high + 0.20), y=AHEAD, z=UP),
    }
    shape = join([painted(join([bed, cheeks, legs, stand, *case]), 0), painted(white, 1), painted(black, 2)])
    return Solid(shape, materials, frames)


KINDS: dict[str, Builder] = {
    **dict.fromkeys(DRUMS, drum),
    "cymbal": cymbal,
    "drumstick": drumstick,
    "baton": baton,
    "piano": piano,
}

FORMS: Forms = {"piano": {"build": PIANOS}}
