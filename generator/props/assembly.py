"""A small table that is put together: its top, its screw-in legs, the whole; and a pot that is stirred, with its spoon."""

from __future__ import annotations

import numpy as np

from ..values import Array, Material, PropSpec, Skeleton
from .base import Builder, Forms, Solid, frame
from .fitted import place
from .shapes import Shape, join, lathe, moved, painted, soft_box, tube, with_mirror
from .textures import plain, speckled, wooden
from .vessels import color

STEEL = (0.72, 0.73, 0.75)
WHITE = (0.92, 0.92, 0.9)
BIRCH = (0.76, 0.6, 0.4)

TOP_M, THICK_M = 0.52, 0.045
"""Side and thickness of a table's top."""

LEG_M, LEG_RADIUS_M = 0.40, 0.024
"""Length of a leg without its screw, and half its thickness."""

INSET_M = 0.04
"""From the edges of a top to the middle of a leg."""

SCREW_M = 0.045


def _leg(s: float) -> Shape:
    """A leg along z from z = 0."""
    return soft_box((2 * LEG_RADIUS_M, 2 * LEG_RADIUS_M, LEG_M * s), 0.004, (0.0, 0.0, 0.5 * LEG_M * s))


def _paint(spec: PropSpec) -> tuple[Material, ...]:
    return (
        Material("top", wooden(color(spec, 0, WHITE), spec.variant), 0.4),
        Material("steel", plain(STEEL), 0.3, 0.8),
        Material("legs", wooden(BIRCH, 5), 0.5),
    )


def corners_m(s: float) -> dict[str, tuple[float, float]]:
    """(x, y) of the four legs of a top, by where they are for who faces it: -x is the right, -y the far side."""
    at = 0.5 * TOP_M * s - INSET_M
    return {"near_right": (-at, at), "near_left": (at, at), "far_right": (-at, -at), "far_left": (at, -at)}


def loose_leg(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A leg of a small table 0.40 m long times `size` along z, a screw at its lower end, as it goes into a top lying face down.

    `grip`: a fist above its middle, thumb up; `foot`: the lower end without the screw; `end`: the upper one.
    """
    s = spec.size
    screw = tube([(0.0, 0.0, -SCREW_M), (0.0, 0.0, -0.01), (0.0, 0.0, 0.002)], 0.004, 8)
    middle = 0.58 * LEG_M * s
    frames = {
        "grip": frame((-LEG_RADIUS_M, 0.0, middle), y=(0, -1, 0), z=(1, 0, 0)),
        "foot": place(0.0, 0.0, 0.0),
        "end": place(0.0, 0.0, LEG_M * s),
    }
    return Solid(join([painted(screw, 1), painted(_leg(s), 2)]), _paint(spec), frames)


def loose_top(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """The top of a small table, 0.52 m square times `size`, lying face down; `near_right` and so on: where legs are screwed in.

    `right_side`, `left_side`: palms on its sides; `top`: its middle, upper side.
    """
    s = spec.size
    slab = soft_box((TOP_M * s, TOP_M * s, THICK_M), 0.006, (0.0, 0.0, 0.5 * THICK_M))
    plate = lathe([(0.0, 0.0), (0.022, 0.0), (0.022, 0.003), (0.0, 0.003)], 14)
    mounts = [moved(plate, (x, y, THICK_M)) for x, y in corners_m(s).values()]
    frames = {name: place(x, y, THICK_M) for name, (x, y) in corners_m(s).items()}
    return Solid(
        join([painted(slab, 0), painted(join(mounts), 1)]), _paint(spec), frames | _sides(s) | {"top": place(0.0, 0.0, THICK_M)}
    )


def _sides(s: float) -> dict[str, Array]:
    """Palms on the middle of a top's right and left sides, fingers ahead; `near`, `far`: its edges."""
    half = 0.5 * TOP_M * s
    return {
        "right_side": frame((-half, 0.0, 0.5 * THICK_M), y=(0, -1, 0), z=(1, 0, 0)),
        "left_side": frame((half, 0.0, 0.5 * THICK_M), y=(0, -1, 0), z=(-1, 0, 0)),
        "near": place(0.0, half, 0.5 * THICK_M),
        "far": place(0.0, -half, 0.5 * THICK_M),
    }


def small_table(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """The whole small table, upside down: its top on the floor, its four legs up; frames as of its top."""
    s = spec.size
    slab = soft_box((TOP_M * s, TOP_M * s, THICK_M), 0.006, (0.0, 0.0, 0.5 * THICK_M))
    legs = join([moved(_leg(s), (x, y, THICK_M)) for x, y in corners_m(s).values()])
    frames = _sides(s) | {"top": place(0.0, 0.0, THICK_M), "feet": place(0.0, 0.0, THICK_M + LEG_M * s)}
    return Solid(join([painted(slab, 0), painted(legs, 2)]), _paint(spec), frames)


def stew_pot(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """An open pot 0.25 m across times `size` with two ears, full of soup; `rim`: its middle, at the rim's height; `soup`."""
    s = spec.size
    high = 0.15 * s
    profile = [
        (0.0, 0.0),
        (0.12 * s, 0.0),
        (0.125 * s, 0.01),
        (0.125 * s, high),
        (0.119 * s, high),
        (0.119 * s, 0.02),
        (0.0, 0.02),
    ]
    soup = lathe([(0.0, 0.021), (0.118 * s, 0.021), (0.118 * s, 0.74 * high), (0.0, 0.75 * high)], 24)
    ear = tube(
        [(0.122 * s, y, z) for y, z in ((-0.035, 0.8 * high),)]
        + [(0.122 * s + 0.032, y, 0.82 * high) for y in (-0.03, 0.0, 0.03)]
        + [(0.122 * s, 0.035, 0.8 * high)],
        0.006,
        6,
    )
    materials = (
        Material("pot", plain(color(spec, 0, STEEL)), 0.25, 0.5),
        Material("soup", speckled(color(spec, 1, (0.7, 0.35, 0.12)), 0.1, spec.variant), 0.4),
        Material("ears", plain((0.1, 0.1, 0.1)), 0.5),
    )
    shape = join([painted(lathe(profile, 28), 0), painted(soup, 1), painted(with_mirror(ear), 2)])
    return Solid(shape, materials, {"rim": place(0.0, 0.0, high), "soup": place(0.0, 0.0, 0.75 * high)})


def stirring_spoon(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Wooden spoon 0.35 m long times `size` along z, its bowl down, hollow towards +y.

    `grip`: a fist near the top, thumb up; `bowl`: the middle of the bowl.
    """
    s = spec.size
    handle = tube([(0.0, 0.0, 0.06 * s), (0.0, 0.0, 0.2 * s), (0.0, 0.0, 0.35 * s)], (0.0065 * s, 0.0065 * s, 0.008 * s), 8)
    angles = np.linspace(-np.pi / 2, np.pi / 2, 9)
    ball = lathe([(max(0.027 * s * float(np.cos(a)), 0.0), 0.037 * s * float(np.sin(a))) for a in angles], 16)
    bowl = moved(ball, (0.0, 0.0, 0.037 * s), np.diag([1.0, 0.3, 1.0]))
    wood = Material("wood", wooden(color(spec, 0, (0.68, 0.5, 0.3)), spec.variant), 0.7)
    frames = {
        "grip": frame((-0.0072 * s, 0.0, 0.285 * s), y=(0, -1, 0), z=(1, 0, 0)),
        "bowl": place(0.0, 0.0, 0.037 * s),
    }
    return Solid(painted(join([handle, bowl]), 0), (wood,), frames)


def folded_clothes(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A pile of folded clothes 0.32 x 0.26 m times `size`, on z = 0; `top`: on it."""
    s = spec.size
    layers: list[Shape] = []
    for k in range(3):
        size = ((0.32 - 0.012 * (k % 2)) * s, (0.26 - 0.01 * k) * s, 0.034)
        layers.append(painted(soft_box(size, 0.015, (0.0, 0.0, 0.017 + 0.032 * k)), k))
    shades = ((0.75, 0.2, 0.2), (0.85, 0.85, 0.82), (0.2, 0.3, 0.5))
    materials = tuple(
        Material(f"cloth{k}", speckled(color(spec, k, shade), 0.06, spec.variant), 0.95) for k, shade in enumerate(shades)
    )
    return Solid(join(layers), materials, {"top": place(0.0, 0.0, 0.098)})


KINDS: dict[str, Builder] = {
    "loose_leg": loose_leg, "loose_top": loose_top, "small_table": small_table, "stew_pot": stew_pot,
    "stirring_spoon": stirring_spoon, "folded_clothes": folded_clothes,
}  # fmt: skip
"""Kind -> builder; `size` is a factor on all lengths but thicknesses."""

FORMS: Forms = {}
"""Kind -> part -> its forms."""
