"""A beach: sand, the sea with a line of foam, sunshades and towels, dunes with grass, a headland far off."""

from __future__ import annotations

import numpy as np

from ...props.shapes import Shape, box, join, metric_uv, moved, tube
from ...values import BackdropSpec
from ..scenery import Piece, Surroundings
from ..view import View
from . import houses, land, plants, things
from .plot import Plot, plot_of, put_together


def build(spec: BackdropSpec, view: View) -> Surroundings:
    """Params besides `yaw_rad` and `variant`: `shore_m` from the performance to the water, `dune_m` to the dunes behind it,
    `parasols` (how many)."""
    plot = plot_of(spec, view)
    shore = min(float(plot.near_low[1]) - plot.number("shore_m"), float(plot.near_low[1]) - 2.0)
    dunes = max(float(plot.near_high[1]) + plot.number("dune_m"), float(plot.high[1]) + 2.5)
    far = land.FAR_M
    ground = [
        plot.level((-far, shore), (far, dunes + 40.0), 0.0, "sand"),
        plot.level((-far, shore - 2.2), (far, shore), -0.01, "sand*0.72"),
        plot.level((-far, shore - 40.0), (far, shore - 2.0), 0.0, "sea"),
        plot.level((-far, shore - 140.0), (far, shore - 40.0), 0.0, "sea~0.15", 20.0),
        plot.level((-far, -far), (far, shore - 140.0), 0.0, "sea~0.55", 40.0),
        *land.patches(plot, "prints", "sand*0.93", 22, 7.0, (0.15, 0.6), 0.003, on_land=False),
    ]
    pieces = [
        _foam(plot, shore - 2.0, 0.5, "foam"),
        _foam(plot, shore - 6.5, 0.35, "breaker"),
        _foam(plot, shore - 13.0, 0.25, "swell"),
    ]
    pieces += _dunes(plot, dunes) + _bathers(plot)
    for angle, gap, yaw in plot.numbers("boats", 3, (-2.4, -0.7), (60.0, 130.0), (0.0, 6.0)):
        pieces += plot.lay(_boat(), (gap * np.cos(angle), shore - gap * 0.7), yaw)
    pieces += land.hills(plot, "headland", "hill~0.6", 260.0, 40.0)
    pieces += [p for x, tall in plot.numbers("hotels", 5, (-120.0, 120.0), (8.0, 22.0))
               for p in plot.lay(houses.block(18.0, 10.0, tall, "front~0.5"), (x, dunes + 75.0))]  # fmt: skip
    return put_together(plot, ground, pieces)


def _foam(plot: Plot, y: float, width_m: float, key: str) -> Piece:
    """A wavering line of white water along the shore."""
    x = np.concatenate([np.arange(-90.0, 90.0, 0.9)])
    p = plot.numbers(key, 1, (0.0, 6.28), (0.0, 6.28), (3.0, 7.0))[0]
    middle = y + 0.5 * np.sin(x / p[2] + p[0]) + 0.25 * np.sin(x / 1.3 + p[1])
    half = width_m * (0.5 + 0.4 * np.sin(x / 2.1 + p[1]) + 0.25 * np.sin(x / 0.8 + p[0]))
    flat = np.concatenate(
        [np.stack([x, middle - half, 0 * x + 0.012], -1), np.stack([x, middle + np.abs(half), 0 * x + 0.012], -1)]
    )
    n, k = len(x), np.arange(len(x) - 1)
    faces = np.concatenate([np.stack([k, k + 1, k + 1 + n], -1), np.stack([k, k + 1 + n, k + n], -1)])
    made = metric_uv(Shape(flat, faces, np.zeros((len(faces), 3, 2)), np.zeros(len(faces), dtype=int)))
    return plot.lay([Piece(made, "pale")], (0.0, 0.0))[0]


def _dunes(plot: Plot, y: float) -> list[Piece]:
    out: list[Piece] = []
    for k, (x, back, size, seed) in enumerate(plot.numbers("dunes", 16, (-3.0, 3.0), (1.0, 9.0), (3.0, 7.0), (0.0, 100.0))):
        at = (7.0 * (k - 7.5) + x, y + back + size)
        out += plot.lay(things.heap(size, 0.2 * size, int(seed), "sand"), at)
        rolls = plot.numbers(f"dune grass {k}", 26, (-0.6, 0.6), (-0.8, 0.1))
        tuft = plants.tufts(rolls * size, 0.6, int(seed))
        lifted = moved(tuft, (0.0, 0.0, 0.03 * size))
        out += plot.lay([Piece(lifted, "grass")], at)
    return out


def _bathers(plot: Plot) -> list[Piece]:
    """Sunshades, towels and wind breaks that people have put up."""
    out: list[Piece] = []
    towel = metric_uv(box((1.8, 0.9, 0.02), (0.0, 0.0, 0.01)))
    for angle, gap, roll, yaw in plot.numbers(
        "bathers", int(plot.number("parasols")), (-0.3, 3.4), (1.5, 14.0), (0.0, 1.0), (0.0, 3.0)
    ):
        away = plot.reach * 0.8 + gap
        at = (away * np.cos(angle), away * np.sin(angle))
        cloth = f"cloth{int(2 * roll)}"
        out += plot.stand([*things.parasol(2.1, cloth), *[Piece(towel, f"cloth{1 - int(2 * roll)}")]], at, yaw, 1.4)
    return out


def _boat() -> list[Piece]:
    """A small sailing boat."""
    hull = box((5.0, 1.6, 0.7), (0.0, 0.0, 0.3))
    sail = Shape(np.array([[0.3, 0.0, 1.2], [-2.2, 0.0, 1.2], [0.3, 0.0, 7.0], [0.6, 0, 1.2], [2.3, 0, 1.0], [0.6, 0, 6.2]]),
                 np.array([[0, 1, 2], [3, 4, 5]]), np.zeros((2, 3, 2)), np.zeros(2, dtype=int))  # fmt: skip
    mast = tube([(0.45, 0, 0.5), (0.45, 0, 4.0), (0.45, 0, 7.2)], 0.06, 5)
    return [Piece(metric_uv(join([hull, sail, mast])), "pale")]
