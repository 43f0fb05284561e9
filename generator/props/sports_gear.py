"""What sports are played with: balls as each game has them, racket, foil, bow with string and arrow, punching bag."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np

from ..skeletons import JOINT
from ..values import Array, Material, PropSpec, Rgb, Skeleton
from .base import Builder, Forms, Solid, form, frame
from .handhelds import ball
from .shapes import Shape, join, lathe, moved, painted, soft_box, tube, with_mirror
from .textures import plain, speckled, stitched
from .vessels import WHITE, color

BOWS = ("recurve", "long")
BAGS: dict[str, tuple[float, float]] = {"long": (0.165, 1.15), "short": (0.18, 0.95)}
"""Radius and height of a punching bag."""

BRACE_M, TIP_M = 0.19, 0.70
"""How far behind its grip a bow's string is when it is not drawn, and how far over it the tips are."""

BALLS: dict[str, tuple[str, Rgb, Rgb]] = {
    "basketball": ("seam", (0.80, 0.36, 0.12), (0.08, 0.06, 0.05)),
    "volleyball": ("panels", (0.93, 0.91, 0.84), (0.25, 0.35, 0.7)),
    "football": ("patches", (0.93, 0.93, 0.92), (0.07, 0.07, 0.08)),
    "tennis_ball": ("seam", (0.78, 0.86, 0.18), (0.93, 0.94, 0.86)),
}
"""Kind -> its skin and its usual two colours; every fourth variant has the colours that were drawn."""


def _game_ball(kind: str) -> Builder:
    """A ball of `size` m across that looks as its game has it, with the frames of `ball`."""

    def build(spec: PropSpec, skeleton: Skeleton) -> Solid:
        skin, first, second = BALLS[kind]
        colors = spec.colors if spec.variant % 4 == 3 else (first, second)
        return ball(replace(spec, colors=colors, forms={"skin": skin}), skeleton)

    return build


def bowling_ball(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A glossy marbled ball of `size` m across, with the frames of `ball`."""
    solid = ball(replace(spec, forms={"skin": "seam"}), skeleton)
    first = color(spec, 0, (0.1, 0.12, 0.35))
    albedo = stitched(first, tuple(0.8 * c for c in first), _marble, spec.variant)
    return Solid(solid.shape, (Material("ball", albedo, 0.15),), solid.frames)


def _marble(u: Array, v: Array) -> Array:
    """Wavy bands."""
    return np.sin(2.0 * np.pi * (3.0 * v + 0.3 * np.sin(4.0 * np.pi * u))) > 0.3


def _handle_frame(radius: float, z: float, towards_fingers_rad: float) -> Array:
    """A right palm at -x of a bar along z, thumb up the bar, which lies across the palm towards the fingers by an angle."""
    c, s = float(np.cos(towards_fingers_rad)), float(np.sin(towards_fingers_rad))
    return frame((-radius, 0.0, z), y=(0.0, -c, s), z=(1.0, 0.0, 0.0))


def racket(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Tennis racket 0.69 m long along z, head up, its face towards +-x; the origin is in the hand.

    `grip`: palm at -x, behind the face, thumb up the handle; `head`: middle of the strings.
    """
    s = spec.size
    a = np.linspace(0.0, 2.0 * np.pi, 25)
    ring = np.stack([0 * a, 0.125 * s * np.sin(a), (0.40 - 0.165 * np.cos(a)) * s], -1)
    frame_bar = tube(ring, 0.010 * s, 6)
    arms = [tube([(0, side * 0.012 * s, 0.10 * s), (0, side * 0.062 * s, 0.262 * s)], 0.0085 * s, 6) for side in (-1.0, 1.0)]
    handle = tube([(0, 0, -0.115 * s), (0, 0, 0.09 * s), (0, 0, 0.11 * s)], np.array([0.0165, 0.0155, 0.012]) * s, 10)
    strings = []
    for k in np.linspace(-0.8, 0.8, 9):
        half = float(np.sqrt(1.0 - k * k))
        y, z = 0.125 * s * k, 0.165 * s * k
        strings.append(tube([(0, y, (0.40 - 0.165 * half) * s), (0, y, (0.40 + 0.165 * half) * s)], 0.0012, 4))
        strings.append(tube([(0, -0.125 * s * half, 0.40 * s + z), (0, 0.125 * s * half, 0.40 * s + z)], 0.0012, 4))
    materials = (
        Material("frame", plain(color(spec, 0, (0.1, 0.1, 0.12))), 0.3),
        Material("tape", plain((0.09, 0.09, 0.1) if spec.variant % 2 else (0.85, 0.85, 0.83)), 0.85),
        Material("strings", plain((0.9, 0.9, 0.8)), 0.5),
    )
    frames = {
        "grip": _handle_frame(0.016 * s, -0.01 * s, 0.65),
        "head": frame((0.0, 0.0, 0.40 * s), y=(0.0, 0.0, 1.0), z=(1.0, 0.0, 0.0)),
    }
    return Solid(join([painted(join([frame_bar, *arms]), 0), painted(handle, 1), painted(join(strings), 2)]), materials, frames)


def foil(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Fencing foil, 1.05 m with its blade along z, a round guard before the hand; the origin is in the hand.

    `grip`: palm at -x, the blade 26 degrees off the fingers towards the thumb; `tip`.
    """
    s = spec.size
    blade = tube([(0, 0, 0.09 * s), (0, 0, 0.5 * s), (0, 0, 0.97 * s)], np.array([0.006, 0.0045, 0.003]) * s, 6)
    knob = moved(lathe([(0.0, 0.0), (0.006 * s, 0.004 * s), (0.0, 0.010 * s)], 8), (0.0, 0.0, 0.965 * s))
    bell = [(0.0, 0.105 * s), (0.03 * s, 0.10 * s), (0.052 * s, 0.085 * s), (0.050 * s, 0.080 * s), (0.0, 0.096 * s)]
    guard = lathe(bell[::-1], 20)
    handle = tube([(0, 0, -0.085 * s), (0, 0, 0.0), (0, 0, 0.092 * s)], np.array([0.012, 0.013, 0.011]) * s, 8)
    materials = (
        Material("steel", plain((0.72, 0.73, 0.75)), 0.25),
        Material("handle", plain(color(spec, 0, (0.1, 0.1, 0.11))), 0.8),
    )
    frames = {
        "grip": _handle_frame(0.012 * s, 0.0, 1.12),
        "tip": frame((0.0, 0.0, 0.975 * s), y=(0.0, -1.0, 0.0), z=(0.0, 0.0, 1.0)),
        "middle": frame((0.0, 0.0, 0.0), y=(0.0, -1.0, 0.0), z=(0.0, 0.0, 1.0)),
    }
    return Solid(join([painted(join([blade, knob, guard]), 0), painted(handle, 1)]), materials, frames)


def draw_m(skeleton: Skeleton) -> float:
    """How far behind the bow's grip an archer's string hand is at the cheek: from the length of the arms."""
    joints = skeleton.joints_m
    chain = [JOINT[f"left_{name}"] for name in ("shoulder", "elbow", "wrist")]
    return 1.17 * float(sum(np.linalg.norm(joints[b] - joints[a]) for a, b in pairwise(chain)))


def bow(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A bow 1.4 m high in the plane x = 0, its belly towards the archer (+y); its string is a thing of its own.

    `grip`: palm at -x of the handle, thumb up; `top`, `bottom`: where the strings' halves begin; `brace`: the string's middle
    when it is not drawn; `rest`: where the arrow lies; `middle`: of the handle.
    """
    s = spec.size
    z = np.array([0.0, 0.10, 0.25, 0.42, 0.58, 0.66, 0.70]) * s
    y = np.array([0.0, 0.0, 0.015, 0.06, 0.135, 0.180, BRACE_M]) * s
    if form(spec, "shape", BOWS) == "recurve":
        y = np.array([0.0, 0.0, 0.03, 0.10, 0.175, 0.20, BRACE_M]) * s
    points = np.concatenate([np.stack([0 * z, y, -z], -1)[:0:-1], np.stack([0 * z, y, z], -1)])
    r = np.array([0.017, 0.014, 0.0125, 0.011, 0.009, 0.007, 0.006]) * s
    limbs = tube(points, np.concatenate([r[:0:-1], r]), 8)
    wrap = tube([(0, 0, -0.065 * s), (0, 0, 0.065 * s)], 0.0185 * s, 10)
    materials = (
        Material("limbs", plain(color(spec, 0, (0.42, 0.26, 0.14))), 0.4),
        Material("wrap", plain((0.10, 0.08, 0.07)), 0.85),
    )
    up = (0.0, 0.0, 1.0)
    frames = {
        "grip": frame((-0.0185 * s, 0.0, 0.0), y=(0.0, -1.0, 0.0), z=(1.0, 0.0, 0.0)),
        "top": frame((0.0, BRACE_M * s, TIP_M * s), y=(0.0, -1.0, 0.0), z=up),
        "bottom": frame((0.0, BRACE_M * s, -TIP_M * s), y=(0.0, -1.0, 0.0), z=up),
        "brace": frame((0.0, BRACE_M * s, 0.0), y=(0.0, -1.0, 0.0), z=up),
        "rest": frame((0.0, -0.02 * s, 0.03 * s), y=(0.0, -1.0, 0.0), z=up),
        "middle": frame((0.0, 0.0, 0.0), y=(0.0, -1.0, 0.0), z=up),
    }
    return Solid(join([painted(limbs, 0), painted(wrap, 1)]), materials, frames)


def bow_string(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Half of a bow's string, from its tip (the origin) along z, as long as from the tip to the archer's cheek."""
    back = draw_m(skeleton) - BRACE_M * spec.size
    length = float(np.hypot(TIP_M * spec.size, back))
    shape = painted(tube([(0, 0, 0.0), (0, 0, length)], 0.0018, 6), 0)
    return Solid(shape, (Material("string", plain(WHITE), 0.6),), {"end": frame((0, 0, length), y=(0, 1, 0), z=(0, 0, 1))})


def arrow(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """An arrow along z, its nock at the origin, with three-finned feathers; `tip`. It is longer than the bow is drawn."""
    length = (draw_m(skeleton) + 0.06) * spec.size
    shaft = painted(tube([(0, 0, 0.0), (0, 0, length)], 0.0035, 6), 0)
    head = painted(moved(lathe([(0.0, 0.0), (0.0055, 0.0), (0.0, 0.035)], 8), (0.0, 0.0, length)), 1)
    fins = [soft_box((0.0025, 0.05, 0.07), 0.001, (0.0, 0.0, 0.06)), soft_box((0.05, 0.0025, 0.07), 0.001, (0.0, 0.0, 0.06))]
    materials = (
        Material("shaft", plain((0.55, 0.42, 0.26)), 0.5),
        Material("head", plain((0.6, 0.61, 0.63)), 0.3),
        Material("feathers", plain(color(spec, 0, (0.85, 0.2, 0.15))), 0.9),
    )
    frames = {"tip": frame((0.0, 0.0, length), y=(0.0, 1.0, 0.0), z=(0.0, 0.0, 1.0))}
    return Solid(join([shaft, head, painted(join(fins), 2)]), materials, frames)


HOOK_M = 2.12
"""How high a punching bag's chain hangs."""


def punching_bag(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A long leather bag on a chain, hanging from `hinge` (2.1 m up, its z along x); `side`: where blows land, at +y."""
    radius, height = BAGS[form(spec, "shape", BAGS)]
    radius, low = radius * spec.size, 0.62
    profile = [(0.0, low), (radius - 0.03, low), (radius, low + 0.03), (radius, low + height - 0.03),
               (radius - 0.03, low + height), (0.0, low + height)]  # fmt: skip
    body = painted(lathe(profile, 28), 0)
    bands = [painted(_band(radius, low + share * height), 1) for share in (0.12, 0.88)]
    top = low + height
    straps = [
        painted(tube([(x, y, top - 0.02), (0.0, 0.0, 0.5 * (top + HOOK_M))], 0.006, 6), 1)
        for x, y in ((0.7 * radius, 0.0), (-0.7 * radius, 0.0), (0.0, 0.7 * radius), (0.0, -0.7 * radius))
    ]
    chain = painted(tube([(0, 0, 0.5 * (top + HOOK_M) - 0.01), (0, 0, HOOK_M)], 0.007, 6), 1)
    materials = (
        Material("leather", speckled(color(spec, 0, (0.45, 0.1, 0.08)), 0.06, spec.variant), 0.5),
        Material("iron", plain((0.13, 0.13, 0.14)), 0.5),
    )
    frames = {
        "hinge": frame((0.0, 0.0, HOOK_M), y=(0.0, 0.0, 1.0), z=(1.0, 0.0, 0.0)),
        "side": frame((0.0, radius, low + 0.7 * height), y=(0.0, 0.0, 1.0), z=(0.0, -1.0, 0.0)),
    }
    return Solid(join([body, *bands, *straps, chain]), materials, frames)


def _band(radius: float, z: float) -> Shape:
    edge = radius + 0.004
    return lathe([(0.0, z - 0.025), (edge, z - 0.025), (edge, z + 0.025), (0.0, z + 0.025)], 28)


def bag_stand(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """An iron gallows for a punching bag: the hook over the origin, the post 0.62 m behind (-y), two feet apart on the floor."""
    post = tube([(0, -0.62, 0.03), (0, -0.62, HOOK_M - 0.12), (0, -0.50, HOOK_M + 0.03), (0, 0.03, HOOK_M + 0.03)], 0.032, 10)
    foot = with_mirror(tube([(0.0, -0.62, 0.035), (0.45, -0.35, 0.035)], 0.03, 8))
    rear = tube([(0, -0.62, 0.035), (0, -1.0, 0.035)], 0.03, 8)
    material = Material("iron", plain(color(spec, 1, (0.14, 0.14, 0.15))), 0.5)
    return Solid(painted(join([post, foot, rear]), 0), (material,), {"hook": frame((0, 0, HOOK_M), y=(0, 1, 0), z=(0, 0, 1))})


_BALL_KINDS: dict[str, Callable[[PropSpec, Skeleton], Solid]] = {kind: _game_ball(kind) for kind in BALLS}

KINDS: dict[str, Builder] = {
    **_BALL_KINDS, "bowling_ball": bowling_ball, "racket": racket, "foil": foil, "bow": bow, "bow_string": bow_string,
    "arrow": arrow, "punching_bag": punching_bag, "bag_stand": bag_stand,
}  # fmt: skip
"""Kind -> builder; the `size` of balls is their diameter in metres, else a factor."""

FORMS: Forms = {"bow": {"shape": BOWS}, "punching_bag": {"shape": tuple(BAGS)}}
