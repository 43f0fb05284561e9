"""Plants of few faces that still have ragged outlines: crowns of loose leaves round a darker core, hedges, tufts of grass."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...props.shapes import Shape, box, join, lathe, metric_uv, moved, tube
from ...props.textures import hashed
from ...values import Array
from ..scenery import Piece

GOLDEN = np.pi * (3.0 - 5**0.5)


def leaves(lobes: Array, n: int, size_m: float, seed: int) -> Shape:
    """n clumps of leaves as loose triangles on the surface of balls, rows (x, y, z, radius): more of them on larger balls."""
    share = lobes[:, 3] ** 2 / (lobes[:, 3] ** 2).sum()
    owner = np.repeat(np.arange(len(lobes)), np.maximum(4, np.round(share * n)).astype(int))
    k = np.arange(len(owner))
    rolls = np.stack([hashed(k, np.full_like(k, c), seed) for c in range(8)], -1)
    z = 2 * rolls[:, 0] - 1
    flat = np.sqrt(1 - z * z)
    turn = k * GOLDEN + rolls[:, 1]
    out = np.stack([flat * np.cos(turn), flat * np.sin(turn), z], -1)
    middle = lobes[owner, :3] + out * (lobes[owner, 3] * (0.86 + 0.26 * rolls[:, 2]))[:, None]
    facing = out + 0.9 * (rolls[:, 3:6] - 0.5) + [0.0, 0.0, 0.45]
    facing /= np.linalg.norm(facing, axis=1, keepdims=True)
    side = np.cross(facing, np.array([0.37, 0.21, 0.9]))
    side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-9)
    up = np.cross(facing, side)
    size = size_m * (0.6 + 0.8 * rolls[:, 6])
    corners = []
    for step in range(3):
        angle = 2 * np.pi * (step / 3.0) + 6.0 * rolls[:, 7]
        corners.append(middle + size[:, None] * (np.cos(angle)[:, None] * side + np.sin(angle)[:, None] * up))
    vertices = np.stack(corners, 1).reshape(-1, 3)
    faces = np.arange(len(vertices)).reshape(-1, 3)
    shape = Shape(vertices, faces, np.zeros((len(faces), 3, 2)), np.zeros(len(faces), dtype=int))
    return metric_uv(shape)


def core(lobes: Array, segments: int = 6) -> Shape:
    """The dark inside of a crown: balls a little smaller than the leaves'."""
    a = np.linspace(-np.pi / 2, np.pi / 2, 5)
    profile = [(max(float(np.cos(x)), 1e-9), float(np.sin(x))) for x in a]
    profile[0], profile[-1] = (0.0, -1.0), (0.0, 1.0)
    ball = lathe(profile, segments)
    parts = [moved(Shape(ball.vertices * (0.9 * r), ball.faces, ball.uv, ball.material), (x, y, z)) for x, y, z, r in lobes]
    return metric_uv(join(parts))


def tree(height_m: float, spread_m: float, seed: int, n: int = 420, leaf: str = "leaves", trunk: str = "trunk") -> list[Piece]:
    """A broad-leaved tree: a forked trunk and a crown of several balls."""
    k = np.arange(6)
    rolls = np.stack([hashed(k, np.full_like(k, c), seed) for c in range(4)], -1)
    foot = height_m * (0.25 + 0.12 * rolls[0, 3])
    crown = height_m - foot
    turn = k * 2.4 + 6.28 * rolls[0, 0]
    away = spread_m * (0.22 + 0.16 * rolls[:, 1])
    away[0] = 0.0
    z = foot + crown * (0.3 + 0.42 * rolls[:, 2])
    z[0] = foot + 0.68 * crown
    radius = np.minimum(0.5 * spread_m * (0.5 + 0.2 * rolls[:, 3]), 0.34 * crown)
    lobes = np.stack([away * np.cos(turn), away * np.sin(turn), z, radius], -1)
    lean = 0.3 * (rolls[1, :2] - 0.5)
    thick = 0.03 * height_m
    wood = [tube([(0, 0, -0.1), (*(0.4 * lean), foot * 0.6), (*lean, foot + 0.5 * crown)], [thick, 0.75 * thick, 0.3 * thick], 7)]
    for lobe in lobes[1:4]:
        wood.append(
            tube(
                [(*(0.6 * lean), foot * 0.8), tuple(0.6 * lobe[:3] + [0, 0, 0.3 * foot]), tuple(lobe[:3])],
                [0.5 * thick, 0.35 * thick, 0.15 * thick],
                5,
            )
        )
    return [
        Piece(core(lobes), f"{leaf}*0.7", smooth=True),
        Piece(leaves(lobes, n, 2.2 * spread_m / n**0.5, seed), leaf),
        Piece(join(wood), trunk, smooth=True),
    ]


def conifer(height_m: float, spread_m: float, seed: int, layers: int = 7, leaf: str = "leaves", top: str = "") -> list[Piece]:
    """A fir: skirts of hanging boughs with ragged hems, snow on their upper sides where `top` names a surface for it."""
    skirts, snow, n = [], [], 11
    for layer in range(layers):
        t = layer / layers
        z, r = height_m * (0.12 + 0.85 * t), 0.5 * spread_m * (1.0 - t) ** 0.85
        k = np.arange(n)
        ragged = 0.72 + 0.5 * hashed(k, np.full(n, layer), seed)
        angles = 2 * np.pi * (k + 0.5 * (layer % 2)) / n
        hem = np.stack([r * ragged * np.cos(angles), r * ragged * np.sin(angles), z - 0.05 * height_m * ragged], -1)
        tip = np.array([[0.0, 0.0, z + height_m * 0.21]])
        faces = np.stack([np.full(n, n), k, (k + 1) % n], -1)
        shape = Shape(np.concatenate([hem, tip]), faces, np.zeros((n, 3, 2)), 0 * k)
        skirts.append(metric_uv(shape))
        if top:
            lift = Shape(np.concatenate([0.8 * hem + 0.2 * tip, tip]), faces, np.zeros((n, 3, 2)), 0 * k)
            snow.append(metric_uv(moved(lift, (0.0, 0.0, 0.05))))
    trunk = tube(
        [(0, 0, -0.1), (0, 0, height_m * 0.25), (0, 0, height_m * 0.5)], [0.025 * height_m, 0.02 * height_m, 0.01 * height_m], 6
    )
    out = [Piece(join(skirts), leaf), Piece(trunk, "trunk", smooth=True)]
    return [*out, Piece(join(snow), top)] if top else out


def bush(size_m: float, seed: int, n: int = 150, leaf: str = "leaves") -> list[Piece]:
    """A shrub down to the ground."""
    k = np.arange(4)
    rolls = np.stack([hashed(k, np.full_like(k, c), seed) for c in range(3)], -1)
    lobes = np.stack([size_m * (rolls[:, 0] - 0.5), size_m * (rolls[:, 1] - 0.5), 0.3 * size_m + 0.2 * size_m * rolls[:, 2],
                      0.32 * size_m + 0.12 * size_m * rolls[:, 2]], -1)  # fmt: skip
    return [Piece(core(lobes), f"{leaf}*0.75", smooth=True), Piece(leaves(lobes, n, 1.1 * size_m / n**0.5, seed), leaf)]


def hedge(length_m: float, height_m: float, depth_m: float, seed: int, leaf: str = "leaves") -> list[Piece]:
    """A clipped hedge along x: a dark block in a coat of leaves."""
    n = int(45 * length_m * (height_m + 0.5 * depth_m))
    k = np.arange(n)
    rolls = np.stack([hashed(k, np.full_like(k, c), seed) for c in range(9)], -1)
    side = np.searchsorted([0.38, 0.76, 1.0], rolls[:, 0])
    x = length_m * (rolls[:, 1] - 0.5)
    y = np.choose(side, [np.full(n, -0.5 * depth_m), np.full(n, 0.5 * depth_m), depth_m * (rolls[:, 2] - 0.5)])
    z = np.choose(side, [height_m * rolls[:, 3], height_m * rolls[:, 3], np.full(n, height_m)])
    middle = np.stack([x, y, z], -1) + 0.08 * (rolls[:, 4:7] - 0.5)
    corners = [middle + 0.17 * (np.stack([hashed(k, np.full_like(k, 20 + 3 * c + d), seed) for d in range(3)], -1) - 0.5) * 1.6
               for c in range(3)]  # fmt: skip
    vertices = np.stack(corners, 1).reshape(-1, 3)
    faces = np.arange(len(vertices)).reshape(-1, 3)
    coat = metric_uv(Shape(vertices, faces, np.zeros((len(faces), 3, 2)), np.zeros(len(faces), dtype=int)))
    block = metric_uv(box((length_m, depth_m * 0.92, height_m), (0.0, 0.0, 0.48 * height_m)))
    return [Piece(block, f"{leaf}*0.7"), Piece(coat, leaf)]


def tufts(places: Sequence[Sequence[float]] | Array, height_m: float, seed: int) -> Shape:
    """Blades of grass in tufts at places (N, 2) of level ground: three narrow triangles each."""
    at = np.asarray(places, dtype=float)
    n = len(at)
    k = np.repeat(np.arange(n), 4)
    blade = np.tile(np.arange(4), n)
    rolls = np.stack([hashed(k, blade + 10 * c, seed) for c in range(4)], -1)
    turn = 2 * np.pi * rolls[:, 0]
    side = np.stack([np.cos(turn), np.sin(turn), 0 * turn], -1)
    lean = np.stack([-np.sin(turn), np.cos(turn), 0 * turn], -1) * (0.8 * (rolls[:, 1] - 0.5))[:, None]
    root = np.concatenate([at[k] + 0.08 * (rolls[:, 2:4] - 0.5), np.zeros((len(k), 1))], axis=1)
    tall = height_m * (0.5 + 0.8 * rolls[:, 3])
    tip = root + tall[:, None] * (np.array([0.0, 0.0, 1.0]) + lean)
    wide = 0.12 * height_m + 0.006
    vertices = np.stack([root - wide * side, root + wide * side, tip], 1).reshape(-1, 3)
    faces = np.arange(len(vertices)).reshape(-1, 3)
    return metric_uv(Shape(vertices, faces, np.zeros((len(faces), 3, 2)), np.zeros(len(faces), dtype=int)))
