"""From the visibility buffer to fragments: the pieces of surface seen in each pixel, and what they are like.

A fragment is (pixel, face, weight, u, v): one face's share of one pixel, at the mean of its samples there. Colours are
worked out per fragment, so a wall costs one per pixel and a finger as many as it has faces.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from ..values import Array
from .mesh import Geometry


class Fragments(NamedTuple):
    """N fragments; face -1 is sky. pixel (N,) int32 row-major; spot (N, 2) float32 px; weight (N,) in (0, 1]."""

    pixel: Array
    face: Array
    spot: Array
    weight: Array


class Surfaces(NamedTuple):
    """What N fragments look like: position (N, 3) world m, normal (N, 3) towards the viewer, uv (N, 2), all float32.

    depth (N,) along the optical axis (inf for sky); lod (N,) is log2 of the texture's texels per pixel, before its size;
    view (N, 3) unit vectors to the viewer.
    """

    position: Array
    normal: Array
    uv: Array
    depth: Array
    lod: Array
    view: Array


@njit(cache=True, nogil=True)
def _gather(seen: Array, n: int, pixel: Array, face: Array, spot: Array, weight: Array) -> int:
    """Group the n x n samples of each pixel by face; returns the number of fragments."""
    height, width = seen.shape[0] // n, seen.shape[1] // n
    count = 0
    for y in range(height):
        for x in range(width):
            first = count
            for sy in range(n):
                for sx in range(n):
                    f = seen[y * n + sy, x * n + sx]
                    k = first
                    while k < count and face[k] != f:
                        k += 1
                    if k == count:
                        count += 1
                        pixel[k], face[k], weight[k], spot[k, 0], spot[k, 1] = y * width + x, f, 0.0, 0.0, 0.0
                    weight[k] += 1.0
                    spot[k, 0] += sx + 0.5
                    spot[k, 1] += sy + 0.5
            for k in range(first, count):
                spot[k, 0] = x + spot[k, 0] / (weight[k] * n)
                spot[k, 1] = y + spot[k, 1] / (weight[k] * n)
                weight[k] /= n * n
    return count


class FragmentStore:
    """Buffers for the most fragments that an image of a size can have, used again for every frame."""

    def __init__(self, width: int, height: int, n: int) -> None:
        most = width * height * n * n
        self.n = n
        self._arrays = (
            np.empty(most, np.int32), np.empty(most, np.int32), np.empty((most, 2), np.float32), np.empty(most, np.float32)
        )  # fmt: skip

    def gather(self, seen: Array) -> Fragments:
        """Fragments of a visibility buffer (H n, W n); valid until the next call."""
        count = _gather(seen, self.n, *self._arrays)
        return Fragments(*(array[:count] for array in self._arrays))


@njit(cache=True, nogil=True)
def vertex_normals(vertices: Array, faces: Array, normals: Array) -> None:
    """Fill normals (V, 3) float32 with unit sums of the area-weighted normals of the faces around each vertex."""
    normals[:] = 0.0
    for f in range(faces.shape[0]):
        i, j, k = faces[f, 0], faces[f, 1], faces[f, 2]
        ax, ay, az = (
            vertices[j, 0] - vertices[i, 0],
            vertices[j, 1] - vertices[i, 1],
            vertices[j, 2] - vertices[i, 2],
        )
        bx, by, bz = (
            vertices[k, 0] - vertices[i, 0],
            vertices[k, 1] - vertices[i, 1],
            vertices[k, 2] - vertices[i, 2],
        )
        nx, ny, nz = ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx
        for v in (i, j, k):
            normals[v, 0] += nx
            normals[v, 1] += ny
            normals[v, 2] += nz
    for v in range(normals.shape[0]):
        length = np.sqrt(normals[v, 0] ** 2 + normals[v, 1] ** 2 + normals[v, 2] ** 2)
        if length > 0.0:
            normals[v, 0] /= length
            normals[v, 1] /= length
            normals[v, 2] /= length


@njit(cache=True, nogil=True)
def barycentrics(points: Array, faces: Array, face: Array, spot: Array, weights: Array, depth: Array) -> None:
    """Fill weights (N, 3) float32 (perspective-correct) and depth (N,) of the faces at spots (N, 2) px; sky: 0 and inf."""
    for n in range(face.shape[0]):
        f = face[n]
        if f < 0:
            weights[n, 0] = weights[n, 1] = weights[n, 2] = 0.0
            depth[n] = np.inf
            continue
        i, j, k = faces[f, 0], faces[f, 1], faces[f, 2]
        u, v = np.float64(spot[n, 0]), np.float64(spot[n, 1])
        x0, y0 = points[i, 0] - u * points[i, 2], points[i, 1] - v * points[i, 2]
        x1, y1 = points[j, 0] - u * points[j, 2], points[j, 1] - v * points[j, 2]
        x2, y2 = points[k, 0] - u * points[k, 2], points[k, 1] - v * points[k, 2]
        e0, e1, e2 = x1 * y2 - y1 * x2, x2 * y0 - y2 * x0, x0 * y1 - y0 * x1
        total = e0 + e1 + e2
        scale = 1.0 / total if total != 0.0 else 0.0
        e0, e1 = e0 * scale, e1 * scale
        e2 = 1.0 - e0 - e1
        weights[n, 0], weights[n, 1], weights[n, 2] = e0, e1, e2
        depth[n] = e0 * points[i, 2] + e1 * points[j, 2] + e2 * points[k, 2]


@njit(cache=True, nogil=True)
def _surfaces(
    vertices: Array, normals: Array, faces: Array, smooth: Array, uv_of_face: Array, density: Array, eye: Array,
    focal: float, face: Array, weights: Array, depth: Array, position: Array, normal: Array, uv: Array, lod: Array,
    view: Array,
) -> None:  # fmt: skip
    """The body of `surfaces`: one loop over fragments."""
    one = np.float32(1.0)
    for n in range(face.shape[0]):
        f = face[n]
        if f < 0:
            continue
        i, j, k = faces[f, 0], faces[f, 1], faces[f, 2]
        b0, b1, b2 = weights[n, 0], weights[n, 1], weights[n, 2]
        px = b0 * vertices[i, 0] + b1 * vertices[j, 0] + b2 * vertices[k, 0]
        py = b0 * vertices[i, 1] + b1 * vertices[j, 1] + b2 * vertices[k, 1]
        pz = b0 * vertices[i, 2] + b1 * vertices[j, 2] + b2 * vertices[k, 2]
        ax, ay, az = (
            vertices[j, 0] - vertices[i, 0],
            vertices[j, 1] - vertices[i, 1],
            vertices[j, 2] - vertices[i, 2],
        )
        bx, by, bz = (
            vertices[k, 0] - vertices[i, 0],
            vertices[k, 1] - vertices[i, 1],
            vertices[k, 2] - vertices[i, 2],
        )
        gx, gy, gz = ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx
        vx, vy, vz = eye[0] - px, eye[1] - py, eye[2] - pz
        side = one if gx * vx + gy * vy + gz * vz >= 0.0 else -one
        if smooth[f]:
            nx = b0 * normals[i, 0] + b1 * normals[j, 0] + b2 * normals[k, 0]
            ny = b0 * normals[i, 1] + b1 * normals[j, 1] + b2 * normals[k, 1]
            nz = b0 * normals[i, 2] + b1 * normals[j, 2] + b2 * normals[k, 2]
        else:
            nx, ny, nz = gx, gy, gz
        scale = side / max(np.sqrt(nx * nx + ny * ny + nz * nz), np.float32(1e-20))
        near = one / max(np.sqrt(vx * vx + vy * vy + vz * vz), np.float32(1e-20))
        nx, ny, nz, vx, vy, vz = nx * scale, ny * scale, nz * scale, vx * near, vy * near, vz * near
        position[n, 0], position[n, 1], position[n, 2] = px, py, pz
        normal[n, 0], normal[n, 1], normal[n, 2] = nx, ny, nz
        view[n, 0], view[n, 1], view[n, 2] = vx, vy, vz
        uv[n, 0] = b0 * uv_of_face[f, 0, 0] + b1 * uv_of_face[f, 1, 0] + b2 * uv_of_face[f, 2, 0]
        uv[n, 1] = b0 * uv_of_face[f, 0, 1] + b1 * uv_of_face[f, 1, 1] + b2 * uv_of_face[f, 2, 1]
        # A pixel seen at a slant covers more of the surface one way than the other: take a footprint between the two.
        slant = max(abs(nx * vx + ny * vy + nz * vz), np.float32(0.05))
        lod[n] = np.log2(density[f] * depth[n] / (focal * np.sqrt(slant)))


def texel_density(geometry: Geometry) -> Array:
    """(F,) float32: uv units per metre on each face, the square root of the areas' ratio at rest."""
    return np.sqrt(geometry.uv_area / np.maximum(geometry.area_m2, 1e-12)).astype(np.float32)


def surfaces(
    geometry: Geometry, density: Array, vertices: Array, normals: Array, points: Array, eye: Array, focal_px: float,
    fragments: Fragments,
) -> Surfaces:  # fmt: skip
    """What the fragments look like. `points` from `visibility.project` at the fragments' pixel size, eye (3,) world."""
    n = len(fragments.face)
    weights, depth = np.empty((n, 3), np.float32), np.empty(n, np.float32)
    barycentrics(points, geometry.faces, fragments.face, fragments.spot, weights, depth)
    position, normal, view = (
        np.zeros((n, 3), np.float32),
        np.zeros((n, 3), np.float32),
        np.zeros((n, 3), np.float32),
    )
    uv, lod = np.zeros((n, 2), np.float32), np.zeros(n, np.float32)
    _surfaces(
        vertices, normals, geometry.faces, geometry.smooth, geometry.uv, density, eye.astype(np.float32),
        np.float32(focal_px), fragments.face, weights, depth, position, normal, uv, lod, view,
    )  # fmt: skip
    return Surfaces(position, normal, uv, depth, lod, view)
