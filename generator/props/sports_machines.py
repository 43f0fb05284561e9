"""What people ride, row and climb, fitted to whoever uses it: bicycle on a stand, ergometer, skateboard, ladder, stairs."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from ..skeletons import JOINT
from ..values import Array, Material, PropSpec, Skeleton
from .base import Builder, Forms, Solid, form, frame, knee_height_m
from .shapes import Shape, box, join, lathe, metric_uv, moved, painted, soft_box, tube, turn, with_mirror
from .textures import plain, speckled, wooden
from .vessels import color

UP = (0.0, 0.0, 1.0)

CRANK_M, CRANK_OUT_M = 0.16, 0.10
"""Length of a crank, and how far from the middle a pedal's crank is."""

CRANK_AXIS_M = 0.31
"""Height of the cranks' axis."""

RUNG_M, LADDER_RUNGS, LADDER_LEAN_RAD = 0.27, 8, 0.26
"""Between rungs, their number, and how far a ladder leans ahead."""

STEP_RISE_M, STEP_TREAD_M, N_STEPS = 0.165, 0.29, 4
PLATE_RAD = 0.75
"""How steep an ergometer's footplates are."""

BOARDS = ("popsicle", "cruiser")
ERGOMETERS = ("round", "square")


def leg_m(skeleton: Skeleton) -> float:
    """Hip to ankle."""
    joints = skeleton.joints_m
    chain = [JOINT[f"right_{name}"] for name in ("hip", "knee", "ankle")]
    return float(sum(np.linalg.norm(joints[b] - joints[a]) for a, b in pairwise(chain)))


def exercise_bike(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A bicycle that stands, for this leg: saddle, bar, flywheel ahead (-y), the cranks' axis over the origin.

    `saddle`: where its middle carries; `bar_right`, `bar_left`: palms over the bar, fingers forward; `axis`: of the cranks.
    """
    leg = leg_m(skeleton)
    saddle = np.array([0.0, 0.30 * leg, CRANK_AXIS_M + 0.80 * leg])
    bar = np.array([0.0, saddle[1] - 0.74 * leg, saddle[2] + 0.10 * leg])
    axis = np.array([0.0, 0.0, CRANK_AXIS_M])
    head = np.array([0.0, bar[1] - 0.02, bar[2] - 0.16])
    front = np.array([0.0, head[1] - 0.12, 0.05])
    rear, drop = np.array([0.0, 0.40, 0.05]), np.array([0.0, 0.0, 0.05])
    ends = ((axis, saddle - drop), (axis, head), (head - 2.4 * drop, bar), (axis, rear), (head - drop, front), (rear, front))
    pipes = [tube(np.stack(pair), 0.022, 10) for pair in ends]
    feet = [tube([(-0.27, y, 0.03), (0.0, y, 0.03), (0.27, y, 0.03)], 0.03, 10) for y in (0.42, head[1] - 0.12)]
    grips = with_mirror(tube([(0.0, bar[1], bar[2]), (0.20, bar[1], bar[2]), (0.24, bar[1] - 0.10, bar[2] + 0.01)], 0.014, 8))
    wheel = moved(lathe([(0.0, -0.012), (0.21, -0.02), (0.23, -0.02), (0.23, 0.02), (0.21, 0.02), (0.0, 0.012)], 28),
                  (0.0, head[1] + 0.02, 0.33), turn("y", np.pi / 2))  # fmt: skip
    pad = soft_box((0.17, 0.25, 0.06), 0.028, (0.0, saddle[1] + 0.02, saddle[2] - 0.03), steps=3)
    materials = (
        Material("frame", plain(color(spec, 0, (0.15, 0.15, 0.17))), 0.35),
        Material("rubber", plain((0.06, 0.06, 0.065)), 0.85),
        Material("wheel", plain(color(spec, 1, (0.5, 0.52, 0.55))), 0.3),
    )
    right = frame((-0.20, bar[1], bar[2] + 0.014), y=(0.0, -1.0, 0.0), z=(0.0, 0.0, -1.0))
    frames = {
        "saddle": frame(saddle, y=(0, 1, 0), z=UP),
        "axis": frame(axis, y=UP, z=(1, 0, 0)),
        "bar_right": right,
        "bar_left": np.diag([-1.0, 1.0, 1.0, 1.0]) @ right @ np.diag([-1.0, 1.0, 1.0, 1.0]),
    }
    shape = join([painted(join([*pipes, *feet]), 0), painted(join([grips, pad]), 1), painted(wheel, 2)])
    return Solid(shape, materials, frames)


def crank(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A crank from its `axis` (the origin, z along x) down to its `pedal`."""
    arm = tube([(0, 0, 0.02), (0, 0, -CRANK_M)], 0.012, 8)
    material = Material("steel", plain((0.6, 0.61, 0.63)), 0.3)
    frames = {"axis": frame((0, 0, 0), y=UP, z=(1, 0, 0)), "pedal": frame((0, 0, -CRANK_M), y=UP, z=(1, 0, 0))}
    return Solid(painted(arm, 0), (material,), frames)


def pedal(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A flat pedal, the middle of its top at the origin."""
    shape = painted(soft_box((0.10, 0.09, 0.02), 0.006, (0, 0, -0.012)), 0)
    return Solid(shape, (Material("pedal", plain((0.08, 0.08, 0.09)), 0.6),), {"top": frame((0, 0, 0), y=(0, 1, 0), z=UP)})


def ergometer(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A rowing machine: the rail behind (+y) the footplates, the fan ahead (-y); `rowing_seat` slides on it.

    `foot_right`, `foot_left`: heels on the sloping plates; `rail`: top of the rail at the plates; `fan`: a mast's foot.
    """
    length = 0.45 + 1.15 * leg_m(skeleton)
    rail = metric_uv(box((0.07, length + 0.5, 0.06), (0.0, 0.5 * length - 0.25, 0.27)), 0.5)
    legs = [tube([(-0.22, y, 0.02), (0.0, y, 0.02), (0.22, y, 0.02)], 0.02, 8) for y in (length - 0.1, -0.85)]
    posts = [
        tube([(0, length - 0.1, 0.03), (0, length - 0.1, 0.26)], 0.022, 8),
        tube([(0, -0.85, 0.03), (0, -0.6, 0.30)], 0.022, 8),
    ]
    if form(spec, "cage", ERGOMETERS) == "round":
        fan = moved(
            lathe([(0.0, -0.06), (0.22, -0.06), (0.24, 0.0), (0.22, 0.06), (0.0, 0.06)], 28),
            (0, -0.74, 0.44),
            turn("y", np.pi / 2),
        )
    else:
        fan = soft_box((0.14, 0.42, 0.40), 0.04, (0.0, -0.76, 0.44))
    plates = with_mirror(moved(soft_box((0.11, 0.30, 0.02), 0.006), (0.10, -0.17, 0.36), turn("x", -PLATE_RAD)))
    screen = moved(soft_box((0.20, 0.03, 0.15), 0.01), (0.0, -0.60, 0.86), turn("x", 0.35))
    mast = tube([(0, -0.72, 0.50), (0, -0.60, 0.82)], 0.016, 8)
    materials = (
        Material("rail", plain((0.62, 0.63, 0.66)), 0.3),
        Material("fan", plain(color(spec, 0, (0.12, 0.12, 0.14))), 0.5),
        Material("plates", plain((0.09, 0.09, 0.1)), 0.8),
    )
    c, s = float(np.cos(PLATE_RAD)), float(np.sin(PLATE_RAD))
    right = frame((-0.10, -0.075, 0.265), y=(0.0, -c, s), z=(0.0, s, c))
    frames = {
        "foot_right": right,
        "foot_left": np.diag([-1.0, 1.0, 1.0, 1.0]) @ right @ np.diag([-1.0, 1.0, 1.0, 1.0]),
        "rail": frame((0.0, 0.0, 0.30), y=(0, 1, 0), z=UP),
        "fan": frame((0.0, -0.54, 0.55), y=(0, 1, 0), z=UP),
    }
    shape = join([painted(join([rail, *legs, *posts]), 0), painted(join([fan, mast]), 1), painted(join([plates, screen]), 2)])
    return Solid(shape, materials, frames)


def rowing_seat(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """The seat that slides on an ergometer's rail (at the origin); `top`: the middle of its top, 0.11 m higher."""
    pad = painted(soft_box((0.32, 0.25, 0.05), 0.022, (0.0, 0.0, 0.085), steps=3), 0)
    carriage = painted(box((0.10, 0.16, 0.06), (0.0, 0.0, 0.03)), 1)
    materials = (Material("pad", plain((0.08, 0.08, 0.09)), 0.8), Material("carriage", plain((0.3, 0.3, 0.32)), 0.5))
    return Solid(join([pad, carriage]), materials, {"top": frame((0, 0, 0.11), y=(0, 1, 0), z=UP)})


def rowing_handle(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A bar along x that is rowed with; `right`, `left`: palms over it, fingers forward and down; `middle`."""
    bar = painted(tube([(-0.25, 0.015, 0), (-0.1, 0, 0), (0.1, 0, 0), (0.25, 0.015, 0)], 0.016, 10), 0)
    right = frame((-0.15, 0.003, 0.016), y=(0.0, -1.0, 0.0), z=(0.0, 0.0, -1.0))
    frames = {
        "right": right,
        "left": np.diag([-1.0, 1.0, 1.0, 1.0]) @ right @ np.diag([-1.0, 1.0, 1.0, 1.0]),
        "middle": frame((0, 0, 0), y=(0, 1, 0), z=UP),
    }
    return Solid(bar, (Material("handle", wooden(color(spec, 0, (0.5, 0.35, 0.2)), spec.variant), 0.6),), frames)


def rowing_chain(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Half a metre of chain along z, from the origin to `end`; it is drawn out of the ergometer as long as it has to be."""
    chain = painted(tube([(0, 0, 0), (0, 0, 0.5)], 0.006, 6), 0)
    return Solid(
        chain, (Material("chain", plain((0.55, 0.56, 0.58)), 0.35, 0.8),), {"end": frame((0, 0, 0.5), y=(0, 1, 0), z=UP)}
    )


def skateboard(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A board 0.8 m long along y on four wheels; `deck`: the middle of its top, 0.105 m up."""
    s = spec.size
    width = 0.21 if form(spec, "shape", BOARDS) == "popsicle" else 0.24
    y = np.array([-0.40, -0.36, -0.28, 0.28, 0.36, 0.40]) * s
    z = np.array([0.055, 0.030, 0.0, 0.0, 0.030, 0.055]) * s
    half = 0.5 * width * np.array([0.55, 0.88, 1.0, 1.0, 0.88, 0.55]) * s
    deck = painted(_plank(y, z + 0.095, half, 0.012), 0)
    trucks = [painted(box((0.14 * s, 0.05, 0.03), (0.0, at * s, 0.066)), 1) for at in (-0.22, 0.22)]
    tyre = lathe([(0.0, -0.017), (0.027, -0.017), (0.027, 0.017), (0.0, 0.017)], 16)
    wheels = [painted(with_mirror(moved(tyre, (0.085 * s, at * s, 0.027), turn("y", np.pi / 2))), 2) for at in (-0.22, 0.22)]
    materials = (
        Material("deck", speckled(color(spec, 0, (0.15, 0.15, 0.16)), 0.05, spec.variant), 0.85),
        Material("trucks", plain((0.6, 0.61, 0.63)), 0.35),
        Material("wheels", plain(color(spec, 1, (0.9, 0.88, 0.8))), 0.5),
    )
    return Solid(join([deck, *trucks, *wheels]), materials, {"deck": frame((0, 0, 0.107), y=(0, 1, 0), z=UP)})


def _plank(y: Array, z: Array, half: Array, thick: float) -> Shape:
    """A bent board along y: closed, its width 2 `half` at each y, its lower side at z."""
    n = len(y)
    corners = np.stack([np.stack([-half, y, z], -1), np.stack([half, y, z], -1), np.stack([half, y, z + thick], -1),
                        np.stack([-half, y, z + thick], -1)], 1).reshape(-1, 3)  # fmt: skip
    faces = []
    for k in range(n - 1):
        for c in range(4):
            a, b = 4 * k + c, 4 * k + (c + 1) % 4
            faces += [[a, b + 4, b], [a, a + 4, b + 4]]
    faces += [[0, 1, 2], [0, 2, 3], [4 * n - 4, 4 * n - 2, 4 * n - 3], [4 * n - 4, 4 * n - 1, 4 * n - 2]]
    table = np.array(faces)
    shape = Shape(corners, table, np.zeros((len(table), 3, 2)), np.zeros(len(table), dtype=int))
    return metric_uv(shape, 0.5)


def ladder(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A double ladder: its rungs lean ahead (-y) from the floor at the origin, and a second half stands behind the top.

    `rung_1` ...: the middle of each rung's top.
    """
    lean, n = np.array([0.0, -np.sin(LADDER_LEAN_RAD), np.cos(LADDER_LEAN_RAD)]), LADDER_RUNGS
    top = lean * RUNG_M * (n + 0.35)
    half = 0.22 * spec.size
    rail = with_mirror(tube([(half + 0.03, 0, 0), (half, *top[1:])], 0.024, 8))
    far = with_mirror(tube([(half + 0.05, 2.0 * top[1], 0), (half - 0.03, *top[1:])], 0.018, 8))
    rungs = [
        tube([(-half - 0.02, *(lean * RUNG_M * k)[1:]), (half + 0.02, *(lean * RUNG_M * k)[1:])], 0.018, 10)
        for k in range(1, n + 1)
    ]
    struts = [tube([(-half, 1.5 * top[1], z), (half, 1.5 * top[1], z)], 0.012, 6) for z in (0.5 * top[2],)]
    materials = (
        Material("rails", plain(color(spec, 0, (0.65, 0.66, 0.68))), 0.35)
        if spec.variant % 2
        else Material("rails", wooden((0.6, 0.42, 0.25), spec.variant), 0.6),
        Material("rungs", plain((0.62, 0.63, 0.65)), 0.4)
        if spec.variant % 2
        else Material("rungs", wooden((0.55, 0.38, 0.22), spec.variant), 0.6),
    )
    frames = {f"rung_{k}": frame(lean * RUNG_M * k + (0, 0, 0.018), y=(0, 1, 0), z=UP) for k in range(1, n + 1)}
    return Solid(join([painted(join([rail, far, *struts]), 0), painted(join(rungs), 1)]), materials, frames)


def stairs(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Four steps up ahead (-y) and a landing; the first riser is over the origin. `step_1` ...: the middle of each tread.

    A rise is a third of the user's knee height at most, so that short people climb it as tall ones do.
    """
    rise, width = step_rise_m(skeleton), 0.95 * spec.size
    depths = [STEP_TREAD_M] * (N_STEPS - 1) + [0.75]
    solids, y, frames = [], 0.0, {}
    for k, depth in enumerate(depths, 1):
        solids.append(
            painted(metric_uv(box((width, depth, rise * k - 0.03), (0.0, y - 0.5 * depth, 0.5 * (rise * k - 0.03))), 0.8), 0)
        )
        solids.append(
            painted(metric_uv(box((width + 0.03, depth + 0.02, 0.03), (0.0, y - 0.5 * depth + 0.01, rise * k - 0.015)), 0.8), 1)
        )
        frames[f"step_{k}"] = frame((0.0, y - 0.5 * depth, rise * k), y=(0, 1, 0), z=UP)
        y -= depth
    materials = (
        Material("risers", plain(color(spec, 0, (0.8, 0.79, 0.76))), 0.7),
        Material("treads", wooden(color(spec, 1, (0.5, 0.34, 0.2)), spec.variant), 0.5),
    )
    return Solid(join(solids), materials, frames)


def step_rise_m(skeleton: Skeleton) -> float:
    """Height of one of `stairs`' steps."""
    return min(STEP_RISE_M, 0.36 * knee_height_m(skeleton))


KINDS: dict[str, Builder] = {
    "exercise_bike": exercise_bike, "crank": crank, "pedal": pedal, "ergometer": ergometer, "rowing_seat": rowing_seat,
    "rowing_handle": rowing_handle,
    "rowing_chain": rowing_chain, "skateboard": skateboard, "ladder": ladder, "stairs": stairs,
}  # fmt: skip
"""Kind -> builder; `size` is a factor on widths."""

FORMS: Forms = {"ergometer": {"cage": ERGOMETERS}, "skateboard": {"shape": BOARDS}}
