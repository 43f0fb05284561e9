"""What furniture is made of: parts and their surfaces, and rows of things that stand on boards."""

from __future__ import annotations

import numpy as np

from ..props.shapes import Shape, box, join, lathe, metric_uv, moved
from ..props.textures import hashed
from ..values import Array

Parts = list[tuple[Shape, bool | str]]
"""Shapes, and whose surface each has: the thing's own (True), the frame's (False), or a named one."""

Furniture = tuple[Parts, float, float]


def solid(*shapes: Shape) -> Shape:
    """Shapes as one, with uv in metres."""
    return metric_uv(join(shapes))


def items(xs: Array, y: float, z: float, seed: int, tall: tuple[float, float], wide: float) -> Parts:
    """A row of boxes, jars and books of three colours standing at xs on a board."""
    parts: dict[str, list[Shape]] = {}
    for k, x in enumerate(xs):
        a, b, c, d = (float(hashed(np.array([k]), np.array([j]), seed)[0]) for j in range(4))
        if a < 0.18:
            continue
        h = tall[0] + (tall[1] - tall[0]) * b
        if c < 0.35:
            made = lathe([(0.0, 0.0), (0.42 * wide, 0.0), (0.42 * wide, 0.7 * h), (0.2 * wide, h), (0.0, h)], 8)
        else:
            made = box((wide * (0.55 + 0.4 * c), 0.16, h), (0.0, 0.0, 0.5 * h))
        parts.setdefault(("item0", "item1", "item2", "pale")[int(4 * d)], []).append(moved(made, (float(x), y, z)))
    return [(solid(*shapes), name) for name, shapes in parts.items()]
