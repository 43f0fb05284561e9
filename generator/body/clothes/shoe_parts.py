"""What tells shoes of a kind: caps, laces, stripes and straps of another colour on the upper, and layers of the sole."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ...values import Array, FabricSpec, GarmentSpec, Rgb
from .. import noise

WHITE: Rgb = (0.86, 0.86, 0.84)
DARK: Rgb = (0.09, 0.09, 0.09)
SOCKS: tuple[Rgb, ...] = ((0.84, 0.84, 0.82), (0.14, 0.14, 0.15), (0.45, 0.46, 0.48), (0.16, 0.20, 0.32))
"""Sandals are worn over socks."""


def _laces(along: Array, across: Array, up: Array) -> Array:
    rungs = 0.35 - np.abs((along * 14.0) % 1.0 - 0.5)
    return np.minimum(np.minimum(0.20 - np.abs(across), rungs), np.minimum(0.78 - along, along - 0.36)) * (up > 0.5) - (up <= 0.5)


def _tongue(along: Array, across: Array, up: Array) -> Array:
    return np.minimum(0.16 - np.abs(across), np.minimum(0.66 - along, along - 0.3)) * (up > 0.4) - (up <= 0.4)


def _cap(along: Array, across: Array, up: Array) -> Array:
    return along - 0.86 - 0.10 * across * across


def _foxing(along: Array, across: Array, up: Array) -> Array:
    return 0.28 - up


def _stripe(along: Array, across: Array, up: Array) -> Array:
    return np.minimum(0.05 - np.abs(along - 0.62 + 0.25 * up), np.abs(across) - 0.5)


def _heel(along: Array, across: Array, up: Array) -> Array:
    return 0.22 - along


def _band(along: Array, across: Array, up: Array) -> Array:
    return 0.06 - np.abs(along - 0.60)


def _straps(along: Array, across: Array, up: Array) -> Array:
    front, ankle = 0.07 - np.abs(along - 0.72), 0.055 - np.abs(along - 0.42 + 0.1 * up)
    behind = np.minimum(0.12 - np.abs(up - 0.75), 0.35 - along)
    return np.maximum(np.maximum(front, ankle), behind)


def _thong(along: Array, across: Array, up: Array) -> Array:
    spread = 0.75 - along
    return np.minimum(0.16 - np.abs(np.abs(across) - 1.6 * spread), np.minimum(along - 0.36, 0.80 - along))


Field = Callable[[Array, Array, Array], Array]
"""Of places on a foot, positive inside: along it from heel 0 to toe 1, across it -1 to 1, up its height 0 to 1."""

PARTS: dict[str, tuple[Field, str]] = {
    "trainers": (lambda *at: np.maximum(_stripe(*at), _laces(*at)), "white"),
    "sneakers": (lambda *at: np.max([_cap(*at), _foxing(*at), _laces(*at)], axis=0), "white"),
    "running_shoes": (lambda *at: np.max([_stripe(*at), _tongue(*at), _heel(*at)], axis=0), "other"),
    "loafers": (_band, "dark"),
    "ankle_boots": (_tongue, "dark"),
    "hiking_boots": (lambda *at: np.max([_cap(*at), _foxing(*at), _tongue(*at)], axis=0), "dark"),
    "sandals": (_straps, "own"),
    "flip_flops": (_thong, "own"),
}
"""Kind of shoe -> its parts in another colour, and which: white, dark, the sole's, another shade, the shoe's own over socks."""


def over_socks(garment: GarmentSpec) -> bool:
    """Whether the foot is in a sock, and the shoe only straps and a sole."""
    return garment.kind in PARTS and PARTS[garment.kind][1] == "own"


def colours(garment: GarmentSpec) -> tuple[Rgb, Rgb]:
    """Colour of the upper, and of its parts."""
    fabric = garment.fabric
    own: Rgb = fabric.colors[0] if fabric.colors else (0.5, 0.5, 0.5)
    if over_socks(garment):
        return SOCKS[fabric.variant % len(SOCKS)], own
    lift = 0.35 if sum(own) < 1.5 else -0.35
    r, g, b = (min(max(c + lift, 0.0), 1.0) for c in own)
    return own, {"white": WHITE, "dark": DARK, "other": (r, g, b)}[PARTS[garment.kind][1]] if garment.kind in PARTS else own


def part_field(kind: str, points: Array, sole_y: float) -> Array:
    """(N,) positive on the parts of another colour, over points (N, 3) of both feet at rest."""
    out = np.empty(len(points))
    for side in (points[:, 0] > 0, points[:, 0] <= 0):
        own = points[side]
        low, high = own[:, 2].min(), own[:, 2].max()
        along = (own[:, 2] - low) / max(high - low, 1e-6)
        edges = np.linspace(0.0, 1.0, 9)
        middle = [own[(along >= a - 0.07) & (along <= a + 0.07), 0] for a in edges]
        center = np.interp(along, edges, [0.5 * (m.min() + m.max()) if len(m) else own[:, 0].mean() for m in middle])
        half = np.interp(along, edges, [max(0.5 * np.ptp(m), 0.01) if len(m) else 0.03 for m in middle])
        out[side] = PARTS[kind][0](along, (own[:, 0] - center) / half, (own[:, 1] - sole_y) / 0.075)
    return out


def rubber(garment: GarmentSpec) -> Array:
    """(32, 32, 3) uint8: a sole's side, its tread below; of running shoes and trainers with a line of another colour."""
    fabric: FabricSpec = garment.fabric
    color = np.array(fabric.colors[-1] if fabric.colors else (0.9, 0.9, 0.9))
    image = np.broadcast_to(color, (32, 32, 3)) * (0.94 + 0.06 * noise.tile(32, (16, 16), fabric.variant))[..., None]
    if garment.kind in ("trainers", "running_shoes", "hiking_boots"):
        image[20:] *= 0.35 if color.sum() > 1.0 else 2.0
        image[13:18] = 0.4 * image[13:18] + 0.6 * np.array(colours(garment)[0])
    return np.clip(np.rint(image * 255), 0, 255).astype(np.uint8)
