"""Things to hold, throw and pick up: phone, toothbrush, ball, box, bag, backpack, book."""

from __future__ import annotations

import numpy as np

from ..values import Array, Material, PropSpec, Skeleton
from .base import Builder, Forms, Solid, form, frame, mirrored
from .shapes import Shape, box, join, lathe, metric_uv, moved, painted, soft_box, tube, turn, with_mirror
from .textures import SKINS, plain, speckled, stitched
from .vessels import WHITE, color

DIAGONAL_RAD = np.deg2rad(35.0)
"""A slim thing lies across the palm this far off the thumb's direction, towards the fingers."""

Size = tuple[float, float, float]

BOX_SIZES_M: dict[str, Size] = {"low": (0.38, 0.28, 0.24), "cube": (0.30, 0.30, 0.30), "flat": (0.44, 0.32, 0.18)}
BAG_SIZES_M: dict[str, Size] = {"plain": (0.13, 0.34, 0.27), "wide": (0.17, 0.42, 0.24), "upright": (0.12, 0.28, 0.33)}
"""Width, depth and height."""


def phone(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Smartphone 72 x 148 x 8.5 mm, earpiece up (+z), screen towards the holder (+y), held from behind.

    `grip`: fingers up and across; `ear`: earpiece, z out of the screen, y up the phone; `mouth`: microphone, same axes.
    """
    s = spec.size
    w, t, h = 0.072 * s, 0.0085 * s, 0.148 * s
    body = painted(soft_box((w, t, h), 0.004 * s), 0)
    screen = painted(box((w * 0.93, 0.0006 * s, h * 0.95), (0.0, t / 2, 0.0)), 1)
    lens = painted(moved(lathe([(0.0, 0.0), (0.0075 * s, 0.0), (0.0075 * s, 0.0012 * s), (0.0, 0.0012 * s)], 16),
                         rotation=turn("x", np.pi / 2)), 1)  # fmt: skip
    lenses = with_mirror(moved(lens, (0.016 * s, -t / 2, h * 0.38)))
    materials = (
        Material("case", plain(color(spec, 0, (0.1, 0.1, 0.12))), 0.4),
        Material("screen", plain((0.03, 0.035, 0.05)), 0.1),
    )
    lean = np.deg2rad(40.0)
    frames = {
        "grip": frame((0.0, -t / 2, -0.012 * s), y=(np.sin(lean), 0.0, np.cos(lean)), z=(0, 1, 0)),
        "ear": frame((0.0, t / 2, h * 0.45), y=(0, 0, 1), z=(0, 1, 0)),
        "mouth": frame((0.0, t / 2, -h * 0.47), y=(0, 0, 1), z=(0, 1, 0)),
        "screen": frame((0.0, t / 2, 0.0), y=(0, 0, 1), z=(0, 1, 0)),
    }
    return Solid(join([body, screen, lenses]), materials, frames)


def toothbrush(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Brush 199 mm long along z, head up, bristles towards +y; the palm is on the bristles' side of the handle.

    `grip`: z = -y of the brush, the brush lies 35 degrees off the thumb towards the fingers; `bristles`: tip of the
    tuft, z along the bristles, y up the brush.
    """
    s = spec.size
    z = np.array([-0.084, -0.071, -0.02, 0.03, 0.06, 0.085, 0.098, 0.112, 0.115]) * s
    r = np.array([0.004, 0.0085, 0.0072, 0.0075, 0.0055, 0.0042, 0.0055, 0.0055, 0.004]) * s
    handle = painted(tube(np.stack([0 * z, 0 * z, z], -1), r, 12), 0)
    sleeve = painted(
        tube([(0, 0, -0.05 * s), (0, 0, -0.01 * s), (0, 0, 0.025 * s)], np.array([0.0082, 0.0078, 0.0078]) * s),
        2,
    )
    tuft = painted(soft_box((0.011 * s, 0.012 * s, 0.028 * s), 0.002 * s, (0.0, 0.0085 * s, 0.099 * s)), 1)
    materials = (
        Material("handle", plain(color(spec, 0, (0.15, 0.45, 0.8))), 0.35),
        Material("bristles", plain(WHITE), 0.9),
        Material("sleeve", plain(color(spec, 1, WHITE)), 0.6),
    )
    c, d = np.cos(DIAGONAL_RAD), np.sin(DIAGONAL_RAD)
    radius = 0.0078 * s
    frames = {
        "grip": frame((0.0, radius, -0.014 * s), y=(-c, 0.0, d), z=(0, -1, 0)),
        "bristles": frame((0.0, 0.0145 * s, 0.099 * s), y=(0, 0, 1), z=(0, 1, 0)),
    }
    return Solid(join([handle, sleeve, tuft]), materials, frames)


def ball(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Ball with `size` = diameter in m (0.065 tennis, 0.22 football), its origin at the centre.

    `grip`: a right palm behind it (+y), fingers up, ready to throw towards -y; `right_side`, `left_side`: the palms of
    two hands holding it, fingers forward; `under`: a palm below, fingers forward; `center`.
    """
    radius = spec.size / 2
    angles = np.linspace(-np.pi / 2, np.pi / 2, 21)
    profile = [(max(radius * float(np.cos(a)), 0.0), radius * float(np.sin(a))) for a in angles]
    profile[0], profile[-1] = (0.0, -radius), (0.0, radius)
    sphere = lathe(profile, 32, uv_turns=2.0)
    skin = SKINS[form(spec, "skin", SKINS)]
    albedo = stitched(color(spec, 0, (0.8, 0.85, 0.2)), color(spec, 1, WHITE), skin, spec.variant)
    right = frame((-radius, 0.0, 0.0), y=(0, -1, 0), z=(1, 0, 0))
    frames = {
        "center": np.eye(4),
        "grip": frame((0.0, radius, 0.0), y=(0, 0, 1), z=(0, -1, 0)),
        "under": frame((0.0, 0.0, -radius), y=(0, -1, 0), z=(0, 0, 1)),
        "right_side": right,
        "left_side": mirrored(right),
    }
    return Solid(painted(sphere, 0), (Material("ball", albedo, 0.7),), frames)


def carton(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Cardboard box 0.38 x 0.28 x 0.24 m standing on z = 0; `grip` is `right_side`, `top` the middle of its top."""
    s = spec.size
    w, d, h = BOX_SIZES_M[form(spec, "shape", BOX_SIZES_M)]
    w, d, h = w * s, d * s, h * s
    body = painted(metric_uv(box((w, d, h), (0.0, 0.0, h / 2)), 0.5), 0)
    tape_top = painted(box((0.05 * s, d + 0.001, 0.001), (0.0, 0.0, h)), 1)
    tapes = with_mirror(painted(box((0.025 * s, 0.001, 0.05 * s), (0.0125 * s, d / 2, h - 0.025 * s)), 1))
    materials = (
        Material("cardboard", speckled(color(spec, 0, (0.62, 0.46, 0.3)), 0.06, spec.variant), 0.9),
        Material("tape", plain(color(spec, 1, (0.78, 0.66, 0.45))), 0.35),
    )
    right = frame((-w / 2, 0.0, h * 0.45), y=(0, -1, 0), z=(1, 0, 0))
    frames = {
        "right_side": right,
        "left_side": mirrored(right),
        "grip": right,
        "top": frame((0.0, 0.0, h), y=(0, -1, 0), z=(0, 0, 1)),
        "center": frame((0.0, 0.0, h / 2), y=(0, -1, 0), z=(0, 0, 1)),
    }
    return Solid(join([body, tape_top, tapes]), materials, frames)


def handle_frame(y: float, z: float, radius: float) -> Array:
    """Palm frame of a right hand hanging beside a horizontal bar along y: thumb forward, fingers down, palm on -x."""
    return frame((-radius, y, z), y=(0, 0, -1), z=(1, 0, 0))


def _arch(depth: float, height: float, base: float, radius: float) -> Shape:
    """A carrying handle: a bent bar in the plane x = 0, `depth` wide along y, rising `height` over `base`."""
    a = np.linspace(0.0, np.pi, 13)
    path = np.stack([0 * a, 0.5 * depth * np.cos(a), base + height * np.sin(a) ** 0.6], -1)
    return tube(path, radius, 8)


def bag(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Hand bag 0.16 x 0.34 x 0.26 m standing on z = 0, its handle an arch along y; `grip` at the handle's top."""
    s = spec.size
    w, d, h = BAG_SIZES_M[form(spec, "shape", BAG_SIZES_M)]
    body = soft_box((w * s, d * s, h * s), 0.035 * s, (0.0, 0.0, h * s / 2), steps=3)
    lean = 1.0 - 0.35 * (body.vertices[:, 2] / (h * s))
    body = metric_uv(Shape(body.vertices * np.stack([lean, 0.5 + 0.5 * lean, 0 * lean + 1], -1), body.faces, body.uv,
                           body.material), 0.3)  # fmt: skip
    radius = 0.008 * s
    top = 0.12 * s
    handle = painted(_arch(d * s * 0.45, top, h * s * 0.97, radius), 1)
    belt = painted(box((w * s * 0.66, d * s * 0.84, 0.012 * s), (0.0, 0.0, h * s * 0.995)), 1)
    materials = (
        Material("bag", speckled(color(spec, 0, (0.45, 0.2, 0.16)), 0.05, spec.variant), 0.6),
        Material("handle", plain(color(spec, 1, (0.15, 0.1, 0.08))), 0.5),
    )
    peak = h * s * 0.97 + top
    frames = {
        "grip": handle_frame(0.0, peak, radius),
        "top": frame((0.0, 0.0, peak), y=(0, -1, 0), z=(0, 0, 1)),
    }
    return Solid(join([painted(body, 0), handle, belt]), materials, frames)


def backpack(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Backpack 0.30 x 0.17 x 0.44 m standing on z = 0, straps at its back (+y), on top a loop along x.

    `grip`: palm at -y of the loop, so that the back of the backpack hangs against the leg.
    """
    s = spec.size
    body = painted(soft_box((0.30 * s, 0.16 * s, 0.44 * s), 0.06 * s, (0.0, 0.0, 0.22 * s), steps=4), 0)
    pocket = painted(soft_box((0.23 * s, 0.06 * s, 0.20 * s), 0.028 * s, (0.0, -0.095 * s, 0.14 * s), steps=3), 1)
    a = np.linspace(0.0, np.pi, 10)
    path = np.stack([0 * a + 0.085 * s, (0.075 + 0.035 * np.sin(a)) * s, (0.23 + 0.17 * np.cos(a)) * s], -1)
    straps = with_mirror(painted(tube(path, 0.012 * s, 8), 1))
    radius = 0.008 * s
    loop = painted(moved(_arch(0.11 * s, 0.05 * s, 0.425 * s, radius), rotation=turn("z", np.pi / 2)), 1)
    materials = (
        Material("cloth", speckled(color(spec, 0, (0.12, 0.2, 0.4)), 0.06, spec.variant), 0.85),
        Material("trim", plain(color(spec, 1, (0.1, 0.1, 0.12))), 0.8),
    )
    peak = 0.475 * s
    frames = {
        "grip": frame((0.0, -radius, peak), y=(0, 0, -1), z=(0, 1, 0)),
        "top": frame((0.0, 0.0, peak), y=(0, -1, 0), z=(0, 0, 1)),
    }
    return Solid(join([body, pocket, straps, loop]), materials, frames)


def book(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Book 0.16 x 0.22 x 0.03 m lying on z = 0, its long side along y; `grip` is a right palm on its side."""
    s = spec.size
    w, d, h = 0.16 * s, 0.22 * s, 0.03 * s
    pages = painted(box((w * 0.98, d * 0.96, h * 0.8), (0.0, 0.0, h / 2)), 1)
    lid = painted(box((w, d, h * 0.1), (0.0, 0.0, h * 0.05)), 0)
    covers = join([lid, moved(lid, (0.0, 0.0, h * 0.9))])
    spine = painted(box((w, h * 0.1, h), (0.0, d / 2, h / 2)), 0)
    materials = (
        Material("cover", plain(color(spec, 0, (0.6, 0.15, 0.15))), 0.5),
        Material("pages", plain((0.9, 0.88, 0.8)), 0.9),
    )
    right = frame((-w / 2, 0.0, h / 2), y=(0, -1, 0), z=(1, 0, 0))
    frames = {
        "grip": right,
        "right_side": right,
        "left_side": mirrored(right),
        "top": frame((0.0, 0.0, h), y=(0, -1, 0), z=(0, 0, 1)),
    }
    return Solid(join([pages, covers, spine]), materials, frames)


KINDS: dict[str, Builder] = {
    "phone": phone,
    "toothbrush": toothbrush,
    "ball": ball,
    "box": carton,
    "bag": bag,
    "backpack": backpack,
    "book": book,
}
"""Kind -> builder; `size` is a factor on all lengths, for a ball its diameter in metres."""

FORMS: Forms = {
    "ball": {"skin": tuple(SKINS)},
    "box": {"shape": tuple(BOX_SIZES_M)},
    "bag": {"shape": tuple(BAG_SIZES_M)},
}
"""Kind -> part -> its forms."""
