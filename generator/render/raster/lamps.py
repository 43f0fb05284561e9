"""The lights of a scene as the raster backend sees them: the sun, the sky's brightest spot, lamps, and the rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...values import Array, LampSpec, Light
from ..environment import Key, Sky
from ..kernel import kernel
from ..mesh import Geometry
from .ambient import Probe, gather
from .shade import Lamp, fold
from .shadow import FAR, ShadowMap
from .textures import LINEAR_OF_SRGB, Atlas

SUN_SPREAD = 0.00465
"""Tangent of the sun's angular radius seen from earth."""

SKY_SPREAD = 0.6
"""Tangent of the half-angle that the sky's light from above is taken to come from."""

LAMP_POWER = 0.25
"""Blender's area lamp of P watts sends P / 4 W/sr along its axis (Cycles: radiance 0.25 P / area)."""


WIDE_M, WIDE = 8.0, 3
"""Shadows of what stands still reach this far from the stage, on maps with this many times more pixels a side."""

FLOOR_M = 0.005
"""Faces that lie no higher than this have nothing below them to shade."""


@dataclass(frozen=True)
class ShadowedLamp:
    """A lamp, the map of the shadows of what moves and that of what stands still; None where there are none."""

    lamp: Lamp
    shadow: ShadowMap | None
    still: ShadowMap | None

    def lit(self, face: Array, position: Array, normal: Array) -> Array:
        """(N,) float32 share of the lamp that fragments see."""
        out = np.ones(len(face), np.float32)
        for shadow in (self.shadow, self.still):
            if shadow is not None:
                out *= shadow.lit(face, position, normal)
        return out


def _distant(light: Light, seen: Sky) -> list[Key]:
    """Lights from far away: the sun, and what the sky holds of one."""
    keys = [] if seen.key is None else [seen.key]
    if light.sun_strength > 0:
        direction = np.asarray(light.sun_direction, np.float64) / np.linalg.norm(light.sun_direction)
        keys.append(Key(direction, light.sun_strength * np.asarray(light.sun_color, np.float64), SUN_SPREAD))
    return keys


def _near(light: Light, lamp: LampSpec) -> tuple[Array, Array, Array]:
    """Position (3,), axis (3,) and W/sr (3,) of an area lamp."""
    position = np.asarray(lamp.position_m, np.float64)
    axis = np.asarray(light.stage_center_m, np.float64) - position
    color = LINEAR_OF_SRGB[np.round(255 * np.clip(lamp.color, 0.0, 1.0)).astype(int)]
    return position, axis / np.linalg.norm(axis), LAMP_POWER * lamp.power_w * color.astype(np.float64)


@kernel
def _grow(points: Array, box: Array) -> None:
    """Widen box (2, 3), low and high, to hold points (N, 3)."""
    for k in range(3):
        low, high = box[0, k], box[1, k]
        for n in range(points.shape[0]):
            low, high = min(low, points[n, k]), max(high, points[n, k])
        box[0, k], box[1, k] = low, high


def stage_sphere(shapes: Geometry) -> tuple[Array, float]:
    """Centre (3,) and radius of the sphere in which people and props are, over the whole clip."""
    first = np.cumsum([0, *(vertices.shape[1] for vertices in shapes.posed)])
    owner = np.searchsorted(first, shapes.faces[~shapes.backdrop, 0], side="right") - 1
    inside = [shapes.posed[i] for i in np.unique(owner)]
    if not inside:
        return np.zeros(3), 1.0
    box = np.array([[np.inf] * 3, [-np.inf] * 3], np.float32)
    for vertices in inside:
        _grow(vertices.reshape(-1, 3), box)
    low, high = box
    return 0.5 * (low + high).astype(np.float64), float(0.5 * np.linalg.norm(high - low)) + 0.05


def sky_cover(shapes: Geometry, stage: tuple[Array, float], pixels: int) -> ShadowMap:
    """Map from straight above of people and props: what they take of the sky from the ground and each other."""
    centre, radius = stage
    distance = FAR * radius
    return ShadowMap(
        centre, radius, centre + np.array([0.0, 0.0, distance]), SKY_SPREAD * distance, pixels, shapes, least_cosine=0.3
    )


def light_stage(
    light: Light, seen: Sky, shapes: Geometry, textures: Atlas, stage: tuple[Array, float], pixels: int, shadows: int
) -> tuple[Array, list[ShadowedLamp]]:
    """Ambient irradiance as a (9, 3) polynomial, and every direct light, strongest at the stage first.

    The first `shadows` lights cast shadows, on maps of `pixels` a side. A distant
    light that the backdrop keeps from the stage's centre only counts as far as it brightens the backdrop.
    """
    walls = shapes.backdrop
    corners = shapes.vertices(0)[shapes.faces[walls]].astype(np.float64)
    surface = shapes.material[walls]
    albedo, glow = textures.mean[surface].astype(np.float64), textures.glow[surface].astype(np.float64)
    probe = Probe(seen, light.stage_center_m, corners, albedo, glow)
    distant, near = _distant(light, seen), [_near(light, lamp) for lamp in light.lamps]
    ambient = fold(gather(probe, distant, near))
    centre, radius = stage
    found: list[tuple[float, Lamp, Array, float]] = []
    for key in distant:
        if probe.reached(key.direction, at_centre=True)[0]:
            eye = centre - FAR * radius * key.direction
            lamp = Lamp(None, key.direction, key.irradiance)
            found.append((float(key.irradiance.mean()), lamp, eye, key.spread * FAR * radius))
    for spec, (position, axis, intensity) in zip(light.lamps, near, strict=True):
        reach = float(intensity.mean() / max(float(((position - centre) ** 2).sum()), 0.05))
        found.append((reach, Lamp(position, axis, intensity), position, 0.5 * spec.size_m))
    found.sort(key=lambda entry: -entry[0])
    return ambient, [
        _shadowed(shapes, stage, *entry[1:], pixels) if rank < shadows else ShadowedLamp(entry[1], None, None)
        for rank, entry in enumerate(found)
    ]


def _shadowed(shapes: Geometry, stage: tuple[Array, float], lamp: Lamp, eye: Array, size_m: float, pixels: int) -> ShadowedLamp:
    """A lamp with its shadow maps; that of what stands still is wider and already drawn."""
    vertices = shapes.vertices(0)
    floor = vertices[shapes.faces, 2].max(axis=1) < FLOOR_M
    casters = np.ascontiguousarray(shapes.faces[~shapes.moving & ~floor])
    shadow = ShadowMap(*stage, eye, size_m, pixels, shapes)
    if not len(casters):
        return ShadowedLamp(lamp, shadow, None)
    centre, radius = stage
    far = centre + (eye - centre) * (WIDE_M / radius) if lamp.position is None else eye
    size_m = size_m * (WIDE_M / radius) if lamp.position is None else size_m
    still = ShadowMap(centre, max(WIDE_M, radius), far, size_m, WIDE * pixels, shapes)
    still.draw_large(vertices, casters)
    return ShadowedLamp(lamp, shadow, still)
