"""The raster backend: draft frames at a hundred a second and more on one core, without Blender or a GPU."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..values import Array, Camera, Quality, Scene
from .environment import paint_sky, sky
from .fragments import Fragments, FragmentStore, Surfaces, surfaces, texel_density, vertex_normals
from .lamps import light_stage, sky_cover, stage_sphere
from .mesh import geometry
from .plate import Plate
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


TIERS: dict[Quality, Tier] = {"draft": Tier(2, 288, 1), "standard": Tier(3, 768, 3), "high": Tier(4, 1024, 8)}
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
        self.shapes = shapes = geometry(scene)
        self.textures = atlas(shapes.materials)
        self.density = texel_density(shapes)
        self.sky = sky(scene.light)
        stage = stage_sphere(shapes)
        self.ambient, self.lamps = light_stage(
            scene.light, self.sky, shapes, self.textures.mean, stage, tier.shadow_px, tier.shadows
        )
        self.cover = sky_cover(shapes, stage, tier.shadow_px // 2)
        self.casters = np.ascontiguousarray(shapes.faces[shapes.moving])
        self.covers = np.ascontiguousarray(shapes.faces[~shapes.backdrop])
        width, height, n = scene.camera.width_px, scene.camera.height_px, tier.samples
        self.canvas = Canvas(shapes.n_vertices, len(shapes.faces), width * n, height * n)
        self.store = FragmentStore(shapes, width, height, n)
        self.normals = np.empty((shapes.n_vertices, 3), np.float32)
        self.image = np.empty((height * width, 3), np.float32)
        self.plate = self._plate() if _still(scene.camera) else None

    def paint(self, t: int) -> Array:
        """Frame t: (H, W, 3) uint8 sRGB."""
        vertices = self.shapes.vertices(t)
        self.cover.draw(vertices, self.covers)
        for light in self.lamps:
            if light.shadow is not None:
                light.shadow.draw(vertices, self.casters)
        self._draw(t, vertices, self.shapes.faces)
        if self.plate is None:
            fragments = self.store.gather(self.canvas.seen, self.canvas.nearness)
        else:
            accumulate(*self.plate.shown(self.cover, self.lamps), self.image)
            fragments = self.store.gather_moving(self.canvas.seen, self.canvas.nearness)
        seen, albedo = self._study(t, vertices, fragments)
        cover = self.cover.lit(fragments.face, seen.position, seen.normal)
        color = ambient(self.ambient, self.shapes.material, self.textures, fragments, seen, albedo, cover)
        for light in self.lamps:
            lit = light.lit_past_still(fragments.face, seen.position, seen.normal)
            lit *= light.lit_past_moving(fragments.face, seen.position, seen.normal)
            add_lamp(light.lamp, self.shapes.material, self.textures, fragments, seen, albedo, lit, color)
        self._paint_sky(t, fragments, color)
        accumulate(fragments.pixel, fragments.weight, color, self.image)
        return tonemap(self.image).reshape(self.scene.camera.height_px, self.scene.camera.width_px, 3)

    def _draw(self, t: int, vertices: Array, faces: Array) -> None:
        """Draw faces as the camera sees them in frame t, at the finer grid of samples."""
        camera = self.scene.camera
        self.canvas.clear()
        self.canvas.draw(
            vertices, faces, np.diag([self.samples, self.samples, 1.0]) @ camera.K_px[t], camera.T_camera_world[t]
        )

    def _study(self, t: int, vertices: Array, fragments: Fragments) -> tuple[Surfaces, Array]:
        """What the fragments of the drawn frame look like, and their linear albedo (N, 3)."""
        shapes, pose = self.shapes, self.scene.camera.T_camera_world[t]
        vertex_normals(vertices, shapes.faces, self.normals)
        eye, focal = -pose[:3, :3].T @ pose[:3, 3], self.scene.camera.K_px[t, 0, 0]
        seen = surfaces(shapes, self.density, vertices, self.normals, self.canvas.points, eye, focal, fragments)
        return seen, lookup(self.textures, shapes.material, fragments.face, seen.uv, seen.lod)

    def _paint_sky(self, t: int, fragments: Fragments, color: Array) -> None:
        camera = self.scene.camera
        K = np.diag([self.samples, self.samples, 1.0]) @ camera.K_px[t]
        rays = camera.T_camera_world[t, :3, :3].T @ np.linalg.inv(K)
        paint_sky(self.sky, self.scene.light.hdri_visible, rays, fragments.face, fragments.spot, color)

    def _plate(self) -> Plate:
        """All that stands still, as a camera that stands still sees it, with nothing that moves before its lights."""
        vertices, shapes = self.shapes.vertices(0), self.shapes
        self._draw(0, vertices, np.where(shapes.moving[:, None], np.int32(0), shapes.faces))
        gathered = self.store.gather(self.canvas.seen, self.canvas.nearness)
        fragments = Fragments(*(array.copy() for array in gathered))
        seen, albedo = self._study(0, vertices, fragments)
        fully = np.ones(len(fragments.face), np.float32)
        base = ambient(self.ambient, shapes.material, self.textures, fragments, seen, albedo, fully)
        self._paint_sky(0, fragments, base)
        shares = []
        for light in self.lamps:
            shares.append(np.zeros_like(base))
            lit = light.lit_past_still(fragments.face, seen.position, seen.normal)
            add_lamp(light.lamp, shapes.material, self.textures, fragments, seen, albedo, lit, shares[-1])
        return Plate(fragments, seen.position, seen.normal, base, shares)


def _still(camera: Camera) -> bool:
    """Whether the camera never moves."""
    return bool((camera.K_px == camera.K_px[0]).all() and (camera.T_camera_world == camera.T_camera_world[0]).all())
