"""Colours that surfaces come in: per kind, base colours that a draw then shifts."""

from __future__ import annotations

import numpy as np

from ..values import Rgb, SurfaceSpec

BASES: dict[str, tuple[tuple[Rgb, ...], ...]] = {
    "asphalt": (((0.30, 0.30, 0.31),), ((0.40, 0.39, 0.38),), ((0.22, 0.22, 0.24),)),
    "grass": (((0.22, 0.34, 0.12), (0.36, 0.45, 0.17)), ((0.32, 0.40, 0.16), (0.48, 0.47, 0.22))),
    "sand": (((0.76, 0.67, 0.50),), ((0.66, 0.57, 0.43),), ((0.82, 0.77, 0.66),)),
    "earth": (((0.42, 0.32, 0.22), (0.55, 0.50, 0.45)), ((0.50, 0.36, 0.26), (0.6, 0.55, 0.48))),
    "concrete": (((0.62, 0.61, 0.58),), ((0.50, 0.50, 0.50),), ((0.70, 0.67, 0.62),)),
    "tiles": (
        ((0.75, 0.72, 0.66), (0.5, 0.48, 0.45)), ((0.60, 0.40, 0.32), (0.62, 0.58, 0.52)),
        ((0.82, 0.83, 0.83), (0.6, 0.6, 0.6)), ((0.36, 0.38, 0.40), (0.52, 0.52, 0.52)),
    ),
    "checkers": (((0.88, 0.86, 0.82), (0.18, 0.18, 0.2)), ((0.8, 0.76, 0.68), (0.45, 0.3, 0.22))),
    "planks": (((0.58, 0.40, 0.24),), ((0.74, 0.58, 0.40),), ((0.36, 0.24, 0.16),), ((0.62, 0.58, 0.53),)),
    "bricks": (((0.58, 0.28, 0.20), (0.70, 0.67, 0.62)), ((0.80, 0.79, 0.76), (0.70, 0.69, 0.66)),
               ((0.50, 0.36, 0.28), (0.55, 0.52, 0.48))),
    "plaster": (
        ((0.88, 0.86, 0.80),), ((0.78, 0.80, 0.82),), ((0.82, 0.72, 0.58),), ((0.60, 0.68, 0.62),),
        ((0.50, 0.58, 0.68),),
        ((0.80, 0.66, 0.62),), ((0.92, 0.91, 0.90),), ((0.42, 0.44, 0.48),),
    ),
    "striped": (((0.84, 0.80, 0.72), (0.62, 0.66, 0.66)), ((0.86, 0.84, 0.80), (0.72, 0.60, 0.55)),
                ((0.70, 0.74, 0.68), (0.86, 0.85, 0.78))),
    "dotted": (((0.84, 0.80, 0.72), (0.60, 0.55, 0.5)), ((0.40, 0.48, 0.56), (0.75, 0.74, 0.7)),
               ((0.80, 0.74, 0.72), (0.62, 0.36, 0.36))),
    "carpet": (((0.42, 0.24, 0.24),), ((0.34, 0.38, 0.46),), ((0.62, 0.58, 0.52),), ((0.30, 0.36, 0.30),)),
    "leaves": (((0.12, 0.22, 0.07), (0.30, 0.42, 0.14)), ((0.24, 0.26, 0.08), (0.50, 0.46, 0.18)),
               ((0.38, 0.20, 0.06), (0.62, 0.40, 0.14))),
    "facade": (((0.70, 0.55, 0.45),), ((0.76, 0.74, 0.70),), ((0.56, 0.38, 0.32),), ((0.60, 0.64, 0.68),)),
    "picture": (((0.70, 0.80, 0.90), (0.40, 0.50, 0.60), (0.30, 0.45, 0.30), (0.70, 0.60, 0.30)),
                ((0.95, 0.75, 0.50), (0.75, 0.40, 0.35), (0.45, 0.25, 0.35), (0.25, 0.18, 0.30)),
               ((0.86, 0.90, 0.92), (0.55, 0.68, 0.70), (0.24, 0.42, 0.52), (0.80, 0.76, 0.62)),
               ((0.90, 0.86, 0.70), (0.62, 0.66, 0.40), (0.36, 0.46, 0.26), (0.52, 0.38, 0.24))),
    "abstract": (((0.85, 0.2, 0.15), (0.95, 0.75, 0.15), (0.15, 0.3, 0.6), (0.1, 0.1, 0.1)),
                 ((0.2, 0.5, 0.5), (0.85, 0.55, 0.35), (0.3, 0.25, 0.35)),
                 ((0.5, 0.5, 0.5), (0.2, 0.2, 0.22), (0.75, 0.7, 0.62))),
    "shingles": (((0.42, 0.22, 0.17),), ((0.28, 0.28, 0.30),), ((0.36, 0.30, 0.26),), ((0.48, 0.30, 0.22),)),
    "cobbles": (((0.44, 0.43, 0.42), (0.24, 0.23, 0.22)), ((0.52, 0.48, 0.44), (0.3, 0.28, 0.26))),
    "ripples": (((0.2, 0.4, 0.5),),),
    "snow": (((0.9, 0.91, 0.94),),),
    "plain": (((0.90, 0.90, 0.90),), ((0.55, 0.57, 0.60),), ((0.30, 0.45, 0.60),), ((0.62, 0.30, 0.28),),
              ((0.85, 0.78, 0.55),), ((0.34, 0.48, 0.38),), ((0.16, 0.16, 0.18),), ((0.70, 0.60, 0.72),)),
}  # fmt: skip
"""Surface kind -> sets of base colours, sRGB."""

SCALE_M: dict[str, tuple[float, float]] = {
    "asphalt": (1.8, 3.0), "grass": (1.6, 2.6), "sand": (1.8, 3.0), "earth": (1.1, 2.0), "concrete": (1.6, 3.2),
    "tiles": (0.9, 2.0), "checkers": (1.4, 3.2), "planks": (1.0, 1.9), "bricks": (0.75, 1.0), "plaster": (2.0, 3.0),
    "striped": (0.8, 1.8), "dotted": (0.6, 1.6), "carpet": (1.0, 2.2), "leaves": (1.2, 2.0), "facade": (6.0, 11.0),
    "picture": (1.0, 1.0), "abstract": (1.0, 1.0), "plain": (1.0, 1.0),
    "shingles": (2.0, 3.0), "cobbles": (1.1, 1.6), "ripples": (3.0, 5.0), "snow": (3.0, 4.5),
}  # fmt: skip
"""Surface kind -> range of one repeat of its picture, m."""

ROUGHNESS: dict[str, float] = {
    "tiles": 0.45,
    "checkers": 0.4,
    "planks": 0.5,
    "plain": 0.6,
    "picture": 0.4,
    "abstract": 0.4,
}
"""Surface kind -> roughness where it isn't 0.9."""


def draw_surface(rng: np.random.Generator, kinds: tuple[str, ...], shift: float = 0.05) -> SurfaceSpec:
    """A surface of one of the kinds: colours of a base set shifted together by up to `shift` per channel."""
    kind = kinds[int(rng.integers(len(kinds)))]
    base = BASES[kind][int(rng.integers(len(BASES[kind])))]
    moved = np.clip(np.array(base) + rng.uniform(-shift, shift, 3) + rng.uniform(-shift, shift), 0.03, 0.96).round(4)
    return SurfaceSpec(
        kind=kind,
        colors=tuple((float(r), float(g), float(b)) for r, g, b in moved),
        scale_m=round(float(rng.uniform(*SCALE_M[kind])), 4),
        roughness=ROUGHNESS.get(kind, 0.9),
        variant=int(rng.integers(1000)),
    )


def worn(hue: float) -> float:
    """Share of its saturation that cloth of a hue in [0, 1) keeps: reds and blues are worn bright; limes, greens, turquoise and
    purples mostly dull (olive, sage, petrol, plum)."""
    hues = 0.0, 0.08, 0.14, 0.22, 0.45, 0.55, 0.68, 0.76, 0.88, 1.0
    return float(np.interp(hue, hues, (1.0, 1.0, 0.9, 0.5, 0.5, 0.9, 1.0, 0.5, 0.55, 1.0)))


def one_of(rng: np.random.Generator, colors: tuple[Rgb, ...]) -> Rgb:
    """One of some colours, each as often."""
    return colors[int(rng.integers(len(colors)))]
