"""Points spread over a dressed person, with the way out at each: what others touch, and must not enter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ..base.outside import Outside
from ..skeletons import JOINT_OF_BONE, N_BONES, SURFACE
from ..values import Array, Mesh, Skeleton, Weights

APART_M = 0.04
"""How far from each other the points are, about."""

NOT_FIRM = ("hair", "eye")
"""Surfaces that aren't counted: hair gives way."""


def touchable(meshes: Sequence[Mesh], skeletons: Sequence[Skeleton]) -> tuple[Skeleton, ...]:
    """Skeletons of the dressed people who act together, with what is `outside` of each; who is alone is touched by nobody."""
    if len(skeletons) < 2:
        return tuple(skeletons)
    return tuple(replace(skeleton, outside=outside_of(mesh)) for mesh, skeleton in zip(meshes, skeletons, strict=False))


def outside_of(mesh: Mesh) -> Outside:
    """Of a dressed person at rest: the vertices, thinned out, each with its normal and the joint that moves it most."""
    assert mesh.weights is not None
    firm = ~np.isin(mesh.surface_of_face, [SURFACE[name] for name in NOT_FIRM])
    used = np.zeros(len(mesh.vertices_m), bool)
    used[mesh.faces[firm]] = True
    (used_at,) = np.nonzero(used)
    cell = (mesh.vertices_m[used_at] / np.float32(APART_M)).round().astype(np.int64) @ np.array([1, 1 << 20, 1 << 40])
    _, first = np.unique(cell, return_index=True)
    chosen = used_at[np.sort(first)]
    return Outside(mesh.vertices_m[chosen].astype(np.float64), _normals(mesh, chosen), _joints(mesh.weights, chosen))


def _normals(mesh: Mesh, chosen: Array) -> Array:
    """(N, 3) float64 unit normals at chosen vertices, of the faces around each by their areas."""
    place = np.full(len(mesh.vertices_m), len(chosen))
    place[chosen] = np.arange(len(chosen))
    corners = place[mesh.faces]
    around = (corners < len(chosen)).any(axis=1)
    a, b, c = (mesh.vertices_m[mesh.faces[around, k]].astype(np.float64) for k in range(3))
    facing, corners = np.cross(b - a, c - a), corners[around]
    total = np.zeros((len(chosen) + 1, 3))
    for k in range(3):
        np.add.at(total, corners[:, k], facing)
    return np.asarray(total[:-1] / np.maximum(np.linalg.norm(total[:-1], axis=1, keepdims=True), 1e-12))


def _joints(weights: Weights, chosen: Array) -> Array:
    """(N,) int: the joint, of whichever set of bones, that has the greatest weight at chosen vertices."""
    starts, ends = weights.indptr[chosen], weights.indptr[chosen + 1]
    heaviest = [start + int(weights.weight[start:end].argmax()) for start, end in zip(starts, ends, strict=True)]
    return np.array(JOINT_OF_BONE)[weights.joint[heaviest].astype(np.int64) % N_BONES]
