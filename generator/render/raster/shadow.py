"""Soft shadows: how much of a light each fragment sees, from a map of what is nearest to the light.

Percentage-closer soft shadows (Fernando 2005) with two changes: the receiver's own plane is followed from tap to tap,
which does away with most of the bias, and a distant light is a camera very far away, so that one map serves all kinds.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from ...values import Array
from ..kernel import index, inlined, kernel
from ..mesh import Geometry
from ..visibility import Canvas
from .splat import splat

FAR = 100.0
"""A distant light's camera stands this many radii of the lit sphere away; its rays are parallel to within 1 %."""

BIAS_M = 0.008
"""A surface this little in front of another doesn't shade it; nor one by less than a pixel of the map."""

WIDEST_PX = 20.0
"""Taps reach no further than this on the map, however soft the light."""

TILE_PX = 8
"""Side of the tiles whose nearest point is kept, to tell at once where nothing can shade; three are more than WIDEST_PX."""

N_TAPS = 16

NEAR_M = 0.05
"""What is nearer to a light than this casts no shadow, nor gets any."""


def _taps() -> Array:
    """(16, 2) points spread evenly over the unit disc along Vogel's spiral."""
    k = np.arange(N_TAPS)
    radius, turn = np.sqrt((k + 0.5) / N_TAPS), k * 2.399963
    return np.stack([radius * np.cos(turn), radius * np.sin(turn)], axis=1).astype(np.float32)


TAPS = _taps()


def look_at(eye: Array, forward: Array) -> Array:
    """(4, 4) world to camera (OpenCV axes) of a camera at `eye` looking along `forward`."""
    z = forward / np.linalg.norm(forward)
    x = np.cross(z, [0.0, 1.0, 0.0] if abs(z[1]) < 0.9 else [1.0, 0.0, 0.0])
    x /= np.linalg.norm(x)
    rotation = np.stack([x, np.cross(z, x), z])
    pose = np.eye(4)
    pose[:3, :3], pose[:3, 3] = rotation, -rotation @ eye
    return pose


class View(NamedTuple):
    """A shadow map as the inner loops read it: nearness (P, P), tiles (3, Q, Q), matrix (3, 4) K times pose, axes (3, 3)
    of the light's camera, and numbers (4,): focal length px, light's half-width m, least cosine, bias m; all float32.

    Tiles of `TILE_PX` hold the greatest and the least nearness in and around them, as far as the next tiles reach, and
    the greatest as far as the third ones reach.
    """

    nearness: Array
    tiles: Array
    matrix: Array
    axes: Array
    numbers: Array


def nothing() -> View:
    """A map in which nothing casts a shadow."""
    return View(*(np.zeros(shape, np.float32) for shape in ((1, 1), (3, 1, 1), (3, 4), (3, 3), 4)))


class ShadowMap:
    """The view from one light onto the sphere (centre, radius) in which things move.

    `size_m` is the light's half-width for a lamp; for a distant light `size_m / distance` is its angular half-width.
    """

    def __init__(
        self,
        centre: Array,
        radius: float,
        eye: Array,
        size_m: float,
        pixels: int,
        shapes: Geometry,
        least_cosine: float = 0.02,
    ) -> None:
        offset = np.asarray(centre, np.float64) - eye
        distance = float(np.linalg.norm(offset))
        half_angle = min(np.arcsin(min(radius / distance, 1.0)), np.radians(65.0))
        focal = 0.5 * (pixels - 2 * WIDEST_PX) / np.tan(half_angle)
        self.K = np.array([[focal, 0, pixels / 2], [0, focal, pixels / 2], [0, 0, 1.0]])
        self.pose = look_at(eye, offset)
        self._places = np.empty((shapes.n_vertices, 3), np.float32)
        self.view = View(
            np.zeros((pixels, pixels), np.float32),
            np.zeros((3, -(-pixels // TILE_PX), -(-pixels // TILE_PX)), np.float32),
            (self.K @ self.pose[:3]).astype(np.float32),
            self.pose[:3, :3].astype(np.float32),
            np.array([focal, size_m, least_cosine, max(BIAS_M, distance / focal)], np.float32),
        )

    def draw(self, vertices: Array, faces: Array) -> None:
        """Let these small faces, and nothing else, cast shadows."""
        splat(vertices, faces, self.view.matrix, NEAR_M, self._places, self.view.nearness)
        _tile(*self.view[:2])
        _spread(self.view.tiles)

    def draw_large(self, vertices: Array, faces: Array) -> None:
        """The same for faces of any size, around the light too; takes longer."""
        pixels = len(self.view.nearness)
        canvas = Canvas(len(vertices), len(faces), pixels, pixels, near_m=NEAR_M)
        canvas.draw(vertices, faces, self.K, self.pose)
        canvas.resolve()
        self.view.nearness[:] = canvas.nearness
        _tile(*self.view[:2])
        _spread(self.view.tiles)

    def lit(self, face: Array, position: Array, normal: Array) -> Array:
        """(N,) float32 share of the light that fragments see: 1 lit, 0 in full shadow; 1 outside the map."""
        out = np.ones(len(face), np.float32)
        _lit(self.view, TAPS, face, position, normal, out)
        return out


@kernel
def _tile(nearness: Array, tiles: Array) -> None:
    """Fill tiles (3, Q, Q) with the greatest and the least nearness in each; see `View` for what becomes of them."""
    size = nearness.shape[0]
    for row in range(tiles.shape[1]):
        for column in range(tiles.shape[2]):
            high, low = np.float32(0.0), np.float32(np.inf)
            for y in range(row * TILE_PX, min(row * TILE_PX + TILE_PX, size)):
                for x in range(column * TILE_PX, min(column * TILE_PX + TILE_PX, size)):
                    high, low = max(high, nearness[y, x]), min(low, nearness[y, x])
            tiles[0, row, column], tiles[1, row, column] = high, low


def _spread(tiles: Array) -> None:
    """Let tiles (3, Q, Q) count what lies in the tiles around them: see `View`."""
    near = np.ones((3, 3), np.uint8)
    tiles[0], tiles[1] = cv2.dilate(tiles[0], near), cv2.erode(tiles[1], near)
    tiles[2] = cv2.dilate(tiles[0], np.ones((5, 5), np.uint8))


@inlined
def _blockers(
    nearness: Array,
    u: np.float32,
    v: np.float32,
    q: np.float32,
    qu: np.float32,
    qv: np.float32,
    radius: np.float32,
    taps: Array,
) -> tuple[np.float32, np.float32]:
    """Of every other tap, how many are blocked, and the sum of what blocks them (nearness)."""
    zero, count, total = np.float32(0.0), np.float32(0.0), np.float32(0.0)
    for k in range(0, N_TAPS, 2):
        du, dv = radius * taps[k, 0], radius * taps[k, 1]
        near = nearness[index(np.int32(v + dv)), index(np.int32(u + du))]
        blocked = near > q + qu * du + qv * dv
        count += np.float32(1.0) if blocked else zero
        total += near if blocked else zero
    return count, total


@inlined
def _blocked(
    nearness: Array,
    u: np.float32,
    v: np.float32,
    q: np.float32,
    qu: np.float32,
    qv: np.float32,
    radius: np.float32,
    taps: Array,
) -> int:
    """How many taps are blocked."""
    count = 0
    for k in range(N_TAPS):
        du, dv = radius * taps[k, 0], radius * taps[k, 1]
        near = nearness[index(np.int32(v + dv)), index(np.int32(u + du))]
        count += 1 if near > q + qu * du + qv * dv else 0
    return count


@inlined
def share(
    nearness: Array, tiles: Array, m: Array, axes: Array, numbers: Array, taps: Array,
    x: np.float32, y: np.float32, z: np.float32,
    nx: np.float32, ny: np.float32, nz: np.float32,
) -> tuple[np.float32, np.float32, np.float32, np.float32]:  # fmt: skip
    """How much of the light a point with a normal sees; over how many pixels of the map that changes little; where it is.

    The first five are those of a `View`: taken out of it in an inner loop they would be counted in and out each time.
    All lit where the light cannot count: behind the lamp, turned away from it or too grazing; and outside the map.
    """
    focal, size, least, bias = numbers[0], numbers[1], -numbers[2], numbers[3]
    zero, one, widest, far = np.float32(0.0), np.float32(1.0), np.float32(WIDEST_PX), np.float32(np.inf)
    centre, last = np.float32(nearness.shape[0] // 2), np.float32(nearness.shape[0]) - widest - one
    depth = m[2, 0] * x + m[2, 1] * y + m[2, 2] * z + m[2, 3]
    if depth <= np.float32(0.05):
        return one, zero, centre, centre
    per_depth = one / depth
    u = (m[0, 0] * x + m[0, 1] * y + m[0, 2] * z + m[0, 3]) * per_depth
    v = (m[1, 0] * x + m[1, 1] * y + m[1, 2] * z + m[1, 3]) * per_depth
    if not (widest < u < last and widest < v < last):
        return one, far, u, v
    ax = axes[0, 0] * nx + axes[0, 1] * ny + axes[0, 2] * nz
    ay = axes[1, 0] * nx + axes[1, 1] * ny + axes[1, 2] * nz
    az = axes[2, 0] * nx + axes[2, 1] * ny + axes[2, 2] * nz
    facing = (ax * (u - centre) + ay * (v - centre)) / focal + az
    if facing > least:
        return one, far, u, v
    # The receiver's plane: its nearness is linear over the map.
    q = one / (depth - bias)
    slope = q / (facing * focal)
    qu, qv = ax * slope, ay * slope
    reach = min(max(size * focal * per_depth, np.float32(1.5)), widest)
    row, column, span, tile = int(v) // TILE_PX, int(u) // TILE_PX, (abs(qu) + abs(qv)) * reach, np.float32(TILE_PX)
    if tiles[2, row, column] <= q - span:
        return one, widest, u, v
    if reach <= tile:
        if tiles[0, row, column] <= q - span:
            return one, tile, u, v
        if tiles[1, row, column] > q + span:
            return zero, tile, u, v
    blockers, near = _blockers(nearness, u, v, q, qu, qv, reach, taps)
    if blockers <= zero:
        return one, reach, u, v
    gap = max(depth * near / blockers - one, zero)
    wish = size * gap * focal * per_depth
    radius = min(max(wish, np.float32(1.5)), widest)
    blocked = _blocked(nearness, u, v, q, qu, qv, radius, taps)
    # A blocker softer than the taps can reach covers only part of the light.
    wide = radius / max(wish, np.float32(1e-6))
    return one - min(wide * wide, one) * np.float32(blocked) / np.float32(N_TAPS), radius, u, v


@kernel
def _lit(view: View, taps: Array, face: Array, position: Array, normal: Array, out: Array) -> None:
    nearness, tiles, matrix, axes, numbers = view
    for n in range(face.shape[0]):
        x, y, z = position[n, 0], position[n, 1], position[n, 2]
        nx, ny, nz = normal[n, 0], normal[n, 1], normal[n, 2]
        out[n] = share(nearness, tiles, matrix, axes, numbers, taps, x, y, z, nx, ny, nz)[0]
