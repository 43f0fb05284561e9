"""One finished part of a dressed person, before the parts are joined into a mesh."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from ..skeletons import N_BONES, PART_OF_BONE
from ..values import Array, Material, Weights
from .sheet import compacted


@dataclass(frozen=True)
class Piece:
    """points (N, 3); faces (F, 3); uv (F, 3, 2); weights (N, N_BONES) sparse rows summing to 1; a surface name, a material.

    parts (F,) overrides the part that follows from the weights (None: the heaviest joint's). `bones`: which set of bones moves
    it: 0 the body's, then for each changing layer two (`motion/layers.py`).
    """

    points: Array
    faces: Array
    uv: Array
    weights: sparse.csr_matrix
    surface: str
    material: Material
    parts: Array | None = None
    bones: int = 0


def sparse_weights(weights: Weights) -> sparse.csr_matrix:
    """CSR of `values.Weights`, (V, N_BONES)."""
    return sparse.csr_matrix(
        (weights.weight.astype(np.float64), weights.joint.astype(np.int64), weights.indptr),
        shape=(len(weights.indptr) - 1, N_BONES),
    )


def parts_of(weights: sparse.csr_matrix, faces: Array) -> Array:
    """(F,) int16 PARTS index: the part whose joints move the face most."""
    rows = np.repeat(np.arange(weights.shape[0]), np.diff(weights.indptr))
    n_parts = max(PART_OF_BONE) + 1
    place = rows * n_parts + np.array(PART_OF_BONE)[weights.indices]
    by_part = np.bincount(place, weights.data, weights.shape[0] * n_parts).reshape(-1, n_parts)
    return (by_part[faces[:, 0]] + by_part[faces[:, 1]] + by_part[faces[:, 2]]).argmax(axis=1).astype(np.int16)


def pruned(piece: Piece, keep: Array) -> Piece:
    """The piece with only the faces where `keep` (F,) is true, and only the points they use."""
    faces = piece.faces[keep]
    used, compact = compacted(faces, len(piece.points))
    parts = None if piece.parts is None else piece.parts[keep]
    return Piece(
        piece.points[used], compact, piece.uv[keep], piece.weights[used],
        piece.surface, piece.material, parts, piece.bones,
    )  # fmt: skip
