"""Clothes in the hand: what a jacket is while nobody wears it."""

from __future__ import annotations

import numpy as np

from ..skeletons import JOINT
from ..values import Array, Material, PropSpec, Skeleton
from .base import Builder, Forms, Solid, form
from .bending import Stuff, sheet, trimmed
from .shapes import Shape, box, join, metric_uv, painted, tube
from .textures import speckled, to_uint8
from .vessels import color

WEAVES = ("plain", "denim", "knit", "leather", "plaid")
TWILL = Stuff(0.016, 0.06, 1.2e-2, 3e-3, 2.0)


def loose_jacket(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A jacket that hangs from its collar: the back and fronts as one thick sheet, a collar at its top, a sleeve at each side.

    As wide as its wearer's shoulders, as long as from the neck to the hips; the sheet's points are those of every sheet.
    """
    joints, s = skeleton.joints_m, spec.size
    wide = 2.0 * (abs(float(joints[JOINT["right_shoulder"], 0])) + 0.05) * s
    long = (float(joints[JOINT["neck"], 1] - joints[JOINT["right_hip"], 1]) + 0.08) * s
    arm = 0.94 * abs(float(joints[JOINT["right_wrist"], 0] - joints[JOINT["right_shoulder"], 0])) * s
    weave = form(spec, "weave", WEAVES)
    cloth = Material("jacket", _woven(spec, weave), 0.5 if weave == "leather" else 0.88)
    sleeves = [_sleeve(side * (0.5 * wide - 0.02), arm) for side in (1.0, -1.0)]
    collar = metric_uv(box((0.034, 0.36 * wide, 0.055), (0.0, 0.0, 0.012)), 0.3)
    trim = painted(join([*sleeves, collar]), 0)
    return trimmed(sheet(wide, long, TWILL, (cloth,)), trim)


def _sleeve(y: float, arm_m: float) -> Shape:
    """An empty sleeve, hanging at the side from its shoulder, a little flat and narrower towards the cuff."""
    z = -np.array([0.02, 0.06, 0.35 * arm_m, 0.7 * arm_m, arm_m])
    radii = np.array([0.03, 0.062, 0.058, 0.052, 0.046])
    out = y + 0.02 * np.sign(y) * np.linspace(0.0, 1.0, len(z))
    shape = tube(np.stack([0.0 * z, out, z], axis=-1), radii, 12)
    return Shape(shape.vertices * (0.6, 1.0, 1.0), shape.faces, shape.uv, shape.material)


def _woven(spec: PropSpec, weave: str) -> Array:
    """The picture of its cloth, for the front and back as wide as they are."""
    base = speckled(color(spec, 0, (0.2, 0.25, 0.4)), 0.12 if weave == "denim" else 0.05, spec.variant) / 255.0
    x, y = np.meshgrid(np.arange(base.shape[1]) / base.shape[1], np.arange(base.shape[0]) / base.shape[0])
    if weave == "knit":
        base = base * (0.88 + 0.12 * np.cos(2.0 * np.pi * 16.0 * x))[..., None]
    if weave == "plaid":
        across, down = (4.0 * x) % 1.0, (5.0 * y) % 1.0
        for place, width, pick in ((0.30, 0.16, 1), (0.72, 0.05, 2)):
            for at in (across, down):
                band = np.abs(at - place) < width
                base = np.where(band[..., None], 0.5 * base + 0.5 * np.asarray(color(spec, pick, (0.8, 0.8, 0.8))), base)
    return to_uint8(base)


KINDS: dict[str, Builder] = {"loose_jacket": loose_jacket}
"""Kind -> builder; `size` is a factor."""

FORMS: Forms = {"loose_jacket": {"weave": WEAVES}}
"""Kind -> part -> its forms."""
