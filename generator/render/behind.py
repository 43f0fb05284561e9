"""The picture of what stands still: textures pixel by pixel, light along short lines.

Along a few pixels of one face light changes evenly but for shadows. So it is worked out at the ends of such lines and
taken as linear between them, and shadows are looked up only where a shadow map cannot rule them out for the whole line.
"""

from __future__ import annotations

import numpy as np

from ..values import Array
from .edges import Edges
from .environment import Sky, paint_sky
from .kernel import inlined, kernel
from .lamps import ShadowedLamp
from .mesh import Geometry
from .shade import lamp_terms, openness, sky_terms
from .shadow import TAPS, ShadowMap, View, nothing, share
from .still import Still, over
from .textures import Atlas, texel

LINE_PX = 12
"""Length of the lines along which light is linear."""

ALIKE = 0.05
"""Shadows of what stands still that differ by less from end to end are taken as linear too."""


@kernel
def _texture(seen: Array, planes: Array, material: Array, focal: np.float32, textures: Atlas, out: Array) -> None:
    """Fill out (H * W, 3) with the linear albedo of what is seen, (H, W); pixels of the sky are left."""
    half, one = np.float32(0.5), np.float32(1.0)
    per_focal = one / focal
    bits = np.empty(1, np.float32)
    whole = bits.view(np.int32)
    texels, level, count, size = textures.texels, textures.level, textures.n_levels, textures.size_log2
    last, lod = np.int32(-1), np.float32(0.0)
    for y in range(seen.shape[0]):
        for x in range(seen.shape[1]):
            f = seen[y, x]
            if f < 0:
                continue
            px, py = np.float32(x) + half, np.float32(y) + half
            z = one / over(planes, f, 9, px, py)
            u, v = over(planes, f, 12, px, py) * z, over(planes, f, 15, px, py) * z
            if f != last or x % LINE_PX == 0:
                # As in `fragments`, but half the log2 of the square.
                ratio = planes[f, 18] * z * per_focal
                bits[0] = ratio * ratio / max(planes[f, 20] / z, np.float32(0.05))
                lod, last = np.float32(whole[0]) * np.float32(0.5 / (1 << 23)) - np.float32(63.5), f
            n = y * seen.shape[1] + x
            out[n, 0], out[n, 1], out[n, 2] = texel(texels, level, count, size, material[f], u, v, lod)


@inlined
def _point(
    planes: Array, corners: Array, rays: Array, eye: Array, f: int, u: np.float32, v: np.float32
) -> tuple[np.float32, np.float32, np.float32, np.float32, np.float32, np.float32, np.float32, np.float32, np.float32]:
    """Place, normal towards the viewer and unit vector to the viewer of face f at pixel place (u, v)."""
    one = np.float32(1.0)
    z = one / over(planes, f, 9, u, v)
    rx = rays[0, 0] * u + rays[0, 1] * v + rays[0, 2]
    ry = rays[1, 0] * u + rays[1, 1] * v + rays[1, 2]
    rz = rays[2, 0] * u + rays[2, 1] * v + rays[2, 2]
    e0, e1, e2 = over(planes, f, 0, u, v) * z, over(planes, f, 3, u, v) * z, over(planes, f, 6, u, v) * z
    nx = e0 * corners[f, 0, 0] + e1 * corners[f, 1, 0] + e2 * corners[f, 2, 0]
    ny = e0 * corners[f, 0, 1] + e1 * corners[f, 1, 1] + e2 * corners[f, 2, 1]
    nz = e0 * corners[f, 0, 2] + e1 * corners[f, 1, 2] + e2 * corners[f, 2, 2]
    scale = planes[f, 19] / max(np.sqrt(nx * nx + ny * ny + nz * nz), np.float32(1e-20))
    near = -one / np.sqrt(rx * rx + ry * ry + rz * rz)
    return (
        eye[0] + z * rx, eye[1] + z * ry, eye[2] + z * rz, nx * scale, ny * scale, nz * scale,
        rx * near, ry * near, rz * near,
    )  # fmt: skip


@inlined
def _end(seen: Array, x: int, y: int) -> int:
    """The last pixel of the line that starts at pixel (x, y)."""
    end, last = x, min(x + LINE_PX, seen.shape[1] - 1)
    while end < last and seen[y, end + 1] == seen[y, x]:
        end += 1
    return end


@inlined
def _even(
    a: tuple[np.float32, np.float32, np.float32, np.float32], b: tuple[np.float32, np.float32, np.float32, np.float32]
) -> bool:
    """Whether shadow changes evenly between two points: they lie closer on the map than it changes."""
    du, dv, soft = b[2] - a[2], b[3] - a[3], min(a[1], b[1])
    return bool(du * du + dv * dv <= soft * soft)


@inlined
def _goes_on(seen: Array, x: int, end: int, y: int) -> bool:
    """Whether the face of the line from x to end goes on beyond it."""
    return end > x and end + 1 < seen.shape[1] and seen[y, end + 1] == seen[y, x]


@kernel
def _light_sky(
    seen: Array, planes: Array, corners: Array, surface: Array, rays: Array, eye: Array, light: Array, cover: View,
    taps: Array, albedo: Array, out: Array,
) -> None:  # fmt: skip
    """Fill out (H * W, 3) with what is seen by ambient light; surface (F, 2): roughness, metallic."""
    half, one = np.float32(0.5), np.float32(1.0)
    c0, c1, c2, c3, c4 = cover
    for y in range(seen.shape[0]):
        x, v, first = 0, np.float32(y) + half, y * seen.shape[1]
        carried = False
        while x < seen.shape[1]:
            f = seen[y, x]
            if f < 0:
                for c in range(3):
                    out[first + x, c] = albedo[first + x, c]
                x, carried = x + 1, False
                continue
            end = _end(seen, x, y)
            if not carried:
                px, py, pz, nx, ny, nz, vx, vy, vz = _point(planes, corners, rays, eye, f, np.float32(x) + half, v)
                r, g, b, s, t = sky_terms(light, nx, ny, nz, vx, vy, vz, surface[f, 0], surface[f, 1])
                a = share(c0, c1, c2, c3, c4, taps, px, py, pz, nx, ny, nz)
                o = openness(a[0], nz)
            r1, g1, b1, s1, t1, a1, o1 = r, g, b, s, t, a, o
            if end > x:
                px, py, pz, nx, ny, nz, vx, vy, vz = _point(planes, corners, rays, eye, f, np.float32(end) + half, v)
                r1, g1, b1, s1, t1 = sky_terms(light, nx, ny, nz, vx, vy, vz, surface[f, 0], surface[f, 1])
                a1 = share(c0, c1, c2, c3, c4, taps, px, py, pz, nx, ny, nz)
                o1 = openness(a1[0], nz)
            even, step = _even(a, a1), one / np.float32(max(end - x, 1))
            dr, dg, db, ds, dt, do = r1 - r, g1 - g, b1 - b, s1 - s, t1 - t, o1 - o
            for column in range(x, end + 1):
                n, k = first + column, np.float32(column - x) * step
                part, s2, t2 = o + k * do, s + k * ds, t + k * dt
                if not even:
                    px, py, pz, nx, ny, nz, vx, vy, vz = _point(planes, corners, rays, eye, f, np.float32(column) + half, v)
                    part = openness(share(c0, c1, c2, c3, c4, taps, px, py, pz, nx, ny, nz)[0], nz)
                out[n, 0] = (r + k * dr) * (albedo[n, 0] * s2 + t2) * part
                out[n, 1] = (g + k * dg) * (albedo[n, 1] * s2 + t2) * part
                out[n, 2] = (b + k * db) * (albedo[n, 2] * s2 + t2) * part
            r, g, b, s, t, a, o = r1, g1, b1, s1, t1, a1, o1
            carried = _goes_on(seen, x, end, y)
            x = end if carried else end + 1


@kernel
def _light_lamp(
    seen: Array, planes: Array, corners: Array, surface: Array, rays: Array, eye: Array, place: Array, axis: Array,
    strength: Array, distant: bool, moving: View, still: View, taps: Array, albedo: Array, out: Array,
) -> None:  # fmt: skip
    """Add a lamp's light to out (H * W, 3), past what moves and what stands still."""
    half, zero, one = np.float32(0.5), np.float32(0.0), np.float32(1.0)
    (m0, m1, m2, m3, m4), (w0, w1, w2, w3, w4) = moving, still
    by_moving, by_still, lit = m0.shape[0] > 1, w0.shape[0] > 1, (one, np.float32(np.inf), zero, zero)
    red, green, blue = strength[0], strength[1], strength[2]
    for y in range(seen.shape[0]):
        x, v, first = 0, np.float32(y) + half, y * seen.shape[1]
        carried = False
        while x < seen.shape[1]:
            f = seen[y, x]
            if f < 0:
                x, carried = x + 1, False
                continue
            end = _end(seen, x, y)
            if not carried:
                px, py, pz, nx, ny, nz, vx, vy, vz = _point(planes, corners, rays, eye, f, np.float32(x) + half, v)
                p, s, t = lamp_terms(place, axis, distant, px, py, pz, nx, ny, nz, vx, vy, vz, surface[f, 0], surface[f, 1])
                a = share(m0, m1, m2, m3, m4, taps, px, py, pz, nx, ny, nz) if by_moving else lit
                b = share(w0, w1, w2, w3, w4, taps, px, py, pz, nx, ny, nz) if by_still else lit
            p1, s1, t1, a1, b1 = p, s, t, a, b
            if end > x:
                px, py, pz, nx, ny, nz, vx, vy, vz = _point(planes, corners, rays, eye, f, np.float32(end) + half, v)
                p1, s1, t1 = lamp_terms(place, axis, distant, px, py, pz, nx, ny, nz, vx, vy, vz, surface[f, 0], surface[f, 1])
                a1 = share(m0, m1, m2, m3, m4, taps, px, py, pz, nx, ny, nz) if by_moving else lit
                b1 = share(w0, w1, w2, w3, w4, taps, px, py, pz, nx, ny, nz) if by_still else lit
            # Beside what stands still a line ends, so that its shadows show at one end at least.
            free, alone = _even(a, a1), _even(b, b1) or abs(b1[0] - b[0]) < np.float32(ALIKE)
            step = one / np.float32(max(end - x, 1))
            carried = _goes_on(seen, x, end, y)
            stop = end if carried else end + 1
            dp, ds, dt, da, db = p1 - p, s1 - s, t1 - t, a1[0] - a[0], b1[0] - b[0]
            for column in range(x, stop if p > zero or p1 > zero else x):
                n, k = first + column, np.float32(column - x) * step
                power, s2, t2 = p + k * dp, s + k * ds, t + k * dt
                past_moving, past_still = a[0] + k * da, b[0] + k * db
                if not (free and alone):
                    px, py, pz, nx, ny, nz, vx, vy, vz = _point(planes, corners, rays, eye, f, np.float32(column) + half, v)
                    if not free:
                        past_moving = share(m0, m1, m2, m3, m4, taps, px, py, pz, nx, ny, nz)[0]
                    if not alone:
                        past_still = share(w0, w1, w2, w3, w4, taps, px, py, pz, nx, ny, nz)[0]
                power *= past_moving * past_still
                out[n, 0] += power * red * (albedo[n, 0] * s2 + t2)
                out[n, 1] += power * green * (albedo[n, 1] * s2 + t2)
                out[n, 2] += power * blue * (albedo[n, 2] * s2 + t2)
            p, s, t, a, b = p1, s1, t1, a1, b1
            x = stop


class Behind:
    """Paints what stands still, into the same buffers every frame."""

    def __init__(self, shapes: Geometry, textures: Atlas, seen: Sky, visible: bool,
                 width: int, height: int) -> None:  # fmt: skip
        """`visible`: whether the sky's map is to be seen."""
        self.still = still = Still(shapes, width, height)
        self.textures, self._sky, self._visible = textures, seen, visible
        self._edges = Edges(still)
        self._surface = np.stack([textures.roughness, textures.metallic], axis=1)[still.material]
        rows, columns = np.mgrid[:height, :width]
        self._centres = (np.stack([columns, rows], axis=-1).reshape(-1, 2) + 0.5).astype(np.float32)
        self._albedo = np.zeros((height * width, 3), np.float32)

    def paint(self, K: Array, pose: Array, ambient: Array, cover: ShadowMap, lamps: list[ShadowedLamp], image: Array) -> None:
        """Fill image (H * W, 3) float32 with linear light, under the shadows that the maps now hold."""
        still, rays = self.still, pose[:3, :3].T @ np.linalg.inv(K)
        if still.look(K, pose):
            seen = still.canvas.seen
            _texture(seen, still.planes, still.material, np.float32(K[0, 0]), self.textures, self._albedo)
            paint_sky(self._sky, self._visible, rays, seen.ravel(), self._centres, self._albedo)
        eye = (-pose[:3, :3].T @ pose[:3, 3]).astype(np.float32)
        scene = (still.canvas.seen, still.planes, still.corners, self._surface, rays.astype(np.float32), eye)
        _light_sky(*scene, ambient, cover.view, TAPS, self._albedo, image)
        for light in lamps:
            lamp = light.lamp
            place = np.zeros(3) if lamp.position is None else lamp.position
            moving, unmoved = (nothing() if shadow is None else shadow.view for shadow in (light.shadow, light.still))
            _light_lamp(
                *scene, place.astype(np.float32), lamp.axis.astype(np.float32), lamp.strength.astype(np.float32),
                lamp.position is None, moving, unmoved, TAPS, self._albedo, image,
            )  # fmt: skip
        self._edges.smooth(still, image)
