"""What a camera leaves in the picture: each trace is the one that was asked for, and comes twice the same."""

import cv2
import made_scenes as made
import msgspec
import numpy as np
import pytest
from synapt.generator.base.errors import UserError
from synapt.generator.labels.passes import trace
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import sample
from synapt.generator.sensor.develop import develop, falloff, passes_needed
from synapt.generator.sensor.exposure import LINEAR
from synapt.generator.sensor.metering import gains
from synapt.generator.values import SensorSpec
from synapt.generator.video.recompress import recompressed

SIZE = 256


def still(frames=2):
    """A grey world, and frames of it."""
    scene = made.scene([made.quad(9, 9, 6.0, shifts=((0, 0, 0),) * frames)], made.camera(frames, SIZE, SIZE))
    return scene, np.full((frames, SIZE, SIZE, 3), 128, np.uint8)


def developed(scene, frames, **traces):
    sensor = SensorSpec(**traces)
    return develop(frames, trace(scene, passes_needed(scene.camera, sensor)), scene.camera, sensor, scene.fps)


def textured(seed=0, frames=1):
    noise = np.random.default_rng(seed).integers(0, 256, (SIZE // 8, SIZE // 8, 3), dtype=np.uint8)
    return np.stack([cv2.resize(noise, (SIZE, SIZE), interpolation=cv2.INTER_CUBIC)] * frames)


def linear_of(frames):
    return LINEAR[frames].astype(float)


def test_no_traces_leave_the_frames_alone():
    scene, frames = still()
    assert developed(scene, frames) is frames
    assert developed(scene, frames, noise_seed=5) is frames


def test_a_trace_that_does_nothing_to_a_picture_gives_its_bytes_back():
    scene, _ = still(1)
    frames = textured()
    assert np.abs(developed(scene, frames, readout_s=0.01).astype(int) - frames).max() <= 1


def test_softness_is_a_gaussian_blur_of_the_light():
    scene, _ = still(1)
    frames = textured()
    got = linear_of(developed(scene, frames, softness_px=1.5)[0])
    wanted = cv2.GaussianBlur(linear_of(frames[0]), (0, 0), 1.5, borderType=cv2.BORDER_REPLICATE)
    assert np.abs(got - wanted).mean() < 0.004 and np.abs(got - wanted).max() < 0.03


def test_lengths_are_those_of_a_picture_256_px_high():
    small = made.scene([made.quad(9, 9, 6.0)], made.camera(1, 64, 64))
    frames = textured()[:, :64, :64]
    got = linear_of(developed(small, frames, softness_px=6.0)[0])
    wanted = cv2.GaussianBlur(linear_of(frames[0]), (0, 0), 1.5, borderType=cv2.BORDER_REPLICATE)
    assert np.abs(got - wanted).mean() < 0.004


def test_vignetting_takes_its_share_from_the_corners_and_nothing_from_the_middle():
    light = falloff(0.4, 200, 100)
    assert light[50, 100] == pytest.approx(1.0, abs=1e-3) and light[0, 0] == pytest.approx(0.6, abs=5e-3)
    assert (np.diff(light[50, 100:]) < 0).all() and np.allclose(light, light[::-1, ::-1], atol=1e-6)
    scene, frames = still(1)
    got = linear_of(developed(scene, frames, vignetting=0.4)[0])
    assert np.allclose(got / LINEAR[128], falloff(0.4, SIZE, SIZE)[..., None], atol=0.02)


def test_stray_light_and_white_balance_are_what_was_asked_for():
    scene, frames = still(1)
    grey = LINEAR[128]
    halves = frames.copy()
    halves[:, :, : SIZE // 2] = 0
    got = linear_of(developed(scene, halves, glare=0.2)[0])
    assert np.allclose(got[:, : SIZE // 2], 0.1 * grey, rtol=0.03) and np.allclose(got[:, SIZE // 2 :], 0.9 * grey, rtol=0.01)
    got = linear_of(developed(scene, frames, white_balance=(1.25, 0.8))[0]).mean(axis=(0, 1))
    assert np.allclose(got, grey * np.array([1.25, 1.0, 0.8]), rtol=0.01)


def test_saturation_keeps_luma_and_takes_colour():
    scene, _ = still(1)
    frames = textured()
    none = developed(scene, frames, saturation=1e-9)[0].astype(int)
    assert np.ptp(none, axis=-1).max() <= 1
    assert np.abs(none[..., 0] - frames[0] @ np.array([0.2126, 0.7152, 0.0722])).max() < 1.5


def test_noise_grows_with_light_as_asked_and_is_another_one_in_every_frame_and_for_every_seed():
    scene, _ = still(3)
    for level in (60, 128, 190):
        frames = np.full((3, SIZE, SIZE, 3), level, np.uint8)
        got = linear_of(developed(scene, frames, shot_noise=0.05, read_noise=0.01, noise_seed=3))
        expected = np.sqrt(0.05**2 * LINEAR[level] + 0.01**2)
        assert got.mean() == pytest.approx(LINEAR[level], rel=0.02) and got.std() == pytest.approx(expected, rel=0.04)
    apart = [np.corrcoef((got[a] - got.mean()).ravel(), (got[b] - got.mean()).ravel())[0, 1] for a, b in ((0, 1), (0, 2), (1, 2))]
    beside = np.corrcoef(got[0, :, 1:].ravel(), got[0, :, :-1].ravel())[0, 1]
    channels = np.corrcoef(got[0, ..., 0].ravel(), got[0, ..., 1].ravel())[0, 1]
    assert np.abs([*apart, beside, channels]).max() < 0.02
    again, other = (developed(scene, frames, shot_noise=0.05, noise_seed=seed) for seed in (3, 4))
    assert (again == developed(scene, frames, shot_noise=0.05, noise_seed=3)).all() and (other != again).mean() > 0.5


def test_sharpening_makes_edges_overshoot_and_leaves_even_ground():
    scene, _ = still(1)
    frames = np.full((1, SIZE, SIZE, 3), 80, np.uint8)
    frames[:, :, 128:] = 160
    got = developed(scene, frames, sharpening=0.8)[0, 100, :, 0].astype(int)
    assert got[127] < 70 and got[128] > 170 and got[100] == 80 and got[160] == 160


@pytest.mark.parametrize("share", [0.3, 0.6, 1.0])
def test_what_moves_is_smeared_over_its_way_and_the_ground_beside_it_is_not(share):
    """A white board 40 px wide crosses a dark wall by 12 px a frame."""
    step, focal = 12, 240.0
    wall = made.quad(40, 40, 6.0, kind="backdrop", surface="backdrop")
    board = made.quad(40 * 3 / focal, 0.6, 3.0, shifts=[(step * 3 / focal * t, 0, 0) for t in range(3)])
    scene = made.scene([wall, board], made.camera(3, SIZE, SIZE, focal))
    seen = trace(scene, ("mask",)).dense["mask"] == made.SURFACE["prop"]
    frames = np.where(seen[..., None], 250, 20).astype(np.uint8).repeat(3, axis=-1)
    before, after = (linear_of(each[1, 128, :, 0]) for each in (frames, developed(scene, frames, exposure_s=share / scene.fps)))
    columns = np.arange(SIZE)
    excess = after - LINEAR[20]
    assert excess.sum() == pytest.approx((before - LINEAR[20]).sum(), rel=0.1)
    assert (excess * columns).sum() / excess.sum() == pytest.approx(columns[seen[1, 128]].mean(), abs=0.5)
    ramp = ((after > LINEAR[20] + 0.02) & (after < LINEAR[250] - 0.02)).sum() / 2
    assert ramp == pytest.approx(share * step, rel=0.35, abs=1.7)
    far = np.abs(columns - columns[seen[1, 128]].mean()) > 20 + step / 2 + 3
    assert np.array_equal(after[far], before[far])


def test_what_moves_behind_something_still_is_not_smeared_over_it():
    bars = [made.quad(0.04, 3, 2.0, kind="backdrop", surface="backdrop", name=f"bar {k}") for k in range(5)]
    for k, bar in enumerate(bars):
        bar.vertices_m[:, 0] += 0.16 * (k - 2)
    board = made.quad(1.5, 1.5, 3.0, shifts=[(0.15 * t - 0.15, 0, 0) for t in range(3)])
    scene = made.scene([*bars, board], made.camera(3, SIZE, SIZE, 240.0))
    dense = trace(scene, ("mask",)).dense["mask"]
    bar = dense == made.SURFACE["backdrop"]
    frames = np.where(bar[..., None], 30, 200).astype(np.uint8).repeat(3, axis=-1)
    after = developed(scene, frames, exposure_s=1.0 / scene.fps)[1]
    inner = cv2.erode(bar[1].astype(np.uint8), np.ones((1, 3))) > 0
    assert inner.sum() > 500 and after[inner].max() < 60


def test_a_codec_loses_more_at_a_higher_rate_factor_and_the_same_every_time():
    frames = np.stack([np.roll(textured()[0], 2 * t, axis=1) for t in range(9)])
    loss = {crf: np.abs(recompressed(frames, 15.0, crf).astype(int) - frames).mean() for crf in (15, 25, 35)}
    assert 0 < loss[15] < loss[25] < loss[35]
    assert (recompressed(frames, 15.0, 30) == recompressed(frames, 15.0, 30)).all()
    assert recompressed(frames[:1], 15.0, 30).shape == (1, SIZE, SIZE, 3)
    with pytest.raises(UserError, match=r"H\.264 needs even sizes, got 255x256: use 256x256"):
        recompressed(frames[:, :, 1:], 15.0, 30)


def test_a_recipe_can_do_without_and_clean_clips_are_among_the_others():
    plain, standard = ([sample("walking", load_recipe(name), 0, k).sensor for k in range(200)] for name in ("plain", "standard"))
    assert set(map(repr, plain)) == {repr(SensorSpec())}
    clean = sum(sensor == SensorSpec() for sensor in standard)
    assert 5 <= clean <= 40 and len({sensor.noise_seed for sensor in standard}) >= 200 - clean


def test_only_its_own_stream_draws_the_sensor():
    recipe = load_recipe("standard")
    one, other = sample("walking", recipe, 0, 3), sample("walking", recipe, 0, 3, variants={"sensor": 1})
    plain = sample("walking", load_recipe("plain"), 0, 3)
    assert one.sensor != other.sensor
    for spec in (other, plain):
        differing = {f for f in one.__dataclass_fields__ if getattr(one, f) != getattr(spec, f)}
        assert differing <= {"sensor", "variants", "recipe"}


def test_a_spec_from_before_has_no_traces_and_impossible_ones_are_refused():
    plain = msgspec.to_builtins(sample("walking", load_recipe("plain"), 0, 3))
    old = {name: value for name, value in plain.items() if name != "sensor"}
    from synapt.generator.values import ClipSpec

    assert msgspec.convert(old, ClipSpec) == msgspec.convert(plain, ClipSpec)
    for sensor in ({"distortion": (-0.2, -0.1)}, {"crf": 52}, {"softness_px": float("nan")}, {"shot_noise": 2.0}):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(plain | {"sensor": sensor}, ClipSpec)


@pytest.mark.parametrize("level", [20, 60, 128, 200])
def test_a_camera_exposes_for_the_middle_of_its_picture(level):
    scene, _ = still(2)
    frames = np.full((2, SIZE, SIZE, 3), level, np.uint8)
    bright = LINEAR[level]
    for metering in (0.25, 0.5, 1.0):
        got = linear_of(developed(scene, frames, metering=metering, grey=0.15))
        gain = np.clip((0.15 / bright) ** metering, 0.25, 4.0)
        assert np.allclose(got, min(gain * bright, 1.0), rtol=0.03)


def test_the_middle_counts_for_more_than_the_rim():
    frames = np.full((2, SIZE, SIZE, 3), 230, np.uint8)
    middle = slice(SIZE // 4, -SIZE // 4)
    frames[0, middle, middle] = 40  # somebody before a bright window
    frames[1, : SIZE // 4] = 40  # as dark, and smaller, at the rim
    seen, bright = SensorSpec(metering=1.0, grey=0.4), frames[1:].copy()
    bright[:] = 230
    window, rim, plain = (gains(one, seen, 15.0)[0] for one in (frames[:1], frames[1:], bright))
    assert plain < rim < window and np.log2(window / plain) > 2 * np.log2(rim / plain)


def test_a_gain_follows_a_change_of_light_slowly_and_is_the_same_for_each_size():
    frames = np.concatenate([np.full((15, 64, 64, 3), 60, np.uint8), np.full((15, 64, 64, 3), 180, np.uint8)])
    found = gains(frames, SensorSpec(metering=1.0, grey=0.15), 15.0)
    steps = np.diff(np.log2(found))
    assert (steps <= 1e-6).all() and steps.min() > -0.35 and found[0] > 2.5 and found[-1] < 0.6
    large = np.repeat(np.repeat(frames, 2, 1), 2, 2)
    assert np.allclose(gains(large, SensorSpec(metering=1.0, grey=0.15), 15.0), found, rtol=1e-4)
