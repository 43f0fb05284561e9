"""Light on fragments: ambient harmonics, then one light after the other, then fragments into pixels.

Lambert plus one specular lobe (Karis' approximation of GGX for mobile, 2013) with dielectric reflectance 0.04, close
to Blender's Principled surface at the roughnesses of skin, cloth and walls.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..values import Array
from .fragments import Fragments, Surfaces
from .kernel import kernel
from .textures import Atlas

REFLECTANCE = 0.04

OCCLUSION = 0.75
"""How much of the light from above a full cover takes away from a surface that faces up."""


@dataclass(frozen=True)
class Lamp:
    """A light on the scene: `position` (3,) or None for a distant one that travels along `axis` (3,).

    strength (3,) float32: W/m2 facing a distant light, W/sr along the axis of a lamp.
    """

    position: Array | None
    axis: Array
    strength: Array


@kernel
def _ambient(
    light: Array, material: Array, roughness: Array, metallic: Array, face: Array, normal: Array, view: Array,
    albedo: Array, cover: Array, out: Array,
) -> None:  # fmt: skip
    one, zero = np.float32(1.0), np.float32(0.0)
    per_pi, f0 = np.float32(1.0 / np.pi), np.float32(REFLECTANCE)
    strength = np.float32(OCCLUSION)
    for n in range(face.shape[0]):
        if face[n] < 0:
            continue
        x, y, z = normal[n, 0], normal[n, 1], normal[n, 2]
        rough, metal = roughness[material[face[n]]], metallic[material[face[n]]]
        cosine = max(x * view[n, 0] + y * view[n, 1] + z * view[n, 2], zero)
        fresnel = f0 + (one - rough - f0) * (one - cosine) ** 5 if rough < one - f0 else f0
        open_share = one - strength * (one - cover[n]) * max(z, zero)
        for k in range(3):
            e = (
                light[0, k] + light[1, k] * y + light[2, k] * z + light[3, k] * x + light[4, k] * x * y
                + light[5, k] * y * z + light[6, k] * (3 * z * z - one) + light[7, k] * x * z
                + light[8, k] * (x * x - y * y)
            )  # fmt: skip
            tint = (one - metal) * (albedo[n, k] * (one - fresnel) + fresnel) + metal * albedo[n, k]
            out[n, k] = max(e, zero) * per_pi * tint * open_share


@kernel
def _direct(
    place: Array, axis: Array, strength: Array, distant: bool, material: Array, roughness: Array, metallic: Array,
    face: Array, position: Array, normal: Array, view: Array, albedo: Array, lit: Array, out: Array,
) -> None:  # fmt: skip
    one, zero = np.float32(1.0), np.float32(0.0)
    per_pi, f0 = np.float32(1.0 / np.pi), np.float32(REFLECTANCE)
    for n in range(face.shape[0]):
        if face[n] < 0 or lit[n] <= zero:
            continue
        lx, ly, lz = -axis[0], -axis[1], -axis[2]
        power = lit[n]
        if not distant:
            lx, ly, lz = place[0] - position[n, 0], place[1] - position[n, 1], place[2] - position[n, 2]
            square = max(lx * lx + ly * ly + lz * lz, np.float32(0.05))
            near = one / np.sqrt(square)
            lx, ly, lz = lx * near, ly * near, lz * near
            power *= max(-(lx * axis[0] + ly * axis[1] + lz * axis[2]), zero) / square
        facing = normal[n, 0] * lx + normal[n, 1] * ly + normal[n, 2] * lz
        if facing <= zero or power <= zero:
            continue
        power *= facing
        rough, metal = roughness[material[face[n]]], metallic[material[face[n]]]
        hx, hy, hz = lx + view[n, 0], ly + view[n, 1], lz + view[n, 2]
        scale = one / max(np.sqrt(hx * hx + hy * hy + hz * hz), np.float32(1e-6))
        nh = (normal[n, 0] * hx + normal[n, 1] * hy + normal[n, 2] * hz) * scale
        lh = max((lx * hx + ly * hy + lz * hz) * scale, np.float32(0.1))
        a2 = max(rough**4, np.float32(0.002))
        d = nh * nh * (a2 - one) + one
        lobe = a2 / (d * d) / (np.float32(4.0) * lh * lh * (rough + np.float32(0.5)))
        for k in range(3):
            f = f0 * (one - metal) + metal * albedo[n, k]
            out[n, k] += power * strength[k] * per_pi * ((one - metal) * albedo[n, k] + f * lobe)


@kernel
def accumulate(pixel: Array, weight: Array, color: Array, image: Array) -> None:
    """Set the fragments' pixels in image (H * W, 3) float32 to the weighted sums of their colours (N, 3)."""
    for n in range(pixel.shape[0]):
        image[pixel[n]] = 0.0
    for n in range(pixel.shape[0]):
        p, w = pixel[n], weight[n]
        image[p, 0] += w * color[n, 0]
        image[p, 1] += w * color[n, 1]
        image[p, 2] += w * color[n, 2]


def ambient(
    harmonics: Array,
    material: Array,
    textures: Atlas,
    fragments: Fragments,
    seen: Surfaces,
    albedo: Array,
    cover: Array,
) -> Array:
    """Radiance (N, 3) float32 of fragments in ambient light alone; `cover` (N,): share of the sky above that is open.

    harmonics (9, 3) from `ambient.gather`; the basis' constants are folded in by `fold`.
    """
    out = np.zeros((len(albedo), 3), np.float32)
    _ambient(
        harmonics, material, textures.roughness, textures.metallic, fragments.face, seen.normal, seen.view, albedo,
        cover, out,
    )  # fmt: skip
    return out


def fold(harmonics: Array) -> Array:
    """(9, 3) float32 polynomial coefficients in (x, y, z) of irradiance harmonics."""
    constants = [0.282095, 0.488603, 0.488603, 0.488603, 1.092548, 1.092548, 0.315392, 1.092548, 0.546274]
    return np.ascontiguousarray(harmonics * np.array(constants)[:, None], np.float32)


def add_lamp(
    lamp: Lamp, material: Array, textures: Atlas, fragments: Fragments, seen: Surfaces, albedo: Array, lit: Array,
    out: Array,
) -> None:  # fmt: skip
    """Add a lamp's light to the fragments' radiance `out` (N, 3); lit (N,) is the share of the lamp that they see."""
    place = np.zeros(3) if lamp.position is None else lamp.position
    _direct(
        place.astype(np.float32), lamp.axis.astype(np.float32), lamp.strength.astype(np.float32),
        lamp.position is None, material, textures.roughness, textures.metallic, fragments.face, seen.position,
        seen.normal, seen.view, albedo, lit, out,
    )  # fmt: skip
