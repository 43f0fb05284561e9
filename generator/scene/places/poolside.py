"""Beside a swimming pool: tiled ground, the basin with its coping and ladder, loungers and sunshades, hedges, a house, trees."""

from __future__ import annotations

import numpy as np

from ...props.shapes import box, join, metric_uv, tube
from ...values import BackdropSpec
from ..scenery import Piece, Surroundings
from ..view import View
from . import houses, land, plants, things
from .park import grove
from .plot import Plot, plot_of, put_together

WATER_M = -0.16
BASIN_M = 5.0


def build(spec: BackdropSpec, view: View) -> Surroundings:
    """Params besides `yaw_rad` and `variant`: `gap_m` from the performance to the water, `length_m` of the basin, `loungers`,
    `trees`
    (how many)."""
    plot = plot_of(spec, view)
    edge, half = float(plot.near_low[1]) - plot.number("gap_m"), 0.5 * plot.number("length_m")
    edge = min(edge, float(plot.low[1]) if plot.low[1] > plot.near_low[1] - 2.0 else edge)
    far = edge - BASIN_M
    wide = max(half + 4.0, float(np.abs([plot.low[0], plot.high[0]]).max()) + 1.0)
    back, front = max(float(plot.high[1]) + 1.0, 5.0), min(far - 4.0, float(plot.low[1]) - 1.0)
    ground = [
        plot.level((-wide, edge), (wide, back), 0.0, "tiles"),
        plot.level((-wide, front), (wide, far), 0.0, "tiles"),
        plot.level((-wide, far), (-half, edge), 0.0, "tiles"),
        plot.level((half, far), (wide, edge), 0.0, "tiles"),
        plot.level((-half, far), (half, edge), WATER_M, "water", 2.0),
        *land.terrain(plot, "grass", 0.6, WATER_M - 0.06),
    ]
    pieces = _basin(plot, half, edge, far)
    hedge_m = max(back + 0.5, float(plot.high[1]) + 1.2)
    for k in range(-3, 4):
        pieces += plot.lay(plants.hedge(6.0, 1.7, 0.7, 11 + k), (6.0 * k, front - 0.6))
    ((x, _),) = plot.numbers("house", 1, (-4.0, 4.0), (0.0, 1.0))
    rolls = plot.numbers("fronts", 4, *[(0.0, 1.0)] * 8)
    for k, length in enumerate((9.0, 12.0, 10.0, 11.0)):
        pieces += plot.lay(houses.house(length, 1 + int(2 * rolls[k, 7]), rolls[k], "wall0"), (x + 11.0 * (k - 1.5), hedge_m))
    for k, (along, roll, side) in enumerate(
        plot.numbers("loungers", int(plot.number("loungers")), (-1.0, 1.0), (0.0, 1.0), (0.0, 1.0))
    ):
        y = far - 1.6 if side < 0.55 else back - 1.3
        made = things.lounger(f"cloth{k % 2}")
        pieces += plot.stand(made, (along * half, y), np.pi / 2 if side < 0.55 else -np.pi / 2, 1.1)
        if roll < 0.5:
            pieces += plot.stand(things.parasol(2.3, f"cloth{(k + 1) % 2}"), (along * half + 1.1, y), 0.0, 0.4)
    pieces += grove(plot, "trees", int(plot.number("trees")), (10.0, 24.0)) + land.wood(
        plot, "wood", "leaves~0.25", 40.0, 5.0, 10.0
    )
    return put_together(plot, ground, pieces, ((-3.0, far - 1.0), (4.0, far - 1.0)))


def _basin(plot: Plot, half: float, edge: float, far: float) -> list[Piece]:
    """Coping stones, inner walls above the water, and a ladder."""
    middle = 0.5 * (edge + far)
    coping = [box((2 * half + 0.7, 0.35, 0.05), (0.0, y, 0.01)) for y in (edge + 0.17, far - 0.17)]
    coping += [box((0.35, edge - far, 0.05), (s * (half + 0.17), middle, 0.01)) for s in (-1, 1)]
    walls = [box((2 * half, 0.04, 0.3), (0.0, y, -0.14)) for y in (edge, far)] + [
        box((0.04, edge - far, 0.3), (s * half, middle, -0.14)) for s in (-1, 1)
    ]
    rails = [tube([(0.6 * half + s, far - 0.5, 0.0), (0.6 * half + s, far - 0.45, 0.7), (0.6 * half + s, far + 0.05, 0.75),
                   (0.6 * half + s, far + 0.1, -0.3)], 0.022, 6) for s in (0.0, 0.5)]  # fmt: skip
    return plot.lay([Piece(metric_uv(join(coping)), "kerb"), Piece(metric_uv(join(walls)), "water*0.8"),
                     Piece(join(rails), "metal", smooth=True)], (0.0, 0.0))  # fmt: skip
