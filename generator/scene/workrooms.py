"""Furniture of shops, workshops, gyms, offices and corridors, its back to a wall at +y; shapes as in `furnishing`."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..props.shapes import Shape, box, join, lathe, moved, soft_box, tube, turn
from ..props.textures import hashed
from .clutter import Furniture, Parts, items, solid


def shop_shelf(size: float) -> Furniture:
    """Metal shelves full of goods, five boards high."""
    w, d, h = 1.8 * size, 0.45, 1.9
    boards = [box((w, d, 0.03), (0.0, 0.0, z)) for z in np.linspace(0.12, h - 0.35, 5)]
    frame = solid(*boards, *[box((0.04, d, h), (s * w / 2, 0.0, h / 2)) for s in (-1, 1)], box((w, 0.02, h), (0.0, d / 2, h / 2)))
    parts: Parts = [(frame, "pale")]
    strips = [box((w, 0.01, 0.05), (0.0, -d / 2 - 0.004, z - 0.01)) for z in np.linspace(0.12, h - 0.35, 5)]
    parts.append((solid(*strips), "item2"))
    for row, z in enumerate(np.linspace(0.12, h - 0.35, 5)):
        step = (0.12, 0.16, 0.1, 0.14, 0.18)[row]
        parts += items(
            np.arange(-w / 2 + 0.1, w / 2 - 0.08, step), -0.08, z + 0.015, int(37 * size * 10) + row, (0.14, 0.3), step * 0.95
        )
    return parts, w, d


def counter(size: float) -> Furniture:
    """A shop's counter with a till and small things on it."""
    w, d, h = 1.7 * size, 0.65, 0.98
    body = solid(box((w, d, h), (0.0, 0.0, h / 2)))
    top = solid(box((w + 0.08, d + 0.08, 0.04), (0.0, 0.0, h)))
    till = solid(
        box((0.36, 0.36, 0.12), (0.2, 0.0, h + 0.08)), moved(box((0.3, 0.03, 0.24)), (0.2, 0.1, h + 0.28), turn("x", 0.25))
    )
    return (
        [
            (body, True),
            (top, False),
            (till, "dark"),
            *items(np.arange(-0.45 * w, -0.05 * w, 0.11), -0.1, h + 0.02, int(55 * size), (0.08, 0.22), 0.09),
        ],
        w,
        d,
    )


def clothes_rail(size: float) -> Furniture:
    """Clothes on hangers."""
    w = 1.3 * size
    rail = join(
        [
            tube([(-w / 2, 0, 1.5), (0, 0, 1.5), (w / 2, 0, 1.5)], 0.015, 6),
            *[tube([(s * w / 2, 0, 0.02), (s * w / 2, 0, 0.8), (s * w / 2, 0, 1.5)], 0.015, 6) for s in (-1, 1)],
        ]
    )
    feet = solid(*[box((0.04, 0.5, 0.03), (s * w / 2, 0.0, 0.02)) for s in (-1, 1)])
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
    vice = [
        box((0.18, 0.24, 0.12), (0.32 * w, -0.18, h + 0.1)),
        box((0.2, 0.05, 0.1), (0.32 * w, -0.36, h + 0.1)),
        box((0.26, 0.02, 0.02), (0.32 * w, -0.44, h + 0.08)),
    ]
    tools = [
        box((0.03, 0.02, 0.22 + 0.05 * (k % 3)), (x, d / 2 - 0.04, 1.55))
        for k, x in enumerate(np.arange(-0.42 * w, 0.4 * w, 0.13))
    ]
    heads = [
        box((0.09, 0.025, 0.04), (x, d / 2 - 0.045, 1.66 + 0.025 * (k % 3)))
        for k, x in enumerate(np.arange(-0.42 * w, 0.4 * w, 0.13))
        if k % 2
    ]
    return [(solid(top, *legs, shelf), True), (solid(board), False), (solid(*vice, *heads), "metal"), (solid(*tools[::2]),
        "item0"),
        (solid(*tools[1::2]), "dark"),
            *items(np.arange(-0.4 * w, 0.4 * w, 0.22), 0.0, 0.27, int(31 * size), (0.15, 0.3), 0.2),
            *items(np.arange(-0.42 * w, 0.1 * w, 0.16), 0.12, h + 0.035, int(67 * size), (0.06, 0.2), 0.12)], w, d  # fmt: skip


def dumbbell_rack(size: float) -> Furniture:
    """Two slanted boards of dumbbells."""
    w = 1.7 * size
    frame = solid(*[box((0.06, 0.5, 0.06), (s * w / 2, 0.0, 0.03)) for s in (-1, 1)], *[box((0.06, 0.06, 0.95), (s * w / 2,
        0.12, 0.48)) for s in (-1, 1)],
               *[moved(box((w, 0.24, 0.03)), (0.0, 0.0, z), turn("x", 0.3)) for z in (0.42, 0.85)])  # fmt: skip
    bell = join(
        [
            moved(lathe([(0.0, -0.05), (0.07, -0.05), (0.07, 0.05), (0.0, 0.05)], 8), (0.0, s * 0.09, 0.0), turn("x", np.pi / 2))
            for s in (-1, 1)
        ]
        + [tube([(0, -0.08, 0), (0, 0, 0), (0, 0.08, 0)], 0.015, 6)]
    )
    bells = [moved(bell, (float(x), 0.0, z + 0.09)) for z in (0.42, 0.85) for x in np.arange(-w / 2 + 0.12, w / 2 - 0.1, 0.19)]
    return [(frame, "metal"), (solid(*bells), "dark")], w, 0.5


def mirror(size: float) -> Furniture:
    """A tall panel of looking-glass."""
    w = 1.6 * size
    return (
        [
            (solid(box((w, 0.015, 1.8), (0.0, 0.0, 1.2))), "glass"),
            (
                solid(
                    *[box((0.03, 0.03, 1.86), (s * w / 2, 0.0, 1.2)) for s in (-1, 1)],
                    *[box((w, 0.03, 0.03), (0.0, 0.0, z)) for z in (0.28, 2.12)],
                ),
                "metal",
            ),
        ],
        w,
        0.06,
    )


def press_bench(size: float) -> Furniture:
    """A weight bench under a barbell on its stands."""
    pad = join([soft_box((0.28, 1.2, 0.08), 0.03, (0.0, -0.15, 0.45))])
    stands = [box((0.06, 0.06, 1.05), (s * 0.5, 0.45, 0.52)) for s in (-1, 1)] + [
        box((1.06, 0.06, 0.06), (0.0, 0.45, 0.05)),
        box((0.08, 1.1, 0.06), (0.0, -0.1, 0.2)),
        box((0.5, 0.06, 0.06), (0.0, -0.6, 0.04)),
        box((0.06, 0.06, 0.4), (0.0, -0.6, 0.22)),
    ]
    bar = tube([(-0.95, 0.45, 1.08), (0.0, 0.45, 1.08), (0.95, 0.45, 1.08)], 0.015, 6)
    plates = [
        moved(lathe([(0.0, -0.03), (0.2, -0.03), (0.2, 0.03), (0.0, 0.03)], 14), (s * 0.8, 0.45, 1.08), turn("y", np.pi / 2))
        for s in (-1, 1)
    ]
    return [(pad, True), (solid(*stands), "metal"), (bar, "metal"), (solid(*plates), "dark")], 1.9 * min(size, 1.0), 1.4


def wall_bars(size: float) -> Furniture:
    """Wooden bars up the wall."""
    w = 1.0 * size
    return (
        [
            (
                solid(
                    *[box((w, 0.035, 0.035), (0.0, -0.05, z)) for z in np.arange(0.15, 2.45, 0.17)],
                    *[box((0.05, 0.12, 2.5), (s * w / 2, 0.0, 1.25)) for s in (-1, 1)],
                ),
                True,
            )
        ],
        w,
        0.16,
    )


def machine(size: float) -> Furniture:
    """A treadmill with its console."""
    deck = solid(
        box((0.75, 1.6, 0.16), (0.0, -0.1, 0.1)),
        *[box((0.06, 0.06, 1.2), (s * 0.36, 0.5, 0.75)) for s in (-1, 1)],
        moved(box((0.75, 0.06, 0.3)), (0.0, 0.52, 1.3), turn("x", 0.5)),
        *[box((0.05, 0.6, 0.05), (s * 0.36, 0.25, 1.05)) for s in (-1, 1)],
    )
    belt = solid(box((0.5, 1.45, 0.01), (0.0, -0.15, 0.185)))
    return [(deck, "metal" if size > 1 else "pale"), (belt, "dark")], 0.8, 1.7


def filing(size: float) -> Furniture:
    """A filing cabinet with a plant or binders on top."""
    w, d, h = 0.48, 0.6, 1.3
    body = solid(
        box((w, d, h), (0.0, 0.0, h / 2)),
        *[box((w - 0.03, 0.02, h / 4 - 0.03), (0.0, -d / 2 - 0.008, h / 8 + k * h / 4)) for k in range(4)],
    )
    grips = solid(*[box((0.14, 0.03, 0.02), (0.0, -d / 2 - 0.03, h / 8 + k * h / 4 + 0.08)) for k in range(4)])
    return (
        [
            (body, "metal" if size > 1 else True),
            (grips, "dark"),
            *items(np.arange(-0.18, 0.2, 0.07), 0.05, h, int(41 * size), (0.2, 0.32), 0.06),
        ],
        w,
        d,
    )


def board(size: float) -> Furniture:
    """A whiteboard or pin board with notes."""
    w = 1.5 * size
    notes = [moved(box((0.15, 0.006, 0.2)), (x, -0.02, 1.5 + 0.12 * np.sin(9 * x))) for x in np.arange(-0.4 * w, 0.4 * w, 0.23)]
    return [(solid(box((w, 0.02, 0.95), (0.0, 0.0, 1.5))), "pale" if size > 1 else True), (solid(*[box((w + 0.04, 0.03, 0.03),
        (0.0, 0.0, z)) for z in (1.02, 1.98)]), "metal"),
            (solid(*notes[::2]), "item0"), (solid(*notes[1::2]), "item2")], w, 0.05  # fmt: skip


def coat_rack(size: float) -> Furniture:
    """Hooks with coats, shoes below."""
    w = 1.1 * size
    coats = [soft_box((0.3, 0.16, 0.85), 0.07, (x, -0.06, 1.22), steps=1) for x in np.arange(-w / 2 + 0.2, w / 2, 0.36)]
    shoes = [soft_box((0.1, 0.27, 0.1), 0.04, (x, -0.1, 0.05), steps=1) for x in np.arange(-w / 2 + 0.1, w / 2, 0.14)]
    names = ("dark", "item0", "item1")
    return (
        [
            (solid(box((w, 0.03, 0.14), (0.0, 0.05, 1.7))), True),
            *[(c, names[k % 3]) for k, c in enumerate(coats)],
            (join(shoes), "dark"),
        ],
        w,
        0.32,
    )


def side_doors(size: float) -> Furniture:
    """A door of a corridor with its frame and a sign."""
    leaf = solid(box((0.9, 0.04, 2.05), (0.0, 0.0, 1.02)))
    frame = solid(*[box((0.08, 0.1, 2.12), (s * 0.49, 0.0, 1.06)) for s in (-1, 1)], box((1.06, 0.1, 0.08), (0.0, 0.0, 2.12)))
    return (
        [
            (leaf, True),
            (frame, "pale"),
            (solid(box((0.13, 0.06, 0.025), (0.36, -0.05, 1.02))), "metal"),
            (solid(box((0.2, 0.01, 0.1), (0.66, 0.0, 1.6))), "item0"),
        ],
        1.4,
        0.1,
    )


WORKROOMS: dict[str, Callable[[float], Furniture]] = {
    "shop_shelf": shop_shelf,
    "counter": counter,
    "clothes_rail": clothes_rail,
    "workbench": workbench,
    "dumbbell_rack": dumbbell_rack,
    "mirror": mirror,
    "press_bench": press_bench,
    "wall_bars": wall_bars,
    "machine": machine,
    "filing": filing,
    "board": board,
    "coat_rack": coat_rack,
    "side_doors": side_doors,
}
"""Form -> its builder, which takes a size factor."""
