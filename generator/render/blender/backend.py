"""Render scenes with Blender's Cycles: the only file that imports bpy, and for use in child processes only.

After `import bpy` a process must not fork and is best ended with `os._exit` after `clean_up()`; `generator.jobs`
does all that.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import threading
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import cv2
import numpy as np

from ...base.alive import frames
from ...base.errors import UserError
from ...base.reasons import reason_of
from ...values import Array, Quality, Scene
from ..mesh import placed
from . import scene as build
from .devices import APT_LINE, card_of, choose
from .settings import Tier, camera_matrix, check_vertices, lens, seed, threads, tier
from .surroundings import blender_at, forget_meddling, moved_out, workplace


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
        forget_meddling()
        with quiet(), blender_at(workplace()):
            import bpy
    except ImportError as error:
        raise UserError(f"Blender can't be loaded ({reason_of(error)}): run `{APT_LINE}`, or use --backend raster") from error
    return bpy


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
    vertices = list(placed(scene))
    for mesh, positions in zip(scene.meshes, vertices, strict=True):
        check_vertices(mesh.name, positions)
    with quiet():
        with blender_at(workplace()):
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
    with _interrupt_kept() as interrupts:
        for t in frames(scene.n_frames):
            for thing, positions in zip(things, vertices, strict=True):
                if t and len(positions) > 1:
                    build.move_vertices(thing, positions[t])
            camera.data.lens, camera.data.shift_x, camera.data.shift_y = lens(scene.camera, t)
            camera.matrix_world = camera_matrix(scene.camera, t).T.tolist()  # Blender takes columns
            frame = _picture(bpy)
            if frame is None and moved_out():
                frame = _picture(bpy)
            if interrupts:
                raise KeyboardInterrupt
            if frame is None:
                raise UserError(f"Blender left no picture in {workplace()}: free space there, or set TMPDIR to another folder")
            yield frame


def _picture(bpy: Any) -> Array | None:
    """Render what is set up and read it back, (H, W, 3) uint8; None where the workplace had no room for all of it."""
    path, render = workplace() / "frame.bmp", bpy.context.scene.render
    render.filepath = str(path)
    try:
        bpy.ops.render.render(write_still=True)
    except RuntimeError as error:
        if "cannot save" not in str(error):
            raise
        return None
    try:
        if path.stat().st_size < 3 * render.resolution_x * render.resolution_y:  # what is missing would be read as black
            return None
        frame = cv2.imread(str(path), cv2.IMREAD_COLOR)
        path.unlink()
    except FileNotFoundError:
        return None
    return None if frame is None else np.ascontiguousarray(frame[..., ::-1])


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
