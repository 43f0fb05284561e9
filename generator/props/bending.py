"""Things that bend: ropes and hoses, which are chains of particles, and cloths and papers, which are sheets of them.

A net of particles lies at rest in the plane x = 0, from z = 0 down. The mesh is finer than the net and skinned to it, one bone a
particle; motion/bending.py moves the particles.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..values import Array, Material, Weights
from .base import Bending, Solid
from .shapes import Shape, join, painted, tube

SEAM_M = 1e-4
"""Half of what is between the two sides of a seam, so that each is a solid of its own."""

FINER = 2
"""Steps of the mesh from particle to particle."""


@dataclass(frozen=True)
class Stuff:
    """What a sheet is made of: its thickness, how far apart particles are, how far bends and slants give, the air's drag."""

    thick_m: float
    step_m: float
    bend: float
    shear: float
    drag_per_s: float = 1.6


# ---------------------------------------------------------------- chains


def chain(length_m: float, radius_m: float, materials: tuple[Material, ...], *, step_m: float = 0.05, bend: float = 1.5e-2,
          drag_per_s: float = 0.8, sides: int = 8) -> Solid:  # fmt: skip
    """A rope or hose of this length. Points: `start` (z = 0), `end`, `middle`, and `grip`, which is the start."""
    rows = max(round(length_m / step_m), 4) // 2 * 2 + 1
    z = -np.linspace(0.0, length_m, rows)
    rest = np.stack([0.0 * z, 0.0 * z, z], axis=-1)
    fine = -np.linspace(0.0, length_m, FINER * (rows - 1) + 1)
    shape = tube(np.stack([0.0 * fine, 0.0 * fine, fine], axis=-1), radius_m, sides)
    shape = Shape(shape.vertices, shape.faces, shape.uv * (1.0, 1.0 / (8.0 * radius_m)), shape.material)
    links, lengths, compliance = _linked(rest, rows, 1, bend, 0.0)
    points = {"start": _one(0), "end": _one(rows - 1), "middle": _one(rows // 2), "grip": _one(0)}
    weights = _weights(shape.vertices, rest, rows, 1)
    net = Bending(rest, 1, links, lengths, compliance, points, np.zeros((0, 2), np.int64), radius_m, drag_per_s, weights)
    return Solid(painted(shape, 0), materials, {"start": np.eye(4)}, net)


# ---------------------------------------------------------------- sheets


def sheet(width_m: float, height_m: float, stuff: Stuff, materials: tuple[Material, ...], *, torn: bool = False) -> Solid:
    """A cloth or paper that hangs from z = 0, as wide along y; with two materials the second is that of its back (-x).

    Points: `top`, `bottom`, `right` (+y) and `left` edges; `top_right` and the other corners; the rows `fold` (a quarter down),
    `upper_third`, `middle`, `lower_third`; `center`; a third from the ends of the right edge `right_upper`, `right_lower`;
    `right_palm`, `left_palm`: what lies on two palms, the top at the tips. One that can be `torn` has a seam down its middle
    and the points `right_half`, `left_half` along the top.
    """
    columns, rows = (max(round(extent / stuff.step_m), 4) // 2 * 2 + 1 for extent in (width_m, height_m))
    net = _net(width_m, height_m, rows, columns, torn)
    shape = _cloth(net, rows, net.shape[1], stuff.thick_m)
    columns = net.shape[1]
    rest = net.reshape(-1, 3)
    seam = np.zeros((0, 2), np.int64)
    if torn:
        left = np.arange(rows) * columns + columns // 2 - 1
        seam = np.stack([left, left + 1], axis=-1)
    links, lengths, compliance = _linked(rest, rows, columns, stuff.bend, stuff.shear, cut=columns // 2 if torn else 0)
    weights = _weights(shape.vertices, rest, rows, columns, cut=columns // 2 if torn else 0)
    if len(materials) == 1:
        shape = painted(shape, 0)
    points = _points(rows, columns)
    bending = Bending(rest, columns, links, lengths, compliance, points, seam, 0.5 * stuff.thick_m, stuff.drag_per_s, weights)
    return Solid(shape, materials, {"top": np.eye(4)}, bending)


def trimmed(cloth: Solid, trim: Shape) -> Solid:
    """A sheet with more on it (sleeves), which goes with the particles that it is nearest to at rest."""
    net = cloth.bending
    assert net is not None
    low, high = net.rest_m.min(axis=0), net.rest_m.max(axis=0)
    more = _weights(np.clip(trim.vertices, low, high), net.rest_m, net.rows, net.columns)
    own = net.weights
    both = Weights(
        np.concatenate([own.indptr, own.indptr[-1] + more.indptr[1:]]),
        np.concatenate([own.joint, more.joint]),
        np.concatenate([own.weight, more.weight]),
    )
    return replace(cloth, shape=join([cloth.shape, trim]), bending=replace(net, weights=both))


def _net(width_m: float, height_m: float, rows: int, columns: int, torn: bool) -> Array:
    """(rows, columns, 3) particles at rest; one that can be torn has its middle column twice."""
    y, z = np.linspace(0.5 * width_m, -0.5 * width_m, columns), -np.linspace(0.0, height_m, rows)
    if torn:
        y = np.insert(y, columns // 2, y[columns // 2])
    across, down = np.meshgrid(y, z)
    return np.stack([0.0 * across, across, down], axis=-1)


def _points(rows: int, columns: int) -> dict[str, Array]:
    number = np.arange(rows * columns).reshape(rows, columns)
    half = columns // 2
    points = {
        "top": number[0], "bottom": number[-1], "right": number[:, 0], "left": number[:, -1], "middle": number[rows // 2],
        "top_right": number[0, :1], "top_left": number[0, -1:], "bottom_right": number[-1, :1], "bottom_left": number[-1, -1:],
        "middle_right": number[rows // 2, :1], "middle_left": number[rows // 2, -1:],
        "center": number[rows // 2, half : half + 1],
        "top_center": number[0, half : half + 1], "bottom_center": number[-1, half : half + 1],
        "fold": number[rows // 4], "upper_third": number[rows // 3], "lower_third": number[-rows // 3],
        "right_palm": number[:3, max(half // 2 - 1, 0) : half // 2 + 2].ravel(),
        "left_palm": number[:3, columns - half // 2 - 2 : columns - max(half // 2 - 1, 0)].ravel(),
        "right_upper": number[rows // 3, :1], "right_lower": number[-1 - rows // 3, :1],
        "right_half": number[0, :half], "left_half": number[0, -half:], "grip": number[0, half : half + 1],
    }  # fmt: skip
    return {name: np.ascontiguousarray(particles) for name, particles in points.items()}


def _cloth(net: Array, rows: int, columns: int, thick_m: float) -> Shape:
    """Both faces of a sheet (materials 0 at +x, 1 at -x), closed round the edge, `FINER` than its net; halves apart at a seam."""
    halves = [net]
    y = net[0, :, 1]
    twice = np.flatnonzero(np.abs(np.diff(y)) < 1e-9)
    if len(twice):
        halves = [net[:, : twice[0] + 1].copy(), net[:, twice[0] + 1 :].copy()]
        halves[0][:, -1, 1] += SEAM_M
        halves[1][:, 0, 1] -= SEAM_M
    width, height = float(np.ptp(net[..., 1])), float(np.ptp(net[..., 2]))
    return join([_slab(half, thick_m, width, height) for half in halves])


def _slab(net: Array, thick_m: float, width_m: float, height_m: float) -> Shape:
    rows, columns = (FINER * (n - 1) + 1 for n in net.shape[:2])
    y, z = np.linspace(net[0, 0, 1], net[0, -1, 1], columns), np.linspace(0.0, -height_m, rows)
    across, down = np.meshgrid(y, z)
    edge = np.ones((rows, columns))
    edge[[0, -1]] = edge[:, [0, -1]] = 0.35  # a hem is thinner than a quilt
    front = np.stack([0.5 * thick_m * edge, across, down], axis=-1).reshape(-1, 3)
    number = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = (part.ravel() for part in (number[:-1, :-1], number[:-1, 1:], number[1:, 1:], number[1:, :-1]))
    face = np.concatenate([np.stack([a, c, b], -1), np.stack([a, d, c], -1)])
    ring = np.concatenate([number[0, :-1], number[:-1, -1], number[-1, :0:-1], number[:0:-1, 0]])
    after, n = np.roll(ring, -1), rows * columns
    wall = np.concatenate([np.stack([ring, after, after + n], -1), np.stack([ring, after + n, ring + n], -1)])
    vertices = np.concatenate([front, front * (-1.0, 1.0, 1.0)])
    faces = np.concatenate([face, face[:, ::-1] + n, wall])
    flat = np.stack([0.5 - vertices[:, 1] / width_m, 1.0 + vertices[:, 2] / height_m], axis=-1) * 0.998 + 0.001
    material = np.concatenate([np.zeros(len(face), int), np.ones(len(face), int), np.zeros(len(wall), int)])
    faces = faces[:, ::-1]
    return Shape(vertices, faces, flat[faces], material)


def _linked(rest: Array, rows: int, columns: int, bend: float, shear: float, cut: int = 0) -> tuple[Array, Array, Array]:
    """Links (M, 2), their lengths and compliances: neighbours, which give nothing, diagonals, and every second one.

    None goes across the `cut` before that column.
    """
    number = np.arange(rows * columns).reshape(rows, columns)
    found: list[tuple[Array, Array, float]] = [
        (number[:-1], number[1:], 0.0),
        (number[:, :-1], number[:, 1:], 0.0),
        (number[:-1, :-1], number[1:, 1:], shear),
        (number[:-1, 1:], number[1:, :-1], shear),
        (number[:-2], number[2:], bend),
        (number[:, :-2], number[:, 2:], bend),
    ]
    pairs = np.concatenate([np.stack([a.ravel(), b.ravel()], axis=-1) for a, b, _ in found])
    give = np.concatenate([np.full(a.size, value) for a, _, value in found])
    if cut:
        across = (pairs % columns < cut).any(axis=1) & (pairs % columns >= cut).any(axis=1)
        pairs, give = pairs[~across], give[~across]
    return pairs, np.linalg.norm(rest[pairs[:, 0]] - rest[pairs[:, 1]], axis=1), give


def _weights(vertices: Array, rest: Array, rows: int, columns: int, cut: int = 0) -> Weights:
    """Each vertex to the particles round it, in equal parts of how near it is along rows and columns."""
    down = _shares(-vertices[:, 2], -rest.reshape(rows, columns, 3)[:, 0, 2])
    y = rest[:columns, 1]
    if not cut:
        across = _shares(-vertices[:, 1], -y) if columns > 1 else np.ones((len(vertices), 1))
    else:
        half = len(vertices) // 2  # the two halves' vertices come one after the other
        across = np.zeros((len(vertices), columns))
        across[:half, :cut] = _shares(-vertices[:half, 1], -y[:cut])
        across[half:, cut:] = _shares(-vertices[half:, 1], -y[cut:])
    dense = (down[:, :, None] * across[:, None, :]).reshape(len(vertices), -1)
    vertex, joint = np.nonzero(dense > 1e-6)
    weight = dense[vertex, joint]
    weight = weight / np.bincount(vertex, weight)[vertex]
    indptr = np.searchsorted(vertex, np.arange(len(vertices) + 1)).astype(np.int32)
    return Weights(indptr, joint.astype(np.int16), weight.astype(np.float32))


def _shares(at: Array, knots: Array) -> Array:
    """(V, K) linear shares of rising, evenly spaced knots at points (V,)."""
    step = (knots[-1] - knots[0]) / (len(knots) - 1)
    return np.clip(1.0 - np.abs(at[:, None] - knots[None]) / step, 0.0, 1.0)


def _one(number: int) -> Array:
    return np.array([number])
