"""Where the body's mass is, and how far the pelvis must move so that it stays over the feet."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter1d

from ..skeletons import JOINT
from ..values import Array

SEGMENT_MASSES: tuple[tuple[str, str, float, float], ...] = (
    ("pelvis", "neck", 0.50, 0.497),
    ("neck", "head", 1.00, 0.081),
    *((f"{s}_shoulder", f"{s}_elbow", 0.436, 0.028) for s in ("left", "right")),
    *((f"{s}_elbow", f"{s}_wrist", 0.430, 0.016) for s in ("left", "right")),
    *((f"{s}_wrist", f"{s}_middle1", 0.506, 0.006) for s in ("left", "right")),
    *((f"{s}_hip", f"{s}_knee", 0.433, 0.100) for s in ("left", "right")),
    *((f"{s}_knee", f"{s}_ankle", 0.433, 0.0465) for s in ("left", "right")),
    *((f"{s}_ankle", f"{s}_foot", 0.500, 0.0145) for s in ("left", "right")),
)
"""(proximal joint, distal joint, centre of mass from proximal, share of body mass): Winter 2009, table 4.1."""


def center_of_mass(positions: Array) -> Array:
    """(T, 3) m from joint positions (T, 55, 3)."""
    total = np.zeros((positions.shape[0], 3))
    for start, end, share, mass in SEGMENT_MASSES:
        a, b = positions[:, JOINT[start]], positions[:, JOINT[end]]
        total += mass * (a + share * (b - a))
    return total / sum(mass for *_, mass in SEGMENT_MASSES)


def outside_support(com: Array, soles: list[Array], standing: list[Array], axes: list[Array], foot_m: float) -> Array:
    """How far (T, 2) the centre of mass lies outside the safe support, as the vector that brings it back.

    The support is the segment between the standing soles, each a little in front of its ankle, widened by 0.16 foot
    lengths ahead and behind and 3 cm sideways; with one foot standing, that foot alone. Zero where none stands.
    """
    centers = [sole[:, :2] + 0.22 * foot_m * axis[:, :2, 1] for sole, axis in zip(soles, axes, strict=True)]
    left, right = (np.clip(weight, 0.0, 1.0) for weight in standing)
    any_standing = np.maximum(left, right)
    share = right / np.maximum(left + right, 1e-6)
    a = centers[0] + np.where(left[:, None] > 0.5, 0.0, 1.0) * (centers[1] - centers[0])
    b = centers[1] + np.where(right[:, None] > 0.5, 0.0, 1.0) * (centers[0] - centers[1])
    span = b - a
    length2 = np.maximum(np.sum(span**2, axis=-1), 1e-9)
    along = np.clip(np.sum((com[:, :2] - a) * span, axis=-1) / length2, 0.12, 0.88)
    along = np.where(length2 < 1e-6, share, along)
    miss = a + along[:, None] * span - com[:, :2]
    ahead = axes[0][:, :2, 1] + axes[1][:, :2, 1]
    ahead = ahead / np.maximum(np.linalg.norm(ahead, axis=-1, keepdims=True), 1e-6)
    forward = np.sum(miss * ahead, axis=-1)
    sideways = miss - forward[:, None] * ahead
    width = np.linalg.norm(sideways, axis=-1)
    forward = np.sign(forward) * np.maximum(np.abs(forward) - 0.16 * foot_m, 0.0)
    sideways = sideways * (np.maximum(width - 0.03, 0.0) / np.maximum(width, 1e-9))[:, None]
    return (forward[:, None] * ahead + sideways) * any_standing[:, None]


def anticipated(shift: Array, fps: float) -> Array:
    """A pelvis shift (T, 2) smoothed over 0.13 s both ways, so that weight moves over a foot before the other lifts."""
    return gaussian_filter1d(shift, 0.13 * fps, axis=0, mode="nearest")
