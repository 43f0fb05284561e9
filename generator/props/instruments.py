"""Musical instruments that are held: guitar, violin and bow, flute."""

from __future__ import annotations

import numpy as np

from ..values import Material, PropSpec, Rgb, Skeleton
from .base import Builder, Forms, Solid, form, frame
from .shapes import Shape, box, join, lathe, metric_uv, moved, painted, quad, soft_box, tube, turn, with_mirror
from .textures import plain, wooden
from .vessels import color

UP = (0.0, 0.0, 1.0)
AHEAD = (0.0, -1.0, 0.0)
GUITARS = ("acoustic", "electric")
SLANT = (float(np.cos(0.35)), float(np.sin(0.35)))
"""A stick lies across the palm this much along the fingers' direction, and this much along the thumb's."""

FROG_M = 0.05
"""From the hand on a bow to where its hair begins."""

BOW_HAIR_M = 0.62
"""Of a bow's hair, from frog to tip."""

FLUTE_KEYS_M = (0.16, 0.33)
"""How far from a flute's mouth hole the left and the right hand are."""


def tinted(spec: PropSpec, index: int, base: Rgb, share: float = 0.2) -> Rgb:
    """A colour near `base`: instruments are varnished wood or black, whatever the colours drawn for a clip."""
    r, g, b = ((1.0 - share) * own + share * drawn for own, drawn in zip(base, color(spec, index, base), strict=True))
    return (r, g, b)


def _bout(outline: list[tuple[float, float]], depth: float) -> Shape:
    """A body `depth` thick, symmetric about x = 0: the outline is (half width, height), from its lower end to its upper one."""
    z = np.array([high for _, high in outline])
    fine = np.linspace(z[0], z[-1], 25)
    wide = np.interp(fine, z, np.array([half for half, _ in outline]))
    wide = np.convolve(np.pad(wide, 1, mode="edge"), (0.25, 0.5, 0.25), mode="valid")
    wide[[0, -1]] = 0.0
    edge = np.concatenate([np.stack([wide, fine], -1), np.stack([-wide, fine], -1)[-2:0:-1]])
    n, half = len(edge), 0.5 * depth
    front = np.stack([edge[:, 0], np.full(n, -half), edge[:, 1]], -1)
    back = front * (1.0, -1.0, 1.0)
    middle = float(fine.mean())
    parts = []
    for ring, y, turned in ((front, -half, False), (back, half, True)):
        k = np.arange(n)
        faces = np.stack([np.full(n, n), k, (k + 1) % n], -1)
        vertices = np.concatenate([ring, [[0.0, y, middle]]])
        parts.append(Shape(vertices, faces[:, ::-1] if turned else faces, np.zeros((n, 3, 2)), np.zeros(n, dtype=int)))
    sides = [quad(np.stack([front[(k + 1) % n], front[k], back[k], back[(k + 1) % n]])) for k in range(n)]
    return metric_uv(join([*parts, *sides]), 0.4)


def guitar(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A guitar whose neck lies along z, its face ahead (-y); the origin is the middle of the back of its body.

    `strum`: on the strings; `neck_low`, `neck_high`: behind the neck, near the nut and near the body.
    """
    s = spec.size
    kind = form(spec, "body", GUITARS)
    deep = (0.095 if kind == "acoustic" else 0.045) * s
    if kind == "acoustic":
        outline = [
            (0.0, -0.25),
            (0.13, -0.235),
            (0.19, -0.14),
            (0.17, -0.04),
            (0.118, 0.04),
            (0.13, 0.13),
            (0.14, 0.18),
            (0.10, 0.235),
            (0.0, 0.24),
        ]
    else:
        outline = [
            (0.0, -0.21),
            (0.11, -0.20),
            (0.165, -0.11),
            (0.14, -0.02),
            (0.112, 0.05),
            (0.13, 0.12),
            (0.14, 0.19),
            (0.06, 0.17),
            (0.0, 0.15),
        ]
    body = moved(_bout([(w * s, z * s) for w, z in outline], deep), (0.0, -0.5 * deep, 0.0))
    face = -deep
    top = 0.235 if kind == "acoustic" else 0.15
    hole = moved(
        lathe([(0.0, 0.0), (0.05 * s, 0.0), (0.05 * s, 0.003), (0.0, 0.003)], 20), (0.0, face, 0.09 * s), turn("x", np.pi / 2)
    )
    bridge = soft_box((0.14 * s, 0.012, 0.03 * s), 0.005, (0.0, face - 0.003, -0.09 * s))
    neck = soft_box((0.05 * s, 0.024, (0.74 - top + 0.12) * s), 0.01, (0.0, face - 0.006, 0.5 * (0.74 + top - 0.12) * s))
    head = soft_box((0.07 * s, 0.018, 0.17 * s), 0.008, (0.0, face, 0.81 * s))
    strings = with_mirror(
        join([tube([(x, face - 0.021, -0.09 * s), (x, face - 0.021, 0.74 * s)], 0.001, 4) for x in (0.004, 0.011, 0.018)])
    )
    pegs = with_mirror(join([tube([(0.03, face, z * s), (0.055, face, z * s)], 0.008, 8) for z in (0.76, 0.81, 0.86)]))
    wood = (0.72, 0.45, 0.20) if kind == "acoustic" else (0.65, 0.10, 0.08)
    materials = (
        Material("body", wooden(tinted(spec, 0, wood, 0.3), 11) if kind == "acoustic" else plain(color(spec, 0, wood)), 0.25),
        Material("neck", wooden((0.26, 0.15, 0.08), 12), 0.5),
        Material("steel", plain((0.78, 0.78, 0.76)), 0.3),
    )
    frames = {
        "strum": frame((0.0, face - 0.022, 0.03 * s), y=AHEAD, z=UP),
        "neck_low": frame((0.0, face + 0.006, 0.66 * s), y=AHEAD, z=UP),
        "neck_high": frame((0.0, face + 0.006, 0.44 * s), y=AHEAD, z=UP),
        "end": frame((0.0, 0.0, -0.24 * s), y=AHEAD, z=UP),
    }
    shape = join([painted(body, 0), painted(join([hole, bridge, neck, head]), 1), painted(join([strings, pegs]), 2)])
    return Solid(shape, materials, frames)


def violin(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A violin along z, scroll up, its face to -y; the origin is where the chin holds its back.

    `bridge`: on the strings where the bow goes; `neck`: behind the neck, where the left hand is; `scroll`.
    """
    s = spec.size
    outline = [
        (0.0, -0.03),
        (0.07, -0.025),
        (0.104, 0.05),
        (0.095, 0.11),
        (0.056, 0.155),
        (0.06, 0.20),
        (0.083, 0.245),
        (0.078, 0.30),
        (0.0, 0.325),
    ]
    body = moved(_bout([(w * s, z * s) for w, z in outline], 0.045 * s), (0.0, -0.022 * s, 0.0))
    face = -0.045 * s
    neck = soft_box((0.03 * s, 0.02, 0.30 * s), 0.008, (0.0, face, 0.44 * s))
    board = soft_box((0.034 * s, 0.008, 0.36 * s), 0.003, (0.0, face - 0.014, 0.40 * s))
    scroll = moved(
        lathe([(0.0, -0.015), (0.022, -0.015), (0.022, 0.015), (0.0, 0.015)], 14), (0.0, face, 0.60 * s), turn("y", np.pi / 2)
    )
    bridge = soft_box((0.04 * s, 0.03, 0.006), 0.002, (0.0, face - 0.014, 0.15 * s))
    rest = soft_box((0.09 * s, 0.015, 0.05 * s), 0.006, (0.0, face - 0.006, 0.0))
    strings = with_mirror(
        join(
            [
                tube([(x, face - 0.028, 0.05 * s), (x, face - 0.028, 0.15 * s), (x, face - 0.02, 0.56 * s)], 0.001, 4)
                for x in (0.004, 0.012)
            ]
        )
    )
    materials = (
        Material("body", wooden(tinted(spec, 0, (0.50, 0.22, 0.08)), 21), 0.2),
        Material("ebony", plain((0.05, 0.045, 0.04)), 0.4),
        Material("steel", plain((0.8, 0.8, 0.78)), 0.3),
    )
    frames = {
        "bridge": frame((0.0, face - 0.03, 0.20 * s), y=AHEAD, z=UP),
        "neck": frame((0.0, face + 0.008, 0.50 * s), y=AHEAD, z=UP),
        "scroll": frame((0.0, face, 0.62 * s), y=AHEAD, z=UP),
    }
    return Solid(
        join([painted(join([body, scroll]), 0), painted(join([neck, board, bridge, rest]), 1), painted(strings, 2)]),
        materials,
        frames,
    )


def violin_bow(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A bow along z, its tip up, the hair at -y; the origin is on the stick where the hand holds it.

    `grip`: palm down on the stick; `frog`, `tip`: ends of the hair, y from hair to stick.
    """
    s = spec.size
    stick = tube(
        [(0, 0, -0.06 * s), (0, 0, 0.1 * s), (0, -0.006, 0.40 * s), (0, 0, (BOW_HAIR_M + 0.07) * s)],
        np.array([0.005, 0.005, 0.004, 0.003]) * s,
        8,
    )
    hair = box((0.008 * s, 0.002, BOW_HAIR_M * s), (0.0, -0.022, (0.5 * BOW_HAIR_M + 0.04) * s))
    frog = soft_box((0.012, 0.022, 0.05 * s), 0.004, (0.0, -0.012, 0.015 * s))
    point = soft_box((0.008, 0.026, 0.02 * s), 0.003, (0.0, -0.010, (BOW_HAIR_M + 0.06) * s))
    materials = (
        Material("stick", wooden((0.36, 0.16, 0.07), 22), 0.3),
        Material("hair", plain((0.90, 0.88, 0.80)), 0.7),
        Material("frog", plain((0.06, 0.05, 0.05)), 0.4),
    )
    side = (0.60, 0.80)
    frames = {
        "grip": frame((0.0, 0.005 * s, 0.0), y=(-side[1], 0.0, side[0]), z=AHEAD),
        "frog": frame((0.0, -0.023, FROG_M * s), y=(0, 1, 0), z=UP),
        "tip": frame((0.0, -0.023, BOW_HAIR_M * s), y=(0, 1, 0), z=UP),
    }
    return Solid(join([painted(stick, 0), painted(hair, 1), painted(join([frog, point]), 2)]), materials, frames)


def flute(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A transverse flute along z; the origin is its mouth hole, on the side at +y.

    `left_keys`, `right_keys`: where each hand plays; `mouth`.
    """
    s = spec.size
    pipe = lathe([(0.0, -0.08 * s), (0.011, -0.08 * s), (0.0105, 0.59 * s), (0.0, 0.59 * s)], 14)
    lip = soft_box((0.022, 0.008, 0.035 * s), 0.003, (0.0, 0.010, 0.0))
    keys = with_mirror(
        join(
            [
                moved(
                    lathe([(0.0, 0.0), (0.008, 0.0), (0.008, 0.005), (0.0, 0.005)], 10),
                    (0.003, -0.010, z * s),
                    turn("x", np.pi / 2),
                )
                for z in (0.13, 0.16, 0.19, 0.22, 0.30, 0.33, 0.36, 0.39, 0.45, 0.50)
            ]
        )
    )
    materials = (
        Material("silver", plain(tinted(spec, 0, (0.80, 0.80, 0.82))), 0.15),
        Material("keys", plain((0.65, 0.65, 0.68)), 0.2),
    )
    frames = {
        "mouth": frame((0.0, 0.014, 0.0), y=AHEAD, z=UP),
        "left_keys": frame((0.0, 0.0, FLUTE_KEYS_M[0] * s), y=AHEAD, z=UP),
        "right_keys": frame((0.0, 0.0, FLUTE_KEYS_M[1] * s), y=AHEAD, z=UP),
    }
    return Solid(join([painted(join([pipe, lip]), 0), painted(keys, 1)]), materials, frames)


KINDS: dict[str, Builder] = {
    "guitar": guitar,
    "violin": violin,
    "violin_bow": violin_bow,
    "flute": flute,
}

FORMS: Forms = {"guitar": {"body": GUITARS}}
