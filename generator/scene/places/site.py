"""A building site: the shell of a house in scaffolding, heaps, pallets, pipes, cones, fence panels, a container, a van."""

from __future__ import annotations

import numpy as np

from ...props.shapes import box, join, lathe, metric_uv, moved, tube, turn
from ...values import BackdropSpec
from ..scenery import Piece, Surroundings
from ..view import View
from . import land, things
from .park import behind, grove
from .plot import Plot, plot_of, put_together


def build(spec: BackdropSpec, view: View) -> Surroundings:
    """Params besides `yaw_rad` and `variant`: `heaps`, `cones` (how many), `shell_m` from the performance to the shell,
    `storeys` of
    it."""
    plot = plot_of(spec, view)
    back = max(float(plot.near_high[1]) + plot.number("shell_m"), float(plot.high[1]) + 1.0)
    ground = land.terrain(plot, "earth", 0.5)
    ground += land.patches(plot, "mud", "earth*0.8", 14, 9.0, (0.4, 1.9), 0.003) + land.patches(
        plot, "dust", "earth*1.15", 8, 9.0, (0.4, 1.4), 0.007
    )
    pieces = plot.lay(_shell(max(1, round(plot.number("storeys")))), (0.0, back))
    pieces += plot.lay(_scaffold(20.0, 3.1 * max(1, round(plot.number("storeys")))), (0.0, back - 0.1))
    for angle, gap, size, roll in plot.numbers(
        "heaps", int(plot.number("heaps")), (-np.pi, np.pi), (2.0, 14.0), (1.0, 2.6), (0.0, 1.0)
    ):
        made = things.heap(size, 0.5 * size, int(99 * roll), "sand" if roll < 0.5 else "earth*0.9")
        pieces += _round(plot, made, angle, gap, size)
    for k, (angle, gap, roll, yaw) in enumerate(plot.numbers("stores", 7, (-np.pi, np.pi), (1.2, 10.0), (0.0, 1.0), (0.0, 3.0))):
        made = (_pallet(), _pipes(), _boards(), _barrel())[int(4 * roll)]
        pieces += _round(plot, made, angle, gap, 0.9, yaw + k)
    for angle, gap in plot.numbers("cones", int(plot.number("cones")), (-np.pi, np.pi), (0.4, 6.0)):
        pieces += _round(plot, things.cone(), angle, gap, 0.25)
    ((angle, along),) = plot.numbers("big", 1, (2.6, 3.8), (4.0, 9.0))
    pieces += _round(plot, _container(), angle, 9.0, 3.2, angle)
    pieces += _round(plot, things.car("car0", np.array([0.6, 0.9, 0.6, 0.0])), angle + 1.6, 7.0, 2.4, along)
    for k in range(-6, 7):
        pieces += plot.stand(_panel(), (3.45 * k, plot.low[1] - 9.0), 0.0, 1.8)
    return put_together(plot, ground, [*pieces, *grove(plot, "trees", 5, (22.0, 36.0)), *behind_site(plot)])


def behind_site(plot: Plot) -> list[Piece]:
    """Houses and trees beyond the fence."""
    return [p for p in behind(plot) if not p.surface.startswith("hill")]


def _round(plot: Plot, made: list[Piece], angle: float, gap: float, radius: float, yaw: float = 0.0) -> list[Piece]:
    away = plot.reach * 0.85 + gap + 0.5 * radius
    return plot.stand(made, (away * np.cos(angle), away * np.sin(angle)), yaw, radius)


def _shell(storeys: int) -> list[Piece]:
    """Columns, floors and half-built brick walls, its front at y = 0.9."""
    concrete, brick = [], []
    for level in range(storeys):
        low = 3.0 * level
        concrete.append(box((19.0, 9.0, 0.25), (0.0, 5.6, low + 2.9)))
        concrete += [box((0.35, 0.35, 2.8), (x, y, low + 1.4)) for x in np.arange(-9.0, 9.1, 4.5) for y in (1.4, 9.6)]
        brick += [box((3.6, 0.24, 2.75 if (k + level) % 3 else 1.1), (x, 1.5, low + (1.38 if (k + level) % 3 else 0.55)))
                  for k, x in enumerate(np.arange(-6.75, 7.0, 4.5)) if (k + 2 * level) % 4 != 1]  # fmt: skip
        brick.append(box((18.0, 0.24, 2.75), (0.0, 9.7, low + 1.38)))
    return [Piece(metric_uv(join(concrete)), "concrete"), Piece(metric_uv(join(brick)), "bricks")]


def _scaffold(length: float, height: float) -> list[Piece]:
    """Tubes and boards along a front."""
    xs, levels = np.arange(-0.5 * length, 0.5 * length + 0.1, 2.5), np.arange(2.0, height + 2.0, 2.0)
    tubes = [box((0.05, 0.05, levels[-1] + 0.9), (x, y, 0.5 * levels[-1] + 0.45)) for x in xs for y in (0.0, -0.9)]
    tubes += [box((length, 0.05, 0.05), (0.0, y, z)) for z in levels for y in (0.0, -0.9)]
    tubes += [box((length, 0.05, 0.05), (0.0, -0.9, z + h)) for z in levels for h in (0.5, 1.0)]
    boards = [box((length, 0.85, 0.05), (0.0, -0.45, z + 0.04)) for z in levels]
    return [Piece(metric_uv(join(tubes)), "metal"), Piece(metric_uv(join(boards)), "timber")]


def _pallet() -> list[Piece]:
    deck = [box((1.2, 0.12, 0.02), (0.0, y, 0.13)) for y in np.arange(-0.34, 0.35, 0.17)]
    feet = [box((0.1, 0.8, 0.12), (x, 0.0, 0.06)) for x in (-0.5, 0.0, 0.5)]
    load = box((1.0, 0.7, 0.62), (0.0, 0.0, 0.45))
    return [Piece(metric_uv(join([*deck, *feet])), "timber"), Piece(metric_uv(load), "bricks")]


def _pipes() -> list[Piece]:
    pipe = moved(lathe([(0.11, -1.2), (0.15, -1.2), (0.15, 1.2), (0.11, 1.2)], 10), rotation=turn("y", np.pi / 2))
    places = [(y, z) for row, z in enumerate((0.15, 0.41, 0.67)) for y in np.arange(-0.45 + 0.15 * row, 0.46 - 0.15 * row, 0.3)]
    return [Piece(metric_uv(join([moved(pipe, (0.0, y, z)) for y, z in places])), "concrete")]


def _boards() -> list[Piece]:
    boards = [
        moved(box((2.6, 0.2, 0.04), (0.0, 0.0, 0.03 + 0.045 * k)), rotation=turn("z", 0.05 * np.sin(3.0 * k))) for k in range(9)
    ]
    return [Piece(metric_uv(join(boards)), "timber")]


def _barrel() -> list[Piece]:
    return [Piece(metric_uv(lathe([(0.0, 0.0), (0.29, 0.0), (0.29, 0.88), (0.0, 0.88)], 14)), "dark")]


def _container() -> list[Piece]:
    body = box((6.0, 2.4, 2.5), (0.0, 0.0, 1.3))
    ribs = [box((0.08, 2.46, 2.4), (x, 0.0, 1.3)) for x in np.arange(-2.8, 2.9, 0.35)]
    return [
        Piece(metric_uv(join([body, *ribs])), "orange*0.7"),
        Piece(metric_uv(box((0.9, 0.06, 0.8), (1.0, -1.24, 1.5))), "glass"),
    ]


def _panel() -> list[Piece]:
    """A fence panel on two concrete feet."""
    wires = [box((0.01, 0.01, 1.8), (x, 0.0, 1.05)) for x in np.arange(-1.6, 1.61, 0.16)]
    wires += [box((3.4, 0.01, 0.01), (0.0, 0.0, z)) for z in (0.5, 0.9, 1.3, 1.7)]
    frame = [tube([(s * 1.7, 0, 0.1), (s * 1.7, 0, 1.0), (s * 1.7, 0, 2.0)], 0.02, 5) for s in (-1, 1)] + [
        box((3.4, 0.035, 0.035), (0, 0, z)) for z in (0.2, 2.0)
    ]
    feet = box((0.24, 0.7, 0.14), (1.7, 0.0, 0.07))
    return [Piece(metric_uv(join([*wires, *frame])), "metal"), Piece(metric_uv(feet), "concrete")]
