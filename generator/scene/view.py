"""What the cameras of a clip see and what would stand in their way, so that scenery can be left out or kept clear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..values import Array, Camera

MARGIN = 0.06
"""Share of the frame by which the view is widened before something counts as unseen."""

MAX_FRAMES = 16


@dataclass(frozen=True)
class View:
    """Some frames of the cameras: positions (N, 3) m, T_camera_world (N, 4, 4), and half widths (N, 2) of the frame at depth 1.

    low, high (3,): box of everything that performs; path (N, 3): the middle of the body.
    """

    positions: Array
    transforms: Array
    half: Array
    low: Array
    high: Array
    path: Array

    def sees(self, points: Array) -> bool:
        """Whether any of the points (M, 3) is in the frame at any time."""
        R, t = self.transforms[:, :3, :3], self.transforms[:, :3, 3]
        seen = np.einsum("nij,mj->nmi", R, points) + t[:, None]
        depth = np.maximum(seen[..., 2], 1e-6)
        inside = np.abs(seen[..., :2]) <= self.half[:, None] * depth[..., None]
        return bool((inside.all(axis=-1) & (seen[..., 2] > 0)).any())

    def clear_of(self, center: Array, radius_m: float) -> bool:
        """Whether an upright thing, `radius_m` wide round `center` (2,), is out of the way of performer and camera."""
        near = np.clip(center, self.low[:2], self.high[:2])
        if np.linalg.norm(near - center) < radius_m + 0.35:
            return False
        start, end = self.positions[:, :2], self.path[:, :2]
        along = end - start
        length2 = np.maximum((along**2).sum(axis=1), 1e-9)
        s = np.clip(((center - start) * along).sum(axis=1) / length2, 0.0, 1.0)
        gap = np.linalg.norm(start + s[:, None] * along - center, axis=1)
        # The cone from the lens to the performer widens to the performer's own breadth.
        return bool((gap > radius_m + 0.3 + 0.7 * s).all())


def view_of(cameras: Sequence[Camera], points: Array) -> View:
    """What all of the cameras together see of a performance of points (T, N, 3)."""
    n = len(points)
    pick = np.unique(np.linspace(0, n - 1, min(n, MAX_FRAMES)).round().astype(int))
    transforms = np.concatenate([camera.T_camera_world[pick] for camera in cameras])
    positions = -np.einsum("tji,tj->ti", transforms[:, :3, :3], transforms[:, :3, 3])
    half = np.repeat([_half(camera) for camera in cameras], len(pick), axis=0)
    flat = points.reshape(-1, 3)
    path = np.tile(0.5 * (points[pick].min(axis=1) + points[pick].max(axis=1)), (len(cameras), 1))
    return View(positions, transforms, half, flat.min(axis=0), flat.max(axis=0), path)


def _half(camera: Camera) -> Array:
    K = camera.K_px[0]
    return np.array([camera.width_px / 2 / K[0, 0], camera.height_px / 2 / K[1, 1]]) * (1 + 2 * MARGIN)
