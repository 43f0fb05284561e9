"""Bring a shaped body from its modelling pose to SMPL's T-pose, with the rotations that anny's soma rig uses.

The steps follow anny 0.6.2 (`models/rigged_model.py`, `models/orientation_refinement.py`,
`utils/kinematics.py`, Apache-2.0) for the pose "local-ref, identity", in numpy.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..values import Array, Weights
from .skinning import skin


@dataclass(frozen=True)
class Rig:
    """What is needed to T-pose a shape; B bones, K blend shapes, at most C children per bone.

    heads_m (B, 3) + heads_blend (K, B, 3): joint positions; orientation (B, 3, 3) + orientation_blend
    (K, B, 3, 3): matrices whose nearest rotations are the bones' rough rest orientations; reference (B, 3, 3):
    the orientations of the T-pose; children (B, C) bone indices (-1: none) with their bind offsets
    child_offsets (B, C, 3) in the bone's frame; weights skin the mesh with the B bones.
    """

    parents: Array
    heads_m: Array
    heads_blend: Array
    orientation: Array
    orientation_blend: Array
    reference: Array
    children: Array
    child_offsets: Array
    weights: Weights


def blend(base: Array, shapes: Array, coeffs: Array) -> Array:
    """base + sum_k coeffs[k] shapes[k], added in order, so that no library's threads change the bits."""
    result = base.astype(np.float64)
    for k in np.flatnonzero(coeffs):
        result += coeffs[k] * shapes[k]
    return result


def t_pose(rig: Rig, coeffs: Array, rest_m: Array) -> tuple[Array, Array]:
    """Vertices (V, 3) float32 and bone heads (B, 3) in the T-pose, hips at the origin; rest_m is (V, 3)."""
    heads = blend(rig.heads_m, rig.heads_blend, coeffs)
    rest = _refined(rig, nearest_rotations(blend(rig.orientation, rig.orientation_blend, coeffs)), heads)
    rest[0] = np.eye(3)
    turn = rig.reference @ rest.transpose(0, 2, 1)
    turn[0] = np.eye(3)
    posed = np.zeros_like(heads)
    for bone, parent in enumerate(rig.parents):
        if parent >= 0:
            posed[bone] = posed[parent] + turn[parent] @ (heads[bone] - heads[parent])
    shift = posed - (turn @ heads[:, :, None])[..., 0]
    transforms = np.concatenate([turn, shift[:, :, None]], axis=2)
    return skin(rest_m, rig.weights, transforms), posed


def nearest_rotations(matrices: Array) -> Array:
    """The rotation nearest to each of (..., 3, 3) matrices (orthogonal Procrustes problem, det = +1)."""
    u, _, vt = np.linalg.svd(matrices)
    u[..., :, 2] *= np.sign(np.linalg.det(u @ vt))[..., None]
    return u @ vt


def _refined(rig: Rig, rough: Array, heads: Array) -> Array:
    """Turn each bone so that its children lie where this shape has them; childless bones copy their parent."""
    refined = rough.copy()
    for bone in range(1, len(rig.parents)):
        kids = rig.children[bone][rig.children[bone] >= 0]
        if len(kids) == 0:
            refined[bone] = refined[rig.parents[bone]]
            continue
        target = heads[kids] - heads[bone]
        source = rig.child_offsets[bone, : len(kids)] @ rough[bone].T
        turn = _between(source[0], target[0]) if len(kids) == 1 else _fit(source, target)
        refined[bone] = turn @ rough[bone]
    return refined


def _between(source: Array, target: Array) -> Array:
    """Smallest rotation (3, 3) that takes the direction of `source` to that of `target`, not opposite to it."""
    a, b = source / np.linalg.norm(source), target / np.linalg.norm(target)
    x, y, z = np.cross(a, b)
    skew = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    return np.eye(3) + skew + skew @ skew / (1.0 + a @ b)


def _fit(source: Array, target: Array) -> Array:
    """Rotation (3, 3) that best takes several directions to others; their common normal helps if they are flat."""
    normal_source, normal_target = np.cross(source[0], source[1]), np.cross(target[0], target[1])
    normal_source *= np.linalg.norm(source[0]) / (np.linalg.norm(normal_source) + 1e-8)
    normal_target *= np.linalg.norm(target[0]) / (np.linalg.norm(normal_target) + 1e-8)
    return nearest_rotations(target.T @ source + np.outer(normal_target, normal_source))
