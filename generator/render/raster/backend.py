"""The raster backend: draft frames on one core, without Blender or a GPU; `benchmarks/raster.md` says how fast."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...base.alive import frames
from ...values import Array, Quality, Scene
from ..environment import sky
from ..mesh import geometry, texel_density
from ..visibility import Canvas
from .behind import Behind
from .casters import casters
from .fragments import FragmentStore, surfaces
from .lamps import light_stage, sky_cover, stage_sphere
from .shade import add_lamp, ambient, lay_over
from .textures import atlas, lookup
from .tonemap import tonemap


@dataclass(frozen=True)
class Tier:
    """samples: per pixel and axis; shadow_px: side of a shadow map; shadows: how many lights cast one."""

    samples: int
    shadow_px: int
    shadows: int


TIERS: dict[Quality, Tier] = {"draft": Tier(2, 288, 1), "standard": Tier(3, 768, 3), "high": Tier(4, 1024, 8)}
"""What each quality means here."""


CASTER_M = 6.0
"""What casts a shadow is drawn in faces of about this over the side of a shadow map in pixels: two pixels large."""


class Raster:
    """Backend "raster": what it paints and what `labels` says come from the same geometry."""

    name = "raster"

    def render(self, scene: Scene, quality: Quality) -> Array:
        """Frames (T, H, W, 3) uint8 sRGB."""
        painter = Painter(scene, TIERS[quality])
        return np.stack([painter.paint(t) for t in frames(scene.n_frames)])


class Painter:
    """What is worked out once per clip, and the buffers that every frame uses again."""

    def __init__(self, scene: Scene, tier: Tier) -> None:
        self.scene, self.samples = scene, tier.samples
        self.shapes = shapes = geometry(scene)
        self.textures = atlas(shapes.materials)
        self.density = texel_density(shapes)
        seen, stage = sky(scene.light), stage_sphere(shapes)
        self.ambient, self.lamps = light_stage(scene.light, seen, shapes, self.textures, stage, tier.shadow_px, tier.shadows)
        self.cover = sky_cover(shapes, stage, tier.shadow_px // 2)
        self.faces = np.ascontiguousarray(shapes.faces[: shapes.n_moving_faces])
        self.casters = casters(scene, CASTER_M / tier.shadow_px)
        self.covers = np.concatenate([self.casters, shapes.faces[~shapes.backdrop & ~shapes.moving]])
        width, height, n = scene.camera.width_px, scene.camera.height_px, tier.samples
        self.behind = Behind(
            shapes, self.textures, seen, scene.light.hdri_visible, self.ambient, self.cover, self.lamps, width, height
        )
        self.canvas = Canvas(shapes.n_moving_vertices, shapes.n_moving_faces, width * n, height * n)
        self.store = FragmentStore(shapes, width, height, n)
        self.image = np.empty((3, height, width), np.float32)

    def paint(self, t: int) -> Array:
        """Frame t: (H, W, 3) uint8 sRGB."""
        vertices, camera = self.shapes.vertices(t), self.scene.camera
        self.cover.draw(vertices, self.covers)
        for light in self.lamps:
            if light.shadow is not None:
                light.shadow.draw(vertices, self.casters)
        K, pose = camera.K_px[t], camera.T_camera_world[t]
        self.behind.paint(K, pose, self.image)
        if self.shapes.n_moving_faces:
            self._paint_moving(t, vertices[: self.shapes.n_moving_vertices], K, pose)
        return tonemap(self.image)

    def _paint_moving(self, t: int, vertices: Array, K: Array, pose: Array) -> None:
        """Lay over the image what moves, drawn at the finer grid of samples."""
        shapes = self.shapes
        self.canvas.clear()
        self.canvas.draw(vertices, self.faces, np.diag([self.samples, self.samples, 1.0]) @ K, pose)
        fragments = self.store.gather(self.canvas, self.behind.still)
        eye = -pose[:3, :3].T @ pose[:3, 3]
        seen = surfaces(shapes, self.density, vertices, shapes.normals(t), self.canvas.points, eye, K[0, 0], fragments)
        albedo = lookup(self.textures, shapes.material, fragments.face, seen.uv, seen.lod)
        cover = self.cover.lit(fragments.face, seen.position, seen.normal)
        color = ambient(self.ambient, shapes.material, self.textures, fragments, seen, albedo, cover)
        for light in self.lamps:
            lit = light.lit(fragments.face, seen.position, seen.normal)
            add_lamp(light.lamp, shapes.material, self.textures, fragments, seen, albedo, lit, color)
        lay_over(fragments.pixel, fragments.weight, color, self.image.reshape(3, -1))
