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
    with np.errstate(over="ignore", invalid="ignore"):  # whoever calls looks for what isn't finite
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
    whole: tuple[Array, ...] = (*np.zeros((3, len(angles_rad))), np.ones(len(angles_rad)))
    for axis, half in zip(axes, 0.5 * angles_rad.T, strict=True):
        whole = _about(whole, axis, np.sin(half), np.cos(half))
    return matrices(np.stack(whole, axis=-1))


def _about(q: tuple[Array, ...], axis: int, sine: Array, cosine: Array) -> tuple[Array, ...]:
    """The product of quaternions, x y z w with (T,) each, and rotations about an axis by their half angles' sine and cosine."""
    a, b, c = axis, (axis + 1) % 3, (axis + 2) % 3
    made = [q[0]] * 3
    made[a] = q[a] * cosine + q[3] * sine
    made[b] = q[b] * cosine + q[c] * sine
    made[c] = q[c] * cosine - q[b] * sine
    return *made, q[3] * cosine - q[a] * sine
