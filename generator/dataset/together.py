"""What the measures of several people say of their clip."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np

from ..values import Array, Labels

BETTER_HIGH = frozenset(("acting_visible", "person_share", "person_share_least", "keypoints_visible", "box_height_share"))
"""Measures of which more is better; of all others, less is."""


def clip_measures(labels: Labels) -> dict[str, float]:
    """Name -> the worst that any of those who act has."""
    names = dict.fromkeys(name for person in labels.acting for name in person.measures)
    return {name: _worst(name, [p.measures[name] for p in labels.acting if name in p.measures]) for name in names}


def _worst(name: str, values: list[float]) -> float:
    return min(values) if name in BETTER_HIGH else max(values)


def round_all(boxes_px: Sequence[Array]) -> Array:
    """(T, 4) box round several people's (T, 4) in each frame; NaN where nobody is seen."""
    every = np.stack(boxes_px)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of frames with nobody in them
        return np.concatenate([np.nanmin(every[..., :2], axis=0), np.nanmax(every[..., 2:], axis=0)], axis=1)
