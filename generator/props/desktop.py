"""What lies on a desk: paper, pen, keyboard, mouse, laptop, screen."""

from __future__ import annotations

import numpy as np

from ..values import Array, Material, PropSpec, Skeleton
from .base import Builder, Forms, Solid, form, frame
from .fitted import place
from .shapes import Shape, box, join, lathe, moved, painted, soft_box, turn, with_mirror
from .textures import plain
from .vessels import color

PENS = ("ballpoint", "pencil", "marker")
PAPERS = ("sheet", "notebook", "pad")
KEYBOARDS = ("full", "compact")
SCREENS = ("wide", "square")

PINCH = np.array([0.028, 0.070, 0.052])
"""Where thumb and first fingers meet in a pinch, in the palm's frame (m)."""

PEN_DOWN = np.array([-0.42, 0.50, 0.757])
"""Which way a pen's tip points in the palm's frame: along the fingers, out of the palm, away from the thumb."""


def in_pinch(down: Array, behind_m: float) -> Array:
    """T_thing_palm of a slim thing along z, its tip in the origin, held between fingertips `behind_m` above the tip."""
    z = -down / np.linalg.norm(down)
    y = np.array([0.0, 1.0, 0.0]) - z[1] * z
    y /= np.linalg.norm(y)
    pose = np.eye(4)
    pose[:3, :3] = np.stack([np.cross(y, z), y, z], axis=-1)
    pose[:3, 3] = PINCH - behind_m * z
    return np.linalg.inv(pose)


def pen(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Pen 145 mm long times `size`, tip at the origin, along z; `grip`: a palm whose fingertips pinch it near the tip."""
    s = spec.size
    style = form(spec, "shape", PENS)
    thick = {"ballpoint": 0.0052, "pencil": 0.0042, "marker": 0.0085}[style] * s
    long = {"ballpoint": 0.145, "pencil": 0.165, "marker": 0.135}[style] * s
    tip = painted(lathe([(0.0, 0.0), (0.001, 0.0), (thick * 0.8, 0.018 * s), (0.0, 0.018 * s)], 8), 1)
    barrel = painted(lathe([(0.0, 0.018 * s), (thick, 0.018 * s), (thick, long), (0.0, long)], 8), 0)
    materials = (
        Material("barrel", plain(color(spec, 0, (0.1, 0.2, 0.6))), 0.3),
        Material("tip", plain((0.12, 0.12, 0.13)), 0.4),
    )
    frames = {"grip": in_pinch(PEN_DOWN, 0.03 * s), "tip": frame((0.0, 0.0, 0.0), y=(0, 1, 0), z=(0, 0, 1))}
    return Solid(join([tip, barrel]), materials, frames)


def paper(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Sheet, open notebook or thick pad lying flat, its lines written in grey; `top`: its middle."""
    s, style = spec.size, form(spec, "shape", PAPERS)
    w, d, t = {"sheet": (0.21, 0.297, 0.0012), "notebook": (0.34, 0.24, 0.012), "pad": (0.21, 0.297, 0.015)}[style]
    w, d = w * s, d * s
    body = painted(box((w, d, t), (0.0, 0.0, t / 2)), 0)
    if style == "notebook":
        lines = [with_mirror(_line(w * 0.38, (w * 0.25, y, t))) for y in np.linspace(-0.4, 0.3, 9) * d]
        cover = painted(box((w + 0.012, d + 0.012, 0.002), (0.0, 0.0, 0.001)), 2)
    else:
        lines = [_line(w * 0.8, (0.0, y, t)) for y in np.linspace(-0.4, 0.1, 8) * d]
        cover = painted(box((w, 0.02, 0.001), (0.0, -d * 0.47, t)), 2)
    materials = (
        Material("paper", plain((0.95, 0.95, 0.93)), 0.9),
        Material("ink", plain((0.35, 0.36, 0.42)), 0.9),
        Material("cover", plain(color(spec, 0, (0.15, 0.25, 0.45))), 0.6),
    )
    return Solid(join([body, painted(join(lines), 1), cover]), materials, {"top": place(0.0, 0.0, t)})


def _line(width: float, at: tuple[float, float, float]) -> Shape:
    return box((width, 0.003, 0.0006), at)


def _keys(w: float, d: float, rows: int, columns: int, top: float) -> Shape:
    """Rows of keycaps with gaps, on z = top."""
    step_x, step_y = w / columns, d / rows
    keys = [
        box((step_x * 0.84, step_y * 0.82, 0.004), ((k - (columns - 1) / 2) * step_x, (r - (rows - 1) / 2) * step_y, top + 0.002))
        for r in range(rows)
        for k in range(columns)
        if not (r == rows - 1 and 3 < k < columns - 4)
    ]
    space = box((step_x * (columns - 8.2), step_y * 0.82, 0.004), (0.0, (rows - 1) / 2 * step_y, top + 0.002))
    return join([*keys, space])


def keyboard(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Computer keyboard 0.44 (compact 0.32) x 0.14 m times `size`, low at the near edge (+y). `keys`: middle of its keys."""
    s = spec.size
    w, d = (0.44 if form(spec, "shape", KEYBOARDS) == "full" else 0.32) * s, 0.14 * s
    tray = soft_box((w, d, 0.018), 0.005, (0.0, 0.0, 0.011))
    keys = _keys(w * 0.96, d * 0.88, 5, 15 if w > 0.4 else 13, 0.020)
    materials = (
        Material("tray", plain(color(spec, 0, (0.15, 0.15, 0.16))), 0.5),
        Material("keys", plain((0.88, 0.88, 0.86) if sum(color(spec, 0, (0.1, 0.1, 0.1))) < 1.5 else (0.2, 0.2, 0.22)), 0.5),
    )
    return Solid(join([painted(tray, 0), painted(keys, 1)]), materials, {"keys": place(0.0, 0.0, 0.024)})


def mouse(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Computer mouse 62 x 112 x 36 mm times `size`; `grip`: a palm on its back, fingers ahead (-y); `base`."""
    s = spec.size
    body = soft_box((0.062 * s, 0.112 * s, 0.036 * s), 0.017 * s, (0.0, 0.0, 0.018 * s), steps=3)
    wheel = box((0.008 * s, 0.022 * s, 0.006 * s), (0.0, -0.03 * s, 0.036 * s))
    materials = (Material("shell", plain(color(spec, 0, (0.1, 0.1, 0.11))), 0.4), Material("wheel", plain((0.5, 0.5, 0.5)), 0.6))
    grip = frame((0.0, 0.02 * s, 0.036 * s), y=(0, -1, 0), z=(0, 0, -1))
    return Solid(join([painted(body, 0), painted(wheel, 1)]), materials, {"grip": grip, "base": place(0.0, 0.0, 0.0)})


def laptop(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Open laptop 0.34 m wide times `size`, the screen at the far side (-y), leant back. `keys`, `screen`: their middles."""
    s = spec.size
    w, d, h = 0.34 * s, 0.235 * s, 0.225 * s
    base = soft_box((w, d, 0.016), 0.004, (0.0, 0.0, 0.008))
    keys = painted(moved(_keys(w * 0.9, d * 0.5, 5, 13, 0.0145), (0.0, -d * 0.16, 0.0)), 1)
    pad = painted(box((w * 0.3, d * 0.24, 0.001), (0.0, d * 0.28, 0.0162)), 1)
    lean = turn("x", np.deg2rad(14.0))
    hinge = (0.0, -d / 2 + 0.004, 0.012)
    lid = painted(moved(soft_box((w, 0.008, h), 0.003, (0.0, 0.0, h / 2)), hinge, lean), 0)
    glass = painted(moved(box((w * 0.94, 0.001, h * 0.88), (0.0, 0.0045, h / 2)), hinge, lean), 2)
    middle = np.array(hinge) + lean @ np.array([0.0, 0.005, h / 2])
    frames = {"keys": place(0.0, -d * 0.16, 0.0185), "screen": place(*(float(v) for v in middle))}
    return Solid(join([painted(base, 0), keys, pad, lid, glass]), _display(spec), frames)


def _display(spec: PropSpec) -> tuple[Material, ...]:
    return (
        Material("case", plain(color(spec, 0, (0.6, 0.61, 0.63))), 0.4),
        Material("keys", plain((0.12, 0.12, 0.13)), 0.5),
        Material("screen", plain((0.55, 0.66, 0.8)), 0.2),
    )


def screen(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Computer screen on a foot, 0.55 m wide (square: 0.42) times `size`, facing +y; `screen`: its middle."""
    s = spec.size
    w, h = (0.55, 0.33) if form(spec, "shape", SCREENS) == "wide" else (0.42, 0.34)
    w, h, low = w * s, h * s, 0.11 * s
    panel = painted(soft_box((w, 0.03, h), 0.008, (0.0, 0.0, low + h / 2)), 0)
    glass = painted(box((w * 0.95, 0.001, h * 0.92), (0.0, 0.0155, low + h / 2)), 2)
    foot = painted(soft_box((0.22 * s, 0.17 * s, 0.014), 0.006, (0.0, -0.01, 0.007)), 1)
    post = painted(box((0.05 * s, 0.02, low + h / 2), (0.0, -0.024, (low + h / 2) / 2)), 1)
    return Solid(join([panel, glass, foot, post]), _display(spec), {"screen": place(0.0, 0.015, low + h / 2)})


KINDS: dict[str, Builder] = {
    "pen": pen,
    "writing_paper": paper,
    "keyboard": keyboard,
    "mouse": mouse,
    "laptop": laptop,
    "screen": screen,
}
"""Kind -> builder; `size` is a factor on all lengths."""

FORMS: Forms = {
    "pen": {"shape": PENS},
    "writing_paper": {"shape": PAPERS},
    "keyboard": {"shape": KEYBOARDS},
    "screen": {"shape": SCREENS},
}
"""Kind -> part -> its forms."""
