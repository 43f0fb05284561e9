"""Which points of two bodies are near each other: vertices thinned out, the box in which two overlap, marks by cells of space."""

from __future__ import annotations

import numpy as np

from ..body.clothes.fabrics import BAND, LINING
from ..skeletons import PART
from ..values import Array, Mesh
from .kernel import inlined, making_arrays

PROBE_M = 0.016
"""Vertices are looked at so far from each other, at rest: hands have them much closer."""

AROUND_M = 0.10
"""Vertices of the other body are looked for so far outside the box in which the two overlap, and so far from each point: nothing
is found to be deeper in somebody than this."""

CELL_M = 0.035
"""Side of the cells in which vertices are looked up."""

CELLS_AROUND = int(np.ceil(AROUND_M / CELL_M))

BESIDE = 0.75
"""Who is inside has the nearest vertex straight outwards, but for so much of the depth (for PROBE_M anyway) aside. Points in the
open can be behind the plane of a fingertip or a hem, too, far to one side of it."""

HALF_M = {"hand": 0.022, "forearm": 0.045, "upper_arm": 0.065, "foot": 0.045, "shin": 0.060}
"""Half of the thickness of limbs with what is worn on them: nothing is deeper in one. Of thin things the marks on the far side
may be the nearest, and what is in the open on this side is behind their planes."""


def thickest(mesh: Mesh, at: Array) -> Array:
    """(N,) float32: how deep (m) anything can be behind each of the vertices `at` (N,) of a person's mesh."""
    of_part = np.full(len(PART), AROUND_M, np.float32)
    for name, part in PART.items():
        of_part[part] = HALF_M.get(name.removeprefix("left_").removeprefix("right_"), AROUND_M)
    of_vertex = np.zeros(len(mesh.vertices_m), np.int64)
    of_vertex[mesh.faces] = mesh.part_of_face[:, None]
    return np.asarray(of_part[of_vertex[at]])


def surface_nodes(mesh: Mesh) -> Array:
    """Vertices (N,) of a person's mesh, thinned out at rest, of faces that look outwards: edges' look in, or on."""
    edges = [k for k, material in enumerate(mesh.materials) if material.name.endswith((LINING, BAND))]
    used = np.unique(mesh.faces[~np.isin(mesh.material_of_face, edges)])
    return np.asarray(used[thinned(mesh.vertices_m[used])])


def thinned(vertices_m: Array) -> Array:
    """Which vertices (N,) are the first in their cells of PROBE_M, by cells."""
    cell = (vertices_m / np.float32(PROBE_M)).astype(np.int64) + (1 << 19)
    return np.unique(cell @ np.array([1 << 40, 1 << 20, 1]), return_index=True)[1]


@making_arrays
def by_cells(points: Array, marks: Array) -> tuple[Array, Array, Array, Array]:
    """Which marks are near enough to the points' box, in the order of their cells; where those of each cell begin; the cells'
    corner and counts."""
    low, counts = np.empty(3, np.float32), np.empty(3, np.int64)
    for axis in range(3):
        least, most = points[0, axis], points[0, axis]
        for n in range(1, points.shape[0]):
            least, most = min(least, points[n, axis]), max(most, points[n, axis])
        low[axis] = least - np.float32(AROUND_M)
        counts[axis] = int((most + np.float32(AROUND_M) - low[axis]) / CELL_M) + 1
    cell = np.empty(marks.shape[0], np.int64)
    starts = np.zeros(counts[0] * counts[1] * counts[2] + 1, np.int64)
    for m in range(marks.shape[0]):
        cell[m] = 0
        for axis in range(3):
            place = int(np.floor((marks[m, axis] - low[axis]) / CELL_M))
            cell[m] = cell[m] * counts[axis] + place if cell[m] >= 0 and 0 <= place < counts[axis] else -1
        if cell[m] >= 0:
            starts[cell[m] + 1] += 1
    for c in range(1, len(starts)):
        starts[c] += starts[c - 1]
    order, filled = np.empty(starts[-1], np.int64), starts[:-1].copy()
    for m in range(marks.shape[0]):
        if cell[m] >= 0:
            order[filled[cell[m]]] = m
            filled[cell[m]] += 1
    return order, starts, low, counts


@inlined
def _apart(at_m: float, cell: int, own: int) -> float:
    """Square of the least distance (m^2) along an axis from a place, which is in the cell `own`, to a cell."""
    if cell == own:
        return 0.0
    return (cell * CELL_M - at_m) ** 2 if cell > own else (at_m - (cell + 1) * CELL_M) ** 2


@inlined
def behind_nearest(x: float, y: float, z: float, marks: Array, normals: Array, thick: Array, starts: Array, low: Array,
                   counts: Array, least: float) -> tuple[float, int]:  # fmt: skip
    """How deep (m) a point is behind the plane of its nearest mark, and which mark that is; (0, -1) where that is no deeper than
    `least`, or more than is `thick` (M,) there, or where the point is in the open. Marks are in the order of their cells: cell c
    has those from starts[c] to starts[c + 1]."""
    i, j, k = int((x - low[0]) / CELL_M), int((y - low[1]) / CELL_M), int((z - low[2]) / CELL_M)
    best, which = AROUND_M * AROUND_M, -1
    for ring in (1, CELLS_AROUND):  # nothing in cells beyond these is nearer than a cell; and nothing than AROUND_M
        if ring > 1 and best <= CELL_M * CELL_M:
            break
        for a in range(max(i - ring, 0), min(i + ring + 1, counts[0])):
            aside = _apart(x - low[0], a, i)
            for b in range(max(j - ring, 0), min(j + ring + 1, counts[1])):
                row = (a * counts[1] + b) * counts[2]
                first, end = starts[row + max(k - ring, 0)], starts[row + min(k + ring + 1, counts[2])]
                if first == end or aside + _apart(y - low[1], b, j) > best:
                    continue
                for m in range(first, end):
                    dx, dy, dz = np.float64(x - marks[m, 0]), np.float64(y - marks[m, 1]), np.float64(z - marks[m, 2])
                    square = dx * dx + dy * dy + dz * dz
                    if square < best:
                        best, which = float(square), m
        if best <= least * least:
            break  # it can't be deeper than its nearest mark is far
    behind = _behind(x, y, z, marks, normals, which) if which >= 0 and best > least * least else 0.0
    inside = least < behind <= thick[which] and np.sqrt(max(best - behind * behind, 0.0)) <= max(PROBE_M, BESIDE * behind)
    return (behind, which) if inside else (0.0, -1)


@inlined
def _behind(x: float, y: float, z: float, marks: Array, normals: Array, which: int) -> float:
    """How far (m) a point is behind the plane of a mark."""
    dx, dy, dz = x - marks[which, 0], y - marks[which, 1], z - marks[which, 2]
    return -float(dx * normals[which, 0] + dy * normals[which, 1] + dz * normals[which, 2])


def towards(way: Array) -> Array:
    """(3, 3) axes as rows: level towards somebody, level across, and up. Two who face each other overlap least in these."""
    x, y = way[:2] / max(float(np.hypot(way[0], way[1])), 1e-6)
    return np.array([[x, y, 0.0], [-y, x, 0.0], [0.0, 0.0, 1.0]], np.float32)


@making_arrays
def _along(points: Array, axes: Array) -> Array:
    """Where points (N, 3) are along each of the axes: (3, N)."""
    found = np.empty((3, points.shape[0]), np.float32)
    for axis in range(3):
        for n in range(points.shape[0]):
            found[axis, n] = points[n, 0] * axes[axis, 0] + points[n, 1] * axes[axis, 1] + points[n, 2] * axes[axis, 2]
    return found


@making_arrays
def _within(along: Array, low: Array, high: Array, margin: np.float32) -> Array:
    """Which of the places (3, N) are between the bounds (3,) in all three."""
    found, count = np.empty(along.shape[1], np.int64), 0
    for n in range(along.shape[1]):
        inside = True
        for axis in range(3):
            inside = inside and low[axis] - margin <= along[axis, n] <= high[axis] + margin
        if inside:
            found[count] = n
            count += 1
    return found[:count]


@making_arrays
def shared(own: Array, its: Array, axes: Array) -> tuple[Array, Array]:
    """Which of points (N, 3) and (M, 3) are in the box along the axes (3, 3) in which the two sets overlap; of the second also
    those AROUND_M outside it. None of either where they don't."""
    ours, theirs = _along(own, axes), _along(its, axes)
    low, high = np.empty(3, np.float32), np.empty(3, np.float32)
    for axis in range(3):
        low[axis] = max(ours[axis].min(), theirs[axis].min())
        high[axis] = min(ours[axis].max(), theirs[axis].max())
    if (low > high).any():
        return np.empty(0, np.int64), np.empty(0, np.int64)
    return _within(ours, low, high, np.float32(0.0)), _within(theirs, low, high, np.float32(AROUND_M))
