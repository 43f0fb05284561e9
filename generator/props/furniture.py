"""Things that stand on the floor and carry a person, fitted to the sitter's shins: chair, stool, bench, bed, mat."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..values import Array, Material, PropSpec, Skeleton
from .base import Builder, Forms, Solid, form, frame, seat_height_m
from .shapes import Shape, box, join, lathe, metric_uv, moved, painted, soft_box, tube, turn, with_mirror
from .textures import plain, speckled, wooden
from .vessels import WHITE, color

UP = (0.0, 0.0, 1.0)
WOOD = (0.55, 0.36, 0.2)

CHAIRS = ("slatted", "panelled", "padded", "splayed")
"""Of wood with a slatted or a solid back; dark with a padded shell, its legs upright or splayed."""

STOOLS = ("round", "square")
BENCHES = ("open", "backed")


def seat_frames(height: float, center_y: float, front_y: float) -> dict[str, Array]:
    """`seat`: where the buttocks rest, z up, y backwards; `front`: middle of the seat's front edge, same axes."""
    return {
        "seat": frame((0.0, center_y, height), y=(0, 1, 0), z=UP),
        "front": frame((0.0, front_y, height), y=(0, 1, 0), z=UP),
        "left_edge": frame((0.2, center_y, height), y=(0, 1, 0), z=UP),
        "right_edge": frame((-0.2, center_y, height), y=(0, 1, 0), z=UP),
    }


def back_frame(y: float, z: float) -> Array:
    """A point of a backrest's front: z out of it towards the sitter's back (-y), y up."""
    return frame((0.0, y, z), y=UP, z=(0, -1, 0))


def chair(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Chair with four legs and a back: slats, a solid panel, or a padded shell. The seat is 0.43 x 0.43 m.

    `size` widens it; the seat's height comes from the sitter. It faces -y; the seat's middle is over the origin.
    """
    height = seat_height_m(skeleton)
    w, d = 0.43 * spec.size, 0.43
    style = form(spec, "shape", CHAIRS)
    wood = style in ("slatted", "panelled")
    thick = 0.05 if style == "padded" else 0.03
    if style == "padded":
        seat = soft_box((w, d, thick), 0.02, (0.0, 0.0, height - thick / 2))
    else:
        seat = soft_box((w, d, thick), 0.008, (0.0, 0.0, height - thick / 2))
    legs = _legs(w * 0.44, d * 0.43, height - thick, round_legs=style != "panelled", splay=0.04 if style == "splayed" else 0.0)
    back, front_y = _back(style, w, d, height)
    materials = (
        Material("frame", wooden(color(spec, 0, WOOD), spec.variant), 0.45)
        if wood
        else Material("frame", plain(color(spec, 0, (0.12, 0.12, 0.13))), 0.4),
        Material("seat", speckled(color(spec, 1, (0.5, 0.2, 0.15)), 0.05, spec.variant), 0.7),
    )
    seat_material = 0 if wood else 1
    frames = seat_frames(height, 0.02, -d / 2)
    frames["back"] = back_frame(front_y, height + 0.28)
    return Solid(join([painted(seat, seat_material), legs, back]), materials, frames)


def _legs(x: float, y: float, height: float, *, round_legs: bool, splay: float) -> Shape:
    """Four legs down from (+-x, +-y, height), material 0."""
    shapes = []
    for sign in (-1.0, 1.0):
        top, foot = (x, sign * y, height), (x + splay, sign * (y + splay), 0.0)
        middle = tuple(0.5 * (a + b) for a, b in zip(top, foot, strict=True))
        if round_legs:
            shapes.append(tube([foot, middle, top], [0.013, 0.016, 0.018], 10))
        else:
            shapes.append(metric_uv(box((0.038, 0.038, height), middle), 0.4))
    legs = join(shapes)
    # The ends of splayed legs are cut level with the floor.
    grounded = replace(legs, vertices=np.maximum(legs.vertices, (-np.inf, -np.inf, 0.0)))
    return painted(with_mirror(grounded), 0)


def _back(style: str, w: float, d: float, height: float) -> tuple[Shape, float]:
    """Backrest and the y of its front face at chest height; it leans back by 8 degrees."""
    lean = turn("x", -np.deg2rad(8.0))
    rise = 0.44
    foot = (0.0, d / 2 - 0.02, height)
    posts = with_mirror(tube([(w * 0.44, 0.0, -0.02), (w * 0.44, 0.0, rise * 0.5), (w * 0.44, 0.0, rise)], 0.016, 10))
    if style == "slatted":
        slats = [soft_box((w * 0.86, 0.016, 0.065), 0.006, (0.0, 0.0, z)) for z in (0.16, 0.28, 0.40)]
        shape = painted(join([posts, *slats]), 0)
    elif style == "panelled":
        panel = soft_box((w * 0.98, 0.022, 0.30), 0.009, (0.0, 0.0, 0.29))
        shape = painted(join([posts, panel]), 0)
    else:
        pad = soft_box((w * 0.96, 0.045, 0.36), 0.02, (0.0, 0.0, 0.27), steps=3)
        shape = join([painted(posts, 0), painted(pad, 1)])
    front = d / 2 - 0.02 + 0.28 * np.sin(np.deg2rad(8.0)) - 0.022
    return moved(shape, foot, lean), float(front)


def stool(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Round or square stool without back; the seat is 0.34 m across times `size`."""
    height = seat_height_m(skeleton)
    radius = 0.17 * spec.size
    if form(spec, "shape", STOOLS) == "square":
        seat = soft_box((2 * radius, 2 * radius, 0.05), 0.018, (0.0, 0.0, height - 0.025))
    else:
        edge = [(0.0, height - 0.04), (radius - 0.01, height - 0.04), (radius, height - 0.028), (radius, height - 0.01),
                (radius - 0.012, height), (0.0, height)]  # fmt: skip
        seat = lathe(edge, 32)
    legs = _legs(radius * 0.62, radius * 0.62, height - 0.04, round_legs=True, splay=0.05)
    materials = (
        Material("frame", wooden(color(spec, 0, WOOD), spec.variant), 0.5),
        Material("seat", speckled(color(spec, 1, (0.2, 0.22, 0.25)), 0.05, spec.variant), 0.6),
    )
    return Solid(join([painted(seat, 1), legs]), materials, seat_frames(height, 0.0, -radius))


def bench(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Slatted bench 1.3 m long (along x) times `size`, with or without a back."""
    height = seat_height_m(skeleton)
    length = 1.3 * spec.size
    slats = [metric_uv(box((length, 0.085, 0.028), (0.0, y, height - 0.014)), 0.6) for y in (-0.15, -0.05, 0.05, 0.15)]
    rail = with_mirror(box((0.05, 0.36, 0.04), (length * 0.4, 0.0, height - 0.048)))
    legs = _legs(length * 0.4, 0.15, height - 0.06, round_legs=False, splay=0.0)
    frames = seat_frames(height, 0.0, -0.19)
    shapes = [painted(join(slats), 0), painted(rail, 1), painted(legs, 1)]
    if form(spec, "shape", BENCHES) == "backed":
        boards = [moved(metric_uv(box((length, 0.024, 0.09)), 0.6), (0.0, 0.0, z)) for z in (0.16, 0.28, 0.40)]
        posts = with_mirror(box((0.05, 0.03, 0.48), (length * 0.4, 0.027, 0.22)))
        back = join([painted(join(boards), 0), painted(posts, 1)])
        shapes.append(moved(back, (0.0, 0.2, height), turn("x", -np.deg2rad(10.0))))
        frames["back"] = back_frame(0.2 + 0.28 * np.sin(np.deg2rad(10.0)) - 0.012, height + 0.28)
    materials = (
        Material("boards", wooden(color(spec, 0, WOOD), spec.variant), 0.6),
        Material("iron", plain(color(spec, 1, (0.13, 0.14, 0.14))), 0.5),
    )
    return Solid(join(shapes), materials, frames)


def bed(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Bed 1.0 x 2.05 m, the head end at +y with bars and a pillow; its top is as high as a seat. `size` widens it."""
    height = seat_height_m(skeleton)
    w, d, mattress = 1.0 * spec.size, 2.05, 0.2
    base = metric_uv(box((w + 0.06, d + 0.06, 0.12), (0.0, 0.0, height - mattress - 0.06)), 0.8)
    legs = _legs(w * 0.46, d * 0.46, height - mattress - 0.12, round_legs=False, splay=0.0)
    pad = soft_box((w, d, mattress), 0.05, (0.0, 0.0, height - mattress / 2), steps=3)
    cover = soft_box(
        (w + 0.012, d * 0.3, mattress * 0.9),
        0.05,
        (0.0, -d * 0.351, height - mattress * 0.45 + 0.004),
        steps=3,
    )
    pillow = soft_box((w * 0.62, 0.36, 0.10), 0.049, (0.0, d / 2 - 0.21, height + 0.035), steps=4)
    materials = (
        Material("frame", wooden(color(spec, 0, WOOD), spec.variant), 0.5),
        Material("sheet", plain(color(spec, 1, WHITE)), 0.9),
        Material("cover", speckled(color(spec, 2, (0.3, 0.4, 0.55)), 0.05, spec.variant), 0.95),
        Material("pillow", plain(WHITE), 0.9),
    )
    shape = join([painted(base, 0), legs, _bars(w, d / 2 + 0.05, height), painted(pad, 1), painted(cover, 2), painted(pillow, 3)])
    frames = {
        "top": frame((0.0, 0.0, height), y=(0, 1, 0), z=UP),
        "pillow": frame((0.0, d / 2 - 0.21, height + 0.085), y=(0, 1, 0), z=UP),
        "seat": frame((-w / 2 + 0.22, 0.0, height), y=(1, 0, 0), z=UP),
    }
    return Solid(shape, materials, frames)


def _bars(width: float, y: float, height: float) -> Shape:
    """Head end of a bed: two posts, two rails and bars to see a sleeper through (a board would hide all of them)."""
    top, low = height + 0.33, height - 0.1
    posts = with_mirror(box((0.045, 0.045, top + 0.04), (width / 2 + 0.01, y, (top + 0.04) / 2)))
    rails = [box((width, 0.028, 0.045), (0.0, y, z)) for z in (low, top)]
    n = int(width // 0.13)
    bars = [box((0.022, 0.018, top - low), (width * ((k + 0.5) / n - 0.5), y, 0.5 * (low + top))) for k in range(n)]
    return painted(metric_uv(join([posts, *rails, *bars]), 0.8), 0)


def mat(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Exercise mat 0.7 x 1.9 m times `size`, 12 mm thick, long along y; `top` is its middle."""
    w, d, thick = 0.70 * spec.size, 1.90 * spec.size, 0.012
    shape = soft_box((w, d, thick), 0.005, (0.0, 0.0, thick / 2))
    material = Material("mat", speckled(color(spec, 0, (0.25, 0.5, 0.5)), 0.05, spec.variant), 0.9)
    return Solid(painted(shape, 0), (material,), {"top": frame((0.0, 0.0, thick), y=(0, 1, 0), z=UP)})


KINDS: dict[str, Builder] = {"chair": chair, "stool": stool, "bench": bench, "bed": bed, "mat": mat}
"""Kind -> builder; seats take their height from the sitter, `size` is a factor on the width (mat: on both sides)."""

FORMS: Forms = {"chair": {"shape": CHAIRS}, "stool": {"shape": STOOLS}, "bench": {"shape": BENCHES}}
"""Kind -> part -> its forms."""
