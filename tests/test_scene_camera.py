"""Framing: the performer stays in view and fills the wanted share, whatever lens, view and movement are drawn."""

from dataclasses import replace

import numpy as np
import pytest
from made_performer import made_performance
from synapt.generator.base.errors import UserError
from synapt.generator.motion.kinematics import joint_transforms
from synapt.generator.sampling import camera as camera_sampling
from synapt.generator.scene.camera import LONGEST_MM, LOWEST_M, MOVEMENTS, NEAREST_M, camera
from synapt.generator.scene.framing import extents, subject_of
from synapt.generator.values import CameraSpec

KINDS = ("stand", "walk", "run", "lie")
SIZES = ((256, 256), (320, 180), (120, 200))


def filmed(spec, kind, size=(256, 256), heading=0.3):
    performance = made_performance(kind, heading=heading)
    subject = subject_of(performance, np.zeros((performance.n_frames, 0, 3)))
    view = camera(spec, subject, *size)
    joints = joint_transforms(performance.performers[0])[..., :3, 3]
    seen = np.einsum("tij,tnj->tni", view.T_camera_world[:, :3, :3], joints) + view.T_camera_world[:, None, :3, 3]
    pixels = np.einsum("tij,tnj->tni", view.K_px, seen)
    return view, pixels[..., :2] / pixels[..., 2:], seen[..., 2]


def drawn(seed, movement):
    rng = np.random.default_rng(seed)
    return camera_sampling.draw(rng, rng.random(), camera_sampling.Ranges(movements={movement: 1.0}))


def positions(view):
    return -np.einsum("tji,tj->ti", view.T_camera_world[:, :3, :3], view.T_camera_world[:, :3, 3])


@pytest.mark.parametrize("movement", sorted(MOVEMENTS))
@pytest.mark.parametrize("kind", KINDS)
def test_every_joint_stays_in_the_frame(movement, kind):
    for seed in range(25):
        size = SIZES[seed % len(SIZES)]
        view, pixels, depth = filmed(drawn(seed, movement), kind, size, heading=0.9 * seed)
        inside = (pixels >= 0).all(-1) & (pixels < size).all(-1) & (depth > 0)
        assert inside.all(), (seed, float(inside.mean()))
        assert positions(view)[:, 2].min() >= LOWEST_M - 1e-9


@pytest.mark.parametrize("movement", sorted(MOVEMENTS))
def test_cameras_are_rigid_and_square(movement):
    view, _, _ = filmed(drawn(3, movement), "walk")
    R = view.T_camera_world[:, :3, :3]
    np.testing.assert_allclose(R @ R.transpose(0, 2, 1), np.tile(np.eye(3), (len(R), 1, 1)), atol=1e-12)
    np.testing.assert_allclose(np.linalg.det(R), 1.0)
    np.testing.assert_array_equal(view.T_camera_world[:, 3], np.tile([0.0, 0, 0, 1], (len(R), 1)))
    assert (view.K_px[:, 0, 0] == view.K_px[:, 1, 1]).all() and (view.K_px[:, :2, 2] == 128.0).all()


def level_spec(**changes):
    spec = dict(focal_mm=36.0, azimuth_rad=0.0, elevation_rad=0.0, roll_rad=0.0, fill=0.8, offset=(0.0, 0.0),
                movement="static", movement_params={}, phases_rad=())  # fmt: skip
    return CameraSpec(**(spec | changes))


def test_front_view_shows_the_left_hand_on_the_right():
    _, pixels, _ = filmed(level_spec(), "stand")
    assert (pixels[:, 20, 0] > pixels[:, 21, 0] + 40).all()
    view, _, _ = filmed(level_spec(azimuth_rad=np.pi / 2), "stand", heading=0.0)
    # Counter-clockwise from the front, which is -y, lies the person's left, which is +x.
    assert positions(view)[0, 0] > 1.0 and abs(positions(view)[0, 1]) < 0.2


def test_focal_length_sets_the_field_of_view():
    view, _, _ = filmed(level_spec(focal_mm=18.0), "stand", (200, 100))
    assert view.K_px[0, 0, 0] == pytest.approx(100.0)


def test_longer_lens_stands_further_but_fills_the_same():
    spans, distances = [], []
    for focal in (20.0, 60.0):
        view, pixels, _ = filmed(level_spec(focal_mm=focal), "stand")
        spans.append(np.ptp(pixels[..., 1]))
        distances.append(np.linalg.norm(positions(view)[0, :2]))
    assert distances[1] > 2.5 * distances[0]
    assert abs(spans[1] - spans[0]) < 0.06 * 256


@pytest.mark.parametrize("movement", ["static", "handheld", "orbit"])
def test_who_runs_up_or_away_never_becomes_a_dot(movement):
    """Also with the widest lens, which is then changed for a longer one; who stays in place keeps the lens that was drawn."""
    for seed in range(12):
        spec = replace(drawn(seed, movement), focal_mm=18.0, elevation_rad=0.05)
        view, pixels, depth = filmed(spec, "run", heading=0.9 * seed)
        tall = np.ptp(pixels[..., 1], axis=1)
        assert depth.mean(axis=1).min() > 0.38 * depth.mean(axis=1).max()
        assert tall.min() > 0.12 * 256 and tall.min() > 0.35 * tall.max()
        assert (view.K_px == view.K_px[0]).all() and 128.0 <= view.K_px[0, 0, 0] <= 256 * LONGEST_MM / 36.0
    for kind in ("stand", "lie"):
        view, _, _ = filmed(replace(spec, focal_mm=45.0), kind)
        assert view.K_px[0, 0, 0] == 320.0


@pytest.mark.parametrize("elevation_rad", [0.1, 1.0])
@pytest.mark.parametrize("kind", ["stand", "lie"])
def test_a_wide_lens_that_may_come_no_nearer_gives_way_to_one_that_fills_the_frame(kind, elevation_rad):
    performance = made_performance(kind, heading=0.3)
    subject = subject_of(performance, np.zeros((performance.n_frames, 0, 3)))
    for azimuth in np.linspace(0.0, 6.0, 7):
        spec = level_spec(focal_mm=18.0, elevation_rad=elevation_rad, azimuth_rad=float(azimuth), fill=0.85)
        view = camera(spec, subject, 256, 256)
        seen = np.einsum("tij,tnj->tni", view.T_camera_world[:, :3, :3], subject.points) + view.T_camera_world[:, None, :3, 3]
        low, high = extents(seen, subject.radii, view.K_px[0, 0, 0] / 256)
        assert (high - low).max() == pytest.approx(0.85, rel=0.06), azimuth
        assert (seen[..., 2] - subject.radii).min() >= NEAREST_M - 1e-2


def test_static_stands_still_and_follow_goes_along():
    still, _, _ = filmed(level_spec(), "run")
    moving, _, _ = filmed(level_spec(movement="follow", movement_params={"lag_s": 0.3}), "run")
    assert np.ptp(positions(still), axis=0).max() < 1e-9
    assert np.ptp(positions(moving)[:, :2], axis=0).max() > 8.0
    unmoved, _, _ = filmed(level_spec(), "stand")
    np.testing.assert_array_equal(unmoved.T_camera_world, unmoved.T_camera_world[:1].repeat(45, axis=0))


def test_orbit_sweeps_the_wanted_angle():
    view, _, _ = filmed(level_spec(movement="orbit", movement_params={"sweep_rad": 1.0}), "stand")
    at = positions(view)[:, :2]
    angles = np.unwrap(np.arctan2(at[:, 1], at[:, 0]))
    assert angles[-1] - angles[0] == pytest.approx(1.0, abs=0.15)
    assert (np.diff(angles) > 0).all()


def test_handheld_wanders_smoothly_and_a_little():
    numbers = {"sway_m": 0.02, "sway_rad": 0.008}
    spec = level_spec(movement="handheld", movement_params=numbers, phases_rad=tuple(np.linspace(0, 6, 24)))
    view, _, _ = filmed(spec, "stand")
    at = positions(view)
    spread = at.std(axis=0).max()
    assert 0.005 < spread < 0.06
    assert np.abs(np.diff(at, n=2, axis=0)).max() < spread


@pytest.mark.parametrize("changes", [{"movement": "stattic"}, {"fill": 0.0}, {"fill": 3.0}])
def test_wrong_specs_are_answered(changes):
    with pytest.raises(UserError):
        filmed(level_spec(**changes), "stand")
