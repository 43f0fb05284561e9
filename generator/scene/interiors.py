"""Furniture of homes and desks, its back to a wall at +y, with what lies about on it; shapes as in `furnishing`."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..props.shapes import Shape, box, join, lathe, moved, soft_box, tube, turn, with_mirror
from .clutter import Furniture, Parts, items, solid


def kitchen_run(size: float) -> Furniture:
    """Base units with a worktop, a sink and a hob, wall units above, and what stands on the worktop."""
    w, d = 2.4 * size, 0.62
    n = max(3, int(w / 0.6))
    base = box((w, d - 0.06, 0.76), (0.0, 0.03, 0.48))
    fronts = [box((w / n - 0.012, 0.02, 0.72), (w / n * (k + 0.5) - w / 2, -d / 2 + 0.05, 0.49)) for k in range(n)]
    upper = box((w, 0.34, 0.68), (0.0, d / 2 - 0.17, 1.78))
    doors = [box((w / n - 0.012, 0.02, 0.66), (w / n * (k + 0.5) - w / 2, d / 2 - 0.35, 1.78)) for k in range(n)]
    grips = [
        box((0.14, 0.02, 0.015), (w / n * (k + 0.5) - w / 2, y, z))
        for k in range(n)
        for y, z in ((-d / 2 + 0.03, 0.8), (d / 2 - 0.37, 1.5))
    ]
    top = box((w + 0.02, d, 0.04), (0.0, 0.0, 0.88))
    splash = box((w, 0.01, 0.54), (0.0, d / 2 - 0.01, 1.17))
    sink = box((0.55, 0.42, 0.012), (-0.28 * w, -0.02, 0.905))
    tap = tube([(-0.28 * w, 0.2, 0.9), (-0.28 * w, 0.2, 1.2), (-0.28 * w, 0.08, 1.26), (-0.28 * w, 0.02, 1.2)], 0.014, 6)
    hob = box((0.58, 0.5, 0.012), (0.25 * w, 0.0, 0.907))
    plates = [
        moved(lathe([(0.0, 0.0), (0.09, 0.0), (0.09, 0.012), (0.0, 0.012)], 12), (0.25 * w + x, y, 0.912))
        for x in (-0.14, 0.14)
        for y in (-0.12, 0.12)
    ]
    pot = moved(
        lathe([(0.0, 0.0), (0.1, 0.0), (0.11, 0.14), (0.1, 0.14), (0.1, 0.02), (0.0, 0.02)], 14), (0.25 * w + 0.14, 0.12, 0.925)
    )
    toe = box((w, d - 0.14, 0.1), (0.0, 0.05, 0.05))
    parts: Parts = [(solid(base, *fronts, upper, *doors), True), (solid(top), "pale" if size > 1.0 else False),
        (solid(splash), "pale"),
                    (solid(sink, tap, pot, *grips), "metal"), (solid(hob, *plates, toe), "dark")]  # fmt: skip
    parts += items(np.arange(-0.05 * w, 0.12 * w, 0.13), 0.16, 0.9, int(100 * size), (0.1, 0.3), 0.11)
    return parts, w, d


def fridge(size: float) -> Furniture:
    """A tall refrigerator with two doors and notes on it."""
    w, d, h = 0.62, 0.64, 1.85
    body = solid(
        box((w, d, h), (0.0, 0.0, h / 2)),
        box((w, 0.02, 1.15), (0.0, -d / 2 - 0.012, 1.25)),
        box((w, 0.02, 0.6), (0.0, -d / 2 - 0.012, 0.35)),
    )
    grips = solid(*[box((0.025, 0.04, 0.4), (-0.26, -d / 2 - 0.04, z)) for z in (1.0, 0.5)])
    notes = [box((0.09, 0.004, 0.12), (0.08 * k - 0.08, -d / 2 - 0.025, 1.45 + 0.07 * (k % 2))) for k in range(4)]
    return (
        [
            (body, "pale" if size > 1.0 else "metal"),
            (grips, "metal"),
            (solid(*notes[::2]), "item0"),
            (solid(*notes[1::2]), "item1"),
        ],
        w,
        d + 0.05,
    )


def bed(size: float) -> Furniture:
    """A bed, its head to the wall, with a quilt and pillows."""
    w, d = 1.5 * size, 2.05
    frame = solid(box((w, d, 0.24), (0.0, 0.0, 0.2)), box((w + 0.06, 0.05, 0.95), (0.0, d / 2 - 0.03, 0.48)))
    mattress = soft_box((w - 0.04, d - 0.1, 0.2), 0.06, (0.0, -0.02, 0.41))
    quilt = soft_box((w + 0.06, 1.4, 0.16), 0.07, (0.0, -0.32, 0.49), steps=2)
    pillows = join([soft_box((0.58, 0.4, 0.14), 0.06, (x, 0.72, 0.57)) for x in ((-0.34, 0.34) if w > 1.3 else (0.0,))])
    return [(quilt, True), (frame, False), (join([mattress, pillows]), "pale")], w + 0.06, d


def nightstand(size: float) -> Furniture:
    """A bedside cabinet with a lamp and a book."""
    foot = lathe([(0.0, 0.0), (0.07, 0.0), (0.03, 0.05), (0.02, 0.22), (0.0, 0.22)], 12)
    shade = lathe([(0.13, 0.2), (0.08, 0.36), (0.0, 0.36)], 14)
    body = solid(
        box((0.45, 0.4, 0.5), (0.0, 0.0, 0.27)),
        box((0.41, 0.02, 0.2), (0.0, -0.205, 0.4)),
        box((0.41, 0.02, 0.2), (0.0, -0.205, 0.16)),
    )
    lamp = moved(join([foot]), (0.08, 0.05, 0.52))
    return (
        [
            (body, True),
            (lamp, "metal"),
            (moved(shade, (0.08, 0.05, 0.52)), "pale"),
            (solid(box((0.14, 0.2, 0.03), (-0.1, -0.05, 0.535))), "item1"),
        ],
        0.45,
        0.4,
    )


def desk(size: float) -> Furniture:
    """A desk with screen, keyboard, papers and an office chair before it."""
    w, d, h = 1.4 * size, 0.7, 0.74
    top = box((w, d, 0.03), (0.0, 0.0, h))
    legs = with_mirror(join([box((0.05, d * 0.9, 0.04), (w * 0.46, 0.0, 0.02)), box((0.05, 0.06, h), (w * 0.46, 0.0, h / 2))]))
    drawers = box((0.4, d * 0.8, 0.58), (0.28 * w, 0.0, 0.4))
    screen = [
        box((0.56, 0.025, 0.34), (-0.1, 0.16, h + 0.3)),
        box((0.05, 0.05, 0.2), (-0.1, 0.2, h + 0.1)),
        box((0.22, 0.16, 0.012), (-0.1, 0.18, h + 0.02)),
    ]
    keys = [box((0.42, 0.14, 0.015), (-0.1, -0.12, h + 0.022)), box((0.06, 0.1, 0.02), (0.2, -0.12, h + 0.024))]
    papers = [
        moved(box((0.21, 0.297, 0.01 + 0.008 * k), (0.0, 0.0, 0.0)), (0.42, 0.05 - 0.1 * k, h + 0.022), turn("z", 0.3 * k - 0.2))
        for k in range(2)
    ]
    mug = moved(
        lathe([(0.0, 0.0), (0.04, 0.0), (0.042, 0.1), (0.036, 0.1), (0.036, 0.01), (0.0, 0.01)], 12),
        (-0.52 * w / 1.4, 0.0, h + 0.016),
    )
    seat = soft_box((0.48, 0.46, 0.08), 0.03, (-0.1, -0.62, 0.48))
    back = soft_box((0.44, 0.06, 0.5), 0.03, (-0.1, -0.86, 0.85))
    stem = [box((0.05, 0.05, 0.4), (-0.1, -0.62, 0.25)), box((0.04, 0.04, 0.35), (-0.1, -0.85, 0.62))]
    stem += [moved(box((0.6, 0.05, 0.04)), (-0.1, -0.62, 0.06), turn("z", a)) for a in (0.0, 1.05, 2.1)]
    books = items(np.arange(0.1 * w, 0.45 * w, 0.05), 0.22, h + 0.015, int(99 * size), (0.2, 0.3), 0.045)
    return [(solid(top, drawers), True), (solid(legs), False), (solid(*screen, *keys, *stem), "dark"), (solid(*papers), "pale"),
        (solid(mug), "item0"),
            (join([seat, back]), "dark"), *books], w, 1.5  # fmt: skip


def tv_stand(size: float) -> Furniture:
    """A low board with a television."""
    w, d = 1.6 * size, 0.42
    body = solid(
        box((w, d, 0.4), (0.0, 0.0, 0.26)),
        *[box((w / 3 - 0.02, 0.02, 0.34), (w / 3 * k, -d / 2 - 0.008, 0.26)) for k in (-1, 0, 1)],
    )
    tv = solid(
        box((1.1 * size, 0.05, 0.64 * size), (0.0, 0.05, 0.84)),
        box((0.3, 0.2, 0.03), (0.0, 0.05, 0.475)),
        box((0.08, 0.05, 0.1), (0.0, 0.06, 0.5)),
    )
    return [(body, True), (tv, "dark"), (solid(box((w * 0.9, d * 0.8, 0.06), (0.0, 0.0, 0.03))), False),
            *items(np.array([-0.44 * w, -0.38 * w, 0.42 * w]), 0.0, 0.46, int(77 * size), (0.1, 0.3), 0.1)], w, d  # fmt: skip


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
    return [(solid(*ribs, box((w, 0.04, 0.5), (0.0, 0.02, 0.42))), "pale")], w, 0.1


def boxes(size: float) -> Furniture:
    """Cardboard boxes on each other."""
    made = [moved(box((0.5, 0.38, 0.32), (0.0, 0.0, 0.16)), (x, y, z), turn("z", a)) for x, y, z, a in
            ((-0.28, 0.0, 0.0, 0.08), (0.3, 0.02, 0.0, -0.12), (-0.2, 0.03, 0.32, 0.2), (0.24, 0.0, 0.32, -0.3))]  # fmt: skip
    return (
        [
            (solid(*made[: 2 + int(3 * (size - 0.8))]), True),
            (solid(*[box((0.08, 0.385, 0.004), (s * 0.29, 0.0, 0.322)) for s in (-1, 1)]), "pale"),
        ],
        1.15,
        0.45,
    )


def dining(size: float) -> Furniture:
    """A table set against the wall with two chairs and things on it."""
    w, d, h = 1.2 * size, 0.8, 0.74
    legs = [box((0.06, 0.06, h), (s * w * 0.44, y, h / 2)) for s in (-1, 1) for y in (-0.32, 0.32)]
    chairs: list[Shape] = []
    for s in (-1, 1):
        chairs += [moved(c, (s * 0.28 * w, -0.55, 0.0)) for c in (box((0.42, 0.42, 0.04), (0.0, 0.0, 0.45)), box((0.42, 0.03,
        0.45), (0.0, -0.2, 0.72)),
                   *[box((0.04, 0.04, 0.45), (a, b, 0.22)) for a in (-0.18, 0.18) for b in (-0.18, 0.18)])]  # fmt: skip
    bowl = moved(
        lathe([(0.0, 0.0), (0.06, 0.0), (0.14, 0.08), (0.13, 0.08), (0.05, 0.015), (0.0, 0.015)], 14), (0.0, 0.1, h + 0.02)
    )
    return (
        [
            (solid(box((w, d, 0.04), (0.0, 0.0, h)), *legs), True),
            (solid(*chairs), False),
            (solid(bowl), "pale"),
            *items(np.array([-0.3, 0.25, 0.38]), 0.0, h + 0.02, int(23 * size), (0.08, 0.25), 0.08),
        ],
        w,
        1.4,
    )


INTERIORS: dict[str, Callable[[float], Furniture]] = {
    "kitchen_run": kitchen_run,
    "fridge": fridge,
    "bed": bed,
    "nightstand": nightstand,
    "desk": desk,
    "tv_stand": tv_stand,
    "armchair": armchair,
    "floor_lamp": floor_lamp,
    "radiator": radiator,
    "boxes": boxes,
    "dining": dining,
}
"""Form -> its builder, which takes a size factor."""
