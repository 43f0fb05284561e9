"""Procedural cloth: seamless tiles of weave and print, painted from a FabricSpec and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from ...base.errors import UserError, nearest
from ...values import Array, FabricSpec, Rgb
from .. import noise

SIZE_PX = 128

INSIDE = 0.4
"""How dark a lining looks, of the cloth's colour."""


@lru_cache(maxsize=256)
def weave(fabric: FabricSpec) -> Array:
    """(128, 128, 3) uint8 sRGB tile of a fabric; one tile is one repeat of `scale_m`.

    Raises `UserError` for an unknown kind.
    """
    painter = FABRICS.get(fabric.kind)
    if painter is None:
        raise UserError(f"unknown fabric '{fabric.kind}': {nearest(fabric.kind, FABRICS)}")
    image = painter(_colors(fabric), fabric)
    image = image * (1.0 + 0.06 * (_cloud(fabric.variant) - 0.5))[..., None]
    return np.clip(np.rint(image * 255.0), 0, 255).astype(np.uint8)


LINING, BAND = " inside", " band"
"""How names of materials end of turned hems and of bands, whose faces look in, or round an edge."""


@lru_cache(maxsize=256)
def lining(fabric: FabricSpec) -> Array:
    """(1, 1, 3) uint8 sRGB: a fabric as it is seen where little light comes, inside a sleeve."""
    return np.clip(np.rint(INSIDE * _colors(fabric)[0] * 255.0), 0, 255).astype(np.uint8).reshape(1, 1, 3)


def _colors(fabric: FabricSpec) -> list[Array]:
    """At least three colours: missing ones are a lighter and a darker shade of the first."""
    given: list[Rgb] = list(fabric.colors) or [(0.5, 0.5, 0.5)]
    first = np.array(given[0])
    shades = [np.array(c) for c in given]
    return [*shades, *([first * 0.6 + 0.4, first * 0.55][len(shades) - 1 :] if len(shades) < 3 else [])]


def _grid() -> tuple[Array, Array]:
    """v (down) and u (right) of texel centres, in [0, 1)."""
    steps = (np.arange(SIZE_PX) + 0.5) / SIZE_PX
    return np.meshgrid(steps, steps, indexing="ij")  # type: ignore[return-value]


def _cloud(seed: int) -> Array:
    return 0.6 * noise.tile(SIZE_PX, (4, 4), seed + 11) + 0.4 * noise.tile(SIZE_PX, (16, 16), seed + 12)


def _threads(seed: int, rows: int = 64, columns: int = 64) -> Array:
    """Fine light and dark of single threads, mean about 1."""
    across, along = noise.tile(SIZE_PX, (rows, 8), seed + 1), noise.tile(SIZE_PX, (8, columns), seed + 2)
    return 0.94 + 0.06 * (across + along)


def _mix(low: Array, high: Array, t: Array) -> Array:
    return low + (high - low) * t[..., None]


def _edge(value: Array, at: float, width: float = 0.02) -> Array:
    """0 below `at`, 1 above, soft over `width`."""
    return np.clip((value - at) / width + 0.5, 0.0, 1.0)


def _plain(c: list[Array], f: FabricSpec) -> Array:
    return np.broadcast_to(c[0], (SIZE_PX, SIZE_PX, 3)) * _threads(f.variant)[..., None]


def _stripes(c: list[Array], f: FabricSpec) -> Array:
    v, _ = _grid()
    band = _edge(0.5 - np.abs(v - 0.5), 0.5 * (1 - f.stripe_share))
    return _mix(c[0], c[1], band) * _threads(f.variant)[..., None]


def _pinstripe(c: list[Array], f: FabricSpec) -> Array:
    _, u = _grid()
    line = _edge(0.5 - np.abs((u * 4) % 1.0 - 0.5), 0.45, 0.06)
    return _mix(c[0], c[1], 0.8 * line) * _threads(f.variant)[..., None]


def _checks(c: list[Array], f: FabricSpec) -> Array:
    v, u = _grid()
    down, right = _edge(0.5 - np.abs(v - 0.5), 0.25), _edge(0.5 - np.abs(u - 0.5), 0.25)
    return _mix(c[0], c[1], 0.5 * (down + right)) * _threads(f.variant)[..., None]


def _plaid(c: list[Array], f: FabricSpec) -> Array:
    v, u = _grid()
    image = np.broadcast_to(c[0], (SIZE_PX, SIZE_PX, 3)).copy()
    for k, (at, width) in enumerate(((0.30, 0.16), (0.62, 0.05), (0.75, 0.05), (0.95, 0.02))):
        color = c[1] if k % 2 == 0 else c[2]
        for axis in (u, v):
            distance = np.abs((axis - at + 0.5) % 1.0 - 0.5)
            image = image + (color - image) * (0.5 * (1.0 - _edge(distance, width, 0.02)))[..., None]
    return image * _threads(f.variant)[..., None]


def _denim(c: list[Array], f: FabricSpec) -> Array:
    v, u = _grid()
    twill = 0.5 + 0.5 * np.sin(2 * np.pi * 32 * (u + v))
    worn = noise.tile(SIZE_PX, (3, 3), f.variant + 5)
    base = _mix(c[0] * 0.92, np.minimum(c[0] * 1.12 + 0.04, 1.0), worn)
    return base * (0.92 + 0.08 * twill + 0.08 * noise.tile(SIZE_PX, (64, 16), f.variant + 6))[..., None]


def _knit(c: list[Array], f: FabricSpec) -> Array:
    v, u = _grid()
    wales = np.abs(np.sin(np.pi * 12 * u))
    loops = 0.5 + 0.5 * np.sin(2 * np.pi * (16 * v + 0.35 * wales))
    shade = 0.72 + 0.20 * wales + 0.14 * loops
    return np.broadcast_to(c[0], (SIZE_PX, SIZE_PX, 3)) * shade[..., None]


def _ribs(c: list[Array], f: FabricSpec) -> Array:
    _, u = _grid()
    return np.broadcast_to(c[0], (SIZE_PX, SIZE_PX, 3)) * (0.80 + 0.25 * np.abs(np.sin(np.pi * 10 * u)))[..., None]


def _dots(c: list[Array], f: FabricSpec) -> Array:
    v, u = _grid()
    distance = np.minimum(
        np.hypot((u * 2) % 1.0 - 0.5, (v * 2) % 1.0 - 0.5),
        np.hypot((u * 2 + 0.5) % 1.0 - 0.5, (v * 2 + 0.5) % 1.0 - 0.5),
    )
    return _mix(c[1], c[0], _edge(distance, 0.17, 0.06)) * _threads(f.variant)[..., None]


def _blobs(c: list[Array], f: FabricSpec) -> Array:
    """Soft-edged abstract print of three colours, or camouflage with the right ones."""
    first = 0.7 * noise.tile(SIZE_PX, (5, 5), f.variant + 21) + 0.3 * noise.tile(SIZE_PX, (13, 13), f.variant + 22)
    second = 0.7 * noise.tile(SIZE_PX, (6, 6), f.variant + 23) + 0.3 * noise.tile(SIZE_PX, (12, 12), f.variant + 24)
    image = _mix(c[0], c[1], _edge(first, 0.55, 0.03))
    image = image + (c[2] - image) * _edge(second, 0.60, 0.03)[..., None]
    return image * _threads(f.variant)[..., None]


def _leaves(c: list[Array], f: FabricSpec) -> Array:
    """Pointed ovals scattered on a jittered lattice, each with its own turn and one of two colours."""
    v, u = _grid()
    image = np.broadcast_to(c[0], (SIZE_PX, SIZE_PX, 3)).copy()
    for k in range(20):
        x, y, turn, pick = (float(noise.hashed(f.variant * 131 + q, np.array([k]))[0]) for q in range(4))
        cell_x, cell_y = (k % 5 + 0.15 + 0.7 * x) / 5, (k // 5 + 0.15 + 0.7 * y) / 4
        dx, dy = (u - cell_x + 0.5) % 1.0 - 0.5, (v - cell_y + 0.5) % 1.0 - 0.5
        a = np.pi * turn
        along, across = dx * np.cos(a) + dy * np.sin(a), dy * np.cos(a) - dx * np.sin(a)
        leaf = np.abs(across) / 0.045 + (along / 0.12) ** 2
        inside = 1.0 - _edge(leaf, 1.0, 0.2)
        vein = 1.0 - 0.25 * (np.abs(across) < 0.006)
        image = image + ((c[1] if pick < 0.6 else c[2]) - image) * inside[..., None]
        image = image * np.where(inside > 0.5, vein, 1.0)[..., None]
    return image * _threads(f.variant)[..., None]


def _leather(c: list[Array], f: FabricSpec) -> Array:
    grain = noise.tile(SIZE_PX, (40, 40), f.variant + 31)
    return np.broadcast_to(c[0], (SIZE_PX, SIZE_PX, 3)) * (0.88 + 0.2 * grain)[..., None]


FABRICS: dict[str, Callable[[list[Array], FabricSpec], Array]] = {
    "plain": _plain,
    "stripes": _stripes,
    "pinstripe": _pinstripe,
    "checks": _checks,
    "plaid": _plaid,
    "denim": _denim,
    "knit": _knit,
    "ribs": _ribs,
    "dots": _dots,
    "blobs": _blobs,
    "leaves": _leaves,
    "leather": _leather,
}
"""Fabric kinds: name -> painter(colours, fabric) giving (128, 128, 3) in [0, 1]."""
