"""Furniture by the purpose of a room, its back to a wall at +y, with what lies about on it; shapes as in `furnishing`.

Clutter comes in the surfaces of CLUTTER, which every furnished room has besides its furniture's own.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..props.shapes import Shape, box, join, lathe, metric_uv, moved, soft_box, tube, turn, with_mirror
from ..props.textures import hashed

Parts = list[tuple[Shape, bool | str]]
"""Shapes, and whose surface each has: the thing's own (True), the frame's (False), or a named one."""

Furniture = tuple[Parts, float, float]

CLUTTER = ("dark", "pale", "metal", "glass", "item0", "item1", "item2", "leaves")


def _m(*shapes: Shape) -> Shape:
    return metric_uv(join(shapes))


def _items(xs: np.ndarray, y: float, z: float, seed: int, tall: tuple[float, float], wide: float) -> Parts:
    """A row of boxes, jars and books of three colours standing at xs on a board."""
    parts: dict[str, list[Shape]] = {}
    for k, x in enumerate(xs):
        a, b, c, d = (float(hashed(np.array([k]), np.array([j]), seed)[0]) for j in range(4))
        if a < 0.18:
            continue
        h = tall[0] + (tall[1] - tall[0]) * b
        if c < 0.35:
            made = lathe([(0.0, 0.0), (0.42 * wide, 0.0), (0.42 * wide, 0.7 * h), (0.2 * wide, h), (0.0, h)], 8)
        else:
            made = box((wide * (0.55 + 0.4 * c), 0.16, h), (0.0, 0.0, 0.5 * h))
        parts.setdefault(("item0", "item1", "item2", "pale")[int(4 * d)], []).append(moved(made, (float(x), y, z)))
    return [(_m(*shapes), name) for name, shapes in parts.items()]


def kitchen_run(size: float) -> Furniture:
    """Base units with a worktop, a sink and a hob, wall units above, and what stands on the worktop."""
    w, d = 2.4 * size, 0.62
    n = max(3, int(w / 0.6))
    base = box((w, d - 0.06, 0.76), (0.0, 0.03, 0.48))
    fronts = [box((w / n - 0.012, 0.02, 0.72), (w / n * (k + 0.5) - w / 2, -d / 2 + 0.05, 0.49)) for k in range(n)]
    upper = box((w, 0.34, 0.68), (0.0, d / 2 - 0.17, 1.78))
    doors = [box((w / n - 0.012, 0.02, 0.66), (w / n * (k + 0.5) - w / 2, d / 2 - 0.35, 1.78)) for k in range(n)]
    grips = [box((0.14, 0.02, 0.015), (w / n * (k + 0.5) - w / 2, y, z)) for k in range(n) for y, z in ((-d / 2 + 0.03, 0.8), (d / 2 - 0.37, 1.5))]
    top = box((w + 0.02, d, 0.04), (0.0, 0.0, 0.88))
    splash = box((w, 0.01, 0.54), (0.0, d / 2 - 0.01, 1.17))
    sink = box((0.55, 0.42, 0.012), (-0.28 * w, -0.02, 0.905))
    tap = tube([(-0.28 * w, 0.2, 0.9), (-0.28 * w, 0.2, 1.2), (-0.28 * w, 0.08, 1.26), (-0.28 * w, 0.02, 1.2)], 0.014, 6)
    hob = box((0.58, 0.5, 0.012), (0.25 * w, 0.0, 0.907))
    plates = [moved(lathe([(0.0, 0.0), (0.09, 0.0), (0.09, 0.012), (0.0, 0.012)], 12), (0.25 * w + x, y, 0.912)) for x in (-0.14, 0.14) for y in (-0.12, 0.12)]
    pot = moved(lathe([(0.0, 0.0), (0.1, 0.0), (0.11, 0.14), (0.1, 0.14), (0.1, 0.02), (0.0, 0.02)], 14), (0.25 * w + 0.14, 0.12, 0.925))
    toe = box((w, d - 0.14, 0.1), (0.0, 0.05, 0.05))
    parts: Parts = [(_m(base, *fronts, upper, *doors), True), (_m(top), "pale" if size > 1.0 else False), (_m(splash), "pale"),
                    (_m(sink, tap, pot, *grips), "metal"), (_m(hob, *plates, toe), "dark")]  # fmt: skip
    parts += _items(np.arange(-0.05 * w, 0.12 * w, 0.13), 0.16, 0.9, int(100 * size), (0.1, 0.3), 0.11)
    return parts, w, d


def fridge(size: float) -> Furniture:
    """A tall refrigerator with two doors and notes on it."""
    w, d, h = 0.62, 0.64, 1.85
    body = _m(box((w, d, h), (0.0, 0.0, h / 2)), box((w, 0.02, 1.15), (0.0, -d / 2 - 0.012, 1.25)), box((w, 0.02, 0.6), (0.0, -d / 2 - 0.012, 0.35)))
    grips = _m(*[box((0.025, 0.04, 0.4), (-0.26, -d / 2 - 0.04, z)) for z in (1.0, 0.5)])
    notes = [box((0.09, 0.004, 0.12), (0.08 * k - 0.08, -d / 2 - 0.025, 1.45 + 0.07 * (k % 2))) for k in range(4)]
    return [(body, "pale" if size > 1.0 else "metal"), (grips, "metal"), (_m(*notes[::2]), "item0"), (_m(*notes[1::2]), "item1")], w, d + 0.05


def bed(size: float) -> Furniture:
    """A bed, its head to the wall, with a quilt and pillows."""
    w, d = 1.5 * size, 2.05
    frame = _m(box((w, d, 0.24), (0.0, 0.0, 0.2)), box((w + 0.06, 0.05, 0.95), (0.0, d / 2 - 0.03, 0.48)))
    mattress = soft_box((w - 0.04, d - 0.1, 0.2), 0.06, (0.0, -0.02, 0.41))
    quilt = soft_box((w + 0.06, 1.4, 0.16), 0.07, (0.0, -0.32, 0.49), steps=2)
    pillows = join([soft_box((0.58, 0.4, 0.14), 0.06, (x, 0.72, 0.57)) for x in ((-0.34, 0.34) if w > 1.3 else (0.0,))])
    return [(quilt, True), (frame, False), (join([mattress, pillows]), "pale")], w + 0.06, d


def nightstand(size: float) -> Furniture:
    """A bedside cabinet with a lamp and a book."""
    foot = lathe([(0.0, 0.0), (0.07, 0.0), (0.03, 0.05), (0.02, 0.22), (0.0, 0.22)], 12)
    shade = lathe([(0.13, 0.2), (0.08, 0.36), (0.0, 0.36)], 14)
    body = _m(box((0.45, 0.4, 0.5), (0.0, 0.0, 0.27)), box((0.41, 0.02, 0.2), (0.0, -0.205, 0.4)), box((0.41, 0.02, 0.2), (0.0, -0.205, 0.16)))
    lamp = moved(join([foot]), (0.08, 0.05, 0.52))
    return [(body, True), (lamp, "metal"), (moved(shade, (0.08, 0.05, 0.52)), "pale"), (_m(box((0.14, 0.2, 0.03), (-0.1, -0.05, 0.535))), "item1")], 0.45, 0.4


def desk(size: float) -> Furniture:
    """A desk with screen, keyboard, papers and an office chair before it."""
    w, d, h = 1.4 * size, 0.7, 0.74
    top = box((w, d, 0.03), (0.0, 0.0, h))
    legs = with_mirror(join([box((0.05, d * 0.9, 0.04), (w * 0.46, 0.0, 0.02)), box((0.05, 0.06, h), (w * 0.46, 0.0, h / 2))]))
    drawers = box((0.4, d * 0.8, 0.58), (0.28 * w, 0.0, 0.4))
    screen = [box((0.56, 0.025, 0.34), (-0.1, 0.16, h + 0.3)), box((0.05, 0.05, 0.2), (-0.1, 0.2, h + 0.1)), box((0.22, 0.16, 0.012), (-0.1, 0.18, h + 0.02))]
    keys = [box((0.42, 0.14, 0.015), (-0.1, -0.12, h + 0.022)), box((0.06, 0.1, 0.02), (0.2, -0.12, h + 0.024))]
    papers = [moved(box((0.21, 0.297, 0.01 + 0.008 * k), (0.0, 0.0, 0.0)), (0.42, 0.05 - 0.1 * k, h + 0.022), turn("z", 0.3 * k - 0.2)) for k in range(2)]
    mug = moved(lathe([(0.0, 0.0), (0.04, 0.0), (0.042, 0.1), (0.036, 0.1), (0.036, 0.01), (0.0, 0.01)], 12), (-0.52 * w / 1.4, 0.0, h + 0.016))
    seat = soft_box((0.48, 0.46, 0.08), 0.03, (-0.1, -0.62, 0.48))
    back = soft_box((0.44, 0.06, 0.5), 0.03, (-0.1, -0.86, 0.85))
    stem = [box((0.05, 0.05, 0.4), (-0.1, -0.62, 0.25)), box((0.04, 0.04, 0.35), (-0.1, -0.85, 0.62))]
    stem += [moved(box((0.6, 0.05, 0.04)), (-0.1, -0.62, 0.06), turn("z", a)) for a in (0.0, 1.05, 2.1)]
    books = _items(np.arange(0.1 * w, 0.45 * w, 0.05), 0.22, h + 0.015, int(99 * size), (0.2, 0.3), 0.045)
    return [(_m(top, drawers), True), (_m(legs), False), (_m(*screen, *keys, *stem), "dark"), (_m(*papers), "pale"), (_m(mug), "item0"),
            (join([seat, back]), "dark"), *books], w, 1.5  # fmt: skip


def tv_stand(size: float) -> Furniture:
    """A low board with a television."""
    w, d = 1.6 * size, 0.42
    body = _m(box((w, d, 0.4), (0.0, 0.0, 0.26)), *[box((w / 3 - 0.02, 0.02, 0.34), (w / 3 * k, -d / 2 - 0.008, 0.26)) for k in (-1, 0, 1)])
    tv = _m(box((1.1 * size, 0.05, 0.64 * size), (0.0, 0.05, 0.84)), box((0.3, 0.2, 0.03), (0.0, 0.05, 0.475)), box((0.08, 0.05, 0.1), (0.0, 0.06, 0.5)))
    return [(body, True), (tv, "dark"), (_m(box((w * 0.9, d * 0.8, 0.06), (0.0, 0.0, 0.03))), False),
            *_items(np.array([-0.44 * w, -0.38 * w, 0.42 * w]), 0.0, 0.46, int(77 * size), (0.1, 0.3), 0.1)], w, d  # fmt: skip


def armchair(size: float) -> Furniture:
    """An armchair with a cushion."""
    w, d = 0.85 * size, 0.85
    base = soft_box((w, d, 0.3), 0.06, (0.0, 0.0, 0.25))
    back = soft_box((w, 0.22, 0.6), 0.09, (0.0, d / 2 - 0.11, 0.6), steps=3)
    arms = with_mirror(soft_box((0.17, d, 0.46), 0.07, (w / 2 - 0.08, 0.0, 0.36)))
    cushion = moved(soft_box((0.42, 0.14, 0.4), 0.06), (0.05, 0.16, 0.66), turn("x", -0.25))
    return [(join([base, back, arms]), True), (cushion, "item1")], w, d


def floor_lamp(size: float) -> Furniture:
    """A standing lamp."""
    foot = lathe([(0.0, 0.0), (0.16, 0.0), (0.15, 0.03), (0.015, 0.04), (0.015, 1.5), (0.0, 1.5)], 14)
    shade = lathe([(0.22, 1.42), (0.14, 1.74), (0.0, 1.74)], 18)
    return [(foot, "metal"), (shade, "pale")], 0.44, 0.44


def radiator(size: float) -> Furniture:
    """A ribbed radiator under a window."""
    w = 1.1 * size
    ribs = [box((0.045, 0.07, 0.56), (x, 0.0, 0.42)) for x in np.arange(-w / 2, w / 2, 0.07)]
    return [(_m(*ribs, box((w, 0.04, 0.5), (0.0, 0.02, 0.42))), "pale")], w, 0.1


def boxes(size: float) -> Furniture:
    """Cardboard boxes on each other."""
    made = [moved(box((0.5, 0.38, 0.32), (0.0, 0.0, 0.16)), (x, y, z), turn("z", a)) for x, y, z, a in
            ((-0.28, 0.0, 0.0, 0.08), (0.3, 0.02, 0.0, -0.12), (-0.2, 0.03, 0.32, 0.2), (0.24, 0.0, 0.32, -0.3))]  # fmt: skip
    return [(_m(*made[: 2 + int(3 * (size - 0.8))]), True), (_m(*[box((0.08, 0.385, 0.004), (s * 0.29, 0.0, 0.322)) for s in (-1, 1)]), "pale")], 1.15, 0.45


def shop_shelf(size: float) -> Furniture:
    """Metal shelves full of goods, five boards high."""
    w, d, h = 1.8 * size, 0.45, 1.9
    boards = [box((w, d, 0.03), (0.0, 0.0, z)) for z in np.linspace(0.12, h - 0.35, 5)]
    frame = _m(*boards, *[box((0.04, d, h), (s * w / 2, 0.0, h / 2)) for s in (-1, 1)], box((w, 0.02, h), (0.0, d / 2, h / 2)))
    parts: Parts = [(frame, "pale")]
    strips = [box((w, 0.01, 0.05), (0.0, -d / 2 - 0.004, z - 0.01)) for z in np.linspace(0.12, h - 0.35, 5)]
    parts.append((_m(*strips), "item2"))
    for row, z in enumerate(np.linspace(0.12, h - 0.35, 5)):
        step = (0.12, 0.16, 0.1, 0.14, 0.18)[row]
        parts += _items(np.arange(-w / 2 + 0.1, w / 2 - 0.08, step), -0.08, z + 0.015, int(37 * size * 10) + row, (0.14, 0.3), step * 0.95)
    return parts, w, d


def counter(size: float) -> Furniture:
    """A shop's counter with a till and small things on it."""
    w, d, h = 1.7 * size, 0.65, 0.98
    body = _m(box((w, d, h), (0.0, 0.0, h / 2)))
    top = _m(box((w + 0.08, d + 0.08, 0.04), (0.0, 0.0, h)))
    till = _m(box((0.36, 0.36, 0.12), (0.2, 0.0, h + 0.08)), moved(box((0.3, 0.03, 0.24)), (0.2, 0.1, h + 0.28), turn("x", 0.25)))
    return [(body, True), (top, False), (till, "dark"), *_items(np.arange(-0.45 * w, -0.05 * w, 0.11), -0.1, h + 0.02, int(55 * size), (0.08, 0.22), 0.09)], w, d


def clothes_rail(size: float) -> Furniture:
    """Clothes on hangers."""
    w = 1.3 * size
    rail = join([tube([(-w / 2, 0, 1.5), (0, 0, 1.5), (w / 2, 0, 1.5)], 0.015, 6), *[tube([(s * w / 2, 0, 0.02), (s * w / 2, 0, 0.8), (s * w / 2, 0, 1.5)], 0.015, 6) for s in (-1, 1)]])
    feet = _m(*[box((0.04, 0.5, 0.03), (s * w / 2, 0.0, 0.02)) for s in (-1, 1)])
    cloths: dict[str, list[Shape]] = {}
    for k, x in enumerate(np.arange(-w / 2 + 0.1, w / 2 - 0.08, 0.075)):
        long = 0.6 + 0.35 * float(hashed(np.array([k]), np.array([3]), int(10 * size))[0])
        name = ("item0", "item1", "item2", "dark", "pale")[(k * 7 + int(9 * size)) % 5]
        cloths.setdefault(name, []).append(soft_box((0.05, 0.42, long), 0.02, (float(x), 0.0, 1.46 - long / 2), steps=1))
    return [(rail, "metal"), (feet, "metal"), *[(join(s), name) for name, s in cloths.items()]], w, 0.5


def workbench(size: float) -> Furniture:
    """A heavy bench with a vice, tools on a board above it, boxes below."""
    w, d, h = 1.8 * size, 0.65, 0.88
    top = box((w, d, 0.07), (0.0, 0.0, h))
    legs = [box((0.09, 0.09, h), (s * w * 0.45, y, h / 2)) for s in (-1, 1) for y in (-0.24, 0.24)]
    shelf = box((w * 0.9, d * 0.8, 0.03), (0.0, 0.0, 0.25))
    board = box((w, 0.02, 0.8), (0.0, d / 2 - 0.02, 1.5))
    vice = [box((0.18, 0.24, 0.12), (0.32 * w, -0.18, h + 0.1)), box((0.2, 0.05, 0.1), (0.32 * w, -0.36, h + 0.1)), box((0.26, 0.02, 0.02), (0.32 * w, -0.44, h + 0.08))]
    tools = [box((0.03, 0.02, 0.22 + 0.05 * (k % 3)), (x, d / 2 - 0.04, 1.55)) for k, x in enumerate(np.arange(-0.42 * w, 0.4 * w, 0.13))]
    heads = [box((0.09, 0.025, 0.04), (x, d / 2 - 0.045, 1.66 + 0.025 * (k % 3))) for k, x in enumerate(np.arange(-0.42 * w, 0.4 * w, 0.13)) if k % 2]
    return [(_m(top, *legs, shelf), True), (_m(board), False), (_m(*vice, *heads), "metal"), (_m(*tools[::2]), "item0"), (_m(*tools[1::2]), "dark"),
            *_items(np.arange(-0.4 * w, 0.4 * w, 0.22), 0.0, 0.27, int(31 * size), (0.15, 0.3), 0.2),
            *_items(np.arange(-0.42 * w, 0.1 * w, 0.16), 0.12, h + 0.035, int(67 * size), (0.06, 0.2), 0.12)], w, d  # fmt: skip


def dumbbell_rack(size: float) -> Furniture:
    """Two slanted boards of dumbbells."""
    w = 1.7 * size
    frame = _m(*[box((0.06, 0.5, 0.06), (s * w / 2, 0.0, 0.03)) for s in (-1, 1)], *[box((0.06, 0.06, 0.95), (s * w / 2, 0.12, 0.48)) for s in (-1, 1)],
               *[moved(box((w, 0.24, 0.03)), (0.0, 0.0, z), turn("x", 0.3)) for z in (0.42, 0.85)])  # fmt: skip
    bell = join([moved(lathe([(0.0, -0.05), (0.07, -0.05), (0.07, 0.05), (0.0, 0.05)], 8), (0.0, s * 0.09, 0.0), turn("x", np.pi / 2)) for s in (-1, 1)] + [tube([(0, -0.08, 0), (0, 0, 0), (0, 0.08, 0)], 0.015, 6)])
    bells = [moved(bell, (float(x), 0.0, z + 0.09)) for z in (0.42, 0.85) for x in np.arange(-w / 2 + 0.12, w / 2 - 0.1, 0.19)]
    return [(frame, "metal"), (_m(*bells), "dark")], w, 0.5


def mirror(size: float) -> Furniture:
    """A tall panel of looking-glass."""
    w = 1.6 * size
    return [(_m(box((w, 0.015, 1.8), (0.0, 0.0, 1.2))), "glass"), (_m(*[box((0.03, 0.03, 1.86), (s * w / 2, 0.0, 1.2)) for s in (-1, 1)], *[box((w, 0.03, 0.03), (0.0, 0.0, z)) for z in (0.28, 2.12)]), "metal")], w, 0.06


def press_bench(size: float) -> Furniture:
    """A weight bench under a barbell on its stands."""
    pad = join([soft_box((0.28, 1.2, 0.08), 0.03, (0.0, -0.15, 0.45))])
    stands = [box((0.06, 0.06, 1.05), (s * 0.5, 0.45, 0.52)) for s in (-1, 1)] + [box((1.06, 0.06, 0.06), (0.0, 0.45, 0.05)), box((0.08, 1.1, 0.06), (0.0, -0.1, 0.2)), box((0.5, 0.06, 0.06), (0.0, -0.6, 0.04)), box((0.06, 0.06, 0.4), (0.0, -0.6, 0.22))]
    bar = tube([(-0.95, 0.45, 1.08), (0.0, 0.45, 1.08), (0.95, 0.45, 1.08)], 0.015, 6)
    plates = [moved(lathe([(0.0, -0.03), (0.2, -0.03), (0.2, 0.03), (0.0, 0.03)], 14), (s * 0.8, 0.45, 1.08), turn("y", np.pi / 2)) for s in (-1, 1)]
    return [(pad, True), (_m(*stands), "metal"), (bar, "metal"), (_m(*plates), "dark")], 1.9 * min(size, 1.0), 1.4


def wall_bars(size: float) -> Furniture:
    """Wooden bars up the wall."""
    w = 1.0 * size
    return [(_m(*[box((w, 0.035, 0.035), (0.0, -0.05, z)) for z in np.arange(0.15, 2.45, 0.17)], *[box((0.05, 0.12, 2.5), (s * w / 2, 0.0, 1.25)) for s in (-1, 1)]), True)], w, 0.16


def machine(size: float) -> Furniture:
    """A treadmill with its console."""
    deck = _m(box((0.75, 1.6, 0.16), (0.0, -0.1, 0.1)), *[box((0.06, 0.06, 1.2), (s * 0.36, 0.5, 0.75)) for s in (-1, 1)], moved(box((0.75, 0.06, 0.3)), (0.0, 0.52, 1.3), turn("x", 0.5)), *[box((0.05, 0.6, 0.05), (s * 0.36, 0.25, 1.05)) for s in (-1, 1)])
    belt = _m(box((0.5, 1.45, 0.01), (0.0, -0.15, 0.185)))
    return [(deck, "metal" if size > 1 else "pale"), (belt, "dark")], 0.8, 1.7


def filing(size: float) -> Furniture:
    """A filing cabinet with a plant or binders on top."""
    w, d, h = 0.48, 0.6, 1.3
    body = _m(box((w, d, h), (0.0, 0.0, h / 2)), *[box((w - 0.03, 0.02, h / 4 - 0.03), (0.0, -d / 2 - 0.008, h / 8 + k * h / 4)) for k in range(4)])
    grips = _m(*[box((0.14, 0.03, 0.02), (0.0, -d / 2 - 0.03, h / 8 + k * h / 4 + 0.08)) for k in range(4)])
    return [(body, "metal" if size > 1 else True), (grips, "dark"), *_items(np.arange(-0.18, 0.2, 0.07), 0.05, h, int(41 * size), (0.2, 0.32), 0.06)], w, d


def board(size: float) -> Furniture:
    """A whiteboard or pin board with notes."""
    w = 1.5 * size
    notes = [moved(box((0.15, 0.006, 0.2)), (x, -0.02, 1.5 + 0.12 * np.sin(9 * x))) for x in np.arange(-0.4 * w, 0.4 * w, 0.23)]
    return [(_m(box((w, 0.02, 0.95), (0.0, 0.0, 1.5))), "pale" if size > 1 else True), (_m(*[box((w + 0.04, 0.03, 0.03), (0.0, 0.0, z)) for z in (1.02, 1.98)]), "metal"),
            (_m(*notes[::2]), "item0"), (_m(*notes[1::2]), "item2")], w, 0.05  # fmt: skip


def coat_rack(size: float) -> Furniture:
    """Hooks with coats, shoes below."""
    w = 1.1 * size
    coats = [soft_box((0.3, 0.16, 0.85), 0.07, (x, -0.06, 1.22), steps=1) for x in np.arange(-w / 2 + 0.2, w / 2, 0.36)]
    shoes = [soft_box((0.1, 0.27, 0.1), 0.04, (x, -0.1, 0.05), steps=1) for x in np.arange(-w / 2 + 0.1, w / 2, 0.14)]
    names = ("dark", "item0", "item1")
    return [(_m(box((w, 0.03, 0.14), (0.0, 0.05, 1.7))), True), *[(c, names[k % 3]) for k, c in enumerate(coats)], (join(shoes), "dark")], w, 0.32


def side_doors(size: float) -> Furniture:
    """A door of a corridor with its frame and a sign."""
    leaf = _m(box((0.9, 0.04, 2.05), (0.0, 0.0, 1.02)))
    frame = _m(*[box((0.08, 0.1, 2.12), (s * 0.49, 0.0, 1.06)) for s in (-1, 1)], box((1.06, 0.1, 0.08), (0.0, 0.0, 2.12)))
    return [(leaf, True), (frame, "pale"), (_m(box((0.13, 0.06, 0.025), (0.36, -0.05, 1.02))), "metal"), (_m(box((0.2, 0.01, 0.1), (0.66, 0.0, 1.6))), "item0")], 1.4, 0.1


def dining(size: float) -> Furniture:
    """A table set against the wall with two chairs and things on it."""
    w, d, h = 1.2 * size, 0.8, 0.74
    legs = [box((0.06, 0.06, h), (s * w * 0.44, y, h / 2)) for s in (-1, 1) for y in (-0.32, 0.32)]
    chairs: list[Shape] = []
    for s in (-1, 1):
        chairs += [moved(c, (s * 0.28 * w, -0.55, 0.0)) for c in (box((0.42, 0.42, 0.04), (0.0, 0.0, 0.45)), box((0.42, 0.03, 0.45), (0.0, -0.2, 0.72)),
                   *[box((0.04, 0.04, 0.45), (a, b, 0.22)) for a in (-0.18, 0.18) for b in (-0.18, 0.18)])]  # fmt: skip
    bowl = moved(lathe([(0.0, 0.0), (0.06, 0.0), (0.14, 0.08), (0.13, 0.08), (0.05, 0.015), (0.0, 0.015)], 14), (0.0, 0.1, h + 0.02))
    return [(_m(box((w, d, 0.04), (0.0, 0.0, h)), *legs), True), (_m(*chairs), False), (_m(bowl), "pale"), *_items(np.array([-0.3, 0.25, 0.38]), 0.0, h + 0.02, int(23 * size), (0.08, 0.25), 0.08)], w, 1.4


INTERIORS: dict[str, Callable[[float], Furniture]] = {
    "kitchen_run": kitchen_run, "fridge": fridge, "bed": bed, "nightstand": nightstand, "desk": desk, "tv_stand": tv_stand,
    "armchair": armchair, "floor_lamp": floor_lamp, "radiator": radiator, "boxes": boxes, "shop_shelf": shop_shelf, "counter": counter,
    "clothes_rail": clothes_rail, "workbench": workbench, "dumbbell_rack": dumbbell_rack, "mirror": mirror, "press_bench": press_bench,
    "wall_bars": wall_bars, "machine": machine, "filing": filing, "board": board, "coat_rack": coat_rack, "side_doors": side_doors,
    "dining": dining,
}  # fmt: skip
"""Form -> its builder, which takes a size factor."""
