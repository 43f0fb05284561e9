"""What is taken against illness: a capsule."""

from __future__ import annotations

import numpy as np

from ..values import Material, PropSpec, Skeleton
from .base import Builder, Forms, Solid, frame
from .fingertips import fingertip_grip
from .shapes import Shape, lathe, moved
from .textures import plain
from .vessels import WHITE, color


def pill(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Capsule 18 mm long in two colours, between thumb and fingertips. `tip`: its end, z out of it."""
    s = spec.size
    capsule = [(0.0, -0.0095), (0.003, -0.0085), (0.0045, -0.005), (0.0045, 0.0), (0.0045, 0.005), (0.003, 0.0085), (0.0, 0.0095)]
    body = lathe(capsule, 14)
    lower = body.vertices[body.faces][..., 2].mean(axis=1) < 0.0
    body = Shape(body.vertices, body.faces, body.uv, lower.astype(int))
    materials = (
        Material("one", plain(color(spec, 0, (0.8, 0.15, 0.15))), 0.3),
        Material("other", plain(WHITE), 0.3),
    )
    grip = fingertip_grip(skeleton, (0.0, 0.0, -0.004), (0.3, 0.6, 0.7), (0.0, 1.0, 0.0))
    return Solid(
        moved(body, rotation=1.3 * s * np.eye(3)),
        materials,
        {"grip": grip, "tip": frame((0, 0, 0.012 * s), y=(0, 1, 0), z=(0, 0, 1))},
    )


KINDS: dict[str, Builder] = {"pill": pill}
"""Kind -> builder; `size` is a factor on all lengths."""

FORMS: Forms = {}
"""Kind -> part -> its forms."""
