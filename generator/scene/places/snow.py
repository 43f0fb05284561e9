"""A winter landscape: rolling snow, snowy firs, heaps, a fence, a hut with smoke-grey walls, woods and white hills."""

from __future__ import annotations

import numpy as np

from ...values import BackdropSpec
from ..scenery import Piece, Surroundings
from ..view import View
from . import houses, land, plants, things
from .plot import plot_of, put_together


def build(spec: BackdropSpec, view: View) -> Surroundings:
    """Params besides `yaw_rad` and `variant`: `trees`, `heaps` (how many), `rise_m` of the land further out, `hut_m` to a hut."""
    plot = plot_of(spec, view)
    ground = land.terrain(plot, "snow", plot.number("rise_m"))
    ground += land.patches(plot, "trodden", "snow*0.9", 14, 6.0, (0.2, 0.9), 0.003)
    pieces = []
    for angle, gap, height, seed in plot.numbers(
        "firs", int(plot.number("trees")), (-np.pi, np.pi), (2.0, 34.0), (3.0, 10.0), (0.0, 1e6)
    ):
        away = plot.reach * 0.8 + gap
        made = plants.conifer(height, 0.45 * height, int(seed), 7 if gap < 15 else 5, "leaves", "snow")
        pieces += plot.stand(made, (away * np.cos(angle), away * np.sin(angle)), 0.0, 0.2 * height)
    for angle, gap, size, seed in plot.numbers(
        "heaps", int(plot.number("heaps")), (-np.pi, np.pi), (1.0, 12.0), (0.6, 1.8), (0.0, 99.0)
    ):
        away = plot.reach * 0.9 + gap
        pieces += plot.stand(
            things.heap(size, 0.35 * size, int(seed), "snow"), (away * np.cos(angle), away * np.sin(angle)), 0.0, size
        )
    ((angle, shift),) = plot.numbers("hut", 1, (-np.pi, np.pi), (2.0, 7.0))
    away = plot.reach + plot.number("hut_m")
    at = (away * np.cos(angle), away * np.sin(angle))
    pieces += plot.lay(_hut(), at, angle + np.pi / 2)
    for k in range(-3, 4):
        pieces += plot.stand(things.fence(5.0, 1.0), (5.0 * k, plot.high[1] + shift), 0.0, 2.6)
    pieces += land.wood(plot, "wood", "leaves~0.35", 45.0, 5.0, 12.0)
    pieces += land.hills(plot, "hills", "snow~0.35", 170.0, 75.0)
    return put_together(plot, ground, pieces)


def _hut() -> list[Piece]:
    return [
        p if not p.surface.startswith("roof") else Piece(p.shape, "snow", p.smooth) for p in houses.block(8.0, 6.0, 2.8, "timber")
    ]
