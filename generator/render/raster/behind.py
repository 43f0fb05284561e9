"""The picture of what stands still: textures pixel by pixel, light patch by patch, and what movers take of it."""

from __future__ import annotations

import numpy as np

from ...values import Array
from ..environment import Sky, paint_sky
from ..mesh import Geometry
from ..still import Still
from .edges import Edges
from .lamps import ShadowedLamp
from .patches import Patches
from .shadow import ShadowMap, nothing
from .spread import Seen, Source, Spreader
from .still_texture import still_texture
from .textures import Atlas


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
        self._glow = np.append(textures.glow[still.material], np.float32(0.0))
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
            still_texture(still, self.textures, K[0, 0], self._albedo)
            self._plate[:] = 0.0
            paint_sky(self._sky, self._visible, rays, still.canvas.seen, self._plate)
            self._edges.find(still)
            self._patches.divide(still)
            for source in self._lights:
                self._spreader.add(scene, source, self._patches, self._albedo, self._plate)
            self._glowing = np.nonzero(self._glow[still.canvas.seen])
            if len(self._glowing[0]):
                self._shine(self._plate)
        image[:] = self._plate
        for source in self._kept_off:
            self._spreader.add(scene, source, self._patches, self._albedo, image)
        if len(self._glowing[0]):
            self._shine(image)
        self._edges.smooth(image)

    def _shine(self, image: Array) -> None:
        """Give pixels that see what glows its own light, and no other."""
        rows, columns = self._glowing
        glow = self._glow[self.still.canvas.seen[rows, columns]]
        image[:, rows, columns] = glow * self._albedo[:, rows, columns]


def _of_sky(harmonics: Array) -> Source:
    none = np.zeros(3, np.float32)
    return Source(harmonics, none, none, none, True, nothing(), nothing(), False)


def _of_lamp(light: ShadowedLamp) -> Source:
    lamp, none = light.lamp, np.zeros((1, 3), np.float32)
    place = np.zeros(3) if lamp.position is None else lamp.position
    place, axis, strength = (each.astype(np.float32) for each in (place, lamp.axis, lamp.strength))
    by = nothing() if light.still is None else light.still.view
    return Source(none, place, axis, strength, lamp.position is None, by, nothing(), False)
