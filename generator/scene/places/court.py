"""A sports court: painted ground with lines, hoops or a net, a wire fence round it, benches, trees and houses behind."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from ...props.shapes import Shape, box, join, lathe, metric_uv, moved, tube
from ...values import BackdropSpec
from ..scenery import Piece, Surroundings
from ..view import View
from . import land, things
from .park import behind, grove
from .plot import Plot, plot_of, put_together

HALF = (14.0, 7.5)
"""Half of a basketball court, 28 m by 15 m (FIBA)."""


def build(spec: BackdropSpec, view: View) -> Surroundings:
    """Params besides `yaw_rad` and `variant`: `shift_m`, how far the court's middle is from the performance's; `net`: below 0.5
    hoops
    stand at its ends, else a net across; `trees` (how many)."""
    plot = plot_of(spec, view)
    shift = plot.number("shift_m")
    x, y = (max(half + 3.0, reach + 1.0) for half, reach in zip(HALF, np.maximum(-plot.low, plot.high) + abs(shift), strict=True))
    ground = [
        plot.level((-x + shift, -y), (x + shift, y), 0.0, "court"),
        *land.patches(plot, "stains", "court*0.93", 6, 7.0, (0.3, 1.2), 0.002, on_land=False),
        *land.terrain(plot, "grass", 0.8, -0.04),
    ]
    ground += plot.lay(_lines(plot.number("net") >= 0.5), (shift, 0.0))
    pieces = _gear(plot, shift)
    for k, (length, at, yaw) in enumerate(((2 * x, (shift, y), 0.0), (2 * x, (shift, -y), 0.0), (2 * y, (shift - x, 0.0),
        np.pi / 2),
                                           (2 * y, (shift + x, 0.0), np.pi / 2))):  # fmt: skip
        tall = 3.2 if k > 1 else 1.2
        pieces += plot.lay(things.mesh_fence(length, tall), at, yaw)
    for k, (along, roll) in enumerate(plot.numbers("sides", 4, (-9.0, 9.0), (0.0, 1.0))):
        pieces += plot.stand(things.bench() if roll < 0.7 else things.bin_(), (shift + along, (y - 0.9) * (1 if k % 2 else -1)),
                             0.0 if k % 2 else np.pi, 1.0)  # fmt: skip
    pieces += [*grove(plot, "trees", int(plot.number("trees")), (13.0, 30.0)), *behind(plot)]
    return put_together(plot, ground, pieces, ((shift - 5.0, y - 0.3), (shift + 5.0, -y + 0.3)))


def _lines(net: bool) -> list[Piece]:
    """The lines of basketball (FIBA), or of volleyball (18 m by 9 m, attack lines 3 m from the middle)."""
    w, h = (9.0, 4.5) if net else HALF
    corners = [(-w, -h), (w, -h), (w, h), (-w, h), (-w, -h)]
    out = [things.stripe(a, b, 0.06, "line", 0.005) for a, b in pairwise(corners)]
    out.append(things.stripe((0.0, -h), (0.0, h), 0.06, "line", 0.005))
    if net:
        return out + [things.stripe((s * 3.0, -h), (s * 3.0, h), 0.06, "line", 0.005) for s in (-1, 1)]
    out += things.arc((0.0, 0.0), 1.8, 0.0, 2 * np.pi, 0.06, "line")
    for s in (-1.0, 1.0):
        out += [things.stripe((s * w, side), (s * (w - 5.8), side), 0.06, "line", 0.005) for side in (-2.45, 2.45)]
        out.append(things.stripe((s * (w - 5.8), -2.45), (s * (w - 5.8), 2.45), 0.06, "line", 0.005))
        middle = np.pi if s > 0 else 0.0
        out += things.arc((s * (w - 1.575), 0.0), 6.75, middle - 1.5, middle + 1.5, 0.06, "line")
        out += things.arc((s * (w - 5.8), 0.0), 1.8, middle - np.pi / 2, middle + np.pi / 2, 0.06, "line")
    return out


def _gear(plot: Plot, shift: float) -> list[Piece]:
    if plot.number("net") >= 0.5:
        posts = [p for s in (-1.0, 1.0) for p in plot.stand([Piece(_post(2.6), "metal")], (shift, s * 5.2), 0.0, 0.3)]
        return posts + plot.stand([Piece(_net(10.4), "pale")], (shift, 0.0), np.pi / 2, 5.3)
    out: list[Piece] = []
    for s in (-1.0, 1.0):
        out += plot.stand(_hoop(), (shift + s * (HALF[0] + 1.0), 0.0), 0.0 if s > 0 else np.pi, 1.0)
    return out


def _post(height: float) -> Shape:
    return tube([(0, 0, 0), (0, 0, 1.0), (0, 0, height)], 0.05, 8)


def _net(length: float) -> Shape:
    """A net 1 m high, of cords, its upper edge at 2.4 m."""
    cords = [box((0.012, 0.012, 1.0), (x, 0.0, 1.9)) for x in np.arange(-0.5 * length, 0.5 * length, 0.3)]
    cords += [box((length, 0.012, 0.012 if 1.4 < z < 2.4 else 0.06), (0.0, 0.0, z)) for z in (1.4, 1.65, 1.9, 2.15, 2.4)]
    return metric_uv(join(cords))


def _hoop() -> list[Piece]:
    """A basket whose board hangs 1.2 m before its post, on the -x side; its rim is 3.05 m up."""
    frame = [tube([(0, 0, 0), (0, 0, 2.0), (0, 0, 2.9), (-0.4, 0, 3.3), (-1.2, 0, 3.35)], 0.08, 8)]
    board = box((0.04, 1.8, 1.05), (-1.22, 0.0, 3.4))
    marks = [box((0.01, 0.05, 0.45), (-1.245, s * 0.3, 3.3)) for s in (-1, 1)] + [
        box((0.01, 0.6, 0.05), (-1.245, 0.0, z)) for z in (3.08, 3.52)
    ]
    rim = moved(lathe([(0.215, -0.012), (0.24, -0.012), (0.24, 0.012), (0.215, 0.012)], 14), (-1.5, 0.0, 3.05))
    cords = []
    for k in range(10):
        a, b = 2 * np.pi * k / 10, 2 * np.pi * (k + 0.6) / 10
        cords.append(
            tube([(-1.5 + 0.22 * np.cos(a), 0.22 * np.sin(a), 3.04), (-1.5 + 0.13 * np.cos(b), 0.13 * np.sin(b), 2.62)], 0.006, 3)
        )
    return [Piece(join(frame), "metal", smooth=True), Piece(metric_uv(board), "pale"), Piece(metric_uv(join([*marks, rim])),
        "orange"),
            Piece(join(cords), "pale")]  # fmt: skip
