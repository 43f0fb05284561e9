"""Small fixed descriptors of pictures that need no trained weights: colours, gradients, random convolutions; and of motion."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import cv2
import numpy as np

from ...generator.base.seeds import draws
from ..values import Array

SIZE_PX = 96
"""Pictures are looked at at this size, square."""

N_FILTERS = 24
FILTER_PX = 7


def colours(image: Array, weight: Array | None = None) -> Array:
    """Joint histogram of 4 x 4 x 4 RGB values of a picture (H, W, 3) uint8, square-rooted (Hellinger); (64,) float32.

    Pixels count by `weight` (H, W); places are forgotten.
    """
    r, g, b = np.moveaxis(image >> 6, -1, 0).astype(np.intp)
    amount = None if weight is None else weight.ravel()
    counts = np.bincount((16 * r + 4 * g + b).ravel(), amount, 64).astype(np.float64)
    found: Array = np.sqrt(counts / max(counts.sum(), 1e-9)).astype(np.float32)
    return found


def gradients(image: Array, weight: Array | None, cells: int) -> Array:
    """Histograms of gradient directions (9 unsigned bins) in cells x cells parts, as in HOG (Dalal and Triggs 2005)."""
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY).astype(np.float32)
    gx, gy = cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    direction = (np.arctan2(gy, gx) % np.pi * (9 / np.pi)).astype(np.intp) % 9
    amount = np.hypot(gx, gy) if weight is None else np.hypot(gx, gy) * weight
    return _per_cell(direction, amount, 9, cells)


def random_features(image: Array, weight: Array | None, cells: int) -> Array:
    """Random 7 x 7 filters at two scales, pooled in cells x cells parts: mean of the positive part, and how often positive.

    The pooling of ROCKET (Dempster et al. 2020) on pictures. The filters are the same for ever.
    """
    parts = []
    for size in (SIZE_PX // 2, SIZE_PX // 4):
        small = cv2.resize(image, (size, size), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
        windows = np.lib.stride_tricks.sliding_window_view(small, (FILTER_PX, FILTER_PX), (0, 1))  # type: ignore[call-overload]
        n = windows.shape[0]
        answer = windows.reshape(n * n, -1) @ _filters()
        amount = np.ones((n, n), np.float32) if weight is None else _valid(weight, size)
        place = _cell_of(n, cells).ravel()
        total = np.bincount(place, amount.ravel(), cells * cells).clip(1e-9)
        for pooled in (np.maximum(answer, 0), (answer > 0).astype(np.float32)):
            sums = np.stack([np.bincount(place, amount.ravel() * pooled[:, k], cells * cells) for k in range(N_FILTERS)], 1)
            parts.append((sums / total[:, None]).ravel())
    return np.concatenate(parts).astype(np.float32)


def describe(image: Array, weight: Array | None = None, places: bool = True) -> Array:
    """All three of a picture (96, 96, 3) uint8, one vector. Without `places` it does not say what is where."""
    fine, coarse = (4, 2) if places else (1, 1)
    return np.concatenate([colours(image, weight), gradients(image, weight, fine), random_features(image, weight, coarse)])


def motion(frames: Array) -> Array:
    """Histograms of the directions of optical flow between neighbours of (T, H, W, 3), in 3 x 3 places and 3 stretches of time.

    Not static: it stands beside the static views to show what there is to be learned.
    """
    grey = [cv2.resize(cv2.cvtColor(f, cv2.COLOR_RGB2GRAY), (64, 64), interpolation=cv2.INTER_AREA) for f in frames]
    found = []
    for a, b in pairwise(grey):
        flow = cv2.calcOpticalFlowFarneback(a, b, None, 0.5, 3, 15, 2, 5, 1.1, 0)  # type: ignore[call-overload]
        size = np.hypot(flow[..., 0], flow[..., 1])
        direction = (np.arctan2(flow[..., 1], flow[..., 0]) % (2 * np.pi) * (4 / np.pi)).astype(np.intp) % 8
        found.append(np.append(_per_cell(direction, size, 8, 3), np.log1p(size.mean())))
    return np.concatenate([np.mean(part, 0) for part in np.array_split(np.stack(found), 3)]).astype(np.float32)


def _per_cell(kind: Array, amount: Array, n_kinds: int, cells: int) -> Array:
    """Histograms of `kind` (H, W), weighted by `amount`, for each of cells x cells parts, each of unit length."""
    place = _cell_of(kind.shape[0], cells)
    flat = np.bincount((place * n_kinds + kind).ravel(), amount.ravel(), cells * cells * n_kinds)
    table = flat.reshape(-1, n_kinds)
    found: Array = (table / (np.linalg.norm(table, axis=1, keepdims=True) + 1e-6)).ravel().astype(np.float32)
    return found


def _cell_of(size: int, cells: int) -> Array:
    """Which of cells x cells parts each pixel of a square picture lies in."""
    line = np.arange(size) * cells // size
    return cells * line[:, None] + line[None, :]


def _valid(weight: Array, size: int) -> Array:
    """Weights at the centres of all filter windows: 0 where a window sees a pixel of no weight."""
    small = cv2.resize(weight.astype(np.float32), (size, size), interpolation=cv2.INTER_AREA)
    return np.lib.stride_tricks.sliding_window_view(small, (FILTER_PX, FILTER_PX)).min((2, 3))


@cache
def _filters() -> Array:
    """(3 * 7 * 7, N) float32: random, without mean, of length one."""
    drawn = draws("synapt.bias/filters").normal(size=(3 * FILTER_PX * FILTER_PX, N_FILTERS))
    drawn -= drawn.mean(0)
    found: Array = (drawn / np.linalg.norm(drawn, axis=0)).astype(np.float32)
    return found
