"""Chooses lens, view and movement of the camera; it knows nothing of the action."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..values import CameraSpec


@dataclass(frozen=True)
class Ranges:
    """Focal length log-uniform; azimuth evenly over its range, for every action the same; elevation mostly near eye level, some
    from above.

    The usual range leaves out views from behind, where the body hides what hands do (docs/format.md). `mirrored`: the camera may
    stand at the mirror image of its azimuth where it sees more of the act from there. `movements` are relative shares; offsets
    are shares of the room left beside the subject.
    """

    focal_mm: tuple[float, float] = (18.0, 70.0)
    azimuth_rad: tuple[float, float] = (-1.75, 1.75)
    mirrored: bool = True
    elevation_mean_rad: float = 0.09
    elevation_sd_rad: float = 0.15
    high_share: float = 0.25
    high_rad: tuple[float, float] = (0.0, 1.05)
    roll_sd_rad: float = 0.035
    fill: tuple[float, float] = (0.65, 0.95)
    offset: float = 0.35
    movements: dict[str, float] = field(default_factory=lambda: {"static": 0.45, "handheld": 0.2, "orbit": 0.15, "follow": 0.2})
    sway_m: tuple[float, float] = (0.004, 0.02)
    sway_rad: tuple[float, float] = (0.002, 0.008)
    sweep_rad: tuple[float, float] = (0.26, 1.05)
    lag_s: tuple[float, float] = (0.2, 0.7)


def draw(rng: np.random.Generator, turn: float, ranges: Ranges | None = None) -> CameraSpec:
    """One CameraSpec, its azimuth at `turn` of its range, in [0, 1); the number of draws doesn't depend on what is drawn."""
    r = ranges or Ranges()
    names = sorted(r.movements)
    shares = np.array([r.movements[n] for n in names])
    focal = float(np.exp(rng.uniform(*np.log(r.focal_mm))))
    usual = float(np.clip(rng.normal(r.elevation_mean_rad, r.elevation_sd_rad), -0.35, 0.6))
    high = float(rng.uniform(*r.high_rad))
    elevation = high if rng.random() < r.high_share else usual
    movement = names[int(np.searchsorted(np.cumsum(shares / shares.sum()), rng.random(), side="right").clip(0, len(names) - 1))]
    sweep = float(rng.uniform(*r.sweep_rad)) * (1.0 if rng.random() < 0.5 else -1.0)
    numbers = {
        "sway_m": float(rng.uniform(*r.sway_m)),
        "sway_rad": float(rng.uniform(*r.sway_rad)),
        "sweep_rad": sweep,
        "lag_s": float(rng.uniform(*r.lag_s)),
    }
    azimuth = r.azimuth_rad[0] + turn * (r.azimuth_rad[1] - r.azimuth_rad[0])
    return CameraSpec(
        focal_mm=focal,
        azimuth_rad=azimuth,
        elevation_rad=elevation,
        roll_rad=float(np.clip(rng.normal(0.0, r.roll_sd_rad), -0.12, 0.12)),
        fill=float(rng.uniform(*r.fill)),
        offset=(float(rng.uniform(-r.offset, r.offset)), float(rng.uniform(-r.offset, r.offset))),
        movement=movement,
        movement_params={key: numbers[key] for key in PARAMS[movement]},
        phases_rad=tuple(float(x) for x in rng.uniform(0.0, 2 * np.pi, 24)),
        other_azimuths_rad=(-azimuth,) if r.mirrored and r.azimuth_rad[0] <= -azimuth <= r.azimuth_rad[1] else (),
    )


PARAMS: dict[str, tuple[str, ...]] = {
    "static": (),
    "handheld": ("sway_m", "sway_rad"),
    "orbit": ("sweep_rad",),
    "follow": ("lag_s", "sway_m", "sway_rad"),
}
"""Which numbers each movement has."""
