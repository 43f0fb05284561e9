"""The head's own frame and texture layout: hm08's template coordinates (dm), unrolled round a vertical axis.

Any body's head is brought into that frame by its eyes and crown, so one hairline and one make-up fits all.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from ..base.exact import arctan2
from ..skeletons import JOINT, PART
from ..values import Array
from . import hm08
from .hm08 import fill
from .protocol import ShapedBody
from .sheet import has_helpers, whole_faces

EYE_Y, EYE_X, EYE_Z, EYE_RADIUS = 7.284, 0.308, 1.245, 0.138
CROWN_Y, MOUTH_Y, NECK_Y, AXIS_Z = 8.49, 6.605, 5.75, 0.35
SIZE_PX = 512
_BOTTOM, _TOP = 5.6, 8.6


@dataclass(frozen=True)
class HeadMap:
    """place (512, 512, 3): the template's point under each texel; masks[name] (512, 512) float32 in [0, 1]."""

    place: Array
    masks: dict[str, Array]


def head_places(body: ShapedBody) -> Array:
    """(V, 3) the body's vertices in the head's frame (dm): hm08's template, or scaled by eyes, crown and mouth."""
    if has_helpers(body):
        return hm08.hm08().template
    joints = body.skeleton.joints_m
    eyes = (joints[JOINT["left_eye"]] + joints[JOINT["right_eye"]]) / 2
    top = float(body.vertices_m[:, 1].max())
    scale = (CROWN_Y - EYE_Y) / max(top - float(eyes[1]), 0.05)
    places = (body.vertices_m - eyes) * scale
    mouth = body.skeleton.landmarks.get("mouth")
    if mouth is not None:
        drop = float(eyes[1] - joints[mouth.joint][1] - mouth.offset_m[1]) * scale
        stretch = (EYE_Y - MOUTH_Y) / max(drop, 0.2)
        places[:, 1] = np.where(places[:, 1] < 0, places[:, 1] * stretch, places[:, 1])
    return (places + np.array([0.0, EYE_Y, EYE_Z])).astype(np.float32)


def head_faces(body: ShapedBody, places: Array) -> Array:
    """(F,) bool: faces of the head and neck that use the head's texture."""
    return whole_faces(places[:, 1] > NECK_Y, body.faces) & (body.part_of_face == PART["head"])


def head_uv(places: Array, faces: Array) -> Array:
    """(F, 3, 2) float32 texture coordinates of faces; the front of the face gets the finest texels."""
    corners = places[faces].astype(np.float64)
    turn = arctan2(corners[..., 0], corners[..., 2] - AXIS_Z) / np.pi
    u = 0.5 + 0.5 * np.sign(turn) * np.abs(turn) ** 0.65
    across = u.max(axis=1) - u.min(axis=1) > 0.5
    u = np.where(across[:, None] & (u < 0.5), u + 1.0, u)
    v = (corners[..., 1] - _BOTTOM) / (_TOP - _BOTTOM)
    return np.stack([u, np.clip(v, 0.002, 0.998)], axis=-1).astype(np.float32)


@lru_cache(maxsize=1)
def head_map() -> HeadMap:
    """What each texel of the head's texture paints, once per process (about 30 ms)."""
    base = hm08.hm08()
    faces, layout = hm08.triangles(base.quads["body"]), hm08.triangles(base.quad_uv["body"])
    inside = _sampled(base.masks["inside-mouth"], layout.mean(axis=1)) > 100
    high = (base.template[faces][..., 1] > _BOTTOM - 0.1).all(axis=1) & ~inside
    faces, layout = faces[high], layout[high]
    pixels = head_uv(base.template, faces).astype(np.float64) * SIZE_PX
    pixels[..., 1] = SIZE_PX - pixels[..., 1]
    values = np.concatenate([base.template[faces], layout], axis=-1).astype(np.float64)
    order = np.argsort(values[..., 2].mean(axis=1), kind="stable")
    texels = np.zeros((SIZE_PX, SIZE_PX, 5), np.float32)
    painted = np.zeros((SIZE_PX, SIZE_PX), np.bool_)
    fill(pixels[order], values[order], texels, painted)
    texels = hm08.spread(texels, painted)
    masks = {name: _sampled(base.masks[name], texels[..., 3:]).astype(np.float32) / 255.0 for name in hm08.MASKS}
    return HeadMap(texels[..., :3], masks)


def _sampled(image: Array, uv: Array) -> Array:
    size = image.shape[0]
    x, y = uv[..., 0] * size - 0.5, (1.0 - uv[..., 1]) * size - 0.5
    shape = x.shape
    flat = cv2.remap(image, np.atleast_2d(x).astype(np.float32), np.atleast_2d(y).astype(np.float32), cv2.INTER_LINEAR)
    return flat.reshape(shape)


def hairline(places: Array) -> Array:
    """(...,) dm: how far inside the scalp places (..., 3) lie; negative on face, ears and neck."""
    x, y, z = np.abs(places[..., 0]), places[..., 1], places[..., 2]
    at = np.array([-0.6, -0.25, 0.05, 0.30, 0.52, 0.66, 0.80, 0.95, 1.15, 1.6])
    low = np.array([6.45, 6.45, 6.75, 7.12, 7.22, 7.20, 7.55, 7.80, 7.92, 7.97])
    ear = np.hypot((z - 0.47) / 1.0, (y - 7.08) / 1.3) - 0.22
    field = y - np.interp(z, at, low)
    return np.where(x > 0.5, np.minimum(field, ear), field)
