"""What is fired at a range: pistol, revolver, rifle."""

from __future__ import annotations

import numpy as np

from ..skeletons import JOINT
from ..values import Material, PropSpec, Skeleton
from .base import Builder, Forms, Solid, form, frame
from .shapes import box, join, moved, painted, soft_box, tube, turn
from .textures import plain, wooden
from .vessels import color

METAL = (0.10, 0.10, 0.115)


def pistol(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Pistol or revolver 200-230 mm long, its barrel along -y over the hand, its handle down z.

    `grip`: palm at -x of the handle, thumb up, fingers forward; `muzzle`: y where it shoots, z up; `sights`: the rear sight.
    """
    s, shape = spec.size, form(spec, "shape", ("pistol", "revolver"))
    raked = turn("x", np.deg2rad(14.0))
    handle = painted(moved(soft_box((0.030, 0.046, 0.105), 0.010, steps=3), (0.0, 0.008, 0.0), raked), 1)
    if shape == "pistol":
        slide = soft_box((0.027, 0.190, 0.032), 0.004, (0.0, -0.060, 0.066))
        frame_part = soft_box((0.025, 0.150, 0.020), 0.004, (0.0, -0.055, 0.045))
        metal = [slide, frame_part]
        muzzle_y, top = -0.155, 0.082
    else:
        drum = moved(tube([(0, -0.022, 0), (0, 0.0, 0), (0, 0.022, 0)], 0.019, 12), (0.0, -0.040, 0.058))
        back = soft_box((0.026, 0.070, 0.046), 0.006, (0.0, -0.010, 0.056))
        barrel = tube([(0, -0.055, 0.066), (0, -0.10, 0.066), (0, -0.185, 0.066)], 0.0095, 12)
        rib = box((0.010, 0.125, 0.022), (0.0, -0.118, 0.060))
        metal = [drum, back, barrel, rib]
        muzzle_y, top = -0.185, 0.080
    angles = np.linspace(-0.9 * np.pi, 0.1 * np.pi, 9)
    guard = tube([(0.0, -0.045 + 0.026 * np.cos(a), 0.036 + 0.024 * np.sin(a)) for a in angles], 0.0032, 6)
    sight = box((0.003, 0.006, 0.007), (0.0, muzzle_y + 0.012, top))
    parts = [handle, *(painted(part, 0) for part in (*metal, guard, sight))]
    materials = (
        Material("metal", plain(METAL), 0.35, 0.5),
        Material("handle", plain(color(spec, 0, (0.12, 0.1, 0.09)) if shape == "revolver" else (0.09, 0.09, 0.10)), 0.6),
    )
    frames = {
        "grip": frame((-0.0150 * s, 0.008 * s, 0.005 * s), y=(0, -1, 0), z=(1, 0, 0)),
        "muzzle": frame((0.0, muzzle_y * s, 0.066 * s), y=(0, -1, 0), z=(0, 0, 1)),
        "sights": frame((0.0, 0.03 * s, (top + 0.004) * s), y=(0, -1, 0), z=(0, 0, 1)),
        "support": frame((0.015 * s, -0.006 * s, -0.005 * s), y=(0, -1, 0), z=(-1, 0, 0)),
    }
    return Solid(moved(join(parts), rotation=s * np.eye(3)), materials, frames)


def _arm_m(skeleton: Skeleton) -> float:
    """Shoulder to wrist."""
    shoulder, elbow, wrist = (skeleton.joints_m[JOINT[f"right_{name}"]] for name in ("shoulder", "elbow", "wrist"))
    return float(np.linalg.norm(elbow - shoulder) + np.linalg.norm(wrist - elbow))


def rifle(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Rifle 1.0 m long, its stock as long as the shooter's arms ask for; its barrel along -y, the butt at +y.

    `grip`: palm at -x of the stock's wrist, thumb up, fingers forward; `fore`: a left palm under the fore-end, fingers across to
    the right (-x); `butt`: middle of the butt plate, y where it shoots, z up; `cheek`: top of the comb; `sights`, `muzzle`.
    """
    s = spec.size * float(np.clip(_arm_m(skeleton) / 0.59, 0.72, 1.08))
    wood = [
        soft_box((0.036, 0.20, 0.082), 0.014, (0.0, 0.255, -0.030), steps=3),
        soft_box((0.034, 0.10, 0.046), 0.012, (0.0, 0.12, -0.012), steps=3),
        moved(soft_box((0.030, 0.036, 0.085), 0.010, steps=3), (0.0, 0.045, -0.052), turn("x", np.deg2rad(24.0))),
        soft_box((0.040, 0.27, 0.040), 0.014, (0.0, -0.285, 0.004), steps=3),
    ]
    metal = [
        soft_box((0.036, 0.25, 0.058), 0.008, (0.0, -0.035, 0.012)),
        tube([(0, -0.40, 0.018), (0, -0.52, 0.018), (0, -0.64, 0.018)], 0.0095, 10),
        box((0.024, 0.050, 0.095), (0.0, -0.085, -0.052)),
        box((0.004, 0.010, 0.030), (0.0, -0.625, 0.038)),
        box((0.016, 0.012, 0.016), (0.0, 0.065, 0.048)),
        tube([(0, 0.02, -0.017), (0, -0.008, -0.042), (0, -0.045, -0.020)], 0.0035, 6),
    ]
    parts = [*(painted(part, 1) for part in wood), *(painted(part, 0) for part in metal)]
    stocked = form(spec, "stock", ("wood", "black")) == "wood"
    stock = wooden((0.40, 0.24, 0.13), spec.variant) if stocked else plain((0.11, 0.115, 0.11))
    materials = (Material("metal", plain(METAL), 0.35, 0.5), Material("stock", stock, 0.55))
    frames = {
        "grip": frame((-0.0150 * s, 0.045 * s, -0.050 * s), y=(0, -1, 0), z=(1, 0, 0)),
        "fore": frame((0.0, -0.27 * s, -0.016 * s), y=(-0.6, -0.8, 0.0), z=(0, 0, 1)),
        "butt": frame((0.0, 0.355 * s, -0.030 * s), y=(0, -1, 0), z=(0, 0, 1)),
        "cheek": frame((0.0, 0.22 * s, 0.011 * s), y=(0, -1, 0), z=(0, 0, 1)),
        "sights": frame((0.0, 0.065 * s, 0.058 * s), y=(0, -1, 0), z=(0, 0, 1)),
        "muzzle": frame((0.0, -0.64 * s, 0.018 * s), y=(0, -1, 0), z=(0, 0, 1)),
    }
    return Solid(moved(join(parts), rotation=s * np.eye(3)), materials, frames)


KINDS: dict[str, Builder] = {"pistol": pistol, "rifle": rifle}
"""Kind -> builder; `size` is a factor on all lengths."""

FORMS: Forms = {"pistol": {"shape": ("pistol", "revolver")}, "rifle": {"stock": ("wood", "black")}}
"""Kind -> part -> its forms."""
