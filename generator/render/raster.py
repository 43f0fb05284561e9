"""The raster backend: draft frames at a hundred a second and more on one core, without Blender or a GPU."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..values import Array, Quality, Scene
from .environment import paint_sky, sky
from .fragments import FragmentStore, surfaces, texel_density, vertex_normals
from .lamps import ShadowedLamp, light_stage, sky_cover, stage_sphere
from .mesh import geometry
from .shade import accumulate, add_lamp, ambient
from .textures import atlas, lookup
from .tonemap import tonemap
from .visibility import Canvas


@dataclass(frozen=True)
class Tier:
    """samples: per pixel and axis; shadow_px: side of a shadow map; shadows: how many lights cast one."""

    samples: int
    shadow_px: int
    shadows: int


TIERS: dict[Quality, Tier] = {"draft": Tier(2, 384, 1), "standard": Tier(3, 768, 3), "high": Tier(4, 1024, 8)}
"""What each quality means here."""


class Raster:
    """Backend "raster": what it paints and what `labels` says come from the same geometry."""

    name = "raster"

    def render(self, scene: Scene, quality: Quality) -> Array:
        """Frames (T, H, W, 3) uint8 sRGB."""
        painter = Painter(scene, TIERS[quality])
        return np.stack([painter.paint(t) for t in range(scene.n_frames)])


class Painter:
    """What is worked out once per clip, and the buffers that every frame uses again."""

    def __init__(self, scene: Scene, tier: Tier) -> None:
        self.scene, self.samples = scene, tier.samples
        self.shapes = geometry(scene)
        self.textures = atlas(self.shapes.materials)
        self.density = texel_density(self.shapes)
        self.sky = sky(scene.light)
        stage = stage_sphere(self.shapes)
        self.ambient, self.lamps = light_stage(
            scene.light, self.sky, self.shapes, self.textures.mean, stage, tier.shadow_px, tier.shadows
        )
        self.cover = sky_cover(self.shapes, stage, tier.shadow_px // 2)
        self.casters = np.ascontiguousarray(self.shapes.faces[self.shapes.moving])
        self.covers = np.ascontiguousarray(self.shapes.faces[~self.shapes.backdrop])
        width, height, n = scene.camera.width_px, scene.camera.height_px, tier.samples
        n_vertices = self.shapes.n_vertices
        self.canvas = Canvas(n_vertices, len(self.shapes.faces), width * n, height * n)
        self.store = FragmentStore(self.shapes, width, height, n)
        self.normals = np.empty((n_vertices, 3), np.float32)
        self.image = np.empty((height * width, 3), np.float32)

    def paint(self, t: int) -> Array:
        """Frame t: (H, W, 3) uint8 sRGB."""
        camera, shapes = self.scene.camera, self.shapes
        vertices = shapes.vertices(t)
        K, pose = np.diag([self.samples, self.samples, 1.0]) @ camera.K_px[t], camera.T_camera_world[t]
        self.canvas.clear()
        self.canvas.draw(vertices, shapes.faces, K, pose)
        fragments = self.store.gather(self.canvas.seen, self.canvas.nearness)

        vertex_normals(vertices, shapes.faces, self.normals)
        eye, focal = -pose[:3, :3].T @ pose[:3, 3], camera.K_px[t, 0, 0]
        seen = surfaces(shapes, self.density, vertices, self.normals, self.canvas.points, eye, focal, fragments)
        albedo = lookup(self.textures, shapes.material, fragments.face, seen.uv, seen.lod)

        self.cover.update(vertices, self.covers)
        cover = self.cover.lit(fragments.face, seen.position, seen.normal)
        color = ambient(self.ambient, shapes.material, self.textures, fragments, seen, albedo, cover)
        for light in self.lamps:
            lit = self._lit(light, vertices, fragments.face, seen.position, seen.normal)
            add_lamp(light.lamp, shapes.material, self.textures, fragments, seen, albedo, lit, color)
        rays = pose[:3, :3].T @ np.linalg.inv(K)
        paint_sky(self.sky, self.scene.light.hdri_visible, rays, fragments.face, fragments.spot, color)
        accumulate(fragments.pixel, fragments.weight, color, self.image)
        return tonemap(self.image).reshape(camera.height_px, camera.width_px, 3)

    def _lit(self, light: ShadowedLamp, vertices: Array, face: Array, position: Array, normal: Array) -> Array:
        if light.shadow is None:
            return np.ones(len(face), np.float32)
        light.shadow.update(vertices, self.casters)
        return light.shadow.lit(face, position, normal)
