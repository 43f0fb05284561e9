"""From a pinhole's picture to the finished one, pixel by pixel: which of the one each pixel of the other shows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..scene.lens import HELD, LARGEST_STEP, half_diagonal, unbent
from ..values import Array, Camera
from .kernel import index, inlined, kernel


@inlined
def _late(row: float, step: float, share: float, height: int) -> float:
    """`scene.lens.lateness`."""
    held = min(max(step, -LARGEST_STEP * height), LARGEST_STEP * height)
    when = share * (row / height - 0.5) / (1.0 - share * held / height)
    return min(max(when, -0.5 * share), 0.5 * share)


@kernel
def _arrived(flow: Array, depth: Array, share: float, came: Array) -> None:
    """Fill came (H, W) with the number of the pixel whose point is at each pixel when its row is read: the nearest point, its own
    where none comes to lie."""
    height, width = flow.shape[0], flow.shape[1]
    for y in range(height):
        for x in range(width):
            came[y, x] = -1
    for y in range(height):
        for x in range(width):
            when = _late(y + 0.5, flow[y, x, 1], share, height)
            u, v = np.floor(x + 0.5 + when * flow[y, x, 0]), np.floor(y + 0.5 + when * flow[y, x, 1])
            if 0.0 <= u < width and 0.0 <= v < height:
                i, j = index(int(u)), index(int(v))
                other = came[j, i]
                if other < 0 or depth[y, x] < depth[other // width, other % width]:
                    came[j, i] = y * width + x
    for y in range(height):
        for x in range(width):
            if came[y, x] < 0:
                came[y, x] = y * width + x


@kernel
def _sources(still: Array, flow: Array, came: Array, share: float, out: Array) -> None:
    """Fill out (H, W, 2) with still (H, W, 2) px taken back by how far that which came there goes until its row is read."""
    height, width = still.shape[0], still.shape[1]
    for y in range(height):
        when = np.float32(share * ((y + 0.5) / height - 0.5))
        for x in range(width):
            u, v = still[y, x, 0], still[y, x, 1]
            n = came[index(min(int(v), height - 1)), index(min(int(u), width - 1))]
            j, i = n // width, n % width
            out[y, x, 0] = min(max(u - when * flow[j, i, 0], np.float32(0.0)), np.float32(width))
            out[y, x, 1] = min(max(v - when * flow[j, i, 1], np.float32(0.0)), np.float32(height))


@kernel
def _places(sources: Array, out: Array) -> None:
    """Fill out (H * W,) with the numbers of the pixels in which sources (H, W, 2) px lie."""
    height, width = sources.shape[0], sources.shape[1]
    for y in range(height):
        for x in range(width):
            i, j = min(int(sources[y, x, 0]), width - 1), min(int(sources[y, x, 1]), height - 1)
            out[y * width + x] = j * width + i


@inlined
def _bent(x: float, y: float, numbers: Array) -> float:
    """Factor by which a point x, y px from the middle is moved; numbers: one, two, half-diagonal, ..."""
    square = min((x * x + y * y) / (numbers[2] * numbers[2]), HELD * HELD)
    return 1.0 + square * (numbers[0] + square * numbers[1])


@kernel
def _flow(flow: Array, places: Array, numbers: Array, share: float, out: Array, outside: Array) -> None:
    """Fill out (H, W, 2) px with the finished picture's flow, and outside (H, W) with whether it leads out of the picture.

    numbers (6,): the lens's two terms, half-diagonal, the finished picture's focal length over the pinhole's, the middle.
    """
    height, width, grow, cx, cy = flow.shape[0], flow.shape[1], numbers[3], numbers[4], numbers[5]
    for y in range(height):
        for x in range(width):
            n = places[y * width + x]
            j, i = n // width, n % width
            x0, y0 = (i + 0.5 - cx) * grow, (j + 0.5 - cy) * grow
            x1, y1 = x0 + flow[j, i, 0] * grow, y0 + flow[j, i, 1] * grow
            first, then = _bent(x0, y0, numbers), _bent(x1, y1, numbers)
            x0, y0, x1, y1 = cx + x0 * first, cy + y0 * first, cx + x1 * then, cy + y1 * then
            u, v = x1 - x0, y1 - y0
            late = _late(y1, v, share, height)
            x1, y1 = x1 + late * u, y1 + late * v
            late = late - _late(y0, v, share, height)
            out[y, x, 0], out[y, x, 1] = u + late * u, v + late * v
            outside[y, x] = not (0.0 <= x1 <= width and 0.0 <= y1 <= height)


@dataclass(frozen=True)
class Bending:
    """The way between a pinhole's pixels and a finished picture's.

    still (H, W, 2) float32: which place of the pinhole's picture each pixel centre of the finished one shows, as long as nothing
    moves; readout_share as in `Lens`; numbers (6,) as `_flow` takes them.
    """

    still: Array
    readout_share: float
    numbers: Array

    def sources(self, flow: Array | None, depth: Array) -> Array:
        """(H, W, 2) float32 px: the same while what lies at depth (H, W) m moves by flow (H, W, 2) px a frame, if any."""
        if flow is None or not self.readout_share:
            return self.still
        out, came = np.empty_like(self.still), np.empty(depth.shape, np.int32)
        _arrived(flow, depth, self.readout_share, came)
        _sources(self.still, flow, came, self.readout_share, out)
        return out

    def places(self, flow: Array | None, depth: Array) -> Array:
        """(H * W,) intp: which pixel of the pinhole's picture each one of the finished picture shows."""
        out = np.empty(depth.size, np.intp)
        _places(self.sources(flow, depth), out)
        return out

    def flow(self, flow: Array, places: Array) -> tuple[Array, Array]:
        """Flow (H, W, 2) float32 px of what the finished picture shows at `places`, and whether (H, W) it leaves the picture."""
        out, outside = np.empty_like(flow), np.empty(flow.shape[:2], np.bool_)
        _flow(flow, places, self.numbers, self.readout_share, out, outside)
        return out, outside


def bending(camera: Camera) -> Bending | None:
    """How the finished picture of a camera comes from its pinhole's; None where they are the same."""
    lens = camera.lens
    if lens is None:
        return None
    height, width, K = camera.height_px, camera.width_px, lens.K_px[:1]
    radius, middle = float(half_diagonal(K, width, height)[0]), K[0, :2, 2]
    per_ray = (radius / K[0, 0, 0]) ** 2
    distortion = (float(lens.distortion[0, 0] * per_ray), float(lens.distortion[0, 1] * per_ray**2))
    offsets = np.stack(np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5), axis=-1) - middle
    away = np.maximum(np.sqrt((offsets**2).sum(axis=-1)) / radius, 1e-9)
    shrink = camera.K_px[0, 0, 0] / K[0, 0, 0]
    still = middle + offsets * (unbent(away, distortion) / away * shrink)[..., None]
    still = np.clip(still, 0.0, np.array([width, height])).astype(np.float32)
    return Bending(still, lens.readout_share, np.array([*distortion, radius, 1.0 / shrink, *middle]))
