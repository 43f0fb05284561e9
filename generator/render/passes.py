"""Per-pixel ground truth straight from the geometry: ids, depth, normals, and flow with occlusion, at pixel centres."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import cv2
import numpy as np

from ..values import Array, Scene
from .fragments import barycentrics
from .kernel import kernel
from .mesh import Geometry, geometry, vertex_normals
from .still import Still, over
from .visibility import Canvas

PASSES = ("mask", "part", "depth", "normal", "flow")
"""What can be asked for; "flow" brings "occlusion" with it."""

SLACK_M = 0.01
SLACK_SHARE = 0.002
"""A point counts as hidden when what is seen lies nearer by more than SLACK_M + SLACK_SHARE times its depth."""


@dataclass(frozen=True)
class Views:
    """depth (T, H, W) float32 m (inf = sky), part (T, H, W) uint8, person (T, H, W) bool, and the passes asked for."""

    depth: Array
    part: Array
    person: Array
    dense: dict[str, Array]


@kernel
def _normals(
    vertices: Array, normals: Array, faces: Array, smooth: Array, eye: Array, planes: Array, corners: Array,
    seen: Array, weights: Array, out: Array,
) -> None:  # fmt: skip
    """Fill out (N, 3) float32 with unit world normals turned to the viewer; zeros for sky.

    Faces from faces.shape[0] on stand still: planes and corners are those of `Still`.
    """
    half, one = np.float32(0.5), np.float32(1.0)
    for n in range(out.shape[0]):
        row, column = n // seen.shape[1], n % seen.shape[1]
        f = seen[row, column]
        if f < 0:
            out[n, 0] = out[n, 1] = out[n, 2] = 0.0
            continue
        if f >= faces.shape[0]:
            f -= faces.shape[0]
            u, v = np.float32(column) + half, np.float32(row) + half
            a, b, c = over(planes, f, 0, u, v), over(planes, f, 3, u, v), over(planes, f, 6, u, v)
            gx = a * corners[f, 0, 0] + b * corners[f, 1, 0] + c * corners[f, 2, 0]
            gy = a * corners[f, 0, 1] + b * corners[f, 1, 1] + c * corners[f, 2, 1]
            gz = a * corners[f, 0, 2] + b * corners[f, 1, 2] + c * corners[f, 2, 2]
            facing = planes[f, 19]
        else:
            i, j, k = faces[f, 0], faces[f, 1], faces[f, 2]
            ox, oy, oz = vertices[i, 0], vertices[i, 1], vertices[i, 2]
            ax, ay, az = vertices[j, 0] - ox, vertices[j, 1] - oy, vertices[j, 2] - oz
            bx, by, bz = vertices[k, 0] - ox, vertices[k, 1] - oy, vertices[k, 2] - oz
            gx, gy, gz = ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx
            facing = gx * (eye[0] - ox) + gy * (eye[1] - oy) + gz * (eye[2] - oz)
            if smooth[f]:
                a, b, c = weights[n, 0], weights[n, 1], weights[n, 2]
                gx = a * normals[i, 0] + b * normals[j, 0] + c * normals[k, 0]
                gy = a * normals[i, 1] + b * normals[j, 1] + c * normals[k, 1]
                gz = a * normals[i, 2] + b * normals[j, 2] + c * normals[k, 2]
        length = max(np.sqrt(gx * gx + gy * gy + gz * gz), np.float32(1e-20))
        scale = (one if facing >= np.float32(0.0) else -one) / length
        out[n, 0], out[n, 1], out[n, 2] = gx * scale, gy * scale, gz * scale


@kernel
def _flow(
    points: Array, faces: Array, turn: Array, shift: Array, seen: Array, nearness: Array, weights: Array, flow: Array,
    depth: Array,
) -> None:  # fmt: skip
    """Fill flow (N, 2) px and depth (N,) of each pixel's point in the next frame (inf for sky, nan behind the camera).

    points (V, 3): the next frame's, of what moves; turn (3, 3) takes pixels at infinity from this frame to the next,
    turn / nearness + shift (3,) those of what stands still.
    """
    width = seen.shape[1]
    for n in range(depth.shape[0]):
        u, v = n % width + 0.5, n // width + 0.5
        f = seen[n // width, n % width]
        if 0 <= f < faces.shape[0]:
            i, j, k = faces[f, 0], faces[f, 1], faces[f, 2]
            a, b, c = np.float64(weights[n, 0]), np.float64(weights[n, 1]), np.float64(weights[n, 2])
            x = a * points[i, 0] + b * points[j, 0] + c * points[k, 0]
            y = a * points[i, 1] + b * points[j, 1] + c * points[k, 1]
            z = a * points[i, 2] + b * points[j, 2] + c * points[k, 2]
            depth[n] = z
        else:
            # Both times the nearness, so that the sky needs no case of its own.
            q = np.float64(nearness[n // width, n % width])
            x = turn[0, 0] * u + turn[0, 1] * v + turn[0, 2] + q * shift[0]
            y = turn[1, 0] * u + turn[1, 1] * v + turn[1, 2] + q * shift[1]
            z = turn[2, 0] * u + turn[2, 1] * v + turn[2, 2] + q * shift[2]
            depth[n] = z / q
        if z > 0.0:
            flow[n, 0], flow[n, 1] = x / z - u, y / z - v
        else:
            flow[n, 0], flow[n, 1], depth[n] = 0.0, 0.0, np.nan


@kernel
def _occlusion(flow: Array, depth: Array, seen: Array, out: Array) -> None:
    """Fill out (H * W,) bool: the point leaves the frame, or all four samples around it in the next one are nearer."""
    height, width = seen.shape
    for n in range(depth.shape[0]):
        u, v = n % width + 0.5 + flow[n, 0], n // width + 0.5 + flow[n, 1]
        if not (0.0 <= u <= width and 0.0 <= v <= height and depth[n] > 0.0):
            out[n] = True
            continue
        x0, y0 = int(np.floor(u - 0.5)), int(np.floor(v - 0.5))
        farthest = 0.0
        for y in range(max(y0, 0), min(y0 + 2, height)):
            for x in range(max(x0, 0), min(x0 + 2, width)):
                farthest = max(farthest, seen[y, x])
        if np.isinf(depth[n]):
            out[n] = not np.isinf(farthest)
        else:
            out[n] = farthest < depth[n] - (SLACK_M + SLACK_SHARE * depth[n])


@kernel
def _read(seen: Array, is_person: Array, part_of: Array, surface_of: Array, person: Array, part: Array, mask: Array) -> None:
    """Fill person, part and mask (H, W) from tables whose last entry answers for no face (-1)."""
    for y in range(seen.shape[0]):
        for x in range(seen.shape[1]):
            f = seen[y, x]
            person[y, x], part[y, x], mask[y, x] = is_person[f], part_of[f], surface_of[f]


class _Tracer:
    """Draws one clip's frames, always the next one before the present one is worked out."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.shapes = scene, geometry(scene)
        camera = scene.camera
        self.frames, self.height, self.width = scene.n_frames, camera.height_px, camera.width_px
        self.now, self.coming = (_Drawn(self.shapes, self.width, self.height) for _ in range(2))
        n_pixels = self.height * self.width
        self.weights, self.depth = np.empty((n_pixels, 3), np.float32), np.empty(n_pixels, np.float32)
        rows, columns = np.mgrid[: self.height, : self.width]
        self.centres = (np.stack([columns, rows], axis=-1).reshape(-1, 2) + 0.5).astype(np.float32)

    def draw_coming(self, t: int, depth: Array) -> None:
        """Draw frame t as the coming one; fills depth (H, W)."""
        camera = self.scene.camera
        self.coming.draw(self.shapes.vertices(t), camera.K_px[t], camera.T_camera_world[t], depth)

    def step(self) -> None:
        """The coming frame becomes the present one."""
        self.now, self.coming = self.coming, self.now

    def aim(self) -> None:
        """Work out where on its face each pixel of the present frame looks, of those that show what moves."""
        canvas = self.now.canvas
        barycentrics(canvas.points, self.now.faces, canvas.seen.ravel(), self.centres, self.weights, self.depth)

    def normal(self, t: int, out: Array) -> None:
        """Fill out (H, W, 3) float16 for the present frame, t."""
        now, pose = self.now, self.scene.camera.T_camera_world[t]
        vertex_normals(now.vertices, now.faces, now.normals)
        eye = (-pose[:3, :3].T @ pose[:3, 3]).astype(np.float32)
        flat = np.empty((self.height * self.width, 3), np.float32)
        _normals(
            now.vertices, now.normals, now.faces, self.shapes.smooth, eye, now.still.planes, now.still.corners,
            now.canvas.seen, self.weights, flat,
        )  # fmt: skip
        out[:] = cv2.convertFp16(flat).view(np.float16).reshape(out.shape)  # numpy's own takes four times as long

    def flow(self, t: int, coming_depth: Array, flow: Array, occlusion: Array) -> None:
        """Fill flow (H, W, 2) and occlusion (H, W) from the present frame, t, to the coming one."""
        K, pose = self.scene.camera.K_px, self.scene.camera.T_camera_world
        rotation = pose[t + 1, :3, :3] @ pose[t, :3, :3].T
        turn = K[t + 1] @ rotation @ np.linalg.inv(K[t])
        shift = K[t + 1] @ (pose[t + 1, :3, 3] - rotation @ pose[t, :3, 3])
        flat, depth = flow.reshape(-1, 2), np.empty(self.height * self.width)
        now = self.now.canvas
        _flow(
            self.coming.canvas.points, self.now.faces, turn, shift, now.seen, now.nearness, self.weights, flat, depth
        )  # fmt: skip
        _occlusion(flat, depth, coming_depth, occlusion.reshape(-1))


class _Drawn:
    """One drawn frame: what stands still, what moves over it, and the vertices (V, 3) of what moves.

    The canvas holds face numbers of the `Geometry`.
    """

    def __init__(self, shapes: Geometry, width: int, height: int) -> None:
        self.still = Still(shapes, width, height)
        self.faces = shapes.faces[: shapes.n_moving_faces]
        self.canvas = Canvas(shapes.n_moving_vertices, shapes.n_moving_faces, width, height)
        self.vertices = np.empty((shapes.n_moving_vertices, 3), np.float32)
        self.normals = np.empty_like(self.vertices)

    def draw(self, vertices: Array, K: Array, pose: Array, depth: Array) -> None:
        """Draw a frame; fills depth (H, W) m, inf where nothing is."""
        self.vertices = vertices[: len(self.vertices)]
        self.still.look(K, pose)
        behind, canvas = self.still.canvas, self.canvas
        canvas.nearness[:] = behind.nearness
        np.add(behind.seen, np.int32(len(self.faces)), out=canvas.seen, where=behind.seen >= 0)
        np.copyto(canvas.seen, np.int32(-1), where=behind.seen < 0)
        canvas.draw(self.vertices, self.faces, K, pose)
        with np.errstate(divide="ignore"):
            np.divide(np.float32(1.0), canvas.nearness, out=depth)


def _ids(values: Array) -> Array:
    """Table to be indexed by face number, whose last entry answers for -1 (no face)."""
    return np.concatenate([values, np.zeros(1, values.dtype)])


def _room(frames: int, height: int, width: int, wanted: Collection[str]) -> dict[str, Array]:
    """Empty arrays for the passes that are wanted."""
    shape, later = (frames, height, width), (max(frames - 1, 0), height, width)
    every = {
        "mask": (shape, np.uint8), "part": (shape, np.uint8), "depth": (shape, np.float32),
        "normal": ((*shape, 3), np.float16), "flow": ((*later, 2), np.float32), "occlusion": (later, np.bool_),
    }  # fmt: skip
    names = {*wanted, *(("occlusion",) if "flow" in wanted else ())}
    return {name: np.empty(size, kind) for name, (size, kind) in every.items() if name in names}


def trace(scene: Scene, wanted: Collection[str]) -> Views:
    """What every pixel centre of every frame sees, with the dense passes named in `wanted` (of PASSES)."""
    tracer = _Tracer(scene)
    shapes, frames = tracer.shapes, tracer.frames
    person_of, surface_of, part_of = _ids(shapes.person), _ids(shapes.surface), _ids(shapes.part)
    dense = _room(frames, tracer.height, tracer.width, wanted)
    depth = dense.get("depth", np.empty((frames, tracer.height, tracer.width), np.float32))
    part = dense.get("part", np.empty(depth.shape, np.uint8))
    mask, person = dense.get("mask", np.empty(depth.shape, np.uint8)), np.empty(depth.shape, bool)
    tracer.draw_coming(0, depth[0])
    for t in range(frames):
        tracer.step()
        if t + 1 < frames:
            tracer.draw_coming(t + 1, depth[t + 1])
        _read(tracer.now.canvas.seen, person_of, part_of, surface_of, person[t], part[t], mask[t])
        if "normal" in dense or "flow" in dense:
            tracer.aim()
        if "normal" in dense:
            tracer.normal(t, dense["normal"][t])
        if "flow" in dense and t + 1 < frames:
            tracer.flow(t, depth[t + 1], dense["flow"][t], dense["occlusion"][t])
    return Views(depth, part, person, dense)
