"""Painters of grounds, floors and walls: the table of surface kinds, each a tileable uint8 sRGB picture."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..base.errors import UserError, nearest
from ..props.textures import blend, fractal, hashed, noise, to_uint8
from ..values import Array, Material, Rgb, SurfaceSpec

FULL_PX = 256
"""Side of the pictures of grounds, floors and walls."""

Painter = Callable[[SurfaceSpec, int], Array]
"""Paints a picture of the given side in pixels."""


def surface_material(spec: SurfaceSpec, size_px: int = FULL_PX) -> Material:
    """The material of a surface; its picture repeats every `spec.scale_m`. Raises UserError for an unknown kind."""
    if spec.kind not in PAINTERS:
        raise UserError(f"unknown surface kind '{spec.kind}': {nearest(spec.kind, PAINTERS)}")
    return Material(spec.kind, PAINTERS[spec.kind](spec, size_px), spec.roughness, glow=spec.glow)


def _color(spec: SurfaceSpec, index: int = 0) -> Rgb:
    return spec.colors[index % len(spec.colors)]


def _grid(size: int) -> tuple[Array, Array]:
    """u, v (size, size) at pixel centres; v runs down."""
    at = (np.arange(size) + 0.5) / size
    u, v = np.meshgrid(at, at)
    return u, v


def _shaded(color: Rgb | Array, tone: Array) -> Array:
    return to_uint8(np.asarray(color, dtype=float) * tone[..., None])


def asphalt(spec: SurfaceSpec, px: int) -> Array:
    """Fine stones of mixed greys, worn in patches."""
    stones = noise(px, 128, spec.variant) * 0.5 + noise(px, 64, spec.variant + 3) * 0.5
    wear = fractal(px, 3, spec.variant + 9)
    return _shaded(_color(spec), 0.72 + 0.36 * stones + 0.3 * (wear - 0.5))


def grass(spec: SurfaceSpec, px: int) -> Array:
    """Blades as noise stretched along v, two greens in patches, a few dry spots."""
    blades = noise(px, 128, spec.variant, 40) * 0.6 + noise(px, 64, spec.variant + 5, 64) * 0.4
    patches = fractal(px, 4, spec.variant + 11)
    dry = np.clip((fractal(px, 8, spec.variant + 17) - 0.62) * 6, 0, 1)
    green = blend(_color(spec), _color(spec, 1), patches * 1.6 - 0.3)
    return to_uint8(blend(green, (0.55, 0.50, 0.28), 0.6 * dry) * (0.55 + 0.75 * blades)[..., None])


def sand(spec: SurfaceSpec, px: int) -> Array:
    """Grains, and soft ripples that wander."""
    _, v = _grid(px)
    bend = fractal(px, 3, spec.variant)
    ripples = np.sin(2 * np.pi * (v * 9 + 1.6 * bend))
    grains = noise(px, 128, spec.variant + 2)
    return _shaded(_color(spec), 0.88 + 0.045 * ripples + 0.14 * (grains - 0.5) + 0.16 * (bend - 0.5))


def earth(spec: SurfaceSpec, px: int) -> Array:
    """Trodden soil with pebbles."""
    soil = fractal(px, 6, spec.variant, 5)
    pebbles = np.clip((noise(px, 40, spec.variant + 4) - 0.72) * 7, 0, 1)
    base = np.asarray(_color(spec)) * (0.6 + 0.75 * soil)[..., None]
    return to_uint8(blend(base, _color(spec, 1), 0.5 * pebbles))


def concrete(spec: SurfaceSpec, px: int) -> Array:
    """Cast slab: clouds, fine pores, one joint round the repeat."""
    u, v = _grid(px)
    clouds = fractal(px, 3, spec.variant, 5)
    pores = np.clip((noise(px, 100, spec.variant + 6) - 0.8) * 4, 0, 1)
    joint = (np.minimum(u, v) < 0.008).astype(float)
    return _shaded(_color(spec), (0.84 + 0.3 * (clouds - 0.5) * 1.4 - 0.15 * pores) * (1 - 0.35 * joint) + 0.06)


def _cells(spec: SurfaceSpec, px: int, columns: int, rows: int, shift: float, joint: float) -> tuple[Array, Array]:
    """Tone (size, size) per cell of a bond of bricks or tiles, and the joints' share; rows are shifted by `shift`."""
    u, v = _grid(px)
    row = np.floor(v * rows)
    x = u * columns + shift * (row % 2)
    column = np.floor(x) % columns
    tone = hashed(column.astype(np.int64), row.astype(np.int64), spec.variant)
    fx, fy = x % 1.0, (v * rows) % 1.0
    edge = np.minimum(np.minimum(fx, 1 - fx) / columns, np.minimum(fy, 1 - fy) / rows)
    return tone, np.clip(1.5 - edge / joint, 0.0, 1.0)


def tiles(spec: SurfaceSpec, px: int) -> Array:
    """4 x 4 square tiles, each a little different, in joints of the second colour."""
    tone, joints = _cells(spec, px, 4, 4, 0.0, 0.005)
    cloud = fractal(px, 6, spec.variant + 8, 3)
    face = np.asarray(_color(spec)) * (0.93 + 0.1 * tone + 0.1 * (cloud - 0.5))[..., None]
    return to_uint8(blend(face, _color(spec, 1), joints))


def checkers(spec: SurfaceSpec, px: int) -> Array:
    """Squares of two colours in turn, 4 x 4."""
    u, v = _grid(px)
    which = (np.floor(u * 4) + np.floor(v * 4)) % 2
    cloud = fractal(px, 6, spec.variant, 3)
    return to_uint8(blend(_color(spec), _color(spec, 1), which) * (0.94 + 0.14 * (cloud - 0.5))[..., None])


def planks(spec: SurfaceSpec, px: int) -> Array:
    """Eight floor boards along u with grain, knots in tone and staggered ends."""
    u, v = _grid(px)
    row = np.floor(v * 8).astype(np.int64)
    offset = hashed(row, row * 0, spec.variant)
    x = (u + offset) * 2
    board = np.floor(x).astype(np.int64) % 2
    tone = hashed(board, row, spec.variant + 1)
    grain = noise(px, 4, spec.variant + 2, 128) * 0.5 + noise(px, 8, spec.variant + 3, 64) * 0.5
    fx, fy = x % 1.0, (v * 8) % 1.0
    seam = (np.minimum(fy, 1 - fy) / 8 < 0.004) | (np.minimum(fx, 1 - fx) / 2 < 0.003)
    return _shaded(_color(spec), (0.74 + 0.26 * tone + 0.3 * (grain - 0.5)) * np.where(seam, 0.5, 1.0))


def bricks(spec: SurfaceSpec, px: int) -> Array:
    """Running bond of 4 x 12 bricks, mortar in the second colour."""
    tone, joints = _cells(spec, px, 4, 12, 0.5, 0.007)
    rough = fractal(px, 16, spec.variant + 4, 3)
    face = np.asarray(_color(spec)) * (0.72 + 0.36 * tone + 0.4 * (rough - 0.5))[..., None]
    mortar = np.asarray(_color(spec, 1)) * (0.85 + 0.3 * (rough - 0.5))[..., None]
    return to_uint8(blend(face, mortar, joints))


def plaster(spec: SurfaceSpec, px: int) -> Array:
    """A painted wall: nearly even, with a faint roller grain and clouds."""
    grain = noise(px, 96, spec.variant) - 0.5
    clouds = fractal(px, 2, spec.variant + 1, 3) - 0.5
    return _shaded(_color(spec), 0.985 + 0.045 * grain + 0.06 * clouds)


def striped(spec: SurfaceSpec, px: int) -> Array:
    """Wallpaper: broad stripes of two near colours with a thin line between them."""
    u, _ = _grid(px)
    phase = (u * 6) % 1.0
    base = blend(_color(spec), _color(spec, 1), (phase > 0.5).astype(float) * 0.55)
    line = (np.abs(phase - 0.5) < 0.03) | (phase < 0.03)
    return to_uint8(base * np.where(line, 0.88, 1.0)[..., None] + 0.02 * (noise(px, 64, spec.variant) - 0.5)[..., None])


def dotted(spec: SurfaceSpec, px: int) -> Array:
    """Wallpaper or rug: a lattice of small rhombs and dots."""
    u, v = _grid(px)
    x, y = (u * 8) % 1.0 - 0.5, (v * 8) % 1.0 - 0.5
    rhomb = np.abs(x) + np.abs(y)
    mark = ((rhomb < 0.16) | (np.abs(rhomb - 0.42) < 0.03)).astype(float)
    return to_uint8(blend(_color(spec), _color(spec, 1), mark * 0.7) + 0.02 * (noise(px, 64, spec.variant) - 0.5)[..., None])


def carpet(spec: SurfaceSpec, px: int) -> Array:
    """Woven pile: fine grain, patches where it was brushed."""
    pile = noise(px, 128, spec.variant)
    brushed = fractal(px, 4, spec.variant + 1, 3)
    return _shaded(_color(spec), 0.78 + 0.34 * pile * 0.8 + 0.2 * (brushed - 0.5))


def leaves(spec: SurfaceSpec, px: int) -> Array:
    """Foliage of hedges and crowns: clumps of light and dark green."""
    clumps = fractal(px, 14, spec.variant, 4)
    gaps = np.clip((noise(px, 48, spec.variant + 5) - 0.6) * 3, 0, 1)
    green = blend(_color(spec), _color(spec, 1), (clumps - 0.5) * 2.2 + 0.5)
    return to_uint8(green * (1.0 - 0.65 * gaps)[..., None])


def facade(spec: SurfaceSpec, px: int) -> Array:
    """A house front: 4 x 4 dark windows with pale frames in a wall of the first colour."""
    u, v = _grid(px)
    x, y = (u * 4) % 1.0 - 0.5, (v * 4) % 1.0 - 0.5
    pane = (np.abs(x) < 0.22) & (np.abs(y) < 0.3)
    border = (np.abs(x) < 0.26) & (np.abs(y) < 0.34)
    tone = hashed(np.floor(u * 4).astype(np.int64), np.floor(v * 4).astype(np.int64), spec.variant)
    wall = np.asarray(_color(spec)) * (0.9 + 0.25 * (fractal(px, 8, spec.variant, 3) - 0.5))[..., None]
    out = np.where(border[..., None], np.array([0.8, 0.8, 0.77]), wall)
    glass = np.array([0.16, 0.2, 0.25]) + 0.25 * (tone > 0.7)[..., None] * np.array([0.6, 0.7, 0.8])
    return to_uint8(np.where(pane[..., None], glass, out))


def picture(spec: SurfaceSpec, px: int) -> Array:
    """Something framed: bands of hills under a sky, in the spec's colours."""
    u, v = _grid(px)
    out = np.broadcast_to(np.asarray(_color(spec), dtype=float), (px, px, 3))
    for k in range(1, 4):
        ridge = 0.25 + 0.2 * k + 0.25 * (noise(px, 2 + k, spec.variant + k)[0][None, :] - 0.5)
        out = blend(out, _color(spec, k), (v > ridge).astype(float))
    mat_board = (np.minimum(np.minimum(u, 1 - u), np.minimum(v, 1 - v)) < 0.07).astype(float)
    return to_uint8(blend(out, (0.94, 0.93, 0.9), mat_board))


def abstract(spec: SurfaceSpec, px: int) -> Array:
    """Something framed: bars and blocks of the spec's colours across each other on a pale ground."""
    u, v = _grid(px)
    out = np.broadcast_to(np.array([0.93, 0.91, 0.86]), (px, px, 3))
    for k in range(7):
        x, y, w, h, tone = hashed(np.arange(5), np.full(5, k), spec.variant)
        inside = (np.abs(u - 0.12 - 0.76 * x) < 0.05 + 0.2 * w) & (np.abs(v - 0.12 - 0.76 * y) < 0.04 + 0.22 * h)
        round_ = np.hypot(u - 0.15 - 0.7 * x, v - 0.15 - 0.7 * y) < 0.06 + 0.16 * w
        out = blend(out, _color(spec, k), 0.85 * (round_ if tone > 0.6 else inside).astype(float))
    return to_uint8(out)


def shingles(spec: SurfaceSpec, px: int) -> Array:
    """Roof tiles in rows, the lower edge of each in shadow."""
    tone, joints = _cells(spec, px, 8, 10, 0.5, 0.006)
    _, v = _grid(px)
    shade = 0.78 + 0.3 * ((v * 10) % 1.0)
    return _shaded(_color(spec), (0.8 + 0.3 * tone) * shade * (1.0 - 0.45 * joints))


def cobbles(spec: SurfaceSpec, px: int) -> Array:
    """Rounded setts in a running bond, gaps in the second colour."""
    tone, joints = _cells(spec, px, 8, 8, 0.5, 0.012)
    rough = fractal(px, 24, spec.variant + 4, 3)
    face = np.asarray(_color(spec)) * (0.74 + 0.36 * tone + 0.3 * (rough - 0.5))[..., None]
    return to_uint8(blend(face, _color(spec, 1), joints))


def ripples(spec: SurfaceSpec, px: int) -> Array:
    """Water in a breeze: light and dark bands that wander."""
    _, v = _grid(px)
    bend = fractal(px, 4, spec.variant)
    bands = 0.5 * np.sin(2 * np.pi * (7 * v + 2.2 * bend))
    bands += 0.3 * np.sin(2 * np.pi * (13 * v + 3.1 * fractal(px, 5, spec.variant + 5)))
    glints = np.clip(fractal(px, 20, spec.variant + 2, 3) - 0.66, 0, 1)
    return to_uint8(np.asarray(_color(spec)) * (1.0 + 0.2 * bands)[..., None] + 1.2 * glints[..., None])


def snow(spec: SurfaceSpec, px: int) -> Array:
    """Trodden and blown snow: soft dips with bluish shade, a few grains."""
    dips = fractal(px, 6, spec.variant, 4)
    grain = noise(px, 128, spec.variant + 2) - 0.5
    shade = blend(_color(spec), np.asarray(_color(spec)) * (0.82, 0.87, 0.94), np.clip((0.52 - dips) * 5, 0, 1))
    return to_uint8(shade * (1.0 + 0.05 * grain)[..., None])


def plain_surface(spec: SurfaceSpec, px: int) -> Array:
    """One colour with a trace of grain: seamless paper, lacquer."""
    return _shaded(_color(spec), 0.99 + 0.02 * (noise(64, 32, spec.variant) - 0.5))


PAINTERS: dict[str, Painter] = {
    "asphalt": asphalt,
    "grass": grass,
    "sand": sand,
    "earth": earth,
    "concrete": concrete,
    "tiles": tiles,
    "checkers": checkers,
    "planks": planks,
    "bricks": bricks,
    "plaster": plaster,
    "striped": striped,
    "dotted": dotted,
    "carpet": carpet,
    "leaves": leaves,
    "facade": facade,
    "picture": picture,
    "abstract": abstract,
    "shingles": shingles,
    "cobbles": cobbles,
    "ripples": ripples,
    "snow": snow,
    "plain": plain_surface,
}
"""Surface kind -> painter."""
