"""From the visibility buffer to fragments: the pieces of surface seen in each pixel, and what they are like.

A fragment is one surface's share of one pixel. Colours are worked out per fragment: one per
pixel inside a surface, more along edges.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...values import Array
from ..kernel import index, inlined, kernel
from ..keys import face_of, nearness_of
from ..mesh import Geometry
from ..still import Still, over
from ..visibility import Canvas


class Fragments(NamedTuple):
    """N fragments. pixel (N,) int32 row-major; spot (N, 2) float32 in samples;
    weight (N,) in (0, 1]."""

    pixel: Array
    face: Array
    spot: Array
    weight: Array


class Surfaces(NamedTuple):
    """What N fragments look like: position (N, 3) world m, normal (N, 3) towards the viewer, uv (N, 2), all float32.

    depth (N,) along the optical axis (inf for sky); lod (N,) is log2 of the texture's share per pixel, its size left
    out; view (N, 3) unit vectors to the viewer.
    """

    position: Array
    normal: Array
    uv: Array
    depth: Array
    lod: Array
    view: Array


ALIKE = 0.02
"""Samples of one pixel on the same material whose nearness differs by less than this share are one surface."""


@inlined
def _divide(
    keys: Array, width: int, behind: int, planes: Array, group: Array, n: int, at: int, first: int, pixel: Array,
    face: Array, spot: Array, weight: Array,
) -> int:  # fmt: skip
    """Group the samples of the pixel `at` by surface, into fragments from `first` on; returns where they end.

    Samples on nothing, or farther away than the plane of the face behind (-1: none), are left out.
    """
    count, across = first, width * n
    top, left = at // width * n, at % width * n
    share, half, per = np.float32(1.0) / np.float32(n * n), np.float32(0.5), np.float32(1.0) / np.float32(n)
    for row in range(top, top + n):
        for column in range(left, left + n):
            key = keys[row * across + column]
            if key <= 0:
                continue
            f, q = face_of(key), nearness_of(key)
            u, v = (np.float32(column) + half) * per, (np.float32(row) + half) * per
            if behind >= 0 and over(planes, behind, 9, u, v) >= q:
                continue
            k = first
            while k < count:
                other = nearness_of(keys[int(spot[k, 1]) * across + int(spot[k, 0])])
                if group[face[k]] == group[f] and abs(other - q) <= np.float32(ALIKE) * q:
                    break
                k += 1
            if k == count:
                count += 1
                pixel[k], face[k], weight[k] = at, f, np.float32(0.0)
                spot[k, 0], spot[k, 1] = np.float32(column) + half, np.float32(row) + half
            weight[k] += share
    return count


@kernel
def _gather(
    keys: Array, behind: Array, planes: Array, group: Array, n: int, rows: tuple[int, int],
    columns: tuple[int, int], pixel: Array, face: Array, spot: Array, weight: Array,
) -> int:  # fmt: skip
    """Group the n x n samples of each pixel in some rows and columns; returns the number of fragments.

    group (F,): a number for each face; samples with the same number and about the same depth make one fragment, at the
    place of the first of them.
    """
    width, count = behind.shape[1], 0
    for y in range(rows[0], rows[1]):
        for x in range(columns[0], columns[1]):
            most = 0
            for row in range(y * n, y * n + n):
                for column in range(x * n, x * n + n):
                    most = max(most, keys[row * width * n + column])
            if most > 0:
                at = y * width + x
                count = _divide(
                    keys, width, behind[y, x], planes, group, n, at, count, pixel, face, spot, weight
                )  # fmt: skip
    return count


class FragmentStore:
    """Buffers for the most fragments that an image of a size can have, used again for every frame."""

    def __init__(self, geometry: Geometry, width: int, height: int, n: int) -> None:
        most = width * height * n * n
        self.n, self._group = n, geometry.material
        self._pixel, self._face = np.empty(most, np.int32), np.empty(most, np.int32)
        self._spot, self._weight = np.empty((most, 2), np.float32), np.empty(most, np.float32)

    def gather(self, canvas: Canvas, still: Still) -> Fragments:
        """Fragments of what moves, drawn on a canvas (H n, W n), before what stands still; valid until the next call."""
        x_lo, x_hi, y_lo, y_hi = canvas.window
        rows, columns = (y_lo // self.n, -(-y_hi // self.n)), (x_lo // self.n, -(-x_hi // self.n))
        arrays = (self._pixel, self._face, self._spot, self._weight)
        count = _gather(
            canvas.keys, still.canvas.seen, still.planes, self._group, self.n, rows, columns, *arrays
        )  # fmt: skip
        return Fragments(*(array[:count] for array in arrays))


@kernel
def barycentrics(points: Array, faces: Array, face: Array, spot: Array, weights: Array, depth: Array) -> None:
    """Fill weights (N, 3) float32 and depth (N,) of the faces at spots (N, 2); leaves those of others."""
    for n in range(face.shape[0]):
        f = face[n]
        if f < 0 or f >= faces.shape[0]:
            continue
        i, j, k = index(faces[f, 0]), index(faces[f, 1]), index(faces[f, 2])
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


@kernel
def _surfaces(
    vertices: Array, normals: Array, faces: Array, smooth: Array, uv_of_face: Array, density: Array, eye: Array,
    focal: np.float32, face: Array, weights: Array, depth: Array, position: Array, normal: Array, uv: Array, lod: Array,
    view: Array, ratio: Array, bits: Array,
) -> None:  # fmt: skip
    """The body of `surfaces`: one loop over fragments. ratio (1,) float32 and bits, the same as int32: room to work in."""
    one = np.float32(1.0)
    for n in range(face.shape[0]):
        f = face[n]
        if f < 0:
            continue
        i, j, k = index(faces[f, 0]), index(faces[f, 1]), index(faces[f, 2])
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
        ratio[0] = density[f] * depth[n] / (focal * np.sqrt(slant))
        # log2 from the float's own exponent, the mantissa taken as linear: within 0.09, which no mip level notices.
        lod[n] = np.float32(bits[0]) * np.float32(1.0 / (1 << 23)) - np.float32(127.0)


def surfaces(
    geometry: Geometry, density: Array, vertices: Array, normals: Array, points: Array, eye: Array, focal_px: float,
    fragments: Fragments,
) -> Surfaces:  # fmt: skip
    """What the fragments look like. `points` from `visibility.project` for the buffer they are from.

    eye (3,) world; focal_px of the final image.
    """
    n = len(fragments.face)
    weights, depth = np.empty((n, 3), np.float32), np.empty(n, np.float32)
    barycentrics(points, geometry.faces, fragments.face, fragments.spot, weights, depth)
    position, normal, view = (
        np.zeros((n, 3), np.float32),
        np.zeros((n, 3), np.float32),
        np.zeros((n, 3), np.float32),
    )
    uv, lod, ratio = np.zeros((n, 2), np.float32), np.zeros(n, np.float32), np.empty(1, np.float32)
    _surfaces(
        vertices, normals, geometry.faces, geometry.smooth, geometry.uv, density, eye.astype(np.float32),
        np.float32(focal_px), fragments.face, weights, depth, position, normal, uv, lod, view,
        ratio, ratio.view(np.int32),
    )  # fmt: skip
    return Surfaces(position, normal, uv, depth, lod, view)
