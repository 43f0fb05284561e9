"""The visibility buffer against rays cast one by one, and the pictures, textures and passes made from it."""

import dataclasses
import hashlib
import sys

import made_scenes as made
import numpy as np
import pytest
from children import run_python
from hypothesis import given, settings
from hypothesis import strategies as st
from synapt.generator.labels.label import project_points
from synapt.generator.labels.passes import PASSES, trace
from synapt.generator.render.raster.backend import Raster
from synapt.generator.render.raster.textures import LINEAR_OF_SRGB, atlas, lookup
from synapt.generator.render.raster.tonemap import tonemap
from synapt.generator.render.visibility import NEAR_M, Canvas
from synapt.generator.values import LampSpec, Light, Material


def cast_rays(vertices, faces, K, pose, width, height):
    """Nearest face and depth at every pixel centre by Moeller-Trumbore in float64; -1 and inf where there is none."""
    seen = vertices.astype(float) @ pose[:3, :3].T + pose[:3, 3]
    a, b, c = (seen[faces[:, k]] for k in range(3))
    u, v = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
    rays = np.stack([u, v, np.ones_like(u)], -1).reshape(-1, 3) @ np.linalg.inv(K).T
    face, depth = np.full(len(rays), -1), np.full(len(rays), np.inf)
    for f in range(len(faces)):
        normal = np.cross(b[f] - a[f], c[f] - a[f])
        with np.errstate(divide="ignore", invalid="ignore"):
            t = (a[f] @ normal) / (rays @ normal)
        point = rays * t[:, None]
        sides = [((np.cross(q - p, point - p)) @ normal) for p, q in ((a[f], b[f]), (b[f], c[f]), (c[f], a[f]))]
        hit = (np.min(sides, axis=0) >= 0) & (t > NEAR_M) & (t < depth)
        face[hit], depth[hit] = f, t[hit]
    return face.reshape(height, width), depth.reshape(height, width)


def drawn(vertices, faces, view):
    canvas = Canvas(len(vertices), len(faces), view.width_px, view.height_px)
    canvas.draw(vertices, faces, view.K_px[0], view.T_camera_world[0])
    canvas.resolve()
    return canvas


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 40), st.sampled_from([0.05, 0.5, 5.0]))
def test_faces_and_depths_are_those_that_rays_find(seed, n, size):
    """Also with corners behind the camera and beyond the frame."""
    rng = np.random.default_rng(seed)
    centre = rng.uniform((-2, -1, -2), (2, 5, 2), (n, 1, 3))
    vertices = (centre + size * rng.normal(size=(n, 3, 3))).reshape(-1, 3).astype(np.float32)
    faces = np.arange(3 * n, dtype=np.int32).reshape(-1, 3)
    view = made.camera(width=33, height=21, focal=25.0, centre=(15.2, 11.7))
    canvas = drawn(vertices, faces, view)
    face, depth = cast_rays(vertices, faces, view.K_px[0], view.T_camera_world[0], 33, 21)
    with np.errstate(divide="ignore"):
        found = 1.0 / canvas.nearness.astype(float)
    different = canvas.seen != face
    # Only where two faces lie at one depth, or a side runs through the pixel's very centre, may they differ.
    assert different.sum() <= 1
    same = ~different & (face >= 0)
    np.testing.assert_allclose(found[same], depth[same], rtol=1e-5)
    assert np.isinf(found[~different & (face < 0)]).all()


def test_no_pixel_falls_between_two_faces_that_share_a_side():
    rng = np.random.default_rng(3)
    for _ in range(50):
        corners = np.array([(-9, 3, -9), (9, 3, -9), (9, 3, 9), (-9, 3, 9), rng.uniform((-1, 2, -1), (1, 9, 1))])
        faces = np.array([(0, 1, 4), (1, 2, 4), (2, 3, 4), (3, 0, 4)], np.int32)
        view = made.camera(width=64, height=64)
        view.K_px[0, :2, 2] = 32 + rng.integers(-2, 3, 2) / 2  # sides through pixel centres too
        assert (drawn(corners.astype(np.float32), faces, view).seen >= 0).all()


def test_a_face_through_the_camera_plane_is_drawn_as_far_as_it_is_in_front():
    floor = made.mesh([(-50, -50, -1), (50, -50, -1), (50, 50, -1), (-50, 50, -1)], [(0, 1, 2), (0, 2, 3)])
    depth = trace(made.scene([floor]), ()).depth[0]
    rows = np.arange(48) + 0.5
    expected = np.where(rows > 24, 60.0 / np.maximum(rows - 24, 1e-9), np.inf)
    near = expected < 49
    np.testing.assert_allclose(depth[near], np.repeat(expected[near, None], 64, 1), rtol=1e-5)
    assert np.isinf(depth[rows < 24]).all()


def test_flow_is_the_projected_motion_and_what_gets_covered_is_occluded():
    frames = 4
    wall = made.quad(40, 40, 6.0, name="wall", kind="backdrop", surface="backdrop")
    board = made.quad(0.8, 0.8, 3.0, shifts=[(0.1 * t, 0.0, 0.05 * t) for t in range(frames)])
    scene = made.scene([wall, board], made.camera(frames, move=(0.02, 0.0, 0.0)))
    dense = trace(scene, PASSES).dense
    is_board = dense["mask"] == made.SURFACE["prop"]
    flow = dense["flow"]
    # (dx - camera's own) * focal / depth, x right and y down
    np.testing.assert_allclose(flow[is_board[:-1]], np.tile([0.08 * 20, -0.05 * 20], (is_board[:-1].sum(), 1)), atol=1e-3)
    np.testing.assert_allclose(flow[~is_board[:-1]], np.tile([-0.02 * 10, 0.0], ((~is_board[:-1]).sum(), 1)), atol=1e-3)
    v, u = np.mgrid[:48, :64] + 0.5
    for t in range(frames - 1):
        x, y = u + flow[t, ..., 0], v + flow[t, ..., 1]
        inside = (x > 0) & (x < 64) & (y > 0) & (y < 48)
        assert dense["occlusion"][t][~inside].all()
        assert not dense["occlusion"][t][is_board[t] & inside].any()
        # A wall point is covered when the board's next outline holds it (a pixel's width of doubt at its edge).
        left, right = 32 + 20 * (0.1 * (t + 1) - 0.02 * (t + 1) - 0.4), 32 + 20 * (0.1 * (t + 1) - 0.02 * (t + 1) + 0.4)
        top, bottom = 24 - 20 * (0.05 * (t + 1) + 0.4), 24 - 20 * (0.05 * (t + 1) - 0.4)
        depth_in = np.minimum(np.minimum(x - left, right - x), np.minimum(y - top, bottom - y))
        wall_point = ~is_board[t] & inside
        assert dense["occlusion"][t][wall_point & (depth_in > 1)].all()
        assert not dense["occlusion"][t][wall_point & (depth_in < -1)].any()


def test_flow_of_the_sky_is_the_cameras_turn():
    view = made.camera(2)
    angle = 0.03
    turn = np.array([[np.cos(angle), 0, -np.sin(angle)], [0, 1, 0], [np.sin(angle), 0, np.cos(angle)]])
    view.T_camera_world[1, :3, :3] = turn @ view.T_camera_world[1, :3, :3]
    far = made.quad(0.1, 0.1, 5.0)
    dense = trace(made.scene([far], view), PASSES).dense
    sky = dense["mask"][0] == 0
    u = np.arange(64) + 0.5
    expected = 32 + 60 * np.tan(np.arctan((u - 32) / 60) - angle) - u
    np.testing.assert_allclose(dense["flow"][0][24][sky[24]][:, 0], expected[sky[24]], atol=1e-3)


def test_normals_face_the_viewer_on_both_sides_and_part_goes_with_person():
    front = made.quad(1, 1, 3.0, kind="person", surface="skin", part=made.PART["head"])
    back = made.mesh(front.vertices_m + np.array([1.5, 0, 0]), front.faces[:, ::-1], kind="prop")
    dense = trace(made.scene([front, back]), PASSES).dense
    seen = dense["mask"][0] > 0
    np.testing.assert_allclose(dense["normal"][0][seen].astype(float), np.tile([0, -1.0, 0], (seen.sum(), 1)), atol=1e-3)
    assert (dense["normal"][0][~seen] == 0).all()
    np.testing.assert_array_equal(dense["part"] == made.PART["head"], dense["mask"] == made.SURFACE["skin"])


def test_albedos_top_row_is_up_and_its_left_column_left():
    albedo = np.zeros((8, 8, 3), np.uint8)
    albedo[:4, :4], albedo[:4, 4:], albedo[4:, :4] = (255, 0, 0), (0, 255, 0), (0, 0, 255)
    frame = Raster().render(made.scene([made.quad(2, 2, 3.0, albedo=albedo)]), "draft")[0].astype(int)
    top_left, top_right, low_left, low_right = frame[14, 22], frame[14, 42], frame[34, 22], frame[34, 42]
    assert top_left.argmax() == 0 and top_right.argmax() == 1 and low_left.argmax() == 2
    assert low_right.max() < min(top_left.max(), top_right.max(), low_left.max()) - 40


def test_mipmaps_end_in_the_pictures_mean_light():
    rng = np.random.default_rng(1)
    for shape in ((64, 64, 3), (48, 20, 3), (1, 7, 3)):
        image = rng.integers(0, 256, shape, dtype=np.uint8)
        made_atlas = atlas((Material("a", GREY_TILE), Material("b", image)))
        one = np.array([1], np.int32)
        far = lookup(made_atlas, one, np.zeros(1, np.int32), np.array([[0.3, 0.6]], np.float32), np.array([30], np.float32))
        np.testing.assert_allclose(far[0], LINEAR_OF_SRGB[image].mean((0, 1)), rtol=0.12, atol=0.01)
        near = lookup(made_atlas, one, np.zeros(1, np.int32), texel_centre(shape, 0, 3), np.array([-30], np.float32))
        np.testing.assert_allclose(near[0], LINEAR_OF_SRGB[image[0, 3]], atol=0.01)


GREY_TILE = np.full((2, 2, 3), 90, np.uint8)


def texel_centre(shape, row, column):
    return np.array([[(column + 0.5) / shape[1], 1.0 - (row + 0.5) / shape[0]]], np.float32)


def test_shadow_lies_where_the_sun_puts_it():
    light = Light(None, 0, -2.0, np.array([1.0, 0.0, -1.0]), 6.0, np.ones(3), (), np.zeros(3))
    floor = made.mesh([(-9, -9, -1), (9, -9, -1), (9, 9, -1), (-9, 9, -1)], [(0, 1, 2), (0, 2, 3)], kind="backdrop")
    plate = made.mesh(
        [(-1.2, 3.6, 0), (-0.4, 3.6, 0), (-0.4, 4.4, 0), (-1.2, 4.4, 0)], [(0, 1, 2), (0, 2, 3)], shifts=[(0, 0, 0)] * 2
    )
    view = made.camera(2, width=128, height=128, focal=100)
    scene = made.scene([floor, plate], view, light)
    frame = Raster().render(scene, "draft")[1].astype(float).mean(-1)
    spots = np.array([[[0.2, 4.0, -1.0], [1.4, 4.0, -1.0], [-0.9, 3.2, -1.0]]])
    (shaded, lit, beside), _ = project_points(view, np.tile(spots, (2, 1, 1)))[0][1].astype(int), None
    assert frame[shaded[1], shaded[0]] < 0.75 * frame[lit[1], lit[0]]
    assert frame[beside[1], beside[0]] == pytest.approx(frame[lit[1], lit[0]], rel=0.1)


def test_a_closed_room_keeps_the_sky_out_and_its_lamp_in():
    box = np.array([(x, y, z) for x in (-3.0, 3.0) for y in (-1.0, 5.0) for z in (-1.0, 2.0)])
    sides = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    faces = [f for a, b, c, d in sides for f in ((a, b, c), (a, c, d))]
    room = made.mesh(box, faces, kind="backdrop", surface="backdrop")
    dark = Light(None, 0, 2.0, np.array([0, 0, -1.0]), 0.0, np.ones(3), (), np.array([0, 2.0, -1.0]))
    lamp = LampSpec((0.0, 2.0, 1.8), 0.5, 100.0, (1.0, 1.0, 1.0))
    bright = Light(None, 0, -9.0, np.array([0, 0, -1.0]), 0.0, np.ones(3), (lamp,), np.array([0, 2.0, -1.0]))
    without, under = (Raster().render(made.scene([room], light=light), "draft")[0].mean() for light in (dark, bright))
    assert without < 12 < 50 < under


def test_a_camera_that_stands_still_sees_what_one_that_all_but_does_sees():
    """The background kept for a still camera against the same frames drawn anew."""
    scene = small_scene()
    poses = scene.camera.T_camera_world.copy()
    poses[0, 0, 3] += 1e-12  # not still, strictly
    moving = dataclasses.replace(scene, camera=dataclasses.replace(scene.camera, T_camera_world=poses))
    kept, anew = (Raster().render(each, "draft").astype(int) for each in (scene, moving))
    assert np.abs(kept - anew).max() <= 1


def test_tonemap_keeps_order_and_grey():
    grey = np.repeat(np.linspace(0, 20, 500, dtype=np.float32)[None, None], 3, 0)
    shown = tonemap(grey)[0].astype(int)
    assert (np.diff(shown[:, 0]) >= 0).all() and shown[0].max() == 0 and shown[-1].min() == 255
    assert np.ptp(shown, axis=1).max() <= 1
    assert tonemap(np.full((3, 1, 1), 0.18, np.float32))[0, 0, 0] == pytest.approx(118, abs=6)


def test_same_scene_same_bytes_in_another_process():
    assert run_python(__file__) == digest()


def small_scene():
    rng = np.random.default_rng(0)
    albedo = rng.integers(0, 256, (16, 16, 3), dtype=np.uint8)
    boards = [made.quad(1, 1.5, 3.0 + k, albedo=albedo, shifts=[(0.1 * k * t, 0, 0.2) for t in range(3)]) for k in range(3)]
    floor = made.mesh([(-9, -9, -1), (9, -9, -1), (9, 9, -1), (-9, 9, -1)], [(0, 1, 2), (0, 2, 3)], kind="backdrop")
    sun = Light(None, 0, 0.0, np.array([1.0, 0.4, -1.0]), 3.0, np.ones(3), (), np.zeros(3))
    return made.scene([floor, *boards], made.camera(3), sun)


def digest():
    """Hash of the frames and passes of a small scene."""
    scene = small_scene()
    arrays = [Raster().render(scene, "draft"), *trace(scene, PASSES).dense.values()]
    return hashlib.sha256(b"".join(array.tobytes() for array in arrays)).hexdigest()


if __name__ == "__main__":
    sys.stdout.write(digest())
