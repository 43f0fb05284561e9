"""Ropes and hoses, towels and papers: the kinds of things that bend."""

from __future__ import annotations

import numpy as np

from ..values import Array, Material, PropSpec, Rgb, Skeleton
from .base import Builder, Forms, Solid, form, frame
from .bending import Stuff, chain, sheet
from .shapes import painted, tube
from .textures import blend, fractal, plain, speckled, to_uint8
from .vessels import color

TERRY = Stuff(0.006, 0.05, 1.5e-2, 2e-3)
LINEN = Stuff(0.003, 0.08, 3e-2, 3e-3, 2.2)
DOWN = Stuff(0.035, 0.13, 8e-3, 2e-3, 2.5)
PAPER = Stuff(0.0012, 0.045, 4e-4, 1e-5, 2.5)


def _twisted(first: Rgb, second: Rgb) -> Array:
    """Strands wound round each other."""
    x, y = np.meshgrid(np.arange(32) / 32.0, np.arange(32) / 32.0)
    return to_uint8(blend(first, second, np.clip(4.0 * np.abs(((x + y) * 2.0) % 1.0 - 0.5) - 0.6, 0.0, 1.0)))


def _banded(base: Rgb, band: Rgb, kind: str, seed: int) -> Array:
    """The picture of a towel or cloth, bands along its short edges or stripes or checks all over."""
    x, y = np.meshgrid((np.arange(128) + 0.5) / 128, (np.arange(128) + 0.5) / 128)
    if kind == "bands":
        share = ((np.abs(np.abs(y - 0.5) - 0.38) < 0.035) | (np.abs(np.abs(y - 0.5) - 0.31) < 0.012)).astype(float)
    elif kind == "stripes":
        share = ((x * 9.0) % 1.0 < 0.4).astype(float)
    elif kind == "checks":
        share = 0.5 * ((x * 8.0) % 1.0 < 0.5) + 0.5 * ((y * 12.0) % 1.0 < 0.5)
    else:
        share = np.zeros_like(x)
    grain = fractal(128, 32, seed, 2)[..., None] - 0.5
    return to_uint8(blend(base, band, share) * (1.0 + 0.16 * grain))


def _printed(seed: int) -> Array:
    """A page of a newspaper: headline, pictures and columns of lines, none that can be read."""
    size = 256
    page = np.full((size, size), 0.87)
    page += 0.03 * (fractal(size, 16, seed, 3) - 0.5)
    page[10:30, 16:240] = np.where(fractal(size, 64, seed + 1, 1)[10:30, 16:240] > 0.45, 0.2, page[10:30, 16:240])
    ink = fractal(size, 64, seed + 2, 2)
    for column in range(4):
        left = 14 + 60 * column
        for line in range(40, 246, 5):
            page[line : line + 2, left : left + 52] = np.where(ink[line : line + 2, left : left + 52] > 0.4, 0.45, 0.87)
    at = 14 + 60 * (seed % 3)
    page[70:130, at : at + 112] = 0.3 + 0.45 * fractal(size, 8, seed + 3, 3)[70:130, at : at + 112]
    return to_uint8(np.repeat(page[..., None], 3, axis=-1) * np.array([1.0, 0.98, 0.93]))


PATTERNS = ("bands", "stripes", "plain", "checks")


def rope(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A rope of 2 m, 16 mm thick."""
    skin = Material("rope", _twisted(color(spec, 0, (0.8, 0.7, 0.5)), color(spec, 1, (0.6, 0.5, 0.3))), 0.9)
    return chain(2.0 * spec.size, 0.008, (skin,))


def skipping_rope(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """The rope between two handles: so long that its middle, trodden on, brings the ends up to the armpits."""
    height = float(np.ptp(skeleton.joints_m[:, 1]))
    skin = Material("rope", plain(color(spec, 0, (0.2, 0.3, 0.8))), 0.5)
    return chain(1.66 * height * spec.size, 0.0095, (skin,), step_m=0.06, bend=2e-2, drag_per_s=0.5)


def rope_handle(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A skipping rope's rigid handle, 0.14 m along z; `grip`: palm across it, thumb up (+z); `tip`: where the rope is."""
    s = spec.size
    z = np.array([-0.06, -0.055, 0.0, 0.055, 0.075, 0.08]) * s
    r = np.array([0.011, 0.014, 0.0125, 0.0135, 0.011, 0.006]) * s
    skin = Material("handle", plain(color(spec, 1, (0.15, 0.15, 0.16))), 0.5)
    frames = {
        "grip": frame((0.0, 0.0125 * s, 0.0), (-1, 0, 0), (0, -1, 0)),
        "tip": frame((0.0, 0.0, 0.08 * s), (0, -1, 0), (0, 0, 1)),
    }
    return Solid(painted(tube(np.stack([0.0 * z, 0.0 * z, z], axis=-1), r, 12), 0), (skin,), frames)


def hose(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A garden hose of 4 m, 26 mm thick, stiffer than a rope."""
    skin = Material("hose", plain(color(spec, 0, (0.1, 0.5, 0.25))), 0.4)
    return chain(4.0 * spec.size, 0.013, (skin,), step_m=0.09, bend=6e-4, drag_per_s=1.5)


def cord(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A cord of 1.2 m, 6 mm thick."""
    skin = Material("cord", plain(color(spec, 0, (0.15, 0.15, 0.17))), 0.6)
    return chain(1.2 * spec.size, 0.003, (skin,), step_m=0.035, sides=6)


def towel(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Towel 0.45 x 0.80 m, of terry."""
    return _woven(spec, 0.45, 0.80, TERRY)


def cloth(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A cloth to wipe with, 0.36 x 0.36 m."""
    return _woven(spec, 0.36, 0.36, Stuff(0.004, 0.04, 2e-2, 2e-3))


def linen(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A small sheet or table cloth to hang out, 0.8 m wide and 1.1 m high."""
    return _woven(spec, 0.8, 1.1, LINEN)


def quilt(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A quilt for a single bed, 1.35 x 1.8 m, as thick as its filling."""
    return _woven(spec, 1.35, 1.8, DOWN)


def _woven(spec: PropSpec, width_m: float, height_m: float, stuff: Stuff) -> Solid:
    pattern = form(spec, "pattern", PATTERNS)
    base, band = color(spec, 0, (0.85, 0.85, 0.8)), color(spec, 1, (0.3, 0.45, 0.7))
    front = Material("cloth", _banded(base, band, pattern, spec.variant), 0.95)
    return sheet(width_m * spec.size, height_m * spec.size, stuff, (front,))


def newspaper(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A newspaper that lies open, 0.56 x 0.40 m, printed on both sides."""
    pages = tuple(Material(f"page {side}", _printed(2 * spec.variant + side), 0.95) for side in (0, 1))
    return sheet(0.56 * spec.size, 0.40 * spec.size, PAPER, pages)


def paper(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A sheet of paper 0.21 x 0.297 m, that can be torn down its middle."""
    tint = np.asarray(color(spec, 0, (0.9, 0.9, 0.88)))
    light = (0.75 + 0.25 * tint).tolist()
    skin = Material("paper", speckled((light[0], light[1], light[2]), 0.01, spec.variant), 0.9)
    return sheet(0.21 * spec.size, 0.297 * spec.size, PAPER, (skin,), torn=True)


KINDS: dict[str, Builder] = {
    "rope": rope,
    "skipping_rope": skipping_rope,
    "rope_handle": rope_handle,
    "hose": hose,
    "cord": cord,
    "towel": towel,
    "soft_cloth": cloth,
    "linen": linen,
    "quilt": quilt,
    "open_newspaper": newspaper,
    "paper": paper,
}
"""Kind -> builder; `size` is a factor."""

FORMS: Forms = {kind: {"pattern": PATTERNS} for kind in ("towel", "soft_cloth", "linen", "quilt")}
"""Kind -> part -> its forms."""
