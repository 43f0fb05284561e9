"""Which face is seen at every sample of an image: an exact visibility buffer in numba.

Rasterisation in homogeneous coordinates (Olano and Greer 1997): with P = K X the edge function of side (j, k) at the
ray (u, v, 1) is (P_j x P_k) . (u, v, 1). It needs no clipping, so faces that reach behind the camera come out right;
only the rectangle to search is found from the part in front of it.
"""

from __future__ import annotations

import numpy as np

from ..values import Array
from .kernel import index, inlined, kernel, making_arrays
from .keys import LAST_FACE, key_of, renumber, resolve

NEAR_M = 0.01
"""Nothing nearer to the camera than this is seen."""


SMALL = 160
"""Faces with at most this many samples in their box are drawn sample by sample, others row by row. Part of the labels'
definition: nearness is rounded differently."""


_BEHIND = -(1 << 20)
"""Marks the cells of a vertex before the near plane."""


@making_arrays
def project(vertices: Array, K: Array, pose: Array, near: float, width: int, height: int, points: Array, cells: Array) -> None:
    """Project world vertices (V, 3) float32 with K (3, 3) and pose (3 or 4, 4), world to camera.

    Fills points (V, 3) float64 with P = K T X (px m) and cells (V, 4) int32 with the samples beside each vertex: the
    first column at or right of it, the last at or left of it, the same for rows; all cut to the image.
    """
    m = np.empty((3, 4))
    for i in range(3):
        for j in range(4):
            m[i, j] = K[i, 0] * pose[0, j] + K[i, 1] * pose[1, j] + K[i, 2] * pose[2, j]
    right, bottom = np.float64(width), np.float64(height)
    for n in range(vertices.shape[0]):
        x, y, z = np.float64(vertices[n, 0]), np.float64(vertices[n, 1]), np.float64(vertices[n, 2])
        px = m[0, 0] * x + m[0, 1] * y + m[0, 2] * z + m[0, 3]
        py = m[1, 0] * x + m[1, 1] * y + m[1, 2] * z + m[1, 3]
        pz = m[2, 0] * x + m[2, 1] * y + m[2, 2] * z + m[2, 3]
        points[n, 0], points[n, 1], points[n, 2] = px, py, pz
        if pz > near:
            u, v = px / pz - 0.5, py / pz - 0.5
            cells[n, 0] = int(np.ceil(min(max(u, 0.0), right)))
            cells[n, 1] = int(np.floor(min(max(u, -1.0), right - 1.0)))
            cells[n, 2] = int(np.ceil(min(max(v, 0.0), bottom)))
            cells[n, 3] = int(np.floor(min(max(v, -1.0), bottom - 1.0)))
        else:
            cells[n, 0] = _BEHIND


@inlined
def _bounds(points: Array, i: int, j: int, k: int, near: float, width: int, height: int) -> tuple[int, int, int, int]:
    """First and last column and row of the samples around the part of a face beyond the near plane."""
    u_min, u_max, v_min, v_max = np.inf, -np.inf, np.inf, -np.inf
    corners = (i, j, k)
    for side in range(3):
        a, b = corners[side], corners[(side + 1) % 3]
        za, zb = points[a, 2], points[b, 2]
        if za > near:
            u, v = points[a, 0] / za, points[a, 1] / za
            u_min, u_max, v_min, v_max = min(u_min, u), max(u_max, u), min(v_min, v), max(v_max, v)
        if (za > near) != (zb > near):
            s = (near - za) / (zb - za)
            u = (points[a, 0] + s * (points[b, 0] - points[a, 0])) / near
            v = (points[a, 1] + s * (points[b, 1] - points[a, 1])) / near
            u_min, u_max, v_min, v_max = min(u_min, u), max(u_max, u), min(v_min, v), max(v_max, v)
    x_lo, x_hi = (
        int(np.ceil(min(max(u_min - 0.5, 0.0), width))),
        int(np.floor(min(max(u_max - 0.5, -1.0), width - 1.0))),
    )
    y_lo, y_hi = (
        int(np.ceil(min(max(v_min - 0.5, 0.0), height))),
        int(np.floor(min(max(v_max - 0.5, -1.0), height - 1.0))),
    )
    return x_lo, x_hi, y_lo, y_hi


@kernel
def _select(
    points: Array, cells: Array, faces: Array, near: float, width: int, height: int, most: int, boxes: Array
) -> tuple[int, int]:
    """Find the faces that may cover a sample, and the samples to look at.

    Fills boxes (F, 5) int32 with (face, x_lo, x_hi, y_lo, y_hi): small ones, of at most `most`, from the front,
    large ones from the back; returns how many there are of each.
    """
    small, large = 0, 0
    for f in range(faces.shape[0]):
        i, j, k = index(faces[f, 0]), index(faces[f, 1]), index(faces[f, 2])
        x_lo, x_hi = min(cells[i, 0], cells[j, 0], cells[k, 0]), max(cells[i, 1], cells[j, 1], cells[k, 1])
        y_lo, y_hi = min(cells[i, 2], cells[j, 2], cells[k, 2]), max(cells[i, 3], cells[j, 3], cells[k, 3])
        if x_lo < 0:
            if not (points[i, 2] > near or points[j, 2] > near or points[k, 2] > near):
                continue
            x_lo, x_hi, y_lo, y_hi = _bounds(points, i, j, k, near, width, height)
        columns, rows = max(x_hi - x_lo + 1, 0), max(y_hi - y_lo + 1, 0)
        samples = columns * rows
        at = small
        if samples > most:
            large += 1
            at = boxes.shape[0] - large
        # Most faces of a person are smaller than the distance of two samples: they are written down, and overwritten.
        boxes[at, 0], boxes[at, 1], boxes[at, 2], boxes[at, 3], boxes[at, 4] = f, x_lo, x_hi, y_lo, y_hi
        small += (samples > 0) & (samples <= most)
    return small, large


@kernel
def _fill_small(points: Array, faces: Array, boxes: Array, front: bool, near: float, width: int, keys: Array) -> int:
    """Draw faces of a few samples: test each sample against the three sides.

    With `front`, draws the faces turned to the viewer and leaves the others in the first boxes, whose number it
    returns; without, draws any, which goes fast for far sides of what is already there.
    """
    nearest, kept = np.float32(1.0 / near), 0
    for n in range(boxes.shape[0]):
        f = boxes[n, 0]
        i, j, k = index(faces[f, 0]), index(faces[f, 1]), index(faces[f, 2])
        x0, y0, z0 = points[i, 0], points[i, 1], points[i, 2]
        x1, y1, z1 = points[j, 0], points[j, 1], points[j, 2]
        x2, y2, z2 = points[k, 0], points[k, 1], points[k, 2]
        if not front and _covered(boxes, n, min(z0, z1, z2), width, keys):
            continue
        # Edge functions a u + b v + c: exact negatives for the two directions of a side, so no sample falls between.
        a0, b0, c0 = y1 * z2 - z1 * y2, z1 * x2 - x1 * z2, x1 * y2 - y1 * x2
        det = x0 * a0 + y0 * b0 + z0 * c0
        if det == 0.0:
            continue
        if front and det > 0.0:
            for column in range(5):
                boxes[kept, column] = boxes[n, column]
            kept += 1
            continue
        a1, b1, c1 = y2 * z0 - z2 * y0, z2 * x0 - x2 * z0, x2 * y0 - y2 * x0
        a2, b2, c2 = y0 * z1 - z0 * y1, z0 * x1 - x0 * z1, x0 * y1 - y0 * x1
        if det < 0.0:
            a0, b0, c0, a1, b1, c1, a2, b2, c2 = -a0, -b0, -c0, -a1, -b1, -c1, -a2, -b2, -c2
        per_det = 1.0 / abs(det)
        for y in range(boxes[n, 3], boxes[n, 4] + 1):
            v = y + 0.5
            r0, r1, r2 = b0 * v + c0, b1 * v + c1, b2 * v + c2
            for x in range(boxes[n, 1], boxes[n, 2] + 1):
                u, at = x + 0.5, index(y * width + x)
                e0, e1, e2 = a0 * u + r0, a1 * u + r1, a2 * u + r2
                q = np.float32((e0 + e1 + e2) * per_det)
                inside = (min(e0, e1, e2) >= 0.0) & (q < nearest)
                keys[at] = max(keys[at], key_of(q, f) if inside else 0)
    return kept


@inlined
def _covered(boxes: Array, n: int, least_depth: float, width: int, keys: Array) -> bool:
    """Whether all samples of box n see something nearer than `least_depth`."""
    if least_depth <= 0.0:
        return False
    limit = key_of(np.float32(1.000001 / least_depth), LAST_FACE)
    least = limit
    for y in range(boxes[n, 3], boxes[n, 4] + 1):
        for at in range(y * width + boxes[n, 1], y * width + boxes[n, 2] + 1):
            least = min(least, keys[at])
    return bool(least >= limit)


@inlined
def _span(a: float, e: float, lo: float, hi: float) -> tuple[float, float]:
    """The part of [lo, hi] where a u + e >= 0; empty (hi < lo) when nowhere."""
    if a > 0.0:
        return max(lo, -e / a), hi
    if a < 0.0:
        return lo, min(hi, -e / a)
    return lo, (hi if e >= 0.0 else -np.inf)


@kernel
def _fill_large(points: Array, faces: Array, boxes: Array, near: float, width: int, keys: Array) -> None:
    """Draw faces of many samples: row by row, between the sides."""
    nearest = np.float32(1.0 / near)
    for n in range(boxes.shape[0]):
        f = boxes[n, 0]
        i, j, k = index(faces[f, 0]), index(faces[f, 1]), index(faces[f, 2])
        x0, y0, z0 = points[i, 0], points[i, 1], points[i, 2]
        x1, y1, z1 = points[j, 0], points[j, 1], points[j, 2]
        x2, y2, z2 = points[k, 0], points[k, 1], points[k, 2]
        a0, b0, c0 = y1 * z2 - z1 * y2, z1 * x2 - x1 * z2, x1 * y2 - y1 * x2
        a1, b1, c1 = y2 * z0 - z2 * y0, z2 * x0 - x2 * z0, x2 * y0 - y2 * x0
        a2, b2, c2 = y0 * z1 - z0 * y1, z0 * x1 - x0 * z1, x0 * y1 - y0 * x1
        det = x0 * a0 + y0 * b0 + z0 * c0
        if det == 0.0:
            continue
        s = 1.0 if det > 0.0 else -1.0
        wa, wb, wc = (a0 + a1 + a2) / det, (b0 + b1 + b2) / det, (c0 + c1 + c2) / det
        for y in range(boxes[n, 3], boxes[n, 4] + 1):
            v = y + 0.5
            lo, hi = _span(s * a0, s * (b0 * v + c0), boxes[n, 1] + 0.5, boxes[n, 2] + 0.5)
            lo, hi = _span(s * a1, s * (b1 * v + c1), lo, hi)
            lo, hi = _span(s * a2, s * (b2 * v + c2), lo, hi)
            if lo > hi:
                continue
            w = wb * v + wc
            # Written without a branch, so that it becomes vector code.
            for x in range(int(np.ceil(lo - 0.5)), int(np.floor(hi - 0.5)) + 1):
                q = np.float32(w + wa * (x + 0.5))
                at = index(y * width + x)
                keys[at] = max(keys[at], key_of(q, f) if q < nearest else 0)


@kernel
def _window(cells: Array, width: int, height: int) -> tuple[int, int, int, int]:
    """Columns and rows, from and to, that hold all samples beside vertices; all where a vertex is behind the camera."""
    left, right, top, bottom = width, -1, height, -1
    for n in range(cells.shape[0]):
        if cells[n, 0] < 0:
            return 0, width, 0, height
        left, right = min(left, cells[n, 0]), max(right, cells[n, 1])
        top, bottom = min(top, cells[n, 2]), max(bottom, cells[n, 3])
    return left, max(right + 1, left), top, max(bottom + 1, top)


class Canvas:
    """A visibility buffer and what it needs to be drawn, used again for every frame.

    keys (H * W,) int64: what each sample sees, to be read with `face_of` and `nearness_of`, or after `resolve` from
    nearness (H, W) float32: 1 / depth, 0 where nothing is; and seen (H, W) int32: face, -1 where none is.
    points (V, 3) float64: K T X as left by the last `draw`. Sample (x, y) lies at (x + 0.5, y + 0.5).
    window: the columns and rows (x, x end, y, y end) outside which the last `draw` changed nothing.
    """

    def __init__(
        self, n_vertices: int, n_faces: int, width: int, height: int, near_m: float = NEAR_M, small: int = SMALL
    ) -> None:
        self.near_m, self._small = near_m, small
        self.nearness, self.seen = np.empty((height, width), np.float32), np.empty((height, width), np.int32)
        self.keys = np.zeros(height * width, np.int64)
        self.points, self._cells = np.empty((n_vertices, 3)), np.empty((n_vertices, 4), np.int32)
        self._boxes = np.empty((n_faces, 5), np.int32)
        self.window = (0, width, 0, height)

    def clear(self) -> None:
        """Forget what was drawn."""
        self.keys[:] = 0

    def start_from(self, other: Canvas, by: int) -> None:
        """Hold what another canvas of this size holds, its faces' numbers raised by `by`."""
        renumber(other.keys, by, self.keys)

    def draw(self, vertices: Array, faces: Array, K: Array, pose: Array) -> None:
        """Draw faces over what is there; both sides count, and of two at the same depth the first one.

        vertices (V, 3) float32 world, faces (F, 3) int32, K (3, 3) px, pose (4, 4) world to camera.
        """
        height, width = self.seen.shape
        project(vertices, K, pose, self.near_m, width, height, self.points, self._cells)
        self.window = _window(self._cells, width, height)
        small, large = _select(self.points, self._cells, faces, self.near_m, width, height, self._small, self._boxes)
        last = len(self._boxes)
        boxes = self._boxes[:small]
        away = _fill_small(self.points, faces, boxes, True, self.near_m, width, self.keys)
        _fill_small(self.points, faces, boxes[:away], False, self.near_m, width, self.keys)
        _fill_large(self.points, faces, self._boxes[last - large :], self.near_m, width, self.keys)

    def resolve(self) -> None:
        """Fill `nearness` and `seen`."""
        resolve(self.keys, self.nearness.ravel(), self.seen.ravel())
