"""What of a dressed body gives way, and how far: nodes spread over its surface, which the vertices about each go with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from ..body.skinning import select_vertices, skin
from ..skeletons import N_BONES, PART, PART_OF_BONE, SKIRT_BONES, SURFACE
from ..values import Array, Mesh
from .nearness import PROBE_M, thickest

GIVE_M: dict[str, float] = {
    "head": 0.010, "torso": 0.028, "upper_arm": 0.022, "forearm": 0.018, "hand": 0.016, "thigh": 0.026, "shin": 0.018,
    "foot": 0.012,
}  # fmt: skip
"""How far each part of a body can be pressed in: about half of the soft tissue over its bones; fingers are bent aside."""

CLOTH_M, HAIR_M, SKIRT_M = 0.012, 0.045, 0.070
"""How much further cloth can that is worn over it; how far hair can, and cloth that hangs about the legs."""

CLOTHES = ("top", "bottom", "dress", "outer")

BESIDE_M = 0.030
"""Nodes so near each other at rest are neighbours: over these a press spreads."""

BOUND_TO = 4
"""Of how many nodes a vertex goes with the mean."""

HIDDEN_M, OVER_M = 0.040, 0.012
"""A node is hidden that has another over it, so far at most and so far aside, whose surface faces the same way."""


@dataclass(frozen=True)
class Pliable:
    """A dressed body where others come near it: N nodes, where they are and their normals (T, N, 3) before anything gives way.

    outer (N,) bool: nothing is worn over the node; cover (N,): the outermost node over each; give_m, thick_m (N,) float32;
    neighbours of node n are beside[starts[n] : starts[n + 1]]; vertex moved[k] goes with nodes bound[k] by share[k],
    (K, BOUND_TO) each.
    """

    nodes: Array
    normals: Array
    outer: Array
    cover: Array
    give_m: Array
    thick_m: Array
    beside: Array
    starts: Array
    moved: Array
    bound: Array
    share: Array


def pliable(mesh: Mesh, vertices: Array, at: Array) -> Pliable:
    """What gives way of a skinned mesh, posed as `vertices` (T, V, 3), about the vertices `at` (N,), which become the nodes."""
    assert mesh.weights is not None
    rest, tree = mesh.vertices_m[at].astype(np.float64), cKDTree(mesh.vertices_m[at])
    facing = normals_at(mesh)[at]
    pairs = tree.query_pairs(HIDDEN_M, output_type="ndarray")
    pairs = np.concatenate([pairs, pairs[:, ::-1]])
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    cover = _covers(rest, facing, pairs)
    pairs = pairs[np.linalg.norm(rest[pairs[:, 0]] - rest[pairs[:, 1]], axis=1) < BESIDE_M]
    starts = np.searchsorted(pairs[:, 0], np.arange(len(at) + 1))
    turning = mesh.transforms.copy()
    turning[..., 3] = 0.0
    normals = skin(facing.astype(np.float32), select_vertices(mesh.weights, at), turning)
    normals /= np.maximum(np.linalg.norm(normals, axis=-1, keepdims=True), np.float32(1e-9))
    away, bound = tree.query(mesh.vertices_m, BOUND_TO, distance_upper_bound=2.0 * PROBE_M)
    moved = np.flatnonzero(np.isfinite(away[:, 0]))
    share = np.exp(-0.5 * (away[moved] / (0.6 * PROBE_M)) ** 2) + np.where(np.isfinite(away[moved]), 1e-9, 0.0)
    share /= share.sum(axis=1, keepdims=True)
    return Pliable(
        np.ascontiguousarray(vertices[:, at]), normals, cover == np.arange(len(at)), cover,
        _gives(mesh, at, pairs, starts).astype(np.float32), thickest(mesh, at), pairs[:, 1].copy(), starts, moved,
        np.where(share > 0.0, bound[moved], 0), share.astype(np.float32),
    )  # fmt: skip


def normals_at(mesh: Mesh) -> Array:
    """(V, 3) float64 unit normals at rest, of the faces around each vertex by their areas."""
    a, b, c = (mesh.vertices_m[mesh.faces[:, k]].astype(np.float64) for k in range(3))
    facing = np.cross(b - a, c - a)
    total = np.zeros((len(mesh.vertices_m), 3))
    for k in range(3):
        for axis in range(3):
            total[:, axis] += np.bincount(mesh.faces[:, k], facing[:, axis], minlength=len(total))
    return np.asarray(total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12))


def _covers(rest: Array, facing: Array, pairs: Array) -> Array:
    """(N,) for each node the outermost of its pairs (P, 2) that lies over it, itself where none does."""
    under, over = pairs[:, 0], pairs[:, 1]
    way = rest[over] - rest[under]
    out = np.einsum("ij,ij->i", way, facing[under])
    aside = np.sqrt(np.maximum(np.einsum("ij,ij->i", way, way) - out**2, 0.0))
    alike = np.einsum("ij,ij->i", facing[under], facing[over]) > 0.3
    lies = (out > 0.004) & (aside < np.minimum(OVER_M, 0.8 * out + 0.002)) & alike
    under, over, out = under[lies], over[lies], out[lies]
    cover = np.arange(len(rest))
    order = np.argsort(out, kind="stable")
    cover[under[order]] = over[order]  # the furthest out is written last
    return cover


def _gives(mesh: Mesh, at: Array, pairs: Array, starts: Array) -> Array:
    """(N,) m that each node can give, smoothly from part to part."""
    weights = mesh.weights
    assert weights is not None
    of_part = {part: give for name, give in GIVE_M.items() for side in ("", "left_", "right_") if (part := PART.get(side + name))}
    of_bone = np.array([of_part[part] for part in PART_OF_BONE])
    of_bone[list(SKIRT_BONES.values())] = SKIRT_M
    soft = of_bone[weights.joint % N_BONES] * weights.weight
    surface = np.zeros(len(mesh.vertices_m), np.int64)
    surface[mesh.faces] = mesh.surface_of_face[:, None]
    give = np.add.reduceat(soft, weights.indptr[:-1])[at]
    give += CLOTH_M * np.isin(surface[at], [SURFACE[name] for name in CLOTHES])
    give = np.where(surface[at] == SURFACE["hair"], HAIR_M, give)
    count = np.diff(starts)
    for _ in range(2):
        near = np.bincount(pairs[:, 0], give[pairs[:, 1]], minlength=len(at))
        give = np.where(count > 0, 0.5 * give + 0.5 * near / np.maximum(count, 1), give)
    return np.asarray(give)
