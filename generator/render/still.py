"""What stands still, as the camera sees it: one sample per pixel, drawn again only when the camera has moved."""

from __future__ import annotations

import numpy as np

from ..values import Array
from .kernel import inlined, kernel
from .mesh import Geometry, texel_density, vertex_normals
from .visibility import Canvas

N_PLANE = 21
"""Columns of a row of `planes`."""

LARGE_M2 = 0.02
"""Rounded faces of at least this size, such as a studio's, are one surface with those beside them."""


@kernel
def _planes(points: Array, faces: Array, uv: Array, density: Array, out: Array) -> None:
    """Fill out (F, 21) with what is linear over the image on each face: see `Still.planes`."""
    for f in range(faces.shape[0]):
        i, j, k = faces[f, 0], faces[f, 1], faces[f, 2]
        x0, y0, z0 = points[i, 0], points[i, 1], points[i, 2]
        x1, y1, z1 = points[j, 0], points[j, 1], points[j, 2]
        x2, y2, z2 = points[k, 0], points[k, 1], points[k, 2]
        a0, b0, c0 = y1 * z2 - z1 * y2, z1 * x2 - x1 * z2, x1 * y2 - y1 * x2
        a1, b1, c1 = y2 * z0 - z2 * y0, z2 * x0 - x2 * z0, x2 * y0 - y2 * x0
        a2, b2, c2 = y0 * z1 - z0 * y1, z0 * x1 - x0 * z1, x0 * y1 - y0 * x1
        det = x0 * a0 + y0 * b0 + z0 * c0
        s = 1.0 / det if det != 0.0 else 0.0
        sides = ((a0 * s, a1 * s, a2 * s), (b0 * s, b1 * s, b2 * s), (c0 * s, c1 * s, c2 * s))
        for axis in range(3):
            e0, e1, e2 = sides[axis]
            out[f, axis], out[f, 3 + axis], out[f, 6 + axis] = e0, e1, e2
            out[f, 9 + axis] = e0 + e1 + e2
            out[f, 12 + axis] = e0 * uv[f, 0, 0] + e1 * uv[f, 1, 0] + e2 * uv[f, 2, 0]
            out[f, 15 + axis] = e0 * uv[f, 0, 1] + e1 * uv[f, 1, 1] + e2 * uv[f, 2, 1]
        out[f, 18] = density[f]


@kernel
def number(table: Array, seen: Array, out: Array) -> None:
    """Fill out (H, W) with the entries of a table for the faces seen; its last one answers for none (-1)."""
    for y in range(seen.shape[0]):
        for x in range(seen.shape[1]):
            out[y, x] = table[seen[y, x]]


@inlined
def over(planes: Array, f: int, column: int, u: np.float32, v: np.float32) -> np.float32:
    """The value at pixel place (u, v) of three columns of face f's plane."""
    return planes[f, column] * u + planes[f, column + 1] * v + planes[f, column + 2]


class Still:
    """The faces of a scene that stand still, numbered from 0, and how the camera sees them.

    faces, uv, material, smooth: those of `Geometry`; canvas: their visibility buffer.
    normals (F, 3) float32 of the flat faces, corners (F, 3, 3) those at the corners.
    planes (F, 21) float32: linear functions of the pixel (three numbers each, for u, v and 1) of nearness times
    barycentrics (columns 0, 3, 6), nearness (9) and nearness times uv (12, 15); texel density (18); 1 or -1 as the face
    is turned to the viewer or away (19); the eye's distance from its plane (20).
    things (F + 1,) int32: a number for each plane of one material, one for the rounded faces of each material, and -1
    for none, at the end; alike (F + 1,) the same, but every rounded face has its own; patches (F + 1,) the same, but only
    small rounded faces have their own.
    """

    def __init__(self, shapes: Geometry, width: int, height: int) -> None:
        first = shapes.n_moving_faces
        self.vertices = shapes.vertices(0)[shapes.n_moving_vertices :]
        self.faces = shapes.faces[first:] - np.int32(shapes.n_moving_vertices)
        self.uv, self.material, self.smooth = shapes.uv[first:], shapes.material[first:], shapes.smooth[first:]
        self._density = texel_density(shapes)[first:]
        corners = self.vertices[self.faces]
        flat = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        self.normals = flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-20).astype(np.float32)
        rounded = np.empty_like(self.vertices)
        vertex_normals(self.vertices, self.faces, rounded)
        self.corners = np.where(self.smooth[:, None, None], rounded[self.faces], self.normals[:, None])
        self._offset = (self.normals * corners[:, 0]).sum(axis=1)
        self.things, own = self._planes_apart(), np.arange(len(self.faces), dtype=np.int32)
        self.alike = np.append(np.where(self.smooth, len(self.faces) + own, self.things[:-1]), np.int32(-1)).astype(np.int32)
        small = np.append(self.smooth & (shapes.area_m2[first:] < LARGE_M2), True)
        self.patches = np.where(small, self.alike, self.things)
        self.canvas = Canvas(len(self.vertices), len(self.faces), width, height)
        self.planes = np.zeros((len(self.faces), N_PLANE), np.float32)
        self._camera: tuple[Array, Array] | None = None

    def look(self, K: Array, pose: Array) -> bool:
        """Draw what a camera sees; False when it is what the last one saw."""
        if self._camera and (K == self._camera[0]).all() and (pose == self._camera[1]).all():
            return False
        self._camera = K, pose
        self.canvas.clear()
        self.canvas.draw(self.vertices, self.faces, K, pose)
        self.canvas.resolve()
        _planes(self.canvas.points, self.faces, self.uv, self._density, self.planes)
        distance = self.normals @ (-pose[:3, :3].T @ pose[:3, 3]) - self._offset
        self.planes[:, 19], self.planes[:, 20] = np.where(distance >= 0, 1.0, -1.0), np.abs(distance)
        return True

    def _planes_apart(self) -> Array:
        normal, offset = np.where(self.smooth[:, None], 0.0, self.normals), np.where(self.smooth, 0.0, self._offset)
        rows = np.round(np.concatenate([self.material[:, None], 50 * normal, 100 * offset[:, None]], axis=1))
        _, number = np.unique(rows, axis=0, return_inverse=True)
        return np.append(number.ravel(), -1).astype(np.int32)
