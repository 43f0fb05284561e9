"""Simple furniture for rooms, its back to a wall at +y: shapes, and the width and depth that each takes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..props.shapes import box, join, lathe, metric_uv, moved, soft_box, tube, with_mirror
from .clutter import Furniture
from .interiors import INTERIORS
from .workrooms import WORKROOMS


def shelf(size: float) -> Furniture:
    """Bookcase with books on four boards."""
    w, d, h = 0.9 * size, 0.3, 1.75
    sides = with_mirror(box((0.025, d, h), (w / 2, 0.0, h / 2)))
    boards = [box((w, d, 0.025), (0.0, 0.0, z)) for z in np.linspace(0.06, h - 0.02, 5)]
    back = box((w, 0.01, h), (0.0, d / 2, h / 2))
    books = []
    for row, z in enumerate(np.linspace(0.06, h - 0.02, 5)[:-1]):
        for k in range(7):
            tall = 0.22 + 0.02 * ((3 * k + 5 * row) % 5)
            if (k + row) % 6:
                books.append(box((0.9 * w / 8, d * 0.6, tall), ((k - 3) * w / 7.6, 0.03, z + 0.0125 + tall / 2)))
    return [(metric_uv(join([sides, *boards, back])), True), (metric_uv(join(books)), False)], w + 0.03, d


def cabinet(size: float) -> Furniture:
    """Low cabinet with doors and knobs."""
    w, d, h = 1.2 * size, 0.42, 0.8
    body = box((w, d, h - 0.1), (0.0, 0.0, 0.1 + (h - 0.1) / 2))
    doors = with_mirror(box((w / 2 - 0.03, 0.02, h - 0.18), (w / 4, -d / 2 - 0.006, 0.1 + (h - 0.1) / 2)))
    feet = with_mirror(join([box((0.05, 0.05, 0.1), (w * 0.45, y, 0.05)) for y in (-0.15, 0.15)]))
    knobs = with_mirror(box((0.02, 0.03, 0.12), (0.05, -d / 2 - 0.02, h * 0.6)))
    return [(metric_uv(join([body, doors])), True), (metric_uv(join([feet, knobs])), False)], w, d + 0.05


def sofa(size: float) -> Furniture:
    """Sofa of two or three seats."""
    w, d = 1.8 * size, 0.85
    base = soft_box((w, d, 0.3), 0.06, (0.0, 0.0, 0.25))
    back = soft_box((w, 0.24, 0.55), 0.09, (0.0, d / 2 - 0.12, 0.55), steps=3)
    arms = with_mirror(soft_box((0.2, d, 0.5), 0.08, (w / 2 - 0.1, 0.0, 0.36)))
    n = 3 if size > 1.05 else 2
    inner = (w - 0.4) / n
    seats = [soft_box((inner - 0.02, d - 0.26, 0.16), 0.05, ((k - (n - 1) / 2) * inner, -0.1, 0.45)) for k in range(n)]
    feet = with_mirror(join([box((0.05, 0.05, 0.12), (w * 0.45, y, 0.06)) for y in (-0.34, 0.34)]))
    return [(join([base, back, arms, *seats]), True), (metric_uv(feet), False)], w, d


def table(size: float) -> Furniture:
    """Side table with a vase-like lamp."""
    w, d, h = 1.1 * size, 0.55, 0.74
    top = soft_box((w, d, 0.035), 0.01, (0.0, 0.0, h))
    legs = with_mirror(join([box((0.05, 0.05, h), (w * 0.46, y, h / 2)) for y in (-d * 0.42, d * 0.42)]))
    foot = lathe([(0.0, 0.0), (0.07, 0.0), (0.08, 0.05), (0.035, 0.16), (0.02, 0.28), (0.0, 0.28)], 16)
    shade = lathe([(0.0, 0.24), (0.15, 0.24), (0.1, 0.44), (0.0, 0.44)], 16)
    lamp = moved(join([foot, shade]), (w * 0.25, 0.05, h + 0.017))
    return [(metric_uv(join([top, legs])), True), (lamp, False)], w, d


def wardrobe(size: float) -> Furniture:
    """Tall wardrobe with two doors."""
    w, d, h = 1.2 * size, 0.58, 2.0
    body = box((w, d, h), (0.0, 0.0, h / 2))
    doors = with_mirror(box((w / 2 - 0.02, 0.02, h - 0.14), (w / 4, -d / 2 - 0.008, h / 2)))
    handles = with_mirror(tube([(0.05, -d / 2 - 0.03, 0.9), (0.05, -d / 2 - 0.03, 1.0), (0.05, -d / 2 - 0.03, 1.15)], 0.01, 6))
    return [(metric_uv(join([body, doors])), True), (handles, False)], w, d + 0.05


def plant(size: float) -> Furniture:
    """Pot with a leafy crown."""
    pot = lathe([(0.0, 0.0), (0.13, 0.0), (0.18, 0.32), (0.16, 0.32), (0.15, 0.29), (0.0, 0.29)], 18)
    a = np.linspace(-np.pi / 2, np.pi / 2, 7)
    ball = [(0.24 * float(np.cos(x)), 0.3 * float(np.sin(x))) for x in a]
    ball[0], ball[-1] = (0.0, -0.3), (0.0, 0.3)
    crown = metric_uv(lathe(ball, 12))
    crowns = [
        moved(crown, (x * size, y * size, z * size)) for x, y, z in ((0, 0, 0.85), (0.13, 0.06, 0.68), (-0.12, -0.06, 1.02))
    ]
    stem = tube([(0, 0, 0.28), (0.01, 0, 0.5), (0, 0, 0.8)], 0.02, 8)
    return [(join(crowns), True), (join([pot, stem]), False)], 0.75 * size, 0.6 * size


FURNITURE: dict[str, Callable[[float], Furniture]] = {
    "shelf": shelf,
    "cabinet": cabinet,
    "sofa": sofa,
    "table": table,
    "wardrobe": wardrobe,
    "plant": plant,
    **INTERIORS,
    **WORKROOMS,
}
"""Form -> its builder, which takes a size factor on the width."""
