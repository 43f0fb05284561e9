"""What people sit or stand at, fitted to their elbows: desk, dining table, kitchen counter, stove, wash basin; and cupboards.

All face whoever uses them: the near edge is at +y, -y is the far side, +x that person's left.
"""

from __future__ import annotations

import numpy as np

from ..values import Array, Material, PropSpec, Skeleton
from .base import Builder, Forms, Solid, form
from .fitted import desk_height_m, place, shoulder_height_m, worktop_height_m
from .shapes import Shape, box, join, lathe, metric_uv, moved, painted, soft_box, tube, turn, with_mirror
from .textures import plain, speckled, wooden
from .vessels import WHITE, color

STEEL = (0.72, 0.73, 0.75)
BLACK = (0.08, 0.08, 0.09)
WOOD = (0.55, 0.38, 0.23)

DESKS = ("legs", "panels", "drawers")
TABLES = ("square", "round_legs", "trestle")
COUNTERS = ("doors", "drawers")
STOVES = ("iron", "rings")
BASINS = ("pedestal", "cupboard")
CABINETS = ("dresser", "wardrobe", "drawers")

TOE_ROOM_M = 0.07
"""A kitchen's cupboards stand this far back from the edge at the floor, for the toes of who works there."""


def _slab(w: float, d: float, thick: float, top: float) -> Shape:
    return soft_box((w, d, thick), 0.006, (0.0, 0.0, top - thick / 2))


def _tops(d: float, top: float) -> dict[str, Array]:
    """`top`: middle of the top; `near`: middle of the edge towards the user; `far`: of the other one."""
    return {"top": place(0.0, 0.0, top), "near": place(0.0, d / 2, top), "far": place(0.0, -d / 2, top)}


def _block(size: tuple[float, float, float], center: tuple[float, float, float]) -> Shape:
    return metric_uv(box(size, center), 0.6)


def desk(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Writing desk 1.2 x 0.65 m times `size` in width, as high as its sitter's elbow, open for the knees."""
    top, w, d = desk_height_m(skeleton), 1.2 * spec.size, 0.65
    style = form(spec, "shape", DESKS)
    low = top - 0.028
    if style == "legs":
        under = join([tube([(w * 0.46, y, 0.0), (w * 0.46, y, low / 2), (w * 0.46, y, low)], 0.018, 8) for y in (-0.27, 0.27)])
    elif style == "panels":
        under = _block((0.03, d * 0.9, low), (w * 0.46, 0.0, low / 2))
    else:
        chest = _block((0.3, d * 0.85, low - 0.06), (w * 0.5 - 0.17, -0.02, 0.06 + (low - 0.06) / 2))
        fronts = [_block((0.27, 0.016, 0.16), (w * 0.5 - 0.17, d * 0.425 - 0.015, z)) for z in (0.17, 0.36, low - 0.12)]
        under = join([chest, *fronts])
    apron = _block((w * 0.88, 0.02, 0.09), (0.0, -d * 0.42, low - 0.05))
    shape = join([painted(_slab(w, d, 0.028, top), 0), painted(with_mirror(under), 1), painted(apron, 1)])
    return Solid(shape, _wood(spec), _tops(d, top))


def _wood(spec: PropSpec) -> tuple[Material, ...]:
    return (
        Material("top", wooden(color(spec, 0, WOOD), spec.variant), 0.4),
        Material("under", plain(color(spec, 1, (0.2, 0.2, 0.22))), 0.5),
    )


def table(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Dining table 1.4 x 0.8 m times `size` in width, as high as a desk."""
    top, w, d = desk_height_m(skeleton), 1.4 * spec.size, 0.8
    style = form(spec, "shape", TABLES)
    low = top - 0.03
    if style == "square":
        under = join([_block((0.06, 0.06, low), (w * 0.45, y, low / 2)) for y in (-0.34, 0.34)])
    elif style == "round_legs":
        legs = [tube([(w * 0.44, y * 1.08, 0.0), (w * 0.43, y, low / 2), (w * 0.42, y * 0.92, low)], (0.016, 0.022, 0.028), 10)
                for y in (-0.34, 0.34)]  # fmt: skip
        under = join(legs)
    else:
        parts = [((0.06, 0.09, low), (w * 0.36, 0.0, low / 2)), ((0.07, 0.62, 0.05), (w * 0.36, 0.0, 0.025)),
                 ((0.07, 0.6, 0.05), (w * 0.36, 0.0, low - 0.025))]  # fmt: skip
        under = join([_block(size, center) for size, center in parts])
    rails = join([_block((w * 0.84, 0.022, 0.08), (0.0, y, low - 0.04)) for y in (-0.33, 0.33)])
    shape = join([painted(_slab(w, d, 0.03, top), 0), painted(with_mirror(under), 1), painted(rails, 1)])
    return Solid(shape, _wood(spec), _tops(d, top))


def _cupboard(w: float, d: float, height: float, style: str) -> tuple[Shape, Shape]:
    """Carcass of a kitchen's cupboard with a set-back foot, and its fronts with handles, towards +y."""
    depth = d - 0.03
    body = _block((w - 0.01, depth - 0.02, height - 0.1), (0.0, -0.02, 0.1 + (height - 0.1) / 2))
    foot = _block((w - 0.02, depth - 0.02 - TOE_ROOM_M, 0.1), (0.0, -0.02 - TOE_ROOM_M / 2, 0.05))
    y, tall = d / 2 - 0.025, height - 0.13
    if style == "doors":
        fronts = with_mirror(_block((w / 2 - 0.012, 0.018, tall), (w / 4, y, 0.115 + tall / 2)))
        knobs = with_mirror(_bar((0.05, y, height - 0.18), (0.05, y, height - 0.06)))
    else:
        each = tall / 3
        fronts = with_mirror(
            join([_block((w / 2 - 0.012, 0.018, each - 0.008), (w / 4, y, 0.115 + each * (k + 0.5))) for k in range(3)])
        )
        bars = [
            _bar((w / 4 - 0.07, y, 0.115 + each * (k + 0.75)), (w / 4 + 0.07, y, 0.115 + each * (k + 0.75))) for k in range(3)
        ]
        knobs = with_mirror(join(bars))
    return join([painted(body, 1), painted(foot, 2)]), join([painted(fronts, 1), painted(knobs, 2)])


def _bar(a: tuple[float, float, float], b: tuple[float, float, float]) -> Shape:
    """A handle 3 cm before a front, from a to b on it."""
    out = np.array([0.0, 0.03, 0.0])
    path = [np.array(a), np.array(a) + out, 0.5 * (np.array(a) + b) + out, np.array(b) + out, np.array(b)]
    return tube(path, 0.005, 6)


def counter(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Kitchen counter 1.3 m wide times `size`, 0.6 deep, its worktop a little under the elbow; doors or drawers."""
    top, w, d = worktop_height_m(skeleton), 1.3 * spec.size, 0.6
    body, fronts = _cupboard(w, d, top - 0.035, form(spec, "shape", COUNTERS))
    shape = join([painted(_slab(w, d, 0.035, top), 0), body, fronts])
    return Solid(shape, _kitchen(spec), _tops(d, top))


def _kitchen(spec: PropSpec) -> tuple[Material, ...]:
    return (
        Material("worktop", speckled(color(spec, 1, (0.4, 0.4, 0.42)), 0.08, spec.variant), 0.35),
        Material("fronts", plain(color(spec, 0, WHITE)), 0.45),
        Material("metal", plain(STEEL), 0.35, 0.6),
    )


def stove(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Gas stove 0.62 m wide times `size`, four burners with grates, five knobs in front, an oven door with a handle.

    `right_burner`, `left_burner`: tops of the front grates; `right_back`, `left_back`; `right_knob`, `left_knob`.
    """
    top, w, d = worktop_height_m(skeleton), 0.62 * spec.size, 0.6
    style = form(spec, "shape", STOVES)
    body = _block((w, d - 0.04, top - 0.03), (0.0, -0.02, 0.015 + top / 2))
    hob = soft_box((w, d, 0.03), 0.006, (0.0, 0.0, top - 0.015))
    panel = _block((w, 0.02, 0.09), (0.0, d / 2 - 0.032, top - 0.08))
    oven = _block((w * 0.86, 0.02, top * 0.42), (0.0, d / 2 - 0.032, top * 0.45))
    handle = _bar((-w * 0.34, d / 2 - 0.03, top * 0.69), (w * 0.34, d / 2 - 0.03, top * 0.69))
    front = d / 2 - 0.022
    knob = moved(lathe([(0.0, 0.0), (0.021, 0.0), (0.019, 0.024), (0.0, 0.024)], 14), rotation=turn("x", -np.pi / 2))
    pointer = box((0.005, 0.012, 0.036), (0.0, 0.022, 0.0))
    knobs = [moved(join([knob, pointer]), (x * w, front, top - 0.08)) for x in (0.18, 0.36)]
    dials = join([with_mirror(join(knobs)), moved(join([knob, pointer]), (0.0, front, top - 0.08))])
    burners = with_mirror(join([moved(_burner(style), (w * 0.25, y, top)) for y in (0.13, -0.13)]))
    shape = join([painted(body, 1), painted(hob, 0), painted(panel, 0), painted(oven, 2), painted(handle, 0),
                  painted(dials, 2), painted(burners, 2)])  # fmt: skip
    x = w * 0.25
    frames = {
        **_tops(d, top + GRATE_M),
        "right_burner": place(-x, 0.13, top + GRATE_M),
        "left_burner": place(x, 0.13, top + GRATE_M),
        "right_back": place(-x, -0.13, top + GRATE_M),
        "left_back": place(x, -0.13, top + GRATE_M),
        "right_knob": place(-0.36 * w, front + 0.024, top - 0.08),
        "left_knob": place(0.36 * w, front + 0.024, top - 0.08),
    }
    materials = (
        Material("steel", plain(STEEL), 0.3, 0.7),
        Material("body", plain(color(spec, 0, WHITE)), 0.4),
        Material("black", plain(BLACK), 0.5),
    )
    return Solid(shape, materials, frames)


GRATE_M = 0.028


def _burner(style: str) -> Shape:
    """A burner's cap and the grate over it, on z = 0."""
    cap = lathe([(0.0, 0.0), (0.04, 0.0), (0.036, 0.014), (0.0, 0.014)], 16)
    if style == "iron":
        bars = [box((0.2, 0.009, 0.009), (0.0, 0.0, GRATE_M - 0.0045)), box((0.009, 0.2, 0.009), (0.0, 0.0, GRATE_M - 0.0045))]
    else:
        ring = 0.085 * np.stack([np.cos(a := np.linspace(0.0, 2 * np.pi, 17)), np.sin(a), 0.0 * a], -1)
        bars = [tube(ring + np.array([0.0, 0.0, GRATE_M - 0.005]), 0.005, 6)]
    feet = [box((0.009, 0.009, GRATE_M), (0.085 * x, 0.085 * y, GRATE_M / 2)) for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1))]
    return join([cap, *bars, *feet])


def basin(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Wash basin 0.56 m wide times `size` with a running tap, on a pedestal or a cupboard; the rim is under the elbow.

    `bowl`: middle of the hollow at the rim's height; `spout`: where the water leaves the tap.
    """
    top, w, d = worktop_height_m(skeleton) - 0.02, 0.56 * spec.size, 0.46
    wall = 0.045
    rim = [with_mirror(soft_box((wall, d, 0.14), 0.018, (w / 2 - wall / 2, 0.0, top - 0.07)))]
    rim += [
        soft_box((w - 0.02, depth, 0.14), 0.018, (0.0, y, top - 0.07))
        for y, depth in ((d / 2 - 0.024, 0.05), (-d / 2 + 0.05, 0.1))
    ]
    floor = soft_box((w - 0.04, d - 0.04, 0.03), 0.012, (0.0, 0.0, top - 0.135))
    drain = lathe([(0.0, 0.0), (0.02, 0.0), (0.018, 0.002), (0.0, 0.002)], 12)
    water = tube([(0.0, -d / 2 + 0.17, top - 0.12), (0.0, -d / 2 + 0.17, top), (0.0, -d / 2 + 0.17, top + 0.115)], 0.006, 8)
    spout = [(0.0, -d / 2 + 0.05, top - 0.01), (0.0, -d / 2 + 0.05, top + 0.10), (0.0, -d / 2 + 0.09, top + 0.15),
             (0.0, -d / 2 + 0.15, top + 0.15), (0.0, -d / 2 + 0.17, top + 0.115)]  # fmt: skip
    lever = tube([(0.0, -d / 2 + 0.05, top + 0.13), (0.0, -d / 2 + 0.03, top + 0.165), (0.0, -d / 2 - 0.0, top + 0.19)], 0.006, 6)
    taps = join([tube(spout, 0.012, 10), lever, moved(drain, (0.0, 0.02, top - 0.119))])
    if form(spec, "shape", BASINS) == "pedestal":
        under = lathe([(0.0, 0.0), (0.13, 0.0), (0.11, 0.04), (0.085, 0.3), (0.1, top - 0.15), (0.0, top - 0.15)], 20)
        below = painted(moved(under, (0.0, -0.06, 0.0)), 0)
    else:
        body, fronts = _cupboard(w * 0.94, d - 0.02, top - 0.14, "doors")
        below = join([body, fronts])
    materials = (
        Material("ceramic", plain(WHITE), 0.15),
        Material("fronts", plain(color(spec, 0, WHITE)), 0.45),
        Material("chrome", plain(STEEL), 0.15, 0.9),
        Material("water", plain((0.75, 0.86, 0.92)), 0.1),
    )
    frames = {**_tops(d, top), "bowl": place(0.0, 0.02, top), "spout": place(0.0, -d / 2 + 0.17, top + 0.11)}
    return Solid(join([painted(join([*rim, floor]), 0), painted(taps, 2), painted(water, 3), below]), materials, frames)


def cabinet(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Dresser, wardrobe or chest of drawers, its front towards +y; 0.8 m wide times `size`.

    `front`: middle of the front at the height of the shoulder, or of its upper half where it is lower; `top`.
    """
    style = form(spec, "shape", CABINETS)
    reach = shoulder_height_m(skeleton)
    h = {"dresser": 0.94, "wardrobe": 1.22, "drawers": 0.82}[style] * reach
    w, d = 0.8 * spec.size, 0.42
    body = _block((w, d - 0.02, h), (0.0, -0.01, h / 2))
    y, tall = d / 2 - 0.012, h - 0.14
    if style == "drawers":
        each = tall / 4
        fronts = join([_block((w - 0.05, 0.02, each - 0.014), (0.0, y, 0.09 + each * (k + 0.5))) for k in range(4)])
        knobs = with_mirror(join([box((0.03, 0.03, 0.018), (w * 0.25, y + 0.02, 0.09 + each * (k + 0.5))) for k in range(4)]))
    else:
        fronts = with_mirror(_block((w / 2 - 0.03, 0.02, tall), (w / 4 - 0.003, y, 0.09 + tall / 2)))
        middle = 0.09 + tall * (0.55 if style == "wardrobe" else 0.7)
        knobs = with_mirror(_bar((0.045, y, middle - 0.07), (0.045, y, middle + 0.07)))
    cap = soft_box((w + 0.03, d + 0.02, 0.03), 0.006, (0.0, 0.0, h + 0.015))
    shape = join([painted(body, 0), painted(fronts, 0), painted(knobs, 1), painted(cap, 0)])
    materials = (
        Material("wood", wooden(color(spec, 0, WOOD), spec.variant), 0.35),
        Material("handles", plain(color(spec, 1, STEEL)), 0.3),
    )
    high = min(0.92 * reach, h - 0.14 * reach)
    frames = {"front": place(0.0, d / 2 - 0.002, high), "top": place(0.0, 0.0, h + 0.03), "near": place(0.0, d / 2 + 0.01, h)}
    return Solid(shape, materials, frames)


KINDS: dict[str, Builder] = {"desk": desk, "table": table, "counter": counter, "stove": stove, "basin": basin, "cabinet": cabinet}
"""Kind -> builder; heights come from the body, `size` is a factor on the width."""

FORMS: Forms = {
    "desk": {"shape": DESKS},
    "table": {"shape": TABLES},
    "counter": {"shape": COUNTERS},
    "stove": {"shape": STOVES},
    "basin": {"shape": BASINS},
    "cabinet": {"shape": CABINETS},
}
"""Kind -> part -> its forms."""
