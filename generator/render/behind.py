"""The picture of what stands still: textures pixel by pixel, light patch by patch, and what movers take of it."""

from __future__ import annotations

import numpy as np

from ..values import Array
from .edges import Edges
from .environment import Sky, paint_sky
from .kernel import inlined, kernel
from .lamps import ShadowedLamp
from .mesh import Geometry
from .patches import Patches
from .shadow import ShadowMap, nothing
from .spread import Seen, Source, Spreader
from .still import Still, over
from .textures import PER_SQUARE, Atlas, bilinear, detail

LEVEL_PX = 12
"""So many pixels of a face beside each other take their texture from the same level."""


@inlined
def _run(
    planes: Array, f: int, y: int, start: int, end: int, texels: Array, level: tuple[int, int, int], part: np.float32, out: Array
) -> None:  # fmt: skip
    """Add `part` of a level of a texture (first texel, width, height) to some pixels of face f in row y."""
    half, one = np.float32(0.5), np.float32(1.0)
    for x in range(start, end):
        px, py = np.float32(x) + half, np.float32(y) + half
        z = one / over(planes, f, 9, px, py)
        u, v = over(planes, f, 12, px, py) * z, over(planes, f, 15, px, py) * z
        r, g, b = bilinear(texels, level[0], level[1], level[2], u, v)
        out[0, y, x] += part * r
        out[1, y, x] += part * g
        out[2, y, x] += part * b


@kernel
def _texture(
    seen: Array, planes: Array, material: Array, focal: np.float32, textures: Atlas, ratio: Array, bits: Array, out: Array
) -> None:  # fmt: skip
    """Fill out (3, H, W) with the linear albedo of what is seen, (H, W); pixels of the sky are left.

    ratio (1,) float32 and bits, the same as int32, are room to work in.
    """
    half, one, per_focal = np.float32(0.5), np.float32(1.0), np.float32(1.0) / focal
    texels, level, count, size = textures.texels, textures.level, textures.n_levels, textures.size_log2
    for y in range(seen.shape[0]):
        x, v = 0, np.float32(y) + half
        while x < seen.shape[1]:
            start, f, m = x, seen[y, x], material[seen[y, x]]
            while x < min(start + LEVEL_PX, seen.shape[1]) and seen[y, x] == f:
                x += 1
            if f < 0:
                continue
            z = one / over(planes, f, 9, np.float32(start) + half, v)
            # As in `fragments`, but half the log2 of the square.
            share = planes[f, 18] * z * per_focal
            ratio[0] = share * share / max(planes[f, 20] / z, np.float32(0.05))
            base, blend = detail(count, size, m, np.float32(bits[0]) * np.float32(0.5 / (1 << 23)) - np.float32(63.5))
            for c in range(3):
                out[c, y, start:x] = np.float32(0.0)
            for step in range(2):
                part = blend if step == 1 else one - blend
                if part > np.float32(0.0):
                    place = level[m, base + step, 0], level[m, base + step, 1], level[m, base + step, 2]
                    _run(planes, f, y, start, x, texels, place, part, out)
            for c in range(3):
                for column in range(start, x):
                    out[c, y, column] = out[c, y, column] * out[c, y, column] * np.float32(PER_SQUARE)


class Behind:
    """Paints what stands still, into the same buffers every frame.

    The plate, lit as if nothing moved, is painted when the camera has moved; each frame then takes from it the light
    that is kept off by what moves.
    """

    def __init__(
        self, shapes: Geometry, textures: Atlas, seen: Sky, visible: bool, harmonics: Array, cover: ShadowMap,
        lamps: list[ShadowedLamp], width: int, height: int,
    ) -> None:  # fmt: skip
        """`visible`: whether the sky's map is to be seen; cover and lamps hold what casts shadows on every frame."""
        self.still = still = Still(shapes, width, height)
        self.textures, self._sky, self._visible = textures, seen, visible
        self._edges, self._patches, self._spreader = Edges(width, height), Patches(width, height), Spreader(width, height)
        self._surface = np.stack([textures.roughness, textures.metallic], axis=1)[still.material]
        self._albedo, self._plate = (np.zeros((3, height, width), np.float32) for _ in range(2))
        self._lights = [_of_sky(harmonics), *(_of_lamp(lamp) for lamp in lamps)]
        covers = [cover, *(lamp.shadow for lamp in lamps)]
        self._kept_off = [
            light._replace(moving=shadow.view, lost=True)
            for light, shadow in zip(self._lights, covers, strict=True)
            if shadow is not None
        ]

    def paint(self, K: Array, pose: Array, image: Array) -> None:
        """Fill image (3, H, W) float32 with linear light, under the shadows that the maps now hold."""
        still, rays = self.still, pose[:3, :3].T @ np.linalg.inv(K)
        moved = still.look(K, pose)
        eye = (-pose[:3, :3].T @ pose[:3, 3]).astype(np.float32)
        scene = Seen(still.canvas.seen, still.planes, still.corners, self._surface, rays.astype(np.float32), eye)
        if moved:
            ratio, focal = np.empty(1, np.float32), np.float32(K[0, 0])
            _texture(
                still.canvas.seen, still.planes, still.material, focal, self.textures, ratio, ratio.view(np.int32), self._albedo
            )
            self._plate[:] = 0.0
            paint_sky(self._sky, self._visible, rays, still.canvas.seen, self._plate)
            self._edges.find(still)
            self._patches.divide(still)
            for source in self._lights:
                self._spreader.add(scene, source, self._patches, self._albedo, self._plate)
        image[:] = self._plate
        for source in self._kept_off:
            self._spreader.add(scene, source, self._patches, self._albedo, image)
        self._edges.smooth(image)


def _of_sky(harmonics: Array) -> Source:
    none = np.zeros(3, np.float32)
    return Source(harmonics, none, none, none, True, nothing(), nothing(), False)


def _of_lamp(light: ShadowedLamp) -> Source:
    lamp, none = light.lamp, np.zeros((1, 3), np.float32)
    place = np.zeros(3) if lamp.position is None else lamp.position
    place, axis, strength = (each.astype(np.float32) for each in (place, lamp.axis, lamp.strength))
    by = nothing() if light.still is None else light.still.view
    return Source(none, place, axis, strength, lamp.position is None, by, nothing(), False)
