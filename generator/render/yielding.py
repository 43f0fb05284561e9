"""Flesh and cloth that give way: where bodies of people who act together would be in one another, both are pressed in.

What two bodies share is taken from both, by how far each can give there, straight out of the other's surface. The press is worked
out on nodes, vertices thinned out at rest, and spread over their neighbours, so that dents are wide and nothing tears. It is a
function of one frame's poses, and follows their depth. Joints stay where they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from ..values import Array, Mesh
from .kernel import kernel, making_arrays
from .nearness import behind_nearest, by_cells, shared, surface_nodes, towards
from .pliable import Pliable, pliable

SPREADS, ROUNDS = 6, 2
"""Over how many neighbours a press goes; how often what is left of the depth is pressed, too."""

TOUCH_M = 0.003
"""So deep is touching."""


def give_way(people: Sequence[Mesh], posed: Sequence[Array]) -> None:
    """Press the vertices (T, V, 3) of those who act together out of one another, in place. Whoever is rigid stays as they are."""
    soft = [(mesh, vertices) for mesh, vertices in zip(people, posed, strict=True) if mesh.weights is not None]
    if len(soft) < 2:
        return
    at = [surface_nodes(mesh) for mesh, _ in soft]
    frames, near = _met([vertices[:, its] for (_, vertices), its in zip(soft, at, strict=True)])
    if not frames:
        return
    bodies = [pliable(mesh, vertices, its[by]) for (mesh, vertices), its, by in zip(soft, at, near, strict=True) if by.sum() > 1]
    moving = [vertices for (_, vertices), by in zip(soft, near, strict=True) if by.sum() > 1]
    for t in frames:
        for vertices, body, press in zip(moving, bodies, _presses(bodies, t), strict=True):
            if press.any():
                _follow(vertices[t], body.moved, press, body.bound, body.share)


def _met(nodes: Sequence[Array]) -> tuple[list[int], list[Array]]:
    """Frames in which the boxes of any two overlap, and which nodes (N,) bool of each ever come near another's."""
    near, frames = [np.zeros(points.shape[1], bool) for points in nodes], set()
    lows, highs = [points.min(axis=1) for points in nodes], [points.max(axis=1) for points in nodes]
    for one, other in combinations(range(len(nodes)), 2):
        apart = (lows[one] > highs[other]) | (lows[other] > highs[one])
        for t in np.flatnonzero(~apart.any(axis=1)):
            a, b = nodes[one][t], nodes[other][t]
            axes = towards(b.mean(axis=0) - a.mean(axis=0))
            for its, points, marks in ((other, a, b), (one, b, a)):
                inside, beside = shared(points, marks, axes)
                if len(inside) and len(beside):
                    frames.add(int(t))
                    near[its][beside] = True
    return sorted(frames), near


def _presses(bodies: Sequence[Pliable], t: int) -> list[Array]:
    """How far the nodes (N, 3) of each body give way at frame t."""
    needs = [np.zeros_like(body.nodes[t]) for body in bodies]
    presses = [np.zeros_like(need) for need in needs]
    for _ in range(ROUNDS):
        lacks = [np.zeros_like(need) for need in needs]
        pairs = combinations(range(len(bodies)), 2)
        if not any([_lack((bodies[i], bodies[j]), t, (presses[i], presses[j]), (lacks[i], lacks[j])) for i, j in pairs]):
            break
        for body, need, lack, press in zip(bodies, needs, lacks, presses, strict=True):
            _spread(need, lack, press, body.beside, body.starts, body.cover, body.give_m)
    return presses


def _lack(bodies: tuple[Pliable, Pliable], t: int, presses: tuple[Array, Array], lacks: tuple[Array, Array]) -> bool:
    """Write what is lacking of each body's press (N, 3) for its nodes to be out of the other; whether any is."""
    points = [body.nodes[t] + press for body, press in zip(bodies, presses, strict=True)]
    axes = towards(points[1].mean(axis=0) - points[0].mean(axis=0))
    met = False
    for own, its in ((0, 1), (1, 0)):
        inside, near = shared(points[own], points[its], axes)
        inside, near = inside[bodies[own].outer[inside]], near[bodies[its].outer[near]]
        if len(inside) and len(near):
            order, starts, low, counts = by_cells(points[own][inside], points[its][near])
            at = near[order]
            met |= _pressed(inside, points[own], bodies[own].give_m, lacks[own], at, points[its][at], bodies[its].normals[t][at],
                            bodies[its].thick_m[at], bodies[its].give_m, lacks[its], starts, low, counts)  # fmt: skip
    return met


@kernel
def _pressed(inside: Array, points: Array, give: Array, press: Array, at: Array, marks: Array, normals: Array, thick: Array,
             its_give: Array, its_press: Array, starts: Array, low: Array, counts: Array) -> bool:  # fmt: skip
    """For each of the points `inside`: its own share of the depth outwards, and the other's share inwards at its nearest mark,
    where that is more than what presses there already."""
    met = False
    for place in range(inside.shape[0]):
        n = inside[place]
        depth, which = behind_nearest(
            points[n, 0], points[n, 1], points[n, 2], marks, normals, thick, starts, low, counts, TOUCH_M
        )
        if which < 0:
            continue
        met, m, depth = True, at[which], depth - TOUCH_M
        own = give[n] / (give[n] + its_give[m])
        _more(press, n, normals, which, depth * own)
        _more(its_press, m, normals, which, -depth * (1.0 - own))
    return met


@kernel
def _more(press: Array, n: int, normals: Array, which: int, by_m: float) -> None:
    """Let node n be pressed along a normal by so much, unless it is by more already."""
    if by_m * by_m > press[n, 0] ** 2 + press[n, 1] ** 2 + press[n, 2] ** 2:
        for axis in range(3):
            press[n, axis] = by_m * normals[which, axis]


@making_arrays
def _spread(need: Array, lack: Array, press: Array, beside: Array, starts: Array, cover: Array, give: Array) -> None:
    """Add to needs (N, 3) what presses lack, and spread them over neighbours to presses: pressed nodes keep at least what they
    need along its way; what is hidden goes with what covers it; and none goes further than it can give."""
    count = press.shape[0]
    length, active, listed = np.zeros(count), np.zeros(count, np.int64), np.zeros(count, np.bool_)
    n_active = 0
    for n in range(count):
        if _length(lack, n) > 0.0:
            need[n] = press[n] + lack[n]
        length[n] = _length(need, n)
        if length[n] > 0.0:
            active[n_active], listed[n] = n, True
            n_active += 1
    press[:] = need
    smoothed = np.zeros_like(press)
    for _ in range(SPREADS):
        n_active = _with_neighbours(active, listed, n_active, beside, starts)
        for place in range(n_active):
            _smooth(press, active[place], need, length[active[place]], beside, starts, smoothed)
        for place in range(n_active):
            press[active[place]] = smoothed[active[place]]
    for place in range(n_active):
        n = active[place]
        press[n] *= give[n] / max(_length(press, n), give[n])
    for place in range(n_active):
        press[active[place]] = press[cover[active[place]]]


@kernel
def _length(vectors: Array, n: int) -> float:
    """Of the n-th of vectors (N, 3)."""
    return np.sqrt(vectors[n, 0] ** 2 + vectors[n, 1] ** 2 + vectors[n, 2] ** 2)  # type: ignore[no-any-return]


@kernel
def _with_neighbours(active: Array, listed: Array, n_active: int, beside: Array, starts: Array) -> int:
    """Add to the first `n_active` of the list of nodes those beside them; how many it then has."""
    count = n_active
    for place in range(n_active):
        for k in range(starts[active[place]], starts[active[place] + 1]):
            if not listed[beside[k]]:
                listed[beside[k]] = True
                active[count] = beside[k]
                count += 1
    return count


@kernel
def _smooth(press: Array, n: int, need: Array, length: float, beside: Array, starts: Array, out: Array) -> None:
    """Write node n's mean press with its neighbours to out (N, 3); along the way that it needs, no less than that."""
    x, y, z = press[n, 0], press[n, 1], press[n, 2]
    for k in range(starts[n], starts[n + 1]):
        x, y, z = x + press[beside[k], 0], y + press[beside[k], 1], z + press[beside[k], 2]
    share = 1.0 / (1 + starts[n + 1] - starts[n])
    x, y, z = x * share, y * share, z * share
    if length > 0.0:
        more = max(1.0 - (x * need[n, 0] + y * need[n, 1] + z * need[n, 2]) / (length * length), 0.0)
        x, y, z = x + more * need[n, 0], y + more * need[n, 1], z + more * need[n, 2]
    out[n, 0], out[n, 1], out[n, 2] = x, y, z


@kernel
def _follow(vertices: Array, moved: Array, press: Array, bound: Array, share: Array) -> None:
    """Move those of the vertices (V, 3) that are `moved` with the nodes that they are bound to."""
    for place in range(moved.shape[0]):
        for k in range(bound.shape[1]):
            n = bound[place, k]
            for axis in range(3):
                vertices[moved[place], axis] += share[place, k] * press[n, axis]
