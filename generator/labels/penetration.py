"""How deep people are in one another, measured frame by frame on the dressed meshes."""

from __future__ import annotations

from itertools import permutations

import numpy as np
from scipy.spatial import cKDTree

from ..render.mesh import posed, vertex_normals
from ..values import Array, Mesh, Scene

PROBE_M = 0.012
"""Vertices are looked at so far from each other, at rest: hands have them much closer."""

AROUND_M = 0.15
"""Vertices of the other body are looked for so far outside the box in which the two overlap."""


def penetration(scene: Scene) -> dict[str, dict[str, float]]:
    """Role -> measures of how that person and the others meet; none for somebody who is alone.

    penetration_m: the deepest that any vertex of theirs lies in somebody else, over all frames (m); penetration_mean_m: the mean
    over frames of the deepest in each.
    """
    performers = scene.performance.performers
    bodies = [_Body(mesh) for mesh in scene.people]
    found: dict[str, list[Array]] = {performer.role: [] for performer in performers}
    for (performer, body), (_, other) in permutations(zip(performers, bodies, strict=True), 2):
        found[performer.role].append(np.array([body.depth_in(other, t) for t in range(scene.n_frames)]))
    return {role: _measures(np.max(depths, axis=0)) if depths else {} for role, depths in found.items()}


def _measures(depth_m: Array) -> dict[str, float]:
    return {"penetration_m": round(float(depth_m.max()), 5), "penetration_mean_m": round(float(depth_m.mean()), 5)}


class _Body:
    """One person's dressed mesh over time."""

    def __init__(self, mesh: Mesh) -> None:
        self.mesh, self.vertices = mesh, posed(mesh)
        columns = [self.vertices[..., axis] for axis in range(3)]  # numpy's way along the middle axis takes ten times as long
        self.low = np.stack([column.min(axis=1) for column in columns], axis=1)
        self.high = np.stack([column.max(axis=1) for column in columns], axis=1)
        _, self.probes = np.unique((mesh.vertices_m / np.float32(PROBE_M)).astype(np.int32), axis=0, return_index=True)

    def depth_in(self, other: _Body, t: int) -> float:
        """How deep (m) this body's vertices lie in the other one at frame t: behind the plane of its nearest vertex."""
        low, high = np.maximum(self.low[t], other.low[t]), np.minimum(self.high[t], other.high[t])
        if (low >= high).any():
            return 0.0
        points, vertices = self.vertices[t][self.probes], other.vertices[t]
        points = points[_within(points, low, high)]
        near = other.probes[_within(vertices[other.probes], low - AROUND_M, high + AROUND_M)]
        if not len(points) or not len(near):
            return 0.0
        _, nearest = cKDTree(vertices[near], balanced_tree=False, compact_nodes=False).query(points)
        at = near[nearest]
        behind = -np.einsum("nc,nc->n", points - vertices[at], other.normals(t)[at])
        return max(0.0, float(behind.max()))

    def normals(self, t: int) -> Array:
        """(V, 3) outward at the vertices of frame t."""
        out = np.empty_like(self.vertices[t])
        vertex_normals(self.vertices[t], self.mesh.faces, out)
        return out


def _within(points: Array, low: Array, high: Array) -> Array:
    """(N,) bool: which of the points (N, 3) are in a box or on its sides, as what comes furthest into the other is."""
    inside = np.ones(len(points), bool)
    for axis in range(3):
        column = points[:, axis]
        inside &= (column >= low[axis]) & (column <= high[axis])
    return inside
