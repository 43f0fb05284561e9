"""Clothes in the hand: what a jacket is while nobody wears it."""

from __future__ import annotations

import numpy as np

from ..skeletons import JOINT
from ..values import Material, PropSpec, Skeleton
from .base import Builder, Forms, Solid
from .bending import Stuff, sheet, trimmed
from .shapes import Shape, box, join, metric_uv, painted, tube
from .textures import speckled
from .vessels import color

TWILL = Stuff(0.016, 0.06, 1.2e-2, 3e-3, 2.0)


def loose_jacket(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A jacket that hangs from its collar: the back and fronts as one thick sheet, a collar at its top, a sleeve at each side.

    As wide as its wearer's shoulders, as long as from the neck to the hips; the sheet's points are those of every sheet.
    """
    joints, s = skeleton.joints_m, spec.size
    wide = 2.0 * (abs(float(joints[JOINT["right_shoulder"], 0])) + 0.05) * s
    long = (float(joints[JOINT["neck"], 1] - joints[JOINT["right_hip"], 1]) + 0.08) * s
    arm = 0.94 * abs(float(joints[JOINT["right_wrist"], 0] - joints[JOINT["right_shoulder"], 0])) * s
    cloth = Material("jacket", speckled(color(spec, 0, (0.2, 0.25, 0.4)), 0.05, spec.variant), 0.85)
    sleeves = [_sleeve(side * (0.5 * wide - 0.045), arm) for side in (1.0, -1.0)]
    collar = metric_uv(box((0.03, 0.36 * wide, 0.055), (0.004, 0.0, 0.012)), 0.3)
    trim = painted(join([*sleeves, collar]), 0)
    return trimmed(sheet(wide, long, TWILL, (cloth,)), trim)


def _sleeve(y: float, arm_m: float) -> Shape:
    """An empty sleeve, hanging beside the front from its shoulder, a little flat and narrower towards the cuff."""
    z = -np.array([0.02, 0.06, 0.35 * arm_m, 0.7 * arm_m, arm_m])
    radii = np.array([0.03, 0.062, 0.058, 0.052, 0.046])
    line = np.stack([np.full_like(z, 0.026), y + 0.02 * np.sign(y) * np.linspace(0.0, 1.0, len(z)), z], axis=-1)
    shape = tube(line, radii, 12)
    return Shape((shape.vertices - (0.026, 0.0, 0.0)) * (0.45, 1.0, 1.0) + (0.026, 0.0, 0.0), shape.faces, shape.uv, shape.material)


KINDS: dict[str, Builder] = {"loose_jacket": loose_jacket}
"""Kind -> builder; `size` is a factor."""

FORMS: Forms = {}
"""Kind -> part -> its forms."""
