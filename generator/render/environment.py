"""The sky: an environment map read from file, turned and looked up by direction, with its one brightest light apart.

The map's centre column faces world +x at yaw 0, columns to the right lie clockwise of it seen from above; row 0 is up.
"""

from __future__ import annotations

import os
import re
import struct
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

from ..base.bounded import is_regular
from ..base.errors import UserError
from ..values import Array, Light
from .kernel import index, inlined, kernel

GREY_SKY = (0.96, 1.0, 1.05)
"""Linear radiance of the sky where there is no environment map: overcast, lights a white wall to 1."""

PLAIN_SKY = (0.55, 0.58, 0.62)
"""Linear colour that the camera sees where the environment only lights and isn't shown."""

MOST_PIXELS = 1 << 27
"""Of an environment map: 16,384 x 8,192, two gigabytes."""

COARSE = (16, 32)
"""Rows and columns of the coarse sky that ambient light is summed over."""

FINE = (64, 128)
"""Rows and columns of the sky in which its brightest light is looked for."""

KEY_CONE_COS = float(np.cos(np.radians(20.0)))
"""What shines within this angle of the brightest spot counts as one light."""

KEY_EXCESS = 6.0
"""Only what is this many times brighter than the mean sky goes into that light."""


@dataclass(frozen=True)
class Key:
    """A distant light: direction (3,) of travel, irradiance (3,) W/m2 facing it, spread: tangent of its half-angle."""

    direction: Array
    irradiance: Array
    spread: float


@dataclass(frozen=True)
class Sky:
    """image (H, W, 3) float32 linear radiance, already exposed; coarse (16, 32, 3) the same without `key`'s light."""

    image: Array
    yaw_rad: float
    coarse: Array
    key: Key | None


@lru_cache(maxsize=16)
def read_map(path: str) -> Array:
    """Environment map (H, W, 3) float32 linear RGB from an .exr or .hdr file. UserError when missing or unreadable."""
    check_map(Path(path))
    os.environ.setdefault("OPENCV_IO_ENABLE_OPENEXR", "1")  # OpenCV looks at it before its first EXR
    image = cv2.imread(path, cv2.IMREAD_UNCHANGED) if path.isprintable() else _read_any_name(path)
    if image is None or image.ndim != 3:
        raise UserError(f"environment map {path} can't be read as an image: restore the file or choose another hdri")
    image = np.nan_to_num(image[..., 2::-1].astype(np.float32), nan=0.0, posinf=65504.0)
    image.setflags(write=False)
    return image


def check_map(path: Path) -> None:
    """UserError where there is no such file, or one that says it has more pixels than are read."""
    if not is_regular(path):
        raise UserError(f"environment map {path} is missing: restore the file or choose another hdri")
    columns, rows = declared_size(path)
    if columns * rows > MOST_PIXELS:
        raise UserError(f"environment map {path} is said to have {columns:,}x{rows:,} pixels: at most {MOST_PIXELS:,} are read")


def declared_size(path: Path) -> tuple[int, int]:
    """Columns and rows that the head of an .exr or .hdr file declares; (0, 0) where it declares none, and nobody can read it.

    OpenEXR's attribute dataWindow (openexr.com, "OpenEXR File Layout"): xMin, yMin, xMax, yMax; Radiance's line "-Y rows +X
    columns", in any order and with any signs.
    """
    with path.open("rb") as file:
        head = file.read(1 << 16)
    if found := re.search(rb"dataWindow\0box2i\0\x10\0\0\0(.{16})", head, re.DOTALL):
        left, low, right, high = struct.unpack("<4i", found[1])
        return right - left + 1, high - low + 1
    if found := re.search(rb"\n[-+]([XY]) (\d{1,12}) [-+][XY] (\d{1,12})\n", head):
        first, second = int(found[2]), int(found[3])
        return (second, first) if found[1] == b"Y" else (first, second)
    return 0, 0


def _read_any_name(path: str) -> Array | None:
    """A picture whose file's name OpenCV can't be given, since it is not UTF-8."""
    return cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_UNCHANGED)


def directions(rows: int, columns: int, yaw_rad: float) -> tuple[Array, Array]:
    """World directions (rows * columns, 3) of a map's pixel centres, and the solid angle of each (sum 4 pi)."""
    elevation = np.pi * (0.5 - (np.arange(rows) + 0.5) / rows)
    azimuth = yaw_rad + 2 * np.pi * (0.5 - (np.arange(columns) + 0.5) / columns)
    e, a = np.meshgrid(elevation, azimuth, indexing="ij")
    toward = np.stack([np.cos(e) * np.cos(a), np.cos(e) * np.sin(a), np.sin(e)], axis=-1).reshape(-1, 3)
    angle = np.cos(e).ravel()
    return toward, angle * (4 * np.pi / angle.sum())


def sky(light: Light) -> Sky:
    """The sky of a scene's light, ready to be looked up."""
    if light.sky is not None:
        image = light.sky
    elif light.hdri_path is None:
        image = np.full((8, 16, 3), GREY_SKY, np.float32)
    else:
        image = read_map(light.hdri_path)
    image = image * np.float32(2.0**light.exposure_ev)
    fine = cv2.resize(image, FINE[::-1], interpolation=cv2.INTER_AREA)
    toward, angle = directions(*FINE, light.yaw_rad)
    key, taken = _find_key(fine.reshape(-1, 3), toward, angle)
    rest = fine - taken.reshape(fine.shape)
    return Sky(image, light.yaw_rad, cv2.resize(rest, COARSE[::-1], interpolation=cv2.INTER_AREA), key)


def _find_key(radiance: Array, toward: Array, angle: Array) -> tuple[Key | None, Array]:
    """The brightest light of a sky (N, 3), and the radiance (N, 3) that it takes out of it."""
    luminance = radiance @ np.array([0.2126, 0.7152, 0.0722])
    mean = float((luminance * angle).sum() / (4 * np.pi))
    excess = np.clip(1.0 - KEY_EXCESS * mean / np.maximum(luminance, 1e-9), 0.0, 1.0)
    excess[toward @ toward[int(np.argmax(luminance))] < KEY_CONE_COS] = 0.0
    taken = (radiance * excess[:, None]).astype(np.float32)
    irradiance = (taken * angle[:, None]).sum(axis=0)
    if irradiance.sum() < 0.1 * 3 * np.pi * mean:  # too weak beside the rest to cast a shadow worth drawing
        return None, np.zeros_like(taken)
    weight = taken.sum(axis=1) * angle
    centre = (toward * weight[:, None]).sum(axis=0)
    centre /= np.linalg.norm(centre)
    cosine = float((weight * (toward @ centre)).sum() / weight.sum())
    return Key(-centre, irradiance, float(np.sqrt(max(1.0 / cosine**2 - 1.0, 1e-4)))), taken


@inlined
def _angle(y: float, x: float) -> float:
    """atan2 within 1e-5 rad, by the polynomial of Abramowitz and Stegun 4.4.49: the sky needs no more."""
    ax, ay = abs(x), abs(y)
    t = min(ax, ay) / max(ax, ay, 1e-30)
    s = t * t
    a = t * (0.9998660 + s * (-0.3302995 + s * (0.1801410 + s * (-0.0851330 + s * 0.0208351))))
    a = 0.5 * np.pi - a if ay > ax else a
    a = np.pi - a if x < 0.0 else a
    return a if y >= 0.0 else -a


@kernel
def _look(image: Array, yaw: float, rays: Array, seen: Array, places: Array, out: Array) -> None:
    """Fill the pixels of out (3, H, W) that see no face; rays (3, 3) takes (u, v, 1) px to world directions.

    places (2, W): room for the columns and rows of the map that a row of pixels looks at.
    """
    height, width = image.shape[0], image.shape[1]
    for y in range(seen.shape[0]):
        left, right = seen.shape[1], 0
        for x in range(seen.shape[1]):
            sky = seen[y, x] < 0
            left, right = min(left, x) if sky else left, x + 1 if sky else right
        v = y + 0.5
        # Without branches, so that it becomes vector code.
        for x in range(left, right):
            u = x + 0.5
            dx = rays[0, 0] * u + rays[0, 1] * v + rays[0, 2]
            dy = rays[1, 0] * u + rays[1, 1] * v + rays[1, 2]
            dz = rays[2, 0] * u + rays[2, 1] * v + rays[2, 2]
            turn = (_angle(dy, dx) - yaw) / (2 * np.pi)
            row = (0.5 - _angle(dz, np.sqrt(dx * dx + dy * dy)) / np.pi) * height - 0.5
            places[0, x] = (0.5 - turn - np.floor(0.5 - turn)) * width - 0.5
            places[1, x] = min(max(row, 0.0), height - 1.0)
        for x in range(left, right):
            if seen[y, x] >= 0:
                continue
            first, top_row = int(np.floor(places[0, x])), int(places[1, x])
            fc, fr = np.float32(places[0, x] - first), np.float32(places[1, x] - top_row)
            r0, r1 = index(top_row), index(min(top_row + 1, height - 1))
            c0, c1 = index(first if first >= 0 else width - 1), index(first + 1 if first + 1 < width else 0)
            for k in range(3):
                top = image[r0, c0, k] + fc * (image[r0, c1, k] - image[r0, c0, k])
                low = image[r1, c0, k] + fc * (image[r1, c1, k] - image[r1, c0, k])
                out[k, y, x] = top + fr * (low - top)


def paint_sky(sky: Sky, visible: bool, rays: Array, seen: Array, out: Array) -> None:
    """Write the sky's radiance into out (3, H, W) where seen (H, W) is -1; a plain one when the map isn't to be seen."""
    if visible:
        _look(sky.image, sky.yaw_rad, rays, seen, np.empty((2, seen.shape[1])), out)
    else:
        out[:, seen < 0] = np.array(PLAIN_SKY, np.float32)[:, None]
