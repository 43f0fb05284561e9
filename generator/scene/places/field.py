"""A field in the country: tall grass, a track, a fence, bales of straw, single trees, a farm far off, woods and hills."""

from __future__ import annotations

import numpy as np

from ...props.shapes import lathe, metric_uv, moved, turn
from ...values import BackdropSpec
from ..scenery import Piece, Surroundings
from ..view import View
from . import houses, land, things
from .park import behind, grass, grove, shrubs
from .plot import plot_of, put_together


def build(spec: BackdropSpec, view: View) -> Surroundings:
    """Params besides `yaw_rad` and `variant`: `trees`, `bales` (how many), `side_m` from the middle to the track, `tuft_m` the
    height
    of the grass, `rise_m` of the land further out."""
    plot = plot_of(spec, view)
    ground = land.terrain(plot, "grass", plot.number("rise_m"))
    side = plot.number("side_m")
    ground.append(land.path(plot, "path", 2.2, side))
    ground += land.patches(plot, "bare", "grass*0.85", 9, 9.0, (0.5, 2.0), 0.003)
    pieces = grass(plot, 420, plot.number("tuft_m"), (1.2, 14.0), "grass*1.1") + shrubs(plot, 5, (2.0, 20.0))
    pieces += grove(plot, "trees", int(plot.number("trees")), (8.0, 45.0), 0.1)
    edge = side + 2.0 * (1.0 if side > 0 else -1.0)
    for k in range(-4, 5):
        pieces += plot.stand(things.fence(6.0, 1.1), (6.0 * k, edge), 0.0, 3.05)
    straw = metric_uv(
        moved(
            lathe([(0.0, -0.6), (0.62, -0.6), (0.65, -0.5), (0.65, 0.5), (0.62, 0.6), (0.0, 0.6)], 16),
            rotation=turn("x", np.pi / 2),
        )
    )
    for angle, gap, yaw in plot.numbers("bales", int(plot.number("bales")), (-np.pi, np.pi), (4.0, 25.0), (0.0, 3.0)):
        away = plot.reach + gap
        pieces += plot.stand([Piece(straw, "straw")], (away * np.cos(angle), away * np.sin(angle)), yaw, 0.8, 0.6)
    ((angle, wide),) = plot.numbers("farm", 1, (-np.pi, np.pi), (9.0, 16.0))
    farm = (plot.reach + 36.0) * np.array([np.cos(angle), np.sin(angle)])
    pieces += plot.lay(houses.block(wide, 8.0, 4.5, "front~0.12"), farm, angle + np.pi / 2)
    return put_together(plot, ground, [*pieces, *behind(plot, town=False)])
