"""Small solids made with numpy (turned, boxed, swept) from which props and backdrops are put together."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..values import Array

SHARP_COS = 0.72
"""Profile corners that turn further than about 44 degrees get a hard edge."""


@dataclass(frozen=True)
class Shape:
    """vertices (V, 3) float64 m; faces (F, 3) int64, counter-clockwise from outside; uv (F, 3, 2); material (F,)."""

    vertices: Array
    faces: Array
    uv: Array
    material: Array


def join(shapes: Sequence[Shape]) -> Shape:
    """One shape of several, vertices renumbered."""
    starts = np.cumsum([0, *(len(s.vertices) for s in shapes[:-1])])
    return Shape(
        np.concatenate([s.vertices for s in shapes]),
        np.concatenate([s.faces + start for s, start in zip(shapes, starts, strict=True)]),
        np.concatenate([s.uv for s in shapes]),
        np.concatenate([s.material for s in shapes]),
    )


def painted(shape: Shape, material: int) -> Shape:
    """The same shape, all of it of one material."""
    return replace(shape, material=np.full(len(shape.faces), material))


def moved(shape: Shape, offset: Sequence[float] | Array = (0.0, 0.0, 0.0), rotation: Array | None = None) -> Shape:
    """Rotated about its origin by `rotation` (3, 3), then shifted by `offset` (m)."""
    vertices = shape.vertices if rotation is None else shape.vertices @ rotation.T
    return replace(shape, vertices=vertices + np.asarray(offset, dtype=float))


def with_mirror(shape: Shape) -> Shape:
    """The shape and its mirror image across the plane x = 0."""
    image = replace(
        shape,
        vertices=shape.vertices * (-1.0, 1.0, 1.0),
        faces=shape.faces[:, ::-1],
        uv=shape.uv[:, ::-1],
    )
    return join([shape, image])


def turn(axis: str, angle_rad: float) -> Array:
    """Rotation (3, 3) about a coordinate axis."""
    c, s = np.cos(angle_rad), np.sin(angle_rad)
    i, j = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    out = np.eye(3)
    out[i, i] = out[j, j] = c
    out[i, j], out[j, i] = -s, s
    return out


def _grid_faces(rows: int, columns: int, wrap: bool) -> tuple[Array, Array]:
    """Triangles (F, 3) of a grid of vertices and their (row, column) corners (F, 3, 2) before wrapping."""
    n_columns = columns if wrap else columns - 1
    i, j = np.meshgrid(np.arange(rows - 1), np.arange(n_columns), indexing="ij")
    i, j = i.ravel(), j.ravel()
    a, b, c, d = (np.stack(p, -1) for p in ((i, j), (i, j + 1), (i + 1, j + 1), (i + 1, j)))
    corners = np.concatenate([np.stack([a, b, c], 1), np.stack([a, c, d], 1)])
    faces = corners[..., 0] * columns + corners[..., 1] % columns
    return faces, corners


def _without_slivers(shape: Shape) -> Shape:
    """Drop triangles with two corners at one point (the poles of turned solids)."""
    a, b, c = (shape.vertices[shape.faces[:, k]] for k in range(3))
    keep = np.linalg.norm(np.cross(b - a, c - a), axis=1) > 1e-10
    return replace(shape, faces=shape.faces[keep], uv=shape.uv[keep], material=shape.material[keep])


def _split_at_corners(profile: Array) -> list[Array]:
    """Pieces of a polyline (N, 2), cut where it turns sharply."""
    steps = np.diff(profile, axis=0)
    steps = steps / np.linalg.norm(steps, axis=1, keepdims=True)
    cos = np.einsum("nk,nk->n", steps[:-1], steps[1:])
    cuts = [0, *(np.flatnonzero(cos < SHARP_COS) + 1).tolist(), len(profile) - 1]
    return [profile[start : end + 1] for start, end in itertools.pairwise(cuts)]


def lathe(profile: Sequence[tuple[float, float]], segments: int = 24, uv_turns: float = 1.0) -> Shape:
    """Solid turned about z from (radius, height) points, listed so that the outside is on the right going up.

    u runs `uv_turns` times round, v along the profile from 0 to 1; `segments` must be even to be mirror symmetric.
    """
    points = np.asarray(profile, dtype=float)
    total = np.linalg.norm(np.diff(points, axis=0), axis=1).sum()
    angles = 2 * np.pi * np.arange(segments) / segments
    ring = np.stack([np.cos(angles), np.sin(angles)], -1)
    pieces, along = [], 0.0
    for piece in _split_at_corners(points):
        lengths = np.concatenate([[0.0], np.linalg.norm(np.diff(piece, axis=0), axis=1).cumsum()])
        xy = piece[:, None, :1] * ring[None]
        z = np.broadcast_to(piece[:, None, 1:], (*xy.shape[:2], 1))
        faces, corners = _grid_faces(len(piece), segments, wrap=True)
        v = (along + lengths)[corners[..., 0]] / total
        uv = np.stack([corners[..., 1] / segments * uv_turns, v], -1)
        vertices = np.concatenate([xy, z], -1).reshape(-1, 3)
        pieces.append(Shape(vertices, faces, uv, np.zeros(len(faces), dtype=int)))
        along += float(lengths[-1])
    return _without_slivers(join(pieces))


def metric_uv(shape: Shape, scale_m: float = 1.0) -> Shape:
    """Planar uv by the dominant axis of each face, one texture repeat per `scale_m`."""
    corners = shape.vertices[shape.faces]
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    axis = np.abs(normal).argmax(axis=1)
    pick = np.array([[1, 2], [0, 2], [0, 1]])[axis]
    uv = np.take_along_axis(corners, np.broadcast_to(pick[:, None, :], (len(pick), 3, 2)), axis=2)
    return replace(shape, uv=uv / scale_m)


def _cube() -> Shape:
    """Cube of side 2 about the origin, four vertices to a side."""
    sides = []
    for axis in range(3):
        for sign in (-1.0, 1.0):
            normal, along = np.zeros(3), np.zeros(3)
            normal[axis] = sign
            along[(axis + 1) % 3] = 1.0
            across = np.cross(normal, along)
            sides.append(quad(np.stack([normal - along - across, normal + along - across, normal + along + across,
                                        normal - along + across])))  # fmt: skip
    return join(sides)


def box(size: Sequence[float], center: Sequence[float] = (0.0, 0.0, 0.0)) -> Shape:
    """Box of 12 triangles with hard edges; uv 0 to 1 on every side."""
    return replace(CUBE, vertices=CUBE.vertices * (0.5 * np.asarray(size)) + np.asarray(center))


def quad(corners: Array) -> Shape:
    """Two triangles over (4, 3) corners, counter-clockwise seen from outside; uv (0, 0), (1, 0), (1, 1), (0, 1)."""
    uv = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
    faces = np.array([[0, 1, 2], [0, 2, 3]])
    return Shape(np.asarray(corners, dtype=float), faces, uv[faces], np.zeros(2, dtype=int))


CUBE = _cube()


def soft_box(size: Sequence[float], radius: float, center: Sequence[float] = (0.0, 0.0, 0.0), steps: int = 2) -> Shape:
    """Box with rounded edges and corners of `radius` m (`steps` bands each), smooth, metric uv (1 m a repeat)."""
    half = np.asarray(size, dtype=float) / 2
    radius = min(radius, float(half.min()) * 0.999)
    bend = np.tan(np.linspace(0.0, np.pi / 4, steps + 1))
    sides = []
    for axis in range(3):
        u, v = (axis + 1) % 3, (axis + 2) % 3
        lines = []
        for k in (u, v):
            outer = half[k] - radius + radius * bend
            lines.append(np.concatenate([-outer[::-1], outer]))
        faces, _corners = _grid_faces(len(lines[1]), len(lines[0]), wrap=False)
        for sign in (-1.0, 1.0):
            points = np.empty((len(lines[1]), len(lines[0]), 3))
            points[..., u], points[..., v], points[..., axis] = (
                lines[0][None],
                lines[1][:, None],
                sign * half[axis],
            )
            turned = faces if sign > 0 else faces[:, ::-1]
            flat = points.reshape(-1, 3)
            sides.append(Shape(flat, turned, np.zeros((len(faces), 3, 2)), np.zeros(len(faces), dtype=int)))
    shape = welded(join(sides))
    core = np.clip(shape.vertices, -(half - radius), half - radius)
    out = shape.vertices - core
    vertices = core + out / np.linalg.norm(out, axis=1, keepdims=True) * radius
    return metric_uv(moved(replace(shape, vertices=vertices), center))


def welded(shape: Shape, tolerance_m: float = 1e-7) -> Shape:
    """Vertices closer than the tolerance made one."""
    keys = np.round(shape.vertices / tolerance_m).astype(np.int64)
    _, first, inverse = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    return replace(shape, vertices=shape.vertices[first], faces=inverse.reshape(-1)[shape.faces])


def tube(path: Sequence[Sequence[float]] | Array, radius: float | Sequence[float] | Array, segments: int = 10) -> Shape:
    """Round bar along a polyline (N, 3) with flat closed ends; `radius` in m, one or per point; u round, v along."""
    points = np.asarray(path, dtype=float)
    radii = np.broadcast_to(np.asarray(radius, dtype=float), (len(points),))
    tangents = np.gradient(points, axis=0)
    tangents /= np.linalg.norm(tangents, axis=1, keepdims=True)
    side = _sideways(tangents)
    up = np.cross(tangents, side)
    # Half a step of turn keeps rings symmetric about the plane that holds a flat path.
    angles = 2 * np.pi * (np.arange(segments) + 0.5) / segments
    ring = np.cos(angles)[None, :, None] * side[:, None] + np.sin(angles)[None, :, None] * up[:, None]
    body = points[:, None] + radii[:, None, None] * ring
    lengths = np.concatenate([[0.0], np.linalg.norm(np.diff(points, axis=0), axis=1).cumsum()])
    faces, corners = _grid_faces(len(points), segments, wrap=True)
    uv = np.stack([corners[..., 1] / segments, lengths[corners[..., 0]]], -1)
    wall = Shape(body.reshape(-1, 3), faces, uv, np.zeros(len(faces), dtype=int))
    return join([wall, _cap(body[0], points[0], turned=True), _cap(body[-1], points[-1], turned=False)])


def _sideways(tangents: Array) -> Array:
    """Unit vectors (N, 3) across a path, carried along it without twist; the first lies in or across x = 0."""
    start = np.array([1.0, 0.0, 0.0]) if abs(tangents[0, 0]) < 0.9 else np.array([0.0, 0.0, 1.0])
    side = np.empty_like(tangents)
    for k, tangent in enumerate(tangents):
        start = start - tangent * (start @ tangent)
        start = start / np.linalg.norm(start)
        side[k] = start
    return side


def _cap(ring: Array, center: Array, turned: bool) -> Shape:
    """Fan over a ring (S, 3) with its own vertices; `turned` when it faces backwards along the path."""
    n = len(ring)
    k = np.arange(n)
    faces = np.stack([np.full(n, n), k, (k + 1) % n], -1)
    faces = faces[:, [0, 2, 1]] if turned else faces
    vertices = np.concatenate([ring, center[None]])
    return Shape(vertices, faces, np.full((n, 3, 2), 0.5), np.zeros(n, dtype=int))
