"""Forward kinematics of a file's own skeleton: from each node's place and turn on its parent to all in the world."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ..motion.rotations import matrices, turned
from ..values import Array

Local = Callable[[int], tuple[Array, Array]]
"""Of a node its place (T, 3) and linear map (T, 3, 3) in its parent's frame; T may be 1."""


def chained(parents: Sequence[int], local: Local, wanted: Sequence[int]) -> tuple[Array, Array]:
    """Positions (T, K, 3) and linear maps (T, K, 3, 3) in the world of the nodes `wanted`; others are reckoned where needed.

    Parents come before their children.
    """
    needed: set[int] = set()
    for node in wanted:
        while node >= 0 and node not in needed:
            needed.add(node)
            node = parents[node]
    places: dict[int, Array] = {}
    maps: dict[int, Array] = {}
    for node in sorted(needed):
        place, linear = local(node)
        parent = parents[node]
        if parent >= 0:
            place, linear = places[parent] + turned(maps[parent], place), maps[parent] @ linear
        places[node], maps[node] = place, linear
    n_frames = max(len(places[node]) for node in wanted)
    at = [np.broadcast_to(places[node], (n_frames, 3)) for node in wanted]
    axes = [np.broadcast_to(maps[node], (n_frames, 3, 3)) for node in wanted]
    return np.stack(at, axis=1), np.stack(axes, axis=1)


def placed(parents: Sequence[int], offsets: Array) -> Array:
    """Positions (N, 3) of nodes with these offsets (N, 3) from their parents, nothing turned."""
    places = np.array(offsets, dtype=float)
    for node, parent in enumerate(parents):
        if parent >= 0:
            places[node] += places[parent]
    return places


def turned_by(axes: Sequence[int], angles_rad: Array) -> Array:
    """Rotations (T, 3, 3): about each of the axes (0 x, 1 y, 2 z) in turn by angles (T, n), the first outermost."""
    whole = np.tile([0.0, 0.0, 0.0, 1.0], (len(angles_rad), 1))
    for axis, half in zip(axes, 0.5 * angles_rad.T, strict=True):
        one = np.zeros_like(whole)
        one[:, axis], one[:, 3] = np.sin(half), np.cos(half)
        whole = product(whole, one)
    return matrices(whole)


def product(a: Array, b: Array) -> Array:
    """Of quaternions (..., 4), x y z w."""
    ax, ay, az, aw = np.moveaxis(a, -1, 0)
    bx, by, bz, bw = np.moveaxis(b, -1, 0)
    parts = (
        aw * bx + ax * bw + ay * bz - az * by,
        aw * by - ax * bz + ay * bw + az * bx,
        aw * bz + ax * by - ay * bx + az * bw,
        aw * bw - ax * bx - ay * by - az * bz,
    )
    return np.stack(parts, axis=-1)
