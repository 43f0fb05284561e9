"""Linear blend skinning: each vertex moves with the weighted mean of its joints' transforms."""

from __future__ import annotations

import numpy as np

from ..base.jit import numba
from ..values import Array, Weights


@numba.njit(cache=True, nogil=True)
def _skin(vertices: Array, indptr: Array, joint: Array, weight: Array, transforms: Array, out: Array) -> None:
    """Fill out (T, V, 3); the sums run in a fixed order, so results do not depend on threads."""
    for t in range(transforms.shape[0]):
        for v in range(vertices.shape[0]):
            x, y, z = vertices[v, 0], vertices[v, 1], vertices[v, 2]
            px = py = pz = np.float32(0.0)
            for k in range(indptr[v], indptr[v + 1]):
                w = weight[k]
                m = transforms[t, joint[k]]
                px += w * (m[0, 0] * x + m[0, 1] * y + m[0, 2] * z + m[0, 3])
                py += w * (m[1, 0] * x + m[1, 1] * y + m[1, 2] * z + m[1, 3])
                pz += w * (m[2, 0] * x + m[2, 1] * y + m[2, 2] * z + m[2, 3])
            out[t, v, 0], out[t, v, 1], out[t, v, 2] = px, py, pz


def skin(vertices_m: Array, weights: Weights, transforms: Array) -> Array:
    """Vertices moved by their joints: v -> sum_j w_vj (R_j v + t_j).

    vertices_m (V, 3); transforms (J, 3, 4) for one frame or (T, J, 3, 4) for many, rest to world.
    Returns (V, 3) or (T, V, 3) float32, in metres. No errors: indices are trusted.
    """
    single = transforms.ndim == 3
    frames = np.ascontiguousarray(transforms[None] if single else transforms, dtype=np.float32)
    vertices = np.ascontiguousarray(vertices_m, dtype=np.float32)
    out = np.empty((frames.shape[0], *vertices.shape), np.float32)
    _skin(vertices, weights.indptr, weights.joint, weights.weight, frames, out)
    return out[0] if single else out


def csr_weights(dense: Array, least: float = 1e-4) -> Weights:
    """Sparse weights of a dense (V, J) matrix: entries below `least` are dropped, each row then sums to 1."""
    kept = np.where(dense >= least, dense, 0.0)
    kept = kept / kept.sum(axis=1, keepdims=True)
    vertex, joint = np.nonzero(kept)
    indptr = np.searchsorted(vertex, np.arange(len(kept) + 1)).astype(np.int32)
    return Weights(indptr, joint.astype(np.int16), kept[vertex, joint].astype(np.float32))


def dense_weights(weights: Weights, n_joints: int) -> Array:
    """(V, n_joints) float32 matrix of sparse weights."""
    n_vertices = len(weights.indptr) - 1
    dense = np.zeros((n_vertices, n_joints), np.float32)
    vertex = np.repeat(np.arange(n_vertices), np.diff(weights.indptr))
    dense[vertex, weights.joint] = weights.weight
    return dense


def select_vertices(weights: Weights, vertices: Array) -> Weights:
    """Weights of some vertices (indices, in the order wanted) of a mesh."""
    counts = np.diff(weights.indptr)[vertices]
    indptr = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    entry = np.repeat(weights.indptr[vertices] - indptr[:-1], counts) + np.arange(indptr[-1])
    return Weights(indptr, weights.joint[entry], weights.weight[entry])
