"""What people get about with, on or under: a cane, a wheelchair, a low bar on posts, a climbing wall."""

from __future__ import annotations

import numpy as np

from ..skeletons import JOINT
from ..values import Material, PropSpec, Skeleton
from .base import MIRROR, Builder, Forms, Solid, form, frame, seat_height_m
from .shapes import Shape, join, lathe, moved, painted, soft_box, tube, turn, with_mirror
from .textures import plain, speckled, wooden
from .vessels import color

UP = (0.0, 0.0, 1.0)
AHEAD = (0.0, -1.0, 0.0)
CANES = ("crook", "straight")
HEAD_JOINT = 0.93
"""Height of the joint of the head, in statures."""

RIM_INSIDE_M, WHEEL_OUT_M = 0.035, 0.29
"""How much less the radius of a wheelchair's push rim is than its wheel's, and how far from the middle the wheels are."""

FOOTREST_M, AXLE_M = 0.09, 0.06
"""Height of a wheelchair's footplates, and how far behind the seat's middle the axle is."""

HOLD_M, HOLD_ROWS, WALL_M = 0.29, 10, (2.2, 3.3)
"""Between a climbing wall's rows of holds, their number, and the wall's width and height."""


def _stature_m(skeleton: Skeleton) -> float:
    """From the soles to the crown."""
    heel = skeleton.landmarks["right_heel"]
    head = float(skeleton.joints_m[JOINT["head"]][1])
    return (head - float(skeleton.joints_m[heel.joint][1] + heel.offset_m[1])) / HEAD_JOINT


def walking_cane(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A cane along z, as long as its owner's wrist is high; the origin is the middle of its handle, which lies along y.

    `grip`: a palm on the handle, fingers ahead (-y); `tip`: the rubber foot, z up the cane.
    """
    s = spec.size
    long = 0.555 * _stature_m(skeleton) * s
    if form(spec, "handle", CANES) == "crook":
        bow = np.linspace(0.0, np.pi, 9)
        path = [(0.0, -0.05 * np.cos(a) - 0.0, 0.05 * np.sin(a) - 0.03) for a in bow]
        handle = tube([(0.0, -0.05, -0.06), *path, (0.0, 0.05, -0.045)], 0.011, 10)
        top, palm = -0.05, 0.031
    else:
        handle = soft_box((0.026, 0.12, 0.026), 0.011, (0.0, 0.015, 0.0), steps=3)
        top, palm = 0.0, 0.013
    stick = tube([(0.0, top, -0.02), (0.0, 0.6 * top, -0.25 * long), (0.0, 0.0, -long + 0.03)], 0.0105, 10)
    foot = lathe([(0.0, -long), (0.017, -long), (0.016, -long + 0.045), (0.0, -long + 0.045)], 12)
    materials = (
        Material("cane", wooden(color(spec, 0, (0.30, 0.17, 0.09)), 51), 0.4),
        Material("rubber", plain((0.08, 0.08, 0.085)), 0.9),
    )
    frames = {
        "grip": frame((0.0, 0.0, palm), y=AHEAD, z=(0.0, 0.0, -1.0)),
        "tip": frame((0.0, 0.0, -long), y=AHEAD, z=UP),
    }
    return Solid(join([painted(join([handle, stick]), 0), painted(foot, 1)]), materials, frames)


def wheel_radius_m(skeleton: Skeleton) -> float:
    """Radius of the wheels of this sitter's wheelchair."""
    return max(0.30, 0.5 * (seat_height_m(skeleton) + FOOTREST_M + 0.10))


def wheelchair_wheel(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A wheel of this sitter's wheelchair about its hub, the axle along x: a tyre and five broad spokes."""
    radius = wheel_radius_m(skeleton)
    ring = [(radius - 0.03, -0.012), (radius, -0.012), (radius, 0.012), (radius - 0.03, 0.012), (radius - 0.03, -0.012)]
    tyre = moved(lathe(ring, 20), (0.0, 0.0, 0.0), turn("y", np.pi / 2))
    spokes = [
        tube(np.outer([0.0, radius - 0.025], [0.0, np.cos(a), np.sin(a)]), 0.013, 6)
        for a in np.linspace(0.2, 2.0 * np.pi + 0.2, 6)[:-1]
    ]
    materials = (Material("tyre", plain((0.07, 0.07, 0.08)), 0.9), Material("spokes", plain((0.74, 0.75, 0.77)), 0.25))
    frames = {"hub": frame((0.0, 0.0, 0.0), y=AHEAD, z=UP)}
    return Solid(join([painted(tyre, 0), painted(join(spokes), 1)]), materials, frames)


def _rim_and_caster(wheel: float, caster_at: tuple[float, float]) -> tuple[Shape, Shape]:
    """The left push rim, and the left caster at (out, back) of the seat's middle."""
    rim_m = wheel - RIM_INSIDE_M
    upright = turn("y", np.pi / 2)
    rim = moved(
        lathe(
            [
                (rim_m - 0.009, -0.008),
                (rim_m + 0.009, -0.008),
                (rim_m + 0.009, 0.008),
                (rim_m - 0.009, 0.008),
                (rim_m - 0.009, -0.008),
            ],
            18,
        ),
        (WHEEL_OUT_M + 0.035, AXLE_M, wheel),
        upright,
    )
    caster = moved(lathe([(0.0, -0.014), (0.075, -0.014), (0.075, 0.014), (0.0, 0.014)], 16), (*caster_at, 0.075), upright)
    return rim, caster


def wheelchair(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A wheelchair for this sitter, but for its wheels, on the floor under the middle of its seat, looking ahead (-y).

    `seat`: the top, z up; `back`: the backrest's front; `hub_right`, `hub_left`: the wheels' axles; `feet`: the footplates.
    """
    seat = seat_height_m(skeleton) + FOOTREST_M
    wheel = wheel_radius_m(skeleton)
    deep, half = 0.42, WHEEL_OUT_M - 0.06
    front, back = -0.5 * deep, 0.5 * deep
    pads = [
        soft_box((2.0 * half, deep, 0.05), 0.02, (0, 0, seat - 0.025)),
        soft_box((2.0 * half, 0.04, 0.36), 0.018, (0, back + 0.01, seat + 0.30)),
    ]
    pipe = with_mirror(
        join(
            [
                tube([(half, back + 0.12, seat + 0.52), (half, back + 0.03, seat + 0.52), (half, back + 0.03, 0.24)], 0.012, 6),
                tube(
                    [(half, back + 0.03, seat - 0.03), (half, front, seat - 0.03), (half, front - 0.09, FOOTREST_M + 0.03)],
                    0.012,
                    6,
                ),
                tube([(half, back + 0.03, 0.24), (half, front + 0.06, 0.24), (half, front, seat - 0.03)], 0.012, 6),
                tube([(half, back, seat + 0.20), (half, front + 0.14, seat + 0.20), (half, front + 0.12, seat - 0.02)], 0.011, 8),
                tube([(half, front + 0.06, 0.24), (half, front + 0.04, 0.11)], 0.012, 6),
            ]
        )
    )
    rests = with_mirror(soft_box((0.15, 0.17, 0.018), 0.007, (0.10, front - 0.16, FOOTREST_M - 0.009), steps=1))
    arms = with_mirror(soft_box((0.05, 0.24, 0.03), 0.012, (half, 0.5 * (back + front + 0.14), seat + 0.215), steps=1))
    rim, caster = _rim_and_caster(wheel, (half, front + 0.02))
    materials = (
        Material("frame", plain(color(spec, 0, (0.18, 0.20, 0.45))), 0.3),
        Material("cloth", plain((0.07, 0.07, 0.08)), 0.9),
        Material("steel", plain((0.74, 0.75, 0.77)), 0.25),
    )
    right = frame((-WHEEL_OUT_M - 0.035, AXLE_M, wheel), y=AHEAD, z=UP)
    frames = {
        "seat": frame((0.0, 0.0, seat), y=AHEAD, z=UP),
        "back": frame((0.0, back - 0.01, seat + 0.30), y=AHEAD, z=UP),
        "hub_right": right,
        "hub_left": MIRROR @ right @ MIRROR,
        "feet": frame((0.0, front - 0.14, FOOTREST_M), y=AHEAD, z=UP),
    }
    shape = join(
        [
            painted(pipe, 0),
            painted(join([*pads, rests, arms, with_mirror(caster)]), 1),
            painted(with_mirror(rim), 2),
        ]
    )
    return Solid(shape, materials, frames)


def low_bar(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A bar on two posts, about chest-high for whoever goes under it; it lies along x, on the floor under its middle.
    `bar`: z up."""
    high = 0.70 * _stature_m(skeleton) * spec.size
    bar = tube([(-0.85, 0, high), (0.0, 0, high), (0.85, 0, high)], 0.025, 12)
    posts = with_mirror(
        join([tube([(0.75, 0, 0.02), (0.75, 0, high + 0.15)], 0.03, 10), soft_box((0.34, 0.34, 0.03), 0.01, (0.75, 0, 0.015))])
    )
    materials = (
        Material("bar", plain(color(spec, 0, (0.85, 0.20, 0.12))), 0.4),
        Material("posts", plain((0.35, 0.36, 0.38)), 0.5),
    )
    return Solid(join([painted(bar, 0), painted(posts, 1)]), materials, {"bar": frame((0, 0, high), y=AHEAD, z=UP)})


def hold_at(row: int) -> tuple[float, float]:
    """(out, up) metres of the hold number `row` (1 ...) on either side of a climbing wall."""
    return 0.20 + 0.05 * ((row * 5) % 3 - 1), HOLD_M * row


def climbing_wall(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """An upright wall with rows of holds, on the floor under its front, which faces +y. `front`: its middle at the floor,
    y out of it."""
    wide, high = WALL_M
    panel = soft_box((wide, 0.12, high), 0.01, (0.0, -0.06, 0.5 * high))
    holds = []
    lump = lathe([(0.0, -0.055), (0.035, -0.045), (0.055, 0.0), (0.035, 0.04), (0.0, 0.05)], 10)
    for row in range(1, HOLD_ROWS + 1):
        out, up = hold_at(row)
        holds.append(moved(lump, (out, 0.025, up - 0.02)))
        holds.append(moved(lump, (0.62 + 0.12 * ((row * 7) % 4) - 0.1, 0.025, up + 0.11)))
    materials = (
        Material("panel", speckled((0.62, 0.60, 0.57), 0.06, 61), 0.8),
        Material("holds", plain(color(spec, 0, (0.85, 0.25, 0.15))), 0.6),
    )
    shape = join([painted(panel, 0), painted(with_mirror(join(holds)), 1)])
    return Solid(shape, materials, {"front": frame((0.0, 0.0, 0.0), y=(0.0, 1.0, 0.0), z=UP)})


KINDS: dict[str, Builder] = {
    "walking_cane": walking_cane,
    "wheelchair": wheelchair,
    "wheelchair_wheel": wheelchair_wheel,
    "low_bar": low_bar,
    "climbing_wall": climbing_wall,
}

FORMS: Forms = {"walking_cane": {"handle": CANES}}
