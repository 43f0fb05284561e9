"""How deep people are in one another, measured frame by frame on the dressed meshes."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from ..render.kernel import kernel
from ..render.mesh import Geometry, geometry
from ..render.nearness import behind_nearest, by_cells, shared, surface_nodes, thickest, towards
from ..values import Array, Mesh, Scene


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
        probes = surface_nodes(mesh)
        moving = [other for other in scene.meshes if len(other.transforms) > 1]  # in the order of the geometry
        place = [other is mesh for other in moving].index(True)
        self.shapes, self.points = shapes, shapes.posed[place][:, probes]
        self.thick = thickest(mesh, probes)
        self.middle = self.points.mean(axis=1)
        self.at = sum(len(other.vertices_m) for other in moving[:place]) + probes

    def depth_in(self, other: _Body, t: int) -> float:
        """How deep (m) this body's points lie in the other one at frame t: behind the plane of its nearest vertex."""
        own, its = self.points[t], other.points[t]
        inside, near = shared(own, its, towards(other.middle[t] - self.middle[t]))
        if not len(inside) or not len(near):
            return 0.0
        return deepest(own[inside], its[near], self.shapes.normals(t)[other.at[near]], other.thick[near])


def deepest(points: Array, marks: Array, normals: Array, thick: Array) -> float:
    """How deep (m) the deepest of points (N, 3) is in a surface of marks (M, 3), with normals (M, 3): 0 outside, and never more
    than what is `thick` (M,) there."""
    order, starts, low, counts = by_cells(points, marks)
    return float(_deepest(points, marks[order], normals[order], thick[order], starts, low, counts))


@kernel
def _deepest(points: Array, marks: Array, normals: Array, thick: Array, starts: Array, low: Array, counts: Array) -> float:
    """The same with marks in the order of their cells, of which cell c has those from starts[c] to starts[c + 1]."""
    most = 0.0
    for n in range(points.shape[0]):
        x, y, z = points[n, 0], points[n, 1], points[n, 2]
        most = max(most, behind_nearest(x, y, z, marks, normals, thick, starts, low, counts, most)[0])
    return most
