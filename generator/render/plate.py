"""The background of a clip whose camera stands still: shaded once, and given each frame's shadows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..values import Array
from .fragments import Fragments
from .kernel import kernel
from .lamps import ShadowedLamp
from .shade import OCCLUSION
from .shadow import ShadowMap


@kernel
def _cover(base: Array, normal: Array, cover: Array, out: Array) -> None:
    strength, one, zero = np.float32(OCCLUSION), np.float32(1.0), np.float32(0.0)
    for n in range(base.shape[0]):
        share = one - strength * (one - cover[n]) * max(normal[n, 2], zero)
        for k in range(3):
            out[n, k] = base[n, k] * share


@kernel
def _add(color: Array, lit: Array, out: Array) -> None:
    for n in range(color.shape[0]):
        for k in range(3):
            out[n, k] += color[n, k] * lit[n]


@dataclass(frozen=True)
class Plate:
    """N fragments of what never moves: position, normal (N, 3).

    base (N, 3): their radiance in ambient light under an open sky; shares: for each lamp, (N, 3) what it adds where
    nothing that moves is in its way.
    """

    fragments: Fragments
    position: Array
    normal: Array
    base: Array
    shares: Sequence[Array]

    def shown(self, cover: ShadowMap, lamps: Sequence[ShadowedLamp]) -> tuple[Array, Array, Array]:
        """Pixel (N,), weight (N,) and radiance (N, 3) of the fragments with the shadows that the maps now hold."""
        face = self.fragments.face
        color = np.empty_like(self.base)
        _cover(self.base, self.normal, cover.lit(face, self.position, self.normal), color)
        for lamp, share in zip(lamps, self.shares, strict=True):
            _add(share, lamp.lit_past_moving(face, self.position, self.normal), color)
        return self.fragments.pixel, self.fragments.weight, color
