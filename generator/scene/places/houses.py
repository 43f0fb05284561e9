"""House fronts with windows let into them, doors, shop fronts and roofs; along x, facing -y, the pavement's edge at y = 0."""

from __future__ import annotations

import numpy as np

from ...props.shapes import Shape, box, join, metric_uv, moved, quad
from ...values import Array
from ..scenery import Piece

STOREY_M = 3.0
DEEP_M = 0.16
"""How far windows lie back in the wall."""


def house(length_m: float, storeys: int, rolls: Array, wall: str) -> list[Piece]:
    """A house of a row: rolls (8,) in [0, 1) say its pitch of windows, their size, ground floor, roof and cornice."""
    height = STOREY_M * storeys + 0.5
    n = max(2, int(length_m / (2.1 + 0.9 * rolls[0])))
    pitch, wide = length_m / n, min(1.0 + 0.5 * rolls[1], 0.62 * length_m / n)
    shop = rolls[2] < 0.4 and storeys > 1
    door = int(rolls[3] * n)
    walls: list[Shape] = []
    reveals: list[Shape] = []
    glass: list[Shape] = []
    frames: list[Shape] = []
    extra: list[Shape] = []
    for row in range(storeys):
        low, top = STOREY_M * row + (0.3 if row == 0 else 0.0), STOREY_M * (row + 1) + (0.5 if row == storeys - 1 else 0.0)
        holes = []
        for k in range(n):
            middle = pitch * (k + 0.5) - 0.5 * length_m
            if row == 0 and k == door:
                holes.append((middle - 0.55, middle + 0.55, 0.0, 2.35))
            elif row == 0 and shop:
                holes.append((middle - 0.42 * pitch, middle + 0.42 * pitch, 0.45, 2.6))
            else:
                sill = STOREY_M * row + 0.95
                holes.append((middle - 0.5 * wide, middle + 0.5 * wide, sill, sill + 1.3 + 0.4 * rolls[4]))
        walls += _row(length_m, low if row else 0.0, top, holes)
        for k, hole in enumerate(holes):
            is_door = row == 0 and k == door
            reveals += _reveal(hole)
            (extra if is_door else glass).append(_pane(hole))
            frames += _frame(hole, is_door)
    out = [Piece(metric_uv(join(walls)), wall), Piece(metric_uv(join(reveals)), f"{wall}*0.75")]
    out += [Piece(metric_uv(join(glass)), "glass"), Piece(metric_uv(join(frames)), "trim"), Piece(metric_uv(join(extra)), "door")]
    base = box((length_m, 0.06, 0.45), (0.0, -0.03, 0.22))
    cornice = box((length_m, 0.3, 0.22), (0.0, -0.1, height - 0.1))
    out += [Piece(metric_uv(base), f"{wall}*0.6"), Piece(metric_uv(cornice), "trim")]
    if shop:
        sign = box((length_m - 0.4, 0.14, 0.55), (0.0, -0.07, 2.92))
        out.append(Piece(metric_uv(sign), "sign"))
        if rolls[6] < 0.5:
            out.append(Piece(_awning(length_m - 0.6), "sign"))
    return out + _body(length_m, height, 9.0, rolls[5] < 0.65, wall)


def block(length_m: float, depth_m: float, height_m: float, wall: str) -> list[Piece]:
    """A house far off: a box whose sides are painted with windows, and a roof."""
    body = metric_uv(box((length_m, depth_m, height_m), (0.0, 0.0, 0.5 * height_m)))
    return [Piece(body, wall), Piece(_gable(length_m, depth_m, height_m, 0.32 * depth_m), "roof~0.25")]


def _row(length: float, low: float, top: float, holes: list[tuple[float, float, float, float]]) -> list[Shape]:
    """Wall panels of a storey round its holes."""
    panels, left = [], -0.5 * length
    for a, b, sill, lintel in holes:
        panels += [_panel(left, a, low, top), _panel(a, b, lintel, top)]
        if sill > low:
            panels.append(_panel(a, b, low, sill))
        left = b
    return [*panels, _panel(left, 0.5 * length, low, top)]


def _panel(left: float, right: float, low: float, high: float, y: float = 0.0) -> Shape:
    return quad(np.array([[left, y, low], [right, y, low], [right, y, high], [left, y, high]]))


def _pane(hole: tuple[float, float, float, float]) -> Shape:
    a, b, low, high = hole
    return _panel(a, b, low, high, DEEP_M)


def _reveal(hole: tuple[float, float, float, float]) -> list[Shape]:
    a, b, low, high = hole
    d = DEEP_M
    corners = (
        [[a, 0, low], [a, 0, high], [a, d, high], [a, d, low]], [[b, 0, high], [b, 0, low], [b, d, low], [b, d, high]],
        [[a, 0, high], [b, 0, high], [b, d, high], [a, d, high]], [[b, 0, low], [a, 0, low], [a, d, low], [b, d, low]],
    )  # fmt: skip
    return [quad(np.array(c, dtype=float)) for c in corners]


def _frame(hole: tuple[float, float, float, float], door: bool) -> list[Shape]:
    """Bars just before the pane, and a sill that stands out."""
    a, b, low, high = hole
    y, w = DEEP_M - 0.02, 0.06
    bars = [_panel(a, a + w, low, high, y), _panel(b - w, b, low, high, y), _panel(a + w, b - w, high - w, high, y)]
    if door:
        return [*bars, _panel(a + w, b - w, 2.0, 2.06, y)]
    middle = 0.5 * (a + b)
    bars += [_panel(middle - 0.5 * w, middle + 0.5 * w, low, high, y), _panel(a + w, b - w, low, low + w, y)]
    return [*bars, box((b - a + 0.16, 0.2, 0.06), (middle, -0.02, low - 0.03))]


def _awning(length: float) -> Shape:
    y, half = -1.1, 0.5 * length
    top = quad(np.array([[-half, y, 2.25], [half, y, 2.25], [half, 0.0, 2.7], [-half, 0.0, 2.7]]))
    return metric_uv(join([top, quad(np.array([[-half, y, 2.05], [half, y, 2.05], [half, y, 2.25], [-half, y, 2.25]]))]))


def _body(length: float, height: float, depth: float, gable: bool, wall: str) -> list[Piece]:
    """The sides and the back of the house, and its roof: pitched along x, or flat."""
    half = 0.5 * length
    sides = [
        quad(np.array([[s * half, y0, 0], [s * half, y1, 0], [s * half, y1, height], [s * half, y0, height]]))
        for s, y0, y1 in ((1.0, 0.0, depth), (-1.0, depth, 0.0))
    ]
    sides.append(quad(np.array([[half, depth, 0], [-half, depth, 0], [-half, depth, height], [half, depth, height]])))
    out = [Piece(metric_uv(join(sides)), wall)]
    if gable:
        return [*out, Piece(moved(_gable(length + 0.1, depth + 0.8, height, 0.3 * depth), (0.0, 0.5 * depth, 0.0)), "roof")]
    lid = quad(np.array([[-half, 0, height], [half, 0, height], [half, depth, height], [-half, depth, height]]))
    return [*out, Piece(metric_uv(lid), f"{wall}*0.5")]


def _gable(length: float, depth: float, low: float, rise: float) -> Shape:
    """Two slopes that meet in a ridge along x, with their end triangles."""
    x, y, top = 0.5 * length, 0.5 * depth, low + rise
    slopes = [
        quad(np.array([[-x, -y, low], [x, -y, low], [x, 0, top], [-x, 0, top]])),
        quad(np.array([[x, y, low], [-x, y, low], [-x, 0, top], [x, 0, top]])),
        quad(np.array([[x, -y, low], [x, y, low], [x, 0, top], [x, 0, top - 0.01]])),
        quad(np.array([[-x, y, low], [-x, -y, low], [-x, 0, top], [-x, 0, top - 0.01]])),
    ]
    return metric_uv(join(slopes))
