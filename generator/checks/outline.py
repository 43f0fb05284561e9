"""Whether the person in the pictures stands where the labels say: the pictures' edges under the mask's outline."""

from __future__ import annotations

import cv2
import numpy as np

from ..skeletons import SURFACE
from ..values import Array

ALIGNED = 1.15
"""Least contrast of a clip with its own mask: 1.37 to 2.0 were measured over all actions, at most 1.1 with another
clip's mask."""


def outline_contrast(frames: Array, surfaces: Array) -> float:
    """Mean brightness gradient along the person's outline, over that along the outline moved by a 24th of the height.

    frames (T, H, W, 3) uint8, surfaces (T, H, W) uint8 as in the `mask` label. 1 means that picture and mask have
    nothing to do with each other; inf when no outline lies inside the pictures.
    """
    person = (surfaces > 0) & (surfaces < SURFACE["prop"])
    step = max(4, frames.shape[1] // 24)
    moves = ((step, 0), (-step, 0), (0, step), (0, -step))
    on, off = 0.0, 0.0
    for frame, mask in zip(frames, person, strict=True):
        edge = _outline(mask, step)
        if edge.any():
            gradient = _gradient(frame)
            on += float(gradient[edge].mean())
            off += float(np.mean([np.roll(gradient, move, (0, 1))[edge].mean() for move in moves]))
    return on / off if off > 0 else float("inf")


def _outline(mask: Array, margin: int) -> Array:
    """Pixels beside the mask's border, away from the picture's."""
    solid, square = mask.astype(np.uint8), np.ones((3, 3), np.uint8)
    edge = cv2.dilate(solid, square) > cv2.erode(solid, square)
    edge[:margin] = edge[-margin:] = edge[:, :margin] = edge[:, -margin:] = False
    return np.asarray(edge)


def _gradient(frame: Array) -> Array:
    grey = cv2.GaussianBlur(cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY), (0, 0), 1.0).astype(np.float32)
    return np.hypot(cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1))
