"""A camera behind a large thing is moved to where it sees the person; one that sees them stays where it was drawn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from synapt.generator.motion.kinematics import joint_transforms
from synapt.generator.pipeline import make_scene
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import sample
from synapt.generator.scene.sight import MOST_HIDDEN, clear_camera, hidden_share
from synapt.generator.skeletons import JOINT
from synapt.generator.values import Camera, CameraSpec, Mesh


def eye_at(azimuth_rad: float, elevation_rad: float = 0.0) -> Camera:
    """A camera 4 m from the origin."""
    level = np.cos(elevation_rad)
    eye = 4.0 * np.array([level * np.cos(azimuth_rad), level * np.sin(azimuth_rad), np.sin(elevation_rad)])
    pose = np.eye(4)
    pose[:3, 3] = -eye
    return Camera(8, 8, np.eye(3)[None].repeat(3, 0), pose[None].repeat(3, 0))


def wall(at_x_m: float) -> Mesh:
    """A wall of 2 x 2 m across the x axis."""
    corners = np.array([[at_x_m, y, z] for y in (-1.0, 1.0) for z in (-1.0, 1.0)], dtype=np.float32)
    faces = np.array([[0, 1, 2], [2, 1, 3]], dtype=np.int32)
    nothing = np.zeros(2, np.int16)
    return Mesh("wall", "prop", corners, faces, np.zeros((2, 3, 2), np.float32), nothing, nothing, nothing, (), None,
                np.eye(3, 4, dtype=np.float32)[None, None])  # fmt: skip


POINTS = np.array([[[0.0, y, z] for y in (-0.2, 0.2) for z in (-0.8, 0.0, 0.8)]]).repeat(3, 0)


@pytest.mark.parametrize(("at_x_m", "share"), [(2.0, 1.0), (-2.0, 0.0), (0.2, 0.0), (5.0, 0.0), (3.9, 1.0)])
def test_what_stands_between_hides_and_what_is_behind_or_at_hand_does_not(at_x_m, share):
    assert hidden_share(eye_at(0.0), POINTS, [wall(at_x_m)]) == share


def test_a_wall_is_looked_past_by_the_smallest_turn_that_does():
    spec = CameraSpec(35.0, 0.0, 0.0, 0.0, 0.8, (0.0, 0.0), "static", {}, ())
    tried = []

    def film(one: CameraSpec) -> Camera:
        tried.append(one)
        return eye_at(one.azimuth_rad, one.elevation_rad)

    lens = clear_camera(spec, POINTS, [wall(2.0)], film)
    assert hidden_share(lens, POINTS, [wall(2.0)]) <= MOST_HIDDEN < hidden_share(film(spec), POINTS, [wall(2.0)])
    assert len(tried) < 8
    tried.clear()
    clear_camera(spec, POINTS, [wall(-2.0)], film)
    assert tried == [spec]
    tried.clear()
    clear_camera(spec, POINTS, [replace(wall(2.0), vertices_m=wall(2.0).vertices_m * np.float32(0.1))], film)
    assert tried == [spec]  # too small to hide anyone


def test_nobody_is_filmed_from_inside_a_car():
    for index in range(6):
        spec = sample("car_hit", load_recipe("standard"), 5, index, width_px=64, height_px=64, fps=6.0)
        for azimuth_rad in (np.pi / 2, -np.pi / 2):
            turned = replace(spec, camera=replace(spec.camera, azimuth_rad=azimuth_rad, other_azimuths_rad=()))
            scene = make_scene(turned)
            car = next(mesh for mesh in scene.meshes if mesh.name == "car")
            head = joint_transforms(scene.performance.performers[0])[:, [JOINT["head"]], :3, 3]
            assert hidden_share(scene.camera, head, [car]) < 0.5
