"""An OpenGL backend through pyrender: colour only, without shadows; for machines where OpenGL is what there is.

Needs the `pyrender` extra and an EGL driver (a GPU's, or Mesa's on the processor).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from ..base.alive import frames
from ..base.errors import UserError
from ..base.reasons import reason_of
from ..values import Array, Quality, Scene
from .environment import paint_sky, sky
from .mesh import Geometry, geometry, vertex_normals
from .raster.lamps import ShadowedLamp, light_stage, stage_sphere
from .raster.textures import atlas
from .raster.tonemap import tonemap
from .visibility import NEAR_M

FAR_M = 500.0

CONE_RAD = 1.5
"""Half-angle of the cone that an area lamp shines into."""


class Pyrender:
    """Backend "pyrender"; every quality is the same: four samples per pixel."""

    name = "pyrender"

    def render(self, scene: Scene, quality: Quality) -> Array:
        """Frames (T, H, W, 3) uint8 sRGB. Raises UserError when pyrender or its driver is missing."""
        pyrender = _load()
        shapes = geometry(scene)
        seen = sky(scene.light)
        ambient, lamps = light_stage(
            scene.light, seen, shapes, atlas(shapes.materials), stage_sphere(shapes), pixels=64, shadows=0
        )
        materials = [_material(pyrender, material) for material in shapes.materials]
        camera = scene.camera
        with _renderer(pyrender, camera.width_px, camera.height_px) as renderer:
            painted = []
            for t in frames(scene.n_frames):
                stage = pyrender.Scene(ambient_light=[*(ambient[0] / np.pi), 1.0], bg_color=[0.0, 0.0, 0.0, 0.0])
                stage.add(_mesh(pyrender, shapes, materials, shapes.vertices(t)))
                for lamp in lamps:
                    _add_lamp(pyrender, stage, lamp)
                _add_camera(pyrender, stage, camera.K_px[t], camera.T_camera_world[t])
                color, depth = renderer.render(stage, flags=pyrender.RenderFlags.SKIP_CULL_FACES)
                painted.append(np.where((depth > 0)[..., None], color[..., :3], _background(scene, seen, t)))
        return np.stack(painted)


def _load() -> Any:
    """pyrender, told to use EGL unless the user has chosen otherwise."""
    os.environ.setdefault("PYOPENGL_PLATFORM", "egl")
    try:
        import pyrender
    except Exception as error:  # a missing driver shows as many kinds of error
        raise UserError(
            f"backend 'pyrender' can't be loaded ({reason_of(error)}): run `pip install -e '.[pyrender]'` and install "
            "libegl1, or use --backend raster"
        ) from error
    return pyrender


@contextmanager
def _renderer(pyrender: Any, width: int, height: int) -> Iterator[Any]:
    """An off-screen renderer, freed at the end."""
    try:
        renderer = pyrender.OffscreenRenderer(width, height)
    except Exception as error:
        raise UserError(
            f"backend 'pyrender' finds no EGL driver ({reason_of(error)}): install libegl1 and libgl1-mesa-dri or a GPU driver, "
            "or use --backend raster"
        ) from error
    try:
        yield renderer
    finally:
        renderer.delete()


def _material(pyrender: Any, material: Any) -> Any:
    texture = pyrender.Texture(source=material.albedo, source_channels="RGB")
    return pyrender.MetallicRoughnessMaterial(
        baseColorTexture=texture,
        baseColorFactor=[0.0, 0.0, 0.0, 1.0] if material.glow else [1.0, 1.0, 1.0, 1.0],
        emissiveTexture=texture if material.glow else None,
        emissiveFactor=[float(material.glow)] * 3,
        roughnessFactor=float(material.roughness),
        metallicFactor=float(material.metallic),
        doubleSided=True,
    )


def _mesh(pyrender: Any, shapes: Geometry, materials: list[Any], vertices: Array) -> Any:
    """One mesh with a primitive per material, its corners apart so that each has its own uv."""
    normals = np.empty_like(vertices)
    vertex_normals(vertices, shapes.faces, normals)
    primitives = []
    for m in np.unique(shapes.material):
        mine = shapes.material == m
        faces = shapes.faces[mine]
        corners = vertices[faces]
        flat = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        flat /= np.maximum(np.linalg.norm(flat, axis=-1, keepdims=True), 1e-20)
        normal = np.where(shapes.smooth[mine, None, None], normals[faces], flat[:, None])
        primitives.append(
            pyrender.Primitive(
                positions=corners.reshape(-1, 3),
                normals=normal.reshape(-1, 3).astype(np.float32),
                texcoord_0=shapes.uv[mine].reshape(-1, 2),
                material=materials[m],
                mode=4,
            )
        )
    return pyrender.Mesh(primitives=primitives)


def _add_lamp(pyrender: Any, stage: Any, light: ShadowedLamp) -> None:
    lamp = light.lamp
    power = float(lamp.strength.max())
    color = lamp.strength / max(power, 1e-9)
    pose = np.eye(4)
    z = -lamp.axis / np.linalg.norm(lamp.axis)  # a light shines along its own -z
    x = np.cross([0.0, 1.0, 0.0] if abs(z[1]) < 0.9 else [1.0, 0.0, 0.0], z)
    x /= np.linalg.norm(x)
    pose[:3, :3] = np.stack([x, np.cross(z, x), z], axis=1)
    if lamp.position is None:
        stage.add(pyrender.DirectionalLight(color=color, intensity=power), pose=pose)
        return
    pose[:3, 3] = lamp.position
    stage.add(pyrender.SpotLight(color=color, intensity=power, innerConeAngle=0.5, outerConeAngle=CONE_RAD), pose=pose)


def _add_camera(pyrender: Any, stage: Any, K: Array, pose: Array) -> None:
    camera = pyrender.IntrinsicsCamera(K[0, 0], K[1, 1], K[0, 2], K[1, 2], znear=NEAR_M, zfar=FAR_M)
    stage.add(camera, pose=np.linalg.inv(pose) @ np.diag([1.0, -1.0, -1.0, 1.0]))


def _background(scene: Scene, seen: Any, t: int) -> Array:
    """(H, W, 3) uint8: the sky in every pixel."""
    camera = scene.camera
    shape = (camera.height_px, camera.width_px)
    light = np.zeros((3, *shape), np.float32)
    rays = camera.T_camera_world[t, :3, :3].T @ np.linalg.inv(camera.K_px[t])
    paint_sky(seen, scene.light.hdri_visible, rays, np.full(shape, -1, np.int32), light)
    return tonemap(light)
