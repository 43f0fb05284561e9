"""Things for hair and face: hairbrush, hair dryer, lipstick, a compact with its mirror, and what powder is put on with."""

from __future__ import annotations

import numpy as np

from ..values import Array, Material, PropSpec, Skeleton
from .base import Builder, Forms, Solid, form, frame
from .fingertips import fingertip_grip
from .handhelds import DIAGONAL_RAD
from .shapes import Shape, box, join, lathe, moved, painted, soft_box, tube, turn
from .textures import plain
from .vessels import WHITE, color

BRUSHES = ("paddle", "round", "comb")
"""Bristles on a flat pad, all round a roller, or the teeth of a comb with a handle."""

APPLICATORS = ("brush", "wand")
"""A powder brush, a thin wand for eyelashes."""

MIRROR_GLASS = Material("mirror", plain((0.78, 0.83, 0.87)), 0.05, 0.6)


def hairbrush(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Brush or comb 225-240 mm long along z, head up, bristles towards +y.

    `grip`: a palm behind the handle, fingers round it, the brush tilted 35 degrees from the thumb towards the fingers;
    `bristles`: middle of the bristles' tips, z along the bristles (+y), y up the brush.
    """
    s, shape = spec.size, form(spec, "shape", BRUSHES)
    z = np.array([-0.115, -0.108, -0.06, -0.01, 0.02]) * s
    r = np.array([0.005, 0.0105, 0.0115, 0.0095, 0.008]) * s
    handle = painted(tube(np.stack([0 * z, 0 * z, z], -1), r, 12), 0)
    tip_y, middle_z = 0.031 * s, 0.068 * s
    if shape == "paddle":
        back = [painted(soft_box((0.066 * s, 0.018 * s, 0.115 * s), 0.008 * s, (0.0, 0.0, middle_z), steps=3), 0)]
        pad = painted(soft_box((0.056 * s, 0.010 * s, 0.102 * s), 0.0045 * s, (0.0, 0.009 * s, middle_z)), 1)
        parts = [*back, pad, *_tufts(s, (-0.02, -0.01, 0.0, 0.01, 0.02), 0.0016, tip_y)]
    elif shape == "round":
        core = painted(tube([(0, 0, 0.015 * s), (0, 0, middle_z), (0, 0, 0.121 * s)], 0.014 * s, 14), 1)
        parts = [core, *_rings(s)]
        tip_y = 0.027 * s
    else:
        spine = painted(soft_box((0.008 * s, 0.014 * s, 0.125 * s), 0.0035 * s, (0.0, 0.0, middle_z)), 0)
        teeth = [
            painted(box((0.003 * s, 0.032 * s, 0.0022 * s), (0.0, 0.016 * s, height * s)), 0)
            for height in np.linspace(0.012, 0.126, 18)
        ]
        parts = [spine, *teeth]
    materials = (
        Material("handle", plain(color(spec, 0, (0.2, 0.12, 0.09))), 0.35),
        Material("pad", plain((0.16, 0.15, 0.15)), 0.8),
        Material("bristles", plain((0.07, 0.06, 0.06)), 0.7),
    )
    c, d = np.cos(DIAGONAL_RAD), np.sin(DIAGONAL_RAD)
    frames = {
        "grip": frame((0.0, -0.0105 * s, -0.055 * s), y=(c, 0.0, d), z=(0, 1, 0)),
        "bristles": frame((0.0, tip_y, middle_z), y=(0, 0, 1), z=(0, 1, 0)),
    }
    return Solid(join([handle, *parts]), materials, frames)


def _tufts(s: float, columns: tuple[float, ...], half: float, tip_y: float) -> list[Shape]:
    """Rows of bristles from a flat pad, material 2."""
    return [
        painted(box((2 * half * s, tip_y - 0.012 * s, 2 * half * s), (x * s, 0.5 * (tip_y + 0.012 * s), z * s)), 2)
        for x in columns
        for z in np.linspace(0.025, 0.112, 9)
    ]


def _rings(s: float) -> list[Shape]:
    """Bristles all round a roller: thin discs, material 2."""
    return [
        painted(moved(lathe([(0.0, -0.001 * s), (0.027 * s, -0.001 * s), (0.027 * s, 0.001 * s), (0.0, 0.001 * s)], 16),
                      (0.0, 0.0, z * s)), 2)
        for z in np.linspace(0.024, 0.114, 12)
    ]  # fmt: skip


def hair_dryer(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Hair dryer: a handle down z, over it a barrel 190 mm long that blows towards -y.

    `grip`: palm at -x of the handle, thumb up, fingers along the barrel (-y); `nozzle`: its opening, y where it blows, z up.
    """
    s, shape = spec.size, form(spec, "shape", ("rounded", "straight"))
    fat = 0.043 if shape == "rounded" else 0.036
    line = [(-0.075, 0.0), (-0.075, 0.6 * fat), (-0.055, fat), (0.0, fat), (0.045, 0.027), (0.085, 0.023), (0.087, 0.0)]
    barrel = painted(moved(lathe([(r * s, y * s) for y, r in line], 24), (0.0, 0.0, 0.085 * s), turn("x", np.pi / 2)), 0)
    ring = [(0.0, 0.066), (0.0265, 0.066), (0.0265, 0.09), (0.0, 0.09)]
    collar = painted(moved(lathe([(r * s, y * s) for r, y in ring], 24), (0.0, 0.0, 0.085 * s), turn("x", np.pi / 2)), 1)
    handle = painted(soft_box((0.034 * s, 0.040 * s, 0.135 * s), 0.014 * s, (0.0, 0.012 * s, 0.0), steps=3), 0)
    button = painted(soft_box((0.014 * s, 0.010 * s, 0.030 * s), 0.004 * s, (0.0, -0.010 * s, 0.025 * s)), 1)
    cord = painted(tube([(0, 0.012 * s, -0.06 * s), (0, 0.014 * s, -0.09 * s), (0, 0.022 * s, -0.12 * s)], 0.0045 * s, 8), 1)
    materials = (
        Material("case", plain(color(spec, 0, (0.15, 0.15, 0.17))), 0.35),
        Material("trim", plain((0.1, 0.1, 0.11)), 0.5),
    )
    frames = {
        "grip": frame((-0.017 * s, 0.012 * s, 0.005 * s), y=(0, -1, 0), z=(1, 0, 0)),
        "nozzle": frame((0.0, -0.09 * s, 0.085 * s), y=(0, -1, 0), z=(0, 0, 1)),
    }
    return Solid(join([barrel, collar, handle, button, cord]), materials, frames)


def lipstick(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Open lipstick 75 mm long along z, its slanted tip up; held between thumb and fingertips. `tip`: z out of it."""
    s = spec.size
    case = painted(lathe([(0.0, -0.03), (0.0105, -0.03), (0.0105, 0.008), (0.0, 0.008)], 20), 0)
    sleeve = painted(lathe([(0.0, 0.008), (0.0085, 0.008), (0.0085, 0.024), (0.0, 0.024)], 20), 1)
    stick = painted(lathe([(0.0, 0.024), (0.0062, 0.024), (0.0062, 0.037), (0.0045, 0.043), (0.0, 0.045)], 16), 2)
    shape = moved(join([case, sleeve, stick]), rotation=s * np.eye(3))
    red = {"red": (0.68, 0.06, 0.09), "pink": (0.80, 0.28, 0.38), "plum": (0.42, 0.07, 0.17)}
    materials = (
        Material("case", plain(color(spec, 0, (0.08, 0.08, 0.09))), 0.25),
        Material("sleeve", plain((0.78, 0.64, 0.34)), 0.2, 0.9),
        Material("stick", plain(red[form(spec, "stick", red)]), 0.4),
    )
    grip = fingertip_grip(skeleton, (0.0, 0.0, -0.012 * s), (1.0, 0.35, 0.1), (0.0, 0.0, 1.0))
    return Solid(shape, materials, {"grip": grip, "tip": frame((0.0, 0.0, 0.045 * s), y=(0, 1, 0), z=(0, 0, 1))})


def compact(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Round compact of 80 mm, open: powder in the lower half, a mirror in the lid that stands up at -y.

    `grip`: a palm under it, fingers forward (-y); `mirror`: the mirror's middle, z out of it towards whoever looks, y up.
    """
    s = spec.size
    lower = painted(lathe([(0.0, -0.006), (0.036, -0.006), (0.040, -0.003), (0.040, 0.005), (0.0, 0.005)], 28), 0)
    powder = painted(lathe([(0.0, 0.0045), (0.034, 0.0045), (0.034, 0.0062), (0.0, 0.0062)], 24), 2)
    lid = painted(lathe([(0.0, -0.004), (0.038, -0.004), (0.040, -0.001), (0.040, 0.004), (0.0, 0.004)], 28), 0)
    glass = painted(lathe([(0.0, 0.0035), (0.036, 0.0035), (0.036, 0.0048), (0.0, 0.0048)], 24), 1)
    lean = turn("x", -np.deg2rad(80.0))
    hinge = np.array([0.0, -0.040, 0.004])
    top = moved(join([lid, glass]), hinge + lean @ np.array([0.0, -0.040, 0.0]), lean)
    shape = moved(join([lower, powder, top]), rotation=s * np.eye(3))
    materials = (
        Material("case", plain(color(spec, 0, (0.1, 0.09, 0.1))), 0.3),
        MIRROR_GLASS,
        Material("powder", plain((0.86, 0.66, 0.55)), 0.95),
    )
    up, out = lean @ np.array([0.0, -1.0, 0.0]), lean @ np.array([0.0, 0.0, 1.0])
    frames = {
        "grip": frame((0.0, 0.0, -0.006 * s), y=(0, -1, 0), z=(0, 0, 1)),
        "mirror": frame(s * (hinge + lean @ np.array([0.0, -0.040, 0.0048])), y=tuple(up), z=tuple(out)),
        "powder": frame((0.0, 0.0, 0.0062 * s), y=(0, -1, 0), z=(0, 0, 1)),
    }
    return Solid(shape, materials, frames)


def applicator(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A powder brush or an eyelash wand along z, working end up, held between thumb and fingertips.

    `tip`: z out of it; a wand has it as `lashes` too.
    """
    s, shape = spec.size, form(spec, "shape", APPLICATORS)
    handle_r = {"brush": 0.0065, "wand": 0.0075}[shape]
    rod = painted(tube([(0, 0, -0.085), (0, 0, -0.02), (0, 0, 0.03)], np.array([0.6, 1.0, 0.9]) * handle_r, 12), 0)
    if shape == "brush":
        hair = [(0.0, 0.028), (0.008, 0.028), (0.016, 0.05), (0.018, 0.066), (0.011, 0.078), (0.0, 0.082)]
        parts, tip = [rod, painted(lathe(hair, 20), 1)], 0.082
    else:
        stem = painted(tube([(0, 0, 0.028), (0, 0, 0.04), (0, 0, 0.05)], 0.0016, 8), 2)
        lashes = [(0.0, 0.048), (0.0035, 0.05), (0.0042, 0.062), (0.003, 0.074), (0.0, 0.076)]
        parts, tip = [rod, stem, painted(lathe(lashes, 12), 2)], 0.070
    materials = (
        Material("handle", plain(color(spec, 0, (0.1, 0.1, 0.11))), 0.3),
        Material("hair", plain((0.30, 0.19, 0.14)), 0.95),
        Material("dark", plain((0.05, 0.05, 0.06)), 0.6),
    )
    grip = fingertip_grip(skeleton, (0.0, 0.0, 0.0), (0.8, 0.6, 0.25), (0.0, 0.0, 1.0))
    frames = {"grip": grip, "tip": frame((0.0, 0.0, tip * s), y=(0, 1, 0), z=(0, 0, 1))}
    if shape == "wand":
        frames["lashes"] = frames["tip"]
    return Solid(moved(join(parts), rotation=s * np.eye(3)), materials, frames)


def powder_puff(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Round puff of 66 mm, its soft side up z, a band on its back; held by the back in the fingertips. `tip`, `soft`: z out."""
    s = spec.size
    soft = painted(lathe([(0.0, 0.012), (0.026, 0.014), (0.033, 0.021), (0.026, 0.029), (0.0, 0.031)], 24), 0)
    band = painted(soft_box((0.058, 0.016, 0.004), 0.0015, (0.0, 0.0, 0.0115)), 1)
    materials = (Material("soft", plain((0.88, 0.70, 0.62)), 0.95), Material("band", plain(color(spec, 0, WHITE)), 0.6))
    grip = fingertip_grip(skeleton, (0.0, 0.0, 0.014 * s), (0.0, 0.5, 1.0), (0.0, 1.0, 0.0))
    tip = frame((0.0, 0.0, 0.031 * s), y=(0, 1, 0), z=(0, 0, 1))
    frames = {"grip": grip, "tip": tip, "soft": tip}
    return Solid(moved(join([soft, band]), rotation=s * np.eye(3)), materials, frames)


def hand_mirror(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Hand mirror 230 mm long along z, the glass up, facing +y. `grip`: palm behind the handle; `mirror`: z out of the glass."""
    s = spec.size
    z = np.array([-0.115, -0.108, -0.06, -0.02, 0.012]) * s
    handle = painted(tube(np.stack([0 * z, 0 * z, z], -1), np.array([0.005, 0.010, 0.011, 0.009, 0.009]) * s, 12), 0)
    flat = turn("x", -np.pi / 2)
    rim = moved(lathe([(0.0, -0.007), (0.050, -0.007), (0.055, -0.003), (0.055, 0.005), (0.0, 0.005)], 28), (0, 0, 0), flat)
    glass = moved(lathe([(0.0, 0.0045), (0.049, 0.0045), (0.049, 0.0058), (0.0, 0.0058)], 28), (0, 0, 0), flat)
    disc = moved(join([painted(rim, 0), painted(glass, 1)]), (0.0, 0.0, 0.062 * s), s * np.eye(3))
    c, d = np.cos(DIAGONAL_RAD), np.sin(DIAGONAL_RAD)
    frames: dict[str, Array] = {
        "grip": frame((0.0, -0.010 * s, -0.055 * s), y=(c, 0.0, d), z=(0, 1, 0)),
        "mirror": frame((0.0, 0.0058 * s, 0.062 * s), y=(0, 0, 1), z=(0, 1, 0)),
    }
    materials = (Material("frame", plain(color(spec, 0, WHITE)), 0.35), MIRROR_GLASS)
    return Solid(join([handle, disc]), materials, frames)


KINDS: dict[str, Builder] = {
    "hairbrush": hairbrush,
    "hair_dryer": hair_dryer,
    "lipstick": lipstick,
    "compact": compact,
    "makeup_brush": applicator,
    "powder_puff": powder_puff,
    "hand_mirror": hand_mirror,
}
"""Kind -> builder; `size` is a factor on all lengths."""

FORMS: Forms = {
    "hairbrush": {"shape": BRUSHES},
    "hair_dryer": {"shape": ("rounded", "straight")},
    "lipstick": {"stick": ("red", "pink", "plum")},
    "makeup_brush": {"shape": APPLICATORS},
}
"""Kind -> part -> its forms."""
