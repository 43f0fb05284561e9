"""How deep people are in one another, measured frame by frame on the dressed meshes."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from ..render.kernel import inlined, kernel
from ..render.mesh import posed, vertex_normals
from ..values import Array, Mesh, Scene

CELL_M = 0.06
"""Faces are looked for in cells of this size and those around them, so no depth is larger than twice that."""

EVERY = 3
"""Of a mesh's vertices, which lie about a centimetre apart, one of three is looked at."""


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
        self.vertices, self.faces = posed(mesh), mesh.faces
        self.low, self.high = self.vertices.min(axis=1), self.vertices.max(axis=1)

    def depth_in(self, other: _Body, t: int) -> float:
        """How deep (m) this body's vertices lie in the other one at frame t."""
        low, high = np.maximum(self.low[t], other.low[t]), np.minimum(self.high[t], other.high[t])
        if (low >= high).any():
            return 0.0
        points = self.vertices[t][::EVERY]
        points = points[((points > low) & (points < high)).all(axis=1)]
        vertices = other.vertices[t]
        within = ((vertices > low - CELL_M) & (vertices < high + CELL_M)).all(axis=1)
        faces = other.faces[within[other.faces].all(axis=1)]
        if not len(points) or not len(faces):
            return 0.0
        normals = np.empty_like(vertices)
        vertex_normals(vertices, other.faces, normals)
        return float(_deepest(points, vertices, normals, *_in_cells(vertices, faces)))


def _in_cells(vertices: Array, faces: Array) -> tuple[Array, Array, Array, Array]:
    """Faces (F, 3) sorted by the cell of their first corner, where each cell begins (N + 1,), the cells' origin, counts (3,)."""
    corner = vertices[faces[:, 0]]
    origin = corner.min(axis=0)
    cell = ((corner - origin) / np.float32(CELL_M)).astype(np.int64)
    counts = cell.max(axis=0) + 1
    number = (cell[:, 0] * counts[1] + cell[:, 1]) * counts[2] + cell[:, 2]
    order = np.argsort(number, kind="stable")
    return faces[order], np.searchsorted(number[order], np.arange(int(counts.prod()) + 1)), origin, counts


@kernel
def _deepest(points: Array, vertices: Array, normals: Array, faces: Array, first: Array, origin: Array, counts: Array) -> float:
    """The furthest that a point (N, 3) lies behind the nearest face of those in its cell and the cells around."""
    deepest = 0.0
    for n in range(points.shape[0]):
        best, behind = np.inf, False
        x = int(np.floor((points[n, 0] - origin[0]) / CELL_M))
        y = int(np.floor((points[n, 1] - origin[1]) / CELL_M))
        z = int(np.floor((points[n, 2] - origin[2]) / CELL_M))
        for i in range(max(x - 1, 0), min(x + 2, counts[0])):
            for j in range(max(y - 1, 0), min(y + 2, counts[1])):
                row = (i * counts[1] + j) * counts[2]
                for f in range(first[row + max(z - 1, 0)], first[row + max(min(z + 2, counts[2]), max(z - 1, 0))]):
                    distance2, inside = _to_face(points, n, vertices, normals, faces, f)
                    if distance2 < best:
                        best, behind = distance2, inside
        if behind:
            deepest = max(deepest, np.sqrt(best))
    return deepest


@inlined
def _to_face(points: Array, n: int, vertices: Array, normals: Array, faces: Array, f: int) -> tuple[float, bool]:
    """Squared distance (m2) of point n to face f (Ericson 2005, 5.1.5), and whether the point lies on the inner side.

    The side is told by the corners' normals, mixed where the face comes nearest: one face's own misleads beside an edge.
    """
    i, j, k = faces[f, 0], faces[f, 1], faces[f, 2]
    abx, aby, abz = vertices[j, 0] - vertices[i, 0], vertices[j, 1] - vertices[i, 1], vertices[j, 2] - vertices[i, 2]
    acx, acy, acz = vertices[k, 0] - vertices[i, 0], vertices[k, 1] - vertices[i, 1], vertices[k, 2] - vertices[i, 2]
    apx, apy, apz = points[n, 0] - vertices[i, 0], points[n, 1] - vertices[i, 1], points[n, 2] - vertices[i, 2]
    d1, d2 = abx * apx + aby * apy + abz * apz, acx * apx + acy * apy + acz * apz
    ab2, ac2, abac = abx * abx + aby * aby + abz * abz, acx * acx + acy * acy + acz * acz, abx * acx + aby * acy + abz * acz
    d3, d4, d5, d6 = d1 - ab2, d2 - abac, d1 - abac, d2 - ac2
    va, vb, vc = d3 * d6 - d5 * d4, d5 * d2 - d1 * d6, d1 * d4 - d3 * d2
    if d1 <= 0.0 and d2 <= 0.0:
        v, w = 0.0, 0.0
    elif d3 >= 0.0 and d4 <= d3:
        v, w = 1.0, 0.0
    elif d6 >= 0.0 and d5 <= d6:
        v, w = 0.0, 1.0
    elif vc <= 0.0 and d1 >= 0.0 and d3 <= 0.0:
        v, w = d1 / (d1 - d3), 0.0
    elif vb <= 0.0 and d2 >= 0.0 and d6 <= 0.0:
        v, w = 0.0, d2 / (d2 - d6)
    elif va <= 0.0 and d4 - d3 >= 0.0 and d5 - d6 >= 0.0:
        w = (d4 - d3) / ((d4 - d3) + (d5 - d6))
        v = 1.0 - w
    else:
        v, w = vb / (va + vb + vc), vc / (va + vb + vc)
    u = 1.0 - v - w
    x, y, z = apx - v * abx - w * acx, apy - v * aby - w * acy, apz - v * abz - w * acz
    side = (
        x * (u * normals[i, 0] + v * normals[j, 0] + w * normals[k, 0])
        + y * (u * normals[i, 1] + v * normals[j, 1] + w * normals[k, 1])
        + z * (u * normals[i, 2] + v * normals[j, 2] + w * normals[k, 2])
    )
    return x * x + y * y + z * z, side < 0.0
