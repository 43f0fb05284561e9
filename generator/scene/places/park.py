"""A park: rolling lawn, a winding path with benches and lamps, trees near and far, shrubs, a wood and houses behind."""

from __future__ import annotations

import numpy as np

from ...values import BackdropSpec
from ..scenery import Piece, Surroundings
from ..view import View
from . import houses, land, plants, things
from .plot import Plot, plot_of, put_together


def build(spec: BackdropSpec, view: View) -> Surroundings:
    """Params besides `yaw_rad` and `variant`: `trees`, `bushes` (how many), `side_m` from the middle to the path, `path_m` its
    width,
    `rise_m` of the land further out."""
    plot = plot_of(spec, view)
    side = plot.number("side_m")
    ground = land.terrain(plot, "grass", plot.number("rise_m"))
    ground.append(land.path(plot, "path", plot.number("path_m"), side))
    ground += land.patches(plot, "worn", "grass*1.12", 7, 8.0, (0.4, 1.6), 0.002)
    pieces = [
        *grove(plot, "trees", int(plot.number("trees")), (1.5, 32.0)),
        *shrubs(plot, int(plot.number("bushes")), (1.0, 14.0)),
    ]
    edge = side + (0.5 * plot.number("path_m") + 0.5) * (1.0 if side > 0 else -1.0)
    for k, (x, roll) in enumerate(plot.numbers("along", 6, (-3.0, 3.0), (0.0, 1.0))):
        at = (9.0 * (k - 2.5) + x, edge)
        pieces += plot.stand(things.lamp_post(4.0) if roll < 0.35 else things.bench(), at, 0.0 if side > 0 else np.pi, 1.0)
        if roll > 0.6:
            pieces += plot.stand(things.bin_(), (at[0] + 1.5, edge), 0.0, 0.3)
    pieces += grass(plot, 260, 0.07, (2.0, 13.0))
    pieces += behind(plot)
    return put_together(plot, ground, pieces, ((-3.0, edge), (6.0, edge)))


def grove(plot: Plot, key: str, n: int, gap_m: tuple[float, float], conifers: float = 0.15) -> list[Piece]:
    """Trees all round, more of them further off; those far away have fewer and larger leaves."""
    out: list[Piece] = []
    for roll in plot.numbers(key, n, (-np.pi, np.pi), (0.0, 1.0), (0.0, 1.0), (0.0, 1.0), (0.0, 1.0), (0.0, 1.0)):
        gap = gap_m[0] + (gap_m[1] - gap_m[0]) * roll[1]
        away = plot.reach * 0.75 + gap
        at = (away * np.cos(roll[0]), away * np.sin(roll[0]))
        seed, height = int(1e6 * roll[2]), 5.0 + 7.0 * float(roll[3])
        if roll[4] < conifers:
            made = plants.conifer(height * 1.1, 0.42 * height, seed)
        else:
            made = plants.tree(height, height * (0.6 + 0.3 * float(roll[5])), seed, 480 if gap < 9 else 170,
                               "leaves2" if roll[4] > 0.7 and "leaves2" in plot.spec.surfaces else "leaves")  # fmt: skip
        out += plot.stand(made, at, 0.0, 0.5 + 0.1 * height)
    return out


def shrubs(plot: Plot, n: int, gap_m: tuple[float, float]) -> list[Piece]:
    """Shrubs all round, singly."""
    out: list[Piece] = []
    for turn, gap, size, seed in plot.numbers("shrubs", n, (-np.pi, np.pi), gap_m, (0.9, 2.2), (0.0, 1e6)):
        away = plot.reach * 0.8 + gap
        out += plot.stand(plants.bush(size, int(seed)), (away * np.cos(turn), away * np.sin(turn)), 0.0, 0.6 * size)
    return out


def grass(plot: Plot, n: int, height_m: float, gap_m: tuple[float, float], name: str = "grass*0.9") -> list[Piece]:
    """Tufts of grass near by, on the level part."""
    span = plot.reach + 2.3
    rolls = plot.numbers("tufts", n, (-1.0, 1.0), (-1.0, 1.0))
    away = np.minimum(gap_m[0] + (gap_m[1] - gap_m[0]) * np.abs(rolls[:, 0]), span) * np.sign(rolls[:, 0])
    across = rolls[:, 1] * min(gap_m[1], span)
    inside = (np.abs(away) > 0.4) & (np.hypot(away, across) < span)
    places = np.stack([away, across], -1)[inside]
    made = plants.tufts(places, height_m, int(plot.number("variant")))
    return plot.lay([Piece(made, name)], (0.0, 0.0))


def behind(plot: Plot, town: bool = True) -> list[Piece]:
    """What closes the view: a wood, houses that look over it, hills."""
    out = land.wood(plot, "wood", "leaves~0.2", 42.0, 5.0, 11.0)
    out += land.hills(plot, "hills", "hill~0.5", 170.0, 45.0)
    return out + facing_houses(plot, 30.0, 9) if town else out


def facing_houses(plot: Plot, gap_m: float, n: int) -> list[Piece]:
    """Houses all round that face the middle, `gap_m` beyond what is kept clear."""
    out: list[Piece] = []
    for turn, gap, tall, wide in plot.numbers("town", n, (-np.pi, np.pi), (gap_m, gap_m + 12.0), (5.0, 17.0), (8.0, 22.0)):
        away = plot.reach + gap
        made = houses.block(wide, 9.0, tall, "front~0.12")
        out += plot.lay(made, (away * np.cos(turn), away * np.sin(turn)), turn + np.pi / 2)
    return out
