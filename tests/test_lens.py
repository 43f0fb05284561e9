"""Labels follow the lens and the rolling shutter: points, masks and flow all go the one way that the picture goes."""

import cv2
import made_scenes as made
import numpy as np
import pytest
from synapt.generator.labels.label import passes_needed, project_points
from synapt.generator.labels.passes import PASSES, trace
from synapt.generator.labels.through import through
from synapt.generator.render.bending import bending
from synapt.generator.scene.lens import behind_lens, finished_pixels, rolled, zoom
from synapt.generator.values import SensorSpec

BARREL, PINCUSHION = (-0.05, 0.01), (0.04, 0.005)
FPS = 10.0


def lensed(view, distortion=BARREL, readout_s=0.0):
    return behind_lens(view, SensorSpec(distortion=distortion, readout_s=readout_s), FPS)


def seen(scene, wanted=PASSES):
    camera = scene.camera
    return through(bending(camera), trace(scene, passes_needed(camera, wanted)), {*wanted, "occlusion"})


def test_no_lens_is_the_camera_itself():
    view = made.camera()
    assert behind_lens(view, SensorSpec(), FPS) is view and bending(view) is None
    assert behind_lens(view, SensorSpec(softness_px=1.0, exposure_s=0.1), FPS) is view


@pytest.mark.parametrize("distortion", [BARREL, PINCUSHION])
def test_points_lie_where_opencv_puts_them(distortion):
    camera = lensed(made.camera(1, 200, 120, 90.0, centre=(96.0, 63.0)), distortion)
    points = np.random.default_rng(0).uniform((-1.0, 1.5, -0.6), (1.0, 3.0, 0.6), (200, 3))
    pixels, _ = project_points(camera, points[None])
    turn, _ = cv2.Rodrigues(camera.T_camera_world[0, :3, :3])
    wanted, _ = cv2.projectPoints(points, turn, camera.T_camera_world[0, :3, 3], camera.lens.K_px[0], camera.lens.distortion[0])
    np.testing.assert_allclose(pixels[0], wanted[:, 0], atol=1e-6)


@pytest.mark.parametrize("distortion", [BARREL, PINCUSHION])
def test_corners_move_by_the_share_that_was_asked_for_and_everything_is_seen(distortion):
    view = made.camera(1, 200, 120, 90.0)
    camera = lensed(view, distortion)
    corner = np.array([[[100 / 90, 60 / 90]]])
    moved = finished_pixels(camera.lens, corner, 200, 120)[0, 0] - (100, 60)
    assert moved == pytest.approx(np.array([100, 60]) * (1 + sum(distortion)), abs=1e-9)
    sources = bending(camera).still
    assert zoom(distortion) >= 1.0 and sources.min() > 0 and (sources < (200, 120)).all()
    assert camera.K_px[0, 0, 0] == pytest.approx(90 / zoom(distortion))
    rays = (sources - camera.K_px[0, :2, 2]) / camera.K_px[0, [0, 1], [0, 1]]
    back = finished_pixels(camera.lens, rays.reshape(1, -1, 2), 200, 120).reshape(120, 200, 2)
    np.testing.assert_allclose(back, np.stack(np.meshgrid(np.arange(200), np.arange(120)), -1) + 0.5, atol=1e-3)


def test_who_is_far_outside_never_comes_back_into_the_picture():
    camera = lensed(made.camera(1, 200, 120, 90.0), (-0.05, -0.01))
    far = np.linspace(1.2, 60, 400)
    pixels = finished_pixels(camera.lens, np.stack([far, 0.3 * far], -1)[None], 200, 120)[0]
    assert (np.diff(pixels, axis=0) > 0).all() and (pixels[20:, 0] > 200).all()


def test_a_late_row_shows_where_things_are_by_then():
    track = np.stack([np.linspace(10, 40, 6), np.linspace(20, 75, 6)], axis=-1)[:, None]
    late = rolled(track, 0.4, 100)
    when = 0.4 * (late[..., 1] / 100 - 0.5)
    np.testing.assert_allclose(late, track + when[..., None] * np.array([6.0, 11.0]), atol=1e-9)
    assert np.array_equal(rolled(track, 0.0, 100), track)


@pytest.mark.parametrize("readout_s", [0.0, 0.04])
@pytest.mark.parametrize("distortion", [(0.0, 0.0), BARREL, PINCUSHION])
def test_masks_boxes_and_points_agree(distortion, readout_s):
    """A board that moves: its outline by the projection of its border's points is the outline of its mask."""
    if distortion == (0.0, 0.0) and not readout_s:
        pytest.skip("no lens")
    view = made.camera(4, 256, 192, 200.0)
    shifts = [(0.12 * t - 0.4, 0.0, 0.07 * t - 0.2) for t in range(4)]
    wall = made.quad(40, 40, 6.0, kind="backdrop", surface="backdrop")
    scene = made.scene([wall, made.quad(1.2, 1.0, 3.0, shifts=shifts)], lensed(view, distortion, readout_s))
    masks = seen(scene).dense["mask"] == made.SURFACE["prop"]
    side = np.linspace(-1, 1, 60)
    border = np.concatenate([np.stack([side, k * np.ones(60)], -1) for k in (-1, 1)])
    border = np.concatenate([border, border[:, ::-1]]) * (0.6, 0.5)
    points = np.stack([border[:, 0], np.full(len(border), 3.0), border[:, 1]], -1) + np.array(shifts)[:, None]
    pixels, _ = project_points(scene.camera, points)
    for t, mask in enumerate(masks):
        hull = cv2.convexHull((pixels[t] * 16).round().astype(np.int32))
        polygon = cv2.fillConvexPoly(np.zeros((192 * 16, 256 * 16), np.uint8), hull, 1)[8::16, 8::16] > 0
        assert (mask & polygon).sum() / (mask | polygon).sum() > 0.97
        rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        box = columns[0], rows[0], columns[-1] + 1, rows[-1] + 1
        low, high = np.clip(pixels[t].min(axis=0), 0, (256, 192)), np.clip(pixels[t].max(axis=0), 0, (256, 192))
        assert np.abs(np.subtract(box, (*low, *high))).max() < 1.6


@pytest.mark.parametrize("readout_s", [0.0, 0.04])
def test_flow_leads_to_where_points_are_in_the_next_frame(readout_s):
    view = made.camera(3, 256, 192, 200.0, move=(0.05, 0.02, -0.03))
    shifts = [(0.1 * t - 0.1, 0.0, 0.06 * t) for t in range(3)]
    wall = made.quad(40, 40, 6.0, kind="backdrop", surface="backdrop")
    scene = made.scene([wall, made.quad(1.2, 1.0, 3.0, shifts=shifts)], lensed(view, BARREL, readout_s))
    dense = seen(scene).dense
    on_board = np.random.default_rng(1).uniform((-0.5, 3.0, -0.4), (0.5, 3.0, 0.4), (60, 3)) + np.array(shifts)[:, None]
    on_wall = np.tile(np.random.default_rng(2).uniform((-5, 6.0, -4), (5, 6.0, 4), (200, 3)), (3, 1, 1))
    compared = 0
    for points, surface in ((on_board, "prop"), (on_wall, "backdrop")):
        pixels, _ = project_points(scene.camera, points)
        for n in range(points.shape[1]):
            x, y = np.floor(pixels[0, n]).astype(int)
            if 1 <= x < 255 and 1 <= y < 191 and (dense["mask"][0, y - 1 : y + 2, x - 1 : x + 2] == made.SURFACE[surface]).all():
                assert np.abs(dense["flow"][0, y, x] - (pixels[1, n] - pixels[0, n])).max() < 0.12
                compared += 1
    assert compared > 80
    assert dense["occlusion"].any() and not dense["occlusion"].all()


def test_the_rows_of_a_panned_pole_lean():
    """A camera that turns sees upright poles leaning, by its turn while the rows are read."""
    view = made.camera(3, 128, 128, 100.0, move=(0.3, 0.0, 0.0))
    pole = made.quad(0.3, 8.0, 3.0, shifts=((0.3, 0, 0),) * 3)
    wall = made.quad(40, 40, 6.0, kind="backdrop", surface="backdrop")
    scene = made.scene([wall, pole], lensed(view, (0.0, 0.0), 0.03))
    mask = seen(scene).dense["mask"][1] == made.SURFACE["prop"]
    columns = np.array([np.flatnonzero(row).mean() for row in mask])
    lean = np.polyfit(np.arange(128), columns, 1)[0] * 128
    assert lean == pytest.approx(-0.3 / 3.0 * 100 * 0.03 * FPS, abs=0.5)


def test_depth_and_ids_are_of_the_pinholes_pixels():
    scene = made.scene([made.quad(0.8, 1.0, 3.0, kind="person", part=made.PART["torso"], surface="skin")], lensed(made.camera()))
    views = seen(scene)
    assert (np.isfinite(views.depth) == (views.person == 1)).all() and (views.person == 1).any()
    assert (views.part[views.person == 1] == made.PART["torso"]).all()
    assert np.allclose(np.linalg.norm(views.dense["normal"][views.person == 1].astype(float), axis=-1), 1.0, atol=1e-3)
    assert set(through(bending(scene.camera), trace(scene, PASSES), {"mask"}).dense) == {"mask"}
