"""Skin and eyes, painted from a SkinSpec: tone by two pigments, and a face drawn on the head's own layout.

The last few textures are remembered, as identities come again: treat them as read-only.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ..base.exact import arctan2
from ..base.jit import numba
from ..values import Array, HairSpec, Rgb, SkinSpec
from . import hm08, noise
from .headmap import EYE_RADIUS, EYE_X, EYE_Y, EYE_Z, hairline, head_map

TONES: tuple[Rgb, ...] = (
    (0.875, 0.725, 0.635), (0.835, 0.665, 0.565), (0.78, 0.595, 0.48), (0.70, 0.51, 0.39), (0.605, 0.42, 0.31),
    (0.50, 0.34, 0.25), (0.40, 0.27, 0.20), (0.325, 0.215, 0.165),
)  # fmt: skip
"""sRGB albedo from the lightest to the darkest skin, evenly spaced in `melanin`. Pictures, as in the Monk scale, reach further at
both ends by their light: who is whiter than this has a white patch for a face at noon, and who is darker a hole."""


def tone(skin: SkinSpec, shift: Array | float = 0.0) -> Array:
    """(..., 3) sRGB albedo in [0, 1] at the skin's melanin plus `shift`; redness moves it from sallow to ruddy."""
    at = np.clip(skin.melanin + np.asarray(shift), 0.0, 1.0) * (len(TONES) - 1)
    table = np.array(TONES)
    color = np.stack([np.interp(at, np.arange(len(TONES)), table[:, k]) for k in range(3)], axis=-1)
    ruddy = (skin.redness - 0.5) * np.array([0.03, -0.06, -0.07])
    return np.clip(color * (1.0 + ruddy), 0.0, 1.0)


@lru_cache(maxsize=8)
def body_texture(skin: SkinSpec, *, known: bool = True) -> Array:
    """(512, 512, 3) uint8 albedo in hm08's layout: mottled skin and nails; (8, 8, 3) plain for a layout not `known`."""
    if not known:
        return np.broadcast_to(_bytes(tone(skin)), (8, 8, 3)).copy()
    nails, mottle = _body_maps()
    image = np.take(_palette(skin), mottle, axis=0)
    where = nails > 0.02
    light = np.minimum(tone(skin) * np.array([1.12, 1.02, 1.02]) + 0.05, 1.0)
    image[where] = _bytes(_over(image[where] / 255.0, light, 0.6 * nails[where]))
    return image


@lru_cache(maxsize=8)
def head_texture(skin: SkinSpec, hair: HairSpec, shaved: float) -> Array:
    """(512, 512, 3) uint8 albedo in the head's layout.

    `shaved` in [0, 1] is how much of the hair's colour shows on the scalp itself.
    """
    mottle, layers = face_maps()
    base = tone(skin)
    hair_dark = np.array(hair.color) * 0.55 + base * 0.12
    lips = np.clip(base * np.array([0.98, 0.66, 0.66]) + np.array([0.03, 0.0, 0.01]), 0, 1)
    blood = np.clip(base * np.array([1.10, 0.80, 0.78]), 0, 1)
    over: dict[str, tuple[Array, float]] = {
        "flush": (blood, 0.25 + 0.45 * skin.redness),
        "lips": (lips, 0.45 + 0.55 * skin.lip_strength),
        "mouth_line": (base * 0.35, 0.8),
        "shade": (base * np.array([0.62, 0.54, 0.52]), 0.55),
        "socket": (base * 0.58, 0.42),
        "lashes": (base * 0.12, 1.0),
        "beard": (hair_dark, skin.beard),
        "scalp": (np.array(hair.color) * 0.75, shaved),
    }
    names = list(over)
    colors = np.array([over[name][0] for name in names]) * 255.0
    strength = np.array([over[name][1] for name in names])
    image = np.take(_palette(skin), mottle, axis=0)
    _composite(image, np.stack([layers[name] for name in names]), colors, strength)
    rows, alpha = brows(skin.variant)
    image[rows] = _bytes(_over(image[rows] / 255.0, hair_dark, 0.85 * alpha))
    return image


def _palette(skin: SkinSpec) -> Array:
    """(64, 3) uint8: the skin's tone over its mottling."""
    return _bytes(tone(skin, np.linspace(-0.06, 0.06, 64)))


@numba.njit(cache=True)
def _composite(image: Array, layers: Array, colors: Array, strength: Array) -> None:
    """Lay colours (L, 3) over image (H, W, 3) uint8 in place, through alpha layers (L, H, W) uint8 times strength."""
    for row in range(image.shape[0]):
        for column in range(image.shape[1]):
            for layer in range(layers.shape[0]):
                alpha = layers[layer, row, column] / 255.0 * strength[layer]
                if alpha > 0.0:
                    for k in range(3):
                        value = image[row, column, k]
                        image[row, column, k] = np.uint8(value + (colors[layer, k] - value) * alpha + 0.5)


@lru_cache(maxsize=8)
def eye_texture(skin: SkinSpec, size_px: int = 128) -> Array:
    """(size, size, 3) uint8: sclera, iris with a dark rim and pupil, seen from the front (u, v = 0.5 is the pupil)."""
    steps = (np.arange(size_px) + 0.5) / size_px - 0.5
    y, x = np.meshgrid(steps, steps, indexing="ij")
    r = np.hypot(x, y)
    image = np.broadcast_to(np.array([0.88, 0.86, 0.83]), (size_px, size_px, 3)).copy()
    image = _over(image, np.array([0.78, 0.55, 0.50]), 0.4 * np.clip((r - 0.30) / 0.2, 0, 1))
    fibres = 0.8 + 0.4 * np.abs(np.sin(18.0 * arctan2(y, x) + 4.0 * np.sin(5.0 * arctan2(y, x))))
    iris = np.clip(np.array(skin.eye) * fibres[..., None], 0, 1)
    inside = np.clip((0.215 - r) / 0.015, 0, 1)
    image = image + (iris - image) * inside[..., None]
    image = _over(image, np.array(skin.eye) * 0.25, np.clip(1 - np.abs(r - 0.205) / 0.02, 0, 1) * 0.8)
    image = _over(image, np.array([0.02, 0.02, 0.02]), np.clip((0.088 - r) / 0.012, 0, 1))
    lid = np.clip((-0.105 - y) / 0.05, 0, 1)  # the upper lid's shadow: eyes fully open look startled
    return _bytes(_over(image, tone(skin) * 0.35, 0.9 * lid))


def eye_uv(points: Array, faces: Array) -> Array:
    """(F, 3, 2) float32: eyeballs (at rest, either side of x = 0) seen from the front, each filling the texture."""
    corners = points[faces].astype(np.float64)
    left = corners[..., 0].mean(axis=1) > 0
    uv = np.empty((len(faces), 3, 2), np.float32)
    for side in (left, ~left):
        if side.any():
            low, high = corners[side].min(axis=(0, 1)), corners[side].max(axis=(0, 1))
            centre, size = (low + high)[:2] / 2, max(float(high[1] - low[1]), 1e-4)
            uv[side] = 0.5 + (corners[side][..., :2] - centre) / (1.025 * size)
    return np.clip(uv, 0.001, 0.999)


def _over(image: Array, color: Array, alpha: Array) -> Array:
    return image + (color - image) * alpha[..., None]


def _bytes(image: Array) -> Array:
    return np.clip(np.rint(image * 255.0), 0, 255).astype(np.uint8)


def _bump(places: Array, x: float, y: float, width: float, height: float) -> Array:
    """Soft spot on both sides of the face at (|x|, y), on the front of the head only."""
    d = ((np.abs(places[..., 0]) - x) / width) ** 2 + ((places[..., 1] - y) / height) ** 2
    return np.exp(-d) * np.clip((places[..., 2] - 0.6) / 0.3, 0, 1)


def _mottle(places: Array, seed: int) -> Array:
    flat = places.reshape(-1, 3).astype(np.float64)
    value = 0.6 * noise.solid(flat * 1.3, seed) + 0.4 * noise.solid(flat * 6.0, seed + 1)
    return value.reshape(places.shape[:-1])


@lru_cache(maxsize=1)
def _body_maps() -> tuple[Array, Array]:
    base = hm08.hm08()
    nails = np.maximum(base.masks["fingernails"], base.masks["toenails"]).astype(np.float32) / 255.0
    return nails, (_mottle(base.place, 7) * 63.0).astype(np.uint8)


def brows(variant: int) -> tuple[slice, Array]:
    """Rows of the head's texture that hold the brows, and their alpha there; `variant` bends and thickens them."""
    place = head_map().place
    middle = place[:, place.shape[1] // 2, 1]
    rows = slice(int(np.argmax(middle < 7.85)), int(np.argmax(middle < 7.30)))
    place = place[rows]
    x, y, z = np.abs(place[..., 0]), place[..., 1], place[..., 2]
    bend, heavy = (float(noise.hashed(k, np.array([variant]))[0]) for k in (1, 2))
    arch = (0.04 + 0.05 * bend) * np.sin(np.clip((x - 0.08) / 0.60, 0, 1) * np.pi)
    centre = EYE_Y + 0.225 + 0.03 * bend + arch
    half = (0.026 + 0.022 * heavy) * np.clip((0.58 - x) / 0.30, 0, 1) ** 0.6
    alpha = np.clip(1.35 - np.abs(y - centre) / np.maximum(half, 1e-4), 0, 1) * np.clip((x - 0.10) / 0.05, 0, 1)
    strands = 0.7 + 0.3 * noise.solid((place * np.array([30.0, 60.0, 10.0])).reshape(-1, 3), 3).reshape(x.shape)
    return rows, np.clip(alpha, 0, 1) * np.clip((z - 0.75) / 0.2, 0, 1) * strands


@lru_cache(maxsize=1)
def face_maps() -> tuple[Array, dict[str, Array]]:
    """The face's mottling (512, 512) in [0, 63], and its alpha layers (512, 512), all uint8."""
    maps = head_map()
    place = maps.place
    x, y, z = np.abs(place[..., 0]), place[..., 1], place[..., 2]
    front = np.clip((z - 0.75) / 0.2, 0, 1)
    from_eye = np.sqrt((x - EYE_X) ** 2 + (y - EYE_Y) ** 2 + (z - EYE_Z) ** 2)
    lid = np.clip((EYE_RADIUS + 0.050 - from_eye) / 0.03, 0, 1) * (0.30 + 0.70 * (y > EYE_Y))
    socket = np.clip(1 - np.hypot((x - EYE_X) / 0.30, (y - EYE_Y - 0.03) / 0.20), 0, 1) * front
    jaw = np.interp(x, [0.0, 0.30, 0.55, 0.75], [6.86, 6.80, 6.86, 7.15])
    beard = np.clip((jaw - y) / 0.10, 0, 1) * np.clip((y - 6.02) / 0.15, 0, 1) * np.clip((z - 0.55) / 0.15, 0, 1)
    beard = beard * (1 - maps.masks["lips"]) * np.clip(np.hypot(x / 0.30, (y - 6.60) / 0.14) * 4 - 3.6, 0.35, 1)
    grain = noise.solid((place * 45.0).reshape(-1, 3), 5).reshape(x.shape)
    under = np.clip((6.62 - y) / 0.55, 0, 1) * np.clip((1.05 - z) / 0.6, 0, 1) * (y > 5.6)
    beside_nose = _bump(place, 0.17, 6.98, 0.055, 0.16) + 0.8 * _bump(place, 0.27, 6.76, 0.05, 0.10)
    shade = np.maximum(0.8 * under, np.maximum(beside_nose, 0.7 * _bump(place, 0.0, 6.42, 0.16, 0.045)))
    flush = _bump(place, 0.45, 6.95, 0.22, 0.18) + _bump(place, 0.0, 6.92, 0.13, 0.12) + 0.8 * maps.masks["ears"]
    mouth = np.clip(1 - np.abs(y - 6.605) / 0.012, 0, 1) * (x < 0.24) * (z > 1.3)
    roots = noise.solid((place * np.array([22.0, 5.0, 22.0])).reshape(-1, 3), 6).reshape(x.shape)
    scalp = np.clip(hairline(place) / 0.30 + 0.15 + 0.9 * roots, 0, 1) ** 2 * (0.75 + 0.25 * grain)
    scalp = np.where(hairline(place) > -0.30, scalp, 0.0)
    layers = {
        "lashes": lid * front * 0.8, "socket": socket, "lips": maps.masks["lips"], "mouth_line": mouth,
        "shade": np.clip(shade, 0, 1), "flush": flush, "beard": beard * (0.6 + 0.4 * grain),
        "scalp": scalp,
    }  # fmt: skip
    mottle = (_mottle(place, 7) * 63.0).astype(np.uint8)
    return mottle, {name: _bytes(np.clip(layer, 0, 1)) for name, layer in layers.items()}
