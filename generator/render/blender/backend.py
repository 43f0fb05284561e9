"""Render scenes with Blender's Cycles: the only file that imports bpy, and for use in child processes only.

After `import bpy` a process must not fork and is best ended with `os._exit` after `clean_up()`; `generator.jobs`
does all that.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from ...base.errors import UserError
from ...values import Array, Quality, Scene
from ..mesh import posed
from . import scene as build
from .devices import APT_LINE, card_of, choose
from .settings import Tier, camera_matrix, check_vertices, lens, seed, threads, tier


class Blender:
    """Cycles behind the backend protocol; `device` is CPU or a GPU kind, "" for `devices.choose`."""

    name = "blender"

    def __init__(self, device: str = "") -> None:
        self.device = device

    def render(self, scene: Scene, quality: Quality) -> Array:
        """Frames (T, H, W, 3) uint8 sRGB of a scene. The same scene gives the same bytes.

        Raises UserError where Blender can't be loaded, the chosen device doesn't work or the environment
        map is missing; ValueError for vertices that aren't finite, faces without vertices, odd camera pixels.
        """
        settings = tier(scene, quality)
        with _stage(scene, settings, self.device or choose()) as shots:
            return np.stack(list(shots))

    def person_mask(self, scene: Scene) -> Array:
        """(T, H, W) bool: pixels whose centre sees a person, as Cycles itself traces them (for checks)."""
        with _stage(scene, None, "CPU") as shots:
            return np.stack([shot[..., 0] > 127 for shot in shots])


@lru_cache(maxsize=1)
def _load() -> Any:
    """bpy, imported once."""
    try:
        with quiet(), _temporary_files_at(workplace()):
            import bpy
    except ImportError as error:
        raise UserError(f"Blender can't be loaded ({error}): run `{APT_LINE}`, or use --backend raster") from error
    return bpy


@contextlib.contextmanager
def _temporary_files_at(folder: Path) -> Iterator[None]:
    """Have Blender make its own temporary folder (at import, and at every emptying) inside ours."""
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = str(folder)
    try:
        yield
    finally:
        os.environ.pop("TMPDIR")
        if before is not None:
            os.environ["TMPDIR"] = before


@lru_cache(maxsize=1)
def workplace() -> Path:
    """Folder of this process for the frame on its way out of Blender, in memory where there is a /dev/shm.

    Also clears what killed processes left: folders untouched for an hour (a live one is touched every frame).
    """
    root = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else Path(tempfile.gettempdir())
    ours = Path(tempfile.mkdtemp(prefix="synapt-blender-", dir=root))
    for other in root.glob("synapt-blender-*"):
        with contextlib.suppress(OSError):
            if other.stat().st_mtime < ours.stat().st_mtime - 3600:
                shutil.rmtree(other, ignore_errors=True)
    atexit.register(clean_up)
    return ours


def clean_up() -> None:
    """Remove what this process left in temporary folders; call before `os._exit`."""
    if workplace.cache_info().currsize:
        shutil.rmtree(workplace(), ignore_errors=True)
        workplace.cache_clear()


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Send what C code prints to nowhere: Blender writes lines per frame that Python can't redirect.

    What Python printed before goes out first, and C's own buffer is emptied before the output is put back.
    """
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        ctypes.CDLL(None).fflush(None)
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


@contextlib.contextmanager
def _stage(scene: Scene, settings: Tier | None, device: str) -> Iterator[Iterator[Array]]:
    """Build a scene in an emptied Blender and offer its frames one by one; `settings` None asks for the mask.

    The file is emptied at the start of every clip, so memory stays where it was.
    """
    bpy = _load()
    vertices = [posed(mesh) for mesh in scene.meshes]
    for mesh, positions in zip(scene.meshes, vertices, strict=True):
        check_vertices(mesh.name, positions)
    with quiet():
        with _temporary_files_at(workplace()):
            bpy.ops.wm.read_factory_settings(use_empty=True)
        _configure(bpy, scene, settings, device)
        things = _build(bpy, scene, vertices, settings)
        yield _frames(bpy, scene, vertices, things)


def _build(bpy: Any, scene: Scene, vertices: list[Array], settings: Tier | None) -> list[Any]:
    """Objects of all meshes, with the light that the settings ask for, or bright people in the dark."""
    if settings is None:
        emitters = {kind: build.add_emitter(bpy, kind, float(kind == "person")) for kind in ("person", "other")}
        bpy.context.scene.world = None
    else:
        build.add_world(bpy, scene.light)
        build.add_lamps(bpy, scene.light)
    things = []
    for mesh, positions in zip(scene.meshes, vertices, strict=True):
        if settings is None:
            material = emitters["person" if mesh.kind == "person" else "other"]
            materials = [material] * len(mesh.materials)
        else:
            materials = build.add_materials(bpy, mesh, settings)
        things.append(build.add_mesh(bpy, mesh, positions[0], materials))
    return things


def _frames(bpy: Any, scene: Scene, vertices: list[Array], things: list[Any]) -> Iterator[Array]:
    """(H, W, 3) uint8 of each frame: move what moves, aim the camera, render."""
    camera = build.add_camera(bpy, scene)
    path = workplace() / "frame.bmp"
    bpy.context.scene.render.filepath = str(path)
    with _interrupt_kept() as interrupts:
        for t in range(scene.n_frames):
            for thing, positions in zip(things, vertices, strict=True):
                if t and len(positions) > 1:
                    build.move_vertices(thing, positions[t])
            camera.data.lens, camera.data.shift_x, camera.data.shift_y = lens(scene.camera, t)
            camera.matrix_world = camera_matrix(scene.camera, t).T.tolist()  # Blender takes columns
            bpy.ops.render.render(write_still=True)
            if interrupts:
                raise KeyboardInterrupt
            frame = cv2.imread(str(path), cv2.IMREAD_COLOR)
            if frame is None:
                raise UserError(f"Blender left no picture in {path.parent}: free some space there")
            yield np.ascontiguousarray(frame[..., ::-1])
            path.unlink()


@contextlib.contextmanager
def _interrupt_kept() -> Iterator[list[int]]:
    """Collect Ctrl-C, to be raised between two frames: raised during a render, Blender would swallow it."""
    interrupts: list[int] = []
    plain = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if not plain or threading.current_thread() is not threading.main_thread():
        yield interrupts
        return
    signal.signal(signal.SIGINT, lambda number, _: interrupts.append(number))
    try:
        yield interrupts
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _configure(bpy: Any, scene: Scene, settings: Tier | None, device: str) -> None:
    """Cycles, output and threads."""
    blender_scene = bpy.context.scene
    render, cycles, view = blender_scene.render, blender_scene.cycles, blender_scene.view_settings
    render.engine = "CYCLES"
    render.threads_mode, render.threads = "FIXED", threads()
    render.use_persistent_data = True
    render.use_file_extension = False
    render.use_compositing = render.use_sequencer = False
    render.dither_intensity = 0.0
    render.image_settings.file_format, render.image_settings.color_mode = "BMP", "RGB"
    cycles.seed = seed(scene)
    cycles.use_adaptive_sampling = cycles.use_light_tree = False
    cycles.caustics_reflective = cycles.caustics_refractive = False
    if settings is None:
        cycles.samples, cycles.max_bounces, cycles.use_denoising = 1, 0, False
        cycles.pixel_filter_type, cycles.filter_width = "BOX", 0.01
        view.view_transform = "Raw"
        return
    view.view_transform, view.look = "AgX", "AgX - Medium High Contrast"  # closest to an ordinary camera
    cycles.samples, cycles.max_bounces = settings.samples, settings.bounces
    cycles.diffuse_bounces, cycles.glossy_bounces = settings.bounces, min(settings.bounces, 2)
    cycles.use_denoising, cycles.denoiser = True, "OPENIMAGEDENOISE"
    cycles.denoising_input_passes = "RGB_ALBEDO_NORMAL"
    cycles.denoising_prefilter = cycles.denoising_quality = "FAST"
    if device != "CPU":
        use_device(bpy, device)


# ---------------------------------------------------------------- devices


def use_device(bpy: Any, kind: str) -> None:
    """Render on one GPU of a kind (OPTIX, CUDA, HIP, ONEAPI, METAL), denoiser included: the one that is this worker's."""
    preferences = bpy.context.preferences.addons["cycles"].preferences
    devices = [device for device in preferences.get_devices_for_type(kind) if device.type == kind]
    if not devices:  # Cycles would quietly use the processor
        raise UserError(f"Blender finds no {kind} device")
    preferences.compute_device_type = kind
    card = devices[card_of(len(devices))]
    for device in preferences.devices:
        device.use = (device.type, device.id) == (kind, card.id)
    bpy.context.scene.cycles.device = "GPU"
    bpy.context.scene.cycles.denoising_use_gpu = True


def list_devices(kinds: tuple[str, ...]) -> dict[str, list[str]]:
    """Names of the GPUs that this Blender can use, by kind."""
    bpy = _load()
    preferences = bpy.context.preferences.addons["cycles"].preferences
    found: dict[str, list[str]] = {}
    for kind in kinds:
        with contextlib.suppress(Exception), quiet():  # a kind that this build doesn't know
            devices = preferences.get_devices_for_type(kind)
            found[kind] = [device.name for device in devices if device.type == kind]
    return {kind: names for kind, names in found.items() if names}
