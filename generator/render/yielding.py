"""Flesh and cloth that give way: where bodies of people who act together would be in one another, both are pressed in.

What two bodies share is taken from both, by how far each can give there, straight out of the other's surface. The press is worked
out on nodes, vertices thinned out at rest, and spread over their neighbours, so that dents are wide and nothing tears. It is a
function of one frame's poses, and continuous in their depth. Joints stay where they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.spatial import cKDTree

from ..body.skinning import select_vertices, skin
from ..skeletons import PART, PART_OF_BONE, SKIRT_BONES, SURFACE, N_BONES
from ..values import Array, Mesh
from .kernel import kernel, making_arrays
from .nearness import by_cells, behind_nearest, shared, thinned, towards

GIVE_M: dict[str, float] = {
    "head": 0.010, "torso": 0.035, "upper_arm": 0.028, "forearm": 0.018, "hand": 0.014, "thigh": 0.030, "shin": 0.020, "foot": 0.012,
}  # fmt: skip
"""How far each part of a body can be pressed in, with what is worn on it: about half of the soft tissue over its bones."""

HAIR_M, SKIRT_M = 0.045, 0.070
"""How far hair can, and cloth that hangs about the legs."""

AROUND_NODE_M = 0.030
"""Nodes so near each other at rest are neighbours: over these a press spreads."""

BOUND_TO = 4
"""Of how many nodes a vertex goes with the mean."""

HIDDEN_M, OVER_M = 0.040, 0.012
"""A node is hidden that has another over it, so far at most and so far aside, whose surface faces the same way."""

SPREADS, ROUNDS = 6, 2
"""Over how many neighbours a press goes; how often what is left of the depth is pressed, too."""

TOUCH_M = 0.003
"""So deep is touching."""


def give_way(people: Sequence[Mesh], posed: Sequence[Array]) -> None:
    """Press the vertices (T, V, 3) of those who act together out of one another, in place. Whoever is rigid stays as they are."""
    if sum(mesh.weights is not None for mesh in people) < 2:
        return
    bodies = [_Body.of(mesh, vertices) for mesh, vertices in zip(people, posed, strict=True) if mesh.weights is not None]
    for t in range(max(len(vertices) for vertices in posed)):
        needs = [np.zeros_like(body.nodes[t]) for body in bodies]
        presses = [np.zeros_like(need) for need in needs]
        for _ in range(ROUNDS):
            lacks = [np.zeros_like(need) for need in needs]
            pairs = combinations(range(len(bodies)), 2)
            met = [_meet((bodies[i], bodies[j]), t, (presses[i], presses[j]), (lacks[i], lacks[j])) for i, j in pairs]
            if not any(met):
                break
            for body, need, lack, press in zip(bodies, needs, lacks, presses, strict=True):
                _spread(need, lack, press, body.around, body.starts, body.cover, body.give_m)
        for body, press in zip(bodies, presses, strict=True):
            if press.any():
                _follow(body.vertices[t], press, body.bound, body.share)


@dataclass(frozen=True)
class _Body:
    """One dressed person: `vertices` (T, V, 3); N nodes, where they are and their normals (T, N, 3) before anything gives way.

    outer (N,) bool: nothing is worn over the node; cover (N,): the outermost node over each; give_m (N,); neighbours of node n are
    around[starts[n] : starts[n + 1]]; vertex v goes with nodes bound[v] by share[v], (V, BOUND_TO) each.
    """

    vertices: Array
    nodes: Array
    normals: Array
    outer: Array
    cover: Array
    give_m: Array
    around: Array
    starts: Array
    bound: Array
    share: Array

    @staticmethod
    def of(mesh: Mesh, vertices: Array) -> _Body:
        """The body of a mesh whose vertices are posed."""
        assert mesh.weights is not None
        used = np.unique(mesh.faces)
        at = used[thinned(mesh.vertices_m[used])]
        rest = mesh.vertices_m[at].astype(np.float64)
        facing = _normals(mesh)[at]
        tree = cKDTree(rest)
        pairs = tree.query_pairs(AROUND_NODE_M, output_type="ndarray")
        pairs = np.concatenate([pairs, pairs[:, ::-1]])
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
        starts = np.searchsorted(pairs[:, 0], np.arange(len(at) + 1))
        cover = _covers(rest, facing, tree)
        turning = np.ascontiguousarray(mesh.transforms)
        turning = np.concatenate([turning[..., :3], np.zeros_like(turning[..., :1])], axis=-1)
        normals = skin(facing.astype(np.float32), select_vertices(mesh.weights, at), turning)
        normals /= np.maximum(np.linalg.norm(normals, axis=-1, keepdims=True), np.float32(1e-9))
        away, bound = tree.query(mesh.vertices_m.astype(np.float64), BOUND_TO)
        share = np.exp(-0.5 * (away / (0.6 * 0.016)) ** 2) + 1e-9
        share /= share.sum(axis=1, keepdims=True)
        return _Body(
            vertices, vertices[:, at], normals, cover == np.arange(len(at)), cover, _gives(mesh, at, pairs, starts).astype(np.float32),
            pairs[:, 1].copy(), starts, bound.astype(np.int64), share.astype(np.float32),
        )  # fmt: skip


def _normals(mesh: Mesh) -> Array:
    """(V, 3) float64 unit normals at rest."""
    a, b, c = (mesh.vertices_m[mesh.faces[:, k]].astype(np.float64) for k in range(3))
    facing = np.cross(b - a, c - a)
    total = np.zeros((len(mesh.vertices_m), 3))
    for k in range(3):
        for axis in range(3):
            total[:, axis] += np.bincount(mesh.faces[:, k], facing[:, axis], minlength=len(total))
    return np.asarray(total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12))


def _covers(rest: Array, facing: Array, tree: cKDTree) -> Array:
    """(N,) for each node the outermost that lies over it, itself where none does."""
    pairs = tree.query_pairs(HIDDEN_M, output_type="ndarray")
    pairs = np.concatenate([pairs, pairs[:, ::-1]])
    under, over = pairs[:, 0], pairs[:, 1]
    way = rest[over] - rest[under]
    out = np.einsum("ij,ij->i", way, facing[under])
    aside = np.sqrt(np.maximum(np.einsum("ij,ij->i", way, way) - out**2, 0.0))
    lies = (out > 0.004) & (aside < np.minimum(OVER_M, 0.8 * out + 0.002)) & (np.einsum("ij,ij->i", facing[under], facing[over]) > 0.3)
    under, over, out = under[lies], over[lies], out[lies]
    cover = np.arange(len(rest))
    order = np.argsort(out, kind="stable")
    cover[under[order]] = over[order]  # the furthest out is written last
    return cover


def _gives(mesh: Mesh, at: Array, pairs: Array, starts: Array) -> Array:
    """(N,) m that each node can give, smoothly from part to part."""
    weights = mesh.weights
    assert weights is not None
    names = {part: name for name in GIVE_M for part in (PART.get(name), PART.get(f"left_{name}"), PART.get(f"right_{name}"))}
    of_bone = np.array([GIVE_M[names[part]] for part in PART_OF_BONE])
    of_bone[list(SKIRT_BONES.values())] = SKIRT_M
    soft = of_bone[weights.joint % N_BONES] * weights.weight
    give = np.add.reduceat(soft, weights.indptr[:-1])[at]
    surface = np.zeros(len(mesh.vertices_m), np.int64)
    surface[mesh.faces] = mesh.surface_of_face[:, None]
    give = np.where(surface[at] == SURFACE["hair"], HAIR_M, give)
    for _ in range(2):
        near = np.add.reduceat(np.append(give[pairs[:, 1]], 0.0), np.minimum(starts[:-1], len(pairs)))
        count = np.diff(starts)
        give = np.where(count > 0, 0.5 * give + 0.5 * near / np.maximum(count, 1), give)
    return give


def _meet(bodies: tuple[_Body, _Body], t: int, presses: tuple[Array, Array], lacks: tuple[Array, Array]) -> bool:
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
                            bodies[its].give_m, lacks[its], starts, low, counts)  # fmt: skip
    return met


@kernel
def _pressed(inside: Array, points: Array, give: Array, press: Array, at: Array, marks: Array, normals: Array, its_give: Array,
             its_press: Array, starts: Array, low: Array, counts: Array) -> bool:  # fmt: skip
    """For each of the points `inside`: its own share of the depth outwards, and the other's share inwards at its nearest mark, where
    that is more than what presses there already."""
    met = False
    for place in range(inside.shape[0]):
        n = inside[place]
        depth, which = behind_nearest(points[n, 0], points[n, 1], points[n, 2], marks, normals, starts, low, counts, TOUCH_M)
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
def _spread(need: Array, lack: Array, press: Array, around: Array, starts: Array, cover: Array, give: Array) -> None:
    """Add to needs (N, 3) what presses lack, and spread them over neighbours to presses: pressed nodes keep at least what they
    need along its way; what is hidden goes with what covers it; and none goes further than it can give."""
    count = press.shape[0]
    for n in range(count):
        if lack[n, 0] != 0.0 or lack[n, 1] != 0.0 or lack[n, 2] != 0.0:
            for axis in range(3):
                need[n, axis] = press[n, axis] + lack[n, axis]
    press[:] = need
    length = np.zeros(count)
    active, listed = np.zeros(count, np.int64), np.zeros(count, np.bool_)
    n_active = 0
    for n in range(count):
        length[n] = np.sqrt(need[n, 0] ** 2 + need[n, 1] ** 2 + need[n, 2] ** 2)
        if length[n] > 0.0:
            active[n_active], listed[n] = n, True
            n_active += 1
    next_press = np.zeros_like(press)
    for _ in range(SPREADS):
        for place in range(n_active):
            n = active[place]
            for k in range(starts[n], starts[n + 1]):
                if not listed[around[k]]:
                    listed[around[k]] = True
                    active[n_active] = around[k]
                    n_active += 1
        for place in range(n_active):
            n = active[place]
            x, y, z = press[n, 0], press[n, 1], press[n, 2]
            for k in range(starts[n], starts[n + 1]):
                x, y, z = x + press[around[k], 0], y + press[around[k], 1], z + press[around[k], 2]
            share = 1.0 / (1 + starts[n + 1] - starts[n])
            x, y, z = x * share, y * share, z * share
            if length[n] > 0.0:
                along = (x * need[n, 0] + y * need[n, 1] + z * need[n, 2]) / length[n]
                if along < length[n]:
                    more = (length[n] - along) / length[n]
                    x, y, z = x + more * need[n, 0], y + more * need[n, 1], z + more * need[n, 2]
            next_press[n, 0], next_press[n, 1], next_press[n, 2] = x, y, z
        for place in range(n_active):
            n = active[place]
            for axis in range(3):
                press[n, axis] = next_press[n, axis]
    for place in range(n_active):
        n = active[place]
        far = np.sqrt(press[n, 0] ** 2 + press[n, 1] ** 2 + press[n, 2] ** 2)
        if far > give[n]:
            for axis in range(3):
                press[n, axis] *= give[n] / far
    for place in range(n_active):
        n = active[place]
        if cover[n] != n:
            for axis in range(3):
                press[n, axis] = press[cover[n], axis]


@kernel
def _follow(vertices: Array, press: Array, bound: Array, share: Array) -> None:
    """Move vertices (V, 3) with the nodes that they are bound to."""
    for v in range(vertices.shape[0]):
        for k in range(bound.shape[1]):
            n = bound[v, k]
            for axis in range(3):
                vertices[v, axis] += share[v, k] * press[n, axis]
