"""Chooses environment map, sun, lamps, and the sky of places that have one; it knows nothing of the action, nor of where the
clip is set."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..values import LampSpec, LightSpec, Rgb, SkySpec


@dataclass(frozen=True)
class Ranges:
    """Shares of the maps, exposure in stops, and how often there is a sun or lamps besides the map."""

    hdris: dict[str, float] = field(
        default_factory=lambda: {
            "city": 1.0, "courtyard": 1.0, "forest": 1.0, "sunrise": 1.0, "sunset": 1.0, "interior": 0.35, "studio": 0.35,
            "night": 0.4,
        }
    )  # fmt: skip
    yaw_rad: tuple[float, float] = (-float(np.pi), float(np.pi))
    exposure_ev: tuple[float, float] = (-0.4, 0.8)
    sun_share: float = 0.5
    sun_strength: tuple[float, float] = (0.8, 3.5)
    sun_elevation_rad: tuple[float, float] = (0.35, 1.2)
    lamp_share: float = 0.2
    lamp_power_w: tuple[float, float] = (10.0, 45.0)
    hour: tuple[float, float] = (6.5, 20.0)
    latitude_rad: tuple[float, float] = (0.0, 1.05)
    overcast_share: float = 0.3
    haze: tuple[float, float] = (0.1, 0.9)
    sky_share: float = 1.0
    """Of skies by hour and weather; the others are one clear noon."""


def draw(rng: np.random.Generator, ranges: Ranges | None = None) -> LightSpec:
    """One LightSpec, its sky left out; the number of draws doesn't depend on what is drawn."""
    r = ranges or Ranges()
    names = sorted(r.hdris)
    shares = np.array([r.hdris[n] for n in names])
    hdri = names[int(np.searchsorted(np.cumsum(shares / shares.sum()), rng.random(), side="right").clip(0, len(names) - 1))]
    sun = float(rng.uniform(*r.sun_strength))
    warmth = float(rng.uniform(0.0, 1.0))
    has_sun, has_lamps = rng.random() < r.sun_share, rng.random() < r.lamp_share
    lamps = tuple(_lamp(rng, r) for _ in range(2))
    n_lamps = int(rng.integers(1, 3))
    return LightSpec(
        hdri=hdri,
        yaw_rad=float(rng.uniform(*r.yaw_rad)),
        exposure_ev=float(rng.uniform(*r.exposure_ev)),
        sun_strength=sun if has_sun else 0.0,
        sun_azimuth_rad=float(rng.uniform(-np.pi, np.pi)),
        sun_elevation_rad=float(rng.uniform(*r.sun_elevation_rad)),
        sun_color=warm(warmth),
        lamps=lamps[:n_lamps] if has_lamps else (),
    )


def draw_sky(rng: np.random.Generator, ranges: Ranges | None = None) -> SkySpec:
    """The sky of an hour of any day of the year somewhere, the world turned anyhow. Clouds: half of the skies that aren't
    overcast are nearly clear."""
    r = ranges or Ranges()
    hour, latitude = rng.uniform(*r.hour), rng.uniform(*r.latitude_rad)
    declination = np.arcsin(0.39795 * np.cos(rng.uniform(-np.pi, np.pi)))
    angle = (hour - 12.0) * np.pi / 12.0
    height = np.sin(latitude) * np.sin(declination) + np.cos(latitude) * np.cos(declination) * np.cos(angle)
    overcast, clouds = rng.random() < r.overcast_share, rng.random()
    sky = SkySpec(
        sun_elevation_rad=round(float(np.arcsin(np.clip(height, -1.0, 1.0))), 4),
        sun_azimuth_rad=round(float(rng.uniform(-np.pi, np.pi)), 4),
        cloudiness=round(float(0.75 + 0.25 * clouds if overcast else 0.6 * clouds**2), 4),
        haze=round(float(rng.uniform(*r.haze)), 4),
        variant=int(rng.integers(1000)),
    )
    return sky if rng.random() < r.sky_share else SkySpec(0.8, 0.0)


def _lamp(rng: np.random.Generator, r: Ranges) -> LampSpec:
    """An area lamp 1.4 to 2.1 m from the middle, 2.2 to 2.8 m up: inside any room of the backdrops."""
    angle, distance = rng.uniform(-np.pi, np.pi), rng.uniform(1.4, 2.1)
    return LampSpec(
        position_m=(float(distance * np.cos(angle)), float(distance * np.sin(angle)), float(rng.uniform(2.2, 2.8))),
        size_m=float(rng.uniform(0.3, 1.2)),
        power_w=float(rng.uniform(*r.lamp_power_w)),
        color=warm(float(rng.uniform(0.0, 1.2))),
    )


def warm(amount: float) -> Rgb:
    """White at 0, the yellow of a low sun at 1 (sRGB)."""
    return (1.0, round(1.0 - 0.09 * amount, 4), round(1.0 - 0.24 * amount, 4))
