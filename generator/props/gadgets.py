"""Small things that people use: remote control, cigarette, the halves of a newspaper."""

from __future__ import annotations

import numpy as np

from ..values import Array, Material, PropSpec, Rgb, Skeleton
from .base import Builder, Forms, Solid, form, frame
from .fingertips import BETWEEN_FINGERS_M, fingertip_grip
from .handhelds import phone
from .shapes import box, join, painted, soft_box, tube
from .textures import hashed, plain, to_uint8
from .vessels import color

REMOTES: dict[str, tuple[float, float, float]] = {"long": (0.048, 0.020, 0.190), "short": (0.040, 0.016, 0.145)}
"""Width, thickness and length."""

SHEET_M = (0.315, 0.46)
"""Width and height of half a newspaper as it is read, folded sheets of a tabloid."""

PAPER: Rgb = (0.86, 0.84, 0.78)


def remote(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Remote control 145-190 mm long along z, its front end up, buttons towards +y.

    `grip`: a palm behind it (-y), the front end beyond the thumb's side; `front`: z where it points, y out of the buttons.
    """
    s, shape = spec.size, form(spec, "shape", REMOTES)
    w, t, h = (value * s for value in REMOTES[shape])
    body = painted(soft_box((w, t, h), 0.006 * s, steps=3), 0)
    rows, columns = (6, (-0.012, 0.0, 0.012)) if shape == "long" else (4, (-0.010, 0.010))
    keys = [
        painted(box((0.0075 * s, 0.003 * s, 0.0065 * s), (x * s, 0.5 * t, z * h)), 1)
        for x in columns
        for z in np.linspace(-0.34, 0.18, rows)
    ]
    power = painted(box((0.010 * s, 0.003 * s, 0.010 * s), (0.0, 0.5 * t, 0.38 * h)), 2)
    eye = painted(soft_box((0.6 * w, 0.6 * t, 0.010 * s), 0.003 * s, (0.0, 0.0, 0.5 * h - 0.003 * s)), 3)
    red, green, blue = color(spec, 0, (0.2, 0.2, 0.22))
    materials = (
        Material("case", plain((0.35 * red, 0.35 * green, 0.35 * blue)), 0.5),
        Material("keys", plain((0.62, 0.63, 0.65)), 0.6),
        Material("power", plain((0.75, 0.1, 0.1)), 0.5),
        Material("eye", plain((0.20, 0.02, 0.04)), 0.1),
    )
    lean = np.deg2rad(50.0)
    frames = {
        "grip": frame((0.0, -0.5 * t, -0.10 * h), y=(np.cos(lean), 0.0, np.sin(lean)), z=(0, 1, 0)),
        "front": frame((0.0, 0.0, 0.5 * h), y=(0, 1, 0), z=(0, 0, 1)),
    }
    return Solid(join([body, *keys, power, eye]), materials, frames)


def smartphone(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A phone as `phone`, but held out by its right edge: the thumb over the screen's side, the fingers behind.

    `grip`: palm at -x, fingers away from the holder and up, so that the arm may be stretched towards the phone.
    """
    same = phone(spec, skeleton)
    c, d = float(np.cos(0.45)), float(np.sin(0.45))
    grip = frame((-0.036 * spec.size, 0.0, -0.032 * spec.size), y=(0.0, -c, d), z=(1, 0, 0))
    return Solid(same.shape, same.materials, {**same.frames, "grip": grip})


def cigarette(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Cigarette 84 mm long along z, between index and middle finger; `lips`: the filter's end (z = 0), z out of it."""
    s, r = spec.size, 0.0040 * spec.size
    filter_end = painted(tube([(0, 0, 0), (0, 0, 0.012 * s), (0, 0, 0.025 * s)], r, 12), 1)
    paper = painted(tube([(0, 0, 0.025 * s), (0, 0, 0.05 * s), (0, 0, 0.078 * s)], 0.98 * r, 12), 0)
    ember = painted(tube([(0, 0, 0.078 * s), (0, 0, 0.081 * s), (0, 0, 0.084 * s)], np.array([0.98, 0.95, 0.6]) * r, 12), 2)
    materials = (
        Material("paper", plain((0.94, 0.93, 0.91)), 0.9),
        Material("filter", plain((0.80, 0.55, 0.28)), 0.9),
        Material("ember", plain((0.85, 0.22, 0.05)), 0.9),
    )
    grip = fingertip_grip(skeleton, (0.0, 0.0, 0.034 * s), (0.15, 0.55, -0.8), (1.0, 0.0, 0.0), point=BETWEEN_FINGERS_M)
    return Solid(
        join([filter_end, paper, ember]), materials, {"grip": grip, "lips": frame((0, 0, 0), y=(0, -1, 0), z=(0, 0, -1))}
    )


def newspaper(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Half of a newspaper that is held open: sheets in the plane x = 0, the fold along z at y = 0, the outer edge at +y.

    Whoever reads it holds one half in each hand. `grip`: a right palm behind it (-x) at the outer edge, the thumb up and out;
    `fold`: middle of the fold, y towards the outer edge, z up.
    """
    w, h = (value * spec.size for value in SHEET_M)
    sheet = box((0.0044, w, h), (0.0, 0.5 * w, 0.0))
    u = np.stack([sheet.vertices[sheet.faces][..., 1] / w, 0.5 + sheet.vertices[sheet.faces][..., 2] / h], axis=-1)
    material = Material("print", _printed(spec.variant, form(spec, "page", ("columns", "picture", "headline"))), 0.95)
    angle = np.deg2rad(50.0)
    grip = frame((-0.0022, w - 0.058, -0.06 * h), y=(0.0, -np.cos(angle), np.sin(angle)), z=(1, 0, 0))
    page = painted(type(sheet)(sheet.vertices, sheet.faces, u, sheet.material), 0)
    return Solid(page, (material,), {"grip": grip, "fold": frame((0.0, 0.0, 0.0), y=(0, 1, 0), z=(0, 0, 1))})


def _printed(seed: int, layout: str, size: int = 128) -> Array:
    """A page of print: grey lines of text in columns under a headline, and a picture (uint8 sRGB)."""
    rows, columns = np.meshgrid(np.arange(size), np.arange(size), indexing="ij")
    ink = np.zeros((size, size))
    column = (columns * 4 // size).clip(0, 3)
    inside = ((columns % (size // 4)) > 2) & ((columns % (size // 4)) < size // 4 - 2)
    text = (rows % 3 < 2) & inside & (rows > 26) & (rows < size - 5)
    ink[text] = 0.30 + 0.30 * hashed(columns // 2 + 7 * column, rows // 3, seed)[text]
    top = {"columns": 12, "picture": 10, "headline": 24}[layout]
    head = (rows > 4) & (rows < top) & (columns > 5) & (columns < size - 8) & (hashed(columns // 6, rows * 0, seed + 3) > 0.18)
    ink[head] = 0.85
    if layout != "columns":
        left, high = (34, 32) if layout == "picture" else (6, 62)
        picture = (rows > high) & (rows < high + 40) & (columns > left) & (columns < left + 56)
        ink[picture] = 0.25 + 0.55 * hashed(columns // 9, rows // 9, seed + 11)[picture]
    return to_uint8(np.asarray(PAPER)[None, None] * (1.0 - 0.85 * ink[..., None]))


KINDS: dict[str, Builder] = {"remote": remote, "smartphone": smartphone, "cigarette": cigarette, "newspaper": newspaper}
"""Kind -> builder; `size` is a factor on all lengths."""

FORMS: Forms = {"remote": {"shape": tuple(REMOTES)}, "newspaper": {"page": ("columns", "picture", "headline")}}
"""Kind -> part -> its forms."""
