"""Textured shapes on textured grounds: pictures without anything that lives or exists."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from ..values import Array
from .shape_motions import Path

CORNERS = 72
"""Points of an outline."""

FINE = 4
"""Bits of a pixel that outlines are placed to: cv2 draws at 1/16 pixel."""


@dataclass(frozen=True)
class Shape:
    """A textured outline: radii (CORNERS,) around its centre, in shares of the picture; texture (S, S, 3) uint8."""

    radii: Array
    texture: Array
    waves: int

    def draw(self, picture: Array, path: Path, frame: int) -> Array:
        """Lay the shape over `picture` (S, S, 3) uint8 as it is at `frame` of its path.

        Returns how far it covers each pixel, (S, S) uint8, 255 for wholly.
        """
        side = len(picture)
        angles = np.arange(CORNERS) * (2 * math.pi / CORNERS)
        radii = self.radii * (1 + path.wave[frame] * np.sin(self.waves * angles))
        wide = math.sqrt(path.stretch[frame])
        cosine, sine = math.cos(path.angle[frame]), math.sin(path.angle[frame])
        place = np.array([path.x[frame], path.y[frame]]) * side
        turn = np.array([[cosine, -sine], [sine, cosine]]) @ np.diag([wide, 1 / wide]) * path.size[frame] * side
        outline = np.stack([np.cos(angles), np.sin(angles)], 1) * radii[:, None] @ turn.T + place
        mask = np.zeros((side, side), np.uint8)
        cv2.fillPoly(mask, [np.round((outline - 0.5) * 2**FINE).astype(np.int32)], (255,), cv2.LINE_AA, FINE)
        matrix = turn / len(self.texture)  # the texture, one picture wide, moves with the shape
        shift = place - matrix @ np.full(2, len(self.texture) / 2)
        skin = cv2.warpAffine(
            self.texture, np.column_stack([matrix, shift]), (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
        )
        cover = mask[..., None].astype(np.uint16)
        picture[:] = (skin * cover + picture * (255 - cover) + 127) // 255
        return mask


def draw_shape(rng: np.random.Generator, side: int, radius: float) -> Shape:
    """A polygon, star, ellipse or blob of about `radius` (share of the picture), with a texture."""
    angles = np.arange(CORNERS) * (2 * math.pi / CORNERS)
    kind = int(rng.integers(4))
    n = int(rng.integers(3, 8))
    if kind == 0:  # a regular polygon: the distance of its edge in each direction
        within = (angles + rng.random()) % (2 * math.pi / n) - math.pi / n
        radii = math.cos(math.pi / n) / np.cos(within) * 1.15
    elif kind == 1:
        radii = 1 + rng.uniform(0.25, 0.45) * np.abs((angles * n / math.pi) % 2 - 1) * 2 - 0.35
    elif kind == 2:
        a, b = rng.uniform(0.9, 1.3), rng.uniform(0.55, 0.9)
        radii = a * b / np.hypot(b * np.cos(angles), a * np.sin(angles))
    else:
        waves = np.arange(2, 6)
        radii = 1 + (rng.normal(0, 0.14, 4)[:, None] * np.cos(waves[:, None] * angles + rng.uniform(0, 6.28, (4, 1)))).sum(0)
    return Shape(np.maximum(radii, 0.3) * radius, draw_texture(rng, side), int(rng.integers(3, 7)))


def draw_texture(rng: np.random.Generator, side: int) -> Array:
    """(side, side, 3) uint8: plain, gradient, stripes, checks, dots or cloudy noise between two colours, with some grain."""
    y, x = (np.mgrid[:side, :side] + 0.5) / side
    turn, density = rng.uniform(0, 2 * math.pi), rng.uniform(4, 14)
    along = x * math.cos(turn) + y * math.sin(turn)
    across = y * math.cos(turn) - x * math.sin(turn)
    kind = int(rng.integers(6))
    if kind == 0:
        share = np.zeros((side, side))
    elif kind == 1:
        share = (along - along.min()) / np.ptp(along)
    elif kind == 2:
        share = (np.sin(2 * math.pi * density * along) > rng.uniform(-0.5, 0.5)).astype(float)
    elif kind == 3:
        share = ((np.floor(density * along) + np.floor(density * across)) % 2).astype(float)
    elif kind == 4:
        share = (np.hypot((density * along) % 1 - 0.5, (density * across) % 1 - 0.5) < rng.uniform(0.2, 0.42)).astype(float)
    else:
        share = _clouds(rng, side)
    low, high = rng.uniform(0, 255, (2, 3))
    grain = rng.normal(0, rng.uniform(0, 12), (side, side, 1))
    picture = low + (high - low) * share[..., None] + grain
    return np.clip(picture, 0, 255).astype(np.uint8)


def _clouds(rng: np.random.Generator, side: int) -> Array:
    """Noise of 1/f kind, from 0 to 1: octaves of random values, each finer one half as strong."""
    total = np.zeros((side, side))
    for octave in range(2, 6):
        values = rng.random((2**octave, 2**octave))
        total += cv2.resize(values, (side, side), interpolation=cv2.INTER_CUBIC) / 2**octave
    return (total - total.min()) / np.ptp(total)
