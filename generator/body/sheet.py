"""The cloth that garments are cut from: a surface that follows the body, its smoothing, and the scissors."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from ..values import Array
from . import hm08
from .protocol import ShapedBody


@dataclass(frozen=True)
class Sheet:
    """A surface whose points are fixed mixtures of the body's vertices.

    mix (N, V) sparse: points and weights are `mix @` the body's. faces (F, 3). neighbours (N, N) sparse: row means.
    `passes`: how often cloth of these edge lengths is relaxed; a skin's shell needs most to lose the body's detail.
    """

    mix: sparse.csr_matrix
    faces: Array
    neighbours: sparse.csr_matrix
    passes: int = 8


@dataclass(frozen=True)
class Cut:
    """What the scissors leave: faces (G, 3) over new points; mix (M, N) sparse, each row one old point or two.

    rim (E, 2): the edges where they cut, in the direction of the only face there.
    """

    faces: Array
    mix: sparse.csr_matrix
    rim: Array


_sheets: dict[tuple[str, int, int, bool, str], Sheet] = {}

REGIONS: dict[str, tuple[float, float, float]] = {
    "all": (-np.inf, np.inf, np.inf), "top": (-4.5, np.inf, np.inf), "bottom": (-np.inf, 3.0, 2.9),
    "feet": (-np.inf, -5.0, np.inf),
}  # fmt: skip
"""Part of the cloth round hm08's template -> its least and greatest height and its greatest distance from the middle plane, dm:
what tops, trousers and shoes of any length may take, and a hand's breadth more."""


def sheet_of(body: ShapedBody, *, fine: bool = True, region: str = "all") -> Sheet:
    """The cloth of this kind of body, made once per process: hm08's tights, or else the body's own skin as a shell.

    Tights have edges of about 2.4 cm, or half of that when `fine`, and are given as far as a `region` reaches; the body's own
    skin is taken as it is.
    """
    helped = has_helpers(body)
    key = (body.model, len(body.vertices_m), len(body.faces), fine and helped, region if helped else "all")
    if key not in _sheets:
        if helped:
            quads = hm08.hm08().quads["helper-tights"]
            mix, quads = (_subdivided if fine else _compact)(quads, len(body.vertices_m))
            place, (low, high, wide) = mix @ hm08.hm08().template, REGIONS[region]
            near = (place[:, 1] > low) & (place[:, 1] < high) & (np.abs(place[:, 0]) < wide)
            faces = hm08.triangles(quads)
            used, faces = compacted(faces[whole_faces(near, faces)], len(near))
            _sheets[key] = _sheet(mix[used], faces)
        else:
            used, faces = np.unique(body.faces, return_inverse=True)
            mix = _selection(used, len(body.vertices_m))
            _sheets[key] = replace(_sheet(mix, faces.reshape(-1, 3)), passes=24)
    return _sheets[key]


def has_helpers(body: ShapedBody) -> bool:
    """Whether the body carries hm08's helper geometry."""
    return len(body.vertices_m) == hm08.N_VERTICES


def normals(points: Array, faces: Array) -> Array:
    """(N, 3) unit normals at points, area-weighted over their faces."""
    a, b, c = (points[faces[:, k]] for k in range(3))
    area = np.cross(b - a, c - a)
    total = np.stack([sum(np.bincount(faces[:, k], area[:, d], len(points)) for k in range(3)) for d in range(3)], 1)
    return total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12)


def cut(faces: Array, inside_m: Array) -> Cut:
    """Keep the part of a mesh where the field `inside_m` (N,) is positive, cutting triangles along its zero line."""
    keep = inside_m > 0
    count = keep[faces[:, 0]].astype(np.int8) + keep[faces[:, 1]] + keep[faces[:, 2]]
    whole = faces[count == 3]
    one, two = _turned(faces[count == 1], keep, alone=True), _turned(faces[count == 2], keep, alone=False)
    # a triangle is turned so that its odd corner comes first; the two edges at that corner are cut
    edges = np.concatenate([one[:, [0, 1]], one[:, [0, 2]], two[:, [0, 1]], two[:, [0, 2]]])
    low, high = edges.min(axis=1).astype(np.int64), edges.max(axis=1)
    keys, where = np.unique(low * len(inside_m) + high, return_inverse=True)
    pairs = np.stack([keys // len(inside_m), keys % len(inside_m)], axis=1)
    where = where.reshape(-1) + len(inside_m)
    n1, n2 = len(one), len(two)
    ab1, ac1 = where[:n1], where[n1 : 2 * n1]
    ab2, ac2 = where[2 * n1 : 2 * n1 + n2], where[2 * n1 + n2 :]
    new = np.concatenate(
        [
            whole,
            np.stack([one[:, 0], ab1, ac1], 1),
            np.stack([ab2, two[:, 1], two[:, 2]], 1),
            np.stack([ab2, two[:, 2], ac2], 1),
        ]
    )
    f0, f1 = inside_m[pairs[:, 0]], inside_m[pairs[:, 1]]
    t = np.clip(f0 / (f0 - f1), 0.02, 0.98)
    n, m = len(inside_m), len(pairs)
    rows = np.concatenate([np.arange(n), n + np.arange(m), n + np.arange(m)])
    columns = np.concatenate([np.arange(n), pairs[:, 0], pairs[:, 1]])
    values = np.concatenate([np.ones(n), 1.0 - t, t])
    mix = sparse.csr_matrix((values, (rows, columns)), shape=(n + m, n))
    used, compact = compacted(new, n + m)
    rim = np.concatenate([np.stack([ab1, ac1], 1), np.stack([ac2, ab2], 1)])
    return Cut(compact, mix[used], np.searchsorted(used, rim))


def compacted(faces: Array, n: int) -> tuple[Array, Array]:
    """The points out of `n` that faces (F, 3) use, rising, and the faces over those points alone (int32)."""
    used = np.zeros(n, bool)
    used[faces.ravel()] = True
    return np.flatnonzero(used), (np.cumsum(used, dtype=np.int32) - 1)[faces]


def whole_faces(marked: Array, faces: Array) -> Array:
    """(F,) bool: faces whose three points are all `marked` (N,)."""
    return marked[faces[:, 0]] & marked[faces[:, 1]] & marked[faces[:, 2]]


def _turned(faces: Array, keep: Array, *, alone: bool) -> Array:
    """Faces with their odd corner first: the only one kept (`alone`), or the only one cut off."""
    odd = keep[faces] if alone else ~keep[faces]
    first = odd.argmax(axis=1)[:, None]
    return np.take_along_axis(faces, (first + np.arange(3)) % 3, axis=1) if len(faces) else faces.reshape(0, 3)


def _selection(used: Array, n: int) -> sparse.csr_matrix:
    return sparse.csr_matrix((np.ones(len(used)), (np.arange(len(used)), used)), shape=(len(used), n))


def _sheet(mix: sparse.csr_matrix, faces: Array) -> Sheet:
    n = mix.shape[0]
    edges = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    both = np.concatenate([edges, edges[:, ::-1]])
    links = sparse.csr_matrix((np.ones(len(both)), (both[:, 0], both[:, 1])), shape=(n, n))
    links.data[:] = 1.0
    means = sparse.diags(1.0 / np.maximum(np.asarray(links.sum(axis=1)).ravel(), 1.0)) @ links
    return Sheet(mix, faces.astype(np.int32), means.tocsr())


def _compact(quads: Array, n_vertices: int) -> tuple[sparse.csr_matrix, Array]:
    used, corners = np.unique(quads, return_inverse=True)
    return _selection(used, n_vertices), corners.reshape(-1, 4)


def _subdivided(quads: Array, n_vertices: int) -> tuple[sparse.csr_matrix, Array]:
    """Each quad in four: the mixtures of old vertices and the new quads over them."""
    used, corners = np.unique(quads, return_inverse=True)
    corners = corners.reshape(-1, 4)
    n, q = len(used), len(corners)
    edges = np.sort(np.stack([corners, np.roll(corners, -1, axis=1)], axis=-1).reshape(-1, 2), axis=1)
    unique, of_corner = np.unique(edges, axis=0, return_inverse=True)
    middle = n + of_corner.reshape(-1, 4)
    centre = n + len(unique) + np.arange(q)
    new = np.concatenate([np.stack([corners[:, k], middle[:, k], centre, middle[:, k - 1]], axis=1) for k in range(4)])
    old = _selection(used, n_vertices)
    half = (old[unique[:, 0]] + old[unique[:, 1]]) * 0.5
    mean = (old[corners[:, 0]] + old[corners[:, 1]] + old[corners[:, 2]] + old[corners[:, 3]]) * 0.25
    return sparse.vstack([old, half, mean]).tocsr(), new
