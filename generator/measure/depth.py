"""Arms and shins that go through bodies: how deep the axis of a limb lies in the flesh of its owner, or of somebody else.

Skin may touch skin: a hand on the chest, crossed arms, a thigh on a calf. The axis of a limb lies some centimetres within its own
skin, so where it is inside other flesh, the limb is halfway in.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from ..motion.apart import CLOTH_M, spheres
from ..skeletons import JOINT
from ..values import Array
from .touch import Body

ALONG = np.linspace(0.25, 1.0, 4)
"""Where along a bone it is looked at, from its root."""

HANGS_THERE = ("left_shoulder", "right_shoulder", "neck")
"""Flesh of one's own that arms are not measured against: they grow out of it, and heads turn in collars."""


def depths(body: Body, others: list[Body]) -> dict[str, float]:
    """self_depth_m, other_depth_m: deepest over all frames and points; the second where there are others."""
    points = _points(body)
    arms = np.concatenate([points[name] for name in points if not name.endswith("knee")], axis=1)
    found = {"self_depth_m": max(_depth(body, arms, own=True), _shins(body, points))}
    if others:
        found["other_depth_m"] = max(_depth(other, np.concatenate(list(points.values()), axis=1), own=False) for other in others)
    return found


def _points(body: Body) -> dict[str, Array]:
    """Points (T, N, 3) on the axes of forearms with their hands, and of shins, by the joint where they begin."""
    found = {}
    for side in ("left", "right"):
        for root, *ends in (("elbow", "wrist", "middle1"), ("knee", "ankle")):
            chain = [body.positions[:, JOINT[f"{side}_{name}"]] for name in (root, *ends)]
            pieces = [a[:, None] + ALONG[:, None] * (b - a)[:, None] for a, b in pairwise(chain)]
            found[f"{side}_{root}"] = np.concatenate(pieces, axis=1)
    return found


def _depth(body: Body, points: Array, own: bool) -> float:
    """How deep (m) points (T, N, 3) are in a body's trunk, head or thighs at most."""
    joints, offsets, radii = spheres(body.skeleton)
    left_out = [JOINT[name] for name in HANGS_THERE] if own else []
    kept = np.array([joint not in left_out for joint in joints])
    at = np.array(joints)[kept]
    centers = body.positions[:, at] + (body.rotations[:, at] @ offsets[kept][None, :, :, None])[..., 0]
    away = np.linalg.norm(points[:, :, None] - centers[:, None], axis=-1)
    return max(0.0, float((radii[kept] - CLOTH_M - away).max()))


def _shins(body: Body, points: dict[str, Array]) -> float:
    """How deep (m) one shin's axis is in the other shin's flesh at most."""
    deepest = 0.0
    for side, other in (("left", "right"), ("right", "left")):
        knee, ankle = (JOINT[f"{other}_{name}"] for name in ("knee", "ankle"))
        start = body.positions[:, knee][:, None]
        bone = body.positions[:, ankle][:, None] - start
        along = np.sum((points[f"{side}_knee"] - start) * bone, axis=-1) / np.maximum(np.sum(bone**2, axis=-1), 1e-9)
        along = np.clip(along, 0.0, 1.0)
        away = np.linalg.norm(points[f"{side}_knee"] - start - along[..., None] * bone, axis=-1)
        radius = (1.0 - along) * body.skeleton.radius_m[knee] + along * body.skeleton.radius_m[ankle]
        deepest = max(deepest, float((radius - away).max()))
    return deepest
