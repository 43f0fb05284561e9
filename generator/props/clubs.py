"""Long things swung with both hands: golf clubs, baseball bats."""

from __future__ import annotations

import numpy as np

from ..values import Material, PropSpec, Skeleton
from .base import Builder, Forms, Solid, form, frame
from .shapes import Shape, join, lathe, moved, painted, soft_box, tube
from .textures import plain
from .vessels import color

DIAGONAL = (float(np.cos(0.65)), float(np.sin(0.65)))
"""A handle lies across the palm this much along the thumb's direction, and this much along the fingers'."""

CLUB_LENGTHS_M = {"driver": 0.98, "iron": 0.88, "putter": 0.82}
"""From the middle of the grip to the sole."""


def golf_club(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A club whose shaft lies along z, head down; the origin is in the middle of its grip, where the hands meet.

    `grip`: palm at -x, thumb down the shaft; `head`: the middle of the sole.
    """
    s = spec.size
    kind = form(spec, "head", CLUB_LENGTHS_M)
    length = CLUB_LENGTHS_M[kind] * s
    grip = painted(tube([(0, 0, 0.13 * s), (0, 0, -0.14 * s)], np.array([0.0135, 0.0115]) * s, 10), 0)
    shaft = painted(tube([(0, 0, -0.14 * s), (0, 0, -length + 0.02 * s)], np.array([0.0075, 0.0055]) * s, 8), 1)
    head = painted(moved(_head(kind, s), (0.0, 0.0, -length)), 2)
    materials = (
        Material("rubber", plain((0.05, 0.05, 0.055)), 0.8),
        Material("steel", plain((0.75, 0.76, 0.78)), 0.25),
        Material("head", plain(color(spec, 0, (0.08, 0.08, 0.1)) if kind == "driver" else (0.62, 0.63, 0.65)), 0.3),
    )
    frames = {
        "grip": frame((-0.012 * s, 0.0, -0.035 * s), y=(0.0, DIAGONAL[0], -DIAGONAL[1]), z=(1.0, 0.0, 0.0)),
        "head": frame((0.0, 0.0, -length), y=(0.0, -1.0, 0.0), z=(0.0, 0.0, 1.0)),
        "middle": frame((0.0, 0.0, 0.0), y=(0.0, -1.0, 0.0), z=(0.0, 0.0, 1.0)),
    }
    return Solid(join([grip, shaft, head]), materials, frames)


def _head(kind: str, s: float) -> Shape:
    """A head on the ground about the shaft's lower end, reaching away from the player (-y)."""
    if kind == "driver":
        profile = [(0.0, 0.0), (0.048, 0.004), (0.058, 0.024), (0.045, 0.045), (0.0, 0.055)]
        return moved(lathe([(r * s, z * s) for r, z in profile], 16), (0.0, -0.045 * s, 0.0))
    size = (0.022, 0.085, 0.05) if kind == "iron" else (0.03, 0.11, 0.025)
    return moved(soft_box((size[0] * s, size[1] * s, size[2] * s), 0.004 * s), (0.0, -0.035 * s, 0.5 * size[2] * s))


def bat(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A baseball bat 0.84 m long along z, barrel up; the origin is where the two hands meet on its handle.

    `grip`: palm at -x, thumb up the bat; `tip`: the end of the barrel.
    """
    s = spec.size
    z = np.array([-0.145, -0.135, -0.125, -0.10, 0.12, 0.30, 0.48, 0.66, 0.69, 0.695]) * s
    r = np.array([0.0, 0.024, 0.022, 0.0125, 0.0135, 0.020, 0.031, 0.033, 0.026, 0.0]) * s
    wood = painted(lathe(list(zip(r.tolist(), z.tolist(), strict=True)), 16), 0)
    tape = painted(tube([(0, 0, -0.10 * s), (0, 0, 0.10 * s)], np.array([0.0145, 0.015]) * s, 12), 1)
    materials = (
        Material("bat", plain(color(spec, 0, (0.62, 0.42, 0.22))), 0.45),
        Material("tape", plain((0.08, 0.08, 0.09)), 0.85),
    )
    frames = {
        "grip": frame((-0.0135 * s, 0.0, 0.035 * s), y=(0.0, -DIAGONAL[0], DIAGONAL[1]), z=(1.0, 0.0, 0.0)),
        "tip": frame((0.0, 0.0, 0.69 * s), y=(0.0, -1.0, 0.0), z=(0.0, 0.0, 1.0)),
        "middle": frame((0.0, 0.0, 0.0), y=(0.0, -1.0, 0.0), z=(0.0, 0.0, 1.0)),
    }
    return Solid(join([wood, tape]), materials, frames)


KINDS: dict[str, Builder] = {"golf_club": golf_club, "bat": bat}

FORMS: Forms = {"golf_club": {"head": tuple(CLUB_LENGTHS_M)}}
