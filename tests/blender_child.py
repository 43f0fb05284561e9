"""Renders what test_render_blender.py looks at, in a process of its own: bpy stays out of the tests."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import trimesh
from synapt.generator.base.errors import UserError
from synapt.generator.render.blender.backend import Blender
from synapt.generator.render.blender.surroundings import workplace
from synapt.generator.skeletons import SURFACE
from synapt.generator.values import (
    Array,
    Camera,
    LampSpec,
    Light,
    Material,
    Mesh,
    Performance,
    Performer,
    Scene,
    Skeleton,
    Weights,
)

MARKERS_M = np.array([[-0.7, 0.2, 0.3], [0.6, -0.4, 0.5], [0.0, 0.0, 1.0], [-0.5, 0.5, 1.6], [0.7, 0.3, 1.7]])
QUARTERS = np.array([[[255, 0, 0], [0, 255, 0]], [[0, 0, 255], [255, 255, 255]]], dtype=np.uint8)


def plain(name: str, rgb: tuple[int, int, int]) -> Material:
    return Material(name, np.full((4, 4, 3), rgb, dtype=np.uint8), 0.9)


def mesh(
    shape: trimesh.Trimesh,
    kind: str,
    material: Material,
    transforms: Array | None = None,
    surface: str = "top",
) -> Mesh:
    faces, zeros = shape.faces.astype(np.int32), np.zeros(len(shape.faces), np.int16)
    if transforms is None:
        transforms = np.eye(4)[None]
    uv = np.zeros((len(faces), 3, 2), np.float32)
    vertices, poses = shape.vertices.astype(np.float32), transforms[:, None, :3].astype(np.float32)
    of_face = (zeros, zeros, zeros + SURFACE[surface])
    return Mesh(material.name, kind, vertices, faces, uv, *of_face, (material,), None, poses)


def look_at(eye: tuple[float, float, float], target: tuple[float, float, float]) -> Array:
    z = np.subtract(target, eye) / np.linalg.norm(np.subtract(target, eye))
    x = np.cross(z, [0.0, 0.0, 1.0])
    x /= np.linalg.norm(x)
    view = np.eye(4)
    view[:3, :3] = np.stack([x, np.cross(z, x), z])
    view[:3, 3] = -view[:3, :3] @ eye
    return view


def camera(n_frames: int = 1, size: tuple[int, int] = (128, 96), target: tuple[float, float, float] = (0, 0, 0.9)) -> Camera:
    """Off-centre principal point, zooming and travelling."""
    width, height = size
    K = np.array([[[110 + 6 * t, 0, 60.5 - t], [0, 110 + 6 * t, 50.25], [0, 0, 1]] for t in range(n_frames)], float)
    views = np.stack([look_at((0.8 + 0.2 * t, -3, 1.4), target) for t in range(n_frames)])
    return Camera(width, height, K, views)


def light(**changes: object) -> Light:
    down = np.array([0.6, 0.0, -0.8])
    return replace(Light(None, 0.0, 0.0, down, 0.0, np.ones(3), (), np.array([0, 0, 0.9]), False), **changes)


def scene(meshes: list[Mesh], view: Camera, lit: Light) -> Scene:
    t = len(view.K_px)
    still = np.tile(np.eye(3), (t, 55, 1, 1))
    nobody = Performer("a", Skeleton(np.zeros((55, 3)), {}, np.zeros(55)), still, np.zeros((t, 3)))
    return Scene(tuple(meshes), view, lit, Performance(15.0, (nobody,), {}, (), ()))


def bending_tube() -> Mesh:
    """A person of sorts: a tube skinned to two joints, the upper of which turns and travels in frame 1."""
    shape = trimesh.creation.cylinder(0.2, 1.6, sections=24).subdivide().subdivide()
    shape.apply_translation([0, 0, 0.8])
    upper = np.clip(shape.vertices[:, 2] / 1.6, 0, 1)
    weights = Weights(
        np.arange(0, 2 * len(upper) + 1, 2, dtype=np.int32),
        np.tile(np.array([0, 1], np.int16), len(upper)),
        np.stack([1 - upper, upper], axis=1).ravel().astype(np.float32),
    )
    transforms = np.tile(np.eye(4), (2, 2, 1, 1))
    transforms[1, 1] = trimesh.transformations.rotation_matrix(0.5, [0, 1, 0])
    transforms[1, 1, 0, 3] += 0.15
    tube = mesh(shape, "person", plain("tube", (200, 60, 50)))
    return replace(tube, weights=weights, transforms=transforms[:, :, :3].astype(np.float32))


def performance(lit: Light | None = None) -> Scene:
    """The tube behind a box that slides, on a floor: skinned, rigid and static meshes together."""
    slide = np.tile(np.eye(4), (2, 1, 1))
    slide[1, 0, 3] = 0.2
    box = trimesh.creation.box([0.3, 0.3, 0.7])
    box.apply_translation([0.1, -0.6, 0.35])
    floor = trimesh.creation.box([6, 6, 0.02])
    floor.apply_translation([0, 0, -0.011])
    meshes = [
        bending_tube(),
        mesh(box, "prop", plain("box", (60, 80, 190)), slide, "prop"),
        mesh(floor, "backdrop", plain("floor", (150, 150, 150)), None, "ground"),
    ]
    return scene(meshes, camera(2), lit or light())


def markers() -> Scene:
    balls = []
    for point in MARKERS_M:
        ball = trimesh.creation.icosphere(3, 0.06)
        ball.apply_translation(point)
        balls.append(ball)
    return scene([mesh(trimesh.util.concatenate(balls), "person", plain("balls", (0, 0, 0)))], camera(2), light())


def poster() -> Scene:
    """A square facing the camera, its albedo of four plain quarters: red green over blue white."""
    corners = np.array([[-1, 0, -1], [1, 0, -1], [1, 0, 1], [-1, 0, 1]], np.float32)
    faces = np.array([[0, 1, 2], [0, 2, 3]], np.int32)
    paint = Material("poster", QUARTERS.repeat(16, axis=0).repeat(16, axis=1), 1.0)
    square = mesh(trimesh.Trimesh(corners, faces, process=False), "prop", paint)
    square = replace(square, uv=((corners[faces][..., [0, 2]] + 1) / 2).astype(np.float32), smooth=False)
    view = Camera(64, 64, np.array([[[64.0, 0, 32], [0, 64, 32], [0, 0, 1]]]), look_at((0, -3, 0), (0, 0, 0))[None])
    return scene([square], view, light())


def sky_towards(target: tuple[float, float, float], yaw_rad: float, path: str) -> Scene:
    """A camera at the origin that looks at the sky in one direction."""
    ball = trimesh.creation.icosphere(1, 0.1)
    ball.apply_translation([0, 0, -50])
    view = Camera(64, 64, np.array([[[64.0, 0, 32], [0, 64, 32], [0, 0, 1]]]), look_at((0, 0, 0), target)[None])
    return scene(
        [mesh(ball, "prop", plain("ball", (0, 0, 0)))],
        view,
        light(hdri_path=path, yaw_rad=yaw_rad, hdri_visible=True),
    )


def sundial() -> Scene:
    """A small ball one metre above a floor, seen from straight above beside it, in the sun alone."""
    ball = trimesh.creation.icosphere(3, 0.12)
    ball.apply_translation([0, 0, 1])
    floor = trimesh.creation.box([6, 6, 0.02])
    floor.apply_translation([0, 0, -0.01])
    meshes = [
        mesh(ball, "prop", plain("ball", (200, 200, 200))),
        mesh(floor, "backdrop", plain("floor", (180, 180, 180)), None, "ground"),
    ]
    return scene(meshes, camera(1, target=(0.4, 0, 0.3)), light(sun_strength=3.0, exposure_ev=-8.0))


def room(power_w: float) -> Scene:
    """The performance indoors, under one lamp."""
    walls = trimesh.creation.box([8, 8, 3])
    walls.invert()
    walls.apply_translation([0, 0, 1.49])
    lamp = LampSpec((1.0, -1.0, 2.6), 0.8, power_w, (1.0, 0.9, 0.8))
    outdoors = performance(light(lamps=(lamp,), exposure_ev=-8.0))
    return replace(
        outdoors,
        meshes=(*outdoors.meshes, mesh(walls, "backdrop", plain("walls", (200, 200, 200)), None, "backdrop")),
    )


def write_map(path: Path) -> str:
    """A dim environment map with one red patch in its middle and a green one a quarter turn to its right."""
    image = np.full((32, 64, 3), 0.05, np.float32)
    image[12:20, 28:36] = (0, 0, 4)
    image[12:20, 44:52] = (0, 4, 0)
    cv2.imwrite(str(path), image)
    return str(path)


def refused(call: Callable[[], object]) -> str:
    """Kind and text of the error that a call ends in."""
    try:
        call()
    except (UserError, ValueError, KeyboardInterrupt) as error:
        return f"{type(error).__name__}: {error}"
    return "nothing was raised"


def main(folder: Path) -> None:
    blender = Blender("CPU")
    print("before")  # noqa: T201
    found: dict[str, Array] = {"performance": blender.render(performance(), "standard")}
    if (folder / "again").exists():
        np.savez(folder / "again.npz", **found)
        return
    found["draft"] = blender.render(performance(), "draft")
    found["high"] = blender.render(performance(), "high")
    found["performance_mask"] = blender.person_mask(performance())
    found["performance_again"] = blender.render(performance(), "standard")
    found["markers"], found["markers_mask"] = (
        blender.render(markers(), "standard"),
        blender.person_mask(markers()),
    )
    found["poster"] = blender.render(poster(), "standard")
    found["sundial"] = blender.render(sundial(), "standard")
    found["room"], found["dark_room"] = (
        blender.render(room(100.0), "draft"),
        blender.render(room(1.0), "draft"),
    )
    path = write_map(folder / "map.hdr")
    for name, target, yaw in (("x", (1, 0, 0), 0), ("y", (0, 1, 0), np.pi / 2), ("right", (0, -1, 0), 0)):
        found[f"sky_{name}"] = blender.render(sky_towards(target, yaw, path), "standard")
    tube = bending_tube()
    holed = replace(tube, vertices_m=np.where(np.arange(len(tube.vertices_m))[:, None] == 5, np.nan, tube.vertices_m))
    loose = replace(tube, faces=tube.faces + 7)
    (folder / "broken.hdr").write_bytes(b"no picture")
    squashed = replace(camera(1), K_px=camera(1).K_px * np.array([[[1.0], [1.1], [1.0]]]))
    errors = {
        "nan": lambda: blender.render(scene([holed], camera(2), light()), "draft"),
        "faces": lambda: blender.render(scene([loose], camera(2), light()), "draft"),
        "missing": lambda: blender.render(sky_towards((1, 0, 0), 0, str(folder / "none.hdr")), "draft"),
        "broken": lambda: blender.render(sky_towards((1, 0, 0), 0, str(folder / "broken.hdr")), "draft"),
        "squashed": lambda: blender.render(scene([tube], squashed, light()), "draft"),
    }
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background inherits that it is ignored
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()  # a hundred frames take far longer
    long = replace(tube, transforms=tube.transforms[:1])
    found["error_interrupt"] = np.array(refused(lambda: blender.render(scene([long], camera(100), light()), "standard")))
    for name, call in errors.items():
        found[f"error_{name}"] = np.array(refused(call))
    found["workplace"] = np.array(str(workplace()))
    print("after")  # noqa: T201
    np.savez(folder / "found.npz", **found)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
