"""Blender's frames lie where the labels say, show what the scene says, and fail loudly."""

from __future__ import annotations

import os
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cv2
import numpy as np
import pytest
from children import run_python
from synapt.generator.base.errors import UserError
from synapt.generator.labels.passes import trace
from synapt.generator.render.blender import backend as blender
from synapt.generator.render.blender import devices
from synapt.generator.render.blender.settings import camera_matrix, lens, threads, tier
from synapt.generator.values import Array, Scene

CHILD = Path(__file__).with_name("blender_child.py")


@pytest.fixture(scope="module")
def child() -> Any:
    """The module that builds the scenes (its bpy is imported only when it renders)."""
    spec = spec_from_file_location("blender_child", CHILD)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("blender")


@pytest.fixture(scope="module")
def printed(folder: Path) -> str:
    """Renders everything once; what the process printed."""
    return run_python(CHILD, folder)


@pytest.fixture(scope="module")
def found(folder: Path, printed: str) -> dict[str, Array]:
    with np.load(folder / "found.npz") as file:
        return dict(file)


def projected(scene: Scene, points_m: Array, t: int) -> Array:
    """(N, 2) px of world points in frame t."""
    seen = (scene.camera.T_camera_world[t] @ np.c_[points_m, np.ones(len(points_m))].T)[:3]
    px = scene.camera.K_px[t] @ seen
    return (px[:2] / px[2]).T


def centroids(dark: Array) -> Array:
    """(N, 2) px: weighted centres of the blobs of a (H, W) float picture that exceed half its maximum."""
    wide = cv2.dilate((dark > dark.max() / 2).astype(np.uint8), np.ones((5, 5), np.uint8))
    n, blobs = cv2.connectedComponents(wide)
    y, x = np.indices(dark.shape) + 0.5
    return np.array([[np.average(v, weights=dark * (blobs == i)) for v in (x, y)] for i in range(1, n)])


def nearest_errors(found_px: Array, expected_px: Array) -> Array:
    return np.linalg.norm(found_px[None] - expected_px[:, None], axis=-1).min(axis=1)


def test_person_mask_agrees_with_the_labels(found: dict[str, Array], child: Any) -> None:
    for mask, expected in zip(found["performance_mask"], trace(child.performance(), ()).person, strict=True):
        assert expected.sum() > 500
        assert (mask ^ expected).sum() <= 0.003 * expected.sum()


@pytest.mark.parametrize("t", [0, 1])
def test_markers_lie_where_the_saved_camera_puts_them(found: dict[str, Array], child: Any, t: int) -> None:
    expected = projected(child.markers(), child.MARKERS_M, t)
    mask = centroids(found["markers_mask"][t].astype(float))
    grey = found["markers"][t].astype(float).mean(axis=-1)
    frame = centroids(np.clip(np.median(grey) - grey - 10, 0, None))
    assert len(mask) == len(frame) == len(expected)
    assert nearest_errors(mask, expected).max() < 0.25
    assert nearest_errors(frame, expected).max() < 0.25


def test_same_scene_same_bytes(found: dict[str, Array]) -> None:
    assert np.array_equal(found["performance"], found["performance_again"])


def test_same_bytes_in_another_process(found: dict[str, Array], folder: Path) -> None:
    (folder / "again").touch()
    run_python(CHILD, folder)
    with np.load(folder / "again.npz") as again:
        assert np.array_equal(again["performance"], found["performance"])


def test_vertices_move_with_the_frames(found: dict[str, Array], child: Any) -> None:
    moved = np.logical_xor(*trace(child.performance(), ()).person)
    change = np.abs(np.diff(found["performance"].astype(int), axis=0)[0]).max(axis=-1)
    assert change[moved].mean() > 20


@pytest.mark.parametrize("quality", ["draft", "performance", "high"])
def test_frames_are_exposed(found: dict[str, Array], quality: str) -> None:
    """Neither black nor burnt, and no stray bright pixel, far above all of its neighbours."""
    frames = found[quality]
    assert frames.shape == (2, 96, 128, 3) and frames.dtype == np.uint8
    assert 60 < frames.mean() < 200
    grey = frames.mean(axis=-1)
    around = np.stack([cv2.dilate(g, np.array([[1, 1, 1], [1, 0, 1], [1, 1, 1]], np.uint8)) for g in grey])
    assert (grey - around).max() < 40


def test_better_tiers_are_nearer_to_the_best(found: dict[str, Array]) -> None:
    error = {q: np.abs(found[q].astype(float) - found["high"]).mean() for q in ("draft", "performance")}
    assert error["performance"] < error["draft"] < 12


def test_texture_is_upright_and_in_srgb(found: dict[str, Array], child: Any) -> None:
    poster = found["poster"][0].astype(int)
    for row in (0, 1):
        for column in (0, 1):
            seen = poster[21 + 21 * row, 21 + 21 * column]
            bright = child.QUARTERS[row, column] > 127
            assert seen[bright].min() > seen[~bright].max(initial=0) + 40, (row, column, seen)


def test_environment_is_turned_by_yaw(found: dict[str, Array]) -> None:
    """The map's middle faces +x, a quarter turn of yaw takes it to +y; its right lies clockwise, at -y."""
    for name, channel in (("x", 0), ("y", 0), ("right", 1)):
        middle = found[f"sky_{name}"][0, 30:34, 30:34].mean(axis=(0, 1))
        others = np.delete(middle, channel)
        assert middle[channel] > others.max() + 40, (name, middle)


def test_shadow_falls_along_the_sun(found: dict[str, Array], child: Any) -> None:
    """The ball 1 m above the floor throws its shadow 0.75 m towards +x, where the sun direction points."""
    scene, grey = child.sundial(), found["sundial"][0].mean(axis=-1)
    spots = projected(scene, np.array([[0.75, 0.0, 0.0], [-0.75, 0.0, 0.0], [0.75, 0.6, 0.0]]), 0).astype(int)
    shadow, mirrored, beside = (grey[y, x] for x, y in spots)
    assert shadow < 0.5 * mirrored and shadow < 0.5 * beside


def test_lamps_light_a_closed_room(found: dict[str, Array]) -> None:
    assert 60 < found["room"].mean() < 220
    assert found["dark_room"].mean() < 0.5 * found["room"].mean()


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("nan", "ValueError: mesh 'tube' has vertices that aren't finite, first in frame 0"),
        ("faces", "ValueError: mesh 'tube' has faces that point outside"),
        ("missing", "none.hdr is missing"),
        ("broken", "broken.hdr can't be read"),
        ("squashed", "ValueError: camera with square"),
        ("interrupt", "KeyboardInterrupt"),
    ],
)
def test_what_cannot_be_shown_is_refused(found: dict[str, Array], case: str, words: str) -> None:
    assert words in str(found[f"error_{case}"])


def test_only_python_prints_and_nothing_is_left(printed: str, found: dict[str, Array]) -> None:
    assert printed == "before\nafter\n"
    assert not Path(str(found["workplace"])).exists()


def test_lens_and_axes_reproduce_the_camera(child: Any) -> None:
    """Blender's camera model, written out, puts points where K and T_camera_world put them."""
    scene = child.markers()
    for t in range(2):
        focal_mm, shift_x, shift_y = lens(scene.camera, t)
        inside = np.linalg.inv(camera_matrix(scene.camera, t)) @ np.c_[child.MARKERS_M, np.ones(5)].T
        width, height = scene.camera.width_px, scene.camera.height_px
        x = (inside[0] / -inside[2] * focal_mm / 36 - shift_x) * width + width / 2
        y = -(inside[1] / -inside[2] * focal_mm / 36 - shift_y) * width + height / 2
        assert np.allclose(np.c_[x, y], projected(scene, child.MARKERS_M, t), atol=1e-9)


def test_threads_follow_the_environment_and_the_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SYNAPT_THREADS", raising=False)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 2, 5}, raising=False)
    assert threads() == 3
    monkeypatch.setenv("SYNAPT_THREADS", "7")
    assert threads() == 7
    for wrong in ("0", "-1", "many", ""):
        monkeypatch.setenv("SYNAPT_THREADS", wrong)
        with pytest.raises(UserError, match="SYNAPT_THREADS"):
            threads()


def test_a_roof_raises_samples_and_bounces(child: Any) -> None:
    under_the_sky = child.performance(child.room(50.0).light)
    for quality in ("draft", "standard", "high"):
        indoors, outdoors = tier(child.room(50.0), quality), tier(under_the_sky, quality)
        assert indoors.samples >= outdoors.samples and indoors.bounces > outdoors.bounces


def test_bpy_stays_out_of_this_process(found: dict[str, Array]) -> None:
    assert "bpy" not in sys.modules


# ---------------------------------------------------------------- devices


@pytest.fixture(scope="module")
def reports() -> list[devices.DeviceReport]:
    return devices.probe()


@pytest.fixture
def fresh_choice() -> Any:
    devices.choose.cache_clear()
    yield
    devices.choose.cache_clear()


def test_the_processor_works(reports: list[devices.DeviceReport]) -> None:
    assert reports[0].kind == "CPU" and reports[0].works, reports


@pytest.mark.parametrize("kind", devices.GPU_KINDS)
def test_gpu_renders_the_same_picture(reports: list[devices.DeviceReport], kind: str) -> None:
    here = [report for report in reports if report.kind == kind]
    if not here:
        pytest.skip(f"no {kind} device here")
    assert here[0].works, here[0].note


@pytest.mark.parametrize("place", [None, 0, 1, 2, 3])
def test_workers_share_out_the_cards(monkeypatch: pytest.MonkeyPatch, place: int | None) -> None:
    """Two cards, each of which also answers to CUDA, and the processor, as Blender lists them."""
    cards = [SimpleNamespace(type=kind, id=f"{kind}_{k}", use=True) for kind in ("CUDA", "OPTIX") for k in range(2)]
    listed = [*cards, SimpleNamespace(type="CPU", id="CPU", use=True)]
    settings = SimpleNamespace(devices=listed, compute_device_type="NONE", get_devices_for_type=lambda _: cards[2:] + listed[-1:])
    cycles = SimpleNamespace(device="CPU", denoising_use_gpu=False)
    context = SimpleNamespace(
        preferences=SimpleNamespace(addons={"cycles": SimpleNamespace(preferences=settings)}),
        scene=SimpleNamespace(cycles=cycles),
    )
    monkeypatch.delenv(devices.PLACE, raising=False)
    if place is not None:
        monkeypatch.setenv(devices.PLACE, str(place))
    blender.use_device(SimpleNamespace(context=context), "OPTIX")
    assert [device.id for device in listed if device.use] == [f"OPTIX_{(place or 0) % 2}"]
    assert (settings.compute_device_type, cycles.device, cycles.denoising_use_gpu) == ("OPTIX", "GPU", True)


def test_a_device_that_is_not_there_is_refused(
    reports: list[devices.DeviceReport], fresh_choice: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent = next(kind for kind in devices.GPU_KINDS if kind not in {report.kind for report in reports})
    monkeypatch.setenv("SYNAPT_DEVICE", absent.lower())
    monkeypatch.delenv("SYNAPT_DEVICE_PROVEN", raising=False)
    with pytest.raises(UserError, match=f"SYNAPT_DEVICE={absent.lower()} doesn't work here .*set it to auto or cpu"):
        devices.choose()


def test_a_misspelt_device_is_named(fresh_choice: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SYNAPT_DEVICE", "optics")
    with pytest.raises(UserError, match="OPTIX"):
        devices.choose()


def test_a_child_that_dies_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing library (bpy fails to load) reaches the report as one line, not as a traceback."""
    monkeypatch.setattr(devices, "CHILD_CODE", "raise ImportError('libX11.so.6: cannot open shared object file')  # {}")
    (report,) = devices.probe()
    assert not report.works and "libX11.so.6" in report.note and "\n" not in report.note
