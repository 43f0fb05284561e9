"""The light: environment map, sun and lamps in world terms, at an exposure that suits a person whatever the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ...assets_manifest.assets import Hdri, hdri
from ..base.colour import to_linear
from ..values import Array, LampSpec, Light, LightSpec, Mesh, SkySpec
from .scenery import Surroundings
from .sight import stopped
from .sky import Daylight, daylight

PERSON_EV = 0.0
"""Stops over the exposure at which a map lights a white wall to 1: usual skin and clothes come out well."""

OVERCAST_EV = 1.0
"""Stops at which the even grey sky is used; renderers paint it at a radiance of 0.5."""


def light(spec: LightSpec, center_m: Array, surroundings: Surroundings) -> Light:
    """Light of a scene whose middle is `center_m` (3,): the spec's, with what the surroundings add.

    In the open air a picture of a room can't be the sky, so an overcast one takes its place. The sun shines from where
    the map shows it. Dark surroundings are not exposed less than leaves them readable.
    """
    if surroundings.under_sky:
        return _under_sky(spec, center_m, surroundings)
    environment = hdri(spec.hdri)
    overcast = surroundings.open_air and environment.setting == "indoor"
    exposure_ev = max(spec.exposure_ev, surroundings.least_ev)
    gain = 2.0**exposure_ev
    own = tuple(replace(lamp, power_w=lamp.power_w * gain) for lamp in surroundings.lamps)
    lamps = own + tuple(_placed(lamp, center_m, gain) for lamp in spec.lamps)
    exposure = (
        exposure_ev + surroundings.sky_ev + (OVERCAST_EV if overcast else PERSON_EV - float(np.log2(environment.luminance)))
    )
    return Light(
        hdri_path=None if overcast else environment.path,
        yaw_rad=spec.yaw_rad,
        exposure_ev=exposure,
        sun_direction=_sun_direction(spec, environment),
        sun_strength=0.0 if overcast else spec.sun_strength * gain,
        sun_color=to_linear(spec.sun_color),
        lamps=lamps,
        stage_center_m=np.asarray(center_m, dtype=float),
    )


def _under_sky(spec: LightSpec, center_m: Array, surroundings: Surroundings) -> Light:
    """Light of a place under the sky of hour and weather, which has lamps of its own where it is dark."""
    day = daylight(spec.sky)
    gain = 2.0 ** (max(spec.exposure_ev, surroundings.least_ev) + PLACE_EV)
    if not surroundings.lamps:
        gain *= 2.0 ** _opened_ev(day, _toward_sun(spec.sky), center_m, surroundings.meshes)
    outside = gain * 2.0**surroundings.sky_ev
    lamps = surroundings.lamps + (surroundings.night_lamps if spec.sky.sun_elevation_rad < DUSK_RAD else ())
    return Light(
        hdri_path=None,
        yaw_rad=0.0,
        exposure_ev=float(np.log2(outside)),
        sun_direction=-_toward_sun(spec.sky),
        sun_strength=day.sun_strength * outside,
        sun_color=day.sun_color,
        lamps=tuple(replace(lamp, power_w=lamp.power_w * gain) for lamp in lamps),
        stage_center_m=np.asarray(center_m, dtype=float),
        sky=day.image,
    )


def _toward_sun(sky: SkySpec) -> Array:
    """(3,) to the sun, kept a little above the horizon."""
    azimuth, height = sky.sun_azimuth_rad, max(sky.sun_elevation_rad, LOWEST_SUN_RAD)
    return np.array([np.cos(height) * np.cos(azimuth), np.cos(height) * np.sin(azimuth), np.sin(height)])


def _opened_ev(day: Daylight, sun: Array, center_m: Array, meshes: Sequence[Mesh]) -> float:
    """Stops by which a camera opens up for who stands in shade: OPENED of what sun and sky lose on their way to the middle."""
    k = np.arange(N_RAYS)
    up = (k + 0.5) / N_RAYS
    turn = k * np.pi * (3.0 - 5**0.5)
    rays = np.stack([np.sqrt(1 - up**2) * np.cos(turn), np.sqrt(1 - up**2) * np.sin(turn), up], -1)
    blocked = np.zeros(N_RAYS + 1, dtype=bool)
    eye = np.array([*center_m[:2], 1.2])
    for mesh in meshes:
        blocked |= stopped(eye, eye + FAR_M * np.concatenate([rays, sun[None]]), mesh)
    sky, direct = np.pi * (1.0 - day.sun_strength / np.pi), day.sun_strength
    left = sky * (0.25 + 0.75 * (1.0 - blocked[:-1].mean())) + direct * (not blocked[-1])
    return float(np.clip(-OPENED * np.log2(max(left, 1e-6) / max(sky + direct, 1e-6)), 0.0, 2.5))


def _placed(lamp: LampSpec, center_m: Array, gain: float) -> LampSpec:
    x, y, z = lamp.position_m
    position = (float(center_m[0] + x), float(center_m[1] + y), z)
    return replace(lamp, position_m=position, power_w=lamp.power_w * gain)


def _sun_direction(spec: LightSpec, environment: Hdri) -> Array:
    """(3,) where sunlight goes: from the map's own sun turned by the yaw, or from where the spec says."""
    azimuth, elevation = spec.sun_azimuth_rad, spec.sun_elevation_rad
    if environment.sun is not None:
        azimuth, elevation = environment.sun[0] + spec.yaw_rad, max(environment.sun[1], LOWEST_SUN_RAD)
    level = np.cos(elevation)
    return -np.array([level * np.cos(azimuth), level * np.sin(azimuth), np.sin(elevation)])


PLACE_EV = 0.3
"""Stops by which places under a sky are exposed longer than what lights a white ground to 1: people stand upright."""

N_RAYS = 24
FAR_M = 500.0
OPENED = 0.8
"""As far as a camera's own exposure makes up for shade."""

DUSK_RAD = float(np.deg2rad(-3.0))
"""With the sun this low street lamps go on."""

LOWEST_SUN_RAD = float(np.deg2rad(12.0))
"""A sun on the horizon would throw shadows beyond the picture."""
