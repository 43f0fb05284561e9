"""Things of the table: spoon and fork, bowl and plate, what is bitten, fruit and what peels it, jugs and what flows from them."""

from __future__ import annotations

import numpy as np

from ..values import Material, PropSpec, Rgb, Skeleton
from .base import Builder, Forms, Solid, form, frame
from .fingertips import fingertip_grip
from .handhelds import DIAGONAL_RAD
from .shapes import Shape, box, join, lathe, moved, painted, soft_box, tube, turn
from .textures import plain, speckled
from .vessels import WHITE, Profile, color, hollow, radius_at, scaled

STEEL = Material("steel", plain((0.72, 0.73, 0.75)), 0.25, 0.9)

BOWLS: dict[str, Profile] = {
    "deep": [(0.030, 0.0), (0.034, 0.006), (0.056, 0.022), (0.070, 0.046), (0.074, 0.064)],
    "wide": [(0.036, 0.0), (0.040, 0.005), (0.072, 0.022), (0.086, 0.042)],
    "plate": [(0.062, 0.0), (0.068, 0.004), (0.092, 0.012), (0.112, 0.020)],
}
"""What is eaten from, its outside from the foot to the rim."""

FRUITS: dict[str, tuple[Profile, Rgb]] = {
    "apple": ([(0.0, -0.030), (0.016, -0.034), (0.032, -0.020), (0.038, 0.004), (0.033, 0.024), (0.016, 0.033), (0.0, 0.027)],
              (0.72, 0.12, 0.10)),
    "orange": ([(0.0, -0.037), (0.018, -0.033), (0.033, -0.018), (0.038, 0.0), (0.033, 0.018), (0.018, 0.033), (0.0, 0.037)],
               (0.93, 0.52, 0.10)),
    "pear": ([(0.0, -0.040), (0.020, -0.037), (0.036, -0.018), (0.034, 0.004), (0.022, 0.026), (0.014, 0.044), (0.0, 0.050)],
             (0.74, 0.72, 0.22)),
}  # fmt: skip

JUGS: dict[str, Profile] = {
    "jug": [(0.052, 0.0), (0.058, 0.006), (0.066, 0.06), (0.058, 0.13), (0.048, 0.175), (0.052, 0.205)],
    "carafe": [(0.050, 0.0), (0.060, 0.008), (0.066, 0.05), (0.050, 0.11), (0.034, 0.15), (0.036, 0.21), (0.042, 0.225)],
    "kettle": [(0.075, 0.0), (0.082, 0.008), (0.080, 0.06), (0.068, 0.12), (0.052, 0.155)],
}


def cutlery(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Spoon or fork 185 mm long along z, the bowl or prongs up, hollow side towards +y; held near the end in the fingertips.

    `tip`: what comes to the lips, z out of it, y out of its hollow side.
    """
    s, shape = spec.size, form(spec, "shape", ("spoon", "fork"))
    z = np.array([-0.095, -0.05, 0.0, 0.04, 0.058])
    handle = moved(
        tube(np.stack([0 * z, 0 * z, z], -1), np.array([0.006, 0.0052, 0.0035, 0.003, 0.0042]), 10),
        rotation=np.diag([1.0, 0.45, 1.0]),
    )
    if shape == "spoon":
        angles = np.linspace(-np.pi / 2, np.pi / 2, 11)
        ball = lathe([(max(0.019 * float(np.cos(a)), 0.0), 0.029 * float(np.sin(a))) for a in angles], 20)
        head = [moved(ball, (0.0, -0.001, 0.077), np.diag([1.0, 0.28, 1.0]))]
        food = moved(
            lathe([(0.0, -0.004), (0.012, -0.003), (0.013, 0.003), (0.0, 0.008)], 14), (0, 0.004, 0.078), turn("x", -np.pi / 2)
        )
    else:
        neck = soft_box((0.022, 0.004, 0.020), 0.0018, (0.0, 0.0, 0.064))
        head = [neck, *(box((0.0028, 0.003, 0.036), (x, 0.0, 0.088)) for x in (-0.009, -0.003, 0.003, 0.009))]
        food = soft_box((0.022, 0.016, 0.020), 0.006, (0.0, 0.001, 0.094))
    parts = [painted(join([handle, *head]), 0), painted(food, 1)]
    materials = (STEEL, Material("food", speckled(FILLINGS[form(spec, "food", FILLINGS)], 0.08, spec.variant), 0.8))
    grip = fingertip_grip(skeleton, (0.0, 0.0, -0.045 * s), (0.25, 0.4, 0.88), (0.3, 0.8, -0.5))
    return Solid(
        moved(join(parts), rotation=s * np.eye(3)),
        materials,
        {"grip": grip, "tip": frame((0, 0.002, 0.10 * s), y=(0, 1, 0), z=(0, 0, 1))},
    )


FILLINGS: dict[str, Rgb] = {"rice": (0.90, 0.87, 0.78), "stew": (0.45, 0.20, 0.09), "greens": (0.30, 0.48, 0.16)}


def bowl(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Bowl or plate 150-225 mm across with food in it, on z = 0. `grip`: a palm under it, fingers forward; `food`: its middle."""
    s = spec.size
    outside = scaled(BOWLS[form(spec, "shape", BOWLS)], s)
    height = outside[-1][1]
    body = painted(lathe(hollow(outside, 0.004 * s, 0.006 * s), 32), 0)
    level = 0.72 * height
    radius = radius_at(outside, level) - 0.0045 * s
    heap = painted(
        lathe(
            [
                (0.0, 0.0065 * s),
                (0.6 * radius, level - 0.002),
                (radius, level),
                (0.55 * radius, level + 0.012 * s),
                (0.0, level + 0.016 * s),
            ],
            24,
        ),
        1,
    )
    materials = (
        Material("ware", plain(color(spec, 0, WHITE)), 0.3),
        Material("food", speckled(FILLINGS[form(spec, "food", FILLINGS)], 0.10, spec.variant), 0.8),
    )
    frames = {
        "grip": frame((0.0, 0.0, 0.0), y=(0, -1, 0), z=(0, 0, 1)),
        "food": frame((0.0, 0.0, level + 0.014 * s), y=(0, -1, 0), z=(0, 0, 1)),
        "rim": frame((0.0, outside[-1][0], height), y=(0, -1, 0), z=(0, 0, 1)),
    }
    return Solid(join([body, heap]), materials, frames)


def sandwich(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Sandwich of 105 x 95 x 46 mm lying flat, or a roll; `grip`: a palm behind it (-y), fingers up; `bite`: its near end."""
    s, shape = spec.size, form(spec, "shape", ("sliced", "roll"))
    if shape == "sliced":
        slices = [painted(soft_box((0.105, 0.095, 0.014), 0.005, (0.0, 0.0, z)), 0) for z in (-0.016, 0.016)]
        inside = [
            painted(soft_box((0.109, 0.099, 0.007), 0.003, (0.0, 0.0, -0.004)), 1),
            painted(box((0.10, 0.09, 0.006), (0.0, 0.0, 0.004)), 2),
        ]
    else:
        slices = [painted(soft_box((0.085, 0.120, 0.026), 0.0125, (0.0, 0.0, z), steps=3), 0) for z in (-0.018, 0.018)]
        inside = [
            painted(soft_box((0.091, 0.122, 0.008), 0.0035, (0.0, 0.0, -0.003)), 1),
            painted(box((0.08, 0.11, 0.007), (0.0, 0.0, 0.004)), 2),
        ]
    depth = 0.0475 if shape == "sliced" else 0.06
    materials = (
        Material("bread", speckled((0.78, 0.58, 0.34), 0.05, spec.variant), 0.9),
        Material("salad", speckled((0.36, 0.55, 0.20), 0.08, spec.variant), 0.7),
        Material("filling", plain((0.80, 0.35, 0.28)), 0.6),
    )
    frames = {
        "grip": frame((0.0, -depth * s, -0.004 * s), y=(0.5, 0.0, float(np.sqrt(0.75))), z=(0, 1, 0)),
        "bite": frame((0.0, depth * s, 0.0), y=(0, 0, 1), z=(0, 1, 0)),
    }
    return Solid(moved(join([*slices, *inside]), rotation=s * np.eye(3)), materials, frames)


def fruit(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Apple, orange or pear of about 75 mm, its stalk up z; `grip`: a palm under it, fingers forward; `bite`: near its top."""
    s, shape = spec.size, form(spec, "shape", FRUITS)
    profile, skin = FRUITS[shape]
    outline = _smooth(scaled(profile, s))
    body = painted(lathe(outline, 24), 0)
    top, low = outline[-1][1], outline[0][1]
    stalk = painted(tube([(0, 0, top - 0.006 * s), (0, 0, top + 0.004 * s), (0, 0.003 * s, top + 0.013 * s)], 0.0016 * s, 6), 1)
    radius = max(r for r, _ in outline)
    c, d = float(np.cos(0.3)), float(np.sin(0.3))
    materials = (
        Material("skin", speckled(skin, 0.06, spec.variant), 0.4),
        Material("stalk", plain((0.30, 0.20, 0.10)), 0.9),
    )
    frames = {
        "grip": frame((0.0, 0.0, low), y=(0, -1, 0), z=(0, 0, 1)),
        "bite": frame((0.0, -0.3 * radius, 0.88 * top), y=(0.0, -c, -d), z=(0.0, -d, c)),
        "side": frame((-radius, 0.0, 0.0), y=(0, 0, 1), z=(-1, 0, 0)),
        "center": frame((0.0, 0.0, 0.0), y=(0, -1, 0), z=(0, 0, 1)),
    }
    return Solid(join([body, stalk]), materials, frames)


def _smooth(profile: Profile) -> Profile:
    """A profile's corners cut twice (Chaikin), its ends kept on the axis."""
    points = np.array(profile)
    for _ in range(2):
        a, b = points[:-1], points[1:]
        cut = np.stack([0.75 * a + 0.25 * b, 0.25 * a + 0.75 * b], axis=1).reshape(-1, 2)
        points = np.concatenate([points[:1], cut[1:-1], points[-1:]])
    return [(float(r), float(z)) for r, z in points]


def peeler(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Kitchen knife or peeler 180-190 mm long along z, blade up, its edge towards +y, in a fist.

    `grip`: a palm behind the handle (-y), the blade beyond the thumb; `edge`: middle of the edge, z out of it, y to the point.
    """
    s, shape = spec.size, form(spec, "shape", ("knife", "peeler"))
    handle = painted(soft_box((0.017 * s, 0.023 * s, 0.100 * s), 0.007 * s, (0.0, 0.0, -0.045 * s), steps=3), 1)
    if shape == "knife":
        blade = [moved(_blade(), rotation=s * np.eye(3))]
        edge_y, edge_z = 0.009 * s, 0.05 * s
    else:
        arms = [tube([(x * s, 0, 0.0), (x * s, 0, 0.03 * s), (x * s, 0, 0.07 * s)], 0.003 * s, 8) for x in (-0.011, 0.011)]
        bar = box((0.024 * s, 0.012 * s, 0.003 * s), (0.0, 0.003 * s, 0.066 * s))
        blade = [*arms, bar]
        edge_y, edge_z = 0.009 * s, 0.066 * s
    materials = (STEEL, Material("handle", plain(color(spec, 0, (0.12, 0.1, 0.1))), 0.5))
    frames = {
        "grip": frame((0.0, -0.0115 * s, -0.045 * s), y=(np.cos(DIAGONAL_RAD), 0.0, np.sin(DIAGONAL_RAD)), z=(0, 1, 0)),
        "edge": frame((0.0, edge_y, edge_z), y=(0, 0, 1), z=(0, 1, 0)),
    }
    return Solid(join([handle, *(painted(part, 0) for part in blade)]), materials, frames)


def _blade() -> Shape:
    """A pointed blade 95 mm long, 18 mm wide, 2 mm thick."""
    path = [(0.0, 0.0, 0.0), (0.0, 0.0, 0.05), (0.0, 0.001, 0.075), (0.0, 0.003, 0.095)]
    bar = tube(path, np.array([0.009, 0.009, 0.007, 0.001]), 8)
    return moved(bar, rotation=np.diag([0.14, 1.0, 1.0]))


def jug(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Jug, carafe or kettle 160-225 mm high, pouring towards -y, its handle at +y.

    `grip`: a palm at -x of the handle, thumb up, fingers forward (-y); `spout`: its lip, y where it pours, z up.
    """
    s, shape = spec.size, form(spec, "shape", JUGS)
    outside = scaled(JUGS[shape], s)
    rim_r, height = outside[-1]
    wall = 0.003 * s
    parts = [painted(lathe(hollow(outside, wall, wall * 1.5), 32), 0)]
    low, high = 0.30 * height, 0.85 * height
    near = radius_at(outside, high) - 0.004 * s
    far = max(r for r, _ in outside) + 0.040 * s
    path = [(0.0, near, high), (0.0, 0.75 * far + 0.25 * near, high + 0.012 * s), (0.0, far, 0.5 * (low + high) + 0.012 * s),
            (0.0, 0.85 * far, 0.5 * (low + high) - 0.02 * s), (0.0, radius_at(outside, low) - 0.003 * s, low)]  # fmt: skip
    parts.append(painted(tube(path, 0.0085 * s, 10), 1))
    if shape == "kettle":
        parts += _lid(rim_r, height, s)
        start, tip = (0.0, -0.070 * s, 0.075 * s), (0.0, -0.125 * s, 0.150 * s)
    else:
        start, tip = (0.0, -(rim_r - 0.012 * s), height - 0.035 * s), (0.0, -(rim_r + 0.012 * s), height + 0.002 * s)
    middle = tuple(0.5 * (a + b) for a, b in zip(start, tip, strict=True))
    parts.append(painted(tube([start, middle, tip], np.array([0.017, 0.013, 0.010]) * s, 12), 0))
    materials = (
        Material("body", plain(color(spec, 0, (0.85, 0.86, 0.88))), 0.25, 0.6 if shape == "kettle" else 0.0),
        Material("handle", plain(color(spec, 1, (0.15, 0.15, 0.16))), 0.5),
    )
    grip_z = 0.5 * (low + high) + 0.012 * s
    frames = {
        "grip": frame((-0.0085 * s, far, grip_z), y=(0, -1, 0), z=(1, 0, 0)),
        "spout": frame(tip, y=(0, -1, 0), z=(0, 0, 1)),
        "base": frame((0.0, 0.0, 0.0), y=(0, -1, 0), z=(0, 0, 1)),
    }
    return Solid(join(parts), materials, frames)


def _lid(rim_r_m: float, height_m: float, s: float) -> list[Shape]:
    """A kettle's lid and its knob."""
    lid = [(0.0, -0.004 * s), (rim_r_m, -0.002 * s), (0.5 * rim_r_m, 0.014 * s), (0.0, 0.018 * s)]
    knob = [(0.0, 0.015 * s), (0.010 * s, 0.017 * s), (0.010 * s, 0.03 * s), (0.0, 0.03 * s)]
    raised = ([(r, height_m + z) for r, z in profile] for profile in (lid, knob))
    return [painted(lathe(profile, n), k) for k, (profile, n) in enumerate(zip(raised, (24, 16), strict=True))]


def stream(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A thin stream of water 120 mm long, along x about its origin: worn on the left hand that holds a glass it is upright."""
    s = spec.size
    x = np.array([-0.060, -0.05, 0.0, 0.05, 0.060]) * s
    r = np.array([0.0042, 0.0036, 0.0034, 0.0036, 0.0042]) * s
    water = Material("water", plain((0.70, 0.84, 0.92)), 0.1)
    return Solid(painted(tube(np.stack([x, 0 * x, 0 * x], -1), r, 8), 0), (water,), {"middle": np.eye(4)})


KINDS: dict[str, Builder] = {
    "cutlery": cutlery,
    "bowl": bowl,
    "sandwich": sandwich,
    "fruit": fruit,
    "peeler": peeler,
    "jug": jug,
    "water_stream": stream,
}
"""Kind -> builder; `size` is a factor on all lengths."""

FORMS: Forms = {
    "cutlery": {"shape": ("spoon", "fork"), "food": tuple(FILLINGS)},
    "bowl": {"shape": tuple(BOWLS), "food": tuple(FILLINGS)},
    "sandwich": {"shape": ("sliced", "roll")},
    "fruit": {"shape": tuple(FRUITS)},
    "peeler": {"shape": ("knife", "peeler")},
    "jug": {"shape": tuple(JUGS)},
}
"""Kind -> part -> its forms."""
