"""The sky by time of day and weather: an environment map worked out from where the sun stands, and the sun that goes with it.

A clear sky is Preetham's (Preetham, Shirley and Smits 1999, "A practical analytic model for daylight", appendix A.2, with Perez's
five coefficients for luminance and chromaticity); an overcast one is Moon and Spencer's, three times as bright above as at the
horizon; clouds lie between the two. Rows go down from the zenith, the centre column faces world +x, as in maps from files.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..props.textures import hashed
from ..values import Array, SkySpec

ROWS, COLUMNS = 160, 320
"""Of the map."""

LOWEST_RAD = float(np.deg2rad(2.0))
"""Preetham's sky is for a sun above the horizon: for one below, this one is darkened."""

SUN_SHARE = 0.78
"""Of the light on the ground that a high sun in a clear sky gives; the sky gives the rest (Preetham, figure 8: 0.7 to 0.9)."""

DARKEST = 0.02
"""Share of daylight that is left of the sky at night, over a town."""

_TO_RGB = np.array([[3.2406, -1.5372, -0.4986], [-0.9689, 1.8758, 0.0415], [0.0557, -0.2040, 1.0570]])
"""XYZ to linear sRGB (IEC 61966-2-1)."""

_WAVELENGTHS_UM = np.array([0.610, 0.549, 0.468])
_GROUND = np.array([0.34, 0.32, 0.29])


@dataclass(frozen=True)
class Daylight:
    """image (ROWS, COLUMNS, 3) float32 linear, the sun left out; sun_color (3,) and sun_strength W/m2 facing it, 0 where none is
    seen; `horizon` (3,) linear: the mean colour just above the horizon. Sky and sun together light a white ground to 1."""

    image: Array
    sun_color: Array
    sun_strength: float
    horizon: Array


def daylight(spec: SkySpec) -> Daylight:
    """The sky of a spec. Its light is in the scale of daylight, whatever the hour: exposure is the camera's."""
    up, azimuth = _angles()
    elevation = max(spec.sun_elevation_rad, LOWEST_RAD)
    clear = _clear(up, azimuth - spec.sun_azimuth_rad, elevation, 2.2 + 5.0 * spec.haze)
    veil = (np.exp(-np.maximum(up, 0.0) / 0.13) * (0.35 + 0.5 * spec.haze))[..., None]
    clear = clear * (1.0 - veil) + veil * 0.5 * (clear + 1.35 * _level(clear, up) * _overcast_color(elevation))
    cover = _clouds(up, azimuth, spec)[..., None]
    grey = ((1.0 + 2.0 * np.sin(np.maximum(up, 0.0))) / 3.0)[..., None] * _overcast_color(elevation)
    image = clear * (1.0 - cover) + (1.25 - 0.45 * spec.cloudiness) * _level(clear, up) * grey * cover
    dusk = float(np.clip((spec.sun_elevation_rad + 0.14) / 0.16, 0.0, 1.0))
    image = image * dusk + (1.0 - dusk) * (0.15 * image + 0.3 * np.array([0.5, 0.5, 0.62]) * _level(clear, up))
    image[up < 0] = (image[np.abs(up - 0.03).argmin(axis=0)[0]].mean(axis=0) * _GROUND)[None]
    seen = float(np.clip((spec.sun_elevation_rad - 0.01) / 0.05, 0.0, 1.0)) * max(0.0, 1.0 - 1.1 * spec.cloudiness)
    color = _sun_color(elevation, spec.haze)
    share = SUN_SHARE * seen * (1.0 - spec.cloudiness**2) * (0.35 + 0.65 * np.sin(elevation) ** 0.6)
    # Together they give pi W/m2 on level ground, or, under a low sun, on a wall that faces it.
    falls = max(float(np.sin(elevation)), 0.55)
    weight = np.where(up > 0, np.cos(up) * np.sin(up), 0.0)
    lit = float((image.mean(axis=2) * weight).sum() / weight.sum())
    image = image * ((1.0 - share) / max(lit, 1e-9))
    night = DARKEST + (1.0 - DARKEST) * float(np.clip((spec.sun_elevation_rad + 0.2) / 0.2, 0.0, 1.0)) ** 2
    image = (image * night).astype(np.float32)
    low = image[(up > 0.02) & (up < 0.1)]
    return Daylight(image, color, float(np.pi * share / falls), low.mean(axis=0))


def _angles() -> tuple[Array, Array]:
    """Elevation and azimuth (ROWS, COLUMNS) of the map's pixels."""
    up = np.pi * (0.5 - (np.arange(ROWS) + 0.5) / ROWS)
    azimuth = 2 * np.pi * (0.5 - (np.arange(COLUMNS) + 0.5) / COLUMNS)
    a, b = np.meshgrid(up, azimuth, indexing="ij")
    return a, b


def _perez(cosine: Array | float, gamma: Array | float, c: Array) -> Array:
    bent = 1.0 + c[0] * np.exp(c[1] / cosine)
    return np.asarray(bent * (1.0 + c[2] * np.exp(c[3] * gamma) + c[4] * np.cos(gamma) ** 2))


def _clear(up: Array, azimuth: Array, elevation: float, turbidity: float) -> Array:
    """(H, W, 3) linear sRGB of a cloudless sky whose sun stands at azimuth 0."""
    t, s = turbidity, np.pi / 2 - elevation
    table = np.array([
        [0.1787 * t - 1.4630, -0.3554 * t + 0.4275, -0.0227 * t + 5.3251, 0.1206 * t - 2.5771, -0.0670 * t + 0.3703],
        [-0.0193 * t - 0.2592, -0.0665 * t + 0.0008, -0.0004 * t + 0.2125, -0.0641 * t - 0.8989, -0.0033 * t + 0.0452],
        [-0.0167 * t - 0.2608, -0.0950 * t + 0.0092, -0.0079 * t + 0.2102, -0.0441 * t - 1.6537, -0.0109 * t + 0.0529],
    ])  # fmt: skip
    chi = (4.0 / 9.0 - t / 120.0) * (np.pi - 2 * s)
    cubic = np.array([s**3, s**2, s, 1.0])
    zenith_x = (
        np.array([t * t, t, 1.0])
        @ np.array(
            [[0.00166, -0.00375, 0.00209, 0.0], [-0.02903, 0.06377, -0.03202, 0.00394], [0.11693, -0.21196, 0.06052, 0.25886]]
        )
        @ cubic
    )
    zenith_y = (
        np.array([t * t, t, 1.0])
        @ np.array(
            [[0.00275, -0.00610, 0.00317, 0.0], [-0.04214, 0.08970, -0.04153, 0.00516], [0.15346, -0.26756, 0.06670, 0.26688]]
        )
        @ cubic
    )
    zenith = np.array([max((4.0453 * t - 4.9710) * np.tan(chi) - 0.2155 * t + 2.4192, 0.3), zenith_x, zenith_y])
    height = np.maximum(up, 0.02)
    cosine = np.sin(height)
    gamma = np.arccos(np.clip(cosine * np.sin(elevation) + np.cos(height) * np.cos(elevation) * np.cos(azimuth), -1.0, 1.0))
    luminance, x, y = (zenith[k] * _perez(cosine, gamma, table[k]) / _perez(1.0, s, table[k]) for k in range(3))
    xyz = np.stack([x / y * luminance, luminance, (1.0 - x - y) / y * luminance], axis=-1)
    # Straight before the sun it is brighter than any camera's white: kept within ten times the mean.
    rgb = np.maximum(xyz @ _TO_RGB.T, 0.01 * luminance[..., None])
    return np.asarray(np.minimum(rgb, 8.0 * rgb[up > 0].mean()))


def _level(clear: Array, up: Array) -> float:
    return float(clear[up > 0].mean())


def _overcast_color(elevation: float) -> Array:
    """Clouds are nearly white, and warm below a low sun."""
    warm = float(np.clip(1.0 - elevation / 0.35, 0.0, 1.0))
    return np.array([0.97, 1.0, 1.04]) * (1 - warm) + np.array([1.12, 0.97, 0.9]) * warm


def _clouds(up: Array, azimuth: Array, spec: SkySpec) -> Array:
    """(H, W) share of cloud: noise on a layer overhead, so that clouds draw together towards the horizon."""
    low = np.maximum(np.sin(np.maximum(up, 0.0)), 0.0)
    far = 1.0 / (low + 0.14)
    x, y = far * np.cos(up) * np.cos(azimuth), far * np.cos(up) * np.sin(azimuth)
    tone = sum(0.5**k * _noise(1.1 * 2**k * x, 1.1 * 2**k * y, spec.variant + 7 * k) for k in range(5)) / 1.94
    full = np.clip((tone - 0.68 + 0.85 * spec.cloudiness) / 0.2 - 1.0, 0.0, 1.0) * min(1.0, 4.0 * spec.cloudiness)
    # Near the horizon all blur into one grey.
    near = np.clip(low / 0.12, 0.0, 1.0)
    return np.asarray(near * full + (1.0 - near) * spec.cloudiness)


def _noise(x: Array, y: Array, seed: int) -> Array:
    """Smooth value noise in [0, 1] at places of the plane."""
    i, j = np.floor(x), np.floor(y)
    u, v = (f * f * (3 - 2 * f) for f in (x - i, y - j))
    at = [[hashed((i + a).astype(np.int64) + 4096, (j + b).astype(np.int64) + 4096, seed) for b in (0, 1)] for a in (0, 1)]
    low, high = at[0][0] + u * (at[1][0] - at[0][0]), at[0][1] + u * (at[1][1] - at[0][1])
    return np.asarray(low + v * (high - low))


def _sun_color(elevation: float, haze: float) -> Array:
    """(3,) linear, greatest 1: sunlight through the air's length at this height (Preetham's A.1: Kasten's air mass, Rayleigh,
    Angstrom's turbidity)."""
    mass = 1.0 / (np.sin(elevation) + 0.15 * (np.rad2deg(elevation) + 3.885) ** -1.253)
    rayleigh = np.exp(-0.008735 * _WAVELENGTHS_UM**-4.08 * mass)
    aerosol = np.exp(-(0.04 + 0.12 * haze) * _WAVELENGTHS_UM**-1.3 * mass)
    color = rayleigh * aerosol
    color = color / color.max()
    # Eyes and cameras take half of it for white.
    return np.asarray(color**0.7)
