"""Per-pixel ground truth straight from the geometry: ids, depth, normals, and flow with occlusion, at pixel centres."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import cv2
import numpy as np

from ..render.kernel import index, inlined, kernel
from ..render.mesh import Geometry, geometry
from ..render.raster.fragments import barycentrics
from ..render.still import Still, over
from ..render.visibility import Canvas
from ..values import Array, Scene

PASSES = ("mask", "part", "person", "depth", "normal", "flow")
"""What can be asked for; "flow" brings "occlusion" with it."""

SLACK_M = 0.01
SLACK_SHARE = 0.002
"""A point counts as hidden when what is seen lies nearer by more than SLACK_M + SLACK_SHARE times its depth."""


TIE_PX = 1e-4
"""A point on a pixel's very centre, where all that stands still comes to lie, goes right and down whatever rounding says."""


@dataclass(frozen=True)
class Views:
    """depth (T, H, W) float32 m (inf = sky), part (T, H, W) uint8, and the passes asked for.

    person (T, H, W) uint8: whose body is seen, counted from 1 in the order of the scene's meshes, 0 where nobody's is.
    """

    depth: Array
    part: Array
    person: Array
    dense: dict[str, Array]


@inlined
def _write_unit(x: np.float32, y: np.float32, z: np.float32, facing: np.float32, n: int, out: Array) -> None:
    """Write the unit vector along (x, y, z) into row n of out, turned round where `facing` is negative."""
    one = np.float32(1.0)
    length = max(np.sqrt(x * x + y * y + z * z), np.float32(1e-20))
    scale = (one if facing >= np.float32(0.0) else -one) / length
    out[n, 0], out[n, 1], out[n, 2] = x * scale, y * scale, z * scale


@kernel
def _still_normals(first: int, planes: Array, corners: Array, seen: Array, out: Array) -> None:
    """Fill out (N, 3) float32 with unit world normals, turned to the viewer, of faces from `first` on; zeros for sky.

    planes and corners are those of `Still`.
    """
    half, zero, width = np.float32(0.5), np.float32(0.0), seen.shape[1]
    for y in range(seen.shape[0]):
        x, v = 0, np.float32(y) + half
        while x < width:
            start, f = x, seen[y, x]
            while x < width and seen[y, x] == f:
                x += 1
            if f < 0:
                for n in range(y * width + start, y * width + x):
                    out[n, 0] = out[n, 1] = out[n, 2] = zero
            elif f >= first:
                f -= first
                # Along a run of one face without branches, so that it becomes vector code.
                for column in range(start, x):
                    u = np.float32(column) + half
                    a, b, c = over(planes, f, 0, u, v), over(planes, f, 3, u, v), over(planes, f, 6, u, v)
                    gx = a * corners[f, 0, 0] + b * corners[f, 1, 0] + c * corners[f, 2, 0]
                    gy = a * corners[f, 0, 1] + b * corners[f, 1, 1] + c * corners[f, 2, 1]
                    gz = a * corners[f, 0, 2] + b * corners[f, 1, 2] + c * corners[f, 2, 2]
                    _write_unit(gx, gy, gz, planes[f, 19], y * width + column, out)


@kernel
def _moving_normals(
    vertices: Array, normals: Array, faces: Array, smooth: Array, eye: Array, face: Array, weights: Array, out: Array
) -> None:  # fmt: skip
    """Fill the rows of out (N, 3) that see what moves, the first faces, with unit world normals turned to the viewer."""
    for n in range(out.shape[0]):
        f = face[n]
        if f < 0 or f >= faces.shape[0]:
            continue
        i, j, k = index(faces[f, 0]), index(faces[f, 1]), index(faces[f, 2])
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
        _write_unit(gx, gy, gz, facing, n, out)


@kernel
def _still_flow(turn: Array, shift: Array, nearness: Array, flow: Array, depth: Array) -> None:
    """Fill flow (N, 2) px and depth (N,) of each pixel's point in the next frame (inf for sky, nan behind the camera).

    turn (3, 3) takes pixels at infinity from this frame to the next, turn / nearness + shift (3,) those nearer.
    """
    width = nearness.shape[1]
    for y in range(nearness.shape[0]):
        v = y + 0.5
        # Without branches, so that it becomes vector code.
        for column in range(width):
            n, u = y * width + column, column + 0.5
            # Both times the nearness, so that the sky needs no case of its own.
            q = np.float64(nearness[y, column])
            x = turn[0, 0] * u + turn[0, 1] * v + turn[0, 2] + q * shift[0]
            y_ = turn[1, 0] * u + turn[1, 1] * v + turn[1, 2] + q * shift[1]
            z = turn[2, 0] * u + turn[2, 1] * v + turn[2, 2] + q * shift[2]
            flow[n, 0], flow[n, 1] = x / z - u if z > 0.0 else 0.0, y_ / z - v if z > 0.0 else 0.0
            depth[n] = z / q if z > 0.0 else np.nan


@kernel
def _moving_flow(points: Array, faces: Array, seen: Array, weights: Array, flow: Array, depth: Array) -> None:
    """The same for the pixels that see what moves; points (V, 3): the next frame's."""
    width = seen.shape[1]
    for row in range(seen.shape[0]):
        for column in range(width):
            f, n = seen[row, column], row * width + column
            if f < 0 or f >= faces.shape[0]:
                continue
            i, j, k = index(faces[f, 0]), index(faces[f, 1]), index(faces[f, 2])
            a, b, c = np.float64(weights[n, 0]), np.float64(weights[n, 1]), np.float64(weights[n, 2])
            x = a * points[i, 0] + b * points[j, 0] + c * points[k, 0]
            y = a * points[i, 1] + b * points[j, 1] + c * points[k, 1]
            z = a * points[i, 2] + b * points[j, 2] + c * points[k, 2]
            flow[n, 0], flow[n, 1], depth[n] = 0.0, 0.0, np.nan
            if z > 0.0:
                flow[n, 0], flow[n, 1], depth[n] = x / z - (column + 0.5), y / z - (row + 0.5), z


@kernel
def _around(depth: Array, out: Array) -> None:
    """Fill out (H + 1, W + 1) with the greatest depth (H, W) at the up to four pixels around each corner of pixels."""
    height, width = depth.shape
    for y in range(height + 1):
        top, low = max(y - 1, 0), min(y, height - 1)
        out[y, 0] = max(depth[top, 0], depth[low, 0])
        out[y, width] = max(depth[top, width - 1], depth[low, width - 1])
        for x in range(1, width):
            out[y, x] = max(depth[top, x - 1], depth[top, x], depth[low, x - 1], depth[low, x])


@kernel
def _occlusion(flow: Array, depth: Array, around: Array, out: Array) -> None:
    """Fill out (H, W) bool: the point leaves the frame, or all four samples around it in the next one are nearer."""
    height, width = out.shape
    for y in range(height):
        for x in range(width):
            n = y * width + x
            u, v = x + 0.5 + flow[n, 0], y + 0.5 + flow[n, 1]
            if not (0.0 <= u <= width and 0.0 <= v <= height and depth[n] > 0.0):
                out[y, x] = True
                continue
            farthest = np.float64(around[int(v + 0.5 + TIE_PX), int(u + 0.5 + TIE_PX)])
            if np.isinf(depth[n]):
                out[y, x] = not np.isinf(farthest)
            else:
                out[y, x] = farthest < depth[n] - (SLACK_M + SLACK_SHARE * depth[n])


@kernel
def _read(seen: Array, person_of: Array, part_of: Array, surface_of: Array, person: Array, part: Array, mask: Array) -> None:
    """Fill person, part and mask (H, W) from tables whose last entry answers for no face (-1)."""
    for y in range(seen.shape[0]):
        for x in range(seen.shape[1]):
            f = seen[y, x]
            person[y, x], part[y, x], mask[y, x] = person_of[f], part_of[f], surface_of[f]


class _Tracer:
    """Draws one clip's frames, always the next one before the present one is worked out."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.shapes = scene, geometry(scene)
        camera = scene.camera
        self.frames, self.height, self.width = scene.n_frames, camera.height_px, camera.width_px
        self.now, self.coming = (_Drawn(self.shapes, self.width, self.height) for _ in range(2))
        n_pixels = self.height * self.width
        self.weights, self.depth = np.empty((n_pixels, 3), np.float32), np.empty(n_pixels, np.float32)
        self.flat, self.later = np.empty((n_pixels, 3), np.float32), np.empty(n_pixels)
        self.around = np.empty((self.height + 1, self.width + 1), np.float32)
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
        eye = (-pose[:3, :3].T @ pose[:3, 3]).astype(np.float32)
        flat, seen, rounded = self.flat, now.canvas.seen, self.shapes.normals(t)
        _still_normals(len(now.faces), now.still.planes, now.still.corners, seen, flat)
        _moving_normals(now.vertices, rounded, now.faces, self.shapes.smooth, eye, seen.ravel(), self.weights, flat)
        out[:] = cv2.convertFp16(flat).view(np.float16).reshape(out.shape)  # numpy's own takes four times as long

    def flow(self, t: int, coming_depth: Array, flow: Array, occlusion: Array) -> None:
        """Fill flow (H, W, 2) and occlusion (H, W) from the present frame, t, to the coming one."""
        K, pose = self.scene.camera.K_px, self.scene.camera.T_camera_world
        rotation = pose[t + 1, :3, :3] @ pose[t, :3, :3].T
        turn = K[t + 1] @ rotation @ np.linalg.inv(K[t])
        shift = K[t + 1] @ (pose[t + 1, :3, 3] - rotation @ pose[t, :3, 3])
        flat, depth, now = flow.reshape(-1, 2), self.later, self.now.canvas
        _still_flow(turn, shift, now.nearness, flat, depth)
        _moving_flow(self.coming.canvas.points, self.now.faces, now.seen, self.weights, flat, depth)
        _around(coming_depth, self.around)
        _occlusion(flat, depth, self.around, occlusion)


class _Drawn:
    """One drawn frame: what stands still, what moves over it, and the vertices (V, 3) of what moves.

    The canvas holds face numbers of the `Geometry`.
    """

    def __init__(self, shapes: Geometry, width: int, height: int) -> None:
        self.still = Still(shapes, width, height)
        self.faces = shapes.faces[: shapes.n_moving_faces]
        self.canvas = Canvas(shapes.n_moving_vertices, shapes.n_moving_faces, width, height)
        self.vertices = np.empty((shapes.n_moving_vertices, 3), np.float32)

    def draw(self, vertices: Array, K: Array, pose: Array, depth: Array) -> None:
        """Draw a frame; fills depth (H, W) m, inf where nothing is."""
        self.vertices = vertices[: len(self.vertices)]
        self.still.look(K, pose)
        canvas = self.canvas
        canvas.start_from(self.still.canvas, len(self.faces))
        canvas.draw(self.vertices, self.faces, K, pose)
        canvas.resolve()
        with np.errstate(divide="ignore"):
            np.divide(np.float32(1.0), canvas.nearness, out=depth)


def _ids(values: Array) -> Array:
    """Table to be indexed by face number, whose last entry answers for -1 (no face)."""
    return np.concatenate([values, np.zeros(1, values.dtype)])


def _room(frames: int, height: int, width: int, wanted: Collection[str]) -> dict[str, Array]:
    """Empty arrays for the passes that are wanted."""
    shape, later = (frames, height, width), (max(frames - 1, 0), height, width)
    every = {
        "mask": (shape, np.uint8), "part": (shape, np.uint8), "person": (shape, np.uint8), "depth": (shape, np.float32),
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
    mask, person = (dense.get(name, np.empty(depth.shape, np.uint8)) for name in ("mask", "person"))
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
