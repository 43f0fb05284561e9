"""The light: environment map, sun and lamps in world terms, at an exposure that suits a person whatever the map."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ...assets_manifest.assets import Hdri, hdri
from ..base.colour import to_linear
from ..values import Array, LampSpec, Light, LightSpec
from .scenery import Surroundings

PERSON_EV = 0.0
"""Stops over the exposure at which a map lights a white wall to 1: usual skin and clothes come out well."""

OVERCAST_EV = 1.0
"""Stops at which the even grey sky is used; renderers paint it at a radiance of 0.5."""


def light(spec: LightSpec, center_m: Array, surroundings: Surroundings) -> Light:
    """Light of a scene whose middle is `center_m` (3,): the spec's, with what the surroundings add.

    In the open air a picture of a room can't be the sky, so an overcast one takes its place. The sun shines from where
    the map shows it. Dark surroundings are not exposed less than leaves them readable.
    """
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


LOWEST_SUN_RAD = float(np.deg2rad(12.0))
"""A sun on the horizon would throw shadows beyond the picture."""
