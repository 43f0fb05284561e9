"""Numbers of the Blender backend that need no Blender: tiers, lens, threads, and checks of meshes."""

from __future__ import annotations

import os
import zlib
from dataclasses import dataclass

import numpy as np

from ...base.errors import UserError
from ...base.machine import usable_cores
from ...values import Array, Camera, Quality, Scene
from ..mesh import posed

SENSOR_MM = 36.0
"""Width of the sensor that lens lengths are expressed against; cancels out of the picture."""


@dataclass(frozen=True)
class Tier:
    """Cycles settings of one quality: samples per pixel, light bounces, and subsurface scattering of skin."""

    samples: int
    bounces: int
    skin_subsurface: float = 0.0


TIERS: dict[str, Tier] = {
    "draft": Tier(1, 1),
    "standard": Tier(4, 2),
    "high": Tier(16, 4, skin_subsurface=0.15),
}
"""Outdoors, where one bounce and twelve were measured to look alike; all denoise (OIDN, fast, guided)."""

INDOOR_TIERS: dict[str, Tier] = {
    "draft": Tier(1, 3),
    "standard": Tier(8, 4),
    "high": Tier(16, 6, skin_subsurface=0.15),
}
"""In a room light arrives off the walls: fewer bounces leave the room dark, fewer samples blotchy."""


def tier(scene: Scene, quality: Quality) -> Tier:
    """Settings for a scene of a quality, outdoors or indoors."""
    return (INDOOR_TIERS if roofed(scene) else TIERS)[quality]


def roofed(scene: Scene) -> bool:
    """Whether a part of the backdrop lies straight above the middle of the stage, so that light comes off walls."""
    centre = np.asarray(scene.light.stage_center_m, dtype=np.float64)
    for mesh in scene.meshes:
        if mesh.kind == "backdrop":
            corners = posed(mesh)[0][mesh.faces] - centre
            a, b = corners[..., :2], np.roll(corners[..., :2], -1, axis=1)
            turn = a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
            around = ((turn >= 0).all(axis=1) | (turn <= 0).all(axis=1)) & (turn != 0).any(axis=1)
            if (around & (corners[..., 2] > 0).all(axis=1)).any():
                return True
    return False


def threads() -> int:
    """Threads to render with: SYNAPT_THREADS, or as many as there are cores that this process may use.

    Raises UserError for a SYNAPT_THREADS that is no number from 1 on.
    """
    wanted = os.environ.get("SYNAPT_THREADS")
    if wanted is None:
        return usable_cores()
    if not wanted.isdecimal() or int(wanted) < 1:
        raise UserError(f"SYNAPT_THREADS is '{wanted}': set it to a whole number from 1 on, or unset it")
    return int(wanted)


def seed(scene: Scene) -> int:
    """Cycles' noise seed: one per clip (a still background must not flicker), a function of the scene."""
    return zlib.crc32(np.ascontiguousarray(scene.camera.T_camera_world).tobytes()) & 0x7FFFFFFF


def lens(camera: Camera, frame: int) -> tuple[float, float, float]:
    """Focal length in mm and the two lens shifts (in sensor widths) that reproduce K_px of one frame.

    Raises ValueError for pixels that aren't square or a skewed K, which Blender's camera can't express.
    """
    K = np.asarray(camera.K_px[frame], dtype=np.float64)
    fx, fy, cx, cy = K[0, 0], K[1, 1], K[0, 2], K[1, 2]
    if abs(fx - fy) > 1e-6 * fx or abs(K[0, 1]) > 1e-9:
        raise ValueError(f"camera with square, unskewed pixels expected, got fx {fx}, fy {fy}, skew {K[0, 1]}")
    width, height = camera.width_px, camera.height_px
    return SENSOR_MM * fx / width, (width / 2 - cx) / width, (cy - height / 2) / width


def camera_matrix(camera: Camera, frame: int) -> Array:
    """(4, 4) T_world_camera with Blender's camera axes (x right, y up, looking along -z)."""
    matrix: Array = np.linalg.inv(camera.T_camera_world[frame]) @ np.diag([1.0, -1.0, -1.0, 1.0])
    return matrix


def check_vertices(name: str, vertices_m: Array) -> None:
    """Raise ValueError if a vertex isn't finite: Cycles would leave the whole mesh out without a word."""
    if not np.isfinite(vertices_m).all():
        frame = int(np.argwhere(~np.isfinite(vertices_m))[0, 0])
        raise ValueError(f"mesh '{name}' has vertices that aren't finite, first in frame {frame}")


def check_faces(name: str, faces: Array, n_vertices: int) -> None:
    """Raise ValueError if a face points at no vertex: Blender would crash the process."""
    if len(faces) and (faces.min() < 0 or faces.max() >= n_vertices):
        raise ValueError(f"mesh '{name}' has faces that point outside its {n_vertices} vertices")
