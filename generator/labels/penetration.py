"""How deep people are in one another, measured frame by frame on the dressed meshes."""

from __future__ import annotations

from itertools import permutations

import numpy as np
from scipy.spatial import cKDTree

from ..render.mesh import Geometry, geometry
from ..values import Array, Mesh, Scene

PROBE_M = 0.016
"""Vertices are looked at so far from each other, at rest: hands have them much closer."""

AROUND_M = 0.10
"""Vertices of the other body are looked for so far outside the box in which the two overlap, and so far from each point: nothing
is found to be deeper in somebody than this."""

BESIDE = 0.75
"""Who is inside has the nearest vertex straight outwards, but for so much of the depth (for PROBE_M anyway) aside. Points in the
open can be behind the plane of a fingertip or a hem, too, far to one side of it."""


def penetration(scene: Scene) -> dict[str, dict[str, float]]:
    """Role -> measures of how that person and the others meet; none for somebody who is alone.

    penetration_m: the deepest that any vertex of theirs lies in somebody else, over all frames (m); penetration_mean_m: the mean
    over frames of the deepest in each.
    """
    performers, shapes = scene.performance.performers, geometry(scene)
    bodies = [_Body(mesh, shapes, scene) for mesh in scene.people if len(scene.people) > 1]
    found: dict[str, list[Array]] = {performer.role: [] for performer in performers}
    for (performer, body), (_, other) in permutations(zip(performers, bodies, strict=False), 2):
        found[performer.role].append(np.array([body.depth_in(other, t) for t in range(scene.n_frames)]))
    return {role: _measures(np.max(depths, axis=0)) if depths else {} for role, depths in found.items()}


def _measures(depth_m: Array) -> dict[str, float]:
    return {"penetration_m": round(float(depth_m.max()), 5), "penetration_mean_m": round(float(depth_m.mean()), 5)}


class _Body:
    """One person's dressed mesh over time, its vertices thinned out: points (T, N, 3)."""

    def __init__(self, mesh: Mesh, shapes: Geometry, scene: Scene) -> None:
        _, probes = np.unique((mesh.vertices_m / np.float32(PROBE_M)).astype(np.int32), axis=0, return_index=True)
        moving = [other for other in scene.meshes if len(other.transforms) > 1]  # in the order of the geometry
        place = [other is mesh for other in moving].index(True)
        self.shapes, self.points = shapes, shapes.posed[place][:, probes]
        self.middle = self.points.mean(axis=1)
        self.at = sum(len(other.vertices_m) for other in moving[:place]) + probes

    def depth_in(self, other: _Body, t: int) -> float:
        """How deep (m) this body's points lie in the other one at frame t: behind the plane of its nearest vertex."""
        own, its = self.points[t], other.points[t]
        axes = _towards(other.middle[t] - self.middle[t])
        inside = _overlap(axes @ own.T, axes @ its.T)
        if inside is None:
            return 0.0
        points, near = own[inside[0]], np.flatnonzero(inside[1])
        tree = cKDTree(its[near], balanced_tree=False, compact_nodes=False)
        distance, nearest = tree.query(points, distance_upper_bound=AROUND_M)
        found = np.isfinite(distance)
        at = near[nearest[found]]
        behind = -np.einsum("nc,nc->n", points[found] - its[at], self.shapes.normals(t)[other.at[at]])
        beside = np.sqrt(np.maximum(distance[found] ** 2 - behind**2, 0.0))
        return float(behind[beside <= np.maximum(PROBE_M, BESIDE * behind)].max(initial=0.0))


def _towards(way: Array) -> Array:
    """(3, 3) axes as rows: level towards somebody, level across, and up. Two who face each other overlap least in these."""
    x, y = way[:2] / max(float(np.hypot(way[0], way[1])), 1e-6)
    return np.array([[x, y, 0.0], [-y, x, 0.0], [0.0, 0.0, 1.0]], np.float32)


def _overlap(own: Array, its: Array) -> tuple[Array, Array] | None:
    """Which of points (3, N) and (3, M) are in the box in which the two sets overlap; of the second also AROUND_M outside it."""
    first, second = np.ones(own.shape[1], bool), np.ones(its.shape[1], bool)
    for a, b in zip(own, its, strict=True):
        low, high = max(a.min(), b.min()), min(a.max(), b.max())
        if low > high:
            return None
        first &= (a >= low) & (a <= high)
        second &= (b >= low - AROUND_M) & (b <= high + AROUND_M)
    return (first, second) if first.any() and second.any() else None
