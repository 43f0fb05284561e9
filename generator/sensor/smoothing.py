"""A Gaussian blur of planes, the same bits on every machine."""

from __future__ import annotations

import numpy as np

from ..render.kernel import inlined, kernel
from ..values import Array

REACH = 2.6
"""Standard deviations to which the bell is worked out."""


def bell(sigma_px: float) -> Array:
    """Weights (2 r + 1,) float32 of a Gaussian, which sum to 1; a blur that isn't seen has one weight."""
    reach = int(np.ceil(REACH * sigma_px)) if sigma_px > 0.1 else 0
    weights = np.array([np.exp(-0.5 * (k / max(sigma_px, 1e-6)) ** 2) for k in range(-reach, reach + 1)])
    return np.asarray(weights / weights.sum(), np.float32)


@inlined
def _add(weight: np.float32, one: Array, other: Array, out: Array) -> None:
    """out (W,) += weight * (one (W,) + other (W,))."""
    for x in range(out.shape[0]):
        out[x] += weight * (one[x] + other[x])


@kernel
def smooth(planes: Array, weights: Array, row: Array, out: Array) -> None:
    """Fill out (C, H, W) with planes (C, H, W) float32 blurred by weights (2 r + 1,), the border's pixels repeated outwards.

    row (W + 2 r,) float32: room to work in.
    """
    reach, height, width = weights.shape[0] // 2, planes.shape[1], planes.shape[2]
    middle, most = row[reach : reach + width], weights[reach]
    for c in range(planes.shape[0]):
        for y in range(height):
            own, into = planes[c, y], out[c, y]
            for x in range(width):
                middle[x] = most * own[x]
            for k in range(1, reach + 1):
                _add(weights[reach + k], planes[c, max(y - k, 0)], planes[c, min(y + k, height - 1)], middle)
            for k in range(reach):
                row[k], row[reach + width + k] = middle[0], middle[width - 1]
            for x in range(width):
                into[x] = most * middle[x]
            for k in range(1, reach + 1):
                _add(weights[reach + k], row[reach - k : reach - k + width], row[reach + k : reach + k + width], into)
