"""Whether the people in the pictures stand where the labels say: the pictures' edges under the mask's outline."""

from __future__ import annotations

import cv2
import numpy as np
from scipy.stats import t as student

from ..skeletons import SURFACE
from ..values import Array

ALIGNED_PX, ALIGNED = (64, 144), (1.15, 1.3)
"""Pictures whose shorter side is so long -> least contrast of a clip with its own mask; between them, in proportion.

Measured over all actions in drafts: with its own mask a median of 1.3 where that side has 24 to 48 pixels, 1.7 (at least 1.3) at
144, 2.3 (1.6) at 256; with a mask that is moved, mirrored or another clip's, a median of 1.0 at every size."""

SURE = 0.977
"""How sure it must be that a contrast lies below that (two standard errors, where there are many pixels): among few it often
falls there by chance. Of 251 sound drafts of 16 to 256 pixels none is condemned."""


def is_misplaced(frames: Array, surfaces: Array) -> bool:
    """Whether the pictures show, beyond chance, that the people are not where the mask says; arguments as in `outline_contrast`.

    The smaller the pictures, the less is sure: of such wrong masks 19 in 20 are seen at 144 pixels, a half
    at 48, next to none at 16.
    """
    return outline_contrast(frames, surfaces)[1] < float(np.interp(min(frames.shape[1:3]), ALIGNED_PX, ALIGNED))


def outline_contrast(frames: Array, surfaces: Array) -> tuple[float, float]:
    """Mean brightness gradient along the outline of people, over that along the outline moved by a 24th of the height; and the
    most that it may be, of which one can be SURE.

    frames (T, H, W, 3) uint8, surfaces (T, H, W) uint8 as in the `mask` label. 1 means that picture and mask have nothing to do
    with each other; inf when no outline lies inside the pictures. Pixels near each other look alike, and so do the frames: the
    error is that of a ratio over squares of the picture, each with all its frames (Cochran, Sampling Techniques, 6.4), and where
    these are few, Student's.
    """
    person = (surfaces > 0) & (surfaces < SURFACE["prop"])
    step = max(4, frames.shape[1] // 24)
    moves = ((step, 0), (-step, 0), (0, step), (0, -step))
    square = _squares(frames.shape[1], frames.shape[2], 2 * step)
    n = int(square.max()) + 1
    on, off = np.zeros(n), np.zeros(n)
    for frame, mask in zip(frames, person, strict=True):
        edge = _outline(mask, step)
        if edge.any():
            gradient, where = _gradient(frame, min(1.0, min(mask.shape) / ALIGNED_PX[1])), square[edge]
            moved = np.mean([np.roll(gradient, move, (0, 1))[edge] for move in moves], axis=0)
            on += np.bincount(where, gradient[edge], n) / len(where)
            off += np.bincount(where, moved, n) / len(where)
    if not off.sum() > 0:
        return float("inf"), float("inf")
    contrast, seen = float(on.sum() / off.sum()), np.count_nonzero(off)
    if seen < 2:
        return contrast, float("inf")
    error = np.sqrt(seen / (seen - 1) * np.square(on - contrast * off).sum()) / off.sum()
    return contrast, contrast + float(student.ppf(SURE, seen - 1) * error)


def _squares(height: int, width: int, side: int) -> Array:
    """(H, W) int: the number of the square of `side` pixels that each pixel lies in."""
    rows, columns = np.arange(height) // side, np.arange(width) // side
    return rows[:, None] * (columns[-1] + 1) + columns


def _outline(mask: Array, margin: int) -> Array:
    """Pixels beside the mask's border, away from the picture's."""
    solid, square = mask.astype(np.uint8), np.ones((3, 3), np.uint8)
    edge = cv2.dilate(solid, square) > cv2.erode(solid, square)
    edge[:margin] = edge[-margin:] = edge[:, :margin] = edge[:, -margin:] = False
    return np.asarray(edge)


def _gradient(frame: Array, blur_px: float) -> Array:
    grey = cv2.GaussianBlur(cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY), (0, 0), blur_px).astype(np.float32)
    return np.hypot(cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1))
