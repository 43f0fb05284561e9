"""Light on fragments: ambient harmonics, then one light after the other, then fragments into pixels.

Lambert plus one specular lobe (Karis' approximation of GGX for mobile, 2013) with dielectric reflectance 0.04, close
to Blender's Principled surface at the roughnesses of skin, cloth and walls.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...values import Array
from ..kernel import inlined, kernel
from .fragments import Fragments, Surfaces
from .textures import Atlas

REFLECTANCE = 0.04

MATTE = 0.75
"""From this roughness on (cotton, brick, ground) nothing shines, in Blender neither: gloss would lie over grass under a low sun
as over plastic, is not to be seen elsewhere, and takes a tenth of Cycles' time."""

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


@inlined
def sky_terms(
    light: Array,
    x: np.float32,
    y: np.float32,
    z: np.float32,
    vx: np.float32,
    vy: np.float32,
    vz: np.float32,
    rough: np.float32,
    metal: np.float32,
) -> tuple[np.float32, np.float32, np.float32, np.float32, np.float32]:
    """Ambient light on a surface with normal (x, y, z) seen from (vx, vy, vz): red, green, blue, and a, b.

    What is seen of each channel is light times (albedo a + b).
    """
    one, zero, f0 = np.float32(1.0), np.float32(0.0), np.float32(REFLECTANCE)
    per_pi, three = np.float32(1.0 / np.pi), np.float32(3.0)
    away = one - max(x * vx + y * vy + z * vz, zero)
    square = away * away
    fresnel = f0 + max(one - rough - f0, zero) * square * square * away if rough < np.float32(MATTE) else zero
    p5, p6, p8 = y * z, three * z * z - one, x * x - y * y
    e0 = light[0, 0] + light[1, 0] * y + light[2, 0] * z + light[3, 0] * x + light[4, 0] * x * y
    e1 = light[0, 1] + light[1, 1] * y + light[2, 1] * z + light[3, 1] * x + light[4, 1] * x * y
    e2 = light[0, 2] + light[1, 2] * y + light[2, 2] * z + light[3, 2] * x + light[4, 2] * x * y
    e0 += light[5, 0] * p5 + light[6, 0] * p6 + light[7, 0] * x * z + light[8, 0] * p8
    e1 += light[5, 1] * p5 + light[6, 1] * p6 + light[7, 1] * x * z + light[8, 1] * p8
    e2 += light[5, 2] * p5 + light[6, 2] * p6 + light[7, 2] * x * z + light[8, 2] * p8
    a, b = (one - metal) * (one - fresnel) + metal, (one - metal) * fresnel
    return max(e0, zero) * per_pi, max(e1, zero) * per_pi, max(e2, zero) * per_pi, a, b


@inlined
def openness(cover: np.float32, up: np.float32) -> np.float32:
    """Share of ambient light left under a cover (1: open) on a surface whose normal's upward part is `up`."""
    return np.float32(1.0) - np.float32(OCCLUSION) * (np.float32(1.0) - cover) * max(up, np.float32(0.0))


@inlined
def lamp_terms(
    place: Array, axis: Array, distant: bool, px: np.float32, py: np.float32, pz: np.float32,
    nx: np.float32, ny: np.float32, nz: np.float32,
    vx: np.float32, vy: np.float32, vz: np.float32, rough: np.float32, metal: np.float32,
) -> tuple[np.float32, np.float32, np.float32]:  # fmt: skip
    """A lamp's light on a surface at p with normal n, seen from v: power, and a, b as in `sky_terms`."""
    one, zero = np.float32(1.0), np.float32(0.0)
    lx, ly, lz, power = -axis[0], -axis[1], -axis[2], np.float32(1.0 / np.pi)
    if not distant:
        lx, ly, lz = place[0] - px, place[1] - py, place[2] - pz
        square = max(lx * lx + ly * ly + lz * lz, np.float32(0.05))
        near = one / np.sqrt(square)
        lx, ly, lz = lx * near, ly * near, lz * near
        power *= max(-(lx * axis[0] + ly * axis[1] + lz * axis[2]), zero) / square
    power *= max(nx * lx + ny * ly + nz * lz, zero)
    if power <= zero:
        return zero, zero, zero
    if rough >= np.float32(MATTE):
        return power, one - metal, zero
    hx, hy, hz = lx + vx, ly + vy, lz + vz
    scale = one / max(np.sqrt(hx * hx + hy * hy + hz * hz), np.float32(1e-6))
    nh = (nx * hx + ny * hy + nz * hz) * scale
    lh = max((lx * hx + ly * hy + lz * hz) * scale, np.float32(0.1))
    square = rough * rough
    a2 = max(square * square, np.float32(0.002))
    d = nh * nh * (a2 - one) + one
    lobe = a2 / (d * d * np.float32(4.0) * lh * lh * (rough + np.float32(0.5)))
    return power, (one - metal) + metal * lobe, (one - metal) * np.float32(REFLECTANCE) * lobe


@kernel
def _ambient(
    light: Array, material: Array, roughness: Array, metallic: Array, face: Array, normal: Array, view: Array,
    albedo: Array, cover: Array, out: Array,
) -> None:  # fmt: skip
    for n in range(face.shape[0]):
        x, y, z = normal[n, 0], normal[n, 1], normal[n, 2]
        m = material[face[n]]
        r, g, b, s, t = sky_terms(light, x, y, z, view[n, 0], view[n, 1], view[n, 2], roughness[m], metallic[m])
        part = openness(cover[n], z)
        out[n, 0] = r * (albedo[n, 0] * s + t) * part
        out[n, 1] = g * (albedo[n, 1] * s + t) * part
        out[n, 2] = b * (albedo[n, 2] * s + t) * part


@kernel
def _direct(
    place: Array, axis: Array, strength: Array, distant: bool, material: Array, roughness: Array, metallic: Array,
    face: Array, position: Array, normal: Array, view: Array, albedo: Array, lit: Array, out: Array,
) -> None:  # fmt: skip
    for n in range(face.shape[0]):
        if lit[n] <= np.float32(0.0):
            continue
        m = material[face[n]]
        power, s, t = lamp_terms(
            place, axis, distant, position[n, 0], position[n, 1], position[n, 2], normal[n, 0], normal[n, 1],
            normal[n, 2], view[n, 0], view[n, 1], view[n, 2], roughness[m], metallic[m],
        )  # fmt: skip
        power *= lit[n]
        for k in range(3):
            out[n, k] += power * strength[k] * (albedo[n, k] * s + t)


@kernel
def lay_over(pixel: Array, weight: Array, color: Array, image: Array) -> None:
    """Lay fragments, those of a pixel side by side, over image (3, H * W) float32 as far as they cover their pixels."""
    n, zero = 0, np.float32(0.0)
    while n < pixel.shape[0]:
        p, r, g, b, rest = pixel[n], zero, zero, zero, np.float32(1.0)
        while n < pixel.shape[0] and pixel[n] == p:
            w = weight[n]
            r, g, b, rest = r + w * color[n, 0], g + w * color[n, 1], b + w * color[n, 2], rest - w
            n += 1
        rest = max(rest, zero)
        image[0, p] = image[0, p] * rest + r
        image[1, p] = image[1, p] * rest + g
        image[2, p] = image[2, p] * rest + b


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
