"""Whether labels that were worked out twice say the same, whatever kind of processor did it.

One machine gives the same bits every time. Another kind of processor adds in another order (BLAS) or takes another logarithm
(numpy's vector code): poses and pixels then differ by some 1e-13, depths by float32's last bit, which verifying on a laptop what
a server has rendered must not take for damage.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..values import Array, Labels
from .labels_file import of_others, to_arrays

CLOSE = 1e-5
"""Metres, pixels, radians, or a share of the value where that is more."""

EDGES = 1e-3
"""Of a pass per pixel, this share may lie on the other side of an edge."""


def differing(a: Labels, b: Labels) -> list[str]:
    """Names of the fields in which two labels differ (class ids aside: the dataset gives those)."""
    left, right = (_arrays(labels) for labels in (a, b))
    dense = a.dense.keys() & b.dense.keys()
    return [
        name
        for name in sorted((left.keys() | right.keys()) - {"class_id"})
        if name not in left or name not in right or not _alike(left[name], right[name], EDGES if name in dense else 0.0)
        if name != "gender" or not _renamed(left, right)
    ]


def _arrays(labels: Labels) -> dict[str, Array]:
    others = {f"{role}'s {name}": array for role, arrays in of_others(labels).items() for name, array in arrays.items()}
    return {**to_arrays(labels), **others, **labels.dense}


def _renamed(left: Mapping[str, Array], right: Mapping[str, Array]) -> bool:
    """Whether one names the neutral body model, and the other is of a version that named the performer's sex there instead."""
    said = {str(arrays.get("gender")) for arrays in (left, right)}
    return "neutral" in said and said < {"neutral", "female", "male"}


def _alike(a: Array, b: Array, share: float) -> bool:
    """Whether all but a share of the entries are the same."""
    if a.dtype != b.dtype or a.shape != b.shape:
        return False
    if a.dtype.kind != "f":
        other = a != b
    else:
        close = max(CLOSE, 2.0 * float(np.finfo(a.dtype).eps))
        other = ~np.isclose(a, b, rtol=close, atol=close, equal_nan=True)
    return int(np.count_nonzero(other)) <= share * other.size
