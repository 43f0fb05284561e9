"""A Gaussian blur of planes, the same bits on every machine."""

from __future__ import annotations

import numpy as np

from ..render.kernel import kernel
from ..values import Array

REACH = 2.6
"""Standard deviations to which the bell is worked out."""


def bell(sigma_px: float) -> Array:
    """Weights (2 r + 1,) float32 of a Gaussian, which sum to 1; a blur that isn't seen has one weight."""
    reach = int(np.ceil(REACH * sigma_px)) if sigma_px > 0.1 else 0
    weights = np.array([np.exp(-0.5 * (k / max(sigma_px, 1e-6)) ** 2) for k in range(-reach, reach + 1)])
    return np.asarray(weights / weights.sum(), np.float32)


@kernel
def smooth(planes: Array, weights: Array, row: Array, out: Array) -> None:
    """Fill out (C, H, W) with planes (C, H, W) float32 blurred by weights (2 r + 1,), the border's pixels repeated outwards.

    row (W + 2 r,) float32: room to work in.
    """
    reach, height, width = weights.shape[0] // 2, planes.shape[1], planes.shape[2]
    for c in range(planes.shape[0]):
        for y in range(height):
            for x in range(width):
                row[reach + x] = weights[reach] * planes[c, y, x]
            for k in range(1, reach + 1):
                above, below, weight = max(y - k, 0), min(y + k, height - 1), weights[reach + k]
                for x in range(width):
                    row[reach + x] += weight * (planes[c, above, x] + planes[c, below, x])
            for k in range(reach):
                row[k], row[reach + width + k] = row[reach], row[reach + width - 1]
            for x in range(width):
                out[c, y, x] = weights[reach] * row[reach + x]
            for k in range(1, reach + 1):
                weight = weights[reach + k]
                for x in range(width):
                    out[c, y, x] += weight * (row[reach + x - k] + row[reach + x + k])
